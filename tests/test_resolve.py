"""Which document of the folder a citation means, and when that is left open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from conftest import make_result
from sqlalchemy import Engine

from extractors.model import Citation, Header, Result, Span
from pipeline.query import each_citation
from pipeline.resolve import resolve_citations
from pipeline.rows import Row
from pipeline.store import forget


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


_PLAN = Header(doc_type="Kế hoạch", code="/KH-UBND", issuer="Ủy ban nhân dân tỉnh Bình Lục", date="2020-03-05")
_UNKNOWN_YEAR = Citation(Span(0, 4), "full", "mentions", code="9/TB-X", canonical_id="9/TB-X@?")


def _resolved(stored: Callable[..., Engine], citation: Citation, *others: Header, date: str = "2020-06-01") -> Row:
    """The row of ``citation`` in a folder with a document for each of ``others``."""
    citing = make_result("citing.txt", "Theo", header=Header(date=date), citations=(citation,))
    folder = [make_result(f"{i}.txt", f"văn bản {i}", header=header) for i, header in enumerate(others)]
    engine = stored(citing, *folder)
    resolve_citations(engine)
    (row,) = each_citation(engine)
    return row | {"found": row["resolved_doc_id"] and [r.path for r in folder if r.doc_id == row["resolved_doc_id"]]}


@pytest.mark.parametrize(
    ("document", "date", "found"),
    [
        (Header(canonical_id="9/TB-X@2020", date="2020-05-01"), "2020-06-01", ["0.txt"]),
        (Header(canonical_id="9/TB-X@2020", date="2020-07-01"), "2020-06-01", None),
        (Header(canonical_id="9/TB-X@2020", date="2020-05-01", doc_type="Kế hoạch"), "2020-06-01", None),
        (Header(canonical_id="9/TB-X@2020", date="2020-05-01", doc_type="Thông báo"), "2020-06-01", ["0.txt"]),
        (Header(canonical_id="9/TB-X@2020", date="2020-05-01", issuer="Sở Y tế tỉnh Mẫu"), "2020-06-01", None),
        (Header(canonical_id="9/TB-X@2020", issuer="UBND tỉnh Bình Lục"), "2020-06-01", ["0.txt"]),
    ],
)
def test_what_is_stated_must_not_contradict(
    stored: Callable[..., Engine], document: Header, date: str, found: list[str] | None
) -> None:
    """An open year never takes a later document, nor one of another type or issuer."""
    citation = replace(_UNKNOWN_YEAR, type="Thông báo", issuer="Ủy ban nhân dân tỉnh Bình Lục")
    assert found == _resolved(stored, citation, document, date=date)["found"]


def test_several_that_fit_stay_candidates(stored: Callable[..., Engine]) -> None:
    """Beside those that the citation itself leaves open, and only as long as they fit."""
    known = [Header(canonical_id=f"9/TB-X@{year}", date=f"{year}-01-05") for year in (2018, 2019, 2021)]
    row = _resolved(stored, replace(_UNKNOWN_YEAR, candidates=("9/TB-X@2017",)), *known)
    assert ["9/TB-X@2017", "9/TB-X@2018", "9/TB-X@2019"] == row["candidates"]
    assert row["resolved_doc_id"] is None


def test_candidates_of_the_folder_go_with_its_documents(stored: Callable[..., Engine]) -> None:
    """A later run over fewer files says what a fresh one would say."""
    known = [Header(canonical_id=f"9/TB-X@{year}", date=f"{year}-01-05") for year in (2018, 2019)]
    _resolved(stored, _UNKNOWN_YEAR, *known)
    engine = stored()
    forget(engine, ["/kho/1.txt"])
    resolve_citations(engine)
    (row,) = each_citation(engine)
    assert [] == row["candidates"] and row["resolved_doc_id"]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, ["0.txt"]),
        ({"issuer": "UBND tỉnh Bình Lục"}, ["0.txt"]),
        ({"date": "2020-03-06"}, None),
        ({"date": "2020-03"}, None),
        ({"issuer": None}, None),
        ({"type": "Quyết định"}, None),
        ({"code": "15/KH-SYT", "canonical_id": "15/KH-SYT@2020"}, None),
    ],
)
def test_a_blank_number_is_met_by_type_issuer_and_day(
    stored: Callable[..., Engine], changes: dict[str, Any], found: list[str] | None
) -> None:
    """The number was written by hand and not read."""
    citation = Citation(Span(0, 4), "full", "mentions", code="15/KH-UBND", canonical_id="15/KH-UBND@2020#binh-luc",
                        type="Kế hoạch", issuer=_PLAN.issuer, date="2020-03-05")  # fmt: skip
    assert found == _resolved(stored, replace(citation, **changes), _PLAN)["found"]


def test_a_citation_without_number_takes_the_only_document_of_its_day(stored: Callable[..., Engine]) -> None:
    """``Kế hoạch số …/KH-UBND ngày 05/3/2020``; two of one day are candidates."""
    citation = Citation(Span(0, 4), "full", "mentions", code="?/KH-UBND", type="Kế hoạch", issuer=_PLAN.issuer,
                        date="2020-03-05")  # fmt: skip
    numbered = replace(_PLAN, code="15/KH-UBND", canonical_id="15/KH-UBND@2020#binh-luc")
    other = replace(_PLAN, code="16/KH-UBND", canonical_id="16/KH-UBND@2020#binh-luc")
    assert ["0.txt"] == _resolved(stored, citation, numbered)["found"]
    row = _resolved(stored, citation, numbered, other)
    assert (None, ["15/KH-UBND@2020#binh-luc", "16/KH-UBND@2020#binh-luc"]) == (row["found"], row["candidates"])
