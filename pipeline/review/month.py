"""A month of due days."""

from __future__ import annotations

from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Engine

from pipeline.query import Filters, find_obligations
from pipeline.rows import Row
from pipeline.upcoming import coming_day, is_daily

_LAST_YEAR = 9998


@dataclass(frozen=True, slots=True)
class Month:
    """The weeks of a month, from Monday, the duties of each day, and the months beside it (``2026-04``)."""

    first: date
    weeks: list[list[date]]
    duties: dict[date, list[Row]]
    previous: str
    following: str

    @property
    def count(self) -> int:
        """How many duties fall due in the month."""
        return sum(map(len, self.duties.values()))


def month_of(engine: Engine, asked: str | None, unit: str, today: date) -> Month:
    """The month ``asked`` for (``2026-04``), else that of today, with the duties of a unit or of all. One that recurs
    stands on each of its days; what is due every day is left out, for it would hide all else."""
    first = _first_day(asked) or today.replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    filters = Filters(
        unit=unit or None, before=last.isoformat(), after=first.isoformat(), on=today.isoformat(), kind="obligation"
    )
    duties: dict[date, list[Row]] = defaultdict(list)
    for row in find_obligations(engine, filters):
        for day in _days(row, first, last):
            duties[day].append(row)
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    before, after = first - timedelta(days=1), last + timedelta(days=1)
    return Month(first, weeks, dict(duties), f"{before:%Y-%m}", f"{after:%Y-%m}")


def _days(row: Row, first: date, last: date) -> Iterator[date]:
    if is_daily(row):
        return
    start, before = first, None
    while (day := coming_day(row, start)) is not None and day <= last and day != before:
        if day >= first:
            yield day
        start, before = max(day, start) + timedelta(days=1), day


def _first_day(asked: str | None) -> date | None:
    try:
        found = date.fromisoformat(f"{asked}-01")
    except ValueError:
        return None
    return found if 1 < found.year < _LAST_YEAR else None
