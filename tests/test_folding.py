"""A clerk finds a unit however its name was written, and only that unit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.folding import name_key, name_pattern, text_key

SAME = [
    ("Cục Hải quan Hải Phòng", "Cục HQ TP Hải Phòng", "CHQ Hải Phòng", "Cục Hải quan thành phố Hải Phòng"),
    ("Cục Hải quan Hải Phòng", "cuc hai quan hai phong", "cuc hai quan tp hai phong"),
    ("Sở GD&ĐT", "Sở Giáo dục và Đào tạo", "so giao duc va dao tao", "SỞ GDĐT"),
    ("UBND tỉnh Hà Tĩnh", "Ủy ban nhân dân tỉnh Hà Tĩnh", "Uỷ ban Nhân dân Hà Tĩnh", "ubnd tinh ha tinh"),
    ("Thủ tướng Chính phủ", "TTg", "thu tuong chinh phu"),
    ("BCĐ phòng, chống dịch", "Ban Chỉ đạo phòng chống dịch"),
    ("TCHQ", "Tổng cục Hải quan", "tong cuc hai quan"),
    ("Sở VH,TT&DL", "Sở Văn hoá, Thể thao và Du lịch", "Sở Văn hóa - Thể thao và Du lịch"),
]  # fmt: skip
FOUND = [
    ("UBND tỉnh", "UBND tỉnh Quảng Trạch"),
    ("ubnd tinh", "Uỷ ban nhân dân tỉnh"),
    ("Sở Y tế", "lãnh đạo Sở Y tế tỉnh Bình Lục"),
    ("tỉnh ủy", "Ban Thường vụ Tỉnh uỷ Bình Lục"),
    ("đội quản lý", "Đội Quản lý thị trường số 2"),
]
OTHERS = [
    ("Cục Hải quan", "Chi cục Hải quan cửa khẩu"),
    ("Cục Hải quan Hải Phòng", "Cục Hải quan Hải Dương"),
    ("Cục Thuế", "Tổng cục Thuế"),
    ("UBND tỉnh", "UBND các huyện, thành phố"),
    ("Chủ tịch UBND", "Phó Chủ tịch UBND tỉnh"),
    ("Hà Tĩnh", "UBND thành phố Hà Nội"),
    ("Ha Tinh", "UBND thành phố Hà Nội"),
    ("Tỉnh ủy", "Ủy ban nhân dân xã"),
    ("Sở Tài", "Sở Tàichính"),
]


@pytest.mark.parametrize("names", SAME, ids=lambda names: names[0])
def test_spellings_of_one_name_find_each_other(names: tuple[str, ...]) -> None:
    """In both directions: abbreviation by full name and full name by abbreviation, with marks and without."""
    for query in names:
        for name in names:
            if name.isascii() and not query.isascii():
                continue  # documents are written with their marks
            pattern = name_pattern(query)
            assert pattern is not None
            assert pattern.search(name_key(name)), (query, name)


@pytest.mark.parametrize(("query", "name"), FOUND)
def test_a_name_is_found_inside_a_longer_one(query: str, name: str) -> None:
    """The words of the query stand in the name, one after the other."""
    pattern = name_pattern(query)
    assert pattern is not None
    assert pattern.search(name_key(name))


@pytest.mark.parametrize(("query", "name"), OTHERS)
def test_other_units_stay_out(query: str, name: str) -> None:
    """A neighbour in rank, place or spelling is another unit."""
    pattern = name_pattern(query)
    assert pattern is not None
    assert not pattern.search(name_key(name))


@given(st.text(max_size=60))
def test_every_name_finds_itself(name: str) -> None:
    """Any text is a name and a query; only one without a word finds nothing."""
    pattern = name_pattern(name)
    assert pattern is None or pattern.search(name_key(name))


def test_text_keys_write_abbreviations_out() -> None:
    """Running text and phrase meet in one form, marks and đ gone."""
    assert "bao cao uy ban nhan dan thanh pho truoc 15 4" == text_key("Báo cáo UBND TP trước 15/4")
    assert "" == text_key("… – !")
