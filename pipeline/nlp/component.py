"""vanthu inside spaCy: the same extractors, their records as spans of a ``Doc``.

spaCy loads this module through its entry points; nothing else imports it at the top, for it imports spaCy. ``vanthu``
fills the three groups of ``doc.spans``, ``vanthu_citations``, ``vanthu_deadlines`` and ``vanthu_obligations`` one each;
a document is read once however many of them stand in a pipeline. The label of a span is the first word in the list, its
``kb_id_`` the second, its ``id_`` the key of the exports:

- ``citations``: relation (``basis``), number (``15/CT-TTg`` or the unique ``canonical_id``)
- ``deadlines``: type (``absolute``), value (``<2020-04-05``)
- ``obligations``: kind (``prohibition``), value of the deadline

``span._.vanthu`` is the record as a dict with the keys of the exports, exact offsets among them; ``doc._.vanthu`` holds
them all by group, whichever groups are spans, and under ``document`` the header, which is ``doc._.vanthu_header`` too.
Everything survives ``nlp.pipe(n_process=…)``, ``DocBin(store_user_data=True)`` and ``doc.to_bytes``; who only reads
such files calls :func:`set_extensions` first. ``kb_id_`` may hold words of the document: escape them in HTML.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from extractors.clean import clean
from extractors.extract import extract
from extractors.model import CleanText, Result, row_id
from extractors.raw import Line
from pipeline.nlp.heads import clause_head_is_verb
from pipeline.process import process
from pipeline.rows import DOCUMENT_KEYS, Row, citation_rows, document_row, obligation_rows

KEY = "vanthu"
HEADER = "vanthu_header"
#: In ``doc.user_data``: id of a record -> its group and number there. A search for each span would be quadratic.
_PLACES = "vanthu_places"
GROUPS = ("citations", "deadlines", "obligations")
_ASSIGNS = ("doc._.vanthu", "doc._.vanthu_header", "doc.spans", "span._.vanthu")


class NotCanonical(ValueError):
    """A text whose offsets would shift in cleaning, so that no span could point into it."""


def make_nlp(components: Sequence[str] = (KEY,), *, words: bool = False) -> Language:
    """A blank pipeline for Vietnamese with our tokenizer and components; further components go behind them.

    Args:
        components: ``vanthu``, or those of single groups, such as ``vanthu_deadlines``.
        words: tokens are words as underthesea sees them (*hồ sơ*), not syllables.
    """
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "vanthu.Tokenizer.v1", "words": words}}})
    for name in components:
        nlp.add_pipe(name)
    return nlp


def canonical(text: str) -> str:
    """The text as the components want it: ``nlp.pipe(map(canonical, texts))``. What is canonical stays as it is."""
    return _clean(text).text


def make_doc(nlp: Language, source: Path | str) -> Doc:
    """The ``Doc`` of a file, or of any text at all: cleaned first, so that every span has its place.

    Args:
        nlp: a pipeline with the component, from :func:`make_nlp` or ``spacy.load``.
        source: a ``Path`` is read as ``vanthu run`` reads it; a ``str`` is the text itself.
    Raises: ``UnreadableDocument`` and ``OSError`` for a file.
    """
    result = _result(_clean(source)) if isinstance(source, str) else process(source)
    doc = nlp.make_doc(result.document.text)
    doc.user_data[KEY] = result
    return nlp(doc)


def set_extensions() -> None:
    """Give ``Doc`` and ``Span`` the attributes of the module text; the components do it by themselves."""
    if not Doc.has_extension(KEY):
        Doc.set_extension(KEY, default=None)
        Doc.set_extension(HEADER, getter=_header)
        Span.set_extension(KEY, getter=_record)


@Language.factory(KEY, assigns=_ASSIGNS)
def make_component(nlp: Language, name: str) -> VanthuComponent:
    """The factory ``vanthu`` of spaCy's registry: all groups."""
    return VanthuComponent(GROUPS)


@Language.factory(f"{KEY}_citations", assigns=_ASSIGNS)
def make_citations(nlp: Language, name: str) -> VanthuComponent:
    """The factory ``vanthu_citations``."""
    return VanthuComponent(("citations",))


@Language.factory(f"{KEY}_deadlines", assigns=_ASSIGNS)
def make_deadlines(nlp: Language, name: str) -> VanthuComponent:
    """The factory ``vanthu_deadlines``."""
    return VanthuComponent(("deadlines",))


