"""Comparison forms of unit names and of running text, so that a clerk finds a name however it was written.

Case, tone marks, đ/d, tone placement, the usual abbreviations and the words *tỉnh* / *thành phố* before a place make no
difference: *Cục Hải quan Hải Phòng* finds *Cục HQ TP Hải Phòng*. The words themselves do: a name is found when the
words of the query stand in it one after the other, and a *Chi cục* is one word, no *Cục*.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from extractors.fold import fold

_LEXICON = Path(__file__).resolve().parents[1] / "extractors" / "lexicons" / "name_abbreviations.toml"
_WORD = re.compile(r"[^\W_]+(?:&[^\W_]+)*")
_CONNECTOR = "~"  # marks a connector in a stored key: uy ban nhan dan ~tinh quang ngai

Words = tuple[str, ...]


class _Lexicon(NamedTuple):
    expansions: dict[Words, Words]  # folded -> as written, lower case
    connectors: dict[Words, str]  # as written, lower case -> key
    kept_before: frozenset[str]
    ignored: frozenset[str]
    compounds: dict[Words, str]


def name_key(name: str) -> str:
    """The stored comparison form of a unit's name: folded words between single spaces, connectors with ``~``."""
    return f" {' '.join(_fused(_connected(_expanded(name))))} "


@lru_cache(maxsize=4096)
def name_words(name: str) -> frozenset[str]:
    """The words of a name that tell it from others: those of its :func:`name_key` but the connectors."""
    return frozenset(word for word in name_key(name).split() if not word.startswith(_CONNECTOR))


def name_pattern(query: str) -> re.Pattern[str] | None:
    """A pattern to be searched in the :func:`name_key` of a name; ``None`` for a query without any word."""
    # Typed without marks, *tinh* may be tỉnh or part of a place (Hà Tĩnh): it may be skipped, or met as either.
    loose = query.isascii()
    words = _fused(_connected(_typed_without_marks(query) if loose else _expanded(query)))
    if not words:
        return None
    pattern = ""
    for word in words[:-1]:
        pattern += _skippable(word) if _is_connector(word, loose) else f" {re.escape(word)}(?: {_CONNECTOR}\\w+)*"
    last = words[-1].lstrip(_CONNECTOR)
    return re.compile(f"{pattern} {_CONNECTOR}?{re.escape(last)} ")


def text_key(text: str) -> str:
    """The comparison form of running text for phrase search: folded words with abbreviations written out."""
    return " ".join(fold(word) for word in _expanded(text))


def _is_connector(word: str, loose: bool) -> bool:
    return word.startswith(_CONNECTOR) or (loose and _CONNECTOR + word in _lexicon().connectors.values())


def _skippable(word: str) -> str:
    return f"(?: {_CONNECTOR}?{re.escape(word.lstrip(_CONNECTOR))})?(?: {_CONNECTOR}\\w+)*"


def _expanded(text: str) -> list[str]:
    """The words in lower case, abbreviations written out with their marks."""
    words = _WORD.findall(text.lower())
    return _replaced(words, [fold(word) for word in words], _lexicon().expansions)


def _typed_without_marks(query: str) -> list[str]:
    """As :func:`_expanded`, for a query in plain ASCII; *thanh pho* can only be the connector."""
    folded = [fold(word) for word in _expanded(query)]
    phrases = {tuple(map(fold, phrase)): phrase for phrase in _lexicon().connectors if len(phrase) > 1}
    return _replaced(folded, folded, phrases)


def _connected(words: list[str]) -> list[str]:
    """Folded words; connectors become one marked word, words without meaning are left out."""
    lexicon, found, i = _lexicon(), list[str](), 0
    while i < len(words):
        size = next((n for n in (2, 1) if tuple(words[i : i + n]) in lexicon.connectors), 0)
        follower = fold(words[i + size]) if i + size < len(words) else ""
        if size and follower not in lexicon.kept_before:
            found.append(lexicon.connectors[tuple(words[i : i + size])])
            i += size
            continue
        if fold(words[i]) not in lexicon.ignored:
            found.append(fold(words[i]))
        i += 1
    return found


def _fused(words: list[str]) -> list[str]:
    return _replaced(words, words, {phrase: (key,) for phrase, key in _lexicon().compounds.items()})


def _replaced(words: list[str], keys: list[str], table: dict[Words, Words]) -> list[str]:
    """``words`` with each stretch whose ``keys`` stand in ``table`` replaced, the longest stretch first."""
    longest, found, i = max(map(len, table)), list[str](), 0
    while i < len(words):
        for size in range(min(longest, len(words) - i), 0, -1):
            if (replacement := table.get(tuple(keys[i : i + size]))) is not None:
                found += replacement
                i += size
                break
        else:
            found.append(words[i])
            i += 1
    return found


@cache
def _lexicon() -> _Lexicon:
    data = tomllib.loads(_LEXICON.read_text(encoding="utf-8"))
    connectors = [_words(phrase) for phrase in data["connectors"]["phrases"]]
    compounds = [_folded(phrase) for phrase in data["compounds"]["phrases"]]
    return _Lexicon(
        expansions={_folded(short): _words(full) for short, full in data["expansions"].items()},
        connectors={words: _CONNECTOR + fold("_".join(words)) for words in connectors},
        kept_before=frozenset(fold(word) for word in data["connectors"]["part_of_name_before"]),
        ignored=frozenset(fold(word) for word in data["ignored"]["words"]),
        compounds={words: "_".join(words) for words in compounds},
    )


def _words(text: str) -> Words:
    return tuple(_WORD.findall(text.lower()))


def _folded(text: str) -> Words:
    return tuple(fold(word) for word in _words(text))
