"""What a worker does: a batch of files in, a shard out. It imports no more than reading takes."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import islice
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from pipeline.collect import Work, add_work
from pipeline.containers import is_container
from pipeline.distributed import RunError, shards
from pipeline.distributed.batches import Batch
from pipeline.distributed.places import Item, is_url, storage_of
from pipeline.fingerprint import extractor_version
from pipeline.pool import PATIENCE
from pipeline.readers.options import Options
from pipeline.rows import Row
from pipeline.store import rows_of
from pipeline.worker import Failure, Outcome, Task, read_chunk

#: The table under which a shard counts by suffix what lay in containers and is no dispatch; the database has none.
PASSED_OVER = "passed_over"
_CHUNK = 16
#: The PDF library is not safe in several threads; a worker with several reads one batch after the other.
_ONE_AT_A_TIME = threading.Lock()


class Unfetched(Exception):
    """A file could not be brought here; the message is the kind of error only."""


def read_batch(batch: Batch) -> None:
    """Read the files of ``batch`` and write the shard of its name.

    Raises ``RunError`` when this worker has other extractors or cannot write, ``Unfetched`` when a file is out of
    reach.
    """
    if batch.plan.version != extractor_version():
        raise RunError(
            "Một máy đọc chạy phiên bản vanthu khác với máy ra lệnh: hãy cài cùng một phiên bản trên mọi máy "
            "rồi chạy lại."
        )
    with _ONE_AT_A_TIME, _bounded(), TemporaryDirectory(prefix="vanthu-", ignore_cleanup_errors=True) as scratch:
        shards.write(batch.plan.shards, batch.name, list(_records(batch, Path(scratch))))


def failure_rows(source: str, name: str, failure: Failure) -> dict[str, list[Row]]:
    """The rows of a file that gave no result."""
    return {"failures": [{"source": source, "page": 0, "path": name, **asdict(failure)}]}


def _records(batch: Batch, scratch: Path) -> Iterator[tuple[str, dict[str, list[Row]]]]:
    work = Work()
    for number, item in enumerate(batch.items):
        task = _task(item, scratch / f"{number:06d}", batch.plan.options)
        if is_url(item.address) and task.path.suffix == ".xml" and not is_container(task.path):
            work.passed_over[".xml"] += 1
        else:
            add_work(work, task, scratch)
    for task, failure in work.failures:
        yield task.source, _rows(task, failure)
    tasks = iter(work.tasks)
    while chunk := tuple(islice(tasks, _CHUNK)):
        for task, outcome in zip(chunk, read_chunk(chunk), strict=True):
            yield task.source, _rows(task, outcome)
    if work.passed_over:
        yield batch.items[0].source, {PASSED_OVER: [dict(work.passed_over)]}


def _rows(task: Task, outcome: Outcome) -> dict[str, list[Row]]:
    if isinstance(outcome, Failure):
        return failure_rows(task.source, task.name, outcome)
    return rows_of(outcome, task.source)


def _task(item: Item, folder: Path, options: Options) -> Task:
    """The file here: where it lies, or a copy with its suffix and no other part of its name."""
    if not is_url(item.address):
        if item.stamp and not Path(item.address).exists():  # it was there for the machine that sent it
            raise Unfetched("FileNotFoundError")
        return Task(Path(item.address), item.name, item.source, options)
    copy = folder.with_suffix(PurePosixPath(item.name).suffix.lower())
    try:
        storage, path = storage_of(item.address)
        storage.get_file(path, str(copy))
    except Exception as error:  # each storage raises errors of its own
        raise Unfetched(type(error).__name__) from None
    return Task(copy, item.name, item.source, options)


@contextmanager
def _bounded() -> Iterator[None]:
    """For a ``with`` block that may never end: the system ends the process then, whatever it is busy with, and the
    batch is tried again in parts like that of any worker that died."""
    signal.alarm(int(PATIENCE))
    try:
        yield
    finally:
        signal.alarm(0)
