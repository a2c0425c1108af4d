"""The text of a document cut into pieces, so that what was read can be lit where it stands."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from extractors.model import Span

#: How the names of marks of the header begin.
FIELD = "field-"


class Piece(NamedTuple):
    """A stretch of text from the offset ``start`` on, within one line, and the names of all that stand in it."""

    start: int
    text: str
    names: tuple[str, ...]

    @property
    def kind(self) -> str:
        """``duty`` where a duty stands, ``field`` where only fields of the header stand."""
        return "field" if all(name.startswith(FIELD) for name in self.names) else "duty"


class Mark(NamedTuple):
    """A name and where it stands."""

    name: str
    span: Span


class Place(NamedTuple):
    """A box in points, from the left and the top of a page, and the name of what stands in it."""

    name: str
    x: float
    y: float
    width: float
    height: float


def lines_in_pieces(text: str, marks: Iterable[Mark]) -> list[list[Piece]]:
    """The lines of a text, each in pieces; a piece never reaches over the border of a mark."""
    starts: dict[int, list[str]] = {}
    ends: dict[int, list[str]] = {}
    for name, span in marks:
        if span.start < span.end:
            starts.setdefault(span.start, []).append(name)
            ends.setdefault(span.end, []).append(name)
    borders = sorted(starts.keys() | ends.keys())
    found, at, active = [], 0, dict[str, None]()
    for line in text.split("\n"):
        stop, pieces = at + len(line), list[Piece]()
        inner = borders[bisect_left(borders, at) : bisect_right(borders, stop)]
        for start, end in zip([at, *inner], [*inner, stop], strict=True):
            for name in ends.pop(start, ()):
                active.pop(name, None)
            active |= dict.fromkeys(starts.pop(start, ()))
            if start < end:
                pieces.append(Piece(start, text[start:end], tuple(active)))
        found.append(pieces or [Piece(at, "", ())])
        at = stop + 1
    return found


def places(lines: Sequence[Sequence[Any]], marks: Iterable[Mark]) -> dict[int, list[Place]]:
    """By page, the boxes of the lines in which each mark stands; ``lines`` are those of the row of a document."""
    boxed = sorted((line[0], line[1], line[2], line[3]) for line in lines if line[3])
    starts = [line[0] for line in boxed]
    found: dict[int, list[Place]] = {}
    for name, span in marks:
        first = max(0, bisect_left(starts, span.start) - 1)
        for start, end, page, (x0, top, x1, bottom) in boxed[first : bisect_left(starts, span.end)]:
            if start < span.end and span.start < end:
                found.setdefault(page, []).append(Place(name, x0, top, round(x1 - x0, 1), round(bottom - top, 1)))
    return found
