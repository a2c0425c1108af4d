"""What the PDF modules hand each other: a page and its tables."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.raw import Box
from pipeline.readers.pdf_words import TextRow, Word


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its box, its number of columns and its rows (cells parted by tabs, box of the row)."""

    box: Box
    columns: int
    rows: tuple[tuple[str, Box], ...]

    def holds(self, word: Word) -> bool:
        """True when the word stands inside the table."""
        middle, height = (word.x0 + word.x1) / 2, word.base - 0.3 * word.size
        return self.box[0] - 1 <= middle <= self.box[2] + 1 and self.box[1] <= height <= self.box[3]


@dataclass(frozen=True, slots=True)
class Page:
    """What was found on a page: size, rows of words without stamps, and tables.

    ``scanned``: only a picture of a page; ``stamped`` are the boxes of what is typed over it (its rows without legends
    of signatures are in ``rows``); ``recognised``: a picture with invisible text over it, as OCR tools leave it;
    ``doubtful``: typed text that is no Vietnamese, and recognition made it no better.
    """

    number: int
    width: float
    height: float
    rows: tuple[TextRow, ...]
    grids: tuple[Grid, ...] = ()
    ruled: bool = False
    scanned: bool = False
    stamped: tuple[Box, ...] = ()
    recognised: bool = False
    doubtful: bool = False
