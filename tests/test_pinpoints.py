"""Places within cited documents: lists, ranges and both orders, in the normal form."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.pinpoints import pinpoints_after, pinpoints_before
from extractors.places import LEVELS, Step, spelled

FILE = Path(__file__).parent / "examples" / "pinpoints.toml"
EXAMPLES = tomllib.loads(FILE.read_text(encoding="utf-8"))["example"]
STEPS = st.builds(
    Step,
    st.integers(0, len(LEVELS) - 1),
    st.lists(st.sampled_from(["1", "2", "a", "đ", "I", "IX", "a1", "900"]), min_size=1, max_size=3).map(tuple),
    st.sampled_from(["next", "comma", "and", "to"]),
)


@pytest.mark.parametrize("example", EXAMPLES, ids=[e.get("before", e.get("after")) for e in EXAMPLES])
def test_example(example: dict[str, Any]) -> None:
    """The places before or after a document, each by itself."""
    if "before" in example:
        found = pinpoints_before(example["before"], 0, len(example["before"]))
        places = found.values if found else ()
    else:
        places = pinpoints_after("X" + example["after"], 1, 1 + len(example["after"]))
    assert example["expect"] == list(places)


def test_places_of_the_next_document_are_not_taken() -> None:
    """What stands before the next mention belongs to it."""
    text = "X tại Điều 3"
    assert () == pinpoints_after(text, 1, text.index("Điều"))


@given(st.lists(STEPS, min_size=1, max_size=12))
def test_any_chain_has_places(steps: list[Step]) -> None:
    """Every chain, however odd, names at least one place, and none twice."""
    places = spelled([steps[0]._replace(link="next"), *steps[1:]])
    assert places
    assert len(set(places)) == len(places)
