"""DOC, RTF and ODT: turned into DOCX by LibreOffice and read as such; without LibreOffice, the bare text.

Only the way through DOCX keeps tables, list numbers, notes, text boxes and the fonts that old encodings depend on.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from extractors.raw import Line, RawDocument
from pipeline.readers.columns import split_columns
from pipeline.readers.docx import read_docx
from pipeline.readers.errors import UnreadableDocument
from pipeline.readers.legacy import modernised
from pipeline.readers.office_text import bare_text
from pipeline.readers.options import Options
from pipeline.readers.soffice import converted

_INSTALL = "sudo apt-get install libreoffice-writer"
#: Said of a file of which only the text could be read.
BARE = (
    "Chỉ đọc được chữ vì không chuyển được tệp bằng LibreOffice: bảng, số thứ tự tự động và chú thích có thể bị mất; "
    f"hãy cài LibreOffice ({_INSTALL}) rồi đọc lại"
)
_UNREAD = (
    "Không đọc được tệp: có thể tệp bị hỏng, hoặc máy chưa có LibreOffice "
    f"(cài bằng {_INSTALL}); hãy mở tệp, lưu lại ở dạng .docx hoặc .pdf rồi nạp lại"
)


def _read_office(path: Path, options: Options, suffix: str) -> RawDocument:
    """Read a file of an office format. Raises :class:`UnreadableDocument` when neither way gives a text."""
    if path in options.converted:
        return _through(options.converted[path], path, suffix)
    with converted({path: suffix}) as alone:
        return _through(alone[path], path, suffix)


def _through(done: Path | None, path: Path, suffix: str) -> RawDocument:
    if done is not None:
        with suppress(UnreadableDocument):
            return replace(read_docx(done), format=suffix[1:])
    return _bare(path, suffix)


def _bare(path: Path, suffix: str) -> RawDocument:
    text = bare_text(path, suffix)
    if text is None:
        raise UnreadableDocument(path, _UNREAD)
    texts, warnings = modernised(text.split("\n"))
    lines = tuple(Line(line.strip(), complete=True) for _, line in split_columns(texts) if line.strip())
    return RawDocument(suffix[1:], lines, 1, warnings=(BARE, *warnings))


#: Suffix -> reader; templates and files of WPS Writer are Word files under another name.
OFFICE: dict[str, Callable[[Path, Options], RawDocument]] = {
    suffix: partial(_read_office, suffix=true)
    for suffix, true in ((".doc", ".doc"), (".dot", ".doc"), (".wps", ".doc"), (".rtf", ".rtf"), (".odt", ".odt"))
}
