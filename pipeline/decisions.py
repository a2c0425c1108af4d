"""What people decided about obligations: who, when, what. Decisions are only ever added; rows of the machine stay.

A correction, an added row or a rejection shows in ``obligations`` as a row of its own (``origin`` ``person``) or as the
mark ``superseded`` on the row of the machine, so that every question and export sees what is decided. Both are worked
out anew from the decisions by :func:`replay`: after each decision, and after a document has been read again. A decision
belongs to the words it was made about; when they are no longer in the document it is *lost* and listed, never guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Engine, delete, insert, select, update
from sqlalchemy.engine import Connection

from extractors.calendar import vietnam
from extractors.due import due_date
from extractors.model import Deadline, Span, row_id
from pipeline.database import writing
from pipeline.folding import text_key
from pipeline.full_text import add_words, drop_words
from pipeline.query_filters import Status as Status
from pipeline.rows import Row
from pipeline.store import insert_rows, unit_rows
from pipeline.tables import decisions, documents, obligation_states, obligation_units, obligations
from pipeline.units.resolve import resolve_units
from pipeline.upcoming import iso_day


class Action(StrEnum):
    """What may be decided about a row."""

    ACCEPT = "accept"
    CORRECT = "correct"
    REJECT = "reject"
    ADD = "add"
    STATUS = "status"
    UNDO = "undo"
    DISMISS = "dismiss"
    RESTORE = "restore"


#: The fields of a row that people may correct.
CORRECTABLE = (
    "kind", "actors", "coordinators", "action", "deadline_text", "due", "recurrence", "product", "report_to",
    "condition",
)  # fmt: skip
#: The fields of its state.
STATE = ("status", "person", "note", "answered_by")
#: What a decision about a proposal says of it (see :mod:`pipeline.proposal_answers`).
PROPOSED = ("proposal", "about", "by")
_ALLOWED = {Action.STATUS: (*STATE, *PROPOSED), Action.DISMISS: PROPOSED, Action.RESTORE: PROPOSED, Action.UNDO: ()}


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: ``values`` are the corrected fields, those of a new row, those of its state, or the proposal that
    is answered. ``UNDO`` takes back the last one that stands, but not the adding of a row: it is rejected."""

    who: str
    action: Action
    obligation_id: str | None = None
    values: Row | None = None
    doc_id: str | None = None
    span: Span | None = None


#: What can be taken back; answers to proposals have an opposite of their own.
_UNDONE = {Action.ACCEPT, Action.CORRECT, Action.REJECT, Action.STATUS}
#: Decisions about the header of a document name no row (see :mod:`pipeline.header_corrections`).
_OF_ROWS = decisions.c.obligation_id.is_not(None)


class WrongDecision(Exception):
    """The decision cannot be kept; the message says why."""


def decide(engine: Engine, made: Sequence[Decision], at: datetime | None = None) -> None:
    """Keep decisions, in order and all or none, and make the rows show them.

    Raises ``WrongDecision`` for an unknown row, field or value.
    """
    moment = (at or datetime.now(UTC)).isoformat(timespec="seconds")
    with writing(engine) as connection:
        rows = [_kept(connection, one, moment) for one in made]
        insert_rows(connection, decisions, rows)
        _replay(connection, {row["doc_id"] for row in rows})
    resolve_units(engine)


def replay(engine: Engine) -> list[Row]:
    """Make the rows show the decisions again after documents were read anew; the decisions that are lost."""
    with writing(engine) as connection:
        follow_changed_files(connection)
        about_rows = select(decisions.c.doc_id).where(_OF_ROWS).distinct()
        _replay(connection, set(connection.scalars(about_rows)))
        found = connection.execute(select(decisions).where(decisions.c.lost).order_by(decisions.c.n)).mappings()
        return [dict(row) for row in found]


def history(engine: Engine, obligation_id: str) -> list[Row]:
    """Every decision about a row, the first one first."""
    with engine.connect() as connection:
        machine = connection.scalar(select(obligations.c.former_id).where(obligations.c.obligation_id == obligation_id))
        about = select(decisions).where(decisions.c.obligation_id == (machine or obligation_id))
        return [dict(row) for row in connection.execute(about.order_by(decisions.c.n)).mappings()]


