"""Headers corrected by people: shown everywhere, kept when a document is read again, taken back, with who and when."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import read_letter
from sqlalchemy import Engine, select
from typer.testing import CliRunner

from pipeline.batch import Settings, run
from pipeline.cli import app
from pipeline.collect import collect
from pipeline.decisions import WrongDecision, replay
from pipeline.header_corrections import correct_header, header_history, replay_headers, undo_header
from pipeline.query import Filters, find_obligations
from pipeline.resolve import resolve_citations
from pipeline.rows import Row
from pipeline.store import open_store, save
from pipeline.tables import citations, documents
from pipeline.units.resolve import resolve_units

LETTER = """UBND TỈNH LAI CHÂU\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 45/UBND-VX\tLai Châu, ngày 03 tháng 4 năm 2024
V/v kiểm tra kho gạo
Kính gửi: Các sở, ban, ngành
Ủy ban nhân dân tỉnh yêu cầu:
1. Sở Y tế kiểm tra bếp ăn trong 10 ngày kể từ ngày ban hành văn bản này.
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Trần Mạnh Khôi
"""
ANSWER = """UBND TỈNH LAI CHÂU
SỞ Y TẾ\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 12/SYT-NVY\tLai Châu, ngày 19 tháng 4 năm 2024
V/v kho gạo
Kính gửi: Ủy ban nhân dân tỉnh
Trả lời Công văn số 46/UBND-VX ngày 03/4/2024 của Ủy ban nhân dân tỉnh Lai Châu, Sở Y tế đã lập đoàn.
GIÁM ĐỐC
Lý Thị Hoa
"""


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A letter whose number was misread (45 for 46), and the answer to it."""
    made = open_store(tmp_path / "vanthu.db", create=True)
    save(made, read_letter("cv", LETTER), "/kho/cv.txt")
    save(made, read_letter("tl", ANSWER), "/kho/tl.txt")
    resolve_citations(made)
    resolve_units(made)
    yield made
    made.dispose()


def _document(engine: Engine, doc_id: str = "cv") -> Row:
    with engine.connect() as connection:
        row = connection.execute(select(documents).where(documents.c.doc_id == doc_id)).mappings().one()
        return dict(row)


def _linked(engine: Engine) -> list[str | None]:
    with engine.connect() as connection:
        return list(connection.scalars(select(citations.c.resolved_doc_id).where(citations.c.doc_id == "tl")))


def test_a_corrected_number_shows_and_links(engine: Engine) -> None:
    """In the register, in questions, in the graph of citations; what the machine read stays beside it."""
    before = _document(engine)
    assert ("45/UBND-VX", [None]) == (before["code"], _linked(engine))
    correct_header(engine, "cv", {"code": "46/UBND-VX", "signer_name": "Trần Mạnh Khởi"}, "Lan")
    after = _document(engine)
    assert ("46/UBND-VX@2024#lai-chau", ["cv"]) == (after["canonical_id"], _linked(engine))
    assert {"code": "45/UBND-VX", "canonical_id": before["canonical_id"], "signer_name": "Trần Mạnh Khôi"} == after[
        "machine"
    ]
    assert ["46/UBND-VX"] == [row["doc_code"] for row in find_obligations(engine, Filters(doc="46/UBND-VX"))]
    assert before["issuer_unit"] == after["issuer_unit"]


def test_each_is_taken_back_in_turn(engine: Engine) -> None:
    """The last one first, until the row is as the machine made it; all of it is told with who and when."""
    before = _document(engine)
    correct_header(engine, "cv", {"code": "46/UBND-VX"}, "Lan")
    correct_header(engine, "cv", {"subject": "kiểm tra kho gạo dự trữ"}, "Minh")
    undo_header(engine, "cv", "Lan")
    row = _document(engine)
    assert ("46/UBND-VX", before["subject"]) == (row["code"], row["subject"])
    undo_header(engine, "cv", "Lan")
    after = _document(engine)
    same = before.keys() - {"machine", "units_version"}
    assert {name: before[name] for name in same} == {name: after[name] for name in same} and not after["machine"]
    assert [None] == _linked(engine)
    with pytest.raises(WrongDecision, match="hoàn tác"):
        undo_header(engine, "cv", "Lan")
    told = [(one["who"], one["action"]) for one in header_history(engine, "cv")]
    assert [("Lan", "correct"), ("Minh", "correct"), ("Lan", "undo"), ("Lan", "undo")] == told


def test_another_day_moves_what_is_counted_from_it(engine: Engine) -> None:
    """Ten days from the day of issue; back again when that is taken back."""
    (row,) = find_obligations(engine, Filters(unit="Sở Y tế", doc="45/UBND-VX"))
    correct_header(engine, "cv", {"date": "2024-04-13"}, "Lan")
    (moved,) = find_obligations(engine, Filters(unit="Sở Y tế", doc="45/UBND-VX"))
    assert row["due"] and moved["due"] and row["due"] < moved["due"]
    undo_header(engine, "cv", "Lan")
    assert [row["due"]] == [one["due"] for one in find_obligations(engine, Filters(doc="45/UBND-VX"))]


