"""Lists of wordings match what they would match joined by bars, only sooner."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.deadlines import TEXT_RULES, _some_rule
from extractors.kinds import cue
from extractors.lexicon import settings
from extractors.structure import LABELS, _match_label
from extractors.wording import WORD, any_case, any_of, any_word

WORDS = ("giao", "giao nhiệm vụ cho", "giám sát", "cần", "cần phải", "đề nghị", "đ")
LETTERS = st.text(alphabet="giaonhm vụcầnpđềsáẩ.", max_size=30)


def spans(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    """Where the pattern matches."""
    return [match.span() for match in pattern.finditer(text)]


@given(st.lists(st.sampled_from([*WORDS, " ", ", "]), max_size=12).map("".join) | LETTERS)
def test_words_match_as_the_longest_of_them_joined_by_bars(text: str) -> None:
    """In the same places, as far."""
    joined = re.compile("|".join(sorted(WORDS, key=len, reverse=True)))
    assert spans(joined, text) == spans(re.compile(any_word(WORDS)), text)


def test_a_word_that_others_go_on_from_is_still_a_word() -> None:
    """Both are found, and nothing between them is."""
    pattern = re.compile(any_word(("tổ", "tổ chức", "tổng")))
    assert all(pattern.fullmatch(word) for word in ("tổ", "tổ chức", "tổng"))
    assert pattern.fullmatch("tổ ch") is None
    assert pattern.fullmatch("t") is None


@given(st.lists(st.sampled_from([*WORDS, "Giao ", "ĐỀ NGHỊ", " 12 ", "xgiao "]), max_size=10).map("".join))
def test_wordings_match_in_any_case_at_the_beginning_of_words(text: str) -> None:
    """As an alternation that ignores case behind a word boundary."""
    joined = re.compile(rf"\b(?:{'|'.join(WORDS)})", re.IGNORECASE)
    assert spans(joined, text) == spans(re.compile(any_case(WORDS, start=WORD)), text)


def test_the_order_of_wordings_with_one_first_letter_is_kept() -> None:
    """The first that matches wins, as in an alternation; what begins with no letter comes last."""
    assert "ab" == re.match(any_of(("ab", "a.c")), "abc")[0]  # type: ignore[index]
    assert "abc" == re.match(any_of((r"\wb", "a.c")), "abc")[0]  # type: ignore[index]


@pytest.mark.parametrize("name", ["background", "fronted", "duty", "prohibition", "permission", "recommendation"])
def test_each_cue_matches_as_it_is_written(name: str) -> None:
    """No cue is lost by its place in the list, nor by its first letter; a longer word is none."""
    for phrase in settings("cues")[name]:
        if re.fullmatch(r"[\w ]+", phrase):
            assert cue(name).match(phrase), phrase
            assert cue(name).match(phrase.capitalize() + ","), phrase
            assert cue(name).match(f"{phrase}x") is None or any(
                re.match(rf"(?:{other})(?!\w)", f"{phrase}x", re.IGNORECASE) for other in settings("cues")[name]
            )


TIMES = (
    "trước ngày 05/9/2024", "chậm nhất là ngày 20 tháng 5 năm 2024", "trong thời hạn 05 ngày làm việc", "quý III/2024",
    "hằng tháng, trước ngày 15", "khi có yêu cầu", "ngay sau khi nhận được văn bản", "mỗi năm một lần", "trong quý",
    "thời gian qua", "05 bộ hồ sơ", "trong tháng 6 năm 2024", "đột xuất", "từ ngày 01/6/2024 đến ngày 30/6/2024",
)  # fmt: skip


@pytest.mark.parametrize("text", TIMES)
def test_the_one_pattern_of_all_rules_names_the_first_that_matches(text: str) -> None:
    """As asking each rule in turn does, at every place of the text."""
    for at in range(len(text)):
        found = _some_rule().match(text, at)
        first = next((i for i, rule in enumerate(TEXT_RULES) if rule.pattern.match(text, at)), None)
        assert first == (found.lastindex - 1 if found and found.lastindex else None)


LINES = (
    "Phần thứ nhất", "Chương II", "Mục 3", "Điều 12a. Hiệu lực", "IV. Nhiệm vụ", "A. Mục đích", "1.2.3.4 Việc",
    "2.1) Việc", "3. Việc", "3, Sở Y tế", "a1) Việc", "đ) Việc", "a, Mục tiêu", "(iv) Việc", "– Việc", "+ Việc",
    "* Việc", "Sở Y tế.", "12/2020 là số", "Điều này", "Mục đích", "", "a",
)  # fmt: skip


@pytest.mark.parametrize("line", LINES)
def test_the_one_pattern_of_all_labels_names_the_first_that_matches(line: str) -> None:
    """With the same match."""
    first = next(((label, match) for label in LABELS if (match := label.pattern.match(line))), None)
    found = _match_label(line)
    assert (first and (first[0], first[1][1])) == (found and (found[0], found[1][1]))
