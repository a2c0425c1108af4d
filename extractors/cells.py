"""Cells: the smallest stretches of the first and the last page that belong to one box of the sheet.

A line of the canonical text may hold two columns, parted by a tab, by many spaces or by ``|``; copies even glue the
boxes with a single space. ``cells_of`` parts a line at the gaps, ``split_at`` at positions found by a pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from extractors.fold import fold
from extractors.letters import LOWER, UPPER
from extractors.lexicon import alternation, settings
from extractors.model import Span

_GAP = re.compile(r"[\t|]|\s{3,}")
#: One word of a person's name: ``Ngọc``, ``K'Brôi``, the ``Y`` of the Central Highlands.
NAME_WORD = rf"(?:(?:[{UPPER}]['’])?[{UPPER}][{LOWER}]+|[AYHÊ])"


def line_spans(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The lines of ``text[start:end]`` without their line ends, empty ones left out."""
    end = len(text) if end is None else end
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if text[start:stop].strip():
            yield Span(start, stop)
        start = stop + 1


def trimmed(text: str, span: Span) -> Span:
    """The span without white space and emphasis marks at its edges."""
    start, end = span.start, span.end
    while start < end and text[start] in " \t\n*_":
        start += 1
    while end > start and text[end - 1] in " \t\n*_":
        end -= 1
    return Span(start, end)


def cells_of(text: str, line: Span) -> list[Span]:
    """The cells of one line, parted at tabs, bars and wide gaps."""
    return split_at(text, line, ((m.start(), m.end()) for m in _GAP.finditer(text, line.start, line.end)))


def split_at(text: str, span: Span, gaps: Iterable[tuple[int, int]]) -> list[Span]:
    """The trimmed stretches of ``span`` between ``gaps``, empty ones left out."""
    parts, at = [], span.start
    for start, end in gaps:
        if start >= at:
            parts.append(Span(at, start))
            at = end
    parts.append(Span(at, span.end))
    return [part for part in (trimmed(text, p) for p in parts) if part.start < part.end]


def is_upper(words: str) -> bool:
    """True when the letters are capitals, apart from a slip or two (``TTg``, ``UBND các``)."""
    letters = "".join(filter(str.isalpha, words))
    return bool(letters) and sum(map(str.isupper, letters)) >= 0.8 * len(letters)


def without_titles(name: str) -> str:
    """A person's name without rank, degree and form of address (``Đại tá``, ``PGS.TS.``, ``Ông``)."""
    found = _titles().match(fold(name))
    rest = name[found.end() :].strip(" .,") if found else name.strip(" .,")
    return rest if len(rest.split()) >= 2 else name.strip(" .,")


def is_person(words: str) -> bool:
    """True for a person's name: two to six capitalised words; in capitals only after a usual family name."""
    name = without_titles(words)
    parts = name.split()
    if not 2 <= len(parts) <= 6 or not all(re.fullmatch(rf"[{UPPER}][{UPPER}{LOWER}'’]*", part) for part in parts):
        return False
    if all(re.fullmatch(NAME_WORD, part) for part in parts):
        return fold(parts[0]) not in ("noi", "nhu", "luu", "so", "phong", "van", "cong", "bo", "ban", "cuc", "ky") or (
            _surname(parts[0]) and fold(parts[1]) not in ("phong", "thong", "an", "nhan")
        )
    return (
        is_upper(name)
        and _surname(parts[0])
        and len(parts) <= 4
        and not re.search(r"\b(?:truong|chu tich|giam doc|tong|dan|uy)\b", fold(name))
    )


def _surname(word: str) -> bool:
    return fold(word) in _surnames()


@cache
def _surnames() -> frozenset[str]:
    return frozenset(map(fold, settings("signing")["names"]["surnames"]))


@cache
def _titles() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(settings('signing')['names']['titles'])}(?:\s*[.,]\s*|\s+(?=\S))|[.,]\s*)+")
