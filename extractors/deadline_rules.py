"""The rules of dates and periods: *trước ngày 05/4/2020*, *trong quý I/2020*, *từ ngày … đến ngày …*.

The first rule that matches and reads something at a position wins, so narrower rules stand first. Boundaries: *trước
ngày D* excludes D, *chậm nhất / đến hết / trong ngày D* include it. Patterns see lower-case text.
"""

from __future__ import annotations

import re
from datetime import timedelta

from extractors.patterns import DAY, MONTH, YEAR
from extractors.readings import LAST_AT, Context, Reader, Reading, Rule, strong, weak
from extractors.when import CLOCK, DATE, PERIOD, WHEN, Moment, Period, is_fraction, read_clock, read_period, read_when

END_BEFORE_START = "Thời gian kết thúc sớm hơn thời gian bắt đầu."
SAME_DAY = "“Ngay trong ngày” được hiểu là trong ngày ban hành văn bản."

_DEMANDS_A_DAY = re.compile(r"trước|(?:chậm|muộn|trễ)\snhất|hạn\s")


def _bound(sign: str, moment: Moment) -> Reading | None:
    if moment.clock == "24:00":
        sign, moment = "<=" if sign == "<" else sign, moment._replace(clock=None)
    value = f"{sign}{moment.iso}" if moment.day else None
    return Reading(value, None, moment.warnings, moment.day)


def _when(sign: str) -> Reader:
    def read(match: re.Match[str], context: Context) -> Reading | None:
        moment = read_when(match["when"], context.issued, same=context.same)
        if is_fraction(match["when"]) and not _DEMANDS_A_DAY.match(match[0]):
            return None
        return None if match["when"] == "cùng ngày" else _bound(sign, moment)

    return read


def period_reading(sign: str, period: Period) -> Reading:
    """A period with its sign: ``<=2020-Q1``; a point of it as a day, a stretch without ISO name as an interval."""
    if period.first is None or period.last is None:
        return Reading(None, None, period.warnings)
    if period.name and "/" in period.name and sign != "<":
        return Reading(period.name, None, period.warnings, period.last)
    if period.name and "/" not in period.name:
        return Reading(sign + period.name, None, period.warnings, period.last)
    if period.first == period.last or sign == "<":
        return Reading(f"{sign or '<='}{period.first}", None, period.warnings, period.last)
    return Reading(f"{period.first}/{period.last}", None, period.warnings, period.last)


def _period(sign: str) -> Reader:
    def read(match: re.Match[str], context: Context) -> Reading | None:
        return period_reading(sign, read_period(match["period"], context.issued))

    return read


def _meeting(match: re.Match[str], context: Context) -> Reading | None:
    """A meeting is held at its hour: the value carries no sign. Without an hour it is a day within which to act."""
    moment = read_when(match["when"], context.issued, same=context.same)
    return _bound(">=" if moment.clock == "00:00" else "" if moment.clock else "<=", moment)


def _hours(match: re.Match[str], context: Context) -> Reading | None:
    """*Từ 08h00 đến 11h30, ngày 22/5/2026*: two hours of one day."""
    day, first, last = read_when(match["when"], context.issued), read_clock(match["from"]), read_clock(match["until"])
    if day.day is None or not first or not last:
        return None
    return Reading(f"{day.day}T{first}/{day.day}T{last}", None, day.warnings, day.day)


