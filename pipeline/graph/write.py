"""The graph as a file; the name's suffix says which."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from pipeline.export.characters import shown
from pipeline.graph.html import write_html
from pipeline.graph.view import Scene, view_of
from pipeline.language import Say

if TYPE_CHECKING:
    from rustworkx import PyDiGraph

    from pipeline.graph.records import Edge, Graph, Node

#: What a graph can be written as.
SUFFIXES = (".html", ".svg", ".graphml", ".json")


def write_graph(engine: Engine, scene: Scene, path: Path, say: Say) -> None:
    """Write the part of ``scene`` to ``path``, whose suffix is one of :data:`SUFFIXES`. Raises ``OSError``."""
    suffix = path.suffix.lower()
    if suffix == ".graphml":
        write_graphml(scene.part, path)
    elif suffix == ".svg":
        from pipeline.graph.svg import write_svg

        write_svg(view_of(engine, scene, say), path, say)
    elif suffix == ".html":
        write_html(view_of(engine, scene, say), path, say("language"))
    else:
        path.write_text(json.dumps(view_of(engine, scene, say), ensure_ascii=False) + "\n", encoding="utf-8")


def write_graphml(graph: Graph, path: Path) -> None:
    """Write ``graph`` as GraphML, for Gephi, yEd, Cytoscape and the like."""
    import rustworkx

    plain: PyDiGraph[dict[str, str], dict[str, str]] = rustworkx.PyDiGraph(multigraph=True)
    number = dict(zip(graph.node_indices(), plain.add_nodes_from(list(map(_node, graph.nodes()))), strict=True))
    plain.add_edges_from([(number[a], number[b], _edge(edge)) for a, b, edge in graph.weighted_edge_list()])
    rustworkx.write_graphml(plain, str(path))


def _node(node: Node) -> dict[str, str]:
    kind = node.type or "" if node.kind == "document" else node.kind
    fields = {"id": node.id, "label": node.label, "kind": kind, "code": node.code, "date": node.date}
    return {name: shown(value or "") for name, value in fields.items()} | {"in_folder": str(node.in_folder).lower()}


def _edge(edge: Edge) -> dict[str, str]:
    return {"relation": edge.relation, "mentions": str(edge.mentions), "by": edge.by}
