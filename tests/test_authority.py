"""Who decides when the issuer does not: titles of conclusions, conveyed orders, signatures; and near misses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.authority import with_authority
from extractors.clean import clean
from extractors.extract import extract
from extractors.model import Document, Header
from extractors.raw import Line

UNDER = "UBND TỈNH LAI CHÂU\nVĂN PHÒNG"
HEAD = "{}\nSố: 12/{}\nHải Phòng, ngày 03 tháng 4 năm 2024\n"
END = "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n{}\nTrần Mạnh Khôi\n"


def header_of(offices: str, symbol: str, middle: str, signed: str) -> Header:
    """The header of an invented dispatch."""
    text = HEAD.format(offices, symbol) + middle + END.format(signed)
    return extract(clean([Line(line) for line in text.splitlines()])).header


LETTER = "V/v họp\nKính gửi: Các đơn vị.\n{}\n"


@pytest.mark.parametrize(
    ("offices", "symbol", "signed", "authority"),
    [
        ("BỘ Y TẾ", "BYT-KCB", "TL. BỘ TRƯỞNG\nCỤC TRƯỞNG CỤC QUẢN LÝ KHÁM, CHỮA BỆNH", "Bộ trưởng Bộ Y tế"),
        ("BỘ Y TẾ\nCỤC QUẢN LÝ DƯỢC", "QLD-CL", "TUQ. BỘ TRƯỞNG\nCỤC TRƯỞNG", "Bộ trưởng Bộ Y tế"),
        ("BỘ Y TẾ", "BYT-KCB", "KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG", None),
        ("BỘ Y TẾ", "BYT-KCB", "BỘ TRƯỞNG", None),
        ("UBND TỈNH LAI CHÂU", "UBND-VX", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", None),
        (UNDER, "VP-VX", "TM. ỦY BAN NHÂN DÂN\nCHÁNH VĂN PHÒNG", "Ủy ban nhân dân tỉnh Lai Châu"),
        (UNDER, "VP-VX", "TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG", "Chủ tịch Ủy ban nhân dân tỉnh Lai Châu"),
        ("TỈNH ỦY LAI CHÂU", "TU", "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ", "Ban Thường vụ Tỉnh ủy Lai Châu"),
    ],
)  # fmt: skip
def test_the_signature_says_who_decides(offices: str, symbol: str, signed: str, authority: str | None) -> None:
    """On the order of whom, on behalf of which body; a deputy or the head decide for the issuer itself."""
    assert authority == header_of(offices, symbol, LETTER.format("Đề nghị các đơn vị dự họp."), signed).authority


@pytest.mark.parametrize(
    ("words", "authority"),
    [
        ("Về hồ đập, Phó Thủ tướng Lê Hoài Sơn có ý kiến như sau: Giao Bộ Y tế.", "Phó Thủ tướng Lê Hoài Sơn"),
        ("Xét báo cáo của Bộ Y tế, Thủ tướng Chính phủ yêu cầu các bộ rà soát.", "Thủ tướng Chính phủ"),
        ("Thừa lệnh Chủ tịch UBND tỉnh, Văn phòng thông báo như sau.", "Chủ tịch UBND tỉnh"),
        ("Thực hiện ý kiến của Thủ tướng Chính phủ, Văn phòng yêu cầu các bộ rà soát.", None),
        ("Văn phòng đề nghị các đơn vị dự họp.", None),
    ],
)  # fmt: skip
def test_an_office_conveys_an_order(words: str, authority: str | None) -> None:
    """Only an office conveys; another body that mentions the same words decides itself."""
    signed = "BỘ TRƯỞNG, CHỦ NHIỆM"
    assert authority == header_of("VĂN PHÒNG CHÍNH PHỦ", "VPCP-KGVX", LETTER.format(words), signed).authority
    assert header_of("BỘ Y TẾ", "BYT-KCB", LETTER.format(words), "BỘ TRƯỞNG").authority is None


@pytest.mark.parametrize(
    ("subject", "authority"),
    [
        ("Kết luận của Phó Chủ tịch UBND tỉnh Hà Văn Sơn tại cuộc họp về chợ", "Phó Chủ tịch UBND tỉnh Hà Văn Sơn"),
        ("Ý kiến kết luận, chỉ đạo của đồng chí Bí thư Tỉnh ủy về chợ", "Bí thư Tỉnh ủy"),
        (
            "Kết luận của đồng chí Hà Văn Sơn - Phó Chủ tịch UBND huyện tại cuộc họp",
            "Hà Văn Sơn - Phó Chủ tịch UBND huyện",
        ),
        ("Kết luận của đồng chí Hà Văn Sơn - chuyên viên", None),
        ("Kết luận của đoàn kiểm tra về chợ", None),
        ("Lịch tiếp công dân của Phó Chủ tịch UBND tỉnh", None),
    ],
)
def test_a_notice_of_conclusions(subject: str, authority: str | None) -> None:
    """The person who concluded, as the title has it."""
    middle = f"THÔNG BÁO\n{subject}\nNgày 02/4/2024, tỉnh đã họp. Giao Sở Y tế rà soát.\n"
    assert authority == header_of("UBND TỈNH LAI CHÂU", "TB-UBND", middle, "CHỦ TỊCH").authority


@given(st.text(max_size=200), st.text(max_size=30), st.text(max_size=30))
def test_total(text: str, issuer: str, subject: str) -> None:
    """Any words: no error."""
    header = Header(issuer=issuer, subject=subject, doc_type="Thông báo", signing_mode="TM.", on_behalf_of=text[:20])
    with_authority(Document(text), header)
