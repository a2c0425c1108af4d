"""What one sentence does: whom it charges, and whether it orders, forbids, allows or only tells.

Reading order: the subject at the start (``Sở Y tế chủ trì …``), somebody asked (``giao/yêu cầu/đề nghị X …``), the
subject of the clause behind a fronted ground or condition (``Căn cứ …, X rà soát …``), the doer named by ``do X …``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from extractors.actors import Names, opens_with_predicate, read_names, starts_actor
from extractors.lexicon import settings
from extractors.model import ObligationKind, Span

#: ``orders``: among the orders of a dispatch; ``dispatch``: elsewhere in one; ``request``: a tờ trình or report upward;
#: ``press``: a report about orders.
Voice = Literal["orders", "dispatch", "request", "press"]


#: How a sentence was read; recorded with each row it makes.
RULES = ("asked", "relayed", "subject", "behind_fronted", "concerning", "doer", "late_subject", "bare", "background", "basis")


class Reading(NamedTuple):
    """A sentence read by itself. ``directs``: ``True`` it does, ``False`` it tells, ``None`` its surroundings decide.

    ``predicate`` is the offset where what is to be done begins; ``asked`` that the names follow a verb of asking;
    ``speaker`` the one who asks, where named; ``empty`` that nothing follows the names.
    """

    directs: bool | None
    names: tuple[str, ...]
    rule: str
    kind: ObligationKind
    predicate: int
    asked: str | None = None
    speaker: str | None = None
    empty: bool = False


_ASK = re.compile(
    r"\b(?P<verb>giao nhiệm vụ cho|giao|yêu cầu|đề nghị|phân công|chỉ đạo|mời|nhắc nhở|nhấn mạnh"
    r"|khuyến khích|vận động|kêu gọi|cho phép|lưu ý|nghiêm cấm|trình)"
    r"(?: cho| cả| đối với)?[,:]?\s+",
    re.IGNORECASE,
)
_NOT_ASKING = re.compile(
    r"\b(?:không|theo|được|bị|sự|các|những|của|có|đáp ứng|nhiệm vụ|đã được|nội dung|kiến nghị,|bàn"
    r"|tiếp|thực hiện|văn bản|ý kiến|hồ sơ|chuyển|đơn|Tờ trình|tham mưu|công tác|thẩm quyền"
    r"|quyết định|quyền|phép)\s+(?:\S+,\s+)?$",
    re.IGNORECASE,
)
_RELAY = re.compile(
    r"\b(?:thông báo|trả lời|hướng dẫn|gửi|chuyển|có ý kiến|truyền đạt)\b[^.;]{0,300}?\b(?:để|đến|tới"
    r"|gửi)\s+(?=\S)|\b(?:trả lời|thông báo)\s+(?=\S)",
    re.IGNORECASE,
)
_RELAY_END = re.compile(r"[^.;]{0,60}?\b(?:biết|thực hiện|triển khai|tham gia|phối hợp|nghiên cứu)\b")
_CLOSING = re.compile(r"\b(?:biết|thực hiện|triển khai|tham gia|phối hợp)\b[^.;]{0,60}(?:\.|/|$)")
_CHARGED = re.compile(r"\b(?:có trách nhiệm|có nhiệm vụ|chịu trách nhiệm|phải|cần|chủ trì)\b")
_BY = re.compile(r"\bdo\s+")
_CLAUSE_START = re.compile(r"(?:,|;|:|\bthì|\bgiao|\bcủa mình,|\))\s+")
_PAST = re.compile(
    r"[\s,]*(?:đã|vừa|đang|hiện|sẽ|được (?:xem|coi) là|được .{0,40}biểu dương|có nhiều cố gắng|luôn|còn"
    r"|chưa có|cũng đã|ghi nhận|biểu dương|đánh giá cao|hoan nghênh"
    r"|nhất trí|cơ bản|xin|rất|trân trọng|kính|nhận được|nhận thấy|nhận định|khẳng định|cho biết"
    r"|cho rằng|nhận được|có (?:Tờ trình|Báo cáo|Công văn|văn bản số)|ban hành (?:Quyết định|Kế hoạch"
    r"|Chỉ thị|Công văn|Nghị quyết|văn bản|Thông báo)(?: \w+){0,3} số|tổ chức (?:Hội nghị|cuộc họp"
    r"|làm việc))\b"
)
# "Thời hạn này có thể được gia hạn", "Hồ sơ không được phép mang ra": the matter stands first.
_EXTENDS = re.compile(r"(?:^|\bthì\b.{0,140}\s|^.{0,80}\s)gia hạn (?:thêm )?(?:một|0?\d) lần\b")
# Behind the one who acts: "các trạm y tế xã được bố trí điểm tiêm lưu động".
_ALLOWED = re.compile(
    r"(?:thì\s+)?được\s(?!giao|biết|phân công|yêu cầu|mời|cử|coi|xem|quy định|thành lập|đánh giá|hỗ trợ|bố trí (?:vốn|kinh phí|ngân))[a-zđ]"
)
_MAY = re.compile(r"[^,;:.]{3,60}?\s(?P<not>không\s)?(?:có thể được|được phép|được gia hạn|được miễn)\b")


@cache
def _any(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(settings('cues')[name])})(?!\w)", re.IGNORECASE)


@cache
def _connective() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?:{'|'.join(sorted(settings('cues')['connectives'], key=len, reverse=True))})(?:[,:]\s+|\s+))+",
        re.IGNORECASE,
    )


def read_sentence(text: str, span: Span, voice: Voice = "dispatch") -> Reading:
    """Read the sentence ``text[span]`` in the voice of its surroundings."""
    sentence = span.of(text)
    if _QUOTES_LAW.match(sentence):
        return Reading(False, (), "background", "obligation", span.start)
    connective = _connective().match(sentence)
    at = connective.end() if connective else 0
    subject = _subject(sentence, at)
    asked = _relayed(sentence) or _asked(sentence, at, subject, voice)
    if asked:
        return _reading(sentence, span, asked)
    if subject and not _any("background").match(sentence, at) and not _telling(sentence, at):
        told = bool(_PAST.match(sentence, subject.end))
        return _reading(sentence, span, _Found(subject, "subject", told=told))
    found = _behind_fronted(sentence, at) or _doer(sentence) or _late(sentence, at)
    if found and not _telling(sentence, at):
        return _reading(sentence, span, found)
    return _bare(sentence, span, at)


# "Tại khoản 1 Điều 4 … quy định: “…”": the words of another document.
_QUOTES_LAW = re.compile(
    r"(?:[-–+]\s*)?(?:căn cứ|tại|theo) [^:“”]{5,400}(?:quy định|hướng dẫn|nêu)[^:“”]{0,120}: ?[“\"]", re.IGNORECASE
)


def is_remark(sentence: str) -> bool:
    """True for a sentence of a press report that nobody is told by: no verb of asking, no order at its head."""
    bare = sentence.lstrip(" “\"-")
    if _ASK.search(bare) or _ORDER_WORDS.search(bare):
        return False
    return not opens_with_predicate(bare)


_ORDER_WORDS = re.compile(
    r"\b(?:phải|cần|có trách nhiệm|chịu trách nhiệm|được giao|chủ trì|phối hợp|không được|tuyệt đối)\b", re.IGNORECASE
)


def _telling(sentence: str, at: int) -> bool:
    """True for a sentence that opens as background and obliges nobody all the same."""
    opens = _any("background").match(sentence) or _any("background").match(sentence, at)
    return bool(opens) and not re.search(r"\b(?:có trách nhiệm|phải|không được|cần)\s", sentence)


class _Found(NamedTuple):
    names: Names
    rule: str
    asked: str | None = None
    speaker: str | None = None
    told: bool = False
    modal: bool = False


def _subject(sentence: str, at: int) -> Names | None:
    names = read_names(sentence, at)
    if names is None or names.end - at > 400:
        return None
    if sentence[names.end : names.end + 1] == ":":  # "Chi cục nơi đi: công chức hải quan lập biên bản …"
        at = names.end + 1 + len(sentence[names.end + 1 :]) - len(sentence[names.end + 1 :].lstrip())
        inner = read_names(sentence, at) if starts_actor(sentence, at) else None
        if inner and _acts(sentence, inner):
            return inner
        behind = None if opens_with_predicate(sentence[at:]) else _behind_fronted(sentence, at)
        return behind.names if behind and behind.rule == "behind_fronted" else names
    return names


def _asked(sentence: str, at: int, subject: Names | None, voice: Voice) -> _Found | None:
    agreed = _AGREED_THAT.match(sentence, at)
    names = read_names(sentence, agreed.end()) if agreed and starts_actor(sentence, agreed.end()) else None
    if names:
        return _Found(names, "asked", asked="cho phép", modal=True)
    for match in _ASK.finditer(sentence, at):
        if _NOT_ASKING.search(sentence[: match.start()]) or not starts_actor(sentence, match.end()):
            continue
        verb = match["verb"].lower()
        if verb in _HELD_BY_SUBJECT and (_telling(sentence, at) or not _may_ask(match, at, subject, voice)):
            continue
        names = read_names(sentence, match.end())
        if names:
            speaker = subject.names[0] if subject and subject.end <= match.start() else None
            return _Found(names, "asked", asked=verb, speaker=speaker, modal=True)
    return None


#: Verbs by which a subordinate also acts (``Sở Y tế chỉ đạo các bệnh viện``): they ask only at the head of a clause.
_HELD_BY_SUBJECT = frozenset(
    {
        "chỉ đạo",
        "nhấn mạnh",
        "cho phép",
        "vận động",
        "lưu ý",
        "nhắc nhở",
        "phân công",
        "giao",
        "mời",
        "giao nhiệm vụ cho",
        "trình",
    }
)


def _may_ask(match: re.Match[str], at: int, subject: Names | None, voice: Voice) -> bool:
    """May such a verb ask here, or does the subject of the sentence itself act by it?"""
    sentence, verb = match.string, match["verb"].lower()
    before = re.sub(r"(?:\s*(?:trân trọng|kính|xin|đã))+$", "", sentence[at : match.start()].rstrip())
    if _AGREED.search(sentence[at : match.start()].rstrip()):
        return True
    if verb == "vận động" and re.search(r"\b(?:tuyên truyền|giáo dục|thuyết phục),?(?: và)?$", before, re.IGNORECASE):
        return False
    if verb == "mời" and re.search(r"(?:kính|trân trọng)$", sentence[at : match.start()].rstrip()):
        return True
    if verb == "trình":
        asks = _DECIDES.search(sentence, match.end()) or sentence.rstrip().endswith(":")
        return voice == "request" and bool(asks)
    if subject and voice != "press" and _PAST.match(sentence, subject.end):
        return False
    if subject and _any("duty").match(sentence, subject.end):
        return False
    if subject:
        leader = _TOP if voice == "orders" else _LEADER
        led = voice == "press" or bool(leader.match(subject.names[0]))
        return (
            led and not before.endswith(":") and not re.match(r"(?:các|những|mỗi)\s", subject.names[0], re.IGNORECASE)
        )
    if verb == "chỉ đạo":
        return voice == "press" and _speaker_ends(sentence, at, at + len(before))
    return (
        not before
        or before[-1] in ",;:("
        or before.endswith(("và", "nhất"))
        or _speaker_ends(sentence, at, at + len(before))
    )


_LEADER = re.compile(
    r"(?:Phó |Ủy ban nhân dân tỉnh|Ủy ban nhân dân thành phố|UBND |Chủ tịch|Thủ tướng|Bộ trưởng"
    r"|Thứ trưởng|Cục trưởng|Tổng cục trưởng|Giám đốc|Bí thư|Ban Thường vụ|Thường trực|Văn phòng"
    r"|Lãnh đạo|Chính phủ|Bộ )"
)
_AGREED_THAT = re.compile(r"(?:thống nhất|đồng ý)[^,;:.]{0,30}? (?:để|cho) ", re.IGNORECASE)
_AGREED = re.compile(r"^(?:thống nhất|đồng ý)[^,;:.]{0,30}$", re.IGNORECASE)
#: Whoever speaks with this title is not one of those the dispatch charges.
_TOP = re.compile(r"(?:(?:Phó )?Thủ tướng|Chính phủ$|(?:Phó )?Chủ tịch (?:UBND|Ủy ban nhân dân) tỉnh|Bộ trưởng$)")
_DECIDES = re.compile(r"\b(?:xem xét|quyết định|phê duyệt|cho ý kiến|ban hành)\b[^.;]{0,60}$|\bxem xét\b")


def _speaker_ends(sentence: str, at: int, end: int) -> bool:
    """True when a name ends right before ``end``: ``… ngày 05/5, lãnh đạo Cục giao Phòng Nghiệp vụ``."""
    starts = [at, *(m.end() for m in _CLAUSE_START.finditer(sentence, max(at, end - 90), end))]
    names = [read_names(sentence[:end], start) for start in starts if starts_actor(sentence[:end], start)]
    return any(n is not None and n.end >= end for n in names)


def _relayed(sentence: str) -> _Found | None:
    """``Văn phòng thông báo để các đơn vị biết, thực hiện./.``: the closing order."""
    if not _CLOSING.search(sentence):
        return None
    for match in _RELAY.finditer(sentence):
        if _CHARGED.search(sentence, 0, match.start()):
            continue  # "Tổng cục có nhiệm vụ hướng dẫn … để các địa phương thực hiện" is the duty of Tổng cục
        names = read_names(sentence, match.end()) if starts_actor(sentence, match.end()) else None
        if names and _RELAY_END.match(sentence, names.end):
            return _Found(names, "relayed", modal=True)
    return None


_CONCERNING = re.compile(r"(?:riêng )?(?:đối với|về phía|trách nhiệm của|nhiệm vụ của|ở|tại)\s+", re.IGNORECASE)
_SPOKEN = re.compile(r"(?:đề nghị|yêu cầu|giao|chỉ đạo)\s+")
_TITLE = re.compile(r"[^:.;]{4,160}:\s+")
_IN_LIST = re.compile(r"\b(?:các|những|với|cùng|của|cho|giữa|đến|từng|mọi)\s(?:\w+\s){0,3}\w+,\s$")


def _behind_fronted(sentence: str, at: int) -> _Found | None:
    """The doer in ``Căn cứ …, X rà soát …``, ``Thẩm quyền công nhận: X quyết định …``, ``Đối với X, cần …``."""
    first = _CONCERNING.match(sentence, at)
    title = _TITLE.match(sentence, at)
    if title and title.end() - at > 45 and opens_with_predicate(sentence[at:]):
        title = None
    if not first and not title and not _any("fronted").match(sentence, at):
        return None
    fallback = read_names(sentence, first.end()) if first and starts_actor(sentence, first.end()) else None
    if fallback and len(fallback.names) > 1 and _SPOKEN.match(sentence, fallback.end):
        names = Names(fallback.names[:-1], _SPOKEN.match(sentence, fallback.end).end())  # type: ignore[union-attr]
        return _Found(names, "concerning", asked="yêu cầu", speaker=fallback.names[-1], modal=True)
    for match in _CLAUSE_START.finditer(sentence, at):
        start = match.end()
        if sentence[start : start + 1].islower() and _IN_LIST.search(sentence[max(at, start - 50) : start]):
            continue
        names = read_names(sentence, start) if starts_actor(sentence, start) else None
        if names and (fallback is None or start >= fallback.end) and _acts(sentence, names):
            modal, told = _any("duty").match(sentence, names.end), _PAST.match(sentence, names.end)
            return _Found(names, "behind_fronted", modal=bool(modal), told=bool(told))
    return (
        _Found(fallback, "concerning") if fallback and not re.fullmatch(r"[\s.;/]*", sentence[fallback.end :]) else None
    )


def _acts(sentence: str, names: Names) -> bool:
    """True when a predicate follows the names (not a comma or the end of an enumeration)."""
    return bool(re.match(r"\w", sentence[names.end : names.end + 1])) and not re.match(
        r"(?:và|của|trừ|theo quy định|để|nhằm|trong quá trình|về)\b", sentence[names.end :]
    )


def _doer(sentence: str) -> _Found | None:
    for match in _PASSIVE.finditer(sentence):
        names = read_names(sentence, match.end()) if starts_actor(sentence, match.end()) else None
        if names and re.match(r"(?:gia hạn|cho phép|chấp thuận)\b", sentence[names.end :]):
            return _Found(names, "doer", modal=True)
    for match in _BY.finditer(sentence):
        names = read_names(sentence, match.end()) if starts_actor(sentence, match.end()) else None
        if names and re.match(
            r"(?:chủ trì|trực tiếp|thực hiện|phụ trách|đảm nhận|quản lý và|chịu trách nhiệm)", sentence[names.end :]
        ):
            return _Found(names, "doer")
    return None


# "… thì được Cục trưởng gia hạn một lần"
_PASSIVE = re.compile(r"(?:\bthì|,)\s+được\s+")
_LATE = re.compile(r"(?:,|;|\bthì|\bvà|\bvới điều kiện)\s+")
_MUST = re.compile(r"(?:phải|không được|được(?! giao| cấp)|có thể|có trách nhiệm|chịu trách nhiệm)\s")


def _late(sentence: str, at: int) -> _Found | None:
    """The doer behind a statement: ``Hoạt động này không chịu thuế, Công ty được ghi …``; a modal must follow him."""
    if _any("background").match(sentence):
        return None
    for match in _LATE.finditer(sentence, at):
        names = read_names(sentence, match.end()) if starts_actor(sentence, match.end()) else None
        if names and match[0][0] == "," and sentence[match.end()].islower():
            continue  # the tail of an enumeration: "95% cán bộ, công chức được phổ biến"
        if names and len(names.names) == 1 and _MUST.match(sentence, names.end):
            return _Found(names, "late_subject", modal=True)
    return None


# "Sở Xây dựng được giao công bố giá vật liệu": he is ordered without anybody saying so.
_ORDERED = re.compile(r"được (?:giao|yêu cầu|phân công|đề nghị)(?: nhiệm vụ)?:?\s+(?=[a-zđ])")


def _reading(sentence: str, span: Span, found: _Found) -> Reading:
    predicate = found.names.end
    rest = sentence[predicate:].lstrip(" :,")
    predicate = len(sentence) - len(rest)
    ordered = _ORDERED.match(rest)
    if ordered:
        rest = rest[ordered.end() :]
        predicate = len(sentence) - len(rest)
    modal = found.modal or bool(ordered) or bool(_any("duty").match(rest))
    directs = True if modal else (False if found.told else None)
    if found.told and re.match(r"đã|vừa|cho biết", rest):
        directs = False
    return Reading(
        directs,
        found.names.names,
        found.rule,
        "permission" if _ALLOWED.match(rest) else _kind(rest, found.asked),
        span.start + predicate,
        found.asked,
        found.speaker,
        not rest.strip(" .;/") or rest[0] in "-–",
    )


def _bare(sentence: str, span: Span, at: int) -> Reading:
    """No one is named: the surroundings tell who; a duty word or a background opening tells whether."""
    rest = sentence[at:]
    main = _main_clause(rest)
    kind = _kind(main, None)
    if _any("background").match(rest) or _any("background").match(sentence):
        return Reading(False, (), "background", kind, span.start + at)
    if (
        re.match(r"(?:căn cứ|xét)\b(?!.*,.*\b(?:cần|phải|đề nghị|yêu cầu|thực hiện|lập)\b)", rest, re.IGNORECASE)
        and main == rest
    ):
        return Reading(False, (), "basis", kind, span.start + at)
    asked = re.match(r"(đề nghị|yêu cầu)\s", main, re.IGNORECASE)
    stated = asked or re.match(r"cần |phải |nghiêm cấm|không được|tuyệt đối", main, re.IGNORECASE)
    return Reading(True if stated else None, (), "bare", kind, span.start + at, asked[1].lower() if asked else None)


def _main_clause(rest: str) -> str:
    """The clause behind a fronted ground, time or condition; the whole where there is none."""
    if not _any("fronted").match(rest):
        return rest
    cuts = [m.end() for m in re.finditer(r",\s+(?:thì\s+)?|\bthì\s+|(?<=\d{4})\s+", rest)]
    for cut in cuts:
        if (
            _any("prohibition").match(rest, cut)
            or _any("permission").match(rest, cut)
            or re.match(r"(?:cần|phải|đề nghị|yêu cầu)\b", rest[cut:])
        ):
            return rest[cut:]
    return rest


def _kind(predicate: str, asked: str | None) -> ObligationKind:
    if asked in ("khuyến khích", "vận động", "kêu gọi", "trình"):
        return "recommendation"
    if asked == "nghiêm cấm":
        return "prohibition"
    if asked == "cho phép":
        return "permission"
    head = re.sub(r"^(?:yêu cầu|đề nghị)\s+", "", _main_clause(predicate), flags=re.IGNORECASE)
    if _any("prohibition").match(head):
        return "prohibition"
    if _any("permission").match(head):
        return "permission"
    if _EXTENDS.search(head):
        return "permission"
    may = _MAY.match(head)
    if may:
        return "prohibition" if may["not"] else "permission"
    if _any("recommendation").match(head):
        return "recommendation"
    return "obligation"
