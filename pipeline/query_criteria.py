"""The filters of a question as conditions on the database.

A question is answered in one of two ways: from the few rows that an index names, or by going through the duties in the
order of their days until enough are found. What fits many rows must not be collected first, what fits few must not be
searched for among all: so each :class:`Criterion` has both forms, and how many rows it fits is counted beforehand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, String, and_, exists, false, func, or_, select, type_coerce
from sqlalchemy.engine import Connection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import CompoundSelect
from sqlalchemy.sql.functions import FunctionElement

from extractors.fold import fold
from pipeline.distinct import distinct_values
from pipeline.folding import name_key, name_pattern, text_key
from pipeline.full_text import rows_with, stand_in_row
from pipeline.query_chain import canonical_ids, going_back
from pipeline.query_filters import Filters, Role
from pipeline.tables import citations, documents, obligation_states, obligation_units, obligations
from pipeline.units.search import Sought, meets

#: How many rows, and how many documents, are few. Of documents of certain days more are: their duties lie close
#: together in the order of days, and far from its beginning.
FEW_ROWS, FEW_DOCUMENTS, FEW_OF_A_TIME = 3000, 300, 10_000
_PHRASE = re.compile(r"[\"“”]([^\"“”]*)[\"“”]")

Keys = Select[Any] | CompoundSelect[Any]


class Criterion(NamedTuple):
    """``column`` is one of ``keys``, of which there are few up to ``most``; ``each`` says the same of one row. Without
    keys it fits most rows and is only tested."""

    column: ColumnElement[Any]
    keys: Keys | None
    each: ColumnElement[bool]
    most: int = FEW_ROWS


class _Beside(FunctionElement[Any]):
    """A column behind a sign."""

    inherit_cache = True


@compiles(_Beside)
def _without_index(element: _Beside, compiler: SQLCompiler, **options: Any) -> str:
    column = compiler.process(element.clauses, **options)
    return f"+{column}" if compiler.dialect.name == "sqlite" else column


def beside(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The column for a condition that is to be tested only: SQLite uses no index for an expression with a sign.
    PostgreSQL counts for itself, and knows no sign before a text."""
    return type_coerce(_Beside(column), column.type)


def criteria(connection: Connection, filters: Filters, wanted: Sought | None) -> Iterator[Criterion]:
    """The conditions that may fit few rows; ``wanted`` is the unit as the database knows it."""
    if wanted is not None:
        yield _charged(wanted)
    if filters.unit is not None and filters.role == Role.REPORT_TO:
        yield _reported_to(connection, filters.unit)
    if filters.text is not None:
        yield _worded(connection, filters.text)
    if filters.status:
        yield _in_status(filters.status)
    if filters.doc is not None:
        yield _of_documents(_named(connection, filters.doc, filters.versions))
    if filters.because is not None:
        yield _of_documents(going_back(connection, filters.because, filters.relation))
    elif filters.relation is not None:
        citing = select(citations.c.doc_id).where(citations.c.relation == filters.relation).distinct()
        cites = exists().where(citations.c.doc_id == obligations.c.doc_id)
        yield Criterion(
            obligations.c.doc_id, citing, cites.where(beside(citations.c.relation) == filters.relation), FEW_DOCUMENTS
        )
    if conditions := list(_headers(connection, filters, tested=False)):
        tested = and_(*_headers(connection, filters, tested=True))
        most = FEW_OF_A_TIME if filters.issued_from or filters.issued_to else FEW_DOCUMENTS
        yield Criterion(obligations.c.doc_id, select(documents.c.doc_id).where(*conditions), tested, most)


def document_conditions(connection: Connection, filters: Filters) -> Iterator[ColumnElement[bool]]:
    """What ``filters`` ask of a document itself: its number, header and version."""
    yield from _headers(connection, filters, tested=False)
    if filters.doc is not None:
        yield documents.c.doc_id.in_(_named(connection, filters.doc, filters.versions))
    if not filters.versions:
        yield documents.c.version_of.is_(None)


