"""The database as pandas tables, for questions that no command answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from pipeline.query import each_citation, each_document, each_obligation
from pipeline.rows import CITATION_KEYS, DOCUMENT_KEYS, OBLIGATION_KEYS, Row
from pipeline.store import open_store

if TYPE_CHECKING:
    import pandas

#: Name of a table -> its rows in the database, and the columns it has even when it is empty.
TABLES: dict[str, tuple[Callable[[Engine], Iterator[Row]], tuple[str, ...]]] = {
    "documents": (each_document, tuple(key for key in DOCUMENT_KEYS if key != "text")),
    "obligations": (each_obligation, OBLIGATION_KEYS),
    "citations": (each_citation, CITATION_KEYS),
}


def read_frame(database: Path, table: str) -> pandas.DataFrame:
    """One of ``TABLES`` as a frame: a row for each record, in order of document and place.

    Lists (``actors``, ``cites``) stay lists, ready for ``explode``; ``due`` becomes a date that can be compared.
    Raises ``KeyError`` for another table, ``StoreError`` when the database cannot be used.
    """
    import pandas

    each, keys = TABLES[table]
    engine = open_store(database)
    rows = list(each(engine))
    engine.dispose()
    frame = pandas.DataFrame(rows, columns=None if rows else list(keys))
    if "due" in frame:
        frame["due"] = pandas.to_datetime(frame["due"], errors="coerce")
    return frame
