"""Automatic list numbers of a Word file: what Word prints before a paragraph but does not keep in its text.

Source: ECMA-376 part 1, §17.9 (numbering) and §17.3.1.19 (``numPr`` on a paragraph or its style).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACEHOLDER = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: number format, text pattern (``%1.%2``) and first number."""

    kind: str
    pattern: str
    start: int
    legal: bool = False


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted; ``label`` must be called once per paragraph, in order."""

    levels: dict[tuple[str, int], Level] = field(default_factory=dict)
    shared: dict[str, str] = field(default_factory=dict)
    styles: dict[str, tuple[str | None, int | None, str | None]] = field(default_factory=dict)
    default_style: str | None = None
    restarts: set[str] = field(default_factory=set)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _started: set[tuple[str, int]] = field(default_factory=set)

    def label(self, paragraph: _Element) -> str:
        """The number or bullet Word shows before a paragraph, ``""`` when none."""
        number, level = self._list_of(paragraph)
        definition = self.levels.get((number, level)) if number not in (None, "0") else None
        if number is None or definition is None:
            return ""
        counts = self._counts.setdefault(self.shared.get(number, number), {})
        self._advance(number, level, counts)
        if definition.kind == "none":
            return ""
        if definition.kind == "bullet":
            return "-"
        return _PLACEHOLDER.sub(
            lambda match: self._number(number, int(match[1]) - 1, definition, counts), definition.pattern
        )

    def _advance(self, number: str, level: int, counts: dict[int, int]) -> None:
        fresh = (number, level) not in self._started and number in self.restarts
        if level not in counts or fresh:
            counts[level] = self.levels[number, level].start
        else:
            counts[level] += 1
        self._started.add((number, level))
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]

    def _number(self, number: str, level: int, shown: Level, counts: dict[int, int]) -> str:
        definition = self.levels.get((number, level), shown)
        value = counts.setdefault(level, definition.start)
        return (
            _FORMATS["decimal" if shown.legal else definition.kind](value)
            if definition.kind in _FORMATS
            else str(value)
        )

    def _list_of(self, paragraph: _Element) -> tuple[str | None, int]:
        """The list and level of a paragraph, of its own or from its style and the styles that one is based on."""
        properties = paragraph.find(f"{W}pPr")
        own = (None, None) if properties is None else num_pr(properties)
        style = None if properties is None else _value(properties.find(f"{W}pStyle"))
        number, level = own
        name = style or self.default_style
        for _ in range(20):
            if name is None or name not in self.styles or (number is not None and level is not None):
                break
            inherited, depth, name = self.styles[name]
            number = inherited if number is None else number
            level = depth if level is None else level
        return number, level or 0


def num_pr(properties: _Element) -> tuple[str | None, int | None]:
    """List id and level of a ``w:numPr``, ``None`` where not stated."""
    node = properties.find(f"{W}numPr")
    if node is None:
        return None, None
    number, level = _value(node.find(f"{W}numId")), _value(node.find(f"{W}ilvl"))
    return number, int(level) if level and level.isdigit() else (0 if number else None)


def numbering_of(numbering: _Element | None, styles: _Element | None) -> Numbering:
    """Build the lists from ``numbering.xml`` and ``styles.xml`` (either may be missing)."""
    result = Numbering()
    if styles is not None:
        _read_styles(styles, result)
    if numbering is None:
        return result
    abstract = {node.get(f"{W}abstractNumId") or "": node for node in numbering.findall(f"{W}abstractNum")}
    linked = {_value(node.find(f"{W}styleLink")): node for node in abstract.values()}
    for num in numbering.findall(f"{W}num"):
        number, shared = num.get(f"{W}numId") or "", _value(num.find(f"{W}abstractNumId")) or ""
        base = abstract.get(shared)
        link = None if base is None else _value(base.find(f"{W}numStyleLink"))
        base = linked.get(link, base) if link else base
        result.shared[number] = shared
        for source in [] if base is None else base.findall(f"{W}lvl"):
            _read_level(source, number, result)
        _read_overrides(num, number, result)
    return result


def _read_overrides(num: _Element, number: str, result: Numbering) -> None:
    for override in num.findall(f"{W}lvlOverride"):
        level = int(override.get(f"{W}ilvl") or 0)
        for source in override.findall(f"{W}lvl"):
            _read_level(source, number, result)
        start = _value(override.find(f"{W}startOverride"))
        old = result.levels.get((number, level))
        if start and start.isdigit() and old:
            result.levels[number, level] = Level(old.kind, old.pattern, int(start), old.legal)
            result.restarts.add(number)


def _read_level(node: _Element, number: str, result: Numbering) -> None:
    start = _value(node.find(f"{W}start"))
    result.levels[number, int(node.get(f"{W}ilvl") or 0)] = Level(
        _value(node.find(f"{W}numFmt")) or "decimal",
        _value(node.find(f"{W}lvlText")) or "",
        int(start) if start and start.isdigit() else 1,
        node.find(f"{W}isLgl") is not None,
    )


def _read_styles(styles: _Element, result: Numbering) -> None:
    for style in styles.findall(f"{W}style"):
        name, properties = style.get(f"{W}styleId") or "", style.find(f"{W}pPr")
        number, level = (None, None) if properties is None else num_pr(properties)
        result.styles[name] = (number, level, _value(style.find(f"{W}basedOn")))
        if style.get(f"{W}default") in ("1", "true") and style.get(f"{W}type") == "paragraph":
            result.default_style = name


def _value(node: _Element | None) -> str | None:
    return None if node is None else node.get(f"{W}val")


def _roman(value: int) -> str:
    out = ""
    for size, letters in _ROMAN:
        count, value = divmod(value, size)
        out += letters * count
    return out


def _letter(value: int) -> str:
    """``a`` … ``z``, then ``aa``, ``bb`` …, as Word counts."""
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1) if value > 0 else ""


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda value: f"{value:02d}",
    "upperRoman": lambda value: _roman(value).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda value: _letter(value).upper(),
    "lowerLetter": _letter,
    "ordinal": str,
}
