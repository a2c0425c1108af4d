"""The graph as plain data: what the JSON file holds, and what the page and the picture show."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Engine

from pipeline.graph.layout import Point, network_layout, time_layout
from pipeline.graph.places import places_of
from pipeline.graph.validity import state_on
from pipeline.graph.words import relation_word
from pipeline.language import Say

if TYPE_CHECKING:
    from pipeline.graph.records import Edge, Graph, Node

View = dict[str, Any]

_FIELDS = ("id", "kind", "label", "code", "type", "date", "issuer", "subject", "path", "in_folder")


class Scene(NamedTuple):
    """The whole graph, which decides on states, the part of it that is shown, and the day of the states."""

    whole: Graph
    part: Graph
    day: str


def view_of(engine: Engine, scene: Scene, say: Say) -> View:
    """The part of ``scene`` with words in the language of ``say``, sentences, states and two layouts."""
    part = scene.part
    index = {at: number for number, at in enumerate(part.node_indices())}
    edges = [(index[source], index[target], edge) for source, target, edge in part.weighted_edge_list()]
    places = places_of(engine, (edge for *_, edge in edges))
    relations = Counter(edge.relation for *_, edge in edges)
    kinds = Counter(node.kind for node in part.nodes())
    return {
        "title": say("graph_title"),
        "counts": {
            "nodes": len(index),
            "edges": len(edges),
            "in_folder": sum(n.in_folder for n in part.nodes()),
            **kinds,
        },
        "relations": {name: relation_word(name, say) for name in sorted(relations)},
        "kinds": {name: say(f"kind.{name}") for name in sorted(kinds)},
        "nodes": _nodes(scene),
        "edges": [_edge(source, target, edge, places) for source, target, edge in edges],
    }


def _nodes(scene: Scene) -> list[View]:
    part, numbers = scene.part, {scene.whole[at].id: at for at in scene.whole.node_indices()}
    times, springs = time_layout(part), network_layout(part)
    found = []
    for at in part.node_indices():
        node = part[at]
        state = state_on(scene.whole, numbers[node.id], scene.day) if node.kind == "document" else None
        degree = part.in_degree(at) + part.out_degree(at)
        found.append({**_fields(node), "state": state, "degree": degree, **_coordinates(times[at], springs[at])})
    return found


def _fields(node: Node) -> View:
    return {name: getattr(node, name) for name in _FIELDS}


def _coordinates(time: Point, network: Point) -> View:
    return {"x": time[0], "y": time[1], "nx": round(network[0], 5), "ny": round(network[1], 5)}


def _edge(source: int, target: int, edge: Edge, places: dict[tuple[str, int], View]) -> View:
    found = [places[edge.by, row] for row in edge.rows if (edge.by, row) in places]
    return {
        "source": source,
        "target": target,
        "relation": edge.relation,
        "mentions": edge.mentions,
        "by": edge.by,
        "places": found,
    }
