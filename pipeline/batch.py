"""Many documents: the same ``process`` in several processes, one writer, and nothing that stops the rest.

A file that cannot be read, that raises, or that kills its process becomes a row in *failures*; the batch goes on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import Engine

from pipeline import store
from pipeline.collect import Collection, source_name, tasks_of
from pipeline.pool import outcomes
from pipeline.process import document_id, extractor_version
from pipeline.readers import DEFAULT, Options
from pipeline.resolve import resolve_citations
from pipeline.worker import Failure, Outcome, Task


@dataclass(slots=True)
class Counts:
    """What a run did with the files it found."""

    read: int = 0
    unchanged: int = 0
    failed: int = 0
    unread: int = 0
    removed: int = 0
    linked: int = 0
    interrupted: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """How a batch works: in how many processes, and what the readers may do."""

    jobs: int
    options: Options = DEFAULT


def run(
    found: Collection, engine: Engine, settings: Settings, on_file: Callable[[Task], None] = lambda task: None
) -> Counts:
    """Read every new or changed file of ``found`` into the database; ``on_file`` is told of each one that is done.

    A document is skipped when its content, its name and the extractor are those of its row. Files that were read from
    the searched folders once and are there no longer lose their rows. An interrupt ends the run early, with whole
    documents.
    """
    counts = Counts()
    try:
        tasks = tasks_of(found, settings.options)
        gone = _gone(found, tasks, store.known_sources(engine))
        store.forget(engine, gone)
        counts.removed = len(gone)
        for task, outcome in outcomes(_changed(tasks, engine, counts, on_file), settings.jobs):
            _save(engine, task, outcome, counts)
            on_file(task)
    except KeyboardInterrupt:
        counts.interrupted = True
    counts.linked = resolve_citations(engine)
    return counts


def _changed(tasks: list[Task], engine: Engine, counts: Counts, on_file: Callable[[Task], None]) -> Iterator[Task]:
    known = store.known_documents(engine)
    for task in tasks:
        row = known.get(task.source)
        if row is not None and row == (_current_id(task), extractor_version()):
            counts.unchanged += 1
            on_file(task)
        else:
            yield task


def _current_id(task: Task) -> str | None:
    try:
        with task.path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
    return document_id(sha256, task.name)


def _gone(found: Collection, tasks: list[Task], known: set[str]) -> list[str]:
    present = {task.source for task in tasks}
    folders = [Path(source_name(folder)) for folder in found.folders]
    return sorted(name for name in known - present if any(Path(name).is_relative_to(folder) for folder in folders))


def _save(engine: Engine, task: Task, outcome: Outcome, counts: Counts) -> None:
    if isinstance(outcome, Failure):
        counts.failed += 1
        store.save_failure(engine, {"source": task.source, "path": task.name, **asdict(outcome)})
    else:
        counts.read += 1
        counts.unread += len(outcome.unread)
        store.save(engine, outcome, task.source)
