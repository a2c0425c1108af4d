"""Every record of vanthu, from the canonical text to the result of a document; what readers return is in ``raw``.

Records are frozen and slotted. A field has ONE English name from here to the gold files, the database and the exports.
What a document does not state is ``None`` or an empty tuple, never a default. Offsets are code points into the one
canonical text of the document (``Document.text``), made by :mod:`extractors.clean` and never changed afterwards.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from extractors.raw import Box, DigitalSignature, Stated, UnreadPage

ZoneKind = Literal["noise", "letterhead", "title", "addressees", "body", "signature", "recipients", "annex", "copy"]
ClauseKind = Literal["part", "chapter", "section", "article", "clause", "point", "dash", "plus", "row", "paragraph"]
Relation = Literal[
    "basis", "implements", "amends", "replaces", "repeals", "guides", "encloses", "replies_to", "corrects", "mentions"
]
DeadlineType = Literal["absolute", "period", "relative", "recurring", "event", "immediate"]
ObligationKind = Literal["obligation", "prohibition", "permission", "recommendation"]
ActorSource = Literal["explicit", "inherited", "addressee"]
SigningMode = Literal["TM.", "KT.", "TL.", "TUQ.", "Q."]
#: What an item of *Kính gửi* or *Nơi nhận* names: one unit; a class of units (*các sở, ban, ngành*); the holder of an
#: office; those of *Kính gửi* (*Như trên*) or of an article (*Như Điều 3*); the files (*Lưu: VT*).
PartyKind = Literal["unit", "group", "office", "addressees", "article", "files"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch ``text[start:end]`` of the canonical text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of the span."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """True when the two stretches share a character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """True when ``other`` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


# ---------------------------------------------------------------- canonical text
@dataclass(frozen=True, slots=True)
class TextLine:
    """Where a physical line ended up in the canonical text; ``confidences`` of its words as in :class:`Line`."""

    start: int
    end: int
    page: int
    box: Box | None = None
    confidences: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CleanText:
    """The canonical text: one paragraph or table row per line, cells parted by ``\\t``, NFC, no blank lines."""

    text: str
    lines: tuple[TextLine, ...]
    page_starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the sheet (Nghị định 30/2020/NĐ-CP, Phụ lục I). Zones follow each other and cover the whole text."""

    kind: ZoneKind
    span: Span


@dataclass(frozen=True, slots=True)
class Clause:
    """A paragraph, list item, heading or table row of the body or an annex.

    ``span`` is the whole line without its line end, ``content`` the same without the label (``1.``, ``a)``, ``-``).
    ``path`` names it as a clerk would (``II.1.a``; ``Điều 3.2``); ``None`` above the first label.
    ``parent`` is the index of the enclosing clause in ``Document.clauses``. ``cells`` are the cells of a table row.
    ``zone`` tells body from annex.
    """

    kind: ClauseKind
    span: Span
    content: Span
    label: str | None
    path: str | None
    level: int
    parent: int | None
    cells: tuple[Span, ...] = ()
    zone: ZoneKind = "body"


@dataclass(frozen=True, slots=True)
class Document:
    """The canonical text of a file with its zones and its clause tree."""

    text: str
    lines: tuple[TextLine, ...] = ()
    page_starts: tuple[int, ...] = (0,)
    zones: tuple[Zone, ...] = ()
    clauses: tuple[Clause, ...] = ()

    def page_at(self, offset: int) -> int:
        """The page, from 1, on which the character at ``offset`` stands."""
        return max(1, bisect_right(self.page_starts, offset))

    def zone(self, kind: ZoneKind) -> Iterator[Span]:
        """The spans of the zones of one kind, in order."""
        return (z.span for z in self.zones if z.kind == kind)


# ---------------------------------------------------------------- what is extracted
@dataclass(frozen=True, slots=True)
class Party:
    """One item of *Kính gửi* taken apart. ``name`` is as written; ``members`` are the units it stands for, written out,
    as far as the document names them; ``excluded`` those of *(trừ …)*."""

    name: str
    kind: PartyKind = "unit"
    members: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipient:
    """One line of *Nơi nhận*: name, what it is sent for (``để b/c``), and the line taken apart as in :class:`Party`.

    ``reference`` is the article of *Như Điều 3*; ``role`` the purpose in one word; ``copies`` and ``drafter`` stand in
    the archive line (``Lưu: VT, GSQL (Lan 03b)``). A drafter is personal data and stays out of exports by default.
    """

    name: str
    purpose: str | None = None
    kind: PartyKind | None = None
    members: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    reference: str | None = None
    role: str | None = None
    copies: int | None = None
    drafter: str | None = None


@dataclass(frozen=True, slots=True)
class CopyMark:
    """The block of a certified copy (*SAO Y*, *TRÍCH SAO*, *SAO LỤC*; Nghị định 30/2020/NĐ-CP, Điều 25-27) that stands
    after the document: its own number, day, office and signer."""

    span: Span
    kind: str
    code: str | None = None
    place: str | None = None
    date: str | None = None
    issuer: str | None = None
    signer_title: str | None = None
    signer_name: str | None = None


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex: ``label`` (*Phụ lục II*), title and type as far as it has them, and the document to which it belongs
    as its own line says (*Kèm theo Quyết định số …*)."""

    span: Span
    label: str | None = None
    title: str | None = None
    doc_type: str | None = None
    of_code: str | None = None
    of_date: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a header field was read, and by which rule."""

    field: str
    span: Span
    rule: str


