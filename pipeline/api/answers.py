"""The answers of the API: pages of the records of the exports, one document, the graph around one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, Select, select

from pipeline.export.found import KEYS as OBLIGATION_KEYS
from pipeline.query import Filters, find_obligations, remarked
from pipeline.query_criteria import document_conditions
from pipeline.records import KEYS, document_record
from pipeline.rows import Row
from pipeline.tables import citations, documents

if TYPE_CHECKING:
    from pipeline.graph.records import Graph

Values = Mapping[str, Any]
#: What the list of documents leaves to the address of each.
WITHOUT = "text"
NODE_KEYS = ("id", "kind", "label", "code", "type", "date", "issuer", "subject", "path", "in_folder")
EDGE_KEYS = ("relation", "by", "mentions", "whole")


def obligations_asked(engine: Engine, values: Values) -> Row:
    """A page of obligations, as ``vanthu query --format json`` has them and in the same order."""
    rows = find_obligations(engine, _filters(values), _size(values) + 1, _first(values))
    return _page([{key: row[key] for key in OBLIGATION_KEYS} for row in rows], values)


def documents_asked(engine: Engine, values: Values) -> Row:
    """A page of documents in order of their paths, without their text."""
    columns = [column for column in documents.c if column.name != WITHOUT]
    with engine.connect() as connection:
        conditions = document_conditions(connection, _filters(values))
        chosen = select(*columns).where(*conditions).order_by(documents.c.path, documents.c.doc_id)
        rows = [dict(row) for row in connection.execute(_paged(chosen, values)).mappings()]
    return _page([document_record(remarked(row)) for row in rows], values)


def one_document(engine: Engine, doc_id: str) -> Row | None:
    """A document with its text, ``None`` when there is none of that id."""
    with engine.connect() as connection:
        row = connection.execute(select(documents).where(documents.c.doc_id == doc_id)).mappings().first()
    return document_record(remarked(dict(row))) if row else None


def citations_asked(engine: Engine, values: Values) -> Row:
    """A page of citations in order of the citing document and place; the filters are about the citing document."""
    filters, joined = _filters(values), documents.c.doc_id == citations.c.doc_id
    with engine.connect() as connection:
        chosen = select(citations).join(documents, joined).where(*document_conditions(connection, filters))
        if filters.relation is not None:
            chosen = chosen.where(citations.c.relation == filters.relation)
        order = (documents.c.path, citations.c.doc_id, citations.c.start, citations.c.n)
        found = connection.execute(_paged(chosen.order_by(*order), values)).mappings()
        rows = [remarked(dict(row)) for row in found]
    return _page([{key: row[key] for key in KEYS["citations"]} for row in rows], values)


def graph_asked(engine: Engine, values: Values, day: str) -> Row:
    """The documents around one, and what they do to each other; ``state`` is that on ``day``.

    Raises ``NoDocument`` of :mod:`pipeline.graph.select`.
    """
    from pipeline.graph.build import build_graph
    from pipeline.graph.select import around, find_document, with_relations
    from pipeline.graph.validity import state_on

    whole = build_graph(engine)
    at = find_document(whole, values["doc"])
    part = with_relations(whole, values.get("relations", ()))
    home = next((index for index in part.node_indices() if part[index].id == whole[at].id), None)
    part = around(whole, at, 0) if home is None else around(part, home, values.get("depth", 1))
    numbers = {whole[index].id: index for index in whole.node_indices()}
    nodes = [
        {key: getattr(node, key) for key in NODE_KEYS} | {"state": state_on(whole, numbers[node.id], day)}
        for node in part.nodes()
    ]
    return {"around": whole[at].id, "nodes": nodes, "edges": _edges(part)}


def _edges(part: Graph) -> list[Row]:
    return [
        {"source": part[source].id, "target": part[target].id} | {key: asdict(edge)[key] for key in EDGE_KEYS}
        for source, target, edge in part.weighted_edge_list()
    ]


def _filters(values: Values) -> Filters:
    return Filters(**{one.name: values[one.name] for one in fields(Filters) if one.name in values})


def _first(values: Values) -> int:
    return int(values.get("offset", 0))


def _size(values: Values) -> int:
    return int(values.get("limit", 100))


def _paged(statement: Select[Any], values: Values) -> Select[Any]:
    """One row more than a page tells that there is a next one."""
    return statement.offset(_first(values)).limit(_size(values) + 1)


def _page(rows: list[Row], values: Values) -> Row:
    """``rows`` as a page; ``next`` is the ``offset`` of the following one, ``None`` on the last."""
    size = _size(values)
    return {"items": rows[:size], "next": _first(values) + size if len(rows) > size else None}
