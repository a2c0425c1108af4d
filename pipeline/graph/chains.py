"""Which instruction started a task: from a document up to what it implements, guides, answers and rests on."""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pipeline.graph.records import Graph

#: What leads up, the strongest first: of two ways of one length the task comes down the stronger one.
UPWARD = ("implements", "replies_to", "guides", "basis")


class Step(NamedTuple):
    """A document above, ``depth`` steps away, reached from ``below`` because that one does ``relation`` to it."""

    node: int
    depth: int
    below: int
    relation: str


class Missing(NamedTuple):
    """A document that is cited and not in the folder: by how many documents, and how often in which relation."""

    node: int
    documents: int
    relations: Counter[str]


def chain(graph: Graph, at: int) -> list[Step]:
    """The documents above the one at ``at``, nearest first, each once, through documents outside the folder too."""
    seen, queue, steps = {at}, deque([(at, 0)]), list[Step]()
    while queue:
        below, depth = queue.popleft()
        for relation, above in _above(graph, below):
            if above not in seen:
                seen.add(above)
                steps.append(Step(above, depth + 1, below, relation))
                queue.append((above, depth + 1))
    return steps


def roots(graph: Graph, at: int) -> list[int]:
    """The documents of the chain that rest on nothing more the graph knows of."""
    return [step.node for step in chain(graph, at) if not _above(graph, step.node)]


def missing(graph: Graph) -> list[Missing]:
    """The documents to ask for: cited but not in the folder, those that most documents cite first."""
    found = []
    for at in graph.node_indices():
        node = graph[at]
        if node.kind != "document" or node.in_folder:
            continue
        citing = [(source, edge) for source, _, edge in graph.in_edges(at) if edge.by == "citation"]
        if citing:
            relations = Counter(edge.relation for _, edge in citing)
            found.append(Missing(at, len({source for source, _ in citing}), relations))
    return sorted(found, key=lambda one: (-one.documents, graph[one.node].label, graph[one.node].id))


def _above(graph: Graph, at: int) -> list[tuple[str, int]]:
    """What the document at ``at`` goes back to, the strongest relation first."""
    found = [
        (edge.relation, above)
        for _, above, edge in graph.out_edges(at)
        if edge.relation in UPWARD and graph[above].kind == "document"
    ]
    return sorted(found, key=lambda pair: (UPWARD.index(pair[0]), graph[pair[1]].date or "~", pair[1]))
