"""Akoma Ntoso 1.0 (OASIS LegalDocML), one file a document: ``act`` for legal documents, ``doc`` for all others.

The zones of the sheet become preface, preamble (the bases), body, conclusions and attachments; the clause tree becomes
the hierarchy. Nothing of the text is left out and nothing moved: the file reads like the document.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from lxml import etree
from sqlalchemy import Engine

from extractors.model import CleanText, Document, TextLine
from extractors.structure import build
from pipeline.export.akn.assembly import Around, assemble
from pipeline.export.akn.inline import NAMESPACE
from pipeline.export.akn.uris import document_uri
from pipeline.export.exchange import each_going_out, file_name
from pipeline.query import each_document, of_document
from pipeline.rows import Row
from pipeline.tables import citations


def write(engine: Engine, target: Path, with_drafters: bool) -> list[Path]:
    """Write a file for each document into ``target/akn``; that folder, if there was a document to write."""
    folder = target / "akn"
    folder.mkdir(parents=True, exist_ok=True)
    in_folder = {row["doc_id"]: document_uri(row) for row in each_document(engine)}
    written = False
    for row in each_going_out(engine, "akn"):
        written = True
        around = Around(of_document(engine, citations, row["doc_id"]), in_folder, date.today(), with_drafters)
        tree = etree.ElementTree(to_akn(row, around))
        tree.write(str(folder / file_name(row, ".xml")), encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return [folder] if written else []


def to_akn(row: Row, around: Around) -> Any:
    """The ``akomaNtoso`` element of the document ``row``."""
    root = etree.Element(f"{{{NAMESPACE}}}akomaNtoso", nsmap={None: NAMESPACE})
    assemble(root, row, _rebuilt(row), around)
    return root


def _rebuilt(row: Row) -> Document:
    """The document with its zones and clauses, which the database does not keep: they follow from the text."""
    lines = tuple(
        TextLine(start, end, page, tuple(box) if box else None, tuple(confidences))
        for start, end, page, box, confidences in row["lines"] or []
    )
    return build(CleanText(row["text"], lines, tuple(row["page_starts"] or (0,))))
