"""The package as programs use it: ``from pipeline import process, run, load``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import DISPATCH

import pipeline
from pipeline import load, process, run
from pipeline.batch import Settings
from pipeline.only_run import only_run
from pipeline.store import StoreError
from pipeline.units.own import BadUnits

ONE = Settings(1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one dispatch."""
    path = tmp_path / "kho"
    path.mkdir()
    (path / "cv.txt").write_text(DISPATCH, encoding="utf-8")
    return path


def test_a_folder_is_read_once_and_loaded(folder: Path, tmp_path: Path) -> None:
    """The three together; a second run has nothing to do, and text paths are paths too."""
    first, second = run(folder, tmp_path / "out", ONE), run([str(folder)], str(tmp_path / "out"), ONE)
    assert [(1, 0, 0), (0, 1, 0)] == [(one.read, one.unchanged, one.failed) for one in (first, second)]
    tables, result = load(tmp_path / "out"), process(folder / "cv.txt")
    assert [result.doc_id] == list(tables.documents["doc_id"])
    assert [one.span.of(result.document.text) for one in result.obligations] == list(tables.obligations["quote"])


def test_own_units_are_known(folder: Path, tmp_path: Path) -> None:
    """A file beside the documents is found, one that is named goes before it, a wrong one is refused at once."""
    named = "Cục HQ TP Cửa Biển"
    (folder / "units.toml").write_text(f'[[unit]]\nname = "{named}"\n', encoding="utf-8")
    run(folder, tmp_path / "a", ONE)
    (tmp_path / "none.toml").write_text("", encoding="utf-8")
    run(folder, tmp_path / "b", ONE, tmp_path / "none.toml")
    units = [load(tmp_path / out).units.set_index("name")["unit"] for out in "ab"]
    assert "own:cuc-hai-quan-thanh-pho-cua-bien" == units[0][named]
    assert units[1].isna()[named]
    (tmp_path / "wrong.toml").write_text("[[unit]]\n", encoding="utf-8")
    with pytest.raises(BadUnits):
        run(folder, tmp_path / "c", ONE, tmp_path / "wrong.toml")


def test_wrong_places_are_told(folder: Path, tmp_path: Path) -> None:
    """What is not there, and a database of somebody else."""
    with pytest.raises(FileNotFoundError):
        run(tmp_path / "không có", tmp_path / "out", ONE)
    (tmp_path / "vanthu.db").write_text("không phải", encoding="utf-8")
    with pytest.raises(StoreError):
        run(folder, tmp_path, ONE)


def test_process_is_the_function_whatever_was_imported_before() -> None:
    """The module of the same name does not hide it."""
    code = "import pipeline.process; from pipeline import process; print(process.__qualname__, type(process).__name__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "process function" == done.stdout.strip()
    assert process is sys.modules["pipeline.process"].process


def test_other_names_are_refused() -> None:
    """As of any module."""
    assert {"load", "process", "run"} == set(pipeline.__all__)
    with pytest.raises(AttributeError, match="laod"):
        pipeline.laod  # noqa: B018


def test_no_other_run_writes_at_the_same_time(folder: Path, tmp_path: Path) -> None:
    """As on the command line: the second one is told so, and nothing is read."""
    with only_run(tmp_path / "out"), pytest.raises(StoreError, match="Một lượt `vanthu run` khác"):
        run(folder, tmp_path / "out", ONE)
    assert 1 == run(folder, tmp_path / "out", ONE).read
