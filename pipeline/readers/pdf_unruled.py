"""Task tables of a PDF drawn without vertical rules: columns told by white space under a row of known headings.

Only a table that says what it is (*STT, Nội dung công việc, Cơ quan chủ trì, Thời hạn* in any order) is taken apart;
any other text in columns stays the lines it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.fold import fold
from extractors.raw import Box
from extractors.task_tables import column_kinds
from pipeline.readers.columns import ADDRESS, NATION, RECIPIENTS, SIGNATURE
from pipeline.readers.pdf_page import Grid, Page
from pipeline.readers.pdf_words import TextRow, Word

_NUMERAL = re.compile(r"^\(?(?:\d+(?:\.\d+)*|[IVXLC]+|[a-zđ])[.)]?$")
_GROUP = re.compile(r"^(?:[IVXLC]+|[A-ZĐ]|\d+(?:\.\d+)*|[a-zđ])[.)]?\s+\S")
_HEAD_LINES = 5
#: A task table has three columns: the work, who does it, and until when or its number.
_LEAST = 3
#: Distances as shares of the font size: between the cells of a heading, between columns, from line to line.
_APART = 0.75
_GUTTER = 0.5
_NEXT_LINE = 1.5
_SAME_LINE = 0.9
_FAR_BELOW = 3.5
#: Rows stand apart when the space between them is this much more than that between the lines of a cell.
_LOOSER = 1.3

Strip = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Frame:
    """The columns of a table: for each place between two of them the strips that no word has crossed so far."""

    strips: tuple[tuple[Strip, ...], ...]
    numbered: bool

    def with_row(self, row: TextRow) -> _Frame | None:
        """The frame after one more row; ``None`` when the row runs over a column's edge."""
        least = _GUTTER * row.size
        left = tuple(
            tuple(strip for strip in _free(strips, row.words) if strip[1] - strip[0] >= least) for strips in self.strips
        )
        return replace(self, strips=left) if all(left) else None

    def cells(self, words: Sequence[Word]) -> list[list[Word]]:
        """The words of each column. Of several strips the first is the edge: text starts at the left of its column."""
        edges = [(strips[0][0] + strips[0][1]) / 2 for strips in self.strips]
        out: list[list[Word]] = [[] for _ in range(len(edges) + 1)]
        for word in words:
            out[sum((word.x0 + word.x1) / 2 > edge for edge in edges)].append(word)
        return out


@dataclass(frozen=True, slots=True)
class _Table:
    """The rows of a page that make a table, ``heading`` of them its heading; ``spanning``: those across all columns."""

    rows: tuple[TextRow, ...]
    heading: int
    frame: _Frame
    spanning: frozenset[int]

    def filled(self, at: int) -> int:
        """How many cells of a line hold something."""
        return sum(map(bool, self.frame.cells(self.rows[at].words)))


def find_unruled(pages: Sequence[Page]) -> list[Page]:
    """The pages with their task tables that have no vertical rules; pages with ruled tables are left as they are."""
    out: list[Page] = []
    open_frame: _Frame | None = None
    for page in pages:
        tables = [] if page.grids else list(_tables(page.rows, open_frame))
        at_end = bool(tables) and tables[-1].rows[-1] is page.rows[-1]
        open_frame = tables[-1].frame if at_end else None
        out.append(replace(page, grids=tuple(map(_grid, tables))) if tables else page)
    return out


def _tables(rows: Sequence[TextRow], open_frame: _Frame | None) -> Iterator[_Table]:
    """The tables of a page; the first may carry on that of the page before, without a heading of its own."""
    parted = [len(_split(row)) > 1 for row in rows]  # prose, most of all pages, is passed over quickly
    at = 0
    while at < len(rows):
        heading = _heading(rows, at) if any(parted[at : at + _HEAD_LINES]) else None
        if heading is None and at == 0 and open_frame is not None:
            heading = 0, open_frame
        table = _body(rows, at, heading) if heading else None
        if table is None:
            at += 1
        else:
            yield table
            at += len(table.rows)


# ---------------------------------------------------------------- heading
def _heading(rows: Sequence[TextRow], start: int) -> tuple[int, _Frame] | None:
    """How many rows from ``start`` on are the heading of a task table, and its columns."""
    end = start + 1
    while end < min(start + _HEAD_LINES, len(rows)) and _goes_on(rows[end - 1], rows[end]):
        end += 1
    columns = _clusters([piece for row in rows[start:end] for piece in _split(row)])
    if len(columns) < _LEAST:
        return None
    kinds = column_kinds([" ".join(piece.text for piece in column) for column in columns])
    if kinds is None or len(kinds) < len(columns) - 1:
        return None
    words = [word for row in rows[start:end] for word in row.words]
    middles = [(min(p.box[0] for p in column) + max(p.box[2] for p in column)) / 2 for column in columns]
    frame = _Frame(tuple(tuple(_free([pair], words)) for pair in pairwise(middles)), kinds.get("number") == 0)
    return end - start, frame


def _goes_on(before: TextRow, row: TextRow) -> bool:
    """True when a row is a further line of a heading: close below and in small letters, or set between two lines."""
    down = row.base - before.base
    if down < _SAME_LINE * row.size:
        return True
    continued = any(piece.text[0].islower() or piece.text[0] in "(/" for piece in _split(row))
    return down < _NEXT_LINE * row.size and continued and not _NUMERAL.match(row.words[0].text)


