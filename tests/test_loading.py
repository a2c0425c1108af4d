"""A result as pandas tables: types, what is hidden, and the same tables from every export."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas
import pytest
from conftest import directive, dispatch, make_result
from pandas.testing import assert_frame_equal
from sqlalchemy import Engine

from extractors.model import Header, Party, Span
from pipeline.decisions import Action, Decision, decide
from pipeline.export import write
from pipeline.loading import Frames, load
from pipeline.store import StoreError, save_failure
from pipeline.versions import group_versions

Stored = Callable[..., Engine]


@pytest.fixture
def folder(stored: Stored, tmp_path: Path) -> Path:
    """A result of two documents, one with a second file, and a file that could not be read."""
    one = dispatch("a.txt")
    one = replace(one, header=replace(one.header, addressed=(Party("Các sở", "group", ("Sở Y tế", "Sở Nội vụ")),)))
    engine = stored(one, dispatch("b.txt"), directive())
    group_versions(engine)
    save_failure(
        engine, {"source": "/kho/x.pdf", "path": "x.pdf", "reason": "Tệp hỏng.", "error": "UnreadableDocument"}
    )
    engine.dispose()
    return tmp_path


def test_columns_have_the_types_of_what_they_hold(folder: Path) -> None:
    """Days compare, closed vocabularies are categories, lists explode, the unknown is missing."""
    tables = load(folder)
    types = tables.obligations.dtypes.astype(str)
    wanted = {"due": "datetime64[s]", "page": "Int64", "confidence": "float64", "kind": "category", "clause": "string",
              "status": "category", "doc_date": "datetime64[s]", "review": "category"}  # fmt: skip
    assert wanted == {name: types[name] for name in wanted}
    assert ("boolean", "Int64") == tuple(tables.documents.dtypes.astype(str)[["ocr", "pages"]])
    duties = tables.obligations
    assert [pandas.Timestamp("2020-04-04")] == list(duties[duties["due"] < "2021-01-01"]["due"])
    assert ["obligation", "prohibition"] == list(duties["kind"])
    assert "permission" in duties["kind"].cat.categories
    assert ["Cục HQ TP Cửa Biển", "Sở Y tế tỉnh Bình Lục"] == list(duties.explode("actors")["actors"])
    assert duties["clause"].isna().tolist() == [False, True]


def test_obligations_carry_their_document(folder: Path) -> None:
    """Number, type, day, issuer and subject, without a join by hand."""
    row = load(folder).obligations.iloc[0]
    assert ("12/UBND-VX", "Công văn", "tăng cường kiểm tra kho lạnh") == tuple(
        row[["doc_code", "doc_type", "doc_subject"]]
    )
    assert pandas.Timestamp("2020-03-20") == row["doc_date"]
    assert ["12/UBND-VX"] == list(load(folder).citations["doc_code"])


def test_a_dispatch_of_two_files_counts_once(folder: Path) -> None:
    """As in every question; each file is there when asked for."""
    assert (2, 2, 1, 3) == _counted(load(folder))
    assert (3, 4, 2, 6) == _counted(load(folder, all_versions=True))


def _counted(tables: Frames) -> tuple[int, ...]:
    return tuple(len(one) for one in (tables.documents, tables.obligations, tables.citations, tables.units))


def test_recipients_parties_units_and_failures(folder: Path) -> None:
    """Each place has a row; who drafted the document has none."""
    tables = load(folder)
    assert ["Như trên", "Lưu: VT, VX (03b)"] == list(tables.recipients["name"])
    assert "drafter" not in tables.recipients
    assert [("Các sở", ["Sở Y tế", "Sở Nội vụ"])] == list(
        zip(tables.parties["name"], tables.parties["members"], strict=True)
    )
    assert ["actor", "actor", "coordinator"] == sorted(tables.units["role"])
    assert [("x.pdf", 0, "Tệp hỏng.")] == list(tables.failures[["path", "page", "reason"]].itertuples(index=False))


def test_what_people_decided_is_applied(folder: Path, engine: Engine) -> None:
    """A corrected row stands in for that of the machine, a rejected one is gone; both are there when asked for."""
    first, second = load(folder).obligations["obligation_id"]
    decide(engine, [
        Decision("Lan", Action.CORRECT, first, {"due": "2020-04-03"}),
        Decision("Lan", Action.REJECT, second),
        Decision("Lan", Action.ADD, doc_id=dispatch("a.txt").doc_id, span=Span(0, 7), values={"actors": ["Sở A"]}),
    ])  # fmt: skip
    shown = load(folder).obligations.set_index("review")
    assert {"corrected", "added"} == set(shown.index)
    assert pandas.Timestamp("2020-04-03") == shown["due"]["corrected"]
    assert [] == shown["channels"]["added"]
    marked = load(folder, superseded=True)
    assert {first, second} == set(marked.obligations[marked.obligations["superseded"]]["obligation_id"])
    assert 4 == len(marked.obligations)
    assert {first, second} <= set(marked.units["obligation_id"])
    assert not {first, second} & set(load(folder).units["obligation_id"])


def test_a_day_known_in_part_keeps_its_words(stored: Stored, tmp_path: Path) -> None:
    """A draft has the year only: no day is made up, and the year is not lost."""
    stored(make_result(header=Header(date="2014")))
    row = load(tmp_path).documents.iloc[0]
    assert row["date"] is pandas.NaT
    assert "2014" == row["date_stated"]


def test_the_text_comes_when_asked_for(folder: Path) -> None:
    """It is most of the memory; spans point into it."""
    assert "text" not in load(folder).documents
    tables = load(folder / "vanthu.db", text=True)
    text = tables.documents.set_index("doc_id")["text"]
    assert all(text[row.doc_id][row.start : row.end] == row.quote for row in tables.obligations.itertuples())


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_exports_load_as_the_database(corpus_engine: Engine, tmp_path: Path, form: str) -> None:
    """Every table of the project's own documents, by value and type; a JSON export holds no units and failures."""
    write(corpus_engine, form, tmp_path)
    stored, exported = (load(path, text=True) for path in (Path(str(corpus_engine.url.database)), tmp_path))
    assert len(stored.obligations) > 200
    for name in Frames.__slots__:
        if form == "jsonl" and name in ("units", "failures"):
            assert getattr(exported, name) is None
        else:
            assert_frame_equal(getattr(stored, name), getattr(exported, name))


