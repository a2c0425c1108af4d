"""One run on many machines: Dask sends batches of files to its workers, each writes what it read into a shard, and the
one who started the run loads the shards into the database.

``places`` finds the files, ``batches`` parts them, ``work`` is what a worker does, ``shards`` is the form between
the two, ``sending`` survives workers that die, and ``run`` is the whole. Places are paths or fsspec URLs.
"""

from __future__ import annotations

from importlib.util import find_spec

#: The modules of the optional dependencies, by the names under which they are imported.
_NEEDED = ("dask", "distributed", "fsspec", "pyarrow")


class RunError(Exception):
    """The run cannot go on; the message says in Vietnamese why and what to do."""


def missing() -> list[str]:
    """The libraries of the extra ``distributed`` that are not installed."""
    return [name for name in _NEEDED if find_spec(name) is None]
