"""When a duty that recurs falls due next. The database holds its first day only: time goes on without it."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from extractors.calendar import vietnam
from extractors.due import next_day
from pipeline.rows import Row

_EVERY_DAY = re.compile(r"FREQ=HOURLY.*|FREQ=DAILY(?:;BY(?:HOUR|MINUTE)=[^;]*)*")
_DAYS = re.compile("FREQ=(?:DAILY|HOURLY)|BY(?:MONTH)?DAY=")


def coming_day(row: Row, day: date) -> date | None:
    """The last day of an obligation; of one that recurs, the first such day from ``day`` on. ``None`` when unknown."""
    first = iso_day(row["due"])
    if first is None or first >= day or not row["recurrence"]:
        return first
    return next_of(row["recurrence"], row["due"], day) or first


@lru_cache(maxsize=4096)
def next_of(rule: str, first: str, day: date) -> date | None:
    """The first day from ``day`` on of what recurs by ``rule`` since ``first`` (ISO); ``None`` when it has ended by
    then or the rule is none."""
    start = iso_day(first)
    if start is None:
        return None
    try:
        return next_day(rule, day if names_its_days(rule) else start, day, vietnam())
    except ValueError:  # a rule of another program
        return None


def names_its_days(rule: str) -> bool:
    """True when the days after the first do not depend on it (RFC 5545, 3.3.10): nothing is counted, and what the rule
    leaves open would be taken from the first. They are then found without going through the years between."""
    counted = "INTERVAL=" in rule or "COUNT=" in rule or "UNTIL=" in rule
    return not counted and bool(_DAYS.search(rule))


def is_daily(row: Row) -> bool:
    """True for a duty of every day: it is always due, and would crowd out all others in a list of what comes next."""
    return bool(_EVERY_DAY.fullmatch(row["recurrence"] or ""))


def iso_day(value: str | None) -> date | None:
    """A whole ISO date; ``None`` for anything else."""
    try:
        return date.fromisoformat(value or "")
    except ValueError:
        return None
