"""Which files of the paths on the command line are read."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.process import printable, relative_name
from pipeline.readers import RECEIVED, Options
from pipeline.worker import Task


@dataclass(frozen=True, slots=True)
class Collection:
    """The files to read, in order of their names; ``root`` is the folder their names are relative to.

    ``folders`` are the folders searched; ``unsupported`` counts the files passed over, by suffix.
    """

    files: tuple[Path, ...]
    root: Path
    folders: tuple[Path, ...]
    unsupported: Counter[str]


def collect(paths: Sequence[Path], without: Path | None = None) -> Collection:
    """Search ``paths`` and their subfolders; ``without`` is a folder left out (where the run writes).

    Hidden files, lock files of office programs (``~$…``) and files that by their suffix are no dispatches are passed
    over; a file named outright is always taken. Raises ``FileNotFoundError`` for a path that does not exist.
    """
    given = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100 - a link keeps its own name
    for path in given:
        if not path.exists():
            raise FileNotFoundError(path)
    folders = tuple(path for path in given if path.is_dir())
    skipped: Counter[str] = Counter()
    files = {path for path in given if not path.is_dir()}
    for folder in folders:
        for path in _visible_files(folder, Path(os.path.abspath(without)) if without else None):  # noqa: PTH100
            if path.suffix.lower() in RECEIVED:
                files.add(path)
            else:
                skipped[path.suffix.lower() or path.name] += 1
    starts = [path if path.is_dir() else path.parent for path in given]
    return Collection(tuple(sorted(files)), Path(os.path.commonpath(starts)), folders, skipped)


def tasks_of(found: Collection, options: Options) -> list[Task]:
    """The work that reading ``found`` is, a task for each file."""
    return [Task(path, relative_name(path, found.root), source_name(path), options) for path in found.files]


def source_name(path: Path) -> str:
    """The absolute name under which the database knows a file."""
    return printable(str(path))


def _visible_files(folder: Path, without: Path | None) -> Iterator[Path]:
    for parent, subfolders, names in os.walk(folder):
        subfolders[:] = [name for name in subfolders if not name.startswith(".") and Path(parent, name) != without]
        yield from (Path(parent, name) for name in names if not name.startswith((".", "~$")))
