"""Actors: who is named at a place in a text, and where the list of names ends."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.actors import opens_with_predicate, read_names, split_names, starts_actor

EXAMPLES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "examples" / "actors.toml").read_text(encoding="utf-8")
)["example"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e["text"][:50])
def test_example(example: dict[str, Any]) -> None:
    """Each example names exactly those it states, in order."""
    found = read_names(example["text"])
    assert example["names"] == list(found.names if found else ())


def test_the_list_ends_where_the_predicate_begins() -> None:
    """The offset points at what is to be done."""
    text = "Giao Sở Y tế, Sở Tài chính rà soát định mức"
    found = read_names(text, 5)
    assert found is not None
    assert "rà soát định mức" == text[found.end :]


def test_tone_placement_makes_no_difference() -> None:
    """``Uỷ ban`` and ``Ủy ban``, ``Toà án`` and ``Tòa án`` are the same heads."""
    for text in ("Uỷ ban nhân dân xã", "Ủy ban nhân dân xã", "Toà án nhân dân", "Tòa án nhân dân"):
        assert starts_actor(text)


def test_a_verb_at_the_head_is_known_in_either_case() -> None:
    """A sentence that begins with a known verb names nobody."""
    assert opens_with_predicate("Rà soát hồ sơ")
    assert opens_with_predicate("rà soát hồ sơ")
    assert not opens_with_predicate("Sở Y tế rà soát hồ sơ")


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Phòng Đào tạo; các khoa", ("Phòng Đào tạo", "các khoa")),
        ("- Sở Y tế - Công an tỉnh", ("Sở Y tế", "Công an tỉnh")),
        ("Phòng Văn hóa - Xã hội", ("Phòng Văn hóa - Xã hội",)),
        ("- Sở Lao động - Thương binh và Xã hội", ("Sở Lao động - Thương binh và Xã hội",)),
        ("Sở Nội vụ, Sở Tài chính", ("Sở Nội vụ", "Sở Tài chính")),
        ("Các sở, ban, ngành", ("Các sở, ban, ngành",)),
        ("", ()),
        (" - ", ()),
    ],
)
def test_a_cell_holds_nothing_but_names(cell: str, names: tuple[str, ...]) -> None:
    """Names in a cell are parted at semicolons, dashes and new heads."""
    assert names == split_names(cell)


@given(st.text(alphabet="SởYtếcácgiaoCụcHảiquan ,;:.()và\n\t", max_size=120), st.integers(0, 120))
def test_any_text_is_read_without_error_and_within_bounds(text: str, at: int) -> None:
    """Names are stretches of the text behind ``at``; the end never lies before it."""
    found = read_names(text, min(at, len(text)))
    if found:
        assert min(at, len(text)) < found.end <= len(text)
        assert all(name.strip() == name and name for name in found.names)
