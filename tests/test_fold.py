"""Folding: comparison forms of equal length."""

from hypothesis import given
from hypothesis import strategies as st

from extractors.fold import _folded, fold, lower


def test_marks_and_case_vanish() -> None:
    """Also đ, which Unicode does not decompose."""
    assert "uy ban nhan dan tinh dak lak" == fold("Uỷ ban nhân dân tỉnh Đắk Lắk")


def test_lower_keeps_marks_and_places_the_tone_one_way() -> None:
    """Sở is not số, but Uỷ is Ủy."""
    assert lower("Uỷ ban") == lower("ỦY BAN")
    assert lower("Sở") != lower("Số")


@given(st.text(max_size=60))
def test_both_keep_the_length(text: str) -> None:
    """Offsets in the folded text are offsets in the text."""
    assert len(text) == len(fold(text)) == len(lower(text))


@given(st.text(max_size=60) | st.text(alphabet="Đđ Ủyệ“”\n\t1a½ðŠ", max_size=60))
def test_a_text_is_folded_letter_by_letter(text: str) -> None:
    """However it is done: usual characters take a quicker way than the others."""
    assert "".join(map(_folded, text)) == fold(text)
