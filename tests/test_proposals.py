"""What later documents say about duties: proposed with the sentence, kept only when somebody accepts it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import read_letter
from sqlalchemy import Engine
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.decisions import Action, Decision, decide, history, replay
from pipeline.proposal_answers import accept, dismiss, dismissed, restore, waiting
from pipeline.proposals import Proposal, proposals
from pipeline.query import Filters, find_obligations
from pipeline.resolve import resolve_citations
from pipeline.store import open_store, save
from pipeline.units.resolve import resolve_units

IN_BOTH_DATABASES = True

LETTER = """UBND TỈNH LAI CHÂU\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 45/UBND-VX\tLai Châu, ngày 03 tháng 4 năm 2024
V/v kiểm tra kho gạo
Kính gửi: Các sở, ban, ngành
Ủy ban nhân dân tỉnh yêu cầu:
1. Sở Y tế kiểm tra bếp ăn trước ngày 20/4/2024.
2. Sở Công Thương rà soát kho gạo dự trữ, niêm yết giá bán trước ngày 25/4/2024.
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Trần Mạnh Khôi
"""


def _later(issuer: str, code: str, day: str, body: str) -> str:
    """A report or a letter of that office."""
    kind = "BÁO CÁO\nKết quả thực hiện" if "/BC" in code else "V/v kho gạo\nKính gửi: Các sở, ban, ngành"
    return (
        f"{issuer}\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        f"Số: {code}\tLai Châu, ngày {day[:2]} tháng {day[3:5]} năm 2024\n"
        f"{kind}\n{body}\nGIÁM ĐỐC\nLý Thị Hoa\n"
    )


BOARD, HEALTH, TRADE = "UBND TỈNH LAI CHÂU", "UBND TỈNH LAI CHÂU\nSỞ Y TẾ", "UBND TỈNH LAI CHÂU\nSỞ CÔNG THƯƠNG"
CITED = "Công văn số 45/UBND-VX ngày 03/4/2024 của Ủy ban nhân dân tỉnh Lai Châu"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A database with the letter."""
    made = open_store(tmp_path / "vanthu.db", create=True)
    _add(made, "cv", LETTER)
    yield made
    made.dispose()


def _add(engine: Engine, name: str, text: str) -> None:
    save(engine, read_letter(name, text), f"/kho/{name}.txt")
    resolve_citations(engine)
    resolve_units(engine)


def _said(found: list[Proposal]) -> list[tuple[str, str, str | None]]:
    return [(one.about.value, one.duty["actors"][0], one.due) for one in found]


@pytest.mark.parametrize(
    ("issuer", "code", "day", "body", "expected"),
    [
        (HEALTH, "12/SYT-NVY", "19/4", f"Trả lời {CITED}, Sở Y tế đã tổ chức đoàn.", [("done", "Sở Y tế", None)]),
        (HEALTH, "13/BC-SYT", "19/4", f"Thực hiện {CITED}, Sở Y tế đã kiểm tra bếp ăn trước ngày 19/4/2024.",
         [("done", "Sở Y tế", None)]),
        (HEALTH, "14/BC-SYT", "19/4", f"Thực hiện {CITED}, Sở Y tế đã mua xe.", []),
        (HEALTH, "15/SYT-NVY", "19/4", "Sở Y tế đã kiểm tra bếp ăn trước ngày 19/4/2024.", []),
        (HEALTH, "16/SYT-NVY", "02/4", f"Trả lời {CITED}, Sở Y tế đã kiểm tra bếp ăn.", []),
        (HEALTH, "18/SYT-NVY", "03/4", f"Trả lời {CITED}, Sở Y tế đã tổ chức đoàn.", [("done", "Sở Y tế", None)]),
        (BOARD, "50/UBND-VX", "18/4",
         f"Ủy ban nhân dân tỉnh gia hạn thời hạn nêu tại {CITED} đối với Sở Y tế đến ngày 15/5/2024.",
         [("extended", "Sở Y tế", "2024-05-15")]),
        (BOARD, "51/UBND-VX", "18/4", f"Điều chỉnh thời hạn tại {CITED} đến hết ngày 31/5/2024.",
         [("extended", "Sở Y tế", "2024-05-31"), ("extended", "Sở Công Thương", "2024-05-31")]),
        (HEALTH, "17/SYT-NVY", "18/4", f"Sở Y tế đề nghị gia hạn thời hạn nêu tại {CITED} đến ngày 15/5/2024.", []),
        (BOARD, "52/UBND-VX", "18/4", f"Công văn này thay thế {CITED}.",
         [("ended", "Sở Y tế", None), ("ended", "Sở Công Thương", None)]),
        (BOARD, "53/UBND-VX", "18/4", f"Thu hồi {CITED}.",
         [("ended", "Sở Y tế", None), ("ended", "Sở Công Thương", None)]),
        (BOARD, "54/UBND-VX", "18/4", f"Theo {CITED}, các sở thay thế vật tư hỏng.", []),
        (BOARD, "55/UBND-VX", "18/4",
         f"Đính chính {CITED}: Sở Y tế kiểm tra bếp ăn trước ngày 28/4/2024.",
         [("corrected", "Sở Y tế", "2024-04-27")]),
    ],
)  # fmt: skip
def test_what_is_proposed(
    engine: Engine, issuer: str, code: str, day: str, body: str, expected: list[tuple[str, str, str | None]]
) -> None:
    """Hits and near misses: another matter, no citation, an earlier day, a mere request."""
    _add(engine, "sau", _later(issuer, code, day, body))
    found = proposals(engine)
    assert expected == _said(found)
    assert all("45/UBND-VX" in one.evidence and one.by == code for one in found)
    assert all(one.same_day == (day == "03/4") for one in found)


