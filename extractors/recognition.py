"""How sure the recognition of a scan was of what a record says: rows of it are less sure, doubtful days are named."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from statistics import fmean

from extractors.model import Document, Obligation, Span

#: Below this confidence (0 to 100) a word may well be another one.
_UNSURE = 60
_WORD = re.compile(r"\S+")
_DOUBT = "Thời hạn đọc từ ảnh quét chưa chắc đúng (“{}”): hãy soát lại với bản gốc"


def weighed(document: Document, duties: Iterable[Obligation]) -> tuple[Obligation, ...]:
    """The obligations with their confidence lowered by that of the words they were read from; a deadline with an unsure
    word carries a warning. Text that was typed stays as it is."""
    return tuple(_weighed(document, duty) for duty in duties) if _is_recognised(document) else tuple(duties)


def _is_recognised(document: Document) -> bool:
    return any(line.confidences for line in document.lines)


def _weighed(document: Document, duty: Obligation) -> Obligation:
    sure = [found for _, found in _words(document, duty.span)]
    if not sure:
        return duty
    deadline = duty.deadline
    if deadline:
        unsure = [word for word, found in _words(document, deadline.span) if found < _UNSURE]
        if unsure:
            warning = _DOUBT.format(" ".join(unsure))
            deadline = replace(deadline, warnings=(*deadline.warnings, warning))
    return replace(duty, deadline=deadline, confidence=round(duty.confidence * fmean(sure) / 100, 2))


def _words(document: Document, span: Span) -> Iterator[tuple[str, int]]:
    """The words of a stretch of recognised text with the confidence of each."""
    first = max(0, bisect_right(document.lines, span.start, key=lambda line: line.start) - 1)
    last = bisect_left(document.lines, span.end, key=lambda line: line.start)
    for line in document.lines[first:last]:
        for word, sure in zip(_WORD.finditer(document.text, line.start, line.end), line.confidences, strict=False):
            if word.start() < span.end and span.start < word.end():
                yield word[0], sure
