"""The registers of the clerical desk and the summary of the workbook."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
from conftest import directive, dispatch
from sqlalchemy import Engine
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.decisions import Action, Decision, decide
from pipeline.export import write
from pipeline.export.labels import labels
from pipeline.export.register import SHEETS, Asked, write_register
from pipeline.export.summary import DONE, LATER, NO_DAY, OVERDUE, SOON, Summary
from pipeline.query import each_obligation

Stored = Callable[..., Engine]
COLUMNS = {
    "den": [
        "Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu văn bản", "Ngày tháng văn bản",
        "Tên loại và trích yếu nội dung văn bản", "Đơn vị hoặc người nhận", "Ngày chuyển", "Ký nhận", "Ghi chú",
    ],
    "di": [
        "Số, ký hiệu văn bản", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung văn bản", "Người ký",
        "Nơi nhận văn bản", "Đơn vị, người nhận bản lưu", "Số lượng bản", "Ngày chuyển", "Ký nhận", "Ghi chú",
    ],
    "theo-doi": [
        "Số đến", "Tên loại, số, ký hiệu, ngày, tháng và tên cơ quan, tổ chức ban hành văn bản",
        "Đơn vị hoặc người nhận", "Thời hạn giải quyết", "Tiến độ giải quyết", "Số, ký hiệu văn bản trả lời",
        "Ghi chú",
    ],
}  # fmt: skip
OWN = "UBND tỉnh Bình Lục"


def _sheet(path: Path) -> list[tuple[Any, ...]]:
    (sheet,) = openpyxl.load_workbook(path)
    return list(sheet.iter_rows(values_only=True))


def test_columns_are_those_of_the_decree(stored: Stored, tmp_path: Path) -> None:
    """Nghị định 30/2020/NĐ-CP, Phụ lục IV: these columns in this order, numbered."""
    engine = stored(dispatch(), directive())
    assert set(COLUMNS) == set(SHEETS)
    for kind, columns in COLUMNS.items():
        write_register(engine, Asked(kind, OWN), tmp_path / f"{kind}.xlsx")
        head, numbers, *_ = _sheet(tmp_path / f"{kind}.xlsx")
        assert (columns, f"({len(columns)})") == (list(head), numbers[-1])


def test_sent_and_arrived(stored: Stored, tmp_path: Path) -> None:
    """What the office issued is in the one, the rest in the other; what nobody states is empty, drafters stay out."""
    engine = stored(dispatch(), directive())
    path = tmp_path / "so.xlsx"
    assert 1 == write_register(engine, Asked("di", OWN), path)
    assert [(
        "12/UBND-VX", datetime(2020, 3, 20), "tăng cường kiểm tra kho lạnh", "Lê Văn Mẫu", "Như trên", "VT, VX (03b)",
        None, None, None, None,
    )] == _sheet(path)[2:]  # fmt: skip
    assert 1 == write_register(engine, Asked("den", OWN), path)
    assert ["07/CT-TTg"] == [row[3] for row in _sheet(path)[2:]]
    assert 2 == write_register(engine, Asked("den"), path)
    assert 0 == write_register(engine, Asked("di", "Sở Y tế tỉnh Bình Lục"), path)


def test_how_far_a_document_is(stored: Stored, tmp_path: Path) -> None:
    """Deadline, persons, states and answers of its tasks; with the name of the office, of its own tasks."""
    engine = stored(dispatch())
    (task, _) = each_obligation(engine)
    path = tmp_path / "so.xlsx"
    write_register(engine, Asked("theo-doi"), path)
    assert (datetime(2020, 4, 4), None, None) == _sheet(path)[2][3:6]
    state = {"status": "done", "person": "Minh", "answered_by": "15/BC-HQCB"}
    decide(engine, [Decision("Lan", Action.STATUS, task["obligation_id"], state)])
    write_register(engine, Asked("theo-doi", "Cục Hải quan Cửa Biển"), path)
    described = "Công văn số 12/UBND-VX ngày 20/03/2020 của Ủy ban nhân dân tỉnh Bình Lục"
    assert (None, described, "Minh", datetime(2020, 4, 4), "Xong: 1/1", "15/BC-HQCB", None) == _sheet(path)[2]
    write_register(engine, Asked("theo-doi", "Sở Nội vụ tỉnh Bình Lục"), path)
    assert (None, None, None) == _sheet(path)[2][3:6]


def test_the_command(stored: Stored, tmp_path: Path) -> None:
    """A register of what was sent needs the office's name."""
    stored(dispatch())
    runner, path = CliRunner(env={"COLUMNS": "160"}), tmp_path / "so.xlsx"
    arguments = ["registers", "--kind", "di", "--out", str(path), "--db", str(tmp_path / "vanthu.db")]
    refused = runner.invoke(app, arguments)
    assert (2, True) == (refused.exit_code, "--own" in refused.output)
    done = runner.invoke(app, [*arguments, "--own", OWN])
    assert (0, True) == (done.exit_code, "Sổ có 1 văn bản." in done.output)
    assert path.is_file()


