"""A run that changes nothing leaves its workbook alone, and only such a run."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app

LETTER = (
    "ỦY BAN NHÂN DÂN TỈNH SÔNG TRÀ\nSố: 12/UBND-VX\nSông Trà, ngày 02 tháng 4 năm 2024\nKính gửi: Sở Y tế.\n"
    "Yêu cầu Sở Y tế báo cáo kết quả trước ngày 05/4/2024.\n"
)


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., int]:
    """Run over a folder of one dispatch; when the workbook was written, in nanoseconds."""
    (tmp_path / "den").mkdir()
    (tmp_path / "den" / "cv.txt").write_text(LETTER, encoding="utf-8")

    def ran(*more: str) -> int:
        CliRunner().invoke(app, ["run", str(tmp_path / "den"), "--out", str(tmp_path / "ra"), "--jobs", "1", *more])
        return (tmp_path / "ra" / "obligations.xlsx").stat().st_mtime_ns

    return ran


def _mark(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "ra" / "vanthu.db")) as connection:
        (duty,) = connection.execute("SELECT obligation_id FROM obligations LIMIT 1").fetchone()
    marked = CliRunner().invoke(app, ["mark", duty, "--status", "done", "--db", str(tmp_path / "ra" / "vanthu.db")])
    assert 0 == marked.exit_code, marked.output


def test_nothing_new_leaves_the_workbook(run: Callable[..., int], tmp_path: Path) -> None:
    """Until there is a new file, a decision, a day of receipt or another wish; or the workbook was lost."""
    written = run()
    assert written == run()
    changes: list[Callable[[], object]] = [
        lambda: (tmp_path / "den" / "b.txt").write_text(f"{LETTER}Sở Nội vụ phối hợp.\n", encoding="utf-8"),
        lambda: (tmp_path / "den" / "b.txt").unlink(),
        lambda: (tmp_path / "den" / "hong.pdf").write_bytes(b"%PDF"),
        lambda: _mark(tmp_path),
        (tmp_path / "ra" / "obligations.xlsx").unlink,
    ]
    for change in changes:
        change()
        earlier, written = written, run()
        assert earlier != written
        assert written == run()
    assert written != (again := run("--received", "10/4/2024"))
    assert again != run("--with-drafters", "--received", "10/4/2024")
