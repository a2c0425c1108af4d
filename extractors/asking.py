"""Who is asked: ``giao/yêu cầu/đề nghị X …``, by the issuer, not by an office that is itself charged."""

from __future__ import annotations

import re
from itertools import islice
from typing import Literal, NamedTuple

from extractors.actors import Names, opens_with_predicate, read_names, starts_actor
from extractors.kinds import cue, is_background
from extractors.wording import WORD, any_case, any_of

#: ``orders``: among the orders of a dispatch; ``dispatch``: elsewhere in one; ``request``: a tờ trình or report upward;
#: ``press``: a report about orders.
Voice = Literal["orders", "dispatch", "request", "press"]


ASK = re.compile(
    "(?P<verb>"
    + any_case((
        "giao nhiệm vụ cho", "giao", "yêu cầu", "đề nghị", "phân công", "chỉ đạo", "chỉ thị", "mời", "nhắc nhở",
        "nhấn mạnh", "khuyến khích", "vận động", "kêu gọi", "cho phép", "lưu ý", "nghiêm cấm", "trình",
    ), start=WORD)
    + r")(?i: cho| cả| đối với)?[,:]?\s+"
)  # fmt: skip
_NOT_ASKING = re.compile(
    r"\b(?:không|nhằm|góp phần|theo|được|bị|sự|các|những|của|có|đáp ứng|nhiệm vụ|đã được|nội dung|kiến nghị,|bàn"
    r"|tiếp|thực hiện|văn bản|ý kiến|hồ sơ|chuyển|đơn|Tờ trình|tham mưu|công tác|thẩm quyền"
    r"|quyết định|quyền|phép)\s+(?:\S+,\s+)?$",
    re.IGNORECASE,
)
#: How far back the words that make a verb of asking a noun can stand.
_NEAR = 80
_RELAY = re.compile(
    r"\b(?:thông báo|trả lời|hướng dẫn|gửi|chuyển|có ý kiến|truyền đạt)\b[^.;]{0,300}?\b(?:để|đến|tới"
    r"|gửi)\s+(?=\S)|\b(?:trả lời|thông báo)\s+(?=\S)",
    re.IGNORECASE,
)
_RELAY_END = re.compile(r"[^.;]{0,60}?\b(?:biết|thực hiện|triển khai|tham gia|phối hợp|nghiên cứu)\b")
_CLOSING = re.compile(
    any_of(("biết", "thực hiện", "triển khai", "tham gia", "phối hợp"), start=WORD) + r"\b[^.;]{0,60}(?:\.|/|$)"
)
_CHARGED = re.compile(r"\b(?:có trách nhiệm|có nhiệm vụ|chịu trách nhiệm|phải|cần|chủ trì)\b")
CLAUSE_START = re.compile(r"(?:,|;|:|thì(?<=\bthì)|giao(?<=\bgiao)|của mình,(?<=\bcủa mình,)|\))\s+")
PAST = re.compile(
    r"[\s,]*(?:đã|vừa|đang|hiện|sẽ|được (?:xem|coi) là|được .{0,40}biểu dương|có nhiều cố gắng|luôn|còn"
    r"|chưa có|cũng đã|ghi nhận|biểu dương|đánh giá cao|hoan nghênh"
    r"|nhất trí|cơ bản|xin|rất|trân trọng|kính|nhận được|nhận thấy|nhận định|khẳng định|cho biết"
    r"|cho rằng|nhận được|có (?:Tờ trình|Báo cáo|Công văn|văn bản số)|ban hành (?:Quyết định|Kế hoạch"
    r"|Chỉ thị|Công văn|Nghị quyết|văn bản|Thông báo)(?: \w+){0,3} số|tổ chức (?:Hội nghị|cuộc họp"
    r"|làm việc))\b"
)


def telling(sentence: str, at: int) -> bool:
    """True for a sentence that opens as background and obliges nobody all the same."""
    opens = is_background(sentence) or (at > 0 and is_background(sentence, at))
    return opens and not _OBLIGES.search(sentence)


_OBLIGES = re.compile(any_of(("có trách nhiệm", "phải", "không được", "cần"), start=WORD) + r"\s")


class Found(NamedTuple):
    """Who was found, by which rule; ``modal`` a word of duty follows, ``told`` what follows is past."""

    names: Names
    rule: str
    asked: str | None = None
    speaker: str | None = None
    told: bool = False
    modal: bool = False


def asked(sentence: str, at: int, subject: Names | None, voice: Voice) -> Found | None:
    """Whom ``sentence`` asks, reading from ``at``; ``subject`` is who stands at its head."""
    agreed = _AGREED_THAT.match(sentence, at)
    names = read_names(sentence, agreed.end()) if agreed else None
    if names:
        return Found(names, "asked", asked="cho phép", modal=True)
    for match in ASK.finditer(sentence, at):
        before = sentence[max(0, match.start() - _NEAR) : match.start()]
        if not starts_actor(sentence, match.end()) or _NOT_ASKING.search(before):
            continue
        verb = match["verb"].lower()
        if verb in _HELD_BY_SUBJECT and (telling(sentence, at) or not _may_ask(match, at, subject, voice)):
            continue
        names = read_names(sentence, match.end())
        if names and _own_act(match, at, names):
            if subject and voice == "press":  # told of its own act, an office is told to do it
                return Found(subject, "subject", modal=True)
        elif names:
            speaker = subject.names[0] if subject and subject.end <= match.start() else None
            return Found(names, "asked", asked=verb, speaker=speaker, modal=True)
    return None


