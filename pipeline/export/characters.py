"""Characters that XML, and so a workbook or GraphML, cannot hold, shown in another way instead of dropped."""

from __future__ import annotations

import re

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")


def shown(text: str) -> str:
    """Control characters become their pictures (``␀``), code points that are no characters U+FFFD."""
    if text.isprintable():  # most are, and this costs nothing
        return text
    return _NO_CHARACTER.sub("\ufffd", _CONTROL.sub(lambda match: chr(0x2400 + ord(match[0])), text))
