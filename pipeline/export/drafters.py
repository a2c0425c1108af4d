"""Leave out who typed a document: ``Lưu: VT, GSQL (Lan 03b)`` -> ``Lưu: VT, GSQL (03b)``.

The archive line ends, by habit and by Nghị định 30/2020/NĐ-CP, with a mark of the drafter. A mark in capitals or glued
to a unit's code (``KGVXn12``) says nothing to an outsider and stays; a given name spelt out names a person and goes.
"""

from __future__ import annotations

import re
from typing import Any

from extractors.fold import fold

_ARCHIVE = re.compile(r"\s*Lưu\b", re.IGNORECASE)
_COPIES = r"\d{1,3} ?b?"
_IN_BRACKETS = re.compile(rf"\((?P<words>[^\W\d_]+(?: [^\W\d_]+){{0,3}})[-,.]? ?(?P<copies>{_COPIES})?\)")
_AFTER_DASH = re.compile(rf"(?<=\w) ?[-.] ?(?P<words>[^\W\d_]+)(?= ?\({_COPIES}\))")


def without_drafter(recipient: dict[str, Any]) -> dict[str, Any]:
    """The recipient line without a drafter's given name; any other line as it is."""
    name = recipient.get("name") or ""
    if not _ARCHIVE.match(name):
        return recipient
    for pattern in (_IN_BRACKETS, _AFTER_DASH):
        name = pattern.sub(_without_name, name)
    return {**recipient, "name": name.rstrip()}


def _without_name(match: re.Match[str]) -> str:
    if not all(_is_given_name(word) for word in match["words"].split()):
        return match[0]
    copies = match.groupdict().get("copies")
    return f"({copies})" if copies else ""


def _is_given_name(word: str) -> bool:
    """One capital, then small letters, a vowel among them: ``Lan``, ``Đức``; not ``VP``, ``L``, ``Th``."""
    return word.istitle() and len(word) > 1 and any(char in "aeiouy" for char in fold(word))


def shown_recipients(recipients: list[dict[str, Any]] | None, with_drafters: bool) -> list[dict[str, Any]]:
    """The recipients as an export shows them: the drafter neither in the line nor in the field of its own."""
    if with_drafters:
        return recipients or []
    return [without_drafter(one) | {"drafter": None} for one in recipients or []]
