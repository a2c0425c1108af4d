"""Deadlines: every rule has an example and every example its rule; values, due days and properties of any text."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.calendar import vietnam
from extractors.deadlines import RULES, find_deadlines
from extractors.due import VALUE, due_date
from extractors.model import Deadline, Span

EXAMPLES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "examples" / "deadlines.toml").read_text(encoding="utf-8")
)["example"]
OPTIONAL = ("value", "anchor", "due")


def described(found: Deadline, example: dict[str, Any]) -> dict[str, Any]:
    """A find in the form in which the examples state it: what is unknown is left out."""
    full = {
        "text": found.text,
        "value": found.value,
        "type": found.type,
        "rule": found.rule,
        "anchor": found.anchor,
        "due": due_date(found, example.get("issued"), example.get("received"), vietnam()),
        "warnings": list(found.warnings),
    }
    return {key: value for key, value in full.items() if value or key not in (*OPTIONAL, "warnings")}


def cases() -> list[Any]:
    return [
        pytest.param(
            e, id=e["text"][:50], marks=[pytest.mark.xfail(reason=e["xfail"], strict=True)] if "xfail" in e else []
        )
        for e in EXAMPLES
    ]


@pytest.mark.parametrize("example", cases())
def test_example(example: dict[str, Any]) -> None:
    """Each example yields exactly what it states, in order."""
    found = find_deadlines(example["text"], example.get("issued"))
    assert example["expect"] == [described(deadline, example) for deadline in found]


def test_every_rule_is_hit_and_every_hit_has_a_rule() -> None:
    """No rule without an example, no example of a rule that is gone."""
    hit = {find["rule"] for example in EXAMPLES for find in example["expect"]}
    assert hit == {rule.name for rule in RULES}


def test_rule_names_are_unique() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_near_misses_say_what_they_are() -> None:
    """An example that yields nothing explains why."""
    assert not [e["text"] for e in EXAMPLES if not e["expect"] and not e.get("why")]


def test_supported_wordings_are_the_rule() -> None:
    """Nothing is put off."""
    assert sum("xfail" in example for example in EXAMPLES) == 0


#: Pieces that make a text likely to hit the rules and their edges.
WORDS = """
    trước|ngày|chậm nhất|từ|đến|hết|trong|vào|kể từ|nhận được|ký|ban hành|tháng|quý|năm|tuần|hằng|định kỳ|thứ|Hai|Năm|
    chủ nhật|31|02|6|2021|0|99|IV|iii|16h00|24 giờ|25:99|29/02|31/6/2021|30/2|12/2021|làm việc|giờ|phút|ngay|sau khi|
    khi có yêu cầu|cuối|đầu|giữa|của|cùng ngày|mai|hôm nay|một lần|/|-|,|(|)|.|İ|không quá|thời hạn:|gia hạn|tuần sau
"""
PIECES = st.sampled_from([word.strip() for word in WORDS.split("|")] + ["\t", "\n"])
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=25).map(" ".join), st.lists(PIECES, max_size=12).map("".join))


@given(TEXTS, st.none() | st.dates(), st.none() | st.dates())
def test_any_text(text: str, issued: date | None, received: date | None) -> None:
    """Whatever the text: no exception, true quotes in order, values of the one syntax, a due day or none."""
    end = 0
    for found in find_deadlines(text, issued):
        assert end <= found.span.start < found.span.end <= len(text)
        assert found.text == found.span.of(text)
        assert "\n" not in found.text and "\t" not in found.text
        assert found.value is None or VALUE.fullmatch(found.value)
        due = due_date(found, issued, received, vietnam())
        assert due is None or isinstance(due, date)
        end = found.span.end


@given(TEXTS)
def test_no_year_is_invented(text: str) -> None:
    """Without a day of issue every year of a value stands in the text."""
    for found in find_deadlines(text):
        for year in re.findall(r"(?<!\d)\d{4}(?=-|$|/|T)", found.value or ""):
            assert year in text or str(int(year) + 1) in text


@pytest.mark.parametrize(
    "value", ["<=9999-12-31T99:99", "0000", "<0001-01-01", "P9999999D", "FREQ=DAILY;BYMONTH=77", "?"]
)
def test_due_date_never_raises(value: str) -> None:
    """Values that no rule makes, from a stored row for instance, give no due day rather than an error."""
    found = Deadline(Span(0, 1), "by_date", "absolute", "x", value, "issue")
    due_date(found, date(9999, 12, 30), None, vietnam())


def test_offsets_hold_after_a_letter_that_grows_in_lower_case() -> None:
    """``İ`` has two characters in lower case; offsets refer to the text as given."""
    text = "İİ báo cáo trước ngày 05/9/2021"
    (found,) = find_deadlines(text)
    assert text[found.span.start :] == "trước ngày 05/9/2021"


def test_a_phrase_does_not_cross_lines_or_cells() -> None:
    assert find_deadlines("báo cáo trước\nngày 05/9/2021") == ()
    assert [d.rule for d in find_deadlines("trước\tngày 05/9/2021", date(2021, 8, 1))] == ["cell_date"]


#: What a rule begins to match and then has to give up, again and again.
REPEATED = (
    "trước ", "trong thời hạn ", "từ ngày 1 đến ", "định kỳ 6 tháng, ", "1 ", "quý i, ", "ngày 1, ", "trước ngày a ",
    "chậm nhất là ", "ngay khi a ", "thời hạn hoàn thành ", "khi có yêu cầu a ", "(trước ngày 20/6) ", "tháng 1, ",
    "5 ngày làm việc trước khi ", "hằng tháng, quý, ", "ngày cuối cùng của tháng thứ ", "mà không ", "a", "\t1", "/",
    "kể từ ngày nhận ", "16h00, ", "thứ hai, ", "đã a ",
)  # fmt: skip


@pytest.mark.parametrize("word", REPEATED)
def test_long_repetitions_are_read_in_linear_time(word: str) -> None:
    """Ten times the text takes about ten times the time, not a hundred."""
    size = 3_000 // len(word)
    assert seconds(word * (10 * size)) < 25 * seconds(word * size) + 0.1


def seconds(text: str) -> float:
    from time import process_time

    spent = []
    for _ in range(3):  # the shortest: a busy machine only ever adds
        start = process_time()
        find_deadlines(text)
        spent.append(process_time() - start)
    return min(spent)
