"""The clerk's edits come back from the workbook: all of them, and nothing else."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import make_result, span_of
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import Engine
from typer.testing import CliRunner

from extractors.model import Deadline, Header, Obligation, Result
from pipeline.cli import app
from pipeline.decisions import CORRECTABLE, STATE, Action, Decision, decide
from pipeline.export import write
from pipeline.export.duties import EDITABLE, KEYS
from pipeline.export.labels import VALUES, label, recurrence_in_words
from pipeline.importing.compare import Comparison, compare
from pipeline.importing.workbook import BadWorkbook, read_lines
from pipeline.query import each_obligation
from pipeline.store import open_store, save

UNITS = ("Sở Y tế tỉnh Bình Lục", "Sở Công Thương tỉnh Bình Lục", "Công an tỉnh Bình Lục", "UBND huyện Cửa Biển")
PER_DOCUMENT, DOCUMENTS = 10, 8


def numbered(n: int) -> Result:
    """A dispatch with ten duties: some dated, some recurring, some without a day."""
    lines = [f"{UNITS[i % 4]} kiểm tra kho số {n}{i} và báo cáo trước ngày 05/4/2020." for i in range(PER_DOCUMENT)]
    text = "\n".join(lines)
    words = "trước ngày 05/4/2020"
    duties = [
        Obligation(
            span_of(text, line), "imperative", "obligation", (line.split(" kiểm")[0],), "explicit", "named",
            action=line, coordinators=UNITS[1:3] if i % 3 == 0 else (),
            deadline=Deadline(span_of(text, words), "before_date", "absolute", words, "<2020-04-05"),
            due="2020-04-04" if i % 5 else None, recurrence="FREQ=MONTHLY;BYMONTHDAY=25" if i == 7 else None,
            report_to="Ủy ban nhân dân tỉnh" if i % 2 else None, clause=str(i + 1),
        )
        for i, line in enumerate(lines)
    ]  # fmt: skip
    header = Header(doc_type="Công văn", code=f"{n}/UBND-VX", date="2020-03-20")
    return make_result(f"cv{n}.pdf", text, header=header, obligations=tuple(duties))


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Eight dispatches with eighty duties, and their workbook."""
    made = open_store(tmp_path / "vanthu.db", create=True)
    for n in range(DOCUMENTS):
        save(made, numbered(n), f"/kho/cv{n}.pdf")
    write(made, "xlsx", tmp_path)
    made.dispose()
    return tmp_path / "vanthu.db"


@pytest.fixture
def archive(database: Path) -> Iterator[Engine]:
    """That database."""
    made = open_store(database)
    yield made
    made.dispose()


class Book:
    """The workbook open in the clerk's hands."""

    def __init__(self, database: Path) -> None:
        self.path = database.with_name("obligations.xlsx")
        self.book = openpyxl.load_workbook(self.path)
        self.sheet: Worksheet = self.book["Nghĩa vụ"]
        self.at = {KEYS[cell.value]: cell.column for cell in self.sheet[1]}

    def cell(self, row: int, key: str) -> Any:
        """A cell by the key of its column."""
        return self.sheet.cell(row, self.at[key])

    def row_with(self, key: str, words: str) -> int:
        """The first row with those words in a column."""
        return next(n for n in range(2, self.sheet.max_row + 1) if words in str(self.cell(n, key).value))

    def saved(self) -> Path:
        """The edited copy."""
        path = self.path.with_name("sua.xlsx")
        self.book.save(path)
        return path


def _rows(engine: Engine) -> dict[str, dict[str, Any]]:
    return {row["former_id"] or row["obligation_id"]: row for row in each_obligation(engine)}


def _compared(engine: Engine, path: Path) -> Comparison:
    return compare(engine, read_lines(path))


