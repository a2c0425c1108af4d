"""A short form of a text by which near copies are found among many without comparing each with each."""

from __future__ import annotations

import re
from heapq import nsmallest
from zlib import crc32

from extractors.fold import fold

#: How many of the smallest hashes of a text are kept (a bottom-k sketch: Broder 1997).
SIZE = 24
_WORDS_TOGETHER = 4
_WORD = re.compile(r"[a-z]+")


def words(text: str) -> list[str]:
    """The words of a text without case, marks and numbers: what a scan, a draft and a signed copy have in common."""
    return _WORD.findall(fold(text))


def sketch(text: str) -> list[int]:
    """The smallest hashes among those of every four words in a row, in order. Two texts that share most of their words
    in the same order share most of these numbers."""
    folded = words(text)
    runs = zip(*(folded[i:] for i in range(_WORDS_TOGETHER)), strict=False)
    return nsmallest(SIZE, {crc32(" ".join(run).encode()) for run in runs})