_STAFF = re.compile(r"(?:\d+ )?(?:cán bộ|công chức|viên chức|nhân viên|người|lãnh đạo|chuyên viên|đầu mối)\b")


def _own_act(match: re.Match[str], at: int, names: Names) -> bool:
    """``phân công cán bộ …`` and, behind another order, ``khuyến khích người dân …`` are what the charged office does
    itself."""
    verb = match["verb"].lower()
    if verb in ("phân công", "giao"):
        return _STAFF.match(names.names[0]) is not None
    winning = verb in ("khuyến khích", "vận động", "kêu gọi")
    return winning and match.start() > at and opens_with_predicate(match.string[at : match.start()])


#: Verbs by which a subordinate also acts (``Sở Y tế chỉ đạo các bệnh viện``): they ask only at the head of a clause.
_HELD_BY_SUBJECT = frozenset({
    "chỉ đạo", "nhấn mạnh", "cho phép", "vận động", "lưu ý", "nhắc nhở", "phân công", "giao", "mời",
    "giao nhiệm vụ cho", "trình",
})  # fmt: skip


_WITH_TEACHING = re.compile(r"\b(?:tuyên truyền|giáo dục|thuyết phục),?(?: và)?$", re.IGNORECASE)


def _by_formula(match: re.Match[str], at: int, voice: Voice) -> bool | None:
    """What the words around the verb settle: ``kính mời``, ``đồng ý cho phép``, ``tuyên truyền, vận động``."""
    sentence, verb = match.string, match["verb"].lower()
    before = sentence[at : match.start()].rstrip()
    if _AGREED.search(before) or (verb == "mời" and before.endswith(("kính", "trân trọng"))):
        return True
    if verb == "vận động" and _WITH_TEACHING.search(before):
        return False
    if verb == "trình":
        asks = _DECIDES.search(sentence, match.end()) or sentence.rstrip().endswith(":")
        return voice == "request" and bool(asks)
    return None


def _may_ask(match: re.Match[str], at: int, subject: Names | None, voice: Voice) -> bool:
    """May such a verb ask here, or does the subject of the sentence itself act by it?"""
    sentence, verb = match.string, match["verb"].lower()
    told = _by_formula(match, at, voice)
    if told is not None:
        return told
    before = re.sub(r"(?:\s*(?:trân trọng|kính|xin|đã))+$", "", sentence[at : match.start()].rstrip())
    if subject and voice != "press" and PAST.match(sentence, subject.end):
        return False
    if subject and cue("duty").match(sentence, subject.end):
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
    starts = [at, *(m.end() for m in CLAUSE_START.finditer(sentence, max(at, end - 90), end))]
    names = [read_names(sentence[:end], start) for start in starts]
    return any(n is not None and n.end >= end for n in names)


#: So many clauses of a lead-in are looked at.
_CLAUSES = 12
_SAYS = re.compile(
    r"(?:có ý kiến(?: chỉ đạo| kết luận)?|chỉ đạo|yêu cầu|kết luận|giao|đồng ý|nhất trí)\b[^.;]{0,200}"
    r"(?:sau|sau đây|:)\s*:?$"
)


def speaker_of_lead(lead: str) -> str | None:
    """Who speaks in ``…, Phó Thủ tướng Lê Văn A có ý kiến như sau:``; ``None`` when nobody is named there."""
    for at in (0, *(match.end() for match in islice(CLAUSE_START.finditer(lead), _CLAUSES))):
        names = read_names(lead, at) if _LEADER.match(lead, at) else None
        if names and len(names.names) == 1 and _SAYS.match(lead, names.end):
            return names.names[0]
    return None


_GUIDES = re.compile(r"(?:\bvà|,|;)\s+hướng dẫn\s+|^(?:[^,;:.]{3,120}?\s)?hướng dẫn\s+")
_TO_DO = re.compile(r"(?:thực hiện|triển khai)\b[^.;]{0,60}\bsau(?: đây)?:$")


def guided_by_lead(lead: str) -> tuple[str, ...]:
    """Those who do what stands below ``… hướng dẫn công chức giám sát thực hiện như sau:``; nobody otherwise."""
    if "hướng dẫn" not in lead:
        return ()
    for match in islice(_GUIDES.finditer(lead), _CLAUSES):
        names = read_names(lead, match.end())
        if names and _TO_DO.match(lead, names.end):
            return names.names
    return ()


def relayed(sentence: str) -> Found | None:
    """``Văn phòng thông báo để các đơn vị biết, thực hiện./.``: the closing order."""
    if not _CLOSING.search(sentence):
        return None
    for match in _RELAY.finditer(sentence):
        if _CHARGED.search(sentence, 0, match.start()):
            continue  # "Tổng cục có nhiệm vụ hướng dẫn … để các địa phương thực hiện" is the duty of Tổng cục
        names = read_names(sentence, match.end())
        if names and _RELAY_END.match(sentence, names.end):
            return Found(names, "relayed", modal=True)
    return None
