"""The font of a run of a Word file, and its text as an old Vietnamese font shows it.

Source of the order run, character style, paragraph style, defaults: ECMA-376 part 1, §17.7.2.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml.etree import _Element

from pipeline.readers.docx_numbering import W
from pipeline.readers.legacy import encoding_of_font, of_font

_FONTS = f"{W}rPr/{W}rFonts"
#: Letters beyond ASCII take the font ``hAnsi``; a theme font, which is never an old one, goes before a named one.
_NAMES = ("hAnsiTheme", "hAnsi", "asciiTheme", "ascii")


@dataclass(slots=True)
class Fonts:
    """The fonts of a document: by style (font and base), by default; and what a paragraph holds in old ones."""

    styles: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    default_font: str | None = None
    default_style: str | None = None
    _paragraph: str | None = None
    _around: str = ""

    def enter(self, paragraph: _Element) -> None:
        """Go on to a paragraph; the runs that are asked for next are in it."""
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        self._paragraph = self.default_style if style is None else style.get(f"{W}val")
        old = (run for run in paragraph.iter(f"{W}r") if encoding_of_font(self.font(run)))
        self._around = "".join(text.text or "" for run in old for text in run.iterfind(f"{W}t"))

    def font(self, run: _Element) -> str | None:
        """The name of the font of a run in the paragraph at hand."""
        style = run.find(f"{W}rPr/{W}rStyle")
        own = _named(run.find(_FONTS)) or self._of_style(None if style is None else style.get(f"{W}val"))
        return own or self._of_style(self._paragraph) or self.default_font

    def shown(self, text: str, run: _Element) -> str:
        """What a text of a run shows in its font."""
        return of_font(text, self.font(run), self._around)

    def _of_style(self, name: str | None) -> str | None:
        for _ in range(20):
            if name is None or name not in self.styles:
                return None
            font, name = self.styles[name]
            if font:
                return font
        return None


def fonts_of(styles: _Element | None) -> Fonts:
    """The fonts that ``styles.xml`` (which may be missing) names."""
    result = Fonts()
    if styles is None:
        return result
    result.default_font = _named(styles.find(f"{W}docDefaults/{W}rPrDefault/{_FONTS}"))
    for style in styles.iterfind(f"{W}style"):
        name, base = style.get(f"{W}styleId") or "", style.find(f"{W}basedOn")
        result.styles[name] = (_named(style.find(_FONTS)), None if base is None else base.get(f"{W}val"))
        if style.get(f"{W}default") in ("1", "true") and style.get(f"{W}type") == "paragraph":
            result.default_style = name
    return result


def _named(fonts: _Element | None) -> str | None:
    return None if fonts is None else next((name for key in _NAMES if (name := fonts.get(f"{W}{key}"))), None)
