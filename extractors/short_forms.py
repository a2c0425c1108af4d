"""Abbreviations of *Kính gửi* and *Nơi nhận* written out; what is unknown or ambiguous stays as it is.

``CT`` is a *Chủ tịch* in a document of a committee and a *Cục trưởng* in one of a department, ``TTTU`` belongs to the
*Thành ủy* of a city under the centre: the letterhead decides (usage; Nghị định 30/2020/NĐ-CP knows no such forms).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from extractors.fold import fold
from extractors.letters import UPPER
from extractors.lexicon import settings, table
from extractors.office_names import provinces

_LETTERHEAD = 600
_COMMITTEE = re.compile(r"\b(?:ubnd|uy ban nhan dan|ttub|vpub)\b")
_DEPARTMENT = re.compile(r"(?<!tong )\bcuc\b")
#: What may stand between the letters of an abbreviation: ``GD&ĐT``, ``LĐ-TB&XH``.
_BETWEEN = re.compile(r"[\s&,.–-]+")

#: ``Bộ TP``, ``Sở GD&ĐT``: beside its kind an abbreviation means that office, and no city.
_UNDER_KIND = re.compile(rf"(?<!\w)(Bộ|Sở) ((?:[{UPPER}]+[&-]?)+)(?!\w)")


class Setting(NamedTuple):
    """Where a document comes from, as far as its abbreviations depend on it."""

    body: Literal["committee", "department"] | None = None
    city: bool = False


def setting_of(text: str) -> Setting:
    """The setting that the first lines of ``text`` show."""
    head = fold(text[:_LETTERHEAD])
    return Setting(_body(head), bool(_cities().search(head)))


def _body(folded: str) -> Literal["committee", "department"] | None:
    if _COMMITTEE.search(folded):
        return "committee"
    return "department" if _DEPARTMENT.search(folded) else None


@cache
def _cities() -> re.Pattern[str]:
    names = {name for name, row in provinces().items() if row["type"] == "thành phố"}
    return re.compile(rf"\b(?:thanh pho|tp\.?)\s(?:{'|'.join(map(re.escape, sorted(names)))})\b")


def beside(words: str, setting: Setting) -> Setting:
    """The setting for ``words``: a body on the line itself outweighs the letterhead."""
    return Setting(_body(fold(words)) or setting.body, setting.city)


def written_out(words: str, setting: Setting) -> str:
    """``words`` with the abbreviations it holds written out, as :func:`beside` them."""
    setting = beside(words, setting)
    words = _UNDER_KIND.sub(lambda found: of_kind(found[1], found[2]) or found[0], words)
    return " ".join(_pattern(setting).sub(lambda found: forms(setting)[found[0]], words).split())


@cache
def forms(setting: Setting) -> dict[str, str]:
    """Abbreviation -> words, in this setting."""
    words: dict[str, str] = settings("name_abbreviations")["expansions"] | settings("recipients")["abbreviations"]
    doubtful = {*settings("recipients")["at_committee"], "đ/c"}  # đồng chí, but also địa chỉ
    words = {short: full for short, full in words.items() if short not in doubtful}
    if setting.body:
        words |= settings("recipients")[f"at_{setting.body}"]
    return words | (settings("recipients")["at_city"] if setting.city else {})


@cache
def _pattern(setting: Setting) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w&-])(?:{any_of(forms(setting))})(?![\w&])")


def any_of(words: dict[str, str] | list[str]) -> str:
    """A regex fragment for any of ``words`` as they are, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


def of_kind(noun: str, item: str) -> str | None:
    """The office that ``item`` abbreviates under a shared head: *Bộ*, ``TC`` -> ``Bộ Tài chính``; else ``None``.

    Under the head an abbreviation loses the letter of the head (usage of the Government Office).
    """
    return _registered().get((noun[:1].upper() + _BETWEEN.sub("", item), noun.lower()))


@cache
def _registered() -> dict[tuple[str, str], str]:
    rows = [row for name in ("units/local", "units/central") for row in table(name)]
    return {(short, row["name"].split()[0].lower()): row["name"] for row in rows for short in _listed(row)}


def _listed(row: dict[str, str]) -> list[str]:
    return [short for short in row["abbreviations"].split(";") if short]
