"""Pages that are pictures: judged one by one, recognised, and kept only when what comes out is readable Vietnamese."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING

from extractors.raw import Box, UnreadPage
from pipeline.limits import still_at_work
from pipeline.ocr.engine import OcrError
from pipeline.readers.options import Options
from pipeline.readers.pdf_page import Grid, Page
from pipeline.readers.pdf_tables import filled
from pipeline.readers.pdf_words import TextRow, rows_of
from pipeline.readers.plausible import is_readable
from pipeline.readers.sheets import without_legends

if TYPE_CHECKING:
    from PIL.Image import Image

    from pipeline.ocr.recognise import Sheet

#: A picture of the page with this index, grey and without red, and its pixels per point.
Pictures = Callable[[int], "tuple[Image, float]"]

#: The modules of the extra ``ocr``, and the libraries they come from.
_LIBRARIES = {"cv2": "opencv-python-headless", "pytesseract": "pytesseract"}
_LACKING = "Trang là ảnh quét, cần thư viện {}: hãy cài bằng lệnh `pip install 'vanthu[ocr]'` rồi chạy lại"
_SKIPPED = "Trang là ảnh quét, chưa đọc vì đã tắt nhận dạng chữ (--no-ocr): hãy chạy lại không có --no-ocr"
_ILLEGIBLE = "Trang là ảnh quét, nhận dạng không ra chữ đọc được: hãy xem trang này trong bản gốc hoặc quét lại rõ hơn"


def read_scans(pages: Sequence[Page], pictures: Pictures, options: Options) -> tuple[list[Page], list[UnreadPage]]:
    """The pages with those that are pictures, or whose text layer means nothing, recognised; and what stays unread.

    A typed page that recognition makes no better (an annex in English, a list of codes) stays, marked as doubtful.
    """
    out: list[Page] = []
    unread: list[UnreadPage] = []
    for page in pages:
        if not page.scanned and is_readable(row.text for row in page.rows):
            out.append(page)
            continue
        try:
            out.append(_recognised(page, pictures, options))
        except OcrError as error:
            if page.scanned:
                unread.append(UnreadPage(page.number, str(error)))
            out.append(replace(page, rows=()) if page.scanned else replace(page, doubtful=True))
        still_at_work()
    return out, unread


def _recognised(page: Page, pictures: Pictures, options: Options) -> Page:
    """A page as recognised. Raises ``OcrError`` when it cannot be, or comes out as no Vietnamese."""
    from pipeline.ocr.images import without_boxes
    from pipeline.ocr.recognise import recognise
    from pipeline.ocr.rows import without_ink
    from pipeline.ocr.stamps import without_arrival_stamp

    if not options.ocr:
        raise OcrError(_SKIPPED)
    _require_libraries()
    picture, scale = pictures(page.number - 1)
    sheet = recognise(without_boxes(picture, page.stamped, scale), scale, options.cache)
    rows = without_arrival_stamp(without_ink(without_legends(sheet.rows)), sheet.height)
    if page.scanned:
        rows = tuple(rows_of(word for row in (*rows, *page.rows) for word in row.words))
    if not is_readable(row.text for row in rows):
        raise OcrError(_ILLEGIBLE)
    upright = replace(page, rows=rows, width=sheet.width, height=sheet.height, ruled=False, scanned=False)
    return replace(upright, recognised=True, grids=_grids(sheet, rows))


def _require_libraries() -> None:
    """Raise ``OcrError`` with the install command when what recognises pages is not installed."""
    lacking = [library for module, library in _LIBRARIES.items() if find_spec(module) is None]
    if lacking:
        raise OcrError(_LACKING.format(", ".join(lacking)))


def _grids(sheet: Sheet, rows: Sequence[TextRow]) -> tuple[Grid, ...]:
    """The ruled tables of a recognised page, filled with its words."""
    words = [word for row in rows for word in row.words]
    found = [filled(_around(table), table, words) for table in sheet.tables]
    return tuple(grid for grid in found if grid)


def _around(table: Sequence[Sequence[Box | None]]) -> Box:
    cells = [cell for row in table for cell in row if cell]
    lefts, tops, rights, bottoms = zip(*cells, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
