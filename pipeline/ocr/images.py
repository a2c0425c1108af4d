"""Pictures of pages made fit for recognition: one channel without the red of stamps, upright, its lines level.

A stamp or seal (Nghị định 30/2020/NĐ-CP, Phụ lục I, box 8: red) is as bright as paper in the red channel, so that the
text under it can be read; blue ink stays dark there, and with it numbers and days written by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2 as pdfium
from PIL import Image

from extractors.raw import Box

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Pixels an inch at which pages are recognised: see DECISIONS.md for the measurement.
DPI = 300
#: A page larger than this many pixels (A3 at 300 dpi is 17 million) is rendered smaller: memory is bounded.
_MOST_PIXELS = 40_000_000
_DARK = 128
#: From this share of the brightness of the paper on, a point is paper, or a red stamp on it.
_PAPER = 0.8
#: An inch at 300 dpi: no letter of a document is as long, a rule under a heading is.
_RULE = 300
#: Width of the grey edge of a rule that goes with it, on both sides together.
_FRINGE = 5
_LEVEL = 0.15
_SPECKS = 0.0003
_STEEPEST = 6.0
_SMALL = 1000


def render(page: pdfium.PdfPage) -> tuple[Image.Image, float]:
    """A page, without form fields and the stamps of signatures, as a grey picture without red, and its pixels per
    point."""
    width, height = page.get_size()
    scale = min(DPI / 72, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
    return without_red(page.render(scale=scale, draw_annots=False, may_draw_forms=False).to_pil()), scale


def fitted(picture: Image.Image, dpi: float) -> tuple[Image.Image, float]:
    """A picture of a page with ``dpi`` pixels an inch, brought to ``DPI``: grey, without red, and its pixels per
    point."""
    grey = without_red(picture)
    scale = min(DPI / dpi, (_MOST_PIXELS / max(picture.width * picture.height, 1)) ** 0.5)
    if not 0.9 < scale < 1.1:
        size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
        grey = grey.resize(size, Image.Resampling.LANCZOS)
        dpi *= scale
    return grey, dpi / 72


def without_red(picture: Image.Image) -> Image.Image:
    """The red channel of a picture, with what is nearly as bright as its paper made white; a grey one as it is."""
    if picture.mode in ("1", "L", "I", "I;16", "F"):
        return picture.convert("L")
    red = picture.convert("RGB").getchannel("R")
    paper = float(np.median(np.asarray(red.reduce(8))))
    white = max(_PAPER * paper, 1.0)
    return red.point([min(255, round(level * 255 / white)) for level in range(256)])


def without_boxes(picture: Image.Image, boxes: Sequence[Box], scale: float) -> Image.Image:
    """A picture with paper over these boxes (in points): what stands there is known already."""
    covered = picture.copy()
    for x0, top, x1, bottom in boxes:
        covered.paste(255, (round(x0 * scale), round(top * scale), round(x1 * scale) + 1, round(bottom * scale) + 1))
    return covered


def without_rules(picture: Image.Image) -> Image.Image:
    """A grey picture without what is longer than any letter: rules of tables, underlines, black edges and the lines
    that dust leaves in a scanner."""
    import cv2

    grey = np.array(picture)
    dark = (grey < _DARK).astype(np.uint8)
    for size in ((1, _RULE), (_RULE, 1)):
        rules = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones(size, np.uint8))
        grey[cv2.dilate(rules, np.ones((_FRINGE, _FRINGE), np.uint8)) > 0] = 255
    return Image.fromarray(grey)


def is_blank(picture: Image.Image) -> bool:
    """True for a sheet with nothing but specks of dust on it."""
    return bool((np.asarray(picture.reduce(4)) < _DARK).mean() < _SPECKS)


def levelled(picture: Image.Image, angle: float) -> Image.Image:
    """A grey picture turned counterclockwise by ``angle`` degrees, in its own size; hardly slanted ones as they are."""
    import cv2

    if abs(angle) < _LEVEL:
        return picture
    width, height = picture.size
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    grey = cv2.warpAffine(np.asarray(picture), turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    return Image.fromarray(grey)


def skew(picture: Image.Image) -> float:
    """By how many degrees counterclockwise a grey picture must be turned to level its lines, within ±6.

    The right angle is that at which the dark points of a page fall into the sharpest rows.
    """
    small = picture.copy()
    small.thumbnail((_SMALL, _SMALL * 2), Image.Resampling.BOX)
    grey = np.asarray(small)
    rows, columns = np.nonzero(grey < min(160, int(np.median(grey)) - 40))
    if not 500 < rows.size < grey.size * 0.3:
        return 0.0
    best = 0.0
    for step, reach in ((0.5, _STEEPEST), (0.1, 0.4)):
        angles = best + np.arange(-reach, reach + step / 2, step)
        best = float(max(angles, key=lambda angle: _sharpness(rows, columns, float(angle))))
    return round(best, 2)


def _sharpness(rows: NDArray[np.intp], columns: NDArray[np.intp], angle: float) -> float:
    levels = rows - columns * np.tan(np.radians(angle))
    counts = np.bincount((levels - levels.min()).astype(np.intp))
    return float(np.square(np.diff(counts.astype(np.float64))).sum())
