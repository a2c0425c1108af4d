"""Kính gửi and Nơi nhận taken apart: members, exclusions, roles and the archive line, in both directions."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.addressing import read_addressed
from extractors.archive import read_archive
from extractors.clean import clean
from extractors.distribution import role_of, with_structure
from extractors.extract import extract
from extractors.model import Document, Header, Party, Recipient
from extractors.raw import Line
from extractors.short_forms import Setting, forms

HERE = Path(__file__).parent
EXAMPLES = tomllib.loads((HERE / "examples" / "recipients.toml").read_text(encoding="utf-8"))["example"]
ABBREVIATIONS = HERE.parents[1] / "shared" / "domain" / "recipients_abbrev.csv"


@pytest.mark.parametrize("example", EXAMPLES, ids=[e["name"] for e in EXAMPLES])
def test_party_of_example(example: dict[str, Any]) -> None:
    """An item has the kind, members and exclusions of its example, and no others."""
    wanted = Party(
        example["name"],
        example.get("kind", "unit"),
        tuple(example.get("members", ())),
        tuple(example.get("excluded", ())),
    )
    assert (wanted,) == read_addressed((example["name"],), example.get("place", ""))


@pytest.mark.parametrize(
    ("line", "units", "copies", "drafter", "kept"),
    [
        ("Lưu: VT, GSQL (03b)", ("GSQL",), 3, None, None),
        ("Lưu: VT, GSQL (Lan 03b)", ("GSQL",), 3, "Lan", "Lưu: VT, GSQL (03b)"),
        ("Lưu: VT, GSQL (Đức-03b).", ("GSQL",), 3, "Đức", "Lưu: VT, GSQL (03b)."),
        ("Lưu: VT, NVTHQ-PL-Lan (3b)", ("NVTHQ-PL",), 3, "Lan", "Lưu: VT, NVTHQ-PL (3b)"),
        ("Lưu: VT, NN (2) Minh", ("NN",), 2, "Minh", "Lưu: VT, NN (2)"),
        ("Lưu: Văn thư, KTTH (5b). Hà", ("KTTH",), 5, "Hà", "Lưu: Văn thư, KTTH (5b)"),
        ("Lưu: VT, PL (2b).KN", ("PL",), 2, "KN", "Lưu: VT, PL (2b)"),
        ("Lưu: VT, TH (ĐT-PVH)", ("TH",), None, "ĐT-PVH", "Lưu: VT, TH"),
        ("Lưu: VT, (ĐT-PVH)", (), None, "ĐT-PVH", "Lưu: VT,"),
        ("Lưu: VT, KSTT (N)", ("KSTT",), None, "N", "Lưu: VT, KSTT"),
        ("Lưu: VT, VX (L-40b)", ("VX",), 40, "L", "Lưu: VT, VX (40b)"),
        ("Lưu: VT, Hiếu", (), None, "Hiếu", "Lưu: VT"),
        ("Lưu: VT, ntl", (), None, "ntl", "Lưu: VT"),
        ("Lưu: VT, KTlan02", ("KT02",), None, "lan", "Lưu: VT, KT02"),
        ("Lưu: VT, KTTHLan31", ("KTTH31",), None, "Lan", "Lưu: VT, KTTH31"),
        ("Lưu: VT, KGVXn12", ("KGVXn12",), None, None, None),
        ("Lưu: VT, TH-QH", ("TH-QH",), None, None, None),
        ("Lưu: VT, PC, Thanh tra", ("PC", "Thanh tra"), None, None, None),
        ("Lưu: VT, Thuế (02 bản)", ("Thuế",), 2, None, None),
        ("Lưu: VT, Vụ PC (TANDTC)", ("Vụ PC",), None, None, None),
        ("Lưu: VT, VP10, 11", ("VP10", "VP11"), None, None, None),
        ("Lưu Văn phòng Huyện ủy", ("Văn phòng Huyện ủy",), None, None, None),
        ("Lưu: VT", (), None, None, None),
    ],
)
def test_archive_line(
    line: str, units: tuple[str, ...], copies: int | None, drafter: str | None, kept: str | None
) -> None:
    """Units, copies and drafter; the mark is what must go for the drafter to be gone."""
    archive = read_archive(line)
    assert archive is not None
    assert (units, copies, drafter) == (archive.units, archive.copies, archive.drafter)
    assert (kept or line) == (line[: archive.mark.start] + line[archive.mark.end :] if archive.mark else line)


def test_other_lines_are_no_archive() -> None:
    """A name in brackets elsewhere is nobody's mark."""
    assert read_archive("Cục Thuế tỉnh (Lan)") is None
    assert read_archive("Như trên") is None


