"""Which letters the bytes of a text file are."""

from __future__ import annotations

import codecs

from pipeline.readers.legacy import modernised

#: How many bytes tell the encoding of a text.
_SAMPLE = 20_000
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
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    try:
        return data.decode(_code_page(data)), (
            "Tệp không dùng bảng mã Unicode: đã đọc theo mã Windows, cần soát lại dấu",
        )
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace"), ("Tệp có ký tự hỏng, không rõ bảng mã: cần soát lại",)


def _code_page(data: bytes) -> str:
    """The Windows code page of bytes that are no Unicode: Vietnamese, or Western when they are TCVN3 or VNI text."""
    western = data[:_SAMPLE].decode("latin-1")
    return "latin-1" if modernised(western.split("\n"))[1] else "cp1258"
