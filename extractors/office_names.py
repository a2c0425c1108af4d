"""Names of offices: the known ones, and how a name in capitals is written out.

``SỞ Y TẾ`` becomes ``Sở Y tế``, ``UBND TỈNH X`` ``Ủy ban nhân dân tỉnh X``: known names and phrases from the
lexicons, proper names after their area word, everything else in small letters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from extractors.fold import fold
from extractors.lexicon import alternation, key, settings, table
from extractors.units import names


@cache
def known_names() -> dict[str, str]:
    """Comparison key -> usual spelling of the names in the unit register."""
    return {key(name): name for name in names()}


@cache
def provinces() -> dict[str, dict[str, str]]:
    """Comparison key of a province's name or variant -> its row, new and former provinces alike."""
    rows: dict[str, dict[str, str]] = {}
    for row in table("provinces"):
        for name in [row["name"], *filter(None, row["variants"].split(";"))]:
            rows.setdefault(key(name), row)
    return rows


@cache
def area_words() -> re.Pattern[str]:
    """The folded words that say what kind of place follows: ``tỉnh``, ``TP``, ``xã``."""
    return re.compile(rf"{alternation(settings('bodies')['areas'])}\.?(?![^\W_])")


def spell(office: str) -> str:
    """A name from the letterhead written out, with sentence capitals: ``SỞ Y TẾ`` -> ``Sở Y tế``."""
    words = _expanded(office)
    if key(words) in known_names():
        return known_names()[key(words)]
    if not _mostly_upper(words):
        return words
    return _capitalised(words.lower())


def _mostly_upper(words: str) -> bool:
    letters = [c for c in words if c.isalpha()]
    return sum(c.isupper() for c in letters) > 0.6 * len(letters)


def _expanded(office: str) -> str:
    short = settings("bodies")["abbreviations"]
    text = re.sub(r"\b(TP|T\.P|TX)\s*\.\s*(?=\w)", r"\1 ", office)
    return " ".join(
        short.get(word.strip(","), word).upper() if word.strip(",") in short else word for word in text.split()
    )


@cache
def _capital_phrases() -> re.Pattern[str]:
    bodies = settings("bodies")
    phrases = [
        *bodies["phrases"],
        *bodies["heads"],
        *(name for name in known_names().values() if len(name.split()) > 1),
        *_province_names(),
    ]
    return re.compile(rf"(?<!\w)(?:{alternation(phrases)})(?!\w)")


@cache
def spellings() -> dict[str, str]:
    """Comparison key -> usual spelling of every head, phrase, known name and province."""
    bodies = settings("bodies")
    spelled = {key(name): name for name in known_names().values()}
    spelled |= {key(h): h for h in bodies["heads"]} | {key(p): p for p in bodies["phrases"]}
    return spelled | {
        key(name): row["name"] for row in table("provinces") for name in (row["name"], *row["variants"].split(";"))
    }


def _province_names() -> list[str]:
    usual = [row["name"] for row in table("provinces")]
    return [*usual, *(v for row in table("provinces") for v in row["variants"].split(";") if "-" in v or " " in v)]


def _capitalised(words: str) -> str:
    """Lower-case words with the capitals of offices, fields and places."""
    titled = re.match(rf"{alternation(settings('bodies')['proper'])}(?![^\W_])", fold(words)) is not None
    out: list[str] = []
    at, folded = 0, fold(words)
    for match in _capital_phrases().finditer(folded):
        printed = words[match.start() : match.end()]
        spelled = spellings().get(key(match[0]), printed)
        if match.start() < at or not same_letters(printed, spelled) or (match.start() and match[0] in _ORDINARY):
            continue
        out += [_proper(_opened(words[at : match.start()], out), titled), spelled]
        titled = titled or match[0] in _NAMED_AFTER_PLACES
        at = match.end()
    text = "".join([*out, _proper(_opened(words[at:], out), titled)])
    text = re.sub(
        r"(?<!\w)[^\W\d_]{2,6}(?!\w)", lambda m: m[0].upper() if not re.search("[aeiouy]", fold(m[0])) else m[0], text
    )
    return text[:1].upper() + text[1:]


def _opened(words: str, out: list[str]) -> str:
    """The first word after a bare head begins the proper name: ``Cục Xuất nhập khẩu``."""
    bare = len(out) == 2 and not out[0] and fold(out[1]) in _BARE_HEADS
    return words[:1] + words[1:2].upper() + words[2:] if bare else words


_BARE_HEADS = frozenset(
    {"cuc", "chi cuc", "tong cuc", "vu", "phong", "ban", "trung tam", "vien", "so", "tram", "hat", "van phong"}
)


#: Heads of offices that are ordinary words inside a name.
_ORDINARY = frozenset(
    {"to", "hoi", "phong", "ban", "bo", "vu", "so", "bao", "doi", "quy", "tram", "hat", "khoa", "thue", "vien", "doan"}
)

#: Bodies whose name goes on with a place without an area word.
_NAMED_AFTER_PLACES = frozenset(
    {"huyen uy", "thi uy", "quan uy", "thanh uy", "tinh uy", "huyen doan", "thanh doan", "tinh doan"}
)


def same_letters(printed: str, spelled: str) -> bool:
    """The same letters, wherever the tone stands (``hoà``, ``hòa``); of longer phrases a copy may lack marks."""
    return " " in spelled or sorted(unicodedata.normalize("NFD", printed)) == sorted(
        unicodedata.normalize("NFD", spelled.lower())
    )


_AREA_WORDS = re.compile(
    r"(?:^|(?<=\s))(?:tỉnh|huyện|quận|xã|phường|thị xã|thị trấn|thành phố|đặc khu|khu vực|cửa khẩu|số)\s+(?=\S)"
)
_ROMAN = re.compile(r"\b(?:[ivx]{1,5}|[a-z]\d*)\b")


def _proper(words: str, titled: bool) -> str:
    """The stretch between known phrases: the name of a place after its area word, and proper names, in capitals."""
    match = _AREA_WORDS.search(words)
    start = match.end() if match else (0 if titled else len(words))
    head, name = words[:start], words[start:]
    if name:
        common = "|".join(sorted(settings("bodies")["common"], key=len, reverse=True))
        spared = {i for m in re.finditer(rf"(?<!\w)(?:{common})(?!\w)", name) for i in range(m.start(), m.end())}
        name = re.sub(r"(?<!\w)\w", lambda m: m[0] if m.start() in spared else m[0].upper(), name)
    return head + re.sub(_ROMAN.pattern, lambda m: m[0].upper(), name, flags=re.I)


def with_area(place: str) -> str:
    """``Hải Phòng`` -> ``thành phố Hải Phòng``; a place that already says what it is stays."""
    if area_words().match(fold(place)):
        return re.sub(
            r"^(?:TP\.?|Tp\.?)\s*",
            "thành phố ",
            place[0].lower() + place[1:] if place[:2] not in ("TP", "Tp") else place,
        )
    row = provinces().get(key(place))
    return f"{row['type']} {row['name']}" if row else place
