"""DOCX: opened by python-docx, then an own walk over the XML in document order.

python-docx loses tracked insertions, content controls, text boxes, footnotes and list numbers; Vietnamese forms use all
of them. Deleted text, field codes and page headers are dropped. Source of the element names: ECMA-376 part 1, §17.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from docx import Document
from docx.opc.exceptions import OpcError
from lxml import etree
from lxml.etree import _Element

from extractors.raw import Line, RawDocument
from pipeline.readers.columns import split_columns
from pipeline.readers.docx_fonts import Fonts, fonts_of
from pipeline.readers.docx_numbering import Numbering, W, numbering_of
from pipeline.readers.errors import UnreadableDocument
from pipeline.readers.legacy import modernised
from pipeline.readers.symbols import sign
from pipeline.readers.tables import Cell, table_lines

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BOXES = (
    "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}txbx",
    "{urn:schemas-microsoft-com:vml}textbox",
)
_SKIPPED = frozenset(
    f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "sdtPr", "sdtEndPr")
)
_SIGNS = frozenset(f"{W}{name}" for name in ("br", "sym", "footnoteReference", "lastRenderedPageBreak"))
_MARKS = {f"{W}tab": "\t", f"{W}noBreakHyphen": "-", f"{W}cr": "\n", f"{W}ptab": "\t"}
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_DAMAGED = "Tệp Word bị hỏng hoặc thiếu phần: hãy mở bằng Word, lưu lại hoặc xin lại bản gốc"


@dataclass(slots=True)
class _Walk:
    """Where the walk stands: page, list counters, footnotes and text boxes met so far.

    ``rendered``: Word noted where its pages ended; else only the page breaks set by hand tell.
    """

    numbering: Numbering
    fonts: Fonts
    rendered: bool
    page: int = 1
    notes: list[str] = field(default_factory=list)
    boxes: list[_Element] = field(default_factory=list)


#: What the libraries raise for a damaged archive or document.
_DAMAGED_FILE = (
    OpcError, KeyError, ValueError, OSError, EOFError, RuntimeError, NotImplementedError, AttributeError,
    zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError,
)  # fmt: skip


def read_docx(path: Path) -> RawDocument:
    """Read a Word file. Raises :class:`UnreadableDocument` when it is damaged."""
    try:
        document = Document(str(path))
        part = document.part
        parts = {relation.reltype: relation.target_part for relation in part.rels.values() if not relation.is_external}
        roots = {
            kind.rsplit("/", 1)[-1]: etree.fromstring(target.blob, _PARSER)
            for kind, target in parts.items()
            if kind.endswith(("/numbering", "/styles", "/footnotes"))
        }
    except _DAMAGED_FILE as error:
        raise UnreadableDocument(path, _DAMAGED) from error
    rendered = next(document.element.iter(f"{W}lastRenderedPageBreak"), None) is not None
    styles = roots.get("styles")
    walk = _Walk(numbering_of(roots.get("numbering"), styles), fonts_of(styles), rendered)
    lines = _flow(document.element.body, walk)
    lines += _footnotes(roots.get("footnotes"), walk)
    texts, warnings = modernised([line.text for line in lines])
    lines = [replace(line, text=text) for line, text in zip(lines, texts, strict=True)]
    return RawDocument("docx", tuple(lines), max((line.page for line in lines), default=1), warnings=warnings)


def _flow(container: _Element, walk: _Walk) -> list[Line]:
    """The lines of a body, text box or content control; runs of paragraphs are judged for columns together."""
    lines: list[Line] = []
    pending: list[tuple[str, int]] = []
    for block in _blocks(container):
        if block.tag == f"{W}p":
            pending.extend(_paragraph(block, walk))
            boxed = [line for box in _taken(walk) for line in _flow(box, walk)]
            if boxed:
                lines += _settle(pending) + boxed
        else:
            lines += _settle(pending)
            lines += _table(block, walk)
    return lines + _settle(pending)


def _taken(walk: _Walk) -> list[_Element]:
    boxes, walk.boxes = walk.boxes, []
    return boxes


def _settle(pending: list[tuple[str, int]]) -> list[Line]:
    """The lines of the paragraphs met since the last table."""
    ordered = split_columns(text for text, _ in pending)
    lines = [Line(text.strip(" "), pending[at][1], None, True) for at, text in ordered if text.strip()]
    pending.clear()
    return lines


def _blocks(container: _Element) -> Iterator[_Element]:
    """Paragraphs and tables of a container, those inside content controls and insertions included."""
    for child in container:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag == f"{_MC}AlternateContent":
            yield from _blocks(_choice(child))
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            yield from _blocks(child)


def _choice(alternate: _Element) -> _Element:
    """The one branch of ``mc:AlternateContent`` that is read."""
    return next((child for child in alternate if child.tag == f"{_MC}Choice"), alternate)


def _paragraph(paragraph: _Element, walk: _Walk, numbered: bool = False) -> list[tuple[str, int]]:
    """The texts of a paragraph (several when it has line breaks) and their page, its list number before the first.

    ``numbered``: keep the number of an empty paragraph, as in the first column of a table.
    """
    label = walk.numbering.label(paragraph)
    walk.fonts.enter(paragraph)
    pieces: list[str] = []
    page: int | None = None
    for piece in _text(paragraph, walk):
        pieces.append(piece)
        page = walk.page if page is None and piece.strip() else page
    if page is None:
        return [(label if numbered else "", walk.page)]
    first, *rest = "".join(pieces).split("\n")
    return [(text, page) for text in (f"{label} {first.lstrip()}" if label else first, *rest)]


def _text(node: _Element, walk: _Walk) -> Iterator[str]:
    """The characters under an element, in order. Text boxes are put aside, page breaks counted, notes marked."""
    for child in node:
        tag = child.tag
        if tag == f"{W}t":
            yield _printed(child.text or "", node, walk)
        elif tag == f"{W}softHyphen":  # in an old font a letter; else dropped with the other invisible characters
            yield walk.fonts.shown("\u00ad", node)
        elif tag in _MARKS:
            yield _MARKS[tag]
        elif tag in _SIGNS:
            yield _sign(child, walk)
        elif tag in _BOXES:
            walk.boxes.extend(child)
        elif tag == f"{_MC}AlternateContent":
            yield from _text(_choice(child), walk)
        elif isinstance(tag, str) and tag not in _SKIPPED and not _is_hidden(child):
            yield from _text(child, walk)


def _printed(text: str, run: _Element, walk: _Walk) -> str:
    """What the text of a run shows in its font: signs of symbol fonts, letters of the old Vietnamese fonts."""
    text, font = walk.fonts.shown(text, run), walk.fonts.font(run)
    return "".join(char if (shown := sign(ord(char), font)) is None else shown for char in text)


def _is_hidden(node: _Element) -> bool:
    """True for a run formatted as hidden text."""
    vanish = node.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(f"{W}val") not in ("0", "false", "none")


def _sign(node: _Element, walk: _Walk) -> str:
    """What an element that is no text prints; page breaks and notes are counted."""
    if node.tag == f"{W}sym":
        return _symbol(node.get(f"{W}char") or "", node.get(f"{W}font"))
    if node.tag == f"{W}footnoteReference":
        walk.notes.append(node.get(f"{W}id") or "")
        return f"[{len(walk.notes)}]"
    if node.tag == f"{W}lastRenderedPageBreak":
        walk.page += 1
        return ""
    kind = node.get(f"{W}type")
    walk.page += kind == "page" and not walk.rendered
    return {"page": "", "column": " "}.get(kind or "", "\n")


def _symbol(code: str, font: str | None) -> str:
    """A ``w:sym``: a sign of a symbol font, or any character by its hexadecimal code."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    shown = sign(number, font)
    return chr(number) if shown is None and 0x20 <= number < 0xD800 else shown or ""


