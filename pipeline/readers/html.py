"""HTML: block elements become complete lines, tables layout or data, preformatted text is read as text."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractors.raw import Line, RawDocument
from pipeline.readers.columns import split_columns
from pipeline.readers.encoding import decode
from pipeline.readers.errors import UnreadableDocument
from pipeline.readers.facts import named
from pipeline.readers.html_tree import prepared, stated_pairs
from pipeline.readers.portal import unwrap
from pipeline.readers.refused_pages import reason_against
from pipeline.readers.tables import place, table_lines

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_EMPTY = "Trang HTML không có nội dung: hãy lưu lại trang rồi nạp lại"
_UNICODE = (b"utf-8", b"utf8", b"utf-16", b"unicode")
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article blockquote body caption center dd details dir div dl dt fieldset figcaption figure form"
        " h1 h2 h3 h4 h5 h6 header hr li main ol p pre section summary table tbody td tfoot th thead tr ul",
    )
)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_UNEVEN = ("\n", "  ", "\t", "\r", "\f")
_DEPTH = 12


def read_html(path: Path) -> RawDocument:
    """Read a web page: the document on it without the page around, and what the page states about it.

    Raises :class:`UnreadableDocument` for a page without text, and for one that holds no document but an error, a
    question for a password or nothing but facts.
    """
    text, warnings = _decode(path.read_bytes())
    tree = LexborHTMLParser(unicodedata.normalize("NFC", text))
    known = named(stated_pairs(tree))
    notices = " ".join(node.text() for node in tree.css("title, noscript"))
    framed = bool(tree.css("frame, iframe"))
    root = prepared(tree)
    page = unwrap([] if root is None else list(_lines(root, 0)), known)
    reason = reason_against(page, notices, framed) or (None if root else _EMPTY)
    if reason:
        raise UnreadableDocument(path, reason)
    return RawDocument("html", page.lines, 1, warnings=(*warnings, *page.warnings), stated=page.stated)


def fragment_lines(markup: str, page: int) -> list[Line]:
    """The lines of a piece of HTML inside another text, on this page."""
    body = LexborHTMLParser(markup).body
    return [] if body is None else [replace(line, page=page) for line in _lines(body, 0)]


def _decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a page; bytes that are UTF-8 are read so whatever the page declares."""
    named_set = _CHARSET.search(data[:2048])
    if named_set and named_set[1].lower() not in _UNICODE and not _is_utf8(data):
        try:
            return data.decode(named_set[1].decode("ascii")), ()
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


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
        if buffer and (tag in _BLOCKS or tag == "br"):
            yield from _flush(buffer)
        if closing or tag == "br":
            continue
        if tag == "table" and node.mem_id != root.mem_id and depth < _DEPTH:
            yield _table(node, depth + 1)
            continue
        if tag == "pre":
            yield _drawn_lines(node)
            continue
        if tag == "li":
            buffer.append(_bullet(node))
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(list(node.iter(include_text=True))))
    yield from _flush(buffer)


def _drawn_lines(node: LexborNode) -> list[Line]:
    """The lines of preformatted text: physical lines, columns parted by spaces."""
    for line_end in node.css("br"):
        line_end.replace_with("\n")
    return [Line(text.rstrip()) for _, text in split_columns(_unescaped(node.text()).split("\n"))]


def _unescaped(text: str) -> str:
    """The text with its entities resolved that a copy escaped twice (``&amp;nbsp;``)."""
    return html.unescape(text) if "&" in text and ";" in text else text


def _flush(buffer: list[str]) -> Iterator[str]:
    text = "".join(buffer)
    buffer.clear()
    if any(sign in text for sign in _UNEVEN):
        text = _SPACES.sub(" ", text)
    text = _unescaped(text.strip(" "))
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
