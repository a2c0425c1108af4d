"""The forms of a date that citations and deadlines share."""

from __future__ import annotations

import re

import pytest

from extractors.patterns import FULL_DATE, PARTIAL_DATE, iso_date


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("ngày 05 tháng 01 năm 2020", "2020-01-05"),
        ("ngày 5/1/2020", "2020-01-05"),
        ("31-12-2020", "2020-12-31"),
        ("10.11.2020", "2020-11-10"),
        ("ngày 05/ 01/2020", "2020-01-05"),
        ("tháng 4/2020", "2020-04"),
        ("tháng 12 năm 2020", "2020-12"),
        ("năm 2014", "2014"),
    ],
)
def test_dates(text: str, iso: str) -> None:
    """Every form of a date that citations and deadlines share is read whole."""
    assert re.fullmatch(PARTIAL_DATE, text)
    assert iso == iso_date(text)


def test_dates_that_are_none() -> None:
    """Impossible days have no value; a day without year takes the year that is given; a fraction is no date."""
    assert iso_date("ngày 31/02/2020") is None
    assert iso_date("ngày 5/1") is None
    assert "2021-01-05" == iso_date("ngày 5/1", 2021)
    assert not re.search(FULL_DATE, "tỷ lệ 1/500, 24/24h, 12/2020/TT-BTC")
