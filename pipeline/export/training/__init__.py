"""Training data from reviews: the documents with what people found right in them marked, as tools of the field read it.

``spacy``: ``DocBin`` files with ``doc.spans``; ``conll``: CoNLL-U Plus, a token a line, a column of BIO for each group;
``jsonl-annotations``: a document a line, with ``spans`` as Prodigy and ``label`` as doccano have them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine

from pipeline.export.exchange import secret_documents
from pipeline.export.training.marks import Annotated, each_annotated
from pipeline.query import each_document

_MODULES = {"spacy": "spacy", "conll": "conll", "jsonl-annotations": "jsonl"}
#: The formats of ``vanthu export`` that hold training data.
FORMATS = tuple(_MODULES)


class Written(NamedTuple):
    """The paths written, how many documents they hold, how many rows of these nobody has looked at, and the paths of
    the ``secret`` documents that stay here."""

    paths: list[Path]
    documents: int
    unreviewed: int
    secret: list[str]


def write(engine: Engine, form: str, target: Path, *, every: bool = False) -> Written:
    """Write the marked documents into the folder ``target`` in one of ``FORMATS``.

    Only rows that a person accepted, corrected or added are marked, in the documents that have any; with ``every`` all
    rows that nobody rejected, citations too, in all documents. Training data gets passed on and what is learnt from it
    can be got out again: what bears a mark of secrecy stays out, as in the formats of exchange.
    """
    target.mkdir(parents=True, exist_ok=True)
    writer: Callable[[Iterator[Annotated], Path], list[Path]]
    writer = import_module(f"{__name__}.{_MODULES[form]}").write
    counts: Counter[str] = Counter()
    hidden = secret_documents(engine)

    def counted() -> Iterator[Annotated]:
        for one in each_annotated(engine, hidden, every=every):
            counts.update(documents=1, unreviewed=one.unreviewed)
            yield one

    secret = [row["path"] for row in each_document(engine) if (row["version_of"] or row["doc_id"]) in hidden]
    return Written(writer(counted(), target), counts["documents"], counts["unreviewed"], secret)
