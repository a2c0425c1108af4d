"""PDF: words by geometry, stamped form fields made visible, columns and tables resolved, scans refused.

pdfium must never run in threads (the process dies); one process reads one file at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractors.model import Box, Line, RawDocument
from pipeline.readers.errors import UnreadableDocument
from pipeline.readers.legacy import CONVERTED, is_legacy, to_unicode
from pipeline.readers.options import DEFAULT, Options
from pipeline.readers.pdf_layout import in_reading_order, pieces_of
from pipeline.readers.pdf_noise import is_page_number, is_stamp, margin_key, running_headers, without_stamps
from pipeline.readers.pdf_page import Grid, Page
from pipeline.readers.pdf_signatures import read_signatures
from pipeline.readers.pdf_tables import find_grids, has_rules, join_pages
from pipeline.readers.pdf_unruled import find_unruled
from pipeline.readers.pdf_words import Char, TextRow, Word, frame_of, page_chars, rows_of, shown_box, words_of
from pipeline.readers.plausible import judge

#: Below this many characters beside the stamps a page with a big image is a scan.
_FEW = 200
_SCANNED = "Tệp PDF chỉ có ảnh quét, chưa có lớp chữ: cần nhận dạng chữ (OCR)"
_LOCKED = "Tệp PDF có mật khẩu mở hoặc khóa bằng chứng thư: hãy xin bản không khóa rồi nạp lại"
_RECOGNISED = "Lớp chữ của tệp PDF do phần mềm nhận dạng từ ảnh quét: cần soát lại với bản gốc"
_DAMAGED = "Tệp PDF bị hỏng hoặc tải về chưa đủ: hãy xin lại bản gốc"


def read_pdf(path: Path, options: Options = DEFAULT) -> RawDocument:
    """Read a PDF with a text layer.

    Raises :class:`UnreadableDocument` when the file is damaged or locked, holds only pictures of pages, or a text layer
    that is no readable Vietnamese. Single scanned pages among others are named in a warning.
    """
    pages = _pages(path)
    scanned = [page.number for page in pages if page.scanned]
    if not pages:
        raise UnreadableDocument(path, _DAMAGED)
    if all(page.scanned or not page.rows for page in pages):
        raise UnreadableDocument(path, _SCANNED)
    warnings: list[str] = []
    if scanned:
        names = ", ".join(map(str, scanned))
        warnings.append(f"Trang {names} là ảnh quét, chưa đọc được chữ: cần nhận dạng chữ (OCR)")
    pages, warnings = _in_unicode(pages, warnings)
    headers = running_headers([page.rows for page in pages], [page.height for page in pages])
    pages = [replace(page, rows=tuple(row for row in page.rows if not _is_noise(row, page, headers))) for page in pages]
    refusal, doubt = judge(row.text for page in pages for row in page.rows)
    if refusal:
        raise UnreadableDocument(path, refusal)
    ocr = any(page.recognised for page in pages)
    warnings += [doubt] if doubt else [_RECOGNISED] if ocr else []
    pages = find_unruled(find_grids(path, pages) if any(page.ruled for page in pages) else pages)
    signatures, doubts = read_signatures(path)
    return RawDocument("pdf", tuple(_lines(pages)), len(pages), ocr, (*warnings, *doubts), signatures=signatures)


def _in_unicode(pages: list[Page], warnings: list[str]) -> tuple[list[Page], list[str]]:
    """The pages with text of old fonts converted; elsewhere a soft hyphen that is printed is a hyphen."""
    old = is_legacy(row.text for page in pages for row in page.rows)
    convert = to_unicode if old else lambda text: text.replace("\u00ad", "-")
    changed = [replace(page, rows=tuple(row.mapped(convert) for row in page.rows)) for page in pages]
    return changed, [*warnings, CONVERTED] if old else warnings


def _pages(path: Path) -> list[Page]:
    try:
        with closing(pdfium.PdfDocument(path)) as document:
            document.init_forms()
            return [_page(document, index) for index in range(len(document))]
    except pdfium.PdfiumError as error:
        locked = any(word in str(error).lower() for word in ("password", "security"))
        raise UnreadableDocument(path, _LOCKED if locked else _DAMAGED) from error


def _page(document: pdfium.PdfDocument, index: int) -> Page:
    page = document[index]
    width, height = page.get_size()
    before = page_chars(page)
    chars = before
    if (fields := _field_boxes(page)) and _flatten(page):
        page.close()
        page = document[index]
        chars = _without_legends(before, page_chars(page), fields)
    pieces = [piece for row in rows_of(words_of(chars)) for piece in pieces_of(row)]
    kept = without_stamps(pieces)
    rows = tuple(rows_of(word for piece in kept for word in piece.words))
    pictured = _has_big_image(page, width * height)
    scanned = pictured and sum(len(row.text) for row in rows) < _FEW
    found = Page(
        index + 1,
        width,
        height,
        rows,
        ruled=not scanned and has_rules(page),
        scanned=scanned,
        recognised=pictured and not scanned and _is_invisible(page),
    )
    page.close()
    return found


def _flatten(page: pdfium.PdfPage) -> bool:
    """Draw the form fields into the page. An inherited page box is first made its own, else pdfium changes it."""
    box = raw.FS_RECTF()
    if page.get_mediabox(fallback_ok=False) is None and raw.FPDF_GetPageBoundingBox(page.raw, box):
        page.set_mediabox(box.left, box.bottom, box.right, box.top)
    return bool(raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS)


def _field_boxes(page: pdfium.PdfPage) -> list[Box]:
    """The boxes of the form fields and stamps of a page, in points with top-left origin."""
    frame = frame_of(page)
    boxes: list[Box] = []
    for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        rect = raw.FS_RECTF()
        if annotation and raw.FPDFAnnot_GetRect(annotation, rect):
            boxes.append(shown_box(rect, frame))
        if annotation:
            raw.FPDFPage_CloseAnnot(annotation)
    return boxes


def _without_legends(before: Sequence[Char], after: Sequence[Char], fields: Sequence[Box]) -> list[Char]:
    """The characters of a flattened page without those of fields that hold only a signature's legend."""
    known = {_key(char) for char in before}
    added = [char for char in after if _key(char) not in known]
    legend: set[int] = set()
    for box in fields:
        inside = [
            char for char in added if box[0] - 2 <= char.x0 <= box[2] + 2 and box[1] - 2 <= char.base <= box[3] + 2
        ]
        rows = rows_of(words_of(inside))
        if any(is_stamp(row.text) for row in rows):
            legend |= {id(char) for char in inside}
    return [char for char in after if id(char) not in legend]


