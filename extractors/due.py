"""From a deadline to its due day: the last day on which the duty can be done in time.

Counted periods leave out their first day and, when their last day is not worked, end on the next working day (Bộ luật
Dân sự 2015, Điều 147–148); fixed dates are never moved. What hangs on an event or an unknown receipt has no due day.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrulestr

from extractors.calendar import Calendar
from extractors.model import Deadline

_DATE = r"\d{4}(?:-(?:Q[1-4]|\d\d(?:-\d\d(?:T\d\d:\d\d)?)?))?"
#: Every value a deadline can have.
VALUE = re.compile(
    rf"(?:<|<=|>=)?{_DATE}|{_DATE}/{_DATE}|P\d+(?:BD|D|W|M|Y)|PT\d+[HM]|FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;[A-Z]+=[-A-Z\d,]+)*|"
    r"[<>]event|immediate"
)
_BOUND = re.compile(rf"(?P<sign><=?|>=)?(?:{_DATE}/)?(?P<end>{_DATE})")
_COUNT = re.compile(r"PT?(?P<n>\d+)(?P<unit>BD|D|W|M|Y|H)")
_UNITS = {"D": "days", "W": "weeks", "M": "months", "Y": "years"}
#: Rules that count back from their event.
_BACKWARD = frozenset({"count_before", "count_ahead", "notice"})


class Clock(NamedTuple):
    """The two days that durations and recurrences are counted from, as far as known."""

    issued: date | None
    received: date | None


def due_date(deadline: Deadline, issued: date | None, received: date | None, calendar: Calendar) -> date | None:
    """The last day in time, or ``None`` when it cannot be known from ``issued`` and ``received``. Never raises."""
    try:
        return _due(deadline, Clock(issued, received), calendar)
    except (ValueError, OverflowError):
        return None


def _due(deadline: Deadline, clock: Clock, calendar: Calendar) -> date | None:
    value = deadline.value or ""
    if value.startswith("FREQ="):
        return _first(value, clock.issued) if clock.issued else None
    if bound := _BOUND.fullmatch(value):
        return _bound(bound["sign"], bound["end"])
    count = _COUNT.fullmatch(value)
    start = _start(deadline.anchor, clock)
    if not count or not start or (value.startswith("PT") and count["unit"] != "H"):
        return None
    return _counted(int(count["n"]) * (-1 if deadline.rule in _BACKWARD else 1), count["unit"], start, calendar)


def _start(anchor: str | None, clock: Clock) -> date | None:
    if anchor in ("receipt", "issue"):
        return clock.received if anchor == "receipt" else clock.issued
    return date.fromisoformat(anchor) if anchor and anchor != "event" else None


def _bound(sign: str | None, end: str) -> date | None:
    if sign == ">=":
        return None
    first, last = _period(end)
    return first - timedelta(days=1) if sign == "<" and "T" not in end else last


def _period(name: str) -> tuple[date, date]:
    """First and last day of ``2020``, ``2020-Q1``, ``2020-04``, ``2020-04-05``, ``2020-04-05T16:00``."""
    if len(name) >= 10:
        day = date.fromisoformat(name[:10])
        return day, day
    year, _, part = name.partition("-")
    month = 3 * int(part[1]) - 2 if part.startswith("Q") else int(part or 1)
    first = date(int(year), month, 1)
    months = 3 if part.startswith("Q") else 1 if part else 12
    return first, first + relativedelta(months=months) - timedelta(days=1)


def _counted(count: int, unit: str, start: date, calendar: Calendar) -> date:
    if unit == "BD":
        return calendar.add(start, count)
    if unit == "H":  # the hour of the start is not known: whole days only
        return start + timedelta(days=int(count / 24))
    last = start + relativedelta(**{_UNITS[unit]: count})
    return last if count < 0 else calendar.on_or_after(last)


def _first(value: str, issued: date) -> date | None:
    """The first day of a recurrence on or after the issue; every so many days starts counting at the issue.

    A recurrence that names no day (*hằng tháng*) has no due day.
    """
    if every := re.fullmatch(r"FREQ=DAILY;INTERVAL=(\d+)", value):
        return issued + timedelta(days=int(every[1]))
    if ";BY" not in value and value != "FREQ=DAILY":
        return None
    days = re.sub(r";BY(?:HOUR|MINUTE)=\d+", "", value)
    start = datetime.combine(issued, time())
    found = rrulestr(f"RRULE:{days}", dtstart=start).after(start, inc=True)
    return found.date() if found else None
