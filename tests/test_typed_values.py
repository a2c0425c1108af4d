"""What a person types into a field becomes the value that the database holds, or a sentence says why not."""

from __future__ import annotations

import pytest

from pipeline.export.labels import recurrence_in_words
from pipeline.typed_values import TEXTS, WrongValue, rule_of, typed


@pytest.mark.parametrize(
    ("field", "given", "value"),
    [
        ("actors", "Sở Y tế\r\n  Sở  Tài chính ; Công an tỉnh\n", ["Sở Y tế", "Sở Tài chính", "Công an tỉnh"]),
        ("coordinators", "  ", []),
        ("due", "5/4/2026", "2026-04-05"),
        ("date", "2026-04-05", "2026-04-05"),
        ("due", "", None),
        ("kind", "prohibition", "prohibition"),
        ("product", " báo cáo\r\nkèm bảng ", "báo cáo\nkèm bảng"),
        ("recurrence", "hằng tháng, ngày 25", "FREQ=MONTHLY;BYMONTHDAY=25"),
        ("recurrence", "thứ Sáu hằng tuần", "FREQ=WEEKLY;BYDAY=FR"),
        ("recurrence", "freq=monthly;bymonthday=10", "FREQ=MONTHLY;BYMONTHDAY=10"),
        ("recurrence", "", None),
    ],
)
def test_what_is_taken(field: str, given: str, value: object) -> None:
    """Lists, days as people write them, rules in words."""
    assert value == typed(field, given)


@pytest.mark.parametrize(
    ("field", "given", "key"),
    [
        ("due", "31/6/2026", "wrong_day"),
        ("date", "tháng 4 năm 2026", "wrong_day"),
        ("kind", "việc", "wrong_kind"),
        ("kind", "", "wrong_kind"),
        ("recurrence", "thỉnh thoảng", "wrong_recurrence"),
        ("recurrence", "FREQ=OFTEN", "wrong_recurrence"),
    ],
)
def test_what_is_refused(field: str, given: str, key: str) -> None:
    """With a sentence in both languages."""
    with pytest.raises(WrongValue, match=key):
        typed(field, given)
    assert all(TEXTS[key])


def test_a_rule_left_as_it_is_shown_stays() -> None:
    """Words that say less than the rule would else cut it."""
    rule = "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"
    assert rule == rule_of(recurrence_in_words(rule), rule)
    assert "FREQ=MONTHLY" == rule_of("hằng tháng", rule)
