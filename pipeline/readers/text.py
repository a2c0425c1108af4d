"""Plain text and Markdown: each physical line a line; Markdown marks dropped, its tables resolved.

Both formats take the same road: text copied from the web is full of Markdown tables and bold marks.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from extractors.raw import Line, RawDocument
from pipeline.readers.columns import split_columns
from pipeline.readers.encoding import decode
from pipeline.readers.errors import UnreadableDocument
from pipeline.readers.facts import named
from pipeline.readers.html import fragment_lines
from pipeline.readers.legacy import modernised
from pipeline.readers.portal import unwrap
from pipeline.readers.refused_pages import reason_against
from pipeline.readers.tables import Cell, table_lines

_PAGE = re.compile(r"^\W*(?:page|trang)\s+(\d{1,4})(?:\s*/\s*\d+)?\W*$", re.IGNORECASE)
# A number alone on its line is that of a page when it goes on counting after a page's worth of lines
# (Nghị định 30/2020/NĐ-CP, Phụ lục I: arabic, centred at the head; older documents at the foot).
_BARE = re.compile(r"^\s*[-–]?\s*(\d{1,3})\s*[-–]?\s*$")
_FULL_PAGE = 15
_RULE = re.compile(r"^\s*(?:[-*_]\s?){3,}$")
_SEPARATOR = re.compile(r"^\s*\|?[\s:|-]*-[\s:|-]*\|?\s*$")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:b|i|u|p|em|strong|span|font|sup|sub|div|center|small|big|s)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE
)
_IMAGE = re.compile(r"!\[[^\]\n]{0,500}\]\([^()\n]{0,2000}\)")
_LINK = re.compile(
    r"\[([^\[\]\n]{0,500})\]\((?:https?:|mailto:|/|#|\.|www)[^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?\)"
)
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+")
_QUOTE = re.compile(r"^\s{0,3}(?:>\s?)+")
_STARS = re.compile(r"\*{2,3}|(?<!_)_{2}(?!_)")
_EMPHASIS = re.compile(r"(?<![*\w])\*(?=[^\s*])([^*\n]{1,400})(?<=[^\s*])\*(?![*\w])")
_BULLET = re.compile(r"^(\s*)\*\s+")
#: A line without one of these signs holds no mark.
_MARKED = re.compile(r"[\[\]*_<>#&|\\]")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~\"'])")


def read_text(path: Path) -> RawDocument:
    """Read a plain text file."""
    return _read(path, "txt")


def read_markdown(path: Path) -> RawDocument:
    """Read a Markdown file; front matter, marks and links are dropped."""
    return _read(path, "md")


def _read(path: Path, kind: str) -> RawDocument:
    text, warnings = decode(path.read_bytes())
    texts, converted = modernised(text.split("\n"))
    text = unicodedata.normalize("NFC", "\n".join(texts))
    head, text = _front_matter(text)
    page = unwrap(list(_lines(text, kind == "md")), named(_keys(head)))
    if reason := reason_against(page):
        raise UnreadableDocument(path, reason)
    pages = max((line.page for line in page.lines), default=1)
    found = (*warnings, *converted, *page.warnings)
    return RawDocument(kind, page.lines, pages, warnings=found, stated=page.stated)


def _lines(text: str, markdown: bool) -> Iterator[Line]:
    page = 1
    for block in _pages(text):
        if isinstance(block, int):
            page = block
            continue
        yield from _page_lines(block, page, markdown)


def _front_matter(text: str) -> tuple[str, str]:
    """The YAML block at the start of a text without its rules (empty when there is none), and the rest."""
    body = text.lstrip("\ufeff\n")
    if not body.startswith("---\n"):
        return "", text
    head, mark, rest = body[4:].partition("\n---\n")
    return (head, rest) if mark and ":" in head and len(head) < 5000 else ("", text)


def _keys(head: str) -> Iterator[tuple[str, str]]:
    """The keys of the front matter with their values, as far as each stands on one line."""
    for line in head.split("\n"):
        name, mark, value = line.partition(":")
        if mark:
            yield name.strip(), value.strip()


def _pages(text: str) -> Iterator[list[str] | int]:
    """Stretches of lines, and page numbers where a form feed, a page mark or a page number says so."""
    number, filled = 1, 0
    block: list[str] = []
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    fed = "\f" in text
    lines = re.split(r"\n|(?=\f)|(?<=\f)", text) if fed else text.split("\n")
    for index, raw in enumerate(lines):
        mark = _PAGE.match(raw) if raw.lstrip().startswith(("-", "=", "[", "<!--")) else None
        bare = _BARE.match(raw)
        if bare and fed and int(bare[1]) == number and (not filled or _feeds(lines, index)):
            continue
        turned = bare and not fed and filled >= _FULL_PAGE and int(bare[1]) - number in (0, 1)
        if mark or turned or raw == "\f":
            yield block
            number = int(mark[1]) if mark else number + 1
            yield number
            block, filled = [], 0
        else:
            block.append(raw)
            filled += bool(raw.strip())
    yield block


def _feeds(lines: list[str], index: int) -> bool:
    """True when nothing but a form feed follows: the number stood at the foot of its page."""
    return next((line == "\f" for line in lines[index + 1 :] if line.strip(" ")), False)


def _page_lines(lines: list[str], page: int, markdown: bool) -> Iterator[Line]:
    plain: list[str] = []
    index = 0
    while index < len(lines):
        if lines[index].lstrip().lower().startswith("<table") and (end := _markup_end(lines, index)):
            yield from _emit(plain, page)
            plain = []
            yield from fragment_lines("\n".join(lines[index:end]), page)
            index = end
            continue
        table = _table_end(lines, index)
        if table == index:
            plain.extend(_clean(part, markdown) for part in _broken(lines[index]) if not _RULE.match(part))
            index += 1
            continue
        yield from _emit(plain, page)
        plain = []
        rows = [row for row in lines[index:table] if not _SEPARATOR.match(row)]
        yield from table_lines([_row(row, markdown) for row in rows], [page] * len(rows))
        index = table
    yield from _emit(plain, page)


def _emit(lines: list[str], page: int) -> Iterator[Line]:
    return (Line(line.rstrip(), page) for _, line in split_columns(lines))


def _markup_end(lines: list[str], start: int) -> int:
    """Index after the line that ends an HTML table inside Markdown; 0 when none does."""
    return next((at + 1 for at in range(start, len(lines)) if "</table>" in lines[at].lower()), 0)


def _table_end(lines: list[str], start: int) -> int:
    """Index after the rows ``| a | b |`` that start here."""
    end = start
    while end < len(lines) and lines[end].lstrip().startswith("|") and lines[end].count("|") >= 2:
        end += 1
    return end


def _row(line: str, markdown: bool) -> list[Cell]:
    inner = line.strip()
    inner = inner[1:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner[1:]
    cells = re.split(r"(?<!\\)\|", inner)
    return [Cell(_paragraphs(cell, markdown), column) for column, cell in enumerate(cells)]


def _paragraphs(cell: str, markdown: bool) -> tuple[str, ...]:
    parts = (_clean(part, markdown).strip() for part in _broken(cell))
    return tuple(part for part in parts if part and not _RULE.match(part))


def _broken(line: str) -> list[str]:
    return _BREAK.split(line) if "<" in line else [line]


def _clean(line: str, markdown: bool) -> str:
    """One line without Markdown marks, tags and entities. A lone ``*`` that opens a line is a footnote or a bullet."""
    if not _MARKED.search(line):
        return line
    line = _IMAGE.sub("", line)
    if line.count("|") == 1 and line.lstrip().startswith("|"):  # a table whose cells stand alone on their lines
        line = line.replace("|", "")
    line = _LINK.sub(r"\1", line)
    line = _TAG.sub("", line)
    line = _STARS.sub("", line)
    if markdown:
        line = _HEADING.sub("", line)
        line = _QUOTE.sub("", line)
        line = _EMPHASIS.sub(r"\1", line)
        line = _BULLET.sub(r"\1- ", line)
        line = _ESCAPE.sub(r"\1", line)
    return html.unescape(line) if "&" in line else line
