"""A whole run on many machines: what :mod:`pipeline.batch` does on one."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from pipeline import dues, store
from pipeline.batch import Counts, Settings, Told, conclude, gone
from pipeline.distributed import shards
from pipeline.distributed.batches import Plan, batches, run_name
from pipeline.distributed.places import Found
from pipeline.distributed.sending import finished
from pipeline.distributed.work import PASSED_OVER, failure_rows
from pipeline.fingerprint import extractor_version
from pipeline.rows import Row

if TYPE_CHECKING:
    from dask.distributed import Client

SHARDS = "shards"
#: Told of each batch that is in the database: how many files it has.
OnBatch = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What is read, where the results go (a path or URL), and how."""

    found: Found
    out: str
    settings: Settings


def run(client: Client, order: Order, engine: Engine, on_batch: OnBatch = lambda files: None) -> Counts:
    """Have the workers read every file of ``order`` and load what they wrote into the database.

    Loading a shard again changes nothing. Files that were read from the same places once and are there no longer lose
    their rows. An interrupt ends the run early, with whole documents. Raises ``RunError`` when the run cannot go on.
    """
    found, settings = order.found, order.settings
    loading = _Loading(engine)
    told = Told(settings.office, dues.known_receipts(engine), loading.sources)
    try:
        for batch, failure in finished(client, batches(found.items, plan(order))):
            if failure is None:
                loading.load(shards.read(batch.plan.shards, batch.name))
            else:
                (item,) = batch.items
                loading.load([(item.source, failure_rows(item.source, item.name, failure))])
            on_batch(len(batch.items))
        lost = gone(store.known_sources(engine), loading.sources, found.places)
        store.forget(engine, lost)
        loading.counts.removed = len(lost)
    except KeyboardInterrupt:
        loading.counts.interrupted = True
    conclude(engine, loading.counts, told)
    return loading.counts


def plan(order: Order) -> Plan:
    """What holds for all batches: also where the shards of this run lie, the same for the same places."""
    bare = Plan(extractor_version(), order.settings.options, "")
    folder = posixpath.join(order.out, SHARDS, run_name(bare, order.found.places))
    return Plan(bare.version, bare.options, folder)


class _Loading:
    """Shards into the database: what it did, and the sources of all it saw."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.counts, self.sources = engine, Counts(), set[str]()
        self._known = store.known_documents(engine)

    def load(self, records: Iterable[tuple[str, dict[str, list[Row]]]]) -> None:
        """Put the rows of each source in place of what is known of it, unless that is the same."""
        for source, rows in records:
            for passed_over in rows.pop(PASSED_OVER, []):
                self.counts.passed_over.update(passed_over)
            if rows:
                self.sources.add(source)
                self._put(source, rows)

    def _put(self, source: str, rows: dict[str, list[Row]]) -> None:
        documents = rows.get("documents", [])
        if documents and self._is_current(source, documents[0]):
            self.counts.unchanged += 1
            return
        store.put(self.engine, rows, source)
        failed = len(rows.get("failures", []))
        if documents:
            self.counts.read += 1
            self.counts.unread += failed
        else:
            self.counts.failed += failed

    def _is_current(self, source: str, row: Row) -> bool:
        told = store.Known(row["doc_id"], row["version"], row["stated"])
        return self._known.get(source) == told and row["version"] == extractor_version()
