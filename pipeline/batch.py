"""Many documents: the same ``process`` in several processes, one writer, and nothing that stops the rest.

A file that cannot be read, that raises, or that kills its process becomes a row in *failures*; the batch goes on.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from pipeline import dues, store
from pipeline.collect import Collection, Work, source_name, work_of
from pipeline.containers import INSIDE
from pipeline.database import refresh_statistics
from pipeline.decisions import replay
from pipeline.fingerprint import extractor_version
from pipeline.folder_checks import check_folder
from pipeline.header_corrections import replay_headers
from pipeline.pool import outcomes
from pipeline.process import document_id
from pipeline.readers import DEFAULT, Options
from pipeline.resolve import resolve_citations
from pipeline.units.resolve import resolve_units
from pipeline.versions import group_versions
from pipeline.worker import Failure, Outcome, Task


@dataclass(slots=True)
class Counts:
    """What a run did with the files it found; ``passed_over`` lay in containers and are no dispatches, by suffix."""

    read: int = 0
    unchanged: int = 0
    failed: int = 0
    unread: int = 0
    removed: int = 0
    linked: int = 0
    remarked: int = 0
    versions: int = 0
    lost_decisions: int = 0
    interrupted: bool = False
    passed_over: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Settings:
    """How a batch works: in how many processes, what the readers may do, and what the office knows of its own."""

    jobs: int
    options: Options = DEFAULT
    office: dues.Office = field(default_factory=dues.Office)


OnFile = Callable[[Task, int], None]


def run(found: Collection, engine: Engine, settings: Settings, on_file: OnFile = lambda task, total: None) -> Counts:
    """Read every new or changed file of ``found`` into the database, also those in containers; ``on_file`` is told of
    each one that is done, and of how many there are.

    A document is skipped when its content, its name, what a message states of it and the extractor are those of its
    row. Files that were read from the searched folders once and are there no longer lose their rows. An interrupt ends
    the run early, with whole documents.
    """
    counts = Counts()
    told = Told(settings.office, dues.known_receipts(engine))
    try:
        with TemporaryDirectory(prefix="vanthu-", ignore_cleanup_errors=True) as scratch:
            work = work_of(found, settings.options, Path(scratch))
            counts.passed_over = work.passed_over
            told.sources.update(task.source for task in work.tasks)
            lost = _gone(found, work, store.known_sources(engine))
            store.forget(engine, lost)
            counts.removed = len(set(lost).difference(work.boxes))  # a container whose own failure is mended is there
            _read(work, engine, settings, (counts, on_file))
    except KeyboardInterrupt:
        counts.interrupted = True
    conclude(engine, counts, told)
    return counts


@dataclass(frozen=True, slots=True)
class Told:
    """What the office told of its documents: now, and before this run, by source; ``sources`` are those it read."""

    office: dues.Office
    receipts: Mapping[str, str]
    sources: set[str] = field(default_factory=set)


def conclude(engine: Engine, counts: Counts, told: Told) -> None:
    """What follows when all files are read, here or elsewhere: corrected headers, last days, versions, citations,
    decisions, units, remarks."""
    replay_headers(engine)
    dues.settle(engine, told.office, told.sources, told.receipts)
    refresh_statistics(engine)
    counts.versions = group_versions(engine)
    counts.linked = resolve_citations(engine)
    counts.lost_decisions = len(replay(engine))
    resolve_units(engine)
    counts.remarked = check_folder(engine)


def gone(known: set[str], present: set[str], places: Iterable[str]) -> list[str]:
    """The sources among ``known`` that lay in one of ``places`` and are no longer ``present``."""
    folders = [Path(place) for place in places]
    return sorted(name for name in known - present if _within(name, folders))


def _read(work: Work, engine: Engine, settings: Settings, watch: tuple[Counts, OnFile]) -> None:
    counts, on_file = watch
    total = len(work.tasks) + len(work.failures)
    changed: list[Task] = []
    known = store.known_documents(engine)
    for task in work.tasks:
        if _is_current(task, known.get(task.source)):
            counts.unchanged += 1
            on_file(task, total)
        else:
            changed.append(task)
    for task, outcome in chain(work.failures, outcomes(changed, settings.jobs)):
        _save(engine, task, outcome, counts)
        on_file(task, total)


def _is_current(task: Task, row: store.Known | None) -> bool:
    """True when reading the file again would give its row again."""
    if row is None:
        return False
    message = row.stated if row.stated and row.stated["source"] == "edxml" else None
    stated = asdict(task.stated) if task.stated else None
    return (row.doc_id, row.version, message) == (_current_id(task), extractor_version(), stated)


def _current_id(task: Task) -> str | None:
    try:
        with task.path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
    return document_id(sha256, task.name)


def _gone(found: Collection, work: Work, known: set[str]) -> list[str]:
    """What lay in a searched folder or in a container of this run, and does no longer. Nobody knows of what lies in a
    folder that could not be searched: it stays."""
    present = {task.source for task in work.tasks} | {task.source for task, _ in work.failures}
    places = [source_name(folder) for folder in found.folders]
    places += [f"{box}{INSIDE}".rstrip("/") for box in work.boxes] + work.boxes
    unseen = [Path(source_name(folder)) for folder, _ in found.closed]
    return [name for name in gone(known, present, places) if not _within(name, unseen)]


def _within(name: str, places: list[Path]) -> bool:
    return any(Path(name).is_relative_to(place) for place in places)


def _save(engine: Engine, task: Task, outcome: Outcome, counts: Counts) -> None:
    if not isinstance(outcome, Failure):
        try:
            store.save(engine, outcome, task.source)
        except store.TooLong as error:
            outcome = Failure(str(error), type(error).__name__)
    if isinstance(outcome, Failure):
        counts.failed += 1
        store.save_failure(engine, {"source": task.source, "path": task.name, **asdict(outcome)})
    else:
        counts.read += 1
        counts.unread += len(outcome.unread)
