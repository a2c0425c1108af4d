"""How a table becomes a sheet that an office reads and prints: headings that stay in sight and on every page, a filter,
real dates, wrapped text, A4 landscape one page wide. Nothing is dropped: what Excel forbids is shown in another way."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from extractors.confidence import DOUBTFUL
from pipeline.containers import holder
from pipeline.export.characters import shown
from pipeline.export.labels import HEADINGS
from pipeline.rows import Row

MAX_ROWS = 1_000_000  # of a sheet; Excel takes 1,048,576
_MAX_LINKS = 65_000  # of a sheet; XlsxWriter drops the value of any link past 65,530
_MAX_LINK = 2_000
_MAX_CELL = 32_767
_MAX_HEIGHT, _LINE_HEIGHT = 409.0, 15.0  # in points
_CAPITAL = 0.4  # how much wider than a small letter
_LETTERS_PER_WIDTH = 1.25  # of Times New Roman 11, measured on Vietnamese sentences
_CUT = " … [cắt bớt cho vừa ô, xem tệp gốc]"


@dataclass(frozen=True, slots=True)
class ColumnStyle:
    """A column: the key of its value and heading, its width in characters, and whether it is printed."""

    key: str
    width: float
    printed: bool = True
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads somewhere: ``internal:'Văn bản'!A5`` or ``external:../cv.pdf``."""

    target: str
    text: str


Cell = Link | date | str | int | float


class Styles:
    """The cell formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        base = {
            "font_name": "Times New Roman",
            "font_size": 11,
            "valign": "top",
            "border": 1,
            "border_color": "#BFBFBF",
        }
        self.book = book
        self.heading = book.add_format(
            base | {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "bg_color": "#DDE6F0"}
        )
        self.text = book.add_format(base | {"text_wrap": True})
        self.centred = book.add_format(base | {"text_wrap": True, "align": "center"})
        self.date = book.add_format(base | {"num_format": "dd/mm/yyyy", "align": "center"})
        self.link = book.add_format(base | {"text_wrap": True, "font_color": "#0B5394", "underline": 1})
        self.overdue = book.add_format({"font_color": "#B00020"})
        self.doubtful = book.add_format({"bg_color": "#FFF4CC"})
        self.soon = book.add_format({"font_color": "#9C5700", "bold": True})


def write_sheet(styles: Styles, title: str, columns: Sequence[ColumnStyle], rows: Iterable[Row]) -> None:
    """Write ``rows`` to the sheet ``title``, and to *title (2)* and so on when one sheet cannot hold them."""
    left, done, written = iter(rows), 0, MAX_ROWS
    while written == MAX_ROWS:
        sheet = styles.book.add_worksheet(f"{title} ({done // MAX_ROWS + 1})" if done else title)
        written = _Writer(sheet, styles, columns).fill(islice(left, MAX_ROWS), done)
        _lay_out(sheet, title, columns, written)
        _colour_due_days(sheet, styles, columns, written)
        _shade_doubtful(sheet, styles, columns, written)
        done += written


def file_link(source: str, name: str, folder: Path) -> Link | str:
    """A link from a workbook in ``folder`` to the file ``source``; plain text where Excel cannot name the file.

    The link is relative: it holds when the files and the results move together. For a file in an archive or a mail it
    leads there.
    """
    try:
        target = Path(os.path.relpath(holder(source), folder)).as_posix()
    except ValueError:  # another drive
        return name
    return name if "#" in target or len(target) > _MAX_LINK else Link(f"external:{target}", name)


def cell_text(value: str) -> str:
    """``value`` as Excel takes it: table cells parted by a bar, what is too long cut visibly."""
    text = shown(value).replace("\t", " | ")
    return text if len(text) <= _MAX_CELL else text[: _MAX_CELL - len(_CUT)] + _CUT


class _Writer:
    """Fills one sheet, row after row (``constant_memory`` allows no way back)."""

    def __init__(self, sheet: Worksheet, styles: Styles, columns: Sequence[ColumnStyle]) -> None:
        self.sheet, self.styles, self.columns, self.links = sheet, styles, columns, 0

    def fill(self, rows: Iterable[Row], before: int) -> int:
        """Write the headings and ``rows``, numbered on from ``before``; how many rows there were."""
        self.sheet.set_row(0, 33)
        for at, column in enumerate(self.columns):
            self.sheet.set_column(at, at, column.width)
            self.sheet.write_string(0, at, HEADINGS[column.key], self.styles.heading)
        n = 0
        for n, row in enumerate(rows, 1):
            values = [before + n if column.key == "n" else _cell(row[column.key]) for column in self.columns]
            self.sheet.set_row(n, self._height(values))
            for at, (column, value) in enumerate(zip(self.columns, values, strict=True)):
                self._write(n, at, value, self.styles.centred if column.centred else self.styles.text)
        return n

    def _height(self, values: list[Cell]) -> float:
        """The height that shows all text to be printed: no program works it out for a file it did not write itself."""
        texts = (value.text if isinstance(value, Link) else value for value in values)
        lines = (
            _wrapped_lines(text, column.width)
            for text, column in zip(texts, self.columns, strict=True)
            if isinstance(text, str) and column.printed
        )
        return min(_MAX_HEIGHT, _LINE_HEIGHT * max(lines, default=1) + 1)

    def _write(self, at_row: int, at: int, value: Cell, style: Format) -> None:
        if isinstance(value, Link):
            self._write_link(at_row, at, value)
        elif isinstance(value, date):
            self.sheet.write_datetime(at_row, at, value, self.styles.date)
        elif value == "":
            self.sheet.write_blank(at_row, at, None, style)
        elif isinstance(value, str):
            self.sheet.write_string(at_row, at, value, style)
        else:
            self.sheet.write_number(at_row, at, value, style)

    def _write_link(self, at_row: int, at: int, link: Link) -> None:
        text = cell_text(link.text)
        self.links += 1
        if self.links > _MAX_LINKS:
            self.sheet.write_string(at_row, at, text, self.styles.text)
        else:
            self.sheet.write_url(at_row, at, link.target, self.styles.link, text)


def _cell(value: Any) -> Cell:
    """A value of a row as it goes into the sheet: a list is one line each, ISO days are real dates."""
    if isinstance(value, Link | int | float):
        return value
    text = "\n".join(map(str, value)) if isinstance(value, list) else value or ""
    return _excel_day(text) or cell_text(text)


def _wrapped_lines(text: str, width: float) -> int:
    """How many lines a text takes in a column."""
    lines = (len(line) + _CAPITAL * sum(map(str.isupper, line)) for line in text.split("\n"))
    return sum(1 + int(letters / (width * _LETTERS_PER_WIDTH)) for letters in lines)


def _excel_day(value: str) -> date | None:
    """A whole ISO date that Excel's calendar, which begins in 1900, can hold."""
    try:
        day = date.fromisoformat(value) if len(value) == 10 else None
    except ValueError:
        return None
    return day if day and day.year > 1900 else None


