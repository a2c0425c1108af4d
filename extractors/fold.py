"""Folding: the comparison form of Vietnamese text, of EQUAL length, so that offsets hold in both.

``fold`` is applied to lexicons and to the input alike. Tone placement (hoà / hòa) vanishes with the marks.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from extractors.letters import MARKED


def _folded(char: str) -> str:
    base = unicodedata.normalize("NFD", char)[0].lower()
    return {"đ": "d", "ð": "d"}.get(base, base)[0]


class _Table(dict[int, str]):
    def __missing__(self, codepoint: int) -> str:
        folded = self[codepoint] = _folded(chr(codepoint))
        return folded


_FOLD = _Table()
#: Nearly every character of nearly every text; as each fits into a byte, they are folded ten times quicker.
_USUAL = "".join(
    dict.fromkeys("\0\t\n" + "".join(map(chr, range(0x20, 0x7F))) + MARKED + MARKED.upper() + "“”‘’–—…•§°×")
)
_BYTES = codecs.charmap_build(_USUAL)
_FOLDED = _USUAL.translate(_FOLD)


def fold(text: str) -> str:
    """Lower case without marks, ``đ`` as ``d``; one character out for each character of NFC text in."""
    try:
        return codecs.charmap_decode(codecs.charmap_encode(text, "strict", _BYTES)[0], "strict", _FOLDED)[0]
    except UnicodeEncodeError:
        return "\n".join(map(fold, text.split("\n"))) if "\n" in text else text.translate(_FOLD)


_NEW_TONES = ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"]
_OLD_TONES = ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"]
_TONE = dict(zip(_NEW_TONES, _OLD_TONES, strict=True))
_NEW_TONE = re.compile("|".join(_NEW_TONES))


def new_tone(word: str) -> str:
    """``word``, its tone placed the old way, with the tone placed the new way (``ủy`` -> ``uỷ``)."""
    for new, old in _TONE.items():
        word = word.replace(old, new)
    return word


def lower(text: str) -> str:
    """Small letters with their marks, tone placed the old way (``uỷ`` -> ``ủy``); as long as ``text``.

    For words that differ by their marks alone: *sở* (department) and *số* (number), *đội* (team) and *đối* (towards).
    """
    small = text.lower()
    if len(small) != len(text):  # İ becomes two characters
        small = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return _NEW_TONE.sub(lambda tone: _TONE[tone[0]], small)
