"""All extractors together: any text is read, in time that grows with its length."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.clean import clean
from extractors.extract import extract
from extractors.raw import Line

REPEATED = [
    "Giao Sở Y tế ", "phối hợp với Sở Y tế, ", "trước ngày ", "Căn cứ Luật ", "Nghị định số 12/2020/NĐ-CP, ", "và ",
    "các ", "Điều 1, khoản 2, điểm a ", "yêu cầu ", "Ủy ban nhân dân ", "a, ", "1. ", "- ", "“", "(", ": ", "; ",
    "của ", "số ", "đề nghị các đơn vị ", "từ ngày 01/01/2020 đến ngày ", "Luật Hải quan năm 2014, ", "được ",
    "Trường hợp ", "không ", "trong thời hạn 05 ngày làm việc kể từ ngày ", "A B ", "PHỤ LỤC I ", "KT. CHỦ TỊCH ",
    "Nơi nhận: ", "\t", "12/", "…", "nêu trên ", "bao gồm ", "báo cáo về ", "hàng năm ", "THÔNG BÁO ",
    "cùng ngày, ", "BỘ TÀI CHÍNH ", " ", "\u00a0",
]  # fmt: skip
SHORT, LONG = 3_000, 30_000


def seconds(text: str) -> float:
    """Processor time of reading a document of one line."""
    start = time.process_time()
    extract(clean([Line(f"Số: 1/TB-UBND {text}")]))
    return time.process_time() - start


@pytest.mark.parametrize("words", REPEATED)
def test_time_grows_with_length(words: str) -> None:
    """Ten times the text takes about ten times as long, not a hundred times; what takes no time is not compared."""
    seconds(words)
    short, long = (min(seconds(words * (size // len(words))) for _ in range(2)) for size in (SHORT, LONG))
    assert long < 40 * max(short, 0.01)


@given(st.lists(st.sampled_from([*REPEATED, "\n", "05/4/2020", "Sở"]), max_size=40))
def test_any_text_is_read(words: list[str]) -> None:
    """Words of dispatches in any order: no error, and every span lies in the text."""
    found = extract(clean([Line(line) for line in "".join(words).split("\n")]))
    length = len(found.document.text)
    spans = [one.span for part in (found.citations, found.deadlines, found.obligations, found.annexes) for one in part]
    assert all(0 <= span.start <= span.end <= length for span in spans)