def _split(row: TextRow) -> list[TextRow]:
    parts: list[list[Word]] = [[row.words[0]]]
    for before, word in pairwise(row.words):
        if word.x0 - before.x1 > _APART * word.size:
            parts.append([])
        parts[-1].append(word)
    return [TextRow(tuple(part)) for part in parts]


def _clusters(pieces: Sequence[TextRow]) -> list[list[TextRow]]:
    """Pieces that stand above each other, from left to right, each cluster from top to bottom."""
    out: list[list[TextRow]] = []
    for piece in sorted(pieces, key=lambda piece: piece.box[0]):
        if out and piece.box[0] < max(other.box[2] for other in out[-1]):
            out[-1].append(piece)
        else:
            out.append([piece])
    return [sorted(cluster, key=lambda piece: piece.base) for cluster in out]


def _free(strips: Sequence[Strip], words: Sequence[Word]) -> Iterator[Strip]:
    """What the words leave of the strips."""
    for low, high in strips:
        for word in sorted(words, key=lambda word: word.x0):
            if word.x1 > low and word.x0 < high:
                if word.x0 > low:
                    yield low, word.x0
                low = word.x1
        if low < high:
            yield low, high


# ---------------------------------------------------------------- rows
def _body(rows: Sequence[TextRow], start: int, heading: tuple[int, _Frame]) -> _Table | None:
    """The table with this heading; ``None`` when no row under it has two cells."""
    size, frame = heading
    end = start + size
    spanning: set[int] = set()
    while end < len(rows) and not _is_beyond(rows, end):
        if (narrower := frame.with_row(rows[end])) is not None:
            frame = narrower
        elif _is_group(rows, end, frame):
            spanning.add(end - start)
        else:
            break
        end += 1
    table = _Table(tuple(rows[start:end]), size, frame, frozenset(spanning))
    body = [at for at in range(size, end - start) if at not in spanning]
    return table if any(table.filled(at) > 1 for at in body) and _starts(table) else None


def _is_beyond(rows: Sequence[TextRow], at: int) -> bool:
    """True for a row far below the one before, or one that only stands outside of tables."""
    if at and rows[at].base - rows[at - 1].base > _FAR_BELOW * rows[at].size:
        return True
    folded = [fold(piece.text) for piece in _split(rows[at])]
    return any(mark.search(text) for text in folded for mark in (NATION, RECIPIENTS, SIGNATURE, ADDRESS))


def _is_group(rows: Sequence[TextRow], at: int, frame: _Frame) -> bool:
    """True for a numbered heading across the columns (*I. Công tác …*) with a row of several cells below."""
    if not _GROUP.match(rows[at].text) or at + 1 == len(rows) or frame.with_row(rows[at + 1]) is None:
        return False
    return sum(map(bool, frame.cells(rows[at + 1].words))) > 1


def _grid(table: _Table) -> Grid:
    texts: list[tuple[str, Box]] = []
    for lines in _rows(table):
        words = [word for at in lines for word in table.rows[at].words]
        if lines[0] in table.spanning:
            text = " ".join(word.text for word in words) + "\t" * len(table.frame.strips)
        else:
            cells = [table.frame.cells(table.rows[at].words) for at in lines]
            text = "\t".join(
                " ".join(word.text for line in column for word in line) for column in zip(*cells, strict=True)
            )
        texts.append((text, TextRow(tuple(words)).box))
    boxes = [box for _, box in texts]
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    return Grid((left, boxes[0][1], right, max(box[3] for box in boxes)), len(table.frame.strips) + 1, tuple(texts))


def _rows(table: _Table) -> Iterator[list[int]]:
    """The lines of the heading, then those of each row of the table."""
    if table.heading:
        yield list(range(table.heading))
    line_up: list[int] = []
    starts = _starts(table) or ()
    for at in range(table.heading, len(table.rows)):
        if line_up and at in starts:
            yield line_up
            line_up = []
        line_up.append(at)
    yield line_up


def _starts(table: _Table) -> set[int] | None:
    """The lines at which a row starts: after a wider space when that parts the numbers well, else at each number, or at
    each line where all are filled; ``None`` when the rows cannot be told apart."""
    body = range(table.heading, len(table.rows))
    across = {at + shift for at in table.spanning for shift in (0, 1)}
    spaced = _after_spaces(table)
    numbers = {at for at in body if _number(table, at)}
    blocks = [*sorted({table.heading, *spaced, *across}), len(table.rows)]
    if spaced and all(sum(start <= at < end for at in numbers) <= 1 for start, end in pairwise(blocks)):
        return spaced | across
    if table.frame.numbered:
        at_top = not table.heading or table.heading in numbers | across
        return numbers | across if at_top else None
    full = all(table.filled(at) > len(table.frame.strips) for at in body if at not in table.spanning)
    return set(body) if full else None


def _after_spaces(table: _Table) -> set[int]:
    downs = {at: table.rows[at].base - table.rows[at - 1].base for at in range(table.heading + 1, len(table.rows))}
    closest = max(min(downs.values(), default=0), 1.1 * table.rows[-1].size)
    return {at for at, down in downs.items() if down > _LOOSER * closest}


def _number(table: _Table, at: int) -> bool:
    words = table.frame.cells(table.rows[at].words)[0]
    return at not in table.spanning and bool(words) and bool(_NUMERAL.match(words[0].text))
