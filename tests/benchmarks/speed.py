"""Documents a second over a folder, and the whole pipeline against bare reading of the same files in the same run.

python tests/benchmarks/speed.py FOLDER [SUFFIX …]    (default: corpus/documents, every format)
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from pipeline.process import process
from pipeline.readers import SUPPORTED, UnreadableDocument, read

ROUNDS = 3


def seconds(work: Callable[[Path], object], files: list[Path]) -> float:
    """The shortest of some rounds over all files."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for file in files:
            work(file)
        best = min(best, time.perf_counter() - start)
    return best


def readable(file: Path) -> bool:
    """True when the file has a reader and can be read; also warms the caches."""
    try:
        process(file)
    except UnreadableDocument:
        return False
    return True


def main(arguments: list[str]) -> None:
    folder = Path(arguments[0]) if arguments else Path("corpus/documents")
    suffixes = frozenset(arguments[1:]) or SUPPORTED
    files = [f for f in sorted(folder.rglob("*")) if f.is_file() and f.suffix.lower() in suffixes and readable(f)]
    size = sum(file.stat().st_size for file in files) / 1e6
    whole, bare = seconds(process, files), seconds(read, files)
    print(f"{len(files)} documents, {size:.2f} MB, one process")
    print(f"{len(files) / whole:.1f} documents/s, {size / whole:.2f} MB/s")
    print(f"whole pipeline {whole:.2f} s, bare reading {bare:.2f} s, ratio {whole / bare:.1f}")


if __name__ == "__main__":
    main(sys.argv[1:])
