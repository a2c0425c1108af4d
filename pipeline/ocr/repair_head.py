"""Number and day of a scan. They are often written by hand: what the engine makes of that is no number.

Formats: Nghị định 30/2020/NĐ-CP, Phụ lục I, boxes 3 (``Số: 15/CT-UBND``) and 4 (``Hà Nội, ngày 05 tháng 01 năm 2021``).
"""

from __future__ import annotations

import re

from extractors.letters import LOWER, UPPER
from extractors.model import Line
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
_BLANK = "…"


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
    text = f"{found['place'].strip()}, ngày {day} tháng {month} năm {found['year']}"
    unread = _BLANK in (day, month)
    return Mending(text, _UNREAD_DAY.format(line.text.strip()) if unread else None)


def _part(line: Line, found: re.Match[str], name: str, most: int) -> str:
    """Day or month as printed, if it is surely read and possible."""
    digits = found[name].strip(" ._…")
    if not re.fullmatch(r"\d{1,2}", digits) or not 1 <= int(digits) <= most:
        return _BLANK
    return digits if sureness(line, *found.span(name)) >= SURE else _BLANK
