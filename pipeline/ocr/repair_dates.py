"""Digits of dates that the engine took for letters: ``ngày l5 tháng O2 năm 2O12``, ``30/1I/2012``."""

from __future__ import annotations

import re

from extractors.raw import Line
from pipeline.ocr.mending import Mending

_DIGIT = r"[\dlI|iOoQS]"
_WORDS = re.compile(rf"\bngày\s+({_DIGIT}{{1,2}})\s+tháng\s+({_DIGIT}{{1,2}})\s+năm\s+([12]{_DIGIT}{{3}})(?!\w)")
_FIGURES = re.compile(rf"(?<![\w/]){_DIGIT}{{1,2}}/\s?{_DIGIT}{{1,2}}/\s?[12]{_DIGIT}{{3}}(?![\w/])")
_FIGURE = str.maketrans("lI|iOoQS", "11110005")
_MENDED = "Ngày “{}” trên ảnh quét đã hiểu là “{}”"


def repair_dates(line: Line) -> Mending | None:
    """A line whose dates are written in digits, where that makes a date."""
    text = _FIGURES.sub(_figures, _WORDS.sub(_figures, line.text))
    if text == line.text:
        return None
    before = [match[0] for pattern in (_WORDS, _FIGURES) for match in pattern.finditer(line.text)]
    changed = [one for one in before if _as_figures(one) != one]
    return Mending(text, _MENDED.format("; ".join(changed), "; ".join(map(_as_figures, changed))))


def _figures(match: re.Match[str]) -> str:
    figures = _as_figures(match[0])
    day, month = map(int, re.findall(r"\d+", figures)[:2])
    return figures if 1 <= day <= 31 and 1 <= month <= 12 else match[0]


def _as_figures(text: str) -> str:
    """The text with look-alikes of digits as digits; the words *ngày, tháng, năm* stay."""
    return re.sub(rf"(?<![^\W\d_]){_DIGIT}+(?![^\W\d_])", lambda found: found[0].translate(_FIGURE), text)
