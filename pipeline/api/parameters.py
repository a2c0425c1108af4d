"""What may stand in the query of an address, and how it is read.

Strictly: a filter that is misspelt and passed over would answer with everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.language import Say

MAX_LENGTH = 200
#: No control characters: servers hold no NUL, and nobody means any.
TEXT = {"type": "string", "minLength": 1, "maxLength": MAX_LENGTH, "pattern": r"^[^\x00-\x1f\x7f]+$"}
DAY = {"type": "string", "format": "date"}
_CLEAN = re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff]+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
_TRUTH = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its ``name`` in the address, the ``field`` it fills, a JSON Schema, and what it means."""

    name: str
    field: str
    schema: Mapping[str, Any]
    description: str
    required: bool = False


class BadRequest(ValueError):
    """The request cannot be understood; the message is for people."""


def read(parameters: Sequence[Parameter], given: Iterable[tuple[str, str]], say: Say) -> dict[str, Any]:
    """The values given, by field. Raises :class:`BadRequest` for what is unknown, wrong, missing or given twice."""
    known, values = {one.name: one for one in parameters}, dict[str, Any]()
    for name, value in given:
        if (one := known.get(name)) is None:
            raise BadRequest(say("unknown_parameter", name=name[:MAX_LENGTH], known=", ".join(known)))
        many = one.schema["type"] == "array"
        if one.field in values and not many:
            raise BadRequest(say("twice", name=name))
        read_one = _value(one, one.schema["items"] if many else one.schema, value, say)
        values[one.field] = (*values.get(one.field, ()), read_one) if many else read_one
    for one in parameters:
        if one.required and one.field not in values:
            raise BadRequest(say("missing", name=one.name))
    return values


def _value(one: Parameter, schema: Mapping[str, Any], text: str, say: Say) -> Any:
    value, wanted = _read(schema, text, say)
    if value is None:
        raise BadRequest(say("bad_value", name=one.name, wanted=wanted))
    return value


def _read(schema: Mapping[str, Any], text: str, say: Say) -> tuple[Any, str]:
    """The value of ``text``, ``None`` for a wrong one, and what would be right."""
    if "enum" in schema:
        return text if text in schema["enum"] else None, ", ".join(schema["enum"])
    if schema["type"] == "boolean":
        return _TRUTH.get(text), say("want.boolean")
    if schema["type"] == "integer":
        low, high = schema["minimum"], schema["maximum"]
        fits = _NUMBER.fullmatch(text) and low <= int(text) <= high
        return int(text) if fits else None, say("want.integer", low=low, high=high)
    if schema.get("format") == "date":
        return text if _is_day(text) else None, say("want.date")
    fits = len(text) <= schema["maxLength"] and _CLEAN.fullmatch(text)
    return text if fits else None, say("want.string", high=schema["maxLength"])


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False
