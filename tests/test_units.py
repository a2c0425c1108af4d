"""The unit register: names and abbreviations on a day, what follows what, and tables that agree with each other."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.lexicon import table
from extractors.unit_history import coverage, coverages_of, lineage
from extractors.units import (
    bodies_named,
    bodies_of_symbol,
    fixed_units,
    in_province,
    names,
    provincial_kinds,
    scopes,
    unit_named,
    unit_with_id,
)

BEFORE, AFTER, LATE = date(2024, 5, 6), date(2025, 4, 1), date(2025, 8, 1)
FIXED = ("central", "party", "organisations", "customs", "tax")


@pytest.mark.parametrize(
    ("name", "on", "found"),
    [
        ("TỔNG CỤC HẢI QUAN", BEFORE, "tong-cuc-hai-quan"),
        ("Tổng cục Hải quan", AFTER, None),
        ("Cục Hải quan", AFTER, "cuc-hai-quan"),
        ("Cục Hải quan", BEFORE, None),
        ("Bộ Văn hoá, Thể thao và Du lịch", BEFORE, "bo-van-hoa-the-thao-va-du-lich"),
        ("Bộ Kế hoạch và Đầu tư", LATE, None),
        ("Chi cục Hải quan khu vực III", LATE, "chi-cuc-hai-quan-khu-vuc-iii"),
        ("Cục Thuế tỉnh Bến Tre", BEFORE, "cuc-thue-tinh-ben-tre"),
        ("Cục Thuế tỉnh Bến Tre", AFTER, None),
        ("Cục Thuế Bến Tre", BEFORE, "cuc-thue-tinh-ben-tre"),
        ("Cục Thuế tỉnh Bà Rịa-Vũng Tàu", BEFORE, "cuc-thue-tinh-ba-ria-vung-tau"),
        ("Bộ Lao động, Thương binh và Xã hội", BEFORE, "bo-lao-dong-thuong-binh-va-xa-hoi"),
        ("Ủy ban nhân dân Bến Tre", BEFORE, None),
        ("Thuế thành phố Cần Thơ", LATE, "thue-thanh-pho-can-tho"),
        ("Ủy ban nhân dân tỉnh Quảng Trị", BEFORE, "uy-ban-nhan-dan-tinh-quang-tri"),
        ("Ủy ban nhân dân tỉnh Quảng Trị", LATE, "uy-ban-nhan-dan-tinh-quang-tri-2025"),
        ("Ủy ban nhân dân tỉnh Quảng Trị", None, None),
        ("Ủy ban nhân dân tỉnh Quảng Ninh", None, "uy-ban-nhan-dan-tinh-quang-ninh"),
        ("Ủy ban nhân dân tỉnh Hải Phòng", BEFORE, None),
        ("Ủy ban nhân dân huyện Bình Sơn", BEFORE, None),
        ("Sở Nông nghiệp và Môi trường tỉnh Lai Châu", LATE, "so-nong-nghiep-va-moi-truong-tinh-lai-chau"),
        ("Sở Nông nghiệp và Môi trường tỉnh Lai Châu", BEFORE, None),
        ("Tỉnh ủy Sơn La", BEFORE, "tinh-uy-tinh-son-la"),
        ("Thành ủy Sơn La", BEFORE, None),
        ("tỉnh Đồng Nai", date(2026, 4, 29), "tinh-dong-nai-2025"),
        ("Ủy ban nhân dân tỉnh Đắc Lắc", BEFORE, "uy-ban-nhan-dan-tinh-dak-lak"),
        ("thành phố Đồng Nai", date(2026, 4, 30), "thanh-pho-dong-nai"),
        ("Công ty Cổ phần Vàm Cỏ", BEFORE, None),
        ("", None, None),
    ],
)
def test_a_name_on_a_day(name: str, on: date | None, found: str | None) -> None:
    """The body of that name on that day; none when it did not exist, or when no day tells which of two."""
    unit = unit_named(name, on)
    assert found == (unit.id if unit else None)


@pytest.mark.parametrize(
    ("token", "on", "place", "found"),
    [
        ("CT", AFTER, None, "cuc-thue"),
        ("CT", BEFORE, None, None),
        ("TCHQ", BEFORE, None, "tong-cuc-hai-quan"),
        ("CHQ", BEFORE, None, None),
        ("CHQ", AFTER, None, "cuc-hai-quan"),
        ("QH15", BEFORE, None, "quoc-hoi"),
        ("BNN", BEFORE, None, "bo-nong-nghiep-va-phat-trien-nong-thon"),
        ("HQBD", BEFORE, None, "cuc-hai-quan-tinh-binh-duong"),
        ("HQBĐ", BEFORE, None, "cuc-hai-quan-tinh-binh-dinh"),
        ("BGDDT", BEFORE, None, "bo-giao-duc-va-dao-tao"),
        ("UBND", BEFORE, None, None),
        ("UBND", BEFORE, "Hà Giang", "uy-ban-nhan-dan-tinh-ha-giang"),
        ("UBND", LATE, "Hà Giang", None),
        ("UBND", BEFORE, "Quận 3", None),
        ("HĐND", LATE, "TP. Hồ Chí Minh", "hoi-dong-nhan-dan-thanh-pho-ho-chi-minh-2025"),
        ("TU", BEFORE, "Hải Phòng", "thanh-uy-thanh-pho-hai-phong"),
        ("SYT", BEFORE, "Yên Bái", "so-y-te-tinh-yen-bai"),
        ("TW", BEFORE, None, None),
        ("XYZ", None, None, None),
    ],
)
def test_a_token_on_a_day(token: str, on: date | None, place: str | None, found: str | None) -> None:
    """Bodies of provinces need their place; abbreviations that differ by a mark stay apart."""
    there = [unit.id for unit in bodies_of_symbol(token, place) if on is None or unit.existed(on)]
    assert ([found] if found else []) == there


def test_what_follows_what() -> None:
    """Successors and predecessors in both directions, for bodies of provinces too."""
    customs = unit_named("Cục Hải quan", AFTER)
    assert customs is not None
    assert ("tong-cuc-hai-quan",) == customs.predecessors
    old = unit_named("Sở Y tế tỉnh Hà Giang", BEFORE)
    assert old is not None
    assert ("so-y-te-tinh-tuyen-quang-2025",) == old.successors
    merged = unit_named("Sở Y tế tỉnh Tuyên Quang", LATE)
    assert merged is not None
    assert {"so-y-te-tinh-ha-giang", "so-y-te-tinh-tuyen-quang"} == set(merged.predecessors)
    ended = unit_named("Sở Tài nguyên và Môi trường tỉnh Lai Châu", BEFORE)
    assert ended is not None
    assert ("so-nong-nghiep-va-moi-truong-tinh-lai-chau",) == ended.successors


def test_the_tables_refer_to_what_they_hold() -> None:
    """Ids are unique; parents and successors are rows; a body with a successor has an end."""
    rows = [row for name in FIXED for row in table(f"units/{name}")]
    ids = [row["id"] for row in rows]
    assert len(ids) == len(set(ids))
    for row in rows:
        assert {row["parent"], *row["successors"].split(";")} <= {"", *ids}, row["id"]
        assert row["valid_to"] or not row["successors"], row["id"]
        assert not row["valid_from"] or not row["valid_to"] or row["valid_from"] <= row["valid_to"], row["id"]
    provinces = table("provinces")
    assert {one for row in provinces for one in row["successors"].split(";")} <= {"", *(row["id"] for row in provinces)}


def test_sixty_three_provinces_became_thirty_four() -> None:
    """Nghị quyết 202/2025/QH15; customs had 35 offices of provinces and have 20 regions."""
    days = [date(2024, 6, 1), date(2025, 6, 1), date(2025, 7, 1), date(2026, 5, 1)]
    called = {f"{area} {row['name']}" for row in table("provinces") for area in ("tỉnh", "thành phố")}
    counts = [sum(unit.existed(day) for name in called for unit in bodies_named(name)) for day in days]
    assert [63, 63, 34, 34] == counts
    customs = [row for row in table("units/customs") if row["kind"] == "local"]
    assert (35, 20) == (sum(bool(r["valid_to"]) for r in customs), sum(not r["valid_to"] for r in customs))


def test_scopes_and_names() -> None:
    """Who may have issued a symbol, and the spelling of every name."""
    assert ("central", "local") == (scopes()["BTC"], scopes()["UBND"])
    assert {"Bộ Tài chính", "Sở Y tế", "Cục Thuế"} <= set(names())


def test_ids_lead_back_to_their_units() -> None:
    """Every unit, body of a province, parent, predecessor and successor is found by its id."""
    provinces = [unit for unit in fixed_units() if unit.area]
    local = [unit for kind in provincial_kinds() for one in provinces if (unit := in_province(kind, one))]
    units = [*fixed_units(), *local]
    assert all(unit_with_id(unit.id) == unit for unit in units)
    for unit in units:
        assert all(map(unit_with_id, (*unit.predecessors, *unit.successors))), unit.id
        assert unit.source, unit.id
        assert unit.kind in ("council", "committee", "local", "party") or not unit.parent or unit_with_id(unit.parent)
    assert unit_with_id("so-y-te-tinh-mo") is None


@pytest.mark.parametrize(
    ("unit", "on", "before"),
    [
        ("chi-cuc-hai-quan-khu-vuc-viii", LATE, {"cuc-hai-quan-tinh-quang-ninh"}),
        (
            "chi-cuc-hai-quan-khu-vuc-xvi",
            AFTER,
            {"cuc-hai-quan-tinh-binh-duong", "cuc-hai-quan-tinh-binh-phuoc", "cuc-hai-quan-tinh-tay-ninh"},
        ),
        ("chi-cuc-hai-quan-khu-vuc-xvi", LATE, {"cuc-hai-quan-tinh-cao-bang", "cuc-hai-quan-tinh-ha-giang"}),
        ("chi-cuc-hai-quan-khu-vuc-xv", LATE, set()),
        ("thue-tinh-tay-ninh", LATE, {"cuc-thue-tinh-tay-ninh", "cuc-thue-tinh-long-an"}),
        ("thanh-pho-dong-nai", LATE, {"tinh-dong-nai-2025", "tinh-dong-nai", "tinh-binh-phuoc"}),
        (
            "so-nong-nghiep-va-moi-truong-tinh-lai-chau",
            LATE,
            {
                "so-nong-nghiep-va-phat-trien-nong-thon-tinh-lai-chau",
                "so-tai-nguyen-va-moi-truong-tinh-lai-chau",
            },
        ),
        ("bo-cong-an", LATE, set()),
    ],
)
def test_all_that_came_before(unit: str, on: date, before: set[str]) -> None:
    """All generations; a region of customs took over from those whose provinces it serves on that day."""
    found = unit_with_id(unit)
    assert found is not None
    assert before == set(lineage(found, on))


def test_regions_of_customs_served_every_province_once() -> None:
    """Both maps: each of the 63 and of the 34 provinces had one region, number XV none of its own since."""
    for on, count in ((AFTER, 63), (LATE, 34)):
        there = [unit for unit in fixed_units() if unit.area and unit.existed(on)]
        assert count == len(there)
        held = [[one.unit for one in coverages_of(unit) if one.held(on)] for unit in there]
        assert {1} == {len(regions) for regions in held}
    early, late = coverage("chi-cuc-hai-quan-khu-vuc-xv")
    assert ((), "Hồ Chí Minh") == (late.places, late.seat)
    assert early.held(date(2025, 6, 20))
    assert late.held(date(2025, 6, 20))
    assert not early.held(LATE)
    assert () == coverage("cuc-hai-quan")


@given(st.text(max_size=40), st.dates(), st.text(max_size=20))
def test_total(text: str, on: date, place: str) -> None:
    """Any words, any day, any place: no error."""
    unit_named(text, on)
    assert all(unit.id for unit in bodies_of_symbol(text, place))
