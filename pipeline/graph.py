"""Documents and what they cite, as a directed graph: an edge leads from the citing to the cited document.

A node is a document of the folder (once, however many files it has), or one that is only cited. Mentions of one
document in another are one edge for each relation (``basis``, ``implements``, ``replaces`` …).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from pipeline.export.characters import shown
from pipeline.query import each_citation, each_document
from pipeline.rows import Row

if TYPE_CHECKING:
    from rustworkx import PyDiGraph

Node = dict[str, str]


def build_graph(engine: Engine) -> PyDiGraph[Node, Node]:
    """The citation graph of the database. Node keys: ``id``, ``label``, ``kind``, ``code``, ``date``, ``in_folder``."""
    import rustworkx  # late: it brings numpy

    graph: PyDiGraph[Node, Node] = rustworkx.PyDiGraph(multigraph=True)
    nodes = {
        row["doc_id"]: graph.add_node(_document_node(row)) for row in each_document(engine) if not row["version_of"]
    }
    edges: dict[tuple[int, int, str], int] = {}
    for row in each_citation(engine, versions=False):
        key = row["resolved_doc_id"] or _cited_key(row)
        if key not in nodes:
            nodes[key] = graph.add_node(_cited_node(row, key))
        edge = nodes[row["doc_id"]], nodes[key], row["relation"]
        edges[edge] = edges.get(edge, 0) + 1
    graph.add_edges_from(
        [(citing, cited, {"relation": relation, "mentions": str(n)}) for (citing, cited, relation), n in edges.items()]
    )
    return graph


def write_graphml(graph: PyDiGraph[Node, Node], path: Path) -> None:
    """Write ``graph`` as GraphML, for Gephi, yEd, Cytoscape and the like."""
    import rustworkx

    rustworkx.write_graphml(graph, str(path))


def _document_node(row: Row) -> Node:
    label = " ".join(part for part in (row["doc_type"], row["code"]) if part) or row["path"]
    return _node(row, id=row["doc_id"], label=label, kind=row["doc_type"], in_folder="true")


def _cited_node(row: Row, key: str) -> Node:
    label = " ".join(part for part in (row["type"], row["code"]) if part) if row["code"] else row["name"] or row["type"]
    return _node(row, id=key, label=label or row["quote"], kind=row["type"], in_folder="false")


def _node(row: Row, **attributes: str | None) -> Node:
    values = {**attributes, "code": row["code"], "date": row["date"]}
    return {name: shown(value or "") for name, value in values.items()}


def _cited_key(row: Row) -> str:
    """One key for all mentions of a document outside the folder; a mention without a name stands for itself."""
    return str(row["canonical_id"] or row["code"] or row["name"] or row["citation_id"])