@dataclass(frozen=True, slots=True)
class Header:
    """The components of Nghị định 30/2020/NĐ-CP, Phụ lục I, as printed; names are expanded, errors are kept.

    ``issuers`` are all offices of a joint document (else the issuer alone); ``issuer_unit`` the id of the issuer in the
    unit register on the day of the document; ``authority`` who decides when that is not the issuer (a letter of an
    office that conveys an order, ``TL. BỘ TRƯỞNG``); ``addressed`` the addressees taken apart;
    ``effective`` and ``expires`` the first day in force and the first day no longer so, where the text says them.
    """

    doc_type: str | None = None
    code: str | None = None
    canonical_id: str | None = None
    issuer: str | None = None
    parent_issuer: str | None = None
    place: str | None = None
    date: str | None = None
    subject: str | None = None
    urgency: str | None = None
    secrecy: str | None = None
    addressees: tuple[str, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    signing_mode: SigningMode | None = None
    on_behalf_of: str | None = None
    signer_title: str | None = None
    signer_name: str | None = None
    issuers: tuple[str, ...] = ()
    issuer_unit: str | None = None
    authority: str | None = None
    addressed: tuple[Party, ...] = ()
    copied: CopyMark | None = None
    effective: str | None = None
    expires: str | None = None
    evidence: tuple[Evidence, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention of another document. ``code`` is number and symbol as printed without inner spaces; a law cited by
    name only has ``code`` ``None`` and a ``name``. ``date`` is ISO as far as stated (``2014``, ``2020-03-27``).

    ``pinpoints`` are all places named, each written inside-out (``điểm a khoản 2 Điều 5``); ``pinpoint`` is the first.
    ``candidates`` are the canonical ids among which an unknown year or issuer leaves a choice.
    """

    span: Span
    rule: str
    relation: Relation
    code: str | None = None
    canonical_id: str | None = None
    type: str | None = None
    name: str | None = None
    issuer: str | None = None
    date: str | None = None
    pinpoint: str | None = None
    pinpoints: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CitedRelation:
    """A relation between two documents that a third one cites: *Thông tư 39/2018 sửa đổi Thông tư 38/2015*.

    ``source`` acts upon ``target``; both are indexes into the citations of the document.
    """

    span: Span
    rule: str
    relation: Relation
    source: int
    target: int


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference back: *Nghị định nêu trên*, *các văn bản trên*, *Luật này*.

    ``target`` is ``self`` for the document itself, ``cited`` for those at the indexes ``antecedents`` into its
    citations, ``open`` when nobody can tell which is meant: then a warning says so.
    """

    span: Span
    rule: str
    target: Literal["self", "cited", "open"]
    antecedents: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time by or at which something is to be done.

    ``value`` is ``<2020-04-05``, ``<=2020-04-05``, ``2020-04-01/2020-04-15``, ``<=2020-Q1``, ``P5BD``, ``PT24H``, an
    RFC 5545 recurrence, ``<event``, ``>event`` or ``immediate``; ``None`` when only the kind is known (*thường xuyên*).
    ``anchor`` is where a duration starts: ``receipt``, ``issue``, ``event`` or an ISO date.
    """

    span: Span
    rule: str
    type: DeadlineType
    text: str
    value: str | None
    anchor: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Obligation:
    """One sentence or table row that directs somebody. ``cites`` are indexes into the citations of the document.

    ``due`` is the last day (ISO) on which the duty can be done in time; ``recurrence`` the RFC 5545 rule, if any.
    ``actor_rule`` names how the actors were found. ``exception``, ``target`` (*tối thiểu 03 mô hình*), ``product``
    (the column *Sản phẩm*), ``accountable_to`` (*chịu trách nhiệm trước …*), ``route`` (*qua Văn phòng …*) and
    ``channels`` (mail, system) are as written. ``ordered_by`` is who gives the order where the document relays that of
    another, ``ordered_in`` the index of the citation of the paper in which that one gave it; ``parent`` the index,
    among the obligations of the document, of the one that this is a part of.
    """

    span: Span
    rule: str
    kind: ObligationKind
    actors: tuple[str, ...]
    actor_source: ActorSource | None
    actor_rule: str | None
    coordinators: tuple[str, ...] = ()
    action: str | None = None
    deadline: Deadline | None = None
    due: str | None = None
    recurrence: str | None = None
    report_to: str | None = None
    condition: str | None = None
    exception: str | None = None
    target: str | None = None
    product: str | None = None
    accountable_to: str | None = None
    route: str | None = None
    channels: tuple[str, ...] = ()
    ordered_by: str | None = None
    ordered_in: int | None = None
    parent: int | None = None
    clause: str | None = None
    cites: tuple[int, ...] = ()
    confidence: float = 1.0
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """Everything read from one file. ``doc_id`` is derived from the content, ``version`` is the extractor's."""

    doc_id: str
    path: str
    sha256: str
    format: str
    pages: int
    ocr: bool
    version: str
    document: Document
    header: Header
    citations: tuple[Citation, ...] = ()
    relations: tuple[CitedRelation, ...] = ()
    references: tuple[Reference, ...] = ()
    annexes: tuple[Annex, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    warnings: tuple[str, ...] = ()
    unread: tuple[UnreadPage, ...] = ()
    signatures: tuple[DigitalSignature, ...] = ()
    stated: Stated | None = None


def row_id(doc_id: str, kind: str, span: Span, value: str) -> str:
    """A stable id of 16 hex digits from document, kind, span and value: the same in every run over the same text."""
    return hashlib.sha256(f"{doc_id}\x1f{kind}\x1f{span.start}\x1f{span.end}\x1f{value}".encode()).hexdigest()[:16]
