"""Bodies of which there is no list, built from how they are named: districts, communes, customs at border gates.

Districts ended on 30/6/2025 (Nghị quyết 203/2025/QH15, Luật 72/2025/QH15), and with them *thị trấn*; *đặc khu* began
the day after. *Chi cục Hải quan cửa khẩu X* stood under a provincial office until 28/02/2025, *Hải quan cửa khẩu X*
stands under a region from 01/3/2025 (Nghị định 29/2025/NĐ-CP, Quyết định 382/QĐ-BTC).
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from extractors.fold import fold
from extractors.units import Unit, provinces_named, unit_with_id
from pipeline.folding import text_key


class _Level(NamedTuple):
    kind: str
    valid_from: str | None
    valid_to: str | None
    source: str


_ABOLISHED = "Nghị quyết 203/2025/QH15; Luật 72/2025/QH15"
_DISTRICT = _Level("district", None, "2025-06-30", _ABOLISHED)
_LEVELS = {
    "huyen": _DISTRICT,
    "quan": _DISTRICT,
    "thi xa": _DISTRICT,
    "thanh pho": _DISTRICT,
    "thi tran": _Level("commune", None, "2025-06-30", _ABOLISHED),
    "xa": _Level("commune", None, None, "Luật 72/2025/QH15"),
    "phuong": _Level("commune", None, None, "Luật 72/2025/QH15"),
    "dac khu": _Level("commune", "2025-07-01", None, "Luật 72/2025/QH15"),
}
_PARTY = {"huyen uy": "huyen", "quan uy": "quan", "thi uy": "thi xa"}
_CUSTOMS = "Nghị định 29/2025/NĐ-CP; Quyết định 382/QĐ-BTC ngày 26/02/2025"
_GATES = {
    "chi cuc hai quan cua khau": _Level("customs-gate", None, "2025-02-28", _CUSTOMS),
    "hai quan cua khau": _Level("customs-gate", "2025-03-01", None, _CUSTOMS),
}
_BODY = re.compile(
    r"(?:van phong )?(?:(?:thuong truc )?hoi dong nhan dan(?: va uy ban nhan dan)?|uy ban nhan dan|cong an|dang uy"
    r"|thanh tra|trung tam y te|trung tam phuc vu hanh chinh cong"
    r"|(?:phong|ban) (?!(?:huyen|quan|xa|phuong) )[a-z ]{2,60}?)"
    r" (?P<level>huyen|quan|thi xa|thanh pho|thi tran|xa|phuong|dac khu) (?P<place>.+)$"
)
_PARTY_BODY = re.compile(r"(?P<head>huyen uy|quan uy|thi uy) (?P<place>.+)$")
_GATE = re.compile(r"(?P<head>(?:chi cuc )?hai quan cua khau) (?P<place>.+)$")
_IN_PROVINCE = re.compile(r" (?=(?:tinh|thanh pho) \S)")
_LONGEST_PLACE = 6


def built_unit(name: str, on: date | None, province: str | None) -> tuple[Unit, ...]:
    """The body of a district, a commune or a border gate; empty when the name is none, or names no place.

    A place begins or ends with a capital or a number (*Chi cục Hải quan cửa khẩu xuất* is a part in a procedure). The
    province is the one named behind, else ``province`` (an id); without either the id says no province.
    """
    words = text_key(name)
    if len(words) > 200 or not _ends_in_name(name):
        return ()
    if gate := _GATE.match(words):
        return (_unit(name, words, _GATES[gate["head"]], None),)
    if party := _PARTY_BODY.match(words):
        level = _LEVELS[_PARTY[party["head"]]]
    elif body := _BODY.match(words):
        level, party = _LEVELS[body["level"]], body
        if body["level"] == "thanh pho" and any(one.area == "thành phố" for one in provinces_named(body["place"])):
            return ()
    else:
        return ()
    place, _, behind = _parted(party["place"])
    if len(place.split()) > _LONGEST_PLACE:
        return ()
    return (_unit(name, words.removesuffix(behind), level, _province(behind.strip(), on, level) or province),)


def _ends_in_name(name: str) -> bool:
    last = name.split()[-1:] or [""]
    return last[0][:1].isupper() or last[0][:1].isdigit()


def _parted(place: str) -> tuple[str, str, str]:
    """The place, and the province behind it with its area word (``binh son``, `` tinh quang ngai``)."""
    found = [m.start() for m in _IN_PROVINCE.finditer(place)]
    at = next((start for start in found if provinces_named(place[start + 1 :])), len(place))
    return place[:at], "", place[at:]


def _province(place: str, on: date | None, level: _Level) -> str | None:
    """The id of the one province of that name on that day, else on the last day of the level."""
    day = on or (date.fromisoformat(level.valid_to) if level.valid_to else None)
    there = [unit for unit in provinces_named(place) if day is None or unit.existed(day)]
    return there[0].id if len(there) == 1 else None


def _unit(name: str, words: str, level: _Level, province: str | None) -> Unit:
    slug = "-".join(fold(words).split())
    home = unit_with_id(province) if province else None
    return Unit(
        id=f"{slug}-{home.id}" if home else slug, name=name, kind=level.kind, valid_from=level.valid_from,
        valid_to=level.valid_to, province=home.id if home else None, source=level.source,
    )  # fmt: skip
