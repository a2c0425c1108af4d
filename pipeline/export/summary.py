"""The summary sheet of the workbook: who has how much to do, what is late, and how much falls due in which month."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from xlsxwriter.worksheet import Worksheet

from pipeline.export.sheet import Styles, cell_text, row_height
from pipeline.folding import name_key
from pipeline.rows import Row
from pipeline.upcoming import iso_day

SUMMARY = "Tổng hợp"
NO_UNIT = "(chưa rõ đơn vị)"
_SOON = 7
_CHARTED = 12  # units in the chart
#: Each duty is one of these.
OVERDUE, SOON, LATER, NO_DAY, DONE, OUT = range(6)
_STATES = ("Quá hạn", f"Đến hạn trong {_SOON} ngày", "Còn hạn", "Không có ngày cụ thể", "Xong", "Không áp dụng")
_ALL = "Tất cả"
_COLOURS = ("#C00000", "#F4B183", "#5B9BD5", "#BFBFBF", "#70AD47")
_FONT = {"name": "Times New Roman", "size": 9}
_LAST_MONTHS = 24  # in the chart
_UNIT, _MONTH = 0, 9  # the first columns of the two tables
_NAME_WIDTH = 44
_TOP = 23  # the row of their headings, below the charts
_NOTE = (
    "Chỉ tính việc phải làm. Việc giao cho nhiều đơn vị được tính cho từng đơn vị; dòng “Tất cả” tính mỗi việc "
    "một lần. Ở trang “Nghĩa vụ”, cột có tiêu đề nền xanh lá là cột sửa được; "
    "ghi lại vào cơ sở dữ liệu: vanthu import TỆP.xlsx"
)


@dataclass(slots=True)
class Summary:
    """Counts of the duties that pass through :meth:`counting`, as on ``today``."""

    today: date
    all: Counter[int] = field(default_factory=Counter)
    units: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    months: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    names: dict[str, str] = field(default_factory=dict)

    def counting(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The same rows, counted on their way."""
        for row in rows:
            if row["kind"] == "obligation":
                self._count(row)
            yield row

    def _count(self, row: Row) -> None:
        state, day = self._state(row), iso_day(row["due"])
        self.all[state] += 1
        for name in dict.fromkeys(row["actors"] or [NO_UNIT]):
            key = name_key(name)
            self.names.setdefault(key, name)
            self.units[key][state] += 1
        if day and not row["recurrence"]:
            self.months[f"{day:%Y-%m}"][state] += 1

    def _state(self, row: Row) -> int:
        if row["status"] in {"done", "not_applicable"}:
            return DONE if row["status"] == "done" else OUT
        day = iso_day(row["due"])
        if day is None or row["recurrence"]:
            return NO_DAY
        if day < self.today:
            return OVERDUE
        return SOON if day <= self.today + timedelta(days=_SOON) else LATER

    def by_unit(self) -> list[tuple[str, Counter[int]]]:
        """The units, those with most duties first."""
        order = sorted(self.units.items(), key=lambda pair: (-pair[1].total(), self.names[pair[0]]))
        return [(self.names[key], counts) for key, counts in order]

    def by_month(self) -> list[tuple[str, Counter[int]]]:
        """The months in which duties fall due, in order."""
        return [(f"{month[5:]}/{month[:4]}", counts) for month, counts in sorted(self.months.items())]


def write_summary(styles: Styles, summary: Summary) -> None:
    """Write the sheet: two charts over a table of units and one of months."""
    sheet = styles.book.add_worksheet(SUMMARY)
    _lay_out(sheet, styles)
    title = styles.book.add_format({"font_name": "Times New Roman", "font_size": 14, "bold": True})
    note = styles.book.add_format({"font_name": "Times New Roman", "font_size": 11, "italic": True, "text_wrap": True,
                                   "valign": "top"})  # fmt: skip
    sheet.write_string(0, 0, f"TỔNG HỢP NHIỆM VỤ THEO ĐƠN VỊ VÀ THEO THÁNG (tính đến {summary.today:%d/%m/%Y})", title)
    sheet.merge_range(1, 0, 1, _MONTH + 3, _NOTE, note)
    sheet.set_row(1, 34)
    units, months = summary.by_unit(), summary.by_month()
    _insert_charts(sheet, styles, len(units), len(months))
    heads = [[(_UNIT, "Đơn vị chủ trì"), *((_UNIT + 1 + n, word) for n, word in enumerate(("Tổng số", *_STATES)))]]
    heads.append([(_MONTH + n, word) for n, word in enumerate(("Tháng đến hạn", "Tổng số", "Chưa xong", "Đã xong"))])
    for at, word in (cell for part in heads for cell in part):
        sheet.write_string(_TOP, at, word, styles.heading)
    lines = [(_ALL, summary.all), *units]
    for n in range(max(len(lines), len(months))):
        if n < len(lines):
            _write_unit(sheet, styles, _TOP + 1 + n, lines[n])
        if n < len(months):
            _write_month(sheet, styles, _TOP + 1 + n, months[n])
    sheet.print_area(0, 0, _TOP + max(len(lines), len(months)), _MONTH + 3)


