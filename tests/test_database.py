"""The same store on a server: same rows, several writers, clear words when it cannot be reached, no password shown."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import DISPATCH, dispatch, make_result
from postgresql_fixtures import PASSWORD, Server
from sqlalchemy import Engine, func, inspect, select
from typer.testing import CliRunner

from extractors.model import Header, Obligation, Result, Span
from pipeline import batch, store, tables
from pipeline.batch import Counts, Settings, run
from pipeline.cli import app
from pipeline.collect import collect
from pipeline.database import StoreError, place_of
from pipeline.database_copy import NotEmpty, copy_rows
from pipeline.decisions import Action, Decision, decide
from pipeline.folder_checks import check_folder
from pipeline.full_text import rows_with
from pipeline.graph.build import build_graph
from pipeline.proposals import proposals
from pipeline.query import Filters, each_document, each_failure, each_obligation, find_obligations
from pipeline.resolve import resolve_citations
from pipeline.review.questions import Wanted, list_documents
from pipeline.units.resolve import resolve_units
from pipeline.versions import group_versions
from pipeline.worker import Task

ROOT = Path(__file__).resolve().parents[1]
_RUNNER = CliRunner()


@pytest.fixture
def on_server(server: Server) -> Engine:
    """An empty database on the server."""
    return server.emptied()


def _contents(engine: Engine) -> dict[str, list[Any]]:
    """Every row of every table in an order of its own, without its number; not what a workbook was written from."""
    found = {}
    with engine.connect() as connection:
        for table in tables.metadata.sorted_tables:
            columns = [column for column in table.c if column.name != "n"]
            rows = [row for row in connection.execute(select(*columns)) if (table.name, row[0]) != ("meta", "workbook")]
            found[table.name] = sorted(map(repr, rows))
    return found


def _asked(*command: str, db: str) -> subprocess.Popen[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "VANTHU_DB": db}
    program = [sys.executable, "-m", "pipeline.cli", *command]
    return subprocess.Popen(program, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_the_corpus_has_the_same_rows_in_both(
    on_server: Engine, engine: Engine, corpus_results: list[tuple[Path, Result]]
) -> None:
    """Saved and linked as a run does, the documents of the project are the same in every table."""
    for one in (engine, on_server):
        for path, result in corpus_results:
            store.save(one, result, str(path))
        group_versions(one)
        resolve_citations(one)
        resolve_units(one)
        check_folder(one)
    assert _contents(engine) == _contents(on_server)
    assert len(corpus_results) == len(list(each_document(on_server)))
    assert find_obligations(engine) == find_obligations(on_server)
    assert find_obligations(engine, Filters(text="báo cáo")) == find_obligations(on_server, Filters(text="báo cáo"))
    assert proposals(engine) == proposals(on_server)
    assert list_documents(engine, Wanted(text="báo cáo")) == list_documents(on_server, Wanted(text="báo cáo"))
    first, second = build_graph(engine), build_graph(on_server)
    assert first.nodes() == second.nodes()
    assert [edge[:2] for edge in first.weighted_edge_list()] == [edge[:2] for edge in second.weighted_edge_list()]


@pytest.mark.parametrize("text", ["a\0b", "\U0001f600 ≤ “đ”", "x" * 5_000, "một hai " * 200_000, "' % \\ \" $1"])
def test_any_text_comes_back(on_server: Engine, text: str) -> None:
    """What a server cannot hold becomes one other character; nothing is too long for its indexes of words."""
    duty = Obligation(Span(0, len(text)), "r", "obligation", (text[:80],), None, None)
    store.save(on_server, make_result("x.txt", text, header=Header(subject=text), obligations=(duty,)), "/kho/x.txt")
    (document,) = each_document(on_server, with_text=True)
    kept = text.replace("\0", "\ufffd")
    assert (kept, kept) == (document["text"], document["subject"])
    assert [kept] == [row["quote"] for row in each_obligation(on_server)]


def test_a_name_too_long_for_an_index_is_a_failure(on_server: Engine, tmp_path: Path) -> None:
    """One hostile document becomes a reason why not; the others are kept."""
    name = "".join(hashlib.sha256(bytes([n])).hexdigest() for n in range(80))
    with pytest.raises(store.TooLong):
        store.save(on_server, make_result("x.txt", "Nội dung\n", header=Header(issuer=name)), "/kho/x.txt")
    assert [] == list(each_document(on_server))
    task = Task(tmp_path / "x.txt", "x.txt", "/kho/x.txt")
    counts = Counts()
    batch._save(on_server, task, make_result("x.txt", "Nội dung\n", header=Header(issuer=name)), counts)
    assert (0, 1) == (counts.read, counts.failed)
    assert ["TooLong"] == [row["error"] for row in each_failure(on_server)]


def test_two_runs_at_once_lose_and_double_nothing(server: Server, engine: Engine, tmp_path: Path) -> None:
    """Two runs over the same folder, started together on a new database, leave the rows of one undisturbed run."""
    folder = tmp_path / "kho"
    folder.mkdir()
    for n in range(8):
        (folder / f"{n}.txt").write_text(f"Số: {n + 1}/SYT-NVY\n{DISPATCH}", encoding="utf-8")
    address = server.fresh()
    runs = [_asked("run", str(folder), "--out", str(tmp_path / f"out{n}"), "--jobs", "1", db=address) for n in range(2)]
    for one in runs:
        said = "".join(one.communicate(timeout=240))
        assert 0 == one.returncode, said
        assert PASSWORD not in said
        assert "Traceback" not in said
    run(collect([folder]), engine, Settings(1))
    written = store.open_store(address)
    assert _contents(engine) == _contents(written)
    written.dispose()


def test_decisions_outlive_reading_again(on_server: Engine, tmp_path: Path) -> None:
    """A correction and a status are shown again after the file was read anew."""
    file = tmp_path / "cv.txt"
    file.write_text(DISPATCH, encoding="utf-8")
    run(collect([file]), on_server, Settings(1))
    (row, *_) = find_obligations(on_server)
    decide(on_server, [
        Decision("Lan", Action.CORRECT, row["obligation_id"], {"due": "2020-04-30"}),
        Decision("Lan", Action.STATUS, row["obligation_id"], {"status": "done"}),
    ])  # fmt: skip
    with on_server.begin() as connection:
        connection.execute(tables.documents.update().values(version="another"))
    assert 1 == run(collect([file]), on_server, Settings(1)).read
    shown = find_obligations(on_server, Filters(status=("done",)))
    assert [("2020-04-30", "person")] == [(one["due"], one["origin"]) for one in shown]


def test_a_database_is_copied_to_a_server_and_back(server: Server, engine: Engine, tmp_path: Path) -> None:
    """Rows, decisions and full text come along; new rows are numbered behind the copied ones."""
    store.save(engine, dispatch(), "/kho/cv.txt")
    (row, *_) = find_obligations(engine)
    decide(engine, [Decision("Lan", Action.STATUS, row["obligation_id"], {"status": "done"})])
    there = store.open_store(server.fresh(), create=True)
    copy_rows(engine, there)
    assert _contents(engine) == _contents(there)
    with pytest.raises(NotEmpty):
        copy_rows(engine, there)
    store.save(there, make_result("moi.txt", "Bản mới\n"), "/kho/moi.txt")
    decide(there, [Decision("Lan", Action.ACCEPT, row["obligation_id"])])
    back = store.open_store(tmp_path / "back.db", create=True)
    copy_rows(there, back)
    assert _contents(there) == _contents(back)
    assert find_obligations(there, Filters(text="kho lạnh")) == find_obligations(back, Filters(text="kho lạnh")) != []


def test_questions_of_the_command_line_go_to_a_server(on_server: Engine, server: Server) -> None:
    """By option and by variable, with a supposed day of receipt too; the server keeps what it had."""
    store.save(on_server, dispatch(), "/kho/cv.txt")
    address, before = server.url("shared"), _contents(on_server)
    by_option = _RUNNER.invoke(app, ["query", "--unit", "Sở Y tế", "--format", "json", "--db", address])
    by_variable = _RUNNER.invoke(app, ["query", "--unit", "Sở Y tế", "--format", "json"], env={"VANTHU_DB": address})
    supposed = _RUNNER.invoke(
        app, ["query", "--unit", "Sở Y tế", "--format", "json", "--db", address, "--received", "2020-03-20"]
    )
    assert (0, 0, 0) == (by_option.exit_code, by_variable.exit_code, supposed.exit_code)
    assert "cv.txt" in by_option.stdout
    assert by_option.stdout == by_variable.stdout == supposed.stdout
    assert before == _contents(on_server)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://vanthu:sai-mat-khau@127.0.0.1:{port}/shared", "mật khẩu"),
        ("postgresql://vanthu:{secret}@127.0.0.1:{port}/khongco", "createdb"),
        ("postgresql://vanthu:sai-mat-khau@127.0.0.1:1/shared", "Không nối được"),
        ("postgresql://vanthu:sai-mat-khau@127.0.0.1:cong/shared", "Không đọc được địa chỉ"),
        ("mysql://vanthu:sai-mat-khau@127.0.0.1/shared", "Không đọc được địa chỉ"),
        ("postgresql://vanthu:{secret}@127.0.0.1:{port}/template1", "chưa có dữ liệu"),
    ],
)
def test_a_server_that_cannot_be_used_is_a_sentence(server: Server, address: str, said: str) -> None:
    """Wrong password, database, port or address: what is wrong, exit code 2, and never the password."""
    secret = re.escape(server.url("x")).split(":")[2].split("@")[0].replace("\\", "")
    filled = address.format(port=server.port, secret=secret)
    answer = _RUNNER.invoke(app, ["query", "--db", filled])
    assert (2, True) == (answer.exit_code, said in answer.output), answer.output
    for password in ("sai-mat-khau", secret, PASSWORD):
        assert password not in answer.output


def test_a_user_without_rights_is_told_so(on_server: Engine, server: Server) -> None:
    """Who may only read asks, and is told that he may not write."""
    store.save(on_server, dispatch(), "/kho/cv.txt")
    (row, *_) = find_obligations(on_server)
    with on_server.begin() as connection:
        connection.exec_driver_sql("CREATE ROLE khach LOGIN PASSWORD 'khach'")
        connection.exec_driver_sql("GRANT SELECT ON ALL TABLES IN SCHEMA public TO khach")
    address = f"postgresql://khach:khach@127.0.0.1:{server.port}/shared"
    assert 0 == _RUNNER.invoke(app, ["query", "--db", address]).exit_code
    refused = _RUNNER.invoke(app, ["mark", row["obligation_id"], "--status", "done", "--db", address])
    assert (1, True) == (refused.exit_code, "không có quyền" in refused.output), refused.output


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, the message says what to install."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match=re.escape("vanthu[postgres]")):
        store.open_store("postgresql://vanthu@127.0.0.1/shared")


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://lan:bi-mat@may-chu:5432/vanthu", "postgresql://lan@may-chu:5432/vanthu"),
        ("postgres://lan@may-chu/vanthu?password=bi-mat&sslmode=require", "postgresql://lan@may-chu/vanthu"),
        ("outputs/vanthu.db", "outputs/vanthu.db"),
    ],
)
def test_an_address_is_shown_without_its_password(address: str, shown: str) -> None:
    """Wherever the password stands in it."""
    assert shown == str(place_of(address))


def test_order_does_not_depend_on_the_language_of_the_server(on_server: Engine) -> None:
    """Text compares by its bytes, as in SQLite: ranges of ids rest on it."""
    for name in ("b.txt", "Đ.txt", "B.txt", "a.txt", "á.txt"):
        store.save(on_server, make_result(name, name), f"/kho/{name}")
    paths = [row["path"] for row in each_document(on_server)]
    assert sorted(paths) == paths


def test_words_are_looked_up_in_an_index(on_server: Engine) -> None:
    """The condition of the search is the expression of the index, else every row would be read."""
    with on_server.connect() as connection:
        connection.exec_driver_sql("SET enable_seqscan = off")
        asked = rows_with(connection, ["kho lanh"]).compile(on_server)
        plan = "\n".join(connection.exec_driver_sql(f"EXPLAIN {asked}", asked.params).scalars())
    assert "obligations_words" in plan


def test_the_tables_of_both_are_the_same(on_server: Engine, engine: Engine) -> None:
    """Same tables, columns and, but for the search, same indexes."""

    def shape(one: Engine) -> dict[str, tuple[list[str], set[str | None]]]:
        seen = inspect(one)
        return {
            table: (
                [column["name"] for column in seen.get_columns(table)],
                {index["name"] for index in seen.get_indexes(table)} - {"obligations_words", "documents_names"},
            )
            for table in tables.metadata.tables
        }

    def named(one: Engine) -> dict[str, tuple[list[str], set[str | None]]]:
        return {
            table: (columns, {name for name in indexes if name and not name.endswith("_key")})
            for table, (columns, indexes) in shape(one).items()
        }

    assert named(engine) == named(on_server)
    assert "obligations_words" in {index["name"] for index in inspect(on_server).get_indexes("obligations")}
    with on_server.connect() as connection:
        assert 0 == connection.scalar(select(func.count()).select_from(tables.documents))
