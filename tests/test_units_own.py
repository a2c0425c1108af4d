"""Units of one's own: read from TOML, linked to the register, refused with the place of the slip."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from extractors.unit_history import lineage
from pipeline.units.explanation import explain_unit
from pipeline.units.names import Context, unit_meant
from pipeline.units.own import BadUnits, as_rows, from_rows, read_own_units

GOOD = """
[[unit]]
name = "Đội Thủ tục Bến Sậy"
abbreviations = ["ĐTTBS"]
parent = "Chi cục Hải quan khu vực VIII"
valid_to = 2025-05-31
successors = ["Đội Thủ tục số 2"]

[[unit]]
name = "Đội Thủ tục số 2"
valid_from = "2025-06-01"
"""


def _file(folder: Path, text: str) -> Path:
    path = folder / "units.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_own_units_stand_beside_the_register(tmp_path: Path) -> None:
    """Found by name and abbreviation on their days, with parent and history; the same after a way through rows."""
    own = read_own_units(_file(tmp_path, GOOD))
    assert own == from_rows(as_rows(own))
    first, second = own
    assert "chi-cuc-hai-quan-khu-vuc-viii" == first.parent
    assert first == unit_meant("ĐTTBS", Context(date(2025, 5, 31), None, own))
    assert unit_meant("ĐTTBS", Context(date(2025, 6, 1), None, own)) is None
    assert second == unit_meant("đội thủ tục số 2", Context(None, None, own))
    assert (first.id,) == lineage(second, None, own)
    (described,) = explain_unit("ĐTTBS", None, own).units
    assert ("Chi cục Hải quan khu vực VIII", (second,)) == (
        described.parent.name if described.parent else None,
        described.after,
    )


def test_an_own_unit_may_lead_into_the_register(tmp_path: Path) -> None:
    """What the register knows may have come from a unit that it does not."""
    own = read_own_units(
        _file(tmp_path, '[[unit]]\nname = "Ban Trù bị"\nvalid_to = 2025-02-28\nsuccessors = ["Cục Hải quan"]')
    )
    (customs,) = (one.unit for one in explain_unit("Cục Hải quan", None, own).units)
    assert ("tong-cuc-hai-quan", own[0].id) == lineage(customs, None, own)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[unit]]\nname = "A\n', "dòng 2: sai cách viết TOML"),
        ('[[unit]]\nname = "A', "cuối tệp: sai cách viết TOML"),
        ("[unit]\nname = 'A'", "[[unit]]"),
        ("title = 'x'", "[[unit]]"),
        ("[[unit]]\nparent = 'Bộ Tài chính'", "đơn vị thứ 1, trường name"),
        ("[[unit]]\nname = 3", "trường name"),
        ("[[unit]]\nname = 'Phòng A'\nfrom = 2025-01-01", "đơn vị thứ 1 («Phòng A»), trường from"),
        ("[[unit]]\nname = 'Phòng A'\nvalid_from = '1/3/2025'", "trường valid_from: “1/3/2025” không phải ngày"),
        ("[[unit]]\nname = 'Phòng A'\nvalid_from = 2025-03-01\nvalid_to = 2025-02-01", "trường valid_to"),
        ("[[unit]]\nname = 'Phòng A'\nabbreviations = 'A'", "trường abbreviations"),
        ("[[unit]]\nname = 'Phòng A'\nparent = ['Bộ Tài chính']", "trường parent"),
        ("[[unit]]\nname = 'Phòng A'\nparent = 'Phòng B'", "không biết đơn vị “Phòng B”"),
        ("[[unit]]\nname = 'Phòng A'\nsuccessors = ['Sở Y tế']", "không biết đơn vị “Sở Y tế”"),
        ("[[unit]]\nname = 'Phòng A'\n[[unit]]\nname = 'phòng a'", "đơn vị thứ 2 («phòng a»), trường name"),
    ],
)
def test_a_slip_is_told_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    """File, line or unit and field, and what to do."""
    path = _file(tmp_path, text)
    with pytest.raises(BadUnits) as error:
        read_own_units(path)
    assert said in str(error.value)
    assert str(path) in str(error.value)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """Not there, or in another encoding."""
    with pytest.raises(BadUnits, match="Không đọc được"):
        read_own_units(tmp_path / "units.toml")
    (tmp_path / "units.toml").write_bytes("name = 'Phòng'".encode("utf-16"))
    with pytest.raises(BadUnits, match="UTF-8"):
        read_own_units(tmp_path / "units.toml")
