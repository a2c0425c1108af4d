"""A picture of a page -> its rows of words: levelled, turned upright where it lies on its side, read, remembered."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from PIL import Image

from pipeline.ocr import engine
from pipeline.ocr.cache import page_key, remembered
from pipeline.ocr.engine import Seen
from pipeline.ocr.images import levelled, without_rules
from pipeline.ocr.rows import rows
from pipeline.readers.pdf_words import TextRow

#: Raised when pages come out otherwise, so that none is taken from the cache.
_EDITION = 1
#: Below this mean confidence a page may lie on its side or on its head.
_POOR = 65.0
_FEW = 8


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read in a picture: rows in points, and the size of the upright page in points."""

    rows: tuple[TextRow, ...]
    width: float
    height: float


def recognise(picture: Image.Image, scale: float, cache: Path | None = None) -> Sheet:
    """Read a grey picture with ``scale`` pixels per point; ``cache`` is the folder of pages read before.

    Raises :class:`pipeline.ocr.engine.OcrError` with a reason for a clerk.
    """
    engine.require()
    key = page_key(picture, f"{_EDITION} tesseract {engine.version()}")
    words, turns = remembered(cache, key, lambda: _read(picture, scale))
    width, height = picture.size if turns % 2 == 0 else picture.size[::-1]
    return Sheet(rows(words, scale), width / scale, height / scale)


def _read(picture: Image.Image, scale: float) -> tuple[list[Seen], int]:
    """The words of a picture, and the quarter turns clockwise that put it upright."""
    dpi = round(scale * 72)
    picture = without_rules(picture)
    words = engine.read_words(levelled(picture)[0], dpi)
    if len(words) >= _FEW and fmean(word.sure for word in words) >= _POOR:
        return words, 0
    turns = engine.quarter_turns(picture)
    if not turns:
        return words, 0
    return engine.read_words(levelled(picture.rotate(-90 * turns, expand=True))[0], dpi), turns
