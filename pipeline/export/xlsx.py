"""The workbook for the office: what is to be done, by whom, by when, with a link to the document and its file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from sqlalchemy import Engine
from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from pipeline.export import duties
from pipeline.export.drafters import shown_recipients
from pipeline.export.duties import Linked, obligation_cells, with_cited
from pipeline.export.labels import annex_lines, copy_line, label, recipient_line, signature_lines
from pipeline.export.sheet import MAX_ROWS, ColumnStyle, Link, SheetStyle, Styles, file_link, write_sheet
from pipeline.export.summary import Summary, write_summary
from pipeline.query import each_citation, each_document, each_failure, each_obligation_by_due
from pipeline.rows import Row

WORKBOOK_NAME = "obligations.xlsx"
DOCUMENTS, CITATIONS, FAILURES = "Văn bản", "Viện dẫn", "Lỗi"

_OPTIONS = {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False}

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
    """Write ``obligations.xlsx``: the task register, its summary, documents, citations and failures."""
    path = target / WORKBOOK_NAME
    counts = Counter(row["doc_id"] for row in each_obligation_by_due(engine))
    documents = [_document(row, counts, target, with_drafters) for row in each_document(engine)]
    links = {row["doc_id"]: _row_link(row, n) for n, row in enumerate(documents[:MAX_ROWS])}
    linked: Linked = lambda doc_id: links.get(doc_id or "")  # noqa: E731
    documents = [row | {"version_of": linked(row["version_of"])} for row in documents]
    with new_book(path) as book:
        styles, summary = Styles(book), Summary(date.today())
        rows = summary.counting(with_cited(engine, each_obligation_by_due(engine)))
        write_sheet(styles, duties.SHEET, (obligation_cells(row, linked, target) for row in rows))
        write_summary(styles, summary)
        write_sheet(styles, SheetStyle(DOCUMENTS, _DOCUMENTS), documents)
        cited = (_citation(row, linked) for row in each_citation(engine, versions=False))
        write_sheet(styles, SheetStyle(CITATIONS, _CITATIONS), cited)
        whole_or_page = (row | {"page": row["page"] or None} for row in each_failure(engine))
        write_sheet(styles, SheetStyle(FAILURES, _FAILURES), whole_or_page)
    return [path]


def write_found(rows: Iterable[Row], path: Path) -> None:
    """Write the obligations found by a query as a workbook of one sheet."""

    def linked(_doc_id: str | None) -> None:
        return None

    with new_book(path) as book:
        write_sheet(Styles(book), duties.SHEET, (obligation_cells(row, linked, path.parent) for row in rows))


@contextmanager
def new_book(path: Path) -> Iterator[Workbook]:
    """A new workbook, whole or not at all: until it is, the old one stays. Raises ``OSError`` when it cannot be
    written."""
    unfinished = path.with_name(f".{path.name}.new")
    try:
        with Workbook(str(unfinished), _OPTIONS) as book:
            yield book
        unfinished.replace(path)
    except FileCreateError as error:
        raise OSError(getattr(error.args[0], "errno", 0), str(error), str(path)) from error
    finally:
        unfinished.unlink(missing_ok=True)


def _row_link(document: Row, n: int) -> Link:
    return Link(f"internal:'{DOCUMENTS}'!A{n + 2}", document["code"] or document["name"])


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
