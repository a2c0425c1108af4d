"""Last days as a calendar (RFC 5545) for Outlook, Google Calendar or a telephone, with alarms beforehand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from pipeline.rows import Row
from pipeline.upcoming import iso_day

if TYPE_CHECKING:
    from icalendar import Alarm, Event

#: How many days before the last day a calendar reminds of it.
ALARM_DAYS = (7, 3, 1)
_SUMMARY = 120
# Hours would make the event one of that hour, and a set position one of working days that no calendar program knows.
_UNSAID = ("BYHOUR", "BYMINUTE", "BYSETPOS")


def calendar(rows: Iterable[Row]) -> bytes:
    """A calendar with an event of the whole day for each obligation that has a last day; the others stay out.

    An event has the id of its obligation, so that a calendar read again replaces it.
    """
    import icalendar

    book = icalendar.Calendar()
    book.add("PRODID", "-//vanthu//obligations//VI")
    book.add("VERSION", "2.0")
    book.add("X-WR-CALNAME", "Thời hạn thực hiện")
    now = datetime.now(UTC)
    for row in rows:
        if event := _event(row, now):
            book.add_component(event)
    return bytes(book.to_ical())


def _event(row: Row, now: datetime) -> Event | None:
    from icalendar import Event, vRecur

    day = iso_day(row["due"])
    if day is None:
        return None
    event = Event()
    event.add("UID", f"{row['obligation_id']}@vanthu")
    event.add("DTSTAMP", now)
    event.add("DTSTART", day)
    event.add("DTEND", day + timedelta(days=1))
    event.add("SUMMARY", _summary(row))
    event.add("DESCRIPTION", _description(row))
    event.add("TRANSP", "TRANSPARENT")  # a last day keeps nobody busy
    if row["doc_code"]:
        event.add("CATEGORIES", [row["doc_code"]])
    rule = row["recurrence"]
    if rule and "BYSETPOS" not in rule:
        event.add("RRULE", vRecur.from_ical(_whole_days(rule)))
    for days in ALARM_DAYS:
        event.add_component(_alarm(days, _summary(row)))
    return event


def _alarm(days: int, words: str) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("TRIGGER", timedelta(days=-days))
    alarm.add("DESCRIPTION", f"Còn {days} ngày: {words}")
    return alarm


def _whole_days(rule: str) -> str:
    return ";".join(part for part in rule.split(";") if part.partition("=")[0] not in _UNSAID)


def _summary(row: Row) -> str:
    words = " ".join((row["action"] or row["quote"]).split())
    short = words if len(words) <= _SUMMARY else f"{words[:_SUMMARY].rsplit(' ', 1)[0]} …"
    return f"{'; '.join(row['actors'])}: {short}" if row["actors"] else short


def _description(row: Row) -> str:
    said: list[Any] = [row["quote"], row["deadline_text"] and f"Thời hạn: {row['deadline_text']}"]
    said.append(f"Văn bản: {row['doc_code'] or row['path']}, trang {row['page']}")
    return "\n".join(filter(None, said))
