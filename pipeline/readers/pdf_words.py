"""Words of a PDF page by geometry: characters from pdfium, words by the gap between them, lines by their baseline.

The spaces pdfium guesses are not used: in files whose font changes within a word they break words. Values that an
e-office stamped into form fields (number and day of issue) become visible when the page is flattened first.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractors.raw import Box
from pipeline.readers.symbols import sign

#: What pdfium gives for a hyphen at the end of a line or one that must not break.
_HYPHENS = frozenset((0x02, 0xFFFE, 0x2010, 0x2011))
#: Gap between two characters that parts two words, in parts of the font size (a space is about 0.25).
_WORD_GAP = 0.17
#: Distance of baselines within which two words stand on one line, in parts of the font size.
_BASELINE = 0.36
#: The same for a raised or lowered small word.
_RAISED = 0.5
_UNIT = re.compile(r"(?:^|\d)[kcdm]?m$")


#: x and y of the origin, then what x and y of the page space add to each.
Frame = tuple[float, float, float, float, float, float]
#: x, y and box, as pdfium writes them.
Place = tuple[ctypes.c_double, ctypes.c_double, raw.FS_RECTF]


@dataclass(frozen=True, slots=True)
class Char:
    """A character with its place, top-left origin, in points."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    space: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or a piece of a line, with its place in points, top-left origin.

    ``sure`` is how sure the recognition of a scan is of it, 0 to 100; ``None`` for typed text.
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    sure: int | None = None

    @property
    def top(self) -> float:
        """Upper edge, by the usual rise of a font."""
        return self.base - 0.8 * self.size

    @property
    def bottom(self) -> float:
        """Lower edge, by the usual drop of a font."""
        return self.base + 0.22 * self.size

    @property
    def box(self) -> Box:
        """The box around the word."""
        return self.x0, self.top, self.x1, self.bottom


