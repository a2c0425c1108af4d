"""Obligations: from a whole dispatch to rows of who must do what by when."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.clean import clean
from extractors.confidence import DOUBTFUL, confidence
from extractors.deadlines import find_deadlines
from extractors.header import read_header
from extractors.model import Document, Header, Obligation
from extractors.obligations import find_obligations
from extractors.raw import Line
from extractors.structure import build
from extractors.timing import issued_on


def read(text: str) -> tuple[Document, Header, tuple[Obligation, ...]]:
    document = build(clean([Line(line, complete=True) for line in text.strip().splitlines()]))
    header = read_header(document)
    deadlines = find_deadlines(document.text, issued_on(header))
    return document, header, find_obligations(document, header, deadlines)


def dispatch(body: str, addressees: str = "Các phòng, đơn vị thuộc Cục") -> tuple[Document, tuple[Obligation, ...]]:
    """The rows of ``body`` in a dispatch of an invented office."""
    document, _, rows = read(f"""
TỔNG CỤC HẢI QUAN
CỤC HẢI QUAN TỈNH BÌNH LỤC
Số: 412/HQBL-NV
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Bình Lục, ngày 06 tháng 5 năm 2024
Kính gửi: {addressees}.
{body}
Nơi nhận:
- Như trên;
- Lưu: VT, NV.
KT. CỤC TRƯỞNG
PHÓ CỤC TRƯỞNG
Trịnh Bá Lộc
""")
    return document, rows


def table(document: Document, rows: tuple[Obligation, ...]) -> list[tuple[str, ...]]:
    return [(row.span.of(document.text)[:24], ", ".join(row.actors), row.actor_source or "") for row in rows]


def test_actors_named_inherited_and_addressed() -> None:
    """Named in the sentence, inherited from the heading, else those the dispatch is addressed to."""
    document, rows = dispatch("""
Cục Hải quan tỉnh yêu cầu các đơn vị thực hiện các nội dung sau:
1. Phòng Nghiệp vụ
a) Rà soát danh mục hàng tồn đọng.
b) Văn phòng Cục bố trí kho tạm giữ.
2. Đối với các Chi cục Hải quan cửa khẩu
- Trực 24/7.
Cục hướng dẫn một số nội dung như sau:
1. Sử dụng mẫu biên bản mới.
""")
    assert [
        ("Rà soát danh mục hàng tồ", "Phòng Nghiệp vụ", "inherited"),
        ("Văn phòng Cục bố trí kho", "Văn phòng Cục", "explicit"),
        ("Trực 24/7.", "các Chi cục Hải quan cửa khẩu", "inherited"),
        ("Sử dụng mẫu biên bản mới", "Các phòng, đơn vị thuộc Cục", "addressee"),
    ] == table(document, rows)
    assert ["1.a", "1.b", "2", "1"] == [row.clause for row in rows]


def test_a_heading_about_firms_leaves_the_duty_with_the_office() -> None:
    """``Đối với doanh nghiệp nợ thuế`` tells whom the office deals with."""
    document, rows = dispatch("""
Cục Hải quan tỉnh yêu cầu các đơn vị thực hiện các nội dung sau:
1. Đối với doanh nghiệp nợ thuế:
- Đôn đốc thu nộp, cưỡng chế theo quy định.
""")
    assert [("Đôn đốc thu nộp, cưỡng c", "các đơn vị", "inherited")] == table(document, rows)


def test_the_time_of_a_lead_in_goes_to_its_items() -> None:
    """… but not the event on which the speaker asks."""
    _, rows = dispatch("""
1. Trước ngày 30/6/2024, Phòng Nghiệp vụ hoàn thành các việc sau:
- Rà soát danh mục hàng tồn đọng.
2. Sau khi nghiên cứu đề nghị của Phòng, Cục yêu cầu Văn phòng thực hiện:
- Bố trí kho tạm giữ.
""")
    assert ["<2024-06-30", None] == [row.deadline.value if row.deadline else None for row in rows]


def test_a_named_doer_with_a_day_is_ordered_under_any_heading() -> None:
    """Under ``Kinh phí`` most sentences tell; one with a doer and a day orders."""
    document, rows = dispatch("""
