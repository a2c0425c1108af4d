"""The sentences behind edges, fetched for the exported part only: texts are long and edges many."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Engine, bindparam, select
from sqlalchemy.engine import Connection

from pipeline.graph.records import Edge
from pipeline.tables import citations, cited_relations, documents

Place = dict[str, Any]

_LONGEST = 400
_END = re.compile(r"[.;!?…](?=\s)|\n")
_BATCH = 500
_TEXT = select(documents.c.text).where(documents.c.doc_id == bindparam("doc_id"))


def places_of(engine: Engine, edges: Iterable[Edge]) -> dict[tuple[str, int], Place]:
    """``(by, row)`` -> ``path``, ``page`` and ``quote`` (the sentence of the mention) for all rows of ``edges``."""
    rows: dict[str, set[int]] = {"citation": set(), "cited": set()}
    for edge in edges:
        if edge.by != "structure":
            rows[edge.by].update(edge.rows)
    with engine.connect() as connection:
        found = sorted(
            (doc_id, start, end, by, row, path, page)
            for by, numbers in rows.items()
            for row, doc_id, path, page, start, end in _placed(connection, by, sorted(numbers))
        )
        places, last, text = {}, None, ""
        for doc_id, start, end, by, row, path, page in found:
            if doc_id != last:
                last = doc_id
                text = connection.scalar(_TEXT, {"doc_id": doc_id}) or ""
            places[by, row] = {"path": path, "page": page, "quote": sentence(text, start, end)}
    return places


def sentence(text: str, start: int, end: int) -> str:
    """The sentence around ``text[start:end]``, in one line, at most 400 characters: the mention is always in it."""
    end = min(end, start + _LONGEST)
    low = max(0, end - _LONGEST)
    begin = max((match.end() for match in _END.finditer(text, low, start)), default=low)
    stop = _END.search(text, end, begin + _LONGEST)
    found = text[begin : stop.end() if stop else begin + _LONGEST]
    return " ".join(found.split())


def _placed(connection: Connection, by: str, numbers: list[int]) -> Iterator[Any]:
    table = citations if by == "citation" else cited_relations
    own = table.c
    for first in range(0, len(numbers), _BATCH):
        some = numbers[first : first + _BATCH]
        yield from connection.execute(
            select(own.n, own.doc_id, own.path, own.page, own.start, own.end).where(own.n.in_(some))
        )
