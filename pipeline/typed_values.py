"""What a person typed into a field of a duty or of a header, as the value that the database holds."""

from __future__ import annotations

import re

from dateutil.rrule import rrulestr

from extractors.deadlines import find_deadlines
from pipeline.days import read_day
from pipeline.export.labels import VALUES, recurrence_in_words
from pipeline.folding import text_key

#: Fields that hold names, one a line or parted by semicolons.
LISTS = ("actors", "coordinators")
_DAYS = ("due", "date")
_PARTED = re.compile(r"\s*[\n;]\s*")
#: Why a value is none, in Vietnamese and in English.
TEXTS = {
    "wrong_day": (
        "Ngày không đúng. Hãy viết 2026-04-05 hoặc 05/4/2026.",
        "This is no date. Write 2026-04-05 or 05/4/2026.",
    ),
    "wrong_kind": ("Không có tính chất này.", "There is no such kind."),
    "wrong_recurrence": (
        "Không hiểu chu kỳ. Hãy viết như “hằng tháng, ngày 25”, “thứ Sáu hằng tuần”, “hằng quý”.",
        "The recurrence is not understood. Write it as “hằng tháng, ngày 25” or as FREQ=MONTHLY;BYMONTHDAY=25.",
    ),
}


class WrongValue(Exception):
    """The field does not take this; the message is a key of ``TEXTS``."""


def typed(field: str, given: str) -> str | list[str] | None:
    """The value of ``field``: a list of names, an ISO day, a word of the vocabulary, an RFC 5545 rule, else the words
    with the line ends of the database; ``None`` for nothing. Raises ``WrongValue``."""
    words = given.replace("\r\n", "\n").strip()
    if field in LISTS:
        return names_in(words)
    if field == "kind":
        return _kind(words)
    if not words:
        return None
    if field in _DAYS:
        return _day(words)
    return rule_of(words) if field == "recurrence" else words


def names_in(words: str) -> list[str]:
    """The names of a list, without spaces around and within them that mean nothing."""
    return [" ".join(name.split()) for name in _PARTED.split(words) if name.strip()]


def rule_of(words: str, shown: str | None = None) -> str:
    """The rule that is meant: ``shown`` where the words are those in which it is shown, one written as such, else that
    of words like *hằng tháng, ngày 25*. Raises ``WrongValue``."""
    if shown and text_key(recurrence_in_words(shown)) == text_key(words):
        return shown
    if words.upper().startswith("FREQ="):
        return _rule(words.upper())
    found = {one.value for one in find_deadlines(words, None) if one.type == "recurring" and one.value}
    if len(found) != 1:
        raise WrongValue("wrong_recurrence")
    return str(found.pop())


def _rule(given: str) -> str:
    try:
        rrulestr(f"RRULE:{given}")
    except (ValueError, TypeError) as error:
        raise WrongValue("wrong_recurrence") from error
    return given


def _kind(words: str) -> str:
    for value, word in VALUES["kind"].items():
        if words == value or text_key(words) == text_key(word):
            return value
    raise WrongValue("wrong_kind")


def _day(words: str) -> str:
    day = read_day(words)
    if day is None:
        raise WrongValue("wrong_day")
    return day.isoformat()
