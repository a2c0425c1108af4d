"""What is overdue and what is due soon, as a letter to read or to send: text, HTML, or a mail with both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from html import escape

from sqlalchemy import Engine

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
_HEADINGS = ("Hạn cuối", "Đơn vị thực hiện", "Nội dung", "Văn bản")


@dataclass(frozen=True, slots=True)
class Digest:
    """What a unit (or, without one, everybody) has to do on ``day``."""

    unit: str | None
    day: date
    days: int
    overdue: Sequence[Row]
    due: Sequence[Row]

    @property
    def title(self) -> str:
        """The subject of the letter."""
        whose = f" của {self.unit}" if self.unit else ""
        return f"Công việc{whose}: {len(self.overdue)} quá hạn, {len(self.due)} đến hạn trong {self.days} ngày"


def digest(engine: Engine, unit: str | None, day: date, days: int) -> Digest:
    """The duties still to be done that are overdue on ``day`` or due within ``days``; not what is due every day."""
    on = day.isoformat()
    still = Filters(unit=unit, on=on, kind="obligation", status=OPEN, daily=False)
    last = (day + timedelta(days=days)).isoformat()
    overdue = find_obligations(engine, replace(still, overdue_on=on))
    return Digest(unit, day, days, overdue, find_obligations(engine, replace(still, after=on, before=last)))


def as_text(one: Digest) -> str:
    """The letter in plain text."""
    lines = [one.title, f"Ngày {_day(one.day)}", ""]
    for heading, rows in _parts(one):
        lines += [heading.upper(), ""]
        for day, units, words, where in (_cells(row, one.day) for row in rows):
            lines += [f"- {day}: {units}", f"  {words}", f"  ({where})", ""]
    return "\n".join(lines)


def as_html(one: Digest) -> str:
    """The letter as a page of its own, without anything from elsewhere."""
    parts = [f"<h1>{escape(one.title)}</h1><p>Ngày {_day(one.day)}</p>"]
    head = "".join(f"<th scope=col>{heading}</th>" for heading in _HEADINGS)
    for heading, rows in _parts(one):
        body = "".join(
            f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in _cells(row, one.day))}</tr>\n" for row in rows
        )
        parts.append(f"<h2>{heading}</h2><table><thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table>")
    style = f"<meta charset=utf-8><title>{escape(one.title)}</title><style>{_CSS}</style>"
    return f"<!doctype html><html lang=vi><head>{style}</head><body>{''.join(parts)}</body></html>\n"


def as_mail(one: Digest) -> bytes:
    """A mail without sender and recipient, to be opened in a mail program and sent from there."""
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = one.title
    mail["X-Unsent"] = "1"  # Outlook opens it as a draft
    mail.set_content(as_text(one))
    mail.add_alternative(as_html(one), subtype="html")
    return mail.as_bytes()


def _parts(one: Digest) -> Iterator[tuple[str, Sequence[Row]]]:
    parts = ((f"Đã quá hạn ({len(one.overdue)})", one.overdue), (f"Sắp đến hạn ({len(one.due)})", one.due))
    yield from (part for part in parts if part[1])


def _cells(row: Row, today: date) -> tuple[str, str, str, str]:
    where = f"{row['doc_code'] or row['path']}, trang {row['page']}, mã {short_id(row['obligation_id'])}"
    day = coming_day(row, today)
    units = "; ".join(row["actors"]) or "(chưa rõ đơn vị)"
    return _day(day) if day else "", units, " ".join(row["quote"].split()), where


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")
