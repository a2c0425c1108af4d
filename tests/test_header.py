"""The header: every field of invented documents of many issuers, in both directions between rules and examples."""

from __future__ import annotations

import json
import tomllib
from dataclasses import fields
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.clean import clean
from extractors.header import RULES, read_header
from extractors.identity import canonical_id, locality
from extractors.issuers import split_offices
from extractors.layout import find_zones
from extractors.letterhead import dateline_in, number_in
from extractors.model import Document, Header, Recipient, Span
from extractors.office_names import spell
from extractors.raw import Line
from extractors.signature import read_signature
from extractors.structure import build

HERE = Path(__file__).parent
DOCUMENTS = tomllib.loads((HERE / "examples" / "header.toml").read_text(encoding="utf-8"))["document"]
REAL = Path(__file__).resolve().parents[2] / "shared" / "real"


def document_of(text: str) -> Document:
    """A document as the pipeline builds it from a text file, without its clauses."""
    canonical = clean([Line(line) for line in text.split("\n")])
    return Document(canonical.text, canonical.lines, canonical.page_starts, find_zones(canonical))


def expected(example: dict[str, Any]) -> dict[str, Any]:
    """The example's fields; what it does not name must be empty. The issuer stands alone unless it says otherwise."""
    wanted: dict[str, Any] = {f.name: f.default for f in fields(Header) if f.name != "evidence"}
    wanted |= {name: tuple(value) if isinstance(value, list) else value for name, value in example["expect"].items()}
    wanted["issuers"] = wanted["issuers"] or tuple(filter(None, [wanted["issuer"]]))
    wanted["recipients"] = tuple(Recipient(*r) for r in wanted["recipients"])
    return wanted


@pytest.mark.parametrize("example", DOCUMENTS, ids=[d["name"] for d in DOCUMENTS])
def test_header_of_example(example: dict[str, Any]) -> None:
    """Each field is as the example says, and the rules named are among those that read it."""
    header = read_header(document_of(example["text"]))
    found = {f.name: getattr(header, f.name) for f in fields(Header) if f.name != "evidence"}
    found |= {"addressed": (), "recipients": tuple(Recipient(r.name, r.purpose) for r in header.recipients)}
    assert expected(example) == found
    assert set(example["rules"]) <= {e.rule for e in header.evidence}


def test_every_rule_has_an_example_and_every_example_a_rule() -> None:
    """No rule without a document that needs it; no document that names an unknown rule."""
    named = {rule for example in DOCUMENTS for rule in example["rules"]}
    assert set(RULES) == named
    assert all(example["rules"] or not example["expect"] for example in DOCUMENTS)


@pytest.mark.parametrize("example", DOCUMENTS, ids=[d["name"] for d in DOCUMENTS])
def test_evidence_is_inside_the_text_and_known(example: dict[str, Any]) -> None:
    """Every piece of evidence quotes the text and bears a known rule."""
    document = document_of(example["text"])
    for evidence in read_header(document).evidence:
        assert evidence.rule in RULES
        assert 0 <= evidence.span.start < evidence.span.end <= len(document.text)
        assert evidence.field in {f.name for f in fields(Header)}


@given(st.text(max_size=400))
def test_any_text_has_a_header(text: str) -> None:
    """Never an error, whatever the text."""
    assert isinstance(read_header(document_of(text)), Header)


