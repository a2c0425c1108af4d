"""What came before a unit, through all generations, and which office of customs served which province when.

A region of customs kept its number when its provinces changed (Quyết định 382/QĐ-BTC from 01/3/2025, Quyết định
2019/QĐ-BTC of 11/6/2025, to be in place before 01/7/2025): what it took over depends on the day. A tax office of a
province (from 01/7/2025) took over from those of the provinces that were merged into it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from extractors.lexicon import table
from extractors.units import Unit, fixed_units, provinces_named, unit_with_id

#: The id of the authority over the tax offices, and of the kind of the offices of provinces until 28/02/2025.
_TAX_AUTHORITY = _TAX_DEPARTMENT = "cuc-thue"


@dataclass(frozen=True, slots=True)
class Coverage:
    """The provinces (by name) that a region served between two days (both inclusive), and its seat.

    ``remark`` is what it served besides, or did not serve there.
    """

    unit: str
    valid_from: str
    valid_to: str | None
    places: tuple[str, ...]
    remark: str | None
    seat: str
    source: str

    def held(self, on: date) -> bool:
        """True when it was in force on that day; in June 2025 both of a region may be."""
        day = on.isoformat()
        return self.valid_from <= day and (not self.valid_to or day <= self.valid_to)

    def provinces(self) -> tuple[Unit, ...]:
        """The provinces of those names: as they were at the end of that time, or came to be during it."""
        last = self.valid_to or date.max.isoformat()
        named = (unit for place in self.places for unit in provinces_named(place))
        return tuple(
            unit
            for unit in named
            if unit.existed(date.fromisoformat(last)) or self.valid_from <= (unit.valid_from or "") <= last
        )


def coverage(unit_id: str) -> tuple[Coverage, ...]:
    """What a region served, in order of time; empty for every other unit."""
    return tuple(one for one in _coverages() if one.unit == unit_id)


def coverages_of(province: Unit) -> tuple[Coverage, ...]:
    """The regions that served a province, in order of time."""
    return tuple(one for one in _coverages() if any(province.id == served.id for served in one.provinces()))


def lineage(unit: Unit, on: date | None = None, own: Iterable[Unit] = ()) -> tuple[str, ...]:
    """The ids of all that came before ``unit``, the nearest first; ``on`` says which day's provinces of a region count,
    all when it is ``None``. ``own`` are units beside the register (their successors may be units of it)."""
    added = {one.id: one for one in own}
    found: dict[str, None] = {}
    waiting = [unit]
    while waiting:
        current = waiting.pop(0)
        before = [*_before(current, on), *(one.id for one in added.values() if current.id in one.successors)]
        new = [one for one in before if one not in found and one != unit.id]
        found |= dict.fromkeys(new)
        known = (added.get(one) or unit_with_id(one) for one in new)
        waiting += [one for one in known if one]
    return tuple(found)


def _before(unit: Unit, on: date | None) -> Iterator[str]:
    served = coverage(unit.id)
    if not served or on is None:
        yield from unit.predecessors
    for one in served:
        if on is None or one.held(on):
            areas = set(_with_former(one.provinces()))
            yield from (office for office, covered in _customs_offices() if covered & areas)
    if unit.parent == _TAX_AUTHORITY and unit.covers:
        here = [area for place in unit.covers for area in provinces_named(place) if not area.valid_to]
        yield from (f"{_TAX_DEPARTMENT}-{area}" for area in _with_former(here) if _had_tax_department(area))


def _had_tax_department(province: str) -> bool:
    return unit_with_id(f"{_TAX_DEPARTMENT}-{province}") is not None


def _with_former(provinces: Iterable[Unit]) -> Iterator[str]:
    """The ids of the provinces and of all that were merged into them."""
    for province in provinces:
        yield province.id
        yield from lineage(province)


@cache
def _customs_offices() -> tuple[tuple[str, frozenset[str]], ...]:
    """The offices of provinces (until 28/02/2025) with the ids of their provinces."""
    return tuple(
        (unit.id, frozenset(area.id for place in unit.covers for area in provinces_named(place)))
        for unit in fixed_units()
        if unit.parent == "tong-cuc-hai-quan" and unit.covers
    )


@cache
def _coverages() -> tuple[Coverage, ...]:
    return tuple(
        Coverage(
            row["unit"], row["valid_from"], row["valid_to"] or None, tuple(filter(None, row["area"].split(";"))),
            row["remark"] or None, row["seat"], row["source"],
        )
        for row in table("units/customs_areas")
    )  # fmt: skip
