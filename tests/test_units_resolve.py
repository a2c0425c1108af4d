"""Actors get their units, groups their members; a question finds what came before a unit and what it shared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from conftest import make_result
from sqlalchemy import Engine, select

from extractors.model import Header, Obligation, Result, Span
from pipeline.export.found import KEYS
from pipeline.query import Filters, each_obligation, find_obligations
from pipeline.store import save, set_own_units
from pipeline.tables import obligation_units
from pipeline.units.own import as_rows
from pipeline.units.resolve import resolve_units
from pipeline.units.search import MEMBER, NAMED, PREDECESSOR

IN_BOTH_DATABASES = True

Stored = Callable[..., Engine]
TODAY = "2026-03-02"


def _result(path: str, day: str | None, *actors: str, **header: str) -> Result:
    text = "\n".join(f"Yêu cầu {actor} báo cáo." for actor in actors)
    duties, at = [], 0
    for actor, line in zip(actors, text.splitlines(), strict=True):
        duties.append(Obligation(Span(at, at + len(line)), "r", "obligation", (actor,), "explicit", "named"))
        at += len(line) + 1
    return make_result(path, text, header=Header(date=day, **header), obligations=tuple(duties))


@pytest.fixture
def folder(stored: Stored) -> Engine:
    """Duties of customs in 2024 and 2025, and of the offices of a province."""
    engine = stored(
        _result("a.txt", "2024-05-06", "Cục HQ Quảng Ninh", "Cục Hải quan các tỉnh, thành phố", "Các đơn vị"),
        _result("b.txt", "2024-05-07", "Cục Hải quan các tỉnh, thành phố (trừ Quảng Ninh)"),
        _result("c.txt", "2025-09-01", "Chi cục Hải quan khu vực VIII", "Chi cục Hải quan khu vực I"),
        _result("d.txt", "2024-05-08", "Sở Y tế", "UBND huyện Kênh Đào", issuer_unit="uy-ban-nhan-dan-tinh-son-la"),
        _result("e.txt", None, "Cục Hải quan các tỉnh, thành phố", "Sở Y tế"),
    )
    resolve_units(engine)
    return engine


def _units(engine: Engine) -> dict[tuple[str, str], list[str]]:
    return {(row["path"], row["actors"][0]): row["actor_units"] for row in each_obligation(engine)}


def test_actors_have_their_units(folder: Engine) -> None:
    """Of the day and the province; members of a group; nothing for classes, other provinces or without a day."""
    units = _units(folder)
    assert ["cuc-hai-quan-tinh-quang-ninh"] == units["a.txt", "Cục HQ Quảng Ninh"]
    assert 35 == len(set(units["a.txt", "Cục Hải quan các tỉnh, thành phố"]))
    assert 34 == len(units["b.txt", "Cục Hải quan các tỉnh, thành phố (trừ Quảng Ninh)"])
    assert [] == units["a.txt", "Các đơn vị"]
    assert ["so-y-te-tinh-son-la"] == units["d.txt", "Sở Y tế"]
    assert ["uy-ban-nhan-dan-huyen-kenh-dao-tinh-son-la"] == units["d.txt", "UBND huyện Kênh Đào"]
    assert [[], []] == [units["e.txt", "Cục Hải quan các tỉnh, thành phố"], units["e.txt", "Sở Y tế"]]


def _found(engine: Engine, **filters: object) -> list[tuple[str, str, str | None]]:
    rows = find_obligations(engine, Filters(on=TODAY, **filters))  # type: ignore[arg-type]
    return [(row["path"], row["found_as"], row["found_by"]) for row in rows]


def test_a_region_answers_for_what_came_before_it(folder: Engine) -> None:
    """Its own duty, that of its predecessor by name and as one of a group; not where it was left out."""
    group = "Cục Hải quan các tỉnh, thành phố"
    assert [
        ("a.txt", PREDECESSOR, "Cục Hải quan tỉnh Quảng Ninh"),
        ("a.txt", MEMBER, group),
        ("c.txt", NAMED, None),
    ] == _found(folder, unit="Chi cục Hải quan khu vực VIII")
    assert [("c.txt", NAMED, None)] == _found(folder, unit="Chi cục Hải quan khu vực VIII", as_written=True)


def test_a_member_is_found_under_its_group(folder: Engine) -> None:
    """By whichever name is asked for; a name that is none of the register's finds its words alone."""
    asked = _found(folder, unit="HQ Quảng Ninh")
    assert [("a.txt", NAMED), ("a.txt", MEMBER)] == [found[:2] for found in asked]
    assert [("a.txt", MEMBER), ("b.txt", MEMBER)] == [f[:2] for f in _found(folder, unit="Cục HQ TP Hải Phòng")]
    assert [("a.txt", NAMED)] == [found[:2] for found in _found(folder, unit="các đơn vị")]
    assert [("d.txt", NAMED), ("e.txt", NAMED)] == [found[:2] for found in _found(folder, unit="Sở Y tế")]


def test_other_questions_say_nothing_of_units(folder: Engine) -> None:
    """Every row has the exported keys, whatever was asked."""
    rows = find_obligations(folder, Filters(doc="d.txt"))
    assert {None} == {row["found_as"] for row in rows}
    assert set(KEYS) <= set(rows[0])


def test_a_second_time_changes_nothing(folder: Engine) -> None:
    """Documents are gone through once; a document read again is gone through again."""
    with folder.connect() as connection:
        before = connection.execute(select(obligation_units)).all()
        assert 0 == resolve_units(folder)
        assert before == connection.execute(select(obligation_units)).all()
    save(folder, _result("c.txt", "2025-09-01", "Chi cục Hải quan khu vực II"), "/kho/c.txt")
    assert 1 == resolve_units(folder)
    assert ["chi-cuc-hai-quan-khu-vuc-ii"] == _units(folder)["c.txt", "Chi cục Hải quan khu vực II"]


def test_own_units_are_remembered(folder: Engine) -> None:
    """Once set they give actors their units, and a predecessor outside the register is found."""
    from extractors.units import Unit

    old = Unit("own:cac-don-vi", "Các đơn vị", "own", successors=("own:to-dau-moi",))
    new = replace(old, id="own:to-dau-moi", name="Tổ đầu mối", successors=())
    set_own_units(folder, as_rows((old, new)))
    assert 5 == resolve_units(folder)
    assert ["own:cac-don-vi"] == _units(folder)["a.txt", "Các đơn vị"]
    assert [("a.txt", PREDECESSOR, "Các đơn vị")] == _found(folder, unit="Tổ đầu mối")
    assert 35 == len(_units(folder)["a.txt", "Cục Hải quan các tỉnh, thành phố"])