def _kept(connection: Connection, one: Decision, moment: str) -> Row:
    """The row of a decision, checked."""
    values = one.values or {}
    if unknown := [name for name in values if name not in _ALLOWED.get(one.action, CORRECTABLE)]:
        raise WrongDecision(f"Không sửa được trường {', '.join(unknown)}.")
    if values.get("status", Status.NEW) not in set(Status):
        raise WrongDecision(f"Trạng thái “{values['status']}” không có.")
    about = _place(connection, one)
    if values.get("recurrence") and "due" not in values:
        values = values | {"due": _first_day(connection, about["doc_id"], values["recurrence"])}
    if one.action is Action.UNDO and not _can_undo(connection, about["obligation_id"]):
        raise WrongDecision("Không còn quyết định nào để hoàn tác.")
    return {"at": moment, "who": one.who, "action": one.action.value, "values": values, "lost": False, **about}


def _place(connection: Connection, one: Decision) -> Row:
    """Document, words and id of the row that a decision is about."""
    if one.action is Action.ADD:
        row = connection.execute(select(documents).where(documents.c.doc_id == one.doc_id)).mappings().first()
        if row is None or one.span is None:
            raise WrongDecision("Phải chọn đoạn văn bản của nghĩa vụ cần thêm.")
        quote = one.span.of(row["text"])
        new = row_id(row["doc_id"], "person", one.span, quote)
        return {"doc_id": row["doc_id"], "path": row["path"], "obligation_id": new, "quote": quote,
                "start": one.span.start, "end": one.span.end}  # fmt: skip
    found = select(obligations).where(obligations.c.obligation_id == one.obligation_id)
    row = connection.execute(found).mappings().first()
    if row is None:
        raise WrongDecision(f"Không có nghĩa vụ {one.obligation_id}.")
    told = {name: row[name] for name in ("doc_id", "path", "quote", "start", "end")}
    return told | {"obligation_id": machine_id(dict(row))}


def machine_id(duty: Row) -> str:
    """The id under which decisions about a duty are kept, whether somebody corrected it or not."""
    return str(duty["former_id"] or duty["obligation_id"])


def _first_day(connection: Connection, doc_id: str, rule: str) -> str | None:
    """The first day of what recurs by ``rule`` since a document was issued; that of the rule before is none of its."""
    issued = connection.scalar(select(documents.c.date).where(documents.c.doc_id == doc_id))
    day = due_date(Deadline(Span(0, 0), "person", "recurring", rule, rule), iso_day(issued), None, vietnam())
    return day.isoformat() if day else None


def _can_undo(connection: Connection, obligation_id: str) -> bool:
    made = select(decisions).where(decisions.c.obligation_id == obligation_id).order_by(decisions.c.n)
    return undoable([dict(row) for row in connection.execute(made).mappings()])


def undoable(made: Iterable[Row]) -> bool:
    """True when one of these decisions about a row or document can be taken back."""
    return any(one["action"] in _UNDONE for one in standing(made))


def standing(made: Iterable[Row]) -> list[Row]:
    """The decisions about one row or document, in order, without those that were taken back."""
    kept: list[Row] = []
    for one in made:
        if one["action"] != Action.UNDO:
            kept.append(one)
        elif can := [at for at, earlier in enumerate(kept) if earlier["action"] in _UNDONE]:
            del kept[can[-1]]
    return kept


def follow_changed_files(connection: Connection) -> None:
    """Decisions about a file whose content changed go to the document that was read from it since."""
    gone = decisions.c.doc_id.not_in(select(documents.c.doc_id))
    for path in connection.scalars(select(decisions.c.path).where(gone).distinct()).all():
        heirs = connection.scalars(select(documents.c.doc_id).where(documents.c.path == path)).all()
        if len(heirs) == 1:
            connection.execute(update(decisions).where(decisions.c.path == path, gone).values(doc_id=heirs[0]))


def _replay(connection: Connection, doc_ids: Iterable[str]) -> None:
    for doc_id in sorted(doc_ids):
        _undo(connection, doc_id)
        of_document = select(decisions).where(decisions.c.doc_id == doc_id, _OF_ROWS)
        made = connection.execute(of_document.order_by(decisions.c.n))
        by_row: dict[str, list[Row]] = defaultdict(list)
        for row in made.mappings():
            by_row[row["obligation_id"]].append(dict(row))
        for about, rows in by_row.items():
            _apply(connection, about, rows)
        connection.execute(update(documents).where(documents.c.doc_id == doc_id).values(units_version=None))
        add_words(connection, doc_id)


def _undo(connection: Connection, doc_id: str) -> None:
    """The rows of a document as the machine made them; its full text index is left empty for the caller to fill."""
    drop_words(connection, doc_id)
    persons = select(obligations.c.obligation_id).where(
        obligations.c.doc_id == doc_id, obligations.c.origin == "person"
    )
    for table in (obligation_units, obligation_states):
        connection.execute(delete(table).where(table.c.obligation_id.in_(persons)))
    connection.execute(delete(obligation_states).where(obligation_states.c.doc_id == doc_id))
    connection.execute(delete(obligations).where(obligations.c.doc_id == doc_id, obligations.c.origin == "person"))
    connection.execute(update(obligations).where(obligations.c.doc_id == doc_id).values(superseded=False))