def _charged(wanted: Sought) -> Criterion:
    named, meant = obligation_units.c.folded, obligation_units.c.unit
    # Each of the two has an index of its own, which OR would not use.
    ids = select(obligation_units.c.obligation_id).where(obligation_units.c.role.in_(wanted.roles))
    keys = ids.where(named.in_(wanted.keys)).union_all(ids.where(meant.in_([*wanted.ids, *wanted.before])))
    own = exists().where(obligation_units.c.obligation_id == obligations.c.obligation_id)
    return Criterion(obligations.c.obligation_id, keys, own.where(meets(wanted, beside(named), beside(meant))))


def _reported_to(connection: Connection, unit: str) -> Criterion:
    own = obligations.c.report_to
    values = _alike(distinct_values(connection, own), unit)
    return Criterion(obligations.c.n, select(obligations.c.n).where(own.in_(values)), beside(own).in_(values))


def _alike(names: Iterable[str], asked: str) -> list[str]:
    """The names in which the words of the one asked for stand."""
    pattern = name_pattern(asked)
    return [name for name in names if pattern and pattern.search(name_key(name))]


def _worded(connection: Connection, asked: str) -> Criterion:
    """All phrases in quotation marks and all words outside of them."""
    phrases = [text_key(phrase) for phrase in _PHRASE.findall(asked)]
    phrases = [phrase for phrase in (*phrases, *text_key(_PHRASE.sub(" ", asked)).split()) if phrase]
    if not phrases:
        return Criterion(obligations.c.n, select(obligations.c.n).where(false()), false())
    return Criterion(obligations.c.n, rows_with(connection, phrases), stand_in_row(phrases))


def _in_status(statuses: tuple[str, ...]) -> Criterion:
    own, duty = obligation_states.c, obligations.c.obligation_id
    state = select(own.status).where(own.obligation_id == duty).scalar_subquery()
    each = func.coalesce(state, "new").in_(statuses)
    if "new" not in statuses:
        return Criterion(duty, select(own.obligation_id).where(own.status.in_(statuses)), each)
    return Criterion(duty, None, each)  # a duty of which nobody said anything is new and has no row there


def _of_documents(doc_ids: Keys) -> Criterion:
    return Criterion(obligations.c.doc_id, doc_ids, beside(obligations.c.doc_id).in_(doc_ids), FEW_DOCUMENTS)


def _headers(connection: Connection, filters: Filters, *, tested: bool) -> Iterator[ColumnElement[bool]]:
    """The conditions on the header; ``tested`` without an index."""
    own = documents.c

    def column(one: ColumnElement[Any]) -> ColumnElement[Any]:
        return beside(one) if tested else one

    if filters.issued_from is not None:
        yield column(own.date) >= filters.issued_from
    if filters.issued_to is not None:
        yield column(own.date) <= filters.issued_to
    if filters.doc_type is not None:
        wanted = fold(" ".join(filters.doc_type.split()))
        yield column(own.doc_type).in_(
            [one for one in distinct_values(connection, own.doc_type) if fold(one) == wanted]
        )
    if filters.issuer is not None:
        yield column(own.issuer).in_(_alike(distinct_values(connection, own.issuer), filters.issuer))


def _named(connection: Connection, wanted: str, versions: bool) -> Select[Any]:
    """The documents of that number, else those in whose number, id or path it stands; whoever names a file that is
    another version means its document."""
    wanted = "".join(wanted.split())
    own = documents.alias()
    columns = (own.c.code, own.c.canonical_id, own.c.path)
    exact = canonical_ids(connection, documents.c.canonical_id, wanted)
    inside = or_(own.c.doc_id == wanted, *(column.icontains(wanted, autoescape=True) for column in columns))
    main = own.c.doc_id if versions else func.coalesce(own.c.version_of, own.c.doc_id)
    return select(type_coerce(main, String)).where(own.c.canonical_id.in_(exact) if exact else inside)
