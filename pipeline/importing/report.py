"""What ``vanthu import`` says: the edits by column with their rate, and what was not taken over, cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from rich.table import Table
from rich.text import Text

from pipeline.export.duties import EDITABLE, KEYS
from pipeline.importing.compare import Comparison, Remark
from pipeline.importing.words import TEXTS
from pipeline.language import Language, Say, speaker
from pipeline.screen import Screen

_SHOWN, _WORDS = 50, 60


def show_comparison(screen: Screen, found: Comparison, absent: int) -> None:
    """Print what was found; ``absent`` rows of the database are not in the workbook."""
    say, console = _speaker(screen), screen.console
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


def show_end(screen: Screen, *, tried: bool) -> None:
    """Print whether the edits were kept."""
    screen.console.print(_speaker(screen)("import_tried" if tried else "import_kept"))


def _speaker(screen: Screen) -> Say:
    return speaker(Language(screen.say("language")), TEXTS)


def _show_remarks(screen: Screen, title: str, remarks: Sequence[Remark]) -> None:
    say = _speaker(screen)
    if remarks:
        screen.console.print(Text(say(title, n=len(remarks)), style="bold"))
    for one in islice(remarks, _SHOWN):
        words = say(one.sentence, before=_short(one.before), after=_short(one.after))
        screen.console.print(Text(f"  {one.address}: {words}"), soft_wrap=True)
    if len(remarks) > _SHOWN:
        screen.console.print(Text(f"  {say('import_more', n=len(remarks) - _SHOWN)}"))


def _short(text: str) -> str:
    line = " | ".join(text.split("\n"))
    return line if len(line) <= _WORDS else line[: _WORDS - 1] + "…"
