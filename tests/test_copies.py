"""Certified copies: their block is read, and nothing of it becomes the document's own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.clean import clean
from extractors.copies import read_copy
from extractors.extract import extract
from extractors.model import Header, Span
from extractors.raw import Line

DISPATCH = """SỞ TÀI CHÍNH\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 45/STC-QLNS\tBình Lục, ngày 03 tháng 4 năm 2024
V/v lập dự toán
Kính gửi: Các phòng, ban.
Sở yêu cầu các phòng, ban gửi dự toán trước ngày 20/4/2024.
Nơi nhận:
- Như trên;
- Lưu: VT, QLNS.
GIÁM ĐỐC
Trần Mạnh Khôi
"""


def header_of(text: str) -> Header:
    """The header of a typed text."""
    return extract(clean([Line(line) for line in text.splitlines()])).header


def test_a_copy_has_its_own_number_day_office_and_signer() -> None:
    """The letterhead above the mark is the copy's too."""
    block = """ỦY BAN NHÂN DÂN HUYỆN ĐỒNG XANH
VĂN PHÒNG
Số: 12/SY-VP
SAO Y BẢN CHÍNH
Đồng Xanh, ngày 08 tháng 4 năm 2024
Nơi nhận:
- Các xã, thị trấn;
- Lưu: VT.
KT. CHÁNH VĂN PHÒNG
PHÓ CHÁNH VĂN PHÒNG
Lê Thị Hoài Thu
"""
    header = header_of(DISPATCH + block)
    assert header.copied is not None
    copied = header.copied
    assert ("Sao y bản chính", "12/SY-VP", "2024-04-08", "Đồng Xanh") == (
        copied.kind, copied.code, copied.date, copied.place,
    )  # fmt: skip
    assert "Văn phòng Ủy ban nhân dân huyện Đồng Xanh" == copied.issuer
    assert ("PHÓ CHÁNH VĂN PHÒNG", "Lê Thị Hoài Thu") == (copied.signer_title, copied.signer_name)
    assert ("45/STC-QLNS", "2024-04-03", "Trần Mạnh Khôi") == (header.code, header.date, header.signer_name)
    assert ["Như trên", "Lưu: VT, QLNS"] == [recipient.name for recipient in header.recipients]


def test_a_bare_extract_mark() -> None:
    """What the block leaves out stays unknown."""
    copied = header_of(DISPATCH + "TRÍCH SAO\nNgười sao: văn thư Sở\n").copied
    assert copied is not None
    assert ("Trích sao", None, None, None) == (copied.kind, copied.code, copied.issuer, copied.signer_name)


def test_an_electronic_copy() -> None:
    """The mark at the top: kind, number and day of the copy; the document keeps its own issuer and number."""
    header = header_of("SAO Y; 12/SY-UBND; 05/03/2024 14:20:11\n" + DISPATCH)
    assert header.copied is not None
    assert ("Sao y", "12/SY-UBND", "2024-03-05") == (header.copied.kind, header.copied.code, header.copied.date)
    assert header_of(DISPATCH).issuer == header.issuer
    assert header_of(DISPATCH).parent_issuer == header.parent_issuer
    assert "45/STC-QLNS" == header.code


def test_no_electronic_copy() -> None:
    """Two kinds of copies in a sentence are no mark."""
    assert header_of(DISPATCH.replace("V/v ", "V/v bản sao y; trích sao; ")).copied is None


@pytest.mark.parametrize("after", ["", "Phụ lục\nMẫu đơn xin sao y giấy tờ\n", "Sao y văn bản này gửi các xã.\n"])
def test_no_copy(after: str) -> None:
    """Words about copying in small letters are no mark of a copy."""
    assert header_of(DISPATCH + after).copied is None


@given(st.text(max_size=300))
def test_total(text: str) -> None:
    """Any text, any zone: no error, and the span is the zone."""
    copied = read_copy("SAO Y\n" + text, [Span(0, len(text) + 6)])
    assert copied is not None
    assert Span(0, len(text) + 6) == copied.span
