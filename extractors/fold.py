"""Folding: the comparison form of Vietnamese text, of EQUAL length, so that offsets hold in both.

``fold`` is applied to lexicons and to the input alike. Tone placement (hoà / hòa) vanishes with the marks.
"""

from __future__ import annotations

import unicodedata


def _folded(char: str) -> str:
    base = unicodedata.normalize("NFD", char)[0].lower()
    return {"đ": "d", "ð": "d"}.get(base, base)[0]


class _Table(dict[int, str]):
    def __missing__(self, codepoint: int) -> str:
        folded = self[codepoint] = _folded(chr(codepoint))
        return folded


_FOLD = _Table()


def fold(text: str) -> str:
    """Lower case without marks, ``đ`` as ``d``; one character out for each character of NFC text in."""
    return text.translate(_FOLD)


_NEW_TONES = ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"]
_OLD_TONES = ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"]
_TONE = dict(zip(_NEW_TONES, _OLD_TONES, strict=True))


def lower(text: str) -> str:
    """Small letters with their marks, tone placed the old way (``uỷ`` -> ``ủy``); as long as ``text``.

    For words that differ by their marks alone: *sở* (department) and *số* (number), *đội* (team) and *đối* (towards).
    """
    small = text.lower()
    if len(small) != len(text):  # İ becomes two characters
        small = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    for new, old in _TONE.items():
        if new in small:
            small = small.replace(new, old)
    return small
