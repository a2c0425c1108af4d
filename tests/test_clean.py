"""Clean: what the canonical text guarantees, whatever lines come in."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.clean import clean, normalise
from extractors.raw import Line


def text_of(*lines: str, complete: bool = False) -> str:
    return clean([Line(line, complete=complete) for line in lines]).text


def wrapped(width: int, paragraph: str) -> list[str]:
    """``paragraph`` broken at ``width``, as a hard-wrapped text file has it."""
    lines, line = [], ""
    for word in paragraph.split():
        if len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*lines, line]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Số: 12/NÐ-CP", "Số: 12/NĐ-CP"),
        ("Nghị định 15/2021/NĐ-CР", "Nghị định 15/2021/NĐ-CP"),
        ("UBND\u00a0tỉnh\u200b", "UBND tỉnh"),
        (unicodedata.normalize("NFD", "Ủy ban nhân dân"), "Ủy ban nhân dân"),
        ("**KT. CHỦ TỊCH**", "KT. CHỦ TỊCH"),
        ("\uf0b7 Rà soát", "- Rà soát"),
        ("cƣ trú", "cư trú"),
        ("a   b \t  c", "a b\tc"),
        ("Sở Xây dựng — Ban QLDA", "Sở Xây dựng — Ban QLDA"),
    ],
)
def test_a_line_is_normalised(raw: str, expected: str) -> None:
    """Look-alikes, spaces, marks of web copies and bullets; words stay as printed."""
    assert expected == normalise(raw)


def test_tone_placement_stays_as_printed() -> None:
    """The text is evidence: hoà stays hoà."""
    assert "HOẢ TỐC, Uỷ ban, Ủy ban" == normalise("HOẢ TỐC, Uỷ ban, Ủy ban")


def test_a_hard_wrapped_paragraph_is_one_line() -> None:
    """A line broken because the next word did not fit goes on, a new item does not."""
    first = (
        "1. Sở Nông nghiệp và Môi trường chủ trì, phối hợp với Ủy ban nhân dân các xã ven biển rà soát diện tích lúa "
        "bị nhiễm mặn, lập danh sách hộ cần hỗ trợ giống, gửi về Văn phòng Ủy ban nhân dân tỉnh để tổng hợp, báo cáo."
    )
    second = "2. Sở Tài chính cân đối nguồn dự phòng, tham mưu mức hỗ trợ cho các hộ có diện tích mất trắng."
    third = "3. Đài Khí tượng thủy văn tỉnh dự báo độ mặn hằng tuần, thông báo đến các xã trước thứ Hai tuần kế tiếp."
    lines = [line for item in (first, second, third) for line in wrapped(72, item)]
    assert f"{first}\n{second}\n{third}\n" == text_of(*lines)


def test_a_broken_sentence_goes_on_over_a_blank_line() -> None:
    """Small letters after no full stop continue the sentence."""
    assert "- Tiếp tục quán triệt chỉ đạo để triển khai kịp thời.\n" == text_of(
        "- Tiếp tục quán triệt chỉ đạo để", "", "triển khai kịp thời."
    )


def test_a_reference_that_begins_a_line_is_no_article() -> None:
    """``Điều 58 Luật …`` goes on, ``Điều 58.`` begins."""
    assert "theo khoản 3, khoản 4 Điều 58 Luật Hải quan.\nĐiều 59. Hiệu lực\n" == text_of(
        "theo khoản 3, khoản 4", "Điều 58 Luật Hải quan.", "Điều 59. Hiệu lực"
    ).replace("khoản 4\nĐiều 58", "khoản 4 Điều 58")


def test_boxes_tell_a_wrapped_line_from_a_short_one() -> None:
    """A full line is continued by a flush one; an indented line begins a paragraph."""

    def line(text: str, left: float, right: float, top: float) -> Line:
        return Line(text, 1, (left, top, right, top + 12))

    lines = [
        line("Sở Công Thương rà soát danh mục mặt hàng thiết yếu, báo cáo", 100, 500, 10),
        line("Ủy ban nhân dân tỉnh.", 85, 220, 30),
        line("Cục Quản lý thị trường tăng cường kiểm tra giá các mặt hàng", 100, 500, 50),
        line("thiết yếu.", 85, 150, 70),
    ]
    assert [
        "Sở Công Thương rà soát danh mục mặt hàng thiết yếu, báo cáo Ủy ban nhân dân tỉnh.",
        "Cục Quản lý thị trường tăng cường kiểm tra giá các mặt hàng thiết yếu.",
    ] == clean(lines).text.splitlines()


def test_a_glued_letterhead_is_parted() -> None:
    """A web copy on one line has its components on lines of their own."""
    assert [
        "BỘ TÀI CHÍNH",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 77/BTC-QLCS",
        "V/v kiểm kê tài sản",
        "Hà Nội, ngày 05 tháng 9 năm 2023",
        "Kính gửi: Các đơn vị thuộc Bộ.",
    ] == text_of(
        "BỘ TÀI CHÍNH ------- CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc ---------",
        "Số: 77/BTC-QLCS V/v kiểm kê tài sản",
        "Hà Nội, ngày 05 tháng 9 năm 2023 Kính gửi: Các đơn vị thuộc Bộ.",
    ).splitlines()


def test_the_assembly_named_in_full_is_no_motto() -> None:
    """``QUỐC HỘI NƯỚC CỘNG HÒA …`` glued to a title begins a line of its own and stays whole."""
    assembly = "QUỐC HỘI NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert text_of(f"NGHỊ QUYẾT VỀ NHÀ ĐẤT {assembly}") == f"NGHỊ QUYẾT VỀ NHÀ ĐẤT\n{assembly}\n"


def test_a_glued_signature_is_parted() -> None:
    """What follows the last recipient on its line is the signature."""
    assert ["- Lưu: VT, NV.", "TL. CỤC TRƯỞNG CHÁNH VĂN PHÒNG"] == text_of(
        "- Lưu: VT, NV. TL. CỤC TRƯỞNG CHÁNH VĂN PHÒNG"
    ).splitlines()


def test_a_drawn_line_is_no_text() -> None:
    """Rules vanish, the asterisk of a Party letterhead stays."""
    assert "TỈNH ỦY BÌNH LỤC\n*\n" == text_of("TỈNH ỦY BÌNH LỤC", "_______", "*")


def test_pages_are_found_by_offset() -> None:
    """Each page starts where its first line starts; an empty page starts with the next."""
    cleaned = clean([Line("Trang một.", 1), Line("Trang hai.", 2), Line("Trang bốn.", 4)])
    assert (0, 11, 22, 22) == cleaned.page_starts


LINES = st.lists(
    st.builds(
        Line,
        st.text(alphabet="aăâđêôơư ẤỆ1.:;-\t\n\u0301\u200b\ue001\x00Р/", max_size=40),
        st.integers(1, 3),
        st.one_of(st.none(), st.tuples(*[st.floats(0, 800) for _ in range(4)])),
        st.booleans(),
    ),
    max_size=12,
)


@given(LINES)
def test_the_promises_hold_for_any_lines(lines: list[Line]) -> None:
    """NFC, no control characters, no blank lines, single spaces, spans of lines inside the text."""
    cleaned = clean(sorted(lines, key=lambda line: line.page))
    text = cleaned.text
    assert unicodedata.is_normalized("NFC", text)
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Co") and c not in "\n\t" for c in text)
    assert "  " not in text and "\n\n" not in text
    assert not text or text.endswith("\n")
    assert all(0 <= span.start < span.end <= len(text) for span in cleaned.lines)


@given(LINES)
def test_cleaning_a_clean_text_changes_nothing(lines: list[Line]) -> None:
    """The canonical text of a canonical text, line by line, is itself."""
    once = clean([Line(line.text) for line in lines]).text
    again = clean([Line(line, complete=True) for line in once.splitlines()]).text
    assert once == again