def _lay_out(sheet: Worksheet, title: str, columns: Sequence[ColumnStyle], rows: int) -> None:
    last = len(columns) - 1
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(rows, 1), last)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.5, right=0.4, top=0.7, bottom=0.6)
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, max(rows, 1), sum(column.printed for column in columns) - 1)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f'&C&"Times New Roman,Bold"&13{title.upper()}')
    sheet.set_footer('&L&"Times New Roman"&9&F&R&"Times New Roman"&9Trang &P/&N')


def _colour_due_days(sheet: Worksheet, styles: Styles, columns: Sequence[ColumnStyle], rows: int) -> None:
    """Days that have passed are red, those of the coming week brown, on the day the workbook is looked at."""
    at = next((at for at, column in enumerate(columns) if column.key == "due"), None)
    if at is None or not rows:
        return
    for criteria, value, style in (("<", "TODAY()", styles.overdue), ("<=", "TODAY()+7", styles.soon)):
        rule = {"type": "cell", "criteria": criteria, "value": value, "format": style, "stop_if_true": True}
        sheet.conditional_format(1, at, rows, at, rule)


def _shade_doubtful(sheet: Worksheet, styles: Styles, columns: Sequence[ColumnStyle], rows: int) -> None:
    """Rows of little confidence are shaded, so that they stand out on paper too."""
    at = next((at for at, column in enumerate(columns) if column.key == "confidence"), None)
    if at is None or not rows:
        return
    rule = {"type": "formula", "criteria": f"=${xl_col_to_name(at)}2<{DOUBTFUL}", "format": styles.doubtful}
    sheet.conditional_format(1, 0, rows, len(columns) - 1, rule)
