"""The rules of recurring times, read into RFC 5545 recurrences (without ``RRULE:``): *trước ngày 15 hằng tháng*.

*Hằng quý* is every three months. An excluded day moves to the day before (*trước ngày 15* is done by the 14th at the latest),
an hour stays with its day (``BYHOUR``). Patterns see lower-case text.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from extractors.deadline_rules import LAST_AT, Context, Reading, Rule
from extractors.patterns import DAY, MONTH
from extractors.when import CLOCK, COUNT, PART_OF_DAY, WEEKDAY, read_clock, read_count, read_weekday

EVERY = r"(?:hằng|hàng|mỗi)\s"
_UNIT = r"(?:ngày|tuần|tháng|qu[ýí]|năm)(?!\w)"
_FREQUENCIES = {
    "ngày": "FREQ=DAILY", "tuần": "FREQ=WEEKLY", "tháng": "FREQ=MONTHLY", "quý": "FREQ=MONTHLY;INTERVAL=3",
    "quí": "FREQ=MONTHLY;INTERVAL=3", "năm": "FREQ=YEARLY",
}  # fmt: skip
_BYDAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_EDGE = rf"(?:(?:{LAST_AT}(?:\s(?:là|vào|trong))*\s)?(?:trước\s)?|trong\s|vào\s|hạn\s)"
_HOUR = rf"(?:(?:{CLOCK}|đầu\sgiờ(?:\s{PART_OF_DAY})?|cuối\sgiờ(?:\s{PART_OF_DAY})?)[\s,]*(?:{PART_OF_DAY}[\s,]+)?)?"
_GAP = r"[\s,:(]*"
#: *ngày 25*, *ngày 15/12*, *thứ Sáu*, *16h*
_POINT = (
    rf"(?P<edge>{_EDGE})(?P<point>{_HOUR}(?:ngày\s{DAY}(?:(?:\stháng\s|/){MONTH})?(?!\d|\s?/\s?\d)|(?:ngày\s)?{WEEKDAY}|"
    rf"(?:ngày\s)?(?:cuối\scùng|cuối))|{CLOCK})"
)


def _until(text: str, exclusive: bool) -> tuple[int | None, int | None]:
    """Month and day of *ngày 15/12*, of *ngày 15*, moved one day back when the day itself is excluded."""
    if "cuối" in text and not re.search(r"\d", re.sub(CLOCK, "", text)):
        return None, -1
    if not (match := re.search(rf"ngày\s({DAY})(?:(?:\stháng\s|/)({MONTH}))?", text)):
        return None, None
    day, month = int(match[1]), int(match[2]) if match[2] else None
    if not exclusive:
        return month, day
    if month is None:
        return None, day - 1 or -1
    try:
        before = date(2001, month, day) - timedelta(days=1)
    except ValueError:
        return month, day
    return before.month, before.day


def _hour(point: str) -> str:
    clock = read_clock(point)
    if not clock or clock == "24:00":
        return ""
    hour, minute = (int(part) for part in clock.split(":"))
    return f";BYHOUR={hour}" + (f";BYMINUTE={minute}" if minute else "")


def recurrence(unit: str, edge: str, point: str, months: str | None = None) -> str:
    """The recurrence of every ``unit`` (*tuần*, *tháng*, …) at ``point`` of it; ``months`` names fixed months."""
    frequency, hour = _FREQUENCIES[unit], _hour(point)
    exclusive = "trước" in edge and not hour
    weekday = read_weekday(point)
    if weekday is not None:
        return f"FREQ=WEEKLY;BYDAY={_BYDAY[(weekday - exclusive) % 7]}{hour}"
    month, day = _until(point, exclusive)
    if month is not None or months:
        return f"FREQ=YEARLY;BYMONTH={months or month}" + (f";BYMONTHDAY={day}" if day else "") + hour
    if day is not None and unit != "ngày":
        return f"{_FREQUENCIES['tháng'] if unit != 'năm' else 'FREQ=MONTHLY'};BYMONTHDAY={day}{hour}"
    return frequency + hour


def _read(match: re.Match[str], context: Context) -> Reading | None:
    return Reading(recurrence(match["unit"], match["edge"], match["point"]))


def _quarterly(match: re.Match[str], context: Context) -> Reading | None:
    months = "3,6,9,12" if match["which"].startswith("cuối") else "1,4,7,10"
    return Reading(recurrence("quý", match["edge"], match["point"], months))


def _next_year(match: re.Match[str], context: Context) -> Reading | None:
    value = recurrence("năm", match["edge"], match["point"])
    return Reading(value) if "BYMONTH=" in value else None


def _twice_a_year(match: re.Match[str], context: Context) -> Reading | None:
    """*Định kỳ 6 tháng (trước ngày 20/6) và hằng năm (trước ngày 20/12)*: two days of the year, if the day is the same."""
    first, second = _until(match["one"], "trước" in match["edge"]), _until(match["two"], "trước" in match["edge"])
    if first[0] is None or second[0] is None or first[1] != second[1]:
        return None
    return Reading(f"FREQ=YEARLY;BYMONTH={first[0]},{second[0]};BYMONTHDAY={first[1]}")


_LETTERS = {"M": "MONTHLY", "D": "DAILY", "W": "WEEKLY", "Y": "YEARLY"}


def _interval(match: re.Match[str], context: Context) -> Reading | None:
    """*Định kỳ 6 tháng*, *15 ngày một lần*."""
    count = read_count(match["count"])
    if not count or not (parts := re.fullmatch(r"P(\d+)([DWMY])", count)):
        return None
    every = "" if parts[1] == "1" else f";INTERVAL={parts[1]}"
    return Reading(f"FREQ={_LETTERS[parts[2]]}{every}")


#: What is grown, paid, planned or done *hằng năm* is a name of the thing, not the time of a duty.
_NOUN = re.compile(
    r"(?<!\w)(?:cây(?:\strồng)?|trồng|đất|thuê|trả\stiền|tiền|sinh\shoạt|kế\shoạch|dự\stoán|ngân\ssách|nhu\scầu|lương|phép|"
    r"chỉ\stiêu|đời\ssống|công\sviệc|doanh\sthu|bình\squân|nghỉ|chi\sphí|số\sliệu|chương\strình|hoạt\sđộng|nước|phí|cho|"
    r"gia\shạn|thi\sđua|kinh\sphí|thuế)\s$"
)


def _every(match: re.Match[str], context: Context) -> Reading | None:
    if not match["regular"] and _NOUN.search(context.before):
        return None
    return Reading(_FREQUENCIES[match["unit"]])


def _regularly(match: re.Match[str], context: Context) -> Reading | None:
    return None if re.search(r"(?<!\w)(?:tính|khám|hoạt\sđộng)\s$", context.before) else Reading(None)


def _rule(name: str, pattern: str, read: object = _read) -> Rule:
    return Rule(name, "recurring", re.compile(pattern), read)  # type: ignore[arg-type]


_REGULAR = r"(?:(?:theo\s)?định\skỳ\s(?:vào\s)?)"
_MORE = rf"(?:(?:,|\svà|\shoặc|/)\s?(?:(?:{EVERY})?{_UNIT}|(?:{EVERY}|một\s|0?6\stháng|sáu\stháng|0?[39]\stháng)(?:năm|qu[ýí]|tháng)?|đột\sxuất(?:\s(?:khi\scó|theo)\syêu\scầu)?))*"

RECURRENCE_RULES: tuple[Rule, ...] = (
    _rule(
        "twice_a_year",
        rf"{_REGULAR}?(?:6|06|sáu)\stháng{_GAP}(?P<edge>trước\s)?(?P<one>ngày\s{DAY}(?:/|\stháng\s){MONTH})\)?\s?(?:,|và)\s(?:{EVERY}|một\s)?năm{_GAP}(?:trước\s)?(?P<two>ngày\s{DAY}(?:/|\stháng\s){MONTH})\)?",
        _twice_a_year,
    ),
    _rule("quarter_day", rf"(?:{_REGULAR}?{EVERY}qu[ýí]{_GAP})?{_POINT}\s(?:của\s)?tháng\s(?P<which>cuối|đầu)\s(?:của\s)?(?:{EVERY}|mỗi\s)?qu[ýí](?:\s(?:sau|tiếp\stheo|liền\skề))?", _quarterly),
    _rule("last_working_day", r"(?:vào\s|trước\s)?ngày\slàm\sviệc\scuối\scùng\s(?:của\s|trong\s)?(?:hằng\s|hàng\s|mỗi\s)?tháng", lambda m, c: Reading("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1")),
    _rule("day_of_unit", rf"{_POINT},?\s?(?:\((?:vào\s)?)?(?:{EVERY}|(?:của|trong)\s(?:{EVERY})?)(?P<unit>{_UNIT})(?!\s(?:sau|\d))"),
    _rule("day_of_next_unit", rf"{_POINT}\s(?:của\s)?(?P<unit>tháng|tuần)\s(?:sau|tiếp\stheo|liền\skề|kế\stiếp)"),
    _rule("day_of_next_year", rf"{_POINT}\s(?:của\s)?năm\s(?:sau|tiếp\stheo|liền\skề|kế\stiếp)", _next_year),
    _rule("unit_with_day", rf"{_REGULAR}?{EVERY}(?P<unit>{_UNIT}){_GAP}{_POINT}\)?"),
    _rule("report_of_unit", rf"báo\scáo\s(?P<unit>{_UNIT})\s\({_POINT}\)"),
    _rule("every_interval", rf"{_REGULAR}\(?(?:ít\snhất\s|tối\sthiểu\s)?(?P<count>{COUNT})(?:\s(?:một|1|01)\s?lần|\s?/\s?(?:một|0?1)\s?lần)?\)?{_MORE}", _interval),
    _rule("once_in_interval", rf"(?:ít\snhất\s|tối\sthiểu\s)?(?:mỗi\s)?(?P<count>{COUNT})\s?(?:/\s?)?(?:một|0?1)\s?lần(?!\w)", _interval),
    _rule("times_per_unit", rf"(?:ít\snhất\s|tối\sthiểu\s)?\d{{1,2}}\slần\s?(?:/\s?|(?:trong\s)?(?:một|mỗi)\s)(?P<unit>{_UNIT})", lambda m, c: Reading(_FREQUENCIES[m["unit"]])),
    _rule("every_unit", rf"(?P<regular>{_REGULAR})?{EVERY}(?P<unit>{_UNIT}){_MORE}", _every),
    _rule("regularly", r"(?:theo\s)?định\skỳ(?!\w)", _regularly),
)  # fmt: skip
