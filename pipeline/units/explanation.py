"""All that the register knows of a name: the bodies, their days, what stood above, before and after them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from typing import Any

from extractors.unit_history import Coverage, coverage, coverages_of, lineage
from extractors.units import Unit, fixed_units, in_province, provinces_named, provincial_kinds, unit_with_id
from pipeline.folding import text_key
from pipeline.units.groups import Membership, members_of
from pipeline.units.names import Context, find_units

_SHOWN, _NEAR_ENOUGH = 5, 75


@dataclass(frozen=True, slots=True)
class Described:
    """A body with what the register says of it.

    ``there`` tells whether it existed on the day asked for (``None`` without a day); ``before`` are all generations,
    ``after`` the next one; ``served`` is what a region served, ``regions`` who served a province or an office's area.
    """

    unit: Unit
    there: bool | None
    parent: Unit | None
    before: tuple[Unit, ...]
    after: tuple[Unit, ...]
    served: tuple[Coverage, ...]
    regions: tuple[Coverage, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a name means; ``near`` are names like it, proposed when nothing is found, never chosen."""

    asked: str
    on: date | None
    units: tuple[Described, ...]
    members: Membership | None
    near: tuple[str, ...]

    @property
    def found(self) -> bool:
        """True when the name means a body or a group with known members."""
        return bool(self.units) or self.members is not None


def explain_unit(name: str, on: date | None = None, own: tuple[Unit, ...] = ()) -> Explanation:
    """What the register, and ``own`` units beside it, know of ``name``, in order of time."""
    found = sorted(find_units(name, Context(on, None, own)), key=lambda unit: unit.valid_from or "")
    units = tuple(_described(unit, on, own) for unit in found)
    members = None if found else members_of(name, on)
    near = () if found or members else tuple(near_names(name, own))
    return Explanation(name, on, units, members, near)


def near_names(name: str, own: tuple[Unit, ...] = ()) -> Iterator[str]:
    """The names that begin with ``name``, and the names and abbreviations most like it, the nearest first."""
    from rapidfuzz import fuzz, process

    known = _names() | {text_key(one): one for unit in own for one in (unit.name, *unit.abbreviations)}
    wanted = text_key(name)
    if wanted:
        longer = sorted((key for key in known if key.startswith(f"{wanted} ")), key=len)[:_SHOWN]
        near = process.extract(wanted, known.keys(), scorer=fuzz.ratio, limit=_SHOWN, score_cutoff=_NEAR_ENOUGH)
        yield from dict.fromkeys(known[key] for key in [*longer, *(key for key, _, _ in near)][:_SHOWN])


def as_json(explanation: Explanation) -> dict[str, Any]:
    """The explanation in a form that JSON takes; units by id, name and days."""
    return {
        "asked": explanation.asked,
        "on": explanation.on.isoformat() if explanation.on else None,
        "units": [
            asdict(one.unit)
            | {
                "there": one.there,
                "before": [_short(unit) for unit in one.before],
                "after": [_short(unit) for unit in one.after],
                "served": [asdict(served) for served in one.served],
                "regions": [asdict(region) for region in one.regions],
            }
            for one in explanation.units
        ],
        "members": [_short(unit) for unit in explanation.members.units] if explanation.members else None,
        "near": list(explanation.near),
    }


def _short(unit: Unit) -> dict[str, Any]:
    return {"id": unit.id, "name": unit.name, "valid_from": unit.valid_from, "valid_to": unit.valid_to}


def _described(unit: Unit, on: date | None, own: tuple[Unit, ...]) -> Described:
    return Described(
        unit=unit,
        there=None if on is None else unit.existed(on),
        parent=next(_units([unit.parent] if unit.parent else [], own), None),
        before=tuple(_units(lineage(unit, on, own), own)),
        after=tuple(_units(unit.successors, own)),
        served=coverage(unit.id),
        regions=tuple(_regions(unit)),
    )


def _units(ids: Iterable[str], own: tuple[Unit, ...]) -> Iterator[Unit]:
    added = {unit.id: unit for unit in own}
    found = (added.get(one) or unit_with_id(one) for one in ids)
    yield from (unit for unit in found if unit)


def _regions(unit: Unit) -> Iterator[Coverage]:
    """The regions of customs of a province, or of the provinces that an office of customs served."""
    if unit.area:
        provinces = [unit]
    elif unit.parent == "tong-cuc-hai-quan":
        provinces = [province for place in unit.covers for province in provinces_named(place)]
    else:
        return
    seen: dict[str, Unit] = {}
    while provinces:
        province = provinces.pop(0)
        if province.id not in seen:
            seen[province.id] = province
            provinces += filter(None, map(unit_with_id, province.successors))
    found = {one for province in seen.values() for one in coverages_of(province)}
    yield from sorted(found, key=lambda one: (one.valid_from, one.unit))


@cache
def _names() -> dict[str, str]:
    """Comparison form -> a name or an abbreviation of every unit of the register."""
    provinces = [unit for unit in fixed_units() if unit.area]
    local = [unit for kind in provincial_kinds() for one in provinces if (unit := in_province(kind, one))]
    units = (*local, *provincial_kinds(), *fixed_units())
    shorts = {short.lower(): short for unit in (*provincial_kinds(), *fixed_units()) for short in unit.abbreviations}
    return shorts | {text_key(unit.name): unit.name for unit in units}
