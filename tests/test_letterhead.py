"""Every document type of the domain table: its name on a type line, its abbreviation and its example."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from extractors.letterhead import type_at, type_names
from extractors.symbols import parse_symbol
from extractors.symbols import type_names as abbreviations

TABLE = Path(__file__).resolve().parents[2] / "shared" / "domain" / "doc_types.csv"
ROWS = list(csv.DictReader(TABLE.open(encoding="utf-8"))) if TABLE.is_file() else []
#: Rows that cannot be read from a symbol, or that name no type, with the reason.
GAPS = {
    "sao_y": "a copy mark, read by extractors.copies as such",
    "trich_sao": "a copy mark, read by extractors.copies as such",
    "sao_luc": "a copy mark; SL is also the old decree (sắc lệnh)",
    "vb_dvhcktdb": "no type of its own: whatever normative type the unit issues",
    "ke_hoach_lien": "the row names two types at once; the abbreviation is that of the second",
    "tt_bo_cu": "old symbols of ministries bear no type",
    "d_qyd": "QĐ stands for both quyết định and quy định in the Party; the type line tells",
    "d_tt": "TT is thông tư in the State; the header knows the Party's thông tri by its symbol",
    "cv_ttg": "the row says what it is, not what it is called: a dispatch has no type line",
}


def base(name: str) -> str:
    """The type in a name such as ``Nghị quyết của Quốc hội (cá biệt)``."""
    return re.split(r" \(| của | cũ$|/| chính trị$| Đảng$", name)[0]


@pytest.mark.skipif(not ROWS, reason="the domain table is not at hand")
@pytest.mark.parametrize("row", ROWS, ids=[row["type_id"] for row in ROWS])
def test_row(row: dict[str, str], request: pytest.FixtureRequest) -> None:
    """The name on a line in capitals, and the example's symbol, give a type the name begins with."""
    if row["type_id"] in GAPS:
        request.applymarker(pytest.mark.xfail(reason=GAPS[row["type_id"]], strict=True))
    name = base(row["name_vi"])
    line = type_at(name.upper())
    assert line and name.startswith(type_names()[line[1]])
    symbol = parse_symbol(row["example"])
    if symbol and symbol.type:
        assert name.startswith(abbreviations()[symbol.type])


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("BẢN GHI NHỚ", "Bản ghi nhớ"), ("G I Ấ Y M Ờ I", "Giấy mời"), ("CÔNG ĐIỆN KHẨN", "Công điện"),
        ("Quyết định này có hiệu lực", None), ("KẾ TOÁN TRƯỞNG", None), ("THÔNG BÁO: lịch họp", None),
    ],
)  # fmt: skip
def test_type_line(line: str, kind: str | None) -> None:
    """A type in capitals, also spread out; near misses are none."""
    match = type_at(line)
    names = {name.replace(" ", ""): full for name, full in type_names().items()}
    assert kind == (names[match[1].replace(" ", "")] if match else None)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("12/GN-VP", "Bản ghi nhớ"), ("12/TTh-UBND", "Bản thỏa thuận"), ("12/UQ-UBND", "Giấy ủy quyền"),
        ("12/GT-SNV", "Giấy giới thiệu"), ("12/NP-SYT", "Giấy nghỉ phép"), ("12/CK-SYT", "Bản cam kết"),
        ("12/ĐĐ-SYT", "Giấy đi đường"), ("12/BN-SYT", "Giấy biên nhận hồ sơ"), ("12/CN-SYT", "Giấy chứng nhận"),
        ("5348/CT-CS", None), ("15/CT-TTg", "Chỉ thị"),
    ],
)  # fmt: skip
def test_abbreviations(code: str, kind: str | None) -> None:
    """Also those of Thông tư 01/2011/TT-BNV, which Nghị định 30/2020/NĐ-CP replaced."""
    symbol = parse_symbol(code)
    assert symbol is not None
    assert kind == (abbreviations()[symbol.type] if symbol.type else None)
