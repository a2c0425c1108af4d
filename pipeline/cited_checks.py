"""What the citations of a folder say of one document, and differently: its day, its year, its symbol, its issuer.

A citation is compared only with others that mean the same document beyond doubt: the symbol is that of one central
body, or both name the issuer, or both stand in one document. The rarer reading gets a remark, of two as frequent both.
What the document itself says, when it is in the folder, weighs most, then a year that is that of the symbol.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

from rapidfuzz.distance import Levenshtein
from sqlalchemy import ColumnElement, Select, func, literal, null, select, union_all
from sqlalchemy.engine import Connection

from extractors.consistency import shown
from extractors.fold import fold
from extractors.symbols import parse_symbol, type_names
from pipeline.full_text import Position
from pipeline.rival_readings import Mention, outweighed, same_office
from pipeline.tables import citations, documents

_WHOLE = len("2020-01-31")
#: Numbers this low come back on the same day of another year: 01/NQ-CP is of 1 January every year.
_LOW = 30
_IS_MAIN = documents.c.version_of.is_(None)


def suspicious_citations(connection: Connection) -> Iterator[tuple[str, str]]:
    """``(citation_id, Vietnamese sentence)`` for each citation that the folder contradicts."""
    yield from _odd(connection, _same_id, lambda group: [group], _other_date)
    yield from _odd(connection, _same_day, lambda group: [group], _other_date)
    yield from _odd(connection, _same_number, _by_issuers, _other_symbol)
    yield from _other_issuer(connection)


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
    base = func.substr(said.canonical_id, 1, Position(said.canonical_id.concat("@"), "@") - 1)
    place = func.substr(said.canonical_id, Position(said.canonical_id.concat("#"), "#"))
    return base.concat(place).concat(literal(" ")).concat(func.substr(said.date, 6)), said.date


def _same_number(said: Columns) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """One number on one day."""
    return func.substr(said.code, 1, Position(said.code, "/")).concat(said.date), said.code


def _odd(
    connection: Connection,
    key: Key,
    parted: Callable[[list[Mention]], Iterable[list[Mention]]],
    remarks: Callable[[list[Mention]], Iterator[tuple[str, str]]],
) -> Iterator[tuple[str, str]]:
    """The remarks on mentions that share ``key`` but not what should be the same; SQL finds the few that do."""
    said = _said().subquery()
    shared, differs = key(said.c)
    # By its label: with values of its own, PostgreSQL would not know the same expression again.
    several = select(shared.label("shared")).group_by("shared").having(func.min(differs) != func.max(differs))
    rows = connection.execute(
        select(shared, *said.c).where(shared.in_(several)).order_by(said.c.path, said.c.doc_id, said.c.citation_id)
    )
    groups: dict[str, list[Mention]] = defaultdict(list)
    for name, *rest in rows:
        groups[name].append(Mention(*rest))
    for group in chain.from_iterable(map(parted, groups.values())):
        yield from remarks(group)


# ---------------------------------------------------------------- the day
def _other_date(group: list[Mention]) -> Iterator[tuple[str, str]]:
    years = {one.canonical_id for one in group}
    if len(years) > 1 and _number(group[0].code) < _LOW:
        return
    for one, rival, texts in outweighed(group, lambda mention: mention.date):
        yield (
            one.citation_id or "",
            f"Viện dẫn ghi {one.code} ngày {shown(one.date)} nhưng {texts} ghi ngày {shown(rival.date)}: "
            "hãy soát lại ngày.",
        )


def _number(code: str) -> int:
    digits = re.match(r"\d+", code)
    return int(digits[0]) if digits else 0


# ---------------------------------------------------------------- the symbol
def _by_issuers(group: list[Mention]) -> Iterator[list[Mention]]:
    """Mentions whose symbols end in the same issuers."""
    by: dict[tuple[str, ...], list[Mention]] = defaultdict(list)
    for one in group:
        symbol = parse_symbol(one.code)
        if symbol and symbol.type and symbol.issuers and symbol.family in ("state", "party"):
            by[symbol.issuers].append(one)
    return (same for same in by.values() if len({one.code for one in same}) > 1)


def _other_symbol(group: list[Mention]) -> Iterator[tuple[str, str]]:
    """``47/CĐ-TTg`` and ``47/CT-TTg`` of one day: types one letter apart, neither number that of a paper at hand."""
    if any(one.citation_id is None for one in group):
        return
    codes = {one.code for one in group}
    for first in sorted(codes):
        alike = {code for code in codes if code == first or _one_letter_apart(first, code)}
        near = [one for one in group if one.code in alike]
        for one, rival, texts in outweighed(near, lambda mention: mention.code):
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


# ---------------------------------------------------------------- the issuer
def _other_issuer(connection: Connection) -> Iterator[tuple[str, str]]:
    """A citation of a document of the folder that names another issuer or type; the issuer alone may have kept the two
    from being linked."""
    own, doc = citations.c, documents.c
    columns = (own.citation_id, own.code, own.issuer, own.type, doc.issuer, doc.doc_type, doc.path, doc.canonical_id)
    above = (doc.parent_issuer, doc.on_behalf_of, doc.authority)
    differs = (own.issuer != doc.issuer) | (own.type != doc.doc_type)
    asked = select(*columns, *above).where(differs, own.code.is_not(None))
    unlinked = (own.canonical_id == doc.canonical_id) & own.resolved_doc_id.is_(None) & doc.version_of.is_(None)
    linked = asked.join(documents, doc.doc_id == own.resolved_doc_id)
    rows = connection.execute(linked.union(asked.join(documents, unlinked)))
    for citation_id, code, issuer, kind, real, real_kind, path, key, *others in rows:
        place = (key or "").partition("#")[2].split("-")
        names = [name for name in (real, *others) if name]
        if issuer and real and not any(same_office(issuer, name, place) for name in names):
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
