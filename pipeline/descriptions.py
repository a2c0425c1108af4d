"""What each table and column holds, in Vietnamese and in English, as ``columns.toml`` says."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple


class Described(NamedTuple):
    """One thing in both languages."""

    vietnamese: str
    english: str


class DescribedTable(NamedTuple):
    """A table: its Vietnamese title, and what it holds."""

    title: str
    vietnamese: str
    english: str


def table_description(table: str) -> DescribedTable:
    """What ``table`` holds; raises ``KeyError`` for one that is not described."""
    return DescribedTable(*_words()["tables"][table])


def column_description(table: str, column: str) -> Described:
    """What a column holds, in its table; raises ``KeyError`` for one that is not described."""
    columns = _words()["columns"]
    own = columns.get(table)
    return Described(*(own[column] if isinstance(own, dict) and column in own else columns[column]))


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "columns.toml").read_text(encoding="utf-8"))
