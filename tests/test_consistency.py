"""Contradictions within a document: examples in both directions, and what holds for any text."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.consistency import anachronisms, inconsistencies
from extractors.extract import extract
from extractors.model import Citation, CleanText, Document, Header, Span
from extractors.slips import number_of

DATA: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "examples" / "consistency.toml").read_text(encoding="utf-8")
)
ORDER = ("parent", "issuer", "code", "motto", "dateline", "title", "body")


def warned(text: str) -> tuple[str, ...]:
    """The contradictions in a text, as a run finds them."""
    found = extract(CleanText(text, (), (0,)))
    return (
        *inconsistencies(found.document, found.header, found.citations, found.obligations),
        *anachronisms(found.document, found.header, found.citations),
    )


@pytest.mark.parametrize("example", DATA["example"], ids=lambda e: str(e.get("why") or e.get("body") or e)[:60])
def test_example(example: dict[str, Any]) -> None:
    """Each sheet gives exactly the warnings it states, in order."""
    lines = [example.get(name, DATA["sheet"][name]) for name in ORDER]
    found = warned("\n".join(line for line in lines if line) + "\n")
    expected = example.get("expect", [])
    assert len(expected) == len(found), found
    for part, warning in zip(expected, found, strict=True):
        assert part in warning


def test_what_the_deadline_of_a_duty_warns_of_is_not_said_twice() -> None:
    """The weekday of a deadline is told with the duty; where there is no duty it is told here."""
    text = "Yêu cầu Sở Y tế gửi báo cáo trước thứ Hai ngày 05/4/2024.\n"
    (duty,) = extract(CleanText(text, (), (0,))).obligations
    assert duty.deadline is not None
    assert 1 == len(duty.deadline.warnings)
    assert () == warned(text)
    assert 1 == len(warned("Cuộc họp trước thứ Hai, ngày 05/4/2024 đã được ghi biên bản.\n"))


def test_a_day_without_year_needs_the_day_of_issue() -> None:
    """Without it any weekday may be right."""
    assert () == warned("Đoàn làm việc sáng thứ 2 (ngày 12/3) tại kho.\n")


@pytest.mark.parametrize(
    ("date", "cited", "told"),
    [
        ("2016-04", "2018-02-12", True),
        ("2018-04", "2018-02-12", False),
        ("2018-02", "2018-02-12", False),
        ("2018-02-11", "2018-02-12", True),
        ("2018", "2018-12-31", False),
        ("2016", "2018", False),
        (None, "2018-02-12", False),
    ],
)
def test_a_document_is_not_older_than_what_it_cites(date: str | None, cited: str, told: bool) -> None:
    """A day before that of a cited document is told of; as far as the day is known, and only against whole days."""
    citation = Citation(Span(0, 1), "numbered", "mentions", code="345/BTC-QLG", date=cited)
    found = anachronisms(Document("x"), Header(date=date), [citation])
    assert told == bool(found)
    assert all("12/02/2018" in warning and "345/BTC-QLG" in warning and "trang 1" in warning for warning in found)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("mười", 10), ("mười lăm", 15), ("hai mươi", 20), ("hai mươi mốt", 21), ("chín mươi tư", 94), ("một trăm", 100),
        ("một trăm linh năm", 105), ("hai nghìn ba trăm bốn mươi sáu", 2346), ("năm sáu", None), ("trăm", None),
    ],
)  # fmt: skip
def test_numbers_in_words(words: str, value: int | None) -> None:
    """Up to thousands; what is no number has no value."""
    assert value == number_of(words)


@given(st.text(max_size=200), st.text(alphabet="0123456789/-.() ngàythứhainămSốkèm theo", max_size=200))
def test_any_text_is_welcome(first: str, second: str) -> None:
    """Never an exception, always whole sentences."""
    assert all(one.endswith(".") for one in warned(f"{first}\n{second}"))
