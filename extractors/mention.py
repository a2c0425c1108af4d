"""One mention of a document, as it stands in the text, and the paragraph in which it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.letters import LOWER
from extractors.model import Span


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention as it stands there. ``head`` is the type in the words of the text; ``place`` where the pinpoints
    before it begin (else the start of the span); ``refused`` marks a look-alike, kept to refuse the rest of its
    list as well."""

    span: Span
    rule: str
    head: str | None = None
    code: str | None = None
    name: str | None = None
    date: str | None = None
    issuer: str | None = None
    pinpoints: tuple[str, ...] = ()
    place: int = 0
    refused: bool = False


#: A line that goes on with the one above, left apart by a reader: it begins with a small letter or a number and symbol.
_SOFT_BREAK = re.compile(rf"(?<![.;:!?\n])\n(?=[{LOWER}]+[\s,.;]|\d{{1,6}}[a-z]?/|[A-ZĐ]+[-/][A-ZĐ])")


def paragraph_start(text: str, at: int) -> int:
    """Where the paragraph around offset ``at`` begins, a line broken within a sentence counted with the one above."""
    start = text.rfind("\n", 0, at) + 1
    for _ in range(8):
        if not start or not _SOFT_BREAK.match(text, start - 1):
            break
        start = text.rfind("\n", 0, start - 1) + 1
    return start
