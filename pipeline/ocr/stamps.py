"""The stamp of whoever received a document (*ĐẾN: Số …, Ngày …, Chuyển …*), pressed on the left margin of its first
page.

Its words stand on the same lines as title and body and would be read into them. Nothing of a document stands left of
its text below the letterhead (Nghị định 30/2020/NĐ-CP, Phụ lục I, I.2: one left margin), so words there are those of
the stamp, when some of them say so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import quantiles

from extractors.fold import fold
from pipeline.readers.columns import NATION
from pipeline.readers.pdf_words import TextRow, Word

_SAYS = re.compile(r"(?:so|ngay|den|chuyen|cv)\W*")
_HEAD, _REACH = 0.25, 0.5
_LONG = 6
_OUT = 4.0


def without_arrival_stamp(rows: Sequence[TextRow], height: float) -> tuple[TextRow, ...]:
    """The rows of a page without the words of an arrival stamp in its left margin; all of them where there is none."""
    letterhead = [row for row in rows if row.base < _HEAD * height and NATION.search(fold(row.text))]
    lefts = [row.box[0] for row in rows if len(row.words) >= _LONG and row.base > _HEAD * height]
    if not letterhead or len(lefts) < _LONG:
        return tuple(rows)
    margin = quantiles(lefts, n=5)[0] - _OUT
    below = max(row.base for row in letterhead) + 2 * letterhead[0].size

    def is_stamp(word: Word) -> bool:
        return word.x1 < margin and below < word.base < _REACH * height

    found = [word for row in rows for word in row.words if is_stamp(word)]
    if not any(_SAYS.fullmatch(fold(word.text)) for word in found):
        return tuple(rows)
    kept = [tuple(word for word in row.words if not is_stamp(word)) for row in rows]
    return tuple(TextRow(words) for words in kept if words)
