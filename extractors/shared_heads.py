"""The members of a party: *Các Bộ: TC, XD* stands for the Bộ Tài chính and the Bộ Xây dựng.

A list after a colon shares the head before it, and a row of bodies shares the place of the last (*HĐND, UBND tỉnh X*).
"""

from __future__ import annotations

import re
from functools import cache

from extractors.cells import is_person
from extractors.fold import lower
from extractors.letters import UPPER
from extractors.lexicon import key, settings
from extractors.office_names import known_names, provinces, with_area
from extractors.party_names import (
    address,
    any_word,
    begins_party,
    office,
    person_in_office,
    quantifier,
    split_list,
    split_parties,
)
from extractors.short_forms import Setting, beside, of_kind, written_out

#: A list in a list: *VPCP: BTCN, các Vụ: TH, PL*.
_INNER = re.compile(r"\s*[,;]\s*(?=[Cc]ác\s[^,;:]{1,60}:)")
#: ``PCT.UBND``, ``TT/TU``: an office tied to its body.
_GLUED = re.compile(rf"(?<=[{UPPER}])[./](?=(?:UBND|HĐND|TU)\b)")
_PLACED_AFTER = r"(?:\s+(?:trực thuộc|biên giới|miền|phía|ven|vùng|sau|dưới|nêu|trên địa bàn|của|thuộc)\b.*)?"


def members_of(words: str, setting: Setting) -> tuple[str, ...]:
    """The parties that ``words`` names, written out; none when that is only what is written there."""
    names: list[str] = []
    words, setting = _GLUED.sub(" ", words), beside(words, setting)
    for part in _INNER.split(words):
        head, colon, items = part.partition(":")
        names += _under(head.strip(), items, setting) if colon and items.strip(" .,;") else _row(part, setting)
    names = [name for name in map(_tidy, names) if name]
    return () if names == [_tidy(words)] else tuple(dict.fromkeys(names))


def _tidy(name: str) -> str:
    name = re.sub(rf"^{address()}", lambda found: " " * len(found[0]), lower(name)).strip() and _without_address(name)
    name = name.strip(" .,;:-–")
    return name[:1].upper() + name[1:]


def _without_address(name: str) -> str:
    found = re.match(address(), lower(name))
    return name[found.end() :] if found else name


# ---------------------------------------------------------------- a row: HĐND, UBND tỉnh X
def _row(words: str, setting: Setting) -> list[str]:
    if person_in_office(words):
        return [written_out(words, setting)]
    names = [written_out(part, setting) for part in split_parties(words, setting)]
    if len(names) == 2 and all(map(re.match, _superior(), map(lower, names))):
        return [written_out(words, setting)]
    return _placed(names)


def _placed(names: list[str]) -> list[str]:
    """``names`` with the place or body that stands once, behind the last of a family; a person is none."""
    for at in range(len(names) - 2, -1, -1):
        following = _headed().match(lower(names[at + 1]))
        if following and _same_family(lower(names[at]), following["head"]):
            shared = names[at + 1][following.end("head") :].lstrip()
            if not (shared.startswith("(") or is_person(shared)):
                names[at] += f" {shared}"
    return names


@cache
def _superior() -> tuple[str, str]:
    """How a body and the one above it begin: *Cục A, Bộ B* is one party."""
    words = settings("recipients")
    return rf"(?:{any_word(words['lower_units'])})\s", rf"(?:{any_word(words['superiors'])})(?!\w)"


@cache
def _headed() -> re.Pattern[str]:
    heads = any_word([*settings("recipients")["placed"], *settings("recipients")["offices"]])
    return re.compile(rf"(?:các\s)?(?P<head>{heads})(?=\s+\S)")


def _same_family(bare: str, head: str) -> bool:
    """*Chủ tịch* and *Phó Chủ tịch*, or two committees of a place: the first may leave its place to the second."""
    bare = re.sub(r"^các\s", "", bare)
    placed = {lower(name) for name in settings("recipients")["placed"]}
    return (bare in placed and head in placed) or head in (f"phó {bare}", f"phó {bare} thường trực")


