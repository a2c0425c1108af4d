"""Score the extraction on documents with gold, hold the floors, and show what a change won and lost."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.export.labels import HEADINGS
from pipeline.pool import default_jobs, outcomes
from pipeline.rows import citation_rows, document_row, obligation_rows
from pipeline.scoring import Complaint, Gold, Reading, Scores, Tally, score
from pipeline.worker import Failure, Outcome, Task

#: The measures that have floors: name -> what it means, for the table.
MEASURES = {
    "header": "thể thức: trường đúng",
    "addressees": "kính gửi (F1)",
    "recipients": "nơi nhận (F1)",
    "citations": "viện dẫn (F1)",
    "relations": "quan hệ viện dẫn đúng",
    "pinpoints": "điều, khoản, điểm đúng",
    "obligations": "nghĩa vụ (F1 theo câu)",
    "kinds": "tính chất đúng",
    "actors": "đơn vị thực hiện đúng",
    "coordinators": "đơn vị phối hợp (F1)",
    "deadlines": "thời hạn (F1)",
    "rows": "nghĩa vụ đúng mọi trường",
}
_SLACK = 0.0005  # floors are kept to three decimals


def evaluate(gold: Path, documents: Path) -> Scores:
    """Read every document that has a gold file and compare. A document that cannot be read counts as wholly missed."""
    scores = Scores()
    for one, outcome, reading in readings(gold, documents):
        if isinstance(outcome, Failure):
            scores.complaints.append(Complaint(one["file"], "unreadable", "", outcome.reason))
        score(scores, one, reading)
    return scores


def readings(gold: Path, documents: Path) -> Iterator[tuple[Gold, Outcome, Reading]]:
    """Every document that has a gold file, with its gold and what was read of it, in order of the gold."""
    golds = dict(_golds(gold))
    tasks = {Task(documents / one["file"], one["file"], one["file"]): name for name, one in golds.items()}
    read = {tasks[task]: outcome for task, outcome in outcomes(tasks, default_jobs())}
    return ((one, read[name], _reading(read[name])) for name, one in golds.items())


def show_scores(console: Console, scores: Scores, with_complaints: bool) -> None:
    """Print the measures, and with ``with_complaints`` every difference."""
    if with_complaints:
        for complaint in scores.complaints:
            console.print(Text(" | ".join(complaint)), soft_wrap=True)
    table = Table("", "đúng / F1", "P", "R", "n", title=f"{scores.documents} văn bản", title_justify="left")
    fields = {
        name: f"  {HEADINGS[name.removeprefix('header.')]}" for name in scores.tallies if name.startswith("header.")
    }
    for name, meaning in (MEASURES | fields).items():
        tally = scores.tallies.get(name, Tally())
        parts = (None, None) if tally.precision == tally.recall else (tally.precision, tally.recall)
        table.add_row(meaning, *map(_figure, (tally.f1, *parts)), f"{tally.gold:.0f}")
    console.print(table)


def save_complaints(path: Path, scores: Scores) -> None:
    """Keep the differences, to compare a later reading with."""
    path.write_text(json.dumps(scores.complaints, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def show_changes(console: Console, before: Path, scores: Scores) -> None:
    """Print, difference by difference, what was won and lost since ``before`` was saved."""
    former = Counter(Complaint(*row) for row in json.loads(before.read_text(encoding="utf-8")))
    present = Counter(scores.complaints)
    won, lost = former - present, present - former
    for sign, style, changes in (("+", "green", won), ("-", "red", lost)):
        for complaint in sorted(changes.elements()):
            console.print(Text(f"{sign} {' | '.join(complaint)}", style=style), soft_wrap=True)
    console.print(f"Được {won.total()}, mất {lost.total()}.")


def hold_floors(console: Console, path: Path, scores: Scores, *, update: bool = False) -> bool:
    """True when no measure is below its floor in the file ``path``.

    ``update`` raises the floors to what is reached now, and changes nothing when that would lower one.
    """
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    floors: dict[str, float] = data.get("floors", {})
    reached = {name: scores.tallies[name].f1 or 0.0 for name in MEASURES if name in scores.tallies}
    below = [name for name, floor in floors.items() if reached.get(name, 0.0) < floor - _SLACK]
    for name in below:
        console.print(
            Text(
                f"Dưới điểm sàn: {MEASURES.get(name, name)} {reached.get(name, 0):.3f} < {floors[name]:.3f}",
                style="red",
            )
        )
    if not below and update:
        raised = {name: max(floors.get(name, 0.0), int(value * 1000) / 1000) for name, value in reached.items()}
        path.write_text(json.dumps(data | {"floors": raised}, indent=1) + "\n", encoding="utf-8")
        console.print(f"Đã ghi điểm sàn vào {path}.")
    return not below


def _golds(folder: Path) -> Iterator[tuple[str, Gold]]:
    for path in sorted(folder.rglob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(gold, dict) and "file" in gold:
            yield path.relative_to(folder).as_posix(), gold


def _reading(outcome: Outcome) -> Reading:
    if isinstance(outcome, Failure):
        return Reading({}, [], [])
    citations = citation_rows(outcome)
    return Reading(document_row(outcome), obligation_rows(outcome, citations), citations)


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
