"""Members of group nouns on a day: the lists that are known, less who is left out, and nothing for other groups."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.lexicon import settings
from extractors.units import provincial_kinds, unit_with_id
from pipeline.units.groups import members_of

OLD, SPRING, NEW = date(2024, 5, 6), date(2025, 4, 1), date(2025, 9, 1)


@pytest.mark.parametrize(
    ("group", "on", "count"),
    [
        ("UBND các tỉnh, thành phố trực thuộc Trung ương", OLD, 63),
        ("Ủy ban nhân dân các tỉnh, TP trực thuộc TW", NEW, 34),
        ("Chủ tịch UBND các tỉnh, thành phố", date(2025, 6, 30), 63),
        ("Chủ tịch UBND các tỉnh, thành phố", date(2025, 7, 1), 34),
        ("UBND các tỉnh, thành phố trực thuộc trung ương", date(2007, 1, 1), None),
        ("UBND các tỉnh, thành phố", None, None),
        ("UBND tỉnh, thành phố", OLD, None),
        ("UBND các tỉnh biên giới", OLD, None),
        ("UBND các huyện, thị xã, thành phố", OLD, None),
        ("Cục Hải quan các tỉnh, thành phố", date(2025, 2, 28), 35),
        ("Cục Hải quan các tỉnh, liên tỉnh, thành phố", OLD, 35),
        ("Cục Hải quan các tỉnh, thành phố", SPRING, None),
        ("Cục HQ các tỉnh, thành phố (trừ Cục Hải quan tỉnh Quảng Ninh)", OLD, 34),
        ("Cục HQ các tỉnh, thành phố (trừ Hà Nội và Quảng Ninh)", OLD, 33),
        ("Cục HQ các tỉnh, thành phố, trừ Cục HQ Gia Lai - Kon Tum", OLD, 34),
        ("Cục HQ các tỉnh, thành phố (trừ Kênh Đào)", OLD, None),
        ("Cục HQ các tỉnh, thành phố (35 đơn vị)", OLD, 35),
        ("Cục HQ các tỉnh, thành phố nơi có cảng biển", OLD, None),
        ("các Chi cục Hải quan khu vực", SPRING, 20),
        ("Chi cục Hải quan các khu vực (không bao gồm Chi cục Hải quan khu vực I)", SPRING, 19),
        ("các Chi cục Hải quan khu vực", OLD, None),
        ("Chi cục Thuế các khu vực", SPRING, 20),
        ("Thuế các tỉnh, thành phố", NEW, 34),
        ("các bộ", OLD, 18),
        ("các Bộ", SPRING, 14),
        ("Bộ", SPRING, None),
        ("Bộ trưởng", SPRING, None),
        ("các bộ, ngành", SPRING, None),
        ("Bộ trưởng các Bộ, Thủ trưởng cơ quan ngang Bộ", OLD, 22),
        ("các Bộ, cơ quan ngang Bộ", SPRING, 17),
        ("các Bộ, cơ quan ngang Bộ, cơ quan thuộc Chính phủ", SPRING, 22),
        ("các đơn vị thuộc và trực thuộc", OLD, None),
        ("", OLD, None),
    ],
)
def test_members(group: str, on: date | None, count: int | None) -> None:
    """As many as there were that day; nothing when the list, the day or one who is left out is not known."""
    found = members_of(group, on)
    assert count == (len(found.units) if found else None)


def test_who_is_left_out_is_the_one_named() -> None:
    """*Chi cục Hải quan khu vực I* is neither II nor XI; a list that may lack members says so."""
    left = members_of("các Chi cục Hải quan khu vực (trừ Chi cục Hải quan khu vực I)", SPRING)
    assert left is not None
    names = {unit.name for unit in left.units}
    assert "Chi cục Hải quan khu vực I" not in names
    assert {"Chi cục Hải quan khu vực II", "Chi cục Hải quan khu vực XI"} <= names
    agencies = members_of("cơ quan thuộc Chính phủ", OLD)
    assert left.complete
    assert agencies is not None
    assert not agencies.complete


def test_the_lists_name_what_the_register_holds() -> None:
    """Every id in the lists is a unit or a kind of body."""
    kinds = {kind.id for kind in provincial_kinds()}
    for row in settings("units/groups")["group"]:
        assert all(unit_with_id(one) for one in [*row.get("units", []), *([row["under"]] if "under" in row else [])])
        assert set(row.get("kinds", [])) <= kinds
        assert row["source"]


@given(st.text(alphabet="cáọộ UBNDtrừ(),hành phố", max_size=80), st.dates())
def test_total(group: str, on: date) -> None:
    """Any words: no error, no empty membership."""
    found = members_of(group, on)
    assert found is None or found.units
