"""What one sentence does: whom it charges, and whether it orders, forbids, allows or only tells.

Reading order: the subject at the start (``Sở Y tế chủ trì …``), somebody asked (``giao/yêu cầu/đề nghị X …``), the
subject of the clause behind a fronted ground or condition (``Căn cứ …, X rà soát …``), the doer named by ``do X …``.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import NamedTuple

from extractors.actors import Names, opens_with_predicate, read_names, starts_actor
from extractors.asking import ASK, CLAUSE_START, PAST, Found, Voice, asked, relayed, telling
from extractors.kinds import ALLOWED, cue, is_background, kind_of, main_clause
from extractors.letters import UPPER
from extractors.lexicon import settings
from extractors.model import ObligationKind, Span
from extractors.wording import any_case

#: How a sentence was read; recorded with each row it makes.
RULES = (
    "asked", "relayed", "subject", "behind_fronted", "concerning", "doer", "late_subject", "bare", "background",
    "basis",
)  # fmt: skip


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


_BY = re.compile(r"do(?<=\bdo)\s+")


@cache
def _connective() -> re.Pattern[str]:
    words = sorted(settings("cues")["connectives"], key=len, reverse=True)
    return re.compile(rf"(?:{any_case(words)}(?:[,:]\s+|\s+))+")


def read_sentence(text: str, span: Span, voice: Voice = "dispatch") -> Reading:
    """Read the sentence ``text[span]`` in the voice of its surroundings."""
    sentence = text[span.start : min(span.end, span.start + _LONGEST)]
    if _QUOTES_LAW.match(sentence):
        return Reading(False, (), "background", "obligation", span.start)
    connective = _connective().match(sentence)
    at = connective.end() if connective else 0
    subject = _subject(sentence, at)
    request = relayed(sentence) or asked(sentence, at, subject, voice)
    if request:
        return _reading(sentence, span, request)
    if subject and not is_background(sentence, at) and not telling(sentence, at):
        told = bool(PAST.match(sentence, subject.end))
        return _reading(sentence, span, Found(subject, "subject", told=told))
    found = _behind_fronted(sentence, at) or _doer(sentence) or _late(sentence, at)
    if found and not telling(sentence, at) and not _RETELLS.match(sentence):
        return _reading(sentence, span, found)
    return _bare(sentence, span, at)


#: What stands further on in a sentence tells nothing of whom it charges; keeps the reading linear in the text.
_LONGEST = 4000
#: So many clauses may stand before a late subject.
_LATEST = 12
# "Tại khoản 1 Điều 4 … quy định: “…”": the words of another document.
_QUOTES_LAW = re.compile(
    r"(?:[-–+]\s*)?(?:căn cứ|tại|theo) [^:“”]{5,400}(?:quy định|hướng dẫn|nêu|thì)[^:“”]{0,120}: ?[“\"]", re.IGNORECASE
)
#: "Thực hiện Nghị định số … quy định về hóa đơn; theo đó, các tổ chức phải …": what another document orders.
_RETELLS = re.compile(
    r"(?:thực hiện|theo|căn cứ|tại) [^:“”]{5,400}\bsố \d[^:“”]{5,400}[;,] "
    r"(?:theo đó|trong đó)(?: có)?[,:]? (?!(?:yêu cầu|giao|đề nghị)\b)",
    re.IGNORECASE,
)


def is_remark(sentence: str) -> bool:
    """True for a sentence of a press report that nobody is told by: no verb of asking, no order at its head."""
    bare = sentence.lstrip(' “"-')
    if ASK.search(bare) or _ORDER_WORDS.search(bare):
        return False
    return not opens_with_predicate(bare)


_ORDER_WORDS = re.compile(
    r"\b(?:phải|cần|có trách nhiệm|chịu trách nhiệm|được giao|chủ trì|phối hợp|không được|tuyệt đối)\b", re.IGNORECASE
)


#: What tells which firms or centres are meant, though it holds a verb: ``Các doanh nghiệp cung cấp máy tính: …``.
_ATTRIBUTED = re.compile(
    r"(?i:(?:các |những |mọi )?(?:doanh nghiệp|cơ sở|công ty|hộ|tổ chức|đơn vị|trung tâm|viện|hiệp hội|cá nhân"
    r"|hợp tác xã)\b)"
    r"[^,;:.]{0,60}?\s(?:cung cấp|cung ứng|khẩn cấp|sản xuất|kinh doanh|nghiên cứu|quản lý|đào tạo|tư vấn|xuất khẩu"
    r"|nhập khẩu|vận tải|vận chuyển|khai thác|chế biến|tham gia|sử dụng|hoạt động|chuyên trách|phát hành)\b"
    r"[^:.;]{0,100}(?=: )"
)


def _titled(sentence: str, at: int, names: Names | None) -> Names | None:
    """The names with the attribute that parts them from their colon."""
    start = sentence.rfind(names.names[-1], at, names.end) if names else -1
    match = _ATTRIBUTED.match(sentence, start) if start >= 0 else None
    if names is None or match is None or not opens_with_predicate(sentence[match.end() + 2 :]):
        return names
    return Names((*names.names[:-1], match[0].strip()), match.end())


def _subject(sentence: str, at: int) -> Names | None:
    names = _titled(sentence, at, read_names(sentence, at))
    if names is None or names.end - at > 400:
        return None
    if sentence[names.end : names.end + 1] == ":":  # "Chi cục nơi đi: công chức hải quan lập biên bản …"
        at = names.end + 1 + len(sentence[names.end + 1 :]) - len(sentence[names.end + 1 :].lstrip())
        inner = read_names(sentence, at)
        if inner and _acts(sentence, inner):
            return inner
        behind = None if opens_with_predicate(sentence[at:]) else _behind_fronted(sentence, at)
        return behind.names if behind and behind.rule == "behind_fronted" else names
    return names


_CONCERNING = re.compile(r"(?:riêng )?(?:đối với|về phía|trách nhiệm của|nhiệm vụ của|ở|tại)\s+", re.IGNORECASE)
_SPOKEN = re.compile(r"(?:đề nghị|yêu cầu|giao|chỉ đạo)\s+")
_TITLE = re.compile(r"[^:.;]{4,160}+:\s+")
_IN_LIST = re.compile(
    r"\b(?:các|những|với|cùng|của|cho|giữa|đến|từng|mọi)\s(?:\w+\s){0,3}\w+(?:,\s(?:\w+\s){0,2}\w+){0,4},\s$"
)
#: ``báo cáo UBND tỉnh, Sở Y tế kết quả``: a list of those who are told.
_TOLD_TO = re.compile(rf"\b(?:báo cáo|gửi(?: về)?) (?=[{UPPER}])(?:[^,;:.]{{3,60}},\s){{1,4}}$")
_PART_OF_NAME = re.compile(r"\b(?:trong|về|cho) việc$")


def _behind_fronted(sentence: str, at: int) -> Found | None:
    """The doer in ``Căn cứ …, X rà soát …``, ``Thẩm quyền công nhận: X quyết định …``, ``Đối với X, cần …``."""
    first = _CONCERNING.match(sentence, at)
    if not first and not cue("fronted").match(sentence, at) and not _opens_with_title(sentence, at):
        return None
    fallback = read_names(sentence, first.end()) if first else None
    spoken = _SPOKEN.match(sentence, fallback.end) if fallback and len(fallback.names) > 1 else None
    if fallback and spoken:  # "Đối với Công an tỉnh, Chủ tịch UBND tỉnh đề nghị …"
        told_to = Names(fallback.names[:-1], spoken.end())
        return Found(told_to, "concerning", asked="yêu cầu", speaker=fallback.names[-1], modal=True)
    for match in CLAUSE_START.finditer(sentence, at):
        start = match.end()
        if sentence[start : start + 1].islower() and _IN_LIST.search(sentence[max(at, start - 50) : start]):
            continue
        if _TOLD_TO.search(sentence[max(at, start - 200) : start]):
            continue
        names = read_names(sentence, start) if fallback is None or start >= fallback.end else None
        if names and not _PART_OF_NAME.search(names.names[-1]) and _acts(sentence, names):
            modal, told = cue("duty").match(sentence, names.end), PAST.match(sentence, names.end)
            return Found(names, "behind_fronted", modal=bool(modal), told=bool(told))
    bound = _bound_under_condition(sentence, at)
    if bound:
        return bound
    return (
        Found(fallback, "concerning") if fallback and not re.fullmatch(r"[\s.;/]*", sentence[fallback.end :]) else None
    )


def _opens_with_title(sentence: str, at: int) -> bool:
    """``Thẩm quyền công nhận: …``; what opens with a verb is so only where it is short."""
    title = _TITLE.match(sentence, at)
    return title is not None and not (title.end() - at > 45 and opens_with_predicate(sentence[at:]))


_CONDITION = re.compile(r"(?:trường hợp|nếu|khi)\s+", re.IGNORECASE)
_THEN_MUST = re.compile(r"phải\b[^.;]{1,200}?\bthì\s+(?=(?:phải|cần|không được)\s)")


def _bound_under_condition(sentence: str, at: int) -> Found | None:
    """``Trường hợp các sở phải xin ý kiến thì phải nêu rõ …``: who stands under the condition stands under the duty."""
    opening = _CONDITION.match(sentence, at)
    names = read_names(sentence, opening.end()) if opening else None
    then = _THEN_MUST.match(sentence, names.end) if names else None
    return Found(Names(names.names, then.end()), "behind_fronted", modal=True) if names and then else None


def _acts(sentence: str, names: Names) -> bool:
    """True when a predicate follows the names (not a comma or the end of an enumeration)."""
    return _PREDICATE.match(sentence, names.end) is not None


_PREDICATE = re.compile(r"(?=\w)(?!(?:và|của|trừ|theo quy định|để|nhằm|trong quá trình|về)\b)")


def _doer(sentence: str) -> Found | None:
    for match in _PASSIVE.finditer(sentence):
        if starts_actor(sentence, match.start("who")):
            return Found(Names((match["who"],), match.end("who") + 1), "doer", modal=True)
    for match in _BY.finditer(sentence):
        names = read_names(sentence, match.end())
        if names and re.match(
            r"(?:chủ trì|trực tiếp|thực hiện|phụ trách|đảm nhận|quản lý và|chịu trách nhiệm)", sentence[names.end :]
        ):
            return Found(names, "doer")
    return None


# "… thì được Cục trưởng gia hạn một lần"
_PASSIVE = re.compile(r"(?:thì(?<=\bthì)|,)\s+được\s+(?P<who>[^,;:]{3,160}?)(?=\s(?:gia hạn|cho phép|chấp thuận)\b)")
_IN_GENITIVE = re.compile(r"\b(?:của|giữa|với|cho) [^,;:.]+$")
_LATE = re.compile(r"(?:,|;|thì(?<=\bthì)|và(?<=\bvà)|với điều kiện(?<=\bvới điều kiện))\s+")
_MUST = re.compile(r"(?:phải|không được|được(?! giao| cấp)|có thể|có trách nhiệm|chịu trách nhiệm)\s")


def _late(sentence: str, at: int) -> Found | None:
    """The doer behind a statement: ``Hoạt động này không chịu thuế, Công ty được ghi …``; a modal must follow him."""
    if is_background(sentence):
        return None
    for match in islice(_LATE.finditer(sentence, at), _LATEST):
        if match[0][0] == "," and sentence[match.end() : match.end() + 1].islower():
            continue  # the tail of an enumeration: "95% cán bộ, công chức được phổ biến"
        if match[0].startswith("và") and _IN_GENITIVE.search(sentence[max(at, match.start() - 100) : match.start()]):
            continue  # "máy của đơn vị chuyên trách và Sở Y tế được cài đặt"
        names = read_names(sentence, match.end())
        if names and len(names.names) == 1 and _MUST.match(sentence, names.end):
            return Found(names, "late_subject", modal=True)
    return None


# "Sở Xây dựng được giao công bố giá vật liệu": he is ordered without anybody saying so.
_ORDERED = re.compile(r"được (?:giao|yêu cầu|phân công|đề nghị)(?: nhiệm vụ)?:?\s+(?=[a-zđ])")


def _reading(sentence: str, span: Span, found: Found) -> Reading:
    predicate = found.names.end
    rest = sentence[predicate:].lstrip(" :,")
    predicate = len(sentence) - len(rest)
    ordered = _ORDERED.match(rest)
    if ordered:
        rest = rest[ordered.end() :]
        predicate = len(sentence) - len(rest)
    modal = found.modal or bool(ordered) or bool(cue("duty").match(rest))
    directs = True if modal else (False if found.told else None)
    if found.told and re.match(r"đã|vừa|cho biết", rest):
        directs = False
    return Reading(
        directs,
        found.names.names,
        found.rule,
        "permission" if ALLOWED.match(rest) else kind_of(rest, found.asked),
        span.start + predicate,
        found.asked,
        found.speaker,
        not rest.strip(" .;/") or rest[0] in "-–",
    )


#: "Quy chế của Công ty đã được xây dựng theo đúng quy định.": how a thing stands. Where more is said of it (a modal,
#: what follows from it), the words may only tell which thing is meant.
_STANDS = re.compile(r"[^,;:.]{3,160}? đã được [^;:]*$")
_MORE = re.compile(r"\b(?:thì|phải|cần|không được|được phép|có trách nhiệm|đề nghị|yêu cầu|thực hiện|tiếp tục|để)\b")


def _finding(rest: str) -> bool:
    """True for a statement of how a matter stands, at whose head no verb orders."""
    return bool(_STANDS.match(rest)) and not _MORE.search(rest) and not opens_with_predicate(rest)


_BASIS = re.compile(
    r"(?:căn cứ|xét|theo(?! dõi|.*,))\b(?!.*,.*\b(?:cần|phải|đề nghị|yêu cầu|thực hiện|lập)\b)", re.IGNORECASE
)
_ASKED = re.compile(r"(đề nghị|yêu cầu)\s", re.IGNORECASE)
_STATED = re.compile(r"cần |phải |nghiêm cấm|không được|tuyệt đối", re.IGNORECASE)


def _bare(sentence: str, span: Span, at: int) -> Reading:
    """No one is named: the surroundings tell who; a duty word or a background opening tells whether."""
    rest = sentence[at:]
    main = main_clause(rest)
    kind = kind_of(main, None)
    if is_background(sentence, at) or is_background(sentence) or _finding(rest):
        return Reading(False, (), "background", kind, span.start + at)
    if main == rest and _BASIS.match(rest):
        return Reading(False, (), "basis", kind, span.start + at)
    asked = _ASKED.match(main)
    stated = asked or _STATED.match(main)
    return Reading(True if stated else None, (), "bare", kind, span.start + at, asked[1].lower() if asked else None)