# ---------------------------------------------------------------- a list: Các Bộ: TC, XD
def _under(head: str, items: str, setting: Setting) -> list[str]:
    names = split_list(items.strip(), setting)
    found = re.match(quantifier(), lower(head))
    kind = head[found.end() :].strip() if found else head
    place = _areas().match(lower(kind))
    own = any(begins_party(name, lower(name), 0, setting) for name in names)
    if place and not own and not _is_class(place["head"]):
        body = written_out(kind[: place.end("head")].strip(), setting)
        areas = re.findall(_area(), place["areas"])
        return [_joined(body, _located(name, areas, setting)) for name in names]
    if all(key(name) in provinces() for name in names):
        return [_joined(written_out(kind, setting), with_area(name)) for name in names]
    if not found:
        return _under_body(kind, names, setting)
    return [_headed_item(_shared_noun(kind), name, setting) for name in names]


def _under_body(head: str, names: list[str], setting: Setting) -> list[str]:
    """Items under a head without *các*: people and units of it, unless it is the kind of each or an office (*Bộ trưởng
    các Bộ: …*)."""
    holder, each, noun = lower(head).partition(" các ")
    if each and office().match(holder) and _is_class(noun):
        return [f"{head[: len(holder)]} {_headed_item(_shared_noun(noun), name, setting)}" for name in names]
    kind = written_out(head, setting)
    alone = kind in settings("recipients")["bare_kinds"] and not any(office().match(lower(name)) for name in names)
    whole = _placed([written_out(name, setting) for name in names])
    return [_joined(kind, name) for name in whole] if alone else whole


def _joined(head: str, rest: str) -> str:
    return f"{head} {rest}".strip()


@cache
def _area() -> str:
    return rf"(?:{any_word([*settings('bodies')['areas'], 'khu vực'])})(?!\w)"


@cache
def _areas() -> re.Pattern[str]:
    some = rf"{_area()}(?:(?:\s*,\s*|\s+và\s+){_area()})*"
    return re.compile(rf"(?P<head>.*?)(?:^|\s)(?:các\s+)?(?P<areas>{some}){_PLACED_AFTER}$")


def _is_class(head: str) -> bool:
    """True for class nouns alone: in *Các sở, ngành tỉnh: Y tế* the area says whose they are, not where items lie."""
    nouns = {*settings("recipients")["classes"], *settings("recipients")["shared"]}
    parts = [part for part in re.split(r"\s*,\s*|\s+và\s+", head.strip()) if part]
    return bool(parts) and all(part in nouns for part in parts)


def _located(place: str, areas: list[str], setting: Setting) -> str:
    """A place with the word that says what it is, as the table of provinces and the head allow; else as written."""
    place = written_out(place, setting)
    if re.match(rf"{_area()}\s", lower(place)):
        return place[:1].lower() + place[1:]
    areas = [{"tp": "thành phố", "tx": "thị xã", "tt": "thị trấn"}.get(area, area) for area in areas]
    row = provinces().get(key(place))
    if row and row["type"] in areas and ("tỉnh" in areas or row["type"] == "thành phố"):
        return with_area(place)
    return f"{areas[0]} {place}" if len(set(areas)) == 1 else place


def _shared_noun(kind: str) -> str:
    """What each item takes from the head: its first kind of office, nothing of a bare class, else the whole head."""
    if not _is_class(re.sub(rf"\s{_area()}$", "", lower(kind))):
        return kind
    shared = settings("recipients")["shared"]
    nouns = re.split(r"\s*,\s*|\s+và\s+", re.sub(rf"\s{_area()}$", "", lower(kind)).strip())
    first = next((noun for noun in nouns if noun in shared), "")
    return first[:1].upper() + first[1:]


def _headed_item(noun: str, item: str, setting: Setting) -> str:
    """An item under its head, unless it has one of its own; a known office first: *Bộ* and *Công an* are one name."""
    if not noun:
        return written_out(item, setting)
    if full := of_kind(noun, item):
        return full
    whole = f"{noun} {written_out(item, setting)}"
    if key(whole) in known_names():
        return known_names()[key(whole)]
    return written_out(item, setting) if begins_party(item, lower(item), 0, setting) else whole
