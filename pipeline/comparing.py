"""When a reading and the gold are the same: names, codes, days and stretches of text, each with its own tolerance.

The gold is what a person wrote down; case, marks, punctuation and usual abbreviations are not what is tested.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from extractors.fold import fold
from pipeline.folding import text_key

_WORD = re.compile(r"[a-z0-9]+")
_FILLERS = frozenset({"cac", "va", "cua", "dong", "chi", "ong", "ba", "so"})
_PLACE_WORDS = re.compile(r"\b(uy ban nhan dan) (?:thanh pho|tinh)\b")


class Words(NamedTuple):
    """The folded words of a text with their offsets."""

    words: list[str]
    starts: list[int]


def words_of(text: str | None) -> list[str]:
    """The folded words of ``text``."""
    return _WORD.findall(fold(unicodedata.normalize("NFC", text or "")))


def words_with_offsets(text: str) -> Words:
    """The folded words of a canonical text; folding keeps offsets."""
    found = list(_WORD.finditer(fold(text)))
    return Words([match[0] for match in found], [match.start() for match in found])


def same_text(gold: str | None, read: str | None) -> bool:
    """Equal but for case, marks, punctuation and spaces."""
    return words_of(gold) == words_of(read)


def similar(gold: str | None, read: str | None, bar: float) -> bool:
    """Nearly the same letters: tolerant of what a scan makes of them."""
    left, right = " ".join(words_of(gold)), " ".join(words_of(read))
    return SequenceMatcher(None, left, right, autojunk=False).ratio() >= bar


def same_name(gold: str, read: str, bar: float = 0.75) -> bool:
    """The same unit or law: most words in common, or one name inside the other."""
    left, right = _name_words(gold), _name_words(read)
    if not left or not right:
        return left == right
    common = len(left & right) / len(left | right)
    inside = min(len(left), len(right)) >= 3 and (left <= right or right <= left)
    return common >= (min(bar, 0.5) if inside else bar)


def same_names(gold: Sequence[str], read: Sequence[str]) -> bool:
    """The same units, one by one or, split otherwise (*các sở, ban, ngành* as one or three), in the same words."""
    if count_matches(gold, read, same_name) == len(gold) == len(read):
        return True
    left, right = _name_words(" ".join(gold)), _name_words(" ".join(read))
    return bool(left and right) and len(left & right) / len(left | right) >= 0.85


def same_code(gold: str | None, read: str | None) -> bool:
    """The same number and symbol, leading zeros and kinds of dashes aside."""
    return _plain_code(gold) == _plain_code(read)


def same_deadline(gold: str | None, read: str | None) -> bool:
    """The same time: *within* a period is that period, a recurrence may be read more closely, a time of day may be more
    than the gold states."""
    left, right = _plain_deadline(gold), _plain_deadline(read)
    if left == right:
        return True
    if "FREQ=" in left and "FREQ=" in right:
        return set(left.split(";")) <= set(right.split(";"))
    return left.startswith("<") and "T" not in left and right.split("T")[0] == left


def count_matches(gold: Iterable[Any], read: Iterable[Any], same: Callable[[Any, Any], bool]) -> int:
    """How many of ``gold`` find a partner of their own in ``read``."""
    left, hits = list(read), 0
    for one in gold:
        partner = next((i for i, other in enumerate(left) if same(one, other)), None)
        if partner is not None:
            del left[partner]
            hits += 1
    return hits


def find_stretch(text: list[str], first: list[str], last: list[str], after: int = 0) -> range | None:
    """Where in the words of a text the stretch from ``first`` to ``last`` stands, best after position ``after``."""
    at, score = _best(text, first, after)
    if score < 0.8 and after:
        at, score = _best(text, first, 0)
    if score < 0.6:
        return None
    end, score = _best(text, last, at)
    return range(at, end + len(last)) if score >= 0.6 else range(at, min(len(text), at + len(first)))


def _best(text: list[str], wanted: list[str], start: int) -> tuple[int, float]:
    """The position from ``start`` on where most of the ``wanted`` words stand, and the share of them."""
    best, top = -1, 0.0
    if not wanted:
        return best, top
    for i in range(start, len(text) - len(wanted) + 1):
        share = sum(map(str.__eq__, text[i : i + len(wanted)], wanted)) / len(wanted)
        if share > top:
            best, top = i, share
            if share == 1:
                break
    return best, top


def _name_words(name: str) -> set[str]:
    words = set(_PLACE_WORDS.sub(r"\1", text_key(unicodedata.normalize("NFC", name))).split())
    return words - _FILLERS or words


def _plain_code(code: str | None) -> str:
    plain = unicodedata.normalize("NFC", code or "").upper().replace("Ð", "Đ")
    plain = re.sub(r"[–—]", "-", re.sub(r"\s", "", plain))
    return re.sub(r"^0+(?=\d)", "", plain)


def _plain_deadline(value: str | None) -> str:
    plain = (value or "").replace(" ", "").replace("≤", "<=").replace("RRULE:", "").upper()
    if "FREQ=" in plain:
        return ";".join(sorted(plain.split(";")))
    return plain.removeprefix("<=") if re.fullmatch(r"<=\d{4}(-Q[1-4]|-\d\d)?", plain) else plain
