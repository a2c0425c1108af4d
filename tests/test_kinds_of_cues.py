"""Kinds: every line of the optional list of cue words is read as its kind says."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from extractors.clean import clean
from extractors.deadlines import find_deadlines
from extractors.header import read_header
from extractors.model import Obligation
from extractors.obligations import find_obligations
from extractors.raw import Line
from extractors.structure import build
from extractors.timing import issued_on

LIST = Path(__file__).resolve().parents[2] / "shared" / "domain" / "cues.csv"
ROWS = list(csv.DictReader(LIST.open(encoding="utf-8"))) if LIST.exists() else []


def rows_of(sentence: str) -> tuple[Obligation, ...]:
    """The rows of a letter that holds an order, and ``sentence`` among the orders."""
    text = f"""
TỔNG CỤC HẢI QUAN
CỤC HẢI QUAN TỈNH BÌNH LỤC
Số: 412/HQBL-NV
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Bình Lục, ngày 06 tháng 5 năm 2024
Kính gửi: Các đơn vị thuộc Cục.
Cục Hải quan tỉnh yêu cầu các đơn vị thực hiện các nội dung sau:
1. {sentence}
Nơi nhận:
- Như trên;
- Lưu: VT, NV.
CỤC TRƯỞNG
Trịnh Bá Lộc
"""
    document = build(clean([Line(line, complete=True) for line in text.strip().splitlines()]))
    header = read_header(document)
    return find_obligations(document, header, find_deadlines(document.text, issued_on(header)))


#: What is read otherwise on purpose.
OTHERWISE = {"hạn chế": "to do less of something is an order to do, no ban"}


def expected(kind: str) -> set[str]:
    """The kinds of row that a kind of cue allows; empty: no row. A cue that only modifies allows any obligation."""
    kinds = {"prohibition", "permission", "recommendation", "obligation"}
    if kind.startswith(("NOT (basis)", "NOT (praise)", "NOT (finding", "NOT (background)")) or kind in (
        "closing",
        "decision",
    ):
        return set()
    if kind == "permission/decision":
        return {"permission"}
    return {one for one in kinds if one in kind} or kinds | {"none"}


def _example(row: dict[str, str]) -> object:
    marks = [pytest.mark.xfail(strict=True, reason=OTHERWISE[row["cue"]])] if row["cue"] in OTHERWISE else []
    return pytest.param(row, id=row["cue"], marks=marks)


@pytest.mark.skipif(not ROWS, reason="the optional list of cues is absent")
@pytest.mark.parametrize("row", [_example(row) for row in ROWS])
def test_cue(row: dict[str, str]) -> None:
    """The example of each cue gives a row of its kind, or none where the cue directs nobody."""
    sentence, allowed = row["example_own"], expected(row["kind"])
    found = {one.kind for one in rows_of(sentence)}
    assert found <= allowed if not found else found & allowed
    assert found or not allowed or "none" in allowed


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("Nghiêm cấm cán bộ gây phiền hà cho doanh nghiệp.", ["prohibition"]),
        ("Phương tiện chỉ được vào cảng khi đã phun khử khuẩn.", ["permission"]),
        ("Không bắt buộc nộp bản giấy.", ["permission"]),
        ("Không nhận bản giấy.", ["prohibition"]),
        ("Đơn vị nên bố trí làm việc luân phiên.", ["recommendation"]),
        ("Theo nhiệm vụ được giao tại Kế hoạch 20.", []),
        ("Theo dõi việc thực hiện Kế hoạch 20.", ["obligation"]),
    ],
)
def test_kinds_of_cues(sentence: str, kinds: list[str]) -> None:
    """Cues that look alike are told apart."""
    assert kinds == [row.kind for row in rows_of(sentence)]
