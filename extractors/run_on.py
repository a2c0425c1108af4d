"""A heading and the sentence under it on one line, as web copies print them: where the sentence begins.

``2. Dừng đưa hàng Để kịp thời xử lý, …``: no heading goes on with a capital word that opens sentences, and a body that
acts behind a common noun is the subject of a sentence of its own (``… tại cảng Chi cục Hải quan hướng dẫn …``).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from extractors.actors import read_names, starts_actor
from extractors.letters import LOWER, UPPER
from extractors.lexicon import settings
from extractors.model import Clause, Span

_LONGEST_HEADING = 420
_OPENERS = re.compile(
    r"(?:Để|Nếu|Sau khi|Trong thời gian|Trong quá trình|Căn cứ|Đối với|Trường hợp|Khi|Trên cơ sở|Thực hiện theo"
    r"|Thời hạn|Hồ sơ|Hàng hóa|Việc)\b"
)
_CUT = re.compile(rf"\s(?<=[{LOWER}{UPPER})]\s)\s*(?=[{UPPER}][{LOWER}]+\s)")
_STOP = re.compile(r"[.:;“”\"]\s")
#: Behind these words a capital name goes on with the phrase: ``của Cục Hải quan``, ``Thủ tướng Chính phủ``.
_GOVERNS = re.compile(
    r"\b(?:của|với|cho|tại|và|bởi|giữa|từ|đến|về|trong|là|hoặc|như|trên|dưới|ở|thuộc|gồm|cùng|các|những|mỗi|mọi|từng"
    r"|đồng chí|trưởng|giám đốc|chủ tịch|phó|qua|kèm|(?<!mã )số|bằng|mà|có|bị|vào|ra|lên|tới|thì|nơi|diện|việc"
    r"|cơ quan|tướng"
    r"|bản đồ"
    r"|mở rộng|trực|đơn vị|\w*[A-ZĐ]\w*[a-zà-ỹđ])$"
)
_ASKS = re.compile(r"(?:Giao|Yêu cầu|Đề nghị|Mời|Khuyến khích)\s")
_DOES = re.compile(
    r"(?:hướng dẫn|thực hiện|thiết lập|có trách nhiệm|chịu trách nhiệm|phải|chủ trì|xác định|căn cứ|kiểm tra|được)\s"
)


def behind_heading(text: str, clause: Clause) -> Clause:
    """``clause`` without the heading that runs into its sentence; the clause itself where none does."""
    if clause.kind not in ("clause", "point", "section") or clause.label is None:
        return clause
    content = clause.content
    limit = min(content.end, content.start + _LONGEST_HEADING)
    stop = _STOP.search(text, content.start, limit)
    for match in _CUT.finditer(text, content.start, limit):
        before = text[content.start : match.start()]
        if (stop and stop.start() < match.start()) or starts_actor(before) or _ASKS.match(before):
            return clause
        if len(before.split()) > 2 and _begins(text, match.end(), content.end, before):
            return replace(clause, content=Span(match.end(), content.end))
    return clause


def _goes_on(before: str) -> bool:
    """True when the words before govern the name behind them."""
    return _governs(before) or (not before.startswith("Về ") and _ends_open(before.lower()))


def _governs(before: str) -> bool:
    """Is the last word, or one of two, one that governs? What stands further before is not looked at."""
    return _GOVERNS.search(before, max(0, min(len(before) - 20, before.rfind(" ")))) is not None


def _ends_open(before: str) -> bool:
    words = before.rsplit(" ", _most_words())
    return any(" ".join(words[at:]) in _open_words() for at in range(1, len(words)))


@cache
def _open_words() -> frozenset[str]:
    words = [word for name in ("predicates", "bodies", "groups") for word in settings("actors")[name]]
    return frozenset(word.lower() for word in words)


@cache
def _most_words() -> int:
    return max(word.count(" ") for word in _open_words()) + 1


def _begins(text: str, at: int, end: int, before: str) -> bool:
    if _OPENERS.match(text, at):
        return not _governs(before)
    if _goes_on(before):
        return False
    names = read_names(text, at)
    return names is not None and names.end < end and bool(_DOES.match(text, names.end))
