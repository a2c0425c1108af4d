"""What an OLE container holds, and the plain text of a Word 97–2003 file in one.

Source: [MS-CFB] for the container, [MS-DOC] §2.5 (FIB), §2.8.35 (PlcPcd), §2.9.38 (Clx) and §2.9.73 (FcCompressed).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from pathlib import Path

import olefile

#: Stream -> what the container is.
_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", ".doc"),
    ("Workbook", "spreadsheet"),
    ("Book", "spreadsheet"),
    ("PowerPoint Document", "presentation"),
    ("__properties_version1.0", "message"),
)
_WORD_97, _MARK = 0x00C1, 0xA5EC
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_FLAGS, _LENGTH, _CLX = 0x0A, 0x4C, 0x01A2
_FIELD = re.compile("\x13[^\x13-\x15]*\x14([^\x13-\x15]*)\x15|\x13[^\x13-\x15]*\x15")
#: Paragraphs, cells and page breaks end a line; marks of pictures, notes and comments print nothing.
_PRINTED = {7: "\n", 11: "\n", 12: "\n", 13: "\n", 14: "\n", 30: "-", 31: "\u00ad", 9: "\t", 10: "\n"}
_TABLE = {code: _PRINTED.get(code) for code in range(32)}


def container_kind(path: Path) -> str:
    """What an OLE file is: ``.doc``, ``encrypted``, ``old word``, ``spreadsheet``, ``presentation``, ``message``, or
    ``ole`` when it is damaged or unknown."""
    try:
        with olefile.OleFileIO(path) as container:
            kind = next((kind for name, kind in _STREAMS if container.exists(name)), "ole")
            return _word_kind(container.openstream("WordDocument").read(12)) if kind == ".doc" else kind
    except (OSError, ValueError, IndexError, struct.error, RecursionError):
        return "ole"


def _word_kind(head: bytes) -> str:
    if len(head) < 12:
        return "ole"
    mark, version, flags = *struct.unpack_from("<HH", head), struct.unpack_from("<H", head, _FLAGS)[0]
    if mark != _MARK or version < _WORD_97:
        return "old word"
    return "encrypted" if flags & _ENCRYPTED else ".doc"


def word_text(path: Path) -> str | None:
    """The text of the body of a Word 97–2003 file, a line for each paragraph or cell; ``None`` when it is damaged.

    Fonts, list numbers, rows of tables, notes and text boxes are not in it.
    """
    try:
        with olefile.OleFileIO(path) as container:
            main = container.openstream("WordDocument").read()
            flags = struct.unpack_from("<H", main, _FLAGS)[0]
            table = container.openstream("1Table" if flags & _SECOND_TABLE else "0Table").read()
        length = struct.unpack_from("<i", main, _LENGTH)[0]
        start, size = struct.unpack_from("<II", main, _CLX)
        text = "".join(_pieces(main, table[start : start + size]))[: max(length, 0)]
    except (OSError, ValueError, IndexError, struct.error, RecursionError):
        return None
    before = ""
    while before != text:  # fields may stand in fields
        before, text = text, _FIELD.sub(lambda field: field[1] or "", text)
    return text.translate(_TABLE)


def _pieces(main: bytes, clx: bytes) -> Iterator[str]:
    """The stretches of text in order: each is Windows-1252 or UTF-16, as its descriptor says."""
    at = 0
    while clx[at] == 1:  # properties, which come before the piece table
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    size = struct.unpack_from("<I", clx, at + 1)[0]
    count = (size - 4) // 12
    limits = struct.unpack_from(f"<{count + 1}I", clx, at + 5)
    if list(limits) != sorted(limits) or limits[-1] > len(main):  # else a small file could say it holds gigabytes
        raise ValueError
    for index in range(count):
        place = struct.unpack_from("<I", clx, at + 5 + 4 * (count + 1) + 8 * index + 2)[0]
        length = limits[index + 1] - limits[index]
        if place & 0x40000000:
            start = (place & 0x3FFFFFFF) // 2
            yield main[start : start + length].decode("cp1252", "replace")
        else:
            yield main[place : place + 2 * length].decode("utf-16-le", "replace")
