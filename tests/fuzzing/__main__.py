"""Damage samples and texts for some minutes; whatever breaks a promise is written to a folder, with the reason.

python -m fuzzing --minutes 20 --out ../outputs/fuzz [--seed 1]
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time
from collections import Counter
from pathlib import Path

from fuzzing.bundle import CASES, SECONDS, keep_current, run_bundle
from pipeline.readers.soffice import VARIABLE


def main() -> int:
    """Fuzz; exit code 1 when something was found."""
    options = argparse.ArgumentParser(prog="fuzzing")
    options.add_argument("--minutes", type=float, default=5)
    options.add_argument("--seed", type=int, default=int(time.time()))
    options.add_argument("--out", type=Path, default=Path("../outputs/fuzz"))
    given = options.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    os.environ[VARIABLE] = "/nonexistent"  # the bare readers are ours; LibreOffice runs in a process of its own
    end, seed, total = time.monotonic() + 60 * given.minutes, given.seed, Counter[str]()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["fuzzing.bundle", "pytesseract", "pandas", "pipeline.nlp.heads"])
    while time.monotonic() < end:
        told = context.SimpleQueue()
        process = context.Process(target=run_bundle, args=(seed, given.out, told))
        process.start()
        process.join(CASES * SECONDS)
        if process.exitcode != 0:
            process.kill()
            total["killed"] += 1
            keep_current(given.out, process.exitcode)
        while not told.empty():
            total.update(told.get())
        seed += 1
    print(f"seeds {given.seed} to {seed - 1}: {sum(total.values())} executions, {dict(total)}")
    return 1 if total["found"] or total["killed"] else 0


if __name__ == "__main__":
    sys.exit(main())
