"""The rows of an edited workbook, as they stand there: columns are known by their headings wherever they were moved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.export.duties import KEYS
from pipeline.rows import Row

_NEEDED = ("obligation_id", "mark")


class BadWorkbook(Exception):
    """The workbook cannot be read back; the message says why and what to do."""


class Line(NamedTuple):
    """A row of a sheet: its number there, the values under the keys of their columns, the letters of these columns."""

    sheet: str
    number: int
    values: Row
    letters: dict[str, str]

    def address(self, key: str | None = None) -> str:
        """``Nghĩa vụ!F12``; without a key that stands in the sheet, the row."""
        return f"{self.sheet}!{self.letters.get(key or '', '')}{self.number}"


def read_lines(path: Path) -> Iterator[Line]:
    """The rows of every sheet of obligations, empty ones left out.

    Raises ``BadWorkbook`` for a file that is no workbook or has no such sheet.
    """
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except OSError as error:
        raise BadWorkbook(f"Không đọc được {path} ({error.strerror or error}). Hãy kiểm tra lại đường dẫn.") from error
    except Exception as error:  # whatever a damaged file makes the library raise
        raise BadWorkbook(f"{path} không phải sổ Excel (.xlsx) đọc được. Hãy mở và lưu lại thành .xlsx.") from error
    try:
        yield from _all_lines(book, path)
    except BadWorkbook:
        raise
    except Exception as error:
        raise BadWorkbook(f"{path} bị hỏng ({type(error).__name__}). Hãy mở và lưu lại thành .xlsx.") from error
    finally:
        book.close()


def _all_lines(book: Any, path: Path) -> Iterator[Line]:
    found = False
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what other programs state may be too small
        for line in _lines(sheet):
            found = True
            if line is not None:
                yield line
    if not found:
        raise BadWorkbook(
            f"{path} không có trang “Nghĩa vụ” với hai cột ẩn “{_words('obligation_id')}”, “{_words('mark')}”. "
            "Hãy sửa trên tệp do `vanthu run` hoặc `vanthu query --format xlsx` ghi và giữ các cột ẩn."
        )


def _lines(sheet: Any) -> Iterator[Line | None]:
    """First ``None`` for a sheet of obligations, then its rows; nothing for another sheet."""
    rows = sheet.iter_rows(values_only=True)
    columns = {n: KEYS[str(word)] for n, word in enumerate(next(rows, ())) if word in KEYS}
    if not set(_NEEDED) <= set(columns.values()):
        return
    yield None
    letters = {key: _letter(n) for n, key in columns.items()}
    for number, row in enumerate(rows, 2):
        values = {key: row[n] if n < len(row) else None for n, key in columns.items()}
        if any(value not in (None, "") for key, value in values.items() if key != "n"):
            yield Line(sheet.title, number, values, letters)


def _letter(n: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(n + 1))


def _words(key: str) -> str:
    return next(word for word, one in KEYS.items() if one == key)
