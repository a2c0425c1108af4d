"""What only the folder as a whole shows: a number given twice, a person spelled two ways; see also ``cited_checks``.

Each finding is a remark for the clerk on a row of *documents* or *citations*. No value changes. The remarks are those
of the rows alone, so a run that reads one new file leaves the same ones as a run that reads everything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple

from rapidfuzz.distance import OSA
from sqlalchemy import Engine, func, select
from sqlalchemy.engine import Connection

from extractors.fold import fold, lower
from pipeline.cited_checks import suspicious_citations
from pipeline.database import writing
from pipeline.folding import name_key
from pipeline.full_text import Position
from pipeline.resolve import identity
from pipeline.rival_readings import same_office
from pipeline.store import count_remarked, set_remarks
from pipeline.tables import citations, documents

#: An id of a row and a sentence about it.
Remark = tuple[str, str]

_IS_MAIN = documents.c.version_of.is_(None)
_YEAR = 366


def check_folder(engine: Engine) -> int:
    """Write the remarks on documents and citations anew; returns how many documents carry one, also in a citation."""
    with writing(engine) as connection:
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


class _Giver(NamedTuple):
    """Who gave a number: the issuer, the comparison form of its name and the place; ``None`` is unknown or in doubt."""

    issuer: str | None
    name: str | None
    place: str | None

    def is_one_with(self, other: _Giver) -> bool:
        """True for the same name though the places differ, or for one place and no contradiction."""
        if self.name is not None and self.name == other.name:
            return True
        if self.place is None or self.place != other.place:
            return False
        return not (self.issuer and other.issuer) or same_office(self.issuer, other.issuer, self.place.split("-"))

    def known(self) -> list[str]:
        """The parts by which others may be found."""
        return [part for part in (self.name, self.place) if part is not None]


def _given_twice(connection: Connection) -> Iterator[Remark]:
    """Two dispatches, no versions of each other, with one number, symbol, year and issuer (Nghị định 30/2020/NĐ-CP,
    Điều 15: numbers follow each other within a year)."""
    own = documents.c
    placed = own.canonical_id.concat("#")
    unplaced = func.substr(own.canonical_id, 1, Position(placed, "#") - 1)
    usable = (_IS_MAIN, own.canonical_id.is_not(None), own.canonical_id.not_like("%@?%"))
    twice = select(unplaced.label("unplaced")).where(*usable).group_by("unplaced").having(func.count() > 1)
    columns = (own.doc_id, own.path, own.code, own.canonical_id, own.issuer)
    rows = connection.execute(
        select(*columns).where(*usable, unplaced.in_(twice)).order_by(own.canonical_id, own.path, own.doc_id)
    )
    groups: dict[tuple[str, str | None], dict[_Giver, list[_Numbered]]] = defaultdict(lambda: defaultdict(list))
    for row in map(_Numbered._make, rows):
        said = identity(row.canonical_id)
        place = None if "?" in row.canonical_id else said.place or ""
        groups[said.base, said.year][_Giver(row.issuer, row.issuer and _name(row.issuer), place)].append(row)
    for givers in groups.values():
        yield from _named_with_each_other(givers)


@lru_cache(maxsize=4096)
def _name(issuer: str) -> str:
    return name_key(issuer)


def _named_with_each_other(givers: dict[_Giver, list[_Numbered]]) -> Iterator[Remark]:
    by_part: dict[str, list[_Giver]] = defaultdict(list)
    for giver in givers:
        for part in giver.known():
            by_part[part].append(giver)
    for giver, own in givers.items():
        near = dict.fromkeys(other for part in giver.known() for other in by_part[part])
        alike = [row for other in near if giver.is_one_with(other) for row in givers[other]]
        for row in own if len(alike) > 1 else ():
            yield row.doc_id, _twice(row, alike[alike[0] is row], len(alike) - 2)


def _twice(row: _Numbered, other: _Numbered, more: int) -> str:
    others = f" (và {more} tệp khác)" if more else ""
    return (
        f"Tệp “{other.path}”{others} cũng mang số {row.code} của cùng năm và cơ quan nhưng nội dung khác: "
        "hãy xem đó là phụ lục, bản đính chính hay số bị cấp trùng."
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
    if OSA.distance(fold(one.name), fold(other.name), score_cutoff=1) > 1:
        return False
    first, second = ([day for _, day in spelling.rows if day] for spelling in (one, other))
    days = sorted([(day, True) for day in first] + [(day, False) for day in second])
    return any(a[1] != b[1] and (b[0] - a[0]).days <= _YEAR for a, b in pairwise(days))


def _rarer(one: _Spelling, other: _Spelling) -> Iterator[Remark]:
    for rare, usual in ((one, other), (other, one)):
        if len(rare.rows) <= len(usual.rows):
            for doc_id, _ in rare.rows:
                yield (
                    doc_id,
                    f"Tên người ký “{rare.name}” gần giống “{usual.name}” ({len(usual.rows)} văn bản khác của cùng cơ "
                    "quan, chức vụ): hãy xem có phải một người.",
                )
