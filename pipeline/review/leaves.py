"""Pictures of the pages of a document, drawn from the file from which it was read, as long as that is unchanged."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.rows import Row

if TYPE_CHECKING:
    from PIL.Image import Image

#: Pixels across a page: enough to be read at twice its size.
_ACROSS = 1400
_MOST_PIXELS = 40_000_000
#: pdfium bears no two threads at a time: all pictures are drawn by one.
_PAINTER = ThreadPoolExecutor(1, "leaves")


class Leaf(NamedTuple):
    """The size of a page in points."""

    width: float
    height: float


def leaves(row: Row) -> list[Leaf]:
    """The sizes of the pages of a document; none for a format without pages, and for a file that is gone or changed."""
    path = _file_of(row)
    if path is None:
        return []
    return _PAINTER.submit(_sizes, path, row["format"]).result()


def picture(row: Row, number: int) -> bytes | None:
    """A page, counted from 1, as PNG; ``None`` when there is no picture of it."""
    path = _file_of(row)
    if path is None or number < 1:
        return None
    return _PAINTER.submit(_drawn, path, row["format"], number - 1).result()


def _file_of(row: Row) -> Path | None:
    """The file of a document with pages, if it still holds what was read (files in containers have no path)."""
    path = Path(row["source"])
    try:
        state = path.stat()
        same = row["format"] in ("pdf", "image") and _digest(path, state.st_mtime_ns, state.st_size) == row["sha256"]
    except OSError:
        return None
    return path if same else None


@lru_cache(maxsize=256)
def _digest(path: Path, _changed: int, _size: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sizes(path: Path, form: str) -> list[Leaf]:
    from PIL import Image, ImageOps, UnidentifiedImageError
    from pypdfium2 import PdfDocument, PdfiumError

    from pipeline.readers.image import resolution

    try:
        if form == "pdf":
            with closing(PdfDocument(path)) as document:
                return [Leaf(*document.get_page_size(index)) for index in range(len(document))]
        found = []
        with Image.open(path) as file:
            for index in range(getattr(file, "n_frames", 1)):
                file.seek(index)
                scale, upright = resolution(file) / 72, ImageOps.exif_transpose(file)
                found.append(Leaf(upright.width / scale, upright.height / scale))
        return found
    except (PdfiumError, UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        return []


def _drawn(path: Path, form: str, index: int) -> bytes | None:
    from PIL import Image, UnidentifiedImageError
    from pypdfium2 import PdfiumError

    try:
        image = _of_pdf(path, index) if form == "pdf" else _of_image(path, index)
    except (PdfiumError, UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, EOFError):
        return None
    if image is None:
        return None
    out = BytesIO()
    image.save(out, "PNG", compress_level=1)
    return out.getvalue()


def _of_pdf(path: Path, index: int) -> Image | None:
    from pypdfium2 import PdfDocument

    with closing(PdfDocument(path)) as document:
        if index >= len(document):
            return None
        document.init_forms()
        page = document[index]
        width, height = page.get_size()
        scale = min(_ACROSS / max(width, 1.0), (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
        image: Image = page.render(scale=scale).to_pil()
        page.close()
        return image


def _of_image(path: Path, index: int) -> Image | None:
    from PIL import Image, ImageOps

    with Image.open(path) as file:
        if index >= getattr(file, "n_frames", 1):
            return None
        file.seek(index)
        image = ImageOps.exif_transpose(file).convert("RGB")
    image.thumbnail((_ACROSS, _ACROSS * 4))
    return image
