"""What somebody wrote into a cell, as the value of its field."""

from __future__ import annotations

from pipeline.days import read_day
from pipeline.export.duties import plain
from pipeline.export.labels import VALUES
from pipeline.export.sheet import CUT
from pipeline.folding import text_key
from pipeline.rows import Row
from pipeline.typed_values import LISTS, WrongValue, names_in, rule_of
from pipeline.upcoming import iso_day

_NEVER_EMPTY = {"action", "kind", "status"}


class WrongCell(Exception):
    """The cell holds nothing that its field takes; the message is the key of a sentence."""


def value_of(key: str, cell: object, shown: Row) -> object:
    """The value for the field ``key`` of the row ``shown``: a text, a list of names, an ISO day, a word of the
    vocabulary; ``None`` for an empty cell. Raises ``WrongCell``."""
    text = plain(cell)
    if not text and key in _NEVER_EMPTY:
        raise WrongCell("import_empty")
    if CUT in text:
        raise WrongCell("import_cut")
    if key in LISTS:
        return names_in(text)
    if key == "due":
        return _day(text, shown)
    if key in VALUES:
        return _word(key, text)
    if key == "recurrence" and text:
        return _rule(text, shown)
    return text or None


def _day(text: str, shown: Row) -> str | None:
    if shown["recurrence"]:
        raise WrongCell("import_recurring")
    if not text and shown["due"]:
        return None
    day = iso_day(text) or read_day(text) if text else None
    if day is None:
        raise WrongCell("import_no_day")
    return day.isoformat()


def _rule(text: str, shown: Row) -> str:
    try:
        return rule_of(text, shown["recurrence"])
    except WrongValue as error:
        raise WrongCell("import_no_rule") from error


def _word(field: str, text: str) -> str:
    for value, word in VALUES[field].items():
        if text_key(word) == text_key(text):
            return value
    raise WrongCell("import_no_choice")
