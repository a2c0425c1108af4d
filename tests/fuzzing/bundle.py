"""A bundle of cases in a process of its own. The case in work lies on disk, so that one that kills it is known."""

from __future__ import annotations

import hashlib
import multiprocessing
import resource
import signal
import time
import traceback
from collections import Counter
from pathlib import Path
from random import Random

from fuzzing.mutations import damaged_file, repeated_words, spliced_text
from fuzzing.targets import check_file, check_growth, check_text

CASES, SECONDS = 200, 30
_SLOW, _BUNDLE = 12.0, 120
_MEMORY = 3 << 30


def run_bundle(seed: int, out: Path, told: multiprocessing.SimpleQueue) -> None:  # type: ignore[type-arg]
    """Do the cases of ``seed``; ``told`` gets the counts of what became of them."""
    resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
    random, counts = Random(seed), Counter[str]()
    start = time.monotonic()
    for _ in range(CASES):
        kind, data = _case(random)
        current = out / f"current{kind}"
        current.write_bytes(data)
        signal.setitimer(signal.ITIMER_PROF, SECONDS)  # processor time; its signal ends the process
        counts[_run(current)] += 1
        signal.setitimer(signal.ITIMER_PROF, 0)
        current.unlink()
        if time.monotonic() - start > _BUNDLE:
            break
    told.put(counts)


def _case(random: Random) -> tuple[str, bytes]:
    chance = random.random()
    if chance < 0.5:
        return damaged_file(random)
    if chance < 0.97:
        return ".spliced", spliced_text(random).encode("utf-8", "surrogatepass")
    return ".repeated", repeated_words(random).encode("utf-8", "surrogatepass")


def run_case(path: Path) -> str:
    """What became of a case, by its suffix; raises what it raises."""
    if path.suffix not in (".spliced", ".repeated"):
        return check_file(path)
    text = path.read_bytes().decode("utf-8", "surrogatepass")
    return check_growth(text) if path.suffix == ".repeated" else check_text(text)


def _run(path: Path) -> str:
    start = time.process_time()
    try:
        outcome = run_case(path)
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)
        _keep(
            path, f"{type(error).__name__}-{Path(frames[-1].filename).stem}-{frames[-1].lineno}", traceback.format_exc()
        )
        return "found"
    if path.suffix != ".repeated" and (taken := time.process_time() - start) > _SLOW:
        _keep(path, "slow", f"{taken:.1f} s")
        return "found"
    return outcome


def _keep(path: Path, name: str, why: str) -> None:
    """A case under the name of what went wrong; one of each is enough, but for promises of different texts."""
    data = path.read_bytes()
    name += f"-{hashlib.sha256(data).hexdigest()[:6]}" if path.suffix == ".repeated" else path.suffix.replace(".", "-")
    kept = path.with_name(name + path.suffix)
    if not kept.exists() or len(data) < kept.stat().st_size:
        kept.write_bytes(data)
        kept.with_name(name + ".why").write_text(why, encoding="utf-8")


def keep_current(out: Path, code: int | None) -> None:
    """Keep the case that a process left behind when it was killed."""
    for current in out.glob("current.*"):
        _keep(current, f"killed{code}-{int(time.time())}", f"exit code {code}")
        current.unlink()
