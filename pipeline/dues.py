"""Due days that need more than the document: the day it was received, and the days off of the office.

Both may become known long after a document was read, so the last days that are counted from them are counted anew in
the database, without reading a file again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, bindparam, delete, insert, select, update
from sqlalchemy.engine import Connection

from extractors.calendar import Calendar, vietnam
from extractors.due import due_date
from extractors.model import Deadline, Span
from pipeline.database import writing
from pipeline.database_copy import copy_rows
from pipeline.given import Receipt, code_key
from pipeline.store import DATABASE_NAME, open_store
from pipeline.tables import documents, meta, obligations
from pipeline.upcoming import iso_day

_DAYS_OFF = "days_off"


@dataclass(frozen=True, slots=True)
class Office:
    """What an office knows of its own: the day its documents of unknown receipt came, its register of received
    documents, its days off and made-up days."""

    received: date | None = None
    register: tuple[Receipt, ...] = ()
    days_off: Mapping[date, bool] = field(default_factory=dict)


def known_receipts(engine: Engine) -> dict[str, str]:
    """The days of receipt in the database, by source."""
    known = select(documents.c.source, documents.c.received).where(documents.c.received.is_not(None))
    with engine.connect() as connection:
        return {row.source: row.received for row in connection.execute(known)}


def settle(engine: Engine, office: Office, sources: Iterable[str], earlier: Mapping[str, str]) -> None:
    """Note when the documents at ``sources`` were received and count their last days.

    The register is believed first, then what was known ``earlier``, then the one day of ``office``.
    """
    with writing(engine) as connection:
        connection.execute(delete(meta).where(meta.c.key == _DAYS_OFF))
        days = json.dumps({day.isoformat(): working for day, working in office.days_off.items()})
        connection.execute(insert(meta), {"key": _DAYS_OFF, "value": days})
        _mark(connection, office, set(sources), earlier)
        _count(connection)


def recount(engine: Engine) -> None:
    """Count anew the last days that depend on the day of a document, which somebody corrected."""
    with writing(engine) as connection:
        _count(connection)


@contextmanager
def supposing(engine: Engine, received: date | None) -> Iterator[Engine]:
    """For a ``with`` block, a copy of the database in which the documents of unknown receipt came on ``received``; the
    database itself when that is ``None``."""
    if received is None:
        yield engine
        return
    with TemporaryDirectory(prefix="vanthu-", ignore_cleanup_errors=True) as scratch:
        supposed = _copy_of(engine, Path(scratch) / DATABASE_NAME)
        try:
            with writing(supposed) as connection:
                sources = set(connection.scalars(select(documents.c.source).where(documents.c.received.is_(None))))
                _mark(connection, Office(received), sources, {})
                _count(connection)
            yield supposed
        finally:
            supposed.dispose()


def _copy_of(engine: Engine, file: Path) -> Engine:
    """The database again, in ``file``; that of a server as it is now is copied row by row."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("VACUUM INTO ?", (str(file),))
        return open_store(file)
    copy = open_store(file, create=True)
    copy_rows(engine, copy)
    return copy


def _mark(connection: Connection, office: Office, sources: set[str], earlier: Mapping[str, str]) -> None:
    """Write the day of receipt of each document. None came before it was issued: such a day is another document's."""
    found = []
    columns = (documents.c.doc_id, documents.c.source, documents.c.received, documents.c.code, documents.c.date)
    for doc_id, source, noted, code, issued in connection.execute(select(*columns)):
        if source not in sources:
            continue
        known = iso_day(earlier.get(source))
        day = _registered(office.register, code, iso_day(issued)) or known or office.received
        if day and (issued or "") <= day.isoformat() != noted:
            found.append({"id": doc_id, "day": day.isoformat()})
    if found:
        statement = update(documents).where(documents.c.doc_id == bindparam("id"))
        connection.execute(statement.values(received=bindparam("day")), found)


def _registered(register: tuple[Receipt, ...], code: str | None, issued: date | None) -> date | None:
    """When the register says that the document came; ``None`` when several lines with that number disagree."""
    if not code:
        return None
    wanted = code_key(code)
    same = [line for line in register if line.code == wanted and (not line.date or not issued or line.date == issued)]
    days = {line.received for line in same if issued is None or line.received >= issued}
    return days.pop() if len(days) == 1 else None


def _count(connection: Connection) -> None:
    """Count anew every last day that depends on a receipt or on days off."""
    stored = connection.scalar(select(meta.c.value).where(meta.c.key == _DAYS_OFF)) or "{}"
    own = {date.fromisoformat(day): working for day, working in json.loads(stored).items()}
    calendar = Calendar({**vietnam().decided, **own})
    duty = obligations.c
    counted = duty.deadline.like("P%") | duty.deadline.like("%BYSETPOS=%")
    fields = (duty.deadline_rule, duty.deadline_type, duty.deadline_text, duty.deadline, duty.deadline_anchor)
    asked = select(duty.n, duty.due, documents.c.date, documents.c.received, *fields).where(counted)
    changed = []
    for n, due, issued, received, *values in connection.execute(
        asked.join(documents, documents.c.doc_id == duty.doc_id)
    ):
        day = due_date(Deadline(Span(0, 0), *values), iso_day(issued), iso_day(received), calendar)
        if (now := day.isoformat() if day else None) != due:
            changed.append({"row": n, "day": now})
    if changed:
        statement = update(obligations).where(obligations.c.n == bindparam("row"))
        connection.execute(statement.values(due=bindparam("day")), changed)
