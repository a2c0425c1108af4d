"""The working calendar of Vietnamese offices: Monday to Friday, less holidays and swapped days, plus make-up Saturdays.

Source: Bộ luật Lao động Điều 112 (holidays, day off in lieu of one on a weekend), the yearly notices of swapped days
for civil servants, Nghị quyết 28/2026/QH16 (24/11 from 2026 on). Days in ``lexicons/holidays.csv`` are decided by that
table (its column ``status`` says what was checked); all others by the library ``holidays``, which computes Tết and Giỗ
Tổ for any year but cannot know swaps that were not yet announced.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).parent / "lexicons" / "holidays.csv"
_DAY = timedelta(days=1)
#: No run of days off is nearly as long: a search beyond it has left the calendar.
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked. ``decided`` holds the days that do not follow the rule Monday to Friday less holidays."""

    decided: Mapping[date, bool]

    def is_working(self, day: date) -> bool:
        """True when offices are open on ``day``."""
        known = self.decided.get(day)
        return _library(day.year).get(day, day.weekday() < 5) if known is None else known

    def on_or_after(self, day: date) -> date:
        """``day`` itself if worked, else the next working day (Bộ luật Dân sự Điều 148 khoản 5)."""
        for ahead in range(_LONGEST):
            if self.is_working(day + ahead * _DAY):
                return day + ahead * _DAY
        return day

    def add(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day``, or before it; ``day`` is not counted (Điều 147 khoản 2)."""
        step = _DAY if count > 0 else -_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_working(day)
        return day


@cache
def _library(year: int) -> dict[date, bool]:
    import holidays  # imports slowly, and most runs need only a year or two

    days = holidays.country_holidays("VN", years=year)
    return dict.fromkeys(days, False) | dict.fromkeys(days.weekend_workdays, True)


@cache
def vietnam() -> Calendar:
    """The calendar of Vietnam with the table of the project."""
    with _TABLE.open(encoding="utf-8", newline="") as rows:
        return Calendar({date.fromisoformat(row["date"]): row["working"] == "yes" for row in csv.DictReader(rows)})
