"""Which document of the folder a citation means.

A canonical id is ``169/TB-UBND@2020#hai-phong``: number and symbol, year, locality of the issuer (domain practice: a
symbol is unique only within issuer and year). Equal ids are the same document. Where a citation leaves year or locality
open, a document is taken only when it is the only one that fits.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Engine, func, select

from pipeline.store import citations, documents, set_resolved

_CANONICAL = re.compile(r"(?P<base>[^@#]+)(?:@(?P<year>[^#]*))?(?:#(?P<place>.*))?")


class Identity(NamedTuple):
    """The parts of a canonical id; ``None`` is unknown."""

    base: str
    year: str | None
    place: str | None

    def fits(self, other: Identity) -> bool:
        """True when nothing known of the two differs."""
        return all(a is None or b is None or a == b for a, b in zip(self, other, strict=True))


def identity(canonical_id: str) -> Identity:
    """The parts of a canonical id; year ``?`` is unknown."""
    match = _CANONICAL.match(canonical_id)
    if match is None:
        return Identity(canonical_id, None, None)
    year = match["year"]
    return Identity(match["base"], None if year in {None, "", "?"} else year, match["place"] or None)


def resolve_citations(engine: Engine) -> int:
    """Link every citation to the document of the database it means, or to none. Returns how many are linked.

    Of several files of one document the main version is meant.
    """
    with engine.begin() as connection:
        known = connection.execute(
            select(documents.c.doc_id, documents.c.canonical_id)
            .where(documents.c.canonical_id.is_not(None), documents.c.version_of.is_(None))
            .order_by(documents.c.path, documents.c.doc_id)
        )
        index = _Index((doc_id, canonical_id) for doc_id, canonical_id in known)
        citing = func.coalesce(documents.c.version_of, documents.c.doc_id)
        columns = (citations.c.citation_id, citing, citations.c.canonical_id, citations.c.resolved_doc_id)
        linked, changed = 0, {}
        joined = select(*columns).join(documents, documents.c.doc_id == citations.c.doc_id)
        for citation_id, doc_id, canonical_id, before in connection.execute(joined):
            found = index.find(canonical_id, citing=doc_id) if canonical_id else None
            linked += found is not None
            if found != before:
                changed[citation_id] = found
        set_resolved(connection, changed)
    return linked


class _Index:
    """Documents by canonical id and by number and symbol."""

    def __init__(self, known: Iterable[tuple[str, str]]) -> None:
        self._exact: dict[str, list[str]] = defaultdict(list)
        self._by_base: dict[str, list[tuple[Identity, str]]] = defaultdict(list)
        for doc_id, canonical_id in known:
            self._exact[canonical_id].append(doc_id)
            self._by_base[identity(canonical_id).base].append((identity(canonical_id), canonical_id))

    def find(self, canonical_id: str, citing: str) -> str | None:
        """The document meant by ``canonical_id`` in document ``citing``; the first by path of several copies."""
        wanted = identity(canonical_id)
        fitting = {found for one, found in self._by_base[wanted.base] if wanted.fits(one)}
        if canonical_id in fitting:
            fitting = {canonical_id}
        if len(fitting) != 1:
            return None
        return next((doc_id for doc_id in self._exact[fitting.pop()] if doc_id != citing), None)
