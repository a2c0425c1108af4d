"""What people decide about rows: kept, shown everywhere, and still there after the document was read again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from extractors.clean import clean
from extractors.extract import extract
from extractors.model import Result, Span
from extractors.raw import Line
from pipeline.decisions import Action, Decision, WrongDecision, decide, history, replay
from pipeline.query import Filters, count_obligations, find_obligations
from pipeline.store import open_store, save
from pipeline.tables import obligations

TEXT = """UBND TỈNH LAI CHÂU\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 45/UBND-VX\tLai Châu, ngày 03 tháng 4 năm 2024
V/v kiểm tra kho gạo
Kính gửi: Các sở, ban, ngành
Ủy ban nhân dân tỉnh yêu cầu:
1. Sở Y tế kiểm tra bếp ăn trước ngày 20/4/2024.
2. Sở Công Thương rà soát kho gạo trước ngày 25/4/2024.
Nơi nhận:
- Như trên;
- Lưu: VT.
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Trần Mạnh Khôi
"""


def result(text: str = TEXT, doc_id: str = "d1") -> Result:
    """The text as one document."""
    found = extract(clean([Line(line) for line in text.splitlines()]))
    return Result(doc_id, "cv.txt", doc_id, "txt", 1, False, "v1", **found._asdict())


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A database with the one document."""
    made = open_store(tmp_path / "vanthu.db", create=True)
    save(made, result(), "/kho/cv.txt")
    yield made
    made.dispose()


def rows(engine: Engine, **asked: str) -> list[dict[str, object]]:
    """The rows that a search finds."""
    return find_obligations(engine, Filters(**asked))  # type: ignore[arg-type]


def machine(engine: Engine) -> list[tuple[object, ...]]:
    """What the machine read, whatever people decided."""
    columns = [column for column in obligations.c if column.name not in {"n", "superseded", "actor_units"}]
    with engine.connect() as connection:
        made = select(*columns).where(obligations.c.origin == "machine").order_by(obligations.c.start)
        return [tuple(row) for row in connection.execute(made)]


def row_of(engine: Engine, unit: str) -> str:
    """The id of the only row of a unit."""
    (row,) = rows(engine, unit=unit)
    return str(row["obligation_id"])


def test_a_correction_shows_in_questions_and_leaves_the_machine_row(engine: Engine) -> None:
    """Unit and day corrected: found by the new ones, no longer by the old ones."""
    before = machine(engine)
    about = row_of(engine, "Sở Công Thương")
    values = {"actors": ["Sở Tài chính"], "due": "2024-05-02"}
    decide(engine, [Decision("Lan", Action.CORRECT, about, values)])
    (row,) = rows(engine, unit="so tai chinh", after="2024-05-01")
    assert ("corrected", about, ["Sở Tài chính"]) == (row["review"], row["former_id"], row["actors"])
    assert [] == rows(engine, unit="Sở Công Thương")
    assert 1 == len(rows(engine, text="rà soát kho gạo"))
    assert before == machine(engine)
    assert 2 == count_obligations(engine, "2024-01-01")["all"]


def test_rejected_rows_are_out_and_can_come_back(engine: Engine) -> None:
    """A rejection hides the row; a later acceptance shows it again."""
    about = row_of(engine, "Sở Y tế")
    decide(engine, [Decision("Lan", Action.REJECT, about)])
    assert [] == rows(engine, unit="Sở Y tế")
    decide(engine, [Decision("Minh", Action.ACCEPT, about)])
    (row,) = rows(engine, unit="Sở Y tế")
    assert "accepted" == row["review"]
    assert [("Lan", "reject"), ("Minh", "accept")] == [(one["who"], one["action"]) for one in history(engine, about)]


def test_a_correction_comes_back_with_its_row(engine: Engine) -> None:
    """Corrected, rejected, accepted: the corrected values stand, not those of the machine."""
    about = row_of(engine, "Sở Y tế")
    decide(
        engine, [Decision("Lan", Action.CORRECT, about, {"due": "2024-05-02"}), Decision("Lan", Action.REJECT, about)]
    )
    assert [] == rows(engine, unit="Sở Y tế")
    decide(engine, [Decision("Lan", Action.ACCEPT, about)])
    (row,) = rows(engine, unit="Sở Y tế")
    assert ("2024-05-02", "corrected") == (row["due"], row["review"])


