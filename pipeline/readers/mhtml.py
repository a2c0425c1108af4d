"""Web archives (MHTML), as Word and browsers save them, often under the name ``.doc``: their page is read as HTML.

Source: RFC 2557. The parts are taken apart by the standard library's ``email``; nothing is fetched.
"""

from __future__ import annotations

import re
import tempfile
from email import message_from_bytes
from email.message import Message
from pathlib import Path

from extractors.raw import RawDocument
from pipeline.readers.errors import UnreadableDocument
from pipeline.readers.html import read_html

_HEADER = re.compile(rb"(?:[A-Za-z-]+:[^\r\n]*(?:\r?\n[ \t]+[^\r\n]*)*\r?\n){0,30}?mime-version:", re.IGNORECASE)
_PAGES = ("text/html", "application/xhtml+xml")
_STATED = re.compile(rb"charset\s*=", re.IGNORECASE)
_EMPTY = "Tệp lưu trữ trang web (MHTML) không có nội dung: hãy mở tệp, lưu lại ở dạng .docx rồi nạp lại"


def is_web_archive(start: bytes) -> bool:
    """True when a file starts as a MIME message."""
    return _HEADER.match(start) is not None


def read_mhtml(path: Path) -> RawDocument:
    """Read a web archive. Raises :class:`UnreadableDocument` when it holds no page."""
    try:
        parts = message_from_bytes(path.read_bytes()).walk()
        page = next(part for part in parts if part.get_content_type() in _PAGES)
        markup = _markup(page)
    except (StopIteration, ValueError, LookupError, RecursionError) as error:
        raise UnreadableDocument(path, _EMPTY) from error
    with tempfile.TemporaryDirectory(prefix="vanthu-") as folder:
        copy = Path(folder, "page.html")
        copy.write_bytes(markup)
        try:
            return read_html(copy)
        except UnreadableDocument as error:
            raise UnreadableDocument(path, error.reason) from error


def _markup(page: Message) -> bytes:
    """The bytes of the page; in UTF-8 when only the message says which letters they are."""
    data = page.get_payload(decode=True)
    markup = data if isinstance(data, bytes) else b""
    charset = page.get_content_charset()
    if charset is None or _STATED.search(markup[:2048]):
        return markup
    try:
        return markup.decode(charset).encode()
    except (LookupError, UnicodeDecodeError):
        return markup
