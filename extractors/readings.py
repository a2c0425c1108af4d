"""What a deadline rule is: a cue pattern and a reader of its match; and what a reader returns."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from extractors.model import DeadlineType


class Context(NamedTuple):
    """What a reader may look at besides its match: day of issue, the line before the match, what *cùng ngày* means,
    and whether the match opens a sentence."""

    issued: date | None
    before: str = ""
    same: date | None = None
    opens: bool = True


class Reading(NamedTuple):
    """What a rule made of its match. ``last`` is the last day in question, for telling past from future."""

    value: str | None
    anchor: str | None = None
    warnings: tuple[str, ...] = ()
    last: date | None = None
    type: DeadlineType | None = None


Reader = Callable[[re.Match[str], Context], Reading | None]


class Rule(NamedTuple):
    """A wording. ``weak`` ones also tell of the past (*từ ngày … đến ngày …*): days before the issue do not count."""

    name: str
    type: DeadlineType
    pattern: re.Pattern[str]
    read: Reader
    weak: bool = False


def strong(name: str, kind: DeadlineType, read: Reader, *pattern: str) -> Rule:
    """A rule whose wording always sets a time; the parts of ``pattern`` follow each other."""
    return Rule(name, kind, re.compile("".join(pattern)), read)


def weak(name: str, kind: DeadlineType, read: Reader, *pattern: str) -> Rule:
    """A rule whose wording may as well tell of the past."""
    return Rule(name, kind, re.compile("".join(pattern)), read, weak=True)


def fixed(value: str | None, anchor: str | None = None) -> Reader:
    """A reader that returns the same value for every match."""
    return lambda match, context: Reading(value, anchor)


#: *Chậm nhất*, *không muộn hơn*, *hạn cuối*
LAST_AT = r"(?:(?:chậm|muộn|trễ)\snhất|không\s(?:quá|muộn\shơn|chậm\shơn|trễ\shơn)|hạn\s(?:cuối|chót)(?:\scùng)?)"
#: What follows a cue up to the end of the phrase.
TAIL = r"[^,.;:()\n]{1,160}"
