"""Structure: the clause tree and its paths."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.clean import clean
from extractors.model import Document
from extractors.raw import Line
from extractors.structure import build


def document(text: str) -> Document:
    return build(clean([Line(line, complete=True) for line in text.strip().splitlines()]))


def paths(text: str) -> list[tuple[str | None, str]]:
    built = document(text)
    return [(c.path, c.content.of(built.text)) for c in built.clauses]


def test_levels_of_an_administrative_text() -> None:
    """``I.`` over ``1.`` over ``a)`` over ``-``; a bullet has the path of its clause."""
    assert [
        ("I", "NHIỆM VỤ"),
        ("I.1", "Sở Y tế:"),
        ("I.1.a", "Rà soát thuốc;"),
        ("I.1.a", "thuốc cấp cứu;"),
        ("I.1.b", "Trực cấp cứu."),
        ("I.2", "Sở Tài chính cấp kinh phí."),
        ("II", "THỰC HIỆN"),
        ("II.1", "Các đơn vị báo cáo."),
    ] == paths(
        """
I. NHIỆM VỤ
1. Sở Y tế:
a) Rà soát thuốc;
- thuốc cấp cứu;
b) Trực cấp cứu.
2. Sở Tài chính cấp kinh phí.
II. THỰC HIỆN
1. Các đơn vị báo cáo.
"""
    )


def test_decimal_numbers_replace_their_head() -> None:
    """``16.2`` under ``16``, ``a.1)`` under ``a)``."""
    assert ["16", "16.1", "16.2", "16.2.a", "16.2.a.1", "17"] == [
        path
        for path, _ in paths(
            "16. Kiểm tra\n16.1. Tại trụ sở\n16.2. Tại doanh nghiệp\na) Thẩm quyền:\n"
            "a.1) Cục trưởng quyết định;\n17. Hiệu lực"
        )
    ]


def test_articles_number_through() -> None:
    """An article keeps its own name under a chapter; its clauses stand under it."""
    assert ["Chương I", "Điều 1", "Điều 2", "Điều 2.1", "Điều 2.1.a", "Điều 2.1.đ"] == [
        path
        for path, _ in paths(
            "Chương I QUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\nĐiều 2. Đối tượng\n1. Cơ quan:\na) Sở Y tế;\nđ) Sở Nội vụ."
        )
    ]


def test_a_paragraph_stays_in_its_clause_and_a_closing_leaves_it() -> None:
    """Text behind the bullets of a clause is the clause's; the closing order stands above all."""
    assert ["1", "1", "1", "2", None] == [
        path
        for path, _ in paths(
            "1. Sở Y tế:\n- Rà soát thuốc.\nThuốc hết hạn thì tiêu hủy.\n2. Sở Nội vụ báo cáo.\n"
            "Yêu cầu các đơn vị nghiêm túc thực hiện./."
        )
    ]


@pytest.mark.parametrize(
    "line",
    [
        "19/NQ-CP ngày 05/02/2018",
        "2.137 hộ dân",
        "30/6 là hạn cuối",
        "V/v báo cáo",
        "10 - 15 ngày",
        "12, Điều 7 Luật Hải quan",
        "3, Luật Giá",
        "5, thôn Đông",
    ],
)
def test_a_number_that_is_no_label(line: str) -> None:
    """Symbols, amounts, dates and ranges at the head of a line are text."""
    built = document(line)
    assert [None] == [clause.label for clause in built.clauses] or not built.clauses


def test_a_comma_for_a_stop() -> None:
    """Typed in haste or read from a scan: the comma behind a label."""
    built = document("1, Sở Y tế kiểm tra kho.\na, Kho lạnh.\nb, Kho mát.\n2, Sở Công Thương rà soát chợ.")
    assert ["1", "1.a", "1.b", "2"] == [clause.path for clause in built.clauses]


def test_a_table_row_has_its_cells() -> None:
    """Cells are spans, empty ones too."""
    built = document("Mở đầu.\nTT\tNội dung\t\tThời hạn\n1\tTập huấn\tSở Nội vụ\tQuý I/2026")
    rows = [clause for clause in built.clauses if clause.kind == "row"]
    assert ["TT", "Nội dung", "", "Thời hạn"] == [cell.of(built.text) for cell in rows[0].cells]


@given(
    st.lists(
        st.sampled_from(["I. A b", "1. Sở", "a) x", "- y", "+ z", "Điều 1. K", "1.1. M", "chữ", "A\tB", "Phụ lục I"]),
        max_size=15,
    )
)
def test_any_lines_make_a_tree(lines: list[str]) -> None:
    """Parents come before their children, one level up or more; spans hold their content."""
    built = document("\n".join(lines) or "x")
    for number, clause in enumerate(built.clauses):
        assert clause.span.contains(clause.content)
        if clause.parent is not None:
            assert clause.parent < number
            assert built.clauses[clause.parent].level < clause.level
    assert "".join(zone.span.of(built.text) for zone in built.zones) == built.text


def test_decimal_numbers_with_a_dash_or_a_bracket() -> None:
    """Party documents write ``4.1-``, some offices ``4.1)``."""
    assert ["4", "4.1", "4.2"] == [path for path, _ in paths("4. Tổ chức\n4.1- Ban Tổ chức rà soát.\n4.2) Báo cáo.")]
