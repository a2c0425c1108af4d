"""What a reader returns for a file: lines on pages, and what stands beside the document about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: x0, top, x1, bottom in points, origin at the top left of the page.
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """One line as a reader saw it, before cleaning. Columns and table cells are parted by a tab.

    ``complete`` says that the line is a whole paragraph or table row (DOCX, HTML), never to be joined with the next;
    lines of text files and PDFs are physical lines and may be wrapped. ``page`` counts from 1. ``confidences`` are how
    sure the recognition of a scan is of each word of the line, 0 to 100; empty for text that was typed.
    """

    text: str
    page: int = 1
    box: Box | None = None
    complete: bool = False
    confidences: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DigitalSignature:
    """A digital signature in a PDF (Nghị định 30/2020/NĐ-CP, Phụ lục I, box 8), as far as a machine without network
    can judge it.

    ``signed_at`` is the time as the signature states it (ISO, with its zone). ``intact``: the signed bytes are
    unchanged; ``changed_after``: something was added to the file after signing; ``trusted`` is ``None`` when nobody
    could be asked about the certificate.
    """

    signer: str | None
    organisation: str | None
    signed_at: str | None
    intact: bool
    changed_after: bool
    trusted: bool | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """What stands beside a document about it: the table of a portal or the envelope of an edXML message.

    The document itself is believed first; this serves to check it, and where it is silent. ``due`` is the day by which
    a message asks for an answer.
    """

    source: Literal["portal", "edxml"]
    doc_type: str | None = None
    code: str | None = None
    issuer: str | None = None
    date: str | None = None
    subject: str | None = None
    signer_title: str | None = None
    signer_name: str | None = None
    due: str | None = None


@dataclass(frozen=True, slots=True)
class UnreadPage:
    """A page of a document that gave no text, with a reason for a clerk."""

    page: int
    reason: str


@dataclass(frozen=True, slots=True)
class RawDocument:
    """What a reader found in a file: lines in reading order (letterhead and signature block column by column)."""

    format: str
    lines: tuple[Line, ...]
    pages: int
    ocr: bool = False
    warnings: tuple[str, ...] = ()
    unread: tuple[UnreadPage, ...] = ()
    signatures: tuple[DigitalSignature, ...] = ()
    stated: Stated | None = None
