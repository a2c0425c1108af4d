"""Terms: exceptions, targets, accountability, routes and channels of one sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.terms import Terms, read_terms


@pytest.mark.parametrize(
    ("sentence", "exception"),
    [
        ("Các chi cục (trừ Chi cục Cửa Mây) báo cáo hằng ngày.", "trừ Chi cục Cửa Mây"),
        ("Nộp hồ sơ giấy, trừ trường hợp đã gửi qua Cổng dịch vụ công.", "trừ trường hợp đã gửi qua Cổng dịch vụ công"),
        ("Nghỉ họp, ngoại trừ các tổ trực, đến hết tuần.", "ngoại trừ các tổ trực"),
        ("Công ty được khấu trừ thuế đầu vào.", None),
        ("Hướng dẫn phòng trừ sâu bệnh.", None),
        ("Phần nợ được trừ vào lương tháng sau.", None),
    ],
)
def test_exceptions(sentence: str, exception: str | None) -> None:
    """What does not fall under the duty; verbs that hold the same word are none."""
    assert exception == read_terms(sentence).exception


@pytest.mark.parametrize(
    ("sentence", "target"),
    [
        ("Giải ngân đạt 90 % kế hoạch vốn trong quý III.", "đạt 90 % kế hoạch vốn"),
        ("Xây dựng tối thiểu 03 mô hình tại các xã.", "tối thiểu 03 mô hình"),
        ("Cấp thẻ cho 100% hộ nghèo trước ngày 30/6.", "100% hộ nghèo"),
        ("Không xếp loại xuất sắc vượt 25%, báo cáo ít nhất 02 lần.", None),
        ("Gửi hồ sơ ít nhất 05 ngày làm việc trước khi họp.", None),
        ("Áp dụng thuế suất 10% đối với dịch vụ này.", None),
        ("Trường hợp giá tăng ít nhất 15% so với tuần trước, báo cáo Sở.", None),
        ("Rà soát 12 hồ sơ.", None),
    ],
)
def test_targets(sentence: str, target: str | None) -> None:
    """How much is to be reached; days, rates and what a condition says are no target."""
    assert target == read_terms(sentence).target


@pytest.mark.parametrize(
    ("sentence", "whom"),
    [
        ("Giám đốc Sở chịu trách nhiệm trước Chủ tịch UBND tỉnh về tiến độ.", "Chủ tịch UBND tỉnh"),
        ("Chủ thể chịu trách nhiệm hoàn toàn trước pháp luật về số liệu.", "pháp luật"),
        ("chịu trách nhiệm trước pháp luật và Bộ trưởng", "pháp luật và Bộ trưởng"),
        ("Chịu trách nhiệm hoàn thành trước ngày 05/6.", None),
        ("Giám đốc Sở chịu trách nhiệm thi hành Quyết định này.", None),
    ],
)
def test_accountability(sentence: str, whom: str | None) -> None:
    """Before whom; a day is nobody."""
    assert whom == read_terms(sentence).accountable_to


@pytest.mark.parametrize(
    ("sentence", "route", "channels"),
    [
        ("Báo cáo UBND tỉnh (qua Văn phòng UBND tỉnh) trước ngày 05/6.", "Văn phòng UBND tỉnh", ()),
        ("Gửi về Cục thông qua Phòng Nghiệp vụ.", "Phòng Nghiệp vụ", ()),
        ("Góp ý gửi về Sở, bản mềm gửi hộp thư gopy@so.example.", None, ("gopy@so.example",)),
        ("Cập nhật số liệu vào Phần mềm Kho bạc số 2.0 trước ngày 05/6.", None, ("Phần mềm Kho bạc số 2.0",)),
        ("Nộp báo cáo qua thư điện tử.", None, ("thư điện tử",)),
        ("Hội nghị đã thông qua kế hoạch; xem xét hệ thống chỉ tiêu.", None, ()),
        ("Rà soát quy trình trên Hệ thống Một cửa.", None, ()),
    ],
)
def test_routes_and_channels(sentence: str, route: str | None, channels: tuple[str, ...]) -> None:
    """The body that hands it on, the address or system it is sent to."""
    terms = read_terms(sentence)
    assert (route, channels) == (terms.route, terms.channels)


@given(st.text(alphabet="trừquaSởđạt 0123456789%,.;()@\ntốithiểuchịtráchnhệmước", max_size=200))
def test_any_sentence_has_terms(sentence: str) -> None:
    """Total: no text raises."""
    assert isinstance(read_terms(sentence), Terms)
