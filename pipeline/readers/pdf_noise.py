"""What is printed on a page but is no part of the document: signature stamps, page numbers, running headers.

Stamp texts follow Nghị định 30/2020/NĐ-CP, Phụ lục I, box 8 (*Ký bởi, Email, Cơ quan, Thời gian ký*) and what the
signing tools in use print.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extractors.fold import fold
from pipeline.readers.pdf_words import TextRow

_STAMP_LABEL = re.compile(
    r"^(?:nguoi ky|ky boi|ky so boi|duoc ky boi|email|e-mail|co quan|to chuc|don vi|chuc vu|thoi gian ky|ngay ky|gio ky"
    r"|ky ngay|digitally signed|signed by|date|time|reason|location|contact|ly do|dia diem)\s*[:.]"
    r"|^digitally signed|^signature (?:not )?v|^\(?(?:da )?ky so|^chu ky so"
)
_STAMP_TIME = re.compile(
    r"\b\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? +\d{1,2}:\d{2}|\b\d{1,2}:\d{2}:\d{2}\b|[+-]\d{2}[:']\d{2}\b|\d-\d{2}-\d{2}T\d"
)
_STRONG = re.compile(
    r"^(?:nguoi ky|ky boi|ky so boi|thoi gian ky|ngay ky|digitally signed|signed by|signature (?:not )?v\w*)\b"
)
_MAIL = re.compile(r"[\w.-]+@[\w-]+(?:\.[\w-]+)+")
_PAGE_NUMBER = re.compile(r"^\W*(?:trang|page)?\W*\d{1,4}\W*(?:(?:/|tren|of)\W*\d{1,4}\W*)?$")
#: Height of the top and bottom margin in points (Nghị định 30/2020, Phụ lục I, I.1: 20 to 25 mm), with some room.
MARGIN = 72.0


def is_stamp(text: str) -> bool:
    """True when the text of a form field is a signature's own legend, not a value put into the document."""
    folded = fold(text).strip()
    return bool(_STAMP_LABEL.search(folded) or _STAMP_TIME.search(text) or _MAIL.search(text))


def without_stamps(pieces: Sequence[TextRow]) -> list[TextRow]:
    """Pieces of lines without the legends of signatures: small blocks of labels, and what hangs under a label."""
    ordered = sorted(pieces, key=lambda piece: piece.base)
    marked = [piece for piece in ordered if _STRONG.search(fold(piece.text))]
    dropped: set[int] = set()
    for label in marked:
        dropped |= _block(label, ordered)
    return [piece for piece in pieces if id(piece) not in dropped]


def _block(label: TextRow, ordered: Sequence[TextRow]) -> set[int]:
    """The legend around a strong label: neighbours with the same left edge and size, up to the last labelled one."""
    near = [
        piece
        for piece in ordered
        if abs(piece.box[0] - label.box[0]) < 3
        and abs(piece.base - label.base) < 8 * label.size
        and piece.size < label.size * 1.2
    ]
    labelled = [
        piece
        for piece in near
        if piece is label or _STAMP_LABEL.search(fold(piece.text)) or _STAMP_TIME.search(piece.text)
    ]
    top, bottom = min(piece.base for piece in labelled), max(piece.base for piece in labelled)
    return {id(piece) for piece in near if top <= piece.base <= bottom}


def is_page_number(row: TextRow, height: float) -> bool:
    """True for a lone number in the top or bottom margin."""
    in_margin = row.base < MARGIN or row.base > height - MARGIN
    return in_margin and bool(_PAGE_NUMBER.match(fold(row.text)))


def running_headers(pages: Sequence[Sequence[TextRow]], heights: Sequence[float]) -> set[str]:
    """Keys of lines that stand in the margin of at least three pages, and of a third of all pages (odd and even).

    Of two pages the same line must stand at the foot of both, at the same height: at the top it may head a table.
    """
    if len(pages) == 2:
        feet = [
            {(margin_key(row), round(height - row.base)) for row in rows if row.base > height - MARGIN}
            for rows, height in zip(pages, heights, strict=True)
        ]
        return {key for key, _ in feet[0] & feet[1]}
    counts: Counter[str] = Counter()
    for rows, height in zip(pages, heights, strict=True):
        counts.update({margin_key(row) for row in rows if row.base < MARGIN or row.base > height - MARGIN})
    least = max(3, len(pages) // 3)
    return {key for key, count in counts.items() if count >= least}


def margin_key(row: TextRow) -> str:
    """A line of the margin without its numbers, as it repeats from page to page."""
    return re.sub(r"[\d\s]+", "", fold(row.text))
