"""``vanthu run … --scheduler``: the run on many machines, with places that may be URLs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.entry import stop
from pipeline.language import Say

if TYPE_CHECKING:
    from dask.distributed import Client
    from sqlalchemy import Engine

    from pipeline.batch import Counts, Settings
    from pipeline.distributed.run import Order
    from pipeline.screen import Screen

#: The folders searched on this machine, and what reads all that was found into a database.
Prepared = tuple[Sequence[Path], "Callable[[Engine], Counts]"]


@contextmanager
def results(say: Say, places: Sequence[str], out: str, scheduler: str | None) -> Iterator[Path]:
    """A folder on this machine for what a run writes to ``out``, for a ``with`` block; a sentence and an exit code
    where a URL or a scheduler cannot be used."""
    from pipeline.distributed import RunError, missing
    from pipeline.distributed.places import is_url, results_in

    if not scheduler and (url := next(filter(is_url, [*places, out]), None)):
        stop(say("needs_scheduler", url=url), 2)
    if scheduler and (lacking := missing()):
        stop(say("no_distributed", list=", ".join(lacking)), 2)
    try:
        with results_in(out) as folder:
            yield folder
    except RunError as error:
        stop(str(error), 1)


def prepared(screen: Screen, places: Sequence[str], to: tuple[str, str], settings: Settings) -> Prepared:
    """The run over ``places`` on the workers of a scheduler, ``to`` a path or URL and the scheduler's address."""
    from pipeline.distributed.places import find, is_url, local_path
    from pipeline.distributed.run import Order
    from pipeline.screen import show_passed_over

    out, scheduler = to
    kept = out if is_url(out) else os.path.abspath(local_path(out))  # noqa: PTH100 - workers run in folders of their own
    try:
        found = find(places, kept)
    except FileNotFoundError as error:
        stop(screen.say("no_path", path=error), 2)
    show_passed_over(screen, found.unsupported)
    if not found.items:
        stop_without_files(screen.say, places)
    return found.folders, lambda engine: _read(screen, scheduler, Order(found, kept, settings), engine)


def stop_without_files(say: Say, places: Sequence[str]) -> None:
    """Say that there is nothing to read, and which formats there could be."""
    from pipeline.containers import SUFFIXES
    from pipeline.readers import SUPPORTED

    stop(say("nothing_found", paths=", ".join(places), formats=", ".join(sorted(SUPPORTED | SUFFIXES))), 2)


def _read(screen: Screen, scheduler: str, order: Order, engine: Engine) -> Counts:
    """The run under a progress bar; where its workers can be watched is said first."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from pipeline.distributed.run import run
    from pipeline.distributed.sending import connected

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with connected(scheduler, order.settings.jobs) as client:
        screen.console.print(_workers(screen.say, client), soft_wrap=True)
        with Progress(*columns, console=screen.console, transient=True) as progress:
            bar = progress.add_task(screen.say("reading"), total=len(order.found.items))
            return run(client, order, engine, lambda files: progress.update(bar, advance=files))


def _workers(say: Say, client: Client) -> str:
    n = len(client.nthreads())
    return say("workers" if n else "no_workers", n=n, url=client.dashboard_link)
