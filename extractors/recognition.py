"""How sure the recognition of a scan was of what a record says: rows of it are less sure, doubtful days are named."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from statistics import fmean

from extractors.confidence import confidence
from extractors.model import Document, Obligation, Span

#: Below this confidence (0 to 100) a word may well be another one.
_UNSURE = 60
_WORD = re.compile(r"\S+")
_DOUBT = "Thời hạn đọc từ ảnh quét chưa chắc đúng (“{}”): hãy soát lại với bản gốc"


def weighed(document: Document, duties: Iterable[Obligation]) -> tuple[Obligation, ...]:
    """The obligations with their confidence, less where a scan was hard to read; a deadline with a word that may be
    another one carries a warning."""
    return tuple(_weighed(document, duty) for duty in duties)


def sureness(document: Document, duty: Obligation) -> float | None:
    """How sure (0 to 1) the recognition was of the words of the row; ``None`` for text that was typed."""
    sure = [found for _, found in _words(document, duty.span)]
    return fmean(sure) / 100 if sure else None


def _weighed(document: Document, duty: Obligation) -> Obligation:
    deadline = duty.deadline
    unsure = [word for word, found in _words(document, deadline.span) if found < _UNSURE] if deadline else []
    if deadline and unsure:
        deadline = replace(deadline, warnings=(*deadline.warnings, _DOUBT.format(" ".join(unsure))))
    told = duty if deadline is duty.deadline else replace(duty, deadline=deadline)
    return replace(told, confidence=confidence(document.text, told, sureness(document, duty)))


def _words(document: Document, span: Span) -> Iterator[tuple[str, int]]:
    """The words of a stretch of recognised text with the confidence of each."""
    first = max(0, bisect_right(document.lines, span.start, key=lambda line: line.start) - 1)
    last = bisect_left(document.lines, span.end, key=lambda line: line.start)
    for line in document.lines[first:last]:
        for word, sure in zip(_WORD.finditer(document.text, line.start, line.end), line.confidences, strict=False):
            if word.start() < span.end and span.start < word.end():
                yield word[0], sure
