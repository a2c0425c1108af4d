"""Certified copies: the block *SAO Y*, *TRÍCH SAO* or *SAO LỤC* that another office sets under a document.

It has a letterhead, number, day, signer and recipients of its own (Nghị định 30/2020/NĐ-CP, Điều 25-27 and Phụ lục I,
phần II); none of them is the document's.
"""

from __future__ import annotations

import re
from functools import cache

from extractors.cells import is_upper, line_spans
from extractors.closing import copy_words, is_marker, is_office
from extractors.fold import fold
from extractors.issuers import from_letterhead
from extractors.letterhead import boxes, dateline_in, number_in
from extractors.lexicon import key, settings
from extractors.model import CopyMark, Span
from extractors.signature import read_signature

#: What an electronic copy bears at its top: ``SAO Y; 12/SY-UBND; 05/3/2021 14:20:11`` (Phụ lục I, phần II).
_ELECTRONIC = re.compile(
    r"(?<![^\t\n(\[])(SAO Y(?: BẢN CHÍNH)?|TRÍCH SAO|SAO LỤC) ?; ?(?:[Ss]ố:? ?)?(\d[^;\s]{2,30})? ?;? ?"
    r"(?:ngày )?(?:(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}))?"
)
#: How many characters of the first page may hold it.
_TOP = 2000


def read_stamp(text: str) -> CopyMark | None:
    """The mark of an electronic copy at the top of a document; ``None`` when there is none."""
    match = _ELECTRONIC.search(text, 0, _TOP)
    if match is None:
        return None
    day, month, year = match[3], match[4], match[5]
    date = f"{year}-{int(month):02}-{int(day):02}" if year else None
    kind = _kinds().get(key(match[1])) or ""
    return CopyMark(span=Span(*match.span()), kind=kind, code=number_in(match[2] or ""), date=date)


def read_copy(text: str, zones: list[Span]) -> CopyMark | None:
    """The first copy block among the copy ``zones`` of a document; ``None`` when there is none.

    ``issuer`` is the office that made the copy, ``date`` ISO as far as stated; what the block leaves out is ``None``.
    """
    if not zones:
        return None
    block = Span(zones[0].start, zones[-1].end)
    mark = next((line for line in line_spans(text, block.start, block.end) if _kind(line.of(text))), None)
    if mark is None:
        return None
    found = boxes(text, block.start, block.end)
    code = next((number_in(box.span.of(text)) for box in found if box.kind == "number"), None)
    place, date = next((dateline_in(box.span.of(text)) for box in found if box.kind == "dateline"), (None, None))
    signed = _signature_start(text, Span(mark.end, block.end))
    signature = read_signature(text, [Span(signed, block.end)]) if signed is not None else None
    heads = [box for box in found if box.kind == "organisation" and box.span.end <= (signed or block.end)]
    offices = [box.span.of(text) for box in heads if not _kind(box.span.of(text))]
    return CopyMark(
        span=block, kind=_kind(mark.of(text)) or "", code=code, place=place, date=date,
        issuer=from_letterhead(offices, place).name,
        signer_title=signature.title if signature else None, signer_name=signature.name if signature else None,
    )  # fmt: skip


@cache
def _kinds() -> dict[str, str]:
    return {key(words): words for words in settings("signing")["stamps"]["copies"]}


def _kind(line: str) -> str | None:
    """The kind of copy in the words of the lexicon (*Sao y bản chính*), for a line that states it."""
    for cell in re.split(r"\t", line):
        match = copy_words().match(fold(cell)) if is_upper(cell.strip()[:6]) else None
        if match:
            return _kinds().get(key(match[1]))
    return None


def _signature_start(text: str, rest: Span) -> int | None:
    """Where the signature of the copy begins: at the first line or cell that names an office in capitals."""
    for line in line_spans(text, rest.start, rest.end):
        at = line.start
        for cell in line.of(text).split("\t"):
            if is_marker(cell) or is_office(cell):
                return at
            at += len(cell) + 1
    return None
