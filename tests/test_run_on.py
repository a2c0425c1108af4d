"""Headings that run into the sentence under them."""

import pytest

from extractors.clean import clean
from extractors.raw import Line
from extractors.run_on import behind_heading
from extractors.structure import build


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("2. Dừng cấp phép khai thác Để kịp thời xử lý, giao Sở Công Thương rà soát.", "Để kịp thời"),
        ("5. Hàng đã thông quan nhưng còn lưu tại cảng Chi cục Hải quan hướng dẫn chủ hàng làm thủ tục.", "Chi cục"),
        ("7. Về khai bổ sung Người khai hải quan phải nộp tờ khai trong 60 ngày.", "Người khai"),
        # near misses: the capital goes on with the phrase
        ("2. Trình Thủ tướng Chính phủ phê duyệt đề án.", "Trình"),
        ("3. Báo cáo kết quả về Tổng cục Hải quan thực hiện đối chiếu.", "Báo cáo"),
        ("4. Hoàn thiện hồ sơ theo quy định của Bộ Tài chính hướng dẫn.", "Hoàn thiện"),
        ("Dừng cấp phép khai thác Để kịp thời xử lý.", "Dừng"),
        ("6. Sở Y tế tham mưu các nội dung theo Kế hoạch Căn cứ tình hình.", "Sở Y tế"),
    ],
)
def test_where_the_sentence_begins(line: str, sentence: str) -> None:
    """A sentence opener or an office that acts ends the heading; a governed name does not, nor an unlabelled line."""
    document = build(clean([Line(line, complete=True)]))
    content = behind_heading(document.text, document.clauses[0]).content
    assert content.of(document.text).startswith(sentence)
