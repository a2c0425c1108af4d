"""Which body a name means, however it was written; kinds without a place are nobody, other bodies are not taken in."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.units.names import Context, find_units, is_one_body, unit_meant

BEFORE, AFTER = date(2024, 5, 6), date(2025, 9, 1)


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("HQ Quảng Ninh", ["cuc-hai-quan-tinh-quang-ninh"]),
        ("Cục HQ Quảng Ninh", ["cuc-hai-quan-tinh-quang-ninh"]),
        ("cuc hai quan quang ninh", ["cuc-hai-quan-tinh-quang-ninh"]),
        ("HQQN", ["cuc-hai-quan-tinh-quang-ninh"]),
        ("Chi cục HQ Quảng Ninh", []),
        ("Cục HQ TP. Hải Phòng", ["cuc-hai-quan-thanh-pho-hai-phong"]),
        ("UBND t. Lào Cai", ["uy-ban-nhan-dan-tinh-lao-cai", "uy-ban-nhan-dan-tinh-lao-cai-2025"]),
        ("UBND tỉnh Thừa Thiên - Huế", ["uy-ban-nhan-dan-tinh-thua-thien-hue"]),
        ("UBND tỉnh Hải Phòng", []),
        ("Sở TN&MT tỉnh Sơn La", ["so-tai-nguyen-va-moi-truong-tinh-son-la"]),
        ("Sở NN-PTNT tỉnh Sơn La", ["so-nong-nghiep-va-phat-trien-nong-thon-tinh-son-la"]),
        ("Sở NN và PTNT", ["so-nong-nghiep-va-phat-trien-nong-thon"]),
        ("Giám đốc Sở Y tế tỉnh Sơn La", ["so-y-te-tinh-son-la"]),
        ("Chánh Văn phòng UBND tỉnh Sơn La", ["van-phong-uy-ban-nhan-dan-tinh-son-la"]),
        ("Cục trưởng Cục Hải quan", ["cuc-hai-quan"]),
        ("Thủ tướng Chính phủ", ["thu-tuong-chinh-phu"]),
        ("VPCP", ["van-phong-chinh-phu"]),
        ("TCHQ", ["tong-cuc-hai-quan"]),
        ("Bộ NN&MT", ["bo-nong-nghiep-va-moi-truong"]),
        ("Bộ Nông nghiệp", []),
        ("Ngân hàng Nhà nước", ["ngan-hang-nha-nuoc-viet-nam"]),
        ("Chi cục Hải quan khu vực 8", ["chi-cuc-hai-quan-khu-vuc-viii"]),
        ("Chi cục HQKV VIII", ["chi-cuc-hai-quan-khu-vuc-viii"]),
        ("Chi cục Hải quan khu vực 21", []),
        ("Tỉnh ủy Sơn La", ["tinh-uy-tinh-son-la"]),
        ("BR-VT", ["tinh-ba-ria-vung-tau"]),
        ("UBND huyện Kênh Đào, tỉnh Sơn La", ["uy-ban-nhan-dan-huyen-kenh-dao-tinh-son-la"]),
        ("Huyện ủy Kênh Đào", ["huyen-uy-kenh-dao"]),
        ("UBND thành phố Kênh Đào", ["uy-ban-nhan-dan-thanh-pho-kenh-dao"]),
        ("UBND các huyện", []),
        ("UBND huyện, thị xã", []),
        ("Chi cục HQCK cảng Bến Sậy", ["chi-cuc-hai-quan-cua-khau-cang-ben-say"]),
        ("Hải quan cửa khẩu cảng Bến Sậy", ["hai-quan-cua-khau-cang-ben-say"]),
        ("Chi cục Hải quan cửa khẩu xuất", []),
        ("Chi cục Hải quan nơi đăng ký tờ khai", []),
        ("Công ty Cổ phần Vàm Cỏ", []),
        ("…", []),
        ("", []),
        ("tỉnh " * 100_000, []),
    ],
)
def test_bodies_of_a_name(name: str, ids: list[str]) -> None:
    """All bodies that ever bore the name; none for what only looks like it."""
    assert ids == [unit.id for unit in find_units(name)]


@pytest.mark.parametrize(
    ("name", "on", "province", "found"),
    [
        ("Sở Y tế", BEFORE, None, None),
        ("Sở Y tế", BEFORE, "tinh-son-la", "so-y-te-tinh-son-la"),
        ("Sở TN&MT", AFTER, "tinh-son-la", None),
        ("Công an tỉnh", BEFORE, "tinh-son-la", "cong-an-tinh-son-la"),
        ("Công an thành phố", BEFORE, "tinh-son-la", None),
        ("Thanh tra", BEFORE, "tinh-son-la", None),
        ("Ngân hàng Nhà nước", BEFORE, "tinh-son-la", None),
        ("UBND tỉnh Lào Cai", BEFORE, "tinh-son-la", "uy-ban-nhan-dan-tinh-lao-cai"),
        ("UBND tỉnh Lào Cai", AFTER, None, "uy-ban-nhan-dan-tinh-lao-cai-2025"),
        ("UBND tỉnh Lào Cai", None, None, None),
        ("UBND huyện Kênh Đào", BEFORE, "tinh-son-la", "uy-ban-nhan-dan-huyen-kenh-dao-tinh-son-la"),
        ("UBND huyện Kênh Đào", BEFORE, None, None),
        ("UBND huyện Kênh Đào", AFTER, "tinh-son-la", None),
        ("Chi cục Hải quan cửa khẩu Bến Sậy", BEFORE, None, "chi-cuc-hai-quan-cua-khau-ben-say"),
        ("Chi cục Hải quan cửa khẩu Bến Sậy", AFTER, None, None),
        ("Hải quan cửa khẩu Bến Sậy", AFTER, None, "hai-quan-cua-khau-ben-say"),
        ("Hải quan cửa khẩu Bến Sậy", BEFORE, None, None),
        ("UBND đặc khu Bến Sậy", BEFORE, "tinh-son-la", None),
    ],
)
def test_the_body_meant(name: str, on: date | None, province: str | None, found: str | None) -> None:
    """One body on its day, in the province of who speaks; a kind of body or a wrong day is nobody."""
    unit = unit_meant(name, Context(on, province))
    assert found == (unit.id if unit else None)


@given(st.text(max_size=60), st.none() | st.dates(), st.sampled_from([None, "tinh-son-la", "x"]))
def test_total(name: str, on: date | None, province: str | None) -> None:
    """Any words: no error, and whoever is meant is one body of that day."""
    unit = unit_meant(name, Context(on, province))
    assert unit is None or (is_one_body(unit) and (on is None or unit.existed(on)))