@given(
    st.lists(
        st.sampled_from(
            [
                "Số: 12/UBND-VX",
                "Kính gửi:",
                "- Sở Y tế;",
                "Nơi nhận:",
                "KT. CHỦ TỊCH",
                "TM.",
                "THÔNG BÁO",
                "ngày",
                "\t",
                "Lâm An, ngày 3 tháng 4 năm 2020",
                "V/v",
                "UBND TỈNH",
                "Điều 1.",
                "Trần Văn Núi",
                "Phụ lục",
                "---",
                "Q.",
            ]
        ),
        max_size=14,
    )
)
def test_any_order_of_boxes_has_a_header(lines: list[str]) -> None:
    """Boxes in any order and number give a header without an error."""
    assert isinstance(read_header(document_of("\n".join(lines))), Header)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Số: 169 /TB-UBND", "169/TB-UBND"),
        ("Số 16-CT/TW", "16-CT/TW"),
        ("Số : 05 /2015/ QĐ - TTg", "05/2015/QĐ-TTg"),
        ("Luật số: 54/2014/QH13", "54/2014/QH13"),
        ("Số: ……/GM-VP", "/GM-VP"),
        ("Số: 5821/TCT- DNL", "5821/TCT-DNL"),
        ("Số: 66.7/2025/NQ-CP", "66.7/2025/NQ-CP"),
        ("Số: 125/QLN&TTBĐS", "125/QLN&TTBĐS"),
        ("Số: 47 đường Hồ Tây", None),
        ("Số lượng: 12", None),
    ],
)
def test_number_box(cell: str, code: str | None) -> None:
    """Number and symbol as printed, without inner spaces; other numbers are none."""
    assert number_in(cell) == code


@pytest.mark.parametrize(
    ("cell", "place", "date"),
    [
        ("Hải Phòng, ngày 01 tháng 4 năm 2020", "Hải Phòng", "2020-04-01"),
        ("Bà Rịa - Vũng Tàu, ngày 9 tháng 10 năm 2013", "Bà Rịa - Vũng Tàu", "2013-10-09"),
        ("TP. Hồ Chí Minh, ngày 05/7/2023", "TP. Hồ Chí Minh", "2023-07-05"),
        ("Quận 3, ngày …… tháng 5 năm 2020", "Quận 3", "2020-05"),
        ("Huế, ngày    tháng    năm 2021", "Huế", "2021"),
        ("Huế, ngày    tháng    năm 20…", "Huế", None),
        ("Cuộc họp ngày 05/7/2023", None, None),
    ],
)
def test_place_and_date_box(cell: str, place: str | None, date: str | None) -> None:
    """Place and date as far as they are stated."""
    assert dateline_in(cell) == (place, date)


@pytest.mark.parametrize(
    ("block", "fields_"),
    [
        ("TM. CHÍNH PHỦ KT. THỦ TƯỚNG PHÓ THỦ TƯỚNG Lê Hoài Sơn", ("TM.", "CHÍNH PHỦ", "PHÓ THỦ TƯỚNG", "Lê Hoài Sơn")),
        ("KT.CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nTạ Thị Yến", ("KT.", "CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Tạ Thị Yến")),
        (
            "KT. BỘ TRƯỞNG, CHỦ NHIỆM\nPHÓ CHỦ NHIỆM\nMai Tiến Đạt",
            ("KT.", "BỘ TRƯỞNG, CHỦ NHIỆM", "PHÓ CHỦ NHIỆM", "Mai Tiến Đạt"),
        ),
        ("Q. CỤC TRƯỞNG\nPhan Kim Ngân", ("Q.", "CỤC TRƯỞNG", "CỤC TRƯỞNG", "Phan Kim Ngân")),
        (
            "TL. BỘ TRƯỞNG\nKT. VỤ TRƯỞNG VỤ PHÁP CHẾ\nPHÓ VỤ TRƯỞNG\nHà Thu Trang",
            ("TL.", "BỘ TRƯỞNG", "PHÓ VỤ TRƯỞNG", "Hà Thu Trang"),
        ),
        (
            "T/M BAN BÍ THƯ\nTHƯỜNG TRỰC BAN BÍ THƯ\nĐỗ Minh Khang",
            ("TM.", "BAN BÍ THƯ", "THƯỜNG TRỰC BAN BÍ THƯ", "Đỗ Minh Khang"),
        ),
        ("GIÁM ĐỐC\nTS.BS. Hà Duy Kha", (None, None, "GIÁM ĐỐC", "Hà Duy Kha")),
        ("GIÁM ĐỐC\nSỞ TƯ PHÁP\nPGS.TS. Đào Duy Kha", (None, None, "GIÁM ĐỐC SỞ TƯ PHÁP", "Đào Duy Kha")),
        (
            "CHỦ TỊCH HỘI ĐỒNG THÀNH VIÊN KIÊM TỔNG GIÁM ĐỐC\nNGUYỄN THỊ LỤA",
            (None, None, "CHỦ TỊCH HỘI ĐỒNG THÀNH VIÊN KIÊM TỔNG GIÁM ĐỐC", "NGUYỄN THỊ LỤA"),
        ),
    ],
)
def test_signature_chain(block: str, fields_: tuple[str | None, ...]) -> None:
    """The delegation is that of the first line, the title the line above the name."""
    signature = read_signature(block, [Span(0, len(block))])
    assert (signature.mode, signature.on_behalf_of, signature.title, signature.name) == fields_


