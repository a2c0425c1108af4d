"""What ``vanthu units`` shows: the bodies of a name with their days, and the names like it when there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from extractors.unit_history import Coverage
from extractors.units import Unit, unit_with_id
from pipeline.language import Say
from pipeline.rows import Row
from pipeline.units.explanation import Described, Explanation
from pipeline.units.search import MEMBER, PREDECESSOR


def show_units(console: Console, say: Say, explanation: Explanation) -> None:
    """The explanation on the screen."""
    for described in explanation.units:
        _show_unit(console, say, described)
    if len(explanation.units) > 1 and explanation.on is None:
        console.print(Text(say("unit_which_day")))
    if explanation.members:
        members = explanation.members
        title = say("unit_group", name=explanation.asked, n=len(members.units))
        console.print(Text(title, style="bold"))
        console.print(Padding(Text("; ".join(unit.name for unit in members.units)), (0, 0, 0, 2)))
        if not members.complete:
            console.print(Padding(Text(say("unit_incomplete"), style="yellow"), (0, 0, 0, 2)))
    if not explanation.found:
        console.print(Text(say("unit_unknown", name=explanation.asked), style="bold"))
        if explanation.near:
            console.print(Text(say("unit_near", names="; ".join(explanation.near))))


def found_beyond(say: Say, rows: Iterable[Row]) -> Iterator[str]:
    """Sentences that say which duties were found under other words than those asked for."""
    for way in (PREDECESSOR, MEMBER):
        names = [row["found_by"] for row in rows if row["found_as"] == way]
        if names:
            yield say(f"found_{way}", n=len(names), names="; ".join(dict.fromkeys(names)))


def period(say: Say, first: str | None, last: str | None) -> str:
    """``từ 01/03/2025``, ``đến 28/02/2025``, both, or that no limit is known."""
    said = [say("unit_from", day=_day(first))] if first else []
    said += [say("unit_to", day=_day(last))] if last else []
    return " ".join(said) or say("unit_no_limit")


def _show_unit(console: Console, say: Say, described: Described) -> None:
    console.print(Text(described.unit.name, style="bold"))
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    for label, value in _lines(say, described):
        table.add_row(say(label), Text(value))
    console.print(Padding(table, (0, 0, 1, 2)))


def _lines(say: Say, described: Described) -> Iterator[tuple[str, str]]:
    unit = described.unit
    yield "unit_period", period(say, unit.valid_from, unit.valid_to)
    if described.there is not None:
        yield "unit_on_day", say("unit_there" if described.there else "unit_not_there")
    if described.parent:
        yield "unit_parent", described.parent.name
    if unit.abbreviations:
        yield "unit_abbreviations", ", ".join(unit.abbreviations)
    if described.before:
        yield "unit_before", _listed(say, described.before)
    if described.after:
        yield "unit_after", _listed(say, described.after)
    if described.served:
        yield "unit_served", "\n".join(_served(say, one) for one in described.served)
    if described.regions:
        yield "unit_regions", "\n".join(_region(say, one) for one in described.regions)
    if unit.source:
        yield "unit_source", unit.source


def _listed(say: Say, units: Iterable[Unit]) -> str:
    return "\n".join(f"{unit.name} ({period(say, unit.valid_from, unit.valid_to)})" for unit in units)


def _served(say: Say, one: Coverage) -> str:
    where = "; ".join(filter(None, (", ".join(one.places), one.remark)))
    seat = say("unit_seat", place=one.seat)
    return f"{period(say, one.valid_from, one.valid_to)}: {where} ({seat}; {one.source})"


def _region(say: Say, one: Coverage) -> str:
    region = unit_with_id(one.unit)
    name = region.name if region else one.unit
    remark = f"; {one.remark}" if one.remark else ""
    return f"{name}, {period(say, one.valid_from, one.valid_to)}: {', '.join(one.places)}{remark} ({one.source})"


def _day(iso: str) -> str:
    """``2025-03-01`` -> ``01/03/2025``, ``2007`` -> ``2007``."""
    return "/".join(reversed(iso.split("-")))
