"""Readers: a file in, its lines in reading order out. One module per format; the content decides, then the suffix."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

from extractors.model import RawDocument
from pipeline.readers.docx import read_docx
from pipeline.readers.errors import UnreadableDocument
from pipeline.readers.html import read_html
from pipeline.readers.options import DEFAULT, Options
from pipeline.readers.pdf import read_pdf
from pipeline.readers.text import read_markdown, read_text

__all__ = ["DEFAULT", "PICTURED", "READERS", "RECEIVED", "SUPPORTED", "Options", "UnreadableDocument", "read"]

#: Suffix -> reader. A new format is a module and a line here.
READERS: dict[str, Callable[[Path], RawDocument]] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".docx": read_docx,
    ".docm": read_docx,
}
#: The same for files that may hold pictures of pages.
PICTURED: dict[str, Callable[[Path, Options], RawDocument]] = {".pdf": read_pdf}
SUPPORTED: frozenset[str] = frozenset({*READERS, *PICTURED})
#: What dispatches arrive as: a folder search takes these too, so that each gets a row of failures with its reason.
RECEIVED: frozenset[str] = SUPPORTED | {".doc", ".rtf", ".odt", ".tif", ".tiff"}

_CONVERT = "hãy mở tệp và lưu lại ở dạng .docx hoặc .pdf rồi nạp lại"
_REFUSED = {
    "ole": f"Tệp Word đời cũ (.doc) chưa đọc được: {_CONVERT}",
    "encrypted": "Tệp Office có mật khẩu mở: hãy bỏ mật khẩu rồi nạp lại",
    "rtf": f"Tệp RTF chưa đọc được: {_CONVERT}",
    "odt": f"Tệp OpenDocument (.odt) chưa đọc được: {_CONVERT}",
    "office": f"Tệp bảng tính hoặc trình chiếu không phải văn bản: {_CONVERT}",
    "zip": "Tệp nén hoặc tệp Word bị hỏng: hãy giải nén hoặc xin lại bản gốc rồi nạp từng văn bản",
    "image": "Tệp là ảnh, chưa có lớp chữ: cần nhận dạng chữ (OCR)",
    "binary": "Tệp nhị phân không rõ định dạng: hãy kiểm tra lại tệp gốc",
}
_HEAD = 4096


def read(path: Path, options: Options = DEFAULT) -> RawDocument:
    """Read a file of any supported format.

    Out: the lines in reading order. Raises :class:`UnreadableDocument` for a file that is empty, damaged, encrypted,
    scanned or of an unsupported format.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError as error:
        raise UnreadableDocument(
            path, f"Không mở được tệp ({error.strerror}): hãy kiểm tra đường dẫn và quyền"
        ) from error
    if not head:
        raise UnreadableDocument(path, "Tệp rỗng (0 byte): hãy xin lại bản gốc")
    kind = _sniff(path, head)
    if kind in _REFUSED:
        raise UnreadableDocument(path, _REFUSED[kind])
    if kind not in SUPPORTED:
        raise UnreadableDocument(path, f"Không hỗ trợ tệp đuôi “{path.suffix}”: {_CONVERT}")
    document = PICTURED[kind](path, options) if kind in PICTURED else READERS[kind](path)
    if not any(line.text.strip() for line in document.lines):
        raise UnreadableDocument(path, "Tệp không có chữ nào: hãy kiểm tra lại bản gốc")
    return document


def _sniff(path: Path, head: bytes) -> str:
    """The key in ``READERS`` or ``_REFUSED`` for a file, by its first bytes, else by its suffix."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in head[:1024]:
        return ".pdf"
    if head.startswith(b"PK\x03\x04"):
        return _sniff_zip(path)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "encrypted" if _holds(path, "EncryptedPackage") else "ole"
    if start.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG", b"II*\x00", b"MM\x00*", b"GIF8", b"BM")):
        return "image"
    if _is_markup(start):
        return ".html"
    suffix = path.suffix.lower()
    if _is_binary(head):
        return suffix if suffix in (".pdf", ".docx", ".docm") else "binary"
    return suffix if suffix in SUPPORTED else _unknown(suffix)


def _unknown(suffix: str) -> str:
    return ".txt" if suffix in ("", ".text", ".log") else suffix


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
            kind = archive.read("mimetype")[:60] if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        return "zip"
    if "word/document.xml" in names:
        return ".docx"
    if b"opendocument" in kind:
        return "odt"
    return "office" if "[Content_Types].xml" in names else "zip"


def _holds(path: Path, name: str) -> bool:
    """True when an OLE container names a stream ``name`` (directory entries are UTF-16)."""
    return name.encode("utf-16-le") in path.read_bytes()
