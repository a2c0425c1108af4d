"""Parquet files: typed columns, the words of the schema beside them, and a sentence when the library is missing."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
from conftest import directive, dispatch
from sqlalchemy import Engine
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.export import parquet, write
from pipeline.extras import MissingExtra
from pipeline.loading import load
from pipeline.records import KEYS, each_record
from pipeline.schema import record_schema
from pipeline.store import StoreError


def test_a_file_for_each_table_with_typed_columns(stored: Callable[..., Engine], tmp_path: Path) -> None:
    """Days are days, lists are lists, records within records stay whole; each file names its schema."""
    paths = write(stored(dispatch(), directive()), "parquet", tmp_path)
    assert [f"{table}.parquet" for table in KEYS] == [path.name for path in paths]
    duties, documents = (
        pyarrow.parquet.read_schema(tmp_path / f"{name}.parquet") for name in ("obligations", "documents")
    )
    assert pyarrow.date32() == duties.field("due").type
    assert pyarrow.string() == duties.field("actors").type.value_type
    assert pyarrow.types.is_dictionary(duties.field("kind").type)
    assert pyarrow.types.is_struct(documents.field("recipients").type.value_type)
    assert record_schema("obligations")["$id"] == duties.metadata[b"vanthu.schema"].decode()
    assert "Hạn cuối" in duties.field("due").metadata[b"description"].decode()


def test_records_come_back_as_they_went(
    stored: Callable[..., Engine], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when they are written in several groups."""
    monkeypatch.setattr(parquet, "_GROUP", 1)
    engine = stored(dispatch(), directive())
    write(engine, "parquet", tmp_path)
    for table in KEYS:
        assert list(each_record(engine, table)) == parquet.read(tmp_path / f"{table}.parquet"), table


def test_drafters_stay_out_unless_asked_for(stored: Callable[..., Engine], tmp_path: Path) -> None:
    """As in every export."""
    engine = stored(dispatch())
    for with_drafters in (False, True):
        write(engine, "parquet", tmp_path, with_drafters=with_drafters)
        (row,) = parquet.read(tmp_path / "documents.parquet")
        assert with_drafters == ("Lan" in row["recipients"][-1]["name"])


def test_a_damaged_file_is_told(engine: Engine, tmp_path: Path) -> None:
    """With the file and what to do."""
    write(engine, "parquet", tmp_path / "out")
    (tmp_path / "out" / "citations.parquet").write_bytes(b"PAR1")
    with pytest.raises(StoreError, match=r"citations.*vanthu export"):
        load(tmp_path / "out")


@pytest.mark.parametrize(("lang", "said"), [("vi", "Hãy cài: pip install"), ("en", "Install it: pip install")])
def test_without_pyarrow_a_sentence_says_how_to_get_it(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, said: str
) -> None:
    """In both languages; no other format needs it, and a folder of Parquet files says the same to a program."""
    write(engine, "parquet", tmp_path / "out")
    monkeypatch.setitem(sys.modules, "pyarrow", None)  # as Python marks what must not be found
    asked = ["export", str(tmp_path / "x"), "--db", str(tmp_path / "vanthu.db"), "--lang", lang, "--format"]
    done = CliRunner().invoke(app, [*asked, "parquet"])
    assert 1 == done.exit_code
    assert f"{said} 'vanthu[parquet]'." in done.output
    assert 0 == CliRunner().invoke(app, [*asked, "jsonl"]).exit_code
    with pytest.raises(MissingExtra, match=r"vanthu\[parquet\]"):
        load(tmp_path / "out")


def test_the_command_writes_it(engine: Engine, tmp_path: Path) -> None:
    """``vanthu export --format parquet``."""
    done = CliRunner().invoke(
        app, ["export", str(tmp_path / "out"), "--db", str(tmp_path / "vanthu.db"), "--format", "parquet"]
    )
    assert 0 == done.exit_code, done.output
    assert "obligations.parquet" in done.output
