"""Directives: what one sentence does, and to whom."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.directives import RULES, read_sentence
from extractors.model import Span

EXAMPLES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "examples" / "directives.toml").read_text(encoding="utf-8")
)["example"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e["text"][:50])
def test_example(example: dict[str, Any]) -> None:
    """Each example is read as it states."""
    text, expect = example["text"], example["expect"]
    reading = read_sentence(text, Span(0, len(text)), example.get("voice", "dispatch"))
    assert expect["rule"] == reading.rule
    assert expect["names"] == list(reading.names)
    assert expect["kind"] == reading.kind
    assert expect.get("directs") is reading.directs
    assert text[reading.predicate :].startswith(expect["does"])


def test_every_rule_is_hit_and_every_hit_has_a_rule() -> None:
    """No rule without an example, no example of a rule that is gone."""
    assert set(RULES) == {example["expect"]["rule"] for example in EXAMPLES}


def test_names_without_a_predicate_say_nothing() -> None:
    """``Chủ tịch UBND các huyện.`` in a list of guests is no order."""
    text = "Chủ tịch UBND các huyện, thị xã."
    assert read_sentence(text, Span(0, len(text))).empty


@given(st.text(alphabet="giaoSởYtế yêucầuđềnghịCụcThuếphải:,;.()", max_size=150))
def test_any_sentence_is_read(text: str) -> None:
    """No text raises; the predicate lies inside the sentence."""
    reading = read_sentence(text, Span(0, len(text)))
    assert 0 <= reading.predicate <= len(text)
    assert reading.rule in RULES