def _duty(**changes: Any) -> dict[str, Any]:
    row = {"kind": "obligation", "status": "new", "due": None, "recurrence": None, "actors": ["Sở Y tế"]}
    return row | changes


def test_the_summary_counts_each_duty_once_for_each_unit() -> None:
    """Late, soon, later, without a day, done; a permission is no duty, and names written otherwise are one unit."""
    summary = Summary(date(2026, 6, 10))
    rows = [
        _duty(due="2026-06-09"),
        _duty(due="2026-06-09", status="done"),
        _duty(due="2026-06-17", actors=["SỞ Y TẾ", "Công an tỉnh"]),
        _duty(due="2026-06-18"),
        _duty(due="2026-01-05", recurrence="FREQ=MONTHLY"),
        _duty(kind="permission", due="2026-06-01"),
    ]
    assert rows == list(summary.counting(rows))
    assert {OVERDUE: 1, DONE: 1, SOON: 1, LATER: 1, NO_DAY: 1} == dict(summary.all)
    assert [("Sở Y tế", 5), ("Công an tỉnh", 1)] == [(name, counts.total()) for name, counts in summary.by_unit()]
    assert [("06/2026", 4)] == [(month, counts.total()) for month, counts in summary.by_month()]


def test_the_workbook_has_lists_colours_and_charts(stored: Stored, tmp_path: Path) -> None:
    """Choices for state and kind, a rule for late and one for soon, ids hidden, two native charts."""
    (path,) = write(stored(dispatch()), "xlsx", tmp_path)
    book = openpyxl.load_workbook(path)
    sheet = book["Nghĩa vụ"]
    head = [cell.value for cell in sheet[1]]
    assert head[:12] == [
        "STT", "Văn bản giao việc", "Nội dung công việc", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời hạn", "Sản phẩm",
        "Báo cáo về", "Trạng thái", "Căn cứ", "Trích nguyên văn", "Trang",
    ]  # fmt: skip
    assert "'Nghĩa vụ'!$A$1:$L$3" == sheet.print_area
    lists = {str(one.sqref)[0]: one.formula1 for one in sheet.data_validations.dataValidation if one.type == "list"}
    assert {"I": f'"{",".join(labels("status"))}"', "Q": f'"{",".join(labels("kind"))}"'} == lists
    assert not any("," in word for word in (*labels("status"), *labels("kind")))
    formulas = [rule.formula[0] for area in sheet.conditional_formatting for rule in area.rules]
    assert ["$F2<TODAY())", "$F2<=TODAY()+7)"] == [formula.rsplit(",", 1)[-1] for formula in formulas[:2]]
    hidden = [name for name, one in sheet.column_dimensions.items() if one.hidden]
    assert "Mã nghĩa vụ (không sửa)" == sheet[f"{hidden[0]}1"].value
    assert 2 == len(book["Tổng hợp"]._charts)
    assert "Tất cả" == book["Tổng hợp"]["A25"].value
