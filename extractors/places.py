"""Places within a document in their normal form, inside-out (Nghị định 78/2025/NĐ-CP, Điều 69), one by one:
``điểm a, b khoản 2 và khoản 3 Điều 7`` are ``điểm a khoản 2 Điều 7``, ``điểm b khoản 2 Điều 7``, ``khoản 3 Điều 7``.
"""

from __future__ import annotations

import re
from itertools import pairwise, product
from typing import Literal, NamedTuple

#: From the inside out.
LEVELS = ("tiết", "điểm", "khoản", "điều", "tiểu mục", "mục", "chương", "phần", "phụ lục")
#: Points follow the Vietnamese alphabet (Nghị định 30/2020/NĐ-CP, Phụ lục I); f, j, w, z are not in it.
_ALPHABET = "abcdđeghiklmnopqrstuvxy"
_ROMAN = dict(zip("IVXLC", (1, 5, 10, 50, 100), strict=True))
_TENS, _ONES = ("", "X", "XX", "XXX", "XL", "L"), ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
#: A longer range stays a range: ``Điều 5 đến Điều 90``.
_MOST = 30
#: More places than anybody cites at once: damaged text, cut off.
_MOST_PLACES = 120

#: How a step is joined to the one before: directly or by a comma, as an item of a list, or as the end of a range.
Link = Literal["next", "comma", "and", "to"]


class Step(NamedTuple):
    """One word with its marks: ``khoản 2, 3``. ``level`` is an index into :data:`LEVELS`."""

    level: int
    marks: tuple[str, ...]
    link: Link


def spelled(steps: list[Step]) -> tuple[str, ...]:
    """The places that a chain of steps names, in the order of the text, each once."""
    steps = _ranges(steps)
    for at, step in enumerate(steps):
        if step.link == "to":
            return (f"{spelled(steps[:at])[-1]} đến {spelled([step._replace(link='next'), *steps[at + 1 :]])[0]}",)
    paths = _outside_in(steps) if _goes_down(steps) else _inside_out(steps)
    places = (" ".join(chosen) for path in paths for chosen in product(*(_printed(step) for step in path)))
    return tuple(dict.fromkeys(place for place, _ in zip(places, range(_MOST_PLACES), strict=False)))


def members(first: str, last: str, level: int) -> tuple[str, ...]:
    """The marks from ``first`` to ``last``; both joined by *đến* when the range cannot be spelled out."""
    for values in (_numbers(first, last), _letters(first, last), _romans(first, last)):
        if values:
            return values
    return (f"{first} đến {_word(level)} {last}",)


def _numbers(first: str, last: str) -> tuple[str, ...]:
    if not (first.isdecimal() and last.isdecimal()) or not 0 < int(last) - int(first) < _MOST:
        return ()
    return tuple(map(str, range(int(first), int(last) + 1)))


def _letters(first: str, last: str) -> tuple[str, ...]:
    if len(first) != 1 or len(last) != 1 or not 0 <= _ALPHABET.find(first) < _ALPHABET.find(last):
        return ()
    return tuple(_ALPHABET[_ALPHABET.index(first) : _ALPHABET.index(last) + 1])


def _romans(first: str, last: str) -> tuple[str, ...]:
    low, high = _roman(first), _roman(last)
    return tuple(map(_in_roman, range(low, high + 1))) if 0 < low < high < min(60, low + _MOST) else ()


def _roman(mark: str) -> int:
    values = [_ROMAN.get(letter, 0) for letter in mark]
    value = sum(-a if a < b else a for a, b in pairwise([*values, 0]))
    return value if 0 < value < 60 and _in_roman(value) == mark else 0


def _in_roman(value: int) -> str:
    return _TENS[value // 10] + _ONES[value % 10]


# ---------------------------------------------------------------- chains
def _ranges(steps: list[Step]) -> list[Step]:
    """``từ Điều 5 đến Điều 9`` as one step of five marks."""
    joined: list[Step] = []
    for step in steps:
        if joined and step.link == "to" and step.level == joined[-1].level:
            before = joined.pop()
            marks = (*before.marks[:-1], *members(before.marks[-1], step.marks[0], step.level), *step.marks[1:])
            step = Step(step.level, marks, before.link)
        joined.append(step)
    return joined


def _goes_down(steps: list[Step]) -> bool:
    """Whether the chain is written from the outside in: ``Điều 5, khoản 2, điểm a``."""
    turns = [(a, b) for a, b in pairwise(steps) if a.level != b.level]
    if not turns or turns[0][1].level > turns[0][0].level or turns[0][1].link == "and":
        return False
    return not any(b.level > a.level and b.link == "next" for a, b in turns)


def _outside_in(steps: list[Step]) -> list[list[Step]]:
    paths: list[list[Step]] = []
    above: list[Step] = []
    for at, step in enumerate(steps):
        above = [outer for outer in above if outer.level > step.level] + [step]
        if at + 1 == len(steps) or steps[at + 1].level >= step.level:
            paths.append(above[::-1])
    return paths


def _inside_out(steps: list[Step]) -> list[list[Step]]:
    """Each step that is not the frame of the one before, within the frames that follow."""
    paths: list[list[Step]] = []
    for at, step in enumerate(steps):
        if at and _frames(steps[at - 1], step):
            continue
        path = [step]
        for before, outer in pairwise(steps[at:]):
            if outer.level > path[-1].level and (outer.level <= before.level or _frames(before, outer)):
                path.append(outer)
        paths.append(path)
    return paths


def _frames(inner: Step, outer: Step) -> bool:
    return outer.level > inner.level and outer.link != "and"


# ---------------------------------------------------------------- words
def _printed(step: Step) -> list[str]:
    return [f"{_word(step.level)} {mark}" for mark in step.marks]


def _word(level: int) -> str:
    """``khoản`` and below with a small letter, ``Điều`` and above with a capital one."""
    word = LEVELS[level]
    return word if level < LEVELS.index("điều") else re.sub("^.", lambda first: first[0].upper(), word)
