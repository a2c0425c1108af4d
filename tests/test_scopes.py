"""Scopes: what headings and lead-ins hand down, and how far."""

from __future__ import annotations

import pytest

from extractors.clean import clean
from extractors.model import Clause
from extractors.raw import Line
from extractors.scopes import Scope, Scopes, is_lead, lead_scope
from extractors.structure import build


def clauses(text: str) -> tuple[str, tuple[Clause, ...]]:
    document = build(clean([Line(line, complete=True) for line in text.strip().splitlines()]))
    return document.text, document.clauses


def scope_of(line: str) -> Scope:
    text, (clause, *_) = clauses(f"{line}\n- mục con.")
    return lead_scope(text, clause, "dispatch")[0]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("1. Sở Y tế:", ("Sở Y tế",)),
        ("1. Sở Y tế", ("Sở Y tế",)),
        ("II. Đối với Cục Thuế và Kho bạc Nhà nước tỉnh", ("Cục Thuế", "Kho bạc Nhà nước tỉnh")),
        ("b) Trách nhiệm của Chi cục Hải quan ban hành quyết định:", ("Chi cục Hải quan ban hành quyết định",)),
        ("Điều 2. Nhiệm vụ, quyền hạn của Tổ công tác", ("Tổ công tác",)),
        ("a) Tổng cục Quản lý ruộng đất có trách nhiệm:", ("Tổng cục Quản lý ruộng đất",)),
    ],
)
def test_a_heading_names_those_below(line: str, names: tuple[str, ...]) -> None:
    """A unit as heading charges everything under it."""
    scope = scope_of(line)
    assert names == scope.names
    assert scope.directive is True


@pytest.mark.parametrize(
    ("line", "directive"),
    [
        ("I. MỤC ĐÍCH, YÊU CẦU", False),
        ("I. KẾT QUẢ THỰC HIỆN", False),
        ("II. NHIỆM VỤ, GIẢI PHÁP", True),
        ("III. TỔ CHỨC THỰC HIỆN", True),
    ],
)
def test_a_heading_promises_orders_or_background(line: str, directive: bool) -> None:
    """Tasks below the one, none below the other."""
    assert directive is scope_of(line).directive


def test_what_comprises_others_charges_nobody() -> None:
    """A definition by its list, against an order whose object is a list."""
    told = scope_of("1. Cơ quan, tổ chức, đơn vị bao gồm:")
    assert ((), False) == (told.names, told.directive)
    assert ("Sở Y tế",) == scope_of("1. Sở Y tế chuẩn bị hồ sơ gồm:").names


def test_a_request_is_handed_down_as_a_request() -> None:
    """The items under ``Đề nghị các sở:`` are requests too."""
    assert "đề nghị" == scope_of("Đề nghị các sở, ban, ngành thực hiện:").asked


def test_a_label_governs_what_stands_under_it_and_a_paragraph_what_follows() -> None:
    """The next label of the same level ends the one, the next paragraph the other."""
    _, (lead, first, under, second, closing) = clauses(
        "Yêu cầu các sở:\n1. Sở Y tế:\n- Trực.\n2. Rà soát.\nĐề nghị các đơn vị báo cáo."
    )
    scopes = Scopes()
    scopes.add(lead, Scope(("các sở",), True))
    scopes.enter(first)
    scopes.add(first, Scope(("Sở Y tế",), True))
    assert ("Sở Y tế",) == scopes.enter(under).names
    assert ("các sở",) == scopes.enter(second).names
    scopes.add(closing, Scope(("các đơn vị",), True))
    assert ("các đơn vị",) == scopes.enter(closing).names


@pytest.mark.parametrize(
    ("lines", "lead"),
    [
        ("1. Nhiệm vụ chung\na) Rà soát.", True),
        ("Thực hiện các nội dung sau:\n- Rà soát.", True),
        ("1. Rà soát hồ sơ.\na) Hồ sơ thuế.", False),
        ("1. Rà soát hồ sơ\n2. Báo cáo", False),
    ],
)
def test_what_introduces(lines: str, lead: bool) -> None:
    """A colon, or an unfinished line with something deeper under it."""
    text, (first, second, *_) = clauses(lines)
    assert lead is is_lead(text, first, second)
