"""The table of laws: numbers, days of effect and successors, and which law was in force on a day."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest

from extractors.law_versions import law_versions, replaced_by, version_on
from extractors.lexicon import table
from extractors.symbols import parse_symbol

NAMES = [row["name"] for row in table("law_names")]


@pytest.mark.parametrize("name", NAMES)
def test_versions_of_a_name_follow_each_other(name: str) -> None:
    """Real numbers and days; each law takes effect after it was passed, and after the one that it replaces."""
    versions = law_versions(name)
    for version in versions:
        assert parse_symbol(version.code) is not None
        assert version.effective is None or date.fromisoformat(version.effective).year >= int(version.year)
    for before, after in pairwise(versions):
        assert before.year <= after.year and (after.code,) == before.successors
        assert before.effective is None or after.effective is None or before.effective < after.effective


def test_every_successor_is_in_the_table() -> None:
    """No law is replaced by one that the table does not know."""
    codes = {version.code for name in NAMES for version in law_versions(name)}
    assert {code for name in NAMES for version in law_versions(name) for code in version.successors} <= codes


@pytest.mark.parametrize(
    ("name", "day", "code"),
    [
        ("Luật Đất đai", "2014-06-30", None),  # passed, not in force: either may be meant
        ("Luật Đất đai", "2014-07-01", "45/2013/QH13"),
        ("LUẬT ĐẤT ĐAI", "2012-01-02", "13/2003/QH11"),
        ("Luật Đất đai", "2013-01-02", None),
        ("Luật Đất đai", "2003-01-02", None),
        ("Luật BHXH", "2020", "58/2014/QH13"),
        ("Luật Hải quan", "2015", None),  # the year alone does not tell whether before or after
        ("Luật Vườn ươm", "2020-01-01", None),
    ],
)
def test_the_law_in_force_on_a_day(name: str, day: str, code: str | None) -> None:
    """The latest law of the name, when it had taken effect."""
    version = version_on(name, day)
    assert code == (version.code if version else None)


@pytest.mark.parametrize(
    ("code", "day", "by"),
    [
        ("29/2004/QH11", "2018-12-31", None),
        ("29/2004/QH11", "2019-01-01", "16/2017/QH14"),  # under another name
        ("17/2008/QH12", "2016-07-01", "80/2015/QH13"),
        ("76/2006/QH11", "2016-01-01", "74/2014/QH13"),
        ("23/2008/QH12", "2025-01-01", "35/2024/QH15"),  # divided into two laws
        ("99/2099/QH30", "2100-01-01", None),
    ],
)
def test_a_law_is_replaced_from_the_day_of_its_successor(code: str, day: str, by: str | None) -> None:
    """Not a day earlier, whatever its name."""
    assert by == replaced_by(code, day)


def test_a_law_has_one_number_however_it_is_printed() -> None:
    """A zero in front is none of the key: by name or by number it is one law."""
    assert "7/2017/QH14" == law_versions("Luật Chuyển giao công nghệ")[-1].code
    assert replaced_by("09/2008/QH12", "2020-01-01") == replaced_by("9/2008/QH12", "2020-01-01") == "15/2017/QH14"


def test_an_abbreviated_name_has_the_versions_of_the_full_one() -> None:
    """*Luật BHXH* is *Luật Bảo hiểm xã hội*; commas and case make no difference."""
    assert law_versions("Luật BHXH") == law_versions("luật bảo hiểm xã hội") != ()
    assert law_versions("Luật Phòng chống tham nhũng") == law_versions("Luật Phòng, chống tham nhũng") != ()
    assert all(re.fullmatch(r"\d{4}", version.year) for version in law_versions("Luật BHXH"))
