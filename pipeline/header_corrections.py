"""What people corrected in the headers of documents: number, day, issuer, subject, type, signer; with who and when.

A document has one row, which every question and export reads: it shows what people decided, and holds what the machine
read in its place under ``machine``. Both are worked out anew from the decisions, as rows of obligations are: after each
decision, and after a document has been read again. A decision belongs to the words from which the field was read; when
they are no longer in the document it is *lost* and listed.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, select, update
from sqlalchemy.engine import Connection

from extractors.identity import canonical_id
from extractors.units import unit_named
from pipeline import decisions as rows_decided
from pipeline.database import writing
from pipeline.decisions import Action, WrongDecision, follow_changed_files, standing, undoable
from pipeline.dues import recount
from pipeline.folder_checks import check_folder
from pipeline.resolve import resolve_citations
from pipeline.rows import Row
from pipeline.store import insert_rows
from pipeline.tables import decisions, documents
from pipeline.units.resolve import resolve_units
from pipeline.upcoming import iso_day

#: The fields of a header that people may correct.
FIELDS = ("doc_type", "code", "date", "issuer", "subject", "signer_title", "signer_name")
#: What other documents, days and units follow from.
_IDENTITY = {"doc_type", "code", "date", "issuer"}
_DERIVED = ("canonical_id", "issuer_unit")
_OF_HEADERS = decisions.c.obligation_id.is_(None)


def correct_header(engine: Engine, doc_id: str, values: Row, who: str) -> None:
    """Keep corrected fields of a document, each as a decision, and make its row show them.

    ``values`` are those of :func:`pipeline.typed_values.typed`. Raises ``WrongDecision`` for an unknown document or
    field.
    """
    if unknown := [name for name in values if name not in FIELDS]:
        raise WrongDecision(f"Không sửa được trường {', '.join(unknown)}.")
    with writing(engine) as connection:
        row = _document(connection, doc_id)
        made = [_decision(row, who, Action.CORRECT, {name: value}) for name, value in values.items()]
        insert_rows(connection, decisions, made)
        changed = _apply(connection, doc_id)
    _settle(engine, changed)


def undo_header(engine: Engine, doc_id: str, who: str) -> None:
    """Take back the last correction of a header that stands. Raises ``WrongDecision`` when there is none."""
    with writing(engine) as connection:
        row = _document(connection, doc_id)
        if not undoable(_made(connection, doc_id)):
            raise WrongDecision("Không còn quyết định nào để hoàn tác.")
        insert_rows(connection, decisions, [_decision(row, who, Action.UNDO, {})])
        changed = _apply(connection, doc_id)
    _settle(engine, changed)


def header_history(engine: Engine, doc_id: str) -> list[Row]:
    """Every decision about the header of a document, the first one first."""
    with engine.connect() as connection:
        return _made(connection, doc_id)


def replay_headers(engine: Engine) -> None:
    """Make the documents show the corrections again after some were read anew, before anything follows from them."""
    with writing(engine) as connection:
        follow_changed_files(connection)
        for doc_id in connection.scalars(select(decisions.c.doc_id).where(_OF_HEADERS).distinct()).all():
            _apply(connection, doc_id)


def _document(connection: Connection, doc_id: str) -> Row:
    row = connection.execute(select(documents).where(documents.c.doc_id == doc_id)).mappings().first()
    if row is None:
        raise WrongDecision(f"Không có văn bản {doc_id}.")
    return dict(row)


def _made(connection: Connection, doc_id: str) -> list[Row]:
    of_document = select(decisions).where(decisions.c.doc_id == doc_id, _OF_HEADERS).order_by(decisions.c.n)
    return [dict(row) for row in connection.execute(of_document).mappings()]


def _decision(document: Row, who: str, action: Action, values: Row) -> Row:
    """The row of a decision; its words are those from which the machine read the field, if it read any."""
    field = next(iter(values), None)
    start, end = next(((start, end) for name, start, end, _ in document["evidence"] or () if name == field), (0, 0))
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"), "who": who, "action": action.value, "lost": False,
        "doc_id": document["doc_id"], "path": document["path"], "obligation_id": None, "values": values,
        "quote": document["text"][start:end], "start": start, "end": end,
    }  # fmt: skip


def _apply(connection: Connection, doc_id: str) -> set[str]:
    """Show the decisions about one header; the fields that are others now."""
    made = _made(connection, doc_id)
    row = connection.execute(select(documents).where(documents.c.doc_id == doc_id)).mappings().first()
    for one in made:
        lost = row is None or one["quote"] not in row["text"]
        connection.execute(update(decisions).where(decisions.c.n == one["n"]).values(lost=lost))
        one["lost"] = lost
    if row is None:
        return set()
    aside = row["machine"] or {}
    machine = {name: aside.get(name, row[name]) for name in (*FIELDS, *_DERIVED)}
    shown = dict(machine)
    for one in standing(made):
        shown |= {} if one["lost"] else one["values"]
    shown = _derived(shown, machine)
    changed = {name for name in shown if shown[name] != row[name]}
    values: dict[str, Any] = {
        **shown,
        "machine": {name: machine[name] for name in shown if shown[name] != machine[name]},
    }
    if changed:
        values["units_version"] = None
    connection.execute(update(documents).where(documents.c.doc_id == doc_id).values(**values))
    return changed


def _derived(shown: Row, machine: Row) -> Row:
    """With what follows from the fields, as it does when a document is read."""
    if all(shown[name] == machine[name] for name in _IDENTITY):
        return shown
    unit = unit_named(shown["issuer"], iso_day(shown["date"])) if shown["issuer"] else None
    named = canonical_id(shown["code"], shown["date"], shown["issuer"])
    return shown | {"canonical_id": named, "issuer_unit": unit.id if unit else None}


def _settle(engine: Engine, changed: Collection[str]) -> None:
    """Bring up to date what follows from the headers of documents. Which files are of one document is seen anew by the
    next run."""
    if not _IDENTITY & set(changed):
        return
    if "date" in changed:
        recount(engine)
        rows_decided.replay(engine)
    resolve_citations(engine)
    resolve_units(engine)
    check_folder(engine)
