"""The tables of the database, with their indexes; :mod:`pipeline.store` fills them.

The same tables in SQLite and in PostgreSQL. Text compares by its bytes in both, whatever the language of a server is:
ranges of ids and the order of answers rest on that. A change here needs a step in :mod:`pipeline.migrations`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    DDL,
    JSON,
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Float,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    event,
    func,
    text,
)

#: Raised with every change of the tables.
SCHEMA_VERSION = 8

metadata = MetaData()

_TEXT = String().with_variant(String(collation="C"), "postgresql")
_NUMBER = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows itself in INTEGER columns only


def _text_columns(*names: str) -> list[Column[str]]:
    return [Column(name, _TEXT) for name in names]


def _in_order(name: str, *columns: str, **options: Any) -> tuple[Index, Index]:
    """An index in the order of an answer, so that its first rows are the first of the index. PostgreSQL sorts the few
    rows of a day itself, and takes no key as long as a path may be."""
    return (
        Index(name, *columns, "path", "start", **options).ddl_if("sqlite"),
        Index(name, *columns, **options).ddl_if("postgresql"),
    )


documents = Table(
    "documents",
    metadata,
    Column("doc_id", _TEXT, primary_key=True),
    Column("source", _TEXT, nullable=False, unique=True),  # where the file lay when it was read, absolute
    *_text_columns("path", "sha256", "format", "version"),
    Column("pages", Integer),
    Column("ocr", Boolean),
    *_text_columns("doc_type", "code", "canonical_id", "issuer", "parent_issuer", "place", "date", "subject"),
    *_text_columns("urgency", "secrecy", "signing_mode", "on_behalf_of", "signer_title", "signer_name", "text"),
    *_text_columns("issuer_unit", "authority", "effective", "expires"),
    *(Column(name, JSON) for name in ("addressees", "recipients", "warnings", "evidence", "page_starts", "lines")),
    *(Column(name, JSON) for name in ("issuers", "addressed", "copied", "annexes", "signatures", "stated", "sketch")),
    Column("remarks", JSON),  # warnings that only the other documents of the folder give
    Column("machine", JSON),  # what the machine read where somebody corrected the header
    Column("received", _TEXT),  # the day it came to the office, ISO
    Column("version_of", _TEXT),  # the document of which this is another file
    Column("units_version", _TEXT),  # the register by which the actors got their units
    Index("documents_canonical_id", "canonical_id"),
    Index("documents_version_of", "version_of"),
    Index("documents_date", "date"),
    Index("documents_type", "doc_type", "date"),
    Index("documents_issuer", "issuer", "date"),
    # Read whole by SQLite, which keeps long texts among the other columns.
    Index("documents_names", "code", "canonical_id", "path", "doc_id", "version_of").ddl_if("sqlite"),
)
obligations = Table(
    "obligations",
    metadata,
    Column("n", _NUMBER, primary_key=True),
    Column("obligation_id", _TEXT, nullable=False, unique=True),
    *_text_columns("doc_id", "path", "quote", "kind", "actor_source", "action", "deadline_text", "deadline"),
    *_text_columns("deadline_type", "deadline_anchor", "deadline_rule", "due", "recurrence", "report_to", "condition"),
    *_text_columns("clause", "rule", "actor_rule", "folded", "exception", "target", "product", "accountable_to"),
    *_text_columns("route", "ordered_by", "ordered_in", "parent"),
    *(Column(name, Integer) for name in ("page", "start", "end")),
    *(Column(name, JSON) for name in ("actors", "actor_units", "coordinators", "channels", "cites", "warnings")),
    Column("confidence", Float),
    Column("origin", _TEXT, server_default="machine"),  # or person: what somebody corrected or added
    Column("former_id", _TEXT),  # the row of the machine that somebody corrected
    Column("superseded", Boolean, server_default="0"),  # by a correction or a rejection
    Index("obligations_document", "doc_id", "start"),
    *_in_order("obligations_due", "due"),
    *_in_order("obligations_kind", "kind", "due"),
    *_in_order(
        "obligations_recurrence",
        "recurrence",
        "due",
        sqlite_where=text("recurrence IS NOT NULL"),
        postgresql_where=text("recurrence IS NOT NULL"),
    ),
    Index("obligations_report_to", "report_to"),
)

#: The words of a row as PostgreSQL indexes them; folded by us, so that no dictionary of the server matters. A vector of
#: words holds a megabyte at most.
WORDS: ColumnElement[Any] = func.to_tsvector(text("'simple'"), func.left(obligations.c.folded, text("250000")))
Index("obligations_words", WORDS, postgresql_using="gin").ddl_if("postgresql")
# Full text over the folded column; ``content=`` keeps no second copy of it. đ is folded by us: FTS5 does not.
_FTS = "CREATE VIRTUAL TABLE obligations_fts USING fts5(folded, content='obligations', content_rowid='n')"
event.listen(obligations, "after_create", DDL(_FTS).execute_if(dialect="sqlite"))  # type: ignore[no-untyped-call]
obligation_units = Table(
    "obligation_units",
    metadata,
    Column("n", _NUMBER, primary_key=True),
    *_text_columns("obligation_id", "doc_id", "role", "name", "folded"),
    Column("unit", _TEXT),  # the id of the body meant, known only with the whole register
    Column("how", _TEXT),  # ``named``, or ``expanded``: ``unit`` is a member of the group ``name``
    Index("obligation_units_folded", "folded", "role", "obligation_id"),
    Index("obligation_units_unit", "unit", "role", "obligation_id"),
    Index("obligation_units_document", "doc_id"),
    Index("obligation_units_obligation", "obligation_id"),
)
decisions = Table(
    "decisions",
    metadata,
    Column("n", _NUMBER, primary_key=True),
    *_text_columns("at", "who", "action", "doc_id", "path", "obligation_id", "quote"),
    *(Column(name, Integer) for name in ("start", "end")),
    Column("values", JSON),
    Column("lost", Boolean),  # its words are no longer in the document
    Index("decisions_document", "doc_id"),
    Index("decisions_obligation", "obligation_id"),
)
obligation_states = Table(
    "obligation_states",
    metadata,
    Column("obligation_id", _TEXT, primary_key=True),
    *_text_columns("doc_id", "status", "person", "note", "answered_by", "review", "at", "who"),
    Index("obligation_states_status", "status"),
    Index("obligation_states_document", "doc_id"),
)
citations = Table(
    "citations",
    metadata,
    Column("n", _NUMBER, primary_key=True),
    Column("citation_id", _TEXT, nullable=False, unique=True),
    *_text_columns("doc_id", "path", "quote", "code", "canonical_id", "type", "name", "issuer", "date", "relation"),
    *_text_columns("pinpoint", "resolved_doc_id", "rule"),
    *(Column(name, Integer) for name in ("page", "start", "end")),
    *(Column(name, JSON) for name in ("pinpoints", "candidates", "fitting", "warnings", "remarks")),
    Index("citations_document", "doc_id", "start"),
    Index("citations_resolved", "resolved_doc_id"),
    Index("citations_canonical_id", "canonical_id"),
    Index("citations_relation", "relation", "doc_id"),
)
cited_relations = Table(
    "cited_relations",
    metadata,
    Column("n", _NUMBER, primary_key=True),
    *_text_columns("doc_id", "path", "quote", "relation", "source", "target", "rule"),
    *(Column(name, Integer) for name in ("page", "start", "end")),
    Index("cited_relations_document", "doc_id", "start"),
)
back_references = Table(
    "back_references",
    metadata,
    Column("n", _NUMBER, primary_key=True),
    *_text_columns("doc_id", "path", "quote", "target", "rule"),
    *(Column(name, Integer) for name in ("page", "start", "end")),
    *(Column(name, JSON) for name in ("antecedents", "warnings")),
    Index("back_references_document", "doc_id", "start"),
)
failures = Table(
    "failures",
    metadata,
    Column("source", _TEXT, primary_key=True),
    Column("page", Integer, primary_key=True),  # 0: the whole file
    *_text_columns("path", "reason", "error"),
)
meta = Table("meta", metadata, Column("key", _TEXT, primary_key=True), Column("value", _TEXT))
#: The version of these tables in a database, as Alembic keeps it.
versions = Table(
    "alembic_version",
    metadata,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
