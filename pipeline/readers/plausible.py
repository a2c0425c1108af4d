"""Is a text layer readable Vietnamese? Broken font maps and foreign OCR leave letters that mean nothing.

A Vietnamese syllable has one of 27 onsets, one to three vowels and one of 8 finals; that is judged on folded words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractors.fold import fold

_WORD = re.compile(r"[^\W\d_]{2,}")
_SYLLABLE = re.compile(r"(?:ngh?|gh|gi|kh|nh|ph|th|tr|ch|qu|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?")
_TONED = re.compile(r"[^\x00-\x7f]")
_ENOUGH = 60
_REFUSED = "Lớp chữ của tệp PDF không đọc được (phông chữ hỏng hoặc nhận dạng sai): cần nhận dạng chữ (OCR) lại"
_DOUBT = "Lớp chữ của tệp PDF có nhiều từ sai chính tả, có thể do nhận dạng chữ: cần soát lại với bản gốc"


def judge(texts: Iterable[str]) -> tuple[str | None, str | None]:
    """Judge the text of a document: a reason to refuse it, and a warning; ``None`` where there is none."""
    words = [word for text in texts for word in _WORD.findall(text)]
    if len(words) < _ENOUGH:
        return None, None
    good = sum(1 for word in words if _is_plausible(word)) / len(words)
    toned = sum(1 for word in words if _TONED.search(word)) / len(words)
    if good < 0.6 or toned < 0.2:
        return _REFUSED, None
    return None, _DOUBT if good < 0.8 or toned < 0.45 else None


def _is_plausible(word: str) -> bool:
    """A syllable, or an abbreviation in capitals (``UBND``, ``NĐ``); a change of case inside a word is OCR noise."""
    if word.isupper() and len(word) <= 6:
        return True
    regular = word.islower() or word.isupper() or (word[0].isupper() and word[1:].islower())
    return regular and _SYLLABLE.fullmatch(fold(word)) is not None
