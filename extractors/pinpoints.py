"""The places within a cited document that stand before it (``điểm a khoản 2 Điều 5 Nghị định …``) or after it
(``Nghị định … (khoản 2 Điều 5)``, ``Luật Hải quan: Điều 12, Điều 13``).

Written inside-out as a rule (Nghị định 78/2025/NĐ-CP, Điều 69); the outside-in order (``Điều 5, khoản 2, điểm a``) is
turned round by :mod:`extractors.places`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.places import LEVELS, Link, Step, members, spelled
from extractors.tails import HEADS

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
#: Between the marks of one word: ``khoản 2, 3 và 5``, ``điểm a đến d``, ``khoản 1 - 3``.
_BETWEEN = r"(?:,?\s(?:và|hoặc|đến)\s|,\s|\s?[-–]\s?)"
_END = r"(?![\w/%]|[.,]\d)"


def _unit(index: int, word: str) -> str:
    quoted = f"(?<!tiểu ){word}" if word == "mục" else word
    spelling = rf"(?:{quoted}|{word[0].upper()}{word[1:]}|{word.upper()})"
    mark = _MARK[word]
    return rf"{spelling}(?:\ssố)?\s(?P<m{index}>{mark}{_END}(?:{_BETWEEN}{mark}{_END})*)"


_UNIT = re.compile(rf"(?<!\w)(?:(?:[Cc]ác|[Tt]ừ)\s)?(?:{'|'.join(_unit(i, word) for i, word in enumerate(_MARK))})")
_WORDED = re.compile("(?i:" + "|".join(_MARK) + r")\s")
_QUOTED = r"[\"“][^\"“”\n]{0,80}[\"”]"
#: A change of words within one place and another: ``và thay thế cụm từ "a" bằng cụm từ "b" tại``.
_CHANGED = (
    r"(?:bãi bỏ|bỏ|thay thế|thay|bổ sung|sửa đổi)(?:\s(?:các\s)?(?:cụm\s)?từ\s"
    rf"{_QUOTED}(?:\s(?:bằng|thành)\s(?:các\s)?(?:cụm\s)?từ\s{_QUOTED})?\stại)?\s"
)
#: Between two words of a chain; the groups name how they are joined.
_LINK = re.compile(
    rf"(?:(?P<to>,?\s(?:đến(?:\shết)?)\s|\s?[-–]\s?)"
    rf"|(?P<and>(?:,?\s(?:và|hoặc|cùng)\s|;\s(?:và\s)?)(?:{_CHANGED})?)|(?P<comma>,\s|\s?\()"
    r"|(?P<next>\s))(?:(?:quy định\s)?(?:tại|của|thuộc|trong|ở)\s)?\Z"
)
#: Between the place and the document: *của*, *tại*, a comma, or the annexed text (``Điều 12 Quy trình ban hành kèm``).
_BRIDGE = re.compile(
    r"(?:\)?,?\s(?:của\s|tại\s|trong\s|thuộc\s)?(?:các\s)?"
    r"|\s(?:Quy chế|Quy định|Quy trình|Điều lệ|Kế hoạch|Hướng dẫn|Danh mục|Biểu|Bảng|Đề án|Chương trình)?"
    r"[^.;:()\d\n“”\"]{0,60}?\s?(?:(?:được\s)?ban hành\s)?kèm(?:\stheo)?\s)\Z"
)
_AFTER = re.compile(r"(?P<open>\s\((?:quy định\s)?(?:tại\s|theo\s)?)|:\s|,?\s(?:được\s)?(?:quy định\s)?tại\s(?:các\s)?")
#: A place that belongs to a document named after it, or to this one.
_OWNED = re.compile(
    rf"\)?,?\s(?:của\s|tại\s|thuộc\s|trong\s)?(?:các\s)?"
    rf"(?:(?:{HEADS})(?!\w)|Hiến pháp|Quy (?:chế|trình)|Phụ lục|nêu trên)"
)
_REACH = 400


class Pinpoints(NamedTuple):
    """``start`` is where the first place begins in the text; ``values`` are the places in normal form."""

    start: int
    values: tuple[str, ...]


def pinpoints_before(text: str, floor: int, at: int) -> Pinpoints | None:
    """The places that stand directly before offset ``at``, not before ``floor``; ``None`` when there are none."""
    low = max(floor, at - _REACH)
    if not _WORDED.search(text, low, at):
        return None
    units = list(_UNIT.finditer(text, low, at))
    if not units or not _BRIDGE.match(text[units[-1].end() : at]):
        return None
    first = len(units) - 1
    while first and _LINK.match(text[units[first - 1].end() : units[first].start()]):
        first -= 1
    return Pinpoints(units[first].start(), _places(text, units[first:]))


def pinpoints_after(text: str, at: int, ceiling: int) -> tuple[str, ...]:
    """The places that stand directly after a document that ends at ``at``; ``ceiling`` is where the next mention begins
    with its places."""
    lead = _AFTER.match(text, at, ceiling)
    if lead is None:
        return ()
    units: list[re.Match[str]] = []
    while unit := _UNIT.match(text, _next(text, units, lead.end()), min(len(text), at + _REACH)):
        units.append(unit)
    if not units:
        return ()
    end = units[-1].end()
    closed = text.startswith(")", end)
    if end > ceiling or (lead["open"] and not closed) or _OWNED.match(text, end):
        return ()
    return _places(text, units)


def _next(text: str, units: list[re.Match[str]], start: int) -> int:
    """Where the next word of a chain may begin."""
    if not units:
        return start
    end = units[-1].end()
    coming = _UNIT.search(text, end, end + 60)
    return coming.start() if coming and _LINK.match(text[end : coming.start()]) else len(text)


def _places(text: str, units: list[re.Match[str]]) -> tuple[str, ...]:
    steps: list[Step] = []
    for i, unit in enumerate(units):
        joined = _LINK.match(text[units[i - 1].end() : unit.start()]) if i else None
        link: Link = joined.lastgroup if joined else "next"  # type: ignore[assignment]
        level = int(str(unit.lastgroup)[1:])
        steps.append(Step(level, _marks(unit[f"m{level}"], level), link))
    return spelled(steps)


def _marks(listed: str, level: int) -> tuple[str, ...]:
    """``a, b và d đến g`` one by one."""
    found: list[str] = []
    end = 0
    for mark in re.finditer(rf"(?<!\w){_MARK[LEVELS[level]]}{_END}", listed):
        joint = listed[end : mark.start()]
        if found and re.search(r"đến|[-–]", joint):
            found[-1:] = members(found[-1], mark[0], level)
        else:
            found.append(mark[0])
        end = mark.end()
    return tuple(found)
