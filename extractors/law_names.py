"""Laws, codes, ordinances and the Constitution cited by name: ``Luật Hải quan năm 2014``, ``Bộ luật Lao động``.

Names come from the table ``lexicons/law_names.csv``, in any case and without regard to commas; a law that is not in the
table is read up to its number, date, punctuation or the next verb, but only when its name begins with a capital.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from extractors.fold import fold
from extractors.letters import LOWER, UPPER
from extractors.lexicon import table

#: Where a law may be named; what stands around decides. It begins with a letter, so that the regex engine can leap.
ANCHOR = re.compile(
    r"(?:Bộ [Ll]uật|bộ [Ll]uật|BỘ LUẬT|Luật|luật|LUẬT|Pháp lệnh|pháp lệnh|PHÁP LỆNH|Hiến pháp|HIẾN PHÁP)(?!\w)"
)
#: *Pháp luật*, *kỷ luật*; schools, law firms, and bills that are no law yet.
_NO_LAW_BEFORE = re.compile(
    r"(?:\w|(?:[Pp]háp|PHÁP|[Kk]ỷ|[Qq]uy)\s|(?:[Đđ]ại học|[Kk]hoa|[Cc]ông ty|[Vv]ăn phòng|[Hh]ội|[Tt]ạp chí|[Vv]iện"
    r"|[Nn]gành|[Cc]ử nhân|[Dd]ự án|[Dd]ự thảo"
    r"|[Đđ]ề nghị xây dựng)\s(?:các\s)?)\Z"
)
_AMENDING = re.compile(r"\s+[Ss]ửa đổi(?:,? bổ sung)?[^;:.()\n]{0,60}?(?=\s(?:[Bb]ộ )?[Ll]uật\s|\s[Pp]háp lệnh\s)")
_NEXT_LAW = re.compile(r"(?:,\s|,?\svà\s|\s)(?=(?:[Bb]ộ [Ll]uật|[Ll]uật|[Pp]háp lệnh)\s)")
_KIND = re.compile(r"(?:[Bb]ộ [Ll]uật|BỘ LUẬT|[Ll]uật|LUẬT|[Pp]háp lệnh|PHÁP LỆNH)")
_NUMBER_FOLLOWS = re.compile(r",?\s(?:số|ngày|năm)\s")
_NAME_END = re.compile(
    rf"(?=[.;:,()\[\]\"“”\t\n/]|\d|\s(?:ngày|năm|số|được|quy định|có|đã|là|thì|cho|để|tại|theo|về|khi|mà|nêu|này|hiện"
    rf"|do|nhằm|ban hành|sửa đổi|hướng dẫn|thay thế|với|đối|trên|nói|hoặc|như|bằng|từ|đến|không|và(?=\s(?:các|[Ll]uật"
    rf"|[Bb]ộ luật|[Nn]ghị|[Tt]hông|[Qq]uyết|[Cc]hỉ|[Pp]háp|[Vv]ăn bản|[Hh]ướng)))(?![{LOWER}{UPPER}]))"
)
#: The beginning of a name that is in no table; *Luật Việt Nam* is no one law.
_CAPITALISED = re.compile(rf"\s(?!Việt Nam|Quốc tế|Hà Nội|TNHH|Thành phố)[{UPPER}][{LOWER}]")
_CONSTITUTION = re.compile(r"Hiến pháp(?: nước C[ộô]ng h[^\s]+ xã hội chủ nghĩa Việt Nam)?", re.IGNORECASE)
_NOT_ONE_LAW = re.compile(r",?\s(?:và\s)?pháp luật")


class LawName(NamedTuple):
    """``text[start:end]`` names a law of ``kind`` (*Luật*); ``name`` is without year and number."""

    start: int
    end: int
    kind: str
    name: str


@cache
def _names() -> dict[str, re.Pattern[str]]:
    """Folded kind -> regex over folded text for every name of that kind, the longest first."""
    names: dict[str, set[str]] = {"luat": set(), "bo luat": set(), "phap lenh": set()}
    for row in table("law_names"):
        kind = next(k for k in ("bo luat", "phap lenh", "luat") if fold(row["name"]).startswith(k))
        short = fold(row["name"])[len(kind) + 1 :]
        names[kind] |= {short, *(fold(alias) for alias in row["aliases"].split(";") if alias)}
    return {
        kind: re.compile(r"\s(?:" + "|".join(map(_loose, sorted(some, key=lambda n: (-len(n), n)))) + r")(?![a-z0-9])")
        for kind, some in names.items()
    }


def _loose(name: str) -> str:
    return r",?\s".join(map(re.escape, name.replace(",", "").split()))


def law_at(text: str, start: int) -> LawName | None:
    """The law named at an anchor of :data:`ANCHOR` that begins at ``start``; ``None`` when none is."""
    if _NO_LAW_BEFORE.search(text, max(0, start - 20), start):
        return None
    if match := _CONSTITUTION.match(text, start):
        if _NOT_ONE_LAW.match(text, match.end()):
            return None
        return LawName(start, match.end(), "Hiến pháp", "Hiến pháp")
    kind = _KIND.match(text, start)
    if kind is None:
        return None
    end = _amending_end(text, kind.end()) or _plain_end(text, kind)
    if end is None:
        return None
    name = _written(text[start:end])
    return LawName(start, end, kind[0].capitalize(), _full_names().get(name_key(name), name))


def _written(name: str) -> str:
    """The name as printed; one in capitals (a title) or with a small first letter in the spelling of sentences."""
    name = " ".join(name.split())
    if name.isupper():
        name = name.lower()
        kind = _KIND.match(name)
        at = kind.end() + 1 if kind else 0
        name = name[:at] + name[at : at + 1].upper() + name[at + 1 :]
    return name[:1].upper() + name[1:]


def _plain_end(text: str, kind: re.Match[str]) -> int | None:
    folded = fold(text[kind.end() : kind.end() + 110])
    if match := _names()[fold(kind[0])].match(folded):
        return kind.end() + match.end()
    if not _CAPITALISED.match(text, kind.end()):
        return None
    stop = _NAME_END.search(text, kind.end() + 2, kind.end() + 90)
    end = stop.start() if stop else min(len(text), kind.end() + 90)
    words = text[kind.end() : end].split()
    return kind.end() + len(text[kind.end() : end].rstrip()) if 1 < len(words) <= 12 else None


def _amending_end(text: str, at: int) -> int | None:
    """The end of ``sửa đổi, bổ sung một số điều của Luật A, Luật B và Luật C``: several laws only before a number."""
    match = _AMENDING.match(text, at)
    if match is None:
        return None
    ends: list[int] = []
    while following := _NEXT_LAW.match(text, ends[-1] if ends else match.end()):
        kind = _KIND.match(text, following.end())
        end = _plain_end(text, kind) if kind else None
        if end is None:
            break
        ends.append(end)
    if not ends:
        return None
    return ends[-1] if _NUMBER_FOLLOWS.match(text, ends[-1]) else ends[0]


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """The form in which names of laws are compared: folded, without commas."""
    return " ".join(fold(name).replace(",", "").split())


@cache
def _full_names() -> dict[str, str]:
    """``Luật BHXH`` -> ``Luật Bảo hiểm xã hội``: only what is written with capitals alone is spelt out."""
    return {
        name_key(f"{row['name'].split()[0]} {alias}"): row["name"]
        for row in table("law_names")
        for alias in row["aliases"].split(";")
        if alias
    }


def same_law(a: str, b: str) -> bool:
    """Two ways of writing one name."""
    return name_key(a) == name_key(b)
