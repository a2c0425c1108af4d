"""Tables: what only places text on the sheet is read column by column, data has one line per row.

People draw the letterhead, the addressees and the signature block as tables without lines; a data table (tasks,
annexes) keeps all its columns, so that a cell is found under its heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extractors.raw import Line
from pipeline.readers.columns import NATION, NUMBER, PLACE_DATE, RECIPIENTS, SIGNATURE, are_signers, fold, split_columns

_ADDRESSEES = re.compile(r"^\W*kinh (?:gui|chuyen)\s*:?\W*$")
_LAYOUT_ROWS = 14
_LAYOUT_COLUMNS = 4
_UNMARKED_ROWS = 6
_PAGE_PARAGRAPHS = 8


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: its paragraphs and the grid columns it covers; ``repeated`` from the row above when merged."""

    paragraphs: tuple[str, ...]
    start: int
    span: int = 1
    repeated: bool = False

    @property
    def text(self) -> str:
        """The paragraphs joined with one space."""
        return " ".join(" ".join(self.paragraphs).split())


Row = Sequence[Cell]


def table_lines(rows: Sequence[Row], pages: Sequence[int], widths: Sequence[float] = ()) -> list[Line]:
    """A table in reading order, every line complete.

    In: its rows, the page of each, and the widths of the grid columns when known. Out: layout column
    by column, data row by row (cells parted by tabs; a value merged across stands once, one merged downwards on every
    row).
    """
    paged = zip(rows, pages, strict=True)
    filled = [(row, page) for row, page in paged if any(cell.text and not cell.repeated for cell in row)]
    if not filled:
        return []
    kept = [row for row, _ in filled]
    columns = max(cell.start + cell.span for row in kept for cell in row)
    if is_layout(kept):
        return [Line(text, filled[0][1], None, True) for text in _by_columns(kept, _edges(widths, columns))]
    return [Line(_data_row(row, columns), page, None, True) for row, page in filled]


def is_layout(rows: Sequence[Row]) -> bool:
    """True when a table only places a letterhead, an address or a signature block on the sheet."""
    width = max(sum(1 for cell in row if cell.text) for row in rows)
    if width == 1:
        return len(rows) <= _LAYOUT_ROWS
    if width > _LAYOUT_COLUMNS or len(rows) > _LAYOUT_ROWS:
        return False
    if len(rows) == 1 and any(len(cell.paragraphs) >= _PAGE_PARAGRAPHS for cell in rows[0]):
        return True  # a page laid out by a table: menu in one cell, text in the other
    folded = [fold(paragraph) for row in rows for cell in row for paragraph in cell.paragraphs]
    if any(NATION.search(text) or RECIPIENTS.match(text) or _ADDRESSEES.match(text) for text in folded):
        return True
    if len(rows) > _UNMARKED_ROWS:
        return False
    heads = [cell.paragraphs[0] for cell in rows[0] if cell.paragraphs]
    if len(heads) == 2 and are_signers(heads[0], heads[1]):
        return True
    dated = any(PLACE_DATE.search(text) for text in folded) and any(NUMBER.match(text) for text in folded)
    return dated or any(SIGNATURE.search(text) for text in folded)


def place(rows: Iterable[Iterable[tuple[tuple[str, ...], int, int]]]) -> list[list[Cell]]:
    """Put cells given as (paragraphs, columns, rows covered) on a grid, as HTML does."""
    hanging: dict[int, tuple[Cell, int]] = {}
    out: list[list[Cell]] = []
    for row in rows:
        placed: list[Cell] = []
        column = 0
        for paragraphs, span, down in row:
            column = _fill(placed, hanging, column)
            cell = Cell(paragraphs, column, span)
            placed.append(cell)
            if down > 1:
                hanging[column] = (cell, down)
            column += span
        while column in hanging and column not in {cell.start for cell in placed}:
            column = _fill(placed, hanging, column)
        out.append(placed)
        hanging = {start: (cell, left - 1) for start, (cell, left) in hanging.items() if left > 1}
    return out


def _fill(placed: list[Cell], hanging: dict[int, tuple[Cell, int]], column: int) -> int:
    """Repeat the cells that hang down into this row from ``column`` on; the next free column."""
    while column in hanging:
        cell = hanging[column][0]
        placed.append(replace(cell, repeated=True))
        column += cell.span
    return column


def _by_columns(rows: Sequence[Row], edges: Sequence[float]) -> list[str]:
    """The paragraphs of a layout table: between rows that run across, the left column, then the right one."""
    same = len({tuple((cell.start, cell.span) for cell in row) for row in rows}) == 1
    out: list[str] = []
    band: dict[int, list[str]] = {}
    for row in rows:
        for cell in row:
            if cell.repeated:
                continue
            left, right = edges[cell.start], edges[cell.start + cell.span]
            if right - left > 0.9:
                _flush(band, out)
                out.extend(cell.paragraphs)
            else:
                column = cell.start if same else int((left + right) / 2 >= 0.5)
                band.setdefault(column, []).extend(cell.paragraphs)
    _flush(band, out)
    return [line for _, line in split_columns(out) if line.strip()]


def _flush(band: dict[int, list[str]], out: list[str]) -> None:
    for column in sorted(band):
        out.extend(band[column])
    band.clear()


def _edges(widths: Sequence[float], columns: int) -> list[float]:
    """Where each grid column starts, as a share of the width of the table."""
    known = len(widths) >= columns and sum(widths[:columns]) > 0
    sizes = list(widths[:columns]) if known else [1.0] * columns
    edges = [0.0]
    for size in sizes:
        edges.append(edges[-1] + size / sum(sizes))
    return edges


def _data_row(row: Row, columns: int) -> str:
    texts = [""] * columns
    for cell in row:
        texts[cell.start] = cell.text
    return "\t".join(texts)
