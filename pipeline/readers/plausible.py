"""Is a text layer readable Vietnamese? Broken font maps and foreign OCR leave letters that mean nothing.

A Vietnamese syllable has one of 27 onsets, one to three vowels and one of 8 finals; that is judged on folded words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractors.fold import fold

_WORD = re.compile(r"[^\W\d_]{2,}")
_SYLLABLE = re.compile(r"(?:ngh?|gh|gi|kh|nh|ph|th|tr|ch|qu|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?")
#: Signs that a page of figures has not; those of its figures, brackets and rules are left out.
_SIGN = re.compile(r"""[!"#$&'*<=>?@\\^`{|}~\x00-\x08]""")
_TONED = re.compile(r"[^\x00-\x7f]")
_ENOUGH = 60
_ENOUGH_OF_A_PAGE = 25
_REFUSED = "Lớp chữ của tệp PDF không đọc được (phông chữ hỏng hoặc nhận dạng sai): cần nhận dạng chữ (OCR) lại"
_DOUBT = "Lớp chữ của tệp PDF có nhiều từ sai chính tả, có thể do nhận dạng chữ: cần soát lại với bản gốc"


def judge(texts: Iterable[str]) -> tuple[str | None, str | None]:
    """Judge the text of a document: a reason to refuse it, and a warning; ``None`` where there is none."""
    good, toned = _shares(texts, _ENOUGH)
    if good < 0.6 or toned < 0.2:
        return _REFUSED, None
    return None, _DOUBT if good < 0.8 or toned < 0.45 else None


def is_readable(texts: Iterable[str]) -> bool:
    """True unless the text of a page is clearly no Vietnamese; a page of a few words is given the benefit."""
    good, toned = _shares(texts, _ENOUGH_OF_A_PAGE)
    return good >= 0.6 and toned >= 0.2


def _shares(texts: Iterable[str], enough: int) -> tuple[float, float]:
    """The shares of plausible words and of words with Vietnamese letters; without enough words 1 and 1, or 0 and 0 when
    signs stand where the words should: a font whose letters are named wrongly gives ``;9 9< 9= >``."""
    texts = list(texts)
    words = [word for text in texts for word in _WORD.findall(text)]
    if len(words) < enough:
        pieces = [piece for text in texts for piece in text.split()]
        signs = sum(1 for piece in pieces if _SIGN.search(piece))
        return (0.0, 0.0) if len(pieces) >= enough and signs > 0.3 * len(pieces) else (1.0, 1.0)
    good = sum(1 for word in words if is_plausible(word)) / len(words)
    return good, sum(1 for word in words if _TONED.search(word)) / len(words)


def is_plausible(word: str) -> bool:
    """A syllable, or an abbreviation in capitals (``UBND``, ``NĐ``); a change of case inside a word is OCR noise."""
    if word.isupper() and len(word) <= 6:
        return True
    regular = word.islower() or word.isupper() or (word[0].isupper() and word[1:].islower())
    return regular and _SYLLABLE.fullmatch(fold(word)) is not None
