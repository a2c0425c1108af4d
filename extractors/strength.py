"""On the strength of which document a duty stands: the ones its own words cite, and the one that gave the order first.

A dispatch often passes on what a leader ordered elsewhere: ``Tại Thông báo số 15/TB-VPCP …, Phó Thủ tướng Lê Văn A giao
Bộ Y tế …``. The duty is told here and was given there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.model import Citation, Obligation, Span
from extractors.timing import within

#: How far before a duty the words that say whose order it is are looked for: further than any lead-in reaches.
_REACH = 20_000
_SENTENCE_END = re.compile(r"[.;:!?](?=\s)|\n")
#: ``Tại văn bản số …, Phó Thủ tướng …``: the paper opens the sentence; a report that is being answered does not.
_OPENS = re.compile(
    r"\W*(?:tại|theo|căn cứ|thực hiện|triển khai)\s+"
    r"(?:(?:ý kiến|chỉ đạo|kết luận|nội dung|tinh thần)\s+){0,3}(?:tại\s+)?$",
    re.IGNORECASE,
)
#: ``Phó Thủ tướng … có ý kiến tại Công văn số …``.
_SAID_IN = re.compile(r"^[^,;:.]{0,120}\b(?:tại|trong|theo)\s+(?:khoản \d+\s+|mục \S+\s+|điểm \S+\s+)*$", re.IGNORECASE)


def link_citations(text: str, rows: Sequence[Obligation], citations: Sequence[Citation]) -> tuple[Obligation, ...]:
    """The rows with ``cites``, the citations inside each, and ``ordered_in``; both are indexes of ``citations``."""
    index = {citation: number for number, citation in enumerate(citations)}
    linked = []
    for row in rows:
        source = _first_given_in(text, row, citations) if row.ordered_by else None
        cites = tuple(index[c] for c in within(citations, row.span))
        linked.append(replace(row, cites=cites, ordered_in=index[source] if source else None))
    return tuple(linked)


def _first_given_in(text: str, row: Obligation, citations: Sequence[Citation]) -> Citation | None:
    """The paper in which ``row.ordered_by`` gave the order; ``None`` when none is named or there is a choice."""
    speaker = row.ordered_by or ""
    at = text.rfind(speaker, max(0, row.span.start - _REACH), row.span.end)
    if at < 0:
        return None
    start = max((m.end() for m in _SENTENCE_END.finditer(text, max(0, at - 600), at)), default=max(0, at - 600))
    stop = _SENTENCE_END.search(text, at + len(speaker))
    told = Span(start, stop.end() if stop else len(text))
    found = [c for c in within(citations, told) if _names_source(text, c, told, Span(at, at + len(speaker)))]
    return found[0] if len(found) == 1 else None


def _names_source(text: str, cited: Citation, told: Span, speaker: Span) -> bool:
    if cited.span.start < speaker.start:
        return bool(_OPENS.fullmatch(text[told.start : cited.span.start]))
    return bool(_SAID_IN.match(text[speaker.end : cited.span.start]))
