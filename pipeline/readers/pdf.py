"""PDF: words by geometry, stamped form fields made visible, columns and tables resolved, pictures recognised.

pdfium must never run in threads (the process dies); one process reads one file at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractors.raw import Box, RawDocument
from pipeline.ocr.images import render
from pipeline.readers.errors import UnreadableDocument
from pipeline.readers.options import DEFAULT, Options
from pipeline.readers.pdf_noise import is_stamp
from pipeline.readers.pdf_page import Page
from pipeline.readers.pdf_signatures import read_signatures
from pipeline.readers.pdf_tables import find_grids, has_rules
from pipeline.readers.pdf_unruled import find_unruled
from pipeline.readers.pdf_words import Char, frame_of, page_chars, rows_of, shown_box, words_of
from pipeline.readers.scans import read_scans
from pipeline.readers.sheets import document_of, in_unicode, without_legends, without_margins

#: Below this many characters beside the stamps a page with a big image is a scan.
_FEW = 200
#: A page takes some 50 milliseconds; the longest documents of a ministry have some two thousand.
_MOST_PAGES = 5_000
_TOO_MANY = "Tệp PDF có {} trang, quá {} trang cho một văn bản: hãy kiểm tra nguồn gửi hoặc tách thành nhiều tệp"
_LOCKED = "Tệp PDF có mật khẩu mở hoặc khóa bằng chứng thư: hãy xin bản không khóa rồi nạp lại"
_DAMAGED = "Tệp PDF bị hỏng hoặc tải về chưa đủ: hãy xin lại bản gốc"


def read_pdf(path: Path, options: Options = DEFAULT) -> RawDocument:
    """Read a PDF; pages that are pictures, or whose text layer is no readable Vietnamese, are recognised.

    Raises :class:`UnreadableDocument` when the file is damaged or locked, or no page of it gives text. Single pages
    that give none are in ``RawDocument.unread``.
    """
    try:
        with closing(pdfium.PdfDocument(path)) as document:
            if len(document) > _MOST_PAGES:
                raise UnreadableDocument(path, _TOO_MANY.format(len(document), _MOST_PAGES))
            document.init_forms()
            pages, converted = in_unicode([_page(document, index) for index in range(len(document))])
        with closing(pdfium.PdfDocument(path)) as document:  # afresh, for stamps are drawn into the pages above
            pages, unread = read_scans(pages, lambda index: render(document[index]), options)
    except pdfium.PdfiumError as error:
        locked = any(word in str(error).lower() for word in ("password", "security"))
        raise UnreadableDocument(path, _LOCKED if locked else _DAMAGED) from error
    if not pages:
        raise UnreadableDocument(path, _DAMAGED)
    pages = without_margins(pages)
    pages = find_unruled(find_grids(path, pages) if any(page.ruled for page in pages) else pages)
    found = document_of(path, pages, unread)
    signatures, doubts = read_signatures(path)
    return replace(found, signatures=signatures, warnings=(*found.warnings, *converted, *doubts))


def _page(document: pdfium.PdfDocument, index: int) -> Page:
    page = document[index]
    width, height = page.get_size()
    before = page_chars(page)
    chars = before
    if (fields := _field_boxes(page)) and _flatten(page):
        page.close()
        page = document[index]
        chars = _without_field_legends(before, page_chars(page), fields)
    words = words_of(chars)
    rows = without_legends(rows_of(words))
    pictured = _has_big_image(page, width * height)
    scanned = pictured and sum(len(row.text) for row in rows) < _FEW
    found = Page(
        index + 1,
        width,
        height,
        rows,
        ruled=not scanned and has_rules(page),
        scanned=scanned,
        stamped=tuple(word.box for word in words) if scanned else (),
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


def _without_field_legends(before: Sequence[Char], after: Sequence[Char], fields: Sequence[Box]) -> list[Char]:
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
