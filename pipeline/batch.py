"""Many documents: the same ``process`` in several processes, one writer, and nothing that stops the rest.

A file that cannot be read, that raises, or that kills its process becomes a row in *failures*; the batch goes on.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from multiprocessing.context import BaseContext
from pathlib import Path

from sqlalchemy import Engine

from pipeline import store
from pipeline.collect import Collection, source_name
from pipeline.process import document_id, extractor_version, relative_name
from pipeline.resolve import resolve_citations
from pipeline.worker import Chunk, Failure, Outcome, Task, Work, program_error, read_chunk


@dataclass(slots=True)
class Counts:
    """What a run did with the files it found."""

    read: int = 0
    unchanged: int = 0
    failed: int = 0
    removed: int = 0
    linked: int = 0
    interrupted: bool = False


def run(found: Collection, engine: Engine, jobs: int, on_file: Callable[[Task], None] = lambda task: None) -> Counts:
    """Read every new or changed file of ``found`` into the database; ``on_file`` is told of each one that is done.

    A document is skipped when its content, its name and the extractor are those of its row. Files that were read from
    the searched folders once and are there no longer lose their rows. An interrupt ends the run early, with whole
    documents.
    """
    counts = Counts()
    try:
        gone = _gone(found, store.known_sources(engine))
        store.forget(engine, gone)
        counts.removed = len(gone)
        for task, outcome in outcomes(_changed(found, engine, counts, on_file), jobs):
            _save(engine, task, outcome, counts)
            on_file(task)
    except KeyboardInterrupt:
        counts.interrupted = True
    counts.linked = resolve_citations(engine)
    return counts


def outcomes(tasks: Iterable[Task], jobs: int, work: Work | None = None) -> Iterator[tuple[Task, Outcome]]:
    """What became of each task, as it comes; ``work`` is done in the processes (:func:`read_chunk`).

    When a process dies, the files that were in work are tried again one by one: only the one that kills is lost.
    """
    waiting, work = list(tasks), work or read_chunk
    size = max(1, min(16, len(waiting) // (jobs * 8)))
    chunks = deque(tuple(waiting[i : i + size]) for i in range(0, len(waiting), size))
    while chunks:
        suspects = yield from _through_pool(chunks, min(jobs, len(chunks)), work)
        yield from _one_by_one(suspects, work)


def default_jobs() -> int:
    """As many processes as this one may use processors."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_DIED = Failure(
    "Tiến trình đọc tệp này bị dừng đột ngột (có thể hết bộ nhớ hoặc tệp làm hỏng thư viện đọc).", "BrokenProcessPool"
)


def _through_pool(chunks: deque[Chunk], jobs: int, work: Work) -> Generator[tuple[Task, Outcome], None, list[Task]]:
    """Work off ``chunks``; stops when a process dies and returns the tasks that were in work then."""
    running: dict[Future[list[Outcome]], Chunk] = {}
    suspects: list[Task] = []
    with _pool(jobs) as pool:
        while running or (chunks and not suspects):
            while chunks and not suspects and len(running) < 2 * jobs:
                try:
                    running[pool.submit(work, chunks[0])] = chunks[0]
                except BrokenExecutor:
                    break
                chunks.popleft()
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                chunk = running.pop(future)
                if future.exception() is None:
                    yield from zip(chunk, future.result(), strict=True)
                else:
                    suspects += chunk
    return suspects


def _one_by_one(tasks: list[Task], work: Work) -> Iterator[tuple[Task, Outcome]]:
    waiting = deque(tasks)
    while waiting:
        with _pool(1) as pool:
            outcome: Outcome | None = None
            while waiting and outcome is not _DIED:
                task = waiting.popleft()
                try:
                    outcome = pool.submit(work, (task,)).result()[0]
                except BrokenExecutor:
                    outcome = _DIED
                except Exception as error:  # a result that cannot be sent from one process to the other
                    outcome = program_error(error)
                yield task, outcome


@contextmanager
def _pool(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Fresh processes, ended at once when the run is broken off.

    They are forked from a small server that has loaded the worker and nothing else: a plain ``fork`` is unsafe with
    threads and PDF libraries, and ``spawn`` loads everything anew in each process.
    """
    pool = ProcessPoolExecutor(jobs, mp_context=_context(), initializer=_leave_interrupts_to_parent)
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for child in multiprocessing.active_children():
            child.terminate()
        raise
    pool.shutdown()


def _context() -> BaseContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pipeline.worker"])
    return context


def _leave_interrupts_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _changed(found: Collection, engine: Engine, counts: Counts, on_file: Callable[[Task], None]) -> Iterator[Task]:
    known = store.known_documents(engine)
    for path in found.files:
        task = Task(path, found.root)
        row = known.get(source_name(path))
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
    return document_id(sha256, relative_name(task.path, task.root))


def _gone(found: Collection, known: set[str]) -> list[str]:
    present = {source_name(path) for path in found.files}
    folders = [Path(source_name(folder)) for folder in found.folders]
    return sorted(name for name in known - present if any(Path(name).is_relative_to(folder) for folder in folders))


def _save(engine: Engine, task: Task, outcome: Outcome, counts: Counts) -> None:
    source = source_name(task.path)
    if isinstance(outcome, Failure):
        counts.failed += 1
        store.save_failure(engine, {"source": source, "path": relative_name(task.path, task.root), **asdict(outcome)})
    else:
        counts.read += 1
        store.save(engine, outcome, source)