I. KINH PHÍ THỰC HIỆN
Các đơn vị sử dụng nguồn chi thường xuyên được giao.
Phòng Tài vụ lập dự toán bổ sung trước ngày 30/6/2024.
""")
    assert [("Phòng Tài vụ lập dự toán", "Phòng Tài vụ", "explicit")] == table(document, rows)


@pytest.mark.parametrize(
    "lead",
    [
        "Cục Hải quan tỉnh báo cáo kết quả rà soát như sau:",
        "Việc thông quan còn chậm do một số nguyên nhân sau:",
        "1. Hiện trạng kho bãi",
    ],
)
def test_what_an_office_tells_of_itself_lists_no_duties(lead: str) -> None:
    """Its own report, its findings and the state of things are no orders to those addressed."""
    _, rows = dispatch(f"{lead}\n- Kho số 2 đã xuống cấp.\n- Kho số 3 cải tạo xong tháng 4.")
    assert not rows


def test_a_second_sentence_goes_on_with_the_first_ones_actor() -> None:
    """``Giao X … . Hoàn thành trước ngày …`` is X's, with its own deadline and due day."""
    _, rows = dispatch("Giao Phòng Nghiệp vụ kiểm kê kho. Hoàn thành và báo cáo Cục trước ngày 20/5/2024.")
    assert [("Phòng Nghiệp vụ",), ("Phòng Nghiệp vụ",)] == [row.actors for row in rows]
    assert rows[1].deadline is not None and "<2024-05-20" == rows[1].deadline.value
    assert "2024-05-19" == rows[1].due
    assert "Cục" == rows[1].report_to


def test_a_sentence_of_time_belongs_to_the_row_before() -> None:
    """It makes no row of its own."""
    document, rows = dispatch("Giao Phòng Nghiệp vụ kiểm kê kho. Thời gian hoàn thành: trước ngày 20/5/2024.")
    (row,) = rows
    assert row.deadline is not None and "<2024-05-20" == row.deadline.value
    assert row.span.of(document.text).endswith("20/5/2024.")


def test_fields_below_a_task_fill_its_columns() -> None:
    """``Đơn vị chủ trì: …`` and ``Thời gian thực hiện: …`` are no rows."""
    _, rows = dispatch("""
Các nhiệm vụ cụ thể như sau:
- Kiểm kê kho tang vật.
Đơn vị chủ trì: Phòng Nghiệp vụ.
Đơn vị phối hợp: Văn phòng Cục.
Thời gian thực hiện: Quý III/2024.
- Thanh lý hàng tồn đọng.
Đơn vị chủ trì: Chi cục Hải quan Cửa Biển.
""")
    assert [("Phòng Nghiệp vụ",), ("Chi cục Hải quan Cửa Biển",)] == [row.actors for row in rows]
    assert ("Văn phòng Cục",) == rows[0].coordinators
    assert rows[0].deadline is not None and rows[1].deadline is None


def test_task_table_rows_are_rows() -> None:
    """The lead is the actor, the help the coordinators, the time the deadline."""
    _, rows = dispatch("""
Phân công nhiệm vụ:
TT\tNội dung\tChủ trì\tPhối hợp\tThời hạn
1\tTập huấn phần mềm\tPhòng Công nghệ thông tin\tVăn phòng Cục\tTrước 30/9/2024
""")
    (row,) = rows
    assert "task_table" == row.rule
    assert (("Phòng Công nghệ thông tin",), ("Văn phòng Cục",)) == (row.actors, row.coordinators)
    assert "2024-09-29" == row.due


@pytest.mark.parametrize(
    "body",
    [
        "Thời gian qua, Cục ghi nhận và biểu dương các đơn vị đã hoàn thành kế hoạch thu.",
        "Căn cứ Luật Hải quan ngày 23/6/2014;",
        "Trân trọng./.",
        "Tại khoản 2 Điều 18 Luật Hải quan quy định: “Người khai hải quan có nghĩa vụ nộp tờ khai, nộp, xuất trình "
        "chứng từ thuộc hồ sơ hải quan theo quy định tại Luật này.”",
        "Họ và tên: ........................................ Chức vụ: ..................................",
    ],
)
def test_what_orders_nobody_makes_no_row(body: str) -> None:
    """Praise, basis, courtesy, quoted law and forms."""
    assert () == dispatch(body)[1]


