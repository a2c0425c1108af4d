"""Reads the tables in ``lexicons/`` once, on first use, in the form in which they are compared.

Lexicons and input are compared folded (:func:`extractors.fold.fold`): no case, no marks, ``đ`` as ``d``.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from extractors.fold import fold

_HOME = Path(__file__).parent / "lexicons"


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``lexicons/<name>.csv``, keyed by its header line."""
    with (_HOME / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def settings(name: str) -> dict[str, Any]:
    """The content of ``lexicons/<name>.toml``."""
    return tomllib.loads((_HOME / f"{name}.toml").read_text(encoding="utf-8"))


_DASH = re.compile(r"\s*[-–—]\s*")


def key(text: str) -> str:
    """The comparison form of a name: folded, dashes without spaces around, single spaces, no closing punctuation."""
    return _DASH.sub(" - ", " ".join(fold(text).split())).strip(" .,;:*-–_")


def alternation(phrases: Iterable[str]) -> str:
    """A regex fragment over FOLDED text for any of ``phrases``, the longest first; spaces may be any white space."""
    return _alternation(tuple(phrases))


@cache
def _alternation(phrases: tuple[str, ...]) -> str:
    folded = sorted({fold(phrase) for phrase in phrases}, key=lambda p: (-len(p), p))
    return "(?:" + "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in folded) + ")"