def test_an_added_row_is_found_like_any_other(engine: Engine) -> None:
    """Words chosen by hand become a row with its page and its quote."""
    start = result().document.text.index("Ủy ban nhân dân tỉnh yêu cầu")
    span = Span(start, start + len("Ủy ban nhân dân tỉnh yêu cầu"))
    values = {"actors": ["Văn phòng Ủy ban nhân dân tỉnh"], "due": "2024-04-30"}
    decide(engine, [Decision("Lan", Action.ADD, values=values, doc_id="d1", span=span)])
    (row,) = rows(engine, text="ủy ban nhân dân tỉnh yêu cầu")
    assert (1, "added", "person") == (row["page"], row["review"], row["origin"])


def test_the_state_of_a_row(engine: Engine) -> None:
    """Every row is new at first; state and history tell what happened since."""
    about = row_of(engine, "Sở Y tế")
    assert {"new"} == {row["status"] for row in rows(engine)}
    decide(engine, [Decision("Lan", Action.STATUS, about, {"status": "assigned", "person": "Minh"})])
    decide(engine, [Decision("Minh", Action.STATUS, about, {"status": "done", "answered_by": "12/BC-SYT"})])
    (row,) = rows(engine, unit="Sở Y tế")
    assert ("done", "Minh", "12/BC-SYT") == (row["status"], row["person"], row["answered_by"])
    assert 2 == len(history(engine, about))


def test_decisions_outlive_another_reading(engine: Engine) -> None:
    """Read again with another line above: the ids changed, the decisions went along. Other words: they are lost."""
    about = row_of(engine, "Sở Công Thương")
    made = [
        Decision("Lan", Action.CORRECT, about, {"due": "2024-05-02"}),
        Decision("Lan", Action.STATUS, row_of(engine, "Sở Y tế"), {"status": "assigned"}),
    ]
    decide(engine, made)
    longer = TEXT.replace(
        "Ủy ban nhân dân tỉnh yêu cầu:", "Thực hiện chương trình công tác năm 2024,\nỦy ban nhân dân tỉnh yêu cầu:"
    )
    save(engine, result(longer, "d2"), "/kho/cv.txt")
    assert [] == replay(engine)
    (row,) = rows(engine, unit="Sở Công Thương")
    assert ("2024-05-02", "corrected") == (row["due"], row["review"])
    (row,) = rows(engine, unit="Sở Y tế")
    assert "assigned" == row["status"]
    save(engine, result(TEXT.replace("rà soát kho gạo", "niêm phong kho gạo"), "d3"), "/kho/cv.txt")
    lost = replay(engine)
    assert ["rà soát kho gạo" in one["quote"] for one in lost] == [True]
    save(engine, result(), "/kho/cv.txt")
    assert [] == replay(engine)
    assert ["2024-05-02"] == [row["due"] for row in rows(engine, unit="Sở Công Thương")]


@pytest.mark.parametrize(
    "wrong",
    [
        Decision("Lan", Action.ACCEPT, "none"),
        Decision("Lan", Action.CORRECT, None, {"due": "2024-05-02"}),
        Decision("Lan", Action.ADD, doc_id="d1"),
        Decision("Lan", Action.ADD, doc_id="d9", span=Span(0, 4)),
    ],
)
def test_wrong_decisions_change_nothing(engine: Engine, wrong: Decision) -> None:
    """All or none: the good decision before the wrong one is not kept either."""
    about = row_of(engine, "Sở Y tế")
    with pytest.raises(WrongDecision):
        decide(engine, [Decision("Lan", Action.REJECT, about), wrong])
    assert 1 == len(rows(engine, unit="Sở Y tế"))
    assert [] == history(engine, about)


@pytest.mark.parametrize("values", [{"quote": "khác"}, {"status": "xong"}])
def test_fields_and_values_are_checked(engine: Engine, values: dict[str, str]) -> None:
    """The words of the document are nobody's to change; a status is one of five."""
    action = Action.STATUS if "status" in values else Action.CORRECT
    with pytest.raises(WrongDecision):
        decide(engine, [Decision("Lan", action, row_of(engine, "Sở Y tế"), values)])


def test_replaying_changes_nothing(engine: Engine) -> None:
    """However often the decisions are replayed, the rows stay the same."""
    decide(engine, [Decision("Lan", Action.CORRECT, row_of(engine, "Sở Y tế"), {"due": "2024-05-02"})])
    once = rows(engine)
    assert [] == replay(engine) and once == rows(engine)
    assert 1 == len(rows(engine, text="kiểm tra bếp ăn"))
