"""Pictures of the pages of a document, drawn from the file from which it was read, as long as that is unchanged. A file
in an archive or a mail is taken out for that, and stays out while its pages are looked at."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import weakref
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.containers import INSIDE, holder, unpack_one
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
    return _PAINTER.submit(lambda: _sizes(file.path, row["format"]) if (file := _file_of(row)) else []).result()


def picture(row: Row, number: int) -> bytes | None:
    """A page, counted from 1, as PNG; ``None`` when there is no picture of it."""
    if number < 1:
        return None
    draw = lambda: _drawn(file.path, row["format"], number - 1) if (file := _file_of(row)) else None  # noqa: E731
    return _PAINTER.submit(draw).result()


class _File(NamedTuple):
    """Where a document can be read; a copy is there as long as ``copy`` is held."""

    path: Path
    copy: object = None


class _Copy:
    """The file ``name`` of a container, in a folder that goes with this object."""

    def __init__(self, box: Path, name: str) -> None:
        folder = tempfile.mkdtemp(prefix="vanthu-")
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self.path = unpack_one(box, name, Path(folder))


def _file_of(row: Row) -> _File | None:
    """The file of a document with pages, if it still holds what was read."""
    if row["format"] not in ("pdf", "image"):
        return None
    try:
        file = _at(row["source"])
        state = file.path.stat() if file else None
        same = file and state and _digest(file.path, state.st_mtime_ns, state.st_size) == row["sha256"]
    except OSError:
        return None
    return file if same else None


def _at(source: str) -> _File | None:
    """The file that the database calls ``source``; one in a container is taken out. Raises ``OSError``."""
    box = Path(holder(source))
    inside = source.removeprefix(f"{box}{INSIDE}")
    if inside == source:
        return _File(box)
    state = box.stat()
    copy = _taken_out(box, inside, state.st_mtime_ns, state.st_size)
    return _File(copy.path, copy) if copy.path else None


@lru_cache(maxsize=16)
def _taken_out(box: Path, name: str, _changed: int, _size: int) -> _Copy:
    return _Copy(box, name)


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
