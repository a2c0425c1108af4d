"""Text typed in the fonts used before Unicode: TCVN3 (ABC) such as .VnTime, and VNI-Windows such as VNI-Times.

Such text is Western letters that only the font shows as Vietnamese. TCVN3 fonts whose name ends in ``H`` (.VnTimeH)
print the same bytes as capitals. Source: the TCVN 5712:1993 (VN3) code table; for VNI see :mod:`pipeline.readers.vni`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.readers.syllables import syllables
from pipeline.readers.vni import from_vni

_BYTES = (
    "\xb5\xb8\xb6\xb7\xb9\xa8\xbb\xbe\xbc\xbd\xc6\xa9\xc7\xca\xc8\xc9\xcb\xae\xcc\xd0\xce\xcf\xd1\xaa\xd2\xd5\xd3\xd4\xd6"
    "\xd7\xdd\xd8\xdc\xde\xdf\xe3\xe1\xe2\xe4\xab\xe5\xe8\xe6\xe7\xe9\xac\xea\xed\xeb\xec\xee\xef\xf3\xf1\xf2\xf4\xad\xf5"
    "\xf8\xf6\xf7\xf9\xfa\xfd\xfb\xfc\xfe\xa1\xa2\xa7\xa3\xa4\xa5\xa6"
)
_LETTERS = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ"
_TABLE = dict(zip(map(ord, _BYTES), _LETTERS, strict=True))
#: Signs and letters that Vietnamese text in Unicode never has inside a word: of TCVN3, of VNI, of either.
_FOREIGN = re.compile("[µ¶·¸¹¨»¾¼½Æ©ÇËÎÏÑÖ×ØÜÞßäåæçëîïñûþ¡¢§£¤¥¦®ª«¬\u00ad]")
_FOREIGN_VNI = re.compile("[øûïåäüëñöîæØÛÏÅÄÜËÑÖÎÆ]")
_STRANGE = re.compile(f"{_FOREIGN.pattern}|{_FOREIGN_VNI.pattern}")
_UNICODE = re.compile("[\u1ea0-\u1ef9ăđơưĂĐƠƯ]")
_LATIN = re.compile("[\u00a1-\u00ff]")
_WORD = re.compile(r"[^\W\d_]+")
_FEW = 8
#: Said when a text was converted.
CONVERTED = "Tệp dùng phông chữ cũ (TCVN3/ABC): đã chuyển sang Unicode, cần soát lại dấu và chữ hoa"
CONVERTED_VNI = "Tệp dùng phông chữ cũ (VNI-Windows): đã chuyển sang Unicode, cần soát lại dấu"


def _is_foreign(words: Sequence[str], signs: re.Pattern[str]) -> bool:
    foreign = sum(1 for word in words if len(word) > 1 and signs.search(word))
    return foreign > 0.25 * len(words) and sum(1 for word in words if _UNICODE.search(word)) < 0.05 * len(words)


def to_unicode(text: str, font: str = "") -> str:
    """TCVN3 text in Unicode, in capitals when the font is a capital one.

    TCVN3 has no capitals with tones: typed in another font, ``CéNG HOµ`` stands for capitals all the same.
    """
    converted = text.translate(_TABLE)
    if font.upper().endswith("H"):
        return converted.upper()
    words = _WORD.findall(converted)
    if 2 * sum(map(_is_capital, words)) > len(words) and not re.search("[a-z]", converted):
        return converted.upper()
    return _WORD.sub(lambda word: word[0].upper() if _is_capital(word[0]) else word[0], converted)


def _is_capital(word: str) -> bool:
    """True when all plain letters of a word are capitals, and there are two."""
    return sum("A" <= char <= "Z" for char in word) > 1 and not any("a" <= char <= "z" for char in word)


@dataclass(frozen=True, slots=True)
class Encoding:
    """An old encoding: the start of the names of its fonts, its letters that Unicode Vietnamese never has, its reading,
    and what is said when a text was read so."""

    fonts: tuple[str, ...]
    signs: re.Pattern[str]
    read: Callable[[str], str]
    warning: str


ENCODINGS = (
    Encoding((".vn",), _FOREIGN, to_unicode, CONVERTED),
    Encoding(("vni-", "vni "), _FOREIGN_VNI, from_vni, CONVERTED_VNI),
)


def encoding_of_font(font: str | None) -> Encoding | None:
    """The old encoding a font is made for, by its name."""
    return next((found for found in ENCODINGS if font and font.lower().startswith(found.fonts)), None)


def of_font(text: str, font: str | None, around: str = "") -> str:
    """The text of a run as its font shows it: converted when the font is an old one and the text is not Unicode.

    Letters that both may have (``Sè``) are judged by ``around``, what stands in old fonts beside them.
    """
    encoding = encoding_of_font(font)
    if encoding is None or _UNICODE.search(text):
        return text
    read = (lambda old: to_unicode(old, font or "")) if encoding.read is to_unicode else encoding.read
    if encoding.signs.search(text) or not _LATIN.search(text):
        return read(text)
    beside = around or text
    kept = _UNICODE.search(beside) or syllables(encoding.read(beside)) < syllables(beside)
    return text if kept else read(text)


def modernised(texts: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """Paragraphs with those in an old encoding converted, and a warning for each encoding found.

    A paragraph is judged by its letters; one whose letters tell too little goes with the last that was judged, unless
    its words read better in another way. A few foreign words are no old text.
    """
    judged = [_judge(text) for text in texts]
    if sum(len(text.split()) for text, found in zip(texts, judged, strict=True) if found) < _FEW:
        return list(texts), ()
    last = next((found[0] for found in judged if found is not None and len(found) == 1), None)
    out: list[str] = []
    used: set[str] = set()
    for text, found in zip(texts, judged, strict=True):
        if found is not None:
            last = last if last in found else next(iter(found), None)
        ways = (last,) if found is not None else (last, None, *ENCODINGS)
        out.append(max((text if way is None else way.read(text) for way in ways), key=syllables))
        used |= {last.warning} if found and last else set()
    return out, tuple(encoding.warning for encoding in ENCODINGS if encoding.warning in used)


def _judge(text: str) -> tuple[Encoding, ...] | None:
    """The old encodings a paragraph may be in, none when it is Unicode, ``None`` when its letters do not tell."""
    if _STRANGE.search(text) and _is_foreign(text.split(), _STRANGE):
        shares = [syllables(encoding.read(text)) for encoding in ENCODINGS]
        if max(shares) > max(0.6, syllables(text)):
            return tuple(found for found, share in zip(ENCODINGS, shares, strict=True) if share == max(shares))
    return () if _UNICODE.search(text) else None
