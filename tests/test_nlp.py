"""The tokenizer, the spaCy component and the second opinion on clause heads."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.nlp.heads import HEAD_SYLLABLES, clause_head_is_verb
from pipeline.nlp.tokenizer import TOKEN_RULES, split_tokens

EXAMPLES = tomllib.loads((Path(__file__).parent / "examples" / "nlp.toml").read_text(encoding="utf-8"))


# ---------------------------------------------------------------- tokens
@pytest.mark.parametrize("example", EXAMPLES["tokens"], ids=lambda e: e["text"][:30])
def test_tokens(example: dict[str, object]) -> None:
    """Codes, dates, times and abbreviations stay whole; everything else is cut at syllables and signs."""
    assert example["expect"] == [token for token, _ in split_tokens(str(example["text"]))]


def test_every_token_rule_has_an_example() -> None:
    """A rule that no example reaches first is dead."""
    hit = set()
    for example in EXAMPLES["tokens"]:
        for token in example["expect"]:
            hit.add(next(name for name, pattern in TOKEN_RULES if re.fullmatch(pattern, token, re.DOTALL)))
    assert {name for name, _ in TOKEN_RULES} == hit


@given(st.text() | st.text(alphabet="aàđĐ1/.- \n\thg:%@_…", max_size=60))
def test_tokens_keep_every_character(text: str) -> None:
    """Tokens and their spaces joined are the text, whatever the text."""
    assert text == "".join(token + " " * space for token, space in split_tokens(text))


# ---------------------------------------------------------------- clause heads
@pytest.mark.parametrize("clause", EXAMPLES["heads"]["verbs"])
def test_verb_heads(clause: str) -> None:
    """A bare verb, also behind an adverb and written with a capital."""
    assert clause_head_is_verb(clause) is True


@pytest.mark.parametrize("clause", EXAMPLES["heads"]["subjects"])
def test_subject_heads(clause: str) -> None:
    """A noun phrase at the head is a subject."""
    assert clause_head_is_verb(clause) is False


@pytest.mark.xfail(reason="the tagger's own mistakes: units and verbs of the lexicons must be asked first")
@pytest.mark.parametrize(
    ("clause", "is_verb"),
    [(clause, True) for clause in EXAMPLES["heads"]["mistaken_for_subjects"]]
    + [(clause, False) for clause in EXAMPLES["heads"]["mistaken_for_verbs"]],
)
def test_known_mistakes(clause: str, is_verb: bool) -> None:
    """Why the answer is only a second opinion."""
    assert clause_head_is_verb(clause) is is_verb


@pytest.mark.parametrize("clause", ["", "   ", "…", "12/4", "\ud800", "Việc thực hiện"])
def test_unknown_heads(clause: str) -> None:
    """No answer where the tagger has none, and no exception, even for a lone surrogate."""
    assert clause_head_is_verb(clause) is None


def test_only_the_head_is_read() -> None:
    """What follows the first syllables changes nothing, so a long paragraph costs no more than a short one."""
    head = "Rà soát các hồ sơ còn tồn đọng"
    assert len(head.split()) == HEAD_SYLLABLES
    assert clause_head_is_verb(head) == clause_head_is_verb(head + " tại bộ phận một cửa" * 2000)
