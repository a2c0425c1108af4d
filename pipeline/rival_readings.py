"""Which reading of a cited document is the rarer, among the mentions that mean that document beyond doubt.

Each mention is looked at a few times however many there are: a law is cited a hundred thousand times.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from extractors.symbols import parse_symbol
from extractors.units import scopes
from pipeline.folding import name_words

#: One and the same token for many bodies.
_AMBIGUOUS = frozenset({"CT", "HQ", "BQL"})


class Mention(NamedTuple):
    """What a citation says of a document; without ``citation_id`` what the document says of itself."""

    citation_id: str | None
    doc_id: str
    path: str
    code: str
    canonical_id: str
    issuer: str | None
    date: str


class _Side(NamedTuple):
    """The mentions that read alike: one of them, the file of the document itself, all files, the one that is named, and
    what they weigh."""

    first: Mention
    own: str | None
    paths: frozenset[str]
    named: str
    weight: tuple[bool, bool, int, int]


def same_office(one: str, other: str, place: Iterable[str] = ()) -> bool:
    """True when at least half of the words of the shorter name stand in the other: *Văn phòng Chính phủ* may speak for
    *Thủ tướng Chính phủ*, *Sở Y tế* not for *Sở Tài chính*. The folded words of a ``place`` both share say nothing."""
    first, second = name_words(one).difference(place), name_words(other).difference(place)
    return 2 * len(first & second) >= min(len(first), len(second))


def outweighed(group: Sequence[Mention], reading: Callable[[Mention], str]) -> Iterator[tuple[Mention, Mention, str]]:
    """Each citation of ``group`` whose reading is not the most frequent: it, one with the usual reading, and who reads
    so. ``group`` shares a number."""
    for asked, same in _by_document(group):
        by: dict[str, list[Mention]] = defaultdict(list)
        for one in same:
            by[reading(one)].append(one)
        sides = {name: _side(found) for name, found in by.items()}
        ranked = sorted(sorted(sides), key=lambda name: sides[name].weight, reverse=True)
        for one in asked if len(ranked) > 1 else ():
            own = reading(one)
            usual = sides[ranked[own == ranked[0]]]
            if one.citation_id is not None and usual.weight >= sides[own].weight:
                yield one, usual.first, _who(one, usual)


def _side(found: list[Mention]) -> _Side:
    """Heaviest is what the document itself says, then the year in the symbol, then the number of documents."""
    own = next((one.path for one in found if one.citation_id is None), None)
    symbol = parse_symbol(found[0].code)
    of_the_year = symbol is not None and symbol.year == found[0].date[:4]
    weight = (own is not None, of_the_year, len({one.doc_id for one in found}), len(found))
    paths = frozenset(one.path for one in found)
    return _Side(found[0], own, paths, min(paths), weight)


def _who(one: Mention, side: _Side) -> str:
    if side.own:
        return f"chính văn bản ấy trong thư mục (“{side.own}”)"
    if side.paths == {one.path}:
        return "chỗ khác của cùng văn bản"
    n = len(side.paths)
    return f"{n} văn bản" if one.path in side.paths else f"{n} văn bản khác (“{side.named}”)"


def _by_document(group: Sequence[Mention]) -> Iterator[tuple[list[Mention], list[Mention]]]:
    """Mentions that name one issuer, and all that mean the same document for sure: they name the same office or, where
    only one body has the symbol, none. Mentions without issuer take that of another one in their document."""
    central = _is_central(group[0].code)
    named: dict[str, str] = {}
    for one in group:
        if one.issuer:
            named.setdefault(one.doc_id, one.issuer)
    offices: dict[str, list[Mention]] = defaultdict(list)
    nameless: dict[str, list[Mention]] = defaultdict(list)
    for one in group:
        if office := one.issuer or named.get(one.doc_id):
            offices[office].append(one)
        else:
            nameless["" if central else one.doc_id].append(one)
    for name, asked in offices.items():
        alike = [one for other, found in offices.items() if same_office(name, other) for one in found]
        yield asked, alike + nameless[""]
    for found in nameless.values():
        yield found, [*group] if central else found


def _is_central(code: str) -> bool:
    """True when only one body has the symbol."""
    symbol = parse_symbol(code)
    if symbol is None:
        return False
    first = symbol.issuers[0] if symbol.issuers else ""
    return symbol.family == "legislature" or (scopes().get(first) == "central" and first not in _AMBIGUOUS)