def test_nothing_is_kept_before_somebody_accepts(engine: Engine) -> None:
    """Then with who, the sentence and the answering document, and it is proposed no more."""
    _add(engine, "sau", _later(HEALTH, "12/SYT-NVY", "19/4", f"Trả lời {CITED}, Sở Y tế đã lập đoàn."))
    (one,) = proposals(engine)
    assert ["new", "new"] == [row["status"] for row in find_obligations(engine)]
    accept(engine, [one], "Lan")
    (row,) = find_obligations(engine, Filters(status=("done",)))
    assert ("12/SYT-NVY", ["Sở Y tế"]) == (row["answered_by"], row["actors"])
    assert "Trả lời Công văn số 45/UBND-VX" in row["note"]
    assert ["Lan"] == [decision["who"] for decision in history(engine, row["obligation_id"])]
    assert [] == proposals(engine)


def test_an_extension_changes_the_last_day_beside_the_read_one(engine: Engine) -> None:
    """As a correction with its history; the row of the machine stays."""
    body = f"Ủy ban nhân dân tỉnh gia hạn thời hạn nêu tại {CITED} đối với Sở Công Thương đến ngày 15/5/2024."
    _add(engine, "sau", _later(BOARD, "50/UBND-VX", "18/4", body))
    accept(engine, proposals(engine), "Lan")
    (row,) = find_obligations(engine, Filters(unit="Sở Công Thương", after="2024-05-01"))
    assert ("2024-05-15", "corrected") == (row["due"], row["review"])
    assert ["status", "correct"] == [decision["action"] for decision in history(engine, row["obligation_id"])]
    assert [] == proposals(engine)


def _dismissed(engine: Engine) -> list[str]:
    return [decision["who"] for _, decision in dismissed(engine)]


def test_what_was_dismissed_comes_back_only_with_other_words(engine: Engine) -> None:
    """Not in the next call, not after both were read again; but once the duty or the sentence says something else."""
    answer = _later(HEALTH, "12/SYT-NVY", "19/4", f"Trả lời {CITED}, Sở Y tế đã lập đoàn.")
    _add(engine, "sau", answer)
    (one,) = waiting(engine)
    dismiss(engine, [one], "Lan")
    assert ([], ["Lan"]) == (waiting(engine), _dismissed(engine))
    assert ["new", "new"] == [row["status"] for row in find_obligations(engine)]
    moved = LETTER.replace("Ủy ban nhân dân tỉnh yêu cầu:", "Trong quý II năm 2024,\nỦy ban nhân dân tỉnh yêu cầu:")
    for name, text in (("cv", moved), ("sau", answer.replace("GIÁM ĐỐC", "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC"))):
        _add(engine, name, text)
    assert [] == replay(engine)
    assert ([], ["Lan"]) == (waiting(engine), _dismissed(engine))
    _add(engine, "sau", answer.replace("đã lập đoàn", "đã lập hai đoàn"))
    assert 1 == len(waiting(engine))
    _add(engine, "sau", answer)
    assert [] == waiting(engine)
    _add(engine, "cv", LETTER.replace("kiểm tra bếp ăn", "kiểm tra mọi bếp ăn"))
    assert 1 == len(replay(engine)) and 1 == len(waiting(engine))


