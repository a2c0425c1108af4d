"""What only the folder as a whole shows: a number given twice, a person spelled two ways; see also ``cited_checks``.

Each finding is a remark for the clerk on a row of *documents* or *citations*. No value changes. The remarks are those
of the rows alone, so a run that reads one new file leaves the same ones as a run that reads everything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import combinations
from typing import NamedTuple

from rapidfuzz.distance import OSA
from sqlalchemy import Engine, func, select
from sqlalchemy.engine import Connection

from extractors.fold import fold, lower
from pipeline.cited_checks import same_office, suspicious_citations
from pipeline.folding import name_key
from pipeline.resolve import identity
from pipeline.store import citations, count_remarked, documents, set_remarks

#: An id of a row and a sentence about it.
Remark = tuple[str, str]

_IS_MAIN = documents.c.version_of.is_(None)
_YEAR = 366


def check_folder(engine: Engine) -> int:
    """Write the remarks on documents and citations anew; returns how many documents carry one, also in a citation."""
    with engine.begin() as connection:
        checks: tuple[Callable[[Connection], Iterable[Remark]], ...] = (_given_twice, _spelled_two_ways)
        set_remarks(connection, documents, _collected(remark for check in checks for remark in check(connection)))
        set_remarks(connection, citations, _collected(suspicious_citations(connection)))
        return count_remarked(connection)


def _collected(remarks: Iterable[Remark]) -> dict[str, list[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row, sentence in remarks:
        found[row].add(sentence)
    return {row: sorted(sentences) for row, sentences in found.items()}


# ---------------------------------------------------------------- a number given twice
class _Numbered(NamedTuple):
    doc_id: str
    path: str
    code: str
    canonical_id: str
    issuer: str | None


def _given_twice(connection: Connection) -> Iterator[Remark]:
    """Two dispatches, no versions of each other, with one number, symbol, year and issuer (Nghị định 30/2020/NĐ-CP,
    Điều 15: numbers follow each other within a year)."""
    own = documents.c
    placed = own.canonical_id.concat("#")
    unplaced = func.substr(own.canonical_id, 1, func.instr(placed, "#") - 1)
    usable = (_IS_MAIN, own.canonical_id.is_not(None), own.canonical_id.not_like("%@?%"))
    twice = select(unplaced).where(*usable).group_by(unplaced).having(func.count() > 1)
    columns = (own.doc_id, own.path, own.code, own.canonical_id, own.issuer)
    rows = connection.execute(
        select(*columns).where(*usable, unplaced.in_(twice)).order_by(own.canonical_id, own.path, own.doc_id)
    )
    groups: dict[tuple[str, str | None], list[_Numbered]] = defaultdict(list)
    for row in map(_Numbered._make, rows):
        said = identity(row.canonical_id)
        groups[said.base, said.year].append(row)
    for same in groups.values():
        for row in same:
            yield from _named_with(row, [other for other in same if other is not row and _one_number(row, other)])


def _one_number(one: _Numbered, other: _Numbered) -> bool:
    """True for one issuer: the same place and no contradiction, or the same name though the places differ."""
    if one.issuer and other.issuer and name_key(one.issuer) == name_key(other.issuer):
        return True
    places = identity(one.canonical_id).place, identity(other.canonical_id).place
    return places[0] == places[1] and "?" not in one.canonical_id + other.canonical_id and _no_other(one, other)


def _no_other(one: _Numbered, other: _Numbered) -> bool:
    return not one.issuer or not other.issuer or same_office(one.issuer, other.issuer)


def _named_with(row: _Numbered, others: list[_Numbered]) -> Iterator[Remark]:
    if not others:
        return
    more = f" (và {len(others) - 1} tệp khác)" if len(others) > 1 else ""
    yield (
        row.doc_id,
        f"Tệp “{others[0].path}”{more} cũng mang số {row.code} của cùng năm và cơ quan nhưng nội dung khác: "
        "hãy xem đó là phụ lục, bản đính chính hay số bị cấp trùng.",
    )


# ---------------------------------------------------------------- a person spelled two ways
class _Spelling(NamedTuple):
    name: str
    rows: list[tuple[str, date | None]]


def _spelled_two_ways(connection: Connection) -> Iterator[Remark]:
    """Signers of one office and title within a year whose names differ in marks or one letter; case and the place of a
    tone mark (*Hoà*, *Hòa*) are no difference. The rarer spelling is told, of two as frequent both."""
    own = documents.c
    rows = connection.execute(
        select(own.doc_id, own.issuer, own.signer_title, own.signer_name, own.date)
        .where(_IS_MAIN, own.issuer.is_not(None), own.signer_name.is_not(None))
        .order_by(own.path, own.doc_id)
    )
    offices: dict[tuple[str, str], dict[str, _Spelling]] = defaultdict(dict)
    for doc_id, issuer, title, name, day in rows:
        spellings = offices[fold(issuer), fold(title or "")]
        spelling = spellings.setdefault(" ".join(lower(name).split()), _Spelling(name, []))
        spelling.rows.append((doc_id, _day(day)))
    for spellings in offices.values():
        for one, other in combinations(spellings.values(), 2):
            if _one_person(one, other):
                yield from _rarer(one, other)


def _day(iso: str | None) -> date | None:
    try:
        return date.fromisoformat(iso) if iso and len(iso) == len("2020-01-31") else None
    except ValueError:
        return None


def _one_person(one: _Spelling, other: _Spelling) -> bool:
    alike = OSA.distance(fold(one.name), fold(other.name), score_cutoff=1) <= 1
    return alike and any(
        a is not None and b is not None and abs((a - b).days) <= _YEAR for _, a in one.rows for _, b in other.rows
    )


def _rarer(one: _Spelling, other: _Spelling) -> Iterator[Remark]:
    for rare, usual in ((one, other), (other, one)):
        if len(rare.rows) <= len(usual.rows):
            for doc_id, _ in rare.rows:
                yield (
                    doc_id,
                    f"Tên người ký “{rare.name}” gần giống “{usual.name}” ({len(usual.rows)} văn bản khác của cùng cơ "
                    "quan, chức vụ): hãy xem có phải một người.",
                )
