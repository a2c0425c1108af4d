"""Builders of small files for the tests of the readers. All units and persons are invented."""

from __future__ import annotations

import io
import re
import struct
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pypdfium2 as pdfium
from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml import parse_xml
from docx.table import Table
from fpdf import FPDF
from PIL import Image

from pipeline.readers.soffice import find_soffice

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_FONTS = (
    ("/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf", "/usr/share/fonts/truetype/croscore/Tinos-Bold.ttf"),
    ("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf", "/usr/share/fonts/truetype/dejavu/DejaVuSerif-Bold.ttf"),
)
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
LEFT = ("ỦY BAN NHÂN DÂN", "TỈNH BÌNH AN", "", "Số: 215/UBND-KT", "V/v rà soát hồ sơ đầu tư")
RIGHT = (NATION, MOTTO, "", "Bình An, ngày 05 tháng 3 năm 2024")
BODY = (
    "Thực hiện Kế hoạch số 12/KH-UBND ngày 15/01/2024 của Ủy ban nhân dân tỉnh về cải cách hành chính, "
    "Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành và Ủy ban nhân dân các huyện thực hiện nội dung sau:",
    "1. Sở Kế hoạch và Đầu tư chủ trì, phối hợp với Sở Tài chính rà soát hồ sơ của các dự án chậm tiến độ, "
    "báo cáo Ủy ban nhân dân tỉnh trước ngày 20/3/2024.",
    "2. Các sở, ngành liên quan gửi số liệu về Sở Kế hoạch và Đầu tư để tổng hợp./.",
)
RECIPIENTS = ("Nơi nhận:", "- Như trên;", "- Thường trực Tỉnh ủy (b/c);", "- Lưu: VT, KT.")
SIGNATURE = ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "", "Lê Văn Mẫu")


# ---------------------------------------------------------------- PDF
def new_pdf() -> FPDF:
    """An empty A4 file, in points, with a font that has the Vietnamese letters."""
    regular, bold = next(pair for pair in _FONTS if Path(pair[0]).exists())
    pdf = FPDF(unit="pt", format="A4")
    pdf.set_auto_page_break(False)
    pdf.add_font("vi", "", regular)
    pdf.add_font("vi", "B", bold)
    pdf.add_page()
    pdf.set_font("vi", size=13)
    return pdf


def centred(pdf: FPDF, lines: Sequence[str], at: float, top: float, leading: float = 16) -> None:
    """Write lines one under the other, centred on ``at``; an empty line leaves its place free."""
    for index, line in enumerate(lines):
        pdf.text(at - pdf.get_string_width(line) / 2, top + index * leading, line)


def paragraphs(pdf: FPDF, texts: Iterable[str], top: float) -> float:
    """Write justified paragraphs; the height below them."""
    pdf.set_xy(85, top)
    for text in texts:
        pdf.set_x(85)
        pdf.multi_cell(455, 17, text, align="J", new_x="LMARGIN", new_y="NEXT")
    return float(pdf.get_y())


def letter(pdf: FPDF, left: Sequence[str] = LEFT, right: Sequence[str] = RIGHT) -> FPDF:
    """A whole dispatch on one page: letterhead, body, recipients and signature."""
    centred(pdf, left, 160, 80)
    centred(pdf, right, 400, 80)
    end = paragraphs(pdf, ("Kính gửi: Các sở, ban, ngành tỉnh.", *BODY), 190)
    pdf.set_font("vi", size=11)
    for index, line in enumerate(RECIPIENTS):
        pdf.text(85, end + 30 + 13 * index, line)
    pdf.set_font("vi", "B", 13)
    centred(pdf, SIGNATURE, 420, end + 30)
    pdf.set_font("vi", size=13)
    return pdf


def grid(pdf: FPDF, rows: Sequence[Sequence[str]], top: float, widths: Sequence[float]) -> None:
    """Draw a ruled table whose cells may hold several lines (``\\n``)."""
    pdf.set_font("vi", size=11)
    for row in rows:
        height = 8 + 14 * max(cell.count("\n") + 1 for cell in row)
        left = 70.0
        for cell, width in zip(row, widths, strict=True):
            pdf.rect(left, top, width, height)
            for index, line in enumerate(cell.split("\n")):
                pdf.text(left + 4, top + 14 + 14 * index, line)
            left += width
        top += height
    pdf.set_font("vi", size=13)


