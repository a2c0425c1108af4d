"""Whether the workbook of a run would say what the one of the run before says: then it is left as it is.

Rows change by reading, by decisions of people, by the office's own units and days, and by a new version of the program;
the summary counts what is overdue today.
Reading tells itself (the counts of the run); a sign of all others is kept in the database with each workbook written.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Engine, delete, func, insert, select
from sqlalchemy.engine import Connection

from pipeline.batch import Counts
from pipeline.database import writing
from pipeline.tables import SCHEMA_VERSION, decisions, documents, failures, meta

_KEY = "workbook"


def says_the_same(engine: Engine, counts: Counts, workbook: Path, *, with_drafters: bool) -> bool:
    """True when ``workbook`` was written from these very rows."""
    if counts.read or counts.removed or counts.interrupted or not workbook.is_file():
        return False
    with engine.connect() as connection:
        kept = connection.scalar(select(meta.c.value).where(meta.c.key == _KEY))
        return kept == _sign(connection, with_drafters)


def note_written(engine: Engine, *, with_drafters: bool) -> None:
    """Keep the sign of what the workbook was just written from."""
    with writing(engine) as connection:
        sign = _sign(connection, with_drafters)
        connection.execute(delete(meta).where(meta.c.key == _KEY))
        connection.execute(insert(meta), {"key": _KEY, "value": sign})


def _sign(connection: Connection, with_drafters: bool) -> str:
    receipts = select(documents.c.source, documents.c.received).where(documents.c.received.is_not(None))
    told = [
        [version("vanthu"), SCHEMA_VERSION, with_drafters, date.today().isoformat()],
        connection.scalar(select(func.max(decisions.c.n))),
        connection.scalar(select(func.count()).select_from(documents)),
        *(
            [list(row) for row in connection.execute(query)]
            for query in (
                select(failures.c.source, failures.c.page, failures.c.reason).order_by(
                    failures.c.source, failures.c.page
                ),
                receipts.order_by(documents.c.source),
                select(meta.c.key, meta.c.value).where(meta.c.key != _KEY).order_by(meta.c.key),
            )
        ),
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()
