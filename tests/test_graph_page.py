"""The graph page in a real browser: found, selected, filtered, and deaf to hostile names."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from pipeline.graph.html import write_html

HOSTILE = '</script><script>document.title="x"</script><img src=x onerror="document.title=\'y\'">'


def _node(number: int, label: str, **changes: object) -> dict[str, Any]:
    return {
        "id": f"n{number}", "kind": "document", "label": label, "code": label.split()[-1], "type": "Chỉ thị",
        "date": f"2023-0{number + 1}-05", "issuer": "Thủ tướng Chính phủ", "subject": "quản lý kho lạnh", "path": None,
        "in_folder": True, "state": "in_force", "degree": 1, "x": 30.0 * number, "y": float(number),
        "nx": 0.2 * number, "ny": 0.3 * number,
    } | changes  # fmt: skip


def _view() -> dict[str, Any]:
    place = {"path": "a.txt", "page": 2, "quote": "Thực hiện Chỉ thị số 15/CT-TTg về kho lạnh."}
    edge = {"source": 1, "target": 0, "relation": "implements", "mentions": 1, "by": "citation", "places": [place]}
    return {
        "title": "Đồ thị", "counts": {"nodes": 3, "edges": 1}, "relations": {"implements": "thực hiện"},
        "kinds": {"document": "văn bản"},
        "nodes": [_node(0, "Chỉ thị 15/CT-TTg"), _node(1, "Kế hoạch 7/KH-UBND"), _node(2, HOSTILE, subject=HOSTILE)],
        "edges": [edge],
    }  # fmt: skip


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    """The page, opened from its file with no network; any complaint of the browser fails the test."""
    file = tmp_path / "graph.html"
    write_html(_view(), file)
    complaints: list[str] = []
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        context = browser.new_context(offline=True)
        opened = context.new_page()
        opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        opened.goto(file.as_uri())
        yield opened
        browser.close()
    assert complaints == []


def test_search_without_marks_selects_and_shows(page: Page) -> None:
    """Typed without marks, a directive is found; its panel names what cites it, and the edge shows the sentence."""
    page.fill("#search", "chi thi 15")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    panel = page.locator("#panel")
    assert "15/CT-TTg" in panel.inner_text()
    panel.get_by_text("Kế hoạch 7/KH-UBND").first.click()
    assert "7/KH-UBND" in panel.inner_text()
    assert "node=n1" in page.url


def test_an_address_with_an_edge_shows_its_sentence(page: Page) -> None:
    """The address keeps the selection: opened anew it shows relation, sentence and page."""
    page.goto(page.url.split("#")[0] + "#from=n1&to=n0&relation=implements")
    page.reload()
    words = page.locator("#panel").inner_text()
    assert "Thực hiện Chỉ thị số 15/CT-TTg về kho lạnh." in words
    assert "a.txt" in words


def test_filters_hide_and_count(page: Page) -> None:
    """Without its relation and kind nothing is left to count."""
    assert "3/3" in page.locator("#counts").inner_text() and "1/1" in page.locator("#counts").inner_text()
    page.locator("#filters input[type=checkbox]").first.wait_for()
    for box in page.locator("#filters input[type=checkbox]").all():
        box.uncheck()
    assert "Bộ lọc đang ẩn tất cả." == page.locator("#counts").inner_text()


def test_names_never_become_markup(page: Page) -> None:
    """A name that looks like a script is shown as it is written."""
    page.fill("#search", "script")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert HOSTILE in page.locator("#panel").inner_text()
    assert page.title() not in ("x", "y")
    assert 0 == page.locator("#panel img, #panel script").count()
