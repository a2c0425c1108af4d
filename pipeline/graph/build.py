"""Documents and what they cite, as a directed graph: an edge leads from the citing to the cited document.

A node is a document of the folder (once, however many files it has), or one that is only cited. Mentions of one
document in another are one edge for each relation (``basis``, ``implements``, ``replaces`` …). On demand there are the
provisions that are cited, the units that issued, and the persons who signed; never who drafted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from sqlalchemy import Engine, select
from sqlalchemy.engine import Connection, RowMapping

from extractors.identity import slug
from pipeline.folding import name_key
from pipeline.graph.identity import Identities, Mention
from pipeline.graph.records import Edge, Node
from pipeline.tables import citations, cited_relations, documents

if TYPE_CHECKING:
    from pipeline.graph.records import Graph

#: How many mentions of an edge are remembered.
KEPT = 5
_DOCUMENT = ("doc_id", "path", "doc_type", "code", "date", "issuer", "issuer_unit", "subject", "effective", "expires",
             "signer_name", "signer_title")  # fmt: skip
_ROW = citations.c.n.label("row")


def build_graph(engine: Engine, kinds: Collection[str] = ()) -> Graph:
    """The graph of the database; ``kinds`` of nodes beside documents: ``provision``, ``unit``, ``person``."""
    with engine.connect().execution_options(yield_per=5000) as connection:
        builder = _Builder(connection, frozenset(kinds))
        builder.add_documents(connection)
        builder.add_citations(connection)
        builder.add_cited_relations(connection)
    return builder.graph


class _Builder:
    """A graph being built. ``nodes`` finds a node by its key; ``_between`` the node of mentions needed later."""

    def __init__(self, connection: Connection, kinds: frozenset[str]) -> None:
        import rustworkx  # late: it brings numpy

        self.graph: Graph = rustworkx.PyDiGraph(multigraph=True)
        self._nodes: dict[str, int] = {}
        self._kinds = kinds
        self._identities = Identities(connection)
        ends = (cited_relations.c.source, cited_relations.c.target)
        needed = {citation_id for end in ends for citation_id in connection.scalars(select(end))}
        self._between: dict[str, tuple[int, bool] | None] = dict.fromkeys(needed)

    def add_documents(self, connection: Connection) -> None:
        """The documents of the folder, in order of their paths, with issuer and signer where asked for."""
        chosen = select(*(documents.c[name] for name in _DOCUMENT)).where(documents.c.version_of.is_(None))
        for row in connection.execute(chosen.order_by(documents.c.path, documents.c.doc_id)).mappings():
            at = self._node(row["doc_id"], _document_node(row))
            if "unit" in self._kinds and (unit := _unit(row)):
                self.graph.add_edge(at, self._node(unit.id, unit), Edge("issued_by", "structure", 1, True))
            if "person" in self._kinds and (person := _person(row)):
                self.graph.add_edge(at, self._node(person.id, person), Edge("signed_by", "structure", 1, True))

    def add_citations(self, connection: Connection) -> None:
        """What the documents cite, one document after the other, so that little is held at a time."""
        columns = (_ROW, *(citations.c[name] for name in Mention._fields[1:]))
        ordered = select(*columns).order_by(citations.c.doc_id, citations.c.start)
        for doc_id, mentions in groupby(map(Mention._make, connection.execute(ordered)), attrgetter("doc_id")):
            if doc_id in self._nodes:  # else another version of a document
                self._cite(self._nodes[doc_id], list(mentions))

    def _cite(self, citing: int, mentions: list[Mention]) -> None:
        laws = {slug(m.name): m.canonical_id for m in mentions if m.name and m.code and m.canonical_id}
        edges: dict[tuple[int, str], Edge] = {}
        on = self.graph[citing].date
        for mention in mentions:
            key = self._identities.key(mention, on, laws)
            cited = self._node(key, mention=mention)
            if mention.citation_id in self._between:
                self._between[mention.citation_id] = cited, mention.pinpoint is None
            targets = [cited]
            if mention.pinpoint and "provision" in self._kinds:
                targets.append(self._provision(cited, mention.pinpoint))
            for target in targets:
                if target != citing:
                    _count(edges, (target, mention.relation), mention.row, mention.pinpoint is None)
        self.graph.add_edges_from([(citing, cited, edge) for (cited, _), edge in edges.items()])

    def add_cited_relations(self, connection: Connection) -> None:
        """What documents say of two others; the same pair and relation, said in several documents, is one edge."""
        edges: dict[tuple[int, int, str], Edge] = {}
        own = cited_relations.c
        for number, relation, first, second in connection.execute(
            select(own.n, own.relation, own.source, own.target).order_by(own.doc_id, own.start, own.n)
        ):
            source, target = self._between[first], self._between[second]
            if source and target and source[0] != target[0]:
                key = source[0], target[0], relation
                edge = edges.setdefault(key, Edge(relation, "cited"))
                _add(edge, number, target[1])
        self.graph.add_edges_from([(source, target, edge) for (source, target, _), edge in edges.items()])

    def _node(self, key: str, node: Node | None = None, mention: Mention | None = None) -> int:
        """The node of ``key``, made from ``node`` or ``mention`` when new, else completed by the ``mention``."""
        at = self._nodes.get(key)
        if at is None:
            new = node or _cited_node(key, mention) if mention else node
            at = self._nodes[key] = self.graph.add_node(new or Node(key, "document", key))
        elif mention is not None and not (known := self.graph[at]).in_folder:
            _complete(known, mention)
        return at

    def _provision(self, of: int, place: str) -> int:
        document = self.graph[of]
        key = f"{place}|{document.id}"
        new = key not in self._nodes
        at = self._node(key, Node(key, "provision", f"{place} {document.code or document.label}", document.code))
        if new:
            self.graph.add_edge(at, of, Edge("part_of", "structure", 1, True))
        return at


def _count(edges: dict[tuple[int, str], Edge], key: tuple[int, str], row: int, whole: bool) -> None:
    _add(edges.setdefault(key, Edge(key[1], "citation")), row, whole)


def _add(edge: Edge, row: int, whole: bool) -> None:
    edge.mentions += 1
    edge.whole = edge.whole or whole
    if len(edge.rows) < KEPT:
        edge.rows = (*edge.rows, row)


def _document_node(row: RowMapping) -> Node:
    return Node(
        id=row["doc_id"], kind="document", label=_label(row["doc_type"], row["code"]) or row["path"], code=row["code"],
        type=row["doc_type"], date=row["date"], issuer=row["issuer"], subject=row["subject"], path=row["path"],
        in_folder=True, effective=row["effective"], expires=row["expires"],
    )  # fmt: skip


def _cited_node(key: str, mention: Mention) -> Node:
    code = mention.code or (key if mention.name and "/" in key else None)
    label = _label(mention.name or mention.type, code) or key
    return Node(
        id=key, kind="document", label=label, code=code, type=mention.type, date=mention.date,
        issuer=mention.issuer, name=mention.name,
    )  # fmt: skip


def _complete(node: Node, mention: Mention) -> None:
    """What another mention states of the same document; the fuller date, the number of a law named first."""
    if mention.code and not node.code:
        node.code, node.type = mention.code, mention.type or node.type
        node.label = _label(node.name or node.type, node.code)
    if mention.name and not node.name:
        node.name, node.label = mention.name, _label(mention.name, node.code)
    if mention.date and len(mention.date) > len(node.date or ""):
        node.date = mention.date
    node.issuer = node.issuer or mention.issuer
    node.type = node.type or mention.type


def _unit(row: RowMapping) -> Node | None:
    if not row["issuer"]:
        return None
    return Node(f"unit|{row['issuer_unit'] or name_key(row['issuer']).strip()}", "unit", row["issuer"])


def _person(row: RowMapping) -> Node | None:
    """A signer in office: the same name with another title or unit is told apart."""
    if not row["signer_name"]:
        return None
    parts = (row["signer_name"], row["signer_title"], row["issuer"])
    key = "|".join(name_key(part or "").strip() for part in parts)
    label = ", ".join(filter(None, parts[:2]))
    return Node(f"person|{key}", "person", label, issuer=row["issuer"])


def _label(kind: str | None, code: str | None) -> str:
    return " ".join(part for part in (kind, code) if part)


def document_nodes(graph: Graph) -> Iterator[int]:
    """The indices of the documents."""
    return (at for at in graph.node_indices() if graph[at].kind == "document")