def _write_unit(sheet: Worksheet, styles: Styles, row: int, line: tuple[str, Counter[int]]) -> None:
    name, counts = line
    text = cell_text(name)
    sheet.set_row(row, row_height(text, _NAME_WIDTH))
    text_style, style = (styles.heading, styles.heading) if name == _ALL else (styles.text, styles.centred)
    sheet.write_string(row, _UNIT, text, text_style)
    sheet.write_number(row, _UNIT + 1, counts.total(), style)
    for state in range(len(_STATES)):
        sheet.write_number(row, _UNIT + 2 + state, counts[state], style)


def _write_month(sheet: Worksheet, styles: Styles, row: int, line: tuple[str, Counter[int]]) -> None:
    name, counts = line
    sheet.write_string(row, _MONTH, name, styles.centred)
    done = counts[DONE] + counts[OUT]
    for at, number in enumerate((counts.total(), counts.total() - done, done), 1):
        sheet.write_number(row, _MONTH + at, number, styles.centred)


def _lay_out(sheet: Worksheet, styles: Styles) -> None:
    sheet.set_column(_UNIT, _UNIT, _NAME_WIDTH)
    sheet.set_column(_UNIT + 1, _UNIT + 1 + len(_STATES), 10.5)
    sheet.set_column(_MONTH - 1, _MONTH - 1, 3)
    sheet.set_column(_MONTH, _MONTH + 3, 11)
    sheet.set_row(_TOP, 48)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.5, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer('&L&"Times New Roman"&9&F&R&"Times New Roman"&9Trang &P/&N')


def _insert_charts(sheet: Worksheet, styles: Styles, units: int, months: int) -> None:
    """The charts read the tables, so that they follow what is changed there."""
    if units:
        first = _TOP + 2  # below the line of all
        place = (first, first + min(units, _CHARTED) - 1, _UNIT)
        series = [(_UNIT + 2 + state, _COLOURS[state]) for state in range(OUT)]
        bars = _chart(styles, "bar", place, series)
        bars.set_title({"name": "Nhiệm vụ theo đơn vị", "name_font": _FONT | {"size": 12}})
        bars.set_y_axis({"reverse": True, "num_font": _FONT})
        bars.set_x_axis({"num_font": _FONT, "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})
        bars.set_size({"width": 715, "height": 410})
        sheet.insert_chart(2, _UNIT, bars, {"x_offset": 4, "y_offset": 4})
    if months:
        place = (_TOP + 1 + max(0, months - _LAST_MONTHS), _TOP + months, _MONTH)
        columns = _chart(styles, "column", place, [(_MONTH + 2, _COLOURS[LATER]), (_MONTH + 3, _COLOURS[DONE])])
        columns.set_title({"name": "Nhiệm vụ đến hạn theo tháng", "name_font": _FONT | {"size": 12}})
        columns.set_x_axis({"num_font": _FONT | {"rotation": -45}, "text_axis": True})
        columns.set_y_axis({"num_font": _FONT, "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})
        columns.set_size({"width": 455, "height": 410})
        sheet.insert_chart(2, _UNIT + 6, columns, {"x_offset": 20, "y_offset": 4})


def _chart(styles: Styles, kind: str, place: tuple[int, int, int], series: list[tuple[int, str]]) -> Any:
    """A stacked chart over the rows ``place`` (first, last, column of the names), one series (column, colour) each."""
    chart = styles.book.add_chart({"type": kind, "subtype": "stacked"})
    first, last, names = place
    for column, colour in series:
        chart.add_series({
            "name": [SUMMARY, _TOP, column],
            "categories": [SUMMARY, first, names, last, names],
            "values": [SUMMARY, first, column, last, column],
            "fill": {"color": colour},
            "gap": 60,
        })  # fmt: skip
    chart.set_legend({"position": "bottom", "font": _FONT})
    return chart
