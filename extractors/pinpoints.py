"""The place within a cited document that stands before it: ``điểm a khoản 2 Điều 5 Nghị định …``.

Written inside-out as a rule (Nghị định 78/2025/NĐ-CP, Điều 69); the outside-in order (``Điều 5, khoản 2, điểm a``) is
turned round. Of several places the first one counts.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.fold import fold

_ORDER = ("tiết", "điểm", "khoản", "điều", "tiểu mục", "mục", "chương", "phần", "phụ lục")
_MARK = {
    "tiết": r"[a-zđ0-9.+-]{1,6}",
    "điểm": r"(?:[a-zđ]\d{0,2}(?:\.\d{1,2})*|\d{1,2}(?:\.\d{1,2})*|[IVX]+(?:\.\d+)*)",
    "khoản": r"\d{1,2}(?:\.\d{1,2})*[a-zđ]?",
    "điều": r"\d{1,3}[a-zđ]?",
    "tiểu mục": r"\d{1,2}",
    "mục": r"(?:[IVX]+(?:\.\d+)*|\d{1,2}(?:\.\d+)*|[A-Z])",
    "chương": r"(?:[IVXLC]+|\d{1,2})",
    "phần": r"(?:thứ\s\w+|[IVX]+|\d{1,2}|[A-Z])",
    "phụ lục": r"(?:[IVX]+|\d{1,2}(?:[.-]\d+)?[a-zA-Z]?|[A-Z])",
}
_UNIT = "|".join(
    rf"(?:{word[0]}|{word[0].upper()}){word[1:]}(?:\ssố)?\s{mark}(?![\w/])(?:(?:,\s|\svà\s|,\svà\s){mark}(?![\w/]))*"
    for word, mark in _MARK.items()
)
_CHAIN = rf"(?:{_UNIT})(?:(?:,\s|\s|;\s|,?\svà\s|,?\shoặc\s)(?:các\s|tại\s|của\s)?(?:{_UNIT})){{0,11}}"
#: Between the place and the document: *của*, *tại*, a comma, or the annexed text (``Điều 12 Quy trình ban hành kèm``).
_BRIDGE = (
    r"(?:,?\s(?:của\s|tại\s|trong\s|thuộc\s)?(?:các\s)?"
    r"|\s(?:Quy chế|Quy định|Quy trình|Điều lệ|Kế hoạch|Hướng dẫn|Danh mục|Biểu|Bảng|Đề án|Chương trình)?"
    r"[^.;:()\d\n“”\"]{0,60}?\s?(?:(?:được\s)?ban hành\s)?kèm(?:\stheo)?\s)"
)
_BEFORE = re.compile(rf"(?P<chain>{_CHAIN}){_BRIDGE}\Z")
_SINGLE = re.compile(
    "|".join(rf"(?i:{word})(?:\ssố)?\s(?P<m{i}>{mark})(?![\w/])" for i, (word, mark) in enumerate(_MARK.items()))
)
_NEAR = re.compile(r"(?i:điểm|khoản|điều|mục|chương|phần|phụ lục|tiết)\s")
_REACH = 150


class Pinpoint(NamedTuple):
    """``start`` is where the place begins in the text; ``value`` its normal form, inside-out."""

    start: int
    value: str


def pinpoint_before(text: str, floor: int, at: int) -> Pinpoint | None:
    """The place that stands directly before offset ``at``, not before ``floor``; ``None`` when there is none."""
    low = max(floor, at - _REACH)
    first = _NEAR.search(text, low, at)
    if first is None:
        return None
    match = _BEFORE.search(text[first.start() : at])
    if match is None:
        return None
    return Pinpoint(first.start() + match.start(), _first_place(match["chain"]))


def _first_place(chain: str) -> str:
    """``điểm a, b khoản 2, khoản 3 Điều 5`` -> ``điểm a khoản 2 Điều 5``."""
    units = [(list(_MARK)[int(m.lastgroup[1:])], m[m.lastgroup]) for m in _SINGLE.finditer(chain) if m.lastgroup]
    levels = [_ORDER.index(word) for word, _ in units]
    picked = {levels[0]: units[0]}
    if len(levels) > 1 and levels[1] < levels[0]:
        picked = _outside_in(levels, units)
    else:
        for level, unit in zip(levels[1:], units[1:], strict=True):
            if level > max(picked):
                picked[level] = unit
    return " ".join(f"{_printed(word)} {mark}" for _, (word, mark) in sorted(picked.items()))


def _outside_in(levels: list[int], units: list[tuple[str, str]]) -> dict[int, tuple[str, str]]:
    picked = {levels[0]: units[0]}
    for level, unit in zip(levels[1:], units[1:], strict=True):
        if level >= min(picked):
            break
        picked[level] = unit
    return picked


def _printed(word: str) -> str:
    return word if fold(word) in ("tiet", "diem", "khoan") else word.capitalize()
