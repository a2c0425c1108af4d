"""Disks that are full, folders that are closed, files that vanish or change, names of every kind, clocks set back."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from conftest import DISPATCH
from sqlalchemy import Engine
from typer.testing import CliRunner, Result

from pipeline import batch
from pipeline.batch import Settings
from pipeline.cli import app
from pipeline.collect import collect
from pipeline.decisions import Action, Decision, decide, history
from pipeline.only_run import only_run
from pipeline.query import each_document, each_failure, each_obligation
from pipeline.store import StoreError
from pipeline.worker import Task

AS_OWNER = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()


def _vanthu(
    *arguments: object, prefix: Sequence[str] = (), limit: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    command = [*prefix, sys.executable, "-m", "pipeline.cli", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, errors="replace", timeout=120, preexec_fn=limit, check=False
    )


def _here(*arguments: object) -> Result:
    """The same in this process, which is quicker."""
    return CliRunner().invoke(app, [*map(str, arguments)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two dispatches."""
    folder = tmp_path / "kho"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(f"{DISPATCH}Ghi chú {name}.\n", encoding="utf-8")
    return folder


def _documents(engine: Engine) -> list[str]:
    return [row["path"] for row in each_document(engine)]


# ---------------------------------------------------------------- disks
def _small_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))


def test_a_full_disk_is_said(folder: Path, tmp_path: Path) -> None:
    """The database cannot grow: one sentence with the reason, exit code 1, and a later run goes through."""
    for n in range(30):
        (folder / f"{n}.txt").write_text(DISPATCH * 40 + f"Mục {n}.\n", encoding="utf-8")
    ended = _vanthu("run", folder, "--out", tmp_path / "out", "--jobs", 1, limit=_small_files)
    assert ended.returncode in (1, 2)
    assert "đĩa" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert 0 == _here("run", folder, "--out", tmp_path / "out", "--jobs", 1).exit_code


def test_a_target_that_is_only_read_is_said(folder: Path, tmp_path: Path) -> None:
    """A folder without the right to write: a sentence, no half database."""
    out = tmp_path / "out"
    out.mkdir(mode=0o555)
    ended = _vanthu("run", folder, "--out", out, prefix=AS_OWNER)
    assert ended.returncode in (1, 2)
    assert str(out) in ended.stderr
    assert "Traceback" not in ended.stderr
    assert [] == list(out.iterdir())


def test_a_damaged_database_is_said(folder: Path, tmp_path: Path) -> None:
    """Neither a traceback nor a new database over it."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "vanthu.db").write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    ended = _here("run", folder, "--out", out)
    assert 2 == ended.exit_code
    assert "Không dùng được cơ sở dữ liệu" in ended.output
    assert "không phải cơ sở dữ liệu" in ended.output or "bị hỏng" in ended.output
    assert 5016 == (out / "vanthu.db").stat().st_size


# ---------------------------------------------------------------- two runs
def test_two_runs_do_not_write_to_one_store(tmp_path: Path) -> None:
    """The second is refused while the first is at work, and let in when that has ended, however it ended."""
    with only_run(tmp_path), pytest.raises(StoreError, match="đang ghi vào"), only_run(tmp_path):
        pass
    with pytest.raises(KeyError), only_run(tmp_path):
        raise KeyError
    with only_run(tmp_path):
        pass


def test_the_second_run_says_so(folder: Path, tmp_path: Path) -> None:
    """On the command line: exit code 2, nothing read twice."""
    out = tmp_path / "out"
    out.mkdir()
    with only_run(out):
        ended = _here("run", folder, "--out", out)
    assert 2 == ended.exit_code
    assert "Một lượt `vanthu run` khác" in ended.output
    assert "--out" in ended.output


# ---------------------------------------------------------------- files that do not keep still
def test_a_file_that_vanishes_is_a_failure(folder: Path, engine: Engine) -> None:
    """Between the search and the reading; the rest is read."""
    found = collect([folder])
    (folder / "a.txt").unlink()
    assert 1 == batch.run(found, engine, Settings(1)).failed
    assert ["b.txt"] == _documents(engine)
    (failure,) = each_failure(engine)
    assert "không có tệp" in failure["reason"]


def test_a_file_that_changes_while_it_is_read_is_a_failure(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Text of one content under the hash of another would stay; the next run reads the file again."""
    process = import_module("pipeline.process")  # the package gives the function by this name
    path, read = folder / "a.txt", process.read

    def written_meanwhile(*given: object) -> object:
        found = read(*given)  # type: ignore[arg-type]
        path.write_text(f"{DISPATCH}Thêm vào sau.\n", encoding="utf-8")
        return found

    assert process.process(path).document.text
    monkeypatch.setattr(process, "read", written_meanwhile)
    with pytest.raises(process.UnreadableDocument, match="thay đổi trong lúc đọc"):
        process.process(path)


def test_a_folder_that_is_closed_keeps_its_rows(folder: Path, tmp_path: Path) -> None:
    """It is a failure with a reason; what was read from it is not taken for deleted."""
    inner, out = folder / "riêng", tmp_path / "out"
    inner.mkdir()
    (inner / "c.txt").write_text(f"{DISPATCH}Riêng.\n", encoding="utf-8")
    assert 0 == _here("run", folder, "--out", out, "--jobs", 1).exit_code
    inner.chmod(0)
    try:
        ended = _vanthu("run", folder, "--out", out, "--jobs", 1, prefix=AS_OWNER)
    finally:
        inner.chmod(0o755)
    assert 1 == ended.returncode
    assert "riêng: Không mở được thư mục (không có quyền)" in ended.stdout
    assert "gỡ 0" in ended.stdout


