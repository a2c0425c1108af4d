"""Obligations as a table in Markdown, to be pasted into a report or a ticket."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.export.labels import recurrence_in_words
from pipeline.rows import Row

_HEADINGS = ("Hạn cuối", "Đơn vị thực hiện", "Nội dung", "Văn bản", "Trang", "Mã")
#: What Markdown would read as its own: the marks of cells, of emphasis, links, code and HTML.
_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\|*_`[]<>#"})


def table(rows: Iterable[Row]) -> str:
    """The table, one line for each obligation."""
    lines = [_HEADINGS, ("---",) * len(_HEADINGS), *map(_cells, rows)]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _cells(row: Row) -> tuple[str, ...]:
    day = "/".join(reversed((row["due"] or "").split("-")))
    values = (
        recurrence_in_words(row["recurrence"]) or day, "; ".join(row["actors"]), row["quote"],
        row["doc_code"] or row["path"], str(row["page"]), row["obligation_id"],
    )  # fmt: skip
    return tuple(" ".join(value.translate(_MARKS).split()) for value in values)
