"""The rules of counted periods, of events and of *ngay*: *trong 05 ngày làm việc kể từ ngày nhận được*, *trước khi đi*.

How a count ends is not decided here but in ``due`` (Bộ luật Dân sự 2015, Điều 144–148). Patterns see lower-case text.
"""

from __future__ import annotations

import re

from extractors.readings import LAST_AT, TAIL, Context, Reading, Rule, fixed, strong
from extractors.when import COUNT, DATE, NUMBER_WORD, WHEN, read_count, read_when

_DISPATCH = (
    r"(?:văn\sbản|công\svăn|công\sđiện|thông\sbáo|chỉ\sthị|quyết\sđịnh|kế\shoạch|giấy\smời|thư|nghị\squyết|kết\sluận|"
    r"hướng\sdẫn|chỉ\sđạo|yêu\scầu|đề\snghị)"
)
#: The receipt of this dispatch; that of files, samples, money or another's letter is an event nobody here knows.
_RECEIPT = re.compile(
    rf"(?<!\w)(?:tiếp\s)?nhận(?:\sđược)?(?:\s{_DISPATCH}(?:\s[^\s,]+){{0,6}}?\snày(?!\w)|"
    rf"(?P<bare>\s{_DISPATCH})?(?=$|\s(?:thì|phải|để|và|có\strách\snhiệm)\s))"
)
RECEIPT_OF_THIS = "Ngày nhận được hiểu là ngày nhận được chính văn bản này."
_ISSUE = re.compile(
    r"(?:ngày|khi)\s(?:ký(?:,?\s?ban\shành)?|ban\shành|phát\shành|ra)(?:\s(?:văn\sbản|công\svăn|công\sđiện|chỉ\sthị|"
    r"quyết\sđịnh|thông\sbáo|kế\shoạch|nghị\squyết|thông\stư|nghị\sđịnh)\snày)?$"
)
_STARTS = re.compile(rf",?\s(?:(?:kể|tính)\s)?từ\s({WHEN})")
_ENDS_DATED = re.compile(rf"({WHEN})$")


def _anchor(event: str, context: Context) -> str:
    """Where a count starts: at a date, the receipt of something, the issue of this document, or another event."""
    if (dated := _STARTS.match(event)) and (day := read_when(dated[1], context.issued).day):
        return day.isoformat()
    if _RECEIPT.search(event.rstrip()):
        return "receipt"
    return "issue" if _ISSUE.search(event.strip()) else "event"


def _count(match: re.Match[str], context: Context) -> Reading | None:
    value = read_count(match["count"])
    if not value:
        return None
    receipt = _RECEIPT.search(match["event"].rstrip())
    doubt = (RECEIPT_OF_THIS,) if receipt and receipt["bare"] else ()
    return Reading(value, _anchor(match["event"], context), doubt)


def _months(match: re.Match[str], context: Context) -> Reading | None:
    """*Tháng thứ ba kể từ …*: counted in whole months, to the last day of the last."""
    value = read_count(f"{match['count'].replace('nhất', 'một')} tháng")
    return Reading(value, _anchor(match["event"], context)) if value else None


def _bare_count(match: re.Match[str], context: Context) -> Reading | None:
    """A count without a start. One of years is an age or a term of validity unless something is prolonged by it."""
    value = read_count(match["count"])
    return Reading(value, "event") if value and ("Y" not in value or "gia hạn" in match[0]) else None


def _backward(match: re.Match[str], context: Context) -> Reading | None:
    """*04 giờ trước khi …*: the anchor is an event or the date of the event."""
    value = read_count(match["count"])
    event = match["event"] or ""
    dated = None if re.search(r"(?<!\w)số\s", event) else _ENDS_DATED.search(event)
    day = read_when(dated[1], context.issued).day if dated else None
    return Reading(value, day.isoformat() if day else "event") if value else None


_ALREADY = re.compile(r"(?<!\w)(?:đã|vừa|từng)\s[^,.;:]{0,40}$")
#: *Ngay sau khi …, Cục trưởng đã yêu cầu …* tells what was done.
_TOLD = re.compile(
    r",[^.;:\n]{0,100}?\sđã\s(?:yêu\scầu|chỉ\sđạo|tổ\schức|ban\shành|triển\skhai|có|quán\striệt|chủ\sđộng|"
    r"khẩn\strương|kịp\sthời|nhanh\schóng)\s"
)


def _at_once(match: re.Match[str], context: Context) -> Reading | None:
    told = _ALREADY.search(context.before) or _TOLD.match(match.string, match.end())
    return None if told else Reading("immediate")


