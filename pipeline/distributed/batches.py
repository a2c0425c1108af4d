"""Files in batches: what one worker reads at a time and writes into one shard.

Where a batch ends depends on the files near it only, and its name on what lies in it: whoever starts the run again,
with more files or more workers, finds the shards of all batches that are the same as before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from zlib import crc32

from pipeline.distributed.places import Item
from pipeline.readers import OFFICE, Options

#: Sending one costs as much as reading some short documents; losing one costs reading it again.
_LARGEST, _PARTS = 64, 32
#: Bytes after which a batch ends: scans are large and slow.
_HEAVY = 8 << 20


@dataclass(frozen=True, slots=True)
class Plan:
    """What holds for all batches of a run: the version of the extractors, what readers may do, where shards go."""

    version: str
    options: Options
    shards: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Files that are read together."""

    items: tuple[Item, ...]
    plan: Plan

    @property
    def name(self) -> str:
        """24 hex digits from the names and states of the files."""
        digest = hashlib.sha256()
        for item in self.items:
            for part in (item.source, item.name, item.stamp):
                digest.update(part.encode("utf-8", "surrogatepass") + b"\x1f")
        return digest.hexdigest()[:24]

    def singles(self) -> list[Batch]:
        """Each file as a batch of its own."""
        return [replace(self, items=(item,)) for item in self.items]


def run_name(plan: Plan, places: Iterable[str]) -> str:
    """The folder of the shards of a run: the same places read by the same extractors are the same run."""
    told = "\x1f".join((plan.version, str(plan.options.ocr), *sorted(places)))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def batches(items: Sequence[Item], plan: Plan) -> Iterator[Batch]:
    """``items`` in batches; office files apart, since those of a batch are converted in one go."""
    size = min(_LARGEST, 1 << max(0, (len(items) // _PARTS).bit_length() - 1))
    for office in (True, False):
        group = [item for item in items if (PurePosixPath(item.name).suffix.lower() in OFFICE) == office]
        for part in _cut(group, size):
            yield Batch(part, plan)


def _cut(items: Iterable[Item], size: int) -> Iterator[tuple[Item, ...]]:
    """Parts of some ``size`` files, that end where the hash of a name says so: a file that is added or gone changes the
    part it lies in, not all that come after it."""
    part: list[Item] = []
    for item in items:
        part.append(item)
        ends = crc32(item.source.encode("utf-8", "surrogatepass")) % size == 0
        if ends or len(part) >= 2 * size or sum(one.size for one in part) >= _HEAVY:
            yield tuple(part)
            part = []
    if part:
        yield tuple(part)
