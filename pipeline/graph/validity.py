"""What replaced, amended or repealed a document, from when, and in which state it is on a day.

A document acts upon another from the day it is in force itself, else (marked) from its own date. An act upon places
within a document (*bãi bỏ Điều 5 Thông tư …*) amends it, whatever its word. The table of laws knows which law replaced
which, and from when.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from extractors.law_versions import replaced_by

if TYPE_CHECKING:
    from pipeline.graph.records import Edge, Graph, State

_ENDS = {"replaces": "replaced", "repeals": "repealed"}
_ACTS = {*_ENDS, "amends"}


class Change(NamedTuple):
    """``source`` did ``relation`` to ``target``. ``since`` is as far as known; ``stated`` is False for a mere date."""

    source: int
    target: int
    relation: str
    since: str | None
    stated: bool


def changes(graph: Graph) -> list[Change]:
    """Every change in the graph, in order of its day, those without one last."""
    found = {
        _change(graph, source, target, edge)
        for source, target, edge in graph.weighted_edge_list()
        if edge.relation in _ACTS and graph[target].kind == "document"
    }
    return sorted(found, key=_by_day)


def changes_of(graph: Graph, at: int) -> list[Change]:
    """The changes that happened to one document."""
    found = {_change(graph, source, at, edge) for source, _, edge in graph.in_edges(at) if edge.relation in _ACTS}
    return sorted(found, key=_by_day)


def state_on(graph: Graph, at: int, day: str) -> State:
    """The state of the document at ``at`` on ``day`` (ISO), as far as the graph shows it.

    ``in_force`` means that the document is in the folder, had begun, and nothing in the graph has ended it. Of what is
    only cited the text is not known: unless something acts upon it, its state is ``unknown``.
    """
    node, acts = graph[at], changes_of(graph, at)
    done = [act for act in acts if act.since and _reached(act.since, day)]
    ended = next((act for act in done if act.relation in _ENDS), None)
    start = node.effective or node.date
    if ended:
        return "replaced" if ended.relation == "replaces" else "repealed"
    if node.expires and node.expires <= day:
        return "repealed"
    if node.code and replaced_by(node.code, day):
        return "replaced"
    if start and _later(start, day):
        return "not_yet"
    if any(act.relation in _ENDS and not (act.since and _later(act.since, day)) for act in acts):
        return "unknown"
    if done:
        return "amended"
    return "in_force" if node.in_folder and start and _reached(start, day) else "unknown"


def _change(graph: Graph, source: int, target: int, edge: Edge) -> Change:
    acting = graph[source]
    relation = edge.relation if edge.whole else "amends"
    return Change(source, target, relation, acting.effective or acting.date, acting.effective is not None)


def _by_day(change: Change) -> tuple[bool, str, int, int]:
    return change.since is None, change.since or "", change.source, change.target


def _reached(since: str, day: str) -> bool:
    """True when ``since``, as far as it is stated, surely lies on or before ``day``: a year is over with its end."""
    return since <= day if len(since) == len(day) else since < day[: len(since)]


def _later(since: str, day: str) -> bool:
    """True when ``since`` surely lies after ``day``."""
    return since[: len(day)] > day[: len(since)]
