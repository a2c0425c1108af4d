"""Many files: each is read or has a reason why not, and a second run does only what is new."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import DISPATCH
from containers_fixtures import LETTER, edxml, locked, written, zipped
from readers_fixtures import letter, new_pdf, picture
from sqlalchemy import Engine

from pipeline import batch
from pipeline.batch import Counts, Settings
from pipeline.collect import collect
from pipeline.query import each_document, each_failure, each_obligation
from pipeline.readers import Options
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
        batch.run(
            collect([folder]), engine, Settings(1), lambda task, total: done.append(f"{task.path.name} of {total}")
        )
        assert ["a.txt of 3", "b.txt of 3", "broken.pdf of 3"] == sorted(done)


def test_an_interrupt_leaves_whole_documents(folder: Path, engine: Engine) -> None:
    """What was read before Ctrl-C is there and complete; the next run does the rest."""

    def interrupt(task: Task, total: int) -> None:
        raise KeyboardInterrupt

    counts = batch.run(collect([folder]), engine, Settings(1), interrupt)
    assert counts.interrupted
    assert 1 == counts.read + counts.failed
    assert 2 == counts.read + batch.run(collect([folder]), engine, Settings(1)).read


def _archive(folder: Path, **texts: str) -> Path:
    return written(folder / "hoso.zip", zipped({f"{name}.txt": text for name, text in texts.items()}))


def test_what_lies_in_an_archive_is_read_once(run: Run, folder: Path, engine: Engine) -> None:
    """Members are documents named after archive and place; a second run skips the unchanged ones."""
    _archive(folder, c=DISPATCH + "Một.\n", d=DISPATCH + "Hai.\n")
    assert (4, 0, 1, 0) == _seen(run())
    rows = {row["path"]: row["source"] for row in each_document(engine)}
    assert f"{folder}/hoso.zip!/c.txt" == rows["hoso.zip!/c.txt"]
    _archive(folder, c=DISPATCH + "Một.\n", d=DISPATCH + "Khác.\n", e=DISPATCH + "Ba.\n")
    assert (2, 3, 1, 0) == _seen(run())
    _archive(folder, e=DISPATCH + "Ba.\n")
    assert (0, 3, 1, 2) == _seen(run())
    (folder / "hoso.zip").unlink()
    assert (0, 2, 1, 1) == _seen(run())
    assert ["a.txt", "b.txt"] == [row["path"] for row in each_document(engine)]


def test_an_archive_named_outright_forgets_what_it_lost(folder: Path, engine: Engine) -> None:
    """Without a folder search as well; what was read from elsewhere stays."""
    batch.run(collect([folder / "a.txt"]), engine, Settings(1))
    path = _archive(folder, c=DISPATCH + "Một.\n", d=DISPATCH + "Hai.\n")
    batch.run(collect([path]), engine, Settings(1))
    _archive(folder, d=DISPATCH + "Hai.\n")
    assert (0, 1, 0, 1) == _seen(batch.run(collect([path]), engine, Settings(1)))
    assert ["a.txt", "hoso.zip!/d.txt"] == [row["path"] for row in each_document(engine)]


def test_failures_of_containers_come_and_go(run: Run, folder: Path, engine: Engine) -> None:
    """A broken archive and a locked member have their reasons; mended, they have none."""
    written(folder / "hoso.zip", b"PK broken")
    (folder / "broken.pdf").unlink()
    assert (2, 0, 1, 0) == _seen(run())
    assert ["hoso.zip"] == [row["path"] for row in each_failure(engine)]
    path = _archive(folder, c=DISPATCH)
    path.write_bytes(locked(path.read_bytes(), "c.txt"))
    assert (0, 2, 1, 0) == _seen(run())
    assert ["hoso.zip!/c.txt"] == [row["path"] for row in each_failure(engine)]
    _archive(folder, c=DISPATCH)
    counts = run()
    assert (1, 2, 0, 0) == _seen(counts)
    assert [] == list(each_failure(engine))


def test_what_a_message_states_is_kept_and_checked(run: Run, folder: Path, engine: Engine) -> None:
    """The document wins, the difference is told; a message that changes is read again though its file did not."""
    written(folder / "tin.edxml", edxml({"cv.txt": LETTER.encode()}))
    assert 3 == run().read
    row = next(row for row in each_document(engine) if row["path"] == "tin.edxml!/cv.txt")
    assert ("12/UBND-VX", "Lê Văn Mẫu") == (row["code"], row["signer_name"])
    assert "edxml" == row["stated"]["source"]
    assert ["Người ký “Lê Văn Mẫu” lấy từ thông điệp edXML."] == [w for w in row["warnings"] if "Người ký" in w]
    assert 3 == run().unchanged
    other = edxml({"cv.txt": LETTER.encode()}).replace(b">12<", b">21<")
    written(folder / "tin.edxml", other)
    assert 1 == run().read
    row = next(row for row in each_document(engine) if row["path"] == "tin.edxml!/cv.txt")
    assert "12/UBND-VX" == row["code"]
    assert any("“21/UBND-VX”" in warning for warning in row["warnings"])


def test_rubbish_in_containers_is_counted(run: Run, folder: Path) -> None:
    """As that of the folder is, after the run."""
    written(folder / "hoso.zip", zipped({"a.exe": b"x", "b.exe": b"x", "c.txt": DISPATCH}))
    assert {".exe": 2} == dict(run().passed_over)


def test_pages_left_unread_are_tried_again(tmp_path: Path, engine: Engine) -> None:
    """A page that gave no text is a failure beside its document, and the next run tries it again."""
    pdf = letter(new_pdf())
    pdf.add_page()
    pdf.image(picture(), 0, 0, 595, 842)
    (tmp_path / "mixed.pdf").write_bytes(bytes(pdf.output()))
    unread = Settings(1, Options(ocr=False))
    for _ in range(2):
        counts = batch.run(collect([tmp_path]), engine, unread)
        assert (1, 1, 0) == (counts.read, counts.unread, counts.unchanged)
        assert [("mixed.pdf", 2)] == [(row["path"], row["page"]) for row in each_failure(engine)]
    read = batch.run(collect([tmp_path]), engine, Settings(1))  # the picture is an empty sheet
    assert (1, 0) == (read.read, read.unread)
    assert [] == list(each_failure(engine))
    assert 1 == batch.run(collect([tmp_path]), engine, Settings(1)).unchanged
