"""The database as pandas tables."""

from __future__ import annotations

from pathlib import Path

import pandas
import pytest

from pipeline.batch import Settings, run
from pipeline.collect import collect
from pipeline.frames import read_frame
from pipeline.query import each_obligation
from pipeline.rows import CITATION_KEYS, DOCUMENT_KEYS, OBLIGATION_KEYS
from pipeline.store import open_store

CORPUS = Path(__file__).resolve().parents[1] / "corpus" / "documents"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of a few documents."""
    path = tmp_path_factory.mktemp("frames") / "vanthu.db"
    engine = open_store(path, create=True)
    run(collect(sorted(CORPUS.glob("*.txt"))), engine, Settings(1))
    engine.dispose()
    return path


def test_a_row_for_each_record(database: Path) -> None:
    """Nothing is lost on the way, and the names are those of the exports."""
    engine = open_store(database)
    ids = [row["obligation_id"] for row in each_obligation(engine)]
    engine.dispose()
    frame = read_frame(database, "obligations")
    assert ids
    assert list(frame["obligation_id"]) == ids
    for table, keys in (("documents", DOCUMENT_KEYS), ("obligations", OBLIGATION_KEYS), ("citations", CITATION_KEYS)):
        assert set(keys) - {"text"} <= set(read_frame(database, table).columns)


def test_lists_explode_and_dates_compare(database: Path) -> None:
    """What people do with it: one row for each actor, and what is due before a day."""
    frame = read_frame(database, "obligations").explode("actors")
    early = frame[frame["due"] < "2025-01-01"]
    assert "Công an tỉnh" in set(frame["actors"])
    assert 0 < len(early) < len(frame["due"].dropna())
    assert early["due"].max() < pandas.Timestamp("2025-01-01")


def test_other_tables_are_refused(database: Path) -> None:
    """A slip of the pen is told at once."""
    with pytest.raises(KeyError, match="obligation"):
        read_frame(database, "obligation")