@pytest.mark.parametrize(
    ("purpose", "role"),
    [
        ("để b/c", "report"), ("b/c", "report"), ("để bc", "report"), ("b.c", "report"), ("báo cáo", "report"),
        ("để biết", "inform"), ("để t/h", "act"), ("để t/hiện", "act"), ("thực hiện", "act"),
        ("để p/h", "coordinate"), ("để ph/h", "coordinate"), ("để phối hợp", "coordinate"),
        ("để phối hợp chỉ đạo", "coordinate"), ("để phối hợp t/h", "act"), ("để chỉ đạo", "direct"),
        ("để biết và chỉ đạo t/h", "act"), ("để g/s", "supervise"), ("để theo dõi", "supervise"),
        ("để kiểm tra", "supervise"), ("để đăng Công báo", "publish"), ("đưa tin", "publish"),
        ("niêm yết", "publish"), ("để báo cáo và biết", "report"), ("qua đường bưu điện", None), (None, None),
    ],
)  # fmt: skip
def test_role_of_purpose(purpose: str | None, role: str | None) -> None:
    """One word for what a line is sent for, the strongest of several."""
    assert role == role_of(purpose)


DECISION = """ỦY BAN NHÂN DÂN
TỈNH SUỐI MÂY\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 12/QĐ-UBND\tSuối Mây, ngày 05 tháng 3 năm 2021
QUYẾT ĐỊNH
Về việc ban hành Quy chế họp
Điều 1. Ban hành kèm theo Quyết định này Quy chế họp.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký.
Điều 3. Chánh Văn phòng UBND tỉnh, Giám đốc Sở Nội vụ và Thủ trưởng các đơn vị liên quan chịu trách nhiệm thi hành.
Nơi nhận:
- Như Điều 3;
- Bộ Nội vụ (để b/c);
- Lưu: VT, NC (Lan 03b).\tCHỦ TỊCH
Lê Văn Mẫu
"""
LETTER = """ỦY BAN NHÂN DÂN
TỈNH SUỐI MÂY\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 13/UBND-NC\tSuối Mây, ngày 05 tháng 3 năm 2021
V/v báo cáo kết quả
Kính gửi:
- Các Sở: Nội vụ, Tài chính;
- UBND xã Đồng Lau.
Yêu cầu các đơn vị báo cáo trước ngày 10/3/2021./.
Nơi nhận:
- Như trên;
- Lưu: VT.\tCHỦ TỊCH
Lê Văn Mẫu
"""


def _header(text: str) -> Header:
    return extract(clean([Line(line) for line in text.split("\n")])).header


def test_as_the_article_says() -> None:
    """*Như Điều 3* stands for those whom the article charges; the archive line keeps no recipient."""
    article, ministry, files = _header(DECISION).recipients
    charged = ("Chánh Văn phòng UBND tỉnh", "Giám đốc Sở Nội vụ", "Thủ trưởng các đơn vị liên quan")
    assert Recipient("Như Điều 3", None, "article", charged, reference="Điều 3") == article
    assert Recipient("Bộ Nội vụ", "để b/c", "unit", role="report") == ministry
    assert Recipient("Lưu: VT, NC (Lan 03b)", None, "files", ("NC",), copies=3, drafter="Lan") == files


def test_an_article_that_charges_nobody() -> None:
    """*Như Điều 2* keeps its reference, whatever that article says; for one that is not there no name is made."""
    for wanted in ("Điều 2", "Điều 9"):
        first = _header(DECISION.replace("Như Điều 3", f"Như {wanted}")).recipients[0]
        assert ("article", (), wanted) == (first.kind, first.members, first.reference)


