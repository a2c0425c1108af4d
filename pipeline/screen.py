"""What people see in the terminal: the summary of a run and tables of obligations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text
from sqlalchemy import Engine

from pipeline.export.labels import recurrence_in_words
from pipeline.language import Say
from pipeline.query import Filters, count_by_type, count_obligations, each_failure, find_obligations, last_overdue
from pipeline.query_filters import OPEN, Status
from pipeline.rows import Row
from pipeline.short_ids import short_id
from pipeline.upcoming import coming_day, is_daily

if TYPE_CHECKING:
    from pipeline.batch import Counts
    from pipeline.database import Place

_SHOWN_NEXT, _SHOWN_OVERDUE, _SHOWN_FAILURES, _SHOWN_TYPES = 6, 3, 5, 6
_QUOTE, _UNITS = 95, 60


@dataclass(frozen=True, slots=True)
class Screen:
    """Where to print, in which language, and the day that counts as today."""

    console: Console
    say: Say
    today: date


def show_summary(screen: Screen, engine: Engine, counts: Counts) -> None:
    """One screen after a run: what is due next, what is overdue, what was read and what failed."""
    console, say, today = screen.console, screen.say, screen.today
    ahead = find_obligations(engine, Filters(after=today.isoformat()))
    upcoming = list(islice((row for row in ahead if not is_daily(row)), _SHOWN_NEXT))
    overdue = last_overdue(engine, today.isoformat(), _SHOWN_OVERDUE)
    for title, rows in (("upcoming", upcoming), ("overdue", overdue)):
        if rows:
            console.print(obligation_table(screen, rows, say(title)))
    console.print(_types(say, engine))
    totals = count_obligations(engine, today.isoformat())
    console.print(say("totals", today=vietnamese_day(today.isoformat()), **totals))
    console.print(
        say("counts", read=counts.read, unchanged=counts.unchanged, failed=counts.failed, removed=counts.removed)
    )
    if counts.versions:
        console.print(say("versions", n=counts.versions))
    if counts.remarked:
        console.print(say("remarked", n=counts.remarked))
    show_passed_over(screen, counts.passed_over)
    _show_failures(screen, engine)


def show_passed_over(screen: Screen, passed_over: Counter[str]) -> None:
    """The files that by their suffix are no dispatches, if any."""
    if passed_over:
        listed = ", ".join(f"{suffix} ({n})" for suffix, n in passed_over.most_common())
        screen.console.print(screen.say("unsupported", n=passed_over.total(), list=listed))


def show_paths(screen: Screen, paths: Sequence[Path | Place | str]) -> None:
    """Where the results are, one path a line so that it can be copied."""
    screen.console.print(Text(screen.say("written"), style="bold"))
    for path in paths:
        screen.console.print(Text(f"  {path}"), soft_wrap=True)


def show_left_out(screen: Screen, left_out: Iterable[tuple[str, list[str]]]) -> None:
    """Documents that do not go into an exchange format: how many for each reason, and which."""
    for reason, paths in left_out:
        screen.console.print(Text(screen.say(reason, n=len(paths), list=", ".join(paths))), soft_wrap=True)


def obligation_table(screen: Screen, rows: Iterable[Row], title: str | None = None) -> Table:
    """Obligations as a table: the day, who, what, and where it is written."""
    say = screen.say
    table = Table(
        title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, expand=True, padding=(0, 1, 0, 0)
    )
    table.add_column(say("due"), width=13)
    table.add_column(say("unit"), ratio=3)
    table.add_column(say("task"), ratio=6)
    table.add_column(say("document"), width=16, overflow="fold")
    for row in rows:
        day, style = due_words(screen, row)
        units = _short("; ".join(row["actors"]), _UNITS) or say("no_unit")
        where = Text(f"{row['doc_code'] or row['path']}, {say('page')} {row['page']}\n")
        where.append(f"[{short_id(row['obligation_id'])}]", style="dim")
        if row["status"] != Status.NEW:
            where.append(f"\n{say('status.' + row['status'])}", style="green")
        table.add_row(Text(day, style=style), Text(units), Text(_short(row["quote"], _QUOTE)), where)
    return table


def vietnamese_day(iso: str | None) -> str:
    """``2020-04-05`` -> ``05/04/2020``."""
    return "" if iso is None else "/".join(reversed(iso.split("-")))


def due_words(screen: Screen, row: Row) -> tuple[str, str]:
    """The last day with the days that are left, and its colour."""
    day = coming_day(row, screen.today)
    if day is None:
        return recurrence_in_words(row["recurrence"]), ""
    shown, left = vietnamese_day(day.isoformat()), (day - screen.today).days
    if row["status"] not in OPEN:
        return shown, ""
    if left < 0:
        return f"{shown}\n{screen.say('days_over', n=-left)}", "red"
    return f"{shown}\n{screen.say('days_left', n=left)}", "yellow" if left <= 7 else ""


def _short(text: str, length: int) -> str:
    flat = " ".join(text.replace("\t", " | ").split())
    return flat if len(flat) <= length else f"{flat[:length].rsplit(' ', 1)[0]} …"


def _types(say: Say, engine: Engine) -> Group:
    types = count_by_type(engine)
    listed = ", ".join(f"{name or say('untyped')} {n}" for name, n in types[:_SHOWN_TYPES])
    return Group(Text(f"{say('types')}: {listed}{' …' if len(types) > _SHOWN_TYPES else ''}"))


def _show_failures(screen: Screen, engine: Engine) -> None:
    console, say = screen.console, screen.say
    rows = list(each_failure(engine))
    if rows:
        console.print(Text(say("failures"), style="bold red"))
    for row in islice(rows, _SHOWN_FAILURES):
        place = f", {say('page')} {row['page']}" if row["page"] else ""
        console.print(Text(f"  {row['path']}{place}: {row['reason']}"), soft_wrap=True)
    if len(rows) > _SHOWN_FAILURES:
        console.print("  " + say("more", n=len(rows) - _SHOWN_FAILURES))
