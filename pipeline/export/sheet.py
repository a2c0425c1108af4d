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
_MARGIN = 2.0  # of a heading, for the button of its filter
# Letters of Times New Roman 11 to a unit of width, and what wrapping at words loses, measured on Vietnamese sentences.
_LETTERS_PER_WIDTH, _LOST = 1.4, 3.0
CUT = " … [cắt bớt cho vừa ô, xem tệp gốc]"


@dataclass(frozen=True, slots=True)
class ColumnStyle:
    """A column: the key of its value, its width in characters, whether it is printed; ``choices`` are the only values
    that may be chosen in it, ``days`` the only kind that may be typed, ``editable`` says so in its heading."""

    key: str
    width: float
    printed: bool = True
    centred: bool = False
    heading: str | None = None
    editable: bool = False
    hidden: bool = False
    choices: tuple[str, ...] = ()
    days: bool = False

    @property
    def words(self) -> str:
        """The heading."""
        return self.heading or HEADINGS[self.key]


@dataclass(frozen=True, slots=True)
class Rule:
    """Colours that come and go: a formula in which ``{key}`` is the cell of that column in the row, the name of the
    format in :class:`Styles`, and the key of the column coloured (``None``: the whole row)."""

    formula: str
    style: str
    column: str | None = None


@dataclass(frozen=True, slots=True)
class SheetStyle:
    """A sheet: its name, its columns, the title on paper if other than the name, its colours; ``numbered`` adds the
    line (1), (2) … that registers have under their headings."""

    name: str
    columns: Sequence[ColumnStyle]
    title: str | None = None
    rules: tuple[Rule, ...] = ()
    numbered: bool = False

    @property
    def first_row(self) -> int:
        """The first row, counted from 0, below the headings."""
        return 2 if self.numbered else 1


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads somewhere: ``internal:'Văn bản'!A5`` or ``external:../cv.pdf``."""

    target: str
    text: str | int


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
        heading = base | {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter"}
        self.book = book
        self.heading = book.add_format(heading | {"bg_color": "#DDE6F0"})
        self.editable = book.add_format(heading | {"bg_color": "#DDEFD9"})
        self.number = book.add_format(base | {"align": "center", "italic": True, "font_size": 9})
        self.text = book.add_format(base | {"text_wrap": True})
        self.centred = book.add_format(base | {"text_wrap": True, "align": "center"})
        self.date = book.add_format(base | {"num_format": "dd/mm/yyyy", "align": "center"})
        linked = base | {"text_wrap": True, "font_color": "#0B5394", "underline": 1}
        self.link = book.add_format(linked)
        self.centred_link = book.add_format(linked | {"align": "center"})
        self.overdue = book.add_format({"font_color": "#9C0006", "bg_color": "#FFC7CE", "bold": True})
        self.soon = book.add_format({"font_color": "#7F4F00", "bg_color": "#FFE699", "bold": True})
        self.closed = book.add_format({"font_color": "#7F7F7F"})
        self.doubtful = book.add_format({"bg_color": "#FFF9E3"})


def write_sheet(styles: Styles, style: SheetStyle, rows: Iterable[Row]) -> None:
    """Write ``rows`` to a sheet, and to others named *… (2)* and so on when one cannot hold them."""
    left, done, written = iter(rows), 0, MAX_ROWS
    while written == MAX_ROWS:
        sheet = styles.book.add_worksheet(f"{style.name} ({done // MAX_ROWS + 1})" if done else style.name)
        written = _Writer(sheet, styles, style).fill(islice(left, MAX_ROWS), done)
        last = style.first_row + max(written, 1) - 1
        _lay_out(sheet, style, last)
        _allow(sheet, style, last)
        _colour(sheet, styles, style, last)
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
    return text if len(text) <= _MAX_CELL else text[: _MAX_CELL - len(CUT)] + CUT


def page_link(source: str, page: int | None, folder: Path) -> Cell:
    """The number of a page, leading to it where the program that shows the file can open it there (PDF), else to the
    file."""
    if page is None:
        return ""
    link = file_link(source, "", folder)
    if not isinstance(link, Link):
        return page
    at = f"#page={page}" if link.target.lower().endswith(".pdf") else ""
    return Link(link.target + at, page)


def cell_of(value: Any) -> Cell:
    """A value of a row as it goes into the sheet: a list is one line each, ISO days are real dates."""
    if value is None or value == "" or value == []:  # most cells of a wide table
        return ""
    if isinstance(value, (Link, int, float, date)):  # a tuple is twice as fast as a union
        return value
    text = "\n".join(map(str, value)) if isinstance(value, list) else value
    return _excel_day(text) or cell_text(text)


class _Writer:
    """Fills one sheet, row after row (``constant_memory`` allows no way back)."""

    def __init__(self, sheet: Worksheet, styles: Styles, style: SheetStyle) -> None:
        self.sheet, self.styles, self.style, self.links = sheet, styles, style, 0

    def fill(self, rows: Iterable[Row], before: int) -> int:
        """Write the headings and ``rows``, numbered on from ``before``; how many rows there were."""
        columns, first = self.style.columns, self.style.first_row
        self._head()
        plain = [self.styles.centred if column.centred else self.styles.text for column in columns]
        n = 0
        for n, row in enumerate(rows, 1):
            values = [before + n if column.key == "n" else cell_of(row[column.key]) for column in columns]
            self.sheet.set_row(first + n - 1, self._height(values))
            for at, value in enumerate(values):
                self._write(first + n - 1, at, value, plain[at])
            self._forget(first + n - 2)
        return n

    def _forget(self, written: int) -> None:
        """Let go of the height of a row on the disk: the library keeps it to place pictures, 28 MB in 100,000."""
        for kept in (self.sheet.row_info, self.sheet.row_sizes):
            kept.pop(written, None)

    def _head(self) -> None:
        words = [column.words for column in self.style.columns]
        lines = [
            min(_wrapped_lines(text, column.width - _MARGIN), len(text.split()))
            for text, column in zip(words, self.style.columns, strict=True)
            if column.printed
        ]
        self.sheet.set_row(0, _LINE_HEIGHT * max(2, *lines) + 4)
        for at, column in enumerate(self.style.columns):
            self.sheet.set_column(at, at, column.width, None, {"hidden": column.hidden})
            self.sheet.write_string(0, at, words[at], self.styles.editable if column.editable else self.styles.heading)
        for at in range(len(words) if self.style.numbered else 0):
            self.sheet.write_string(1, at, f"({at + 1})", self.styles.number)

    def _height(self, values: list[Cell]) -> float:
        """The height that shows all text to be printed: no program works it out for a file it did not write itself."""
        texts = (value.text if isinstance(value, Link) else value for value in values)
        lines = (
            _wrapped_lines(text, column.width)
            for text, column in zip(texts, self.style.columns, strict=True)
            if column.printed and isinstance(text, str)
        )
        return min(_MAX_HEIGHT, _LINE_HEIGHT * max(lines, default=1) + 1)

    def _write(self, at_row: int, at: int, value: Cell, style: Format) -> None:
        if isinstance(value, str):
            if value:
                self.sheet.write_string(at_row, at, value, style)
            else:
                self.sheet.write_blank(at_row, at, None, style)
        elif isinstance(value, Link):
            self._write_link(at_row, at, value)
        elif isinstance(value, date):
            self.sheet.write_datetime(at_row, at, value, self.styles.date)
        else:
            self.sheet.write_number(at_row, at, value, style)

    def _write_link(self, at_row: int, at: int, link: Link) -> None:
        self.links += 1
        number = isinstance(link.text, int)
        text = cell_text(str(link.text))
        linked, style = self.links <= _MAX_LINKS, self.styles.centred if number else self.styles.text
        if linked:
            style = self.styles.centred_link if number else self.styles.link
            self.sheet.write_url(at_row, at, link.target, style, text)
        if number:
            self.sheet.write_number(at_row, at, link.text, style)  # over the text: the link stays
        elif not linked:
            self.sheet.write_string(at_row, at, text, style)


def row_height(text: str, width: float) -> float:
    """The height in points of a row whose longest cell holds ``text`` in a column of that width."""
    return min(_MAX_HEIGHT, _LINE_HEIGHT * _wrapped_lines(text, width) + 1)


def _wrapped_lines(text: str, width: float) -> int:
    """How many lines a text takes in a column."""
    total, room = 0, max(1.0, width * _LETTERS_PER_WIDTH - _LOST)
    for line in text.split("\n"):
        letters = len(line)
        if letters * (1 + _CAPITAL) > room:  # else it fits even in capitals
            letters += int(_CAPITAL * sum(map(str.isupper, line)))
        total += 1 + int(letters / room)
    return total


def _excel_day(value: str) -> date | None:
    """A whole ISO date that Excel's calendar, which begins in 1900, can hold."""
    try:
        day = date.fromisoformat(value) if len(value) == 10 else None
    except ValueError:
        return None
    return day if day and day.year > 1900 else None


