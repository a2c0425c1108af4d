"""Where nodes stand: along time, and as a network. The same graph, the same places.

Time: x are days since 1970-01-01; documents without a date stand left of what cites them; lanes keep labels from lying
on each other. Network: coordinates from 0 to 1 by the springs of Fruchterman and Reingold.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.graph.records import Graph

Point = tuple[float, float]

_EPOCH = date(1970, 1, 1).toordinal()
#: A label takes this share of the whole stretch of time.
_LABEL = 0.1
_SEED = 7
#: Springs cost the square of the nodes in each round: at most so many nodes (the rest is placed beside them), and as
#: many rounds as cost no more than 50 rounds over 1,000 nodes, but 10 at least.
_SPRUNG, _COST, _ROUNDS = 3000, 50_000_000, (10, 50)


def day_number(iso: str) -> int | None:
    """Days since 1970-01-01 of a date as far as stated: a year or month counts from its first day."""
    try:
        year, month, day = (*map(int, iso.split("-")), 1, 1)[:3]
        return date(year, month, day).toordinal() - _EPOCH
    except ValueError:
        return None


def time_layout(graph: Graph) -> dict[int, Point]:
    """Days and lanes for every node."""
    days = {at: day for at in graph.node_indices() if (day := _own_day(graph, at)) is not None}
    span = max(days.values(), default=0) - min(days.values(), default=0)
    width = max(1.0, span * _LABEL)
    for at in graph.node_indices():
        if at not in days:
            near = [days[end] for end in (*graph.predecessor_indices(at), *graph.successor_indices(at)) if end in days]
            days[at] = int(min(near, default=min(days.values(), default=0)) - width)
    order = sorted(days, key=lambda at: (days[at], -graph.in_degree(at), at))
    found = dict(zip(order, lanes([days[at] for at in order], width), strict=True))
    return {at: (float(days[at]), float(found[at])) for at in days}


def lanes(starts: Sequence[float], width: float) -> list[int]:
    """For labels of one ``width`` that begin at ``starts`` (in order) the lowest lane that is free there."""
    free: list[int] = []
    taken: list[tuple[float, int]] = []
    found = []
    for start in starts:
        while taken and taken[0][0] <= start:
            heapq.heappush(free, heapq.heappop(taken)[1])
        lane = heapq.heappop(free) if free else len(taken)
        heapq.heappush(taken, (start + width, lane))
        found.append(lane)
    return found


def network_layout(graph: Graph) -> dict[int, Point]:
    """Springs for the nodes with most edges, the others in a ring around their best neighbour."""
    import rustworkx

    degrees = {at: graph.in_degree(at) + graph.out_degree(at) for at in graph.node_indices()}
    core = sorted(degrees, key=lambda at: (-degrees[at], at))[:_SPRUNG]
    if not core:
        return {}
    part, numbers = graph.subgraph_with_nodemap(sorted(core))
    rounds = min(_ROUNDS[1], max(_ROUNDS[0], _COST // len(core) ** 2))
    sprung = rustworkx.spring_layout(part, seed=_SEED, num_iter=rounds)
    places = {numbers[at]: (float(point[0]), float(point[1])) for at, point in sprung.items()}
    for at in degrees:
        if at not in places:
            places[at] = _beside(graph, at, places)
    return _scaled(places)


def _beside(graph: Graph, at: int, places: dict[int, Point]) -> Point:
    """A place on a small ring around the first neighbour that has one, by the number of the node."""
    from math import cos, sin

    near = next((n for n in (*graph.successor_indices(at), *graph.predecessor_indices(at)) if n in places), None)
    x, y = places[near] if near is not None else (0.0, 0.0)
    angle, radius = at * 2.399963, 0.01 + (at % 97) / 2000  # the golden angle spreads any run of numbers evenly
    return x + radius * cos(angle), y + radius * sin(angle)


def _scaled(places: dict[int, Point]) -> dict[int, Point]:
    xs, ys = ([point[i] for point in places.values()] for i in (0, 1))
    low, size = (min(xs), min(ys)), max(max(xs) - min(xs), max(ys) - min(ys)) or 1.0
    return {at: ((x - low[0]) / size, (y - low[1]) / size) for at, (x, y) in places.items()}


def _own_day(graph: Graph, at: int) -> int | None:
    node = graph[at]
    return day_number(node.date) if node.date else None
