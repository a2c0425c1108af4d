"""What is overdue and what is due soon, as a letter to read or to send: text, HTML, or a mail with both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from html import escape

from sqlalchemy import Engine

from pipeline.language import Say
from pipeline.query import find_obligations
from pipeline.query_filters import OPEN, Filters
from pipeline.rows import Row
from pipeline.short_ids import short_id
from pipeline.upcoming import coming_day

_CSS = (
    "body{font-family:'Times New Roman',serif;font-size:14pt;max-width:60em;margin:2em auto}"
    "table{border-collapse:collapse;width:100%}td,th{border:1px solid #888;padding:.3em .5em;text-align:left;"
    "vertical-align:top}th{background:#eee}td:first-child{white-space:nowrap}"
)
_HEADINGS = ("due", "unit", "digest_task", "document")


@dataclass(frozen=True, slots=True)
class Digest:
    """What a unit (or, without one, everybody) has to do on ``day``."""

    unit: str | None
    day: date
    days: int
    overdue: Sequence[Row]
    due: Sequence[Row]

    def title(self, say: Say) -> str:
        """The subject of the letter."""
        whose = say("digest_whose", unit=self.unit) if self.unit else ""
        return say("digest_title", whose=whose, overdue=len(self.overdue), due=len(self.due), days=self.days)


def digest(engine: Engine, unit: str | None, day: date, days: int) -> Digest:
    """The duties still to be done that are overdue on ``day`` or due within ``days``; not what is due every day."""
    on = day.isoformat()
    still = Filters(unit=unit, on=on, kind="obligation", status=OPEN, daily=False)
    last = (day + timedelta(days=days)).isoformat()
    overdue = find_obligations(engine, replace(still, overdue_on=on))
    return Digest(unit, day, days, overdue, find_obligations(engine, replace(still, after=on, before=last)))


def as_text(one: Digest, say: Say) -> str:
    """The letter in plain text; the words of documents stay in their language."""
    lines = [one.title(say), say("digest_day", day=_day(one.day)), ""]
    for heading, rows in _parts(one, say):
        lines += [heading.upper(), ""]
        for day, units, words, where in (_cells(row, one.day, say) for row in rows):
            lines += [f"- {day}: {units}", f"  {words}", f"  ({where})", ""]
    return "\n".join(lines)


def as_html(one: Digest, say: Say) -> str:
    """The letter as a page of its own, without anything from elsewhere."""
    title = escape(one.title(say))
    parts = [f"<h1>{title}</h1><p>{say('digest_day', day=_day(one.day))}</p>"]
    head = "".join(f"<th scope=col>{say(heading)}</th>" for heading in _HEADINGS)
    for heading, rows in _parts(one, say):
        body = "".join(
            f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in _cells(row, one.day, say))}</tr>\n" for row in rows
        )
        parts.append(f"<h2>{heading}</h2><table><thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table>")
    style = f"<meta charset=utf-8><title>{title}</title><style>{_CSS}</style>"
    return f"<!doctype html><html lang={say('language')}><head>{style}</head><body>{''.join(parts)}</body></html>\n"


def as_mail(one: Digest, say: Say) -> bytes:
    """A mail without sender and recipient, to be opened in a mail program and sent from there."""
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = one.title(say)
    mail["X-Unsent"] = "1"  # Outlook opens it as a draft
    mail.set_content(as_text(one, say))
    mail.add_alternative(as_html(one, say), subtype="html")
    return mail.as_bytes()


def _parts(one: Digest, say: Say) -> Iterator[tuple[str, Sequence[Row]]]:
    parts = ((say("digest_overdue", n=len(one.overdue)), one.overdue), (say("digest_due", n=len(one.due)), one.due))
    yield from (part for part in parts if part[1])


def _cells(row: Row, today: date, say: Say) -> tuple[str, str, str, str]:
    where = say(
        "digest_where", document=row["doc_code"] or row["path"], page=row["page"], id=short_id(row["obligation_id"])
    )
    day = coming_day(row, today)
    units = "; ".join(row["actors"]) or say("no_unit")
    return _day(day) if day else "", units, " ".join(row["quote"].split()), where


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")
