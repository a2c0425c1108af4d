"""The documents that go back to an instruction: what carries it out, answers, details or rests on it, step by step.

Mentions that were linked to a document of the folder lead from step to step; the instruction itself may be one that is
only cited.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, select
from sqlalchemy.engine import Connection
from sqlalchemy.sql.expression import CompoundSelect, Select

from extractors.fold import fold
from pipeline.graph.chains import UPWARD
from pipeline.tables import citations, documents


def going_back(connection: Connection, asked: str, relation: str | None = None) -> Select[Any] | CompoundSelect[Any]:
    """The ids of the documents with the number ``asked`` (``15/CT-TTg``, or with its year ``15/CT-TTg@2020``) and of
    all that go back to them; ``relation`` keeps to steps of that one."""
    relations = (relation,) if relation else UPWARD
    own, cited = documents.c, citations.c
    documents_meant = select(own.doc_id).where(own.canonical_id.in_(canonical_ids(connection, own.canonical_id, asked)))
    first = select(cited.doc_id).where(
        cited.canonical_id.in_(canonical_ids(connection, cited.canonical_id, asked)), cited.relation.in_(relations)
    )
    chain = documents_meant.cte("going_back", recursive=True)
    step = select(cited.doc_id).where(cited.resolved_doc_id == chain.c.doc_id, cited.relation.in_(relations))
    return select(chain.union(first, step).c.doc_id)


def canonical_ids(connection: Connection, column: Column[str], asked: str) -> list[str]:
    """The canonical ids in ``column`` of the number ``asked``. They begin with it, so that few need to be looked at."""
    wanted = fold("".join(asked.split()))
    number, _, _ = wanted.partition("/")
    if not number:
        return []
    found: set[str] = set()
    for written in {number, number.lstrip("0"), f"0{number}"}:
        near = select(column).where(column >= f"{written}/", column < f"{written}0").distinct()
        found.update(one for one in connection.scalars(near) if _is(fold(one), wanted))
    return sorted(found)


def _is(known: str, wanted: str) -> bool:
    """The same number and symbol; of the year, if the question names one."""
    known, wanted = known.lstrip("0"), wanted.lstrip("0")
    return known == wanted or (known.split("@")[0] == wanted if "@" not in wanted else known.startswith(f"{wanted}#"))
