"""Document against message or portal: only real differences are told, only a message fills gaps."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from extractors.model import Header
from extractors.raw import DigitalSignature, Stated
from pipeline.crosscheck import completed, dated_after_signing, disagreements, far_from_signing, named_otherwise
from pipeline.process import process

HEADER = Header(
    doc_type="Công văn", code="12/UBND-VX", canonical_id="12/UBND-VX@2024#tinh-binh-luc", date="2024-03-05",
    issuer="Văn phòng Ủy ban nhân dân tỉnh Bình Lục", parent_issuer="Ủy ban nhân dân tỉnh Bình Lục",
    subject="tăng cường kiểm tra kho lạnh dịp lễ", signer_name="Lê Văn Mẫu",
)  # fmt: skip


@pytest.mark.parametrize(
    ("field", "stated"),
    [
        ("code", "012/UBND - VX"),
        ("code", "12/ubnd-vx"),
        ("code", "/UBND-VX"),
        ("date", "2024-03"),
        ("doc_type", "CÔNG VĂN"),
        ("doc_type", "Văn bản khác"),
        ("issuer", "VP UBND TP Bình Lục"),
        ("issuer", "UBND tỉnh Bình Lục"),
        ("signer_name", "TS. Lê Văn Mẫu"),
        ("signer_name", "LÊ VĂN MẪU"),
        ("subject", "V/v tăng cường kiểm tra kho lạnh"),
        ("signer_title", "Chánh Văn phòng"),
    ],
)
def test_another_spelling_is_no_difference(field: str, stated: str) -> None:
    """Case, marks, zeros, abbreviations, degrees and shorter forms are the same thing."""
    assert () == disagreements(HEADER, Stated("portal", **{field: stated}))


@pytest.mark.parametrize(
    ("field", "stated", "told"),
    [
        ("code", "21/UBND-VX", "Số, ký hiệu trên văn bản là “12/UBND-VX” nhưng thông điệp edXML ghi “21/UBND-VX”."),
        ("code", "12/UBND-KT", "Số, ký hiệu trên văn bản là “12/UBND-VX” nhưng thông điệp edXML ghi “12/UBND-KT”."),
        ("code", "/UBND-KT", "Số, ký hiệu trên văn bản là “12/UBND-VX” nhưng thông điệp edXML ghi “/UBND-KT”."),
        ("date", "2024-03-06", "Ngày ban hành trên văn bản là “05/03/2024” nhưng thông điệp edXML ghi “06/03/2024”."),
        ("doc_type", "Thông báo", "Loại văn bản trên văn bản là “Công văn” nhưng thông điệp edXML ghi “Thông báo”."),
        ("issuer", "Sở Y tế tỉnh Bình Lục", None),
        ("signer_name", "Lê Thị Mẫu", "Người ký trên văn bản là “Lê Văn Mẫu” nhưng thông điệp edXML ghi “Lê Thị Mẫu”."),
        ("subject", "mời họp tổng kết năm học", None),
    ],
)  # fmt: skip
def test_a_real_difference_is_told(field: str, stated: str, told: str | None) -> None:
    """One sentence that names both readings."""
    (warning,) = disagreements(HEADER, Stated("edxml", **{field: stated}))
    assert stated in warning or told
    assert told in (None, warning)


def test_what_one_side_leaves_out_is_no_difference() -> None:
    """Silence contradicts nothing."""
    assert () == disagreements(Header(), Stated("edxml", code="1/UBND", date="2024-01-01"))
    assert () == disagreements(HEADER, Stated("edxml"))


def test_a_message_fills_what_the_document_leaves_out() -> None:
    """A blank number and a missing day come from the message, each with a warning; the identity follows."""
    draft = replace(HEADER, code="/UBND-VX", date="2024-03", signer_name=None, canonical_id=None)
    stated = Stated("edxml", code="12/UBND-VX", date="2024-03-05", subject="mời họp", signer_name="Lê Văn Mẫu")
    header = completed(draft, stated)
    assert ("12/UBND-VX", "2024-03-05", "Lê Văn Mẫu") == (header.code, header.date, header.signer_name)
    assert "12/UBND-VX@2024#tinh-binh-luc" == header.canonical_id
    assert HEADER.subject == header.subject
    assert "Ngày ban hành “05/03/2024” lấy từ thông điệp edXML." in header.warnings
    assert 3 == len(header.warnings)
    assert () == header.evidence


@pytest.mark.parametrize(
    ("header", "stated"),
    [
        (replace(HEADER, code=None), Stated("portal", code="12/UBND-VX")),
        (replace(HEADER, code="/UBND-KT"), Stated("edxml", code="12/UBND-VX")),
        (replace(HEADER, date="2024-04"), Stated("edxml", date="2024-03-05")),
        (HEADER, Stated("edxml", code="21/UBND-VX")),
        (HEADER, None),
    ],
)
def test_what_is_not_filled(header: Header, stated: Stated | None) -> None:
    """A portal fills nothing, and no message overrides what the document says."""
    assert header == completed(header, stated)


def test_the_date_of_a_message_starts_the_deadlines(tmp_path: Path) -> None:
    """A dispatch with a blank date is complete once its message is known: the warning stands beside the due day."""
    path = tmp_path / "cv.txt"
    path.write_text(
        "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH BÌNH LỤC\tĐộc lập - Tự do - Hạnh phúc\n"
        "Số: /UBND-VX\tBình Lục, ngày    tháng 3 năm 2024\nKính gửi: Sở Y tế.\n"
        "Yêu cầu Sở Y tế báo cáo trong thời hạn 10 ngày kể từ ngày ký công văn này.\n",
        encoding="utf-8",
    )
    stated = Stated("edxml", code="12/UBND-VX", date="2024-03-05", doc_type="Thông báo", due="2024-03-20")
    assert [None] == [duty.due for duty in process(path).obligations]
    result = process(path, stated=stated)
    assert ["2024-03-15"] == [duty.due for duty in result.obligations]
    assert stated == result.stated
    assert any("lấy từ thông điệp edXML" in warning for warning in result.header.warnings)
    assert any("“Thông báo”" in warning for warning in result.warnings)
    assert "Hạn trả lời ghi trong thông điệp edXML: 20/03/2024." in result.warnings


@pytest.mark.parametrize(
    ("date", "signed", "warned"),
    [
        ("2016-04", "2018-04-04T14:21:14+07:00", True),
        ("2018-04", "2018-04-04T14:21:14+07:00", False),
        ("2024-12-31", "2025-01-17T09:17:04+07:00", False),
        ("2018", "2018-11-02", False),
        ("2019", "2018-02-02", True),
        ("2021-12-14", "2025-05-10", True),
        (None, "2018-04-04", False),
        ("2018-04", None, False),
    ],
)
def test_the_date_of_a_scan_against_its_signature(date: str | None, signed: str | None, warned: bool) -> None:
    """Months apart is told, days are not; without one of the two there is nothing to say."""
    signature = DigitalSignature("Sở Tư pháp", None, signed, intact=True, changed_after=False)
    assert warned == bool(far_from_signing(Header(date=date), [signature]))


@pytest.mark.parametrize(
    ("date", "signed", "warned"),
    [
        ("2024-03-09", "2024-03-05T09:00:00+07:00", True),
        ("2024-03-06", "2024-03-05T23:30:00+00:00", False),
        ("2024-03-05", "2024-03-05T09:00:00+07:00", False),
        ("2024-03-01", "2024-03-05T09:00:00+07:00", False),
        ("2024-04", "2024-03-05T09:00:00+07:00", False),
        ("2024-02-31", "2024-01-05T09:00:00+07:00", False),
        ("2024-03-09", None, False),
    ],
)
def test_a_date_after_the_last_signature(date: str, signed: str | None, warned: bool) -> None:
    """Number and date stand before the office signs; a day's difference may be that of a clock."""
    signature = DigitalSignature("Sở Tư pháp", None, signed, intact=True, changed_after=False)
    assert warned == bool(dated_after_signing(Header(date=date), [signature]))


@pytest.mark.parametrize(
    ("code", "path", "warned"),
    [
        ("107/TB-UBND", "den/117.tb-ubnd.pdf", True),
        ("107/TB-UBND", "den/0107_TB_UBND.pdf", False),
        ("107/TB-UBND", "117 kho/quet.pdf", False),
        ("107/TB-UBND", "117-tb-hdnd.pdf", False),
        ("07/2024/QĐ-UBND", "qd_07_2024_QD-UBND.signed.pdf", False),
        ("1634/TCT-CS", "CV_1634_2017TCTCS.docx", False),
        ("/TB-UBND", "117-tb-ubnd.pdf", False),
        (None, "117-tb-ubnd.pdf", False),
    ],
)
def test_the_name_of_the_file_against_the_number(code: str | None, path: str, warned: bool) -> None:
    """The same symbol with another number is a hint; a name that holds the number, or another symbol, is none."""
    assert warned == bool(named_otherwise(Header(code=code), path))
