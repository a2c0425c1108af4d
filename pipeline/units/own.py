"""Units of one's own office beside the register: a TOML file with ``[[unit]]`` tables.

``name`` is needed; ``abbreviations``, ``parent``, ``valid_from``, ``valid_to`` and ``successors`` may be given. Parents
and successors are names of units of the file or of the register.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from extractors.units import Unit
from pipeline.folding import name_key, text_key
from pipeline.units.names import Context, find_units, is_one_body

FILE_NAME = "units.toml"
_ID = "own:"
_LINE = re.compile(r"at line (\d+)")
_TEXTS, _LISTS, _DAYS = ("name", "parent"), ("abbreviations", "successors"), ("valid_from", "valid_to")
_FIELDS = (*_TEXTS, *_LISTS, *_DAYS)


class BadUnits(Exception):
    """The file of own units cannot be used; the message says where and what to do."""


def read_own_units(path: Path) -> tuple[Unit, ...]:
    """The units of the file; raises ``BadUnits`` with the line (of a slip in the notation) or the unit and field."""
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        where = f"dòng {line[1]}" if line else "cuối tệp"
        raise BadUnits(f"{path}, {where}: sai cách viết TOML (dấu nháy, dấu ngoặc, dấu bằng). Hãy sửa lại.") from error
    except UnicodeDecodeError as error:
        raise BadUnits(f"{path}: không phải tệp UTF-8. Hãy lưu lại tệp với mã UTF-8.") from error
    except OSError as error:
        raise BadUnits(f"Không đọc được tệp đơn vị {path} ({error.strerror}).") from error
    tables = rows.pop("unit", [])
    if rows or not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        raise BadUnits(f"{path}: chỉ được có các bảng [[unit]], mỗi đơn vị một bảng.")
    units = [_unit(_Place(path, number), table) for number, table in enumerate(tables, 1)]
    return _linked(path, tuple(units))


def as_rows(units: tuple[Unit, ...]) -> list[dict[str, Any]]:
    """The units in a form that JSON takes; :func:`from_rows` gives them back."""
    return [asdict(unit) for unit in units]


def from_rows(rows: list[dict[str, Any]]) -> tuple[Unit, ...]:
    """The units that :func:`as_rows` wrote."""
    found: list[dict[str, Any]] = [
        {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()} for row in rows
    ]
    return tuple(Unit(**row) for row in found)


class _Place:
    """Where in the file a unit stands, for messages."""

    def __init__(self, path: Path, number: int) -> None:
        self.path, self.number, self.name = path, number, ""

    def wrong(self, field: str, reason: str) -> BadUnits:
        """The error to raise."""
        called = f" («{self.name}»)" if self.name else ""
        return BadUnits(f"{self.path}: đơn vị thứ {self.number}{called}, trường {field}: {reason}")


def _unit(place: _Place, table: dict[str, Any]) -> Unit:
    place.name = table["name"].strip() if isinstance(table.get("name"), str) else ""
    if not text_key(place.name):
        raise place.wrong("name", "cần tên đơn vị, viết trong dấu nháy.")
    unknown = [field for field in table if field not in _FIELDS]
    if unknown:
        raise place.wrong(unknown[0], f"không có trường này; các trường: {', '.join(_FIELDS)}.")
    first, last = (_day(place, field, table.get(field)) for field in _DAYS)
    if first and last and first > last:
        raise place.wrong("valid_to", f"ngày cuối {last} trước ngày đầu {first}.")
    parent = table.get("parent")
    if parent is not None and not isinstance(parent, str):
        raise place.wrong("parent", "cần tên một đơn vị, viết trong dấu nháy.")
    return Unit(
        id=_ID + "-".join(text_key(place.name).split()), name=place.name, kind="own", parent=parent,
        abbreviations=_names(place, "abbreviations", table), valid_from=first, valid_to=last,
        successors=_names(place, "successors", table), source=place.path.name,
    )  # fmt: skip


def _day(place: _Place, field: str, value: object) -> str | None:
    if value is None:
        return None
    try:
        return (value if type(value) is date else date.fromisoformat(str(value))).isoformat()
    except ValueError:
        raise place.wrong(field, f"“{value}” không phải ngày; hãy viết như 2025-03-01.") from None


def _names(place: _Place, field: str, table: dict[str, Any]) -> tuple[str, ...]:
    value = table.get(field, [])
    if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
        raise place.wrong(field, 'cần một danh sách tên, như ["A", "B"].')
    return tuple(one.strip() for one in value)


def _linked(path: Path, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """The units with ids for the names of parents and successors."""
    seen: set[str] = set()
    linked: list[Unit] = []
    for number, unit in enumerate(units, 1):
        place = _Place(path, number)
        place.name = unit.name
        if name_key(unit.name) in seen:
            raise place.wrong("name", "tên này đã có ở trên.")
        seen.add(name_key(unit.name))
        successors = tuple(_id(place, "successors", name, units) for name in unit.successors)
        parent = _id(place, "parent", unit.parent, units) if unit.parent else None
        linked.append(replace(unit, parent=parent, successors=successors))
    return tuple(linked)


def _id(place: _Place, field: str, name: str, units: tuple[Unit, ...]) -> str:
    """The id of the unit of that name; of several in the course of time the last."""
    found = [unit for unit in find_units(name, Context(own=units)) if is_one_body(unit)]
    if not found:
        raise place.wrong(field, f"không biết đơn vị “{name}”; hãy thêm một bảng [[unit]] cho đơn vị đó.")
    return max(found, key=lambda unit: unit.valid_from or "").id