# ---------------------------------------------------------------- names
ODD = [
    b"xu\nong dong.txt", b"\xff\xfe.txt", "📜 công văn.txt".encode(), b"-rf.txt", b"--out.txt", b"'\"`$(id);&|.txt",
    "\u202etxt.gnod gnoc.txt".encode(), b"*?[a].txt", b"%41 #x?y=z&.txt", b"[bold]a.txt", b"\x1b[31m\x07.txt",
    ("đ" * 125 + ".txt").encode(), b" .txt", "e\u0301.txt".encode(), "\u00e9.txt".encode(), b"\xfe\xfd.txt",
]  # fmt: skip


def test_any_name_is_read_as_a_document_of_its_own(tmp_path: Path, engine: Engine) -> None:
    """Also names that are shown alike: each keeps its row over a second run."""
    (tmp_path / "kho").mkdir()
    folder = os.fsencode(tmp_path) + b"/kho"
    for n, name in enumerate(ODD):
        Path(os.fsdecode(folder + b"/" + name)).write_text(f"{DISPATCH}Mục {n}.\n", encoding="utf-8")
    counts = batch.run(collect([Path(os.fsdecode(folder))]), engine, Settings(2))
    assert (len(ODD), 0) == (counts.read, counts.failed)
    again = batch.run(collect([Path(os.fsdecode(folder))]), engine, Settings(2))
    assert (0, len(ODD), 0, 0) == (again.read, again.unchanged, again.failed, again.removed)
    assert len(ODD) == len(set(_documents(engine)))
    assert all(row["path"].isprintable() or "\n" in row["path"] or "\x1b" in row["path"] or "\u202e" in row["path"]
               for row in each_document(engine))  # fmt: skip


def test_odd_names_on_the_command_line(tmp_path: Path) -> None:
    """In the paths that are given, too: the folder of the documents and that of the results."""
    place = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff ?x=1#%41 [b] '\xf0\x9f\x93\x9c'"))
    place.mkdir()
    (place / "-a.txt").write_text(DISPATCH, encoding="utf-8")
    ended = _vanthu("run", place, "--out", place / "out", "--jobs", 1)
    assert 0 == ended.returncode, ended.stderr
    assert {"vanthu.db", "obligations.xlsx"} <= {path.name for path in (place / "out").iterdir()}


def test_paths_as_long_as_the_system_allows(tmp_path: Path, engine: Engine) -> None:
    """A path of almost 4,096 bytes is read; below one that is longer the folder is a failure; a longer one is none."""
    place = tmp_path / "kho"
    while len(os.fsencode(place)) < 3_600:
        place /= "đ" * 100
    place.mkdir(parents=True)
    (place / f"{'a' * 251}.txt").write_text(DISPATCH, encoding="utf-8")
    inside = os.open(place, os.O_RDONLY)
    os.mkdir("b" * 255, dir_fd=inside)
    deeper = os.open("b" * 255, os.O_RDONLY, dir_fd=inside)
    os.mkdir("c" * 255, dir_fd=deeper)
    counts = batch.run(collect([tmp_path / "kho"]), engine, Settings(1))
    assert (1, 1) == (counts.read, counts.failed)
    assert ["Không mở được thư mục (đường dẫn quá dài): hãy kiểm tra quyền rồi chạy lại."] == [
        row["reason"] for row in each_failure(engine)
    ]
    os.rmdir("c" * 255, dir_fd=deeper)
    os.close(deeper)
    os.close(inside)
    ended = _here("run", "x" * 5_000, "--out", tmp_path / "out")
    assert (2, True) == (ended.exit_code, "Không thấy" in ended.output)


# ---------------------------------------------------------------- clocks
def test_a_clock_set_back_changes_no_order(folder: Path, engine: Engine) -> None:
    """The later decision counts, whatever the clock said; files of tomorrow are read and skipped as others."""
    ahead = time.time() + 86_400 * 400
    for path in folder.iterdir():
        os.utime(path, (ahead, ahead))
    assert 2 == batch.run(collect([folder]), engine, Settings(1)).read
    os.utime(folder / "a.txt", (0, 0))
    assert 2 == batch.run(collect([folder]), engine, Settings(1)).unchanged
    about = next(each_obligation(engine))["obligation_id"]
    now = datetime(2026, 5, 4, tzinfo=UTC)
    for status, at in (("in_progress", now), ("done", now - timedelta(days=900))):
        decide(engine, [Decision("Lan", Action.STATUS, about, {"status": status})], at)
    assert ["in_progress", "done"] == [row["values"]["status"] for row in history(engine, about)]
    assert "done" == next(row for row in each_obligation(engine) if row["obligation_id"] == about)["status"]


def test_a_task_keeps_its_own_name(folder: Path) -> None:
    """A file shown as no other keeps its name without a number."""
    from pipeline.collect import work_of
    from pipeline.readers import DEFAULT

    tasks: list[Task] = work_of(collect([folder]), DEFAULT, folder).tasks
    assert ["a.txt", "b.txt"] == [task.name for task in tasks]
