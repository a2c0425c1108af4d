"""Work in several processes that survives any file: one that kills its process, or never ends, costs only itself."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, ProcessPoolExecutor, wait
from multiprocessing.context import BaseContext

from pipeline import limits
from pipeline.readers import OFFICE
from pipeline.worker import Chunk, Failure, Outcome, Task, Work, program_error, read_chunk

#: Seconds after which work that does not end is given up. A scan takes some five seconds a page: this is a thousand
#: pages; those read till then are remembered, so that the next run goes on behind them.
PATIENCE = 7200.0
_MAX_CHUNK = 16

_DIED = Failure(
    "Tiến trình đọc tệp này bị dừng đột ngột (có thể hết bộ nhớ hoặc tệp làm hỏng thư viện đọc).", "BrokenProcessPool"
)
_TOO_LONG = Failure("Đọc tệp này quá lâu nên đã bỏ qua; hãy xem lại tệp gốc.", "TimeoutError")


def outcomes(tasks: Iterable[Task], jobs: int, work: Work = read_chunk) -> Iterator[tuple[Task, Outcome]]:
    """What became of each task, as it comes; ``work`` is done in the processes.

    When a process dies or hangs, the files that were in work are tried again one by one.
    """
    chunks = _chunks(list(tasks), jobs)
    while chunks:
        suspects = yield from _side_by_side(chunks, min(jobs, len(chunks)), work)
        yield from _one_by_one(suspects, work)


def default_jobs() -> int:
    """As many processes as this one may use processors."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _chunks(tasks: list[Task], jobs: int) -> deque[Chunk]:
    """The tasks in bundles: small ones, so that all processes end together; office files in large ones, since starting
    the program that converts them costs more than converting them."""
    slow = [task for task in tasks if task.path.suffix.lower() in OFFICE]
    quick = [task for task in tasks if task.path.suffix.lower() not in OFFICE]
    sizes = ((slow, -(-len(slow) // jobs)), (quick, len(quick) // (jobs * 8)))
    return deque(
        tuple(group[at : at + size])
        for group, wanted in sizes
        for size in (max(1, min(_MAX_CHUNK, wanted)),)
        for at in range(0, len(group), size)
    )


def _side_by_side(chunks: deque[Chunk], jobs: int, work: Work) -> Generator[tuple[Task, Outcome], None, list[Task]]:
    """Work off ``chunks``; stops when a process dies or hangs, and returns the tasks that were in work then."""
    running: dict[Future[list[Outcome]], Chunk] = {}
    suspects: list[Task] = []
    with _Processes(jobs) as processes:
        while running or (chunks and not suspects):
            while chunks and not suspects and len(running) < 2 * jobs:
                chunk = chunks.popleft()
                try:
                    running[processes.submit(work, chunk)] = chunk
                except BrokenExecutor:
                    suspects += chunk
            done = wait(running, PATIENCE, FIRST_COMPLETED).done
            if not done:
                processes.end()
            for future in done:
                chunk = running.pop(future)
                if future.exception() is None:
                    yield from zip(chunk, future.result(), strict=True)
                else:
                    suspects += chunk
    return suspects


def _one_by_one(tasks: list[Task], work: Work) -> Iterator[tuple[Task, Outcome]]:
    waiting = deque(tasks)
    while waiting:
        with _Processes(1) as processes:
            outcome: Outcome | None = None
            while waiting and outcome not in (_DIED, _TOO_LONG):
                task, began = waiting.popleft(), time.monotonic()
                try:
                    outcome = processes.submit(work, (task,)).result(PATIENCE)[0]
                except BrokenExecutor:
                    outcome = _TOO_LONG if time.monotonic() - began > limits.SECONDS else _DIED
                except TimeoutError:
                    processes.end()
                    outcome = _TOO_LONG
                except Exception as error:  # a result that cannot be sent from one process to the other
                    outcome = program_error(error)
                yield task, outcome


class _Processes:
    """Fresh processes, ended at once when the ``with`` block is left by an exception.

    They are forked from a small server that has loaded the worker and nothing else: a plain ``fork`` is unsafe with
    threads and PDF libraries, and ``spawn`` loads everything anew in each process.
    """

    def __init__(self, jobs: int) -> None:
        self._others = set(multiprocessing.active_children())
        self._executor = ProcessPoolExecutor(jobs, mp_context=_context(), initializer=_prepare)

    def submit(self, work: Work, chunk: Chunk) -> Future[list[Outcome]]:
        """Begin ``work``; raises ``BrokenExecutor`` once a process has died."""
        return self._executor.submit(work, chunk)

    def end(self) -> None:
        """Stop whatever is in work; its futures fail."""
        for child in set(multiprocessing.active_children()) - self._others:
            child.terminate()

    def __enter__(self) -> _Processes:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self.end()
        self._executor.shutdown(wait=kind is None, cancel_futures=True)


def _context() -> BaseContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pipeline.worker"])
    return context


def _prepare() -> None:
    """What a process does before its first file: leave interrupts to the parent, and accept the limits."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limits.confine()
