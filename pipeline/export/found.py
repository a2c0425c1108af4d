"""The obligations found by a query, as JSON, CSV, Markdown, a calendar or a workbook."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.export.csv import write_lines, write_table
from pipeline.export.md import table
from pipeline.rows import OBLIGATION_KEYS, Row

#: The keys of the JSON export, and the document by which a duty is owed.
KEYS = (*OBLIGATION_KEYS, "doc_type", "doc_code", "doc_date", "doc_issuer", "doc_subject", "found_as", "found_by")
_WORKBOOK, _CALENDAR = Path("vanthu-query.xlsx"), Path("vanthu-query.ics")


def write_rows(rows: Sequence[Row], form: str, output: Path | None) -> Path | None:
    """Write ``rows`` as ``json``, ``csv``, ``md``, ``ics`` or ``xlsx`` to ``output``; the path written.

    Without ``output``, JSON, CSV and Markdown go to the standard output (``None`` is returned), a workbook or calendar
    to the current folder.
    """
    if form == "xlsx":
        from pipeline.export.xlsx import write_found

        write_found(rows, output or _WORKBOOK)
        return output or _WORKBOOK
    if form == "ics":
        from pipeline.export.ics import calendar

        (output or _CALENDAR).write_bytes(calendar(rows))
        return output or _CALENDAR
    if form == "csv":
        if output is None:
            write_lines(sys.stdout, rows, KEYS)
            return None
        return write_table(output, rows, KEYS)
    return _written(table(rows) if form == "md" else _json(rows), output)


def _json(rows: Sequence[Row]) -> str:
    return json.dumps([{key: row[key] for key in KEYS} for row in rows], ensure_ascii=False, indent=1) + "\n"


def _written(words: str, output: Path | None) -> Path | None:
    if output is None:
        sys.stdout.write(words)
    else:
        output.write_text(words, encoding="utf-8")
    return output
