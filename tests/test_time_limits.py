"""Whose time limit it is in a letter that explains law."""

from __future__ import annotations

import pytest

from extractors.time_limits import TimeLimits

LETTER = "Người khai hải quan tự chịu trách nhiệm về nội dung khai."


@pytest.mark.parametrize(
    ("sentence", "holder"),
    [
        ("Thời hạn Chi cục Thuế trả lời là 05 ngày làm việc.", "Chi cục Thuế"),
        ("Thời hạn kiểm tra hồ sơ là 02 giờ kể từ thời điểm cơ quan hải quan tiếp nhận đủ hồ sơ.", "cơ quan hải quan"),
        ("Thời hạn nộp tờ khai hải quan đối với hàng nhập khẩu là 30 ngày.", "Người khai hải quan"),
        # Not named anywhere in the letter, or the event is another's: unknown.
        ("Thời hạn nộp hồ sơ khai thuế là ngày 20 của tháng sau.", None),
        ("Thời hạn lưu giữ là 12 tháng kể từ ngày cơ quan hải quan hoàn thành thủ tục.", None),
        ("Trong thời hạn 05 ngày, Chi cục Thuế trả lời.", None),
    ],
)
def test_holder_of_a_time_limit(sentence: str, holder: str | None) -> None:
    """Named behind the words, by the event that starts it, or by the law; otherwise nobody."""
    assert holder == TimeLimits(LETTER).holder(sentence)


def test_the_same_time_limit_has_the_same_holder() -> None:
    """Until another time limit is set."""
    limits = TimeLimits(LETTER)
    assert limits.holder("Thời hạn này có thể được kéo dài.") is None
    assert limits.holder("Thời hạn nộp tờ khai hải quan là 30 ngày.") == "Người khai hải quan"
    assert limits.holder("Thời hạn này có thể được gia hạn một lần.") == "Người khai hải quan"
    limits.holder("Thời hạn lưu giữ là 12 tháng.")
    assert limits.holder("Thời hạn này có thể được kéo dài.") is None
