"""The signer's column of a scan, where a seal and a signature lie over the print: offices and name, without the noise.

A line is kept when it holds an office of the lexicon or a person's name, cut to that; what else the engine saw there
with little confidence is ink. When something that may be letters stands before an office (``KT.``, ``PHÓ``), the office
is not known and goes too: a deputy must not become the head.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from extractors.cells import is_person
from extractors.closing import MARKER, is_recipients
from extractors.fold import fold, lower
from extractors.letters import UPPER
from extractors.lexicon import settings
from extractors.raw import Box, Line
from extractors.signature import office_heads
from pipeline.ocr.mending import SURE, sureness

_UNREAD = "Khối chữ ký có dấu hoặc nét ký đè lên chữ: thẩm quyền, chức vụ hoặc họ tên có phần không đọc được"
_FAMILY = "Họ tên người ký “{}” trên ảnh quét đã hiểu là “{}”"
#: A delegation mark whose stop was read as another sign: ``KT, CHỦ TỊCH``.
_STOP = re.compile(rf"(?<![^\W_])(KT|TM|TL|TUQ)[,;:](?=\s?[{UPPER}])")
_INK = "_-—.,'\"` "
_DEPUTY = re.compile(r"K\s?[./]?\s?T\s?[./]\s*")
_HALF_SURE = 50
#: Where the column lies against the label *Nơi nhận*, in points.
_ASIDE, _ABOVE, _REACH, _WIDE = 130.0, 40.0, 330.0, 280.0


def repair_signature(lines: Sequence[Line], warnings: list[str]) -> list[Line]:
    """The lines of a page with its signer's column cleared."""
    label = next((line.box for line in lines if line.box and is_recipients(line.text)), None)
    if label is None:
        return list(lines)
    column = [at for at, line in enumerate(lines) if line.box and _in_column(line.box, label)]
    cleared = _cleared([lines[at] for at in column], warnings)
    return [kept for at, line in enumerate(lines) if (kept := cleared[column.index(at)] if at in column else line)]


def _in_column(box: Box, label: Box) -> bool:
    """True for a short line right of *Nơi nhận*, from a little above it on."""
    beside = box[0] >= label[0] + _ASIDE and label[1] - _ABOVE < box[1] < label[1] + _REACH
    return beside and box[2] - box[0] <= _WIDE


def _cleared(column: Sequence[Line], warnings: list[str]) -> list[Line | None]:
    """The lines of the signer's column, each cut to what is surely read, or ``None``."""
    out: list[Line | None] = []
    deputised: str | None = None
    for line in column:
        kept = _office(line) or _name(line, warnings) or _text(line)
        if kept and kept.text == deputised:  # under "KT. CHỦ TỊCH" stands a deputy, whose first word is covered
            kept = None
        deputised = _DEPUTY.sub("", kept.text) if kept and _DEPUTY.match(kept.text) else deputised
        if kept is None and _is_office_like(line):  # the office is on this line; what was read above is not the last
            out = [one if one is None or MARKER.match(one.text) or not one.text.isupper() else None for one in out]
        if kept is None and any(map(str.isalpha, line.text)):
            warnings.append(_UNREAD)
        out.append(kept)
    return out


def _is_office_like(line: Line) -> bool:
    """True when a word of an office is surely read in a line."""
    words = zip(line.text.split(), line.confidences, strict=False)
    return any(sure >= SURE and word.isupper() and fold(word) in _office_words() for word, sure in words)


def _office(line: Line) -> Line | None:
    """The office in a line, with its delegation mark; ``None`` without one, or when what stands before is unclear."""
    line = replace(line, text=_STOP.sub(r"\1.", line.text))
    marker = MARKER.match(line.text, len(line.text) - len(line.text.lstrip(_INK)))
    office = office_heads().search(fold(line.text), marker.end() if marker else 0)
    found = office or marker
    if found is None:
        return None
    first = marker.start(1) if marker else found.start()
    if any(char.isupper() or char.isdecimal() for char in line.text[:first]):
        return None
    words = line.text[first:].split()
    skipped = len(line.text.split()) - len(words)
    sure = line.confidences[skipped:] if len(line.confidences) == len(line.text.split()) else (100,) * len(words)
    least = len(line.text[first : found.end()].split())
    while len(words) > least and (sure[len(words) - 1] < SURE or not any(map(str.isalpha, words[-1]))):
        words.pop()
    return replace(line, text=" ".join(words).lstrip(_INK), confidences=sure[: len(words)])


def _name(line: Line, warnings: list[str]) -> Line | None:
    """A person's name in a line, every word of it fairly sure."""
    words = line.text.split()
    for first in range(max(1, len(words) - 1)):
        if any(map(str.isalpha, "".join(words[:first]))):
            break
        text = " ".join(words[first:]).strip("_-—.,'\"“”` ")
        at = line.text.rfind(words[first])
        if is_person(text) and not text.isupper() and sureness(line, at, len(line.text)) >= _HALF_SURE:
            family, rest = text.split(" ", 1)
            right = _families().get(fold(family), family)
            if lower(right) != lower(family):
                warnings.append(_FAMILY.format(text, f"{right} {rest}"))
                text = f"{right} {rest}"
            return replace(line, text=text, confidences=line.confidences[first:] if line.confidences else ())
    return None


def _text(line: Line) -> Line | None:
    """A line that is surely read, whatever it says."""
    if sum(map(str.isalpha, line.text)) < 4 or sureness(line, 0, len(line.text)) < SURE:
        return None
    torn = line.text.isupper() and any(len(word) < 2 for word in line.text.split())
    return None if torn else line


@cache
def _families() -> dict[str, str]:
    """Folded family names with one spelling."""
    spelt: dict[str, set[str]] = {}
    for name in settings("signing")["names"]["surnames"]:
        spelt.setdefault(fold(name), set()).add(name)
    return {key: next(iter(names)) for key, names in spelt.items() if len(names) == 1}


@cache
def _office_words() -> frozenset[str]:
    """The folded words of offices that stand at their end: *tịch*, *trưởng*, *đốc*."""
    return frozenset(fold(office).split()[-1] for office in settings("signing")["offices"]["heads"])
