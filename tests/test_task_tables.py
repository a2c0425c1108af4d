"""Task tables: columns by their headings, rows to tasks."""

from __future__ import annotations

import pytest

from extractors.clean import clean
from extractors.model import Document
from extractors.raw import Line
from extractors.structure import build
from extractors.task_tables import Task, column_kinds, read_tasks, runs


def tasks(*rows: str) -> tuple[Document, list[Task]]:
    document = build(clean([Line("KẾ HOẠCH"), Line("Nội dung như sau:"), *[Line(row, complete=True) for row in rows]]))
    return document, list(read_tasks(document.text, [c for c in document.clauses if c.kind == "row"]))


def test_columns_in_any_order_and_wording() -> None:
    """Who, with whom, what and when are told by the headings."""
    document, found = tasks(
        "STT\tThời hạn\tNội dung công việc\tĐơn vị chủ trì\tĐơn vị phối hợp\tSản phẩm",
        "1\tTrước 30/9/2025\tTập huấn phần mềm\tVăn phòng Sở\tPhòng Nội vụ; các trường\tBáo cáo",
    )
    (task,) = found
    assert ("Văn phòng Sở",) == task.actors
    assert ("Phòng Nội vụ", "các trường") == task.coordinators
    assert "Tập huấn phần mềm" == task.action.of(document.text)
    assert task.time is not None and "Trước 30/9/2025" == task.time.of(document.text)
    assert "1" == task.label


def test_one_column_for_who_leads_and_who_helps() -> None:
    """The first named leads, the others help; a column of helpers alone names no leader."""
    _, found = tasks(
        "TT\tNội dung\tThời gian thực hiện\tĐơn vị chủ trì/phối hợp",
        "1\tChọn mẫu\tTrước 30/9/2025\tTrung tâm Khảo thí; các khoa; Phòng Đào tạo",
        "2\tGửi kết quả\tTrước 15/10/2025\tPhòng Đào tạo",
    )
    assert [("Trung tâm Khảo thí",), ("Phòng Đào tạo",)] == [task.actors for task in found]
    assert [("các khoa", "Phòng Đào tạo"), ()] == [task.coordinators for task in found]
    _, found = tasks("TT\tNội dung\tThời gian\tĐơn vị phối hợp", "1\tChọn mẫu\tTrước 30/9/2025\tcác khoa")
    assert [((), ("các khoa",))] == [(task.actors, task.coordinators) for task in found]


def test_header_repeated_group_rows_and_empty_cells() -> None:
    """A repeated header and a row that only groups make no task; an empty lead is that of the row above."""
    _, found = tasks(
        "TT\tNhiệm vụ\tChủ trì\tThời gian",
        "I\tCông tác chuẩn bị\t\t",
        "1\tLập danh sách\tPhòng Nội vụ\tQuý I/2026",
        "TT\tNhiệm vụ\tChủ trì\tThời gian",
        "2\tGửi danh sách\t\tQuý II/2026",
    )
    assert [("1", ("Phòng Nội vụ",)), ("2", ("Phòng Nội vụ",))] == [(t.label, t.actors) for t in found]


def test_a_table_of_figures_is_no_task_table() -> None:
    """Without a column of who or when there is no task."""
    _, found = tasks("TT\tTên xã\tDiện tích\tGhi chú", "1\tXã An Lục\t12,5\t")
    assert [] == found


@pytest.mark.parametrize(
    ("headings", "kinds"),
    [
        (
            "TT|Nhiệm vụ|Cơ quan trình|Cơ quan tham mưu|Tiến độ|Kết quả/Sản phẩm đầu ra",
            {"number": 0, "task": 1, "lead": 3, "time": 4, "product": 5},
        ),
        (
            "Thời gian bắt đầu|Thời gian hoàn thành|Đơn vị thực hiện|Đơn vị phối hợp|Nội dung",
            {"time": 1, "lead": 2, "coordinators": 3, "task": 4},
        ),
        (
            "STT|Nhóm nhiệm vụ|Nhiệm vụ cụ thể|Phân công|Thời gian thực hiện|Ghi chú",
            {"number": 0, "task": 2, "lead": 3, "time": 4, "aside": 5},
        ),
        (
            "Số TT|Công việc|Đơn vị tính|Đồng chí phụ trách|Mốc",
            {"number": 0, "task": 1, "aside": 2, "lead": 3, "time": 4},
        ),
        ("STT|Chỉ tiêu|Đơn vị chủ trì|Thời hạn", {"number": 0, "task": 1, "lead": 2, "time": 3}),
        ("STT|Họ và tên|Đơn vị|Chức vụ", None),
        ("STT|Tên cơ quan|Thời gian trực|Ghi chú", None),
        ("Số hồ sơ|Tên loại hồ sơ|Thời hạn bảo quản|Ghi chú", None),
        ("STT|Tên thủ tục hành chính|Thời hạn giải quyết|Địa điểm", None),
        ("STT|Tên văn bản|Cơ quan ban hành|Ghi chú", None),
        ("2|Báo cáo kết quả thực hiện nhiệm vụ|Sở Y tế chủ trì|Hoàn thành trong tháng 6", None),
    ],
)
def test_headings(headings: str, kinds: dict[str, int] | None) -> None:
    """The more telling heading wins wherever it stands; lists of people, files and laws are no task tables."""
    assert kinds == column_kinds(headings.split("|"))


def test_a_row_of_column_numbers_is_no_task() -> None:
    """*(1) (2) (3)* under the headings."""
    rows = ("TT\tNhiệm vụ\tChủ trì\tThời gian", "(1)\t(2)\t(3)\t(4)", "1\tLập danh sách\tPhòng Nội vụ\tQuý I/2026")
    assert ["1"] == [task.label for task in tasks(*rows)[1]]


@pytest.mark.parametrize(
    ("between", "after", "found"),
    [
        (["I. Công tác chuẩn bị"], "2\tGửi danh sách\tVăn phòng\tQuý II/2026", ["1", "2"]),
        (["B. CÔNG TÁC", "I. Công tác chuẩn bị"], "2\tGửi danh sách\tVăn phòng\tQuý II/2026", ["1", "2"]),
        (["Các đơn vị báo cáo kết quả về Sở. " * 6], "2\tGửi danh sách\tVăn phòng\tQuý II/2026", ["1"]),
        (["I. Danh sách trực"], "TT\tHọ và tên\tĐiện thoại\tGhi chú", ["1"]),
    ],
)
def test_headings_across_a_table(between: list[str], after: str, found: list[str]) -> None:
    """A heading across all columns stands in the table; a paragraph ends it."""
    head = ["TT\tNhiệm vụ\tChủ trì\tThời gian", "1\tLập danh sách\tPhòng Nội vụ\tQuý I/2026"]
    document = build(clean([Line(text, complete=True) for text in ("KẾ HOẠCH", *head, *between, after)]))
    tables = [clauses for is_table, clauses in runs(document.text, document.clauses) if is_table]
    assert found == [task.label for clauses in tables for task in read_tasks(document.text, clauses)]
