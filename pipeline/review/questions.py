"""What the review page asks the database."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Engine, Integer, Select, and_, case, func, or_, select, true
from sqlalchemy.engine import Connection

from extractors.confidence import DOUBTFUL
from extractors.fold import fold
from pipeline.decisions import STATE, machine_id, undoable
from pipeline.folding import text_key
from pipeline.full_text import rows_with
from pipeline.rows import Row
from pipeline.tables import decisions, documents, obligation_states, obligations

_STANDS = obligations.c.superseded.is_(False)
_OPEN = _STANDS & (obligations.c.confidence < DOUBTFUL) & obligation_states.c.review.is_(None)
_WITH_STATE = obligations.outerjoin(obligation_states, obligation_states.c.obligation_id == obligations.c.obligation_id)
_LISTED = ("doc_id", "path", "doc_type", "code", "issuer", "date", "subject")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which documents to list; an empty field asks nothing."""

    doc_type: str = ""
    issuer: str = ""
    text: str = ""
    doubtful: bool = False


def list_documents(engine: Engine, wanted: Wanted) -> list[Row]:
    """The documents that meet every filter, other versions left out, the newest first, each with how many duties it
    has (``duties``) and how many of them wait to be looked at (``doubtful``)."""
    with engine.connect() as connection:
        rows = [dict(row) for row in connection.execute(_counted(wanted)).mappings()]
        quoted = _quoting(connection, wanted.text)
    issuer, words = fold(wanted.issuer.strip()), fold(wanted.text.strip())
    return [
        row
        for row in rows
        if (row["doubtful"] or not wanted.doubtful)
        and (not issuer or issuer in fold(row["issuer"] or ""))
        and (not words or row["doc_id"] in quoted or words in fold(_searched(row)))
    ]


def document_types(engine: Engine) -> list[str]:
    """The types that the documents are of."""
    with engine.connect() as connection:
        found = connection.scalars(select(documents.c.doc_type).distinct().order_by(documents.c.doc_type))
        return [name for name in found if name]


def one_document(engine: Engine, doc_id: str) -> Row | None:
    """The row of a document."""
    with engine.connect() as connection:
        found = connection.execute(select(documents).where(documents.c.doc_id == doc_id)).mappings().first()
        return dict(found) if found else None


def rows_of_document(engine: Engine, doc_id: str) -> list[Row]:
    """The duties of a document in order of place, those rejected among them, with their state, ``history`` and whether
    any of it can be taken back (``undoable``)."""
    shown = _STANDS | (obligation_states.c.review == "rejected")
    asked = _with_state().where(obligations.c.doc_id == doc_id, shown).order_by(obligations.c.start, obligations.c.end)
    with engine.connect() as connection:
        rows = [dict(row) for row in connection.execute(asked).mappings()]
        past = select(decisions).where(decisions.c.doc_id == doc_id).order_by(decisions.c.n)
        made: dict[str, list[Row]] = defaultdict(list)
        for row in connection.execute(past).mappings():
            made[row["obligation_id"]].append(dict(row))
    told = ((row, made[machine_id(row)]) for row in rows)
    return [row | {"history": past, "undoable": undoable(past)} for row, past in told]


def one_row(engine: Engine, obligation_id: str) -> Row | None:
    """A duty with its state; a corrected one is also found by the id that it had from the machine."""
    meant = or_(obligations.c.obligation_id == obligation_id, obligations.c.former_id == obligation_id)
    asked = _with_state().where(meant).order_by(obligations.c.superseded, obligations.c.former_id.is_(None))
    with engine.connect() as connection:
        found = connection.execute(asked).mappings().first()
        return dict(found) if found else None


def count_doubtful(engine: Engine) -> int:
    """How many rows wait to be looked at."""
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(_in_main()).where(_OPEN)) or 0


def next_doubtful(engine: Engine, after: str | None) -> Row | None:
    """The next row that waits to be looked at, in order of document and place after the row ``after``; behind the last
    one comes the first. ``None`` when none is left."""
    place = (documents.c.path, documents.c.doc_id, obligations.c.start, obligations.c.end, obligations.c.n)
    asked = select(obligations.c.obligation_id, obligations.c.doc_id).select_from(_in_main()).order_by(*place).limit(1)
    with engine.connect() as connection:
        here = connection.execute(
            select(*place).select_from(_in_main()).where(obligations.c.obligation_id == after)
        ).first()
        beyond = _beyond(place, tuple(here)) if here else true()
        for condition in (beyond, true()):
            if found := connection.execute(asked.where(_OPEN, condition)).mappings().first():
                return dict(found)
    return None


def _beyond(columns: tuple[ColumnElement[object], ...], values: tuple[object, ...]) -> ColumnElement[bool]:
    """True for what comes after ``values`` in the order of ``columns``."""
    return or_(
        *(
            and_(*(c == v for c, v in zip(columns[:n], values[:n], strict=True)), columns[n] > values[n])
            for n in range(len(columns))
        )
    )


def _in_main() -> ColumnElement[object]:
    return _WITH_STATE.join(  # type: ignore[return-value]
        documents, and_(documents.c.doc_id == obligations.c.doc_id, documents.c.version_of.is_(None))
    )


def _with_state() -> Select[tuple[object, ...]]:
    columns = [column for column in obligations.c if column.name not in ("n", "folded")]
    states = [obligation_states.c[name] for name in STATE if name != "status"]
    status = func.coalesce(obligation_states.c.status, "new").label("status")
    return select(*columns, status, *states, obligation_states.c.review).select_from(_WITH_STATE)


def _counted(wanted: Wanted) -> Select[tuple[object, ...]]:
    standing = func.sum(case((_STANDS, 1), else_=0), type_=Integer)
    waiting = func.sum(case((_OPEN, 1), else_=0), type_=Integer)
    columns = [documents.c[name] for name in _LISTED]
    found = (
        select(*columns, func.coalesce(standing, 0).label("duties"), func.coalesce(waiting, 0).label("doubtful"))
        .select_from(documents.outerjoin(_WITH_STATE, obligations.c.doc_id == documents.c.doc_id))
        .where(documents.c.version_of.is_(None))
        .group_by(documents.c.doc_id)
        .order_by(documents.c.date.is_(None), documents.c.date.desc(), documents.c.path)
    )
    return found.where(documents.c.doc_type == wanted.doc_type) if wanted.doc_type else found


def _quoting(connection: Connection, words: str) -> set[str]:
    """The documents with a duty in whose quote the phrase stands."""
    phrase = text_key(words)
    if not phrase:
        return set()
    ids = rows_with(connection, [phrase])
    return set(connection.scalars(select(obligations.c.doc_id).where(obligations.c.n.in_(ids), _STANDS).distinct()))


def _searched(row: Row) -> str:
    return " ".join(filter(None, (row["code"], row["subject"], row["path"], row["issuer"])))
