"""Exports: one module per format, each with ``write(engine, target, options) -> list of paths written``."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from sqlalchemy import Engine

#: The formats of ``vanthu export``. A new format is a module and a word here.
FORMATS = ("jsonl", "csv", "xlsx", "graphml", "akn", "edxml", "parquet", "datasette")


def write(engine: Engine, form: str, target: Path, *, with_drafters: bool = False) -> list[Path]:
    """Export the whole database into the folder ``target`` in one of ``FORMATS``; the paths written.

    Names of the clerks who drafted a document (the last word of *Lưu: …*) stay out unless ``with_drafters``.
    """
    target.mkdir(parents=True, exist_ok=True)
    writer: Callable[[Engine, Path, bool], list[Path]] = import_module(f"pipeline.export.{form}").write
    return writer(engine, target, with_drafters)
