"""An item of *Kính gửi* or *Nơi nhận* taken apart: what it is, whom it stands for, and who is left out.

Grammar of the usage under Nghị định 30/2020/NĐ-CP, Phụ lục I (boxes 9a, 9b): head, list, *(trừ …)*, notes in brackets.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from extractors.fold import lower
from extractors.letters import UPPER
from extractors.lexicon import settings
from extractors.model import Party, PartyKind
from extractors.party_names import any_word, class_noun, office, person_in_office, quantifier, split_list
from extractors.shared_heads import members_of
from extractors.short_forms import Setting, setting_of, written_out

_EXCEPT = r"(?:ngoại trừ|trừ|không bao gồm|không gồm|không kể)"
_IN_BRACKETS = re.compile(rf"(?i)\(\s*{_EXCEPT}\s*:?\s+([^()]*)\)?")
_TRAILING = re.compile(r"(?i)[,;]?\s+(?:ngoại trừ|trừ|không bao gồm)\s*:?\s+(?P<names>[^()]*)$")
#: A bracket of capitals is part of a name (``(Việt Nam)``, ``(Bộ Tư pháp)``); any other is a note.
_NOTE = re.compile(rf"\s*\((?![{UPPER}][^():\d]{{1,40}}\))[^()]*\)?")

#: More characters than a page holds name nobody: a text that was taken for a list.
_LONGEST = 5000


class Scope(NamedTuple):
    """An item without its notes: the words that name somebody, and those left out."""

    words: str
    excluded: tuple[str, ...]


def read_addressed(items: tuple[str, ...], text: str) -> tuple[Party, ...]:
    """The addressees taken apart, one party an item, in their order; ``text`` is the document, for its letterhead."""
    setting = setting_of(text)
    return tuple(taken_apart(item, setting) for item in items)


def taken_apart(item: str, setting: Setting) -> Party:
    """One item: ``name`` as written, with its kind, members and exclusions. Total."""
    if len(item) > _LONGEST:
        return Party(item)
    words, excluded = _scope(item, setting)
    members = members_of(words, setting)
    return Party(item, _kind(words, members, setting), members, excluded)


def _scope(item: str, setting: Setting) -> Scope:
    item = " ".join(item.split())
    found = _IN_BRACKETS.search(item) or _TRAILING.search(item)
    excluded = _names(found[1], setting) if found else ()
    words = item[: found.start()] + " " + item[found.end() :] if found else item
    return Scope(" ".join(_NOTE.sub(" ", words).split()).replace(" ,", ","), excluded)


def _names(words: str, setting: Setting) -> tuple[str, ...]:
    names = members_of(words, setting) if ":" in words else ()
    names = names or tuple(written_out(name, setting) for name in split_list(words, setting))
    return tuple(name for one in names if (name := one.strip(" .,;:")))


def _kind(words: str, members: tuple[str, ...], setting: Setting) -> PartyKind:
    full = lower(written_out(words, setting))
    if members and all(office().match(lower(member)) for member in members):
        return "office"
    if len(members) > 1 or class_noun().match(full) or _several().match(full) or _row_of_classes().match(full):
        return "group"
    if office().match(full) or person_in_office(words):
        return "office"
    return "group" if re.match(quantifier(), full) else "unit"


@cache
def _several() -> re.Pattern[str]:
    """A body of every place of a kind: *Sở Y tế các tỉnh*."""
    places = any_word([*settings("bodies")["areas"], *settings("recipients")["several"]])
    return re.compile(rf"(?!{office().pattern})(?:(?!\sthuộc\s).)*?\scác\s(?:{places})(?!\w)")


@cache
def _row_of_classes() -> re.Pattern[str]:
    """Classes without *các* before them: *Sở, ban, ngành thành phố*."""
    words = settings("recipients")
    return re.compile(rf"(?:{any_word(words['shared'])}),\s(?:{any_word(words['classes'])})(?!\w)")
