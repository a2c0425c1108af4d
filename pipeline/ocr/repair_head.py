"""Number and day of a scan. They are often written by hand: what the engine makes of that is no number.

Formats: Nghị định 30/2020/NĐ-CP, Phụ lục I, boxes 3 (``Số: 15/CT-UBND``) and 4 (``Hà Nội, ngày 05 tháng 01 năm 2021``).
"""

from __future__ import annotations

import re

from extractors.fold import fold
from extractors.letters import LOWER, UPPER
from extractors.lexicon import table
from extractors.raw import Line
from pipeline.ocr.mending import SURE, Mending, sureness

_TOKEN = rf"[{UPPER}][{UPPER}{LOWER}&.\d]*"
_NUMBER = re.compile(
    rf"^\W{{0,3}}(?:(?P<label>[Ss5][ốôóòồoỗổộÓÔỐÒO0ó6]{{1,2}})\s*[:;.,]?|(?=\d{{1,5}}\s?/))\s*(?P<number>.{{0,14}}?)\s*(?P<slash>[/⁄\\|]?)\s*"
    rf"(?P<symbol>(?:\d{{4}}\s?/\s?)?(?=[{UPPER}]{{2}}){_TOKEN}(?:\s?[-–—/]\s?{_TOKEN})*)\W*$"
)
_PRINTED = re.compile(r"\d{1,5}[a-zđ]?")
_DATELINE = re.compile(
    rf"^\W{{0,3}}(?P<place>[{UPPER}][^\d,]{{1,40}}?)\s?[,.;]\s*ng[àaáâ]?y?(?P<day>.{{0,10}}?)\s*t[hl]?[áaàâ]ng(?P<month>.{{0,8}}?)\s*"
    r"n[ăáâaà]m\s*(?P<year>(?:19|20)\d\d)\W*$"
)
_UNREAD_NUMBER = "Số văn bản viết tay hoặc in không rõ (máy đọc là “{}”): để trống, hãy nhập theo bản gốc"
_UNREAD_DAY = "Ngày ban hành có phần viết tay hoặc in không rõ (máy đọc là “{}”): chỉ ghi phần đọc được"
_PLACE = "Nơi ban hành “{}” trên ảnh quét đã hiểu là “{}”"
_BLANK = "…"
#: Shorter names of provinces have neighbours.
_TELLING = 7


def repair_number(line: Line) -> Mending | None:
    """*Số, ký hiệu* with a blank where the number is not surely read."""
    found = _NUMBER.match(line.text)
    if not found or not (found["slash"] or "-" in found["symbol"] or found["symbol"].isupper()):
        return None
    symbol = re.sub(r"\s+", "", found["symbol"])
    if not found["slash"] and not found["number"]:
        return None
    number = re.sub(r"[\s._…]+", "", found["number"])
    if _PRINTED.fullmatch(number) and sureness(line, *found.span("number")) >= SURE:
        return Mending(f"Số: {number}/{symbol}", None)
    read = f"{found['number'].strip()}{found['slash']}{symbol}"
    return Mending(f"Số: /{symbol}", _UNREAD_NUMBER.format(read))


def repair_dateline(line: Line) -> Mending | None:
    """Place and date with a blank where the day or the month is not surely read."""
    found = _DATELINE.match(line.text)
    if not found:
        return None
    day = _part(line, found, "day", 31)
    month = _part(line, found, "month", 12)
    place = _province(found["place"].strip())
    text = f"{place}, ngày {day} tháng {month} năm {found['year']}"
    if _BLANK in (day, month):
        return Mending(text, _UNREAD_DAY.format(line.text.strip()))
    return Mending(text, None if place == found["place"].strip() else _PLACE.format(found["place"].strip(), place))


def _province(place: str) -> str:
    """The place, with the name of the only province that differs from it by a letter, and *Thành phố* spelt so."""
    if fold(place).startswith("thanh pho "):
        place = f"Thành phố {place[10:]}"
    names = [row["name"] for row in table("provinces")]
    near = {name for name in names if _ends_alike(fold(place), fold(name))}
    if len(near) != 1 or any(fold(place).endswith(fold(name)) for name in names):
        return place
    name = near.pop()
    return f"{place[: len(place) - len(name)]}{name}"


def _ends_alike(place: str, name: str) -> bool:
    """True when a place ends with the words of a name, one letter of them another."""
    before, tail = place[: -len(name)], place[-len(name) :]
    if len(name) < _TELLING or len(tail) < len(name) or before[-1:].isalpha():
        return False
    return sum(a != b for a, b in zip(tail, name, strict=True)) == 1


def _part(line: Line, found: re.Match[str], name: str, most: int) -> str:
    """Day or month as printed, if it is surely read and possible."""
    digits = found[name].strip(" ._…")
    if not re.fullmatch(r"\d{1,2}", digits) or not 1 <= int(digits) <= most:
        return _BLANK
    return digits if sureness(line, *found.span(name)) >= SURE else _BLANK
