"""Does a text read as Vietnamese? Asked of text in a doubtful encoding, read in each of those it may be."""

from __future__ import annotations

import re
import unicodedata

from extractors.fold import fold
from pipeline.readers.plausible import SYLLABLE

_WORD = re.compile(r"[^\W\d_]+|[^\x00-\x7f]")
_VOWELS = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_LETTERS = frozenset(unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in _TONES) | frozenset(
    "bcdđghklmnpqrstvxwfjz"
)
_STOPPED = re.compile("(?:ch|[cpt])$")


def syllables(text: str) -> float:
    """The share of the words of a text that can be Vietnamese syllables; 1.0 when it has no letters."""
    words = _WORD.findall(text)
    return sum(map(_is_syllable, words)) / len(words) if words else 1.0


def _is_syllable(word: str) -> bool:
    """Vietnamese letters, one tone at most, and before a final stop only *sắc* or *nặng* (a rule of the language)."""
    lower = word.lower()
    if not _LETTERS.issuperset(lower):
        return False
    tones = [mark for mark in unicodedata.normalize("NFD", lower) if mark in _TONES]
    if len(tones) > 1 or not SYLLABLE.fullmatch(fold(lower)):
        return False
    return word.isupper() or not _STOPPED.search(lower) or tones in (["\u0301"], ["\u0323"])
