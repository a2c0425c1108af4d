"""Build the DOCX, PDF, scanned and twin TXT documents of the corpus from ``sources/*.toml``.

    python corpus/build.py            # writes corpus/documents/*
    python corpus/build.py --check    # builds in memory, reports files whose text differs from what is committed

A source states the parts of a document after Nghị định 30/2020/NĐ-CP (letterhead, number, title, addressees, body,
recipients, signature, annex); this script lays them out as an office would: a borderless two-column letterhead, ruled
task tables, *Nơi nhận* at the left of the signature. The built files are committed, so nobody needs fonts or this
script to use the corpus. Two builds of one source give the same bytes.

Marks at the start of a body line: ``| `` a table row, ``^ `` a centred bold line, ``# `` a bold line.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
import tomllib
import unicodedata
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

HERE = Path(__file__).resolve().parent
FONTS = Path("/usr/share/fonts/truetype/croscore")
STAMP = datetime(2025, 1, 1, tzinfo=UTC)
STATE_MOTTO = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]

Kind = Literal["paragraph", "heading", "centre", "table"]
Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of one style, or a table of rows of cells."""

    kind: Kind
    text: str = ""
    rows: tuple[Lines, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """One document as its TOML states it; a list is one line per item."""

    stem: str
    formats: Lines
    left: Lines
    right: Lines
    number: Lines
    date: Lines
    title: Lines
    addressees: Lines
    body: tuple[Block, ...]
    recipients: Lines
    signature: Lines
    annex: tuple[Block, ...]
    nfd: bool


def parse_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a marked-up body; consecutive table rows make one table."""
    blocks: list[Block] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        if line.startswith("| "):
            row = tuple(cell.strip() for cell in line.removeprefix("| ").removesuffix("|").split("|"))
            if blocks and blocks[-1].kind == "table":
                blocks[-1] = Block("table", rows=(*blocks[-1].rows, row))
            else:
                blocks.append(Block("table", rows=(row,)))
        elif line.startswith("^ "):
            blocks.append(Block("centre", line[2:]))
        elif line.startswith("# "):
            blocks.append(Block("heading", line[2:]))
        else:
            blocks.append(Block("paragraph", line))
    return tuple(blocks)


def load(path: Path) -> Source:
    """Read one source file. Raises ``KeyError`` or ``tomllib.TOMLDecodeError`` when it is malformed."""
    raw: dict[str, Any] = tomllib.loads(unicodedata.normalize("NFC", path.read_text(encoding="utf-8")))

    def lines(key: str) -> Lines:
        return tuple(raw.get(key, ()))

    return Source(
        stem=path.stem,
        formats=tuple(raw["formats"]),
        left=lines("left"),
        right=tuple(raw.get("right", STATE_MOTTO)),
        number=lines("number"),
        date=lines("date"),
        title=lines("title"),
        addressees=lines("addressees"),
        body=parse_blocks(raw["body"]),
        recipients=lines("recipients"),
        signature=lines("signature"),
        annex=parse_blocks(raw.get("annex", "")),
        nfd=raw.get("nfd", False),
    )


# ---------------------------------------------------------------- txt
def txt(source: Source) -> bytes:
    """The plain text an office gets by *Save as text*: one paragraph a line, columns one after the other."""
    parts = [source.left, source.right, source.number, source.date, source.title, source.addressees]
    parts += [_txt_lines(source.body), source.recipients, source.signature, _txt_lines(source.annex)]
    return ("\n\n".join("\n".join(part) for part in parts if part) + "\n").encode()


def _txt_lines(blocks: tuple[Block, ...]) -> Lines:
    return tuple(line for b in blocks for line in (map("\t".join, b.rows) if b.kind == "table" else [b.text]))


# ---------------------------------------------------------------- docx
def docx(source: Source) -> bytes:
    """A Word file with the letterhead and the signature in borderless tables."""
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    document: Any = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(13)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(18)
    section.top_margin = section.bottom_margin = Mm(20)
    _docx_columns(document, [(source.left, source.right), (source.number, source.date)])
    for line in source.title:
        _docx_line(document.add_paragraph(), line, bold=True, centre=True)
    for line in source.addressees:
        _docx_line(document.add_paragraph(), line)
    _docx_blocks(document, source.body)
    _docx_columns(document, [(source.recipients, source.signature)])
    if source.annex:
        document.add_page_break()
        _docx_blocks(document, source.annex)
    if source.nfd:
        for node in document.element.iter(qn("w:t")):
            node.text = unicodedata.normalize("NFD", node.text)
    document.core_properties.author = document.core_properties.comments = ""
    document.core_properties.title = source.stem
    document.core_properties.created = document.core_properties.modified = STAMP.replace(tzinfo=None)
    stream = io.BytesIO()
    document.save(stream)
    return _fixed_zip(stream.getvalue())


def _docx_line(paragraph: Any, text: str, bold: bool = False, centre: bool = False) -> None:
    paragraph.add_run(text).bold = bold or None
    if centre:
        paragraph.alignment = 1


def _docx_columns(document: Any, rows: list[tuple[Lines, Lines]]) -> None:
    table = document.add_table(rows=0, cols=2)
    for columns in rows:
        if not any(columns):
            continue
        cells = table.add_row().cells
        for cell, lines in zip(cells, columns, strict=True):
            for i, line in enumerate(lines):
                paragraph = cell.paragraphs[0] if i == 0 else cell.add_paragraph()
                _docx_line(paragraph, line, centre=not line.startswith(("-", "Nơi nhận")))


def _docx_blocks(document: Any, blocks: tuple[Block, ...]) -> None:
    for block in blocks:
        if block.kind == "table":
            table = document.add_table(rows=0, cols=len(block.rows[0]), style="Table Grid")
            for row in block.rows:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    _docx_line(cell.paragraphs[0], text)
        else:
            bold = block.kind != "paragraph"
            _docx_line(document.add_paragraph(), block.text, bold, centre=block.kind == "centre")


def _fixed_zip(data: bytes) -> bytes:
    """The same archive with one fixed date on every entry."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != "docProps/thumbnail.jpeg":
                entry = zipfile.ZipInfo(name, STAMP.timetuple()[:6])
                entry.compress_type = zipfile.ZIP_DEFLATED
                new.writestr(entry, re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", old.read(name)))
    return out.getvalue()


# ---------------------------------------------------------------- pdf
def pdf(source: Source) -> bytes:
    """An A4 sheet in Tinos (the metrics of Times New Roman), page numbers at the top from the second page on."""
    from fpdf import FPDF

    class Sheet(FPDF):
        def header(self) -> None:
            if self.page_no() > 1:
                self.set_font("Tinos", size=12)
                self.cell(0, 6, str(self.page_no()), align="C", new_x="LMARGIN", new_y="NEXT")

    sheet = Sheet(format="A4")
    for style, name in {"": "Regular", "B": "Bold"}.items():
        sheet.add_font("Tinos", style, FONTS / f"Tinos-{name}.ttf")
    sheet.set_creation_date(STAMP)
    sheet.set_title(source.stem)
    sheet.set_margins(30, 18, 18)
    sheet.set_auto_page_break(True, 18)
    sheet.add_page()
    _pdf_columns(sheet, source.left, source.right, "B")
    sheet.ln(2)
    _pdf_columns(sheet, source.number, source.date, "")
    sheet.ln(4)
    for line in source.title:
        _pdf_line(sheet, line, "C", "B")
    sheet.ln(3)
    for line in source.addressees:
        _pdf_line(sheet, line, "L" if line.startswith("-") else "C", "")
    _pdf_blocks(sheet, source.body)
    sheet.ln(4)
    if sheet.will_page_break(6.5 * max(len(source.recipients), 6)):
        sheet.add_page()
    _pdf_columns(sheet, source.recipients, (*source.signature[:-1], "", "", *source.signature[-1:]), "")
    if source.annex:
        sheet.add_page()
        _pdf_blocks(sheet, source.annex)
    return bytes(sheet.output())


def _pdf_line(sheet: Any, text: str, align: str, style: str) -> None:
    sheet.set_font("Tinos", style, 13)
    sheet.multi_cell(0, 6.3, text, align=align, new_x="LMARGIN", new_y="NEXT")


def _pdf_columns(sheet: Any, left: Lines, right: Lines, style: str) -> None:
    top, bottom = sheet.get_y(), sheet.get_y()
    for x, width, lines in ((20, 72, left), (96, 98, right)):
        sheet.set_y(top)
        align = "L" if lines[:1] == ("Nơi nhận:",) else "C"
        for line in lines:
            sheet.set_x(x)
            sheet.set_font("Tinos", style, 11 if align == "L" else 12)
            sheet.multi_cell(width, 5.4, line, align=align, new_x="LMARGIN", new_y="NEXT")
        bottom = max(bottom, sheet.get_y())
    sheet.set_y(bottom)


def _pdf_blocks(sheet: Any, blocks: tuple[Block, ...]) -> None:
    for block in blocks:
        if block.kind == "table":
            _pdf_table(sheet, block.rows)
        elif block.kind == "paragraph":
            sheet.set_font("Tinos", "", 13)
            with (
                sheet.text_columns(text_align="J", line_height=1.15) as columns,
                columns.paragraph(first_line_indent=10, bottom_margin=1.6) as paragraph,
            ):
                paragraph.write(block.text)
        else:
            _pdf_line(sheet, block.text, "C" if block.kind == "centre" else "L", "B")
            sheet.ln(1)


def _pdf_table(sheet: Any, rows: tuple[Lines, ...]) -> None:
    longest = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    sheet.set_font("Tinos", "", 11)
    with sheet.table(col_widths=[min(max(n, 12), 45) for n in longest], line_height=5.4, text_align="LEFT") as table:
        for cells in rows:
            row = table.row()
            for cell in cells:
                row.cell(cell)
    sheet.ln(2)


# ---------------------------------------------------------------- scan
def scan(source: Source) -> bytes:
    """The PDF printed, sealed in red, and put into a scanner a little askew: a picture and nothing else."""
    import pypdfium2
    from fpdf import FPDF
    from PIL import Image, ImageChops, ImageDraw

    out = FPDF(unit="pt", format="A4")
    out.set_creation_date(STAMP)
    for page in pypdfium2.PdfDocument(pdf(source)):
        sheet = page.render(scale=150 / 72).to_pil().convert("RGB")
        seal = Image.new("RGB", sheet.size, "white")
        at = (sheet.width * 0.6, sheet.height * 0.78)
        for radius, width in ((112, 6), (96, 3), (40, 4)):
            box = (at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius)
            ImageDraw.Draw(seal).ellipse(box, outline=(228, 52, 60), width=width)
        sheet = ImageChops.multiply(sheet, seal).rotate(-1.1, Image.Resampling.BICUBIC, fillcolor="white")
        stream = io.BytesIO()
        sheet.save(stream, "JPEG", quality=50, dpi=(150, 150))
        out.add_page()
        out.image(stream, 0, 0, out.w, out.h)
    return bytes(out.output())


WRITERS = {"txt": txt, "docx": docx, "pdf": pdf, "scan": scan}
#: What a format is called where that is not its suffix.
SUFFIXES = {"scan": "pdf"}


def main(argv: list[str] | None = None) -> int:
    """Write every built document, or with ``--check`` name those that differ; the exit code says so."""
    parser = argparse.ArgumentParser(description="Build corpus/documents from corpus/sources.")
    parser.add_argument("--check", action="store_true", help="write nothing, list the files that would change")
    check = parser.parse_args(argv).check
    changed = 0
    for path in sorted((HERE / "sources").glob("*.toml")):
        source = load(path)
        for kind in source.formats:
            target = HERE / "documents" / f"{source.stem}.{SUFFIXES.get(kind, kind)}"
            data = WRITERS[kind](source)
            if target.exists() and target.read_bytes() == data:
                continue
            changed += 1
            sys.stdout.write(f"{target.relative_to(HERE)}\n")
            if not check:
                target.write_bytes(data)
    return 1 if check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
