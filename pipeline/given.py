"""Tables that an office hands over: its register of received documents, its own days off. CSV files, as its office
program saves them, whose headings are known by their Vietnamese words."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from extractors.fold import fold
from extractors.lexicon import key
from pipeline.days import read_day

#: Found beside the folder that is read (in the folder above it), the first that is there.
CALENDARS = ("lich-nghi.csv", "lich-nghi.toml")
_RECEIVED = ("Ngày đến",)
_CODE = ("Số, ký hiệu văn bản", "Số, ký hiệu", "Số ký hiệu", "Số và ký hiệu", "Số, ký hiệu VB")
_DATE = ("Ngày tháng văn bản", "Ngày, tháng văn bản", "Ngày văn bản", "Ngày tháng", "Ngày ban hành")
_DAY = ("Ngày",)
_WORKING = ("Làm việc",)
_YES, _NO = {"co", "yes", "lam", "x", "1"}, {"khong", "no", "nghi", "0"}


class UnusableTable(Exception):
    """A table that was named cannot be used; the message says why and what to do."""


class Receipt(NamedTuple):
    """A line of the register of received documents (*Sổ đăng ký văn bản đến*, Nghị định 30/2020/NĐ-CP, Phụ lục IV):
    the day of receipt, the number as compared, and the day of the document, if given."""

    received: date
    code: str
    date: date | None


def code_key(code: str) -> str:
    """A number and symbol as they are compared: without spaces, marks, case and leading zeros."""
    return fold("".join(code.split()).replace("–", "-")).lstrip("0")


def read_register(path: Path) -> tuple[Receipt, ...]:
    """The lines of a register that name a document and a day of receipt.

    Raises ``UnusableTable`` when the file is no CSV with the columns *Ngày đến* and *Số, ký hiệu văn bản*.
    """
    found = []
    for received, code, day in _columns(path, (_RECEIVED, _CODE), _DATE):
        if (arrived := read_day(received)) and code.strip():
            found.append(Receipt(arrived, code_key(code), read_day(day)))
    return tuple(found)


def calendar_beside(paths: Sequence[Path]) -> Path | None:
    """The calendar of the office that lies beside one of ``paths``, if any."""
    places = dict.fromkeys(path.absolute().parent for path in paths)
    return next((file for place in places for name in CALENDARS if (file := place / name).is_file()), None)


def read_days_off(path: Path) -> dict[date, bool]:
    """Which days are worked (``True``) or off (``False``) in an office, against the rule.

    A CSV file has the columns *Ngày* and *Làm việc* (có, không); a TOML file the lists ``nghi`` and ``lam_bu``. Raises
    ``UnusableTable`` for anything else, also for a line that is no day: a day overlooked is a deadline missed.
    """
    if path.suffix.lower() == ".toml":
        return _from_toml(path)
    found: dict[date, bool] = {}
    for number, (day, working, _) in enumerate(_columns(path, (_DAY, _WORKING), ()), 1):
        read, answer = read_day(day), key(working)
        if read is None or answer not in _YES | _NO:
            raise UnusableTable(
                f"{path}: dòng dữ liệu {number} không đọc được. Hãy ghi ngày (05/4/2026) và “có” hoặc “không”."
            )
        found[read] = answer in _YES
    return found


def _from_toml(path: Path) -> dict[date, bool]:
    try:
        lists = tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError:
        lists = {}
    days = [(_toml_day(day), name == "lam_bu") for name in ("nghi", "lam_bu") for day in lists.get(name) or ()]
    if not days or any(day is None for day, _ in days):
        raise UnusableTable(f"{path} cần có danh sách ngày `nghi` hoặc `lam_bu`, ví dụ: nghi = [2026-01-02].")
    return {day: working for day, working in days if day}


def _toml_day(value: Any) -> date | None:
    return read_day(value) if isinstance(value, str) else value if type(value) is date else None


def _columns(
    path: Path, needed: tuple[tuple[str, ...], tuple[str, ...]], extra: tuple[str, ...]
) -> Iterator[tuple[str, str, str]]:
    """The two needed columns and the extra one (empty where there is none), under the row that holds their headings."""
    rows = _rows(path)
    for row in rows:
        places = {key(cell): at for at, cell in reversed(list(enumerate(row)))}
        first, second, third = (_place(places, names) for names in (*needed, extra))
        if first is None or second is None:
            continue
        for cells in rows:
            if any(cell.strip() for cell in cells):
                padded = [*cells, *[""] * (len(row) - len(cells))]
                yield padded[first], padded[second], "" if third is None else padded[third]
        return
    raise UnusableTable(f"{path} không có cột “{needed[0][0]}” và “{needed[1][0]}”. Hãy thêm dòng tiêu đề cột.")


def _place(places: Mapping[str, int], names: tuple[str, ...]) -> int | None:
    return next((places[key(name)] for name in names if key(name) in places), None)


def _rows(path: Path) -> Iterator[list[str]]:
    text = _text(path)
    try:
        dialect: Any = csv.Sniffer().sniff(text[:4000], delimiters=",;\t")
    except csv.Error:
        dialect = csv.excel
    try:
        yield from csv.reader(text.splitlines(), dialect)
    except csv.Error as error:
        raise UnusableTable(f"{path} không phải bảng CSV. Hãy lưu lại dưới dạng CSV UTF-8.") from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnusableTable(f"Không đọc được {path}. Hãy kiểm tra đường dẫn và lưu tệp dưới dạng UTF-8.") from error