def test_a_dismissal_is_of_one_proposal_and_can_be_taken_back(engine: Engine) -> None:
    """The other duty keeps its proposal; taken back it is proposed under the id that it had; all is in the history."""
    _add(engine, "sau", _later(BOARD, "51/UBND-VX", "18/4", f"Điều chỉnh thời hạn tại {CITED} đến hết ngày 31/5/2024."))
    first, second = waiting(engine)
    dismiss(engine, [first], "Lan")
    assert [second.id] == [one.id for one in waiting(engine)]
    ((one, _),) = dismissed(engine)
    restore(engine, [one], "Minh")
    assert ([first.id, second.id], []) == ([one.id for one in waiting(engine)], dismissed(engine))
    made = history(engine, first.duty["obligation_id"])
    assert [("Lan", "dismiss"), ("Minh", "restore")] == [(one["who"], one["action"]) for one in made]


def test_an_accepted_one_is_answered_until_it_is_undone(engine: Engine) -> None:
    """A correction that names no day changes nothing that can be seen: it is accepted once, not again and again."""
    _add(engine, "sau", _later(BOARD, "55/UBND-VX", "18/4", f"Đính chính {CITED}: sửa từ “kiểm tra” thành “rà soát”."))
    first, second = waiting(engine)
    accept(engine, [first], "Lan")
    assert [second.id] == [one.id for one in waiting(engine)]
    decide(engine, [Decision("Lan", Action.UNDO, first.duty["obligation_id"])])
    assert [first.id, second.id] == [one.id for one in waiting(engine)]
    assert [None] == [row["note"] for row in find_obligations(engine, Filters(unit="Sở Y tế"))]


def test_on_the_command_line(engine: Engine) -> None:
    """Shown by id with the sentence; an id that is none is refused, a dismissed one is listed apart."""
    ask = ["proposals", "--db", str(engine.url.database)]
    runner = CliRunner(env={"COLUMNS": "160"})
    assert "Không có đề xuất nào" in runner.invoke(app, ask).output
    _add(engine, "sau", _later(BOARD, "51/UBND-VX", "18/4", f"Điều chỉnh thời hạn tại {CITED} đến hết ngày 31/5/2024."))
    shown = runner.invoke(app, ask).output
    first, second = (one.id[:8] for one in waiting(engine))
    assert f"{first}. Có thể được gia hạn" in shown
    assert "(19/04/2024 → 31/05/2024)" in shown
    assert "← 51/UBND-VX, 18/04/2024: Điều chỉnh thời hạn" in shown
    assert 2 == runner.invoke(app, [*ask, "--accept", "xyz"]).exit_code
    assert "Đã ghi nhận cho 1 nghĩa vụ" in runner.invoke(app, [*ask, "--accept", first, "--who", "Lan"]).output
    assert [("extended", "Sở Công Thương", "2024-05-31")] == _said(waiting(engine))
    put_aside = runner.invoke(app, [*ask, "--dismiss", second, "--who", "Minh"]).output
    assert "Đã bỏ qua 1 đề xuất" in put_aside
    assert "1 đề xuất đã bỏ qua" in runner.invoke(app, ask).output
    listed = runner.invoke(app, [*ask, "--dismissed"]).output
    assert f"{second}. Có thể được gia hạn" in listed and "Đã bỏ qua: Minh, " in listed
    one = waiting(engine) or [one for one, _ in dismissed(engine)]
    told = runner.invoke(app, ["history", one[0].duty["obligation_id"], "--db", str(engine.url.database)]).output
    assert "Minh: bỏ qua đề xuất – đề xuất: Có thể được gia hạn, điều chỉnh thời hạn; theo văn bản: 51/UBND-VX" in told
    assert "Đã lấy lại 1 đề xuất" in runner.invoke(app, [*ask, "--restore", second]).output
    assert [second] == [one.id[:8] for one in waiting(engine)]