def test_corrections_outlive_another_reading(engine: Engine) -> None:
    """Read again: shown again. With another number in the file: that correction is lost and listed, the others stay."""
    correct_header(engine, "cv", {"code": "46/UBND-VX", "subject": "kho gạo"}, "Lan")
    save(engine, read_letter("cv2", LETTER.replace("1. Sở Y tế", "Trong tháng 4,\n1. Sở Y tế")), "/kho/cv.txt")
    with engine.begin() as connection:
        connection.execute(documents.update().where(documents.c.doc_id == "cv2").values(path="cv.txt"))
    replay_headers(engine)
    assert [] == replay(engine)
    assert ("46/UBND-VX", "kho gạo") == (_document(engine, "cv2")["code"], _document(engine, "cv2")["subject"])
    save(engine, read_letter("cv2", LETTER.replace("45/UBND-VX", "47/UBND-VX")), "/kho/cv.txt")
    with engine.begin() as connection:
        connection.execute(documents.update().where(documents.c.doc_id == "cv2").values(path="cv.txt"))
    replay_headers(engine)
    assert [{"code": "46/UBND-VX"}] == [one["values"] for one in replay(engine)]
    assert ("47/UBND-VX", "kho gạo") == (_document(engine, "cv2")["code"], _document(engine, "cv2")["subject"])


def test_a_run_keeps_them(tmp_path: Path) -> None:
    """Also where a file is read again because it changed."""
    file = tmp_path / "kho" / "cv.txt"
    file.parent.mkdir()
    file.write_text(LETTER, encoding="utf-8")
    made = open_store(tmp_path / "vanthu.db", create=True)
    run(collect([file.parent]), made, Settings(1))
    with made.connect() as connection:
        (first,) = connection.scalars(select(documents.c.doc_id)).all()
    correct_header(made, first, {"code": "46/UBND-VX"}, "Lan")
    file.write_text(LETTER + "\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n", encoding="utf-8")
    counts = run(collect([file.parent]), made, Settings(1))
    with made.connect() as connection:
        ((second, code),) = connection.execute(select(documents.c.doc_id, documents.c.code)).all()
    assert (1, 0, "46/UBND-VX") == (counts.read, counts.lost_decisions, code)
    assert first != second
    made.dispose()


@pytest.mark.parametrize(("doc_id", "values"), [("cv", {"text": "khác"}), ("xx", {"code": "1/CV"})])
def test_what_cannot_be_corrected(engine: Engine, doc_id: str, values: Row) -> None:
    """The words of a document, and a document that is not there."""
    with pytest.raises(WrongDecision):
        correct_header(engine, doc_id, values, "Lan")
    assert [] == header_history(engine, doc_id)


def test_on_the_command_line(engine: Engine) -> None:
    """By number and heading; duties by their id; every wrong word gets a sentence."""
    db = ["--db", str(engine.url.database), "--who", "Lan"]
    runner = CliRunner(env={"COLUMNS": "160"})
    header = ["correct", "--doc", "45/ubnd-vx", *db]
    assert 0 == runner.invoke(app, [*header, "--set", "Số, ký hiệu=46/UBND-VX", "--set", "date=13/4/2024"]).exit_code
    assert ("46/UBND-VX", "2024-04-13") == (_document(engine)["code"], _document(engine)["date"])
    assert "hoàn tác" in runner.invoke(app, ["correct", "--doc", "cv.txt", "--undo", *db]).output
    assert "2024-04-03" == _document(engine)["date"]
    (row,) = find_obligations(engine, Filters(doc="46/UBND-VX"))
    duty = ["correct", row["obligation_id"][:8], *db]
    values = ["--set", "Sản phẩm=biên bản kiểm tra", "--set", "Chu kỳ=hằng tháng, ngày 25"]
    done = runner.invoke(app, [*duty, *values])
    assert 0 == done.exit_code, done.output
    (row,) = find_obligations(engine, Filters(doc="46/UBND-VX"))
    assert ("biên bản kiểm tra", "FREQ=MONTHLY;BYMONTHDAY=25", "2024-04-25") == (
        row["product"], row["recurrence"], row["due"],
    )  # fmt: skip
    assert 0 == runner.invoke(app, [*duty, "--undo"]).exit_code
    (row,) = find_obligations(engine, Filters(doc="46/UBND-VX"))
    assert (None, None) == (row["recurrence"], row["review"])
    for wrong, says in (
        ([*header], "Hãy nêu"),
        (["correct", "--doc", "99/CV", "--undo", *db], "Không có văn bản nào"),
        ([*duty, "--set", "Màu=đỏ"], "Không hiểu “Màu=đỏ”"),
        ([*duty, "--set", "due=mai"], "Ngày không đúng"),
        ([*duty, "--undo"], "Không còn quyết định"),
    ):
        answer = runner.invoke(app, wrong)
        assert 2 == answer.exit_code and says in answer.output, answer.output
