"""Find the times by or at which something is to be done: *trước ngày 05/4/2020*, *trong 05 ngày làm việc kể từ …*.

A cheap scan for cue words, then the rules at each cue, first match wins. Not times of a duty, and left alone: dates of
documents, validity (*có hiệu lực từ ngày*), the past (*kể từ ngày … cho đến nay*), programme periods (*giai đoạn
2021–2025*), horizons of plans and vague adverbs (*khẩn trương, kịp thời*).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from extractors.count_rules import COUNT_RULES
from extractors.deadline_rules import DATE_RULES, period_reading, read_interval, read_periods
from extractors.model import Deadline, Span
from extractors.patterns import FULL_DATE, MONTH, YEAR, iso_date
from extractors.readings import Context, Reading, Rule, fixed, strong, weak
from extractors.recurrence_rules import RECURRENCE_RULES
from extractors.when import COUNT, PERIOD, WHEN, read_count, read_period, read_when
from extractors.wording import WORD, any_of

TEXT_RULES: tuple[Rule, ...] = RECURRENCE_RULES + DATE_RULES + COUNT_RULES

PAST_DUE = "Thời hạn sớm hơn ngày ban hành văn bản ({:%d/%m/%Y}); có thể văn bản ghi nhầm năm."
#: A date this many days before the issue is no mistyped year any more but the past.
_PAST = 730


def _cell_date(match: re.Match[str], context: Context) -> Reading | None:
    moment = read_when(match["when"], context.issued)
    return Reading(f"<={moment.iso}" if moment.day else None, None, moment.warnings, moment.day)


#: A bare number below is a figure of a table: no office of today has set a time before it.
_FIRST_YEAR = "1945"


def _cell_period(match: re.Match[str], context: Context) -> Reading | None:
    """A bare period in a cell is that period: ``2025``, ``2025-12``, ``2025-Q4``."""
    text = match["period"]
    if text[:4].isdigit() and text < _FIRST_YEAR:
        return None
    if "/" in text and "tháng" not in text and "qu" not in text:
        text = f"tháng {text.removeprefix('t')}"
    elif text[0].isdigit():
        text = f"năm {text}"
        if context.issued and int(text[-4:]) < context.issued.year:
            return None  # a column of figures, not a time to come
    return period_reading("<=" if "cuối" in text else "", read_period(text, context.issued))


def _cell_count(match: re.Match[str], context: Context) -> Reading | None:
    """*05 ngày làm việc* of a step in a procedure; years are a term of something else."""
    value = read_count(match["count"])
    return Reading(value, "event") if value and "Y" not in value else None


#: A table cell that is nothing but a time.
CELL_RULES: tuple[Rule, ...] = (
    strong(
        "cell_period", "period", _cell_period,
        rf"(?P<period>(?:các\s)?(?:{PERIOD}|{YEAR}(?:\s?[-–]\s?{YEAR})?|t?{MONTH}\s?/\s?{YEAR}))",
        r"(?:\svà\s(?:hằng|hàng|các|những)\snăm(?:\s(?:tiếp\stheo|sau))?)?",
    ),
    strong(
        "cell_interval", "absolute", read_interval,
        rf"(?:từ\s)?(?P<from>{WHEN})\s?(?:đến|tới|[-–])\s?(?P<open>hết\s|trước\s)?(?P<until>{WHEN})",
    ),
    strong(
        "cell_periods", "period", read_periods,
        rf"(?:từ\s)?(?P<from>{PERIOD})\s?(?:đến|tới|[-–])\s?(?:hết\s)?(?P<until>{PERIOD})",
    ),
    weak("cell_date", "absolute", _cell_date, rf"(?:(?:trong|vào)\s)?(?P<when>{WHEN})"),
    strong("cell_count", "relative", _cell_count, rf"(?P<count>{COUNT})"),
    strong("cell_from_period", "period", fixed(None), rf"từ\s{PERIOD}(?:\strở\sđi)?"),
    strong(
        "cell_always", "recurring", fixed(None),
        r"(?:làm\s)?thường\sxuyên(?:,?\s(?:liên\stục|hằng\snăm|hàng\snăm))?|liên\stục",
    ),
)  # fmt: skip

#: Every rule, in the order of trial.
RULES: tuple[Rule, ...] = CELL_RULES + TEXT_RULES

_DAY_NEXT = (
    r"\s(?=\d|ngày|tháng|qu[ýí]|năm|tuần|hết|nay|khi|trước|cuối|giữa|đầu|thứ|chủ|hôm|sáng|chiều|trưa|tối|mai|cùng|các|"
    r"một|hai|ba|bốn|sáu|bảy|tám|chín|mười|thời|vòng|khoảng|lúc|hồi)"
)
_UNIT_NEXT = r"\s(?=ngày|tuần|tháng|qu[ýí]|năm|giờ)"
#: Where a rule may match. Narrow on purpose: each cue costs a trial of every rule.
_CUE = re.compile(
    any_of((
        r"trước\s", r"chậm\snhất", r"muộn\snhất", r"trễ\snhất", r"không\s(?:quá|muộn|chậm|trễ)",
        *(rf"{word}{_DAY_NEXT}" for word in ("đến", "tới", "từ", "trong", "vào")),
        rf"hết(?:{_DAY_NEXT}|\s(?=học|nhiệm|mùa|vụ|đợt))", r"kể\stừ", r"bắt\sđầu\stừ", r"tính\stừ", r"cho\s(?:đến|tới)",
        r"thời\s(?:hạn|gian|điểm)", r"thứ\s(?:hai|ba|tư|năm|sáu|bảy|[2-7])", r"chủ\snhật", r"hạn\s", r"tiến\sđộ",
        r"lúc\s\d", r"hồi\s\d", "ngay", r"lập\stức", r"gia\shạn", r"tối\s(?:đa|thiểu)", r"chỉ\ssau", r"đột\sxuất",
        r"khi\s(?:có|kết)\s", rf"hoàn\sthành{_DAY_NEXT}", rf"sau{_DAY_NEXT}",
        *(rf"{word}{_UNIT_NEXT}" for word in ("hằng", "hàng", "mỗi", "đầu", "giữa", "cuối")), r"mỗi\s\d",
        r"tháng\s(?=\S{1,3}\s(?:hằng|hàng))", r"qu[ýí]\s(?=\S{1,3}\s(?:hằng|hàng))", r"theo\sđịnh\skỳ", r"định\skỳ",
        r"ngày\s(?:\d|làm|cuối)", r"các\sngày", r"hai\sngày", r"ba\sngày",
        r"báo\scáo\s(?=ngày|tuần|tháng|qu[ýí]|năm)", r"ít\snhất",
        *(rf"{digit}\d{{0,2}}(?=\s\(|\slần|[hg:]|{_UNIT_NEXT}|\sphút)" for digit in "0123456789"),
        *(rf"{word}{_UNIT_NEXT}" for word in ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")),
    ), start=WORD)
)  # fmt: skip
_YEAR_CELL = re.compile(rf"(?<![^\t\n])\s?(?:năm\s)?{YEAR}\s?(?![^\t\n])")
_VALIDITY = re.compile(r"hiệu\slực(?:\s(?:thi\shành|áp\sdụng))?,?\s(?:kể\s)?$")
_BACKGROUND = re.compile(
    r"(?<!\w)(?:(?:đã|vừa|từng)\s(?:(?!phải\s|cần\s|thì\s)\w+\s){0,6}|"
    r"(?:tính|l[ũu][ỹy]\skế|số\sliệu|kéo\sdài|giai\sđoạn|thời\skỳ|nhiệm\skỳ)\s)$"
)
#: *Dự kiến đến hết năm 2024* is how far figures reach.
_ESTIMATE = re.compile(r"(?<!\w)(?:dự\skiến|ước(?:\s(?:tính|thực\shiện))?)\s$")
_SINCE = re.compile(r"(?<!\w)(?:từ|tháng|kể|so\svới|cùng\skỳ|vụ)\s$")
_OVERDUE = re.compile(r"(?<!không\s)(?<!\w)(?:quá|hết)\s$")
#: What happened before a past day is a condition (*hóa đơn phát sinh trước ngày …*), no duty with a mistyped year.
_HAPPENED = re.compile(
    r"(?<!\w)(?:phát\ssinh|ký|giao|cấp|hình\sthành|thành\slập|ban\shành|tuyển\sdụng|sản\sxuất|sử\sdụng|đăng\ský|"
    r"công\snhận|phê\sduyệt|có|nhập\skhẩu|xuất\skhẩu|khởi\scông)(?:\s\w+){0,3}\s$"
)
_DATED_RULES = frozenset(
    {
        "before_date",
        "by_date",
        "before_period",
        "by_period",
        "on_event",
        "before_event",
        "before_event_day",
        "until_event",
    }
)
_EVENT_END = re.compile(r"\s(?:thì|phải|để|có\strách\snhiệm|và\sgửi|và\sbáo\scáo)\s")


@cache
def _some_rule() -> re.Pattern[str]:
    """All rules in one pattern: ``lastindex`` is the number of the first that matches; at most cues none does."""
    return re.compile("|".join(f"({_NAMED.sub('(?:', rule.pattern.pattern)})" for rule in TEXT_RULES))


_NAMED = re.compile(r"\(\?P<\w+>")


def find_deadlines(text: str, issued: date | None = None) -> tuple[Deadline, ...]:
    """The times in canonical ``text``, in order, none overlapping another.

    ``issued`` is the day of issue: it completes a missing year and tells past from future. Never raises.
    """
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    known = issued if issued and 1800 < issued.year < 2900 else None
    return tuple(_scan(text, lowered, known))


def _scan(text: str, lowered: str, issued: date | None) -> Iterator[Deadline]:
    at, size = 0, len(lowered)
    while at < size:
        end = lowered.find("\n", at)
        end = size if end < 0 else end
        yield from _line(text, lowered, (at, end), issued)
        at = end + 1


def _line(text: str, lowered: str, line: tuple[int, int], issued: date | None) -> Iterator[Deadline]:
    at, end = line
    if lowered.find("\t", at, end) < 0:
        yield from _stretch(text, lowered, line, issued)
        return
    several_years = len(_YEAR_CELL.findall(lowered, at, end)) > 1  # the head of a table of figures
    while at <= end:
        stop = lowered.find("\t", at, end)
        stop = end if stop < 0 else stop
        whole = None if several_years and stop - at < 8 else _cell(text, lowered, (at, stop), issued)
        yield from (whole,) if whole else _stretch(text, lowered, (at, stop), issued)
        at = stop + 1


def _cell(text: str, lowered: str, cell: tuple[int, int], issued: date | None) -> Deadline | None:
    """The time that fills a whole table cell."""
    if cell[1] - cell[0] > 80:
        return None
    inner = lowered[cell[0] : cell[1]].rstrip(" .;,")
    start = cell[0] + len(inner) - len(inner.lstrip())
    inner = inner.strip()
    context = Context(issued)
    for rule in CELL_RULES:
        if (match := rule.pattern.fullmatch(inner)) and (reading := rule.read(match, context)):
            if _is_background(rule, reading, context):
                return None
            return _deadline(text, Span(start, start + len(inner)), rule, reading)
    return None


def _stretch(text: str, lowered: str, stretch: tuple[int, int], issued: date | None) -> Iterator[Deadline]:
    start, end = stretch
    at = start
    while cue := _CUE.search(lowered, at, end):
        context = _context(text, lowered, (start, cue.start()), issued)
        at = cue.end()
        first = _some_rule().match(lowered, cue.start(), end)
        for rule in TEXT_RULES[first.lastindex - 1 :] if first and first.lastindex else ():
            match = rule.pattern.match(lowered, cue.start(), end)
            if match and (reading := rule.read(match, context)):
                at = max(at, _end(match))
                if not _is_background(rule, reading, context):
                    yield _deadline(text, Span(match.start(), _end(match)), rule, _judged(reading, issued))
                break


def _context(text: str, lowered: str, head: tuple[int, int], issued: date | None) -> Context:
    start, at = head
    before = lowered[max(start, at - 120) : at]
    named = re.findall(FULL_DATE, before) if lowered.find("cùng ngày", at, at + 40) >= 0 else []
    iso = iso_date(named[-1]) if named else None
    return Context(issued, before, date.fromisoformat(iso) if iso else None, at == start or text[at].isupper())


def _end(match: re.Match[str]) -> int:
    """The end of a match without the clause that follows an event (*… thì gửi thông tin*), without trailing space."""
    found = match[0]
    if cut := _EVENT_END.search(found):
        found = found[: cut.start()]
    end = match.start() + len(found.rstrip(" ("))
    return end + (match.string.startswith(")", end) and found.count("(") > found.count(")"))


def _is_background(rule: Rule, reading: Reading, context: Context) -> bool:
    """True for validity, for what was done already and for days before the document."""
    dated = rule.weak or rule.name in _DATED_RULES
    if dated and (_VALIDITY.search(context.before) or _BACKGROUND.search(context.before)):
        return True
    if rule.name in ("by_period", "by_date") and _ESTIMATE.search(context.before):
        return True
    if rule.name == "point_of_period" and _SINCE.search(context.before):
        return True
    if rule.type == "relative" and _OVERDUE.search(context.before):
        return True
    if reading.last is None or context.issued is None:
        return False
    past = (context.issued - reading.last).days
    return past > (0 if rule.weak else _PAST) or (past > 0 and _HAPPENED.search(context.before) is not None)


def _judged(reading: Reading, issued: date | None) -> Reading:
    if issued and reading.last and reading.last < issued:
        return reading._replace(warnings=(*reading.warnings, PAST_DUE.format(issued)))
    return reading


def _deadline(text: str, span: Span, rule: Rule, reading: Reading) -> Deadline:
    kind = reading.type or rule.type
    return Deadline(span, rule.name, kind, span.of(text), reading.value, reading.anchor, reading.warnings)
