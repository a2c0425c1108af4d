"""Which places of a document are marked for training, in which group and with which label.

Groups: ``obligations`` (label: their kind), ``units`` (``actor``, ``coordinator``), ``deadlines`` (``deadline``),
``citations`` (their relation). Reviews are about obligations: units and deadlines are marked where the words of the
reviewed row stand in its sentence exactly once (an actor that comes from a heading does not), citations not at all
unless the rows of the machine are wanted too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Engine, select

from pipeline.query import each_document, of_document
from pipeline.rows import Row
from pipeline.tables import citations, obligation_states, obligations

GROUPS = ("obligations", "units", "deadlines", "citations")
#: How a row stands that a person found right or made right (see :mod:`pipeline.decisions`).
_RIGHT = ("accepted", "corrected", "added")


class Mark(NamedTuple):
    """A marked place; ``row`` is the id of the obligation or citation from which it comes."""

    start: int
    end: int
    label: str
    row: str


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document and its marks by group, in order of place. ``unreviewed`` rows may be right and are not marked, or are
    marked and may be wrong: who trains on it must know."""

    doc_id: str
    path: str
    code: str | None
    text: str
    unreviewed: int
    marks: dict[str, list[Mark]]

    def about(self) -> Row:
        """What is known of the document besides text and marks."""
        return {"doc_id": self.doc_id, "path": self.path, "code": self.code, "unreviewed": self.unreviewed}


def each_annotated(engine: Engine, hidden: Collection[str], *, every: bool) -> Iterator[Annotated]:
    """The documents with rows that a person found right; with ``every`` all documents with all rows that stand.

    Of several files of one document, those that nobody reviewed stay out: they would be counted twice in training. So
    do documents whose main version is among the ids ``hidden``.
    """
    for document in each_document(engine, with_text=True):
        if (document["version_of"] or document["doc_id"]) in hidden:
            continue
        standing = _standing(engine, document["doc_id"])
        right = [row for row in standing if row["review"] in _RIGHT]
        if right or (every and not document["version_of"]):
            marks = _marks(standing if every else right)
            marks["citations"] = _citations(engine, document["doc_id"]) if every else []
            yield Annotated(
                **{key: document[key] for key in ("doc_id", "path", "code", "text")},
                unreviewed=len(standing) - len(right),
                marks={group: sorted(set(marks[group])) for group in GROUPS},
            )


def _standing(engine: Engine, doc_id: str) -> list[Row]:
    """The obligations of a document that nobody rejected or corrected by another row, with their review."""
    own, state = obligations.c, obligation_states.c
    joined = select(*own, state.review).outerjoin(obligation_states, state.obligation_id == own.obligation_id)
    with engine.connect() as connection:
        found = connection.execute(joined.where(own.doc_id == doc_id, own.superseded.is_(False))).mappings()
        return [dict(row) for row in found]


def _marks(rows: Iterable[Row]) -> dict[str, list[Mark]]:
    marks: dict[str, list[Mark]] = {group: [] for group in GROUPS}
    for row in rows:
        marks["obligations"].append(Mark(row["start"], row["end"], row["kind"], row["obligation_id"]))
        for key, label in (("actors", "actor"), ("coordinators", "coordinator")):
            marks["units"] += [mark for name in row[key] or () for mark in _within(row, name, label)]
        marks["deadlines"] += _within(row, row["deadline_text"], "deadline")
    return marks


def _within(row: Row, words: str | None, label: str) -> list[Mark]:
    """Where ``words`` stand in the sentence of ``row``, if at exactly one place."""
    found = [*re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", row["quote"])] if words else []
    places = [Mark(row["start"] + one.start(), row["start"] + one.end(), label, row["obligation_id"]) for one in found]
    return places if len(places) == 1 else []


def _citations(engine: Engine, doc_id: str) -> list[Mark]:
    rows = of_document(engine, citations, doc_id)
    return [Mark(row["start"], row["end"], row["relation"], row["citation_id"]) for row in rows]
