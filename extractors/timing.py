"""Which deadline belongs to a sentence, and where a sentence holds two duties with two times."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from operator import attrgetter
from typing import TypeVar

from extractors.actors import opens_with_predicate
from extractors.model import Citation, Deadline, Header, Span

Record = TypeVar("Record", Citation, Deadline)

# "khi có yêu cầu" is a condition, "thời điểm 30/9" the day to which figures are counted: no times of a duty.
_ON_DEMAND = re.compile(r"(?:đột xuất )?khi có yêu cầu|thời điểm \d", re.IGNORECASE)
_CASE = re.compile(
    r"[\W_]*(?:(?:(?:riêng|trong|đối với)\s+)?(?:trường hợp|nếu)|đối với)\b"
    r"(?:(?:(?!;|\.\s|\bthì\b).)*\bthì\b|(?:(?!;|\.\s)[^,:])*[,:])",
    re.IGNORECASE,
)
# What a clerk would put in the column: a stated time before a rhythm, a rhythm before a mere event.
_ORDER = {"absolute": 0, "period": 0, "relative": 1, "recurring": 2, "immediate": 3, "event": 4}
_DATED = frozenset({"absolute", "period"})
_EVENT_DAYS = frozenset({"before_event_day", "before_season", "by_event_day"})
_COMMA = re.compile(r"(?:\s?\([^()\n]{0,120}\))?\s?(?P<at>,)\s(?:(?:và|đồng thời|sau đó)\s)?")

PART_AFTER_WHOLE = "Thời hạn muộn hơn thời hạn chung của việc này ({:%d/%m/%Y})."


_START = attrgetter("span.start")


def within(records: Sequence[Record], span: Span) -> list[Record]:
    """Those of ``records``, which stand in order of place, that lie inside ``span``."""
    first = bisect_left(records, span.start, key=_START)
    after = bisect_left(records, span.end, lo=first, key=_START)
    return [record for record in records[first:after] if record.span.end <= span.end]


def choose(deadlines: Sequence[Deadline], span: Span) -> Deadline | None:
    """The time stated in ``span`` that a clerk would write down, or ``None``."""
    inside = [d for d in within(deadlines, span) if not _ON_DEMAND.match(d.text)]
    return min(inside, key=_precedence, default=None)


def of_duty(text: str, sentence: Span, deadlines: Sequence[Deadline]) -> Deadline | None:
    """The deadline of the duty: not a day of the case it opens with (``Trường hợp nộp trước ngày 01/8/2024 thì …``).

    Such a day tells for whom the duty is, not when it ends. The case ends at *thì*, else at its first comma.
    """
    inside = within(deadlines, sentence)
    case = _CASE.match(text, sentence.start, sentence.end) if inside else None
    if case:
        inside = [d for d in inside if d.type not in _DATED or d.span.start >= case.end()]
    return choose(inside, sentence)


def _precedence(deadline: Deadline) -> tuple[bool, float, int]:
    only_begins = (deadline.value or "").startswith((">2", ">1", ">="))  # says less than a rhythm
    rank = _ORDER["recurring"] + 0.5 if only_begins else _ORDER[deadline.type]
    return deadline.value is None, rank, deadline.span.start


def parts_by_deadline(text: str, sentence: Span, deadlines: Sequence[Deadline]) -> Iterator[Span]:
    """The sentence, parted between two different times: two duties, two rows.

    It is parted at a semicolon, or at a comma that follows the first time and opens another duty with its verb
    (*thẩm định trước ngày 05/9, báo cáo trước ngày 10/9*).
    """
    timed = [d for d in within(deadlines, sentence) if _parts(d)]
    at = sentence.start
    for first, second in pairwise(timed):
        if first.value == second.value:
            continue
        cut = text.rfind(";", first.span.end, second.span.start)
        cut = _verb_after(text, Span(at, sentence.end), first) if cut < 0 else cut
        if at < cut < second.span.start and not re.search(r"\([^)]*$", text[at:cut]):
            yield Span(at, cut)
            at = cut + 1 + (len(text[cut + 1 :]) - len(text[cut + 1 :].lstrip()))
    yield Span(at, sentence.end)


def _parts(deadline: Deadline) -> bool:
    """True for a time that a duty of its own may have: a day, a period, a rhythm, the day of an event."""
    known = deadline.value is not None and not deadline.value.startswith(">")
    return known and (deadline.type in _DATED or deadline.type == "recurring" or deadline.rule in _EVENT_DAYS)


def _verb_after(text: str, part: Span, first: Deadline) -> int:
    """The comma behind ``first`` after which a verb opens another duty, else -1. A time that opens its own duty
    (*Trước ngày 05/9, rà soát …*) has none."""
    comma = _COMMA.match(text, first.span.end, part.end)
    led = len(text[part.start : first.span.start].split()) > 2
    return comma.start("at") if comma and led and opens_with_predicate(text[comma.end() : part.end]) else -1


def late_part(due: str | None, whole: date | None) -> tuple[str, ...]:
    """A warning when a part is due after the whole it belongs to (ISO day and day)."""
    return (PART_AFTER_WHOLE.format(whole),) if due and whole and due > whole.isoformat() else ()


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
