"""A clerk's day on the command line: what is due, what was done, who said so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline.cli import app
from pipeline.short_ids import WrongId, whole_ids
from pipeline.store import open_store

RUNNER = CliRunner(env={"COLUMNS": "160", "VANTHU_WHO": "Lan"})
LETTER = """UBND TỈNH LAI CHÂU\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 45/UBND-VX\tLai Châu, ngày 03 tháng 4 năm 2024
V/v kiểm tra kho gạo
Kính gửi: Các sở, ban, ngành
Ủy ban nhân dân tỉnh yêu cầu:
1. Sở Y tế kiểm tra bếp ăn trước ngày 20/4/2024.
2. Sở Công Thương rà soát kho gạo trước ngày 25/4/2024.
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Trần Mạnh Khôi
"""


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Path]:
    """The database of the letter."""
    (tmp_path / "kho").mkdir()
    (tmp_path / "kho" / "cv.txt").write_text(LETTER, encoding="utf-8")
    done = RUNNER.invoke(app, ["run", str(tmp_path / "kho"), "--out", str(tmp_path / "out"), "--jobs", "1"])
    assert 0 == done.exit_code, done.output
    yield tmp_path / "out" / "vanthu.db"


def _ask(db: Path, *arguments: str) -> Result:
    return RUNNER.invoke(app, [*arguments, "--db", str(db)])


def _dues(db: Path, *arguments: str) -> list[str]:
    return [row["due"] for row in json.loads(_ask(db, *arguments, "--format", "json").stdout)]


def _id(db: Path, unit: str) -> str:
    (row,) = json.loads(_ask(db, "query", "--unit", unit, "--format", "json").stdout)
    return str(row["obligation_id"])


def test_due_and_overdue(db: Path) -> None:
    """By the day that counts as today; what is done is neither."""
    assert ["2024-04-19"] == _dues(db, "due", "--today", "15/4/2024")
    assert [] == _dues(db, "due", "--today", "15/4/2024", "--unit", "Sở Công Thương")
    assert ["2024-04-19", "2024-04-24"] == _dues(db, "due", "--within", "2w", "--today", "15/4/2024")
    assert ["2024-04-24", "2024-04-19"] == _dues(db, "overdue", "--today", "2024-05-01")
    assert 0 == _ask(db, "mark", _id(db, "Sở Y tế")[:6], "--status", "done").exit_code
    assert ["2024-04-24"] == _dues(db, "overdue", "--today", "2024-05-01")
    assert ["2024-04-19"] == _dues(db, "query", "--status", "done")
    assert 2 == _ask(db, "due", "--within", "lâu").exit_code


def test_mark_and_history(db: Path) -> None:
    """Noted with the answering document, shown in the table and with who and when."""
    one = _id(db, "Sở Y tế")
    marked = _ask(db, "mark", one[:8], "--status", "done", "--note", "đã gửi", "--answer", "12/BC-SYT")
    assert one in marked.output
    table = _ask(db, "query", "--today", "2024-05-01").output
    assert "quá 12 ngày" not in table
    assert "quá 7 ngày" in table
    assert f"[{one[:8]}]" in table
    assert "hoàn thành" in table
    told = _ask(db, "history", one[:8]).output
    assert "Lan: ghi nhận – Trạng thái: hoàn thành; ghi chú: đã gửi; văn bản trả lời: 12/BC-SYT" in told
    assert "kiểm tra bếp ăn" in told
    assert "Chưa ai ghi nhận" in _ask(db, "history", _id(db, "Sở Công Thương")).output
    assert "Lan: noted – Status: done" in _ask(db, "history", one, "--lang", "en").output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("mark", "zzzz", "--status", "done"), "Không có nghĩa vụ nào có mã “zzzz”"),
        (("mark", " ", "--status", "done"), "Không có nghĩa vụ nào"),
        (("mark", "zzzz"), "Chưa nói cần ghi nhận gì"),
        (("history", "zzzz"), "Không có nghĩa vụ nào"),
        (("query", "--saved", "không có"), "Không có câu hỏi “không có”"),
        (("query", "--relation", "loves"), "Không có quan hệ “loves”"),
        (("query", "--save-as", " "), "phải có tên"),
    ],
)
def test_wrong_use(db: Path, arguments: tuple[str, ...], words: str) -> None:
    """Ends with 2 and says what is wrong; nothing is noted."""
    result = _ask(db, *arguments)
    assert 2 == result.exit_code
    assert words in result.output


def test_ids_by_their_first_characters(db: Path) -> None:
    """Enough when no other begins so; else those that do are named."""
    engine = open_store(db)
    ids = [_id(db, "Sở Y tế"), _id(db, "Sở Công Thương")]
    assert ids == whole_ids(engine, [ids[0][:8], ids[1].upper(), ids[0]])
    same = next((n for n in range(16) if ids[0][:n] != ids[1][:n]), 16) - 1
    with pytest.raises(WrongId) as caught:
        whole_ids(engine, [ids[0][:same] or ""])
    assert (sorted(ids) if same else []) == caught.value.near
    engine.dispose()


def test_kept_questions(db: Path) -> None:
    """Asked again by name, with more conditions on top; listed with what they ask."""
    kept = _ask(db, "query", "--unit", "Sở Y tế", "--status", "new", "--before", "30/4/2024", "--save-as", "y  tế")
    assert "Đã lưu câu hỏi" in kept.output
    assert ["2024-04-19"] == _dues(db, "query", "--saved", "y tế")
    assert [] == _dues(db, "query", "--saved", "y tế", "--text", "kho gạo")
    assert ["2024-04-24"] == _dues(db, "query", "--saved", "y tế", "--unit", "Sở Công Thương")
    listed = _ask(db, "query", "--saved-list").output
    assert "y tế: unit=Sở Y tế, before=2024-04-30, status=new" in listed


def test_a_screen_holds_so_many(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is more is said; a limit or a file asks for as many as wanted."""
    monkeypatch.setattr("pipeline.cli.asked.SCREENFUL", 1)
    assert "Hiện 1 nghĩa vụ đầu tiên, còn nữa" in _ask(db, "query").output
    assert "Tìm thấy 2 nghĩa vụ" in _ask(db, "query", "--limit", "2").output
    assert 2 == len(_dues(db, "query"))


def test_a_calendar_and_a_table_to_paste(db: Path, tmp_path: Path) -> None:
    """Written where asked; Markdown also to the standard output."""
    target = tmp_path / "han.ics"
    assert str(target) in _ask(db, "query", "--format", "ics", "--output", str(target)).output
    assert 2 == target.read_bytes().count(b"BEGIN:VEVENT")
    assert "| 19/04/2024 | Sở Y tế |" in _ask(db, "query", "--format", "md").stdout


def test_a_corrected_duty_keeps_its_id(db: Path) -> None:
    """The id that was typed is the one that is told, before the correction is taken back and after."""
    one = _id(db, "Sở Y tế")
    assert one in _ask(db, "correct", one[:8], "--set", "Sản phẩm=biên bản").output
    assert f"[{one}]" in _ask(db, "history", one[:8]).output
    (shown,) = json.loads(_ask(db, "query", "--unit", "Sở Y tế", "--format", "json").stdout)
    assert (one, "biên bản") != (shown["obligation_id"], shown["product"])
    assert f"[{one}]" in _ask(db, "history", shown["obligation_id"]).output
    assert one in _ask(db, "correct", shown["obligation_id"], "--undo").output
    assert f"[{one}]" in _ask(db, "history", one[:8]).output
