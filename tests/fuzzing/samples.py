"""A small sound file of every format: what the fuzzer damages. Units and persons are invented."""

from __future__ import annotations

import io
import tomllib
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from functools import cache
from pathlib import Path

from containers_fixtures import LETTER, edxml, mail, zipped
from PIL import Image
from readers_fixtures import (
    BODY,
    LEFT,
    RECIPIENTS,
    RIGHT,
    SIGNATURE,
    grid,
    letter,
    letter_docx,
    new_pdf,
    of_pictures,
    with_fields,
    word_97,
)

TESTS = Path(__file__).resolve().parents[1]
_LINES = (*LEFT, *RIGHT, "Kính gửi: Các sở, ban, ngành tỉnh.", *BODY, *RECIPIENTS, *SIGNATURE)
_ODT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:text>{}</office:text>'
    "</office:body></office:document-content>"
)


@cache
def samples() -> tuple[tuple[str, bytes], ...]:
    """Suffix and bytes of each sample; the formats that have most code come several times."""
    return tuple(_samples())


def _samples() -> Iterator[tuple[str, bytes]]:
    text = "\n".join(_LINES)
    page = "<html><head><meta name='a' content='b'></head><body>" + "".join(f"<p>{line}</p>" for line in _LINES)
    page += "<table><tr><th>TT</th><th>Nhiệm vụ</th></tr><tr><td>1</td><td>Báo cáo<br>tháng</td></tr></table>"
    yield ".txt", text.encode()
    yield ".txt", text.encode("utf-16")
    yield ".md", ("# " + text + "\n\n| TT | Nhiệm vụ |\n|---|---|\n| 1 | **Báo cáo** [x](http://a.b) |\n").encode()
    yield ".html", page.encode()
    yield ".mht", _web_archive(page)
    yield ".docx", docx()
    yield ".docx", docx()
    yield from ((".pdf", data) for data in _pdfs())
    yield ".doc", word_97([(line + "\r", False) for line in _LINES])
    yield ".rtf", b"{\\rtf1\\ansi" + b"".join(b"\\par " + _escaped(line) for line in _LINES) + b"}"
    paragraphs = "".join(f"<text:p>{line}<text:s text:c='2'/><text:tab/></text:p>" for line in _LINES)
    yield (
        ".odt",
        zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": _ODT.format(paragraphs)}),
    )
    yield from ((f".{kind}", picture_file(kind)) for kind in ("png", "tiff", "jpeg", "bmp"))
    yield ".zip", zipped({"2024/cv.txt": LETTER, "b.zip": zipped({"c.docx": docx()})})
    yield ".eml", mail({"cv.txt": LETTER.encode(), "hồ sơ.zip": zipped({"a.txt": LETTER})}).as_bytes()
    yield ".edxml", edxml({"cv.txt": LETTER.encode()})


def docx() -> bytes:
    """A dispatch in Word, small."""
    buffer = io.BytesIO()
    letter_docx().save(buffer)
    return buffer.getvalue()


def _pdfs() -> Iterator[bytes]:
    for compressed in (True, False):
        pdf = new_pdf()
        pdf.set_compression(compressed)
        letter(pdf)
        pdf.add_page()
        grid(pdf, (("TT", "Nhiệm vụ"), ("1", "Báo cáo\nkết quả"), ("2", "Tổng hợp")), 100, (40, 300))
        yield bytes(pdf.output())
    yield with_fields(bytes(letter(new_pdf()).output()), [((100, 90, 160, 110), ("215",))])
    yield bytes(of_pictures(Image.new("L", (60, 80), 200)).output())


def _web_archive(page: str) -> bytes:
    message = EmailMessage()
    message["From"] = "<Saved by a browser>"
    message.set_content(page, subtype="html")
    return b"MIME-Version: 1.0\n" + message.as_bytes()


def _escaped(line: str) -> bytes:
    return "".join(char if char.isascii() else f"\\u{ord(char)}?" for char in line).encode("ascii")


def picture_file(kind: str) -> bytes:
    """A small grey page as a picture file."""
    buffer = io.BytesIO()
    Image.new("L", (90, 120), 200).save(buffer, kind)
    return buffer.getvalue()


@cache
def phrases() -> tuple[str, ...]:
    """Words of dispatches to put together: all texts of the examples, by sentence and by piece."""
    found: dict[str, None] = dict.fromkeys(_LINES)
    for path in sorted((TESTS / "examples").glob("*.toml")):
        for value in _strings(tomllib.loads(path.read_text(encoding="utf-8"))):
            found.update(dict.fromkeys(value.split("\n")))
    return tuple(phrase for phrase in found if phrase)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


def is_zip(data: bytes) -> bool:
    """True for a sample that is an archive inside, so that its parts can be damaged too."""
    return zipfile.is_zipfile(io.BytesIO(data))
