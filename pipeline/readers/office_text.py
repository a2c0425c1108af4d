"""The bare text of DOC, RTF and ODT files, for machines without LibreOffice."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from lxml.etree import _Element
from striprtf.striprtf import rtf_to_text

from pipeline.readers.ole import word_text

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_BODY = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}body"
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_MARKS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_SKIPPED = frozenset(
    f"{_TEXT}{name}" for name in ("tracked-changes", "note", "sequence-decls", "variable-decls", "user-field-decls")
)
#: The end of a cell in RTF, which would become a bar.
_CELL = re.compile(r"\\(?:nest)?cell(?![a-z])")
#: A file of a few kilobytes may unpack into gigabytes.
_LARGEST = 200_000_000
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)

#: What the libraries raise for a damaged archive or content.
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, RuntimeError, OSError, NotImplementedError,
    etree.XMLSyntaxError,
)  # fmt: skip


def bare_text(path: Path, kind: str) -> str | None:
    """The text of a file of this kind (``.doc``, ``.rtf``, ``.odt``), a line for each paragraph; ``None`` when the file
    is damaged. May raise ``OSError`` for a file that cannot be opened."""
    return {".doc": word_text, ".rtf": _rich_text, ".odt": _open_document}[kind](path)


def _rich_text(path: Path) -> str | None:
    source = _CELL.sub(r"\\tab", path.read_bytes().decode("latin-1"))
    try:
        return str(rtf_to_text(source, encoding="cp1252", errors="replace"))  # type: ignore[no-untyped-call]
    except Exception:  # the parser promises nothing about damaged input
        return None


def _open_document(path: Path) -> str | None:
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo("content.xml").file_size > _LARGEST:
                return None
            body = etree.fromstring(archive.read("content.xml"), _PARSER).find(_BODY)
    except _DAMAGED:
        return None
    return None if body is None else "\n".join(_paragraphs(body))


def _paragraphs(node: _Element) -> Iterator[str]:
    """The paragraphs under a node, cell by cell in tables."""
    for child in node:
        if child.tag in _PARAGRAPHS:
            yield "".join(_characters(child))
            yield from (line for frame in child.iter(f"{_TABLE}table") for line in _paragraphs(frame))
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            yield from _paragraphs(child)


def _characters(paragraph: _Element) -> Iterator[str]:
    yield paragraph.text or ""
    for child in paragraph:
        if child.tag == f"{_TEXT}s":
            count = child.get(f"{_TEXT}c") or "1"
            yield " " * min(int(count), 200) if count.isdecimal() else " "
        elif child.tag in _MARKS:
            yield _MARKS[child.tag]
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            yield from _characters(child)
        yield child.tail or ""
