"""Wrapping: typography told from text, capitals from sentences."""

import pytest

from extractors.raw import Line
from extractors.wrapping import Layout, is_rule_line, is_upper


@pytest.mark.parametrize(
    ("text", "rule"), [("-----", True), ("_____ ", True), ("*", False), ("- a", False), ("", False)]
)
def test_rule_lines(text: str, rule: bool) -> None:
    """A drawn line is two strokes or more and nothing else."""
    assert rule is is_rule_line(text)


@pytest.mark.parametrize(
    ("text", "upper"),
    [("ỦY BAN NHÂN DÂN", True), ("QUYẾT ĐỊNH", True), ("COVID-19.", False), ("UBND tỉnh", False), ("12/2020", False)],
)
def test_upper_lines(text: str, upper: bool) -> None:
    """Letterhead and titles; a single abbreviation at a line start is text."""
    assert upper is is_upper(text)


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("Sở Y tế chủ trì, phối hợp với", "các đơn vị rà soát.", True),
        ("Xử lý hàng tồn theo khoản 3, khoản 4", "Điều 58 Luật Hải quan.", True),
        ("Xử lý hàng tồn theo quy định", "Điều 58 Luật Hải quan.", False),
        ("Cục Hải quan thành phố Hà", "(sau đây gọi là Cục)", True),
        ("Các đơn vị báo cáo.", "Văn phòng tổng hợp.", False),
        ("Thực hiện các nội dung sau:", "a) Rà soát.", False),
        ("gồm các vùng:", "đồng bằng và ven biển;", True),
        ("KT. CHỦ TỊCH", "Lê Văn Cảnh", False),
        ("Nơi nhận:", "- Như trên;", False),
        ("gửi về Sở Tài chính", "Căn cứ Luật Ngân sách", False),
    ],
)
def test_lines_without_margins_are_joined_by_their_words(first: str, second: str, joined: bool) -> None:
    """Small letters and brackets continue; labels, headings and capitals begin."""
    lines = [Line(first), Line(second)]
    assert joined is Layout(lines).continues(*lines)


def test_rows_and_whole_paragraphs_stay_apart() -> None:
    """A table row, and what the reader calls complete, is never joined."""
    row, text = Line("1\trà soát,"), Line("báo cáo")
    whole = Line("rà soát,", complete=True)
    assert not Layout([row, text]).continues(row, text)
    assert not Layout([whole, text]).continues(whole, text)


@pytest.mark.parametrize(("line", "following"), [("ngày 25/10/2018 của", "Ban Chấp hành"), ("- năm", "2022 đầm ấm.")])
def test_an_open_line_goes_on(line: str, following: str) -> None:
    """No line of a paragraph ends with ``của`` or ``năm``, however short; in a letterhead it may."""
    long = Line(f"Thực hiện nghiêm túc các quy định và văn bản chỉ đạo {line}")
    assert Layout([]).continues(long, Line(following))
    assert not Layout([]).continues(Line("V/v trả lời đơn của"), Line("Ông Trịnh Bá Lộc"))


def test_marks_alone_are_not_joined() -> None:
    """Two lines that would make a drawn line stay apart."""
    assert not Layout([]).continues(Line("-"), Line("."))
