"""Tables of PDFs as people draw them: with all rules, some, or none; over pages; with cells that cover others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from fpdf import FPDF
from readers_fixtures import aligned, centred, grid, letter, new_pdf, paragraphs

from pipeline.process import process
from pipeline.readers import read

HEADING = ("STT", "Nội dung công việc", "Cơ quan\nchủ trì", "Cơ quan\nphối hợp", "Thời gian\nhoàn thành")
ROWS = (
    ("1", "Rà soát, lập danh mục\nhồ sơ tồn đọng của\ncác đơn vị", "Sở Nội vụ", "Sở Tài chính;\nSở Y tế", "Quý I/2024"),
    ("2", "Tập huấn", "Sở Xây dựng", "", "30/6/2024"),
    ("3", "Báo cáo kết quả thực\nhiện", "Văn phòng", "Các sở", "31/12/2024"),
)
LEFTS = (85.0, 115.0, 260.0, 360.0, 460.0)
WIDTHS = (40.0, 180.0, 90.0, 80.0, 90.0)
AFTER = "Các cơ quan, đơn vị căn cứ nhiệm vụ được giao tổ chức thực hiện nghiêm túc, báo cáo kết quả về Sở Nội vụ."


def line_of(row: Sequence[str]) -> str:
    """A row as the reader gives it."""
    return "\t".join(cell.replace("\n", " ") for cell in row)


def texts(folder: Path, pdf: FPDF) -> list[str]:
    """The lines of a file."""
    path = folder / "a.pdf"
    path.write_bytes(bytes(pdf.output()))
    return [line.text for line in read(path).lines]


def around(rows: Sequence[Sequence[str]], lefts: Sequence[float], skip: float) -> FPDF:
    """A page with a line, a table without rules and a paragraph."""
    pdf = new_pdf()
    pdf.text(85, 80, "Danh mục nhiệm vụ kèm theo:")
    paragraphs(pdf, (AFTER,), aligned(pdf, rows, 110, lefts, skip) + 5)
    return pdf


# ---------------------------------------------------------------- without rules
@pytest.mark.parametrize("skip", [20, 14])
def test_columns_by_white_space(tmp_path: Path, skip: float) -> None:
    """Cells of several lines and empty ones, with and without a space between the rows; the text around stays."""
    found = texts(tmp_path, around([HEADING, *ROWS], LEFTS, skip))
    assert found[:5] == ["Danh mục nhiệm vụ kèm theo:", *map(line_of, (HEADING, *ROWS))]
    assert " ".join(found[5:]) == AFTER


def test_columns_in_another_order_and_unnumbered(tmp_path: Path) -> None:
    """Rows without numbers are told by the space between them."""
    rows = [(row[4], row[2], row[1]) for row in (HEADING, *ROWS)]
    assert texts(tmp_path, around(rows, (85, 190, 320), 20))[1:5] == list(map(line_of, rows))


def test_rows_that_cannot_be_told_apart_stay_lines(tmp_path: Path) -> None:
    """No numbers and no space between rows of several lines: nothing is put together that may not belong together."""
    rows = [(row[1], row[2], row[4]) for row in (HEADING, *ROWS)]
    assert not any("\t" in line for line in texts(tmp_path, around(rows, (85, 260, 420), 14)))
    single = [rows[0], ("Tập huấn", "Sở Y tế", "30/6/2024"), ("Tổng kết", "Sở Nội vụ", "31/12/2024")]
    assert texts(tmp_path, around(single, (85, 260, 420), 14))[1:4] == list(map(line_of, single))


@pytest.mark.parametrize("skip", [20, 14])
def test_group_headings(tmp_path: Path, skip: float) -> None:
    """A numbered heading that runs across the columns is a row of its own, and the tasks below stand under it."""
    groups = ["I. Công tác chuẩn bị của các cơ quan chuyên môn thuộc tỉnh", "II. Công tác kiểm tra"]
    pdf = around([HEADING, (groups[0],), *ROWS[:2], (groups[1],), ROWS[2]], LEFTS, skip)
    found = texts(tmp_path, pdf)
    assert found[2:7] == [
        f"{groups[0]}\t\t\t\t",
        *map(line_of, ROWS[:2]),
        f"{groups[1]}\t\t\t\t",
        line_of(ROWS[2]),
    ]
    duties = [duty for duty in process(tmp_path / "a.pdf").obligations if duty.rule == "task_table"]
    assert [
        ("I.1", ("Sở Nội vụ",), ("Sở Tài chính", "Sở Y tế"), "2024-03-31"),
        ("I.2", ("Sở Xây dựng",), (), "2024-06-30"),
        ("II.3", ("Văn phòng",), ("Các sở",), "2024-12-31"),
    ] == [(duty.clause, duty.actors, duty.coordinators, duty.due) for duty in duties]


def test_an_unruled_table_over_two_pages(tmp_path: Path) -> None:
    """With its heading again and without; a row cut by the page break is joined; page numbers lie between."""
    for again in ([HEADING], []):
        pdf = new_pdf()
        aligned(pdf, [HEADING, *ROWS[:2]], 600, LEFTS)
        pdf.text(295, 800, "1")
        pdf.add_page()
        pdf.text(295, 40, "2")
        aligned(pdf, [*again, ("", "nâng cao", "", "", ""), ROWS[2]], 80, LEFTS)
        cut = (ROWS[1][0], "Tập huấn nâng cao", *ROWS[1][2:])
        assert texts(tmp_path, pdf) == list(map(line_of, (HEADING, ROWS[0], cut, ROWS[2])))


def test_only_rules_across(tmp_path: Path) -> None:
    """Rules between the rows, everything set in the middle of its row."""
    pdf = new_pdf()
    pdf.set_font("vi", size=11)
    top = 100.0
    for row in (HEADING, *ROWS):
        most = max(cell.count("\n") for cell in row)
        pdf.line(80, top, 540, top)
        for cell, left in zip(row, LEFTS, strict=True):
            for index, line in enumerate(cell.split("\n")):
                pdf.text(left, top + 16 + 7 * (most - cell.count("\n")) + 14 * index, line)
        top += 24 + 14 * most
    pdf.line(80, top, 540, top)
    assert texts(tmp_path, pdf) == list(map(line_of, (HEADING, *ROWS)))


def test_text_in_columns_that_is_no_task_table(tmp_path: Path) -> None:
    """A letter, a poem, a list of people and a sentence of heading words stay lines."""
    poem = new_pdf()
    centred(poem, ("Đường xa muôn dặm", "Nội dung công việc", "Thời hạn chẳng chờ", "Cơ quan chủ trì"), 297, 100)
    people = around([("STT", "Họ và tên", "Đơn vị"), ("1", "Lê Văn Mẫu", "Sở Y tế")], LEFTS[:3], 20)
    sentence = new_pdf()
    paragraphs(sentence, ("STT, nội dung công việc, cơ quan chủ trì, thời hạn ghi tại phụ lục. " * 4,), 80)
    for pdf in (letter(new_pdf()), poem, people, sentence):
        assert not any("\t" in line for line in texts(tmp_path, pdf))


def test_the_last_block_under_a_table_is_none_of_it(tmp_path: Path) -> None:
    """*Nơi nhận* and the signature stand in columns of their own."""
    pdf = new_pdf()
    end = aligned(pdf, [HEADING, *ROWS], 100, LEFTS)
    pdf.text(85, end + 6, "Nơi nhận:")
    pdf.text(85, end + 22, "- Như trên;")
    centred(pdf, ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Văn Mẫu"), 420, end + 6)
    found = texts(tmp_path, pdf)
    assert found[4:] == ["Nơi nhận:", "- Như trên;", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Văn Mẫu"]


# ---------------------------------------------------------------- with rules
def test_rules_drawn_as_thin_boxes(tmp_path: Path) -> None:
    """Filled boxes half a point wide are rules."""
    pdf = new_pdf()
    pdf.set_font("vi", size=11)
    pdf.set_fill_color(0, 0, 0)
    edges = [70 + sum(WIDTHS[:at]) for at in range(len(WIDTHS) + 1)]
    rows = [tuple(cell.replace("\n", " ")[:14] for cell in row) for row in (HEADING, *ROWS)]
    for at, row in enumerate([*rows, [""] * 5]):
        for left, width, cell in zip(edges, WIDTHS, row, strict=False):
            pdf.rect(left, 100 + 22 * at, width, 0.5, style="F")
            pdf.text(left + 3, 115 + 22 * at, cell)
    for edge in edges:
        pdf.rect(edge, 100, 0.5, 22 * len(rows), style="F")
    assert texts(tmp_path, pdf) == [line_of(tuple(cell.strip() for cell in row)) for row in rows]


def test_a_table_open_at_its_sides(tmp_path: Path) -> None:
    """The first and the last column have no rule outside."""
    rows = [tuple(cell.replace("\n", " ")[:14].strip() for cell in row) for row in (HEADING, *ROWS)]
    pdf = new_pdf()
    pdf.set_font("vi", size=11)
    edges = [70 + sum(WIDTHS[:at]) for at in range(len(WIDTHS) + 1)]
    for at, row in enumerate(rows):
        pdf.line(70, 100 + 22 * at, edges[-1], 100 + 22 * at)
        for left, cell in zip(edges, row, strict=False):
            pdf.text(left + 3, 115 + 22 * at, cell)
    pdf.line(70, 100 + 22 * len(rows), edges[-1], 100 + 22 * len(rows))
    for edge in edges[1:-1]:
        pdf.line(edge, 100, edge, 100 + 22 * len(rows))
    assert texts(tmp_path, pdf) == list(map(line_of, rows))


@pytest.mark.parametrize("again", [True, False])
def test_one_row_on_the_next_page_and_a_footer_between(tmp_path: Path, again: bool) -> None:
    """A single row that runs over is a row of the table; the same foot on both pages is none of the text."""
    pdf = new_pdf()
    grid(pdf, [HEADING, *ROWS[:2]], 600, WIDTHS)
    pdf.text(85, 800, "Kế hoạch công tác năm 2024")
    pdf.add_page()
    grid(pdf, [*([HEADING] if again else []), ROWS[2]], 60, WIDTHS)
    pdf.text(85, 800, "Kế hoạch công tác năm 2024")
    assert texts(tmp_path, pdf) == list(map(line_of, (HEADING, *ROWS)))


def test_a_foot_on_one_page_only_is_text(tmp_path: Path) -> None:
    """Lines at the foot of two pages that differ, or stand at different heights, are kept."""
    for second in (("Ghi chú hai", 800), ("Ghi chú một", 790)):
        pdf = new_pdf()
        pdf.text(85, 800, "Ghi chú một")
        pdf.add_page()
        pdf.text(85, second[1], second[0])
        assert texts(tmp_path, pdf) == ["Ghi chú một", second[0]]


def test_two_levels_of_headings_and_merged_cells(tmp_path: Path) -> None:
    """Who leads and who helps stand under one heading; columns are numbered; a leader and a time cover two rows."""
    pdf = new_pdf()
    pdf.set_font("vi", size=11)
    cells = [
        (70, 100, 40, 40, "TT"), (110, 100, 180, 40, "Nhiệm vụ"), (290, 100, 170, 20, "Phân công thực hiện"),
        (290, 120, 90, 20, "Chủ trì"), (380, 120, 80, 20, "Phối hợp"), (460, 100, 90, 40, "Tiến độ"),
        (70, 140, 40, 20, "(1)"), (110, 140, 180, 20, "(2)"), (290, 140, 90, 20, "(3)"), (380, 140, 80, 20, "(4)"),
        (460, 140, 90, 20, "(5)"), (70, 160, 480, 20, "I. Công tác chuẩn bị"),
        (70, 180, 40, 20, "1"), (110, 180, 180, 20, "Rà soát hồ sơ"), (380, 180, 80, 20, ""),
        (70, 200, 40, 20, "2"), (110, 200, 180, 20, "Tập huấn"), (380, 200, 80, 20, "Sở Y tế"),
        (290, 180, 90, 40, "Sở Nội vụ"), (460, 180, 90, 40, "Quý III/2024"),
    ]  # fmt: skip
    for left, top, width, height, text in cells:
        pdf.rect(left, top, width, height)
        pdf.text(left + 3, top + height / 2 + 4, text)
    assert texts(tmp_path, pdf)[3:] == [
        "I. Công tác chuẩn bị\t\t\t\t",
        "1\tRà soát hồ sơ\tSở Nội vụ\t\tQuý III/2024",
        "2\tTập huấn\tSở Nội vụ\tSở Y tế\tQuý III/2024",
    ]
    duties = process(tmp_path / "a.pdf").obligations
    assert [
        ("I.1", ("Sở Nội vụ",), (), "2024-09-30"), ("I.2", ("Sở Nội vụ",), ("Sở Y tế",), "2024-09-30"),
    ] == [(duty.clause, duty.actors, duty.coordinators, duty.due) for duty in duties]  # fmt: skip
