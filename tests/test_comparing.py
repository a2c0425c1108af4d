"""Where the tolerance of a comparison begins and ends."""

from __future__ import annotations

import pytest

from pipeline.comparing import find_stretch, same_code, same_deadline, same_name, same_names, words_of


@pytest.mark.parametrize(
    ("gold", "read", "same"),
    [
        ("05/CT-TTg", "5 / CT-TTg", True),
        ("5/QÐ-UBND", "5/QĐ–UBND", True),
        ("5/CT-TTg", "15/CT-TTg", False),
        (None, None, True),
    ],
)
def test_codes(gold: str | None, read: str | None, same: bool) -> None:
    """Zeros, spaces, dashes and look-alike letters aside."""
    assert same == same_code(gold, read)


@pytest.mark.parametrize(
    ("gold", "read", "same"),
    [
        ("UBND các huyện", "Ủy ban nhân dân các huyện", True),
        ("Ủy ban nhân dân tỉnh Bình Lục", "UBND Bình Lục", True),
        ("Cục Hải quan Hải Phòng", "Cục Hải quan Hải Dương", False),
        ("Sở Y tế", "Sở Nội vụ", False),
    ],
)
def test_names(gold: str, read: str, same: bool) -> None:
    """Abbreviations meet, neighbours do not."""
    assert same == same_name(gold, read)


def test_lists_of_names_may_be_split_otherwise() -> None:
    """The same words are the same units."""
    assert same_names(["các sở, ban, ngành"], ["các sở", "ban", "ngành"])
    assert not same_names(["Sở Y tế"], ["Sở Y tế", "Sở Nội vụ"])


@pytest.mark.parametrize(
    ("gold", "read", "same"),
    [
        ("<2020-04-05", "<2020-04-05", True),
        ("<2020-04-05", "<2020-04-05T16:00", True),
        ("<2020-04-05T16:00", "<2020-04-05", False),
        ("<2020-04-05", "<=2020-04-05", False),
        ("<=2020-Q1", "2020-Q1", True),
        ("FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=FR", True),
        ("BYDAY=FR;FREQ=WEEKLY", "FREQ=WEEKLY", False),
        ("P5BD", "P5D", False),
        (None, None, True),
    ],
)
def test_deadlines(gold: str | None, read: str | None, same: bool) -> None:
    """More exact than the gold is right, less exact is not."""
    assert same == same_deadline(gold, read)


def test_stretches_are_found_by_their_ends() -> None:
    """From the first words to the last, after the stretch before; nearly the same words will do."""
    text = words_of("a b c d. Sở A báo cáo kết quả trước ngày mai. Sở A báo cáo lại trước ngày mai.")
    first, last = words_of("Sở A báo cáo"), words_of("trước ngày mai")
    assert range(4, 13) == find_stretch(text, first, last)
    assert range(13, 21) == find_stretch(text, first, last, 5)
    assert find_stretch(text, words_of("x y z"), last) is None
    assert range(4, 7) == find_stretch(text, words_of("Sở A báo"), [])
