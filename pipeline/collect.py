"""Which files of the paths on the command line are read."""

from __future__ import annotations

import errno
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.containers import INSIDE, SUFFIXES, is_container, unpack
from pipeline.process import printable, relative_name
from pipeline.readers import SUPPORTED, Options
from pipeline.refusals import system_reason
from pipeline.units.own import FILE_NAME as UNITS_FILE
from pipeline.worker import Failure, Task, program_error


@dataclass(frozen=True, slots=True)
class Collection:
    """The files to read, in order of their names; ``root`` is the folder their names are relative to.

    ``folders`` are the folders searched, ``closed`` those in them that could not be, with the reason; ``unsupported``
    counts the files passed over, by suffix.
    """

    files: tuple[Path, ...]
    root: Path
    folders: tuple[Path, ...]
    unsupported: Counter[str]
    closed: tuple[tuple[Path, str], ...] = ()


@dataclass(slots=True)
class Work:
    """The work that reading a collection is: a task for each file, also those in containers.

    ``failures`` are what could not be taken out of a container, and folders that could not be searched, with the
    reason; ``boxes`` the sources of the
    containers that were opened; ``passed_over`` counts by suffix what lies in them and is no dispatch.
    """

    tasks: list[Task] = field(default_factory=list)
    failures: list[tuple[Task, Failure]] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)


def collect(paths: Sequence[Path], without: Path | None = None) -> Collection:
    """Search ``paths`` and their subfolders; ``without`` is a folder left out (where the run writes).

    Hidden files, lock files of office programs (``~$…``), the list of own units and files that by their suffix are no
    dispatches are passed over; a file named outright is always taken. Raises ``FileNotFoundError`` for a path that does
    not exist.
    """
    given = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100 - a link keeps its own name
    for path in given:
        if not _exists(path):
            raise FileNotFoundError(path)
    folders = tuple(path for path in given if path.is_dir())
    skipped: Counter[str] = Counter()
    closed: list[OSError] = []
    files = {path for path in given if not path.is_dir()}
    for folder in folders:
        left_out = Path(os.path.abspath(without)) if without else None  # noqa: PTH100
        for path in _visible_files(folder, left_out, closed.append):
            if path.suffix.lower() in SUPPORTED | SUFFIXES or is_container(path):
                files.add(path)
            elif path.name != UNITS_FILE:
                skipped[path.suffix.lower() or path.name] += 1
    starts = [path if path.is_dir() else path.parent for path in given]
    root = Path(os.path.commonpath(starts))
    return Collection(tuple(sorted(files)), root, folders, skipped, tuple(map(_closed, closed)))


def _exists(path: Path) -> bool:
    """False also for a name that no file can have."""
    try:
        return path.exists()
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:
            raise
        return False


def _closed(error: OSError) -> tuple[Path, str]:
    return Path(error.filename), f"Không mở được thư mục ({system_reason(error)}): hãy kiểm tra quyền rồi chạy lại."


def work_of(found: Collection, options: Options, scratch: Path) -> Work:
    """The work that reading ``found`` is. Containers are opened: what they hold is written to ``scratch``."""
    work, known = Work(), set[str]()
    for path, reason in found.closed:
        folder = Task(path, relative_name(path, found.root), source_name(path), options)
        work.failures.append((folder, Failure(reason, "NotSearched")))
    for path in found.files:
        task = Task(path, relative_name(path, found.root), source_name(path), options)
        add_work(work, _told_apart(task, known), scratch)
    return work


def add_work(work: Work, task: Task, scratch: Path) -> None:
    """Add a file to ``work``: as a task, or what lies in it if it is a container."""
    if is_container(task.path):
        _open(work, task, scratch)
    else:
        work.tasks.append(task)


def _told_apart(task: Task, known: set[str]) -> Task:
    """The task, with a number behind its names when an earlier file is shown by the same: bytes that are no UTF-8 all
    look alike, and so do composed and decomposed letters. Else one file would take the other's row."""
    number, told = 1, task
    while told.source in known:
        number += 1
        told = replace(task, name=f"{task.name} ({number})", source=f"{task.source} ({number})")
    known.add(told.source)
    return told


def _open(work: Work, box: Task, scratch: Path) -> None:
    """Add what lies in the container ``box`` to ``work``."""
    work.boxes.append(box.source)
    try:
        unpacked = unpack(box.path, Path(tempfile.mkdtemp(dir=scratch)))
    except Exception as error:  # an error of ours costs one container, not the batch
        work.failures.append((box, program_error(error)))
        return
    work.passed_over += unpacked.passed_over
    for member in unpacked.members:
        inside = replace(box, name=box.name + INSIDE + member.name, source=box.source + INSIDE + member.name)
        work.tasks.append(replace(inside, path=member.path, stated=member.stated))
    for refused in unpacked.refused:
        below = INSIDE + refused.name if refused.name else ""
        failed = replace(box, name=box.name + below, source=box.source + below)
        work.failures.append((failed, Failure(refused.reason, "NotUnpacked")))


def source_name(path: Path) -> str:
    """The absolute name under which the database knows a file."""
    return printable(str(path))


def _visible_files(folder: Path, without: Path | None, on_error: Callable[[OSError], object]) -> Iterator[Path]:
    for parent, subfolders, names in os.walk(folder, onerror=on_error):
        subfolders[:] = [name for name in subfolders if not name.startswith(".") and Path(parent, name) != without]
        yield from (Path(parent, name) for name in names if not name.startswith((".", "~$")))
