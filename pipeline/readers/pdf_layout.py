"""Columns of a PDF page: the letterhead and the last block, split by the gap between their words.

A letterhead is found by Quốc hiệu (or the Party's title) at right, the last block by *Nơi nhận* at left or by the
headings of two signers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.fold import fold
from pipeline.readers.columns import ADDRESS, NATION, PLACE_DATE, RECIPIENTS, are_signers
from pipeline.readers.pdf_words import TextRow, Word

_NOTED = re.compile(r"^\W*noi (?:nhan|gui)\b")
_HEAD_ROWS = 16
_ABOVE = 6
_GUTTER = 6.0


def pieces_of(row: TextRow) -> list[TextRow]:
    """Parts of a row that stand well apart, or in another font size: a stamp beside a line of text."""
    parts: list[list[Word]] = [[row.words[0]]]
    for before, word in pairwise(row.words):
        size = max(before.size, word.size)
        smaller = min(before.size, word.size) < 0.75 * size
        if word.x0 - before.x1 > (0.5 if smaller else 1.5) * size:
            parts.append([])
        parts[-1].append(word)
    return [TextRow(tuple(part)) for part in parts]


def in_reading_order(rows: Sequence[TextRow], width: float) -> list[TextRow]:
    """Rows of a page with their two-column blocks taken apart: left column first, then the right one."""
    out: list[TextRow] = []
    index = 0
    while index < len(rows):
        block = _letterhead(rows, index, width) or _last_block(rows, index, width)
        if block is None:
            out.append(rows[index])
            index += 1
        else:
            end, left, right = block
            out.extend(left + right)
            index = end
    return out


Block = tuple[int, list[TextRow], list[TextRow]]


# ---------------------------------------------------------------- letterhead
def _letterhead(rows: Sequence[TextRow], start: int, width: float) -> Block | None:
    """The letterhead that starts at a row: its end, its left and its right column."""
    near = range(start, min(start + 3, len(rows)))
    anchor = next((index for index in near if _nation_at(rows[index]) is not None), None)
    if anchor is None or any(row.box[2] > width * 0.52 for row in rows[start:anchor]):
        return None
    nation = TextRow(rows[anchor].words[_nation_at(rows[anchor]) or 0 :])
    if nation.box[0] < width * 0.25:
        return None
    left: list[TextRow] = []
    right: list[TextRow] = []
    dated = False
    end = min(start + _HEAD_ROWS, len(rows))
    for index in range(start, end):
        halves = _halves(rows[index], nation)
        if halves is None or (dated and _is_below(rows, index, left, width)):
            return (index, left, right) if index > anchor else None
        left += [TextRow(halves[0])] if halves[0] else []
        right += [TextRow(halves[1])] if halves[1] else []
        dated = dated or bool(PLACE_DATE.search(fold(rows[index].text)))
    return end, left, right


def _is_below(rows: Sequence[TextRow], index: int, left: Sequence[TextRow], width: float) -> bool:
    """True when a row after the date belongs to the sheet below: far down, or nearer its middle than the column's."""
    row = rows[index]
    if row.base - rows[index - 1].base > 3 * row.size or not left:
        return True
    return abs(_middle(row) - width / 2) < abs(_middle(row) - _middle(left[0]))


def _middle(row: TextRow) -> float:
    return (row.words[0].x0 + row.words[-1].x1) / 2


def _nation_at(row: TextRow) -> int | None:
    """Index of the word where Quốc hiệu starts, if this row holds it at right or alone."""
    folded = [fold(word.text) for word in row.words]
    for index in range(len(folded)):
        if NATION.match(" ".join(folded[index : index + 7])):
            return index
    return None


