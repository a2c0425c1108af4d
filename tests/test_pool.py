"""A file that kills its process or never ends costs only itself."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from conftest import make_result

from pipeline import pool
from pipeline.worker import Chunk, Failure, Outcome, Task


def _die_on_poison(chunk: Chunk) -> list[Outcome]:
    """Stands for a library that takes its process down."""
    if any(task.path.name == "poison.txt" for task in chunk):
        os._exit(1)
    return [make_result(task.path.name) for task in chunk]


def test_a_file_that_kills_its_process_costs_only_itself() -> None:
    """All others are read, those that were in work beside it too."""
    tasks = [Task(Path(name), name, name) for name in (*(f"{i}.txt" for i in range(20)), "poison.txt")]
    found = dict(pool.outcomes([*tasks[10:], *tasks[:10]], 2, _die_on_poison))
    assert set(tasks) == set(found)
    failed = {task.path.name: outcome for task, outcome in found.items() if isinstance(outcome, Failure)}
    assert ["poison.txt"] == list(failed)
    assert "dừng đột ngột" in failed["poison.txt"].reason


def _raise(chunk: Chunk) -> list[Outcome]:
    raise ValueError("Nội dung mật của văn bản")


def test_an_error_of_the_program_does_not_repeat_the_text() -> None:
    """Type and place are enough to mend it; a message may quote the document."""
    ((_, outcome),) = pool.outcomes([Task(Path("a.txt"), "a.txt", "a.txt")], 1, _raise)
    assert isinstance(outcome, Failure)
    assert "ValueError" in outcome.reason
    assert "mật" not in outcome.reason


def _hang_on_poison(chunk: Chunk) -> list[Outcome]:
    if any(task.path.name == "poison.txt" for task in chunk):
        time.sleep(600)
    return [make_result(task.path.name) for task in chunk]


def test_a_file_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a while, with a reason; the others are read."""
    monkeypatch.setattr(pool, "PATIENCE", 12.0)
    tasks = [Task(Path(name), name, name) for name in ("a.txt", "poison.txt", "b.txt")]
    found = {task.path.name: outcome for task, outcome in pool.outcomes(tasks, 2, _hang_on_poison)}
    assert {"a.txt": False, "poison.txt": True, "b.txt": False} == {
        name: isinstance(outcome, Failure) for name, outcome in found.items()
    }
    assert "quá lâu" in getattr(found["poison.txt"], "reason", "")


def _tell_size(chunk: Chunk) -> list[Outcome]:
    return [make_result(str(len(chunk))) for _ in chunk]


def test_office_files_are_bundled_for_one_conversion() -> None:
    """Twenty files for two processes cost two starts of the program that converts them; other files go one by one."""
    names = [f"{i}.{suffix}" for i in range(10) for suffix in ("doc", "txt", "RTF")]
    found = pool.outcomes([Task(Path(name), name, name) for name in names], 2, _tell_size)
    sizes = {(task.path.suffix.lower(), outcome.path) for task, outcome in found if not isinstance(outcome, Failure)}
    assert sizes == {(".doc", "10"), (".rtf", "10"), (".txt", "1")}