def test_an_empty_result_has_its_columns(engine: Engine, tmp_path: Path) -> None:
    """A question to nothing is answered with nothing, not with an error."""
    tables = load(tmp_path)
    assert all(getattr(tables, name).empty for name in Frames.__slots__)
    assert {"due", "kind", "doc_code"} <= set(tables.obligations)
    assert "datetime64[s]" == str(tables.obligations["due"].dtype)


def test_a_place_without_a_result_is_told(engine: Engine, tmp_path: Path) -> None:
    """A sentence that says what to do, in each case."""
    (tmp_path / "csv").mkdir()
    write(engine, "csv", tmp_path / "csv")
    other = tmp_path / "khac.db"
    other.write_bytes(b"khong phai SQLite" * 100)
    for path in (tmp_path / "không có", tmp_path / "csv", other):
        with pytest.raises(StoreError, match=r"vanthu|Không dùng được cơ sở dữ liệu .*: không phải cơ sở dữ liệu"):
            load(path)


def test_a_damaged_export_is_told(folder: Path, engine: Engine) -> None:
    """A torn line, a missing file, the keys of another version, and what an export cannot know."""
    out = folder / "jsonl"
    write(engine, "jsonl", out)
    with pytest.raises(StoreError, match=r"\.db"):
        load(out, superseded=True)
    whole = (out / "citations.jsonl").read_text(encoding="utf-8")
    other = json.dumps({key: value for key, value in json.loads(whole.splitlines()[0]).items() if key != "rule"})
    for wrong in (whole[:-5], other + "\n", "[1]\n"):
        (out / "citations.jsonl").write_text(wrong, encoding="utf-8")
        with pytest.raises(StoreError, match="citations"):
            load(out)
    (out / "citations.jsonl").unlink()
    with pytest.raises(StoreError, match="citations"):
        load(out)