@pytest.mark.parametrize(
    ("lines", "offices"),
    [
        (["BỘ TÀI CHÍNH TỔNG CỤC HẢI QUAN"], ["BỘ TÀI CHÍNH", "TỔNG CỤC HẢI QUAN"]),
        (["ỦY BAN NHÂN DÂN", "TỈNH CÀ MAU"], ["ỦY BAN NHÂN DÂN TỈNH CÀ MAU"]),
        (
            ["UBND TỈNH CÀ MAU", "BAN QUẢN LÝ CÁC KHU", "CÔNG NGHIỆP"],
            ["UBND TỈNH CÀ MAU", "BAN QUẢN LÝ CÁC KHU CÔNG NGHIỆP"],
        ),
        (["HỘI ĐỒNG THẨM PHÁN TÒA ÁN NHÂN DÂN TỐI CAO"], ["HỘI ĐỒNG THẨM PHÁN TÒA ÁN NHÂN DÂN TỐI CAO"]),
        (["TỈNH ỦY SƠN LA", "BAN NỘI CHÍNH", "*"], ["TỈNH ỦY SƠN LA", "BAN NỘI CHÍNH"]),
        (["UBND TỈNH CÀ MAU SỞ Y TẾ"], ["UBND TỈNH CÀ MAU", "SỞ Y TẾ"]),
        (["BỘ GIAO THÔNG VẬN TẢI", "CỤC ĐƯỜNG BỘ VIỆT NAM"], ["BỘ GIAO THÔNG VẬN TẢI", "CỤC ĐƯỜNG BỘ VIỆT NAM"]),
        (["QUỐC HỘI KHÓA XV", "ỦY BAN KINH TẾ"], ["QUỐC HỘI KHÓA XV", "ỦY BAN KINH TẾ"]),
        (["CHỦ TỊCH", "ỦY BAN NHÂN DÂN TỈNH CÀ MAU"], ["CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH CÀ MAU"]),
    ],
)
def test_offices_of_a_letterhead(lines: list[str], offices: list[str]) -> None:
    """Wrapped names are joined, glued ones parted."""
    assert split_offices(lines) == offices


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("UBND TỈNH QUẢNG NINH", "Ủy ban nhân dân tỉnh Quảng Ninh"),
        ("UỶ BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG", "Ủy ban nhân dân thành phố Hải Phòng"),
        ("BỘ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "Bộ Văn hóa, Thể thao và Du lịch"),
        ("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "Sở Nông nghiệp và Môi trường"),
        ("CỤC THUẾ TP HÀ NỘI", "Cục Thuế thành phố Hà Nội"),
        ("UBND HUYỆN BÌNH SƠN", "Ủy ban nhân dân huyện Bình Sơn"),
        ("CHI CỤC HẢI QUAN KHU VỰC III", "Chi cục Hải quan khu vực III"),
        ("TRƯỜNG ĐẠI HỌC SƯ PHẠM HÀ NỘI", "Trường Đại học Sư phạm Hà Nội"),
        ("Sở Y tế", "Sở Y tế"),
    ],
)
def test_spelling_of_offices(printed: str, written: str) -> None:
    """A name in capitals is written out in the usual spelling."""
    assert spell(printed) == written


