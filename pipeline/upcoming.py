"""When a duty that recurs falls due next. The database holds its first day only: time goes on without it."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from extractors.calendar import vietnam
from extractors.due import next_day
from pipeline.rows import Row


def coming_day(row: Row, day: date) -> date | None:
    """The last day of an obligation; of one that recurs, the first such day from ``day`` on. ``None`` when unknown."""
    first = iso_day(row["due"])
    if first is None or first >= day or not row["recurrence"]:
        return first
    return _next_day(row["recurrence"], first, day) or first


@lru_cache(maxsize=8192)
def _next_day(rule: str, first: date, day: date) -> date | None:
    """Few rules and first days make up many rows. ``None`` for a rule of another program, too."""
    try:
        return next_day(rule, first, day, vietnam())
    except ValueError:
        return None


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
