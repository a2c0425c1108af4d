"""Ruled tables in a picture: the cells between the rules, also merged ones.

A cell is a stretch of paper with rules all around it. Rules are runs of dark points longer than any stroke of a letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: left, top, right, bottom in pixels.
Cell = tuple[int, int, int, int]

_DARK = 150
#: The shortest rules across and down, the gap in a rule that is closed, at 300 dpi.
_ACROSS, _DOWN, _GAP = 150, 90, 25
_TABLE = (500, 120)
_LEAST = 28
_CELLS = 4
_SAME = 14


def tables_of(picture: Image.Image) -> list[list[Cell]]:
    """The ruled tables of a level grey picture, each as its cells."""
    import cv2

    dark = (np.asarray(picture) < _DARK).astype(np.uint8)
    across = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, _ACROSS), np.uint8))
    down = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((_DOWN, 1), np.uint8))
    across = cv2.morphologyEx(across, cv2.MORPH_CLOSE, np.ones((1, _GAP), np.uint8))
    down = cv2.morphologyEx(down, cv2.MORPH_CLOSE, np.ones((_GAP, 1), np.uint8))
    rules = cv2.dilate(cv2.bitwise_or(across, down), np.ones((5, 5), np.uint8)).astype(np.uint8)
    _, _, found, _ = cv2.connectedComponentsWithStats(rules, connectivity=8)
    frames = [(x, y, w, h) for x, y, w, h, _ in found[1:].tolist() if w >= _TABLE[0] and h >= _TABLE[1]]
    tables = [_cells(rules[y : y + h, x : x + w], x, y) for x, y, w, h in frames]
    return [cells for cells in tables if len(cells) >= _CELLS]


def grid_of(cells: Sequence[Cell]) -> list[list[Cell | None]]:
    """The cells of a table in rows and columns; a cell stands where its upper left corner is, ``None`` elsewhere.

    A place that no cell covers is one whose rules are broken: it is a cell up to the next ones.
    """
    tops = _places(cell[1] for cell in cells)
    lefts = _places(cell[0] for cell in cells)
    ends = [*lefts[1:], max(cell[2] for cell in cells)], [*tops[1:], max(cell[3] for cell in cells)]
    rows: list[list[Cell | None]] = [[None] * len(lefts) for _ in tops]
    for cell in cells:
        rows[_nearest(tops, cell[1])][_nearest(lefts, cell[0])] = cell
    for row, (top, bottom) in zip(rows, zip(tops, ends[1], strict=True), strict=True):
        for column, (left, right) in enumerate(zip(lefts, ends[0], strict=True)):
            if not any(_covers(cell, (left + right) // 2, (top + bottom) // 2) for cell in cells):
                row[column] = (left, top, right, bottom)
    return rows


def _covers(cell: Cell, x: int, y: int) -> bool:
    return cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3]


def _cells(rules: NDArray[np.uint8], left: int, top: int) -> list[Cell]:
    """The stretches of paper that rules close in."""
    import cv2

    height, width = rules.shape
    _, _, found, _ = cv2.connectedComponentsWithStats((rules == 0).astype(np.uint8), connectivity=4)
    return [
        (x + left, y + top, x + left + w, y + top + h)
        for x, y, w, h, area in found[1:].tolist()
        if min(w, h) >= _LEAST and x > 0 and y > 0 and x + w < width and y + h < height and area > 0.7 * w * h
    ]


def _places(values: Iterable[int]) -> list[int]:
    """The different places among edges that are drawn a little apart."""
    out: list[int] = []
    for value in sorted(values):
        if not out or value - out[-1] > _SAME:
            out.append(value)
    return out


def _nearest(places: Sequence[int], value: int) -> int:
    return min(range(len(places)), key=lambda at: abs(places[at] - value))
