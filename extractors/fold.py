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