@pytest.mark.parametrize(
    ("code", "date", "issuer", "identity"),
    [
        ("169/TB-UBND", "2020-04-01", "Ủy ban nhân dân thành phố Hải Phòng", "169/TB-UBND@2020#hai-phong"),
        ("05/CT-TTg", "2021", "Thủ tướng Chính phủ", "5/CT-TTg@2021"),
        ("30/2020/NĐ-CP", "2020-03-05", "Chính phủ", "30/2020/NĐ-CP"),
        ("1365/NQ-UBTVQH15", None, "Ủy ban Thường vụ Quốc hội", "1365/NQ-UBTVQH15"),
        ("12/SYT-NVY", None, None, "12/SYT-NVY@?#?"),
        ("/KH-UBND", "2020", None, None),
        (None, None, None, None),
    ],
)
def test_identity(code: str | None, date: str | None, issuer: str | None, identity: str | None) -> None:
    """Year and locality make a symbol unique; what is unknown is a question mark."""
    assert canonical_id(code, date, issuer) == identity


def test_locality_below_the_province_keeps_its_kind() -> None:
    """A district and a province may share a name."""
    assert locality("Ủy ban nhân dân huyện Bình Sơn") == "huyen-binh-son"
    assert locality("Bộ Y tế") is None


LEFT = ["TỔNG CỤC THUẾ", "CỤC THUẾ TỈNH LONG AN", "Số: 1180/CTLAN-TTHT"]
LEFT += ["V/v áp dụng hóa đơn điện tử", "khởi tạo từ máy tính tiền"]
RIGHT = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Long An, ngày 30 tháng 6 năm 2022"]
MIDDLE = [
    "Kính gửi: Công ty Cổ phần Dệt Vàm Cỏ.",
    "Thực hiện kế hoạch năm, Cục Thuế yêu cầu Công ty báo cáo trước ngày 15/7/2022./.",
]
SENT = ["Nơi nhận:", "- Như trên;", "- Lãnh đạo Cục (để b/c);", "- Phòng Nghiệp vụ;", "- Lưu: VT, TTHT (2b)."]
SIGNED = ["KT. CỤC TRƯỞNG", "PHÓ CỤC TRƯỞNG", "", "", "Nguyễn Hữu Lợi"]


def beside(left: list[str], right: list[str], gap: str) -> list[str]:
    """Two columns line by line, parted by ``gap``."""
    return [gap.join(filter(None, pair)) for pair in zip_longest(left, right, fillvalue="")]


@pytest.mark.parametrize("gap", ["\t", " ", " " * 12, " | ", "\n", "left first", "right first"])
def test_the_order_of_the_columns_does_not_matter(gap: str) -> None:
    """One sheet as readers return it: columns beside each other, interleaved, or one after the other."""
    if gap == "left first":
        lines = [*LEFT, *RIGHT, *MIDDLE, *SENT, *SIGNED]
    elif gap == "right first":
        lines = [*RIGHT, *LEFT, *MIDDLE, *SIGNED, *SENT]
    else:
        lines = [*beside(LEFT, RIGHT, gap), *MIDDLE, *beside(SENT, SIGNED, gap)]
    header = read_header(document_of("\n".join(lines)))
    assert (header.code, header.place, header.date) == ("1180/CTLAN-TTHT", "Long An", "2022-06-30")
    assert (header.issuer, header.parent_issuer) == ("Cục Thuế tỉnh Long An", "Tổng cục Thuế")
    assert header.subject == "áp dụng hóa đơn điện tử khởi tạo từ máy tính tiền"
    assert header.addressees == ("Công ty Cổ phần Dệt Vàm Cỏ",)
    assert [r.name for r in header.recipients] == ["Như trên", "Lãnh đạo Cục", "Phòng Nghiệp vụ", "Lưu: VT, TTHT (2b)"]
    assert (header.signing_mode, header.on_behalf_of) == ("KT.", "CỤC TRƯỞNG")
    assert (header.signer_title, header.signer_name) == ("PHÓ CỤC TRƯỞNG", "Nguyễn Hữu Lợi")


