"""JSON lines for annotation tools: ``spans`` with ``start``, ``end``, ``label`` (https://prodi.gy/docs/api-interfaces)
and ``label`` as triples (doccano, sequence labelling). Each tool takes the key it knows and keeps the rest."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from pipeline.export.training.marks import Annotated
from pipeline.rows import Row


def write(documents: Iterable[Annotated], target: Path) -> list[Path]:
    """Write ``annotations.jsonl``."""
    path = target / "annotations.jsonl"
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for document in documents:
            file.write(json.dumps(_record(document), ensure_ascii=False) + "\n")
    return [path]


def _record(document: Annotated) -> Row:
    spans = [
        {"start": mark.start, "end": mark.end, "label": mark.label, "group": group, "row": mark.row}
        for group, marks in document.marks.items()
        for mark in marks
    ]
    triples = [[span["start"], span["end"], span["label"]] for span in spans]
    return {"text": document.text, "spans": spans, "label": triples, "meta": document.about()}
