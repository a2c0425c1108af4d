"""The JSON Schema of the records: made from them, kept to by every export, noticed when it changes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import dispatch
from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from sqlalchemy import Engine
from typer.testing import CliRunner

from extractors.model import Span
from pipeline.cli import app
from pipeline.decisions import Action, Decision, decide
from pipeline.descriptions import column_description, table_description
from pipeline.export import write
from pipeline.export.found import write_rows
from pipeline.query import find_obligations
from pipeline.records import KEYS, each_record
from pipeline.schema import TABLES, record_schema, whole_schema
from pipeline.store import SCHEMA_VERSION
from pipeline.tables import metadata

SNAPSHOT = Path(__file__).parent / "examples" / "schema.json"
Record = dict[str, Any]


def _validator(schema: Record) -> Draft202012Validator:
    return Draft202012Validator(schema, format_checker=FormatChecker())


@pytest.mark.parametrize("table", TABLES)
def test_schemas_are_schemas(table: str) -> None:
    """Well formed, named after the table and the version of the database, and complete in themselves."""
    schema = record_schema(table)
    Draft202012Validator.check_schema(schema)
    assert f"urn:vanthu:schema:{SCHEMA_VERSION}:{table}" == schema["$id"]
    assert list(schema["properties"]) == schema["required"]
    assert "$ref" not in json.dumps(schema)


def test_every_export_of_the_corpus_is_valid(corpus_engine: Engine, tmp_path: Path) -> None:
    """Each record of each file, and all together."""
    whole: Record = {}
    for path in write(corpus_engine, "jsonl", tmp_path):
        whole[path.stem] = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        validator = _validator(record_schema(path.stem))
        for record in whole[path.stem]:
            validator.validate(record)
    whole |= {table: list(each_record(corpus_engine, table)) for table in ("units", "failures")}
    answers = tmp_path / "answers.json"
    write_rows(find_obligations(corpus_engine), "json", answers)
    whole["answers"] = json.loads(answers.read_text(encoding="utf-8"))
    _validator(whole_schema()).validate(whole)
    assert set(TABLES) == set(whole)
    assert min(len(whole[table]) for table in ("documents", "obligations", "citations", "units", "answers")) >= 30


def test_rows_of_people_are_valid(stored: Callable[..., Engine]) -> None:
    """What was corrected, added or marked by hand has the same shape."""
    engine = stored(dispatch())
    first = next(each_record(engine, "obligations"))
    decide(engine, [
        Decision("Lan", Action.CORRECT, first["obligation_id"], {"actors": ["Sở A"], "due": None}),
        Decision("Lan", Action.ADD, doc_id=first["doc_id"], span=Span(0, 7), values={}),
    ])  # fmt: skip
    rows = list(each_record(engine, "obligations"))
    assert {"corrected", "added", None} == {row["review"] for row in rows}
    for row in rows:
        _validator(record_schema("obligations")).validate(row)


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("obligations", {"kind": "duty"}),
        ("obligations", {"due": "05/4/2020"}),
        ("obligations", {"due": "2020-02-30"}),
        ("obligations", {"actors": "Sở Y tế"}),
        ("obligations", {"actors": None}),
        ("obligations", {"confidence": "0.9"}),
        ("obligations", {"status": None}),
        ("obligations", {"page": 1.5}),
        ("obligations", {"extra": 1}),
        ("obligations", {"quote": ...}),
        ("documents", {"date": "năm 2014"}),
        ("documents", {"ocr": "có"}),
        ("documents", {"recipients": [{"name": "Lưu: VT"}]}),
    ],
)
def test_a_wrong_record_is_refused(stored: Callable[..., Engine], table: str, change: Record) -> None:
    """One key wrong, missing (``...``) or too many is enough; unchanged, the record is valid."""
    record = next(each_record(stored(dispatch()), table))
    _validator(record_schema(table)).validate(record)
    wrong = {key: value for key, value in (record | change).items() if value is not ...}
    with pytest.raises(ValidationError):
        _validator(record_schema(table)).validate(wrong)


def test_no_drafter_fits(stored: Callable[..., Engine]) -> None:
    """Personal data that no export holds has no place in the schema either."""
    record = next(each_record(stored(dispatch()), "documents"))
    record["recipients"][0]["drafter"] = "Lan"
    with pytest.raises(ValidationError, match="drafter"):
        _validator(record_schema("documents")).validate(record)


@pytest.mark.parametrize("table", ["documents", "citations"])
def test_days_known_in_part_fit(stored: Callable[..., Engine], table: str) -> None:
    """A year or a month is a date of issue; a due day is whole."""
    record = next(each_record(stored(dispatch()), table))
    for known in ("2014", "2014-03", "2014-03-09", None):
        _validator(record_schema(table)).validate(record | {"date": known})


def test_the_contract_is_that_of_the_snapshot() -> None:
    """Others build on these shapes: a change is meant, and new keys or types go with a new ``SCHEMA_VERSION``.

    Renew the snapshot with ``vanthu schema > tests/examples/schema.json``.
    """
    assert json.loads(SNAPSHOT.read_text(encoding="utf-8")) == whole_schema()


def test_everything_is_described() -> None:
    """Each table and column of the database and of the exports, in both languages."""
    columns = [(table.name, column.name) for table in metadata.sorted_tables for column in table.c]
    columns += [(table, key) for table, keys in KEYS.items() for key in keys]
    for table, column in columns:
        assert all(table_description(table))
        assert all(column_description(table, column)), (table, column)
    with pytest.raises(KeyError):
        column_description("documents", "không có")


def test_the_command_prints_it() -> None:
    """All tables, one, and a table that there is not."""
    whole, one, none = (
        CliRunner().invoke(app, ["schema", *rest]) for rest in ([], ["--table", "citations"], ["--table", "x"])
    )
    assert whole_schema() == json.loads(whole.output)
    assert record_schema("citations") == json.loads(one.output)
    assert 2 == none.exit_code
    assert "obligations" in none.output
