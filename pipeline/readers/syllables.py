"""Does a text read as Vietnamese? Asked of text in a doubtful encoding, read in each of those it may be.

A syllable is an onset, a vowel group and a final; only some groups take a final, and before a stop (*c, ch, p, t*) only
*sắc* and *nặng* stand.
"""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W\d_]+|[\u00a1-\u00ff]")
_SYLLABLE = re.compile(
    r"(?:ngh?|gh|gi|kh|nh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?"
    r"(?:(?:[aăâeêioôơuưy]|oa|oă|oe|oo|iê|yê|uâ|uô|ươ|uê|uy|uyê)(?:ng|nh|ch|[cmnpt])"
    r"|[aeêioôơuưy]|[ao]i|[âa][uy]|ao|eo|êu|i[au]|iêu|oa[iyo]?|oeo?|[ôơuư]i|u[aêơy]|uây|uôi|uy[au]|ưa|ươ[iu]|ưu|yêu)"
)
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_STOPPED = re.compile("(?:ch|[cpt])$")


def syllables(text: str) -> float:
    """The share of the words of a text that can be Vietnamese syllables, plain capitals (``UBND``) left out; 1.0 when
    there is none."""
    words = [word for word in _WORD.findall(text) if not (word.isascii() and word.isupper())]
    return sum(map(_is_syllable, words)) / len(words) if words else 1.0


def _is_syllable(word: str) -> bool:
    parts = unicodedata.normalize("NFD", word.lower())
    tones = [part for part in parts if part in _TONES]
    bare = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
    if len(tones) > 1 or not _SYLLABLE.fullmatch(bare):
        return False
    return not _STOPPED.search(bare) or tones in (["\u0301"], ["\u0323"])