def _key(char: Char) -> tuple[str, int, int]:
    return char.text, round(char.x0), round(char.base)


def _has_big_image(page: pdfium.PdfPage, area: float) -> bool:
    """True when the pictures of a page cover half of it (some scanners cut a page into strips)."""
    covered = 0.0
    for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = image.get_bounds()
        covered += abs((right - left) * (top - bottom))
    return covered > 0.5 * area


def _is_invisible(page: pdfium.PdfPage) -> bool:
    """True when most text of a page is drawn invisibly."""
    modes = [raw.FPDFTextObj_GetTextRenderMode(text.raw) for text in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])]
    return modes.count(raw.FPDF_TEXTRENDERMODE_INVISIBLE) * 2 > len(modes)


def _is_noise(row: TextRow, page: Page, headers: set[str]) -> bool:
    return is_page_number(row, page.height) or (margin_key(row) in headers and _in_margin(row, page))


def _in_margin(row: TextRow, page: Page) -> bool:
    return row.base < 72 or row.base > page.height - 72


def _lines(pages: Sequence[Page]) -> Iterator[Line]:
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
                yield from (Line(row.text, page.number, row.box) for row in ordered)


def _outside(row: TextRow, grids: Sequence[Grid]) -> tuple[Word, ...]:
    return tuple(word for word in row.words if not any(grid.holds(word) for grid in grids))
