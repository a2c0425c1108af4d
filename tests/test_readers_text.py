"""Plain text and Markdown: encodings, columns, tables, marks."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readers_fixtures import MOTTO, NATION

from pipeline.readers import read
from pipeline.readers.columns import split_columns
from pipeline.readers.encoding import decode


def texts(path: Path) -> list[str]:
    """The lines of a file that hold something."""
    return [line.text for line in read(path).lines if line.text.strip()]


def written(folder: Path, name: str, content: str | bytes) -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("codec", "mark"), [("utf-8", b""), ("utf-8-sig", b""), ("utf-16", b""), ("utf-16-be", b"\xfe\xff")]
)
def test_unicode_files_need_no_warning(tmp_path: Path, codec: str, mark: bytes) -> None:
    """UTF-8 and UTF-16 with their marks are read as they are."""
    document = read(written(tmp_path, "a.txt", mark + "Kính gửi: Sở Y tế\nđể thực hiện.".encode(codec)))
    assert [line.text for line in document.lines] == ["Kính gửi: Sở Y tế", "để thực hiện."]
    assert document.warnings == ()
    assert not any(line.complete for line in document.lines)


def test_a_windows_file_is_read_with_a_warning(tmp_path: Path) -> None:
    """A code page 1258 file keeps its letters; the clerk is told to check the marks."""
    document = read(written(tmp_path, "a.txt", "Số: 12/CV-SYT, đề nghị".encode("cp1258", "ignore")))
    assert "12/CV-SYT" in document.lines[0].text
    assert "mã Windows" in document.warnings[0]


def test_utf_16_without_a_mark(tmp_path: Path) -> None:
    """Two bytes a letter are noticed by their zeros."""
    document = read(written(tmp_path, "a.txt", "Số: 12/CV-SYT, ngày 3 tháng 4 năm 2024".encode("utf-16-le")))
    assert document.lines[0].text == "Số: 12/CV-SYT, ngày 3 tháng 4 năm 2024"
    assert "UTF-16" in document.warnings[0]


@given(st.binary(max_size=300))
def test_any_bytes_are_decoded(data: bytes) -> None:
    """No file makes the decoder fail."""
    assert isinstance(decode(data)[0], str)


def test_form_feeds_and_page_marks_count_pages(tmp_path: Path) -> None:
    """A form feed starts a page; a page mark left by a converter is dropped and names the page."""
    feed = read(written(tmp_path, "a.txt", "một\n\fhai\nba"))
    assert [(line.text, line.page) for line in feed.lines if line.text] == [("một", 1), ("hai", 2), ("ba", 2)]
    mark = read(written(tmp_path, "b.md", "--- PAGE 1 ---\nmột\n--- PAGE 3 ---\nhai"))
    assert [(line.text, line.page) for line in mark.lines if line.text] == [("một", 1), ("hai", 3)]


PAGE = "\n".join(f"dòng {number}" for number in range(20))


@pytest.mark.parametrize(
    "content",
    [
        f"{PAGE}\n2\n\n{PAGE}\n- 3 -\n{PAGE}",
        f"{PAGE}\n1\n{PAGE}\n2\n{PAGE}\n",
        f"{PAGE}\n\f2\n{PAGE}\n\f3\n{PAGE}",
        f"{PAGE}\n1\n\f{PAGE}\n2\n\f{PAGE}",
    ],
)
def test_page_numbers_are_no_text(tmp_path: Path, content: str) -> None:
    """A number alone that goes on counting after a page's worth of lines turns the page, at the head or the foot."""
    lines = [line for line in read(written(tmp_path, "a.txt", content)).lines if line.text]
    assert not [line.text for line in lines if not line.text.startswith("dòng")]
    assert [20, 20, 20] == [sum(line.page == page for line in lines) for page in (1, 2, 3)]


