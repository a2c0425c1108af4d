"""Last days that are counted from a receipt, and over the days off of an office."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from pipeline import batch
from pipeline.batch import Settings
from pipeline.collect import collect
from pipeline.dues import Office, supposing
from pipeline.given import Receipt
from pipeline.query import Filters, each_document, find_obligations

IN_BOTH_DATABASES = True

LETTER = """SỞ Y TẾ TỈNH BÌNH LỤC
Số: 123/SYT-NVY
Bình Lục, ngày 17 tháng 8 năm 2026

Kính gửi: Phòng Y tế các huyện.

Đề nghị Phòng Y tế các huyện báo cáo trong vòng 03 ngày làm việc kể từ ngày nhận được văn bản này.
Đề nghị Phòng Y tế các huyện gửi số liệu trong 05 ngày làm việc kể từ ngày 17/8/2026.
Đề nghị Phòng Y tế các huyện trả lời trước ngày 30/9/2026.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "kho"
    folder.mkdir()
    (folder / "cv.txt").write_text(LETTER, encoding="utf-8")
    return folder


def run(folder: Path, engine: Engine, office: Office) -> list[str | None]:
    """The last days in the order of the text after a run by ``office``."""
    batch.run(collect([folder]), engine, Settings(1, office=office))
    return dues(engine)


def dues(engine: Engine) -> list[str | None]:
    return [row["due"] for row in sorted(find_obligations(engine), key=lambda row: row["start"])]


def receipts(engine: Engine) -> list[str | None]:
    return [row["received"] for row in each_document(engine)]


def test_a_receipt_that_nobody_knows_gives_no_day(folder: Path, engine: Engine) -> None:
    """22/8/2026 is a Saturday that is made up, so five days from the 17th end on it."""
    assert [None, "2026-08-22", "2026-09-29"] == run(folder, engine, Office())
    assert [None] == receipts(engine)


def test_the_day_of_receipt_is_remembered(folder: Path, engine: Engine) -> None:
    """Without reading the file again, and also when the file is read again."""
    run(folder, engine, Office())
    assert "2026-08-21" == run(folder, engine, Office(date(2026, 8, 18)))[0]
    assert "2026-08-21" == run(folder, engine, Office())[0]
    (folder / "cv.txt").write_text(LETTER + "\n", encoding="utf-8")
    assert "2026-08-21" == run(folder, engine, Office(date(2026, 8, 25)))[0]
    assert ["2026-08-18"] == receipts(engine)


def test_nothing_comes_before_it_was_sent(folder: Path, engine: Engine) -> None:
    assert run(folder, engine, Office(date(2026, 8, 16)))[0] is None


LINE = Receipt(date(2026, 8, 19), "123/syt-nvy", date(2026, 8, 17))


@pytest.mark.parametrize(
    ("lines", "received"),
    [
        ((LINE,), "2026-08-19"),
        ((LINE._replace(date=None),), "2026-08-19"),
        ((LINE, LINE._replace(date=date(2025, 8, 17), received=date(2025, 8, 19))), "2026-08-19"),
        ((LINE._replace(date=date(2025, 8, 17)),), "2026-08-18"),
        ((LINE._replace(code="124/syt-nvy"),), "2026-08-18"),
        ((LINE, LINE._replace(received=date(2026, 8, 20))), "2026-08-18"),
    ],
    ids=["number and day", "number alone", "last year's", "another day", "another number", "two that disagree"],
)
def test_the_register_is_believed_before_the_one_day(
    folder: Path, engine: Engine, lines: tuple[Receipt, ...], received: str
) -> None:
    run(folder, engine, Office(date(2026, 8, 18), lines))
    assert [received] == receipts(engine)


def test_days_off_of_the_office(folder: Path, engine: Engine) -> None:
    """Counted over, not through; a fixed day never moves; the next run without them counts as before."""
    off = {date(2026, 8, 22): False, date(2026, 8, 19): False, date(2026, 9, 29): False}
    assert ["2026-08-24", "2026-08-25", "2026-09-29"] == run(folder, engine, Office(date(2026, 8, 18), days_off=off))
    assert ["2026-08-21", "2026-08-22", "2026-09-29"] == run(folder, engine, Office())


def test_a_receipt_supposed_for_a_question_changes_nothing(folder: Path, engine: Engine) -> None:
    """The copy answers with the days of the office; the database keeps its own."""
    run(folder, engine, Office(days_off={date(2026, 8, 19): False}))
    with supposing(engine, date(2026, 8, 18)) as supposed:
        assert "2026-08-22" == dues(supposed)[0]
        assert 1 == len(find_obligations(supposed, Filters(text="kể từ ngày nhận", before="2026-08-22")))
    with supposing(engine, None) as same:
        assert same is engine
    assert dues(engine)[0] is None
    assert [None] == receipts(engine)
