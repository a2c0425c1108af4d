"""Filters find the duties they describe, nearest first."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import dispatch, make_result
from sqlalchemy import Engine

from extractors.model import Header, Obligation, Span
from pipeline.query import Filters, count_by_type, count_obligations, find_obligations, last_overdue

IN_BOTH_DATABASES = True

Stored = Callable[..., Engine]


@pytest.fixture
def folder(stored: Stored) -> Engine:
    """The dispatch, and a second document with one later and one undated duty."""
    text = "Sở Y tế Bình Lục nộp hồ sơ.\nUBND huyện Kênh Đào rà soát danh mục.\n"
    later = Obligation(Span(0, 27), "r", "obligation", ("Sở Y tế Bình Lục",), "explicit", None, due="2020-06-30")
    undated = Obligation(Span(28, 65), "r", "recommendation", ("UBND huyện Kênh Đào",), "explicit", None)
    header = Header(doc_type="Kế hoạch", code="3/KH-SYT", canonical_id="3/KH-SYT@2020#binh-luc")
    return stored(dispatch(), make_result("kh.txt", text, header=header, obligations=(undated, later)))


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), ["cv.txt:1", "kh.txt:1", "cv.txt:2", "kh.txt:2"]),
        (Filters(unit="Cục Hải quan thành phố Cửa Biển"), ["cv.txt:1"]),
        (Filters(unit="cuc hai quan cua bien"), ["cv.txt:1"]),
        (Filters(unit="sở y tế"), ["kh.txt:1", "cv.txt:2"]),
        (Filters(unit="Sở Y tế tỉnh Bình Lục"), ["kh.txt:1", "cv.txt:2"]),
        (Filters(unit="BHXH"), []),
        (Filters(unit="BHXH", coordinators=True), ["cv.txt:2"]),
        (Filters(unit="…"), []),
        (Filters(before="2020-04-04"), ["cv.txt:1"]),
        (Filters(before="2020-04-03"), []),
        (Filters(after="2020-04-05"), ["kh.txt:1"]),
        (Filters(kind="prohibition"), ["cv.txt:2"]),
        (Filters(doc="3/KH-SYT"), ["kh.txt:1", "kh.txt:2"]),
        (Filters(doc="12/ubnd - vx"), ["cv.txt:1", "cv.txt:2"]),
        (Filters(doc="kh.txt"), ["kh.txt:1", "kh.txt:2"]),
        (Filters(doc="%"), []),
        (Filters(text="kho lạnh"), ["cv.txt:1"]),
        (Filters(text="KHO LANH"), ["cv.txt:1"]),
        (Filters(text="lạnh kho"), ["cv.txt:1"]),
        (Filters(text='"kho lạnh" kiểm'), ["cv.txt:1"]),
        (Filters(text='"lạnh kho"'), []),
        (Filters(text="“kho lanh”"), ["cv.txt:1"]),
        (Filters(text="kho hồ sơ"), []),
        (Filters(text="Ủy ban nhân dân huyện"), ["kh.txt:2"]),
        (Filters(text='" OR 1'), []),
        (Filters(text="!"), []),
        (Filters(unit="sở y tế", kind="obligation", after="2020-01-01"), ["kh.txt:1"]),
    ],
)
def test_filters(folder: Engine, filters: Filters, expected: list[str]) -> None:
    """Each filter alone and together; the duties of a document are numbered by due day here."""
    names = {row["obligation_id"]: name for name, row in _named(folder).items()}
    assert expected == [names[row["obligation_id"]] for row in find_obligations(folder, filters)]


def _named(engine: Engine) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = {}
    for row in find_obligations(engine):
        n = 1 + sum(name.startswith(f"{row['path']}:") for name in found)
        found[f"{row['path']}:{n}"] = row
    return found


def test_rows_name_the_document_and_quote_it(folder: Engine) -> None:
    """Who asks sees on the strength of which document, in its own words."""
    (row,) = find_obligations(folder, Filters(text="kho lạnh"))
    assert ("12/UBND-VX", "Công văn", "2020-03-20") == (row["doc_code"], row["doc_type"], row["doc_date"])
    assert row["quote"].startswith("Yêu cầu Cục HQ TP Cửa Biển")
    assert ["Cục HQ TP Cửa Biển"] == row["actors"]


def test_limit_keeps_the_nearest(folder: Engine) -> None:
    """The first rows of the same order."""
    assert ["2020-04-04"] == [row["due"] for row in find_obligations(folder, limit=1)]


def test_a_recurring_duty_falls_due_again(stored: Stored) -> None:
    """It is found by any later week, sorted by its day there, and never overdue."""
    weekly = Obligation(
        Span(0, 7), "r", "obligation", ("Sở A",), "explicit", None, due="2020-03-06", recurrence="FREQ=WEEKLY;BYDAY=FR"
    )
    engine = stored(dispatch(), make_result("kh.txt", "Báo cáo", obligations=(weekly,)))
    week = find_obligations(engine, Filters(after="2020-04-04", before="2020-04-10"))
    assert ["cv.txt", "kh.txt"] == [row["path"] for row in week]
    assert [] == find_obligations(engine, Filters(after="2020-04-05", before="2020-04-09"))
    assert 1 == count_obligations(engine, "2021-01-01")["overdue"]


def test_counts(folder: Engine) -> None:
    """What is overdue depends on the day that counts as today; the last day itself is in time."""
    assert {"all": 4, "deadline": 1, "dated": 2, "overdue": 0} == count_obligations(folder, "2020-04-04")
    assert 1 == count_obligations(folder, "2020-04-05")["overdue"]
    assert ["2020-06-30", "2020-04-04"] == [row["due"] for row in last_overdue(folder, "2021-01-01", 5)]
    assert [("Công văn", 1), ("Kế hoạch", 1)] == count_by_type(folder)
