"""Citations: MB a second over text files, beside ONE alternation of the same patterns run bare over the same text.

python tests/benchmarks/citations.py FOLDER [SUFFIX …]    (default: the text files of corpus/documents)
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from extractors.citations import find_citations
from extractors.clean import clean
from extractors.header import read_header
from extractors.mentions import ANCHORS, find_mentions
from extractors.model import Document
from extractors.structure import build
from pipeline.readers import UnreadableDocument, read

ROUNDS = 3
#: The patterns at which mentions begin, as one regex: what any reader of them must spend at least.
BARE = re.compile("|".join(f"(?:{re.sub(r'[(][?]P<[a-z]+>', '(?:', pattern.pattern)})" for pattern in ANCHORS))


def seconds(work: Callable[[Document], object], documents: list[Document]) -> float:
    """The shortest of some rounds over all documents."""
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for document in documents:
            work(document)
        rounds.append(time.perf_counter() - start)
    return min(rounds)


def documents_in(folder: Path, suffixes: frozenset[str]) -> list[Document]:
    """The documents of a folder that can be read."""
    found = []
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.suffix.lower() in suffixes:
            try:
                found.append(build(clean(read(file).lines)))
            except UnreadableDocument as reason:
                print(f"{file.name}: {reason}", file=sys.stderr)
    return found


def main(arguments: list[str]) -> None:
    folder = Path(arguments[0]) if arguments else Path("corpus/documents")
    documents = documents_in(folder, frozenset(arguments[1:]) or frozenset({".txt", ".md"}))
    headers = {id(document): read_header(document) for document in documents}
    size = sum(len(document.text.encode()) for document in documents) / 1e6
    works: dict[str, Callable[[Document], object]] = {
        "bare alternation": lambda document: sum(1 for _ in BARE.finditer(document.text)),
        "mentions": lambda document: find_mentions(document.text),
        "citations": lambda document: find_citations(document, headers[id(document)]),
    }
    count = sum(len(find_citations(document, headers[id(document)]).citations) for document in documents)
    print(f"{len(documents)} documents, {size:.2f} MB, {count} citations, one process, best of {ROUNDS} rounds")
    bare = 0.0
    for name, work in works.items():
        spent = seconds(work, documents)
        bare = bare or spent
        print(f"{name:18} {spent:7.3f} s {size / spent:8.2f} MB/s   ratio {spent / bare:5.1f}")


if __name__ == "__main__":
    main(sys.argv[1:])
