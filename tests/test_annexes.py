"""Annexes: where each begins and ends, what it is called, and to which document it belongs; and near misses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.annexes import find_annexes
from extractors.clean import clean
from extractors.extract import extract
from extractors.model import Annex, Document, Span, Zone
from extractors.raw import Line

DECISION = """UBND TỈNH LAI CHÂU\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 45/QĐ-UBND\tLai Châu, ngày 03 tháng 4 năm 2024
QUYẾT ĐỊNH
Về việc phân bổ gạo
Điều 1. Phân bổ gạo cho các huyện theo Phụ lục I kèm theo Quyết định này.
Nơi nhận:
- Như Điều 1;
- Lưu: VT.
CHỦ TỊCH
Trần Mạnh Khôi
"""


def annexes_of(below: str) -> tuple[Annex, ...]:
    """The annexes that stand below the decision."""
    return extract(clean([Line(line) for line in (DECISION + below).splitlines()])).annexes


def read(below: str) -> list[tuple[str | None, ...]]:
    """The fields of each annex, without its place."""
    return [(a.label, a.title, a.doc_type, a.of_code, a.of_date) for a in annexes_of(below)]


def test_labelled_annexes() -> None:
    """Label, title over two lines, and the line that says to what they belong, wrapped or blank."""
    below = """PHỤ LỤC I
DANH MỤC CÁC HUYỆN
ĐƯỢC HỖ TRỢ GẠO
(Kèm theo Quyết định số 45/QĐ-UBND ngày 03/4/2024
của Chủ tịch UBND tỉnh)
1. Huyện Đồng Xanh
Phụ lục II
Kế hoạch vận chuyển gạo
(Ban hành kèm theo Quyết định số       /QĐ-UBND ngày   tháng 4 năm 2024)
Xe chạy ngày 05/4/2024.
"""
    assert [
        ("PHỤ LỤC I", "DANH MỤC CÁC HUYỆN ĐƯỢC HỖ TRỢ GẠO", None, "45/QĐ-UBND", "2024-04-03"),
        ("Phụ lục II", "Kế hoạch vận chuyển gạo", "Kế hoạch", "/QĐ-UBND", "2024"),
    ] == read(below)


def test_an_issued_text_with_its_own_letterhead() -> None:
    """A quy chế with motto and issuer: the letterhead is part of it, type and title are its own."""
    below = """UBND TỈNH LAI CHÂU\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
\tĐộc lập - Tự do - Hạnh phúc
QUY CHẾ
Quản lý kho gạo dự trữ
(Ban hành kèm theo Quyết định số 45/QĐ-UBND ngày 03 tháng 4 năm 2024 của UBND tỉnh)
Chương I
QUY ĐỊNH CHUNG
Điều 1. Quy chế này quy định việc quản lý kho.
"""
    assert [(None, "Quản lý kho gạo dự trữ", "Quy chế", "45/QĐ-UBND", "2024-04-03")] == read(below)


def test_forms_and_spans() -> None:
    """Each annex ends where the next begins; together they are the zone."""
    found = annexes_of("Mẫu số 01\nĐơn đề nghị hỗ trợ\nTên tôi là …\nMẪU SỐ 02: BIÊN BẢN GIAO GẠO\nHôm nay, ngày …\n")
    assert ["Mẫu số 01", "MẪU SỐ 02"] == [annex.label for annex in found]
    assert ["Đơn đề nghị hỗ trợ", "BIÊN BẢN GIAO GẠO"] == [annex.title for annex in found]
    assert [None, "Biên bản"] == [annex.doc_type for annex in found]
    assert found[0].span.end == found[1].span.start


@pytest.mark.parametrize(
    ("below", "count"),
    [
        ("", 0),
        ("PHỤ LỤC\nSỐ LIỆU\nPhụ lục I kèm theo Quyết định này thay thế biểu cũ.\n", 1),
        ("PHỤ LỤC\nMỤC LỤC\nPhụ lục I: Danh mục xã\nPhụ lục II: Danh mục kho\nPhụ lục III: Mẫu đơn\n", 1),
        ("PHỤ LỤC\nSỐ LIỆU\nKẾ HOẠCH\nGạo được chia làm ba đợt.\n", 1),
    ],
)
def test_near_misses(below: str, count: int) -> None:
    """A sentence, a table of contents and a heading inside an annex begin none."""
    assert count == len(annexes_of(below))


@given(
    st.lists(st.sampled_from(["PHỤ LỤC I", "Phụ lục", "QUY CHẾ", "(Kèm theo", "Mẫu số 1", "a", "\t", ""]), max_size=9)
)
def test_total(lines: list[str]) -> None:
    """Any zone: no error; spans lie in the zone, in order."""
    text = "\n".join(lines)
    found = find_annexes(Document(text, zones=(Zone("annex", Span(0, len(text))),)))
    assert all(0 <= annex.span.start <= annex.span.end <= len(text) for annex in found)
    assert [annex.span.start for annex in found] == sorted(annex.span.start for annex in found)