def _another(chance: random.Random, key: str, old: object) -> tuple[object, object]:
    """A new cell for a column and the value it stands for."""
    if key in VALUES:
        value = chance.choice([one for one in VALUES[key] if label(key, one) != old])
        return label(key, value), value
    if key == "due":
        day = date(2026, 1, 1) + timedelta(days=chance.randrange(300))
        return chance.choice([datetime(day.year, day.month, day.day), f"{day:%d/%m/%Y}"]), day.isoformat()
    if key == "recurrence":
        value = f"FREQ=MONTHLY;BYMONTHDAY={chance.randrange(1, 20)}"
        return recurrence_in_words(value), value
    words = f"nội dung sửa {chance.randrange(10**9)}"
    if key in {"actors", "coordinators"}:
        names = [f"Phòng {words}", "Sở Tài chính tỉnh Bình Lục"]
        return chance.choice(["\n", "; "]).join(names), names
    return words, words


@pytest.mark.parametrize("seed", [1, 2])
def test_two_hundred_random_edits(database: Path, archive: Engine, seed: int) -> None:
    """Every edit is found and kept, in the row and field where it was made; all other fields are as they were."""
    chance, book, before = random.Random(seed), Book(database), _rows(archive)
    places = [(n, key) for n in range(2, book.sheet.max_row + 1) for key in EDITABLE]
    recurring = {n for n in range(2, book.sheet.max_row + 1) if "hằng tháng" in str(book.cell(n, "due").value)}
    places = [(n, key) for n, key in places if key != "due" or n not in recurring]
    expected = {one: dict(row) for one, row in before.items()}
    chosen = chance.sample(places, 200)
    for n, key in chosen:
        cell, value = _another(chance, key, book.cell(n, key).value)
        book.cell(n, key).value = cell
        row = expected[book.cell(n, "obligation_id").value]
        row[key] = value
        if key == "recurrence" and (n, "due") not in chosen:  # the first day of the new rule, from the day of issue
            row["due"] = f"2020-04-{int(str(value).split('=')[-1]):02}"
    found = _compared(archive, book.saved())
    assert (200, [], []) == (len(found.edits), found.conflicts, found.problems)
    decide(archive, found.decisions("Lan"))
    after = _rows(archive)
    fields = (*EDITABLE, "quote", "start", "end", "page", "recurrence", "clause", "cites", "deadline", "report_to")
    assert {one: {key: row[key] for key in fields} for one, row in expected.items()} == {
        one: {key: row[key] for key in fields} for one, row in after.items()
    }
    assert [] == _compared(archive, book.saved()).edits


def test_a_copy_without_edits_changes_nothing(database: Path, archive: Engine) -> None:
    """Saved again by another program, sorted otherwise, with rows and columns gone: no edit, nothing rejected."""
    book = Book(database)
    found = _compared(archive, book.saved())
    assert (80, [], [], []) == (found.rows, found.edits, found.conflicts, found.problems)
    book.sheet.delete_rows(5, 30)
    book.sheet.delete_cols(book.at["note"])
    found = _compared(archive, book.saved())
    assert (50, [], [], {"note"}) == (found.rows, found.edits, found.problems, found.missing)


def test_a_copy_saved_by_libreoffice_has_no_edits(database: Path, archive: Engine, tmp_path: Path) -> None:
    """Another office program writes other styles and types; the values are the same."""
    out, profile = tmp_path / "lo", tmp_path / "profile"
    command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "xlsx", "--outdir"]
    subprocess.run([*command, str(out), str(database.with_name("obligations.xlsx"))], check=True, capture_output=True)
    found = _compared(archive, out / "obligations.xlsx")
    assert (80, [], [], []) == (found.rows, found.edits, found.conflicts, found.problems)