def test_a_lead_in_makes_no_row_unless_it_says_something() -> None:
    """``thực hiện các nội dung sau:`` hands down; a duty of its own is a row."""
    _, rows = dispatch("Yêu cầu các Chi cục thực hiện nghiêm túc các nội dung sau:\n- Bố trí người trực.")
    assert [("các Chi cục",)] == [row.actors for row in rows]


def test_a_press_report_counts_only_what_was_ordered() -> None:
    """Captions, the paper's own account and what the office did are no duties."""
    _, header, rows = read("""
Hải quan Bình Lục siết chặt kiểm tra kho bãi
Chi cục Hải quan Cửa Biển kiểm tra kho lạnh
Cục trưởng Lò Văn Páo yêu cầu các Chi cục kiểm tra toàn bộ kho lạnh trước ngày 20/5/2024.
Đồng thời, báo cáo kết quả về Văn phòng Cục.
Thời gian qua, đơn vị đã kiểm tra 40 kho.
""")
    assert header.doc_type is None
    assert [("các Chi cục",), ("các Chi cục",)] == [row.actors for row in rows]
    assert "explicit inherited" == " ".join(row.actor_source or "" for row in rows)


def test_an_order_without_a_doer_is_kept_with_a_warning() -> None:
    """Nobody is invented, nothing is lost."""
    document, _, rows = read("""
CHI CỤC THUẾ HUYỆN BÌNH LỤC
Số: 15/KH-CCT
Bình Lục, ngày 06 tháng 5 năm 2024
KẾ HOẠCH
Tuyên truyền chính sách thuế
I. NHIỆM VỤ
1. Tổ chức hội nghị đối thoại trong tháng 6/2024.
""")
    (row,) = rows
    assert () == row.actors and row.actor_source is None
    assert row.warnings and confidence(document.text, row) < DOUBTFUL


def test_the_tagger_is_asked_only_where_nobody_is_known() -> None:
    """It sees bare clauses without a doer, and its no drops them."""
    text = """
CHI CỤC THUẾ HUYỆN BÌNH LỤC
Số: 15/KH-CCT
Bình Lục, ngày 06 tháng 5 năm 2024
KẾ HOẠCH
Tuyên truyền chính sách thuế
I. NHIỆM VỤ
1. Công tác tuyên truyền được triển khai đúng đối tượng.
2. Đội Tuyên truyền lập danh sách người nộp thuế.
"""
    document = build(clean([Line(line, complete=True) for line in text.strip().splitlines()]))
    asked: list[str] = []

    def noun(clause: str) -> bool:
        asked.append(clause)
        return False

    rows = find_obligations(document, read_header(document), (), noun)
    assert [("Đội Tuyên truyền",)] == [row.actors for row in rows]
    assert ["Công tác tuyên truyền"] == [clause[:21] for clause in asked]


LINES = st.lists(
    st.sampled_from(
        [
            "Kính gửi: Các sở.", "THÔNG BÁO", "Số: 1/TB-SYT", "I. NHIỆM VỤ", "1. Sở Y tế:", "a) Rà soát;", "- báo cáo",
            "Giao Sở Nội vụ báo cáo trước ngày 05/9/2025.", "TT\tNội dung\tChủ trì\tThời hạn",
            "1\tA\tSở Y tế\tQuý I/2026", "Đơn vị chủ trì: Sở Y tế.", "Thời gian: 14 giờ ngày 05/9/2025", "…",
            "Nơi nhận:", "“Trích", "Phụ lục I", "./.",
        ]
    ),
    max_size=14,
)  # fmt: skip


@settings(max_examples=150)
@given(LINES)
def test_any_document_gives_rows_in_order_inside_the_text(lines: list[str]) -> None:
    """No text raises; rows lie in the text, in order, with confidence between 0 and 1."""
    document, _, rows = read("\n".join(lines) or "x")
    assert [row.span.start for row in rows] == sorted(row.span.start for row in rows)
    for row in rows:
        assert 0 <= row.span.start < row.span.end <= len(document.text)
        assert 0 < row.confidence <= 1
        assert (row.actor_source is None) == (not row.actors)


SHARED = Path(__file__).resolve().parents[2] / "shared" / "real" / "files"


