"""JSON lines: the machine-readable export, with exactly the keys of ``pipeline.rows``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Engine

from pipeline.export.drafters import shown_recipients
from pipeline.query import each_citation, each_document, each_obligation, each_reference, each_relation
from pipeline.rows import CITATION_KEYS, DOCUMENT_KEYS, OBLIGATION_KEYS, REFERENCE_KEYS, RELATION_KEYS, Row


def write(engine: Engine, target: Path, with_drafters: bool) -> list[Path]:
    """Write ``documents.jsonl``, ``obligations.jsonl``, ``citations.jsonl``, and beside them ``relations.jsonl``
    (between two cited documents) and ``references.jsonl`` (references back). The full text stays as it is."""
    documents = [
        row | {"recipients": [_line(one) for one in shown_recipients(row["recipients"], with_drafters)]}
        for row in each_document(engine, with_text=True)
    ]
    return [
        _write(target / "documents.jsonl", documents, DOCUMENT_KEYS),
        _write(target / "obligations.jsonl", each_obligation(engine), OBLIGATION_KEYS),
        _write(target / "citations.jsonl", each_citation(engine), CITATION_KEYS),
        _write(target / "relations.jsonl", each_relation(engine), RELATION_KEYS),
        _write(target / "references.jsonl", each_reference(engine), REFERENCE_KEYS),
    ]


def _line(recipient: Row) -> Row:
    """A recipient as the contract has it; the drafter, if named at all, stands in the line."""
    return {key: value for key, value in recipient.items() if key != "drafter"}


def _write(path: Path, rows: Iterable[Row], keys: tuple[str, ...]) -> Path:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(json.dumps({key: row[key] for key in keys}, ensure_ascii=False) + "\n")
    return path
