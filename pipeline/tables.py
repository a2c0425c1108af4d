"""The tables of the database, with their indexes; :mod:`pipeline.store` fills them."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Float, Index, Integer, MetaData, String, Table, text

metadata = MetaData()


def _text_columns(*names: str) -> list[Column[str]]:
    return [Column(name, String) for name in names]


documents = Table(
    "documents",
    metadata,
    Column("doc_id", String, primary_key=True),
    Column("source", String, nullable=False, unique=True),  # where the file lay when it was read, absolute
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
    Column("received", String),  # the day it came to the office, ISO
    Column("version_of", String),  # the document of which this is another file
    Column("units_version", String),  # the register by which the actors got their units
    Index("documents_canonical_id", "canonical_id"),
    Index("documents_version_of", "version_of"),
    Index("documents_date", "date"),
    Index("documents_type", "doc_type", "date"),
    Index("documents_issuer", "issuer", "date"),
    Index("documents_names", "code", "canonical_id", "path", "doc_id", "version_of"),  # read whole, without the texts
)
obligations = Table(
    "obligations",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("obligation_id", String, nullable=False, unique=True),
    *_text_columns("doc_id", "path", "quote", "kind", "actor_source", "action", "deadline_text", "deadline"),
    *_text_columns("deadline_type", "deadline_anchor", "deadline_rule", "due", "recurrence", "report_to", "condition"),
    *_text_columns("clause", "rule", "actor_rule", "folded", "exception", "target", "product", "accountable_to"),
    *_text_columns("route", "ordered_by", "ordered_in", "parent"),
    *(Column(name, Integer) for name in ("page", "start", "end")),
    *(Column(name, JSON) for name in ("actors", "actor_units", "coordinators", "channels", "cites", "warnings")),
    Column("confidence", Float),
    Column("origin", String, server_default="machine"),  # or person: what somebody corrected or added
    Column("former_id", String),  # the row of the machine that somebody corrected
    Column("superseded", Boolean, server_default="0"),  # by a correction or a rejection
    Index("obligations_document", "doc_id", "start"),
    # In the order of an answer, so that its first rows are the first of the index.
    Index("obligations_due", "due", "path", "start"),
    Index("obligations_kind", "kind", "due", "path", "start"),
    Index("obligations_recurrence", "recurrence", "due", "path", "start", sqlite_where=text("recurrence IS NOT NULL")),
    Index("obligations_report_to", "report_to"),
)
obligation_units = Table(
    "obligation_units",
    metadata,
    Column("n", Integer, primary_key=True),
    *_text_columns("obligation_id", "doc_id", "role", "name", "folded"),
    Column("unit", String),  # the id of the body meant, known only with the whole register
    Column("how", String),  # ``named``, or ``expanded``: ``unit`` is a member of the group ``name``
    Index("obligation_units_folded", "folded", "role", "obligation_id"),
    Index("obligation_units_unit", "unit", "role", "obligation_id"),
    Index("obligation_units_document", "doc_id"),
    Index("obligation_units_obligation", "obligation_id"),
)
decisions = Table(
    "decisions",
    metadata,
    Column("n", Integer, primary_key=True),
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
    Column("obligation_id", String, primary_key=True),
    *_text_columns("doc_id", "status", "person", "note", "answered_by", "review", "at", "who"),
    Index("obligation_states_status", "status"),
    Index("obligation_states_document", "doc_id"),
)
citations = Table(
    "citations",
    metadata,
    Column("citation_id", String, primary_key=True),
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
    Column("n", Integer, primary_key=True),
    *_text_columns("doc_id", "path", "quote", "relation", "source", "target", "rule"),
    *(Column(name, Integer) for name in ("page", "start", "end")),
    Index("cited_relations_document", "doc_id", "start"),
)
back_references = Table(
    "back_references",
    metadata,
    Column("n", Integer, primary_key=True),
    *_text_columns("doc_id", "path", "quote", "target", "rule"),
    *(Column(name, Integer) for name in ("page", "start", "end")),
    *(Column(name, JSON) for name in ("antecedents", "warnings")),
    Index("back_references_document", "doc_id", "start"),
)
failures = Table(
    "failures",
    metadata,
    Column("source", String, primary_key=True),
    Column("page", Integer, primary_key=True),  # 0: the whole file
    *_text_columns("path", "reason", "error"),
)
meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", String))
