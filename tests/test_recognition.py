"""Rows read from a scan are as sure as the words they were read from."""

from __future__ import annotations

from extractors.clean import clean
from extractors.extract import extract
from extractors.raw import Line

_TEXTS = (
    "ỦY BAN NHÂN DÂN TỈNH BÌNH AN",
    "Số: 12/UBND-KT",
    "Bình An, ngày 05 tháng 3 năm 2024",
    "Kính gửi: Sở Tài chính.",
    "1. Sở Tài chính báo cáo Ủy ban nhân dân tỉnh trước ngày 20/3/2024.",
    "2. Sở Tài chính gửi số liệu về Sở Xây dựng trước ngày 25/3/2024.",
)


def _read(unsure: str | None, sure: int = 90) -> tuple[list[float], list[tuple[str, ...]]]:
    lines = [
        Line(text, 1, None, True, tuple(30 if word == unsure else sure for word in text.split())) for text in _TEXTS
    ]
    duties = extract(clean(lines)).obligations
    assert 2 == len(duties)
    return [duty.confidence for duty in duties], [duty.deadline.warnings if duty.deadline else () for duty in duties]


def test_a_day_badly_read_carries_a_warning() -> None:
    """The one with the unsure day, and its row is the less sure; the other has none."""
    confidences, warnings = _read("20/3/2024.")
    assert "20/3/2024." in warnings[0][0]
    assert () == warnings[1]
    assert confidences[0] < confidences[1] < 1


def test_typed_text_is_not_weighed() -> None:
    """Without confidences rows are as sure as their rules."""
    lines = [Line(text, 1, None, True) for text in _TEXTS]
    typed = [duty.confidence for duty in extract(clean(lines)).obligations]
    assert typed == _read(None, 100)[0]
    assert all(a > b for a, b in zip(typed, _read(None, 80)[0], strict=True))
