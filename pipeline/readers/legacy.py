"""Text typed in TCVN3 (ABC) fonts such as .VnTime: one byte a letter, shown as Vietnamese only by the font.

Fonts whose name ends in ``H`` (.VnTimeH) print the same bytes as capitals. Source: the TCVN 5712:1993 (VN3) code table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_BYTES = (
    "\xb5\xb8\xb6\xb7\xb9\xa8\xbb\xbe\xbc\xbd\xc6\xa9\xc7\xca\xc8\xc9\xcb\xae\xcc\xd0\xce\xcf\xd1\xaa\xd2\xd5\xd3\xd4\xd6"
    "\xd7\xdd\xd8\xdc\xde\xdf\xe3\xe1\xe2\xe4\xab\xe5\xe8\xe6\xe7\xe9\xac\xea\xed\xeb\xec\xee\xef\xf3\xf1\xf2\xf4\xad\xf5"
    "\xf8\xf6\xf7\xf9\xfa\xfd\xfb\xfc\xfe\xa1\xa2\xa7\xa3\xa4\xa5\xa6"
)
_LETTERS = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ"
_TABLE = dict(zip(map(ord, _BYTES), _LETTERS, strict=True))
#: Signs and letters that Vietnamese text in Unicode never has inside a word.
_FOREIGN = re.compile("[µ¶·¸¹¨»¾¼½Æ©ÇËÎÏÑÖ×ØÜÞßäåæçëîïñûþ¡¢§£¤¥¦®ª«¬\u00ad]")
_UNICODE = re.compile("[\u1ea0-\u1ef9ăđơưĂĐƠƯ]")
#: Said when a text was converted.
CONVERTED = "Tệp dùng phông chữ cũ (TCVN3/ABC): đã chuyển sang Unicode, cần soát lại dấu và chữ hoa"


def is_legacy(texts: Iterable[str]) -> bool:
    """True when a text is TCVN3: a quarter of its words hold foreign signs, and hardly one a Vietnamese letter."""
    words = [word for text in texts for word in text.split()]
    foreign = sum(1 for word in words if len(word) > 1 and _FOREIGN.search(word))
    proper = sum(1 for word in words if _UNICODE.search(word))
    return len(words) >= 8 and foreign > 0.25 * len(words) and proper < 0.05 * len(words)


def to_unicode(text: str, font: str = "") -> str:
    """TCVN3 text in Unicode, in capitals when the font is a capital one."""
    converted = text.translate(_TABLE)
    return converted.upper() if font.upper().endswith("H") else converted


def of_font(text: str, font: str | None) -> str:
    """The text of a run: converted when its font is a TCVN3 font and the text is not Unicode already."""
    if font is None or not font.lower().startswith(".vn") or _UNICODE.search(text):
        return text
    return to_unicode(text, font)
