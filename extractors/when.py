"""Times as officials write them: clock, weekday, date, month, quarter, year, count; their regexes and their readers.

Patterns expect canonical text in LOWER case and hold no groups, so that one rule may use a pattern several times; the
readers take the matched text. A missing year is completed from the day of issue, and a reader that cannot complete it
returns no date but a warning: nothing is invented.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from extractors.patterns import DAY, DAY_MONTH, FULL_DATE, MONTH, YEAR, iso_date

#: ``16h00``, ``16 giờ``, ``16 giờ 00 phút``, ``9g30``, ``16:00``
CLOCK = r"(?<!\d)\d{1,2}(?:\s?(?:giờ|h|g)(?:\s?\d{2}(?:\s?(?:phút|ph|p|’|'|′))?)?|:\d{2})(?![\w/])"
PART_OF_DAY = r"(?:sáng|trưa|chiều|tối)"
WEEKDAY = r"(?:thứ\s(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ\snhật)(?!\w)"
_AMOUNT = r"(?:số|tổng|diện|đại|thành|chiều|độ|trang|phần|vốn|lượng)"
_SHORT_DATE = rf"(?<![\d/]){DAY}\s?/\s?{MONTH}(?![\d/%]|\s?/\s?\d|\s{_AMOUNT}\s)"
#: A day, with or without its year. A bare ``25/8`` is a date only behind a word that demands one.
_WORDS_ONLY = rf"(?<!\d){DAY}\stháng\s{MONTH}(?:,\s|\s)năm\s{YEAR}(?!\d)"
DATE = rf"(?:{FULL_DATE}|{_WORDS_ONLY}|{DAY_MONTH}(?!\s?/\s?\d|,?\s+năm\s+\d)|(?:ngày\s)?{_SHORT_DATE})"
_NEAR_WEEK = r"\s(?:tuần\s)?(?:này|tới|sau)(?!\w)"
_NEAR_DAY = (
    rf"(?:hôm\snay|(?:{PART_OF_DAY}\s)?(?:ngày\s)?mai(?!\w)|ngày\skia|cùng\sngày|(?:ngày\s)?{WEEKDAY}{_NEAR_WEEK})"
)
#: A day with its weekday and hour, as far as stated: ``17:00 ngày thứ Sáu, 20/8/2021``; ``10h sáng mai``.
WHEN = (
    rf"(?:{CLOCK}[\s,]*(?:{PART_OF_DAY}[\s,]+)?)?"
    rf"(?:(?:(?:ngày\s)?{WEEKDAY}[\s,]*)?{DATE}(?:\s?\({WEEKDAY}\))?|(?:ngày\s)?{WEEKDAY}\s\({DATE}\)|{_NEAR_DAY})"
)

_QUARTER_NO = r"(?:iv|i{1,3}|0?[1-4])(?![\w)])"
_OF_YEAR = rf"(?:(?:\s?[/.-]\s?|,?\s(?:của\s)?năm\s|\s){YEAR}(?!\d)|\snăm\snay)"
QUARTER = rf"qu[ýí]\s(?:này|{_QUARTER_NO}{_OF_YEAR}?)"
_AND = r"(?:\s?,\s?|\svà\s|\s?[-–]\s?|\sđến\s)"
QUARTERS = rf"(?:các\s)?qu[ýí]\s{_QUARTER_NO}(?:{_AND}(?:qu[ýí]\s)?{_QUARTER_NO}){{1,3}}{_OF_YEAR}?"
MONTH_OF_YEAR = rf"tháng\s(?:này|{MONTH}(?!\d){_OF_YEAR}?)(?!\s?/\s?\d)(?!\w)"
_MONTH_LIST = rf"tháng\s{MONTH}(?:{_AND}(?:tháng\s)?{MONTH}(?!\d)){{1,9}}{_OF_YEAR}"
_PART_YEAR = rf"(?:0?[69]|sáu|chín)\stháng\s(?:đầu|cuối)(?:\s?năm)?(?:\s{YEAR}(?!\d)|\snay)?"
_WHOLE_YEAR = rf"năm\s(?:{YEAR}(?!\d)(?:\s?[-–]\s?{YEAR}(?!\d))?|nay)"
_WEEK = r"tuần\s(?:này|tới|sau)"
#: A week, month, quarter, part of a year or year; ``đầu``, ``giữa``, ``cuối`` pick a point (Bộ luật Dân sự Điều 146).
PERIOD = (
    r"(?:(?:đầu|giữa|cuối)\s)?"
    rf"(?:{QUARTERS}|{QUARTER}|{_PART_YEAR}|{_MONTH_LIST}|{MONTH_OF_YEAR}|{_WHOLE_YEAR}|{_WEEK})"
)

_WORDS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
NUMBERS = {word: n for n, word in enumerate(_WORDS, 1)} | {
    "mười hai": 12, "mười lăm": 15, "hai mươi": 20, "ba mươi": 30, "bốn mươi lăm": 45, "sáu mươi": 60, "chín mươi": 90,
}  # fmt: skip
#: ``một``, …, ``mười hai``
NUMBER_WORD = "(?:" + "|".join(sorted(NUMBERS, key=len, reverse=True)).replace(" ", r"\s") + ")"
#: ``05 ngày làm việc``, ``24 giờ``, ``05 (năm) ngày``, ``ba tháng``
COUNT = (
    rf"(?:(?<![\d/.,])(?:\d{{1,3}}|{NUMBER_WORD})(?:\s?\([^()\d]{{2,20}}\))?\s"
    r"(?:phút|(?:giờ|ngày)(?:\slàm\sviệc)?|tuần|tháng|năm)(?!\w)|(?<![\d/.,])\d{1,3}h(?![\w/]))"
)
_COUNT = re.compile(rf"(\d{{1,3}}|{NUMBER_WORD})(?:\s?\([^()]*\))?\s?(phút|giờ|h|ngày|tuần|tháng|năm)(\slàm\sviệc)?")
_UNITS = {"phút": "PT{}M", "giờ": "PT{}H", "h": "PT{}H", "ngày": "P{}D", "tuần": "P{}W", "tháng": "P{}M", "năm": "P{}Y"}

_WEEKDAYS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "bẩy": 5, "nhật": 6}
_WEEKDAYS |= {str(n): n - 2 for n in range(2, 8)}
_WEEKDAY_NAMES = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}

_CLOCK = re.compile(rf"({CLOCK})")
_WEEKDAY = re.compile(WEEKDAY)
_FULL = re.compile(rf"{FULL_DATE}|{_WORDS_ONLY}")
_DAY_MONTH = re.compile(rf"(?<!\d)({DAY})(?:\s?[/.-]\s?|\stháng\s)({MONTH})(?!\d)")
_YEAR = re.compile(rf"(?<!\d){YEAR}(?!\d)")
_MONTH_NO = re.compile(rf"(?<!\d){MONTH}(?!\d)")
_LIST_YEAR = re.compile(rf"{_OF_YEAR}$")
_QUARTER = re.compile(_QUARTER_NO)
_MONTH = re.compile(rf"tháng\s({MONTH})(?!\d)")

NO_YEAR = "Văn bản không ghi năm và chưa rõ ngày ban hành nên không xác định được ngày."
NO_ISSUE = "Chưa rõ ngày ban hành văn bản nên không xác định được ngày."
FAR_AHEAD = "Văn bản không ghi năm; năm {} được suy ra và cách ngày ban hành hơn 9 tháng."
NOT_A_DATE = "Ngày “{}” không có thật."
WRONG_WEEKDAY = "Thứ ghi trong văn bản không khớp: ngày {:%d/%m/%Y} là {}."
VAGUE = "Mốc “{}” không rõ ngày; hiểu theo Điều 146 Bộ luật Dân sự."


_FRACTION = re.compile(rf"{DAY}\s?/\s?{MONTH}")


def is_fraction(text: str) -> bool:
    """True for a bare ``1/2``, which is a day only behind a word that demands one."""
    return _FRACTION.fullmatch(text) is not None


class Moment(NamedTuple):
    """A day and, if stated, an hour (``16:00``); ``day`` is ``None`` when it cannot be known."""

    day: date | None
    clock: str | None = None
    warnings: tuple[str, ...] = ()

    @property
    def iso(self) -> str | None:
        """``2021-08-18`` or ``2021-08-18T16:00``."""
        if self.day is None:
            return None
        return self.day.isoformat() + (f"T{self.clock}" if self.clock else "")


class Period(NamedTuple):
    """A stretch of days; ``name`` is ``2020-Q1``, ``2020-04``, ``2020``, ``2020-04/2020-06`` where ISO has one."""

    first: date | None
    last: date | None
    name: str | None
    warnings: tuple[str, ...] = ()


def read_clock(text: str) -> str | None:
    """``16 giờ 30`` as ``16:30``; ``None`` without an hour or with an impossible one. 24 giờ is the end of the day."""
    if not (match := _CLOCK.search(text)):
        return None
    hour, minute = [*re.findall(r"\d+", match[1]), "0"][:2]
    if int(hour) > 24 or int(minute) > 59:
        return None
    afternoon = int(hour) < 12 and re.match(r"[\s,]*(?:chiều|tối)", text[match.end() :])
    return f"{int(hour) + (12 if afternoon else 0):02}:{int(minute):02}"


def read_weekday(text: str) -> int | None:
    """``thứ Hai`` as 0 … ``chủ nhật`` as 6."""
    match = _WEEKDAY.search(text)
    return _WEEKDAYS[match[0].split()[-1]] if match else None


def read_count(text: str) -> str | None:
    """``05 ngày làm việc`` as ``P5BD``, ``24 giờ`` as ``PT24H``; ``None`` for a count of nothing."""
    if not (match := _COUNT.search(text)):
        return None
    number = int(match[1]) if match[1].isdigit() else NUMBERS[match[1]]
    if number == 0:
        return None
    return f"P{number}BD" if match[2] == "ngày" and match[3] else _UNITS[match[2]].format(number)


def read_when(text: str, issued: date | None, year: int | None = None, same: date | None = None) -> Moment:
    """The moment in a match of ``WHEN``. ``year`` completes a day without year, ``same`` is what *cùng ngày* means."""
    clock = read_clock(text)
    if _FULL.search(text):
        iso = iso_date(text)
        day = date.fromisoformat(iso) if iso and len(iso) == 10 else None
        return _checked(Moment(day, clock, () if day else (NOT_A_DATE.format(_date_text(text)),)), text)
    if match := _DAY_MONTH.search(re.sub(CLOCK, " ", text)):
        return _checked(_complete(int(match[1]), int(match[2]), issued, year)._replace(clock=clock), text)
    return Moment(*_near_day(text, issued, same))._replace(clock=clock)


def _date_text(text: str) -> str:
    match = _FULL.search(text) or _DAY_MONTH.search(text)
    return match[0].removeprefix("ngày ") if match else text


def _checked(moment: Moment, text: str) -> Moment:
    weekday = read_weekday(text)
    if moment.day is None or weekday is None or moment.day.weekday() == weekday:
        return moment
    warning = WRONG_WEEKDAY.format(moment.day, _WEEKDAY_NAMES[moment.day.weekday()])
    return moment._replace(warnings=(*moment.warnings, warning))


def _complete(day: int, month: int, issued: date | None, year: int | None) -> Moment:
    """The first such day on or after the day of issue, with a warning when it is more than nine months ahead."""
    if day > monthrange(2020, month)[1]:
        return Moment(None, None, (NOT_A_DATE.format(f"{day}/{month}"),))
    if year is None and issued is None:
        return Moment(None, None, (NO_YEAR,))
    first = year or (issued.year if issued else 0)
    for candidate in (first,) if year else range(first, first + 9):
        if day > monthrange(candidate, month)[1]:
            continue
        found = date(candidate, month, day)
        if year or issued is None or found >= issued:
            far = year is None and issued is not None and (found - issued).days > 275
            return Moment(found, None, (FAR_AHEAD.format(candidate),) if far else ())
    return Moment(None, None, (NOT_A_DATE.format(f"{day}/{month}"),))


def _near_day(text: str, issued: date | None, same: date | None) -> tuple[date | None, None, tuple[str, ...]]:
    """*Hôm nay*, *sáng mai*, *thứ Sáu tuần sau*: counted from the day of issue."""
    if "cùng ngày" in text and same:
        return same, None, ()
    if issued is None:
        return None, None, (NO_ISSUE,)
    if (weekday := read_weekday(text)) is not None:
        monday = issued - timedelta(days=issued.weekday())
        return monday + timedelta(days=weekday + (0 if text.endswith("này") else 7)), None, ()
    ahead = 2 if "kia" in text else 1 if re.search(r"(?<!\w)mai$", text) else 0
    return issued + timedelta(days=ahead), None, ()


def read_period(text: str, issued: date | None, year: int | None = None) -> Period:
    """The stretch of days in a match of ``PERIOD``; *đầu*, *giữa*, *cuối* cut it down to a point."""
    years = [int(found) for found in _YEAR.findall(text)]
    if len(years) == 2:
        return Period(date(years[0], 1, 1), date(years[1], 12, 31), None)
    stated = years[0] if years else year
    whole = _week(text, issued) if "tuần" in text else _months(text, issued, stated)
    if whole.first is None or whole.last is None or not (point := re.match(r"(đầu|giữa)\s", text)):
        return whole
    middle = date(whole.last.year, 6, 30) if whole.name == str(whole.last.year) else whole.first.replace(day=15)
    day = whole.first if point[1] == "đầu" else middle
    return Period(day, day, None, (*whole.warnings, VAGUE.format(text)))


def _week(text: str, issued: date | None) -> Period:
    if issued is None:
        return Period(None, None, None, (NO_ISSUE,))
    monday = issued - timedelta(days=issued.weekday() - (0 if "này" in text else 7))
    return Period(monday, monday + timedelta(days=4), None)


def _months(text: str, issued: date | None, year: int | None) -> Period:
    if re.search(r"(?<!\w)(?:này|nay)(?!\w)", text) and issued is not None:
        year = year or issued.year
    first, last, name = _month_numbers(text, issued)
    if year is None and issued is not None:
        year = issued.year + (last < issued.month)
    if year is None:
        return Period(None, None, None, (NO_YEAR,))
    label = None if name is None else "/".join(f"{year}{part}" for part in name.split("/"))
    return Period(date(year, first, 1), date(year, last, monthrange(year, last)[1]), label)


def _month_numbers(text: str, issued: date | None) -> tuple[int, int, str | None]:
    """First and last month of the period, and what ISO adds to the year for it."""
    now = issued.month if issued else 1
    if match := re.search(r"qu[ýí]\s", text):
        found = [_QUARTERS.get(q) or int(q) for q in _QUARTER.findall(re.sub(YEAR, "", text[match.end() :]))]
        found = found or [(now + 2) // 3]
        return 3 * found[0] - 2, 3 * max(found), f"-Q{found[0]}" if len(found) == 1 else None
    if match := re.match(r"\W*(0?[69]|sáu|chín)\stháng\s(đầu|cuối)", text):
        length = 9 if match[1] in ("9", "09", "chín") else 6
        return (1, length, None) if match[2] == "đầu" else (13 - length, 12, None)
    if match := _MONTH.search(text):
        months = [int(m) for m in _MONTH_NO.findall(_LIST_YEAR.sub("", text))] or [int(match[1])]
        last = max(months[0], months[-1])
        return months[0], last, "/".join(f"-{m:02}" for m in dict.fromkeys((months[0], last)))
    return (now, now, f"-{now:02}") if "tháng" in text else (1, 12, "")
