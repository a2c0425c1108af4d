"""Symbols of cited documents that name no type or body as read, but do with one letter put right: ``/QĐ-TTE``.

The types are those of Nghị định 30/2020/NĐ-CP, Phụ lục III, and of the legislature and the Party; the bodies those of
the issuer table. Where two bodies are as near, nothing is changed.
"""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz.distance import DamerauLevenshtein

from extractors.letters import LOWER, UPPER
from extractors.raw import Line
from extractors.symbols import tidy_code, type_names
from extractors.units import scopes
from pipeline.ocr.mending import Mending

_CODE = re.compile(
    rf"(?<![\w/])(?P<number>\d{{1,5}}[a-zđ]?(?:/(?:19|20)\d\d)?)/(?P<type>[{UPPER}][{UPPER}{LOWER}'’]{{1,6}})"
    rf"(?P<dash>\s?-\s?)(?P<body>[{UPPER}][{UPPER}{LOWER}'’]{{1,6}})(?![\w-])"
)
_MENDED = "Ký hiệu “{}” trên ảnh quét đã hiểu là “{}”"
_LEAST = 3


def repair_symbols(line: Line) -> Mending | None:
    """A line with the symbols in it that can only be meant otherwise."""
    changed: list[tuple[str, str]] = []

    def right(match: re.Match[str]) -> str:
        tail = tidy_code(f"{match['type']}-{match['body']}").split("-")[-1]
        kind, body = _nearest(match["type"], _types()), _nearest(tail, _bodies())
        known = match["type"] in _types() or match["body"] in _bodies()
        if kind is None or body is None or not known:
            return match[0]
        code = f"{match['number']}/{kind}-{body}"
        if code != match[0].replace(" ", ""):
            changed.append((match[0], code))
        return code

    text = _CODE.sub(right, line.text)
    if not changed:
        return None
    return Mending(text, _MENDED.format(*map("; ".join, zip(*changed, strict=True))))


def _nearest(token: str, known: frozenset[str]) -> str | None:
    """The token when it is known, the only known one that differs by a letter, else ``None``."""
    single = re.sub(r"(.)\1", r"\1", token)
    if token in known or single in known:
        return token if token in known else single
    if len(token) < _LEAST:
        return None
    near = [one for one in known if len(one) >= 2 and DamerauLevenshtein.distance(token, one, score_cutoff=1) <= 1]
    return near[0] if len(near) == 1 else None


@cache
def _types() -> frozenset[str]:
    return frozenset(type_names())


@cache
def _bodies() -> frozenset[str]:
    return frozenset(scopes())
