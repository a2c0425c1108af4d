"""Days as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.days import read_day


@pytest.mark.parametrize("text", ["2026-04-05", "05/4/2026", "5-4-2026", " 05/04/2026 "])
def test_a_day(text: str) -> None:
    assert date(2026, 4, 5) == read_day(text)


@pytest.mark.parametrize("text", ["", "31/6/2026", "tháng 4", "05/4", "2026", "1/2/3/2026", "05/4/26"])
def test_no_day(text: str) -> None:
    assert read_day(text) is None
