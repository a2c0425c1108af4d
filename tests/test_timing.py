"""Timing: which deadline belongs to a duty."""

from datetime import date

import pytest

from extractors.deadlines import find_deadlines
from extractors.model import Header, Span
from extractors.timing import PART_AFTER_WHOLE, choose, issued_on, late_part, of_duty, parts_by_deadline


def chosen(text: str) -> str | None:
    found = choose(find_deadlines(text), Span(0, len(text)))
    return found.value if found else None


def test_a_date_comes_before_a_rhythm() -> None:
    """The stated day is what a clerk writes down."""
    assert "<2025-09-05" == chosen("Định kỳ hằng tháng báo cáo, kỳ đầu trước ngày 05/9/2025.")


def test_the_rhythm_of_a_noun_is_no_deadline() -> None:
    """``kế hoạch hằng năm`` is a plan; ``hằng năm, rà soát`` a rhythm."""
    assert chosen("Lập kế hoạch kiểm tra hằng năm của đơn vị.") is None
    assert "FREQ=YEARLY" == chosen("Hằng năm, rà soát danh mục tài sản.")


def test_two_dates_part_a_sentence_at_the_semicolon() -> None:
    """Two duties with two times are two rows."""
    text = "Hoàn thành trước ngày 30/9/2025; báo cáo kết quả trước ngày 05/10/2025."
    parts = list(parts_by_deadline(text, Span(0, len(text)), find_deadlines(text)))
    assert ["Hoàn thành trước ngày 30/9/2025", "báo cáo kết quả trước ngày 05/10/2025."] == [p.of(text) for p in parts]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Sở Tài chính thẩm định dự toán trước ngày 05/9/2025, báo cáo UBND tỉnh trước ngày 10/9/2025.", 2),
        ("Tiếp nhận quân trang từ ngày 10/9/2025 đến ngày 25/9/2025, cấp phát trước ngày giao quân.", 2),
        ("Gửi báo cáo trước ngày 20 hằng tháng; tổ chức đối thoại mỗi năm một lần.", 2),
        ("Trước ngày 05/9/2025, rà soát hồ sơ, báo cáo trước ngày 10/9/2025.", 1),
        ("Rà soát hồ sơ trước ngày 05/9/2025, báo cáo UBND tỉnh.", 1),
        ("Rà soát hồ sơ trước ngày 05/9/2025, riêng các xã miền núi trước ngày 10/9/2025.", 1),
    ],
)
def test_a_verb_behind_a_time_opens_another_duty(text: str, count: int) -> None:
    """Only where both duties have a time of their own."""
    assert count == len(list(parts_by_deadline(text, Span(0, len(text)), find_deadlines(text))))


def test_a_part_after_the_whole() -> None:
    """Due on the day of the whole is in time."""
    assert (PART_AFTER_WHOLE.format(date(2025, 9, 30)),) == late_part("2025-10-01", date(2025, 9, 30))
    assert () == late_part("2025-09-30", date(2025, 9, 30))
    assert () == late_part(None, date(2025, 9, 30))
    assert () == late_part("2025-10-01", None)


def test_one_date_leaves_a_sentence_whole() -> None:
    """A semicolon alone parts nothing."""
    text = "Rà soát hồ sơ; báo cáo kết quả trước ngày 05/10/2025."
    assert [Span(0, len(text))] == list(parts_by_deadline(text, Span(0, len(text)), find_deadlines(text)))


def test_the_issue_date_must_be_whole() -> None:
    """A month alone starts no count."""
    assert date(2025, 9, 1) == issued_on(Header(date="2025-09-01"))
    assert issued_on(Header(date="2025-09")) is None
    assert issued_on(Header()) is None


def test_a_beginning_says_less_than_a_rhythm() -> None:
    """``từ ngày 01/10/2025, hằng tuần`` is a weekly duty."""
    assert "FREQ=WEEKLY" == chosen("Từ ngày 01/10/2025, hằng tuần báo cáo kết quả.")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Trường hợp đã nộp trước ngày 01/8/2025 thì cơ quan thuế hoàn trả.", None),
        ("Trường hợp phê duyệt trước ngày 01/8/2025, cơ quan có thẩm quyền ký hợp đồng.", None),
        ("Trường hợp đã nộp thì cơ quan thuế hoàn trả trước ngày 01/8/2025.", "<2025-08-01"),
        ("Trường hợp vắng mặt, trước ngày 01/8/2025 báo cáo bằng văn bản.", "<2025-08-01"),
        ("Đối với người nghỉ việc trước ngày 01/8/2025: giữ nguyên chế độ.", None),
        ("Đối với các xã, hoàn thành trước ngày 01/8/2025.", "<2025-08-01"),
        ("Trước ngày 01/8/2025, cơ quan thuế hoàn trả.", "<2025-08-01"),
    ],
)
def test_the_day_of_a_case_is_not_the_day_of_the_duty(text: str, value: str | None) -> None:
    """What was done before a day tells for whom the duty is."""
    found = of_duty(text, Span(0, len(text)), find_deadlines(text))
    assert value == (found.value if found else None)


def test_on_demand_is_no_time_of_a_duty() -> None:
    """A condition and the day figures are counted to name no time."""
    assert chosen("Báo cáo khi có yêu cầu.") is None
