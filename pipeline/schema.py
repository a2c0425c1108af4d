"""The JSON Schema (2020-12) of every record that leaves the database, made from the records themselves.

Types come from the dataclasses of :mod:`extractors.model`, else from the columns of :mod:`pipeline.tables`; keys from
:mod:`pipeline.records`; words from :mod:`pipeline.descriptions`. Stated here is only what rows make of a record.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from enum import StrEnum
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from sqlalchemy import JSON, Boolean, Column, Float, Integer, String, Table

from extractors.model import (
    Citation,
    CitedRelation,
    DeadlineType,
    Header,
    Obligation,
    Recipient,
    Reference,
    Result,
)
from pipeline import records, tables
from pipeline.descriptions import column_description, table_description
from pipeline.export.found import KEYS as ANSWER_KEYS
from pipeline.export.labels import VALUES
from pipeline.query_filters import Status
from pipeline.store import SCHEMA_VERSION

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SIMPLE = {str: "string", int: "integer", bool: "boolean", float: "number"}
_IDS = tuple[str, ...]
_Role = Literal["actor", "coordinator"]
_How = Literal["named", "expanded"]
#: Keys that hold a day, and those that hold one as far as it is known (``2014``, ``2020-03``).
_DAYS = ("due", "received", "effective", "expires")
_PARTLY = ("date", "doc_date")
_PARTLY_KNOWN = r"^\d{4}(-\d{2}(-\d{2})?)?$"
#: Where a row stands.
_PLACED: dict[str, Any] = {"doc_id": str, "path": str, "page": int, "start": int, "end": int, "quote": str}


@dataclass(frozen=True)
class _Made:
    """What the records of a table are made of: its columns, the classes of the model, and what rows make of them."""

    keys: tuple[str, ...]
    table: Table
    classes: tuple[type, ...] = ()
    own: Mapping[str, Any] = field(default_factory=dict)


_DUTY = _PLACED | {
    "obligation_id": str, "actor_units": _IDS, "status": Status,
    "deadline": str | None, "deadline_type": DeadlineType | None,
}  # fmt: skip
_MADE = {
    "documents": _Made(records.KEYS["documents"], tables.documents, (Result, Header), {"text": str}),
    "obligations": _Made(records.KEYS["obligations"], tables.obligations, (Obligation,), _DUTY),
    "citations": _Made(records.KEYS["citations"], tables.citations, (Citation,), _PLACED | {"citation_id": str}),
    "relations": _Made(records.KEYS["relations"], tables.cited_relations, (CitedRelation,), _PLACED),
    "references": _Made(records.KEYS["references"], tables.back_references, (Reference,), _PLACED),
    "units": _Made(
        records.KEYS["units"],
        tables.obligation_units,
        own={"obligation_id": str, "doc_id": str, "name": str, "role": _Role, "how": _How},
    ),
    "failures": _Made(records.KEYS["failures"], tables.failures, own={"source": str, "page": int}),
    "answers": _Made(ANSWER_KEYS, tables.obligations, (Obligation,), _DUTY),
}
#: The tables that have a schema; ``answers`` are what ``vanthu query --format json`` gives.
TABLES = tuple(_MADE)


def record_schema(table: str) -> Schema:
    """The schema of one record of one of ``TABLES``, complete in itself; raises ``KeyError`` for another."""
    return {"$schema": DIALECT, "$id": _id(table), **_record(table)}


def whole_schema() -> Schema:
    """The schemas of all ``TABLES`` as ``$defs``; valid against it is an object of lists of records by table."""
    listed = {name: {"type": "array", "items": {"$ref": f"#/$defs/{name}"}} for name in TABLES}
    return {
        "$schema": DIALECT,
        "$id": _id("all"),
        "title": "vanthu",
        "type": "object",
        "properties": listed,
        "additionalProperties": False,
        "$defs": {name: _record(name) for name in TABLES},
    }


def _id(table: str) -> str:
    """The name of a schema: it changes with the version of the database, from which the records come."""
    return f"urn:vanthu:schema:{SCHEMA_VERSION}:{table}"


def _record(table: str) -> Schema:
    made, described = _MADE[table], table_description(table)
    hints = {name: hint for one in made.classes for name, hint in get_type_hints(one).items()} | dict(made.own)
    return {
        "title": described.title,
        "description": f"{described.vietnamese} / {described.english}",
        "type": "object",
        "properties": {key: _property(table, key, hints) for key in made.keys},
        "required": list(made.keys),
        "additionalProperties": False,
    }


def _property(table: str, key: str, hints: Mapping[str, Any]) -> Schema:
    words = column_description(table, key)
    said = {"title": words.vietnamese, "description": words.english}
    if key in _DAYS:
        return said | {"type": ["string", "null"], "format": "date"}
    if key in _PARTLY:
        return said | {"type": ["string", "null"], "pattern": _PARTLY_KNOWN}
    column = _MADE[table].table.c.get(key)
    if key in hints:
        return said | _of_hint(_as_ids(hints[key], column))
    if key == "review":
        return said | {"enum": [*VALUES["review"], None]}
    return said | _of_column(column)


def _as_ids(hint: Any, column: Column[Any] | None) -> Any:
    """Where the model has the index of another record, the row has its id."""
    if hint == tuple[int, ...]:
        return _IDS
    if column is None or not isinstance(column.type, String):
        return hint
    return {int: str, int | None: str | None}.get(hint, hint)


def _of_hint(hint: Any) -> Schema:
    """The schema of a type annotation of the model."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _or_null(_of_hint(next(one for one in arguments if one is not types.NoneType)))
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is tuple:
        return {"type": "array", "items": _of_hint(arguments[0])}
    if is_dataclass(hint):
        return _of_class(hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {"enum": [one.value for one in hint]}
    return {"type": _SIMPLE[hint]}


def _of_class(record: Any) -> Schema:
    """A record within a record; the drafter of a dispatch is in none."""
    hints = get_type_hints(record)
    names = [one.name for one in fields(record) if (record, one.name) != (Recipient, "drafter")]
    return {
        "type": "object",
        "properties": {name: _of_hint(hints[name]) for name in names},
        "required": names,
        "additionalProperties": False,
    }


def _or_null(schema: Schema) -> Schema:
    if "enum" in schema:
        return {"enum": [*schema["enum"], None]}
    return schema | {"type": [schema["type"], "null"]}


def _of_column(column: Column[Any] | None) -> Schema:
    """The schema of a column that no record of the model has: it may be empty."""
    kinds = ((Boolean, "boolean"), (Integer, "integer"), (Float, "number"))
    kind = next((name for one, name in kinds if column is not None and isinstance(column.type, one)), "string")
    if column is not None and isinstance(column.type, JSON):
        return {"type": ["array", "null"], "items": {"type": "string"}}
    return {"type": [kind, "null"]}
