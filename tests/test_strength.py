"""On the strength of which document a duty stands."""

from __future__ import annotations

import pytest

from extractors.clean import clean
from extractors.extract import extract
from extractors.raw import Line


@pytest.mark.parametrize(
    ("lead", "source"),
    [
        ("Tại Công văn số 812/VPCP-KTTH ngày 02/5/2024, Phó Thủ tướng Lê Hải Minh có ý kiến như sau:", "812/VPCP-KTTH"),
        ("Phó Thủ tướng Lê Hải Minh có ý kiến tại Công văn số 812/VPCP-KTTH ngày 02/5/2024 như sau:", "812/VPCP-KTTH"),
        ("Xét báo cáo của Bộ Tài chính tại Công văn số 90/BTC-QLG, Phó Thủ tướng Lê Hải Minh có ý kiến như sau:", None),
        ("Phó Thủ tướng Lê Hải Minh có ý kiến như sau:", None),
    ],
)
def test_in_which_paper_the_relayed_order_was_given(lead: str, source: str | None) -> None:
    """The report that the order answers is not where it was given."""
    opening = "VĂN PHÒNG CHÍNH PHỦ\nSố: 3321/VPCP-NN\nHà Nội, ngày 14 tháng 5 năm 2024\nKính gửi: Bộ Tài chính.\n"
    text = f"{opening}{lead}\n1. Bộ Tài chính cân đối nguồn dự phòng.\n"
    found = extract(clean([Line(x) for x in text.splitlines()]))
    assert ["Phó Thủ tướng Lê Hải Minh"] == [row.ordered_by for row in found.obligations]
    told = found.obligations[0].ordered_in
    assert source == (None if told is None else found.citations[told].code)