def read_interval(match: re.Match[str], context: Context) -> Reading | None:
    """*Từ ngày A đến ngày B*: the year and month of B complete A; *đến trước ngày B* ends the day before."""
    if is_fraction(match["from"]) and is_fraction(match["until"]):
        return None
    end = read_when(match["until"], context.issued)
    start_text = match["from"]
    if end.day and re.fullmatch(rf"(?:ngày\s)?{DAY}", start_text):
        start_text = f"{start_text}/{end.day.month}"
    start = read_when(start_text, context.issued, year=end.day.year if end.day else None)
    if start.day and end.day and start.day > end.day and not re.search(r"\d{4}", match["from"]):
        start = start._replace(day=start.day.replace(year=start.day.year - 1, day=min(start.day.day, 28)))
    warnings = (*start.warnings, *end.warnings)
    if start.day is None or end.day is None:
        return Reading(None, None, warnings)
    if start.day > end.day:
        return Reading(None, None, (*warnings, END_BEFORE_START), end.day)
    if match["open"] == "trước":
        end = Moment(end.day - timedelta(days=1))
    first, last = start.iso or "", end.iso or ""
    value = f"{first.removesuffix('T00:00')}/{last.removesuffix('T24:00')}"
    return Reading(value, None, (*start.warnings, *end.warnings), end.day)


def _days(match: re.Match[str], context: Context) -> Reading | None:
    """*Các ngày 20, 21 và 22/8/2021*: from the first to the last day named."""
    end = read_when("ngày " + match["until"].removeprefix("ngày "), context.issued)
    if end.day is None or int(match["from"]) >= end.day.day:
        return None
    return Reading(f"{end.day.replace(day=int(match['from']))}/{end.day}", None, end.warnings, end.day)


def read_periods(match: re.Match[str], context: Context) -> Reading | None:
    """*Từ tháng A đến tháng B* keeps its months, any other pair becomes days."""
    last = read_period(match["until"], context.issued)
    first = read_period(match["from"], context.issued, year=last.last.year if last.last else None)
    if first.first is None or last.last is None:
        return Reading(None, None, (*first.warnings, *last.warnings))
    if first.first > last.last:
        return Reading(None, None, (END_BEFORE_START,), last.last)
    if "tháng" in match["from"] and "tháng" in match["until"] and first.name and last.name:
        return Reading(f"{first.name}/{last.name}", None, (), last.last, "absolute")
    return Reading(f"{first.first}/{last.last}", None, (), last.last)


def _same_day(match: re.Match[str], context: Context) -> Reading | None:
    reading = _bound("<=", read_when("hôm nay", context.issued))
    if reading and reading.value and "hôm nay" not in match[0]:
        return reading._replace(warnings=(SAME_DAY,))
    return reading


def _horizon(match: re.Match[str], context: Context) -> Reading | None:
    """*Đến năm 2015, hoàn thành …* opens a duty; *quy hoạch đến năm 2030* is the horizon of a plan."""
    return period_reading("<=", read_period(match["period"], context.issued)) if context.opens else None


_SINCE = r"(?:(?:kể|bắt\sđầu|tính)\s)?từ\s"
_TO = r"\s(?:cho\s)?(?:đến|tới|[-–])\s"
_BEFORE = rf"(?:{LAST_AT}(?:\slà)?\s|(?:kể\s)?từ\snay\sđến\s)?trước\s"
_BY = (
    rf"(?:{LAST_AT}(?:\s(?:là|đến|vào|trong|hết|tới)){{0,3}}\s?:?\s|(?:từ\snay\s)?(?:cho\s)?(?:đến|tới)\shết\s|hết\s|"
    r"từ\snay\sđến\s)"
)
#: *Thời hạn hoàn thành:*, *Thời gian gửi báo cáo là*
_LABEL = (
    r"(?:thời\s(?:hạn|gian|điểm)|hạn|tiến\sđộ)(?:\s(?:chót|cuối(?:\scùng)?|hoàn\s(?:thành|thiện)|thực\shiện|báo\scáo|"
    r"nộp|gửi|trình|xong|giải\squyết|xử\slý|phản\shồi|trả\slời|góp\sý|hồ\ssơ|đăng\ský|kết\squả|văn\sbản|"
    r"triển\skhai|công\sviệc)){0,5}(?:\s?:\s?|\s(?:là\s|vào\s|trong\s|đến\s|hết\s|cuối\scùng\s|tới\s){0,3}|\s?\(\s?)"
)
_SHARED = rf"\s(?:đến|tới)\s(?:ngày\s)?{DAY}(?:\s?/\s?|\stháng\s){MONTH}"
_START = rf"(?:{WHEN}|ngày\s{DAY}|{DAY}(?=\s?[-–]|{_SHARED}))"
_SHARED_MONTH = rf"(?:{DATE}|{DAY}\stháng\s{MONTH}(?:\snăm\s{YEAR})?)"
_NOT_ANOTHER_DAY = r"(?!\s?\d|\w|\s(?:nhận|ký|làm|tiếp|có|phát|ban|khởi|đăng|hết|xảy|mà|đầu|cuối))"

