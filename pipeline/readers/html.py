"""HTML: block elements become complete lines, tables layout or data; menus, scripts and forms are dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractors.model import Line, RawDocument
from pipeline.readers.columns import split_columns
from pipeline.readers.encoding import decode
from pipeline.readers.errors import UnreadableDocument
from pipeline.readers.tables import place, table_lines

_DROPPED = "script, style, noscript, template, nav, footer, aside, iframe, svg, select, button, textarea, [hidden]"
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article blockquote body caption center dd details dir div dl dt fieldset figcaption figure form"
        " h1 h2 h3 h4 h5 h6 header hr li main ol p pre section summary table tbody td tfoot th thead tr ul",
    )
)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_DEPTH = 12


def read_html(path: Path) -> RawDocument:
    """Read a web page. Raises :class:`UnreadableDocument` when it has no body."""
    text, warnings = _decode(path.read_bytes())
    root = _main(LexborHTMLParser(text))
    if root is None:
        raise UnreadableDocument(path, "Trang HTML không có nội dung: hãy lưu lại trang rồi nạp lại")
    return RawDocument("html", tuple(_lines(root, 0)), 1, warnings=warnings)


def fragment_lines(markup: str, page: int) -> list[Line]:
    """The lines of a piece of HTML inside another text, on this page."""
    body = LexborHTMLParser(markup).body
    return [] if body is None else [replace(line, page=page) for line in _lines(body, 0)]


def _decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    named = _CHARSET.search(data[:2048])
    if named and named[1].lower() not in (b"utf-8", b"utf8", b"utf-16", b"unicode"):
        try:
            return data.decode(named[1].decode("ascii")), ()
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


def _main(tree: LexborHTMLParser) -> LexborNode | None:
    """The element that holds the document: ``main`` or ``article`` when most of the text is there, else the body."""
    for node in tree.css(_DROPPED):
        node.decompose()
    body = tree.body
    if body is None:
        return None
    size = len(body.text())
    for node in tree.css("[style]"):
        if _HIDDEN.search(node.attributes.get("style") or ""):
            node.decompose()
    for node in tree.css("form"):
        if len(node.text()) < size * 0.3:
            node.decompose()
    candidates = [node for node in tree.css("main, article, [role=main]") if len(node.text()) > size * 0.6]
    return min(candidates, key=lambda node: len(node.text())) if candidates else body


def _lines(root: LexborNode, depth: int) -> Iterator[Line]:
    """The lines under an element; runs between tables go through the judgement of columns together."""
    texts: list[str] = []
    for part in _parts(root, depth):
        if isinstance(part, str):
            texts.append(part)
            continue
        yield from (Line(text.strip(), complete=True) for _, text in split_columns(texts))
        texts = []
        yield from part
    yield from (Line(text.strip(), complete=True) for _, text in split_columns(texts))


def _parts(root: LexborNode, depth: int) -> Iterator[str | list[Line]]:
    """Texts of paragraphs, and tables as lists of lines, in document order; no recursion but for nested tables."""
    buffer: list[str] = []
    stack: list[tuple[LexborNode, bool]] = [(root, False)]
    while stack:
        node, closing = stack.pop()
        tag = node.tag or ""
        if tag == "-text":
            buffer.append(node.text(deep=False))
            continue
        if tag in _BLOCKS or tag == "br":
            yield from _flush(buffer)
        if closing or tag == "br":
            continue
        if tag == "table" and node.mem_id != root.mem_id and depth < _DEPTH:
            yield _table(node, depth + 1)
            continue
        if tag == "li":
            buffer.append(_bullet(node))
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(list(node.iter(include_text=True))))
    yield from _flush(buffer)


def _flush(buffer: list[str]) -> Iterator[str]:
    text = _SPACES.sub(" ", "".join(buffer)).strip(" ")
    buffer.clear()
    if text.strip() and text.strip() != "-":
        yield text


def _bullet(node: LexborNode) -> str:
    """The mark of a list item: its number in an ordered list, else a dash."""
    parent = node.parent
    if parent is None or parent.tag != "ol":
        return "- "
    items = [item.mem_id for item in parent.iter() if item.tag == "li"]
    return f"{items.index(node.mem_id) + 1}. "


def _table(table: LexborNode, depth: int) -> list[Line]:
    rows = list(_rows(table))
    cells = [[cell for cell in row.iter() if cell.tag in ("td", "th")] for row in rows]
    if any(cell.css_first("table") for row in cells for cell in row):
        return [line for row in cells for cell in row for line in _lines(cell, depth)]
    above = [line for node in table.iter() if node.tag == "caption" for line in _lines(node, depth)]
    grid = (
        [(_paragraphs(cell, depth), _count(cell, "colspan"), _count(cell, "rowspan")) for cell in row] for row in cells
    )
    return above + table_lines(place(grid), [1] * len(rows))


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    for child in table.iter():
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child.iter() if row.tag == "tr")


def _paragraphs(cell: LexborNode, depth: int) -> tuple[str, ...]:
    return tuple(part.strip() for part in _parts(cell, depth) if isinstance(part, str))


def _count(cell: LexborNode, name: str) -> int:
    value = (cell.attributes.get(name) or "1").strip()
    return min(max(int(value), 1), 200) if value.isascii() and value.isdigit() else 1
