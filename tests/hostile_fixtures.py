"""Files that mean harm, made small: bombs, loops, lies, traps. All units and persons are invented."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable

from containers_fixtures import DUTY, LETTER, edxml, zipped
from readers_fixtures import W, letter, letter_docx, new_pdf

SECRET = "bí mật của máy"
_LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
LAUGHS = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a0 "ha">{_LAUGHS}]>'


def outside(path: str) -> str:
    """A document type that asks for a file of this machine and for a host."""
    return (
        f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a9 SYSTEM "file://{path}">'
        '<!ENTITY % b SYSTEM "http://127.0.0.1:9/b.dtd">]>'
    )


def word(body: str, prolog: str = "", **parts: str | bytes) -> bytes:
    """A Word file with this XML as its body, and more parts (``word__vbaProject.bin`` for ``word/vbaProject.bin``)."""
    buffer, out = io.BytesIO(), io.BytesIO()
    letter_docx().save(buffer)
    document = f"{prolog}<w:document {W}><w:body>{body}</w:body></w:document>"
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, document if name == "word/document.xml" else source.read(name))
        for name, content in parts.items():
            target.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def paragraph(text: str) -> str:
    """A paragraph of a Word file."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def swollen(data: bytes, claimed: int) -> bytes:
    """The archive with every entry claiming to be so many bytes long."""
    out, at = bytearray(data), -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        struct.pack_into("<I", out, at + 24, claimed)
    return bytes(out)


def pdf(objects: Iterable[bytes], root: int = 1) -> bytes:
    """A PDF of these objects, numbered from 1."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, root, start)
    return bytes(out)


def stream(head: bytes, content: bytes) -> bytes:
    """A compressed stream of a PDF."""
    packed = zlib.compress(content, 9)
    return b"<< %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (head, len(packed), packed)


_CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
_PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"


def pdfs() -> dict[str, bytes]:
    """PDF files with too many pages, none, and circles in every place."""
    many = b"<< /Type /Pages /Count 100000 /Kids [%s] >>" % (b"3 0 R " * 100_000)
    picture = b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 1 /ColorSpace /DeviceGray"
    shown = _PAGE[:-2] + b"/Contents 4 0 R /Resources << /XObject << /A %d 0 R >> >> >>"
    draw = stream(b"", b"q 595 0 0 842 0 0 cm /A Do Q")
    single = b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A 5 0 R >> >>"
    return {
        "many.pdf": pdf([_CATALOG, many, _PAGE]),
        "zero.pdf": pdf([_CATALOG, b"<< /Type /Pages /Count 0 /Kids [] >>"]),
        "claimed.pdf": pdf([_CATALOG, b"<< /Type /Pages /Count 2147483647 /Kids [3 0 R] >>", _PAGE]),
        "circle.pdf": pdf([_CATALOG, b"<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R] /Parent 2 0 R >>"]),
        "outlines.pdf": pdf([
            b"<< /Type /Catalog /Pages 2 0 R /Outlines 4 0 R >>", single, _PAGE,
            b"<< /Type /Outlines /First 5 0 R /Last 5 0 R >>",
            b"<< /Title (a) /Parent 4 0 R /Next 5 0 R /Prev 5 0 R /First 4 0 R >>",
        ]),
        "drawn in itself.pdf": pdf([_CATALOG, single, shown % 5, draw, stream(form, b"/A Do")]),
        "object streams.pdf": pdf([
            _CATALOG, single, _PAGE, stream(b"/Type /ObjStm /N 1 /First 4 /Extends 4 0 R", b"4 0 "),
        ]),
        "picture.pdf": pdf([_CATALOG, single, shown % 5, draw, stream(picture, bytes(2_000_000))]),
        "page of a mile.pdf": pdf([_CATALOG, single, _PAGE.replace(b"595 842", b"14400000 14400000")]),
    }  # fmt: skip


def lying_font() -> bytes:
    """A dispatch that looks right, and whose font names a wrong letter for every glyph."""
    made = new_pdf()
    made.set_compression(False)
    data = bytes(letter(made).output())
    start, end = data.index(b"beginbfchar"), data.rindex(b"endbfchar")
    wrong = data[start:end].replace(b"<00", b"<01").replace(b"<1E", b"<2A")
    return data[:start] + wrong + data[end:]


def pictures() -> dict[str, bytes]:
    """Pictures of a few bytes that claim to be gigabytes."""
    size = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", size), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b""))
    png = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
    tags = ((256, 100_000), (257, 100_000), (258, 8), (259, 1), (262, 1), (273, 8), (277, 1), (278, 100_000), (279, 10))
    tiff = b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", len(tags))
    tiff += b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags) + bytes(4)
    jp2 = b"\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14ftypjp2 \0\0\0\0jp2 \0\0\0\x2djp2h\0\0\0\x16ihdr" + struct.pack(
        ">IIHBBBB", 100_000, 100_000, 3, 7, 7, 0, 0
    )
    return {"bomb.png": png, "bomb.tif": tiff, "bomb.jpg": jp2}


def hostile() -> dict[str, bytes]:
    """All of them by name."""
    nested_zip = zipped({"a.txt": LETTER})
    for _ in range(6):
        nested_zip = zipped({"b.zip": nested_zip})
    deep_mail = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2000))
    table = "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>"
    deep = paragraph(DUTY)
    for _ in range(400):
        deep = table.format(deep)
    return {
        "bomb.docx": swollen(word(paragraph(DUTY)), 700_000_000),
        "bomb.xlsx": swollen(zipped({"[Content_Types].xml": "", "xl/workbook.xml": ""}), 700_000_000),
        "bomb.zip": zipped({"a.txt": b"\0" * (20 << 20)}),
        "laughs.docx": word(paragraph("&a9;"), LAUGHS),
        "laughs.edxml": LAUGHS.encode() + b"<edXML>&a9;</edXML>",
        "laughs.xml": LAUGHS.encode() + b"<edXML>&a9;</edXML>",
        "deep.docx": word(deep),
        "deep.html": b"<html><body>" + b"<div>" * 5_000 + DUTY.encode(),
        "tables.html": b"<html><body>" + b"<table><tr><td>" * 1_000 + DUTY.encode(),
        "deep.rtf": b"{\\rtf1 " + b"{" * 300 + b"Bao cao",
        "deep.eml": b"MIME-Version: 1.0\n" + deep_mail,
        "deep.zip": nested_zip,
        "ld.html": b"<html><script type='application/ld+json'>" + b"[" * 100_000 + b"</script><p>" + DUTY.encode(),
        "macro.docm": word(paragraph(DUTY), word__vbaProject_bin=b"\xd0\xcf\x11\xe0"),
        "mile.txt": b"aGVsbG8" * 60_000,
        "font.pdf": lying_font(),
        **pdfs(),
        **pictures(),
        **edxml_traps(),
    }


def edxml_traps() -> dict[str, bytes]:
    """A message whose attachments are named to lead out of its place."""
    return {
        "lead out.edxml": edxml({"../../../../tmp/ra ngoài.txt": LETTER.encode(), "/etc/cron.d/x.txt": DUTY.encode()})
    }
