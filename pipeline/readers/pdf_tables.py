"""Ruled tables of a PDF: pdfplumber finds the cells on pages that have rules, our own words fill them."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractors.raw import Box
from pipeline.readers.pdf_page import Grid, Page
from pipeline.readers.pdf_words import Word, rows_of
from pipeline.readers.tables import Cell, is_layout

_THIN = 2.5
_LONG = 15.0
_STROKES = 8
_PALE = 235
#: A single row of so many cells is a table; of fewer, it is a frame.
_WIDE = 3


def has_rules(page: pdfium.PdfPage) -> bool:
    """Cheap test: rules on the page stand at three places or more across and down (a single row of a table that runs
    over: at two places down), or one path has many strokes."""
    xs: list[float] = []
    ys: list[float] = []
    for shape in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = shape.get_bounds()
        wide, high, stroked = abs(right - left), abs(top - bottom), _is_stroked(shape)
        if wide > _LONG and high > _LONG and stroked and raw.FPDFPath_CountSegments(shape.raw) > _STROKES:
            return True
        if stroked or (min(wide, high) < _THIN and not _is_pale(shape)):
            xs += [left, right] if high > 2 * _THIN else []
            ys += [bottom, top] if wide > _LONG else []
    return _places(ys) >= (2 if _places(xs) > _WIDE else 3) and _places(xs) >= 3


def _places(values: Sequence[float]) -> int:
    """How many different places these coordinates name, both edges of a rule being one."""
    ordered = sorted(values)
    return bool(ordered) + sum(after - before > 2 * _THIN for before, after in pairwise(ordered))


def _is_stroked(shape: pdfium.PdfObject) -> bool:
    mode, stroke = ctypes.c_int(), raw.FPDF_BOOL()
    return bool(raw.FPDFPath_GetDrawMode(shape.raw, mode, stroke)) and bool(stroke.value)


def _is_pale(shape: pdfium.PdfObject) -> bool:
    """True for a shape filled with white, or nearly: shading, no rule."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    known = raw.FPDFPageObj_GetFillColor(shape.raw, red, green, blue, alpha)
    return bool(known) and min(red.value, green.value, blue.value) > _PALE


def _is_rule(item: dict[str, Any]) -> bool:
    """True for what draws a table: lines, stroked boxes and thin filled ones; not for shading behind the text."""
    if item["object_type"] not in ("line", "rect", "curve"):
        return False
    thin = min(item["width"], item["height"]) < _THIN
    return bool(item["object_type"] == "line" or item.get("stroke") or (thin and not _is_white(item)))


def _is_white(item: dict[str, Any]) -> bool:
    color = item.get("non_stroking_color")
    parts = color if isinstance(color, list | tuple) else (color,)
    shares = [part for part in parts if isinstance(part, int | float)]
    if len(shares) == 4:  # CMYK
        return max(shares) < 0.1
    return bool(shares) and min(shares) > _PALE / 255


def find_grids(path: Path, pages: Sequence[Page]) -> list[Page]:
    """The pages with their data tables. A file pdfplumber cannot open keeps its lines of words."""
    import pdfplumber

    out = list(pages)
    try:
        with pdfplumber.open(path) as document:
            for index, page in enumerate(pages):
                if page.ruled:
                    out[index] = replace(page, grids=tuple(_grids(document.pages[index], page)))
                    document.pages[index].close()
    except Exception:  # pdfminer raises whatever it meets in damaged objects; the words are kept
        return out
    return out


def _grids(plumbed: Any, page: Page) -> list[Grid]:
    grids = []
    words = [word for row in page.rows for word in row.words]
    left, top = plumbed.cropbox[:2]
    ruled = plumbed.filter(_is_rule)
    for table in ruled.find_tables({"explicit_vertical_lines": _missing_sides(ruled.edges)}):
        boxes = [[_moved(cell, left, top) if cell else None for cell in row.cells] for row in table.rows]
        grid = filled(_moved(table.bbox, left, top), boxes, words)
        if grid is not None:
            grids.append(grid)
    return grids


