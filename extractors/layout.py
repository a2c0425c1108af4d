"""The zones of a document: noise, letterhead, title, addressees, body, signature, recipients, annex, copy.

Zones follow each other, cover the whole text and may begin inside a line where a copy glued two boxes together; the
body is always one zone. A text without any sign of an official document (a news report) is one body.
"""

from __future__ import annotations

from extractors.closing import Part, find_closing, is_annex, is_marker
from extractors.model import CleanText, Span, Zone
from extractors.opening import find_opening


def find_zones(clean: CleanText) -> tuple[Zone, ...]:
    """The zones of ``clean`` in order. Total: any text, never an error."""
    text = clean.text
    if is_annex(text):
        return (Zone("annex", Span(0, len(text))),)
    opening, body_start = find_opening(text)
    closing, body_end = find_closing(text, body_start)
    if not official(text, opening, closing):
        closing, body_end = [], len(text)
    parts: list[Part] = [*opening, ("body", Span(body_start, body_end)), *closing]
    return tuple(_joined(text, parts))


def official(text: str, opening: list[Part], closing: list[Part]) -> bool:
    """A block at the end counts after a first page, or when it is more than the office and name of a caption."""
    if any(kind != "noise" for kind, _ in opening) or any(kind == "recipients" for kind, _ in closing):
        return True
    return any(kind == "annex" for kind, _ in closing[:1]) or any(
        kind == "signature" and is_marker(span.of(text)) for kind, span in closing
    )


def _joined(text: str, parts: list[Part]) -> list[Zone]:
    """Neighbours of one kind as one zone; what lies between two zones belongs to the first."""
    zones: list[Zone] = []
    for kind, span in parts:
        if span.start >= span.end:
            continue
        if zones and zones[-1].kind == kind:
            zones[-1] = Zone(kind, Span(zones[-1].span.start, span.end))
        else:
            zones.append(Zone(kind, span))
    if not zones:
        return [Zone("body", Span(0, len(text)))] if text else []
    bounds = [0, *(zone.span.start for zone in zones[1:]), len(text)]
    return [Zone(zone.kind, Span(bounds[i], bounds[i + 1])) for i, zone in enumerate(zones)]
