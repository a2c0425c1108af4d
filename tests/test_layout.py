"""The zones: their kinds in order, and that they cover the whole text."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.clean import clean
from extractors.layout import find_zones
from extractors.model import CleanText, ZoneKind
from extractors.raw import Line

SHEETS = tomllib.loads((Path(__file__).parent / "examples" / "layout.toml").read_text(encoding="utf-8"))["sheet"]


def canonical(text: str) -> CleanText:
    """The canonical text of a text file."""
    return clean([Line(line) for line in text.split("\n")])


@pytest.mark.parametrize("sheet", SHEETS, ids=[s["name"] for s in SHEETS])
def test_zones_of_sheet(sheet: dict[str, Any]) -> None:
    """The zones are those of the example, in order, each beginning as it says."""
    text = canonical(sheet["text"])
    zones = find_zones(text)
    assert [kind for kind, _ in sheet["zones"]] == [zone.kind for zone in zones]
    for (_, begins), zone in zip(sheet["zones"], zones, strict=True):
        assert zone.span.of(text.text).startswith(begins)


def test_every_kind_of_zone_has_an_example() -> None:
    """Both directions: no kind without a sheet, no sheet with an unknown kind."""
    assert {kind for sheet in SHEETS for kind, _ in sheet["zones"]} == set(get_args(ZoneKind))


def covers(text: CleanText) -> bool:
    """Zones follow each other without gap or overlap from the first character to the last."""
    edges = [0]
    for zone in find_zones(text):
        if zone.span.start != edges[-1] or zone.span.end <= zone.span.start:
            return False
        edges.append(zone.span.end)
    return edges[-1] == len(text.text)


@pytest.mark.parametrize("sheet", SHEETS, ids=[s["name"] for s in SHEETS])
def test_zones_cover_the_sheet(sheet: dict[str, Any]) -> None:
    """No character without a zone."""
    assert covers(canonical(sheet["text"]))


_WORDS = [
    "Số: 12/UBND-VX", "Kính gửi:", "- Sở Y tế;", "Nơi nhận:", "KT. CHỦ TỊCH", "TM.", "THÔNG BÁO", "V/v", "UBND TỈNH",
    "Lâm An, ngày 3 tháng 4 năm 2020", "Điều 1. Giao Sở Y tế.", "Trần Văn Núi", "Phụ lục", "---", "SAO Y", "a\tb",
    "Căn cứ Luật",
]  # fmt: skip


@given(st.lists(st.sampled_from(_WORDS), max_size=16))
def test_boxes_in_any_order_are_covered(lines: list[str]) -> None:
    """Whatever the order of the boxes, the zones cover the text."""
    assert covers(canonical("\n".join(lines)))


@given(st.text(max_size=300))
def test_any_text_is_covered(text: str) -> None:
    """Never an error, never a gap, also for text that is not canonical."""
    assert covers(CleanText(text, (), (0,)))


def test_an_empty_text_has_no_zones() -> None:
    """Nothing to divide."""
    assert find_zones(CleanText("", (), (0,))) == ()