def _halves(row: TextRow, nation: TextRow) -> tuple[tuple[Word, ...], tuple[Word, ...]] | None:
    """The words of the left and of the right column; ``None`` when the row is none of theirs or crosses the gutter."""
    at = _nation_at(row)
    if at is not None:
        return row.words[:at], row.words[at:]
    edge, center, words = nation.box[0], _middle(nation), row.words
    if ADDRESS.match(fold(row.text)):
        return None
    if words[-1].x1 < edge:
        return words, ()
    gap, at = max(_gaps(words, edge, center), default=(0.0, 0))
    if gap > 0.62 * max(word.size for word in words) and _apart(words[:at], words[at:], edge, center):
        return words[:at], words[at:]
    if words[0].x0 >= edge - 40 and abs(_middle(row) - center) < 40:
        return (), words
    return (words, ()) if words[-1].x1 < edge + 15 and _middle(row) < edge * 0.8 else None


def _gaps(words: Sequence[Word], edge: float, center: float) -> list[tuple[float, int]]:
    """The gaps between words that may part the columns, each with the index of the word after it."""
    return [
        (after.x0 - before.x1, at)
        for at, (before, after) in enumerate(pairwise(words), 1)
        if before.x1 < center - 10 and before.x0 < edge and after.x0 > edge * 0.5
    ]


def _apart(left: Sequence[Word], right: Sequence[Word], edge: float, center: float) -> bool:
    """True when two runs of words are centred in their own columns."""
    middle = (right[0].x0 + right[-1].x1) / 2
    return (left[0].x0 + left[-1].x1) / 2 < edge and abs(middle - center) < max(45.0, (center - edge) * 0.45)


# ---------------------------------------------------------------- Nơi nhận and signature
def _last_block(rows: Sequence[TextRow], start: int, width: float) -> Block | None:
    """The block of *Nơi nhận* and signature: its end, left and right column. The signature may start higher."""
    anchor = next((index for index in range(start, min(start + _ABOVE, len(rows))) if _ends(rows[index], width)), None)
    if anchor is None or any(row.box[0] < width * 0.4 for row in rows[start:anchor]):
        return None
    end = anchor + 1
    gutter = _gutter(rows[start:end], width)
    if gutter is None:
        return None
    while end < len(rows) and (wider := _gutter(rows[start : end + 1], width)) is not None:
        gutter, end = wider, end + 1
    left = [half for row in rows[start:end] if (half := _part(row, gutter, True))]
    right = [half for row in rows[start:end] if (half := _part(row, gutter, False))]
    return (end, left, right) if right else None


def _ends(row: TextRow, width: float) -> bool:
    """True for a row that starts the last block: *Nơi nhận*, or the headings of two signers."""
    if _is_recipients(row):
        return True
    parts = pieces_of(row)
    if len(parts) != 2 or parts[0].box[2] > width * 0.55 or parts[1].box[0] < width * 0.45:
        return False
    return are_signers(parts[0].text, parts[1].text)


def _is_recipients(row: TextRow) -> bool:
    folded = fold(row.text)
    if RECIPIENTS.match(folded):
        return True
    return bool(_NOTED.match(folded)) and (len(row.words) == 2 or row.words[2].x0 - row.words[1].x1 > 20)


def _gutter(rows: Sequence[TextRow], width: float) -> float | None:
    """The middle of the widest strip without words between a third and two thirds of the width."""
    spans = sorted((word.x0, word.x1) for row in rows for word in row.words)
    reach = width * 0.3
    best: tuple[float, float] | None = None
    for x0, x1 in [*spans, (width * 0.7, width)]:
        if x0 - reach >= _GUTTER and (best is None or x0 - reach > best[0]) and reach < width * 0.7:
            best = (min(x0, width * 0.7) - reach, (min(x0, width * 0.7) + reach) / 2)
        reach = max(reach, x1)
    return best[1] if best and best[0] >= _GUTTER else None


def _part(row: TextRow, gutter: float, left: bool) -> TextRow | None:
    words = tuple(word for word in row.words if ((word.x0 + word.x1) / 2 < gutter) == left)
    return TextRow(words) if words else None
