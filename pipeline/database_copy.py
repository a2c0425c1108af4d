"""Copies a database into another one, row by row: from a file to a server, from a server to a file."""

from __future__ import annotations

from sqlalchemy import Column, Engine, Table, func, insert, select, text
from sqlalchemy.engine import Connection

from pipeline.database import writing
from pipeline.tables import metadata, versions

_AT_ONCE = 1000
_FILL_WORDS = "INSERT INTO obligations_fts(obligations_fts) VALUES ('rebuild')"


class NotEmpty(Exception):
    """The database to copy into holds rows already."""


def copy_rows(source: Engine, target: Engine) -> None:
    """Copy every row of ``source`` into ``target``, in one transaction, with their numbers.

    Raises ``NotEmpty`` when there are rows in ``target``.
    """
    tables = [table for table in metadata.sorted_tables if table is not versions]
    with source.connect().execution_options(yield_per=_AT_ONCE) as reading, writing(target) as connection:
        if any(connection.scalar(select(func.count()).select_from(table)) for table in tables):
            raise NotEmpty
        for table in tables:
            for rows in reading.execute(select(table)).mappings().partitions():
                connection.execute(insert(table), [dict(row) for row in rows])
            _count_on(connection, table)
        if connection.dialect.name == "sqlite":
            connection.execute(text(_FILL_WORDS))


def _count_on(connection: Connection, table: Table) -> None:
    """Let a server number the next row after the copied ones. SQLite does so itself."""
    number: Column[int] | None = table.c.get("n")
    if number is None or connection.dialect.name == "sqlite":
        return
    sequence = func.pg_get_serial_sequence(table.name, number.name)
    connection.execute(select(func.setval(sequence, func.max(number))).where(number.is_not(None)))
