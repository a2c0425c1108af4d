"""Tesseract: whether it is there, and the words it reads in a picture.

It runs as a program of its own, so that a picture that breaks it costs a page and no more. One thread each: its own
threads make a page four times as slow, and a batch already has a process for every core.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from typing import Any

from PIL import Image

INSTALL = "sudo apt-get install tesseract-ocr tesseract-ocr-vie"
_MISSING = (
    "Trang là ảnh quét, cần nhận dạng chữ nhưng máy chưa có Tesseract với tiếng Việt: "
    f"hãy cài bằng lệnh `{INSTALL}` rồi chạy lại"
)
_FAILED = "Trang là ảnh quét, nhận dạng chữ không thành công: hãy xem lại trang này trong bản gốc"
_TOO_LONG = "Trang là ảnh quét, nhận dạng chữ quá lâu nên đã bỏ qua: hãy xem lại trang này trong bản gốc"
_LANGUAGE = "vie"
#: Seconds for one page; a usual one takes two to five.
_PATIENCE = 180


class OcrError(Exception):
    """A picture could not be recognised; the message is for a clerk."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A word in a picture: its box in pixels, origin at the top left, how sure (0 to 100), and its line's number."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    sure: int
    line: int


def read_words(picture: Image.Image, dpi: int) -> list[Seen]:
    """The words of a grey, level, upright page. Raises :class:`OcrError`."""
    return _words(picture, f"--psm 3 --dpi {dpi}")


def read_column(picture: Image.Image, dpi: int) -> list[Seen]:
    """The words of a part of a page that is one column of lines. Raises :class:`OcrError`."""
    return _words(picture, f"--psm 6 --dpi {dpi}")


def _words(picture: Image.Image, config: str) -> list[Seen]:
    import pytesseract

    require()
    found = _run(pytesseract.image_to_data, picture, config)
    lines: dict[tuple[int, int, int], int] = {}
    out: list[Seen] = []
    places = zip(found["block_num"], found["par_num"], found["line_num"], strict=True)
    for index, place in enumerate(places):
        text, sure = found["text"][index].strip(), round(float(found["conf"][index]))
        if text.strip("|¦") and sure >= 0:  # what is left of a rule
            left, top = found["left"][index], found["top"][index]
            right, bottom = left + found["width"][index], top + found["height"][index]
            out.append(Seen(text, left, top, right, bottom, sure, lines.setdefault(place, len(lines))))
    return out


def quarter_turns(picture: Image.Image) -> int:
    """How many quarter turns clockwise put a picture upright; 0 when it has too little text to tell."""
    import pytesseract

    require()
    try:
        found = _run(pytesseract.image_to_osd, picture, "--psm 0")
    except OcrError:
        return 0
    return int(found["rotate"]) // 90 % 4 if float(found["orientation_conf"]) > 1 else 0


def require() -> None:
    """Raise :class:`OcrError` with the install command when Tesseract or its Vietnamese is missing."""
    if version() is None:
        raise OcrError(_MISSING)


@cache
def version() -> str | None:
    """The version of Tesseract; ``None`` without it or without its Vietnamese."""
    import pytesseract

    os.environ["OMP_THREAD_LIMIT"] = "1"
    try:
        return str(pytesseract.get_tesseract_version()) if _LANGUAGE in pytesseract.get_languages("") else None
    except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError, OSError, SystemExit):
        return None


def _run(read: Any, picture: Image.Image, config: str) -> dict[str, Any]:
    import pytesseract

    language = "osd" if "--psm 0" in config else _LANGUAGE
    try:
        found: dict[str, Any] = read(
            picture, lang=language, config=config, output_type=pytesseract.Output.DICT, timeout=_PATIENCE
        )
    except pytesseract.TesseractError as error:
        raise OcrError(_FAILED) from error
    except RuntimeError as error:  # how pytesseract says that time is up
        raise OcrError(_TOO_LONG) from error
    except OSError as error:
        raise OcrError(_FAILED) from error
    return found
