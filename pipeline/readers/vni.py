"""Text typed in VNI-Windows fonts: a base letter, then a second character that the font shows as its marks.

Source: the VNI-Win code table (VNI Software): ``aù`` á, ``aâ`` â, ``aá`` ấ, ``aê`` ă, ``aé`` ắ, ``ô`` ơ, ``ö`` ư,
``ñ`` đ, ``í ì æ ó ò`` í ì ỉ ĩ ị, ``î`` ỵ; capitals likewise, with marks of either case behind them.
"""

from __future__ import annotations

import re
import unicodedata

_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_TONES = dict(zip("ùøûõï", (_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT), strict=True))
_ROOFS = {"â": _CIRCUMFLEX} | dict(zip("áàåãä", (_CIRCUMFLEX + tone for tone in _TONES.values()), strict=True))
_BOWLS = {"ê": _BREVE} | dict(zip("éèúüë", (_BREVE + tone for tone in _TONES.values()), strict=True))
_SINGLE = {"ô": "o" + _HORN, "ö": "u" + _HORN, "ñ": "đ", "î": "y" + _DOT} | {
    char: "i" + mark for char, mark in zip("íìæóò", (_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT), strict=True)
}
_MARKS = {"a": _TONES | _ROOFS | _BOWLS, "e": _TONES | _ROOFS, "o": _TONES | _ROOFS, "u": _TONES, "y": _TONES}
_MARKS |= {"ô": _TONES, "ö": _TONES}


def _table() -> dict[str, str]:
    """Every pair and single character of VNI with its letter, in both cases."""
    small = {char: unicodedata.normalize("NFC", letter) for char, letter in _SINGLE.items()}
    for base, marks in _MARKS.items():
        for mark, sign in marks.items():
            small[base + mark] = unicodedata.normalize("NFC", _SINGLE.get(base, base) + sign)
    large = {pair.upper(): letter.upper() for pair, letter in small.items()}
    mixed = {pair[0].upper() + pair[1:]: letter.upper() for pair, letter in small.items()}
    return small | mixed | large


#: VNI characters -> letter.
TABLE = _table()
_PAIRS = re.compile("|".join(sorted(map(re.escape, TABLE), key=len, reverse=True)))


def from_vni(text: str) -> str:
    """VNI text in Unicode."""
    return _PAIRS.sub(lambda found: TABLE[found[0]], text)