@pytest.mark.parametrize("words", ["Như trên", "Như kính gửi", "Như Kính gửi"])
def test_as_above(words: str) -> None:
    """*Như trên* stands for the members of the addressees, or their names where they have none."""
    header = _header(LETTER.replace("Như trên", words))
    assert ("Các Sở: Nội vụ, Tài chính", "UBND xã Đồng Lau") == tuple(party.name for party in header.addressed)
    above = header.recipients[0]
    assert ("addressees", ("Sở Nội vụ", "Sở Tài chính", "Ủy ban nhân dân xã Đồng Lau")) == (above.kind, above.members)


def _table_rows() -> list[dict[str, str]]:
    if not ABBREVIATIONS.is_file():
        return []
    with ABBREVIATIONS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


#: Rows whose short forms mean several things, or have no fixed shape: they stay as written.
_AMBIGUOUS = {"BT", "TTr", "LĐ; Lãnh đạo"}
_PLACE_GLUED = "Đoàn ĐBQHTPHP"


@pytest.mark.skipif(not ABBREVIATIONS.is_file(), reason="the table of usage is not part of the project")
@pytest.mark.parametrize("row", _table_rows(), ids=lambda row: row["abbrev"])
def test_rows_of_the_table_of_usage(row: dict[str, str]) -> None:
    """Each form of the table is read as its kind says: a purpose has a role, an abbreviation its words."""
    if row["abbrev"] in _AMBIGUOUS:
        pytest.xfail("means several things: stays as written")
    for form in row["abbrev"].split("; "):
        if form == _PLACE_GLUED:
            pytest.xfail("the initials of a place, glued on, may be those of several")
        _read_as(form, row)


def _read_as(form: str, row: dict[str, str]) -> None:
    line = with_structure(Document(""), [Recipient(form)], ())[0]
    if row["kind"] == "reference":
        assert line.kind in ("addressees", "article")
    elif row["kind"] == "purpose":
        assert (role_of(form.strip("()")) is None) == ("tổng hợp" in form)
    elif row["kind"] in ("archive", "drafter"):
        assert read_archive(form if form.startswith("Lưu") else f"Lưu: VT, {form}") is not None
    elif row["kind"] == "channel":
        assert line.kind == "unit"
    else:
        every = forms(Setting()) | forms(Setting("committee")) | forms(Setting("department"))
        assert line.members or form in every or form.lower() == "đ/c", form


_WORDS = st.sampled_from(
    ["Các Bộ", "các sở", ":", ",", ";", " và ", "TC", "UBND", "(trừ", ")", "(", "CT", "PCT", "tỉnh", "Lưu", "VT", "Lan",
     "(03b)", "Như Điều 3", "Như trên", "Đ/c", ".", "-", "VPCP", "Hà Nội", "TT", "\n"]
)  # fmt: skip
_LINES = st.one_of(st.text(max_size=80), st.lists(_WORDS, max_size=12).map(" ".join))


@given(st.lists(_LINES, max_size=4), st.text(max_size=40))
def test_total_and_names_unchanged(lines: list[str], text: str) -> None:
    """Any lines give records, in order, with their names; no member and no exclusion is empty."""
    parties = read_addressed(tuple(lines), text)
    recipients = with_structure(Document(text), [Recipient(line, line) for line in lines], parties)
    assert lines == [party.name for party in parties] == [one.name for one in recipients]
    assert lines == [one.purpose for one in recipients]
    apart: list[Party | Recipient] = [*parties, *(one for one in recipients if one.kind != "addressees")]
    for one in apart:
        assert all(name.strip() for name in (*one.members, *one.excluded))


@given(_LINES)
def test_the_mark_holds_the_drafter(words: str) -> None:
    """Who drafted stands inside the stretch that an export leaves out."""
    line = f"Lưu: VT, {words}"
    archive = read_archive(line)
    assert archive is not None
    assert (archive.drafter is None) == (archive.mark is None)
    if archive.mark and archive.drafter:
        assert archive.drafter in archive.mark.of(line)
