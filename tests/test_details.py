"""Details: the other columns of an obligation."""

import pytest

from extractors.details import action, condition, coordinators, field_line, is_time_only, report_to
from extractors.model import Span


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Sở Y tế chủ trì, phối hợp với Sở Tài chính, Sở Nội vụ rà soát biên chế.", ("Sở Tài chính", "Sở Nội vụ")),
        ("phối hợp Công an tỉnh kiểm tra", ("Công an tỉnh",)),
        ("Phối hợp chặt chẽ với các đơn vị liên quan tuyên truyền", ("các đơn vị liên quan",)),
        ("cùng với Văn phòng Sở chuẩn bị hội trường", ("Văn phòng Sở",)),
        ("phối hợp triển khai thực hiện", ()),
        ("phối hợp, hỗ trợ các trường rà soát học liệu", ("các trường",)),
        (
            "phối hợp với doanh nghiệp kinh doanh chợ, chính quyền địa phương và cơ quan liên quan lập biên bản",
            ("doanh nghiệp kinh doanh chợ", "chính quyền địa phương", "cơ quan liên quan"),
        ),
        ("phối hợp với các sở, ngành và địa phương kiểm tra", ("các sở, ngành và địa phương",)),
    ],
)
def test_coordinators(sentence: str, names: tuple[str, ...]) -> None:
    """Those after phối hợp với, up to the next predicate."""
    assert names == coordinators(sentence, ("Sở Y tế",))


def test_an_actor_is_not_his_own_coordinator() -> None:
    """Who leads does not help himself."""
    assert () == coordinators("Các đơn vị phối hợp với Sở Y tế rà soát thuốc", ("Sở Y tế",))


@pytest.mark.parametrize(
    ("sentence", "whom"),
    [
        ("báo cáo kết quả về Sở Công Thương trước ngày 05/9", "Sở Công Thương"),
        ("cần báo cáo ngay về Văn phòng Tổng cục (qua Bộ phận Y tế).", "Văn phòng Tổng cục (qua Bộ phận Y tế)"),
        ("Tổng hợp, báo cáo UBND tỉnh trong tháng 9.", "UBND tỉnh"),
        ("gửi danh sách cho Phòng Nội vụ để tổng hợp", "Phòng Nội vụ"),
        ("Rà soát số liệu để báo cáo Bộ Y tế.", None),
        ("Trực báo cáo 24/24 giờ.", None),
        ("Sở Nội vụ tổng hợp, báo cáo Ban Thường vụ Huyện ủy kết quả trong tháng 8.", "Ban Thường vụ Huyện ủy"),
        ("Chi cục nộp hồ sơ, báo cáo Bộ phận Tiếp nhận và Trả kết quả.", "Bộ phận Tiếp nhận và Trả kết quả"),
    ],
)
def test_report_to(sentence: str, whom: str | None) -> None:
    """Whom the result goes to; a purpose is no duty to report."""
    assert whom == report_to(sentence)


@pytest.mark.parametrize(
    ("sentence", "stated"),
    [
        ("Trường hợp vượt thẩm quyền, các đơn vị báo cáo Cục.", "Trường hợp vượt thẩm quyền"),
        ("Các đơn vị, nếu có vướng mắc, phản ánh về Sở.", "nếu có vướng mắc"),
        ("Các đơn vị báo cáo Sở.", None),
    ],
)
def test_condition(sentence: str, stated: str | None) -> None:
    """The first condition, as written."""
    assert stated == condition(sentence)


def test_action_is_what_follows_the_names() -> None:
    """From the predicate to the end, without closing marks."""
    text = "Giao Sở Y tế rà soát thuốc./."
    assert "rà soát thuốc" == action(text, text.index("rà"), Span(0, len(text)))


@pytest.mark.parametrize(
    ("sentence", "only"),
    [
        ("Thời gian hoàn thành: trước ngày 30/9/2025.", True),
        ("Việc thiết lập và thông báo thực hiện trước ngày 15/02/2017.", True),
        ("Hoàn thành và báo cáo UBND tỉnh trước ngày 20/02/2025.", False),
        ("Kết quả báo cáo UBND tỉnh (qua Văn phòng) trước ngày 25/9/2025.", True),
        ("Ý kiến đề nghị gửi về Sở Tư pháp chậm nhất ngày 25/9/2025.", True),
        ("Báo cáo gửi về Văn phòng UBND tỉnh trước ngày 15/9/2025.", True),
        ("Báo cáo UBND tỉnh trước ngày 15/9/2025.", False),
        ("Kết quả thực hiện năm 2025 đạt cao hơn trước.", False),
    ],
)
def test_a_sentence_that_only_gives_a_time(sentence: str, only: bool) -> None:
    """It belongs to the duty before it; a duty with a time stands by itself."""
    assert only is is_time_only(sentence, Span(0, len(sentence)))


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("- Cơ quan chủ trì: Sở Tư pháp.", ("actors", "Sở Tư pháp.")),
        ("Đơn vị phối hợp: Văn phòng UBND tỉnh", ("coordinators", "Văn phòng UBND tỉnh")),
        ("+ Thời gian thực hiện: Quý II/2026.", ("time", "Quý II/2026.")),
        ("Thực hiện: theo quy định", None),
        ("Chủ trì họp: 14 giờ", None),
    ],
)
def test_field_lines(line: str, field: tuple[str, str] | None) -> None:
    """Lines that fill a column of the task above them."""
    found = field_line(line, Span(0, len(line)))
    assert field == (found and (found[0], found[1].of(line)))