def test_a_number_of_a_list_stays(tmp_path: Path) -> None:
    """The numbers of a column of cells follow too closely to be those of pages."""
    texts = [line.text for line in read(written(tmp_path, "a.txt", "TT\n1\n2\nSở Y tế\n3")).lines if line.text]
    assert ["TT", "1", "2", "Sở Y tế", "3"] == texts


def test_markdown_marks_are_dropped(tmp_path: Path) -> None:
    """Headings, bold, links, images, escapes, entities and front matter leave only the words."""
    content = (
        "---\ntitle: thử\nloai: cv\n---\n# CHỈ THỊ\n**TM. ỦY BAN NHÂN DÂN**\n"
        "xem [Nghị định 30](https://vd.vn/a_(1)) nhé\n"
        "![ảnh](a.png)\n1\\. Giao *Sở Y tế*\n* mục\nA &amp; B<br>C\n---\n"
    )
    expected = ["CHỈ THỊ", "TM. ỦY BAN NHÂN DÂN", "xem Nghị định 30 nhé", "1. Giao Sở Y tế", "- mục", "A & B", "C"]
    assert texts(written(tmp_path, "a.md", content)) == expected


def test_what_only_looks_like_a_mark_stays(tmp_path: Path) -> None:
    """In plain text brackets, underscores and stars with a meaning are kept."""
    content = "(Mẫu [kèm] số 2*3)\nHọ tên: ____________\n# 5 là số\nNQ_01_A"
    assert texts(written(tmp_path, "a.txt", content)) == content.split("\n")


def test_a_data_table_has_one_line_per_row(tmp_path: Path) -> None:
    """The separator row goes, empty cells stay, rows are complete."""
    rows = "| TT | Nhiệm vụ | Thời hạn |\n| --- | :-: | --- |\n"
    rows += "| 1 | Rà soát **hồ sơ** |  |\n|  | Báo cáo<br>tháng | 30/6 |\n"
    document = read(written(tmp_path, "a.md", "Phụ lục\n\n" + rows))
    lines = [line for line in document.lines if "\t" in line.text]
    assert [line.text for line in lines] == ["TT\tNhiệm vụ\tThời hạn", "1\tRà soát hồ sơ\t", "\tBáo cáo tháng\t30/6"]
    assert all(line.complete for line in lines)


def test_a_layout_table_is_read_column_by_column(tmp_path: Path) -> None:
    """Letterhead and signature block in Markdown tables: left column, then right column."""
    content = (
        f"| **ỦY BAN NHÂN DÂN**<br>TỈNH BÌNH AN | **{NATION}**<br>{MOTTO} |\n| --- | --- |\n"
        "| Số: 7/UBND-KT | Bình An, ngày 2 tháng 3 năm 2024 |\n\nNội dung.\n\n"
        "| Nơi nhận:<br>- Như trên; | TM. ỦY BAN NHÂN DÂN<br>Lê Văn Mẫu |\n|---|---|\n"
    )
    assert texts(written(tmp_path, "a.md", content)) == [
        "ỦY BAN NHÂN DÂN", "TỈNH BÌNH AN", "Số: 7/UBND-KT", NATION, MOTTO, "Bình An, ngày 2 tháng 3 năm 2024",
        "Nội dung.",
        "Nơi nhận:", "- Như trên;", "TM. ỦY BAN NHÂN DÂN", "Lê Văn Mẫu",
    ]  # fmt: skip


