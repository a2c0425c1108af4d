"""Which bodies a name means, however it was written: ``HQ Quảng Ninh``, ``UBND t. Lào Cai``, ``Sở TN&MT``, ``TCHQ``.

A name is compared in the form of :func:`pipeline.folding.name_key`; the words *tỉnh*, *thành phố* tell bodies apart
only where they say the level (*UBND thành phố Hải Dương* is no body of a province).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from extractors.fold import fold
from extractors.lexicon import table
from extractors.units import (
    Unit,
    bodies_of_symbol,
    fixed_units,
    in_province,
    provinces_named,
    provincial_kinds,
    unit_with_id,
)
from pipeline.folding import name_key
from pipeline.units.grammar import built_unit

_SHORT_AREAS = (
    (re.compile(r"\b[tT]\.\s?(?=[A-ZĐ])"), "tỉnh "),
    (re.compile(r"\b[hH]\.\s?(?=[A-ZĐ])"), "huyện "),
    (re.compile(r"\b[qQ]\.\s?(?=[A-ZĐ\d])"), "quận "),
    (re.compile(r"\b[xX]\.\s?(?=[A-ZĐ])"), "xã "),
    (re.compile(r"\b[pP]\.\s?(?=[A-ZĐ\d])"), "phường "),
)
#: The holder of an office stands for the body (*Giám đốc Sở Y tế*); a *Chánh Văn phòng* for his office.
_TITLE = re.compile(
    r"(?:dong chi\s+)?(?:thu truong|lanh dao|(?:pho )?giam doc|(?:pho )?chu tich(?: thuong truc)?"
    r"|(?:pho )?(?:tong |chi )?cuc truong|bo truong|thu truong|(?:pho )?bi thu|(?:pho )?chanh(?= van phong| thanh tra)"
    r"|tong kiem toan(?= kiem toan))\s+(?=\S)"
)
_REGION = re.compile(r"((?:hải quan|HQ|hq|thuế) (?:khu vực|KV|kv) )(1?[1-9]|[12]0)$", re.IGNORECASE)
_ROMAN = (
    "", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
    "XVIII", "XIX", "XX",
)  # fmt: skip
_LONGEST = 300
_BARE_CUSTOMS = "hai quan "
_AREAS = {"~tinh": "tỉnh", "~thanh_pho": "thành phố"}


@dataclass(frozen=True, slots=True)
class Context:
    """What is known where a name stands: the day, the province of who speaks, and units beside the register."""

    on: date | None = None
    province: str | None = None
    own: tuple[Unit, ...] = ()


@lru_cache(maxsize=8192)
def find_units(name: str, context: Context = Context()) -> tuple[Unit, ...]:
    """All bodies that ever bore that name or abbreviation, whatever the day; empty when none is known."""
    if len(name) > _LONGEST:
        return ()
    named = _full_areas(name.strip())
    for reading in (named, _without_title(named)):
        if found := _own(reading, context.own) or _fixed(reading):
            return found
    body = _without_title(named)
    found = tuple(_of_provinces(body, context)) or _fixed_short(body, context) or _by_symbol(body, context)
    built = () if found else built_unit(body, context.on, context.province)
    return found or built


def unit_meant(name: str, context: Context) -> Unit | None:
    """The one body of that name on the day of ``context``; ``None`` when there is none or several.

    A kind of body without its province is none: *Sở Y tế* in a letter of a ministry is 63 bodies.
    """
    there = [unit for unit in find_units(name, context) if context.on is None or unit.existed(context.on)]
    return there[0] if len(there) == 1 and is_one_body(there[0]) else None


def is_one_body(unit: Unit) -> bool:
    """False for a kind of body of which each province, district or commune may have its own."""
    known = unit.id in _kind_ids() or unit.kind in ("district", "commune")
    return not known or unit.province is not None


@cache
def _kind_ids() -> frozenset[str]:
    return frozenset(kind.id for kind in provincial_kinds()) - {unit.id for unit in fixed_units()}


def _full_areas(name: str) -> str:
    """``t. Lào Cai`` -> ``tỉnh Lào Cai``, ``khu vực 8`` -> ``khu vực VIII``."""
    for short, full in _SHORT_AREAS:
        name = short.sub(full, name)
    return _REGION.sub(lambda region: region[1] + _ROMAN[int(region[2])], name)


def _without_title(name: str) -> str:
    title = _TITLE.match(fold(name))
    return name[title.end() :] if title else name


@lru_cache(maxsize=8192)
def _words(name: str) -> tuple[str, ...]:
    """The words of the comparison form."""
    return tuple(name_key(name).split())


def plain(name: str) -> str:
    """The comparison form without *tỉnh*, *thành phố*."""
    return " ".join(word for word in _words(name) if word not in _AREAS)


def _own(name: str, own: tuple[Unit, ...]) -> tuple[Unit, ...]:
    wanted = _words(name)
    return tuple(unit for unit in own if wanted in {_words(one) for one in (unit.name, *unit.abbreviations)})


def _fixed(name: str) -> tuple[Unit, ...]:
    """The bodies that are none of a province, and the provinces; *tỉnh* and *thành phố* must fit those."""
    found = _fixed_names().get(plain(name)) or _provinces().get(plain(name), ())
    said = next((_AREAS[word] for word in _words(name) if word in _AREAS), None)
    return tuple(unit for unit in found if unit.area is None or said in (None, unit.area))


def _fixed_short(name: str, context: Context) -> tuple[Unit, ...]:
    """``HQ Quảng Ninh``: customs of a province had one office of that rank, the *Cục*. ``Ngân hàng Nhà nước``: that of
    the country, unless an authority of a province speaks."""
    words = plain(name)
    if words.startswith(_BARE_CUSTOMS):
        return _fixed_names().get(f"cuc {words}", ())
    if context.province is None and not _AREAS.keys() & set(_words(name)):
        return _fixed_names().get(f"{words} viet nam", ())
    return ()


def _of_provinces(name: str, context: Context) -> Iterator[Unit]:
    """The bodies of the province that is named, else of that of the context; without either the kind of body."""
    words = _words(name)
    for size in range(len(words), 0, -1):
        kinds = _kind_names().get(" ".join(words[:size]), ())
        if not kinds:
            continue
        rest = words[size:]
        said = next((_AREAS[word] for word in rest if word in _AREAS), None)
        place = " ".join(word for word in rest if word not in _AREAS)
        if place:
            where: Iterable[Unit] = [one for one in _provinces().get(place, ()) if said in (None, one.area)]
            yield from (unit for kind in kinds for one in where if (unit := in_province(kind, one)))
        else:
            yield from _unplaced(kinds, said, context)
        return


def _unplaced(kinds: tuple[Unit, ...], said: str | None, context: Context) -> Iterator[Unit]:
    """*Sở Y tế*, *Công an tỉnh* as an authority of a province says it of its own; *Thanh tra* alone may be a room."""
    here = unit_with_id(context.province) if context.province else None
    for kind in kinds:
        of_one = said or kind.kind == "party" or kind.id.startswith("so-")
        own = in_province(kind, here) if here and of_one and said in (None, here.area) else None
        yield own or kind


def _by_symbol(name: str, context: Context) -> tuple[Unit, ...]:
    """The bodies of an abbreviation in one word."""
    if len(name.split()) != 1:
        return ()
    here = unit_with_id(context.province) if context.province else None
    kinds = tuple(kind for kind in provincial_kinds() if name in kind.abbreviations)
    return bodies_of_symbol(name, here.name if here else None) or kinds


@cache
def _fixed_names() -> dict[str, tuple[Unit, ...]]:
    return _by_plain_name(unit for unit in fixed_units() if not unit.area)


@cache
def _kind_names() -> dict[str, tuple[Unit, ...]]:
    return _by_plain_name(provincial_kinds())


def _by_plain_name(units: Iterable[Unit]) -> dict[str, tuple[Unit, ...]]:
    found: dict[str, tuple[Unit, ...]] = {}
    for unit in units:
        words = plain(unit.name)
        found[words] = (*found.get(words, ()), unit)
    return found


@cache
def _provinces() -> dict[str, tuple[Unit, ...]]:
    """The provinces by the comparison form of their names and variants."""
    found: dict[str, tuple[Unit, ...]] = {}
    for row in table("provinces"):
        for name in (row["name"], *filter(None, row["variants"].split(";"))):
            found.setdefault(plain(name), provinces_named(name))
    return found
