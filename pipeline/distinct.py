"""The different values of a column, by jumping over the rows that repeat one: few values stand in many rows."""

from __future__ import annotations

from sqlalchemy import Column, func, select
from sqlalchemy.engine import Connection


def distinct_values(connection: Connection, column: Column[str]) -> list[str]:
    """The values of ``column`` in order, without ``None``; an index must begin with it, for SQLite itself would read
    that index from end to end."""
    first = select(func.min(column).label("value")).where(column.is_not(None)).cte("jump", recursive=True)
    following = select(func.min(column)).where(column > first.c.value).scalar_subquery()
    values = first.union_all(select(following).where(first.c.value.is_not(None)))
    return [value for value in connection.scalars(select(values.c.value)).all() if value is not None]
