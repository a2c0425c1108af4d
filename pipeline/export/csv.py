"""CSV with a byte order mark, so that a spreadsheet shows Vietnamese at once; lists are joined by ``; ``."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from sqlalchemy import Engine

from pipeline.export.drafters import shown_recipients
from pipeline.export.labels import annex_lines, copy_line, party_line, recipient_line, signature_lines
from pipeline.query import each_citation, each_document, each_obligation
from pipeline.rows import CITATION_KEYS, DOCUMENT_KEYS, OBLIGATION_KEYS, Row

#: How a cell begins that a spreadsheet runs (OWASP, CSV Injection): also in full width, as typed on keyboards of Asia.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write(engine: Engine, target: Path, with_drafters: bool) -> list[Path]:
    """Write the three tables under the keys of the JSON export; the full text of the documents stays out."""
    documents = [
        row
        | {
            "recipients": [recipient_line(one) for one in shown_recipients(row["recipients"], with_drafters)],
            "addressed": [party_line(one) for one in row["addressed"] or ()],
            "copied": copy_line(row["copied"]),
            "annexes": annex_lines(row["annexes"]),
            "signatures": signature_lines(row["signatures"]),
        }
        for row in each_document(engine)
    ]
    without_text = tuple(key for key in DOCUMENT_KEYS if key != "text")
    return [
        write_table(target / "documents.csv", documents, without_text),
        write_table(target / "obligations.csv", each_obligation(engine), OBLIGATION_KEYS),
        write_table(target / "citations.csv", each_citation(engine), CITATION_KEYS),
    ]


def write_table(path: Path, rows: Iterable[Row], keys: tuple[str, ...]) -> Path:
    """Write ``rows`` as one CSV file with ``keys`` as its columns."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        write_lines(file, rows, keys)
    return path


def write_lines(file: TextIO, rows: Iterable[Row], keys: tuple[str, ...]) -> None:
    """Write the heading and ``rows`` to an open file."""
    writer = csv.writer(file)
    writer.writerow(keys)
    writer.writerows([cell(row[key]) for key in keys] for row in rows)


def cell(value: object) -> str:
    """A value as one cell. A text that a spreadsheet would run as a formula is kept a text by a leading apostrophe."""
    text = "; ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) and not isinstance(value, int | float) else text
