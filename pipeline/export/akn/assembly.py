"""The parts of the sheet in the order of Akoma Ntoso: preface, preamble, body, conclusions, attachments."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Any

from extractors.identity import slug
from extractors.model import Document, Span, Zone
from pipeline.export.akn.body import Body, Ids, preamble
from pipeline.export.akn.inline import Marked, add
from pipeline.export.akn.marks import find_drafters, find_marks
from pipeline.export.akn.meta import Names, names_of, write_meta
from pipeline.export.akn.uris import is_act, type_slug
from pipeline.rows import Row


@dataclass(slots=True)
class _Parts:
    """The zones by the place they have in the file."""

    cover: list[Span] = field(default_factory=list)
    preface: list[Span] = field(default_factory=list)
    body: Zone | None = None
    conclusions: list[Span] = field(default_factory=list)
    attached: list[Zone] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Around:
    """What the rest of the database says of a document: the rows of its citations, the names of all documents by their
    ids; and the day of the export, and whether drafters are named."""

    citations: Sequence[Row]
    in_folder: dict[str, str]
    today: date
    with_drafters: bool = False


def assemble(root: Any, row: Row, document: Document, around: Around) -> None:
    """Write the ``act`` or ``doc`` of a document under ``root``."""
    marks = find_marks(row, document, around.citations, around.in_folder)
    if not around.with_drafters:
        marks += find_drafters(document)
    _Assembly(row, document, Marked(document.text, marks)).write(root, names_of(row, around.today))


class _Assembly:
    """One document being written."""

    def __init__(self, row: Row, document: Document, marked: Marked) -> None:
        self.row, self.document, self.marked, self.ids = row, document, marked, Ids()
        self.starts = [clause.span.start for clause in document.clauses]
        annexes = [annex["span"]["start"] for annex in row["annexes"] or []]
        self.parts = _sorted(_split(document.zones, annexes))

    def write(self, root: Any, names: Names) -> None:
        """The document with all its parts."""
        legal = is_act(self.row["code"], self.row["doc_type"])
        kind = type_slug(self.row["code"], self.row["doc_type"]) or "van-ban"
        own = add(root, "act" if legal else "doc", {"name": kind})
        write_meta(own, self.row, names)
        body = Body(self.document, self.marked, self.ids)
        self._lines(own, "coverPage", self.parts.cover, body)
        self._lines(own, "preface", self.parts.preface, body)
        clauses = self._clauses(self.parts.body.span) if self.parts.body else []
        rest = self._preamble(own, clauses, body)
        main = add(own, "body" if legal else "mainBody")
        body.write(main, rest, legal=legal)
        if not len(main):
            add(main, *(("alinea", {"eId": "al_1"}) if legal else ("p", {})))
        self._lines(own, "conclusions", self.parts.conclusions, body)
        if self.parts.attached:
            attachments = add(own, "attachments")
            for number, attached in enumerate(self.parts.attached, 1):
                self._attachment(attachments, number, attached, names)

    def _preamble(self, own: Any, clauses: list[int], body: Body) -> list[int]:
        """Write the bases, if the body begins with them; the clauses that are left."""
        over, bases, enacting = preamble(self.document, clauses)
        if not bases:
            return clauses
        element = add(own, "preamble")
        for number in clauses[:over]:
            body.lines(element, self.document.clauses[number].span)
        citations = add(element, "citations", {"eId": "citations"})
        for number in clauses[over : over + bases]:
            citation = add(citations, "citation", {"eId": self.ids.counted("citations__", "citation")})
            body.lines(citation, self.document.clauses[number].span)
        at = over + bases
        for number in clauses[at : at + enacting]:
            formula = add(element, "formula", {"name": "enacting", "eId": "formula_1"})
            body.lines(formula, self.document.clauses[number].span)
        return clauses[at + enacting :]

    def _attachment(self, parent: Any, number: int, attached: Zone, names: Names) -> None:
        is_copy = attached.kind == "copy"
        component = f"{'copy' if is_copy else 'annex'}_{number}"
        eid = f"att_{number}"
        attachment = add(parent, "attachment", {"eId": eid})
        own = add(attachment, "doc", {"name": slug("Sao y" if is_copy else "Phụ lục")})
        write_meta(own, self.row, replace(names, component=component))
        body = Body(self.document, self.marked, self.ids, f"{eid}__")
        main = add(own, "mainBody")
        if attached.kind == "annex":
            body.write(main, self._clauses(attached.span), legal=False)
        else:
            body.lines(main, attached.span)
        if not len(main):
            add(main, "p")

    def _lines(self, own: Any, tag: str, spans: list[Span], body: Body) -> None:
        if any(span.of(self.document.text).strip() for span in spans):
            element = add(own, tag)
            for span in spans:
                body.lines(element, span)

    def _clauses(self, span: Span) -> list[int]:
        first, last = (bisect_left(self.starts, at) for at in (span.start, span.end))
        return list(range(first, last))


def _split(zones: Sequence[Zone], annexes: Sequence[int]) -> list[Zone]:
    """The zones, a zone of several annexes parted where each begins."""
    found: list[Zone] = []
    for zone in zones:
        inside = [at for at in annexes if zone.kind == "annex" and zone.span.start < at < zone.span.end]
        bounds = [zone.span.start, *sorted(inside), zone.span.end]
        found += [Zone(zone.kind, Span(a, b)) for a, b in pairwise(bounds) if a < b]
    return found


def _sorted(zones: Sequence[Zone]) -> _Parts:
    """The zones by their place. A file that is an annex alone has it for its body."""
    parts = _Parts()
    main = "body" if any(zone.kind == "body" for zone in zones) else "annex"
    for zone in zones:
        if parts.body is None and zone.kind == main:
            parts.body = zone
        elif parts.body is None:
            (parts.preface if zone.kind != "noise" or parts.preface else parts.cover).append(zone.span)
        elif zone.kind in ("annex", "copy") or parts.attached:
            parts.attached.append(zone)
        else:
            parts.conclusions.append(zone.span)
    return parts
