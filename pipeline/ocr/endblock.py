"""The block at the end of a document, *Nơi nhận* at left and signature at right: where it lies in a picture.

Seals and signatures written over it make the engine take the whole block for a drawing, or one line of both columns.
Each column is therefore read again by itself (Nghị định 30/2020/NĐ-CP, Phụ lục I, boxes 7 and 9).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from rapidfuzz.fuzz import ratio

from extractors.fold import fold
from pipeline.ocr.engine import Seen

#: left, top, right, bottom in pixels.
Region = tuple[int, int, int, int]
Piece = Sequence[Seen]

_RECIPIENTS = "noi nhan"
_ALIKE = 70
_GAP = 2.5
_INCH = 300
_HEIGHT = 4 * _INCH
_LEFT, _MIDDLE, _RIGHT = 0.35, 0.5, 0.66
_ITEMS = 2


def columns_of(words: Sequence[Seen], width: int, height: int) -> tuple[Region, ...]:
    """The regions of the left and the right column of the last block, none on a page without one."""
    pieces = list(_pieces(words))
    anchor = _anchor(pieces, width)
    if anchor is None:
        return ()
    top = min(word.top for word in anchor)
    below = [piece for piece in pieces if top <= piece[0].top <= top + _HEIGHT]
    crossing = [
        piece[0].top - _INCH // 20
        for piece in below
        if piece[0].left < _LEFT * width and piece[-1].right > _RIGHT * width and piece[0].top > top + _INCH // 5
    ]
    bottom = min([*crossing, top + _HEIGHT, height])
    gutter = _gutter([piece for piece in below if piece[0].top < bottom], width)
    above = [max(word.bottom for word in piece) for piece in pieces if piece[-1].bottom <= top + _INCH // 20]
    across = [
        max(word.bottom for word in piece)
        for piece in pieces
        if piece[0].top < top and piece[0].left < gutter < piece[-1].right
    ]
    start = max(0, max(above, default=0), top - _INCH // 10)
    return (0, min(start, top), gutter, bottom), (gutter, max([0, top - _INCH // 2, *across]), width, bottom)


def labelled(words: Sequence[Seen], width: int) -> list[Seen]:
    """The words with the label *Nơi nhận* spelt right: by it the two columns are known."""
    anchor = _anchor(list(_pieces(words)), width)
    if anchor is None or _label(anchor) == _RECIPIENTS:
        return list(words)
    spelt = dict(zip(anchor[:2], ("Nơi", "nhận:") if len(anchor) > 1 else ("Nơi nhận:",), strict=True))
    return [replace(word, text=spelt[word]) if word in spelt else word for word in words]


def _anchor(pieces: Sequence[Piece], width: int) -> Piece | None:
    return next((piece for piece in reversed(pieces) if _is_anchor(piece, pieces, width)), None)


def _pieces(words: Sequence[Seen]) -> Iterator[Piece]:
    """Runs of words on a line without a wide gap, from top to bottom."""
    runs: list[list[Seen]] = []
    for _, group in groupby(sorted(words, key=lambda word: (word.line, word.left)), key=lambda word: word.line):
        line = list(group)
        runs.append([line[0]])
        for before, word in pairwise(line):
            if word.left - before.right > _GAP * max(word.bottom - word.top, before.bottom - before.top):
                runs.append([])
            runs[-1].append(word)
    yield from sorted(runs, key=lambda run: run[0].top)


def _is_anchor(piece: Piece, pieces: Sequence[Piece], width: int) -> bool:
    """True for *Nơi nhận* at left, however badly read, when items follow, or an item right under it is the first."""
    if piece[0].left > _LEFT * width:
        return False
    if ratio(_label(piece), _RECIPIENTS) < _ALIKE and not _has_mark_of_the_first_item(piece, pieces):
        return False
    return sum(_is_item(other, piece) for other in pieces) >= _ITEMS


def _label(piece: Piece) -> str:
    return fold(" ".join(word.text for word in piece[:2])).strip(":. ")


def _has_mark_of_the_first_item(piece: Piece, pieces: Sequence[Piece]) -> bool:
    """True for a line right above ``- Như trên``."""
    return any(
        fold("".join(word.text for word in other[:3])).startswith("-nhutren")
        and 0 < other[0].top - piece[0].top < _INCH // 3
        and abs(other[0].left - piece[0].left) < _INCH // 2
        for other in pieces
    )


def _is_item(other: Piece, anchor: Piece) -> bool:
    near = 0 < other[0].top - anchor[0].top < _INCH and abs(other[0].left - anchor[0].left) < _INCH // 2
    return near and other[0].text.startswith(("-", "–", "—", "+", "~"))


def _gutter(pieces: Sequence[Piece], width: int) -> int:
    """The middle of the widest strip without words around the middle of the page."""
    spans = sorted((piece[0].left, piece[-1].right) for piece in pieces)
    best, reach = (0, round(_MIDDLE * width)), round(_LEFT * width)
    for left, right in [*spans, (round(_RIGHT * width), width)]:
        if left > reach and reach < _RIGHT * width:
            best = max(best, (left - reach, (left + reach) // 2))
        reach = max(reach, right)
    return best[1]
