"""The database gives back what was put in, replaces whole documents and refuses what it does not know."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from conftest import directive, dispatch, make_result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select

from extractors.model import Header, Obligation, Span
from pipeline import store, tables
from pipeline.query import each_citation, each_document, each_failure, each_obligation
from pipeline.resolve import resolve_citations

#: Every character but NUL, which no database keeps for us.
_ANY = st.characters(exclude_characters="\0", exclude_categories=["Cs"])


def _count(engine: Engine, table: object) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0  # type: ignore[arg-type]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(_ANY, max_size=200), st.text(_ANY, max_size=50))
def test_any_text_comes_back(engine: Engine, text: str, name: str) -> None:
    """Whatever characters a document holds, text, lists and offsets are the same afterwards."""
    duty = Obligation(Span(0, len(text)), "r", "obligation", (name,), None, None)
    result = make_result("x.txt", text, header=Header(addressees=(name,), subject=name), obligations=(duty,))
    store.save(engine, result, "/kho/x.txt")
    (document,) = each_document(engine, with_text=True)
    assert (text, [name], name) == (document["text"], document["addressees"], document["subject"])
    (row,) = each_obligation(engine)
    assert (text, [name]) == (row["quote"], row["actors"])


def test_what_a_database_cannot_hold_becomes_one_replacement_each(engine: Engine) -> None:
    """A lone surrogate or a NUL must not stop a batch, nor move the offsets behind it."""
    store.save(engine, make_result("x.txt", "a\ud800b\0", header=Header(addressees=("\udfff",))), "/kho/x.txt")
    (document,) = each_document(engine, with_text=True)
    assert ("a\ufffdb\ufffd", ["\ufffd"]) == (document["text"], document["addressees"])


def test_a_second_run_replaces_the_rows(engine: Engine) -> None:
    """The same document read again leaves no row twice, in the full text neither."""
    for _ in range(3):
        store.save(engine, dispatch(), "/kho/cv.txt")
    counted = (tables.documents, tables.obligations, tables.obligation_units, tables.citations)
    assert [1, 2, 3, 1] == [_count(engine, table) for table in counted]
    with engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT count(*) FROM obligations_fts WHERE obligations_fts MATCH 'kho'")
        assert 1 == found.scalar()
        connection.exec_driver_sql("INSERT INTO obligations_fts(obligations_fts) VALUES ('integrity-check')")


def test_a_changed_file_replaces_its_former_content(engine: Engine) -> None:
    """One file is one document: its former content goes although it had another id."""
    store.save(engine, dispatch(), "/kho/cv.txt")
    store.save(engine, make_result("cv.txt", "Bản mới\n"), "/kho/cv.txt")
    assert ["Bản mới\n"] == [row["text"] for row in each_document(engine, with_text=True)]
    assert 0 == _count(engine, tables.obligations)


def test_a_failure_takes_the_place_of_what_was_read(engine: Engine) -> None:
    """A file that became unreadable has no rows but its failure; once readable again, no failure."""
    store.save(engine, dispatch(), "/kho/cv.txt")
    failure = {"source": "/kho/cv.txt", "path": "cv.txt", "reason": "Tệp hỏng.", "error": "UnreadableDocument"}
    store.save_failure(engine, failure)
    assert [{**failure, "page": 0}] == list(each_failure(engine))
    assert [] == list(each_document(engine))
    store.save(engine, dispatch(), "/kho/cv.txt")
    assert [] == list(each_failure(engine))


def test_ids_do_not_depend_on_the_run(engine: Engine) -> None:
    """The same document gives the same row ids, whatever was stored before it."""
    store.save(engine, dispatch(), "/kho/cv.txt")
    first = [row["obligation_id"] for row in each_obligation(engine)]
    store.save(engine, directive(), "/kho/ct.txt")
    store.save(engine, dispatch(), "/kho/cv.txt")
    assert first == [row["obligation_id"] for row in each_obligation(engine)]
    assert 2 == len(set(first))


def test_equal_records_are_told_apart(engine: Engine) -> None:
    """Two obligations of one span and kind are two rows: nothing is dropped."""
    duties = tuple(Obligation(Span(0, 7), "r", "obligation", (who,), None, None) for who in ("Sở A", "Sở B"))
    store.save(engine, make_result(text="Làm đi.", obligations=duties), "/kho/cv.txt")
    assert [["Sở A"], ["Sở B"]] == [row["actors"] for row in each_obligation(engine)]


def test_citations_are_linked_to_documents(engine: Engine) -> None:
    """A citation leads to the document of the folder; when that goes, to none."""
    store.save(engine, dispatch(), "/kho/cv.txt")
    store.save(engine, directive(), "/kho/ct.txt")
    assert 1 == resolve_citations(engine)
    assert [directive().doc_id] == [row["resolved_doc_id"] for row in each_citation(engine)]
    store.forget(engine, ["/kho/ct.txt"])
    assert [None] == [row["resolved_doc_id"] for row in each_citation(engine)]


def test_a_missing_database_is_not_made(tmp_path: Path) -> None:
    """A query on a wrong path says what to do and leaves no empty file behind."""
    with pytest.raises(store.StoreError, match="vanthu run"):
        store.open_store(tmp_path / "none.db")
    assert [] == list(tmp_path.iterdir())


def test_another_schema_version_is_refused(engine: Engine, tmp_path: Path) -> None:
    """An older or newer database is named as such, not half understood."""
    with engine.begin() as connection:
        connection.execute(tables.versions.update().values(version_num="0"))
    with pytest.raises(store.StoreError, match="phiên bản 0"):
        store.open_store(tmp_path / "vanthu.db")


@pytest.mark.parametrize("content", [b"no database at all, only some text", None])
def test_a_strange_file_is_refused(tmp_path: Path, content: bytes | None) -> None:
    """Neither a text file nor the database of another program is taken for ours."""
    path = tmp_path / "vanthu.db"
    if content:
        path.write_bytes(content * 100)
    else:
        with sqlite3.connect(path) as other:
            other.execute("CREATE TABLE t (x)")
    with pytest.raises(store.StoreError):
        store.open_store(path, create=True)
