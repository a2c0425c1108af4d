"""Which mentions outside the folder mean one document, so that it is one node.

What :mod:`pipeline.resolve` linked to a document of the folder is that document. For the rest equal canonical ids are
equal; an open year or place takes the one id that fits it among all ids of the folder and its citations; a law by its
name takes the number that the same document, the folder or the table of laws gives to that name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.engine import Connection

from extractors.identity import slug
from extractors.law_versions import law_versions
from pipeline.resolve import identity
from pipeline.tables import citations, documents

_LAWS = ("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp")


class Mention(NamedTuple):
    """The columns of a citation that the graph is built from; ``row`` is its number in the table."""

    row: int
    citation_id: str
    doc_id: str
    code: str | None
    canonical_id: str | None
    type: str | None
    name: str | None
    issuer: str | None
    date: str | None
    relation: str
    pinpoint: str | None
    resolved_doc_id: str | None


class Identities:
    """The key of the node that a mention means. ``documents`` maps the canonical ids of the folder to its documents."""

    def __init__(self, connection: Connection) -> None:
        known = select(documents.c.canonical_id, documents.c.doc_id).where(
            documents.c.version_of.is_(None), documents.c.canonical_id.is_not(None)
        )
        self._documents: dict[str, str] = {}
        for canonical_id, doc_id in connection.execute(known.order_by(documents.c.path.desc())):
            self._documents[canonical_id] = doc_id
        self._by_base: dict[str, list[str]] = defaultdict(list)
        cited = connection.scalars(
            select(citations.c.canonical_id).where(citations.c.canonical_id.is_not(None)).distinct()
        )
        for one in {*self._documents, *cited}:
            if "?" not in one and "/" in one:
                self._by_base[identity(one).base].append(one)
        self._laws: dict[str, set[str]] = defaultdict(set)
        for name, canonical_id in _named(connection):
            self._laws[slug(name)].add(canonical_id)

    def key(self, mention: Mention, on: str | None, same: dict[str, str]) -> str:
        """The key for ``mention`` in a document dated ``on``; ``same`` are the numbers that document gives to laws."""
        canonical_id = mention.canonical_id
        if mention.resolved_doc_id:
            return mention.resolved_doc_id
        if canonical_id is None:
            return _unnumbered(mention)
        if "/" not in canonical_id and mention.name:
            canonical_id = self._law(mention.name, canonical_id, same)
        elif "?" in canonical_id:
            canonical_id = self._completed(canonical_id, on)
        return self._documents.get(canonical_id, canonical_id)

    def _completed(self, canonical_id: str, on: str | None) -> str:
        """The one known id that fits; one of the folder does not, for then it was refused when it was resolved."""
        wanted = identity(canonical_id)
        fitting = [one for one in self._by_base.get(wanted.base, ()) if wanted.fits(identity(one))]
        if on:
            fitting = [one for one in fitting if (identity(one).year or "") <= on[:4]]
        return fitting[0] if len(fitting) == 1 and fitting[0] not in self._documents else canonical_id

    def _law(self, name: str, canonical_id: str, same: dict[str, str]) -> str:
        year = identity(canonical_id).year
        sources: Iterable[Iterable[str]] = (
            [same[slug(name)]] if slug(name) in same else (),
            self._laws.get(slug(name), ()) if year else (),
            (version.code for version in law_versions(name)),
        )
        for source in sources:
            fitting = [code for code in source if year is None or f"/{year}/" in code]
            if len(fitting) == 1:
                return fitting[0]
        return canonical_id


def _named(connection: Connection) -> Iterable[tuple[str, str]]:
    """Names of laws with their numbers: as cited, and of the laws in the folder."""
    own = citations.c
    cited = select(own.name, own.canonical_id).where(own.name.is_not(None), own.canonical_id.contains("/")).distinct()
    yield from ((name, canonical_id) for name, canonical_id in connection.execute(cited))
    laws = select(documents.c.doc_type, documents.c.subject, documents.c.canonical_id).where(
        documents.c.doc_type.in_(_LAWS), documents.c.subject.is_not(None), documents.c.canonical_id.is_not(None)
    )
    yield from ((f"{kind} {subject}", canonical_id) for kind, subject, canonical_id in connection.execute(laws))


def _unnumbered(mention: Mention) -> str:
    """A mention without identity: by all it states when that names a day, else it stands for itself."""
    said = (mention.type, mention.code, mention.name, mention.issuer, mention.date)
    whole = mention.date and len(mention.date) == len("2020-01-31") and (mention.code or mention.issuer)
    return "|".join(part or "" for part in said) if whole or mention.name else mention.citation_id
