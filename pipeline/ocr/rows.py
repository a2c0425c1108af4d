"""From words in a picture to rows on a page: sizes and baselines as a typed page would have them.

The engine gives boxes of ink. Where the baseline runs and how large the letters are follows from which letters a word
has: *nhà* ends on the baseline, *quý* below it; a capital with a mark stands higher than a small letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import groupby
from statistics import median

from extractors.cells import is_person
from extractors.letters import LOWER, UPPER
from pipeline.ocr.engine import Seen
from pipeline.readers.pdf_layout import pieces_of
from pipeline.readers.pdf_words import TextRow, Word, rows_of
from pipeline.readers.plausible import is_plausible

_BELOW = re.compile(r"[gpqyjQ,;()\[\]{}/|]")
_TALL = re.compile(rf"[bdđfhklt\d()\[\]/|!?{UPPER}]")
_ABOVE = frozenset("\u0300\u0301\u0302\u0303\u0306\u0309")
_DOT_BELOW = "\u0323"
_SURE, _UNSURE, _SHORT = 70, 30, 4
#: The end of a symbol, behind a number that may be anything.
_SYMBOL = re.compile(rf"/[{UPPER}]{{2}}[{UPPER}{LOWER}&-]*$")
#: What print is made of: letters, figures and the signs of punctuation.
_SIGNS = re.compile(rf"[{UPPER}{LOWER}\d]|^[-–—+*.,;:!?()\[\]/\"'“”‘’…%&=<>]+$")
_AROUND = " .,;:()[]{}\"'“”‘’-–—_|"
#: Heights in parts of the font size, as in Times New Roman, which Nghị định 30/2020/NĐ-CP prescribes.
_SMALL, _CAPITAL, _HIGH, _DROP = 0.46, 0.68, 0.88, 0.21


def rows(words: Iterable[Seen], scale: float) -> tuple[TextRow, ...]:
    """Rows of words in points; ``scale`` is the pixels per point of the picture."""
    placed: list[Word] = []
    for _, group in groupby(sorted(words, key=lambda word: word.line), key=lambda word: word.line):
        placed += _placed(sorted(group, key=lambda word: word.left), scale)
    return tuple(rows_of(placed))


def _placed(line: Sequence[Seen], scale: float) -> list[Word]:
    """The words of a line in points. Boxes that cover each other a little are parted, for a line stays one."""
    size, base = _size(line) / scale, _base(line) / scale
    out: list[Word] = []
    for one in line:
        left = max(one.left / scale, out[-1].x1) if out else one.left / scale
        out.append(Word(one.text, left, max(one.right / scale, left), base, size, one.sure))
    return out


def without_ink(rows: Iterable[TextRow]) -> tuple[TextRow, ...]:
    """Rows without what the engine makes of seals, signatures and stamps. Ink right before a few words stays: it may
    cover a part of an office or a name, which must not look whole."""
    kept: list[TextRow] = []
    for row in rows:
        words = tuple(word for word in row.words if not _is_speck(word))
        pieces = pieces_of(TextRow(words)) if words else []
        for at, piece in enumerate(pieces):
            following = pieces[at + 1] if at + 1 < len(pieces) else None
            if not _is_ink(piece) or (following and _covers(piece, following)):
                kept.append(piece)
    return tuple(rows_of(word for piece in kept for word in piece.words))


def _is_speck(word: Word) -> bool:
    """True for a sign that no print has, and of which the engine is not sure: a speck of dust, the end of a rule."""
    return word.sure is not None and word.sure < _SURE and not _SIGNS.search(word.text)


def _covers(ink: TextRow, piece: TextRow) -> bool:
    near = piece.words[0].x0 - ink.words[-1].x1 < 3 * piece.size
    named = piece.text.isupper() or is_person(piece.text.strip(_AROUND))
    return near and named and len(piece.words) <= _SHORT and not _is_ink(piece)


def _is_ink(row: TextRow) -> bool:
    """True for a piece of a line that is no print: no word of it is fairly sure, or has the form of one and is not
    quite unsure."""
    return not any(_is_print(word.text, 100 if word.sure is None else word.sure) for word in row.words)


def _is_print(text: str, sure: int) -> bool:
    bare = text.strip(_AROUND)
    if not any(map(str.isalnum, bare)):
        return False
    if sure >= _SURE or _SYMBOL.search(bare):
        return True
    return sure >= _UNSURE and (is_plausible(bare) or bare.isdecimal())


def _size(line: Sequence[Seen]) -> float:
    """The font size of a line in pixels."""
    return median((word.bottom - word.top) / (_rise(word.text) + _drop(word.text)) for word in line)


def _base(line: Sequence[Seen]) -> float:
    """Where the baseline of a line runs, in pixels from the top."""
    ending = [word.bottom for word in line if not _drop(word.text) and any(map(str.isalnum, word.text))]
    return median(ending) if ending else median(word.bottom for word in line) - _DROP * _size(line)


def _rise(text: str) -> float:
    """How far a word rises above its baseline."""
    marked = [char for char in text if _marks(char) & _ABOVE]
    if any(map(str.isupper, marked)):
        return _HIGH
    return _CAPITAL if marked or _TALL.search(text) else _SMALL


def _drop(text: str) -> float:
    return _DROP if _BELOW.search(text) or any(_DOT_BELOW in _marks(char) for char in text) else 0.0


def _marks(char: str) -> set[str]:
    return set(unicodedata.normalize("NFD", char)[1:])
