"""Task tables: columns by their headings, rows to tasks."""

from __future__ import annotations

from extractors.clean import clean
from extractors.model import Document, Line
from extractors.structure import build
from extractors.task_tables import Task, read_tasks


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