def _missing_sides(edges: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The left and right side of a table that is open there: its rules across reach further than those down."""
    across = [edge for edge in edges if edge["orientation"] == "h" and edge["width"] > _LONG]
    down = [edge["x0"] for edge in edges if edge["orientation"] == "v"]
    out = []
    for side in ("x0", "x1"):
        for at in {round(edge[side]) for edge in across}:
            ends = [edge for edge in across if abs(edge[side] - at) < _THIN]
            top, bottom = min(edge["top"] for edge in ends), max(edge["top"] for edge in ends)
            if len(ends) >= 3 and all(abs(x - at) > _LONG for x in down):
                out.append({"object_type": "line", "x0": at, "x1": at, "top": top, "bottom": bottom, "width": 0})
    return out


def _moved(box: Box, left: float, top: float) -> Box:
    """A box of pdfplumber, which measures from the media box, on the page as shown."""
    return box[0] - left, box[1] - top, box[2] - left, box[3] - top


def filled(box: Box, rows: Sequence[Sequence[Box | None]], words: Sequence[Word]) -> Grid | None:
    """A table with its cells (boxes in rows and columns) filled with words; ``None`` for a frame or a layout table."""
    columns = max(len(row) for row in rows)
    if columns < 2 or (len(rows) < 2 and columns < _WIDE):
        return None
    texts: dict[Box, str] = {cell: "" for row in rows for cell in row if cell}
    for cell in texts:
        inside = [word for word in words if _in(word, cell)]
        texts[cell] = " ".join(row.text for row in rows_of(inside))
    if is_layout([[Cell((texts[cell],), at) for at, cell in enumerate(row) if cell] or [Cell((), 0)] for row in rows]):
        return None
    lines = tuple((_row_text(rows, at, texts), _row_box(row, box)) for at, row in enumerate(rows))
    return Grid(box, columns, tuple((text, place) for text, place in lines if text.strip()))


def _in(word: Word, cell: Box) -> bool:
    return cell[0] <= (word.x0 + word.x1) / 2 <= cell[2] and cell[1] <= word.base - 0.3 * word.size <= cell[3]


def _row_text(rows: Sequence[Sequence[Box | None]], at: int, texts: dict[Box, str]) -> str:
    """The cells of a row; a cell merged downwards stands on every row it covers, one merged across once."""
    out = []
    for column, cell in enumerate(rows[at]):
        if cell is None:
            above = next((row[column] for row in reversed(rows[:at]) if column < len(row) and row[column]), None)
            reaches = above is not None and above[3] > _row_box(rows[at], (0, 0, 0, 0))[1] + 2
            out.append(texts[above] if above is not None and reaches else "")
        else:
            out.append(texts[cell])
    return "\t".join(out)


def _row_box(row: Sequence[Box | None], default: Box) -> Box:
    cells = [cell for cell in row if cell]
    if not cells:
        return default
    top, bottom = cells[0][1], min(cell[3] for cell in cells)
    return round(min(c[0] for c in cells), 1), round(top, 1), round(max(c[2] for c in cells), 1), round(bottom, 1)


def join_pages(pages: Sequence[Page]) -> list[Page]:
    """Tables that run over pages: a repeated heading row goes, a row cut by the page break is joined."""
    out = list(pages)
    for index in range(1, len(out)):
        before, here = out[index - 1], out[index]
        if not before.grids or not here.grids or not _continues(before, here):
            continue
        last, first = before.grids[-1], here.grids[0]
        rows = list(first.rows)
        if rows and rows[0][0] == _head(pages, index):
            del rows[0]
        if rows and last.rows and _is_rest(rows[0][0], last.rows[-1][0]):
            joined = (_joined(last.rows[-1][0], rows.pop(0)[0]), last.rows[-1][1])
            out[index - 1] = replace(before, grids=(*before.grids[:-1], replace(last, rows=(*last.rows[:-1], joined))))
        out[index] = replace(here, grids=(replace(first, rows=tuple(rows)), *here.grids[1:]))
    return out


def _is_rest(row: str, before: str) -> bool:
    """True when a row without a number goes on with the numbered row before it."""
    return not row.split("\t")[0] and bool(before.split("\t")[0])


def _joined(row: str, rest: str) -> str:
    pairs = zip(row.split("\t"), rest.split("\t"), strict=True)
    return "\t".join(" ".join(filter(None, pair)) for pair in pairs)


def _continues(before: Page, here: Page) -> bool:
    """True when the first table of a page carries on the last one of the page before: nothing stands between."""
    last, first = before.grids[-1], here.grids[0]
    below = any(word.base > last.box[3] + 2 for row in before.rows for word in row.words)
    above = any(word.base < first.box[1] - 2 for row in here.rows for word in row.words)
    return last.columns == first.columns and not below and not above


def _head(pages: Sequence[Page], index: int) -> str | None:
    """The first row of the table that the first grid of a page carries on."""
    while index > 0 and pages[index - 1].grids and _continues(pages[index - 1], pages[index]):
        index -= 1
        if len(pages[index].grids) > 1:
            break
    rows = pages[index].grids[-1].rows if pages[index].grids else ()
    return rows[0][0] if rows else None
