"""Questions to the database: which unit must do what by when, on the strength of which document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Engine, Select, Table, func, select
from sqlalchemy.engine import Connection

from pipeline.query_filters import Filters as Filters
from pipeline.query_filters import Role
from pipeline.query_search import Search
from pipeline.rows import Row
from pipeline.tables import (
    back_references,
    citations,
    cited_relations,
    documents,
    failures,
    obligation_states,
    obligations,
)
from pipeline.units.search import Asked, Sought, marked, sought

#: True for a document that is no other file of another one.
_IS_MAIN = documents.c.version_of.is_(None)
_ROLES: dict[str, tuple[str, ...]] = {Role.LEAD: ("actor",), Role.COORDINATOR: ("coordinator",)}
_IN_ONE_QUESTION = 500
_ALL = Filters()
_UNMARKED: Row = {"found_as": None, "found_by": None}
#: True for a row that nobody rejected or corrected by another.
_STANDS = obligations.c.superseded.is_(False)
_BY_DUE = (obligations.c.due.is_(None), obligations.c.due, documents.c.path, obligations.c.start)


def find_obligations(engine: Engine, filters: Filters = _ALL, limit: int | None = None, skipped: int = 0) -> list[Row]:
    """The obligations that meet every filter, the nearest due date first, those without one last; ``limit`` of them
    after the ``skipped`` first.

    Each row holds the columns of the obligation and, of its document, ``doc_code``, ``doc_type``, ``doc_date``,
    ``doc_issuer``, ``doc_subject`` and ``source``; ``found_as`` and ``found_by`` say by which way a unit was found.
    """
    with engine.connect() as connection:
        wanted = _wanted(connection, filters)
        numbers = Search(connection, filters, wanted).numbers(None if limit is None else skipped + limit)
        rows = _numbered(connection, numbers[skipped:])
        return marked(connection, rows, wanted) if wanted else [_UNMARKED | row for row in rows]


def _numbered(connection: Connection, numbers: list[int]) -> list[Row]:
    """The rows with these numbers, in that order."""
    found: dict[int, Row] = {}
    for start in range(0, len(numbers), _IN_ONE_QUESTION):
        part = obligations.c.n.in_(numbers[start : start + _IN_ONE_QUESTION])
        rows = connection.execute(_joined().add_columns(obligations.c.n).where(part)).mappings()
        found |= {row["n"]: {key: value for key, value in row.items() if key != "n"} for row in rows}
    return [found[n] for n in numbers]


def last_overdue(engine: Engine, today: str, limit: int) -> list[Row]:
    """The obligations whose last day passed most recently before ``today``, the latest first."""
    statement = (
        _joined()
        .where(_overdue(today), _IS_MAIN)
        .order_by(obligations.c.due.desc(), documents.c.path, obligations.c.start)
    )
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(statement.limit(limit)).mappings()]


def each_document(engine: Engine, *, with_text: bool = False, with_sheet: bool = False) -> Iterator[Row]:
    """Every document in order of its path; ``with_sheet`` adds the columns that say where its text stood."""
    hidden = {"sketch", "units_version"} | (set() if with_text else {"text"})
    hidden |= set() if with_sheet else {"evidence", "page_starts", "lines"}
    columns = [column for column in documents.c if column.name not in hidden]
    return map(remarked, _each(engine, select(*columns).order_by(documents.c.path, documents.c.doc_id)))


def each_obligation(engine: Engine, *, superseded: bool = False) -> Iterator[Row]:
    """Every obligation in order of document and place, with the columns of :func:`find_obligations`; with
    ``superseded`` also those that somebody rejected or corrected by another, each row marked."""
    chosen = _all_joined().add_columns(obligations.c.superseded) if superseded else _joined()
    return _each(engine, chosen.order_by(documents.c.path, obligations.c.doc_id, obligations.c.start))


def each_obligation_by_due(engine: Engine) -> Iterator[Row]:
    """Every obligation of the main versions, in the order of :func:`find_obligations`."""
    return _each(engine, _joined().where(_IS_MAIN).order_by(*_BY_DUE))


def each_citation(engine: Engine, *, versions: bool = True) -> Iterator[Row]:
    """Every mention of a document, in order of document and place, with the number of the citing one (``doc_code``);
    without ``versions``, of the main versions alone."""
    columns = [column for column in citations.c if column.name != "n"]
    statement = select(*columns, documents.c.code.label("doc_code")).join(
        documents, documents.c.doc_id == citations.c.doc_id
    )
    chosen = statement if versions else statement.where(_IS_MAIN)
    return map(remarked, _each(engine, chosen.order_by(documents.c.path, citations.c.doc_id, citations.c.start)))


def each_relation(engine: Engine) -> Iterator[Row]:
    """Every relation between two cited documents, in order of the citing document and place."""
    columns = [column for column in cited_relations.c if column.name != "n"]
    return _each(engine, select(*columns).order_by(cited_relations.c.path, cited_relations.c.doc_id, "start"))


def each_reference(engine: Engine) -> Iterator[Row]:
    """Every reference back, in order of document and place."""
    columns = [column for column in back_references.c if column.name != "n"]
    return _each(engine, select(*columns).order_by(back_references.c.path, back_references.c.doc_id, "start"))


def remarked(row: Row) -> Row:
    """A row of documents or citations with what only the rest of the folder showed among its warnings and, for a
    citation, its candidates."""
    remarks, fitting = row.pop("remarks"), row.pop("fitting", None)
    if fitting:
        row["candidates"] = sorted({*(row["candidates"] or []), *fitting})
    return {**row, "warnings": [*(row["warnings"] or []), *(remarks or [])]}


def of_document(engine: Engine, table: Table, doc_id: str) -> list[Row]:
    """The rows that ``table`` (citations, obligations) holds about one document, in order of place."""
    return list(_each(engine, select(*table.c).where(table.c.doc_id == doc_id).order_by(table.c.start, table.c.end)))


def each_failure(engine: Engine) -> Iterator[Row]:
    """Every file that could not be read, with the reason."""
    return _each(engine, select(*failures.c).order_by(failures.c.path, failures.c.page))


def count_by_type(engine: Engine) -> list[tuple[str | None, int]]:
    """Document types and how many documents are of each, the most frequent first; a document counts once."""
    statement = select(documents.c.doc_type, func.count()).where(_IS_MAIN).group_by(documents.c.doc_type)
    with engine.connect() as connection:
        found = connection.execute(statement)
        return sorted(((name, count) for name, count in found), key=lambda pair: (-pair[1], pair[0] or ""))


def count_obligations(engine: Engine, today: str) -> dict[str, int]:
    """How many obligations there are (``all``), have a ``deadline``, have a date (``dated``), are ``overdue``."""
    asked: dict[str, ColumnElement[bool]] = {
        "all": obligations.c.n.is_not(None),
        "deadline": obligations.c.deadline_text.is_not(None),
        "dated": obligations.c.due.is_not(None),
        "overdue": _overdue(today),
    }
    counted = select(func.count()).select_from(obligations).join(documents, documents.c.doc_id == obligations.c.doc_id)
    with engine.connect() as connection:
        return {
            name: connection.scalar(counted.where(_IS_MAIN, _STANDS, condition)) or 0
            for name, condition in asked.items()
        }


def _overdue(today: str) -> ColumnElement[bool]:
    """Duties alone can be overdue, not a permission that ran out; one that recurs always has a next day."""
    duty = (obligations.c.kind == "obligation") & obligations.c.recurrence.is_(None)
    return duty & (obligations.c.due < today)


def _each(engine: Engine, statement: Select[Any]) -> Iterator[Row]:
    with engine.connect().execution_options(yield_per=1000) as connection:
        for row in connection.execute(statement).mappings():
            yield dict(row)


def _joined() -> Select[Any]:
    return _all_joined().where(_STANDS)


def _all_joined() -> Select[Any]:
    columns = [column for column in obligations.c if column.name not in {"n", "folded", "superseded"}]
    of_document = [documents.c[name].label(f"doc_{name}") for name in ("code", "date", "issuer", "subject")]
    state = [obligation_states.c[name] for name in ("person", "note", "answered_by", "review")]
    status = func.coalesce(obligation_states.c.status, "new").label("status")
    return (
        select(*columns, *of_document, documents.c.doc_type, documents.c.source, status, *state)
        .join(documents, documents.c.doc_id == obligations.c.doc_id)
        .outerjoin(obligation_states, obligation_states.c.obligation_id == obligations.c.obligation_id)
    )


def _wanted(connection: Connection, filters: Filters) -> Sought | None:
    """The unit of a question in the register and in the names of the database; ``None`` when it is no one's duty that
    is asked for."""
    if filters.unit is None or filters.role == Role.REPORT_TO:
        return None
    roles = _ROLES[filters.role] if filters.role else ("actor", "coordinator") if filters.coordinators else ("actor",)
    return sought(connection, Asked(filters.unit, roles, filters.on, filters.as_written))


def obligations_with(engine: Engine, ids: Sequence[str]) -> dict[str, Row]:
    """The rows of those ids, under the id asked for: that of a row, or of the row of the machine that it corrects."""
    own, former = obligations.c.obligation_id, obligations.c.former_id
    rows = _each(engine, _joined().where(own.in_(ids) | former.in_(ids)))
    found = {one: row for row in rows for one in (row["former_id"], row["obligation_id"]) if one}
    return {one: found[one] for one in ids if one in found}


def standing_ids(engine: Engine) -> Iterator[tuple[str, str | None]]:
    """The ids of the obligations of the main versions, each with that of the row of the machine that it corrects."""
    columns = (obligations.c.obligation_id, obligations.c.former_id)
    joined = select(*columns).join(documents, documents.c.doc_id == obligations.c.doc_id)
    for row in _each(engine, joined.where(_STANDS, _IS_MAIN)):
        yield row["obligation_id"], row["former_id"]
