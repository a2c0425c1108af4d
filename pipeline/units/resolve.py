"""Gives the actors of the database their units: the body that a name means on the day of the document, and the members
of a group. Names stay as written; a document is gone through again only when the register or the own units changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from sqlalchemy import Engine, bindparam, delete, insert, select, update
from sqlalchemy.engine import Connection

from extractors.units import Unit, unit_with_id
from pipeline.database import writing
from pipeline.fingerprint import extractor_version
from pipeline.rows import Row
from pipeline.store import own_units
from pipeline.tables import documents, obligation_units, obligations
from pipeline.units.groups import members_of
from pipeline.units.names import Context, unit_meant
from pipeline.units.own import as_rows, from_rows

_NAMED, _EXPANDED = "named", "expanded"


def resolve_units(engine: Engine) -> int:
    """Write ``unit`` of every name and the rows of the members of groups; the number of documents gone through."""
    with writing(engine) as connection:
        own = from_rows(own_units(connection))
        version = _version(own)
        columns = (documents.c.doc_id, documents.c.date, documents.c.issuer_unit)
        stale = connection.execute(select(*columns).where(documents.c.units_version.is_distinct_from(version))).all()
        for doc_id, day, issuer in stale:
            _resolve(connection, doc_id, _context(day, issuer, own))
            done = update(documents).where(documents.c.doc_id == doc_id)
            connection.execute(done.values(units_version=version))
        return len(stale)


def _context(day: str | None, issuer: str | None, own: tuple[Unit, ...]) -> Context:
    """An authority of a province speaks of its own offices (*Sở Y tế*); nobody else leaves the province out."""
    unit = unit_with_id(issuer) if issuer else None
    return Context(_day(day), unit.province if unit else None, own)


def _day(day: str | None) -> date | None:
    try:
        return date.fromisoformat(day) if day else None
    except ValueError:
        return None


def _resolve(connection: Connection, doc_id: str, context: Context) -> None:
    table = obligation_units
    of_document = table.c.doc_id == doc_id
    connection.execute(delete(table).where(of_document, table.c.how == _EXPANDED))
    named = [dict(row) for row in connection.execute(select(table).where(of_document).order_by(table.c.n)).mappings()]
    units: dict[str, list[str]] = {}
    for row in named:
        row["unit"], row["members"] = _meant(row["name"], context)
        if row["role"] == "actor":
            found = [row["unit"]] if row["unit"] else [unit.id for unit in row["members"]]
            units.setdefault(row["obligation_id"], []).extend(found)
    _write(connection, named, units)


def _meant(name: str, context: Context) -> tuple[str | None, tuple[Unit, ...]]:
    unit = unit_meant(name, context)
    if unit:
        return unit.id, ()
    membership = members_of(name, context.on)
    return None, membership.units if membership else ()


def _write(connection: Connection, named: list[Row], units: dict[str, list[str]]) -> None:
    if not named:
        return
    table = obligation_units
    meant = update(table).where(table.c.n == bindparam("number")).values(unit=bindparam("meant"))
    connection.execute(meant, [{"number": row["n"], "meant": row["unit"]} for row in named])
    if members := list(_expanded(named)):
        connection.execute(insert(table), members)
    if units:
        own = update(obligations).where(obligations.c.obligation_id == bindparam("id"))
        ids = [{"id": one, "ids": list(dict.fromkeys(found))} for one, found in units.items()]
        connection.execute(own.values(actor_units=bindparam("ids", type_=obligations.c.actor_units.type)), ids)


def _expanded(named: list[Row]) -> Iterator[Row]:
    """A row for each member of a group; its name is the group's, so that an answer can say by which words."""
    for row in named:
        for unit in row["members"]:
            yield {key: row[key] for key in ("obligation_id", "doc_id", "role", "name")} | {
                "unit": unit.id,
                "how": _EXPANDED,
            }


@cache
def _program() -> str:
    """A fingerprint of the code beside the extractors that decides which unit is meant."""
    folder = Path(__file__).resolve().parent
    files = [*sorted(folder.glob("*.py")), folder.parent / "folding.py"]
    return hashlib.sha256(b"\x1f".join(file.read_bytes() for file in files)).hexdigest()


def _version(own: tuple[Unit, ...]) -> str:
    """What the units of a document follow from besides the document."""
    said = json.dumps(as_rows(own), ensure_ascii=False)
    return hashlib.sha256(f"{extractor_version()}{_program()}{said}".encode()).hexdigest()[:12]
