"""Words lit where they stand, boxes on pages, and what is due every day; without a browser."""

from __future__ import annotations

from itertools import chain

import pytest

from extractors.model import Span
from pipeline.review.marks import Mark, Place, lines_in_pieces, places
from pipeline.review.words import TEXTS
from pipeline.upcoming import is_daily

TEXT = "Kính gửi: Sở 😀\n\n1. Sở Y tế trực.\n2. Sở Tài chính chi."


def names_at(marks: list[Mark], offset: int) -> tuple[str, ...]:
    """The names of the piece in which the character at ``offset`` stands."""
    pieces = chain.from_iterable(lines_in_pieces(TEXT, marks))
    (found,) = [piece.names for piece in pieces if piece.start <= offset < piece.start + len(piece.text)]
    return found


def test_pieces_are_the_text_and_know_their_place() -> None:
    """Nested, touching, overlapping marks, one over a line end: nothing is lost, every character knows its marks."""
    spans = {"all": (0, len(TEXT)), "a": (17, 30), "b": (30, 34), "c": (25, 40), "field-code": (0, 8), "empty": (5, 5)}
    marks = [Mark(name, Span(*span)) for name, span in spans.items()]
    lines = lines_in_pieces(TEXT, marks)
    assert TEXT == "\n".join("".join(piece.text for piece in line) for line in lines)
    assert all(TEXT.startswith(piece.text, piece.start) for line in lines for piece in line)
    for offset, char in enumerate(TEXT):
        if char != "\n":
            meant = {name for name, (start, end) in spans.items() if start <= offset < end}
            assert meant == set(names_at(marks, offset)), offset


@pytest.mark.parametrize(("names", "kind"), [(("field-code",), "field"), (("field-code", "a1"), "duty")])
def test_a_piece_is_a_field_only_without_a_duty(names: tuple[str, ...], kind: str) -> None:
    """The colour of duties wins over that of the header."""
    marks = [Mark(name, Span(0, 4)) for name in names]
    assert kind == lines_in_pieces(TEXT, marks)[0][0].kind


def test_boxes_are_those_of_the_lines_of_a_mark() -> None:
    """Two lines over the end of a page light up, those before and behind and one without a box do not."""
    lines = [[0, 9, 1, [1, 2, 3, 4], []], [10, 19, 1, [5, 6, 9, 8], []], [20, 29, 2, [5, 1, 7, 3], []],
             [30, 39, 2, None, []], [40, 49, 2, [9, 9, 10, 10], []]]  # fmt: skip
    found = places(lines, [Mark("a", Span(12, 35))])
    assert {1: [Place("a", 5, 6, 4, 2)], 2: [Place("a", 5, 1, 2, 2)]} == found


@pytest.mark.parametrize("rule", ["FREQ=DAILY", "FREQ=DAILY;BYHOUR=16", "FREQ=HOURLY;INTERVAL=6"])
def test_what_is_due_every_day(rule: str) -> None:
    """Also at an hour, also several times."""
    assert is_daily({"recurrence": rule})


@pytest.mark.parametrize("rule", [None, "FREQ=DAILY;INTERVAL=10", "FREQ=WEEKLY;BYDAY=FR"])
def test_what_is_not_due_every_day(rule: str | None) -> None:
    """Every ten days is no day in particular."""
    assert not is_daily({"recurrence": rule})


def test_every_text_of_the_page_can_be_said_in_both_languages() -> None:
    """The same values go into both."""
    values = {
        "value": "v",
        "n": 1,
        "all": 2,
        "who": "Lan",
        "month": 4,
        "year": 2024,
        "host": "h",
        "port": 1,
        "reason": "r",
    }
    for vietnamese, english in TEXTS.values():
        assert vietnamese.format(**values) and english.format(**values)
