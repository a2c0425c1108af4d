"""Finds the duties of a unit: those under its name, of what came before it, and of the groups to which it belonged."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.engine import Connection

from extractors.unit_history import lineage
from extractors.units import unit_with_id
from pipeline.distinct import distinct_values
from pipeline.folding import name_pattern
from pipeline.rows import Row
from pipeline.store import own_units
from pipeline.tables import obligation_units
from pipeline.units.names import Context, find_units, is_one_body
from pipeline.units.own import from_rows

NAMED, PREDECESSOR, MEMBER = "named", "predecessor", "member"
_IN_ONE_QUESTION = 500


class Sought(NamedTuple):
    """A unit in a question: the keys of the names in which it stands as words, its ids, and what came before it (id ->
    name)."""

    keys: tuple[str, ...]
    ids: frozenset[str]
    before: dict[str, str]
    roles: tuple[str, ...]


class Asked(NamedTuple):
    """How a question names a unit; ``on`` is the day that counts as today, ``as_written`` keeps to the words."""

    unit: str
    roles: tuple[str, ...]
    on: str | None = None
    as_written: bool = False


def sought(connection: Connection, asked: Asked) -> Sought:
    """What to look for. Of several bodies of that name in the course of time the one of the day counts, if any."""
    keys = tuple(_unit_keys(connection, asked.unit))
    if asked.as_written:
        return Sought(keys, frozenset(), {}, asked.roles)
    on = date.fromisoformat(asked.on) if asked.on else None
    own = from_rows(own_units(connection))
    units = [unit for unit in find_units(asked.unit, Context(on, None, own)) if is_one_body(unit)]
    units = [unit for unit in units if on is None or unit.existed(on)] or units
    names = {unit.id: unit.name for unit in own}
    ids = frozenset(unit.id for unit in units)
    before = dict.fromkeys(one for unit in units for one in lineage(unit, on, own) if one not in ids)
    known = {one: unit_with_id(one) for one in before if one not in names}
    called = {one: names.get(one) or (unit.name if (unit := known[one]) else one) for one in before}
    return Sought(keys, ids, called, asked.roles)


def meets(
    wanted: Sought,
    named: ColumnElement[str] = obligation_units.c.folded,
    meant: ColumnElement[str] = obligation_units.c.unit,
) -> ColumnElement[bool]:
    """True for the rows of units that are the unit, its predecessors or its groups in one of the roles."""
    unit = or_(named.in_(wanted.keys), meant.in_([*wanted.ids, *wanted.before]))
    return obligation_units.c.role.in_(wanted.roles) & unit


def marked(connection: Connection, rows: list[Row], wanted: Sought) -> list[Row]:
    """The rows with ``found_as`` (named, predecessor, member) and ``found_by``: the predecessor, or the group as
    written."""
    ways: dict[str, tuple[int, str, str | None]] = {}
    ids = [row["obligation_id"] for row in rows]
    columns = (obligation_units.c[name] for name in ("obligation_id", "folded", "unit", "how", "name"))
    statement = select(*columns).where(meets(wanted)).order_by(obligation_units.c.n)
    for start in range(0, len(ids), _IN_ONE_QUESTION):
        part = obligation_units.c.obligation_id.in_(ids[start : start + _IN_ONE_QUESTION])
        for obligation_id, *found in connection.execute(statement.where(part)):
            way = _way(found, wanted)
            ways[obligation_id] = min(way, ways.get(obligation_id, way), key=lambda one: one[0])
    return [row | dict(zip(("found_as", "found_by"), ways[row["obligation_id"]][1:], strict=True)) for row in rows]


def _way(found: Iterable[str | None], wanted: Sought) -> tuple[int, str, str | None]:
    """How a row of units was met, the plainest way first."""
    folded, unit, how, name = found
    if how == "expanded":
        return 2, MEMBER, name
    if folded in wanted.keys or unit in wanted.ids:
        return 0, NAMED, None
    return 1, PREDECESSOR, wanted.before.get(unit or "", name)


def _unit_keys(connection: Connection, unit: str) -> list[str]:
    """The stored keys of all names in which ``unit`` stands. There are few names and many rows."""
    pattern = name_pattern(unit)
    if pattern is None:
        return []
    return [key for key in distinct_values(connection, obligation_units.c.folded) if pattern.search(key)]