@Language.factory(f"{KEY}_obligations", assigns=_ASSIGNS)
def make_obligations(nlp: Language, name: str) -> VanthuComponent:
    """The factory ``vanthu_obligations``."""
    return VanthuComponent(("obligations",))


class VanthuComponent:
    """Runs the extractors over the text of a ``Doc``; it learns nothing, so there is nothing to save."""

    def __init__(self, groups: Sequence[str]) -> None:
        self.groups = groups
        set_extensions()

    def __call__(self, doc: Doc) -> Doc:
        """Fill ``doc.spans`` and ``doc._.vanthu``. Raises :class:`NotCanonical` when cleaning would move offsets."""
        if doc._.vanthu is None:  # else another of our components has read it
            found = _records(doc.user_data.pop(KEY, None) or _result(_unchanged(doc.text)))
            doc._.vanthu = found
            doc.user_data[_PLACES] = {
                row[_LABELS[group][2]]: [group, number] for group in GROUPS for number, row in enumerate(found[group])
            }
        for group in self.groups:
            doc.spans[group] = list(_spans(doc, group, doc._.vanthu[group]))
        return doc


#: Group -> the keys of a row that become label, ``kb_id_`` (the first that is not empty) and ``id_`` of its span.
_LABELS: dict[str, tuple[str, tuple[str, ...], str]] = {
    "citations": ("relation", ("canonical_id", "code", "name"), "citation_id"),
    "deadlines": ("type", ("value",), "deadline_id"),
    "obligations": ("kind", ("deadline",), "obligation_id"),
}


def _spans(doc: Doc, group: str, rows: Iterable[Row]) -> Iterator[Span]:
    """The spans of rows; one that begins or ends inside a token is widened to it (the row keeps the exact offsets)."""
    label, kb_keys, id_key = _LABELS[group]
    for row in rows:
        kb_id = next((row[key] for key in kb_keys if row[key]), "")
        place = doc.char_span(row["start"], row["end"], label=row[label], kb_id=kb_id, alignment_mode="expand")
        span = cast(Span, place)  # None is for offsets outside the text
        span.id_ = row[id_key]
        yield span


def _records(result: Result) -> Row:
    """The records by group, in what JSON can say: tuples would come back from bytes as lists."""
    citations, document = citation_rows(result), document_row(result)
    rows = {
        "document": {key: document[key] for key in DOCUMENT_KEYS if key != "text"},
        "citations": citations,
        "deadlines": _deadline_rows(result),
        "obligations": obligation_rows(result, citations),
    }
    return cast(Row, _plain(rows))


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def _header(doc: Doc) -> Row | None:
    """The record of the document itself, ``None`` before one of our components has read it."""
    return (doc._.vanthu or {}).get("document")


def _record(span: Span) -> Row | None:
    """The row behind a span of one of our groups, ``None`` for any other span."""
    group, number = span.doc.user_data.get(_PLACES, {}).get(span.id_, (None, 0))
    return cast(Row, span.doc._.vanthu[group][number]) if group else None


def _deadline_rows(result: Result) -> list[Row]:
    text = result.document.text
    return [
        {
            **{key: value for key, value in asdict(deadline).items() if key != "span"},
            "deadline_id": row_id(result.doc_id, "deadline", deadline.span, deadline.value or ""),
            "start": deadline.span.start,
            "end": deadline.span.end,
            "quote": deadline.span.of(text),
        }
        for deadline in result.deadlines
    ]


def _clean(text: str) -> CleanText:
    return clean([Line(line, complete=True) for line in text.split("\n")])


def _unchanged(text: str) -> CleanText:
    cleaned = _clean(text)
    if cleaned.text.removesuffix("\n") != text.removesuffix("\n"):
        raise NotCanonical("Cleaning would change this text and move its offsets: use make_doc(nlp, text)")
    return cleaned


def _result(cleaned: CleanText) -> Result:
    sha256 = hashlib.sha256(cleaned.text.encode("utf-8", "replace")).hexdigest()
    return Result(
        doc_id=sha256[:16],
        path="",
        sha256=sha256,
        format="text",
        pages=1,
        ocr=False,
        version="",
        **extract(cleaned, clause_head_is_verb)._asdict(),
    )
