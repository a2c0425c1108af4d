"""The rules of time limits: dates, periods, counted periods and events. Recurring times are in ``recurrence_rules``.

Each rule has a name, the type of what it finds, a pattern that starts at a cue and a reader of its match. The first rule
that matches and reads something at a position wins, so narrower rules stand first. Boundaries: *trước ngày D* excludes D,
*chậm nhất / đến hết / trong ngày D* include it; counted periods follow Bộ luật Dân sự 2015, Điều 144–148.
Patterns see lower-case text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from extractors.model import DeadlineType
from extractors.patterns import DAY
from extractors.when import COUNT, DATE, PERIOD, WHEN, Moment, Period, read_count, read_period, read_when


class Context(NamedTuple):
    """What a reader may look at besides its match: day of issue, the line before the match, what *cùng ngày* means,
    and whether the match opens a sentence."""

    issued: date | None
    before: str = ""
    same: date | None = None
    opens: bool = True


class Reading(NamedTuple):
    """What a rule made of its match. ``last`` is the last day in question, for telling past from future."""

    value: str | None
    anchor: str | None = None
    warnings: tuple[str, ...] = ()
    last: date | None = None
    type: DeadlineType | None = None


class Rule(NamedTuple):
    """``weak`` cues also tell of the past (*từ ngày … đến ngày …*): they yield nothing for days before the issue."""

    name: str
    type: DeadlineType
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], Context], Reading | None]
    weak: bool = False


LAST_AT = r"(?:(?:chậm|muộn|trễ)\snhất|không\s(?:quá|muộn\shơn|chậm\shơn|trễ\shơn)|hạn\s(?:cuối|chót)(?:\scùng)?)"
#: *Thời hạn hoàn thành:*, *Thời gian gửi báo cáo là*
LABEL = (
    r"(?:thời\s(?:hạn|gian|điểm)|hạn|tiến\sđộ)(?:\s(?:chót|cuối(?:\scùng)?|hoàn\s(?:thành|thiện)|thực\shiện|báo\scáo|nộp|gửi|"
    r"trình|xong|giải\squyết|xử\slý|phản\shồi|trả\slời|góp\sý|hồ\ssơ|đăng\ský|kết\squả|văn\sbản|triển\skhai|công\sviệc)){0,5}"
)
_LEAD_IN = r"(?:\s?:\s?|\s(?:là\s|vào\s|trong\s|đến\s|hết\s|cuối\scùng\s|tới\s)*|\s?\(\s?)"
_TAIL = r"[^,.;:()\n]{1,160}"


def _bound(sign: str, moment: Moment) -> Reading | None:
    value = f"{sign}{moment.iso}" if moment.day else None
    return Reading(value, None, moment.warnings, moment.day)


def _when(sign: str) -> Callable[[re.Match[str], Context], Reading | None]:
    def read(match: re.Match[str], context: Context) -> Reading | None:
        return _bound(sign, read_when(match["when"], context.issued, same=context.same))

    return read


def period_reading(sign: str, period: Period) -> Reading:
    """A period with its sign: ``<=2020-Q1``; a point of it as a day, a stretch without ISO name as an interval."""
    if period.first is None or period.last is None:
        return Reading(None, None, period.warnings)
    if period.name:
        return Reading(sign + period.name, None, period.warnings, period.last)
    if period.first == period.last or sign == "<":
        return Reading(f"{sign or '<='}{period.first}", None, period.warnings, period.last)
    return Reading(f"{period.first}/{period.last}", None, period.warnings, period.last)


def _period(sign: str) -> Callable[[re.Match[str], Context], Reading | None]:
    def read(match: re.Match[str], context: Context) -> Reading | None:
        return period_reading(sign, read_period(match["period"], context.issued))

    return read


def _meeting(match: re.Match[str], context: Context) -> Reading | None:
    """A meeting is held at its hour: the value carries no sign. Without an hour it is a day within which to act."""
    moment = read_when(match["when"], context.issued, same=context.same)
    return _bound("" if moment.clock else "<=", moment)


def read_interval(match: re.Match[str], context: Context) -> Reading | None:
    """*Từ ngày A đến ngày B*: the year and month of B complete A; *đến trước ngày B* ends the day before."""
    end = read_when(match["until"], context.issued)
    start_text = match["from"]
    if end.day and re.fullmatch(rf"(?:ngày\s)?{DAY}", start_text):
        start_text = f"{start_text}/{end.day.month}"
    start = read_when(start_text, context.issued, year=end.day.year if end.day else None)
    if start.day and end.day and start.day > end.day and not re.search(r"\d{4}", match["from"]):
        start = start._replace(day=start.day.replace(year=start.day.year - 1, day=min(start.day.day, 28)))
    if start.day is None or end.day is None or start.day > end.day:
        return Reading(None, None, (*start.warnings, *end.warnings))
    if match["open"] == "trước":
        end = Moment(end.day - timedelta(days=1))
    first, last = start.iso or "", end.iso or ""
    return Reading(
        f"{first.removesuffix('T00:00')}/{last.removesuffix('T24:00')}", None, (*start.warnings, *end.warnings), end.day
    )


def _days(match: re.Match[str], context: Context) -> Reading | None:
    """*Các ngày 20, 21 và 22/8/2021*: from the first to the last day named."""
    end = read_when(match["until"], context.issued)
    if end.day is None or int(match["from"]) >= end.day.day:
        return None
    return Reading(f"{end.day.replace(day=int(match['from']))}/{end.day}", None, end.warnings, end.day)


def read_periods(match: re.Match[str], context: Context) -> Reading | None:
    """*Từ tháng A đến tháng B* keeps its months, any other pair becomes days."""
    last = read_period(match["until"], context.issued)
    first = read_period(match["from"], context.issued, year=last.last.year if last.last else None)
    if first.first is None or last.last is None or first.first > last.last:
        return Reading(None, None, (*first.warnings, *last.warnings))
    if "tháng" in match["from"] and "tháng" in match["until"] and first.name and last.name:
        return Reading(f"{first.name}/{last.name}", None, (), last.last, "absolute")
    return Reading(f"{first.first}/{last.last}", None, (), last.last)


_RECEIPT = re.compile(r"(?<!\w)(?:nhận\s(?:được|đủ|đầy\sđủ)|tiếp\snhận|nhận\s(?:văn\sbản|công\svăn|hồ\ssơ|thông\sbáo))(?!\w)")
_ISSUE = re.compile(
    r"(?:ngày|khi)\s(?:ký(?:,?\s?ban\shành)?|ban\shành|phát\shành|ra)(?:\s(?:văn\sbản|công\svăn|công\sđiện|chỉ\sthị|"
    r"quyết\sđịnh|thông\sbáo|kế\shoạch|nghị\squyết|thông\stư|nghị\sđịnh))?(?:\snày)?$"
)
_DATED = re.compile(WHEN)


def _anchor(event: str, context: Context) -> str:
    """Where a count starts: at a date, the issue of this document, the receipt of something, or another event."""
    if (dated := _DATED.search(event)) and (day := read_when(dated[0], context.issued).day):
        return day.isoformat()
    if _RECEIPT.search(event):
        return "receipt"
    return "issue" if _ISSUE.search(event.strip()) else "event"


def _count(match: re.Match[str], context: Context) -> Reading | None:
    value = read_count(match["count"])
    return Reading(value, _anchor(match["event"], context)) if value else None


def _bare_count(match: re.Match[str], context: Context) -> Reading | None:
    value = read_count(match["count"])
    return Reading(value, "event") if value else None


def _backward(match: re.Match[str], context: Context) -> Reading | None:
    """*04 giờ trước khi …*: the anchor is an event or the date of the event."""
    value = read_count(match["count"])
    dated = _DATED.search(match["event"])
    day = read_when(dated[0], context.issued).day if dated else None
    return Reading(value, day.isoformat() if day else "event") if value else None


def _same_day(match: re.Match[str], context: Context) -> Reading | None:
    return _bound("<=", read_when("hôm nay", context.issued))


def _fixed(value: str | None, anchor: str | None = None) -> Callable[[re.Match[str], Context], Reading | None]:
    return lambda match, context: Reading(value, anchor)


_ALREADY = re.compile(r"(?<!\w)(?:đã|vừa|từng)\s[^,.;:]{0,40}$")


def _at_once(match: re.Match[str], context: Context) -> Reading | None:
    return None if _ALREADY.search(context.before) else Reading("immediate")


_CLAUSE_START = re.compile(r"(?:[.,;:()–+*-]\s?|(?<!\w)(?:và|hoặc|thì|nhưng)\s)$")


def _horizon(match: re.Match[str], context: Context) -> Reading | None:
    """*Đến năm 2015, hoàn thành …* opens a duty; *quy hoạch đến năm 2030* is the horizon of a plan."""
    return period_reading("<=", read_period(match["period"], context.issued)) if context.opens else None


def _after(match: re.Match[str], context: Context) -> Reading | None:
    return Reading(">event") if context.opens or _CLAUSE_START.search(context.before) else None


def _rule(name: str, kind: DeadlineType, pattern: str, read: Callable[[re.Match[str], Context], Reading | None]) -> Rule:
    return Rule(name, kind, re.compile(pattern), read)


def _weak(name: str, kind: DeadlineType, pattern: str, read: Callable[[re.Match[str], Context], Reading | None]) -> Rule:
    return Rule(name, kind, re.compile(pattern), read, weak=True)


_BEFORE = rf"(?:{LAST_AT}(?:\slà)?\s|(?:từ\snay|kể\stừ\snay)\sđến\s)?trước\s"
_BY = rf"(?:{LAST_AT}(?:\s(?:là|đến|vào|trong|hết|tới))*\s?:?\s|(?:từ\snay\s)?(?:cho\s)?(?:đến|tới)\shết\s|hết\s|từ\snay\sđến\s)"
_START = rf"(?:{WHEN}|ngày\s{DAY}|{DAY}(?=\s?[-–]))"
_COUNT_LEAD = (
    r"(?:(?:ngay\s)?trong\s(?:vòng|thời\shạn|thời\sgian|khoảng\sthời\sgian)?\s?|(?:chậm|muộn)\snhất\s|tối\sđa\s|"
    r"không\squá\s|(?:gia\shạn|thời\shạn|thời\sgian)\s(?:thêm\s)?|trước\s|sau\s|là\s)"
)
_FROM = r",?\s(?:sau\skhi|(?:(?:kể|tính)\s)?(?:từ|sau)\s(?:ngày|khi|thời\sđiểm|lúc|thời\sgian))(?!\w)"
_NOT_CONDITION = r"(?![^.;\n]{0,120}\smà\s(?:không|chưa|vẫn))"
_COUNTED_FROM = rf"(?P<count>{COUNT})(?P<event>{_FROM}{_NOT_CONDITION}{_TAIL})"
_NOT_PAST = r"(?!\s(?:qua|gần|trước|liền|liên\stục|vừa|tiếp\s(?:xúc|theo)|cuối|đầu))"
_NOT_PLACE = r"(?!\s(?:từ|tại|cả|trong|trên|dưới|lúc|đầu|thẳng|ngắn|bên|cạnh|giữa|ở|đến|với|trước|sau|phía|đây|nơi|khi|ngày)(?!\w))"

TIME_LIMIT_RULES: tuple[Rule, ...] = (
    _rule("same_day", "absolute", r"ngay\strong\s(?:ngày(?:\shôm\snay)?|hôm\snay)(?!\s?\d)(?!\w)", _same_day),
    _rule("next_working_day", "relative", r"(?:ngay\s)?trong\sngày\slàm\sviệc\s(?:tiếp\stheo|liền\skề)", _fixed("P1BD", "receipt")),
    _weak(
        "days", "absolute", rf"(?:trong\s)?(?:các|hai|ba|0?[2-9])?\s?ngày\s(?P<from>{DAY})(?:,\s{DAY})*\s?(?:,|và|-|–)\s?(?P<until>{DATE})", _days,
    ),
    _weak(
        "interval", "absolute", rf"(?:(?:kể|bắt\sđầu|tính)\s)?từ\s(?P<from>{_START})\s(?:cho\s)?(?:đến|tới|[-–])\s(?:(?P<open>trước|hết)\s)?(?P<until>{WHEN})",
        read_interval,
    ),
    _weak("periods", "period", rf"từ\s(?P<from>{PERIOD})\s(?:đến|tới|[-–])\s(?:hết\s)?(?P<until>{PERIOD})", read_periods),
    _rule("before_date", "absolute", rf"{_BEFORE}(?P<when>{WHEN})", _when("<")),
    _rule("by_date", "absolute", rf"{_BY}(?P<when>{WHEN})", _when("<=")),
    _rule("label_date", "absolute", rf"{LABEL}{_LEAD_IN}(?P<when>{WHEN})", _meeting),
    _weak("meeting_time", "absolute", rf"(?:vào\s)?(?:lúc|hồi)\s(?P<when>{WHEN})", _meeting),
    _weak("on_date", "absolute", rf"(?:(?:ngay\s)?trong|vào|(?:cho\s)?đến|tới)\s(?P<when>{WHEN})", _when("<=")),
    _weak("from_date", "absolute", rf"(?:(?:kể|bắt\sđầu|tính)\s)?từ\s(?P<when>{WHEN})(?!\s(?:cho\s)?(?:đến|tới))", _when(">=")),
    _weak("from_validity", "absolute", rf"từ\s(?:thời\sđiểm|khi|ngày)\s[^,.;:()\n\d]{{1,60}}có\shiệu\slực\s(?P<when>{WHEN})", _when(">=")),
    _rule("before_period", "period", rf"{_BEFORE}(?P<period>{PERIOD})", _period("<")),
    _rule("by_period", "period", rf"{_BY}(?P<period>{PERIOD})", _period("<=")),
    _rule("label_period", "period", rf"{LABEL}{_LEAD_IN}(?P<period>{PERIOD})", _period("<=")),
    _weak("within_period", "period", rf"(?:(?:ngay\s)?trong|vào|hoàn\sthành)\s(?P<period>{PERIOD})", _period("<=")),
    _weak("horizon", "period", rf"đến\s(?P<period>{PERIOD})(?!\s?,?\s(?:tầm\snhìn|định\shướng))", _horizon),
    _weak("point_of_period", "period", rf"(?P<period>(?:đầu|giữa|cuối)\s{PERIOD})", _period("<=")),
    _rule("count_before", "relative", rf"(?:{_COUNT_LEAD}|ít\snhất\s|tối\sthiểu\s|là\s)*(?P<count>{COUNT}),?\strước\s(?P<event>(?:khi|ngày|thời\sđiểm|lúc|giờ)\s{_TAIL}(?:{DATE})?)", _backward),
    _rule("count_from", "relative", rf"{_COUNT_LEAD}*{_COUNTED_FROM}", _count),
    _rule("count_limit", "relative", rf"(?:gia\shạn\s(?:một\slần\s)?|thời\s(?:hạn|gian)\s(?:gia\shạn\s)?)?(?:tối\sđa\s)?(?:không\squá|tối\sđa|(?:chậm|muộn)\snhất|gia\shạn\sthêm)\s(?:là\s)?(?P<count>{COUNT}){_NOT_PAST}", _bare_count),
    _rule("count_within", "relative", rf"trong\s(?:thời\shạn\s(?:tối\sđa\s)?|vòng\s)(?P<count>{COUNT}){_NOT_PAST}(?!\s(?:kể|tính)\stừ)", _bare_count),
    _rule("immediate_after", "immediate", rf"ngay\s(?:sau\s)?khi\s{_TAIL}", _at_once),
    _rule("immediate", "immediate", rf"(?:ngay\slập\stức|lập\stức|ngay{_NOT_PLACE})(?!\w)", _at_once),
    _rule("until_event", "event", rf"(?:cho\s)?(?:đến|tới)\skhi\s{_TAIL}", _fixed("<event")),
    _rule("before_event", "event", rf"trước\s(?:khi|thời\sđiểm|lúc)\s{_TAIL}", _fixed("<event")),
    _rule("after_event", "event", rf"(?:chỉ\s)?sau\skhi\s{_TAIL}", _after),
    _rule("on_event", "event", rf"(?:đột\sxuất\s)?khi\s(?:có\syêu\scầu|kết\sthúc)(?:{_TAIL})?(?=[,.;:()\n]|$)", _fixed(">event")),
)  # fmt: skip
