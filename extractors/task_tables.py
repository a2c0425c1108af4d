"""Rows of a task table: what, who leads, who helps, until when.

The columns are told by their headings (``Nội dung công việc``, ``Đơn vị chủ trì``, ``Phối hợp``, ``Thời hạn``) in any
order and wording. A header row repeated on the next page, and a row that only groups others, make no task.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.actors import split_names
from extractors.fold import fold
from extractors.model import Clause, Span


class Task(NamedTuple):
    """One row of a task table. ``time`` is the cell with the deadline, ``label`` the number of the row."""

    clause: Clause
    span: Span
    actors: tuple[str, ...]
    coordinators: tuple[str, ...]
    action: Span
    time: Span | None
    label: str | None


# Column kinds in order of precedence: the first that fits a heading wins.
_COLUMNS = (
    ("number", re.compile(r"^(?:stt|tt|so tt|so thu tu)$")),
    ("coordinators", re.compile(r"phoi hop")),
    ("time", re.compile(r"thoi gian|thoi han|tien do|hoan thanh|^han\b|moc")),
    ("product", re.compile(r"san pham|ket qua|dau ra|ghi chu|kinh phi|can cu")),
    ("lead", re.compile(r"chu tri|thuc hien|trach nhiem|phan cong|don vi|co quan|nguoi|dau moi")),
    ("task", re.compile(r"noi dung|nhiem vu|cong viec|hoat dong|viec|ten")),
)


def read_tasks(text: str, rows: Sequence[Clause]) -> Iterator[Task]:
    """The tasks of consecutive table rows; none when no row is the header of a task table."""
    columns: dict[str, int] = {}
    lead: tuple[str, ...] = ()
    for row in rows:
        header = _header(text, row)
        if header:
            lead = lead if header == columns else ()
            columns = header
            continue
        if not columns or len(row.cells) <= columns["task"]:
            continue
        task = _task(text, row, columns, lead)
        if task:
            lead = task.actors
            yield task


def _header(text: str, row: Clause) -> dict[str, int] | None:
    columns: dict[str, int] = {}
    for index, cell in enumerate(row.cells):
        heading = fold(cell.of(text)).strip(" .:")
        kind = (
            next((name for name, pattern in _COLUMNS if pattern.search(heading)), None) if len(heading) < 60 else None
        )
        if kind and kind not in columns:
            columns[kind] = index
    if "task" not in columns and "lead" in columns and "time" in columns:
        columns["task"] = 1 if columns.get("number") == 0 else 0
    return columns if "task" in columns and ("lead" in columns or "time" in columns) and len(columns) > 2 else None


def _task(text: str, row: Clause, columns: dict[str, int], lead: tuple[str, ...]) -> Task | None:
    def cell(kind: str) -> Span | None:
        index = columns.get(kind)
        span = row.cells[index] if index is not None and index < len(row.cells) else None
        return span if span and span.of(text).strip() else None

    action = cell("task")
    if action is None or not any(cell(kind) for kind in ("lead", "coordinators", "time", "product")):
        return None
    who = cell("lead")
    actors = split_names(who.of(text)) if who else lead
    if not actors and cell("time") is None:
        return None
    helpers = cell("coordinators")
    number = cell("number")
    return Task(
        row, _extent(text, row), actors, split_names(helpers.of(text)) if helpers else (), action, cell("time"),
        number.of(text).strip(" .") if number else None,
    )  # fmt: skip


def _extent(text: str, row: Clause) -> Span:
    """The row from its first words to its last, without the number and empty cells."""
    filled = [c for c in row.cells if c.of(text).strip()]
    first = (
        filled[1]
        if len(filled) > 1 and re.fullmatch(r"[\d.]+|[IVX]+|[a-zđ]", filled[0].of(text).strip(" ."))
        else filled[0]
    )
    return Span(first.start, filled[-1].end)
