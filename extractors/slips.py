"""Slips of the pen in the running text: a weekday that is not that of its date, a day that does not exist, a number
whose words say another one.

Each is told with its page; what is meant is never decided here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from extractors.fold import lower
from extractors.model import Document, Obligation, Span
from extractors.patterns import FULL_DATE, iso_date
from extractors.when import DATE, NOT_A_DATE, PART_OF_DAY, WEEKDAY, read_weekday, read_when

#: What may stand before a weekday. *Kỳ họp thứ năm*, *lần thứ hai*, *ủy viên thứ ba* count and name no day.
_BEFORE = re.compile(
    rf"(?:^|[^\w\s]\s?|\d(?:h|g|\sgiờ|\sphút)?\s|\bgiờ\s|\bphút\s"
    rf"|\b(?:{PART_OF_DAY}|đêm|ngày|vào|từ|đến|tới|hết|trước|lúc|hồi|và|là)\s)$"
)
_DAY_AND_WEEKDAY = re.compile(
    rf"(?P<first>{WEEKDAY})[\s,]*(?:\((?:tức\s)?)?(?:ngày\s)?(?P<date>{DATE})|(?P<dated>{DATE})\s?\((?P<last>{WEEKDAY})\)"
)
#: Two days of a list or a range share no weekday: *thứ Hai, thứ Ba ngày 6, 7/4*.
_LISTED = re.compile(r"(?:thứ\s\w+|chủ\snhật)\s?(?:,|và|đến|-|–)\s?$")
_DATE = re.compile(FULL_DATE)
#: A day without its year is taken for one of a year in which it lies no further than this from the day of issue.
_NEAR_DAYS = 275

_UNITS = r"(?:ngày|giờ|phút|tuần|tháng|quý|năm|bản|bộ|người|đồng\schí|lần|đơn\svị|trường\shợp|hồ\ssơ|đại\sbiểu|phòng)"
_DIGIT_WORDS = {"không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
                "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9}  # fmt: skip
_SCALES = {"mươi": 10, "mười": 10, "trăm": 100, "nghìn": 1000, "ngàn": 1000}
_FILLERS = frozenset({"linh", "lẻ"})
_NUMBER_WORD = rf"(?:{'|'.join(sorted((*_DIGIT_WORDS, *_SCALES, *_FILLERS), key=len, reverse=True))})"
_SPELT = re.compile(
    rf"(?<![\d.,/-])(?P<figures>\d{{1,4}})\s?\((?P<words>{_NUMBER_WORD}(?:\s{_NUMBER_WORD}){{0,7}})\)\s{_UNITS}(?!\w)"
)


class Slip(NamedTuple):
    """A sentence without its full stop, and where what it speaks of stands."""

    span: Span
    sentence: str


def find_slips(document: Document, issued: date | None, obligations: Sequence[Obligation]) -> Iterator[Slip]:
    """The slips in the text of ``document``, those left out of which the deadline of a duty warns by itself. Total.

    ``issued`` completes days without year.
    """
    lowered = lower(document.text)
    told = sorted({(d.span.start, d.span.end) for o in obligations if (d := o.deadline) and d.warnings})
    for slip in (*_wrong_weekdays(lowered, issued), *_impossible_days(lowered), *_misspelt_numbers(lowered)):
        at = bisect_left(told, (slip.span.end, 0)) - 1
        if at < 0 or told[at][1] <= slip.span.start:
            yield slip


def _wrong_weekdays(lowered: str, issued: date | None) -> Iterator[Slip]:
    for match in _DAY_AND_WEEKDAY.finditer(lowered):
        before = lowered[max(0, match.start() - 12) : match.start()].rpartition("\n")[2]
        day = match["date"] or match["dated"]
        if match["first"] and (not _BEFORE.search(before) or _LISTED.search(before)):
            continue
        weekday = read_weekday(match["first"] or match["last"])
        days = list(_possible_days(day, issued))
        if days and weekday is not None and all(one.weekday() != weekday for one in days):
            right = read_when(f"{_weekday_words(weekday)}, ngày {days[0]:%d/%m/%Y}", issued).warnings
            yield Slip(Span(*match.span()), right[0].rstrip("."))


def _weekday_words(weekday: int) -> str:
    return "chủ nhật" if weekday == 6 else f"thứ {weekday + 2}"


def _possible_days(printed: str, issued: date | None) -> Iterator[date]:
    """The day that is printed; without a year each one near the day of issue, the nearest first."""
    if iso := _DATE.search(printed):
        found = iso_date(iso[0])
        if found and len(found) == 10:
            yield date.fromisoformat(found)
        return
    if issued is None:
        return
    found_in = [iso_date(printed, issued.year + ahead) for ahead in (-1, 0, 1)]
    days = [date.fromisoformat(one) for one in found_in if one]
    yield from sorted((d for d in days if abs((d - issued).days) <= _NEAR_DAYS), key=lambda d: abs(d - issued))


def _impossible_days(lowered: str) -> Iterator[Slip]:
    """*Ngày 31/02/2024*, *ngày 31 tháng 4 năm 2024*: only behind the word *ngày*, where it is no other number."""
    for match in _DATE.finditer(lowered):
        if match[0].startswith("ngày") and iso_date(match[0]) is None:
            yield Slip(Span(*match.span()), NOT_A_DATE.format(match[0].removeprefix("ngày ")).rstrip("."))


def _misspelt_numbers(lowered: str) -> Iterator[Slip]:
    for match in _SPELT.finditer(lowered):
        value = number_of(match["words"])
        if value is not None and value != int(match["figures"]):
            yield Slip(
                Span(*match.span()), f"Số ghi bằng chữ không khớp với số ghi bằng số: “{match[0]}”, hãy soát lại"
            )


def number_of(words: str) -> int | None:
    """*hai mươi lăm* as 25, *một trăm linh năm* as 105; ``None`` for what is no number below ten thousand."""
    total, digit = 0, None
    for word in words.split():
        if word in _DIGIT_WORDS:
            if digit is not None:
                return None
            digit = _DIGIT_WORDS[word]
        elif word in _SCALES:
            if digit is None and word != "mười":
                return None
            total += _SCALES[word] * (1 if digit is None else digit)
            digit = None
    return total + (digit or 0)
