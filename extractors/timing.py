"""Which deadline belongs to a sentence, and where a sentence holds two duties with two times."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import TypeVar

from extractors.model import Citation, Deadline, Header, Span

Record = TypeVar("Record", Citation, Deadline)

# "khi có yêu cầu" is a condition, "thời điểm 30/9" the day to which figures are counted: no times of a duty.
_ON_DEMAND = re.compile(r"(?:đột xuất )?khi có yêu cầu|thời điểm \d", re.IGNORECASE)
_CASE = re.compile(
    r"[\W_]*(?:(?:riêng|trong|đối với)\s+)?(?:trường hợp|nếu)\b"
    r"(?:(?:(?!;|\.\s|\bthì\b).)*\bthì\b|(?:(?!;|\.\s)[^,])*,)",
    re.IGNORECASE,
)
# What a clerk would put in the column: a stated time before a rhythm, a rhythm before a mere event.
_ORDER = {"absolute": 0, "period": 0, "relative": 1, "recurring": 2, "immediate": 3, "event": 4}
_DATED = frozenset({"absolute", "period"})


def within(records: Sequence[Record], span: Span) -> list[Record]:
    """Those of ``records``, which stand in order of place, that lie inside ``span``."""
    first = bisect_left(records, span.start, key=lambda record: record.span.start)
    after = bisect_left(records, span.end, lo=first, key=lambda record: record.span.start)
    return [record for record in records[first:after] if record.span.end <= span.end]


def choose(deadlines: Sequence[Deadline], span: Span) -> Deadline | None:
    """The time stated in ``span`` that a clerk would write down, or ``None``."""
    inside = [d for d in within(deadlines, span) if not _ON_DEMAND.match(d.text)]
    return min(inside, key=_precedence, default=None)


def of_duty(text: str, sentence: Span, deadlines: Sequence[Deadline]) -> Deadline | None:
    """The deadline of the duty: not a day of the case it opens with (``Trường hợp nộp trước ngày 01/8/2024 thì …``).

    Such a day tells for whom the duty is, not when it ends. The case ends at *thì*, else at its first comma.
    """
    case = _CASE.match(text, sentence.start, sentence.end)
    inside = within(deadlines, sentence)
    if case:
        inside = [d for d in inside if d.type not in _DATED or d.span.start >= case.end()]
    return choose(inside, sentence)


def _precedence(deadline: Deadline) -> tuple[bool, float, int]:
    only_begins = (deadline.value or "").startswith((">2", ">1", ">="))  # says less than a rhythm
    rank = _ORDER["recurring"] + 0.5 if only_begins else _ORDER[deadline.type]
    return deadline.value is None, rank, deadline.span.start


def parts_by_deadline(text: str, sentence: Span, deadlines: Sequence[Deadline]) -> Iterator[Span]:
    """The sentence, parted at a semicolon between two different dates: two duties, two rows."""
    dated = [d for d in within(deadlines, sentence) if d.type in _DATED and d.value]
    at = sentence.start
    for first, second in pairwise(dated):
        cut = text.rfind(";", first.span.end, second.span.start)
        if first.value != second.value and cut > 0 and not re.search(r"\([^)]*$", text[at:cut]):
            yield Span(at, cut)
            at = cut + 1 + (len(text[cut + 1 :]) - len(text[cut + 1 :].lstrip()))
    yield Span(at, sentence.end)


def issued_on(header: Header) -> date | None:
    """The issue date where it is known to the day."""
    return day_of(header.date)


def day_of(iso: str | None) -> date | None:
    """A date of a document as a day; ``None`` where it is not known to the day, or no such day exists."""
    try:
        return date.fromisoformat(iso) if iso and len(iso) == 10 else None
    except ValueError:
        return None


def is_by_a_day(deadline: Deadline | None) -> bool:
    """True for ``trước ngày 15/4/2023``: a day on or before which something must be done."""
    return deadline is not None and deadline.type == "absolute" and (deadline.value or "").startswith("<")
