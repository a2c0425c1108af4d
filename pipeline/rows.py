"""Records -> rows: the one place where a :class:`~extractors.model.Result` becomes columns.

The keys named in ``DOCUMENT_KEYS``, ``OBLIGATION_KEYS`` and ``CITATION_KEYS`` are the public export contract; a row may
hold a few more for the database (where the file lies, the evidence behind the header, warnings).
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from extractors.model import Citation, Obligation, Result, Span, row_id

Row = dict[str, Any]

DOCUMENT_KEYS = (
    "doc_id", "path", "sha256", "format", "pages", "ocr", "doc_type", "code", "canonical_id", "issuer", "parent_issuer",
    "place", "date", "subject", "urgency", "secrecy", "addressees", "addressed", "recipients", "signing_mode",
    "on_behalf_of", "signer_title", "signer_name", "effective", "expires", "received", "issuers", "issuer_unit",
    "authority", "copied", "annexes", "signatures", "warnings", "version_of", "text",
)  # fmt: skip
OBLIGATION_KEYS = (
    "obligation_id", "doc_id", "path", "page", "start", "end", "quote", "kind", "actors", "actor_units",
    "actor_source", "actor_rule", "coordinators", "action", "deadline_text", "deadline", "deadline_type", "due",
    "recurrence", "report_to", "route", "channels", "condition", "exception", "target", "product", "accountable_to",
    "ordered_by", "ordered_in", "parent", "clause", "cites", "confidence", "rule", "status", "person", "note",
    "answered_by", "review",
)  # fmt: skip
CITATION_KEYS = (
    "citation_id", "doc_id", "path", "page", "start", "end", "quote", "code", "canonical_id", "type", "name", "issuer",
    "date", "relation", "pinpoint", "pinpoints", "candidates", "resolved_doc_id", "rule", "warnings",
)  # fmt: skip
RELATION_KEYS = ("doc_id", "path", "page", "start", "end", "quote", "relation", "source", "target", "rule")
REFERENCE_KEYS = ("doc_id", "path", "page", "start", "end", "quote", "target", "antecedents", "rule", "warnings")

_HEADER_FIELDS = (
    "doc_type", "code", "canonical_id", "issuer", "parent_issuer", "place", "date", "subject", "urgency", "secrecy",
    "signing_mode", "on_behalf_of", "signer_title", "signer_name", "issuer_unit", "authority",
    "effective", "expires",
)  # fmt: skip


def document_row(result: Result) -> Row:
    """The row of the document itself, with its text."""
    header, document = result.header, result.document
    return {
        "doc_id": result.doc_id,
        "path": result.path,
        "sha256": result.sha256,
        "format": result.format,
        "pages": result.pages,
        "ocr": result.ocr,
        "version": result.version,
        **{name: getattr(header, name) for name in _HEADER_FIELDS},
        "addressees": list(header.addressees),
        "recipients": [asdict(recipient) for recipient in header.recipients],
        "issuers": list(header.issuers),
        "addressed": [asdict(party) for party in header.addressed],
        "copied": asdict(header.copied) if header.copied else None,
        "annexes": [asdict(annex) for annex in result.annexes],
        "warnings": list(dict.fromkeys((*result.warnings, *header.warnings))),
        "text": document.text,
        "evidence": [[e.field, e.span.start, e.span.end, e.rule] for e in header.evidence],
        "page_starts": list(document.page_starts),
        "lines": [[line.start, line.end, line.page, line.box, line.confidences] for line in document.lines],
        "signatures": [asdict(signature) for signature in result.signatures],
        "stated": asdict(result.stated) if result.stated else None,
        "received": None,  # known only to whoever received it
        "version_of": None,  # known only beside other documents
        "remarks": [],  # the same
    }


def unread_rows(result: Result, source: str) -> list[Row]:
    """A row of failures for each page of a document that gave no text."""
    return [
        {"source": source, "page": one.page, "path": result.path, "reason": one.reason, "error": "UnreadPage"}
        for one in result.unread
    ]


def citation_rows(result: Result) -> list[Row]:
    """One row for each mention, in the order of the record, so that ``Obligation.cites`` stay indexes into it."""
    ids: set[str] = set()
    return [_citation_row(result, citation, ids) for citation in result.citations]


def obligation_rows(result: Result, citations: list[Row]) -> list[Row]:
    """One row for each obligation; ``citations`` are the rows of :func:`citation_rows`."""
    ids: set[str] = set()
    rows = [_obligation_row(result, obligation, citations, ids) for obligation in result.obligations]
    for row, duty in zip(rows, result.obligations, strict=True):
        row["parent"] = rows[duty.parent]["obligation_id"] if duty.parent is not None else None
    return rows


def _citation_row(result: Result, citation: Citation, ids: set[str]) -> Row:
    span = citation.span
    return {
        "citation_id": _fresh(ids, result.doc_id, citation, citation.code or citation.name or citation.type or ""),
        **_placed(result, span),
        "code": citation.code,
        "canonical_id": citation.canonical_id,
        "type": citation.type,
        "name": citation.name,
        "issuer": citation.issuer,
        "date": citation.date,
        "relation": citation.relation,
        "pinpoint": citation.pinpoint,
        "pinpoints": list(citation.pinpoints),
        "candidates": list(citation.candidates),
        "fitting": [],  # known only beside other documents
        "resolved_doc_id": None,
        "rule": citation.rule,
        "warnings": list(citation.warnings),
        "remarks": [],
    }


def relation_rows(result: Result, citations: list[Row]) -> list[Row]:
    """One row for each relation between two cited documents; ``source`` and ``target`` are citation ids."""
    return [
        _placed(result, one.span)
        | {
            "relation": one.relation,
            "source": citations[one.source]["citation_id"],
            "target": citations[one.target]["citation_id"],
            "rule": one.rule,
        }
        for one in result.relations
    ]


def reference_rows(result: Result, citations: list[Row]) -> list[Row]:
    """One row for each reference back; ``antecedents`` are citation ids."""
    return [
        _placed(result, one.span)
        | {
            "target": one.target,
            "antecedents": [citations[i]["citation_id"] for i in one.antecedents],
            "rule": one.rule,
            "warnings": list(one.warnings),
        }
        for one in result.references
    ]


def _placed(result: Result, span: Span) -> Row:
    """Where a record stands: document, page, offsets and words."""
    return {
        "doc_id": result.doc_id,
        "path": result.path,
        "page": result.document.page_at(span.start),
        "start": span.start,
        "end": span.end,
        "quote": span.of(result.document.text),
    }


def _obligation_row(result: Result, duty: Obligation, citations: list[Row], ids: set[str]) -> Row:
    span, deadline = duty.span, duty.deadline
    return {
        "obligation_id": _fresh(ids, result.doc_id, duty, duty.kind),
        **_placed(result, span),
        "kind": duty.kind,
        "actors": list(duty.actors),
        "actor_units": [],  # known only with the whole register, see pipeline/units/resolve.py
        "actor_source": duty.actor_source,
        "coordinators": list(duty.coordinators),
        "action": duty.action,
        "deadline_text": deadline.text if deadline else None,
        "deadline": deadline.value if deadline else None,
        "deadline_type": deadline.type if deadline else None,
        "due": duty.due,
        "recurrence": duty.recurrence,
        "report_to": duty.report_to,
        "condition": duty.condition,
        "exception": duty.exception,
        "target": duty.target,
        "product": duty.product,
        "accountable_to": duty.accountable_to,
        "route": duty.route,
        "channels": list(duty.channels),
        "ordered_by": duty.ordered_by,
        "ordered_in": None if duty.ordered_in is None else citations[duty.ordered_in]["citation_id"],
        "clause": duty.clause,
        "cites": [citations[i]["citation_id"] for i in duty.cites if 0 <= i < len(citations)],
        "confidence": duty.confidence,
        "rule": duty.rule,
        "actor_rule": duty.actor_rule,
        "deadline_anchor": deadline.anchor if deadline else None,
        "deadline_rule": deadline.rule if deadline else None,
        "warnings": list(dict.fromkeys((*duty.warnings, *(deadline.warnings if deadline else ())))),
    }


def _fresh(ids: set[str], doc_id: str, record: Citation | Obligation, value: str) -> str:
    """The stable id of a record; the rare second record of the same span and value is told apart by its number."""
    kind = type(record).__name__.lower()
    name, number = value, 1
    while (found := row_id(doc_id, kind, record.span, name)) in ids:
        number += 1
        name = f"{value}#{number}"
    ids.add(found)
    return found
