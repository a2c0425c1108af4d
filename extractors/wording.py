"""Regex fragments for lists of wordings, shaped so that most places of a text cost one look at one letter.

Python tries the branches of an alternation one by one, each to its end where case is ignored, and leaps ahead in a
search only to plain letters. Here the wordings are parted by their first letters; which of them matches, and how far,
is as if they had been joined by bars.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractors.letters import LOWER, UPPER

#: Look-behind at the first letter: there a word begins.
WORD = r"(?<=\b.)"
_LETTER_FIRST = re.compile(rf"[{LOWER}{UPPER}\d](?![?*+{{])")


def any_word(words: Iterable[str]) -> str:
    """A fragment for any of the literal ``words``, the longest first."""
    return _branches(sorted(set(words), key=lambda word: (-len(word), word)))


def _branches(words: list[str]) -> str:
    """``words`` as a tree of their letters; a word that others go on from comes behind them, as it is shorter."""
    if len(words) == 1:
        return re.escape(words[0])
    tails: dict[str, list[str]] = {}
    for word in words:
        tails.setdefault(word[:1], []).append(word[1:])
    ends = tails.pop("", None) is not None
    branches = [re.escape(letter) + _branches(rest) for letter, rest in tails.items()]
    return f"(?:{'|'.join(branches)}{'|' if ends else ''})"


def any_of(fragments: Iterable[str], start: str = "") -> str:
    """A fragment for any of the regex ``fragments`` (no bar outside brackets).

    ``start`` is a look-behind at the first letter, such as ``WORD``. Fragments that begin with no letter or digit
    are tried last, and without it.
    """
    groups, others = _by_letter(fragments)
    branches = [f"{letter}{start}(?:{tails})" for letter, tails in groups.items()]
    return f"(?:{'|'.join(branches + others)})"


def any_case(fragments: Iterable[str], start: str = "") -> str:
    """As :func:`any_of`, for fragments in small letters and a text in any case."""
    groups, others = _by_letter(fragments)
    cased = [(first, tails) for letter, tails in groups.items() for first in (letter, letter.upper())]
    branches = [f"{first}{start}(?i:{tails})" for first, tails in cased]
    return f"(?:{'|'.join(branches + [f'(?i:{other})' for other in others])})"


def _by_letter(fragments: Iterable[str]) -> tuple[dict[str, str], list[str]]:
    """What follows each first letter, in the order given; and the fragments without one."""
    groups: dict[str, list[str]] = {}
    for fragment in fragments:
        groups.setdefault(fragment[0] if _LETTER_FIRST.match(fragment) else "", []).append(fragment)
    others = groups.pop("", [])
    return {letter: "|".join(part[1:] for part in group) for letter, group in groups.items()}, others
