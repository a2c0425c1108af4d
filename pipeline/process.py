"""One document, from file to ``Result``. Read this first: everything else serves these few lines."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from functools import partial
from pathlib import Path

from extractors.clean import clean
from extractors.consistency import anachronisms, inconsistencies
from extractors.extract import extract
from extractors.model import Result
from extractors.raw import Stated
from pipeline.crosscheck import (
    asked_by,
    completed,
    dated_after_signing,
    disagreements,
    far_from_signing,
    named_otherwise,
)
from pipeline.disguises import disguises
from pipeline.fingerprint import extractor_version
from pipeline.nlp.heads import clause_head_is_verb
from pipeline.readers import BARE, DEFAULT, Options, UnreadableDocument, read
from pipeline.readers.notes import is_amended_copy

#: Behind the version of a result that another machine would read better, so that the next run reads the file again.
_PROVISIONAL = "-text"
_CHANGING = "Tệp bị thay đổi trong lúc đọc (đang được chép hoặc lưu): hãy chạy lại khi việc đó xong"


def process(path: Path, name: str | None = None, options: Options = DEFAULT, stated: Stated | None = None) -> Result:
    """Everything read from the file ``path``, called ``name`` in the result (its file name by default).

    ``stated`` is what the message in which the file came says of it; by default what the file itself holds beside the
    document.
    Raises ``UnreadableDocument`` and ``OSError``; whatever can be read gives a result, however poor its text.
    """
    before = _state(path)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    name = printable(path.name) if name is None else name
    raw = read(path, options)
    stated = stated or raw.stated
    if _state(path) != before:
        raise UnreadableDocument(path, _CHANGING)
    found = extract(clean(raw.lines), clause_head_is_verb, partial(completed, stated=stated))
    differences = inconsistencies(found.document, found.header, found.citations, found.obligations)
    if not is_amended_copy(raw.warnings):
        differences += anachronisms(found.document, found.header, found.citations)
    differences += far_from_signing(found.header, raw.signatures) if raw.ocr else ()
    differences += dated_after_signing(found.header, raw.signatures) if not raw.ocr else ()
    differences += named_otherwise(found.header, name)
    differences += (*disagreements(found.header, stated), *asked_by(stated)) if stated else ()
    return Result(
        doc_id=document_id(sha256, name),
        path=name,
        sha256=sha256,
        format=raw.format,
        pages=raw.pages,
        ocr=raw.ocr,
        version=extractor_version() + (_PROVISIONAL if BARE in raw.warnings or raw.unread else ""),
        **found._asdict(),
        warnings=(*raw.warnings, *disguises(raw.lines), *differences),
        unread=raw.unread,
        signatures=raw.signatures,
        stated=stated,
    )


def _state(path: Path) -> tuple[int, int, int]:
    """What changes when somebody writes to a file or puts another in its place."""
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


def document_id(sha256: str, name: str) -> str:
    """16 hex digits from content and relative name: the same on every machine; a copy elsewhere is another document."""
    return hashlib.sha256(f"{sha256}\x1f{name}".encode()).hexdigest()[:16]


def relative_name(path: Path, root: Path) -> str:
    """``path`` as seen from ``root``, with ``/`` and in NFC; bytes that are no UTF-8 become U+FFFD."""
    return printable(Path(os.path.relpath(path, root)).as_posix())


def printable(name: str) -> str:
    """A file name that any database and terminal takes."""
    return unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "replace"))
