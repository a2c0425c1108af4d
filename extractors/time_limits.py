"""Whose time limit it is in letters that explain law: ``Thời hạn kiểm tra hồ sơ: không quá 02 giờ …``.

Such sentences name a matter, not a doer. He is told by the words behind it (``Thời hạn cơ quan thuế giải quyết …``), by
the event from which the time runs when he is the one who receives or decides, or by the law that the letter explains
(``lexicons/time_limits.toml``), the last only when the letter names him somewhere.
"""

from __future__ import annotations

import re
from functools import cache, cached_property

from extractors.actors import read_names, starts_actor
from extractors.fold import lower
from extractors.lexicon import settings

_OPENS = re.compile(r"(?:về )?thời hạn(?: (?:của|để|mà|cho))?\s+", re.IGNORECASE)
_SAME = re.compile(r"thời hạn (?:này|nêu trên|nói trên|trên)\b", re.IGNORECASE)
#: So far into a sentence it is told what the sentence is about.
_HEAD = 120
_RUNS_FROM = re.compile(r"(?:kể )?từ (?:ngày|khi|thời điểm|lúc)\s+", re.IGNORECASE)
#: Who does these has to act next.
_HAS_IT = re.compile(r"(?:tiếp nhận|nhận|chấp nhận|ra quyết định|ban hành|thụ lý|quyết định)\b")


class TimeLimits:
    """Reads the sentences of one document in order; ``text`` is the whole of it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._last: str | None = None

    def holder(self, sentence: str) -> str | None:
        """Whose time limit ``sentence`` sets, as the document calls him; ``None`` for other sentences and unknown."""
        if _SAME.search(sentence, 0, _HEAD):
            return self._last
        opening = _OPENS.match(sentence)
        if opening is None:
            return None
        self._last = _named(sentence, opening.end()) or _runs_from_act(sentence) or self._by_law(sentence)
        return self._last

    @cached_property
    def _lowered(self) -> str:
        return lower(self._text)

    def _by_law(self, sentence: str) -> str | None:
        for matter, holder in _matters():
            if matter.search(sentence, 0, _HEAD):
                at = self._lowered.find(holder)
                return self._text[at : at + len(holder)] if at >= 0 else None
        return None


def _named(sentence: str, at: int) -> str | None:
    names = read_names(sentence, at) if starts_actor(sentence, at) else None
    acts = names and len(names.names) == 1 and re.match(r"\w", sentence[names.end :])
    return names.names[0] if names and acts else None


def _runs_from_act(sentence: str) -> str | None:
    for start in _RUNS_FROM.finditer(sentence):
        names = read_names(sentence, start.end()) if starts_actor(sentence, start.end()) else None
        if names and len(names.names) == 1 and _HAS_IT.match(sentence, names.end):
            return names.names[0]
    return None


@cache
def _matters() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = settings("time_limits")["limit"]
    return tuple((re.compile(rf"\b(?:{'|'.join(row['matters'])})\b", re.IGNORECASE), row["holder"]) for row in rows)