@pytest.mark.skipif(not REAL.exists(), reason="real documents are not part of the project")
def test_header_of_real_text_files() -> None:
    """The text files with a hand-made gold: single fields exact but for case, at least 93 in 100."""
    right = total = 0
    for path in sorted((REAL / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        source = REAL / "files" / Path(gold["file"]).name
        if source.suffix != ".txt":
            continue
        header = read_header(document_of(source.read_text(encoding="utf-8")))
        for name in (
            "doc_type",
            "code",
            "place",
            "date",
            "urgency",
            "signing_mode",
            "signer_title",
            "signer_name",
            "issuer",
        ):
            total += 1
            right += gold["header"].get(name) == getattr(header, name)
    assert total and right / total >= 0.93


def test_a_signature_does_not_run_into_the_annex_of_the_next_page() -> None:
    """Where no name ends the block (a seal covers it), what the next page begins with is no title of the signer."""
    first = ("Số: 12/UBND-KT", "Kính gửi: Sở Y tế.", "Đề nghị báo cáo./.", "Nơi nhận:", "- Lưu: VT.", "KT. CHỦ TỊCH")
    pages = [*((text, 1) for text in (*first, "PHÓ CHỦ TỊCH")), ("BÁO CÁO", 2), ("KẾT QUẢ CẢ NĂM CỦA CÁC XÃ", 2)]
    cleaned = clean([Line(text, page, None, True) for text, page in pages])
    header = read_header(Document(cleaned.text, cleaned.lines, cleaned.page_starts, find_zones(cleaned)))
    assert ("KT.", "CHỦ TỊCH", "PHÓ CHỦ TỊCH") == (header.signing_mode, header.on_behalf_of, header.signer_title)


def test_a_name_at_the_top_of_the_next_page_is_the_signer() -> None:
    """A block that a page break cuts before the name is one block."""
    first = ("Số: 12/UBND-KT", "Kính gửi: Sở Y tế.", "Đề nghị báo cáo./.", "Nơi nhận:", "- Lưu: VT.", "KT. CHỦ TỊCH")
    pages = [*((text, 1) for text in (*first, "PHÓ CHỦ TỊCH")), ("Lê Văn Mẫu", 2)]
    cleaned = clean([Line(text, page, None, True) for text, page in pages])
    header = read_header(Document(cleaned.text, cleaned.lines, cleaned.page_starts, find_zones(cleaned)))
    assert ("PHÓ CHỦ TỊCH", "Lê Văn Mẫu") == (header.signer_title, header.signer_name)


def test_a_table_is_no_letterhead() -> None:
    """The head of a table right under the motto: its cells are no offices."""
    lines = ["UBND TỈNH BÌNH LỤC", "SỞ Y TẾ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
             "BẢNG TỔNG HỢP KẾT QUẢ", "STT\tSở Nội vụ\tBiên chế được giao\tBiên chế có mặt\tSL\tTỷ lệ"]  # fmt: skip
    header = read_header(build(clean([Line(line) for line in lines])))
    assert ("Sở Y tế tỉnh Bình Lục", "Ủy ban nhân dân tỉnh Bình Lục") == (header.issuer, header.parent_issuer)


@pytest.mark.parametrize(
    ("second", "subject"),
    [
        ("74112/CT-TTHT ngày 02/12/2016", "đính chính công văn số 74112/CT-TTHT ngày 02/12/2016"),
        ("Số: 9/CT-TTHT", "đính chính công văn số"),
    ],
)
def test_a_subject_cut_before_the_number_of_another_document(second: str, subject: str) -> None:
    """The other document's number has no label; a labelled one is that of this document."""
    lines = ["CỤC THUẾ TỈNH AN SƠN", "V/v đính chính công văn số", second, "An Sơn, ngày 16 tháng 6 năm 2017"]
    text = "\n".join(["Số: 40667/CT-TTHT", *lines, "Kính gửi: Công ty Bến Sậy."])
    assert subject == read_header(build(clean([Line(line, complete=True) for line in text.splitlines()]))).subject
