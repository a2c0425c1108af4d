"""Is a number in the letterhead print or handwriting? Printed figures are as tall as the letters beside them.

The engine reads 390 written by hand as 340 and is sure of it, and reads it so again. But a pen does not keep to the
height of the print: on 36 numbers and days of real scans every printed figure was within 2 of 40 pixels of the tall
letters in its line, and every written number had one that was not. Figures that differ count as unsure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

import numpy as np
from PIL import Image

from extractors.fold import fold
from pipeline.ocr.engine import Seen

_LABEL = re.compile(r"s[o06]{1,2}[:;.](?P<figures>\d*)")
_FIGURES = re.compile(r"\W?(?P<figures>\d{1,5})(?=[a-z]?(?:/|$|-)|thang)")
#: A number whose label was not read at all.
_BARE = re.compile(r"(?P<figures>\d{1,5})(?:/[a-z].*)?")
_DAY = re.compile(r"ngay(?P<figures>\d*)")
_HEAD = 0.4
#: Ink darker than this is part of a glyph; glyphs less tall than half the print are points and dashes.
_DARK = 140
_SPECK = 25
#: How far a printed figure may differ from the print, in its height and in where it stands.
_LIKE, _LEVEL = 0.07, 0.12
_REACH = 900
_GAP = 2.5
#: The longest place of issue, in words.
_PLACE = 6

#: left, top, width, height.
Glyph = tuple[int, int, int, int]


def doubted(words: Sequence[Seen], picture: Image.Image) -> list[Seen]:
    """The words, those figures of the letterhead counted unsure (0) that do not look printed in ``picture``."""
    out = list(words)
    for index, start, end in _figures(words, picture.height):
        if not _is_printed(words, index, (start, end), picture):
            out[index] = replace(words[index], sure=0)
    return out


def _figures(words: Sequence[Seen], height: int) -> Iterator[tuple[int, int, int]]:
    """Index, start and end of the figures after *Số* and after *ngày* in the upper part of a page."""
    for index, word in enumerate(words):
        if word.top > _HEAD * height:
            return
        before = _before(words, index)
        dated = 0 < len(before) <= _PLACE and before[-1].text.endswith(",")
        pattern = _DAY if dated else None if before else _LABEL
        label = pattern.fullmatch(fold(word.text)) if pattern else None
        bare = None if before else _BARE.fullmatch(fold(word.text))
        if bare and ("/" in word.text or (index + 1 < len(words) and words[index + 1].text.startswith("/"))):
            yield index, *bare.span("figures")
        elif label:
            if label["figures"]:
                yield index, *label.span("figures")
            elif index + 1 < len(words) and words[index + 1].line == word.line:
                following = _FIGURES.match(fold(words[index + 1].text))
                if following:
                    yield index + 1, *following.span("figures")


def _before(words: Sequence[Seen], index: int) -> list[Seen]:
    """The words before one on its line, back to a wide gap or the margin."""
    out: list[Seen] = []
    at = index
    while at > 0 and words[at - 1].line == words[at].line:
        gap = words[at].left - words[at - 1].right
        if not 0 <= gap <= _GAP * (words[at].bottom - words[at].top):
            break
        at -= 1
        out.insert(0, words[at])
    return out


def _is_printed(words: Sequence[Seen], index: int, place: tuple[int, int], picture: Image.Image) -> bool:
    """True when the figures at ``place`` of a word stand and rise like the print behind them on the line."""
    word = words[index]
    wide = (word.right - word.left) / len(word.text)
    left, right = word.left + place[0] * wide - wide / 2, word.left + place[1] * wide + wide / 3
    line = [one for one in words[index:] if one.line == word.line and one.left - word.left < _REACH]
    high = word.bottom - word.top
    edge = max(one.right for one in line)
    glyphs = _glyphs(picture, (round(left), word.top - high, round(edge) + 8, word.bottom + high))
    print_ = [glyph for glyph in glyphs if glyph[0] + glyph[2] / 2 > right]
    if not print_:
        return False
    tallest = sorted(glyph[3] for glyph in print_)[-max(1, len(print_) // 3)]
    size = median(glyph[3] for glyph in print_ if glyph[3] >= 0.85 * tallest)
    figures = [glyph for glyph in glyphs if glyph[0] + glyph[2] / 2 <= right and glyph[3] > size / 2]
    feet = [top + height for _, top, _, height in figures]
    alike = all(abs(height - size) <= max(2, _LIKE * size) for *_, height in figures)
    return len(figures) >= place[1] - place[0] and alike and max(feet) - min(feet) <= _LEVEL * size


def _glyphs(picture: Image.Image, region: tuple[int, int, int, int]) -> list[Glyph]:
    """The connected pieces of ink in a region, specks left out."""
    import cv2

    ink = (np.asarray(picture.crop(region)) < _DARK).astype(np.uint8)
    _, _, found, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    return [(x + region[0], y + region[1], w, h) for x, y, w, h, area in found[1:].tolist() if area >= _SPECK]
