"""Where the name of a party begins, and a line of several parted into one each.

A comma parts two parties only when a body, an office or a class begins after it: *Sở Y tế, UBND xã A* is two, *Sở Văn
hóa, Thể thao và Du lịch* one, *các sở, ban, ngành* one class.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from extractors.cells import is_person, split_at
from extractors.fold import fold, lower
from extractors.letters import UPPER
from extractors.lexicon import alternation, key, settings
from extractors.model import Span
from extractors.office_names import known_names, provinces
from extractors.short_forms import Setting, any_of, forms

_CUT = re.compile(r"\s*[,;]\s*(?:và\s+)?|\s+và\s+")
_BRACKET = re.compile(r"\([^()]*\)?")
#: Names of fields without the kind of office: *Kế hoạch và Đầu tư*.
_NOUNS = ("bộ", "sở", "phòng", "vụ", "cục", "ủy ban", "ban")


def any_word(words: list[str]) -> str:
    """A regex fragment over text in small letters WITH marks (*sở* is not *số*) for any of ``words``."""
    return any_of([lower(word) for word in words])


@cache
def address() -> str:
    """A fragment for the words before a person that name nobody: ``đồng chí``, ``các ông (bà)``."""
    some = any_word(settings("recipients")["address"])
    return rf"(?:(?:các\s+)?(?:{some})(?:\s*:\s*|\s+))"


@cache
def quantifier() -> str:
    """A fragment for the words that make a class of what follows."""
    return rf"(?:(?:{any_word(settings('recipients')['quantifiers'])})\s+)"


@cache
def office() -> re.Pattern[str]:
    """A party, in small letters, that begins with the holder of an office."""
    return re.compile(rf"{address()}?{quantifier()}?(?:{any_word(settings('recipients')['offices'])})(?!\w)")


def person_in_office(words: str) -> bool:
    """True for a person named before the office: *Đồng chí Lê Văn A, Giám đốc Sở Y tế*."""
    found = re.match(address(), lower(words))
    name, separator, held = re.split(r"\s*([,–-])\s*", words[found.end() if found else 0 :] + ",", maxsplit=1)
    return bool(found and separator and is_person(name) and office().match(lower(held)))


@cache
def class_noun() -> re.Pattern[str]:
    """A class at the beginning, in small letters: *các sở*, *các đơn vị*."""
    nouns = [*settings("recipients")["classes"], *settings("recipients")["shared"]]
    return re.compile(rf"{quantifier()}(?:{any_word(nouns)})(?!\w)")


@cache
def _body() -> re.Pattern[str]:
    none = any_word(settings("recipients")["no_heads"])
    words = settings("recipients")
    heads = any_word([*settings("bodies")["heads"], *settings("actors")["bodies"], *words["channels"]])
    bare = rf"(?:{any_word(words['shared'])})\s*(?:[,;]|$)"  # the *Cục* of *các Vụ, Cục, đơn vị trực thuộc*
    return re.compile(rf"{quantifier()}?(?!(?:{none})(?!\w)|{bare})(?P<head>{heads})(?!\w)")


@cache
def _short(setting: Setting) -> re.Pattern[str]:
    parties = [
        short
        for short, full in forms(setting).items()
        if full[:1].isupper() and (office().match(lower(full)) or _body().match(lower(full)))
    ]
    return re.compile(rf"(?:[Cc]ác\s+(?:đ/c\s+)?)?(?:{any_of(parties)})(?![\w&])")


def begins_party(words: str, small: str, at: int, setting: Setting) -> bool:
    """True when a party begins at ``at`` of ``words``; ``small`` is the same in small letters."""
    if _short(setting).match(words, at) or office().match(small, at) or class_noun().match(small, at):
        return True
    found = _body().match(small, at)
    return found is not None and words[found.start("head")].isupper()


def split_parties(words: str, setting: Setting) -> list[str]:
    """The parties of a line that has no shared head."""
    small = lower(words)
    return _parted(words, lambda found: begins_party(words, small, found.end(), setting))


def split_list(words: str, setting: Setting) -> list[str]:
    """The items after a shared head: a new one at each comma before a capital, and at *và* before a known name."""
    small = lower(words)

    def begins(found: re.Match[str]) -> bool:
        at = found.end()
        if begins_party(words, small, at, setting):
            return True
        return _item().match(words, at) is not None if "và" not in found[0] else _names_alone(words, at)

    return _parted(words, begins)


@cache
def _item() -> re.Pattern[str]:
    """How an item begins: a capital, a number, an area word (*huyện A*)."""
    areas = "|".join(map(re.escape, settings("bodies")["areas"]))
    return re.compile(rf"[{UPPER}\d]|(?:{areas})\.?\s")


def _names_alone(words: str, at: int) -> bool:
    """True when what follows *và*, up to the next comma, is a name of its own: a field, a province, an abbreviation."""
    end = _CUT.search(words, at)
    rest = words[at : end.start() if end else len(words)].strip(" .")
    return key(rest) in _fields() or key(rest) in provinces() or bool(re.fullmatch(rf"[{UPPER}&-]{{2,}}", rest))


def _parted(words: str, begins: Callable[[re.Match[str]], bool]) -> list[str]:
    closed = _protected(words)
    cuts = [
        (found.start(), found.end()) for found in _CUT.finditer(words) if not closed[found.start()] and begins(found)
    ]
    return [span.of(words) for span in split_at(words, Span(0, len(words)), cuts)]


def _protected(words: str) -> bytearray:
    """1 where a comma or *và* belongs to the name of a field or stands in brackets."""
    closed = bytearray(len(words) + 1)
    for pattern, text in ((_BRACKET, words), (_compound(), fold(words)), (_compound_short(), words)):
        for found in pattern.finditer(text):
            closed[found.start() : found.end()] = b"\1" * (found.end() - found.start())
    return closed


@cache
def _fields() -> frozenset[str]:
    nouns = re.compile(rf"(?:{any_of([fold(noun) for noun in _NOUNS])}) ")
    return frozenset(name[found.end() :] for name in known_names() if (found := nouns.match(name)))


@cache
def _compound() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){alternation(f for f in _fields() if ',' in f or ' va ' in f)}(?!\w)")


@cache
def _compound_short() -> re.Pattern[str]:
    return re.compile(any_of([short for short in forms(Setting()) if "," in short]))
