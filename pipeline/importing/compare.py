"""Finds what changed in a workbook since it was written, and what of it can be kept.

Three states of each cell are compared: as written (its sign in the row's mark), as it stands in the workbook, as the
database shows it now. Only what somebody changed counts; where the database changed as well, nobody but people can say
which is right. Rows that are gone from the workbook mean nothing: a clerk may have filtered or cut it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from sqlalchemy import Engine

from pipeline.decisions import STATE, Action, Decision
from pipeline.export.duties import EDITABLE, FIXED, fingerprint, fixed_fingerprint, obligation_cells, plain, with_cited
from pipeline.export.labels import label, recurrence_in_words
from pipeline.export.sheet import cell_of
from pipeline.importing.values import WrongCell, value_of
from pipeline.importing.workbook import Line
from pipeline.query import obligations_with
from pipeline.rows import Row

_TOGETHER = 500


@dataclass(frozen=True, slots=True)
class Edit:
    """A changed cell: where, of which row and field, its value, and the words before and after."""

    address: str
    obligation_id: str
    key: str
    value: object
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that is not taken over: where, the key of the sentence that says why, and words for it."""

    address: str
    sentence: str
    before: str = ""
    after: str = ""


@dataclass(slots=True)
class Comparison:
    """All that was found; ``rows`` are those that were compared, ``known`` the ids in the workbook and
    where they stand, ``missing`` the editable columns that it does not have."""

    rows: int = 0
    edits: list[Edit] = field(default_factory=list)
    conflicts: list[Remark] = field(default_factory=list)
    problems: list[Remark] = field(default_factory=list)
    known: dict[str, str] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)

    def by_column(self) -> Counter[str]:
        """How many cells of each field were changed."""
        return Counter(edit.key for edit in self.edits)

    def decisions(self, who: str) -> list[Decision]:
        """The edits as decisions of ``who``: one for the reading of a row, one for its state."""
        made: dict[tuple[str, Action], Row] = {}
        for edit in self.edits:
            action = Action.STATUS if edit.key in STATE else Action.CORRECT
            made.setdefault((edit.obligation_id, action), {})[edit.key] = edit.value
        return [Decision(who, action, about, values) for (about, action), values in made.items()]


def compare(engine: Engine, lines: Iterable[Line]) -> Comparison:
    """Compare the rows of a workbook with their marks and, those that were changed, with the database."""
    found = Comparison()
    touched = (pair for line in lines if (pair := _touched(line, found)))
    while some := list(islice(touched, _TOGETHER)):
        shown = obligations_with(engine, [str(line.values["obligation_id"]) for line, _ in some])
        cited = dict(zip(shown, with_cited(engine, shown.values()), strict=True))
        for line, keys in some:
            row = cited.get(str(line.values["obligation_id"]))
            if row is None:
                found.conflicts.append(Remark(line.address(keys[0]), "import_gone"))
            else:
                _compare_row(line, keys, row, found)
    return found


def _touched(line: Line, found: Comparison) -> tuple[Line, list[str]] | None:
    """The row with the keys of its changed cells (``FIXED[0]`` for any that may not be changed), if there are any."""
    one, signs = plain(line.values["obligation_id"]), plain(line.values["mark"]).split(":")
    if not one:
        found.problems.append(Remark(line.address(), "import_new_row"))
        return None
    if one in found.known:
        found.problems.append(Remark(line.address(), "import_twice", before=found.known[one]))
        return None
    if len(signs) != len(EDITABLE) + 1:
        found.problems.append(Remark(line.address(), "import_no_mark"))
        return None
    found.known[one] = line.address()
    found.rows += 1
    found.missing |= set(EDITABLE) - line.values.keys()
    changed = [
        key for key, sign in zip(EDITABLE, signs[:-1], strict=True)
        if key in line.values and fingerprint(line.values[key]) != sign
    ]  # fmt: skip
    if set(FIXED) <= line.values.keys() and fixed_fingerprint(line.values) != signs[-1]:
        changed.append(FIXED[0])
    return (line, changed) if changed else None


def _compare_row(line: Line, keys: list[str], row: Row, found: Comparison) -> None:
    shown = obligation_cells(row, lambda _: None, Path())
    signs = dict(zip(EDITABLE, plain(line.values["mark"]).split(":"), strict=False))
    for key in keys:
        if key == FIXED[0]:
            found.problems += _fixed_remarks(line, shown)
            continue
        try:
            value = value_of(key, line.values[key], row)
        except WrongCell as error:
            found.problems.append(Remark(line.address(key), str(error), _words(shown[key]), _cell(line, key)))
            continue
        before, after = _words(shown[key]), _words(_shown(key, value))
        if before == after:
            continue
        if fingerprint(before) != signs[key]:
            found.conflicts.append(Remark(line.address(key), "import_conflict", before, after))
        else:
            found.edits.append(Edit(line.address(key), row["obligation_id"], key, value, before, after))


def _fixed_remarks(line: Line, shown: Row) -> Iterator[Remark]:
    """The cells that may not be changed and are not as the database has them."""
    for key in FIXED:
        before, after = _words(shown[key]), _cell(line, key)
        if before != after:
            yield Remark(line.address(key), "import_fixed", before, after)


def _shown(key: str, value: object) -> object:
    """A value of the database in the words of the workbook."""
    if not isinstance(value, str):
        return value
    return recurrence_in_words(value) if key == "recurrence" else label(key, value)


def _words(value: object) -> str:
    """A value as the workbook shows it."""
    return plain(cell_of(value))


def _cell(line: Line, key: str) -> str:
    return plain(line.values[key])
