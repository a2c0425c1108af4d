"""One table of a database, for questions that no command answers; :func:`pipeline.load` gives them all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.loading import load
from pipeline.records import KEYS

if TYPE_CHECKING:
    import pandas


def read_frame(database: Path, table: str) -> pandas.DataFrame:
    """One of the tables of :mod:`pipeline.records`, of all files, as :class:`pipeline.loading.Frames` has it.

    Raises ``KeyError`` for another table, ``StoreError`` when the database cannot be used.
    """
    if table not in KEYS:
        raise KeyError(table)
    return getattr(load(database, all_versions=True), table)
