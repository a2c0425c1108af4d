"""Which document of the folder a citation means.

A canonical id is ``169/TB-UBND@2020#hai-phong``: number and symbol, year, locality of the issuer (domain practice: a
symbol is unique only within issuer and year). Equal ids are the same document. Where a citation leaves year or locality
open, or one of the two lacks its number, a document is taken only when it is the only one that fits, is not dated after
the citing one, and nothing stated contradicts it; several that fit stay candidates.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Engine, String, cast, select
from sqlalchemy.engine import Connection

from extractors.fold import fold
from pipeline.database import writing
from pipeline.folding import name_words
from pipeline.store import set_fitting, set_resolved
from pipeline.tables import citations, documents

_CANONICAL = re.compile(r"(?P<base>[^@#]+)(?:@(?P<year>[^#]*))?(?:#(?P<place>.*))?")
_UNKNOWN = {None, "", "?"}


class Identity(NamedTuple):
    """The parts of a canonical id; ``None`` is unknown."""

    base: str
    year: str | None
    place: str | None

    def fits(self, other: Identity) -> bool:
        """True when nothing known of the two differs."""
        return all(a is None or b is None or a == b for a, b in zip(self, other, strict=True))


def identity(canonical_id: str) -> Identity:
    """The parts of a canonical id; ``?`` is unknown."""
    match = _CANONICAL.match(canonical_id)
    if match is None:
        return Identity(canonical_id, None, None)
    year, place = (None if match[part] in _UNKNOWN else match[part] for part in ("year", "place"))
    return Identity(match["base"], year, place)


class Stated(NamedTuple):
    """What a citation or a document says of a document."""

    canonical_id: str | None
    code: str | None
    type: str | None
    issuer: str | None
    date: str | None

    def contradicts(self, other: Stated) -> bool:
        """True when date, type or issuer are stated on both sides and differ in more than how much is said."""
        dates = self.date and other.date and not _begins(self.date, other.date)
        types = self.type and other.type and not _same_type(self.type, other.type)
        return bool(dates or types or (self.issuer and other.issuer and not _same_issuer(self.issuer, other.issuer)))


class _Document(NamedTuple):
    doc_id: str
    stated: Stated


class _Citing(NamedTuple):
    doc_id: str
    date: str | None


def resolve_citations(engine: Engine) -> int:
    """Link every citation to the document of the database it means, or to none. Returns how many are linked.

    Of several files of one document the main version is meant. Where several documents fit, their canonical ids are
    written to ``fitting``. One pass over all citations: rows that stay as they are, are not written again.
    """
    linked, resolved, fitting, own = 0, {}, {}, citations.c
    with writing(engine) as connection:
        index, citing = _read(connection)
        columns = (own.citation_id, own.resolved_doc_id, cast(own.fitting, String).label("fitting"), own.doc_id)
        cited = (own.canonical_id, own.code, own.type, own.issuer, own.date)
        for citation_id, before, had, doc_id, *said in connection.execute(select(*columns, *cited)):
            found = index.fitting(said, citing[doc_id])
            one = found[0].doc_id if len(found) == 1 else None
            linked += one is not None
            if one != before:
                resolved[citation_id] = one
            if len(found) > 1 or had not in (None, "null", "[]"):
                fitting[citation_id] = _ids(found) if len(found) > 1 else []
        set_resolved(connection, resolved)
        set_fitting(connection, fitting)
    return linked


def _read(connection: Connection) -> tuple[_Index, dict[str, _Citing]]:
    """The documents that may be meant, and for every file the document it is of; a join would cost more."""
    own = documents.c
    stated = (own.canonical_id, own.code, own.doc_type, own.issuer, own.date)
    rows = connection.execute(select(own.version_of, own.doc_id, *stated).order_by(own.path, own.doc_id)).all()
    index = _Index(_Document(doc_id, Stated(*rest)) for main, doc_id, *rest in rows if main is None)
    return index, {doc_id: _Citing(main or doc_id, date) for main, doc_id, *_, date in rows}


def _ids(found: list[_Document]) -> list[str]:
    return sorted({one.stated.canonical_id or one.stated.code or one.doc_id for one in found})


class _Index:
    """Documents by canonical id, by number and symbol, and by day for those of which a number is not known."""

    def __init__(self, known: Iterable[_Document]) -> None:
        self._exact: dict[str, list[_Document]] = defaultdict(list)
        self._by_base: dict[str, list[_Document]] = defaultdict(list)
        self._unnumbered: dict[tuple[str, str], list[_Document]] = defaultdict(list)
        self._by_day: dict[tuple[str, str], list[_Document]] = defaultdict(list)
        for one in known:
            said = one.stated
            if said.canonical_id:
                self._exact[said.canonical_id].append(one)
                self._by_base[identity(said.canonical_id).base].append(one)
            if (day := _day_key(said)) and said.issuer:
                (self._by_day if said.canonical_id else self._unnumbered)[day].append(one)

    def fitting(self, said: Sequence[str | None], citing: _Citing) -> list[_Document]:
        """The documents that a citation may mean: one when it is known, the first by path of several copies.

        ``said`` are the fields of :class:`Stated`: most citations are known or strange at the first look.
        """
        if said[0] and (same := self._exact.get(said[0])):
            return [one for one in same if one.doc_id != citing.doc_id][:1]
        cited = Stated(*said)
        if cited.canonical_id:
            wanted = identity(cited.canonical_id)
            near = self._by_base.get(wanted.base, ())
            found = _once(one for one in near if wanted.fits(identity(one.stated.canonical_id or "")))
            found = [one for one in found if _may_be_meant(one, cited, citing)]
            return found or self._without_number(self._unnumbered, cited, citing)
        return self._without_number(self._by_day, cited, citing) if not _numbered(cited.code) else []

    def _without_number(
        self, index: dict[tuple[str, str], list[_Document]], cited: Stated, citing: _Citing
    ) -> list[_Document]:
        """The documents of the same type, issuer and day; their symbol must be the same as far as both show it."""
        day = _day_key(cited)
        if day is None or not cited.issuer:
            return []
        found = [one for one in index.get(day, ()) if _may_be_meant(one, cited, citing)]
        return [one for one in found if _same_symbol(one.stated.code, cited.code)]


def _once(found: Iterable[_Document]) -> list[_Document]:
    """One of several copies."""
    return list({one.stated.canonical_id: one for one in reversed(list(found))}.values())[::-1]


def _may_be_meant(one: _Document, cited: Stated, citing: _Citing) -> bool:
    """Nobody cites himself, nor a document of a later day."""
    later = bool(one.stated.date and citing.date) and _after(one.stated.date or "", citing.date or "")
    return one.doc_id != citing.doc_id and not later and not cited.contradicts(one.stated)


def _after(a: str, b: str) -> bool:
    size = min(len(a), len(b))
    return a[:size] > b[:size]


def _begins(a: str, b: str) -> bool:
    return a.startswith(b) or b.startswith(a)


def _same_type(a: str, b: str) -> bool:
    """*Văn bản* may be anything, *Thông tư* a *Thông tư liên tịch*."""
    first, second = fold(a), fold(b)
    return "van ban" in (first, second) or _begins(first, second)


def _same_issuer(a: str, b: str) -> bool:
    """One name says no more than a part of the other (*Thủ tướng*, *UBND tỉnh*)."""
    first, second = name_words(a), name_words(b)
    return first <= second or second <= first


def _day_key(said: Stated) -> tuple[str, str] | None:
    return (fold(said.type), said.date) if said.type and said.date and len(said.date) == len("2020-01-31") else None


def _numbered(code: str | None) -> bool:
    return bool(code) and (code or "")[0].isdigit()


def _same_symbol(a: str | None, b: str | None) -> bool:
    """``/KH-UBND``, ``?/KH-UBND`` and ``15/KH-UBND`` bear the same symbol; one that is not shown bears any."""
    first, second = ((code or "").partition("/")[2] for code in (a, b))
    return not first or not second or fold(first) == fold(second)
