"""When a recurring duty falls due next."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.upcoming import coming_day, is_daily


@pytest.mark.parametrize(
    ("due", "recurrence", "day", "expected"),
    [
        ("2025-04-18", "FREQ=WEEKLY;BYDAY=FR", "2025-04-20", "2025-04-25"),
        ("2025-04-18", "FREQ=WEEKLY;BYDAY=FR", "2025-04-25", "2025-04-25"),
        ("2025-04-18", "FREQ=WEEKLY;BYDAY=FR", "2025-01-01", "2025-04-18"),
        ("2025-04-18", "FREQ=WEEKLY;BYDAY=FR;BYHOUR=16", "2025-04-20", "2025-04-25"),
        ("2025-01-25", "FREQ=MONTHLY;BYMONTHDAY=25", "2026-02-01", "2026-02-25"),
        ("2025-01-31", "FREQ=MONTHLY;BYMONTHDAY=-1", "2026-02-01", "2026-02-28"),
        ("2016-01-05", "FREQ=DAILY", "2026-04-01", "2026-04-01"),
        ("2025-04-01", "FREQ=DAILY;INTERVAL=10", "2025-04-20", "2025-04-21"),
        ("2025-04-16", "FREQ=WEEKLY", "2025-04-20", "2025-04-23"),
        ("2025-04-18", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "2025-04-20", "2025-05-02"),
        ("2025-06-15", "FREQ=YEARLY;BYMONTH=6", "2026-01-01", "2026-06-15"),
        ("2025-04-18", "FREQ=WEEKLY;BYDAY=FR;UNTIL=20250501", "2025-04-20", "2025-04-25"),
        ("2025-04-18", None, "2025-04-20", "2025-04-18"),
        ("2025-04-18", "no rule at all", "2025-04-20", "2025-04-18"),
        (None, "FREQ=YEARLY", "2025-04-20", None),
        ("2025", None, "2025-04-20", None),
    ],
)
def test_coming_day(due: str | None, recurrence: str | None, day: str, expected: str | None) -> None:
    """From its first day on, never before it; a duty that does not recur keeps its day."""
    found = coming_day({"due": due, "recurrence": recurrence}, date.fromisoformat(day))
    assert expected == (found.isoformat() if found else None)


def test_duties_of_every_day() -> None:
    """Only what is due each day is daily."""
    rules = {
        "FREQ=DAILY": True, "FREQ=DAILY;BYHOUR=16": True, "FREQ=HOURLY;INTERVAL=2": True, None: False,
        "FREQ=DAILY;INTERVAL=10": False, "FREQ=DAILY;BYDAY=MO": False, "FREQ=WEEKLY;BYDAY=FR": False,
    }  # fmt: skip
    assert rules == {rule: is_daily({"recurrence": rule}) for rule in rules}
