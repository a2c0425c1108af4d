"""The citation graph and its GraphML."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import rustworkx
from conftest import directive, dispatch, make_result
from lxml import etree
from sqlalchemy import Engine

from extractors.model import Citation, Header, Span
from pipeline.graph import build_graph, write_graphml
from pipeline.resolve import resolve_citations
from pipeline.versions import group_versions

_NS = {"g": "http://graphml.graphdrawing.org/xmlns"}


def test_a_cited_document_of_the_folder_is_one_node(stored: Callable[..., Engine]) -> None:
    """The citing document points to the row of the cited one, with the relation."""
    engine = stored(dispatch(), directive())
    resolve_citations(engine)
    graph = build_graph(engine)
    assert {"Công văn 12/UBND-VX", "Chỉ thị 07/CT-TTg"} == {node["label"] for node in graph.nodes()}
    ((citing, cited, edge),) = graph.weighted_edge_list()
    assert ("12/UBND-VX", "07/CT-TTg", "implements") == (graph[citing]["code"], graph[cited]["code"], edge["relation"])


def test_mentions_of_a_document_outside_are_one_node(stored: Callable[..., Engine]) -> None:
    """Two mentions in one relation are one edge that counts them; another relation is an edge of its own."""
    mentions = [Citation(Span(i, i + 1), "r", rel, code="1/X", canonical_id="1/X@2020", type="Luật")
                for i, rel in enumerate(("basis", "basis", "mentions"))]  # fmt: skip
    graph = build_graph(stored(make_result(text="abc", citations=tuple(mentions))))
    assert ["false", "true"] == sorted(node["in_folder"] for node in graph.nodes())
    assert {("basis", "2"), ("mentions", "1")} == {(e["relation"], e["mentions"]) for e in graph.edges()}


def test_graphml_is_read_back(stored: Callable[..., Engine], tmp_path: Path) -> None:
    """By an XML parser and by the library itself; letters with marks and forbidden characters included."""
    header = Header(doc_type='Công văn "& <mật>\x01', code="5/Đ")
    engine = stored(dispatch(), make_result("x.txt", header=header))
    path = tmp_path / "citations.graphml"
    write_graphml(build_graph(engine), path)
    tree = etree.parse(path)
    assert (3, 1) == tuple(len(tree.findall(f".//g:{name}", _NS)) for name in ("node", "edge"))
    (graph,) = rustworkx.read_graphml(str(path))
    labels = {node["label"] for node in graph.nodes()}
    assert 'Công văn "& <mật>␁ 5/Đ' in labels
    assert ["implements"] == [edge["relation"] for edge in graph.edges()]


def test_a_document_is_one_node_however_many_files_it_has(stored: Callable[..., Engine]) -> None:
    """A copy adds neither a node nor mentions."""
    engine = stored(dispatch("a.txt"), dispatch("b.txt"), directive())
    group_versions(engine)
    resolve_citations(engine)
    graph = build_graph(engine)
    assert ["07/CT-TTg", "12/UBND-VX"] == sorted(node["code"] for node in graph.nodes())
    assert ["1"] == [edge["mentions"] for edge in graph.edges()]
