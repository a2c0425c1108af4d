"""HTML: blocks, tables, what is dropped."""

from __future__ import annotations

from pathlib import Path

from readers_fixtures import MOTTO, NATION

from pipeline.readers import read


def lines_of(folder: Path, body: str, head: str = "") -> list[str]:
    """The lines of a page with this body."""
    path = folder / "a.html"
    path.write_text(f"<!DOCTYPE html><html><head><title>Trang</title>{head}</head><body>{body}</body></html>")
    document = read(path)
    assert all(line.complete for line in document.lines)
    return [line.text for line in document.lines]


def test_blocks_are_complete_lines(tmp_path: Path) -> None:
    """Paragraphs, headings, items and breaks make lines; inline marks and source line ends do not."""
    body = (
        "<h1>CHỈ THỊ</h1><p>Yêu cầu <b>Sở Y&nbsp;tế</b>\n   báo cáo</p><div>một<br>hai<p>ba</p>bốn</div>"
        "<ul><li>gạch</li></ul><ol><li>số</li><li>hai</li></ol>"
    )
    expected = ["CHỈ THỊ", "Yêu cầu Sở Y\u00a0tế báo cáo", "một", "hai", "ba", "bốn", "- gạch", "1. số", "2. hai"]
    assert lines_of(tmp_path, body) == expected


def test_what_is_no_text_is_dropped(tmp_path: Path) -> None:
    """Menus, scripts, styles, hidden elements, comments and small forms go; a form around the page stays."""
    body = (
        "<nav>Trang chủ</nav><script>var a = '<p>x</p>';</script><style>p {}</style><!-- ghi chú -->"
        "<div style='display: none'>ẩn</div><form id='aspnetForm'><p>Nội dung chỉ đạo của Ủy ban nhân dân tỉnh.</p>"
        "<form><input value='x'><button>Tìm</button></form></form><footer>Bản quyền</footer>"
    )
    assert lines_of(tmp_path, body) == ["Nội dung chỉ đạo của Ủy ban nhân dân tỉnh."]


def test_the_article_is_preferred_when_it_holds_the_text(tmp_path: Path) -> None:
    """Side columns around an article that holds most of the text are left out."""
    article = "<article><p>" + "Yêu cầu các sở, ban, ngành báo cáo kết quả. " * 5 + "</p></article>"
    assert lines_of(tmp_path, f"<div>Tin khác</div>{article}<div>Liên kết</div>") == [
        "Yêu cầu các sở, ban, ngành báo cáo kết quả. " * 4 + "Yêu cầu các sở, ban, ngành báo cáo kết quả."
    ]


def test_layout_and_data_tables(tmp_path: Path) -> None:
    """The letterhead column by column, the task table row by row with merged cells."""
    body = (
        f"<table><tr><td><p>BỘ MẪU</p></td><td><p>{NATION}</p><p>{MOTTO}</p></td></tr>"
        "<tr><td>Số: 1/BM-TH</td><td>Bình An, ngày 2 tháng 3 năm 2024</td></tr></table>"
        "<table><caption>Bảng 1</caption><thead><tr><th>TT</th><th>Việc</th><th>Đơn vị</th></tr></thead>"
        "<tr><td colspan=3>I. NHÓM MỘT</td></tr><tr><td>1</td><td>Rà soát</td><td rowspan=2>Sở Y tế</td></tr>"
        "<tr><td>2</td><td>Báo <br>cáo</td></tr></table>"
    )
    assert lines_of(tmp_path, body) == [
        "BỘ MẪU", "Số: 1/BM-TH", NATION, MOTTO, "Bình An, ngày 2 tháng 3 năm 2024",
        "Bảng 1", "TT\tViệc\tĐơn vị", "I. NHÓM MỘT\t\t", "1\tRà soát\tSở Y tế", "2\tBáo cáo\tSở Y tế",
    ]  # fmt: skip


def test_nested_tables_and_depth(tmp_path: Path) -> None:
    """A page laid out by tables is read through; very deep nesting does not break the reader."""
    inner = "<table><tr><td>1</td><td>Rà soát</td></tr><tr><td>2</td><td>Báo cáo</td></tr></table>"
    assert lines_of(tmp_path, f"<table><tr><td>Đầu</td><td>{inner}</td></tr></table>") == [
        "Đầu",
        "1\tRà soát",
        "2\tBáo cáo",
    ]
    assert lines_of(tmp_path, "<div>" * 3000 + "sâu" + "</div>" * 3000) == ["sâu"]
    assert lines_of(tmp_path, "<table><tr><td>" * 60 + "sâu") == ["sâu"]


def test_the_declared_charset_is_used(tmp_path: Path) -> None:
    """A page in a Windows code page that says so is decoded by it."""
    path = tmp_path / "a.htm"
    path.write_bytes(
        '<html><meta charset="windows-1252"><body><p>Số: 5 “thử”</p></body></html>'.encode("cp1252", "ignore")
    )
    assert read(path).lines[0].text == "S: 5 “th”"
