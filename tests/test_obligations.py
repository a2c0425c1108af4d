"""Obligations: from a whole dispatch to rows of who must do what by when."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.clean import clean
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
    _, _, rows = read("""
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
    assert row.warnings and row.confidence <= 0.5


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
