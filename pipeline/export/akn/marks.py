"""What the database knows about places in a text, as marks: the components of the header, and the cited documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.archive import read_archive
from extractors.cells import line_spans
from extractors.model import Document, Span, ZoneKind
from pipeline.export.akn.inline import OMITTED, Mark
from pipeline.export.akn.meta import PERSON, ROLE, issuer_id
from pipeline.export.akn.uris import cited_uri
from pipeline.export.exchange import is_whole_day
from pipeline.rows import Row

_NUMBER = re.compile(r"Số\s*:?\s*", re.IGNORECASE)
_DAY = re.compile(r"\bngày\b", re.IGNORECASE)
_HEAD: frozenset[ZoneKind] = frozenset({"letterhead", "title", "addressees"})


def find_marks(row: Row, document: Document, citations: Sequence[Row], in_folder: dict[str, str]) -> list[Mark]:
    """All marks in the text of ``row``. ``in_folder`` gives the name of each document of the folder by its id."""
    return [*_header(row, document), *_signer(row, document), *_cited(citations, in_folder)]


def find_drafters(document: Document) -> list[Mark]:
    """The drafters' names in the archive lines, as places where something is left out."""
    lines = (line for zone in document.zone("recipients") for line in line_spans(document.text, zone.start, zone.end))
    return [
        Mark(Span(cell.start + archive.mark.start, cell.start + archive.mark.end), OMITTED)
        for line in lines
        for cell in _cells(document, line)
        if (archive := read_archive(cell.of(document.text))) and archive.mark
    ]


def _cells(document: Document, line: Span) -> Iterator[Span]:
    """The items of a line: its cells without the dash before them."""
    for match in re.finditer(r"[^\t]+", line.of(document.text)):
        dash = re.match(r"\W*", match[0])
        yield Span(line.start + match.start() + (dash.end() if dash else 0), line.start + match.end())


def _header(row: Row, document: Document) -> Iterator[Mark]:
    """Number, day, type, title and issuer where they were read in the head of the document."""
    heads = [zone.span for zone in document.zones if zone.kind in _HEAD]
    for name, start, end, _rule in row["evidence"] or []:
        span = Span(start, end)
        if not any(head.contains(span) for head in heads):
            continue
        words = span.of(document.text)
        if name == "code":
            yield Mark(_after(span, _NUMBER.match(words), keep=False), "docNumber")
        elif name == "date" and is_whole_day(row["date"]):
            yield Mark(_after(span, _DAY.search(words), keep=True), "docDate", {"date": row["date"]})
        elif name == "doc_type" and words.strip().casefold() == (row["doc_type"] or "").casefold():
            yield Mark(span, "docType")
        elif name == "subject":
            yield Mark(span, "docTitle")
        elif name == "issuer" and row["issuer"]:
            yield Mark(span, "docAuthority", {"refersTo": f"#{issuer_id((row['issuers'] or [row['issuer']])[0])}"})


def _after(span: Span, match: re.Match[str] | None, *, keep: bool) -> Span:
    """The span without what ``match`` found at its head, or from there on."""
    if match is None:
        return span
    return Span(span.start + (match.start() if keep else match.end()), span.end)


def _signer(row: Row, document: Document) -> Iterator[Mark]:
    """Name and office of the signer in the signature block."""
    role = {"as": f"#{ROLE}"} if row["signer_title"] else {}
    sought = (
        (row["signer_name"], "person", {"eId": "signer", "refersTo": f"#{PERSON}", **role}),
        (row["signer_title"], "role", {"eId": "signer_role", "refersTo": f"#{ROLE}"}),
    )
    for words, tag, attributes in sought:
        places = (_find(document.text, span, words) for span in document.zone("signature") if words)
        place = next(filter(None, places), None)
        if place:
            yield Mark(place, tag, attributes)


def _find(text: str, span: Span, words: str) -> Span | None:
    match = re.search(rf"\b{re.escape(words)}\b", span.of(text), re.IGNORECASE)
    return Span(span.start + match.start(), span.start + match.end()) if match else None


def _cited(citations: Sequence[Row], in_folder: dict[str, str]) -> Iterator[Mark]:
    """Citations in order; of two that overlap the first. Without a name to lead to, the words are only marked."""
    end = 0
    for number, citation in enumerate(citations, 1):
        span = Span(citation["start"], citation["end"])
        if span.start < end:
            continue
        end = span.end
        href = cited_uri(citation, in_folder)
        if href:
            yield Mark(span, "ref", {"eId": f"ref_{number}", "href": href})
        else:
            yield Mark(span, "inline", {"eId": f"ref_{number}", "name": "citation"})
