"""One reading replaced by another: the text of the line, and what a clerk is told."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extractors.raw import Line

#: From this confidence on a reading of the engine is believed.
SURE = 60
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Mending:
    """The new text of a line, and the warning that goes with it (``None`` where nothing a reader sees has changed)."""

    text: str
    warning: str | None


def sureness(line: Line, start: int, end: int) -> int:
    """How sure the engine is of ``line.text[start:end]``: its least sure word; 100 when it did not say."""
    words = list(_WORD.finditer(line.text))
    if len(words) != len(line.confidences):
        return 100
    touched = [
        sure for word, sure in zip(words, line.confidences, strict=True) if word.start() < end and start < word.end()
    ]
    return min(touched, default=100)


def mended(line: Line, mending: Mending | None, warnings: list[str]) -> Line:
    """The line after a mending, whose warning goes to ``warnings``."""
    if mending is None or mending.text == line.text:
        return line
    if mending.warning:
        warnings.append(mending.warning)
    kept = line.confidences if len(mending.text.split()) == len(line.confidences) else ()
    return replace(line, text=mending.text, confidences=kept)
