"""What a recognised page says where only few readings make sense: number and symbol, dates, offices, set phrases.

Words are not corrected by likeness alone. A reading is replaced only where the law leaves one possible word; the
warning then holds what was read. What was written by hand and cannot be read is left blank, never guessed.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.raw import Line
from pipeline.ocr.mending import mended
from pipeline.ocr.repair_dates import repair_dates
from pipeline.ocr.repair_head import repair_dateline, repair_number
from pipeline.ocr.repair_phrases import repair_phrases
from pipeline.ocr.repair_signature import repair_signature
from pipeline.ocr.repair_symbols import repair_symbols

#: A letterhead ends within this many lines of a page.
_HEAD_LINES = 24


def repair(lines: Sequence[Line]) -> tuple[list[Line], tuple[str, ...]]:
    """The lines of recognised pages, in reading order, with what can be decided put right, and warnings."""
    warnings: list[str] = []
    out: list[Line] = []
    for page in sorted({line.page for line in lines}):
        sheet = [line for line in lines if line.page == page]
        head, rest = sheet[:_HEAD_LINES], sheet[_HEAD_LINES:]
        for mend in (repair_number, repair_dateline, repair_phrases):
            head = [mended(line, mend(line), warnings) for line in head]
        sheet = repair_signature([*head, *rest], warnings)
        for mend in (repair_dates, repair_symbols):
            sheet = [mended(line, mend(line), warnings) for line in sheet]
        out += sheet
    return out, tuple(dict.fromkeys(warnings))
