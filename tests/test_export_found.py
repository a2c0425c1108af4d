"""A calendar and a Markdown table of what was found, read back by others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import icalendar
from conftest import dispatch, make_result
from sqlalchemy import Engine

from extractors.model import Obligation, Span
from pipeline.export.ics import calendar
from pipeline.export.md import table
from pipeline.query import find_obligations

Stored = Callable[..., Engine]


def _recurring(rule: str) -> object:
    duty = Obligation(Span(0, 7), "r", "obligation", (), "explicit", None, due="2020-03-06", recurrence=rule)
    return make_result("kh.txt", "Báo cáo", obligations=(duty,))


def test_a_calendar_reminds_before_the_last_day(stored: Stored) -> None:
    """One event of a whole day, three alarms; what has no day is no event."""
    rows = find_obligations(stored(dispatch()))
    assert 2 == len(rows)
    (event,) = icalendar.Calendar.from_ical(calendar(rows)).walk("VEVENT")
    assert (date(2020, 4, 4), date(2020, 4, 5)) == (event["DTSTART"].dt, event["DTEND"].dt)
    assert f"{rows[0]['obligation_id']}@vanthu" == event["UID"]
    assert event["SUMMARY"].startswith("Cục HQ TP Cửa Biển: ")
    assert "12/UBND-VX, trang 1" in event["DESCRIPTION"]
    assert [timedelta(days=-n) for n in (7, 3, 1)] == [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")]
    assert "RRULE" not in event


def test_a_recurring_duty_recurs_in_the_calendar(stored: Stored) -> None:
    """By whole days; a rule of working days, which no calendar program knows, gives its first day."""
    rows = find_obligations(stored(_recurring("FREQ=WEEKLY;BYDAY=FR;BYHOUR=16")))
    (event,) = icalendar.Calendar.from_ical(calendar(rows)).walk("VEVENT")
    assert {"FREQ": ["WEEKLY"], "BYDAY": ["FR"]} == dict(event["RRULE"])
    rows = find_obligations(stored(_recurring("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1")))
    (event,) = icalendar.Calendar.from_ical(calendar(rows)).walk("VEVENT")
    assert "RRULE" not in event


def test_a_table_in_markdown_keeps_its_cells(stored: Stored) -> None:
    """A mark of Markdown in the text is text."""
    text = "Sở A | nộp *bản* <b>."
    duty = Obligation(Span(0, len(text)), "r", "obligation", ("Sở A",), "explicit", None, due="2020-03-06")
    *_, line = table(find_obligations(stored(make_result("a_b.txt", text, obligations=(duty,))))).splitlines()
    assert line.startswith(r"| 06/03/2020 | Sở A | Sở A \| nộp \*bản\* \<b\>. | a\_b.txt | 1 | ")