def _table(table: _Element, walk: _Walk) -> list[Line]:
    rows = list(_rows(table))
    if any(cell.find(f"{W}tbl") is not None for row in rows for cell in _cells(row)):
        return [line for row in rows for cell in _cells(row) for line in _flow(cell, walk)]
    grid = [int(column.get(f"{W}w") or 0) for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
    above: dict[int, Cell] = {}
    placed: list[tuple[list[Cell], int]] = []
    for row in rows:
        placed.append(_row(row, above, walk))
        above = {cell.start: cell for cell in placed[-1][0]}
    return table_lines([cells for cells, _ in placed], [page for _, page in placed], grid)


def _rows(table: _Element) -> Iterator[_Element]:
    for child in table:
        if child.tag == f"{W}tr":
            if child.find(f"{W}trPr/{W}del") is None:
                yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from _rows(child)


def _cells(row: _Element) -> Iterator[_Element]:
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from _cells(child)


def _row(row: _Element, above: dict[int, Cell], walk: _Walk) -> tuple[list[Cell], int]:
    """The cells of a row, those merged with the row above repeated, and the page where the row starts."""
    page: int | None = None
    column = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
    cells: list[Cell] = []
    for node in _cells(row):
        span = _number(node.find(f"{W}tcPr/{W}gridSpan"), 1)
        merge = node.find(f"{W}tcPr/{W}vMerge")
        texts = tuple(text for line in _cell_texts(node, walk) if (text := line.strip(" ")))
        if merge is not None and merge.get(f"{W}val") != "restart" and column in above and not texts:
            cells.append(Cell(above[column].paragraphs, column, span, True))
        else:
            cells.append(Cell(texts, column, span))
        column += span
        page = page or walk.page
    return cells, page or walk.page


def _cell_texts(cell: _Element, walk: _Walk) -> Iterator[str]:
    for block in _blocks(cell):
        yield from (text for text, _ in _paragraph(block, walk, numbered=True))
        for box in _taken(walk):
            yield from (line.text for line in _flow(box, walk))


def _number(node: _Element | None, default: int) -> int:
    value = "" if node is None else node.get(f"{W}val") or ""
    return int(value) if value.isdigit() else default


def _footnotes(root: _Element | None, walk: _Walk) -> list[Line]:
    """The footnotes in the order of their references, ``[n]`` before each."""
    if root is None:
        return []
    bodies = {note.get(f"{W}id"): note for note in root.iterfind(f"{W}footnote")}
    lines: list[Line] = []
    for number, name in enumerate(list(walk.notes), 1):
        texts = [line.text for line in _flow(bodies[name], walk)] if name in bodies else []
        if texts:
            lines.append(Line(f"[{number}] {' '.join(texts)}", walk.page, None, True))
    return lines
