"""The commands as a clerk types them: real runs over small folders."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import DISPATCH
from containers_fixtures import written, zipped
from typer.testing import CliRunner, Result

from pipeline.cli import app
from pipeline.language import TEXTS

RUNNER = CliRunner(env={"COLUMNS": "160"})


def _vanthu(*arguments: object) -> Result:
    return RUNNER.invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two dispatches in a folder, one below it, and a spreadsheet."""
    folder = tmp_path_factory.mktemp("kho")
    (folder / "cv.txt").write_text(DISPATCH, encoding="utf-8")
    (folder / "2020").mkdir()
    text = "Đề nghị Sở Nội vụ tỉnh Bình Lục gửi báo cáo trước ngày 10/5/2020.\n"
    (folder / "2020" / "tb.txt").write_text(text, encoding="utf-8")
    (folder / "bang.xls9").write_text("x", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def database(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a run over the folder."""
    out = tmp_path_factory.mktemp("out")
    result = _vanthu("run", folder, "--out", out, "--jobs", 1, "--today", "2020-04-03")
    assert 0 == result.exit_code, result.output
    return out / "vanthu.db"


def test_run_ends_with_a_summary(folder: Path, tmp_path: Path) -> None:
    """What is due next, in words a clerk reads, and where the results are."""
    result = _vanthu("run", folder, "--out", tmp_path, "--jobs", 1, "--today", "3/4/2020")
    assert 0 == result.exit_code
    assert "Sắp đến hạn" in result.output
    assert "04/04/2020" in result.output
    assert "còn 1 ngày" in result.output
    assert "Đọc mới 2 văn bản" in result.output
    assert ".xls9 (1)" in result.output
    assert str(tmp_path / "vanthu.db") in result.output
    assert {"vanthu.db", "obligations.xlsx"} <= {path.name for path in tmp_path.iterdir()}


def test_run_with_a_broken_file_fails_but_keeps_the_rest(folder: Path, tmp_path: Path) -> None:
    """Exit code 1, the file and the reason on the screen, the others read."""
    broken = tmp_path / "in" / "hong.pdf"
    broken.parent.mkdir()
    broken.write_bytes(b"%PDF-1.7 broken")
    result = _vanthu("run", folder, broken, "--out", tmp_path / "out", "--jobs", 1)
    assert 1 == result.exit_code
    assert "hong.pdf" in result.output
    assert "Đọc mới 2 văn bản" in result.output


def test_run_speaks_english(folder: Path, tmp_path: Path) -> None:
    """By option or by environment."""
    result = _vanthu("run", folder, "--out", tmp_path, "--lang", "en", "--jobs", 1)
    assert "Results are in:" in result.output
    result = RUNNER.invoke(app, ["query", "--db", str(tmp_path / "vanthu.db")], env={"VANTHU_LANG": "en"})
    assert "obligations found" in result.output


@pytest.mark.parametrize("arguments", [["run"], ["run", "/không/có"], ["explain", "/không/có.txt"], ["nothing"]])
def test_wrong_use_exits_with_2(arguments: list[str]) -> None:
    """And says what is wrong, without a traceback."""
    result = _vanthu(*arguments)
    assert 2 == result.exit_code
    assert "Traceback" not in result.output


def test_a_folder_without_documents_changes_nothing(database: Path, tmp_path: Path) -> None:
    """An unmounted or wrong folder must not empty the database."""
    (tmp_path / "empty").mkdir()
    before = database.stat().st_mtime_ns
    result = _vanthu("run", tmp_path / "empty", "--out", database.parent)
    assert 2 == result.exit_code
    assert ".docx" in result.output
    assert before == database.stat().st_mtime_ns


def test_query_without_a_database_says_what_to_do(tmp_path: Path) -> None:
    """The next command to type is named."""
    result = _vanthu("query", "--db", tmp_path / "vanthu.db")
    assert 2 == result.exit_code
    assert "vanthu run" in result.output


@pytest.mark.parametrize("name", ["vanthu.db", "obligations.xlsx"])
def test_results_that_cannot_be_written(folder: Path, tmp_path: Path, name: str) -> None:
    """A file in the way is named, without a traceback."""
    (tmp_path / name).mkdir()
    result = _vanthu("run", folder, "--out", tmp_path, "--jobs", 1)
    assert result.exit_code in (1, 2)
    assert str(tmp_path / name) in result.output


def test_query_table(database: Path) -> None:
    """Unit without marks, dates as people write them."""
    result = _vanthu("query", "--db", database, "--unit", "so noi vu", "--before", "31/5/2020", "--today", "2020-04-03")
    assert 0 == result.exit_code
    assert "Tìm thấy 1 nghĩa vụ." in result.output
    assert "Sở Nội vụ" in result.output
    assert "09/05/2020" in result.output


def test_query_json_and_csv_agree(database: Path, tmp_path: Path) -> None:
    """The same rows on the standard output and in a file."""
    rows = json.loads(_vanthu("query", "--db", database, "--format", "json").stdout)
    lines = list(csv.DictReader(io.StringIO(_vanthu("query", "--db", database, "--format", "csv").stdout)))
    assert [row["obligation_id"] for row in rows] == [line["obligation_id"] for line in lines]
    assert rows
    target = tmp_path / "found.json"
    assert 0 == _vanthu("query", "--db", database, "--format", "json", "--output", target).exit_code
    assert rows == json.loads(target.read_text(encoding="utf-8"))


def test_query_workbook(database: Path, tmp_path: Path) -> None:
    """The path written is shown."""
    target = tmp_path / "found.xlsx"
    result = _vanthu("query", "--db", database, "--format", "xlsx", "--output", target)
    assert str(target) in result.output
    assert target.read_bytes().startswith(b"PK")


def test_query_with_a_bad_date(database: Path) -> None:
    """The value is quoted with the forms that are understood."""
    result = _vanthu("query", "--db", database, "--before", "hôm qua")
    assert 2 == result.exit_code
    assert "hôm qua" in result.output


def test_query_that_finds_nothing(database: Path) -> None:
    """No row is an answer, with a hint."""
    result = _vanthu("query", "--db", database, "--unit", "Bộ Không Có")
    assert 0 == result.exit_code
    assert "bớt điều kiện" in result.output


@pytest.mark.parametrize("form", ["jsonl", "csv", "xlsx", "graphml"])
def test_export(database: Path, tmp_path: Path, form: str) -> None:
    """The target folder is made, the files written are listed."""
    result = _vanthu("export", "--db", database, "--format", form, tmp_path / "new" / form)
    assert 0 == result.exit_code
    written = list((tmp_path / "new" / form).iterdir())
    assert written
    assert all(str(path) in result.output for path in written)


def test_explain_shows_place_and_rule(folder: Path) -> None:
    """The text, and under its line what was read from it."""
    result = _vanthu("explain", folder / "cv.txt")
    assert 0 == result.exit_code
    assert "kho lạnh" in result.output
    assert "07/CT-TTg" in result.output
    assert "Phải làm" in result.output


def test_explain_an_unreadable_file(tmp_path: Path) -> None:
    """The reason, and exit code 1."""
    path = tmp_path / "empty.txt"
    path.write_bytes(b"")
    result = _vanthu("explain", path)
    assert 1 == result.exit_code
    assert str(path) in result.output


def test_every_message_exists_in_both_languages() -> None:
    """With the same blanks to fill in."""
    from string import Formatter

    for vietnamese, english in TEXTS.values():
        names = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (vietnamese, english)]
        assert names[0] == names[1]


def test_help_waits_for_no_library() -> None:
    """``vanthu --help`` imports neither the database nor the readers."""
    code = "import sys, pipeline.cli; print([m for m in ('sqlalchemy', 'docx', 'extractors') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "[]" == done.stdout.strip()
    module = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "--help"], capture_output=True, text=True, check=True
    )
    assert "query" in module.stdout


def test_help_is_drawn_without_the_library_of_frames() -> None:
    """The markdown and syntax readers of rich take longer to import than all the rest of ``vanthu --help``."""
    code = (
        "import sys, pipeline.cli\ntry:\n    pipeline.cli.app(['--help'])\nexcept SystemExit:\n    pass\n"
        "print([m for m in ('rich.markdown', 'rich.syntax', 'sqlalchemy', 'spacy', 'pandas') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")


def test_a_folder_with_an_archive_and_a_second_file_of_a_dispatch(folder: Path, tmp_path: Path) -> None:
    """What lies in the archive is read, rubbish is named, the copy is counted once and asked for by an option."""
    kho = tmp_path / "kho"
    written(kho / "cv.txt", (folder / "cv.txt").read_bytes())
    written(kho / "hoso.zip", zipped({"bản sao.txt": (folder / "cv.txt").read_bytes(), "setup.exe": b"x"}))
    result = _vanthu("run", kho, "--out", tmp_path / "out", "--jobs", 1)
    assert 0 == result.exit_code, result.output
    assert "Đọc mới 2 văn bản" in result.output
    assert ".exe (1)" in result.output
    assert "1 tệp là bản khác" in result.output
    ask = ("query", "--unit", "Cục Hải quan Cửa Biển", "--format", "json", "--db", tmp_path / "out" / "vanthu.db")
    once, all_files = json.loads(_vanthu(*ask).output), json.loads(_vanthu(*ask, "--all-versions").output)
    assert ["cv.txt"] == [row["path"] for row in once]
    assert ["cv.txt", "hoso.zip!/bản sao.txt"] == [row["path"] for row in all_files]
    explained = _vanthu("explain", kho / "hoso.zip!" / "bản sao.txt")
    assert "hoso.zip!/bản sao.txt" in explained.output


def test_last_days_counted_from_a_receipt(tmp_path: Path) -> None:
    """Given with the run, by the register, or supposed for one question; a table that cannot be used ends with 2."""
    folder, out = tmp_path / "kho", tmp_path / "out"
    folder.mkdir()
    duty = "Đề nghị Sở Nội vụ báo cáo trong 02 ngày làm việc kể từ ngày nhận được văn bản này.\n"
    letter = f"SỞ Y TẾ\nSố: 12/SYT-VP\nBình Lục, ngày 17 tháng 8 năm 2026\n\nKính gửi: Sở Nội vụ.\n\n{duty}"
    (folder / "cv.txt").write_text(letter, encoding="utf-8")
    assert 0 == _vanthu("run", folder, "--out", out, "--jobs", 1).exit_code
    asked = _vanthu("query", "--received", "18/8/2026", "--format", "json", "--db", out / "vanthu.db")
    assert ["2026-08-20"] == [row["due"] for row in json.loads(asked.stdout)]
    export = _vanthu("export", tmp_path / "kq", "--received", "2026-08-18", "--db", out / "vanthu.db")
    assert 0 == export.exit_code
    assert '"due": "2026-08-20"' in (tmp_path / "kq" / "obligations.jsonl").read_text(encoding="utf-8")
    register = tmp_path / "so.csv"
    register.write_text("Ngày đến,Số ký hiệu\n19/8/2026,12/SYT-VP\n", encoding="utf-8")
    (tmp_path / "lich-nghi.csv").write_text("Ngày,Làm việc\n20/8/2026,không\n", encoding="utf-8")
    assert 0 == _vanthu("run", folder, "--out", out, "--jobs", 1, "--register", register).exit_code
    asked = _vanthu("query", "--format", "json", "--db", out / "vanthu.db")
    assert ["2026-08-22"] == [row["due"] for row in json.loads(asked.stdout)]
    refused = _vanthu("run", folder, "--out", out, "--calendar", folder / "cv.txt")
    assert 2 == refused.exit_code
    assert "Hãy thêm dòng tiêu đề" in refused.output