_CLAUSE_START = re.compile(r"(?:[.,;:()–+*-]\s?|(?<!\w)(?:và|hoặc|thì|nhưng)\s)$")


#: *Tình trạng đất trước khi …*, *03 năm liền kề trước thời điểm …* tell of a state, not of the time of a duty.
#: *trước ngày làm việc cuối cùng*, *trước ngày nghỉ*, *trước ngày này*: a day of the calendar, or of the text.
_NO_DAY = r"(?!làm|tháng|nghỉ|đó|này|nêu|nói)"
_STATE = re.compile(r"(?<!\w)(?:liền\skề|gần\snhất|ban\sđầu|đất|hiện\strạng|trạng\sthái|hình\sthành|có)\s$")


#: *Dự án được phê duyệt trước ngày Nghị định này có hiệu lực* says which cases; what is to be ready by then is due.
_IN_FORCE = re.compile(r"(?<!\w)này\scó\shiệu\slực(?!\w)")
_READY = re.compile(r"(?<!\w)(?:hoàn\sthành|hoàn\stất|ban\shành|xong|chậm\snhất)[^,;]{0,60}$")


def _before_event(match: re.Match[str], context: Context) -> Reading | None:
    case = _IN_FORCE.search(match[0]) and not _READY.search(context.before)
    return None if case or _STATE.search(context.before) else Reading("<event")


def _before_season(match: re.Match[str], context: Context) -> Reading | None:
    """*So với trước Tết*, *báo cáo trước kỳ họp* (to the assembly) compare, or name who listens."""
    told = re.search(r"(?<!\w)(?:so\svới|thời\sđiểm|như|giải\strình|báo\scáo|trình\sbày)\s$", context.before)
    return None if told or context.before.endswith("chịu trách nhiệm ") else Reading("<event")


def _after(match: re.Match[str], context: Context) -> Reading | None:
    if re.search(r"(?<!\w)trước\s(?:và|hoặc)\s$", context.before):
        return None
    return Reading(">event") if context.opens or _CLAUSE_START.search(context.before) else None


#: *ngày cuối cùng của tháng thứ 3 kể từ ngày kết thúc năm* (Luật Quản lý thuế, Điều 44 khoản 2)
_NTH_MONTH = rf"ngày\scuối(?:\scùng)?\s(?:của\s)?tháng\sthứ\s(?P<count>nhất|\d{{1,2}}|{NUMBER_WORD})"
#: What comes every year at its own time: *mùa mưa*, *Tết Nguyên đán*, *kỳ họp cuối năm*, *Rằm tháng Tám*.
_SEASON = (
    r"(?:(?:dịp\s)?tết(?!\w)|mùa\s(?:mưa|khô|bão|lũ|hè|đông|nắng|thi|khai\sthác|vụ|giao\squân|tuyển)|vụ\s(?:đông|hè|mùa|xuân|thu)|"
    r"rằm\stháng|(?:lễ\s)?(?:khai\sgiảng|khai\smạc|bế\smạc)|năm\shọc|(?:kỳ|phiên)\shọp|đại\shội)"
)
_LEAD = (
    r"(?:(?:ngay\s)?trong\s(?:vòng|thời\shạn|thời\sgian|khoảng\sthời\sgian)?\s?|(?:chậm|muộn)\snhất\s|tối\sđa\s|"
    r"không\squá\s|(?:gia\shạn|thời\shạn|thời\sgian)\s(?:thêm\s)?|trước\s|sau\s|là\s)"
)
_FROM = r",?\s(?:sau\skhi|(?:(?:kể|tính)\s)?(?:từ|sau)\s(?:ngày|khi|thời\sđiểm|lúc|thời\sgian))(?!\w)"
#: *Sau 05 ngày kể từ ngày niêm yết mà không có khiếu nại* is a condition.
_NOT_CONDITION = r"(?![^.;\n]{0,120}\smà\s(?:không|chưa|vẫn))"
_NOT_PAST = r"(?!\s(?:qua|gần|trước|liền|liên\stục|vừa|tiếp\s(?:xúc|theo)|cuối|đầu))"
_LEAST = r"(?:ít\snhất|tối\sthiểu)\s"
_REST = r"[^\n\t,.;:()]{0,60}"
_MEETING = r"sau\s(?:hội\snghị|cuộc\shọp|kỳ\shọp|phiên\shọp|buổi\slàm\sviệc)(?:\snày)?"
#: *ngay từ*, *ngay tại*, *ngay cả*, *ngay thẳng* and the like are no time.
_NOT_PLACE = (
    r"(?!\s(?:từ|tại|cả|trong|trên|dưới|lúc|đầu|thẳng|ngắn|bên|cạnh|giữa|ở|đến|với|trước|sau|phía|đây|nơi|khi|ngày|tình|"
    r"tính|hàng|thềm|thật)(?!\w))"
)