def test_what_the_database_changed_since_is_a_conflict(database: Path, archive: Engine) -> None:
    """Both changed a cell: listed with its address, not overwritten. The same change twice is none; a cell that only
    the database changed is none either."""
    book = Book(database)
    ids = [book.cell(n, "obligation_id").value for n in (2, 3, 4)]
    decide(archive, [Decision("Minh", Action.CORRECT, one, {"report_to": "Sở Nội vụ"}) for one in ids])
    book.cell(2, "report_to").value = "Sở Tài chính"
    book.cell(3, "report_to").value = "Sở Nội vụ"
    book.cell(4, "status").value = "Xong"
    found = _compared(archive, book.saved())
    (conflict,) = found.conflicts
    assert ("Nghĩa vụ!H2", "Sở Nội vụ", "Sở Tài chính") == (conflict.address, conflict.before, conflict.after)
    assert [("Nghĩa vụ!I4", "done")] == [(edit.address, edit.value) for edit in found.edits]
    decide(archive, [Decision("Minh", Action.REJECT, ids[2])])
    assert ["import_conflict", "import_gone"] == [one.sentence for one in _compared(archive, book.saved()).conflicts]


def test_twenty_conflicts_are_listed(database: Path, archive: Engine) -> None:
    """Of sixty random edits the database changed twenty cells as well: these are listed with their addresses, the
    others found, and nothing that is only in the database is lost."""
    chance, book = random.Random(3), Book(database)
    rows = range(2, book.sheet.max_row + 1)
    edited = [(n, key) for n, key in chance.sample([(n, k) for n in rows for k in ("action", "product", "note")], 60)]
    for n, key in edited:
        book.cell(n, key).value = f"của văn thư {n}"
    both = chance.sample(edited, 20)
    made = [
        Decision("Minh", Action.STATUS if key == "note" else Action.CORRECT, book.cell(n, "obligation_id").value,
                 {key: "của người khác"})
        for n, key in both
    ]  # fmt: skip
    decide(archive, made)
    found = _compared(archive, book.saved())
    assert {f"Nghĩa vụ!{book.cell(n, key).coordinate}" for n, key in both} == {one.address for one in found.conflicts}
    assert {("của người khác", "import_conflict")} == {(one.before, one.sentence) for one in found.conflicts}
    assert (40, 20, []) == (len(found.edits), len(found.conflicts), found.problems)
    decide(archive, found.decisions("Lan"))
    after = _rows(archive)
    for n, key in edited:
        said = "của người khác" if (n, key) in both else f"của văn thư {n}"
        assert said == after[book.cell(n, "obligation_id").value][key]


def test_a_recurrence_is_edited_in_its_own_column(database: Path, archive: Engine) -> None:
    """In words; what is no recurrence is a message with its address, what stands there as before is no edit."""
    book = Book(database)
    recurring = book.row_with("recurrence", "hằng tháng, ngày 25")
    book.cell(recurring, "recurrence").value = "thứ Sáu hằng tuần"
    book.cell(recurring + 1, "recurrence").value = "thỉnh thoảng"
    book.cell(recurring + 2, "recurrence").value = "   "
    found = _compared(archive, book.saved())
    assert [("recurrence", "FREQ=WEEKLY;BYDAY=FR")] == [(edit.key, edit.value) for edit in found.edits]
    assert ["import_no_rule"] == [one.sentence for one in found.problems]


def test_wrong_cells_are_named(database: Path, archive: Engine) -> None:
    """Each wrong cell is a message with its address; the others of the row are kept."""
    book = Book(database)
    dated, recurring = book.row_with("due", "2020-04-04"), book.row_with("due", "hằng tháng")
    wrong = {
        (dated, "status"): ("Gần xong", "import_no_choice"),
        (dated, "due"): ("31/6/2026", "import_no_day"),
        (dated, "action"): (None, "import_empty"),
        (dated, "quote"): ("lời khác", "import_fixed"),
        (recurring, "due"): (datetime(2026, 6, 30), "import_recurring"),
    }
    for (n, key), (value, _) in wrong.items():
        book.cell(n, key).value = value
    book.cell(dated, "note").value = "đã gọi điện"
    book.cell(dated, "kind").value = " phải LÀM "
    found = _compared(archive, book.saved())
    expected = {f"Nghĩa vụ!{book.cell(n, key).coordinate}": says for (n, key), (_, says) in wrong.items()}
    assert expected == {one.address: one.sentence for one in found.problems}
    assert ["note"] == [edit.key for edit in found.edits]