def test_a_letterhead_typed_with_tabs_or_spaces(tmp_path: Path) -> None:
    """Columns parted by tabs and by runs of spaces, subject under the number, signature far to the right."""
    content = (
        f"\tTỔNG CỤC MẪU\t{NATION}\n\tCỤC MẪU BÌNH AN          {MOTTO}\n\n"
        "Số: 88/CM-TH\t\tBình An, ngày 4 tháng 5 năm 2023\nV/v hoàn trả\ntiền đặt cọc\n\nKính gửi: Công ty Thử.\n"
        "1.\tTrả lời công văn số 5/CV-T của Công ty.\n"
        "                              KT. CỤC TRƯỞNG\n"
        "Nơi nhận:                     PHÓ CỤC TRƯỞNG\n- Như trên;\n- Lưu: VT.\n"
    )
    assert texts(written(tmp_path, "a.txt", content)) == [
        "TỔNG CỤC MẪU", "CỤC MẪU BÌNH AN", "Số: 88/CM-TH", "V/v hoàn trả", "tiền đặt cọc",
        NATION, MOTTO, "Bình An, ngày 4 tháng 5 năm 2023", "Kính gửi: Công ty Thử.",
        "1. Trả lời công văn số 5/CV-T của Công ty.",
        "Nơi nhận:", "- Như trên;", "- Lưu: VT.", "KT. CỤC TRƯỞNG", "PHÓ CỤC TRƯỞNG",
    ]  # fmt: skip


def test_columns_glued_by_a_copy_are_parted(tmp_path: Path) -> None:
    """A copy that joined both columns with one space is taken apart at Quốc hiệu, the motto and the date."""
    content = (
        f"CỤC MẪU TỈNH BÌNH AN {NATION}\nPHÒNG TỔNG HỢP {MOTTO}\n"
        "Số: 88/CM- TH Bình An, ngày 4 tháng 5 năm 2023\nKính gửi: Công ty Thử.\n"
    )
    assert texts(written(tmp_path, "a.txt", content)) == [
        "CỤC MẪU TỈNH BÌNH AN", "PHÒNG TỔNG HỢP", "Số: 88/CM- TH", NATION, MOTTO, "Bình An, ngày 4 tháng 5 năm 2023",
        "Kính gửi: Công ty Thử.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;",
        "Chương V NHÀ NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM, CƠ QUAN NHÀ NƯỚC",
        "Trả lời Công văn số 5/CV-T ngày 4 tháng 5 năm 2023 của Công ty.",
        "Các đơn vị ghi rõ   tên và   địa chỉ.",
    ],
)
def test_sentences_are_no_letterheads(line: str) -> None:
    """A sentence that names the state, cites a letter or has wide spaces is left alone."""
    assert split_columns([line]) == [(0, line)]


def test_a_table_typed_with_tabs_keeps_its_cells() -> None:
    """Neighbouring lines with as many cells are rows; a single tab elsewhere is a space."""
    rows = ["TT\tĐơn vị\tHạn", "1\tSở Y tế\t30/6", "a)\tBáo cáo"]
    assert [text for _, text in split_columns(rows)] == ["TT\tĐơn vị\tHạn", "1\tSở Y tế\t30/6", "a) Báo cáo"]


@given(st.lists(st.text(alphabet="aĐộc lập-Tựdo:\t N/ơinhậSốg.V", max_size=60), max_size=12))
def test_columns_lose_no_words(lines: list[str]) -> None:
    """Whatever the lines, every word comes out once."""
    before = sorted(word for line in lines for word in line.split())
    after = sorted(word for _, text in split_columns(lines) for word in text.split())
    assert before == after


def test_cells_alone_on_their_lines(tmp_path: Path) -> None:
    """A table whose bars stand alone is read cell by cell."""
    content = f"|\nBỘ MẪU\n|\n{NATION}\n|\nTrả lời công văn."
    assert texts(written(tmp_path, "a.md", content)) == ["BỘ MẪU", NATION, "Trả lời công văn."]


def test_an_html_table_inside_markdown(tmp_path: Path) -> None:
    """Converters leave HTML tables in Markdown; they are read as tables."""
    table = "<table>\n<tr><th>TT</th><th>Việc</th></tr>\n<tr><td>1</td><td>Rà soát</td></tr></table>"
    content = f"Danh mục:\n\n{table}\nHết. <table bỏ dở"
    assert texts(written(tmp_path, "a.md", content)) == ["Danh mục:", "TT\tViệc", "1\tRà soát", "Hết. <table bỏ dở"]
