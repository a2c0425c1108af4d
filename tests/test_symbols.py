"""The grammar of number and symbol, row by row."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.symbols import CODE, Symbol, parse_symbol, standard, tidy_code

SYMBOLS = [
    ("15/CT-TTg", Symbol("15", None, "CT", ("TTg",), "state")),
    ("118/KH-BCA-BNNMT", Symbol("118", None, "KH", ("BCA", "BNNMT"), "state")),
    ("103/SL", Symbol("103", None, "SL", (), "state")),
    ("26/NQ-TW", Symbol("26", None, "NQ", ("TW",), "state")),
    ("2135/TCHQ-VP", Symbol("2135", None, None, ("TCHQ", "VP"), "dispatch")),
    ("5348/CT-CS", Symbol("5348", None, None, ("CT", "CS"), "dispatch")),
    ("299/TTg", Symbol("299", None, None, ("TTg",), "dispatch")),
    ("169-CP", Symbol("169", None, None, ("CP",), "dispatch")),
    ("/UBND-VX", Symbol(None, None, None, ("UBND", "VX"), "dispatch")),
    ("55/2005/TTLT-BNV-VPCP", Symbol("55", "2005", "TTLT", ("BNV", "VPCP"), "normative")),
    ("66.7/2025/NQ-CP", Symbol("66.7", "2025", "NQ", ("CP",), "normative")),
    ("54/2014/QH13", Symbol("54", "2014", None, ("QH13",), "legislature")),
    ("1365/NQ-UBTVQH15", Symbol("1365", None, "NQ", ("UBTVQH15",), "legislature")),
    ("16-CT/TW", Symbol("16", None, "CT", ("TW",), "party")),
    ("07-TB/CQTTBCĐ", Symbol("07", None, "TB", ("CQTTBCĐ",), "party")),
]


@pytest.mark.parametrize(("code", "symbol"), SYMBOLS, ids=[code for code, _ in SYMBOLS])
def test_parse(code: str, symbol: Symbol) -> None:
    """Each family of symbols, as the table of document types has them."""
    assert symbol == parse_symbol(code)
    assert code.startswith("/") or re.fullmatch(CODE, code)


@pytest.mark.parametrize("text", ["24/24h", "1/500", "15/6", "3/2", "QL.1A", "104567890120/A11", "50/50", "", "Điều 5"])
def test_look_alikes_are_no_code(text: str) -> None:
    """Roads, scales, dates, shifts and declarations do not fit the grammar."""
    assert re.search(rf"(?<!\d){CODE}", text) is None


@pytest.mark.parametrize(
    ("printed", "spelling"),
    [
        ("38/2021/NĐ - CP", "38/2021/NĐ-CP"),
        ("320/2025/ND-CP", "320/2025/NĐ-CP"),
        ("102/2024/N\u00d0-CP", "102/2024/NĐ-CP"),
        ("15/2021/NĐ-C\u0420", "15/2021/NĐ-CP"),
        ("17/2013/NĐ–CP", "17/2013/NĐ-CP"),
        ("79/2025/NĐCP", "79/2025/NĐ-CP"),
        ("742/QĐ-TTG", "742/QĐ-TTg"),
        ("93/2006/TTLT/BTC-BKHCN", "93/2006/TTLT-BTC-BKHCN"),
        ("575-TTg", "575/TTg"),
        ("04/2007/OH12", "04/2007/QH12"),
        ("246/2005/QĐ-TIg", "246/2005/QĐ-TTg"),
        ("169/TB-UBND", "169/TB-UBND"),
    ],
)
def test_standard_spelling(printed: str, spelling: str) -> None:
    """Typing errors and look-alike letters that occur in real texts."""
    assert spelling == standard(printed)
    assert spelling == standard(spelling)


def test_local_symbols() -> None:
    """People's committees, departments and provincial Party bodies need their place to be unique; others do not."""
    local = ["169/TB-UBND", "12/SYT-NVY", "27-NQ/TU", "1/HĐND-KT"]
    central = ["15/CT-TTg", "12/BTC-CST", "16-CT/TW", "54/2014/QH13", "103/SL"]
    assert [True] * 4 + [False] * 5 == [symbol.local for code in local + central if (symbol := parse_symbol(code))]


@given(st.text(alphabet="0123456789/-.ABCĐTQNgtCP ÐР–\n", max_size=40))
def test_any_string(text: str) -> None:
    """No string is an error, and what is printed has no spaces."""
    assert not re.search(r"\s", tidy_code(text))
    symbol = parse_symbol(text)
    assert symbol is None or isinstance(symbol.issuers, tuple)