def aligned(pdf: FPDF, rows: Sequence[Sequence[str]], top: float, lefts: Sequence[float], skip: float = 20) -> float:
    """Write a table without rules: cells (lines parted by ``\\n``) under each other, ``skip`` from row to row at least.

    Out: the height of the next row.
    """
    pdf.set_font("vi", size=11)
    for row in rows:
        for cell, left in zip(row, lefts, strict=False):
            for index, line in enumerate(cell.split("\n")):
                pdf.text(left, top + 14 * index, line)
        top += skip + 14 * max(cell.count("\n") for cell in row)
    pdf.set_font("vi", size=13)
    return top


def picture(width: int = 300, height: int = 420) -> Image.Image:
    """A grey page as a scanner leaves it."""
    return Image.new("L", (width, height), 200)


def photographed(pdf: FPDF | bytes, dpi: int = 200, page: int = 0) -> Image.Image:
    """A page of a PDF as a scanner sees it, in colour."""
    with closing(pdfium.PdfDocument(pdf if isinstance(pdf, bytes) else bytes(pdf.output()))) as document:
        return document[page].render(scale=dpi / 72, may_draw_forms=False).to_pil().convert("RGB")


def of_pictures(*pictures: Image.Image) -> FPDF:
    """A PDF whose pages are nothing but these pictures, on A4 upright or across."""
    pdf = FPDF(unit="pt", format="A4")
    for one in pictures:
        pdf.add_page(orientation="L" if one.width > one.height else "P")
        pdf.image(one, 0, 0, pdf.w, pdf.h)
    return pdf


def with_fields(data: bytes, fields: Sequence[tuple[tuple[float, float, float, float], Sequence[str]]]) -> bytes:
    """Add signature fields to page 1 as an incremental update.

    Each field is a box (x0, top, x1, bottom in points, A4) and the ASCII lines its appearance shows, as an e-office
    stamps number and day into a dispatch.
    """
    page = re.search(
        rb"(\d+) 0 obj\s*<<(?:(?!endobj).)*?/Type /Page\b(?!s)(?:(?!endobj).)*?>>\s*endobj", data, re.DOTALL
    )
    catalog = re.search(
        rb"(\d+) 0 obj\s*<<(?:(?!endobj).)*?/Type /Catalog(?:(?!endobj).)*?>>\s*endobj", data, re.DOTALL
    )
    assert page and catalog
    size = int(re.findall(rb"/Size (\d+)", data)[-1])
    objects: dict[int, bytes] = {}
    widgets = []
    for index, (box, lines) in enumerate(fields):
        widget, form = size + 2 * index, size + 2 * index + 1
        widgets.append(b"%d 0 R" % widget)
        objects[widget], objects[form] = _field(box, lines, form)
    names = b"[" + b" ".join(widgets) + b"]"
    objects[int(page[1])] = _extended(page[0], b"/Annots " + names)
    objects[int(catalog[1])] = _extended(catalog[0], b"/AcroForm << /Fields " + names + b" /SigFlags 3 >>")
    return _appended(data, objects, int(catalog[1]), size + 2 * len(fields))


def _field(place: tuple[float, float, float, float], lines: Sequence[str], form: int) -> tuple[bytes, bytes]:
    x0, top, x1, bottom = place
    rect = f"[{x0} {841.89 - bottom} {x1} {841.89 - top}]"
    widget = f"<< /Type /Annot /Subtype /Widget /FT /Sig /T (s{form}) /F 4 /Rect {rect} /AP << /N {form} 0 R >> >>"
    shown = "".join(f"({line}) Tj 0 -{9} Td " for line in lines)
    size = 12 if len(lines) == 1 else 8
    stream = f"BT /F1 {size} Tf 1 {bottom - top - size} Td {shown} ET"
    font = "<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >> >> >>"
    box = f"/BBox [0 0 {x1 - x0} {bottom - top}]"
    head = f"<< /Type /XObject /Subtype /Form {box} /Resources {font} /Length {len(stream)} >>"
    return widget.encode(), f"{head}\nstream\n{stream}\nendstream".encode()


def _extended(found: bytes, entry: bytes) -> bytes:
    body = found[found.index(b"<<") : found.rindex(b"endobj")].rstrip()
    return body[: body.rindex(b">>")] + b"\n" + entry + b"\n>>"


def _appended(data: bytes, objects: dict[int, bytes], root: int, size: int) -> bytes:
    before = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
    out = bytearray(data.rstrip() + b"\n")
    entries = []
    for number, body in sorted(objects.items()):
        entries.append(b"%d 1\n%010d 00000 n \n" % (number, len(out)))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n" + b"".join(entries)
    out += b"trailer\n<< /Size %d /Root %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (size, root, before, start)
    return bytes(out)


