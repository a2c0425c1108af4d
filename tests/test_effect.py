"""From which day a document is in force, in its own words; the places and numbers are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.effect import effective_from, with_effect
from extractors.model import Document, Header, Span, Zone

DECISION = Header(doc_type="Quyết định", date="2020-03-05")


def days(text: str, header: Header = DECISION) -> tuple[str | None, str | None]:
    found = effective_from(Document(text), header)
    return (found.day, found.end) if found else (None, None)


@pytest.mark.parametrize(
    ("text", "day", "end"),
    [
        ("Điều 3. Quyết định này có hiệu lực thi hành kể từ ngày ký.", "2020-03-05", None),
        ("Quyết định có hiệu lực kể từ ngày ký ban hành và thay thế Quyết định số 7/QĐ-UBND.", "2020-03-05", None),
        ("1. Quyết định này có hiệu lực từ ngày 15/4/2020.", "2020-04-15", None),
        ("Quyết định này có hiệu lực thi hành từ ngày 15 tháng 4 năm 2020, trừ khoản 2 Điều này.", "2020-04-15", None),
        ("Quyêt đinh nay co hiệu lực thi hành kê từ ngày 15 thang 4 năm 2020.", "2020-04-15", None),
        ("Quyết định này có hiệu lực từ 0 giờ 00 phút ngày 01/4/2020 đến hết ngày 15/4/2020.", "2020-04-01",
         "2020-04-16"),
        ("Quyết định này có hiệu lực thi hành sau 45 ngày, kể từ ngày ký.", "2020-04-19", None),
        ("Quyết định này có hiệu lực sau 10 (mười) ngày kể từ ngày ký ban hành.", "2020-03-15", None),
        ("Quyết định này hết hiệu lực kể từ ngày 01/01/2022.", None, "2022-01-01"),
        ("Quyết định số 9/QĐ-X hết hiệu lực. Quyết định này có hiệu lực từ ngày 02/5/2020.", "2020-05-02", None),
    ],
)  # fmt: skip
def test_a_document_says_when_it_is_in_force(text: str, day: str | None, end: str | None) -> None:
    """A stated day, the day of signing, a count from it, an end."""
    assert (day, end) == days(text)


@pytest.mark.parametrize(
    "text",
    [
        "Điều 5 của Quyết định này có hiệu lực từ ngày 15/4/2020.",
        "Nghị định số 30/2020/NĐ-CP có hiệu lực từ ngày 05/3/2020.",
        "Thông tư này có hiệu lực từ ngày 15/4/2020.",
        "Quyết định này có hiệu lực thi hành sau 15 ngày kể từ ngày đăng Công báo.",
        "Quyết định này có hiệu lực từ năm học 2020-2021.",
        "Quyết định này có hiệu lực từ ngày 31/02/2020.",
        "Giấy phép có hiệu lực kể từ ngày ký.",
        "Các quy định trước đây hết hiệu lực kể từ ngày Quyết định này có hiệu lực thi hành.",
        "Quyết định này có hiệu lực kể từ ngày ký kết hợp đồng.",
    ],
)
def test_what_is_not_said_stays_unknown(text: str) -> None:
    """A part of the document, another document, an impossible day, a day known elsewhere."""
    assert (None, None) == days(text)


def test_the_day_of_signing_must_be_known() -> None:
    """Without a date of the document *kể từ ngày ký* names no day."""
    assert (None, None) == days("Quyết định này có hiệu lực kể từ ngày ký.", Header(doc_type="Quyết định"))
    assert (None, None) == days("Quyết định này có hiệu lực kể từ ngày ký.", Header("Quyết định", date="2020"))


def test_a_resolution_names_its_passing_first() -> None:
    """Councils state when they passed it and when it comes into force."""
    text = (
        "Nghị quyết này đã được Hội đồng nhân dân tỉnh Bình Lục khóa X, kỳ họp thứ 4 thông qua ngày 10 tháng 7 năm "
        "2020 và có hiệu lực từ ngày 20 tháng 7 năm 2020."
    )
    assert ("2020-07-20", None) == days(text, Header(doc_type="Nghị quyết", date="2020-07-10"))


def test_only_the_body_speaks_for_the_document() -> None:
    """A regulation in an annex has a day of its own."""
    text = "Điều 1. Ban hành Quy chế.\nQuyết định này có hiệu lực từ ngày 15/4/2020."
    zones = (Zone("body", Span(0, 26)), Zone("annex", Span(26, len(text))))
    assert effective_from(Document(text, zones=zones), DECISION) is None


def test_the_header_says_where_it_was_read() -> None:
    """The sentence is evidence of the field."""
    text = "Điều 3. Quyết định này có hiệu lực thi hành từ ngày 15/4/2020."
    header = with_effect(Document(text), DECISION)
    (evidence,) = header.evidence
    assert ("2020-04-15", "effective", "stated") == (header.effective, evidence.field, evidence.rule)
    assert evidence.span.of(text).strip() == text[8:-1]


_PARTS = [
    "Quyết định này ", "có hiệu lực ", "hết hiệu lực ", "kể từ ", "ngày ký", "ngày 31/12/9999", " sau 999 ngày ",
    "đến hết ", ". ", "\n", "“", "”", "Điều 3", "ngày 31/2/2020", "thi hành ",
]  # fmt: skip


@given(st.lists(st.sampled_from(_PARTS), max_size=30))
def test_any_text_is_read(parts: list[str]) -> None:
    """Total, and what is found lies in the text."""
    text = "".join(parts)
    found = effective_from(Document(text), Header(doc_type="Quyết định", date="9999-12-31"))
    assert found is None or (found.day or found.end) and 0 <= found.span.start < found.span.end <= len(text)
