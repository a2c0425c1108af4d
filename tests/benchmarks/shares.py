"""MB/s of text through the extractors, the share of each step, and how the time grows with the length of one document.

python tests/benchmarks/shares.py FOLDER    (its .txt and .md files)

The share is measured by timing every step that ``extractors.extract`` calls. The curve repeats the texts of the folder
up to 5 MB in one document; linear reading shows the same MB/s in every row.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from extractors import extract as steps
from extractors.clean import clean
from extractors.raw import Line
from pipeline.nlp.heads import clause_head_is_verb
from pipeline.readers import read

#: The names under which ``extractors.extract`` calls its steps, in order.
STEPS = (
    "build", "read_header", "with_effect", "with_authority", "with_unit", "find_citations", "find_deadlines",
    "find_obligations", "link_citations", "weighed", "find_annexes", "contradictions",
)  # fmt: skip
_SIZES = (0.5, 1.0, 2.0, 5.0)  # MB


def main(folder: Path) -> None:
    """Print the table of shares and the curve."""
    texts = [read(path).lines for path in sorted(folder.iterdir()) if path.suffix in {".txt", ".md"}]
    size = sum(len(line.text.encode()) + 1 for lines in texts for line in lines) / 1e6
    spent: Counter[str] = Counter()
    with_timers(spent)
    whole = seconds(lambda: [_extract(lines, spent) for lines in texts])
    table = Table("step", "s", "share", title=f"{len(texts)} documents, {size:.2f} MB: {size / whole:.2f} MB/s")
    for name, took in spent.most_common():
        table.add_row(name, f"{took:.2f}", f"{took / whole:.0%}")
    console = Console()
    console.print(table)
    curve = Table("MB in one document", "s", "MB/s")
    every = [line for lines in texts for line in lines]
    for wanted in _SIZES:
        lines, length = _of_size(every, wanted)
        took = seconds(lambda lines=lines: _extract(lines, Counter()))  # type: ignore[misc]
        curve.add_row(f"{length:.1f}", f"{took:.2f}", f"{length / took:.2f}")
    console.print(curve)


def _extract(lines: tuple[Line, ...], spent: Counter[str]) -> None:
    start = time.process_time()
    cleaned = clean(lines)
    spent["clean"] += time.process_time() - start
    steps.extract(cleaned, clause_head_is_verb)


def _of_size(lines: list[Line], wanted: float) -> tuple[tuple[Line, ...], float]:
    taken: list[Line] = []
    length = 0
    while length < wanted * 1e6:
        for line in lines:
            taken.append(line)
            length += len(line.text.encode()) + 1
            if length >= wanted * 1e6:
                break
    return tuple(taken), length / 1e6


def with_timers(spent: Counter[str]) -> None:
    """Put a clock around every step."""
    for name in STEPS:
        if hasattr(steps, name):
            setattr(steps, name, _timed(getattr(steps, name), name, spent))


def _timed(step: Callable[..., Any], name: str, spent: Counter[str]) -> Callable[..., Any]:
    def run(*args: Any) -> Any:
        start = time.process_time()
        try:
            return step(*args)
        finally:
            spent[name] += time.process_time() - start

    return run


def seconds(work: Callable[[], object]) -> float:
    """Processor time: others may share the machine."""
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main(Path(sys.argv[1]))
