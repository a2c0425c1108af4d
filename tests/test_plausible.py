"""Is a text layer Vietnamese that somebody can read? Examples on both sides of the line."""

from __future__ import annotations

import pytest

from pipeline.readers.plausible import is_readable, judge

READABLE = (
    "Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành rà soát hồ sơ của các dự án và báo cáo trước ngày 20/3. ",
    "UBND TỈNH BÌNH AN, SỞ TTTT, THÔNG BÁO KẾT LUẬN CỦA GIÁM ĐỐC SỞ VỀ VIỆC GIẢI NGÂN VỐN ĐẦU TƯ TẠI HUYỆN ",
    "Uy ban nhân dân tỉnh, Hội đông nhân dân và các sở ban ngành triên khai thục hiện kê hoạch giải ngân vôn ",
    "12 345 678 9.000.000 27/KH-UBND 15% 20/3/2024 ",
)
GARBAGE = (
    "CQng hda xd hQi chii nghTa Vi?t Nam Dqc lgp Tg do H4nh phric kfnh giri ciic s6 ban ngirnh tinh vd viQc ",
    "&ăn cứ OXậW Wổ FKứF FKtQK TX\\ềQ địD SKươQJ QJj\\ YjK &ăn cứ OXậW Wổ FKứF FKtQK TX\\ềQ địD SKươQJ ",
    "Can cu Luat to chuc chinh quyen dia phuong va de nghi cua Giam doc So Xay dung tinh ve viec tren dia ban ",
    "The quick brown fox jumps over the lazy dog while seven wizards brew strong potions through frosty nights ",
)


@pytest.mark.parametrize("text", READABLE)
def test_readable(text: str) -> None:
    """Sentences, capitals full of abbreviations, a text with wrong marks, and a page of hardly a word."""
    assert is_readable([text] * 2)
    assert None is judge([text] * 4)[0]


@pytest.mark.parametrize("text", GARBAGE)
def test_garbage(text: str) -> None:
    """Foreign recognition, a broken font map, text without marks, another language."""
    assert not is_readable([text] * 2)
    assert judge([text] * 4)[0]


@pytest.mark.parametrize(
    ("text", "readable"),
    [
        ("- &' ( ) *+ ', & ( - ,. / 012 345 6 7 89 5 :2 ;9 9< 9= > ? 9= @ 9AB ? C ! \"#$ % D9 =EF & 2 G< HI9<", False),
        ("1 12.500 - x 3,5% (45) 7/12 1.200 x x - … 15 16 17 18,2 x - 21 22 23.000 24 25 x 27 28 (29) 30", True),
        ("STT A B C=A+B x x > 5 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27", True),
    ],
)
def test_signs_in_place_of_words(text: str, readable: bool) -> None:
    """A font whose letters are named wrongly; a table of figures has as few words and is sound."""
    assert readable == is_readable([text] * 2)
    assert readable == (judge([text] * 4)[0] is None)


def test_doubt() -> None:
    """A readable text with many words that are none carries a warning; a clean one does not."""
    spoilt = READABLE[0]
    for right, wrong in (("ban", "bạnq"), ("tỉnh", "tỉhn"), ("ngành", "ngảhn"), ("báo", "báoj"), ("soát", "sọatz")):
        spoilt = spoilt.replace(right, wrong)
    assert (None, None) == judge([READABLE[0]] * 4)
    refusal, doubt = judge([spoilt] * 4)
    assert (None, True) == (refusal, doubt is not None)
