"""The kind of an order: to do, not to do, to be allowed, to be invited to. Told by the words of its main clause."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from extractors.actors import opens_with_predicate
from extractors.lexicon import settings
from extractors.model import ObligationKind
from extractors.wording import any_case

# "… thì Chi cục trưởng gia hạn một lần": who may extend is granted a power.
_EXTENDS = re.compile(r"(?:^|\bthì\b.{0,140}\s|^.{0,80}\s)gia hạn (?:thêm )?(?:một|0?\d) lần\b")
# Behind the one who acts: "các trạm y tế xã được bố trí điểm tiêm lưu động".
ALLOWED = re.compile(
    r"(?:thì\s+)?được\s(?!giao|biết|phân công|yêu cầu|mời|cử|coi|xem|quy định|thành lập|đánh giá|hỗ trợ"
    r"|bố trí (?:vốn|kinh phí|ngân))[a-zđ]"
)
# "Thời hạn này có thể được gia hạn", "Hồ sơ không được phép mang ra": the matter stands first.
_MAY = re.compile(r"[^,;:.]{3,60}?\s(?P<not>không\s)?(?:có thể được|được phép|được gia hạn|được miễn|chỉ được)\b")


@cache
def cue(name: str) -> re.Pattern[str]:
    """The pattern of a list of ``lexicons/cues.toml``, whole words, in any case."""
    return re.compile(rf"{any_case(settings('cues')[name])}(?!\w)")


@lru_cache(maxsize=8)
def is_background(sentence: str, at: int = 0) -> bool:
    """True when ``sentence`` opens at ``at`` as one that tells, praises, finds or greets; asked often of the same."""
    return cue("background").match(sentence, at) is not None


def main_clause(rest: str) -> str:
    """The clause behind a fronted ground, time or condition; the whole where there is none."""
    if not cue("fronted").match(rest):
        return rest
    cuts = [m.end() for m in _CUTS.finditer(rest)]
    day = _FROM_A_DAY.match(rest)  # "Kể từ ngày 01/9/2025 không để …" has no comma
    cuts += [day.end()] if day else []
    for cut in cuts:
        if cue("prohibition").match(rest, cut) or cue("permission").match(rest, cut) or _STATED.match(rest, cut):
            return rest[cut:]
        if opens_with_predicate(rest[cut:]):
            break  # "căn cứ tình hình, bố trí ca trực, không tập trung": the first thing ordered tells
    return rest


_CUTS = re.compile(r",\s+(?:thì\s+)?|thì(?<=\bthì)\s+")
_STATED = re.compile(r"(?:cần|phải|đề nghị|yêu cầu)\b")
_FROM_A_DAY = re.compile(r"(?:kể từ|từ|trước|sau|đến) ngày [\d/]{4,10}\s+", re.IGNORECASE)
_ASKED: dict[str | None, ObligationKind] = {
    "khuyến khích": "recommendation",
    "vận động": "recommendation",
    "kêu gọi": "recommendation",
    "trình": "recommendation",
    "nghiêm cấm": "prohibition",
    "cho phép": "permission",
}


_ASKS = re.compile(r"[“\"]?(?:yêu cầu\s+|đề nghị\s+)?", re.IGNORECASE)


def kind_of(predicate: str, asked: str | None) -> ObligationKind:
    """The kind of what ``predicate`` says, ``asked`` being the verb by which somebody is asked, if any."""
    if asked in _ASKED:
        return _ASKED[asked]
    head = _ASKS.sub("", main_clause(predicate), count=1)
    if cue("prohibition").match(head):
        return "prohibition"
    if cue("permission").match(head) or ("gia hạn" in head and _EXTENDS.search(head)):
        return "permission"
    may = _MAY.match(head) if "được" in head else None
    if may:
        return "prohibition" if may["not"] else "permission"
    return "recommendation" if cue("recommendation").match(head) else "obligation"
