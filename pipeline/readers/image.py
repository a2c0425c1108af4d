"""Picture files of scanned pages: TIFF with any number of pages, JPEG, PNG and others, recognised page by page."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from extractors.raw import RawDocument
from pipeline.ocr.images import fitted
from pipeline.readers.errors import UnreadableDocument
from pipeline.readers.options import DEFAULT, Options
from pipeline.readers.pdf_page import Page
from pipeline.readers.scans import read_scans
from pipeline.readers.sheets import document_of, without_margins

_DAMAGED = "Tệp ảnh bị hỏng hoặc không rõ định dạng: hãy xin lại bản gốc"
_TOO_LARGE = "Tệp ảnh quá lớn (trên {} triệu điểm ảnh): hãy quét lại ở 300 dpi rồi nạp lại"
_TOO_MANY = "Tệp ảnh có {} trang, quá {} trang cho một văn bản: hãy tách thành nhiều tệp rồi nạp lại"
_MOST_PIXELS = 170_000_000
_MOST_PAGES = 2_000
#: What Pillow raises for damaged files of its many formats.
_DAMAGED_FILE = (
    UnidentifiedImageError, OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, AttributeError,
    OverflowError, ZeroDivisionError, RuntimeError, EOFError, struct.error, zlib.error,
)  # fmt: skip
#: Width of A4 in inches: what a picture that does not tell its resolution is taken for.
_A4 = 8.27


def read_image(path: Path, options: Options = DEFAULT) -> RawDocument:
    """Read a picture file. Raises :class:`UnreadableDocument` when it is damaged, too large, or gives no text."""
    try:
        with Image.open(path) as file:
            if file.width * file.height > _MOST_PIXELS:
                raise UnreadableDocument(path, _TOO_LARGE.format(_MOST_PIXELS // 1_000_000))
            count = getattr(file, "n_frames", 1)
            if count > _MOST_PAGES:
                raise UnreadableDocument(path, _TOO_MANY.format(count, _MOST_PAGES))
            pages = [_page(file, index) for index in range(count)]
            read, unread = read_scans(pages, lambda index: _picture(file, index), options)
    except Image.DecompressionBombError as error:  # Pillow's own bound, at about 179 million
        raise UnreadableDocument(path, _TOO_LARGE.format(_MOST_PIXELS // 1_000_000)) from error
    except _DAMAGED_FILE as error:
        raise UnreadableDocument(path, _DAMAGED) from error
    return document_of(path, without_margins(read), unread, "image")


def _page(file: Image.Image, index: int) -> Page:
    file.seek(index)
    scale = resolution(file) / 72
    return Page(index + 1, file.width / scale, file.height / scale, (), scanned=True)


def _picture(file: Image.Image, index: int) -> tuple[Image.Image, float]:
    """A page of the file, the right way round as its camera says, fit to be recognised."""
    file.seek(index)
    return fitted(ImageOps.exif_transpose(file), resolution(file))


def resolution(file: Image.Image) -> float:
    """Pixels an inch, as the file says when that is likely, else as if its shorter side were that of A4."""
    stated = float(file.info.get("dpi", (0, 0))[0])
    shorter = min(file.size)
    return stated if 4 < shorter / max(stated, 1.0) < 20 else shorter / _A4
