"""Who carries out a decision: those named in its executory article, to whom *Như Điều 3* in *Nơi nhận* points.

``Điều 3. Chánh Văn phòng, Giám đốc Sở A và Thủ trưởng các đơn vị liên quan chịu trách nhiệm thi hành Quyết định này.``
(usual closing article of decisions; Nghị định 30/2020/NĐ-CP, Phụ lục III).
"""

from __future__ import annotations

import re

from extractors.actors import read_names
from extractors.fold import lower
from extractors.model import Document, Span
from extractors.sentences import split_sentences

_EXECUTES = re.compile(r"(?:chịu|có) trách nhiệm|thi hành|thực hiện")
#: An executory article names a few offices; a longer one is the substance of the text.
_LONGEST = 4000


def read_executors(document: Document, article: str) -> tuple[str, ...]:
    """The names in ``article`` (``Điều 3``) of the body, in order, as written; none when it names nobody."""
    wanted = article.casefold()
    at = next(
        (i for i, c in enumerate(document.clauses) if c.zone == "body" and (c.path or "").casefold() == wanted), None
    )
    if at is None:
        return ()
    words = document.text
    stop = document.clauses[at].span.start + _LONGEST
    names: list[str] = []
    for clause in document.clauses[at:]:
        inside = clause.path is not None and f"{clause.path}.".casefold().startswith(f"{wanted}.")
        if not inside or clause.span.start >= stop:
            break
        content = clause.content.of(words)[:_LONGEST]
        for sentence in split_sentences(content, Span(0, len(content))):
            names += _charged(sentence.of(content))
    return tuple(dict.fromkeys(names))


def _charged(sentence: str) -> tuple[str, ...]:
    found = read_names(sentence)
    if found is None or not _EXECUTES.match(lower(sentence), found.end):
        return ()
    return found.names
