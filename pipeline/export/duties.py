"""The obligations as the rows of a task register: its columns, its cells, and the mark by which an edited workbook
tells what somebody changed.

The order is that of the tables in which offices follow up their tasks (document, task, who leads, who helps, by when,
what comes out, to whom, how far); no act prescribes one. What follows after the page is not printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any
from unicodedata import normalize
from zlib import crc32

from sqlalchemy import Engine, select

from extractors.confidence import DOUBTFUL
from pipeline.export.labels import label, labels, recurrence_in_words
from pipeline.export.sheet import Cell, ColumnStyle, Link, Rule, SheetStyle, cell_of, file_link, page_link
from pipeline.rows import Row
from pipeline.tables import citations
from pipeline.upcoming import iso_day

UNSURE = "Máy đọc chưa chắc: đối chiếu với nguyên văn."
OBLIGATIONS = "Nghĩa vụ"
_TOGETHER = 500

#: Where the row of a document is, by its id; ``None`` for a document that is not in the workbook.
Linked = Callable[[str | None], Link | None]

_KINDS, _STATUSES = labels("kind"), labels("status")
_COLUMNS = (
    ColumnStyle("n", 5, centred=True),
    ColumnStyle("doc_code", 16.5, heading="Văn bản giao việc"),
    ColumnStyle("action", 39, heading="Nội dung công việc", editable=True),
    ColumnStyle("actors", 20, heading="Đơn vị chủ trì", editable=True),
    ColumnStyle("coordinators", 16, heading="Đơn vị phối hợp", editable=True),
    ColumnStyle("due", 12.5, heading="Thời hạn", centred=True, editable=True, days=True),
    ColumnStyle("product", 14, editable=True),
    ColumnStyle("report_to", 14, heading="Báo cáo về", editable=True),
    ColumnStyle("status", 12, centred=True, editable=True, choices=_STATUSES),
    ColumnStyle("basis", 14),
    ColumnStyle("quote", 40, heading="Trích nguyên văn"),
    ColumnStyle("page", 7, centred=True),
    ColumnStyle("document", 18, printed=False, heading="Xem ở trang Văn bản"),
    ColumnStyle("person", 18, printed=False, editable=True),
    ColumnStyle("note", 28, printed=False, editable=True),
    ColumnStyle("answered_by", 18, printed=False, editable=True),
    ColumnStyle("kind", 14, printed=False, editable=True, choices=_KINDS),
    ColumnStyle("deadline_text", 22, printed=False, editable=True),
    ColumnStyle("deadline_type", 18, printed=False),
    ColumnStyle("recurrence", 20, printed=False, editable=True),
    ColumnStyle("first_due", 12, printed=False, centred=True),
    ColumnStyle("condition", 28, printed=False, editable=True),
    ColumnStyle("exception", 24, printed=False),
    ColumnStyle("target", 20, printed=False),
    ColumnStyle("accountable_to", 22, printed=False),
    ColumnStyle("ordered_by", 22, printed=False),
    ColumnStyle("route", 22, printed=False),
    ColumnStyle("channels", 24, printed=False),
    ColumnStyle("clause", 9, printed=False, centred=True),
    ColumnStyle("path", 34, printed=False),
    ColumnStyle("warnings", 34, printed=False),
    ColumnStyle("actor_source", 20, printed=False),
    ColumnStyle("confidence", 10, printed=False, centred=True),
    ColumnStyle("review", 12, printed=False, centred=True),
    ColumnStyle("obligation_id", 18, printed=False, hidden=True),
    ColumnStyle("mark", 18, printed=False, hidden=True),
)
_OPEN = f'{{status}}<>"{label("status", "done")}",{{status}}<>"{label("status", "not_applicable")}"'
_TO_DO = f'ISNUMBER({{due}}),{{kind}}="{label("kind", "obligation")}",{_OPEN}'
SHEET = SheetStyle(
    OBLIGATIONS,
    _COLUMNS,
    title="Sổ theo dõi thực hiện nhiệm vụ được giao",
    rules=(
        Rule(f"=AND({_TO_DO},{{due}}<TODAY())", "overdue", "due"),
        Rule(f"=AND({_TO_DO},{{due}}<=TODAY()+7)", "soon", "due"),
        Rule(f"=NOT(AND({_OPEN}))", "closed"),
        Rule(f"={{confidence}}<{DOUBTFUL}", "doubtful"),
    ),
)
#: The headings in a sheet and the keys of what they stand over.
KEYS = {column.words: column.key for column in _COLUMNS}
EDITABLE = tuple(column.key for column in _COLUMNS if column.editable)
# The basis and the link to a document: a list found by a query has none.
_UNMARKED = {"n", "document", "basis", "obligation_id", "mark"}
#: Columns that people may not change.
FIXED = tuple(c.key for c in _COLUMNS if not c.editable and c.key not in _UNMARKED)


def obligation_cells(row: Row, linked: Linked, target: Path) -> Row:
    """The values of the cells of an obligation in a workbook in the folder ``target``; lists are one line each."""
    shown = row | {name: label(name, row[name]) for name in ("kind", "status", "review", "deadline_type")}
    shown |= {
        "actor_source": label("actor_source", row["actor_source"]),
        "due": shown_deadline(row),
        "recurrence": recurrence_in_words(row["recurrence"]),
        "first_due": row["due"] if row["recurrence"] else None,
        "doc_code": document_words(row),  # no link: LibreOffice wraps no linked cell
        "document": linked(row["doc_id"]) or row["doc_code"],
        "basis": [*([f"Mục {row['clause']}"] if row["clause"] else []), *row.get("cited", ())],
        "page": page_link(row["source"], row["page"], target),
        "path": file_link(row["source"], row["path"], target),
        "warnings": [*([UNSURE] if row["confidence"] < DOUBTFUL else []), *row["warnings"]],
    }
    return shown | {"mark": _mark(shown)}


def document_words(row: Row) -> str:
    """Number and day of the document, as a register names it; its file when it has no number."""
    day = iso_day(row["doc_date"])
    name: str = row["doc_code"] or row["path"]
    return f"{name} ngày {day:%d/%m/%Y}" if day else name


def shown_deadline(row: Row) -> str | None:
    """The last day; in words what recurs, which is not over after its first day, and what has no day."""
    recurring: str = recurrence_in_words(row["recurrence"])
    words: str | None = recurring or row["due"] or row["deadline_text"]
    return words


def plain(value: object) -> str:
    """What stands in a cell, however it is held: one line each for a list, days in ISO, spaces at the ends dropped."""
    if value is None or value == "":
        return ""
    if isinstance(value, Link):
        value = value.text
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = normalize("NFC", str(value)).strip()
    return text if text.isprintable() else "\n".join(map(str.strip, text.splitlines()))


def fingerprint(value: object) -> str:
    """A short sign of what stands in a cell; nothing for an empty one."""
    text = plain(value)
    return f"{crc32(text.encode('utf-8', 'replace')):x}" if text else ""


def fixed_fingerprint(values: Row) -> str:
    """The same of all columns that may not be changed, together."""
    return fingerprint("\x1f".join(plain(values.get(key)) for key in FIXED))


def with_cited(engine: Engine, rows: Iterable[Row]) -> Iterator[Row]:
    """The rows with the numbers of the documents that each names (``cited``), read some hundred at a time."""
    left = iter(rows)
    with engine.connect() as connection:
        while some := list(islice(left, _TOGETHER)):
            wanted = {one for row in some for one in _strength(row)}
            columns = (citations.c.citation_id, citations.c.type, citations.c.code, citations.c.name)
            found = connection.execute(select(*columns).where(citations.c.citation_id.in_(wanted)))
            named = {key: code or " ".join(filter(None, (kind, name))) for key, kind, code, name in found}
            for row in some:
                cited = (named.get(one) for one in _strength(row))
                yield row | {"cited": list(dict.fromkeys(filter(None, cited)))}


def _strength(row: Row) -> list[str]:
    """The citations a duty stands on: where its order was given first, then those of its own words."""
    return [*filter(None, (row["ordered_in"],)), *(row["cites"] or ())]


def _mark(shown: Row) -> str:
    """What was written, cell by cell: the signs of the editable cells, then that of all others."""
    cells: dict[str, Cell | Any] = {key: cell_of(shown[key]) for key in (*EDITABLE, *FIXED)}
    return ":".join([*(fingerprint(cells[key]) for key in EDITABLE), fixed_fingerprint(cells)])
