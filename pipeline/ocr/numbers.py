"""Is a number in the letterhead print or handwriting? Print is read the same twice, handwriting is not.

The engine reads 390 written by hand as 340 and is sure of it. The figures of number and day are therefore read once
more by themselves, as figures only; when that gives another number, the first reading counts as unsure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from extractors.fold import fold
from pipeline.ocr.endblock import Region
from pipeline.ocr.engine import Seen

_LABEL = re.compile(r"s[o06]{1,2}[:;.]?(?P<figures>\d*)")
_FIGURES = re.compile(r"\W?(?P<figures>\d{1,5})(?=[a-z]?(?:/|$|-))")
_DAY = re.compile(r"ngay(?P<figures>\d*)")
_HEAD = 0.4
_EDGE = 20


def doubted(words: Sequence[Seen], height: int, read_again: Callable[[Region], str]) -> list[Seen]:
    """The words, those figures of the letterhead counted unsure (0) that ``read_again`` reads otherwise."""
    out = list(words)
    for index, start, end in _figures(words, height):
        word = words[index]
        wide = (word.right - word.left) / len(word.text)
        region = (
            round(word.left + start * wide) - _EDGE // 2, word.top - _EDGE,
            round(word.left + end * wide) + _EDGE // 2, word.bottom + _EDGE,
        )  # fmt: skip
        if read_again(region) != word.text[start:end]:
            out[index] = replace(word, sure=0)
    return out


def _figures(words: Sequence[Seen], height: int) -> Iterator[tuple[int, int, int]]:
    """Index, start and end of the figures after *Số* and after *ngày* in the upper part of a page."""
    for index, word in enumerate(words):
        if word.top > _HEAD * height:
            return
        for pattern in (_LABEL, _DAY):
            label = pattern.fullmatch(fold(word.text))
            if label and label["figures"]:
                yield index, *label.span("figures")
            elif label and index + 1 < len(words) and words[index + 1].line == word.line:
                following = _FIGURES.match(fold(words[index + 1].text))
                if following:
                    yield index + 1, *following.span("figures")