def test_rows_that_cannot_be_kept(database: Path, archive: Engine) -> None:
    """A new row, a copied one and one whose mark is gone are listed; an emptied day and list are edits."""
    book = Book(database)
    for column in range(1, len(book.at) + 1):
        book.sheet.cell(90, column).value = book.sheet.cell(2, column).value
    book.cell(91, "action").value = "Việc mới"
    book.cell(3, "mark").value = None
    dated = book.row_with("due", "2020-04-04")
    book.cell(dated, "due").value = None
    book.cell(dated, "actors").value = None
    found = _compared(archive, book.saved())
    assert [("Nghĩa vụ!3", "import_no_mark"), ("Nghĩa vụ!90", "import_twice"), ("Nghĩa vụ!91", "import_new_row")] == [
        (one.address, one.sentence) for one in found.problems if dated != 3
    ]
    assert {"due": None, "actors": []} == {edit.key: edit.value for edit in found.edits}


@pytest.mark.parametrize("content", [b"", b"khong phai so", b"PK\x03\x04hong"])
def test_no_workbook(tmp_path: Path, content: bytes) -> None:
    """A sentence instead of what a library raises; the same for a workbook of something else."""
    path = tmp_path / "sai.xlsx"
    path.write_bytes(content)
    with pytest.raises(BadWorkbook, match="không phải sổ Excel"):
        list(read_lines(path))
    openpyxl.Workbook().save(path)
    with pytest.raises(BadWorkbook, match="không có trang"):
        list(read_lines(path))
    with pytest.raises(BadWorkbook, match="Không đọc được"):
        list(read_lines(tmp_path / "khong.xlsx"))


def test_the_command(database: Path) -> None:
    """First a trial, then for good; what was found by column, what was not taken over by cell."""
    book = Book(database)
    book.cell(2, "status").value = "Đang làm"
    book.cell(3, "status").value = "xong xuôi"
    path = book.saved()
    runner = CliRunner(env={"COLUMNS": "160"})
    arguments = ["import", str(path), "--db", str(database), "--who", "Lan"]
    tried = runner.invoke(app, [*arguments, "--dry-run"])
    assert 1 == tried.exit_code, tried.output
    assert "Chưa ghi gì" in tried.output
    assert "Nghĩa vụ!I3: “xong xuôi” không có trong danh sách" in tried.output
    kept = runner.invoke(app, arguments)
    assert "So 80 dòng: 1 ô được sửa trong 1 dòng" in kept.output
    assert "1.2%" in kept.output
    engine = open_store(database)
    assert [("in_progress", 1)] == [
        (row["status"], row["page"]) for row in _rows(engine).values() if row["status"] != "new"
    ]
    engine.dispose()
    again = runner.invoke(app, arguments)
    assert "0 ô được sửa" in again.output


def test_state_and_reading_are_decided_apart(database: Path, archive: Engine) -> None:
    """A status leaves the row of the machine in place; a correction puts another before it."""
    book = Book(database)
    book.cell(2, "status").value = "Xong"
    book.cell(2, "report_to").value = "Sở Nội vụ"
    made = _compared(archive, book.saved()).decisions("Lan")
    assert {Action.STATUS, Action.CORRECT} == {one.action for one in made}
    assert all(set(one.values or {}) <= set(STATE) for one in made if one.action is Action.STATUS)


def test_what_may_be_decided_can_be_edited() -> None:
    """Each field that people may correct has a cell of its own, and no other cell says that it can be changed."""
    assert {*CORRECTABLE, *STATE} == set(EDITABLE)
