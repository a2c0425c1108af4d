"""A picture of a page -> its rows of words: levelled, turned upright where it lies on its side, read, remembered."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from statistics import fmean

from PIL import Image

from extractors.raw import Box
from pipeline.ocr import engine
from pipeline.ocr.cache import Reading, page_key, remembered
from pipeline.ocr.cells import Cell, grid_of, tables_of
from pipeline.ocr.endblock import Region, columns_of, labelled
from pipeline.ocr.engine import Seen
from pipeline.ocr.images import is_blank, levelled, skew, without_rules
from pipeline.ocr.numbers import doubted
from pipeline.ocr.rows import rows
from pipeline.readers.pdf_words import TextRow

#: Below this mean confidence a page may lie on its side or on its head.
_POOR = 65.0
_FEW = 8
_SURE = 60
#: In the list at left every unsure letter speaks against a reading; at right ink is read too, and dropped later.
_DOUBTS = (1, 0)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read in a picture: rows in points, the size of the upright page, and the cells of its ruled tables in
    rows and columns, in points too."""

    rows: tuple[TextRow, ...]
    width: float
    height: float
    tables: tuple[list[list[Box | None]], ...] = ()


def recognise(picture: Image.Image, scale: float, folder: Path | None = None) -> Sheet:
    """Read a grey picture with ``scale`` pixels per point; ``folder`` keeps pages read before.

    Raises :class:`pipeline.ocr.engine.OcrError` with a reason for a clerk.
    """
    engine.require()
    key = page_key(picture, f"{_edition()} tesseract {engine.version()}")
    found = remembered(folder, key, lambda: _read(picture, scale))
    width, height = picture.size if found.turns % 2 == 0 else picture.size[::-1]
    tables = tuple(_in_points(grid_of(cells), scale) for cells in found.tables)
    return Sheet(rows(found.words, scale), width / scale, height / scale, tables)


def _in_points(grid: list[list[Cell | None]], scale: float) -> list[list[Box | None]]:
    def moved(cell: Cell) -> Box:
        return cell[0] / scale, cell[1] / scale, cell[2] / scale, cell[3] / scale

    return [[moved(cell) if cell else None for cell in row] for row in grid]


@cache
def _edition() -> str:
    """A fingerprint of the code that reads pictures: pages read by other code are not taken from the cache."""
    digest = hashlib.sha256()
    for module in sorted(Path(__file__).parent.glob("*.py")):
        if not module.stem.startswith(("repair", "mending")):
            digest.update(module.read_bytes())
    return digest.hexdigest()[:12]


def _read(picture: Image.Image, scale: float) -> Reading:
    dpi = round(scale * 72)
    cleared = without_rules(picture)
    if is_blank(cleared):
        return Reading(())
    angle = skew(cleared)
    level = levelled(cleared, angle)
    words, turns = engine.read_words(level, dpi), 0
    if (len(words) < _FEW or fmean(word.sure for word in words) < _POOR) and (turns := engine.quarter_turns(picture)):
        picture = picture.rotate(-90 * turns, expand=True)
        cleared = cleared.rotate(-90 * turns, expand=True)
        angle = skew(cleared)
        level = levelled(cleared, angle)
        words = engine.read_words(level, dpi)
    words = _by_columns(level, doubted(words, level), dpi)
    return Reading(tuple(words), turns, tuple(map(tuple, tables_of(levelled(picture, angle)))))


def _by_columns(level: Image.Image, words: list[Seen], dpi: int) -> list[Seen]:
    """The words with each column of the last block read again by itself, where that gives more."""
    for region, doubt in zip(columns_of(words, *level.size), _DOUBTS, strict=False):
        lines = max((word.line for word in words), default=0) + 1
        again = engine.read_column(level.crop(region), dpi)
        moved = [_moved(word, region, lines) for word in again]
        before = [word for word in words if _inside(word, region)]
        if _worth(moved, doubt) > _worth(before, doubt):
            words = [word for word in words if not _inside(word, region)] + moved
    return labelled(words, level.width)


def _moved(word: Seen, region: Region, lines: int) -> Seen:
    """A word of a cropped picture in the whole one, on a line of its own."""
    left, top = region[:2]
    return replace(
        word, left=word.left + left, right=word.right + left, top=word.top + top, bottom=word.bottom + top,
        line=word.line + lines,
    )  # fmt: skip


def _inside(word: Seen, region: Region) -> bool:
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return region[0] <= x < region[2] and region[1] <= y < region[3]


def _worth(words: Sequence[Seen], doubt: int) -> int:
    """How much was surely read, in letters; unsure ones count ``doubt`` times against it."""
    return sum(len(word.text) * (1 if word.sure >= _SURE else -doubt) for word in words)
