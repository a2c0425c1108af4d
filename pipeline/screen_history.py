"""What ``vanthu history`` shows: who decided what about a duty, and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from rich.padding import Padding
from rich.text import Text

from pipeline.export.labels import HEADINGS
from pipeline.language import Say
from pipeline.rows import Row
from pipeline.screen import Screen

_OF_STATE = ("status", "person", "note", "answered_by", "about", "by")


def show_history(screen: Screen, obligation_id: str, decided: list[Row]) -> None:
    """The words of the duty, and under them every decision about it, the first one first."""
    if not decided:
        screen.console.print(screen.say("history_none", id=obligation_id))
        return
    screen.console.print(Text(f"[{obligation_id}] {decided[-1]['path']}", style="bold"), soft_wrap=True)
    screen.console.print(Padding(Text(" ".join(decided[-1]["quote"].split())), (0, 0, 1, 2)))
    for one in decided:
        screen.console.print(Text(_line(screen.say, one)), soft_wrap=True)


def moment(iso: str) -> str:
    """When a decision was made, by the clock of this machine."""
    return datetime.fromisoformat(iso).astimezone().strftime("%d/%m/%Y %H:%M")


def _line(say: Say, one: Row) -> str:
    said = "; ".join(_values(say, one["values"] or {}))
    lost = f" ({say('lost')})" if one["lost"] else ""
    return f"{moment(one['at'])}  {one['who']}: {say('action.' + one['action'])}{' – ' if said else ''}{said}{lost}"


def _values(say: Say, values: Row) -> Iterator[str]:
    for name, value in values.items():
        if name == "proposal":
            continue
        label = say(name) if name in _OF_STATE else HEADINGS.get(name, name)
        yield f"{label}: {_shown(say, name, value)}"


def _shown(say: Say, name: str, value: Any) -> str:
    if name == "status":
        return say(f"status.{value}")
    if name == "about":
        return say(f"proposal.{value}")
    return "; ".join(map(str, value)) if isinstance(value, Iterable) and not isinstance(value, str) else str(value)
