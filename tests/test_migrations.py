"""Older databases are brought forward whole; newer and far older ones are refused in words."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from conftest import directive, dispatch
from postgresql_fixtures import Server
from sqlalchemy import select
from typer.testing import CliRunner

from pipeline import store, tables
from pipeline.cli import app
from pipeline.database import StoreError
from pipeline.database_versions import bring_forward
from pipeline.decisions import Action, Decision, decide
from pipeline.query import each_citation, find_obligations
from pipeline.resolve import resolve_citations

_RUNNER = CliRunner()
#: Turns a database of today back into one of version 6; the columns are those that version had.
_TO_6 = """
CREATE TABLE old_citations (citation_id VARCHAR NOT NULL, doc_id VARCHAR, path VARCHAR, quote VARCHAR, code VARCHAR,
    canonical_id VARCHAR, type VARCHAR, name VARCHAR, issuer VARCHAR, date VARCHAR, relation VARCHAR, pinpoint VARCHAR,
    resolved_doc_id VARCHAR, rule VARCHAR, page INTEGER, start INTEGER, "end" INTEGER, pinpoints JSON, candidates JSON,
    fitting JSON, warnings JSON, remarks JSON, PRIMARY KEY (citation_id));
INSERT INTO old_citations SELECT citation_id, doc_id, path, quote, code, canonical_id, type, name, issuer, date,
    relation,
    pinpoint, resolved_doc_id, rule, page, start, "end", pinpoints, candidates, fitting, warnings, remarks
    FROM citations;
DROP TABLE citations;
ALTER TABLE old_citations RENAME TO citations;
CREATE INDEX citations_document ON citations (doc_id, start);
CREATE INDEX citations_resolved ON citations (resolved_doc_id);
CREATE INDEX citations_canonical_id ON citations (canonical_id);
CREATE INDEX citations_relation ON citations (relation, doc_id);
DROP TABLE alembic_version;
INSERT INTO meta VALUES ('schema_version', '6');
"""
_TO_5 = (
    "ALTER TABLE obligations DROP COLUMN ordered_in; ALTER TABLE documents DROP COLUMN machine; "
    "UPDATE meta SET value = '5' WHERE key = 'schema_version';"
)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A database of version 5 with two documents and a decision."""
    path = tmp_path / "vanthu.db"
    engine = store.open_store(path, create=True)
    store.save(engine, dispatch(), "/kho/cv.txt")
    store.save(engine, directive(), "/kho/ct.txt")
    resolve_citations(engine)
    (row, *_) = find_obligations(engine)
    decide(engine, [Decision("Lan", Action.STATUS, row["obligation_id"], {"status": "done", "note": "đã gửi"})])
    engine.dispose()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(_TO_6 + _TO_5)
    return path


def _schema(path: Path) -> dict[str, list[list[object]]]:
    """Every table with its columns and their types in any order, every index with its columns in theirs."""
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").fetchall()
        return {
            name: sorted([one[1:] for one in connection.execute(f"PRAGMA table_info('{name}')")], key=repr)
            if kind == "table"
            else [one[2] for one in connection.execute(f"PRAGMA index_info('{name}')")]
            for kind, name in names
        }


def test_an_older_database_is_brought_forward(old: Path, tmp_path: Path) -> None:
    """It becomes what a new one is, and keeps rows, links and decisions."""
    with pytest.raises(StoreError, match="vanthu migrate"):
        store.open_store(old)
    moved = bring_forward(old)
    assert moved is not None
    assert (5, tables.SCHEMA_VERSION) == (moved.before, moved.now)
    assert bring_forward(old) is None
    engine = store.open_store(old)
    assert [directive().doc_id] == [row["resolved_doc_id"] for row in each_citation(engine)]
    (row, *_) = find_obligations(engine)
    assert ("done", "đã gửi") == (row["status"], row["note"])
    with engine.connect() as connection:
        assert [("Lan", "status")] == connection.execute(
            select(tables.decisions.c.who, tables.decisions.c.action)
        ).all()
    engine.dispose()
    store.open_store(tmp_path / "new.db", create=True).dispose()
    assert _schema(tmp_path / "new.db") == _schema(old)