@pytest.mark.skipif(not SHARED.exists(), reason="the optional folder of real dispatches is absent")
def test_a_real_dispatch_names_its_units() -> None:
    """Thirteen duties; the computing department for I.7, two provincial offices for II."""
    text = (SHARED / "seed001_tchq_covid.txt").read_text(encoding="utf-8")
    document = build(clean([Line(line) for line in text.splitlines()]))
    header = read_header(document)
    rows = find_obligations(document, header, find_deadlines(document.text, None))
    assert 13 == len(rows)
    by_clause = {row.clause: row.actors for row in rows}
    assert ("Cục Công nghệ thông tin và thống kê Hải quan",) == by_clause["I.7"]
    assert ("Cục Hải quan tỉnh Quảng Ninh", "Cục Hải quan thành phố Hải Phòng") == by_clause["II.1"]


def test_items_are_parts_of_the_order_that_leads_them_in() -> None:
    """``parent`` is the row of the clause above; what stands beside it has none."""
    _, rows = dispatch("""
1. Phòng Nghiệp vụ xây dựng phương án kiểm kê toàn bộ kho tang vật của Cục.
a) Lập danh sách kho trước ngày 20/5/2024.
b) Gửi phương án cho các Chi cục.
2. Văn phòng Cục bố trí xe.
""")
    assert [None, 0, 0, None] == [row.parent for row in rows]


def test_numbered_rows_of_a_table_have_parents() -> None:
    """``1.1`` is a part of ``1``; the column of products is kept."""
    _, rows = dispatch("""
Phân công nhiệm vụ:
TT\tNội dung\tChủ trì\tSản phẩm\tThời hạn
1\tTập huấn phần mềm\tPhòng Công nghệ thông tin\t02 lớp học\tTrước 30/9/2024
1.1\tBiên soạn tài liệu cho tối thiểu 05 bài\tVăn phòng Cục\tTài liệu\tTrước 30/8/2024
2\tKiểm kê máy\tVăn phòng Cục\t\tTrước 30/8/2024
""")
    assert [(None, "02 lớp học"), (0, "Tài liệu"), (None, None)] == [(row.parent, row.product) for row in rows]
    assert "tối thiểu 05 bài" == rows[1].target


def test_helpers_of_a_lead_in_help_with_its_items() -> None:
    """They do not help whoever is named in an item."""
    _, rows = dispatch("""
1. Phòng Nghiệp vụ chủ trì, phối hợp với Văn phòng Cục thực hiện các việc sau:
a) Lập danh sách kho.
b) Chi cục Hải quan Cửa Biển gửi số liệu.
""")
    assert [("Văn phòng Cục",), ()] == [row.coordinators for row in rows]


def test_who_gives_the_order_when_the_issuer_only_relays_it() -> None:
    """An office that writes for a leader names him; the issuer itself is not named again."""
    _, _, rows = read("""
VĂN PHÒNG CHÍNH PHỦ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 3321/VPCP-NN
Hà Nội, ngày 14 tháng 5 năm 2024
Kính gửi: Bộ Tài nguyên và Môi trường; Bộ Tài chính.
Xét báo cáo của Bộ Tài chính, Phó Thủ tướng Chính phủ Hoàng Đăng Khoa có ý kiến như sau:
1. Bộ Tài nguyên và Môi trường rà soát các trạm đo mặn.
2. Phó Thủ tướng giao Bộ Tài chính cân đối nguồn dự phòng.
Văn phòng Chính phủ thông báo để các cơ quan biết, thực hiện./.
""")
    assert [("Bộ Tài nguyên và Môi trường",), ("Bộ Tài chính",), ("các cơ quan",)] == [row.actors for row in rows]
    assert ["Phó Thủ tướng Chính phủ Hoàng Đăng Khoa", "Phó Thủ tướng", None] == [row.ordered_by for row in rows]
    _, rows = dispatch("Cục trưởng yêu cầu các đơn vị kiểm kê kho.")
    assert [None] == [row.ordered_by for row in rows]


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("Văn phòng Cục bố trí xe.", "subject"),
        ("1. Văn phòng Cục\na) Bố trí xe.", "heading"),
        ("Cục trưởng yêu cầu Văn phòng Cục thực hiện các việc sau:\n- Bố trí xe.", "lead_in"),
        ("Đề nghị bố trí xe.", "addressee"),
        ("Chánh Văn phòng, Trưởng các phòng chịu trách nhiệm thi hành Quyết định này.", "executory"),
        ("Chánh Văn phòng chịu trách nhiệm về số liệu này.", "subject"),
    ],
)
def test_the_rule_that_gave_the_actor(body: str, rule: str) -> None:
    """Named, heading, lead-in, Kính gửi, executory article."""
    _, rows = dispatch(body)
    assert [rule] == [row.actor_rule for row in rows]


