"""The rules of recurring times, read into RFC 5545 recurrences (without ``RRULE:``): *trước ngày 15 hằng tháng*.

*Hằng quý* is every three months. An excluded day moves to the day before (*trước ngày 15* is done by the 14th at the
latest), an hour stays with its day (``BYHOUR``). Patterns see lower-case text.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from extractors.patterns import DAY, MONTH
from extractors.readings import LAST_AT, Context, Reader, Reading, Rule, strong
from extractors.when import (
    CLOCK,
    COUNT,
    MONTH_OF_YEAR,
    PART_OF_DAY,
    QUARTER,
    WEEKDAY,
    read_clock,
    read_count,
    read_period,
    read_weekday,
)

EVERY = r"(?:hằng|hàng|mỗi)\s"
_UNIT = r"(?:ngày|tuần|tháng|qu[ýí]|năm)(?!\w)"
_FREQUENCIES = {
    "ngày": "FREQ=DAILY", "tuần": "FREQ=WEEKLY", "tháng": "FREQ=MONTHLY", "quý": "FREQ=MONTHLY;INTERVAL=3",
    "quí": "FREQ=MONTHLY;INTERVAL=3", "năm": "FREQ=YEARLY",
}  # fmt: skip
_BYDAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_EDGE = (
    rf"(?:(?:{LAST_AT}(?:\s(?:là|vào|trong)){{0,2}}\s)?(?:trước\s)?|trong\s|vào\s(?:{PART_OF_DAY}\s)?|hạn\s|"
    r"(?:đến|tới)\s(?:hết\s)?)"
)
_HOUR = rf"(?:(?:{CLOCK}|đầu\sgiờ(?:\s{PART_OF_DAY})?|cuối\sgiờ(?:\s{PART_OF_DAY})?)[\s,]*(?:{PART_OF_DAY}[\s,]+)?)?"
_GAP = r"[\s,:(]*"
#: *ngày 25*, *ngày 15/12*, *thứ Sáu*, *16h*
_DAY = rf"(?:ngày\s(?:thứ\s(?=\d\d))?{DAY}(?:(?:\stháng\s|/){MONTH})?|(?<![\d/]){DAY}/{MONTH})(?!\d|\s?/\s?\d)"
_POINT = (
    rf"(?P<edge>{_EDGE})"
    rf"(?P<point>{_HOUR}(?:{_DAY}|(?:ngày\s)?{WEEKDAY}|ngày\s(?:cuối\scùng|cuối))|{CLOCK})"
)


def _until(text: str, exclusive: bool) -> tuple[int | None, int | None]:
    """Month and day of *ngày 15/12*, of *ngày 15*, moved one day back when the day itself is excluded."""
    if "cuối" in text and not re.search(r"\d", re.sub(CLOCK, "", text)):
        return None, -1
    if not (match := re.search(rf"(?:ngày\s(?:thứ\s)?|(?={DAY}/))({DAY})(?:(?:\stháng\s|/)({MONTH}))?", text)):
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
    """A weekday belongs to a week, and the hour alone to every day (*24 giờ trong ngày* is no time)."""
    unit, point = match["unit"], match["point"]
    if read_weekday(point) is not None and unit != "tuần":
        return None
    if unit == "ngày" and re.search(r"(?:của|trong)\sngày", match[0]):
        return None
    return Reading(recurrence(unit, match["edge"], point))


def _quarterly(match: re.Match[str], context: Context) -> Reading | None:
    months = "3,6,9,12" if match["which"].startswith("cuối") else "1,4,7,10"
    return Reading(recurrence("quý", match["edge"], match["point"], months))


def _next_year(match: re.Match[str], context: Context) -> Reading | None:
    value = recurrence("năm", match["edge"], match["point"])
    return Reading(value) if "BYMONTH=" in value else None


def _twice_a_year(match: re.Match[str], context: Context) -> Reading | None:
    """*Trước ngày 20/6 và 20/12 hằng năm*: two days of the year are one rule if their number is the same."""
    exclusive = "trước" in (match["edge"] or "")
    first, second = _until(match["one"], exclusive), _until(f"ngày {match['two'].removeprefix('ngày ')}", exclusive)
    if first[1] == second[1]:
        return Reading(f"FREQ=YEARLY;BYMONTH={first[0]},{second[0]};BYMONTHDAY={first[1]}")
    return Reading(f"FREQ=YEARLY;BYMONTH={first[0]};BYMONTHDAY={first[1]}", None, (TWO_DAYS,))


def _days_a_month(match: re.Match[str], context: Context) -> Reading | None:
    """*Ngày 10 và ngày 25 hằng tháng*."""
    days = [int(day) - ("trước" in (match["edge"] or "")) or -1 for day in re.findall(r"\d+", match["days"])]
    return Reading(f"FREQ=MONTHLY;BYMONTHDAY={','.join(map(str, days))}")


_LETTERS = {"M": "MONTHLY", "D": "DAILY", "W": "WEEKLY", "Y": "YEARLY"}


def _interval(match: re.Match[str], context: Context) -> Reading | None:
    """*Định kỳ 6 tháng*, *15 ngày một lần*."""
    count = read_count(match["count"])
    if not count or not (parts := re.fullmatch(r"P(?:(\d+)([DWMY])|T(\d+)H)", count)):
        return None
    number = parts[1] or parts[3]
    every = "" if number == "1" else f";INTERVAL={number}"
    return Reading(f"FREQ={_LETTERS[parts[2]] if parts[2] else 'HOURLY'}{every}")


#: What is grown, paid, planned or done *hằng năm* is a name of the thing, not the time of a duty.
_NOUN = re.compile(
    r"(?<!\w)(?:(?:kế\shoạch|chương\strình|dự\stoán|chỉ\stiêu|trợ\scấp|phụ\scấp|tiền|tạm\snộp|thu\snhập)(?:\s(?!báo|gửi|trình|họp)\w+){0,12}|"
    r"cây(?:\strồng)?|trồng|đất|thuê|sinh\shoạt|ngân\ssách|nhu\scầu|lương|phép|đời\ssống|công\sviệc|doanh\sthu|"
    r"bình\squân|trung\sbình|xã\shội|nghỉ|chi\sphí|số\sliệu|hoạt\sđộng|nước|phí|cho|gia\shạn|thi\sđua|kinh\sphí|thuế)\s$"
)


def _every(match: re.Match[str], context: Context) -> Reading | None:
    of_something = re.match(r"\s+của\s", match.string[match.end() : match.end() + 6])
    if not match["regular"] and (of_something or _NOUN.search(context.before)):
        return None
    return Reading(_FREQUENCIES[match["unit"]])


def _regularly(match: re.Match[str], context: Context) -> Reading | None:
    return None if re.search(r"(?<!\w)(?:tính|khám|hoạt\sđộng)\s$", context.before) else Reading(None)


def _unit(match: re.Match[str], context: Context) -> Reading | None:
    return Reading(_FREQUENCIES[match["unit"]])


def _last_working_day(match: re.Match[str], context: Context) -> Reading | None:
    last = 2 if match[0].startswith("trước") and not match["hour"] else 1
    frequency = _FREQUENCIES[match["unit"]]
    return Reading(f"{frequency};BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-{last}{_hour(match['hour'] or '')}")


def _month(match: re.Match[str], context: Context) -> Reading | None:
    """*Tháng 12 hằng năm*, *quý I hằng năm*: to the end of it every year."""
    period = read_period(match["period"], date(2001, 1, 1))
    return Reading(f"FREQ=YEARLY;BYMONTH={period.last.month};BYMONTHDAY=-1") if period.last else None


def _rule(name: str, read: Reader, *pattern: str) -> Rule:
    return strong(name, "recurring", read, *pattern)


TWO_DAYS = "Có hai mốc khác ngày trong năm; giá trị chỉ ghi mốc thứ nhất."
_DAY_OF_YEAR = rf"ngày\s{DAY}(?:/|\stháng\s){MONTH}(?!\d)"
_REGULAR = r"(?:(?:theo\s)?định\skỳ\s(?:vào\s)?)"
_ONCE = r"(?:một|0?1)\s?"
_TIMES = r"(?:\s(?:một|\d{1,2})\slần)?"
_NEXT = r"(?:sau|tiếp\stheo|liền\skề|kế\stiếp)"
#: *…, quý, 6 tháng, năm hoặc đột xuất khi có yêu cầu*: the further intervals of a list, of which the first counts.
_MORE = (
    rf"(?:(?:,|\svà|\shoặc|/)\s?(?:(?:{EVERY})?{_UNIT}|(?:{EVERY}|một\s|0?6\stháng|sáu\stháng|0?[39]\stháng)"
    r"(?:năm|qu[ýí]|tháng)?|đột\sxuất(?:\s(?:khi\scó|theo)\syêu\scầu)?)){0,5}"
)

RECURRENCE_RULES: tuple[Rule, ...] = (
    _rule(
        "twice_a_year", _twice_a_year,
        rf"{_REGULAR}?(?:0?6|sáu)\stháng{_GAP}(?P<edge>trước\s)?(?P<one>{_DAY_OF_YEAR})\)?\s?(?:,|và)\s",
        rf"(?:{EVERY}|một\s)?năm{_GAP}(?:trước\s)?(?P<two>{_DAY_OF_YEAR})",
    ),
    _rule(
        "two_days_a_year", _twice_a_year,
        rf"{_REGULAR}?(?P<edge>{_EDGE})(?P<one>{_DAY_OF_YEAR})\s?(?:,|và)\s(?:trước\s)?",
        rf"(?P<two>{_DAY_OF_YEAR}|{DAY}(?:/|\stháng\s){MONTH})\s{EVERY}năm",
    ),
    _rule(
        "days_a_month", _days_a_month,
        rf"{_REGULAR}?(?P<edge>{_EDGE})?(?:các\s)?(?P<days>ngày\s{DAY}(?:(?:,|\svà)\s(?:ngày\s)?{DAY}){{1,4}})",
        rf"\s(?:của\s)?(?:{EVERY})tháng",
    ),
    _rule(
        "quarter_day", _quarterly,
        rf"(?:{_REGULAR}?{EVERY}qu[ýí]{_GAP})?{_POINT}\s(?:của\s)?tháng\s(?P<which>cuối|đầu)\s(?:của\s)?(?:{EVERY})?",
        rf"qu[ýí](?:\s{_NEXT})?",
    ),
    _rule(
        "last_working_day", _last_working_day,
        rf"(?:vào\s|trước\s|{LAST_AT}\s(?:là\s|vào\s)?)?(?:(?P<hour>{CLOCK})[\s,]+)?",
        rf"ngày\slàm\sviệc\scuối\scùng\s(?:của\s|trong\s)?(?:{EVERY})?(?P<unit>tháng|tuần)(?!\s\d)",
    ),
    _rule("day_of_next_unit", _read, rf"{_POINT}\s(?:của\s)?(?P<unit>tháng|tuần)\s{_NEXT}"),
    _rule("day_of_next_year", _next_year, rf"{_POINT}\s(?:của\s)?năm\s(?:trước|{_NEXT})"),
    _rule(
        "day_of_unit", _read,
        rf"{_REGULAR}?{_POINT},?\s?(?:\((?:vào\s)?)?(?:{EVERY}|(?:của|trong)\s(?:{EVERY})?)(?P<unit>{_UNIT})",
        r"(?!\s(?:sau|đó|thứ|cuối|đầu|kết\sthúc|\d))",
    ),
    _rule(
        "month_of_year", _month,
        rf"(?:{_REGULAR}|trong\s|vào\s)?(?:cuối\s)?(?P<period>{QUARTER}|{MONTH_OF_YEAR})\s{EVERY}năm",
    ),
    _rule("unit_with_day", _read, rf"{_REGULAR}?{EVERY}(?P<unit>{_UNIT}){_GAP}{_POINT}"),
    _rule("report_of_unit", _read, rf"báo\scáo\s(?P<unit>{_UNIT})\s\({_POINT}\)"),
    _rule(
        "every_interval", _interval,
        rf"{_REGULAR}\(?(?:ít\snhất\s|tối\sthiểu\s)?(?P<count>{COUNT})(?:\s{_ONCE}lần|\s?/\s?{_ONCE}lần)?\)?{_MORE}",
    ),
    _rule(
        "once_in_interval", _interval,
        rf"(?:ít\snhất\s|tối\sthiểu\s)?(?:mỗi\s)?(?:cứ\s)?(?P<count>{COUNT})\s?(?:/\s?(?:{_ONCE})?|{_ONCE})lần(?!\w)",
    ),
    _rule(
        "times_per_unit", _unit,
        rf"(?:ít\snhất\s|tối\sthiểu\s)?\d{{1,2}}\slần\s?(?:/\s?|(?:trong\s)?(?:một|mỗi)\s)(?P<unit>{_UNIT})",
    ),
    _rule(
        "every_unit", _every,
        rf"(?:(?P<regular>{_REGULAR})(?:{EVERY})?|{EVERY})(?P<unit>{_UNIT})(?!\s\d{{1,2}}(?!\slần|\d)){_TIMES}{_MORE}",
    ),
    _rule("regularly", _regularly, r"(?:theo\s)?định\skỳ(?!\w)"),
)  # fmt: skip