def test_a_database_of_the_version_before_is_brought_forward(old: Path) -> None:
    """It has the columns of version 6 already, and its number in the table of those days."""
    with closing(sqlite3.connect(old)) as connection, connection:
        connection.execute("ALTER TABLE obligations ADD COLUMN ordered_in VARCHAR")
        connection.execute("UPDATE meta SET value = '6' WHERE key = 'schema_version'")
    moved = bring_forward(old)
    assert moved is not None
    assert (6, tables.SCHEMA_VERSION) == (moved.before, moved.now)


def test_a_step_that_fails_leaves_the_database_as_it_was(old: Path) -> None:
    """A table in the way stops the step halfway: nothing of it remains."""
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("CREATE TABLE citations_6 (x)")
    before = _schema(old)
    with pytest.raises(StoreError):
        bring_forward(old)
    assert before == _schema(old)


def test_migrate_and_run_bring_forward_and_say_so(old: Path, tmp_path: Path) -> None:
    """Questions do not change a database behind anybody's back."""
    asked = _RUNNER.invoke(app, ["query", "--db", str(old)])
    assert (2, True) == (asked.exit_code, "vanthu migrate" in asked.output)
    copy = tmp_path / "lan-hai"
    copy.mkdir()
    (copy / "vanthu.db").write_bytes(old.read_bytes())
    moved = _RUNNER.invoke(app, ["migrate", "--db", str(old)])
    assert (0, True) == (moved.exit_code, "phiên bản 5 lên" in moved.output), moved.output
    again = _RUNNER.invoke(app, ["migrate", "--db", str(old)])
    assert (0, True) == (again.exit_code, "không có gì phải chuyển" in again.output), again.output
    folder = tmp_path / "kho"
    folder.mkdir()
    (folder / "a.txt").write_text("Sở Y tế báo cáo trước ngày 10/4/2020.\n", encoding="utf-8")
    run = _RUNNER.invoke(app, ["run", str(folder), "--out", str(copy), "--jobs", "1"])
    assert (0, True) == (run.exit_code, "phiên bản 5 lên" in run.output), run.output


@pytest.mark.parametrize(("version", "said"), [("99", "Hãy cập nhật vanthu"), ("4", "--out mới"), ("?", "--out mới")])
def test_what_cannot_be_brought_forward_is_refused(old: Path, version: str, said: str) -> None:
    """A newer database needs a newer program; one from before version 5 is read anew."""
    with closing(sqlite3.connect(old)) as connection, connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema_version'", (version,))
    answer = _RUNNER.invoke(app, ["run", str(old.parent), "--out", str(old.parent)])
    assert 2 == answer.exit_code
    with pytest.raises(StoreError, match=said):
        store.open_store(old, create=True)


def test_migrate_copies_a_database_to_a_server(old: Path, server: Server) -> None:
    """An office that begins to share takes its decisions along; a second time nothing is mixed."""
    address = server.fresh()
    done = _RUNNER.invoke(app, ["migrate", "--db", str(old), "--to", address])
    assert 0 == done.exit_code, done.output
    answer = _RUNNER.invoke(app, ["query", "--status", "done", "--format", "json", "--db", address])
    assert "đã gửi" in answer.stdout
    again = _RUNNER.invoke(app, ["migrate", "--db", str(old), "--to", address])
    assert (2, True) == (again.exit_code, "đã có dữ liệu" in again.output), again.output


def test_the_last_step_leads_to_the_version_of_the_tables() -> None:
    """A change of the tables without a step would leave old databases behind."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    settings = Config()
    settings.set_main_option("script_location", str(Path(tables.__file__).parent / "migrations"))
    assert str(tables.SCHEMA_VERSION) == ScriptDirectory.from_config(settings).get_current_head()
