"""From the pages of a file to its document: noise dropped, tables and columns resolved, lines in reading order.

Typed pages and recognised ones take the same road from here on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from extractors.raw import Line, RawDocument, UnreadPage
from pipeline.readers.errors import UnreadableDocument
from pipeline.readers.legacy import modernised
from pipeline.readers.pdf_layout import in_reading_order, pieces_of
from pipeline.readers.pdf_noise import is_page_number, margin_key, running_headers, without_stamps
from pipeline.readers.pdf_page import Grid, Page
from pipeline.readers.pdf_tables import join_pages
from pipeline.readers.pdf_words import TextRow, Word, rows_of
from pipeline.readers.plausible import judge

_RECOGNISED = "Chữ của trang {} do máy nhận dạng từ ảnh quét: cần soát lại với bản gốc"
_DOUBTFUL = "Chữ của trang {} không giống tiếng Việt (tiếng nước ngoài hoặc phông chữ hỏng): cần soát lại với bản gốc"
_UNREAD = "Trang {} chưa đọc được: xem lý do trong danh sách tệp không đọc được"


def document_of(path: Path, pages: Sequence[Page], unread: Sequence[UnreadPage], kind: str = "pdf") -> RawDocument:
    """The document of pages that were cleared of margins. Raises :class:`UnreadableDocument` when none gives text."""
    if unread and not any(page.rows for page in pages):
        raise UnreadableDocument(path, unread[0].reason)
    refusal, doubt = judge(row.text for page in pages for row in page.rows)
    if refusal:
        raise UnreadableDocument(path, refusal)
    recognised = [page.number for page in pages if page.recognised and page.rows]
    warnings = [doubt] if doubt else []
    warnings += [_RECOGNISED.format(_ranges(recognised))] if recognised else []
    doubtful = [page.number for page in pages if page.doubtful]
    warnings += [_DOUBTFUL.format(_ranges(doubtful))] if doubtful else []
    warnings += [_UNREAD.format(_ranges([one.page for one in unread]))] if unread else []
    lines, mended = _repaired(list(lines_of(pages)), set(recognised))
    return RawDocument(kind, tuple(lines), len(pages), bool(recognised), (*warnings, *mended), tuple(unread))


def _repaired(lines: list[Line], recognised: set[int]) -> tuple[list[Line], tuple[str, ...]]:
    """The lines with what recognition misread on these pages put right where that is certain, and warnings."""
    if not any(line.confidences for line in lines):
        return lines, ()
    from pipeline.ocr.repair import repair

    read, warnings = repair([line for line in lines if line.page in recognised])
    typed = [line for line in lines if line.page not in recognised]
    return sorted([*typed, *read], key=lambda line: line.page), warnings


def _ranges(numbers: Sequence[int]) -> str:
    """Page numbers as people write them: ``1–3, 5``."""
    runs = [[number for _, number in run] for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def in_unicode(pages: Sequence[Page]) -> tuple[list[Page], tuple[str, ...]]:
    """The pages with text of old fonts converted, and warnings; elsewhere a soft hyphen that is printed is a hyphen."""
    rows = [row for page in pages for row in page.rows]
    texts, warnings = modernised([row.text for row in rows])
    read = iter(texts)
    return [replace(page, rows=tuple(_reworded(row, next(read)) for row in page.rows)) for page in pages], warnings


def _reworded(row: TextRow, text: str) -> TextRow:
    """The row with the words of its converted text."""
    if text == row.text:
        return row.mapped(lambda word: word.replace("\u00ad", "-")) if "\u00ad" in text else row
    words = text.split(" ")
    if len(words) != len(row.words):
        return row
    return TextRow(tuple(replace(word, text=new) for word, new in zip(row.words, words, strict=True)))


def without_legends(rows: Iterable[TextRow]) -> tuple[TextRow, ...]:
    """Rows without the legends that signing programs print (*Ký bởi …*)."""
    pieces = [piece for row in rows for piece in pieces_of(row)]
    return tuple(rows_of(word for piece in without_stamps(pieces) for word in piece.words))


def without_margins(pages: Sequence[Page]) -> list[Page]:
    """The pages without page numbers and running headers."""
    headers = running_headers([page.rows for page in pages], [page.height for page in pages])
    return [replace(page, rows=tuple(row for row in page.rows if not _is_noise(row, page, headers))) for page in pages]


def _is_noise(row: TextRow, page: Page, headers: set[str]) -> bool:
    return is_page_number(row, page.height) or (margin_key(row) in headers and _in_margin(row, page))


def _in_margin(row: TextRow, page: Page) -> bool:
    return row.base < 72 or row.base > page.height - 72


def lines_of(pages: Sequence[Page]) -> Iterator[Line]:
    """The lines of all pages in reading order, tables row by row."""
    for page in join_pages(pages):
        loose = [TextRow(words) for row in page.rows if (words := _outside(row, page.grids))]
        items: list[tuple[float, list[TextRow] | Grid]] = [(grid.box[1], grid) for grid in page.grids]
        tops = sorted(grid.box[1] for grid in page.grids)
        for row in loose:
            band = sum(top < row.base for top in tops)
            start = tops[band - 1] + 0.1 if band else 0.0
            if (same := next((rows for at, rows in items if at == start and isinstance(rows, list)), None)) is not None:
                same.append(row)
            else:
                items.append((start, [row]))
        for _, item in sorted(items, key=lambda pair: pair[0]):
            if isinstance(item, Grid):
                yield from (Line(text, page.number, box, True) for text, box in item.rows)
            else:
                ordered = in_reading_order(item, page.width)
                yield from (Line(row.text, page.number, row.box, confidences=row.confidences) for row in ordered)


def _outside(row: TextRow, grids: Sequence[Grid]) -> tuple[Word, ...]:
    return tuple(word for word in row.words if not any(grid.holds(word) for grid in grids))
