"""Signs of the Symbol and Wingdings fonts that office documents use for bullets, boxes and relations.

Their code points lie in the private use area U+F020–U+F0FF, where no reader of text can know them.
"""

from __future__ import annotations

_SIGNS = {
    0x2D: "-", 0x6F: "☐", 0x71: "☐", 0x76: "-", 0x77: "-", 0x6E: "-", 0x6C: "-", 0xA7: "-", 0xB7: "-", 0xD8: "-",
    0xF0: "→", 0xA8: "☐", 0xFC: "✓", 0xFE: "☒", 0xA3: "≤", 0xB3: "≥", 0xB4: "×", 0xAE: "→", 0xE0: "→", 0xB1: "±",
    0xB0: "°",
}  # fmt: skip
#: Boxes and ticks of forms; the font has its own order.
_WINGDINGS_2 = {0xA3: "☐", 0x2A: "☐", 0x50: "✓", 0x52: "☑", 0x53: "☒", 0x54: "☒"}


def sign(codepoint: int, font: str | None = None) -> str | None:
    """What a private use character shows in a font; ``None`` for any other one, ``""`` when the sign is unknown."""
    if not 0xF000 <= codepoint <= 0xF0FF:
        return None
    code = codepoint - 0xF000
    if font == "Wingdings 2":
        return _WINGDINGS_2.get(code, "")
    if code in _SIGNS:
        return _SIGNS[code]
    return chr(code) if 0x20 <= code < 0x7F else ""
