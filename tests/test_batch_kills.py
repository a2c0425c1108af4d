"""A run that is killed leaves a sound database and whole documents, and the next one completes it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import killed_runs
import openpyxl
import pytest
from sqlalchemy import Engine

from pipeline import batch, dues
from pipeline.batch import Settings
from pipeline.collect import collect
from pipeline.days import read_day
from pipeline.query import each_document
from pipeline.store import known_documents


def test_killed_runs_lose_nothing(tmp_path: Path) -> None:
    """Some kills at moments of chance; ``tests/killed_runs.py`` does fifty."""
    assert [[]] * 2 == list(killed_runs.kill_series(tmp_path, 2, seed=5, documents=4))


def test_a_half_document_would_be_seen(tmp_path: Path, engine: Engine) -> None:
    """The comparison itself: a database from which rows are taken is told from a whole one."""
    folder, whole, other = killed_runs.make_folder(tmp_path / "kho", 2), tmp_path / "vanthu.db", tmp_path / "other.db"
    batch.run(collect([folder]), engine, Settings(1))
    engine.dispose()
    other.write_bytes(whole.read_bytes())
    assert [] == killed_runs.damage(other, whole)
    connection = sqlite3.connect(other)
    connection.execute("DELETE FROM citations WHERE rowid = (SELECT min(rowid) FROM citations)")
    connection.commit()
    connection.close()
    assert 1 == len(killed_runs.damage(other, whole))
    assert killed_runs.fingerprint(other) != killed_runs.fingerprint(whole)


def test_a_day_of_receipt_outlives_a_killed_run(
    tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Documents are read again by a new version; the run ends before it has noted when they came."""
    folder = killed_runs.make_folder(tmp_path / "kho", 1)
    office = dues.Office(received=read_day("10/3/2024"))
    batch.run(collect([folder]), engine, Settings(1, office=office))
    before = {row["path"]: row["received"] for row in each_document(engine)}
    assert "2024-03-10" in before.values()
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE documents SET version = 'older'")
    monkeypatch.setattr(batch.dues, "settle", _die)
    with pytest.raises(SystemExit):
        batch.run(collect([folder]), engine, Settings(1))
    assert all(known.version != "older" for known in known_documents(engine).values())
    monkeypatch.undo()
    batch.run(collect([folder]), engine, Settings(1))
    assert before == {row["path"]: row["received"] for row in each_document(engine)}


def _die(*_: object) -> None:
    raise SystemExit(137)


def test_a_workbook_is_whole_or_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever stops the writing, the workbook of the last run can still be opened."""
    from pipeline.export.xlsx import new_book

    path = tmp_path / "obligations.xlsx"
    with new_book(path) as book:
        book.add_worksheet("cũ")

    with pytest.raises(KeyError), new_book(path) as book:
        book.add_worksheet("mới")
        raise KeyError
    assert ["cũ"] == openpyxl.load_workbook(path).sheetnames
    assert [path] == list(tmp_path.iterdir())