COUNT_RULES: tuple[Rule, ...] = (
    strong(
        "next_working_day", "relative", fixed("P1BD", "receipt"),
        r"(?:ngay\s)?trong\sngày\slàm\sviệc\s(?:tiếp\stheo|liền\skề)",
    ),
    strong(
        "last_day_of_month", "relative", _months,
        rf"(?:(?:vào|trong|{LAST_AT}(?:\slà)?)\s)?{_NTH_MONTH}(?P<event>{_FROM}{TAIL})",
    ),
    strong(
        "count_before", "relative", _backward,
        rf"(?:{_LEAD}|{_LEAST}){{0,4}}(?P<count>{COUNT}),?\strước\s",
        rf"(?P<event>(?:(?:khi|ngày|thời\sđiểm|lúc|giờ)\s|(?={_SEASON})){TAIL}(?:{DATE})?)",
    ),
    strong(
        "count_ahead", "relative", _backward,
        r"trước\s(?P<event>(?:ngày|khi)\s[^,.;:()\n\d]{1,60}?)(?<!trong)(?<!vòng)(?<!hạn)(?<!quá)\s",
        rf"(?:{_LEAST})?(?P<count>{COUNT})(?!,?\s(?:kể\s|tính\s)?từ)",
    ),
    strong(
        "notice", "relative", _backward,
        rf"trước\s{_LEAST}(?:là\s)?(?P<count>{COUNT})(?P<event>\s(?:so\svới|tính\sđến)\s(?:{DATE}|{TAIL}))?",
    ),
    strong(
        "count_from", "relative", _count,
        rf"{_LEAD}{{0,4}}(?P<count>{COUNT})(?P<event>{_FROM}{_NOT_CONDITION}{TAIL})",
    ),
    strong(
        "count_limit", "relative", _bare_count,
        r"(?:gia\shạn\s(?:một\slần\s)?|thời\s(?:hạn|gian)\s(?:gia\shạn\s)?)?(?:tối\sđa\s)?",
        rf"(?:không\squá|tối\sđa|(?:chậm|muộn)\snhất|gia\shạn\sthêm)\s(?:là\s)?(?P<count>{COUNT}){_NOT_PAST}",
    ),
    strong(
        "count_within", "relative", _bare_count,
        rf"trong\s(?:thời\shạn\s(?:tối\sđa\s)?|vòng\s)(?P<count>{COUNT}){_NOT_PAST}(?!\s(?:kể|tính)\stừ)",
    ),
    strong("immediate_after", "immediate", _at_once, rf"ngay\s(?:(?:sau\s)?khi\s{TAIL}|{_MEETING})"),
    strong(
        "immediate", "immediate", _at_once,
        rf"(?:ngay\slập\stức|lập\stức|(?<![/\d%])(?<!\d\s)ngay{_NOT_PLACE}(?!\s?\.?\s?\d))(?!\w)",
    ),
    strong("until_event", "event", fixed("<event"), rf"(?:cho\s)?(?:đến|tới)\skhi\s{TAIL}"),
    strong("before_event", "event", _before_event, rf"trước\s(?:khi|thời\sđiểm|lúc)\s{TAIL}"),
    strong(
        "before_event_day", "event", _before_event,
        rf"trước\sngày\s(?=[^\W\d]){_NO_DAY}(?:(?!\s(?:hoặc|và)\s)[^\n\t,.;:()])+",
    ),
    strong("before_season", "event", _before_season, rf"{LAST_AT}?\s?trước\s{_SEASON}{_REST}"),
    strong(
        "by_event_day", "event", fixed("<event"),
        rf"{LAST_AT}(?:\s(?:là|vào|đến|trong)){{0,2}}\sngày\s(?=[^\W\d]){_NO_DAY}{TAIL}",
    ),
    strong(
        "to_end_of_term", "event", fixed("<event"),
        rf"(?:(?:cho\s)?(?:đến|tới)\s)?hết\s(?:học\skỳ|năm\shọc|nhiệm\skỳ|mùa|vụ|đợt)(?!\w){_REST}",
    ),
    strong("after_event", "event", _after, rf"(?:chỉ\s)?sau\skhi\s{TAIL}"),
    strong(
        "on_event", "event", fixed(">event"),
        rf"(?:đột\sxuất\s)?khi\s(?:có\syêu\scầu|kết\sthúc)(?:{TAIL})?(?=[,.;:()\n]|$)",
    ),
)  # fmt: skip
