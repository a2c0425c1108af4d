"""Group nouns with a known membership: *các bộ, cơ quan ngang bộ*, *Cục Hải quan các tỉnh, thành phố (trừ …)*.

The lists with their days and sources stand in ``extractors/lexicons/units/groups.toml``. A group of which no list is
known for the day has no members here, and so has one with a word more (*các tỉnh biên giới*): nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache, lru_cache
from typing import Any, NamedTuple

from extractors.lexicon import settings
from extractors.units import Unit, fixed_units, in_province, provincial_kinds, unit_with_id
from pipeline.folding import text_key
from pipeline.units.names import plain

_EXCLUDED = re.compile(r"[\s,(]+(?:trừ|ngoại trừ|không bao gồm|không gồm|không kể)\s+([^()]+)\)?\s*$", re.IGNORECASE)
_COUNT = re.compile(r"\(\s*\d{1,3}[^()]{0,20}\)")
#: What may stand beside the nouns: the office of those who answer for a member, and words that link.
_FILLERS = (
    "cac", "va", "bo truong", "thu truong", "chu tich", "lanh dao", "cuc truong", "chi cuc truong", "bi thu", "35",
    "63", "34", "20",
)  # fmt: skip
_LINKS = frozenset({"cac", "tinh", "thanh", "pho", "tp"})


class Membership(NamedTuple):
    """The members of a group on a day; ``complete`` is false when there may be more."""

    units: tuple[Unit, ...]
    complete: bool


class _Group(NamedTuple):
    pattern: re.Pattern[str]
    row: dict[str, Any]


@lru_cache(maxsize=2048)
def members_of(group: str, on: date | None) -> Membership | None:
    """Who belonged to ``group`` on that day, those after *trừ*, *không bao gồm* left out; ``None`` when not known.

    Without a day nothing is known: sixty-three provinces became thirty-four.
    """
    if on is None or len(group) > 600:
        return None
    excluded = _EXCLUDED.search(group)
    named = _COUNT.sub(" ", group[: excluded.start()] if excluded else group)
    rows = _read(text_key(named), on)
    if not rows:
        return None
    units = tuple(dict.fromkeys(unit for row in rows for unit in _members(row, on)))
    left = _without(units, excluded[1]) if excluded else units
    return Membership(left, all(row.get("complete", True) for row in rows)) if left else None


def _read(words: str, on: date) -> list[dict[str, Any]]:
    """The groups named, if nothing else is said and the list of each holds on that day."""
    rows: list[dict[str, Any]] = []
    at, day = 0, on.isoformat()
    while at < len(words):
        found = [(m, g.row) for g in _groups() if (m := g.pattern.match(words, at))]
        filler = _filler().match(words, at)
        if found:
            held = [(m, row) for m, row in found if row["valid_from"] <= day <= row.get("valid_to", "9999")]
            if not held:
                return []
            match, row = max(held, key=lambda pair: pair[0].end())
            rows.append(row)
            at = match.end()
        elif filler:
            at = filler.end()
        else:
            return []
    return rows


def _members(row: dict[str, Any], on: date) -> Iterator[Unit]:
    if "units" in row:
        there: Iterable[Unit | None] = map(unit_with_id, row["units"])
    elif "kinds" in row:
        kinds = [kind for kind in provincial_kinds() if kind.id in row["kinds"]]
        provinces = [unit for unit in fixed_units() if unit.area and unit.existed(on)]
        there = (in_province(kind, province) for province in provinces for kind in kinds)
    else:
        there = (u for u in fixed_units() if u.parent == row["under"] and u.name.startswith(row["named"]))
    yield from (unit for unit in there if unit and unit.existed(on))


def _without(units: tuple[Unit, ...], excluded: str) -> tuple[Unit, ...]:
    """The members that ``excluded`` does not name, by full name or by place; none when it names somebody else."""
    words = f" {plain(excluded)} "
    gone: set[str] = set()
    for unit in sorted(units, key=lambda one: -len(one.name)):
        full = f" {plain(unit.name)} "
        short = next((f" {plain(place)} " for place in _places(unit)), full)
        for said in (full, short):
            if said in words:
                words = words.replace(said, "  ")
                gone.add(unit.id)
    return () if set(words.split()) - _LINKS or not gone else tuple(one for one in units if one.id not in gone)


def _places(unit: Unit) -> Iterator[str]:
    """The name of the province of a member, or the number of a region."""
    home = unit_with_id(unit.province) if unit.province else None
    if home and home.area:
        yield home.name.removeprefix(f"{home.area} ")
    elif unit.covers:
        yield " - ".join(unit.covers)


@cache
def _groups() -> tuple[_Group, ...]:
    rows = settings("units/groups")["group"]
    return tuple(_Group(re.compile(rf"(?:cac )?(?:{row['pattern']})(?: |$)"), row) for row in rows)


@cache
def _filler() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(sorted(_FILLERS, key=len, reverse=True))})(?: |$)")