# ---------------------------------------------------------------- DOCX
def layout_table(
    document: DocxDocument, left: Sequence[str], right: Sequence[str], empty_middle: bool = False
) -> Table:
    """A table of one row that places two columns of lines side by side."""
    table = document.add_table(rows=1, cols=3 if empty_middle else 2)
    for cell, lines in ((table.rows[0].cells[0], left), (table.rows[0].cells[-1], right)):
        cell.text = lines[0]
        for line in lines[1:]:
            cell.add_paragraph(line)
    return table


def letter_docx() -> DocxDocument:
    """A whole dispatch in Word: letterhead table, body, table of recipients and signature."""
    document = Document()
    layout_table(document, LEFT, RIGHT)
    for text in ("Kính gửi: Các sở, ban, ngành tỉnh.", *BODY):
        document.add_paragraph(text)
    layout_table(document, RECIPIENTS, SIGNATURE)
    return document


def insert_xml(document: DocxDocument, xml: str) -> None:
    """Append raw XML (with ``{W}`` already expanded) to the body, before the section properties."""
    document.element.body.insert(len(document.element.body) - 1, parse_xml(xml))


def saved(document: DocxDocument, path: Path, parts: dict[str, str] | None = None) -> Path:
    """Save a Word file, then add or replace whole parts of the package (a name such as ``word/footnotes.xml``)."""
    import zipfile

    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            if name not in (parts or {}):
                target.writestr(name, source.read(name))
        for name, xml in (parts or {}).items():
            target.writestr(name, xml)
    return path


# ---------------------------------------------------------------- DOC, RTF, ODT
def resaved(sources: Sequence[Path], suffix: str, folder: Path) -> list[Path]:
    """Word files saved by LibreOffice under another format (``.doc``, ``.rtf``, ``.odt``) in ``folder``."""
    program = find_soffice()
    assert program, "LibreOffice is not installed"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", suffix[1:], "--outdir", str(folder)]
    subprocess.run([*command, *map(str, sources)], check=True, capture_output=True, timeout=120)
    return [folder / f"{source.stem}{suffix}" for source in sources]


def ole(streams: Mapping[str, bytes]) -> bytes:
    """An OLE container with these streams, each long enough to need no mini sectors ([MS-CFB])."""
    none, end = 0xFFFFFFFF, 0xFFFFFFFE
    padded = {name: data.ljust(4096, b"\0") for name, data in streams.items()}
    rows = [("Root Entry", 5, 1, none, end, 0)]
    sectors: list[bytes] = []
    chains = [0xFFFFFFFD, *range(2, 1 + -(-(len(padded) + 1) // 4)), end]
    for index, (name, data) in enumerate(padded.items(), 1):
        start, count = len(chains), -(-len(data) // 512)
        rows.append((name, 2, none, index + 1 if index < len(padded) else none, start, len(data)))
        chains += [*range(start + 1, start + count), end]
        sectors += [data[at : at + 512].ljust(512, b"\0") for at in range(0, len(data), 512)]
    folder = b""
    for name, kind, child, right, start, size in rows:
        letters = name.encode("utf-16-le")
        links = struct.pack("<HBBIII", len(letters) + 2, kind, 1, none, right, child)
        folder += letters.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)
    folder = folder.ljust(-(-len(folder) // 512) * 512, b"\0")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<109I", 0, *[none] * 108)
    return head + struct.pack("<128I", *chains, *[none] * (128 - len(chains))) + folder + b"".join(sectors)


def word_97(pieces: Sequence[tuple[str, bool]], version: int = 0xC1, flags: int = 0) -> bytes:
    """A Word 97 file of pieces of text, each with whether it is kept in Windows-1252 instead of UTF-16 ([MS-DOC])."""
    fib = bytearray(2048)
    limits, places, body = [0], b"", b""
    for text, narrow in pieces:
        body += b"\0" * (len(body) % 2)
        at = len(fib) + len(body)
        limits.append(limits[-1] + len(text))
        places += struct.pack("<HIH", 0, at * 2 | 0x40000000 if narrow else at, 0)
        body += text.encode("cp1252" if narrow else "utf-16-le")
    table = struct.pack(f"<{len(limits)}I", *limits) + places
    clx = b"\x01\x02\x00ab\x02" + struct.pack("<I", len(table)) + table
    struct.pack_into("<HH", fib, 0, 0xA5EC, version)
    struct.pack_into("<H", fib, 0x0A, flags)
    struct.pack_into("<i", fib, 0x4C, limits[-1])
    struct.pack_into("<II", fib, 0x01A2, 0, len(clx))
    return ole({"WordDocument": bytes(fib) + body, "0Table": clx})
