"""References back: which document is meant, by which rule, and when nobody can tell."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.citations import Cited, find_citations
from extractors.model import Document, Header
from extractors.references import RULES

EXAMPLES = tomllib.loads((Path(__file__).parent / "examples" / "references.toml").read_text(encoding="utf-8"))[
    "example"
]


def cited_in(text: str, doc_type: str | None = None, subject: str | None = None) -> Cited:
    """What a text without zones cites."""
    return find_citations(Document(text), Header(doc_type=doc_type, subject=subject))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e["text"][:40])
def test_example(example: dict[str, Any]) -> None:
    """The references of an example, with the values that it names."""
    text = example["text"]
    cited = cited_in(text, example.get("doc_type"), example.get("subject"))
    found = [
        {
            "quote": one.span.of(text), "rule": one.rule, "target": one.target, "warnings": len(one.warnings),
            "means": [cited.citations[i].code or cited.citations[i].name for i in one.antecedents],
        }
        for one in cited.references
    ]  # fmt: skip
    assert example["expect"] == [
        {k: v for k, v in one.items() if k in want} for one, want in zip(found, example["expect"], strict=True)
    ]


def test_every_rule_has_an_example() -> None:
    """No rule without an example; no example of an unknown rule."""
    assert set(RULES) == {d["rule"] for e in EXAMPLES for d in e["expect"] if "rule" in d}


def test_only_what_is_known_is_cited_again() -> None:
    """A resolved reference gives a citation for each document, an open one and one to the document itself none."""
    resolved = "Công văn số 1/STC-NS và Công văn số 2/STC-NS. Các Công văn nêu trên đã rõ."
    again = [c for c in cited_in(resolved).citations if c.rule == "anaphora"]
    assert ["1/STC-NS", "2/STC-NS"] == [c.code for c in again]
    assert ["Các Công văn nêu trên"] * 2 == [c.span.of(resolved) for c in again]
    assert () == cited_in("Quyết định nêu trên đã rõ. Theo Thông tư này.", "Thông tư").citations


PIECES = st.sampled_from(
    ["Nghị định", "số 12/2020/NĐ-CP", "Luật Hải quan", "Công văn số 5/BTC-CST", "nêu trên", "này", "đó", "các", "hai",
     "02", "văn bản", "tại", "khoản 2 Điều 5", "\nĐiều 5.", "“", "”", ".", ",", "và", "sửa đổi",
     "trên", "số 5 nêu trên"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map(" ".join), st.sampled_from([None, "Luật", "Nghị định", "Công văn"]))
def test_any_text(text: str, doc_type: str | None) -> None:
    """Never an error; spans inside the text, indexes valid, and what is open says so."""
    cited = cited_in(text, doc_type)
    for one in cited.references:
        assert 0 <= one.span.start < one.span.end <= len(text)
        assert (one.target == "cited") == bool(one.antecedents)
        assert one.target != "open" or one.warnings
        assert all(cited.citations[i].span.start < one.span.end for i in one.antecedents)
    for between in cited.relations:
        assert between.source != between.target
        assert 0 <= between.span.start < between.span.end <= len(text)
        assert {between.source, between.target} <= set(range(len(cited.citations)))


def test_many_references_take_linear_time() -> None:
    """A long decree says *Nghị định này* thousands of times."""
    line = "Theo khoản 2 Điều 5 Nghị định này, Thông tư số 5/2021/TT-BTC và Thông tư nêu trên; các văn bản nêu trên.\n"
    taken = []
    for times in (500, 2000):
        start = time.perf_counter()
        cited_in(line * times, "Nghị định")
        taken.append(time.perf_counter() - start)
    assert taken[1] < 10 * taken[0]
