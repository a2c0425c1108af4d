"""Which document of the folder a citation means, and when that is left open."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import make_result
from sqlalchemy import Engine

from extractors.model import Citation, Header, Result, Span
from pipeline.query import each_citation
from pipeline.resolve import resolve_citations


def _document(canonical_id: str) -> Result:
    return make_result(f"{canonical_id}.txt".replace("/", "_"), canonical_id, header=Header(canonical_id=canonical_id))


def _citing(canonical_id: str) -> Result:
    citation = Citation(Span(0, 4), "full", "mentions", canonical_id=canonical_id)
    return make_result("citing.txt", "Theo công văn", citations=(citation,))


@pytest.mark.parametrize(
    ("cited", "folder", "found"),
    [
        ("9/TB-UBND@2020#a", ["9/TB-UBND@2020#a", "9/TB-UBND@2021#a"], "9/TB-UBND@2020#a"),
        ("9/TB-UBND@?", ["9/TB-UBND@2020#a"], "9/TB-UBND@2020#a"),
        ("9/TB-UBND@?", ["9/TB-UBND@2020#a", "9/TB-UBND@2021#a"], None),
        ("9/TB-UBND@2020", ["9/TB-UBND@2020#a", "9/TB-UBND@2020#b"], None),
        ("9/TB-UBND@2020", ["9/TB-UBND@2020#a", "9/TB-UBND@2021#b"], "9/TB-UBND@2020#a"),
        ("9/TB-UBND@2020#a", ["9/TB-UBND@2020#b"], None),
        ("9/TB-UBND@2020#a", ["19/TB-UBND@2020#a"], None),
        ("33/2019/NĐ-CP", ["33/2019/NĐ-CP"], "33/2019/NĐ-CP"),
    ],
)
def test_what_is_unknown_is_filled_only_when_unique(
    stored: Callable[..., Engine], cited: str, folder: list[str], found: str | None
) -> None:
    """Equal ids meet; an open year or place takes the one document that fits, never one of two."""
    engine = stored(_citing(cited), *map(_document, folder))
    assert (found is not None) == bool(resolve_citations(engine))
    (row,) = each_citation(engine)
    assert (_document(found).doc_id if found else None) == row["resolved_doc_id"]


def test_a_document_is_not_its_own_source(stored: Callable[..., Engine]) -> None:
    """A document that names itself is not linked to itself, but to a copy of it."""
    citation = Citation(Span(0, 4), "full", "mentions", canonical_id="9/TB-X@2020")
    own = make_result("own.txt", "Theo 9", header=Header(canonical_id="9/TB-X@2020"), citations=(citation,))
    engine = stored(own)
    assert 0 == resolve_citations(engine)
    stored(_document("9/TB-X@2020"))
    assert 1 == resolve_citations(engine)
