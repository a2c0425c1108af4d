"""The part of the graph that was asked for: relations, and the surroundings of one document."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from extractors.fold import fold

if TYPE_CHECKING:
    from pipeline.graph.records import Graph

_NEAR = 5


class NoDocument(LookupError):
    """No document bears the number asked for; ``near`` are the numbers most like it."""

    def __init__(self, asked: str, near: list[str]) -> None:
        super().__init__(asked)
        self.near = near


def find_document(graph: Graph, asked: str) -> int:
    """The document with the code, id or path ``asked``: of the folder before one that is only cited, the latest first.

    Raises ``NoDocument``.
    """
    wanted = _key(asked)
    found = [
        at
        for at in graph.node_indices()
        if graph[at].kind == "document" and wanted in (_key(part) for part in _names(graph, at))
    ]
    if not found:
        raise NoDocument(asked, _nearest(graph, asked))
    return max(found, key=lambda at: (graph[at].in_folder, graph[at].date or "", -at))


def with_relations(graph: Graph, relations: Collection[str]) -> Graph:
    """The edges of these relations (and the make-up of documents) with their ends; everything for no relation."""
    if not relations:
        return graph
    kept = [
        (source, target, edge)
        for source, target, edge in graph.weighted_edge_list()
        if edge.relation in relations or edge.by == "structure"
    ]
    joined = {end for source, target, edge in kept if edge.relation in relations for end in (source, target)}
    part = graph.copy()
    part.clear_edges()
    part.add_edges_from(kept)
    beside = {
        end for source, target, edge in kept if edge.by == "structure" and {source, target} & joined
        for end in (source, target)
    }  # fmt: skip
    return part.subgraph(sorted(joined | beside))


def around(graph: Graph, at: int, depth: int) -> Graph:
    """The nodes at most ``depth`` edges away from the one at ``at``, in any direction, and the edges between them."""
    seen = frontier = {at}
    for _ in range(depth):
        frontier = {
            near for node in frontier for near in (*graph.successor_indices(node), *graph.predecessor_indices(node))
        } - seen
        seen = seen | frontier
    return graph.subgraph(sorted(seen))


def _names(graph: Graph, at: int) -> tuple[str, ...]:
    node = graph[at]
    return tuple(filter(None, (node.code, node.id, node.path, node.label)))


def _nearest(graph: Graph, asked: str) -> list[str]:
    from rapidfuzz import fuzz, process

    codes = sorted({node.code for node in graph.nodes() if node.kind == "document" and node.code})
    return [code for code, *_ in process.extract(asked, codes, scorer=fuzz.ratio, processor=_key, limit=_NEAR)]


def _key(name: str) -> str:
    return "".join(fold(name).split())
