"""``DocBin`` files for ``spacy train``: the marks as ``doc.spans`` over the tokens of our tokenizer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, cast

from pipeline.export.training.marks import Annotated

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

#: Documents in a file; ``spacy train`` reads a folder of them as one.
IN_ONE_FILE = 1000


def write(documents: Iterable[Annotated], target: Path) -> list[Path]:
    """Write ``annotations-0001.spacy`` and so on; no file without documents."""
    from spacy.tokens import DocBin

    from pipeline.nlp.component import make_nlp

    docs = _docs(make_nlp(()), documents)
    paths: list[Path] = []
    while part := list(islice(docs, IN_ONE_FILE)):
        paths.append(target / f"annotations-{len(paths) + 1:04}.spacy")
        DocBin(docs=part, store_user_data=True).to_disk(paths[-1])
    return paths


def _docs(nlp: Language, documents: Iterable[Annotated]) -> Iterator[Doc]:
    """One ``Doc`` for each document; a mark that ends inside a token is widened to it, ``id_`` names its row."""
    for document in documents:
        doc = nlp.make_doc(document.text)
        doc.user_data.update(document.about())
        for group, marks in document.marks.items():
            places = (
                doc.char_span(mark.start, mark.end, label=mark.label, span_id=mark.row, alignment_mode="expand")
                for mark in marks
            )
            doc.spans[group] = [cast("Span", place) for place in places]  # None is for offsets outside the text
        yield doc