def test_requests_upward_are_made_to_one_who_may_order_others() -> None:
    """In a tờ trình ``Giao Sở Tài chính …`` is asked of the one addressed."""
    _, _, rows = read("""
SỞ GIÁO DỤC VÀ ĐÀO TẠO TỈNH LÂM HÀ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 132/TTr-SGDĐT
Lâm Hà, ngày 18 tháng 4 năm 2024
TỜ TRÌNH
Về việc sửa chữa trường học
Kính gửi: Ủy ban nhân dân tỉnh Lâm Hà
Sở Giáo dục và Đào tạo kính trình UBND tỉnh:
1. Xem xét, bổ sung 15 tỷ đồng cho các trường.
2. Giao Sở Tài chính thẩm định dự toán.
""")
    assert [(("UBND tỉnh",), "recommendation")] * 2 == [(row.actors, row.kind) for row in rows]


def test_pronouns_mean_those_addressed() -> None:
    """``đề nghị các đồng chí …`` names nobody by himself."""
    _, rows = dispatch("Đề nghị các đồng chí kiểm kê kho trước ngày 20/5/2024.")
    assert [(("Các phòng, đơn vị thuộc Cục",), "addressee")] == [(row.actors, row.actor_source) for row in rows]


def test_what_an_office_asks_of_people_is_its_own_duty() -> None:
    """Among the duties of an office, ``thì yêu cầu người khai …`` charges the office."""
    _, rows = dispatch("""
1. Chi cục Hải quan Cửa Biển
a) Đối với tờ khai thiếu chứng từ thì yêu cầu người khai bổ sung.
""")
    assert [("Chi cục Hải quan Cửa Biển",)] == [row.actors for row in rows]


def test_those_who_are_guided_do_what_stands_below() -> None:
    """``hướng dẫn X thực hiện như sau:``: X does it; firms and people are guided, not charged."""
    _, rows = dispatch("""
1. Chi cục Hải quan Cửa Biển rà soát hồ sơ và hướng dẫn công chức giám sát thực hiện như sau:
- Nhập số niêm phong.
2. Chi cục Hải quan Sông Lục hướng dẫn doanh nghiệp thực hiện như sau:
- Gửi danh sách hàng.
""")
    assert [("công chức giám sát",), ("Chi cục Hải quan Sông Lục",)] == [rows[1].actors, rows[-1].actors]


def test_firms_are_charged_by_a_heading_that_says_so() -> None:
    """``các công ty có trách nhiệm:`` charges them; ``Đối với các công ty:`` only says about whom."""
    _, rows = dispatch("""
Cục Hải quan tỉnh yêu cầu các Chi cục thực hiện các nội dung sau:
1. Công ty Cảng Sông Lục có trách nhiệm:
- Bố trí kho tạm giữ.
2. Đối với doanh nghiệp nợ thuế:
- Cưỡng chế theo quy định.
""")
    assert [("Công ty Cảng Sông Lục",), ("các Chi cục",)] == [row.actors for row in rows]


def test_goals_are_no_duties() -> None:
    """``với các mục tiêu sau:`` lists what is hoped for."""
    _, rows = dispatch("Phê duyệt Đề án với các mục tiêu chủ yếu sau:\n1. Giảm 10% số vụ tai nạn mỗi năm.")
    assert () == rows


def test_remarks_of_a_report_are_no_duties() -> None:
    """What somebody says of himself, behind an order, is not ordered."""
    _, _, rows = read("""
Hải quan Bình Lục siết chặt kiểm tra kho bãi
Cục trưởng Lò Văn Páo yêu cầu các Chi cục kiểm tra toàn bộ kho lạnh. “Chậm là có lỗi với dân”, ông Páo nói.
Anh Đỗ Út, chủ kho, cho biết gia đình đã cam kết không vi phạm.
""")
    assert [("các Chi cục",)] == [row.actors for row in rows]
