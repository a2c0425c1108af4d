"""JSON lines: the machine-readable export, with exactly the keys of ``pipeline.rows``."""

from __future__ import annotations

import json
from pathlib import Path

from sqlalchemy import Engine

from pipeline.records import each_record

#: A file for each; ``relations`` are those between two cited documents, ``references`` those back.
TABLES = ("documents", "obligations", "citations", "relations", "references")


def write(engine: Engine, target: Path, with_drafters: bool) -> list[Path]:
    """Write a file ``<table>.jsonl`` for each of ``TABLES``. The full text stays as it is."""
    return [_write(engine, target / f"{table}.jsonl", with_drafters) for table in TABLES]


def _write(engine: Engine, path: Path, with_drafters: bool) -> Path:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in each_record(engine, path.stem, with_drafters=with_drafters):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path
