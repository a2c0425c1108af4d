"""Runs on workers of this machine beside the plain run: documents a second, and what a document costs more.

Usage: ``python tests/benchmarks/cluster.py [DOCUMENTS] [FOLDER]``. The documents are copies of those in FOLDER
(default: the text files of corpus/documents), each with a line of its own. *plain* is ``vanthu run --jobs 1``'s reading;
*1 worker*, *2 workers* read the same over a scheduler with worker processes of their own; *again* starts the last of
them again. Seconds of a busy machine tell little, so processor time of all processes is shown beside them; starting
the processes is left out: every way reads some documents first.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine

from pipeline import batch, store
from pipeline.batch import Settings
from pipeline.collect import collect
from pipeline.distributed.places import find
from pipeline.distributed.run import Order, run
from pipeline.distributed.sending import connected
from pipeline.readers import SUPPORTED

DOCUMENTS = 600
_WARM = 40


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
        costs = {"plain": plain(warm, kho, Path(scratch, "plain"))}
        for workers in (1, 2):
            way = "1 worker" if workers == 1 else f"{workers} workers"
            costs[way], costs[f"{way}, again"] = spread(warm, kho, Path(scratch, str(workers)), workers)
    table = Table("way", "s", "documents/s", "processor ms/document", "more than plain, ms")
    bare = costs["plain"].processor
    for way, cost in costs.items():
        more = (cost.processor - bare) / count * 1000
        table.add_row(
            way, f"{cost.wall:.1f}", f"{count / cost.wall:.1f}", f"{cost.processor / count * 1000:.1f}", f"{more:+.1f}"
        )
    Console().print(table)


def plain(warm: Path, kho: Path, out: Path) -> Cost:
    """The reading of a run with one process; what starting it costs is that of a run over few documents."""
    few, many = (_timed(lambda f=folder: _plain(f, out / folder.name)) for folder in (warm, kho))
    share = _WARM / (len(list(kho.iterdir())) - _WARM)
    return Cost(many.wall - few.wall + share * (many.wall - few.wall), (many.processor - few.processor) * (1 + share))


def spread(warm: Path, kho: Path, out: Path, workers: int) -> tuple[Cost, Cost]:
    """The same on workers, and once more from their shards."""
    with connected("local", workers) as client:
        pids = [int(pid) for pid in client.run(os.getpid).values()]

        def ran(folder: Path, database: str) -> None:
            run(client, Order(find([str(folder)], str(out)), str(out), Settings(workers)), _opened(out / database))

        ran(warm, "warm")
        return (
            _timed(lambda: ran(kho, "first"), pids),
            _timed(lambda: ran(kho, "again"), pids),
        )


def _plain(folder: Path, out: Path) -> None:
    batch.run(collect([folder]), _opened(out), Settings(1))


def _opened(folder: Path) -> Engine:
    folder.mkdir(parents=True, exist_ok=True)
    return store.open_store(folder / store.DATABASE_NAME, create=True)


def _timed(work: Callable[[], object], workers: list[int] | None = None) -> Cost:
    began, used = time.perf_counter(), _processor(workers or [])
    work()
    return Cost(time.perf_counter() - began, _processor(workers or []) - used)


def _processor(workers: list[int]) -> float:
    """Of this process and those that ended, and of workers that are still there."""
    own = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    ticks = os.sysconf("SC_CLK_TCK")
    stats = [Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split() for pid in workers]
    return sum(one.ru_utime + one.ru_stime for one in own) + sum(sum(map(int, s[11:15])) for s in stats) / ticks


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
