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


_TONE = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip


def lower(text: str) -> str:
    """Small letters with their marks, tone placed the old way (``uỷ`` -> ``ủy``); as long as ``text``.

    For words that differ by their marks alone: *sở* (department) and *số* (number), *đội* (team) and *đối* (towards).
    """
    small = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    for new, old in _TONE.items():
        if new in small:
            small = small.replace(new, old)
    return small
