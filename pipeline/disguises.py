"""Characters that nobody sees and that make a text look like another: it is read all the same, with a warning.

Source: Unicode Standard Annex 9 (overrides and isolates of direction) and Technical Report 36, §2 (visual spoofing).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractors.raw import Line

_TURNED = re.compile("[\u202d\u202e\u2066-\u2068]")
#: Between two digits, or a digit and a letter: web pages leave such characters between words, never in a number.
_SPLIT = re.compile("(?<=[0-9/])[\u200b-\u200d\u2060\ufeff]+(?=\\w)|(?<=\\w)[\u200b-\u200d\u2060\ufeff]+(?=[0-9/])")
_TURNED_WARNING = "Có ký tự ẩn đảo chiều chữ: chữ nhìn thấy có thể khác chữ trong tệp, cần soát lại với bản gốc"
_SPLIT_WARNING = "Có ký tự ẩn trong số hoặc số, ký hiệu: đã bỏ qua, cần soát lại với bản gốc"


def disguises(lines: Iterable[Line]) -> tuple[str, ...]:
    """Warnings about hidden characters in the lines of a reader."""
    turned = split = False
    for line in lines:
        if line.text.isprintable():  # none of these is
            continue
        turned = turned or _TURNED.search(line.text) is not None
        split = split or _SPLIT.search(line.text) is not None
    return ((_TURNED_WARNING,) if turned else ()) + ((_SPLIT_WARNING,) if split else ())
