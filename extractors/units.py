"""The register of units: which body bore a name or an abbreviation on a given day, what came before and after it.

Facts stand in ``lexicons/units/*.csv`` and ``lexicons/provinces.csv``. Days are as far as known (``2007`` is any day of
that year). A body of a province (*Sở Y tế*) is one row of ``local.csv`` for all provinces: its units are put together
from the two. Names are compared as :func:`extractors.lexicon.key` has them. Every function is total.

Sources: Nghị quyết 176/2025/QH15 (ministries, 01/3/2025), Nghị định 29/2025/NĐ-CP and Quyết định 382/QĐ-BTC (customs,
tax, treasury), Nghị quyết 202/2025/QH15 (34 provinces from 01/7/2025), Nghị quyết 30/2026/QH16 (Đồng Nai).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache

from extractors.fold import fold
from extractors.lexicon import key, table

_TABLES = ("units/central", "units/party", "units/organisations", "units/customs", "units/tax")
#: ``QH15``, ``UBTVQH15``: the assembly and its term.
_TERM = re.compile(r"(QH|UBTVQH)\d{1,2}$")
#: Offices that only provinces have: their place may go without its kind (``Cục Thuế Bình Định``).
_ONE_RANK = re.compile(r"(?:so|cuc) ")
_PROVINCE_ID = re.compile(r"-(?=(?:tinh|thanh-pho)-)")
_AREA = re.compile(r"(tinh|thanh pho|tp\.?) (.+)$")


@dataclass(frozen=True, slots=True)
class Unit:
    """A body with the days between which it bore its name (both inclusive; ``None`` when not known or still so).

    ``parent``, ``predecessors`` and ``successors`` are ids. ``area`` is the kind of province of a province,
    ``province`` the id of the province of a body of one, ``covers`` the provinces (by name) of an office that serves
    some. ``source`` is what the facts rest on.
    """

    id: str
    name: str
    kind: str
    parent: str | None = None
    abbreviations: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    successors: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()
    area: str | None = None
    province: str | None = None
    covers: tuple[str, ...] = ()
    source: str | None = None

    def existed(self, on: date) -> bool:
        """True when the body bore its name on that day, as far as is known."""
        day = on.isoformat()
        return (not self.valid_from or day >= self.valid_from) and (
            not self.valid_to or day[: len(self.valid_to)] <= self.valid_to
        )


@lru_cache(maxsize=4096)
def unit_named(name: str, on: date | None = None) -> Unit | None:
    """The body of that full name on that day; ``None`` when there is none, or several and no day tells which."""
    return _only(bodies_named(name), on)


def bodies_named(name: str) -> tuple[Unit, ...]:
    """All bodies that ever bore that full name."""
    name = _loose(name)
    return _by_name().get(name) or tuple(_composed(name))


def bodies_of_symbol(token: str, place: str | None = None) -> tuple[Unit, ...]:
    """All bodies that ``token`` ever stood for, those of provinces for the province ``place``."""
    term = _TERM.match(token)
    token = term[1] if term else token
    central = _by_abbreviation().get(token) or (() if token in scopes() else _by_folded().get(fold(token), ()))
    local = [row for row in table("units/local") if token in row["abbreviations"].split(";")]
    provinces = _provinces(place or "") if local else ()
    return (*central, *(unit for row in local for p in provinces for unit in _of_province(row, p)))


@lru_cache(maxsize=4096)
def unit_with_id(unit_id: str) -> Unit | None:
    """The unit of that id, as it stands in parents, predecessors and successors; ``None`` for an unknown one."""
    if unit_id in _by_id():
        return _by_id()[unit_id]
    for place in _PROVINCE_ID.finditer(unit_id):
        row, province = _local_rows().get(unit_id[: place.start()]), _by_id().get(unit_id[place.start() + 1 :])
        if row and province:
            return next(_of_province(row, province), None)
    return None


@cache
def fixed_units() -> tuple[Unit, ...]:
    """All units that are no bodies of a province, and all provinces."""
    return (*_fixed(), *_all_provinces())


@cache
def provincial_kinds() -> tuple[Unit, ...]:
    """The bodies that every or some provinces have, without a province: ids, names and days as in ``local.csv``."""
    return _with_predecessors([_unit(row) for row in table("units/local") if row["placed"]])


def in_province(kind: Unit, province: Unit) -> Unit | None:
    """The body ``kind`` (of :func:`provincial_kinds`) of a province, if there were days on which both existed."""
    return next(_of_province(_local_rows()[kind.id], province), None)


def provinces_named(place: str) -> tuple[Unit, ...]:
    """All provinces that ever bore that name; with an area word (``tỉnh``, ``TP.``) only those of that kind."""
    return _provinces(place)


@cache
def scopes() -> dict[str, str]:
    """Abbreviation -> ``local`` when it says what kind of body issued but not where, else ``central``."""
    local = {short: "local" for row in table("units/local") for short in _listed(row["abbreviations"])}
    return local | dict.fromkeys(_by_abbreviation(), "central")


def names() -> Iterator[str]:
    """The usual spelling of every name, those of provincial bodies without their province."""
    yield from (row["name"] for name in (*_TABLES, "units/local") for row in table(name))


def _loose(name: str) -> str:
    """The comparison key without commas and dashes: ``Lao động, Thương binh`` is ``Lao động - Thương binh``."""
    return " ".join(re.sub(r"[,–-]", " ", key(name)).split())


def _only(units: Iterable[Unit], on: date | None) -> Unit | None:
    there = [unit for unit in units if on is None or unit.existed(on)]
    return there[0] if len(there) == 1 else None


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split(";")))


def _unit(row: dict[str, str]) -> Unit:
    return Unit(
        id=row["id"], name=row["name"], kind=row["kind"], parent=row["parent"] or None,
        abbreviations=_listed(row["abbreviations"]), valid_from=row["valid_from"] or None,
        valid_to=row["valid_to"] or None, successors=_listed(row["successors"]),
        covers=_listed(row.get("area", "")), source=row["source"],
    )  # fmt: skip


def _with_predecessors(units: list[Unit]) -> tuple[Unit, ...]:
    before: dict[str, list[str]] = {}
    for unit in units:
        for successor in unit.successors:
            before.setdefault(successor, []).append(unit.id)
    return tuple(replace(unit, predecessors=tuple(before.get(unit.id, ()))) for unit in units)


@cache
def _fixed() -> tuple[Unit, ...]:
    return _with_predecessors([_unit(row) for name in _TABLES for row in table(name)])


@cache
def _all_provinces() -> tuple[Unit, ...]:
    return _with_predecessors(
        [
            Unit(
                id=row["id"], name=f"{row['type']} {row['name']}", kind="province", abbreviations=(),
                valid_from=row["valid_from"] or None, valid_to=row["valid_to"] or None,
                successors=_listed(row["successors"]), area=row["type"], province=row["id"], source=row["source"],
            )
            for row in table("provinces")
        ]
    )  # fmt: skip


@cache
def _by_id() -> dict[str, Unit]:
    return {unit.id: unit for unit in fixed_units()}


@cache
def _local_rows() -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in table("units/local")}


@cache
def _by_name() -> dict[str, tuple[Unit, ...]]:
    found: dict[str, tuple[Unit, ...]] = {}
    for unit in (*_fixed(), *_all_provinces()):
        found[_loose(unit.name)] = (*found.get(_loose(unit.name), ()), unit)
    return found


@cache
def _by_abbreviation() -> dict[str, tuple[Unit, ...]]:
    found: dict[str, tuple[Unit, ...]] = {}
    for unit in _fixed():
        for short in unit.abbreviations:
            found[short] = (*found.get(short, ()), unit)
    return found


@cache
def _by_folded() -> dict[str, tuple[Unit, ...]]:
    """Folded abbreviation -> its bodies, where no other abbreviation differs from it by marks alone (``HQBĐ``)."""
    found: dict[str, list[tuple[Unit, ...]]] = {}
    for short, units in _by_abbreviation().items():
        found.setdefault(fold(short), []).append(units)
    return {short: groups[0] for short, groups in found.items() if len(set(groups)) == 1}


@cache
def _provinces_by_name() -> dict[str, tuple[Unit, ...]]:
    """Comparison key of a name or variant, without area word -> all provinces that ever bore it."""
    found: dict[str, tuple[Unit, ...]] = {}
    for row, unit in zip(table("provinces"), _all_provinces(), strict=True):
        for name in {_loose(one) for one in (row["name"], *_listed(row["variants"]))}:
            found[name] = (*found.get(name, ()), unit)
    return found


def _provinces(place: str) -> tuple[Unit, ...]:
    """The provinces of that name; with an area word (``tỉnh``, ``TP.``) only those of that kind."""
    name = _loose(place)
    said = _AREA.match(name)
    if said is None:
        return _provinces_by_name().get(name, ())
    kind = "tinh" if said[1] == "tinh" else "thanh pho"
    return tuple(unit for unit in _provinces_by_name().get(said[2], ()) if key(unit.area or "") == kind)


@cache
def _local_heads() -> tuple[tuple[str, dict[str, str]], ...]:
    """Comparison key of the name of each provincial body, the longest first, with its row."""
    heads = [(_loose(row["name"]), row) for row in table("units/local") if row["placed"]]
    return tuple(sorted(heads, key=lambda head: -len(head[0])))


def _composed(name: str) -> Iterator[Unit]:
    """The units of a provincial body from its name with the province: ``so y te tinh quang ninh``."""
    for head, row in _local_heads():
        rest = name.removeprefix(f"{head} ")
        if rest != name and (row["placed"] == "bare" or _AREA.match(rest) or _ONE_RANK.match(name)):
            yield from (unit for province in _provinces(rest) for unit in _of_province(row, province))
            return


def _of_province(row: dict[str, str], province: Unit) -> Iterator[Unit]:
    """The body ``row`` of a province, if there were days on which both existed."""
    days = _days(row, province)
    if days is None:
        return
    first, last = days
    place = province.name if row["placed"] == "area" else province.name.removeprefix(f"{province.area} ")
    ends_with_province = bool(province.valid_to) and last == province.valid_to
    after = _existing([row["id"]], province.successors) if ends_with_province else []
    after = after or _existing(_listed(row["successors"]), (province.id,))
    kinds_before = [other["id"] for other in table("units/local") if row["id"] in _listed(other["successors"])]
    before = [*_existing([row["id"]], province.predecessors), *_existing(kinds_before, (province.id,))]
    yield Unit(
        id=f"{row['id']}-{province.id}", name=f"{row['name']} {place}", kind=row["kind"],
        parent=f"{row['parent']}-{province.id}" if row["parent"] in _local_rows() else row["parent"] or None,
        abbreviations=_listed(row["abbreviations"]), valid_from=first or None, valid_to=last or None,
        successors=tuple(after), predecessors=tuple(before), province=province.id,
        source=f"{row['source']}; {province.source}",
    )  # fmt: skip


def _days(row: dict[str, str], province: Unit) -> tuple[str, str] | None:
    """The first and last day on which both existed (empty: unknown or still so); ``None`` when there was none."""
    if not row["placed"] or row["province"] not in ("", province.area):
        return None
    first = max(row["valid_from"], province.valid_from or "")
    last = min(filter(None, (row["valid_to"], province.valid_to)), default="")
    return None if first and last and first > last else (first, last)


def _existing(kinds: Iterable[str], provinces: Iterable[str]) -> list[str]:
    """The ids of those bodies of those provinces that ever existed."""
    pairs = [(kind, province) for kind in kinds for province in provinces]
    return [f"{kind}-{where}" for kind, where in pairs if _days(_local_rows()[kind], _by_id()[where]) is not None]
