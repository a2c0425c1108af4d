"""The extractors in their order: one canonical text in, everything read from it out. The straight line of the house."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from extractors.annexes import find_annexes
from extractors.authority import with_authority
from extractors.citations import find_citations
from extractors.deadlines import find_deadlines
from extractors.effect import with_effect
from extractors.header import read_header
from extractors.model import (
    Annex,
    Citation,
    CitedRelation,
    CleanText,
    Deadline,
    Document,
    Header,
    Obligation,
    Reference,
)
from extractors.obligations import HeadIsVerb, find_obligations
from extractors.recognition import weighed
from extractors.strength import link_citations
from extractors.structure import build
from extractors.timing import issued_on
from extractors.unit_dates import with_unit


class Extraction(NamedTuple):
    """What the extractors read from one text; all offsets are into ``document.text``."""

    document: Document
    header: Header
    citations: tuple[Citation, ...]
    relations: tuple[CitedRelation, ...]
    references: tuple[Reference, ...]
    deadlines: tuple[Deadline, ...]
    obligations: tuple[Obligation, ...]
    annexes: tuple[Annex, ...]


def extract(
    cleaned: CleanText, head_is_verb: HeadIsVerb | None = None, complete: Callable[[Header], Header] | None = None
) -> Extraction:
    """Read a canonical text. Total: any text gives an extraction, however poor.

    ``head_is_verb`` is asked about the head of a clause for which no doer is known (see :mod:`extractors.obligations`).
    ``complete`` may fill what the header leaves out before the rest is read: a deadline counts from its date.
    """
    document = build(cleaned)
    header = complete(read_header(document)) if complete else read_header(document)
    header = with_authority(document, with_unit(with_effect(document, header)))
    cited = find_citations(document, header)
    deadlines = find_deadlines(document.text, issued_on(header))
    duties = find_obligations(document, header, deadlines, head_is_verb)
    obligations = link_citations(document.text, duties, cited.citations)
    return Extraction(document, header, *cited, deadlines, weighed(document, obligations), find_annexes(document))