def _lay_out(sheet: Worksheet, style: SheetStyle, last: int) -> None:
    columns, title = style.columns, style.title or style.name
    sheet.freeze_panes(style.first_row, 2)
    sheet.autofilter(style.first_row - 1, 0, last, len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.5, right=0.4, top=0.7, bottom=0.6)
    sheet.repeat_rows(0, style.first_row - 1)
    sheet.print_area(0, 0, last, sum(column.printed for column in columns) - 1)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f'&C&"Times New Roman,Bold"&13{title.upper()}')
    sheet.set_footer('&L&"Times New Roman"&9&F&R&"Times New Roman"&9Trang &P/&N')


def _allow(sheet: Worksheet, style: SheetStyle, last: int) -> None:
    """Let cells take only what their column takes, chosen from a list or typed as a day."""
    for at, column in enumerate(style.columns):
        if column.choices:
            rule: dict[str, Any] = {"validate": "list", "source": list(column.choices)}
            words = "Chọn một giá trị trong danh sách."
        elif column.days:
            rule = {"validate": "date", "criteria": ">=", "value": date(1901, 1, 1)}
            words = "Ghi ngày theo dạng ngày/tháng/năm, ví dụ 30/06/2026."
        else:
            continue
        message = {"error_title": column.words[:32], "error_message": words}
        sheet.data_validation(style.first_row, at, last, at, rule | message)


def _colour(sheet: Worksheet, styles: Styles, style: SheetStyle, last: int) -> None:
    """The colours of the sheet, on the day and with the values that it has when it is looked at."""
    at = {column.key: n for n, column in enumerate(style.columns)}
    cells = {key: f"${xl_col_to_name(n)}{style.first_row + 1}" for key, n in at.items()}
    for rule in style.rules:
        first, end = (at[rule.column],) * 2 if rule.column else (0, len(style.columns) - 1)
        shown = {"type": "formula", "criteria": rule.formula.format(**cells), "format": getattr(styles, rule.style)}
        sheet.conditional_format(style.first_row, first, last, end, shown | {"stop_if_true": bool(rule.column)})
