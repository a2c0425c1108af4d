"""Text with marks in it: what a line names (number, day, signer, a cited document) as elements around its words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from extractors.model import Span
from pipeline.export.characters import shown

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
#: The element that stands where words of the text are left out.
OMITTED = "omissis"


@dataclass(frozen=True, slots=True)
class Mark:
    """An element around a stretch of the text, or instead of it (``OMITTED``)."""

    span: Span
    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)


class Marked:
    """A canonical text and its marks. Marks may lie in each other; of two that cross, the later is cut.

    Each stretch of the text is to be asked for once: an element with an ``eId`` that a line end parts in two bears it
    on the first part alone.
    """

    def __init__(self, text: str, marks: Iterable[Mark]) -> None:
        self.text = text
        self._marks = sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end))
        self._starts = [mark.span.start for mark in self._marks]
        self._longest = max((mark.span.end - mark.span.start for mark in self._marks), default=0)

    def fill(self, element: Any, span: Span) -> None:
        """Put the characters of ``span`` into ``element``, with the marks that lie there."""
        first = bisect_left(self._starts, span.start - self._longest)
        last = bisect_left(self._starts, span.end)
        self._fill(element, span, [mark for mark in self._marks[first:last] if mark.span.end > span.start])

    def _fill(self, element: Any, span: Span, marks: Sequence[Mark]) -> None:
        at, number, last = span.start, 0, None
        while number < len(marks):
            mark = marks[number]
            place = Span(max(at, mark.span.start), min(span.end, mark.span.end))
            number += 1
            if place.start >= place.end:
                continue
            inner = []
            while number < len(marks) and marks[number].span.start < place.end:
                inner.append(marks[number])
                number += 1
            _append(element, last, self.text[at : place.start])
            last = add(element, mark.tag, self._attributes(mark, place))
            if mark.tag != OMITTED:
                self._fill(last, place, inner)
            at = place.end
        _append(element, last, self.text[at : span.end])

    @staticmethod
    def _attributes(mark: Mark, place: Span) -> Mapping[str, str]:
        whole = place.start == mark.span.start
        return mark.attributes if whole else {k: v for k, v in mark.attributes.items() if k != "eId"}


def add(parent: Any, tag: str, attributes: Mapping[str, str] | None = None) -> Any:
    """A new last child of ``parent`` in the namespace of Akoma Ntoso; forbidden characters are shown otherwise."""
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}")
    for name, value in (attributes or {}).items():
        element.set(name, shown(value))
    return element


def _append(element: Any, last: Any, text: str) -> None:
    if not text:
        return
    if last is None:
        element.text = (element.text or "") + shown(text)
    else:
        last.tail = (last.tail or "") + shown(text)
