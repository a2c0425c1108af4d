"""Regex fragments for dates that two or more modules use, and the one reader of their values.

Fragments hold no named groups, so that one regex may use a fragment several times; ``iso_date`` reads the matched text.
They expect canonical text (NFC, single spaces), but forgive a space around a slash (``05/ 01/2020``).
Forms: Nghị định 30/2020/NĐ-CP, Phụ lục I (``ngày 05 tháng 01 năm 2020``), and the customary ``05/01/2020``,
``5-1-2020``.
"""

from __future__ import annotations

import re
from datetime import date

DAY = r"(?:[12]\d|3[01]|0?[1-9])"
MONTH = r"(?:1[0-2]|0?[1-9])"
YEAR = r"(?:1[89]|20)\d\d"

#: ``ngày 05 tháng 01 năm 2020``
DATE_WORDS = rf"[Nn]gày\s+{DAY}\s+tháng\s+{MONTH}(?:,\s*|\s+)năm\s+{YEAR}(?!\d)"
#: ``05/01/2020``, ``5-1-2020``, ``05.01.2020``
DATE_DIGITS = rf"(?<![\d/]){DAY}\s?[/.-]\s?{MONTH}\s?[/.-]\s?{YEAR}(?![\d/])"
#: ``ngày 05 tháng 01``, ``ngày 5/1``: the word ``ngày`` is needed, for ``5/1`` alone may be a fraction or an address
DAY_MONTH = rf"[Nn]gày\s+{DAY}(?:\s+tháng\s+|\s?/\s?){MONTH}(?![\d/])"
#: ``tháng 4 năm 2020``, ``tháng 4/2020``
MONTH_YEAR = rf"[Tt]háng\s+{MONTH}(?:\s?[/-]\s?|,?\s+năm\s+){YEAR}(?!\d)"
#: ``năm 2020``
ONLY_YEAR = rf"[Nn]ăm\s+{YEAR}(?!\d)"

#: A date with day, month and year, with or without the word ``ngày``.
FULL_DATE = rf"(?:{DATE_WORDS}|(?:[Nn]gày\s+)?{DATE_DIGITS})"
#: A date as far as it is stated, down to the year alone.
PARTIAL_DATE = rf"(?:{FULL_DATE}|{MONTH_YEAR}|{ONLY_YEAR})"

_FULL = re.compile(
    rf"(?<!\d)({DAY})(?:\s?[/.-]\s?|\s+tháng\s+)({MONTH})(?:\s?[/.-]\s?|,?\s+năm\s+|,\s*năm\s+)({YEAR})(?!\d)"
)
_MONTH_YEAR = re.compile(rf"(?<!\d)({MONTH})(?:\s?[/-]\s?|,?\s+năm\s+)({YEAR})(?!\d)")
_DAY_MONTH = re.compile(rf"(?<!\d)({DAY})(?:\s?/\s?|\s+tháng\s+)({MONTH})(?!\d)")
_YEAR = re.compile(rf"(?<!\d)({YEAR})(?!\d)")


def iso_date(text: str, year: int | None = None) -> str | None:
    """The first date in ``text`` as ISO 8601 as far as stated: ``2020-01-05``, ``2020-01``, ``2020``.

    ``year`` completes a day and month without year; without it such a date is ``None``, as is an impossible one
    (``31/02/2020``).
    """
    if match := _FULL.search(text):
        return _valid(int(match[3]), int(match[2]), int(match[1]))
    if match := _MONTH_YEAR.search(text):
        return f"{match[2]}-{int(match[1]):02}"
    if match := _DAY_MONTH.search(text):
        return _valid(year, int(match[2]), int(match[1])) if year else None
    match = _YEAR.search(text)
    return match[1] if match else None


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
