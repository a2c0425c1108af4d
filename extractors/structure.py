"""Clean text to a Document: zones, and the clause tree of the body and the annexes.

Levels follow Nghị định 30/2020/NĐ-CP, Phụ lục I (Phần, Chương, Mục, Điều, khoản, điểm) and the practice of
administrative texts without articles (``A. I. 1. 1.1. a) - +``). Gaps and repeated numbers are kept as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extractors.layout import find_zones
from extractors.letters import UPPER
from extractors.model import Clause, ClauseKind, CleanText, Document, Span, Zone


class Label(NamedTuple):
    """A kind of label: its rank orders levels that do not contain each other otherwise (low is outer)."""

    name: str
    kind: ClauseKind
    rank: int
    pattern: re.Pattern[str]


def _label(name: str, kind: ClauseKind, rank: int, pattern: str) -> Label:
    return Label(name, kind, rank, re.compile(pattern))


#: ``3, Sở Y tế``, ``a, Mục tiêu``: the stop of a hurried hand or of a poor scan; not the middle of a list of places.
_COMMA = rf",\s(?=[{UPPER}])(?!(?:Điều|Khoản|Điểm|Mục|Chương|Phần|Phụ lục|Luật|Bộ luật|Nghị|Quyết định|Thông tư)\b)"
# The first that matches wins. Group 1 is the label as it enters the path.
LABELS = (
    _label("part", "part", 0, r"(Phần\s(?:thứ\s\w+|[IVX]+|\d+))\b[.:]?\s*"),
    _label("chapter", "chapter", 1, r"(Chương\s(?:[IVXLC]+|\d+))\b[.:]?\s*"),
    _label("section", "section", 2, r"(Mục\s(?:[IVX]+|\d+))(?:[.:]\s*|\s*$)"),
    _label("article", "article", 5, r"(Điều\s\d+[a-zđ]?)[.:]\s*"),
    _label("roman", "section", 4, r"([IVX]{1,5})(?:\.|/(?=\s)|\)|\s?[-–])\s*(?=\S)"),
    _label("letter", "section", 3, r"([A-HĐ])(?:\.|/|\s?[-–])\s+(?=\S)"),
    _label("decimal4", "clause", 9, r"(\d{1,2}(?:\.\d{1,2}){3})(?:\.?\s+|\)\s*|\s?[-–]\s+)(?=\S)"),
    _label("decimal3", "clause", 8, r"(\d{1,2}(?:\.\d{1,2}){2})(?:\.?\s+|\)\s*|\s?[-–]\s+)(?=\S)"),
    _label("decimal2", "clause", 7, r"(\d{1,2}\.\d{1,2})(?:\.?\s+|\)\s*|\s?[-–]\s+)(?=\S)"),
    _label("arabic", "clause", 6, r"(\d{1,2}[a-zđ]?)(?:\.|/(?=\s)|\)|\s?[-–](?!\s?\d))\s*(?=[^\d\s])"),
    _label("arabic", "clause", 6, rf"(\d{{1,2}}){_COMMA}"),
    _label("points", "point", 11, r"([a-zđ]\.?\d{1,2})[.)]\s*(?=\S)"),
    _label("point", "point", 10, r"([a-zđ])(?:\)|\.(?=\s)|/(?=\s))\s*(?=\S)"),
    _label("point", "point", 10, rf"([a-zđ]){_COMMA}"),
    _label("bracket", "point", 12, r"\((\d{1,2}|[a-zđ]|[ivx]{1,4})\)\s*(?=\S)"),
    _label("dash", "dash", 13, r"([-–—])\s*(?=\S)"),
    _label("plus", "plus", 14, r"([+])\s*(?=\S)"),
    _label("star", "dash", 13, r"([*])\s+(?=\S)"),
)
_BULLETS = frozenset({"dash", "plus", "star"})
_FIRST = frozenset({"1", "a", "I", "A"})
_ABSOLUTE = frozenset({"part", "chapter", "article"})
_CLOSING = re.compile(
    r"(?:Trên đây|Nay,? |Nhận được|Đề nghị|Yêu cầu|Trong quá trình|Quá trình|Căn cứ Chỉ thị này|Giao "
    r"|Chỉ thị này|Quyết định này|Kế hoạch này|Vậy"
    r"|(?:(?:Các )?[^\s,;.]+ ){1,14}?(?:yêu cầu|đề nghị|thông báo|trả lời|hướng dẫn|xin|kính)\b)"
)


def build(clean: CleanText) -> Document:
    """The document of a canonical text. Total: a text without any structure is one body of plain paragraphs."""
    zones = find_zones(clean)
    clauses = tuple(_clauses(clean.text, zones))
    return Document(clean.text, clean.lines, clean.page_starts, zones, clauses)


def _clauses(text: str, zones: tuple[Zone, ...]) -> Iterator[Clause]:
    made = 0
    for zone in zones:
        if zone.kind in ("body", "annex"):
            tree = _Tree(text, zone, made)
            yield from tree.clauses
            made += len(tree.clauses)


_Found = tuple[Label, re.Match[str]]


class _Open(NamedTuple):
    """An enclosing clause that later lines may still belong to."""

    label: str
    rank: int
    name: str
    path: str | None
    number: int


class _Tree:
    """Builds the clauses of one zone line by line, keeping the stack of enclosing labels."""

    def __init__(self, text: str, zone: Zone, offset: int) -> None:
        self.text, self.zone, self.offset = text, zone, offset
        self.clauses: list[Clause] = []
        self.stack: list[_Open] = []
        spans = list(_line_spans(text, zone.span))
        labels = [_match_label(span.of(text)) for span in spans]
        last_label = max((i for i, label in enumerate(labels) if label), default=-1)
        for number, (span, found) in enumerate(zip(spans, labels, strict=True)):
            if found is None and number + 1 < len(spans):
                self._close_before_restart(span, labels[number + 1])
            self._add(span, found, number > last_label)

    def _close_before_restart(self, span: Span, found: _Found | None) -> None:
        """``Cục hướng dẫn như sau:`` before a ``1.`` that starts a new count stands above the count that is open."""
        if found and found[1][1] in _FIRST and span.of(self.text).rstrip().endswith(":"):
            names = [o.name for o in self.stack]
            if found[0].name in names:
                del self.stack[names.index(found[0].name) :]

    def _add(self, span: Span, found: _Found | None, after_all: bool) -> None:
        line = span.of(self.text)
        if "\t" in line:
            self._append(Label("row", "row", 99, _NOTHING), None, span, span)
            return
        if found is None:
            if after_all and _CLOSING.match(line):
                self.stack.clear()
            while self.stack and self.stack[-1].name in _BULLETS:
                self.stack.pop()
            self._append(Label("paragraph", "paragraph", 99, _NOTHING), None, span, span)
            return
        label, match = found
        self._make_room(label, match[1])
        self._append(label, match[1], span, Span(span.start + match.end(), span.end))

    def _make_room(self, label: Label, mark: str) -> None:
        """Close what the new label does not stand under."""
        names = [o.name for o in self.stack]
        if label.name in names:
            del self.stack[names.index(label.name) :]
            return
        if label.name == "decimal2" and "arabic" in names:
            del self.stack[names.index("arabic") + 1 :]
            return
        while self.stack and self.stack[-1].rank >= label.rank and not self._nested(label, mark):
            self.stack.pop()

    def _nested(self, label: Label, mark: str) -> bool:
        """``1.`` may stand under a bullet or a point when it starts a count of its own."""
        return label.name == "arabic" and mark == "1" and self.stack[-1].name == "point"

    def _append(self, label: Label, mark: str | None, span: Span, content: Span) -> None:
        parent = self.stack[-1] if self.stack else None
        path = _path(parent, label, mark) if mark else (parent.path if parent else None)
        cells = _cells(self.text, span) if label.name == "row" else ()
        index = self.offset + len(self.clauses)
        self.clauses.append(
            Clause(
                kind=label.kind, span=span, content=content, label=mark, path=path, level=len(self.stack),
                parent=parent.number if parent else None, cells=cells, zone=self.zone.kind,
            )
        )  # fmt: skip
        if mark:
            self.stack.append(_Open(mark, label.rank, label.name, path, index))


_NOTHING = re.compile(r"(?!)")


def _path(parent: _Open | None, label: Label, mark: str) -> str | None:
    """``II`` + ``1`` -> ``II.1``; ``II.5`` + ``5.1`` -> ``II.5.1``; bullets have the path of what encloses them."""
    outer = parent.path if parent else None
    if label.name in _BULLETS:
        return outer
    if outer is None or label.name in _ABSOLUTE:
        return mark
    if label.name == "points":
        mark = mark[0] + "." + mark[1:].lstrip(".")
    repeated = mark.rsplit(".", 1)[0] if "." in mark else None
    if repeated and (outer == repeated or outer.endswith(f".{repeated}")):
        return outer.removesuffix(repeated) + mark
    return f"{outer}.{mark}"


_GROUP = re.compile(r"(?<!\\)\((?!\?)")
#: All labels in one pattern: ``lastindex`` is the number of the first that matches.
_ANY_LABEL = re.compile("|".join(f"({_GROUP.sub('(?:', label.pattern.pattern)})" for label in LABELS))


def _match_label(line: str) -> _Found | None:
    found = _ANY_LABEL.match(line)
    if found is None or found.lastindex is None:
        return None
    label = LABELS[found.lastindex - 1]
    match = label.pattern.match(line)
    return (label, match) if match else None


def _line_spans(text: str, zone: Span) -> Iterator[Span]:
    at = zone.start
    for line in text[zone.start : zone.end].split("\n"):
        if line.strip():
            yield Span(at, at + len(line))
        at += len(line) + 1


def _cells(text: str, span: Span) -> tuple[Span, ...]:
    cells, at = [], span.start
    for cell in span.of(text).split("\t"):
        cells.append(Span(at, at + len(cell)))
        at += len(cell) + 1
    return tuple(cells)
