"""The workbook for the office: what is to be done, by whom, by when, with a link to the document and its file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine
from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from extractors.confidence import DOUBTFUL
from pipeline.export.drafters import shown_recipients
from pipeline.export.labels import annex_lines, copy_line, label, recipient_line, recurrence_in_words, signature_lines
from pipeline.export.sheet import MAX_ROWS, ColumnStyle, Link, Styles, file_link, write_sheet
from pipeline.query import each_citation, each_document, each_failure, each_obligation_by_due
from pipeline.rows import Row

WORKBOOK_NAME = "obligations.xlsx"
UNSURE = "Máy đọc chưa chắc: đối chiếu với nguyên văn."
OBLIGATIONS, DOCUMENTS, CITATIONS, FAILURES = "Nghĩa vụ", "Văn bản", "Viện dẫn", "Lỗi"

_OPTIONS = {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False}

#: The link to the row of a document, by its id; ``None`` for a document that is not in the workbook.
Linked = Callable[[str | None], Link | None]

_OBLIGATIONS = (
    ColumnStyle("n", 5, centred=True),
    ColumnStyle("due", 11.5, centred=True),
    ColumnStyle("actors", 25),
    ColumnStyle("quote", 62),
    ColumnStyle("kind", 10.5),
    ColumnStyle("coordinators", 18),
    ColumnStyle("doc_code", 17),
    ColumnStyle("clause", 8, centred=True),
    ColumnStyle("page", 7, printed=False, centred=True),
    ColumnStyle("path", 34, printed=False),
    ColumnStyle("warnings", 34, printed=False),
    ColumnStyle("deadline_text", 22, printed=False),
    ColumnStyle("deadline_type", 18, printed=False),
    ColumnStyle("first_due", 12, printed=False, centred=True),
    ColumnStyle("report_to", 24, printed=False),
    ColumnStyle("condition", 28, printed=False),
    ColumnStyle("exception", 24, printed=False),
    ColumnStyle("target", 20, printed=False),
    ColumnStyle("product", 24, printed=False),
    ColumnStyle("accountable_to", 22, printed=False),
    ColumnStyle("ordered_by", 22, printed=False),
    ColumnStyle("route", 22, printed=False),
    ColumnStyle("channels", 24, printed=False),
    ColumnStyle("action", 48, printed=False),
    ColumnStyle("actor_source", 20, printed=False),
    ColumnStyle("confidence", 10, printed=False, centred=True),
)
_DOCUMENTS = (
    ColumnStyle("n", 5, centred=True),
    ColumnStyle("code", 18),
    ColumnStyle("doc_type", 12),
    ColumnStyle("date", 11.5, centred=True),
    ColumnStyle("issuer", 27),
    ColumnStyle("subject", 52),
    ColumnStyle("signer_name", 17),
    ColumnStyle("obligation_count", 8, centred=True),
    ColumnStyle("path", 26),
    ColumnStyle("version_of", 18, printed=False),
    ColumnStyle("signer_title", 16, printed=False),
    ColumnStyle("urgency", 10, printed=False, centred=True),
    ColumnStyle("warnings", 40, printed=False),
    ColumnStyle("parent_issuer", 28, printed=False),
    ColumnStyle("authority", 28, printed=False),
    ColumnStyle("annexes", 40, printed=False),
    ColumnStyle("copied", 28, printed=False),
    ColumnStyle("place", 14, printed=False),
    ColumnStyle("secrecy", 11, printed=False, centred=True),
    ColumnStyle("addressees", 40, printed=False),
    ColumnStyle("recipients", 40, printed=False),
    ColumnStyle("signatures", 40, printed=False),
    ColumnStyle("signing_mode", 9, printed=False, centred=True),
    ColumnStyle("on_behalf_of", 20, printed=False),
    ColumnStyle("pages", 8, printed=False, centred=True),
    ColumnStyle("ocr", 14, printed=False),
    ColumnStyle("canonical_id", 28, printed=False),
)
_CITATIONS = (
    ColumnStyle("n", 5, centred=True),
    ColumnStyle("doc_code", 18),
    ColumnStyle("relation", 15),
    ColumnStyle("type", 12),
    ColumnStyle("code", 19),
    ColumnStyle("name", 34),
    ColumnStyle("date", 11.5, centred=True),
    ColumnStyle("issuer", 24),
    ColumnStyle("pinpoint", 16),
    ColumnStyle("resolved", 18),
    ColumnStyle("page", 7, printed=False, centred=True),
    ColumnStyle("quote", 50, printed=False),
    ColumnStyle("canonical_id", 28, printed=False),
)
_FAILURES = (
    ColumnStyle("n", 5, centred=True),
    ColumnStyle("path", 60),
    ColumnStyle("page", 7, centred=True),
    ColumnStyle("reason", 95),
)


def write(engine: Engine, target: Path, with_drafters: bool) -> list[Path]:
    """Write ``obligations.xlsx`` with one sheet each for obligations, documents, citations and failures."""
    path = target / WORKBOOK_NAME
    duties = Counter(row["doc_id"] for row in each_obligation_by_due(engine))
    documents = [_document(row, duties, target, with_drafters) for row in each_document(engine)]
    links = {row["doc_id"]: _row_link(row, n) for n, row in enumerate(documents[:MAX_ROWS])}
    linked: Linked = lambda doc_id: links.get(doc_id or "")  # noqa: E731
    documents = [row | {"version_of": linked(row["version_of"])} for row in documents]
    with _book(path) as book:
        styles = Styles(book)
        obligations = (_obligation(row, linked, target) for row in each_obligation_by_due(engine))
        write_sheet(styles, OBLIGATIONS, _OBLIGATIONS, obligations)
        write_sheet(styles, DOCUMENTS, _DOCUMENTS, documents)
        write_sheet(
            styles, CITATIONS, _CITATIONS, (_citation(row, linked) for row in each_citation(engine, versions=False))
        )
        whole_or_page = (row | {"page": row["page"] or None} for row in each_failure(engine))
        write_sheet(styles, FAILURES, _FAILURES, whole_or_page)
    return [path]


def write_found(rows: Iterable[Row], path: Path) -> None:
    """Write the obligations found by a query as a workbook of one sheet."""

    def linked(_doc_id: str | None) -> None:
        return None

    with _book(path) as book:
        found = (_obligation(row, linked, path.parent) | {"doc_code": row["doc_code"]} for row in rows)
        write_sheet(Styles(book), OBLIGATIONS, _OBLIGATIONS, found)


@contextmanager
def _book(path: Path) -> Iterator[Workbook]:
    """A new workbook. Raises ``OSError`` when it cannot be written, as when the old one is open in Excel."""
    try:
        with Workbook(str(path), _OPTIONS) as book:
            yield book
    except FileCreateError as error:
        raise OSError(0, str(error), str(path)) from error


def _row_link(document: Row, n: int) -> Link:
    return Link(f"internal:'{DOCUMENTS}'!A{n + 2}", document["code"] or document["name"])


def _obligation(row: Row, linked: Linked, target: Path) -> Row:
    return row | {
        "kind": label("kind", row["kind"]),
        "deadline_type": label("deadline_type", row["deadline_type"]),
        "actor_source": label("actor_source", row["actor_source"]),
        "due": recurrence_in_words(row["recurrence"]) or row["due"],  # what recurs is not over after its first day
        "first_due": row["due"] if row["recurrence"] else None,
        "doc_code": linked(row["doc_id"]),
        "path": file_link(row["source"], row["path"], target),
        "warnings": [*([UNSURE] if row["confidence"] < DOUBTFUL else []), *row["warnings"]],
    }


def _document(row: Row, duties: Counter[str], target: Path, with_drafters: bool) -> Row:
    recipients = shown_recipients(row["recipients"], with_drafters)
    return row | {
        "name": row["path"],
        "recipients": [recipient_line(recipient) for recipient in recipients],
        "copied": copy_line(row["copied"]),
        "annexes": annex_lines(row["annexes"]),
        "signatures": signature_lines(row["signatures"]),
        "ocr": label("ocr", row["ocr"]),
        "obligation_count": duties[row["doc_id"]],
        "path": file_link(row["source"], row["path"], target),
    }


def _citation(row: Row, linked: Linked) -> Row:
    return row | {
        "doc_code": linked(row["doc_id"]),
        "relation": label("relation", row["relation"]),
        "resolved": linked(row["resolved_doc_id"]),
    }
