"""Find the times by or at which something is to be done: *trước ngày 05/4/2020*, *trong 05 ngày làm việc kể từ …*.

A cheap scan for cue words, then the rules at each cue, first match wins. Not times of a duty, and left alone: dates of
documents, validity (*có hiệu lực từ ngày*), the past (*kể từ ngày … cho đến nay*), programme periods (*giai đoạn 2021–2025*),
horizons of plans and vague adverbs (*khẩn trương, kịp thời*).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from extractors.deadline_rules import TIME_LIMIT_RULES, Context, Reading, Rule, period_reading, read_interval, read_periods
from extractors.model import Deadline, Span
from extractors.patterns import FULL_DATE, MONTH, YEAR, iso_date
from extractors.recurrence_rules import RECURRENCE_RULES
from extractors.when import COUNT, PERIOD, WHEN, read_period, read_when

TEXT_RULES: tuple[Rule, ...] = RECURRENCE_RULES + TIME_LIMIT_RULES

PAST_DUE = "Thời hạn sớm hơn ngày ban hành văn bản ({:%d/%m/%Y}); có thể văn bản ghi nhầm năm."
#: A date this many days before the issue is no mistyped year any more but the past.
_PAST = 730


def _cell_date(match: re.Match[str], context: Context) -> Reading | None:
    moment = read_when(match["when"], context.issued)
    return Reading(f"<={moment.iso}" if moment.day else None, None, moment.warnings)


def _cell_period(match: re.Match[str], context: Context) -> Reading | None:
    """A bare period in a cell is that period: ``2025``, ``2025-12``, ``2025-Q4``."""
    text = match["period"]
    if "/" in text and "tháng" not in text and "qu" not in text:
        text = f"tháng {text}"
    elif text.isdigit():
        text = f"năm {text}"
    return period_reading("<=" if "cuối" in text else "", read_period(text, context.issued))._replace(last=None)


def _cell_open(match: re.Match[str], context: Context) -> Reading | None:
    return Reading(None)


#: A table cell that is nothing but a time.
CELL_RULES: tuple[Rule, ...] = (
    Rule("cell_period", "period", re.compile(rf"(?P<period>(?:các\s)?(?:{PERIOD}|{YEAR}|{MONTH}\s?/\s?{YEAR}))"), _cell_period),
    Rule(
        "cell_interval", "absolute",
        re.compile(rf"(?:từ\s)?(?P<from>{WHEN})\s?(?:đến|tới|[-–])\s?(?P<open>hết\s|trước\s)?(?P<until>{WHEN})"), read_interval,
    ),
    Rule("cell_periods", "period", re.compile(rf"(?:từ\s)?(?P<from>{PERIOD})\s?(?:đến|tới|[-–])\s?(?:hết\s)?(?P<until>{PERIOD})"), read_periods),
    Rule("cell_date", "absolute", re.compile(rf"(?:(?:trong|vào)\s)?(?P<when>{WHEN})"), _cell_date),
    Rule("cell_from_period", "period", re.compile(rf"từ\s{PERIOD}(?:\strở\sđi)?"), _cell_open),
    Rule("cell_always", "recurring", re.compile(r"(?:làm\s)?thường\sxuyên(?:,?\s(?:liên\stục|hằng\snăm|hàng\snăm))?|liên\stục"), _cell_open),
)  # fmt: skip

#: Every rule, in the order of trial.
RULES: tuple[Rule, ...] = CELL_RULES + TEXT_RULES

_CUE = re.compile(
    r"\b(?:trước|(?:chậm|muộn|trễ)\snhất|không\s(?:quá|muộn|chậm|trễ)|đến|tới|hết\s|từ\s|kể\stừ|bắt\sđầu\stừ|tính\stừ|trong\s|vào\s|"
    r"cho\s(?:đến|tới)|th(?:ời\s(?:hạn|gian|điểm)|ứ\s)|chủ\snhật|hạn\s|tiến\sđộ|hoàn\sthành\s|lúc\s|hồi\s|sau\s|ngay|lập\stức|"
    r"gia\shạn|tối\s(?:đa|thiểu)|chỉ\ssau|đột\sxuất|khi\s(?:có|kết)|h[ằà]ng\s|mỗi\s|(?:theo\s)?định\skỳ|ngày\s\d|ngày\slàm|ngày\scuối|"
    r"các\sngày|hai\sngày|báo\scáo\s|(?:đầu|giữa|cuối)\s|ít\snhất|\d{1,3}(?=\s(?:\(|phút|giờ|ngày|tuần|tháng|năm|lần)|[hg:]|\slần)|"
    r"(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s(?:ngày|tháng|tuần|giờ|năm))"
)
_VALIDITY = re.compile(r"hiệu\slực(?:\s(?:thi\shành|áp\sdụng))?,?\s(?:kể\s)?$")
_BACKGROUND = re.compile(r"(?<!\w)(?:(?:đã|vừa|từng)\s[^,.;:]{0,40}|(?:tính|lũy\skế|luỹ\skế|số\sliệu|kéo\sdài)\s)$")
_DATED_RULES = frozenset({"before_date", "by_date", "before_period", "by_period", "on_event", "before_event", "until_event"})
_EVENT_END = re.compile(r"\s(?:thì|phải|để|có\strách\snhiệm|và\sgửi|và\sbáo\scáo)\s")


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
    while at <= end:
        stop = lowered.find("\t", at, end)
        stop = end if stop < 0 else stop
        whole = _cell(text, lowered, (at, stop), issued)
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
            return _deadline(text, Span(start, start + len(inner)), rule, reading)
    return None


def _stretch(text: str, lowered: str, stretch: tuple[int, int], issued: date | None) -> Iterator[Deadline]:
    start, end = stretch
    at = start
    while cue := _CUE.search(lowered, at, end):
        context = _context(text, lowered, (start, cue.start()), issued)
        at = cue.end()
        for rule in TEXT_RULES:
            if (match := rule.pattern.match(lowered, cue.start(), end)) and (reading := rule.read(match, context)):
                at = max(at, _end(match))
                if not _is_background(rule, reading, context):
                    yield _deadline(text, Span(match.start(), _end(match)), rule, _judged(reading, rule, issued))
                break


def _context(text: str, lowered: str, head: tuple[int, int], issued: date | None) -> Context:
    start, at = head
    before = lowered[max(start, at - 120) : at]
    named = re.findall(FULL_DATE, before) if lowered.find("cùng ngày", at, at + 40) >= 0 else []
    iso = iso_date(named[-1]) if named else None
    return Context(issued, before, date.fromisoformat(iso) if iso else None, at == start or text[at].isupper())


def _end(match: re.Match[str]) -> int:
    """The end of a match without the clause that follows an event (*… thì gửi thông tin*) and without trailing space."""
    found = match[0]
    if cut := _EVENT_END.search(found):
        found = found[: cut.start()]
    return match.start() + len(found.rstrip(" ("))


def _is_background(rule: Rule, reading: Reading, context: Context) -> bool:
    """True for validity, for what was done already and for days before the document."""
    dated = rule.weak or rule.name in _DATED_RULES
    if dated and (_VALIDITY.search(context.before) or _BACKGROUND.search(context.before)):
        return True
    if reading.last is None or context.issued is None:
        return False
    return (context.issued - reading.last).days > (0 if rule.weak else _PAST)


def _judged(reading: Reading, rule: Rule, issued: date | None) -> Reading:
    if issued and reading.last and reading.last < issued:
        return reading._replace(warnings=(*reading.warnings, PAST_DUE.format(issued)))
    return reading


def _deadline(text: str, span: Span, rule: Rule, reading: Reading) -> Deadline:
    kind = reading.type or rule.type
    return Deadline(span, rule.name, kind, span.of(text), reading.value, reading.anchor, reading.warnings)
