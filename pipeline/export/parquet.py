"""Parquet: one file for each table of :mod:`pipeline.records`, typed as its JSON Schema says. Needs pyarrow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from pipeline.extras import MissingExtra
from pipeline.records import KEYS, each_record
from pipeline.rows import Row
from pipeline.schema import Schema, record_schema

#: Rows that are held at a time, and that stand together in the file.
_GROUP = 10_000


def write(engine: Engine, target: Path, with_drafters: bool) -> list[Path]:
    """Write ``<table>.parquet`` for each table; raises ``MissingExtra`` without pyarrow."""
    _pyarrow()
    return [
        _write(target / f"{table}.parquet", table, each_record(engine, table, with_drafters=with_drafters))
        for table in KEYS
    ]


def read(path: Path) -> list[Row]:
    """The records of such a file, days as ISO again. Raises ``MissingExtra``, ``OSError`` and ``ValueError`` (for what
    is no Parquet file)."""
    _pyarrow()
    import pyarrow.parquet

    rows: list[Row] = pyarrow.parquet.read_table(path).to_pylist()
    return [
        {key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()} for row in rows
    ]


def _pyarrow() -> Any:
    try:
        import pyarrow
    except ImportError as error:
        raise MissingExtra("pyarrow", "parquet") from error
    return pyarrow


def _write(path: Path, table: str, rows: Iterator[Row]) -> Path:
    import pyarrow.parquet

    schema = record_schema(table)
    properties = schema["properties"]
    fields = [
        pyarrow.field(key, _type(one), metadata={"description": f"{one['title']} / {one['description']}"})
        for key, one in properties.items()
    ]
    columns = pyarrow.schema(fields, metadata={"vanthu.schema": schema["$id"]})
    days = [key for key, one in properties.items() if _is_day(one)]
    with pyarrow.parquet.ParquetWriter(path, columns, compression="zstd") as file:
        while group := list(islice(rows, _GROUP)):
            dated = [row | {key: _day(row[key]) for key in days} for row in group]
            file.write_table(pyarrow.Table.from_pylist(dated, columns))
    return path


def _type(schema: Schema) -> Any:
    """The Arrow type of a value that the schema describes."""
    pyarrow = _pyarrow()
    if "enum" in schema:
        return pyarrow.dictionary(pyarrow.int32(), pyarrow.string())
    if _is_day(schema):
        return pyarrow.date32()
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if "array" in kinds:
        return pyarrow.list_(_type(schema["items"]))
    if "object" in kinds:
        return pyarrow.struct([(key, _type(one)) for key, one in schema["properties"].items()])
    simple = {"integer": pyarrow.int64(), "boolean": pyarrow.bool_(), "number": pyarrow.float64()}
    return simple.get(kinds[0], pyarrow.string())


def _is_day(schema: Schema) -> bool:
    return schema.get("format") == "date"


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
