"""Runs on workers of this machine beside the plain run: documents a second, and what a document costs more.

Usage: ``python tests/benchmarks/cluster.py [DOCUMENTS] [FOLDER]``. The documents are copies of those in FOLDER
(default: the text files of corpus/documents), each with a line of its own. *plain* is ``vanthu run --jobs 1``; the
others read the same over a scheduler on this machine; *again* goes on from their shards into a new database. Seconds of
a busy machine tell little, so processor time of all processes is shown beside them. Starting the processes is left out:
the cost of a run over few documents is taken off.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from pipeline import batch, store
from pipeline.batch import Settings
from pipeline.collect import collect
from pipeline.distributed.places import find
from pipeline.distributed.run import Order, run
from pipeline.distributed.sending import connected
from pipeline.readers import SUPPORTED

DOCUMENTS = 300
_WARM = 20


@dataclass(frozen=True, slots=True)
class Cost:
    """What reading some documents took: by the clock, and of processors in all processes."""

    wall: float
    processor: float


def main(count: int, source: Path) -> None:
    """Measure every way and print a table."""
    models = sorted(path for path in source.rglob("*") if path.suffix.lower() in SUPPORTED)
    if source == Path("corpus/documents"):
        models = [path for path in models if path.suffix == ".txt"]
    with TemporaryDirectory() as scratch:
        warm, kho = (_copies(models, Path(scratch, name), n) for name, n in (("warm", _WARM), ("kho", count)))
        bare = plain(warm, kho, Path(scratch, "plain"))
        _show("way", "s", "documents/s", "processor ms/document", "more than plain, ms")
        _row("plain", bare, bare, count)
        for workers in (1, 2):
            first, again = spread(warm, kho, Path(scratch, str(workers)), workers)
            _row(f"workers: {workers}", first, bare, count)
            _row(f"workers: {workers}, again", again, bare, count)


def _row(way: str, cost: Cost, bare: Cost, count: int) -> None:
    each, more = cost.processor / count, (cost.processor - bare.processor) / count
    _show(way, f"{cost.wall:.1f}", f"{count / cost.wall:.1f}", f"{each * 1000:.1f}", f"{more * 1000:+.1f}")


def _show(*cells: str) -> None:
    print(" ".join(f"{cell:>22}" for cell in cells), flush=True)


def plain(warm: Path, kho: Path, out: Path) -> Cost:
    """A run with one process, less what one over few documents costs: starting, and what no document adds to."""
    few, many = (_timed(partial(_plain, folder, out / folder.name)) for folder in (warm, kho))
    return _more(few, many, kho)


def spread(warm: Path, kho: Path, out: Path, workers: int) -> tuple[Cost, Cost]:
    """The same on workers, and once more from their shards."""
    with connected("local", workers) as client:

        def ran(folder: Path, shards: Path, database: str) -> None:
            run(client, Order(find([str(folder)], str(out)), str(shards), Settings(workers)), _opened(out / database))

        ran(warm, out / "begin", "begin")
        few = _timed(partial(ran, warm, out, "few"))
        few_again = _timed(partial(ran, warm, out, "few again"))
        many = _timed(partial(ran, kho, out, "many"))
        many_again = _timed(partial(ran, kho, out, "many again"))
        return _more(few, many, kho), _more(few_again, many_again, kho)


def _more(few: Cost, many: Cost, kho: Path) -> Cost:
    """What all documents cost, at the price of each that a run has more than another."""
    count = len(list(kho.iterdir()))
    share = count / (count - _WARM)
    return Cost((many.wall - few.wall) * share, (many.processor - few.processor) * share)


def _plain(folder: Path, out: Path) -> None:
    batch.run(collect([folder]), _opened(out), Settings(1))


def _opened(folder: Path) -> Engine:
    folder.mkdir(parents=True, exist_ok=True)
    return store.open_store(folder / store.DATABASE_NAME, create=True)


def _timed(work: Callable[[], object]) -> Cost:
    began, used = time.perf_counter(), _processor()
    work()
    return Cost(time.perf_counter() - began, _processor() - used)


def _processor() -> float:
    """Seconds of this process and of all below it, also of those that have ended and were waited for."""
    parents, seconds = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rsplit(")", 1)[1].split()
            pid = int(stat.parent.name)
            parents[pid], seconds[pid] = int(fields[1]), sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    ours = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return sum(seconds[pid] for pid in ours)


def _copies(models: list[Path], folder: Path, count: int) -> Path:
    folder.mkdir()
    for n, model in enumerate(islice(cycle(models), count)):
        copy = folder / f"{n:06d}{model.suffix}"
        copy.write_bytes(model.read_bytes() + (f"\nBản {n}\n".encode() if model.suffix == ".txt" else b""))
    return folder


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS,
        Path(sys.argv[2] if len(sys.argv) > 2 else "corpus/documents"),
    )
