"""Which letters the bytes of a text file are."""

from __future__ import annotations

import codecs
import re

from pipeline.readers.legacy import modernised

#: How many bytes or characters tell the encoding of a text.
_SAMPLE = 20_000
_DAMAGED = "Tệp có ký tự hỏng, không rõ bảng mã: cần soát lại"
_RESTORED = "Tệp bị lưu sai bảng mã (chữ Việt thành ký hiệu lạ): đã khôi phục, cần soát lại dấu"
#: The first bytes of letters of two or more bytes in UTF-8, and what they look like in a Windows code page.
_LEADS = re.compile(rb"[\xc3-\xc6\xe1-\xe2][\x80-\xbf]")
_TWICE = re.compile("[ÃÄÆ][\u0080-\u00bf\u0152-\u02dc\u2013-\u2122]|á[º»]|Å©")
_WINDOWS = {
    ord(bytes([code]).decode("cp1252")): code
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a file and warnings about its encoding: UTF-8, UTF-16 by its mark, else Windows code pages."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data.decode(name, "replace"), ()
    if data[1:200:2].count(0) > len(data[1:200:2]) * 0.4:
        return data.decode("utf-16-le", "replace"), ("Tệp UTF-16 không có dấu BOM",)
    try:
        return _once(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    if _is_damaged_utf8(data):
        return data.decode("utf-8", "replace"), (_DAMAGED,)
    try:
        return data.decode(_code_page(data)), (
            "Tệp không dùng bảng mã Unicode: đã đọc theo mã Windows, cần soát lại dấu",
        )
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace"), (_DAMAGED,)


def _is_damaged_utf8(data: bytes) -> bool:
    """True when the bytes are UTF-8 but for a few: a file cut in the middle of a letter."""
    broken = data.decode("utf-8", "replace").count("\ufffd")
    return 10 * broken < sum(1 for lead in _LEADS.finditer(data))


def _once(text: str) -> tuple[str, tuple[str, ...]]:
    """The text as it was before somebody read its UTF-8 as a Windows code page and saved that (``á»§y ban``)."""
    if 8 * len(_TWICE.findall(text[:_SAMPLE])) < len(text[:_SAMPLE].split()):
        return text, ()
    try:
        return text.translate(_WINDOWS).encode("latin-1").decode("utf-8"), (_RESTORED,)
    except UnicodeError:
        return text, ()


def _code_page(data: bytes) -> str:
    """The Windows code page of bytes that are no Unicode: Vietnamese, or Western when they are TCVN3 or VNI text."""
    western = data[:_SAMPLE].decode("latin-1")
    return "latin-1" if modernised(western.split("\n"))[1] else "cp1258"
