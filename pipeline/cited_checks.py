"""What the citations of a folder say of one document, and differently: its day, its year, its symbol, its issuer.

A citation is compared only with others that mean the same document beyond doubt: the symbol is that of one central
body, or both name the issuer, or both stand in one document. The rarer reading gets a remark, of two as frequent both.
What the document itself says, when it is in the folder, weighs most, then a year that is that of the symbol.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

from rapidfuzz.distance import Levenshtein
from sqlalchemy import ColumnElement, Select, func, literal, null, select, union_all
from sqlalchemy.engine import Connection

from extractors.consistency import shown
from extractors.fold import fold
from extractors.symbols import Symbol, issuer_scopes, parse_symbol, type_names
from pipeline.folding import name_words
from pipeline.store import citations, documents

_WHOLE = len("2020-01-31")
#: Numbers this low come back on the same day of another year: 01/NQ-CP is of 1 January every year.
_LOW = 30
#: One and the same token for many bodies.
_AMBIGUOUS = frozenset({"CT", "HQ", "BQL"})
_IS_MAIN = documents.c.version_of.is_(None)


class _Mention(NamedTuple):
    """What a citation says of a document; without ``citation_id`` what the document says of itself."""

    citation_id: str | None
    doc_id: str
    path: str
    code: str
    canonical_id: str
    issuer: str | None
    date: str


def suspicious_citations(connection: Connection) -> Iterator[tuple[str, str]]:
    """``(citation_id, Vietnamese sentence)`` for each citation that the folder contradicts."""
    yield from _odd(connection, _same_id, lambda group: [group], _other_date)
    yield from _odd(connection, _same_day, lambda group: [group], _other_date)
    yield from _odd(connection, _same_number, _by_issuers, _other_symbol)
    yield from _other_issuer(connection)


def same_office(one: str, other: str) -> bool:
    """True when at least half of the words of the shorter name stand in the other: *Văn phòng Chính phủ* may speak for
    *Thủ tướng Chính phủ*, *Sở Y tế* not for *Sở Tài chính*."""
    first, second = name_words(one), name_words(other)
    return 2 * len(first & second) >= min(len(first), len(second))


# ---------------------------------------------------------------- what is said of one document
def _said() -> Select[Any]:
    """Whole days said of numbered documents, by the citations and by the documents, of main versions only."""
    own, doc = citations.c, documents.c
    cited = (
        select(own.citation_id, own.doc_id, doc.path, own.code, own.canonical_id, own.issuer, own.date)
        .join(documents, doc.doc_id == own.doc_id)
        .where(_IS_MAIN, own.code.is_not(None), own.canonical_id.is_not(None), func.length(own.date) == _WHOLE)
    )
    self = select(
        null().label("citation_id"), doc.doc_id, doc.path, doc.code, doc.canonical_id, doc.issuer, doc.date
    ).where(_IS_MAIN, doc.code.is_not(None), doc.canonical_id.is_not(None), func.length(doc.date) == _WHOLE)
    return select(union_all(cited, self).subquery())


Columns = Any
Key = Callable[[Columns], tuple[ColumnElement[Any], ColumnElement[Any]]]


def _same_id(said: Columns) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """One number, symbol, year and place."""
    return said.canonical_id, said.date


def _same_day(said: Columns) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """One number, symbol and place on the same day and month of any year."""
    base = func.substr(said.canonical_id, 1, func.instr(said.canonical_id.concat("@"), "@") - 1)
    place = func.substr(said.canonical_id, func.instr(said.canonical_id.concat("#"), "#"))
    return base.concat(place).concat(literal(" ")).concat(func.substr(said.date, 6)), said.date


def _same_number(said: Columns) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """One number on one day."""
    return func.substr(said.code, 1, func.instr(said.code, "/")).concat(said.date), said.code


def _odd(
    connection: Connection,
    key: Key,
    parted: Callable[[list[_Mention]], Iterable[list[_Mention]]],
    remarks: Callable[[list[_Mention]], Iterator[tuple[str, str]]],
) -> Iterator[tuple[str, str]]:
    """The remarks on mentions that share ``key`` but not what should be the same; SQL finds the few that do."""
    said = _said().subquery()
    shared, differs = key(said.c)
    several = select(shared).group_by(shared).having(func.min(differs) != func.max(differs))
    rows = connection.execute(
        select(shared, *said.c).where(shared.in_(several)).order_by(said.c.path, said.c.doc_id, said.c.citation_id)
    )
    groups: dict[str, list[_Mention]] = defaultdict(list)
    for name, *rest in rows:
        groups[name].append(_Mention(*rest))
    for group in chain.from_iterable(map(parted, groups.values())):
        yield from remarks(group)


# ---------------------------------------------------------------- the day
def _other_date(group: list[_Mention]) -> Iterator[tuple[str, str]]:
    years = {one.canonical_id for one in group}
    if len(years) > 1 and _number(group[0].code) < _LOW:
        return
    for one, rival, texts in _outweighed(group, lambda mention: mention.date):
        yield (
            one.citation_id or "",
            f"Viện dẫn ghi {one.code} ngày {shown(one.date)} nhưng {texts} ghi ngày {shown(rival.date)}: "
            "hãy soát lại ngày.",
        )


def _number(code: str) -> int:
    digits = re.match(r"\d+", code)
    return int(digits[0]) if digits else 0


# ---------------------------------------------------------------- the symbol
def _by_issuers(group: list[_Mention]) -> Iterator[list[_Mention]]:
    """Mentions whose symbols end in the same issuers."""
    by: dict[tuple[str, ...], list[_Mention]] = defaultdict(list)
    for one in group:
        symbol = parse_symbol(one.code)
        if symbol and symbol.type and symbol.issuers and symbol.family in ("state", "party"):
            by[symbol.issuers].append(one)
    return (same for same in by.values() if len({one.code for one in same}) > 1)


def _other_symbol(group: list[_Mention]) -> Iterator[tuple[str, str]]:
    """``47/CĐ-TTg`` and ``47/CT-TTg`` of one day: types one letter apart, neither number that of a paper at hand."""
    if any(one.citation_id is None for one in group):
        return
    for first in sorted({one.code for one in group}):
        near = [one for one in group if one.code == first or _one_letter_apart(first, one.code)]
        for one, rival, texts in _outweighed(near, lambda mention: mention.code):
            if one.code == first:
                yield (
                    one.citation_id or "",
                    f"{one.code} và {rival.code} cùng số, cùng ngày {shown(one.date)}, {texts} ghi ký hiệu sau: "
                    "có thể là một văn bản, nên xem lại ký hiệu.",
                )


def _one_letter_apart(one: str, other: str) -> bool:
    first, second = _type(one), _type(other)
    return Levenshtein.distance(first, second) == 1 and {first, second} <= type_names().keys()


def _type(code: str) -> str:
    symbol = parse_symbol(code)
    return symbol.type or "" if symbol else ""


# ---------------------------------------------------------------- which reading is the rarer
def _outweighed(
    group: Sequence[_Mention], reading: Callable[[_Mention], str]
) -> Iterator[tuple[_Mention, _Mention, str]]:
    """Each citation whose reading is not the most frequent: it, one with the usual reading, and who reads so."""
    for one in group:
        if one.citation_id is None:
            continue
        same = [other for other in group if other is one or _one_document(one, other)]
        weights = {name: _weight(same, name, reading) for name in map(reading, same)}
        usual = max(
            sorted(name for name in weights if name != reading(one)), key=lambda name: weights[name], default=None
        )
        if usual is None or weights[usual] < weights[reading(one)]:
            continue
        rivals = [other for other in same if reading(other) == usual]
        yield one, rivals[0], _who(one, rivals)


def _weight(group: Iterable[_Mention], name: str, reading: Callable[[_Mention], str]) -> tuple[bool, bool, int, int]:
    """Said by the document itself, of the year in the symbol, by so many documents, so often."""
    found = [one for one in group if reading(one) == name]
    symbol = parse_symbol(found[0].code)
    own = any(one.citation_id is None for one in found)
    return own, symbol is not None and symbol.year == found[0].date[:4], len({one.doc_id for one in found}), len(found)


def _who(one: _Mention, rivals: list[_Mention]) -> str:
    own = next((rival for rival in rivals if rival.citation_id is None), None)
    if own:
        return f"chính văn bản ấy trong thư mục (“{own.path}”)"
    texts = {rival.path for rival in rivals}
    if texts == {one.path}:
        return "chỗ khác của cùng văn bản"
    return f"{len(texts)} văn bản khác (“{min(texts)}”)" if one.path not in texts else f"{len(texts)} văn bản"


def _one_document(one: _Mention, other: _Mention) -> bool:
    """True when two mentions of a number and symbol mean the same document for sure."""
    if one.issuer and other.issuer:
        return same_office(one.issuer, other.issuer)
    if one.citation_id and one.doc_id == other.doc_id:
        return True
    symbol = parse_symbol(one.code)
    return symbol is not None and _is_central(symbol)


def _is_central(symbol: Symbol) -> bool:
    first = symbol.issuers[0] if symbol.issuers else ""
    central = issuer_scopes().get(first) == "central" and first not in _AMBIGUOUS
    return symbol.family == "legislature" or central


# ---------------------------------------------------------------- the issuer
def _other_issuer(connection: Connection) -> Iterator[tuple[str, str]]:
    """A citation of a document of the folder that names another issuer or type."""
    own, doc = citations.c, documents.c
    columns = (own.citation_id, own.code, own.issuer, own.type, doc.issuer, doc.doc_type, doc.path)
    above = (doc.parent_issuer, doc.on_behalf_of, doc.authority)
    differs = (own.issuer != doc.issuer) | (own.type != doc.doc_type)
    rows = connection.execute(
        select(*columns, *above)
        .join(documents, doc.doc_id == own.resolved_doc_id)
        .where(differs, own.code.is_not(None))
    )
    for citation_id, code, issuer, kind, real, real_kind, path, *others in rows:
        names = [name for name in (real, *others) if name]
        if issuer and real and not any(same_office(issuer, name) for name in names):
            yield (
                citation_id,
                (
                    f"Viện dẫn ghi {code} là của “{issuer}” nhưng văn bản ấy trong thư mục (“{path}”) là của “{real}”: "
                    "hãy soát lại cơ quan ban hành."
                ),
            )
        if kind and real_kind and _differ(kind, real_kind):
            yield (
                citation_id,
                (
                    f"Viện dẫn gọi {code} là {kind} nhưng văn bản ấy trong thư mục (“{path}”) là {real_kind}: "
                    "hãy soát lại loại văn bản."
                ),
            )


def _differ(one: str, other: str) -> bool:
    """*Văn bản* is any type, *Luật* any law, *Thông tư* also a *Thông tư liên tịch*."""
    first, second = fold(one), fold(other)
    return "van ban" not in (first, second) and first not in second and second not in first
