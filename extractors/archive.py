"""The archive line of *Nơi nhận*: ``Lưu: VT, GSQL (Lan 03b)`` names who keeps a copy, the copies, and the drafter.

The mark of the drafter and the number of copies are asked for by Nghị định 30/2020/NĐ-CP, Phụ lục I (box 12); where and
how they stand is habit: in the bracket, after it, glued to a unit by a dash or in small letters.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from extractors.fold import fold
from extractors.letters import LOWER, UPPER
from extractors.lexicon import key, settings
from extractors.model import Span
from extractors.office_names import provinces


class Archive(NamedTuple):
    """The units as written, the number of copies, and the drafter with the stretch of the line that names them."""

    units: tuple[str, ...]
    copies: int | None = None
    drafter: str | None = None
    mark: Span | None = None


_LABEL = re.compile(r"\W*(?:Lưu|LƯU|Luu)\b\s*:?\s*")
_NAME = rf"[{UPPER}][{LOWER}]+"
_INITIALS = rf"[{UPPER}]{{1,2}}|[{UPPER}]{{1,4}}-[{UPPER}]{{1,4}}"
_COPIES = r"(?P<copies>\d{1,3}) ?(?:b|bản)?"
#: ``(03b)``, ``(Lan 03b)``, ``(Đức-03b)``, ``(Thu)``, ``(ĐT-PVH)``.
_BRACKET = re.compile(
    rf"\s?\(\s?(?P<cut>(?P<mark>{_NAME}(?: {_NAME}){{0,3}}|{_INITIALS})[-,. ]{{0,2}})?(?:{_COPIES})?\s?\)"
)
_AFTER_BRACKET = re.compile(rf"(?<=\))(?P<cut>\s?[-.,]?\s?(?P<mark>{_NAME}(?: {_NAME})?|[{UPPER}]{{1,3}}))[\s./]*$")
#: A mark at the end of the units: ``NVTHQ-PL-Lan``, ``VT, Lan``, ``KTlan02``, ``VT, ntl``.
_AT_END = (
    re.compile(rf"(?<=\w)(?P<cut>\s?[-.]\s?(?P<mark>{_NAME}))$"),
    re.compile(rf"(?<=\w)(?P<cut>\s?[,;]\s?(?P<mark>{_NAME}(?: {_NAME})?))$"),
    re.compile(
        rf"(?<![\w.&])(?:P\.)?[{UPPER}&]{{2,}}?\.?(?P<cut>(?P<mark>[{UPPER}][{LOWER}]{{2,}}|[{LOWER}]{{3,}}))\d*$"
    ),
    re.compile(r"(?P<cut>\s?[,;]\s?(?P<mark>(?!hs\b)[a-z]{2,8}))\d*$"),
)
_REGISTRY = frozenset({"vt", "van thu"})


def read_archive(line: str) -> Archive | None:
    """The archive line taken apart; ``None`` when ``line`` is another one. Total."""
    label = _LABEL.match(line)
    if label is None:
        return None
    bracket = next((found for found in _BRACKET.finditer(line, label.end()) if _is_bracket(found)), None)
    end = bracket.start() if bracket else len(line.rstrip(" ./"))
    found = bracket if bracket and bracket["mark"] else _mark(line, Span(label.end(), end), bracket)
    units = line[label.end() : min(end, found.start("cut"))] if found else line[label.end() : end]
    if found and found.start("cut") < end:  # what is glued behind the name belongs to the unit's code
        units += line[found.end("cut") : end]
    return Archive(
        tuple(_units(units)),
        int(bracket["copies"]) if bracket and bracket["copies"] else None,
        found["mark"] if found else None,
        _cut(found, bracket) if found else None,
    )


def _is_bracket(found: re.Match[str]) -> bool:
    """A bracket that holds copies, a person or both: not ``()``, not ``(Thuế)``."""
    return bool(found["mark"] or found["copies"]) and (not found["mark"] or _is_person(found["mark"]))


def _mark(line: str, units: Span, bracket: re.Match[str] | None) -> re.Match[str] | None:
    """The drafter behind the copies, else at the end of the units."""
    behind = _AFTER_BRACKET.search(line, bracket.end() - 1) if bracket else None
    if behind and _is_person(behind["mark"]):
        return behind
    tried = (pattern.search(line[: units.end], max(0, units.start - 1)) for pattern in _AT_END)
    return next(
        (found for found in tried if found and found.start("cut") >= units.start and _is_person(found["mark"])), None
    )


def _cut(found: re.Match[str], bracket: re.Match[str] | None) -> Span:
    """What a reader must not see: the mark with what ties it to the line; an empty bracket goes with it."""
    if found is bracket and not found["copies"]:
        return Span(found.start(), found.end())
    return Span(found.start("cut"), found.end("cut"))


def _is_person(mark: str) -> bool:
    """A given name or initials, no head of an office and no place: ``Lan``, ``Hải Yến``, ``PVH``; not ``Cục``."""
    if key(mark) in _no_persons():
        return False
    return not mark.istitle() or len(mark) < 2 or all(set(fold(word)) & set("aeiouy") for word in mark.split())


@cache
def _no_persons() -> frozenset[str]:
    lists = {"bodies": ("heads", "phrases"), "actors": ("bodies", "groups"), "recipients": ("channels",)}
    words = (word for table, names in lists.items() for name in names for word in settings(table)[name])
    return frozenset(key(word) for word in words) | frozenset(provinces())


def _units(words: str) -> list[str]:
    """The units without the registry itself; a number alone takes the letters of the one before (``VP10, 11``)."""
    units: list[str] = []
    words = " ".join(re.sub(r"\([^()]*\)?", " ", words).split())
    for part in re.split(r" ?[,;] ?|(?<=VT) ?\. ?", words):
        part = part.strip(" .-–")
        if part.isdigit() and units:
            part = re.sub(r"\d+$", "", units[-1]) + part
        if part and key(part) not in _REGISTRY:
            units.append(part)
    return units
