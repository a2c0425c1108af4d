"""When a duty that recurs falls due next. The database holds its first day only: time goes on without it."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from extractors.calendar import vietnam
from extractors.due import next_day
from pipeline.rows import Row

_DAYS = re.compile("FREQ=(?:DAILY|HOURLY)|BY(?:MONTH)?DAY=")


def coming_day(row: Row, day: date) -> date | None:
    """The last day of an obligation; of one that recurs, the first such day from ``day`` on. ``None`` when unknown."""
    first = iso_day(row["due"])
    if first is None or first >= day or not row["recurrence"]:
        return first
    rule: str = row["recurrence"]
    try:
        return _next(rule, day if _names_its_days(rule) else first, day) or first
    except ValueError:  # a rule of another program
        return first


@lru_cache(maxsize=4096)
def _next(rule: str, start: date, day: date) -> date | None:
    return next_day(rule, start, day, vietnam())


def _names_its_days(rule: str) -> bool:
    """True when the days after the first do not depend on it (RFC 5545, 3.3.10): nothing is counted, and what the rule
    leaves open would be taken from the first. They are then found without going through the years between."""
    counted = "INTERVAL=" in rule or "COUNT=" in rule or "UNTIL=" in rule
    return not counted and bool(_DAYS.search(rule))


def is_daily(row: Row) -> bool:
    """True for a duty of every day: it is always due, and would crowd out all others in a list of what comes next."""
    parts = (row["recurrence"] or "").split(";")
    return "FREQ=HOURLY" in parts or ("FREQ=DAILY" in parts and not any(part.startswith("INTERVAL=") for part in parts))


def iso_day(value: str | None) -> date | None:
    """A whole ISO date; ``None`` for anything else."""
    try:
        return date.fromisoformat(value or "")
    except ValueError:
        return None
