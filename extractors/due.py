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
    rf"(?:<|<=|>|>=)?{_DATE}|{_DATE}/{_DATE}|P\d+(?:BD|D|W|M|Y)|PT\d+[HM]|FREQ=(?:HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)(?:;[A-Z]+=[-A-Z\d,]+)*|"
    r"[<>]event|immediate"
)
_BOUND = re.compile(rf"(?P<sign><=?|>=?)?(?:{_DATE}/)?(?P<end>{_DATE})")
_COUNT = re.compile(r"PT?(?P<n>\d+)(?P<unit>BD|D|W|M|Y|H)")
_UNITS = {"D": "days", "W": "weeks", "M": "months", "Y": "years"}
_LAST_WORKING = re.compile(r"FREQ=(?P<unit>WEEKLY|MONTHLY);BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-(?P<n>\d)")
_TIME_PARTS = re.compile(r";?BY(?:HOUR|MINUTE|SECOND)=[^;]*")
_HOUR = re.compile(r";BYHOUR=(\d+)")
_MORNING = re.compile(r"(?<!\w)(?:sáng|đầu giờ(?! chiều))(?!\w)", re.IGNORECASE)
_NOON = 12
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
        return _first(deadline, clock.issued, calendar) if clock.issued else None
    if bound := _BOUND.fullmatch(value):
        return _bound(bound["sign"], bound["end"])
    count = _COUNT.fullmatch(value)
    start = _start(deadline.anchor, clock)
    if not count or not start or (value.startswith("PT") and count["unit"] != "H"):
        return None
    if deadline.rule == "last_day_of_month":  # of the month in which the count ends
        return calendar.on_or_after(start + relativedelta(months=int(count["n"]), day=31))
    return _counted(int(count["n"]) * (-1 if deadline.rule in _BACKWARD else 1), count["unit"], start, calendar)


def _start(anchor: str | None, clock: Clock) -> date | None:
    if anchor in ("receipt", "issue"):
        return clock.received if anchor == "receipt" else clock.issued
    return date.fromisoformat(anchor) if anchor and anchor != "event" else None


def _bound(sign: str | None, end: str) -> date | None:
    if sign in (">", ">="):
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


def next_day(recurrence: str, start: date, day: date, calendar: Calendar) -> date | None:
    """The first day from ``day`` on of a recurrence that began on ``start``; hours stay out. The last working days of a
    week or month are those of ``calendar``: an RFC 5545 rule knows the week, not the holidays.

    Raises ``ValueError`` for a rule that is none.
    """
    days = _TIME_PARTS.sub("", recurrence)
    if counted := _LAST_WORKING.fullmatch(days):
        return _from_end(counted["unit"], int(counted["n"]), day, calendar)
    found = rrulestr(f"RRULE:{days}", dtstart=datetime.combine(start, time()))
    coming = found.after(datetime.combine(day, time()), inc=True)
    return coming.date() if coming else None


def _from_end(unit: str, count: int, day: date, calendar: Calendar) -> date | None:
    """The ``count``-th last working day of a week or month, from ``day`` on."""
    first, step = (day.replace(day=1), "months") if unit == "MONTHLY" else (day - timedelta(day.weekday()), "weeks")
    ends = (first + relativedelta(**{step: ahead}) for ahead in (1, 2))
    return next((found for end in ends if (found := calendar.add(end, -count)) >= day), None)


def _first(deadline: Deadline, issued: date, calendar: Calendar) -> date | None:
    """The first day of a recurrence on or after the issue; every so many days starts counting at the issue.

    A recurrence that names no day (*hằng tháng*) has no due day. What is to be done in the morning cannot be done on
    the morning of the issue any more.
    """
    value = deadline.value or ""
    if every := re.fullmatch(r"FREQ=DAILY;INTERVAL=(\d+)", value):
        return issued + timedelta(days=int(every[1]))
    if ";BY" not in value and value != "FREQ=DAILY":
        return None
    hour = _HOUR.search(value)
    early = int(hour[1]) < _NOON if hour else _MORNING.search(deadline.text) is not None
    return next_day(value, issued, issued + timedelta(days=int(early)), calendar)
