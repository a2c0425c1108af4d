"""What the commands need of units beside the screen: the clerk's own file, and the answer of ``vanthu units``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from pipeline.rows import Row
from pipeline.screen import Screen
from pipeline.store import own_units
from pipeline.units.explanation import as_json, explain_unit
from pipeline.units.own import FILE_NAME, as_rows, from_rows, read_own_units
from pipeline.units.screen import show_units


def own_file(file: Path | None, folders: Iterable[Path]) -> Path | None:
    """The file of own units: the one named, else one in a folder that is read."""
    return file or next((one for folder in folders if (one := folder / FILE_NAME).is_file()), None)


def own_rows(path: Path) -> list[Row]:
    """The units of the file as the database keeps them; raises ``BadUnits``."""
    return as_rows(read_own_units(path))


def remembered_rows(engine: Engine) -> list[Row]:
    """The units of the file that the last run used."""
    with engine.connect() as connection:
        return own_units(connection)


def answer(screen: Screen, name: str, on: str | None, own: list[Row]) -> bool:
    """Show what the register and the own units know of ``name``; false when they know nothing."""
    explanation = explain_unit(name, _date(on), from_rows(own))
    show_units(screen.console, screen.say, explanation)
    return explanation.found


def answer_in_json(name: str, on: str | None, own: list[Row]) -> tuple[str, bool]:
    """What :func:`answer` shows, for programs, and whether anything is known."""
    explanation = explain_unit(name, _date(on), from_rows(own))
    return json.dumps(as_json(explanation), ensure_ascii=False, indent=1), explanation.found


def _date(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None
