"""What ``vanthu import`` says: the edits by column with their rate, and what was not taken over, cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from rich.table import Table
from rich.text import Text

from pipeline.export.duties import EDITABLE, KEYS
from pipeline.importing.compare import Comparison, Remark
from pipeline.screen import Screen

_SHOWN, _WORDS = 50, 60


def show_comparison(screen: Screen, found: Comparison, absent: int) -> None:
    """Print what was found; ``absent`` rows of the database are not in the workbook."""
    say, console = screen.say, screen.console
    headings = {key: word for word, key in KEYS.items()}
    if found.edits:
        table = Table(say("import_column"), say("import_cells"), say("import_rate"))
        counts = found.by_column()
        for key in (key for key in EDITABLE if counts[key]):
            table.add_row(headings[key], str(counts[key]), f"{counts[key] / found.rows:.1%}")
        console.print(table)
    rows = len({edit.obligation_id for edit in found.edits})
    cells = len(found.edits)
    rate = cells / (found.rows * len(EDITABLE)) if found.rows else 0.0
    console.print(say("import_counts", rows=found.rows, cells=cells, changed=rows, rate=f"{rate:.1%}"))
    if found.missing:
        console.print(
            say("import_missing", columns=", ".join(headings[key] for key in EDITABLE if key in found.missing))
        )
    if absent:
        console.print(say("import_absent", n=absent))
    _show_remarks(screen, "import_conflicts", found.conflicts)
    _show_remarks(screen, "import_problems", found.problems)


def _show_remarks(screen: Screen, title: str, remarks: Sequence[Remark]) -> None:
    if remarks:
        screen.console.print(Text(screen.say(title, n=len(remarks)), style="bold"))
    for one in islice(remarks, _SHOWN):
        words = screen.say(one.sentence, before=_short(one.before), after=_short(one.after))
        screen.console.print(Text(f"  {one.address}: {words}"), soft_wrap=True)
    if len(remarks) > _SHOWN:
        screen.console.print(Text(f"  {screen.say('import_more', n=len(remarks) - _SHOWN)}"))


def _short(text: str) -> str:
    line = " | ".join(text.split("\n"))
    return line if len(line) <= _WORDS else line[: _WORDS - 1] + "…"
