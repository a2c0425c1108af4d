"""vanthu for programs: a folder read into a database in one call, as ``vanthu run`` does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline import batch, store
from pipeline.collect import collect
from pipeline.only_run import only_run
from pipeline.pool import default_jobs
from pipeline.readers import Options
from pipeline.readers.options import CACHE_NAME
from pipeline.units.command import own_file, own_rows


def run(
    paths: Path | str | Sequence[Path | str],
    out: Path | str,
    settings: batch.Settings | None = None,
    units: Path | str | None = None,
) -> batch.Counts:
    """Read files and folders into ``out/vanthu.db``, only what is new or changed; the counts of what was done.

    ``settings`` are by default those of the command line: all processors, with recognition of scans. ``units`` is a
    TOML file of own units, by default ``units.toml`` of a folder that is read. A file that cannot be read is counted
    (``failed``), kept with its reason in the table *failures*, and stops nothing.
    Raises ``FileNotFoundError`` for a path that is not there, ``StoreError`` for a database that cannot be used or that
    another run writes, and ``BadUnits`` for a wrong file of units. In a script, call it under
    ``if __name__ == "__main__"``: with more than one process, each of them imports the script.
    """
    out = Path(out)
    given = [paths] if isinstance(paths, Path | str) else paths
    found = collect([Path(path) for path in given], without=out)
    file = own_file(Path(units) if units else None, found.folders)
    own = own_rows(file) if file else None
    with only_run(out):
        engine = store.open_store(out / store.DATABASE_NAME, create=True)
        try:
            if own is not None:
                store.set_own_units(engine, own)
            return batch.run(found, engine, settings or batch.Settings(default_jobs(), Options(cache=out / CACHE_NAME)))
        finally:
            engine.dispose()
