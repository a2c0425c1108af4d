"""What the fuzzer found once, and a few new cases each time: ``make fuzz MINUTES=…`` does thousands."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from conftest import make_result
from fuzzing.bundle import run_case
from fuzzing.mutations import damaged_file, spliced_text
from fuzzing.targets import BrokenPromise, check_file, check_result, check_text
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.model import Citation, Span
from pipeline.readers.soffice import VARIABLE

FOUND = sorted((Path(__file__).parent / "fuzzed").iterdir())


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_found_cases_stay_mended(path: Path) -> None:
    """Each broke a promise: an error that escaped, or time that grew with the square of the length."""
    assert run_case(path) in ("read", "refused")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32))
def test_damaged_files_are_read_or_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """Samples of every format but pictures, whose recognition takes long."""
    monkeypatch.setenv(VARIABLE, "/nonexistent")
    suffix, data = damaged_file(Random(seed))
    if suffix not in (".png", ".tiff", ".jpeg", ".bmp"):
        path = tmp_path / f"a{suffix}"
        path.write_bytes(data)
        assert check_file(path) in ("read", "refused")


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32))
def test_spliced_texts_are_read(seed: int) -> None:
    """Phrases of dispatches in any order, cut and repeated."""
    assert check_text(spliced_text(Random(seed))) == "read"


def test_a_span_outside_the_text_would_be_seen() -> None:
    """The check itself: it fails for what it looks for."""
    check_result(make_result(citations=(Citation(Span(0, 4), "full", "refers"),)))
    with pytest.raises(BrokenPromise):
        check_result(make_result(citations=(Citation(Span(5, 10_000), "full", "refers"),)))
