"""The issuer in the unit register on the day of the document."""

from __future__ import annotations

import pytest

from extractors.model import Header
from extractors.unit_dates import with_unit


def header(issuer: str | None, date: str | None, code: str | None = None) -> Header:
    """A header of which only these fields are known."""
    return Header(issuer=issuer, date=date, code=code)


@pytest.mark.parametrize(
    ("known", "unit", "said"),
    [
        (header("Tổng cục Hải quan", "2024-01-02", "12/TCHQ-GSQL"), "tong-cuc-hai-quan", None),
        (header("Tổng cục Hải quan", "2025-03-03", "12/TCHQ-GSQL"), None, "chỉ có đến 28/02/2025, nhưng"),
        (header("Cục Hải quan", "2025-02-03", "12/CHQ-GSQL"), None, "từ 01/03/2025, nhưng văn bản đề ngày 03/02/2025"),
        (header("Bộ Công Thương", "2006-02-03", "12/BCT-XNK"), None, "chỉ có từ năm 2007"),
        (header("Bộ Công Thương", "2007", "12/BCT-XNK"), "bo-cong-thuong", None),
        (header("Cục Thuế tỉnh Bến Tre", "2019-02-03", "12/CT-TTHT"), "cuc-thue-tinh-ben-tre", None),
        (header("Công ty Vàm Cỏ", "2019-02-03", "39/TB-CHQ"), None, "Ký hiệu «CHQ» là của Cục Hải quan"),
        (header(None, "2019-02-03", "5348/CT-CS"), None, "Ký hiệu «CT» là của Cục Thuế"),
        (header("Tổng cục Thuế", "2024-02-03", "5348/CT-CS"), "tong-cuc-thue", "Ký hiệu «CT» là của Cục Thuế"),
        (header("Bộ Y tế", "2024-02-03", "5348/CT-CS"), "bo-y-te", None),
        (header("Cục Thuế", "2025-05-03", "5348/CT-CS"), "cuc-thue", None),
        (header("Thủ tướng Chính phủ", "2019-02-03", "15/CT-TTg"), "thu-tuong-chinh-phu", None),
        (header("Ủy ban nhân dân xã Đồng Tâm", "2019-02-03", "15/UBND"), None, None),
        (header(None, None, None), None, None),
    ],
)  # fmt: skip
def test_unit_and_warning(known: Header, unit: str | None, said: str | None) -> None:
    """The id of the body on the day; a warning only when it, or the body of the symbol, did not exist then."""
    found = with_unit(known)
    assert unit == found.issuer_unit
    assert bool(said) == bool(found.warnings)
    assert said is None or said in found.warnings[0]
