"""Readers: a file in, its lines in reading order out. One module per format; the content decides, then the suffix."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from extractors.raw import RawDocument
from pipeline.readers.docx import read_docx
from pipeline.readers.errors import UnreadableDocument
from pipeline.readers.html import read_html
from pipeline.readers.image import read_image
from pipeline.readers.mhtml import is_web_archive, read_mhtml
from pipeline.readers.office import BARE, OFFICE
from pipeline.readers.ole import container_kind
from pipeline.readers.options import DEFAULT, Options
from pipeline.readers.pdf import read_pdf
from pipeline.readers.soffice import converted
from pipeline.readers.text import read_markdown, read_text
from pipeline.refusals import system_reason

__all__ = [
    "BARE",
    "DEFAULT",
    "OFFICE",
    "PICTURED",
    "READERS",
    "SUPPORTED",
    "Options",
    "UnreadableDocument",
    "read",
    "together",
]

#: Suffix -> reader. A new format is a module and a line here.
READERS: dict[str, Callable[[Path], RawDocument]] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".mht": read_mhtml,
    ".mhtml": read_mhtml,
    ".docx": read_docx,
    ".docm": read_docx,
}
#: The same for files that may hold pictures of pages.
PICTURED: dict[str, Callable[[Path, Options], RawDocument]] = {
    ".pdf": read_pdf,
    ".tif": read_image,
    ".tiff": read_image,
    ".jpg": read_image,
    ".jpeg": read_image,
    ".png": read_image,
    ".bmp": read_image,
}
SUPPORTED: frozenset[str] = frozenset({*READERS, *PICTURED, *OFFICE})

_CONVERT = "hãy mở tệp và lưu lại ở dạng .docx hoặc .pdf rồi nạp lại"
_REFUSED = {
    "ole": "Tệp Office đời cũ (.doc …) bị hỏng hoặc không rõ loại: hãy mở bằng Word, lưu lại hoặc xin lại bản gốc",
    "old word": f"Tệp Word 6/95 trở về trước, quá cũ để đọc: {_CONVERT}",
    "encrypted": "Tệp Office có mật khẩu mở: hãy bỏ mật khẩu rồi nạp lại",
    "spreadsheet": f"Tệp bảng tính Excel (.xls), không phải văn bản: {_CONVERT}",
    "presentation": f"Tệp trình chiếu PowerPoint (.ppt), không phải văn bản: {_CONVERT}",
    "message": "Thư Outlook (.msg), không phải văn bản: hãy lưu tệp đính kèm của thư rồi nạp lại",
    "office": f"Tệp bảng tính hoặc trình chiếu không phải văn bản: {_CONVERT}",
    "zip": "Tệp nén hoặc tệp Word bị hỏng: hãy giải nén hoặc xin lại bản gốc rồi nạp từng văn bản",
    "bomb": "Tệp Word bung ra quá 500 MB (có thể là bom nén): hãy kiểm tra nguồn gửi",
    "binary": "Tệp nhị phân không rõ định dạng: hãy kiểm tra lại tệp gốc",
}
_TOO_LONG = "Tệp chứa hơn 20 triệu ký tự, quá dài cho một văn bản: hãy kiểm tra nguồn gửi hoặc tách thành nhiều tệp"
#: A law of 500 pages has 1.5 million characters; a Word file with many pictures unpacks into some 100 MB.
_MOST_CHARACTERS, _MOST_UNPACKED = 20_000_000, 500 << 20
_HEAD, _PART = 4096, 1 << 20
_MANIFEST = "META-INF/manifest.xml"
#: Word 2003 saved its files as XML too, under this name space.
_WORD_XML = b"http://schemas.microsoft.com/office/word/2003/wordml"
#: Suffixes under which plain text is met, besides its own.
_NAMED_TEXT = frozenset({"", ".text", ".log", ".docx", ".docm", *OFFICE})


def read(path: Path, options: Options = DEFAULT) -> RawDocument:
    """Read a file of any supported format.

    Out: the lines in reading order. Raises :class:`UnreadableDocument` for a file that is empty, damaged, encrypted,
    scanned or of an unsupported format. Many office files are read faster inside :func:`together`.
    """
    kind = _kind(path)
    if kind in _REFUSED:
        raise UnreadableDocument(path, _REFUSED[kind])
    if kind not in SUPPORTED:
        raise UnreadableDocument(path, f"Không hỗ trợ tệp đuôi “{path.suffix}”: {_CONVERT}")
    able = PICTURED.get(kind) or OFFICE.get(kind)
    document = able(path, options) if able else READERS[kind](path)
    if not any(line.text.strip() for line in document.lines):
        raise UnreadableDocument(path, "Tệp không có chữ nào: hãy kiểm tra lại bản gốc")
    if sum(len(line.text) for line in document.lines) > _MOST_CHARACTERS:
        raise UnreadableDocument(path, _TOO_LONG)
    return document


@contextmanager
def together(paths: Iterable[Path]) -> Iterator[Mapping[Path, Path | None]]:
    """Convert the office files among ``paths`` in one go; the result is for ``Options.converted`` inside the block."""
    kinds: dict[Path, str] = {}
    for path in paths:
        with suppress(Exception):  # reading the file will say what is wrong with it
            kinds[path] = _kind(path)
    with converted({path: kind for path, kind in kinds.items() if kind in OFFICE}) as done:
        yield done


def _kind(path: Path) -> str:
    """What a file is, as :func:`_sniff` says. Raises :class:`UnreadableDocument` for one that is empty or not there."""
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError as error:
        reason = f"Không mở được tệp ({system_reason(error)}): hãy kiểm tra đường dẫn và quyền"
        raise UnreadableDocument(path, reason) from error
    if not head:
        raise UnreadableDocument(path, "Tệp rỗng (0 byte): hãy xin lại bản gốc")
    return _sniff(path, head)


def _sniff(path: Path, head: bytes) -> str:
    """The key in ``READERS`` or ``_REFUSED`` for a file, by its first bytes, else by its suffix."""
    start = _plain(head).lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in head[:1024]:
        return ".pdf"
    if head.startswith(b"PK\x03\x04"):
        return _sniff_zip(path)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "encrypted" if _holds(path, "EncryptedPackage") else container_kind(path)
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG", b"II*\x00", b"MM\x00*", b"GIF8")):
        return ".tif"
    if kind := _text_kind(start):
        return kind
    suffix = path.suffix.lower()
    if _is_binary(head):
        return suffix if suffix in (".pdf", ".docx", ".docm", ".bmp") else "binary"
    return ".txt" if suffix in _NAMED_TEXT else suffix


def _text_kind(start: bytes) -> str | None:
    """Which of the formats that are written in plain letters a file has; ``None`` for a text."""
    if start.startswith(b"{\\rtf"):
        return ".rtf"
    if is_web_archive(start):
        return ".mht"
    if _WORD_XML in start:
        return ".doc"
    return ".html" if _is_markup(start) else None


def _plain(head: bytes) -> bytes:
    """The head of a file that begins with the mark of UTF-16 in UTF-8, any other as it is."""
    return head.decode("utf-16", "ignore").encode() if head.startswith((b"\xff\xfe", b"\xfe\xff")) else head


def _is_markup(start: bytes) -> bool:
    lowered = start[:1024].lower()
    return lowered.startswith((b"<!doctype html", b"<html")) or (lowered.startswith(b"<?xml") and b"<html" in lowered)


def _is_binary(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    zeros = head.count(0)
    return 0 < zeros < len(head) * 0.3 or sum(byte < 9 or 13 < byte < 27 for byte in head) > len(head) * 0.1 > zeros


def _sniff_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            kind, sealed = _start(archive, "mimetype", names), _start(archive, _MANIFEST, names)
            swollen = sum(entry.file_size for entry in archive.infolist()) > _MOST_UNPACKED
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError, zlib.error):
        return "zip"
    if swollen:
        return "bomb"
    if "word/document.xml" in names:
        return ".docx"
    if b"opendocument.text" in kind:
        return "encrypted" if b"encryption-data" in sealed else ".odt"
    return "office" if "[Content_Types].xml" in names or b"opendocument" in kind else "zip"


def _start(archive: zipfile.ZipFile, name: str, names: set[str]) -> bytes:
    """The first bytes of a part, none when it is missing: it may claim to be gigabytes long."""
    if name not in names:
        return b""
    with archive.open(name) as part:
        return part.read(_PART)


def _holds(path: Path, name: str) -> bool:
    """True when an OLE container names a stream ``name`` (directory entries are UTF-16)."""
    return name.encode("utf-16-le") in path.read_bytes()
