"""Many files: each is read or has a reason why not, and a second run does only what is new."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import DISPATCH
from sqlalchemy import Engine

from pipeline import batch
from pipeline.batch import Counts, Settings
from pipeline.collect import collect
from pipeline.query import each_document, each_failure, each_obligation
from pipeline.worker import Task

Run = Callable[[], Counts]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two dispatches and a broken PDF."""
    folder = tmp_path / "kho"
    folder.mkdir()
    (folder / "a.txt").write_text(DISPATCH, encoding="utf-8")
    (folder / "b.txt").write_text("Đề nghị Sở Nội vụ gửi báo cáo trước ngày 10/5/2020.\n", encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    return folder


@pytest.fixture
def run(folder: Path, engine: Engine) -> Run:
    """Read the folder as the command line does."""
    return lambda: batch.run(collect([folder]), engine, Settings(2))


def _seen(counts: Counts) -> tuple[int, int, int, int]:
    return counts.read, counts.unchanged, counts.failed, counts.removed


def test_a_second_run_skips_what_is_unchanged(run: Run, folder: Path, engine: Engine) -> None:
    """Unchanged files keep their rows; a changed one is read again; what failed is tried again."""
    assert (2, 0, 1, 0) == _seen(run())
    before = list(each_obligation(engine))
    assert (0, 2, 1, 0) == _seen(run())
    assert before == list(each_obligation(engine))
    (folder / "b.txt").write_text("Sở Nội vụ báo cáo trước ngày 11/5/2020.\n", encoding="utf-8")
    assert (1, 1, 1, 0) == _seen(run())
    assert ["a.txt", "b.txt"] == [row["path"] for row in each_document(engine)]


def test_a_broken_file_has_a_reason_in_vietnamese(run: Run, engine: Engine) -> None:
    """The failure names the file and says why; nothing of its content is repeated."""
    run()
    (failure,) = each_failure(engine)
    assert "broken.pdf" == failure["path"]
    assert "UnreadableDocument" == failure["error"]
    assert "nothing more" not in failure["reason"]


def test_files_that_are_gone_lose_their_rows(run: Run, folder: Path, engine: Engine) -> None:
    """Of the searched folder only: what was read from elsewhere stays."""
    elsewhere = folder.parent / "khac" / "c.txt"
    elsewhere.parent.mkdir()
    elsewhere.write_text(DISPATCH + "Ghi chú.\n", encoding="utf-8")
    batch.run(collect([elsewhere]), engine, Settings(1))
    run()
    (folder / "a.txt").unlink()
    (folder / "broken.pdf").unlink()
    assert (0, 1, 0, 2) == _seen(run())
    assert ["b.txt", "c.txt"] == [row["path"] for row in each_document(engine)]
    assert [] == list(each_failure(engine))


def test_another_extractor_reads_everything_again(run: Run, engine: Engine) -> None:
    """Rows of an older version of the code are not taken for current ones."""
    run()
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE documents SET version = 'older'")
    assert (2, 0, 1, 0) == _seen(run())


def test_every_file_is_reported_once(folder: Path, engine: Engine) -> None:
    """The progress bar reaches its end, whatever becomes of the files."""
    done: list[str] = []
    for _ in range(2):
        done.clear()
        batch.run(collect([folder]), engine, Settings(1), lambda task: done.append(task.path.name))
        assert ["a.txt", "b.txt", "broken.pdf"] == sorted(done)


def test_an_interrupt_leaves_whole_documents(folder: Path, engine: Engine) -> None:
    """What was read before Ctrl-C is there and complete; the next run does the rest."""

    def interrupt(task: Task) -> None:
        raise KeyboardInterrupt

    counts = batch.run(collect([folder]), engine, Settings(1), interrupt)
    assert counts.interrupted
    assert 1 == counts.read + counts.failed
    assert 2 == counts.read + batch.run(collect([folder]), engine, Settings(1)).read
