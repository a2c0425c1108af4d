"""The working calendar: holidays, swapped days, make-up Saturdays, and counting over them."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import extractors
from extractors.calendar import Calendar, vietnam

TABLE = Path(extractors.__file__ or "").parent / "lexicons" / "holidays.csv"
YEARS = st.dates(date(2010, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("day", "working", "why"),
    [
        ("2021-08-16", True, "an ordinary Monday"),
        ("2021-08-21", False, "a Saturday"),
        ("2020-01-24", False, "Tết"),
        ("2021-04-21", False, "Giỗ Tổ"),
        ("2022-05-03", False, "in lieu of a holiday on a weekend"),
        ("2025-05-02", False, "swapped off"),
        ("2025-04-26", True, "Saturday made up for it"),
        ("2026-08-31", False, "swapped off"),
        ("2026-08-22", True, "Saturday made up for it"),
        ("2025-11-24", True, "no holiday before 2026"),
        ("2026-11-24", False, "Ngày Văn hóa Việt Nam"),
        ("2027-02-08", False, "Tết of a year that the table leaves to the library"),
        ("2014-12-27", True, "make-up Saturday known to the library only"),
        ("2033-09-02", False, "a fixed holiday of a far year"),
    ],
)
def test_working_days(day: str, working: bool, why: str) -> None:
    assert working == vietnam().is_working(date.fromisoformat(day)), why


def test_counting_leaves_out_the_first_day_and_days_off() -> None:
    assert date(2021, 9, 7) == vietnam().add(date(2021, 8, 31), 3)
    assert date(2021, 8, 20) == vietnam().add(date(2021, 8, 24), -2)
    assert date(2021, 8, 24) == vietnam().add(date(2021, 8, 24), 0)


def test_the_table_overrides_the_week() -> None:
    """A decided day is what the table says, whatever the weekday or the library says."""
    saturday, monday = date(2021, 8, 21), date(2021, 8, 23)
    calendar = Calendar({saturday: True, monday: False})
    assert calendar.is_working(saturday)
    assert date(2021, 8, 24) == calendar.on_or_after(monday)


def test_the_rows_of_the_table_are_sound() -> None:
    """Days are unique and ordered; days off are weekdays, make-up days are Saturdays."""
    rows = list(csv.DictReader(TABLE.open(encoding="utf-8", newline="")))
    days = [date.fromisoformat(row["date"]) for row in rows]
    assert days == sorted(set(days))
    assert {"yes", "no"} == {row["working"] for row in rows}
    for day, row in zip(days, rows, strict=True):
        assert (day.weekday() == 5) == (row["kind"] == "makeup_workday") == (row["working"] == "yes"), row
        assert day.weekday() != 6, row


@given(YEARS, st.integers(-60, 60))
def test_adding_and_going_back(day: date, count: int) -> None:
    """A counted day is worked, and counting back leads to the working day one started from."""
    calendar = vietnam()
    start = calendar.on_or_after(day)
    end = calendar.add(start, count)
    assert calendar.is_working(end)
    assert start == calendar.add(end, -count)


@given(YEARS)
def test_rolling_stops_at_the_first_working_day(day: date) -> None:
    calendar = vietnam()
    rolled = calendar.on_or_after(day)
    assert calendar.is_working(rolled)
    assert not any(calendar.is_working(day + timedelta(days=n)) for n in range((rolled - day).days))