def _apply(connection: Connection, about: str, made: list[Row]) -> None:
    """Show the decisions about one row; they are lost when neither the row nor its words are there."""
    row = _machine_row(connection, made[0]) if made[0]["action"] != Action.ADD else _new_row(connection, made[0])
    ids = [one["n"] for one in made]
    connection.execute(update(decisions).where(decisions.c.n.in_(ids)).values(lost=row is None))
    if row is None:
        return
    if row["obligation_id"] != about:
        moved = {"obligation_id": row["obligation_id"], "start": row["start"], "end": row["end"]}
        connection.execute(update(decisions).where(decisions.c.n.in_(ids)).values(**moved))
    shown, state, review = _folded(row, made)
    if row["origin"] == "machine" and review in ("corrected", "rejected"):
        gone = obligations.c.obligation_id == row["obligation_id"]
        connection.execute(update(obligations).where(gone).values(superseded=True))
    if row["origin"] == "person" or review == "corrected":
        _insert(connection, shown, superseded=review == "rejected")
    state = {"obligation_id": shown["obligation_id"], "doc_id": shown["doc_id"], "review": review, **state}
    insert_rows(connection, obligation_states, [{"at": made[-1]["at"], "who": made[-1]["who"], **state}])


def _machine_row(connection: Connection, made: Row) -> Row | None:
    """The row of the machine with that id; else the one with the same words in the same document."""
    of_document = select(obligations).where(obligations.c.doc_id == made["doc_id"], obligations.c.origin == "machine")
    same = connection.execute(of_document.where(obligations.c.obligation_id == made["obligation_id"])).mappings()
    if row := same.first():
        return dict(row)
    wanted = text_key(made["quote"])
    alike = connection.execute(of_document.where(obligations.c.folded == wanted)).mappings().all()
    return dict(alike[0]) if len(alike) == 1 else None


def _new_row(connection: Connection, made: Row) -> Row | None:
    """The row that somebody added, if its words still stand where they stood, or at one other place."""
    found = select(documents.c.text, documents.c.path, documents.c.page_starts)
    document = connection.execute(found.where(documents.c.doc_id == made["doc_id"])).mappings().first()
    if document is None:
        return None
    body, quote, start = document["text"], made["quote"], made["start"]
    if body[start : start + len(quote)] != quote:
        if body.count(quote) != 1:
            return None
        start = body.find(quote)
    page = sum(begin <= start for begin in document["page_starts"]) or 1
    return {
        **dict.fromkeys(column.name for column in obligations.c if column.name != "n"),
        "obligation_id": made["obligation_id"], "doc_id": made["doc_id"], "path": document["path"], "quote": quote,
        "start": start, "end": start + len(quote), "page": page, "kind": "obligation", "actors": [],
        "actor_units": [], "channels": [], "coordinators": [], "cites": [], "warnings": [],
        "confidence": 1.0, "rule": "person", "origin": "person",
    }  # fmt: skip


def _folded(row: Row, made: list[Row]) -> tuple[Row, Row, str | None]:
    """The row, its state and how it stands in review, after all decisions in order."""
    shown, state, review = dict(row), dict.fromkeys(STATE) | {"status": Status.NEW.value}, None
    changed: str | None = None  # what a rejection hides and an acceptance brings back
    for one in standing(made):
        match one["action"]:
            case Action.STATUS:
                state |= {name: value for name, value in one["values"].items() if name in STATE}
            case Action.REJECT:
                review = "rejected"
            case Action.ACCEPT:
                review = changed or "accepted"
            case Action.ADD:
                shown, review = shown | one["values"], "added"
            case Action.CORRECT:
                shown, review = shown | one["values"], changed if changed == "added" else "corrected"
        changed = review if review in ("added", "corrected") else changed
    if review == "corrected" and row["origin"] == "machine":
        shown |= {"former_id": row["obligation_id"], "origin": "person", "confidence": 1.0, "warnings": []}
        shown["obligation_id"] = row_id(row["doc_id"], "person", Span(row["start"], row["end"]), row["obligation_id"])
    return shown, state, review


def _insert(connection: Connection, row: Row, *, superseded: bool) -> None:
    values: dict[str, Any] = {name: value for name, value in row.items() if name != "n"}
    values |= {"superseded": superseded, "folded": text_key(row["quote"]), "origin": "person"}
    connection.execute(insert(obligations), values)
    insert_rows(connection, obligation_units, unit_rows(row))