@dataclass(frozen=True, slots=True)
class TextRow:
    """The words on one baseline, from left to right."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words parted by single spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def confidences(self) -> tuple[int, ...]:
        """How sure the recognition is of each word; empty for typed text."""
        sure = tuple(word.sure for word in self.words if word.sure is not None)
        return sure if len(sure) == len(self.words) else ()

    def mapped(self, convert: Callable[[str], str]) -> TextRow:
        """The same row with every word converted."""
        return TextRow(tuple(replace(word, text=convert(word.text)) for word in self.words))

    @property
    def box(self) -> Box:
        """The box around the words."""
        return (
            round(min(word.x0 for word in self.words), 1),
            round(min(word.top for word in self.words), 1),
            round(max(word.x1 for word in self.words), 1),
            round(max(word.bottom for word in self.words), 1),
        )

    @property
    def base(self) -> float:
        """The baseline of the longest word."""
        return max(self.words, key=lambda word: len(word.text)).base

    @property
    def size(self) -> float:
        """The font size of the longest word."""
        return max(self.words, key=lambda word: len(word.text)).size


def page_chars(page: pdfium.PdfPage) -> list[Char]:
    """The characters of a page in content order; turned text and guessed spaces are left out."""
    textpage = page.get_textpage()
    try:
        frame = frame_of(page)
        place = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
        chars = [_char(textpage.raw, index, frame, place) for index in range(textpage.count_chars())]
    finally:
        textpage.close()
    return [char for char in chars if char is not None]


def frame_of(page: pdfium.PdfPage) -> Frame:
    """The affine map from page space to the shown page (crop box and rotation applied), as six numbers."""
    width, height = page.get_size()
    scale = 100
    x, y = ctypes.c_int(), ctypes.c_int()

    def shown(px: float, py: float) -> tuple[float, float]:
        raw.FPDF_PageToDevice(page.raw, 0, 0, round(width * scale), round(height * scale), 0, px, py, x, y)
        return x.value / scale, y.value / scale

    (ox, oy), (ax, ay), (bx, by) = shown(0, 0), shown(1000, 0), shown(0, 1000)
    return ox, oy, (ax - ox) / 1000, (ay - oy) / 1000, (bx - ox) / 1000, (by - oy) / 1000


def shown_box(rect: raw.FS_RECTF, frame: Frame) -> Box:
    """A rectangle of the page space on the shown page."""
    ox, oy, ax, ay, bx, by = frame
    x0, x1, y0, y1 = rect.left, rect.right, rect.bottom, rect.top
    a0, a1, b0, b1 = ax * x0, ax * x1, bx * y0, bx * y1
    c0, c1, d0, d1 = ay * x0, ay * x1, by * y0, by * y1
    return (
        ox + min(a0, a1) + min(b0, b1),
        oy + min(c0, c1) + min(d0, d1),
        ox + max(a0, a1) + max(b0, b1),
        oy + max(c0, c1) + max(d0, d1),
    )


def _char(textpage: raw.FPDF_TEXTPAGE, index: int, frame: Frame, place: Place) -> Char | None:
    """A character of the text layer; ``place`` is room for what pdfium says of it, made once for a page."""
    code = raw.FPDFText_GetUnicode(textpage, index)
    code = 0x2D if code in _HYPHENS else code
    if code < 32 or code == 0xFFFF or raw.FPDFText_IsGenerated(textpage, index) == 1:
        return None
    _, oy, ax, ay, bx, by = frame
    angle = raw.FPDFText_GetCharAngle(textpage, index)  # clockwise
    along = math.cos(angle) * ax - math.sin(angle) * bx
    if along < 0.9 * math.hypot(ax, bx):
        return None
    x, y, rect = place
    if not raw.FPDFText_GetCharOrigin(textpage, index, x, y) or not raw.FPDFText_GetLooseCharBox(textpage, index, rect):
        return None
    left, top, right, bottom = shown_box(rect, frame)
    base = oy + ay * x.value + by * y.value
    text = sign(code)
    text = chr(code) if text is None else text
    return Char(text, left, right, base, bottom - top, not text.strip())


def rows_of(words: Iterable[Word]) -> list[TextRow]:
    """Group words on baselines, top to bottom. A smaller word that stands a little higher (m², a stamp) joins."""
    groups: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.base, word.x0)):
        home = next((group for group in reversed(groups[-4:]) if _fits(word, group)), None)
        if home is None:
            groups.append([word])
        else:
            home.append(word)
    rows = [TextRow(tuple(sorted(group, key=lambda word: word.x0))) for group in groups]
    return sorted(rows, key=lambda row: row.base)


def _fits(word: Word, group: Sequence[Word]) -> bool:
    """True when a word belongs to a group; words come from top to bottom, so the last of the group is the nearest."""
    down = word.base - group[-1].base
    if down > _BASELINE * word.size:
        size = max(other.size for other in group)
        smaller = min(word.size, size) < 0.8 * max(word.size, size)
        if down > (_RAISED if smaller else _BASELINE) * max(word.size, size):
            return False
    # Asked for every two words of a row, and hardly ever true: the first two terms save the call.
    return not any(word.x1 - other.x0 > 1.5 and other.x1 - word.x0 > 1.5 and _overlap(word, other) for other in group)


def _overlap(word: Word, other: Word) -> bool:
    """True when two words cover each other for more than a third of the shorter one."""
    shared = min(word.x1, other.x1) - max(word.x0, other.x0)
    return shared > max(1.5, 0.35 * min(word.x1 - word.x0, other.x1 - other.x0))


def words_of(chars: Sequence[Char]) -> list[Word]:
    """Build the words of a page from its characters."""
    words: list[Word] = []
    run: list[Char] = []
    for char in _attached(chars):
        if run and not _continues(run[-1], char):
            words.append(_word(run))
            run = []
        if char.space:
            continue
        if not run or not _doubled(run[-1], char):
            run.append(char)
    if run:
        words.append(_word(run))
    return _merged(_undoubled(words))


def _attached(chars: Sequence[Char]) -> Iterable[Char]:
    """Characters with combining marks put on the letter before, wherever their box lies."""
    held: Char | None = None
    for char in chars:
        if held is not None and char.text and unicodedata.combining(char.text[0]):
            held = Char(held.text + char.text, held.x0, held.x1, held.base, held.size)
            continue
        if held is not None:
            yield held
        held = char
    if held is not None:
        yield held


def _continues(before: Char, char: Char) -> bool:
    size = max(before.size, char.size, 1.0)
    if char.space:
        return False
    gap = char.x0 - before.x1
    return abs(char.base - before.base) <= _BASELINE * size and -0.9 * size < gap < _WORD_GAP * size


def _doubled(before: Char, char: Char) -> bool:
    """True for a letter printed twice to look bold."""
    return before.text == char.text and char.x0 - before.x0 < 0.12 * char.size and abs(char.base - before.base) < 1


def _word(run: Sequence[Char]) -> Word:
    size = max(char.size for char in run)
    base = max(run, key=lambda char: char.size).base
    text = unicodedata.normalize("NFC", "".join(char.text for char in run))
    return Word(text, run[0].x0, max(char.x1 for char in run), base, size)


def _undoubled(words: list[Word]) -> list[Word]:
    """Drop a word drawn a second time over itself."""
    seen: set[tuple[str, int, int]] = set()
    out = []
    for word in words:
        keys = {(word.text, round(word.x0 / 2) + dx, round(word.base / 2) + dy) for dx in (0, 1) for dy in (0, 1)}
        if len(word.text) > 1 and keys & seen:
            continue
        seen |= keys
        out.append(word)
    return out


def _merged(words: list[Word]) -> list[Word]:
    """Join pieces of one word that the content draws apart (font changes), left to right on each baseline."""
    out: list[Word] = []
    for row in rows_of(words):
        line: list[Word] = []
        for word in row.words:
            before = line[-1] if line else None
            size = max(word.size, before.size) if before else word.size
            if before and _belongs(before, word, size):
                line[-1] = Word(before.text + word.text, before.x0, word.x1, before.base, before.size)
            else:
                line.append(word)
        out.extend(line)
    return out


def _belongs(before: Word, word: Word, size: float) -> bool:
    """True for the rest of a word, or the raised figure of a unit (m², km²)."""
    gap = word.x0 - before.x1
    if _UNIT.search(before.text) and word.text in ("2", "3") and word.size < 0.8 * before.size:
        return -0.3 * size < gap < 0.2 * size
    return abs(word.base - before.base) < 0.1 * size and -0.3 * size < gap < 0.06 * size
