"""Rows of a task table: what, who leads, who helps, until when.

The columns are told by their headings (``Nội dung công việc``, ``Đơn vị chủ trì``, ``Phối hợp``, ``Thời hạn``) in any
order and wording. A header row repeated on the next page, and a row that only groups others, make no task.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from extractors.actors import split_names
from extractors.fold import fold
from extractors.model import Clause, Span


class Task(NamedTuple):
    """One row of a task table: ``time`` and ``product`` are cells, ``label`` is the number of the row."""

    clause: Clause
    span: Span
    actors: tuple[str, ...]
    coordinators: tuple[str, ...]
    action: Span
    time: Span | None
    product: Span | None
    label: str | None


_NUMBER = re.compile(r"^(?:stt|tt|so tt|so thu tu)$")
# Column kinds in order of precedence: each pattern takes the first heading it fits that no pattern before it took.
_COLUMNS = (
    ("number", _NUMBER),
    ("both", re.compile(r"chu tri\W+(?:va )?(?:don vi |co quan )?phoi hop")),
    ("coordinators", re.compile(r"phoi hop|tham gia")),
    ("aside", re.compile(r"thoi (?:han|gian) (?:bao quan|giai quyet|su dung|luu|hieu luc)|don vi tinh|ghi chu|can cu")),
    ("product", re.compile(r"^(?:du kien )?(?:san pham|ket qua|dau ra)")),
    ("means", re.compile(r"kinh phi|hinh thuc")),
    ("time", re.compile(r"hoan thanh|thoi han|^han\b|ket thuc")),
    ("time", re.compile(r"thoi gian|thoi diem|tien do|moc")),
    ("lead", re.compile(r"chu tri")),
    ("lead", re.compile(r"chiu trach nhiem|tham muu|dau moi|(?:don vi|co quan) thuc hien")),
    ("lead", re.compile(r"thuc hien|trach nhiem|phu trach|phan cong|don vi|nguoi|^giao")),
    ("lead", re.compile(r"co quan(?! (?:ban hanh|trinh|cap))")),
    ("task", re.compile(r"^(?:noi dung|nhiem vu|(?:cac )?cong viec|hoat dong|dau viec)")),
    ("task", re.compile(r"noi dung|nhiem vu|cong viec|hoat dong|viec|^ten (?!don vi|co quan|to chuc)")),
)  # fmt: skip
_LONGEST_HEADING = 60
#: How many headings may follow each other between two rows, and how long each may be.
_BETWEEN, _SHORT = 2, 150
_NUMERAL = re.compile(r"[(\[]?(?:\d+(?:\.\d+)*|[IVXLC]+|[A-Za-zĐđ])[.)\]]?")


def read_tasks(text: str, rows: Sequence[Clause]) -> Iterator[Task]:
    """The tasks of consecutive table rows; none when no row is the header of a task table."""
    columns: dict[str, int] = {}
    lead: tuple[str, ...] = ()
    for row in rows:
        cells = _texts(text, row)
        if _is_heading(text, row):
            header = _header(text, row) or {}
            lead = lead if header == columns else ()
            columns = header
            continue
        if not columns or len(cells) <= columns["task"] or all(map(_NUMERAL.fullmatch, cells)):
            continue
        task = _task(text, row, columns, lead)
        if task:
            lead = task.actors
            yield task


def runs(text: str, clauses: Sequence[Clause]) -> Iterator[tuple[bool, list[Clause]]]:
    """The clauses of a document in runs: those of tables (``True``), and those between.

    A heading across all columns (*I. Công tác …*) or a running title that stands between two rows of a task table is
    part of it.
    """
    marked = zip(_in_tables(text, clauses), clauses, strict=True)
    for inside, group in groupby(marked, key=lambda pair: pair[0]):
        yield inside, [clause for _, clause in group]


def _in_tables(text: str, clauses: Sequence[Clause]) -> list[bool]:
    inside = [clause.kind == "row" for clause in clauses]
    is_open = False
    for at, clause in enumerate(clauses):
        if clause.kind == "row":
            is_open = is_open or _header(text, clause) is not None
        elif is_open and not inside[at]:
            end = next((end for end in range(at + 1, min(at + _BETWEEN + 1, len(clauses))) if inside[end]), None)
            short = end is not None and all(one.span.end - one.span.start < _SHORT for one in clauses[at:end])
            is_open = short and end is not None and not _is_heading(text, clauses[end])
            if is_open:
                inside[at:end] = [True] * ((end or at) - at)
    return inside


def column_kinds(headings: Sequence[str]) -> dict[str, int] | None:
    """Which column holds what, by the headings of a table; ``None`` when they are not those of a task table.

    Kinds are ``number``, ``task``, ``lead``, ``coordinators``, ``both`` (the first named leads), ``time``, ``product``,
    ``means`` (money, form), and ``aside`` for remarks and what looks like a kind and is none (how long a file is kept).
    """
    folded = [fold(" ".join(heading.split())).strip(" .:") for heading in headings]
    columns: dict[str, int] = {}
    if any(map(_NUMERAL.fullmatch, headings)):
        return None  # a row of the table
    for kind, pattern in _COLUMNS:
        free = (
            at for at, heading in enumerate(folded) if at not in columns.values() and len(heading) < _LONGEST_HEADING
        )
        at = next((at for at in free if pattern.search(folded[at])), None)
        if kind not in columns and at is not None:
            columns[kind] = at
    if "both" in columns:
        columns.setdefault("lead", columns["both"])
    if "task" not in columns and "lead" in columns and "time" in columns:
        beside = 1 if columns.get("number") == 0 else 0
        columns |= {} if beside in columns.values() else {"task": beside}
    return columns if "task" in columns and ("lead" in columns or "time" in columns) and len(columns) > 2 else None


def _texts(text: str, row: Clause) -> list[str]:
    return [cell.of(text).strip() for cell in row.cells]


def _header(text: str, row: Clause) -> dict[str, int] | None:
    return column_kinds(_texts(text, row))


def _is_heading(text: str, row: Clause) -> bool:
    """True for the headings of any table: of a task table, or with *STT*."""
    return _header(text, row) is not None or any(_NUMBER.match(fold(cell)) for cell in _texts(text, row))


def _task(text: str, row: Clause, columns: dict[str, int], lead: tuple[str, ...]) -> Task | None:
    def cell(kind: str) -> Span | None:
        index = columns.get(kind)
        span = row.cells[index] if index is not None and index < len(row.cells) else None
        return span if span and span.of(text).strip() else None

    action = cell("task")
    if action is None or not any(cell(kind) for kind in ("lead", "coordinators", "time", "product", "means")):
        return None
    who = cell("lead")
    actors = split_names(who.of(text)) if who else lead
    if not actors and cell("time") is None:
        return None
    helpers = cell("coordinators")
    helping = split_names(helpers.of(text)) if helpers else ()
    if who and columns["lead"] == columns.get("both"):
        actors, helping = actors[:1], (*actors[1:], *helping)
    number = cell("number")
    return Task(
        row, _extent(text, row), actors, helping, action, cell("time"),
        cell("product"), number.of(text).strip(" .") if number else None,
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
