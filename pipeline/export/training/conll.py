"""CoNLL-U Plus (https://universaldependencies.org/ext-format.html): a token a line with its offsets, a column of BIO
for each group.

BIO holds no mark inside another: the longest stays, ``# left_out`` counts the others. A blank line, which parts
sentences for those who train, stands at the end of a line of the document unless a mark goes on behind it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.export.training.marks import GROUPS, Annotated, Mark
from pipeline.nlp.tokenizer import split_tokens

COLUMNS = ("FORM", "VANTHU:START", "VANTHU:END", *(f"VANTHU:{group.upper()}" for group in GROUPS))
_OUTSIDE = "O"


class _Token(NamedTuple):
    start: int
    end: int
    form: str


def write(documents: Iterable[Annotated], target: Path) -> list[Path]:
    """Write ``annotations.conllup``."""
    path = target / "annotations.conllup"
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f"# global.columns = {' '.join(COLUMNS)}\n")
        for document in documents:
            file.writelines(f"{line}\n" for line in _lines(document))
    return [path]


def _lines(document: Annotated) -> Iterator[str]:
    tokens = list(_tokens(document.text))
    tagged = [_tags(tokens, document.marks[group]) for group in GROUPS]
    yield f"# newdoc id = {document.doc_id}"
    for name, value in [*document.about().items(), ("left_out", sum(left for _, left in tagged))]:
        if value is not None and name != "doc_id":
            yield f"# {name} = {' '.join(str(value).split())}"
    written = False
    for token, *tags in zip(tokens, *(tags for tags, _ in tagged), strict=True):
        if not token.form.isspace():
            yield "\t".join((token.form, str(token.start), str(token.end), *tags))
            written = True
        elif token.form == "\n" and written and set(tags) == {_OUTSIDE}:
            yield ""
            written = False
    if written or not tokens:
        yield ""


def _tokens(text: str) -> Iterator[_Token]:
    start = 0
    for form, space in split_tokens(text):
        yield _Token(start, start + len(form), form)
        start += len(form) + space


def _tags(tokens: Sequence[_Token], marks: Iterable[Mark]) -> tuple[list[str], int]:
    """The tag of each token, and how many marks found no room; a token belongs to a mark that touches it."""
    tags, left_out = [_OUTSIDE] * len(tokens), 0
    starts, ends = [token.start for token in tokens], [token.end for token in tokens]
    for mark in sorted(marks, key=lambda one: (one.start - one.end, one)):
        first, last = bisect_right(ends, mark.start), bisect_left(starts, mark.end)
        if first == last or set(tags[first:last]) != {_OUTSIDE}:
            left_out += 1
        else:
            tags[first:last] = [f"B-{mark.label}"] + [f"I-{mark.label}"] * (last - first - 1)
    return tags, left_out
