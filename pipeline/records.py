"""The tables that go out of the database, one record after the other: the same for every machine-readable export.

Names and keys are the export contract. What a person rejected, or corrected by another row, stays out unless asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlalchemy import Engine, select

from pipeline.export.drafters import shown_recipients
from pipeline.query import (
    each_citation,
    each_document,
    each_failure,
    each_obligation,
    each_reference,
    each_relation,
)
from pipeline.rows import CITATION_KEYS, DOCUMENT_KEYS, OBLIGATION_KEYS, REFERENCE_KEYS, RELATION_KEYS, Row
from pipeline.tables import documents, obligation_units, obligations

UNIT_KEYS = ("obligation_id", "doc_id", "role", "name", "unit", "how")
FAILURE_KEYS = ("source", "page", "path", "reason", "error")
#: Name of a table -> the keys of its records.
KEYS: dict[str, tuple[str, ...]] = {
    "documents": DOCUMENT_KEYS,
    "obligations": OBLIGATION_KEYS,
    "citations": CITATION_KEYS,
    "relations": RELATION_KEYS,
    "references": REFERENCE_KEYS,
    "units": UNIT_KEYS,
    "failures": FAILURE_KEYS,
}
_EACH: dict[str, Callable[[Engine], Iterator[Row]]] = {
    "citations": each_citation,
    "relations": each_relation,
    "references": each_reference,
    "failures": each_failure,
}


def each_record(engine: Engine, table: str, *, with_drafters: bool = False, superseded: bool = False) -> Iterator[Row]:
    """The records of one of ``KEYS``, with exactly its keys, in order of document and place.

    ``superseded`` adds the obligations (and their units) that a person rejected or corrected by another row, and to
    each obligation the mark ``superseded``. Raises ``KeyError`` for another table.
    """
    keys = KEYS[table] + (("superseded",) if superseded and table == "obligations" else ())
    if table == "documents":
        rows = _documents(engine, with_drafters)
    elif table == "units":
        rows = _units(engine, superseded)
    elif table == "obligations":
        rows = each_obligation(engine, superseded=superseded)
    else:
        rows = _EACH[table](engine)
    return ({key: row[key] for key in keys} for row in rows)


def _documents(engine: Engine, with_drafters: bool) -> Iterator[Row]:
    for row in each_document(engine, with_text=True):
        yield document_record(row, with_drafters=with_drafters)


def document_record(row: Row, *, with_drafters: bool = False) -> Row:
    """The record of a row of ``documents``, with the keys that the row has."""
    lines = _lines(row["recipients"], with_drafters)
    return {key: row[key] for key in KEYS["documents"] if key in row} | {"recipients": lines}


def _lines(recipients: list[Row] | None, with_drafters: bool) -> list[Row]:
    """The recipients as the contract has them; the drafter, if named at all, stands in the line."""
    shown = shown_recipients(recipients, with_drafters)
    return [{key: value for key, value in one.items() if key != "drafter"} for one in shown]


def _units(engine: Engine, superseded: bool) -> Iterator[Row]:
    own = obligation_units.c
    statement = (
        select(*(own[key] for key in UNIT_KEYS))
        .join(obligations, obligations.c.obligation_id == own.obligation_id)
        .join(documents, documents.c.doc_id == own.doc_id)
        .order_by(documents.c.path, own.doc_id, obligations.c.start, own.n)
    )
    if not superseded:
        statement = statement.where(obligations.c.superseded.is_(False))
    with engine.connect().execution_options(yield_per=1000) as connection:
        for row in connection.execute(statement).mappings():
            yield dict(row)
