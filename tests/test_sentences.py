"""Sentences: the size of one obligation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.model import Span
from extractors.sentences import quotations, split_sentences


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in split_sentences(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Sở Y tế trực cấp cứu. Sở Nội vụ báo cáo.", ["Sở Y tế trực cấp cứu.", "Sở Nội vụ báo cáo."]),
        ("Báo cáo UBND TP. Cửa Biển trước ngày 05/4.", ["Báo cáo UBND TP. Cửa Biển trước ngày 05/4."]),
        ("Thực hiện theo Nghị định số 15. Hết.", ["Thực hiện theo Nghị định số 15. Hết."]),
        ("Trực 24/7; Tiếp nhận hồ sơ trong ngày.", ["Trực 24/7", "Tiếp nhận hồ sơ trong ngày."]),
        (
            "Thực hiện nghiêm Chỉ thị số 05/CT-TTg; Chỉ thị số 06/CT-TTg.",
            ["Thực hiện nghiêm Chỉ thị số 05/CT-TTg; Chỉ thị số 06/CT-TTg."],
        ),
        (
            "Văn phòng Sở; Phòng Kế hoạch; Thanh tra Sở bố trí người trực.",
            ["Văn phòng Sở; Phòng Kế hoạch; Thanh tra Sở bố trí người trực."],
        ),
        (
            "Văn phòng chủ trì bảo đảm hậu cần; các phòng, đơn vị thuộc Sở phối hợp thực hiện.",
            ["Văn phòng chủ trì bảo đảm hậu cần", "các phòng, đơn vị thuộc Sở phối hợp thực hiện."],
        ),
        (
            "Thực hiện nghiêm quy định về cách ly, đề nghị cán bộ, đảng viên gương mẫu chấp hành.",
            ["Thực hiện nghiêm quy định về cách ly", "đề nghị cán bộ, đảng viên gương mẫu chấp hành."],
        ),
        (
            "Để bảo đảm tiến độ, đề nghị các đơn vị gửi báo cáo.",
            ["Để bảo đảm tiến độ, đề nghị các đơn vị gửi báo cáo."],
        ),
        ("……….", []),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    """One actor, one row; enumerations, abbreviations and numbers do not end a sentence."""
    assert parts == sentences(text)


@given(st.text(alphabet="Sở Ytếbáocáo. ;,đềnghịcácĐơn1/", max_size=150))
def test_sentences_follow_each_other(text: str) -> None:
    """In order, not overlapping, inside the text, without white space around."""
    at = 0
    for span in split_sentences(text, Span(0, len(text))):
        assert at <= span.start < span.end <= len(text)
        assert span.of(text) == span.of(text).strip()
        at = span.end


def test_the_new_words_of_an_amended_law_are_quoted() -> None:
    """Both marks belong to one quotation, whatever mark closes it; what follows is the dispatch again."""
    law = "Cá nhân kinh doanh nộp thuế theo tỷ lệ trên doanh thu đối với từng lĩnh vực, ngành nghề."
    text = f'“4. Sửa đổi Điều 10 như sau:\n“Điều 10. Thuế\n1. {law}\n2. {law}"\nĐề nghị Chi cục Thuế trả lời.'
    (quoted,) = quotations(text)
    assert text[quoted.end :] == "\nĐề nghị Chi cục Thuế trả lời."
    assert () == quotations("“Ngày vì người nghèo” có nhiều hoạt động:\n“Cặp lá” được phát động.")