DATE_RULES: tuple[Rule, ...] = (
    strong("same_day", "absolute", _same_day, r"ngay\strong\s(?:ngày(?:\shôm\snay)?|hôm\snay)", _NOT_ANOTHER_DAY),
    weak(
        "days", "absolute", _days,
        rf"(?:trong\s)?(?:các|hai|ba|0?[2-9])?\s?ngày\s(?P<from>{DAY})(?:,\s{DAY}){{0,9}}\s?(?:,|và|-|–)\s?",
        rf"(?P<until>{_SHARED_MONTH})",
    ),
    weak(
        "interval", "absolute", read_interval,
        rf"{_SINCE}(?P<from>{_START}){_TO}(?:(?P<open>trước|hết)\s)?(?P<until>{WHEN})(?!\s(?:hằng|hàng|mỗi)\snăm)",
    ),
    weak(
        "hours", "absolute", _hours,
        rf"từ\s(?P<from>{CLOCK})\s(?:đến|tới)\s(?P<until>{CLOCK})[\s,]*(?P<when>{WHEN})",
    ),
    weak("periods", "period", read_periods, rf"từ\s(?P<from>{PERIOD}){_TO}(?:hết\s)?(?P<until>{PERIOD})"),
    strong("before_date", "absolute", _when("<"), rf"{_BEFORE}(?P<when>{WHEN})"),
    strong("by_date", "absolute", _when("<="), rf"{_BY}(?P<when>{WHEN})"),
    strong("label_date", "absolute", _meeting, rf"{_LABEL}(?P<when>{WHEN})"),
    weak(
        "meeting_time", "absolute", _meeting,
        rf"(?:(?:vào\s)?(?:lúc|hồi)|(?:bắt\sđầu\s(?:từ|vào)|vào)(?=\s{CLOCK}))\s(?P<when>{WHEN})",
    ),
    weak("on_date", "absolute", _when("<="), rf"(?:(?:ngay\s)?trong|vào|(?:cho\s)?đến|tới)\s(?P<when>{WHEN})"),
    weak("after_date", "absolute", _when(">"), rf"sau\s(?P<when>{WHEN})"),
    weak(
        "from_date", "absolute", _when(">="),
        rf"{_SINCE}(?P<when>{WHEN})(?!\s(?:cho\s)?(?:đến|tới))(?:\strở\sđi)?",
    ),
    weak(
        "from_validity", "absolute", _when(">="),
        rf"từ\s(?:thời\sđiểm|khi|ngày)\s[^,.;:()\n\d]{{1,60}}có\shiệu\slực\s(?P<when>{WHEN})",
    ),
    strong("before_period", "period", _period("<"), rf"{_BEFORE}(?P<period>{PERIOD})"),
    strong("by_period", "period", _period("<="), rf"{_BY}(?P<period>{PERIOD})"),
    strong("label_period", "period", _period("<="), rf"{_LABEL}(?P<period>{PERIOD})"),
    weak("within_period", "period", _period("<="), rf"(?:(?:ngay\s)?trong|vào|hoàn\sthành)\s(?P<period>{PERIOD})"),
    weak("horizon", "period", _horizon, rf"đến\s(?P<period>{PERIOD})(?!\s?,?\s(?:tầm\snhìn|định\shướng))"),
    weak("point_of_period", "period", _period("<="), rf"(?P<period>(?:đầu|giữa|cuối)\s{PERIOD})"),
)  # fmt: skip
