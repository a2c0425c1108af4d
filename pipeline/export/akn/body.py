"""The clause tree as hierarchical elements, paragraphs and tables, with ids by the naming convention of Akoma Ntoso."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, takewhile
from typing import Any

from extractors.cells import is_upper, line_spans
from extractors.model import Clause, ClauseKind, Document, Span
from pipeline.export.akn.inline import Marked, add
from pipeline.export.akn.uris import number_id

#: Element and abbreviation in ids of each kind of clause (Akoma Ntoso Naming Convention 1.0, section 5.3).
_ELEMENTS: dict[ClauseKind, tuple[str, str]] = {
    "part": ("part", "part"),
    "chapter": ("chapter", "chp"),
    "section": ("section", "sec"),
    "article": ("article", "art"),
    "clause": ("paragraph", "para"),
    "point": ("point", "point"),
    "dash": ("indent", "indent"),
    "plus": ("indent", "indent"),
    "paragraph": ("alinea", "al"),
    "row": ("alinea", "al"),
}
_HEADED = frozenset({"part", "chapter", "section", "article"})
_PLAIN = frozenset({"paragraph", "row"})
_KEYWORD = re.compile(r"(?:Phần|Chương|Mục|Điều)\s+")
#: The bases of a decision, one a line (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.6), and the words that then enact it.
_BASIS = re.compile(r"(?:Căn cứ|Theo đề nghị|Xét)\b.*[^:\s]\s*$")
_ENACTING = re.compile(
    r"(?:QUYẾT ĐỊNH|QUYẾT NGHỊ|CHỈ THỊ|NGHỊ QUYẾT|THÔNG TƯ)\s*:?\s*$"
    r"|.{2,120}\b(?:ban hành|quyết định|quyết nghị)\b.{0,300}[.:]\s*$"
)


class Ids:
    """The ids given out in one file. A number that stands there twice gives ``art_5`` and ``art_5-2``."""

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()
        self._used: set[str] = set()

    def numbered(self, prefix: str, abbreviation: str, number: str) -> str:
        """The id of an element that bears a number."""
        wanted = f"{prefix}{abbreviation}_{number}"
        found = wanted
        while found in self._used:
            self._given[wanted] += 1
            found = f"{wanted}-{self._given[wanted] + 1}"
        self._used.add(found)
        return found

    def counted(self, prefix: str, abbreviation: str) -> str:
        """The id of an element without a number of its own: its place among those of its kind under ``prefix``."""
        kind = f"{prefix}{abbreviation}#"
        self._given[kind] += 1
        return self.numbered(prefix, abbreviation, str(self._given[kind]))


class Body:
    """Writes clauses of one document under ids that begin with ``prefix`` (empty, or that of an attachment)."""

    def __init__(self, document: Document, marked: Marked, ids: Ids, prefix: str = "") -> None:
        self.document, self.marked, self.ids, self.prefix = document, marked, ids, prefix
        self._children: dict[int, list[int]] = {}

    def write(self, parent: Any, clauses: Sequence[int], *, legal: bool) -> None:
        """Write the clauses with the indexes ``clauses``. In a ``legal`` body plain lines need an element around."""
        chosen, roots = set(clauses), []
        for number in clauses:
            over = self.document.clauses[number].parent
            if over is not None and over in chosen:
                self._children.setdefault(over, []).append(number)
            else:
                roots.append(number)
        self._siblings(parent, roots, self.prefix, around=legal)

    def lines(self, parent: Any, span: Span) -> None:
        """Write the lines of a part without clauses (letterhead, signature) as paragraphs."""
        for line in line_spans(self.document.text, span.start, span.end):
            self.marked.fill(add(parent, "p"), line)

    def _siblings(self, parent: Any, numbers: Iterable[int], prefix: str, *, around: bool) -> None:
        for plain, run in groupby(numbers, lambda number: self._clause(number).kind in _PLAIN):
            if not plain:
                for number in run:
                    self._labelled(parent, number, prefix)
            elif not around:
                self._blocks(parent, run, prefix)
            else:
                for block in self._runs(run):
                    inner = self.ids.counted(prefix, "al")
                    alinea = add(parent, "alinea", {"eId": inner})
                    self._blocks(add(alinea, "content", {"eId": f"{inner}__content"}), block, f"{inner}__")

    def _labelled(self, parent: Any, number: int, prefix: str) -> None:
        clause, children = self._clause(number), self._children.get(number, [])
        tag, abbreviation = _ELEMENTS[clause.kind]
        eid = self._eid(clause, prefix, abbreviation)
        element = add(parent, tag, {"eId": eid})
        self.marked.fill(
            add(element, "num"), _stripped(self.document.text, Span(clause.span.start, clause.content.start))
        )
        own: list[Span] = [clause.content] if clause.content.of(self.document.text).strip() else []
        if own and _is_heading(clause, own[0].of(self.document.text)):
            self.marked.fill(add(element, "heading"), own.pop())
        elif not own and children and self._is_heading_below(clause, children[0]):
            self.marked.fill(add(element, "heading"), self._clause(children[0]).span)
            children = children[1:]
        self._inside(element, own, children, eid)

    def _inside(self, element: Any, own: list[Span], children: list[int], eid: str) -> None:
        """The text of a clause and what stands under it: one ``content``, or an ``intro`` before further elements."""
        prefix = f"{eid}__"
        leading = next((at for at, n in enumerate(children) if self._clause(n).kind not in _PLAIN), len(children))
        if own or leading:
            holder = "content" if leading == len(children) else "intro"
            block = add(element, holder, {"eId": f"{prefix}{holder}"})
            for span in own:
                self.marked.fill(add(block, "p"), span)
            self._blocks(block, children[:leading], prefix)
        self._siblings(element, children[leading:], prefix, around=True)

    def _blocks(self, parent: Any, numbers: Iterable[int], prefix: str) -> None:
        """Plain lines as paragraphs, rows that follow each other as one table."""
        for run in self._runs(numbers):
            first = self._clause(run[0])
            if first.kind == "row":
                self._table(parent, run, prefix)
            else:
                self.marked.fill(add(parent, "p"), first.span)

    def _runs(self, numbers: Iterable[int]) -> Iterator[list[int]]:
        for is_row, run in groupby(numbers, lambda number: self._clause(number).kind == "row"):
            if is_row:
                yield list(run)
            else:
                yield from ([number] for number in run)

    def _table(self, parent: Any, rows: list[int], prefix: str) -> None:
        table = add(parent, "table", {"eId": self.ids.counted(prefix, "table")})
        for number in rows:
            row = add(table, "tr")
            for cell in self._clause(number).cells:
                self.marked.fill(add(add(row, "td"), "p"), cell)

    def _eid(self, clause: Clause, prefix: str, abbreviation: str) -> str:
        if clause.kind in ("dash", "plus") or clause.label is None:
            return self.ids.counted(prefix, abbreviation)
        number = number_id(_KEYWORD.sub("", clause.label))
        # Articles are numbered through the whole document, whatever chapters they stand in.
        return self.ids.numbered(self.prefix if clause.kind == "article" else prefix, abbreviation, number)

    def _is_heading_below(self, clause: Clause, child: int) -> bool:
        """``Chương I``, and its title in capitals on the next line."""
        below = self._clause(child)
        return clause.kind in _HEADED and below.kind == "paragraph" and is_upper(below.span.of(self.document.text))

    def _clause(self, number: int) -> Clause:
        return self.document.clauses[number]


def preamble(document: Document, clauses: Sequence[int]) -> tuple[int, int, int]:
    """How many clauses at the head of a body are the authority line, then the bases, then the words that enact it.

    All zero where the body does not begin with bases.
    """
    head = takewhile(lambda clause: clause.kind in ("paragraph", "dash"), (document.clauses[n] for n in clauses))
    texts = [clause.content.of(document.text) for clause in head]
    over = next((at for at, text in enumerate(texts) if not is_upper(text)), len(texts))
    # *Thực hiện Công văn số …;* stands among them too, told by its semicolon.
    is_basis = (bool(_BASIS.match(text)) or text.rstrip().endswith(";") for text in texts[over:])
    bases = next((at for at, found in enumerate(is_basis) if not found), len(texts) - over)
    enacted = any(_ENACTING.match(text) for text in texts[over + bases : over + bases + 1])
    listed = any(text.rstrip().endswith(";") for text in texts[over : over + bases])
    begun = any(_BASIS.match(text) for text in texts[over : over + 1])
    return (over, bases, int(enacted)) if begun and (listed or enacted) else (0, 0, 0)


def _is_heading(clause: Clause, text: str) -> bool:
    """The title of a chapter or article is no sentence: it does not end like one."""
    return clause.kind in _HEADED and text.rstrip()[-1] not in ".:;,"


def _stripped(text: str, span: Span) -> Span:
    return Span(span.start, span.start + len(span.of(text).rstrip()))
