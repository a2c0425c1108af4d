"""The graph over a folder: identity, questions, pictures and files. Documents, places and persons are invented."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import rustworkx
from conftest import directive, dispatch, make_result
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from sqlalchemy import Engine
from typer.testing import CliRunner

from extractors.model import Citation, CitedRelation, Header, Relation, Result, Span
from pipeline.cli import app
from pipeline.graph.build import build_graph
from pipeline.graph.chains import UPWARD, chain, missing, roots
from pipeline.graph.layout import day_number, lanes, network_layout, time_layout
from pipeline.graph.places import sentence
from pipeline.graph.records import Edge, Graph, Node
from pipeline.graph.select import NoDocument, around, find_document, with_relations
from pipeline.graph.validity import changes, changes_of, state_on
from pipeline.graph.view import Scene
from pipeline.graph.write import write_graph, write_graphml
from pipeline.language import Language, speaker
from pipeline.resolve import resolve_citations
from pipeline.versions import group_versions

_NS = {"g": "http://graphml.graphdrawing.org/xmlns"}
_SAY = speaker(Language.VI)


def _document(code: str, *cited: Citation, **header: str | None) -> Result:
    kinds = {"CT": "Chỉ thị", "QĐ": "Quyết định", "NĐ": "Nghị định", "TT": "Thông tư"}
    date = header.setdefault("date", "2020-05-04") or ""
    header.setdefault("doc_type", next((kinds[part] for part in kinds if part in code), "Công văn"))
    key = code if "NĐ" in code else f"{code}@{date[:4]}"
    text = f"Văn bản {code}. " + "x" * 40
    return make_result(f"{code.replace('/', '_')}.txt", text, citations=cited,
                       header=Header(code=code, canonical_id=key, **header))  # type: ignore[arg-type]  # fmt: skip


def _cite(code: str | None, relation: Relation = "mentions", at: int = 0, **said: str) -> Citation:
    said.setdefault("canonical_id", f"{code}@2020" if code and "NĐ" not in code else code or "")
    return Citation(Span(at, at + 1), "full", relation, code=code, **said)  # type: ignore[arg-type]


def _graph(stored: Callable[..., Engine], *results: Result) -> Graph:
    engine = stored(*results)
    resolve_citations(engine)
    return build_graph(engine)


def _at(graph: Graph, code: str) -> int:
    return find_document(graph, code)


# ---------------------------------------------------------------- identity
def test_a_cited_document_of_the_folder_is_one_node(stored: Callable[..., Engine]) -> None:
    """The citing document points to the row of the cited one, with the relation."""
    graph = _graph(stored, dispatch(), directive())
    assert {"Công văn 12/UBND-VX", "Chỉ thị 07/CT-TTg"} == {node.label for node in graph.nodes()}
    ((citing, cited, edge),) = graph.weighted_edge_list()
    assert ("12/UBND-VX", "07/CT-TTg", "implements") == (graph[citing].code, graph[cited].code, edge.relation)


def test_mentions_of_a_document_outside_are_one_node(stored: Callable[..., Engine]) -> None:
    """Two mentions in one relation are one edge that counts them; another relation is an edge of its own."""
    cited = [_cite("1/X", rel, i) for i, rel in enumerate(("basis", "basis", "mentions"))]  # type: ignore[arg-type]
    graph = _graph(stored, _document("2/Y", *cited))
    assert [False, True] == sorted(node.in_folder for node in graph.nodes())
    assert {("basis", 2), ("mentions", 1)} == {(edge.relation, edge.mentions) for edge in graph.edges()}


def test_a_document_is_one_node_however_many_files_it_has(stored: Callable[..., Engine]) -> None:
    """A copy adds neither a node nor mentions."""
    engine = stored(dispatch("a.txt"), dispatch("b.txt"), directive())
    group_versions(engine)
    resolve_citations(engine)
    graph = build_graph(engine)
    assert ["07/CT-TTg", "12/UBND-VX"] == sorted(node.code or "" for node in graph.nodes())
    assert [1] == [edge.mentions for edge in graph.edges()]


def test_one_directive_is_never_three_nodes(stored: Callable[..., Engine]) -> None:
    """With its year, without it, and in another place of the text: in the folder or only cited."""
    cited = (_cite("15/CT-TTg"), _cite("15/CT-TTg", at=2, canonical_id="15/CT-TTg@?"))
    late = _cite("15/CT-TTg", canonical_id="15/CT-TTg@?")
    outside = _graph(stored, _document("1/X", *cited), _document("2/X", late))
    assert 3 == outside.num_nodes()
    inside = _graph(stored, _document("15/CT-TTg", date="2020-03-27"))
    assert 3 == inside.num_nodes()


def test_an_open_year_is_left_open_when_two_fit(stored: Callable[..., Engine]) -> None:
    """Nothing is guessed; a later year does not fit."""
    open_year = _cite("15/CT-TTg", at=4, canonical_id="15/CT-TTg@?")
    years = [_cite("15/CT-TTg", at=i, canonical_id=f"15/CT-TTg@{year}") for i, year in enumerate((2019, 2020))]
    assert 4 == _graph(stored, _document("1/X", *years, open_year)).num_nodes()


def test_a_law_by_its_name_is_the_numbered_one(stored: Callable[..., Engine]) -> None:
    """The same document gives the number, else the table by the year."""
    numbered = Citation(Span(0, 1), "full", "basis", code="99/2019/QH14", canonical_id="99/2019/QH14", type="Luật",
                        name="Luật Vườn mẫu", date="2019")  # fmt: skip
    named = _cite(None, at=3, canonical_id="luat-vuon-mau@?", name="Luật Vườn mẫu", type="Luật")
    table = _cite(None, at=5, canonical_id="luat-hai-quan@2014", name="Luật Hải quan", type="Luật")
    graph = _graph(stored, _document("1/X", numbered, named, table))
    assert {"Công văn 1/X", "Luật Vườn mẫu 99/2019/QH14", "Luật Hải quan 54/2014/QH13"} == {
        node.label for node in graph.nodes()
    }


def test_a_law_of_several_years_stays_a_name(stored: Callable[..., Engine]) -> None:
    """Without a year the table decides nothing."""
    named = _cite(None, canonical_id="luat-dat-dai@?", name="Luật Đất đai", type="Luật")
    assert "Luật Đất đai" in {node.label for node in _graph(stored, _document("1/X", named)).nodes()}


def test_a_document_does_not_cite_itself(stored: Callable[..., Engine]) -> None:
    """Its own number is no edge."""
    assert 0 == _graph(stored, _document("1/X", _cite("1/X"))).num_edges()


# ---------------------------------------------------------------- other nodes and relations
def test_provisions_units_and_signers_are_nodes_on_demand(stored: Callable[..., Engine]) -> None:
    """Issuers, persons in office and cited places; never who drafted."""
    cited = Citation(Span(0, 1), "full", "amends", code="30/2020/NĐ-CP", canonical_id="30/2020/NĐ-CP",
                     pinpoint="Điều 5")  # fmt: skip
    engine = stored(_document("1/X", cited, issuer="Sở Y tế tỉnh Bình Lục", signer_name="Lê Văn Mẫu",
                              signer_title="Giám đốc"), dispatch())  # fmt: skip
    graph = build_graph(engine, ["provision", "unit", "person"])
    labels = {node.label for node in graph.nodes()}
    assert {"Điều 5 30/2020/NĐ-CP", "Sở Y tế tỉnh Bình Lục", "Lê Văn Mẫu, Giám đốc", "Lê Văn Mẫu"} <= labels
    assert {"part_of", "issued_by", "signed_by", "amends", "implements"} == {edge.relation for edge in graph.edges()}
    assert not any("Lan" in label for label in labels)
    assert {"document"} == {node.kind for node in build_graph(engine).nodes()}


def test_what_a_document_says_of_two_others_is_an_edge_between_them(stored: Callable[..., Engine]) -> None:
    """*Nghị định 9 sửa đổi Nghị định 8*, said twice, once."""
    cited = (_cite("9/2020/NĐ-CP"), _cite("8/2015/NĐ-CP", at=2))
    said = (CitedRelation(Span(0, 3), "amends", "amends", 0, 1),)
    results = [_document(code, *cited) for code in ("1/X", "2/X")]
    results = [make_result(r.path, r.document.text, header=r.header, citations=cited, relations=said) for r in results]
    graph = _graph(stored, *results)
    found = [(graph[a].code, graph[b].code, edge.mentions) for a, b, edge in graph.weighted_edge_list()
             if edge.by == "cited"]  # fmt: skip
    assert [("9/2020/NĐ-CP", "8/2015/NĐ-CP", 2)] == found


# ---------------------------------------------------------------- questions
def test_a_chain_leads_up_to_the_roots(stored: Callable[..., Engine]) -> None:
    """Nearest first, also through what is only cited, and cycles end."""
    graph = _graph(
        stored,
        _document("3/X", _cite("2/Y", "implements"), _cite("1/CT-TTg", "basis", 2)),
        _document("2/Y", _cite("1/CT-TTg", "implements"), _cite("3/X", "replies_to", 2), _cite("7/Z", at=4)),
    )
    steps = chain(graph, _at(graph, "3/X"))
    assert [("2/Y", 1, "implements"), ("1/CT-TTg", 1, "basis")] == [
        (graph[step.node].code, step.depth, step.relation) for step in steps
    ]
    assert ["1/CT-TTg"] == [graph[at].code for at in roots(graph, _at(graph, "3/X"))]


def test_missing_documents_are_ranked(stored: Callable[..., Engine]) -> None:
    """By how many documents cite them; what is in the folder is not missing."""
    graph = _graph(
        stored,
        _document("1/X", _cite("8/A"), _cite("9/B", "basis", 2)),
        _document("2/X", _cite("9/B", "implements"), _cite("1/X", at=2)),
    )
    assert [("9/B", 2, {"basis": 1, "implements": 1}), ("8/A", 1, {"mentions": 1})] == [
        (graph[one.node].code, one.documents, dict(one.relations)) for one in missing(graph)
    ]


@pytest.mark.parametrize(
    ("act", "day", "state"),
    [
        (None, "2020-06-01", "in_force"),
        (None, "2020-05-09", "not_yet"),
        (("repeals", None, "2021-01-01"), "2020-12-31", "in_force"),
        (("repeals", None, "2021-01-01"), "2021-01-01", "repealed"),
        (("replaces", None, None), "2020-11-30", "in_force"),
        (("replaces", None, None), "2020-12-01", "replaced"),
        (("amends", None, "2021-01-01"), "2021-02-01", "amended"),
        (("repeals", "Điều 5", "2021-01-01"), "2021-02-01", "amended"),
        (("mentions", None, "2021-01-01"), "2021-02-01", "in_force"),
    ],
)
def test_the_state_of_a_document_on_a_day(
    stored: Callable[..., Engine], act: tuple[Relation, str | None, str | None] | None, day: str, state: str
) -> None:
    """Own effect, the effect of what acts upon it, else the day of that; parts do not end the whole."""
    results = [_document("1/QĐ-X", effective="2020-05-10")]
    if act:
        cited = Citation(Span(0, 1), "full", act[0], code="1/QĐ-X", canonical_id="1/QĐ-X@2020", pinpoint=act[1])
        results.append(_document("2/QĐ-X", cited, date="2020-12-01", effective=act[2]))
    graph = _graph(stored, *results)
    assert state == state_on(graph, _at(graph, "1/QĐ-X"), day)


def test_an_end_of_its_own_and_unknown_states(stored: Callable[..., Engine]) -> None:
    """A document that says when it ends; one that is only cited; one ended by what bears no date."""
    ending = _document("1/QĐ-X", expires="2020-08-01")
    undated = _document("3/X", _cite("2/QĐ-X", "repeals"), _cite("9/B", at=2), date=None)
    graph = _graph(stored, ending, _document("2/QĐ-X"), undated)
    assert ["in_force", "repealed"] == [
        state_on(graph, _at(graph, "1/QĐ-X"), day) for day in ("2020-07-31", "2020-08-01")
    ]
    assert ["unknown", "unknown"] == [state_on(graph, _at(graph, code), "2022-01-01") for code in ("2/QĐ-X", "9/B")]


def test_a_later_law_of_the_name_replaces_the_earlier(stored: Callable[..., Engine]) -> None:
    """By the table, from the day on which the later law takes effect."""
    old = _cite(None, canonical_id="29/2001/QH10", name="Luật Hải quan", type="Luật", date="2001")
    graph = _graph(stored, _document("1/X", old))
    at = _at(graph, "29/2001/QH10")
    days = ("2010-06-01", "2014-12-31", "2015-01-01")
    assert ["unknown", "unknown", "replaced"] == [state_on(graph, at, day) for day in days]


def test_changes_say_from_when(stored: Callable[..., Engine]) -> None:
    """A stated effect, or the day of the document, marked."""
    graph = _graph(
        stored,
        _document("2/QĐ-X", _cite("1/QĐ-X", "replaces"), effective="2020-07-01"),
        _document("3/QĐ-X", _cite("1/QĐ-X", "amends"), date="2020-06-01"),
    )
    found = [("amends", "2020-06-01", False), ("replaces", "2020-07-01", True)]
    assert found == [(one.relation, one.since, one.stated) for one in changes(graph)]
    assert changes(graph) == changes_of(graph, _at(graph, "1/QĐ-X"))


_EDGES = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.sampled_from((*UPWARD, "amends", "repeals"))))


def _made(edges: list[tuple[int, int, str]]) -> Graph:
    graph: Graph = rustworkx.PyDiGraph(multigraph=True)
    for n in range(8):
        graph.add_node(Node(str(n), "document", str(n), date=f"20{10 + n}-01-01", in_folder=n % 2 == 0))
    graph.add_edges_from([(a, b, Edge(relation, "citation", 1, (a + b) % 2 == 0)) for a, b, relation in edges])
    return graph


@given(_EDGES)
def test_chains_end_and_never_repeat(edges: list[tuple[int, int, str]]) -> None:
    """Whatever cycles there are: each document above once, nearer ones first, each reached from one before it."""
    graph = _made(edges)
    steps = chain(graph, 0)
    reached = [0] + [step.node for step in steps]
    assert len(set(reached)) == len(reached)
    assert [step.depth for step in steps] == sorted(step.depth for step in steps)
    assert all(step.below in reached[: i + 1] for i, step in enumerate(steps))
    upward = {(a, b) for a, b, relation in edges if relation in UPWARD}
    assert all((a in reached) <= (b in reached) for a, b in upward)


@given(_EDGES, st.integers(0, 7))
def test_what_has_ended_stays_so(edges: list[tuple[int, int, str]], at: int) -> None:
    """Once replaced or repealed a document never comes back; with no act upon it none has ended it."""
    graph = _made(edges)
    states = [state_on(graph, at, f"{year}-06-01") for year in range(2008, 2022)]
    ended = [state in ("replaced", "repealed") for state in states]
    assert ended == sorted(ended)
    assert any(ended) <= any(b == at and relation == "repeals" for _, b, relation in edges)


# ---------------------------------------------------------------- parts
def test_the_surroundings_of_a_document(stored: Callable[..., Engine]) -> None:
    """By number of steps, in both directions, and by relation."""
    graph = _graph(
        stored, _document("3/X", _cite("2/Y", "implements")), _document("2/Y", _cite("1/Z", "basis")),
        _document("4/X", _cite("1/Z", "implements")),
    )  # fmt: skip
    codes = [{node.code for node in around(graph, _at(graph, "3/X"), depth).nodes()} for depth in range(4)]
    assert [{"3/X"}, {"3/X", "2/Y"}, {"3/X", "2/Y", "1/Z"}, {"3/X", "2/Y", "1/Z", "4/X"}] == codes
    assert {"2/Y", "1/Z"} == {node.code for node in with_relations(graph, ["basis"]).nodes()}


def test_an_unknown_number_names_the_nearest(stored: Callable[..., Engine]) -> None:
    """A slip of the key; marks and spaces make no difference."""
    graph = _graph(stored, dispatch(), directive())
    assert _at(graph, "12/ubnd-vx") == _at(graph, "cv.txt")
    with pytest.raises(NoDocument) as caught:
        _at(graph, "13/UBND-VX")
    assert "12/UBND-VX" == caught.value.near[0]


# ---------------------------------------------------------------- layouts and files
@given(st.lists(st.integers(0, 300), max_size=60), st.integers(1, 40))
def test_labels_of_a_lane_do_not_overlap(starts: list[int], width: int) -> None:
    """And the lowest free lane is taken."""
    ordered = sorted(starts)
    found = lanes(ordered, width)
    for i, (start, lane) in enumerate(zip(ordered, found, strict=True)):
        before = {found[j] for j in range(i) if ordered[j] + width > start}
        assert lane == min(set(range(len(ordered) + 1)) - before)


def test_time_goes_from_left_to_right(stored: Callable[..., Engine]) -> None:
    """Days since 1970; what bears no date stands left of what cites it; twice the same."""
    graph = _graph(stored, _document("1/X", _cite("9/B"), date="2020-05-04"), _document("2/X", date="2021-05-04"))
    found = time_layout(graph)
    assert 18386.0 == found[_at(graph, "1/X")][0] < found[_at(graph, "2/X")][0]
    assert found[_at(graph, "9/B")][0] < found[_at(graph, "1/X")][0]
    assert network_layout(graph) == network_layout(graph)
    assert all(0 <= value <= 1 for point in network_layout(graph).values() for value in point)
    assert (None, 16071) == (day_number("2020-13-01"), day_number("2014"))


def test_the_sentence_of_a_mention() -> None:
    """Not the ones beside it; of a very long one a part that holds the mention."""
    text = "Câu trước. Thực hiện Chỉ thị số 07/CT-TTg của TP.Cửa Biển; báo cáo.\nCâu sau."
    at = text.index("Chỉ thị")
    assert "Thực hiện Chỉ thị số 07/CT-TTg của TP.Cửa Biển;" == sentence(text, at, at + 22)
    long = "a " * 900 + "Chỉ thị 7" + " b" * 900
    assert "Chỉ thị 7" in sentence(long, 1800, 1809) and len(sentence(long, 1800, 1809)) <= 400


def test_graphml_is_read_back(stored: Callable[..., Engine], tmp_path: Path) -> None:
    """By an XML parser and by the library itself; letters with marks and forbidden characters included."""
    header = Header(doc_type='Công văn "& <mật>\x01', code="5/Đ")
    engine = stored(dispatch(), make_result("x.txt", header=header))
    path = tmp_path / "citations.graphml"
    write_graphml(build_graph(engine), path)
    tree = etree.parse(path)
    assert (3, 1) == tuple(len(tree.findall(f".//g:{name}", _NS)) for name in ("node", "edge"))
    (graph,) = rustworkx.read_graphml(str(path))
    assert 'Công văn "& <mật>␁ 5/Đ' in {node["label"] for node in graph.nodes()}
    assert ["implements"] == [edge["relation"] for edge in graph.edges()]


def test_json_holds_sentences_states_and_places(stored: Callable[..., Engine], tmp_path: Path) -> None:
    """What the page needs, in the language asked for."""
    engine = stored(dispatch(), directive())
    resolve_citations(engine)
    graph = build_graph(engine)
    write_graph(engine, Scene(graph, graph, "2020-06-01"), tmp_path / "g.json", _SAY)
    view = json.loads((tmp_path / "g.json").read_text(encoding="utf-8"))
    assert {"implements": "thực hiện"} == view["relations"]
    quote = "Thực hiện Chỉ thị số 07/CT-TTg ngày 02/3/2020 của Thủ tướng Chính phủ."
    assert [{"path": "cv.txt", "page": 1, "quote": quote}] == view["edges"][0]["places"]
    assert {("12/UBND-VX", "in_force", 1), ("07/CT-TTg", "in_force", 1)} == {
        (node["code"], node["state"], node["degree"]) for node in view["nodes"]
    }


def test_the_picture_shows_every_node_and_arrow(stored: Callable[..., Engine], tmp_path: Path) -> None:
    """Hostile letters are text; the same graph gives the same picture."""
    header = Header(doc_type="<script>\x01", code="5/Đ", date="2020")
    engine = stored(dispatch(), directive(), make_result("x.txt", header=header))
    resolve_citations(engine)
    graph, pictures = build_graph(engine), []
    for name in ("a.svg", "b.svg"):
        write_graph(engine, Scene(graph, graph, "2020-06-01"), tmp_path / name, _SAY)
        pictures.append((tmp_path / name).read_bytes())
    tree = etree.fromstring(pictures[0])
    words = [element.text or "" for element in tree.iter("{*}text")]
    assert {"Chỉ thị 07/CT-TTg", "Công văn 12/UBND-VX", "<script>␁ 5/Đ", "thực hiện"} <= set(words)
    assert 1 == len(tree.xpath("//*[local-name()='path'][@marker-end]"))
    assert pictures[0] == pictures[1]


# ---------------------------------------------------------------- the command
def _run(tmp_path: Path, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["graph", "--db", str(tmp_path / "vanthu.db"), *words])
    return result.exit_code, " ".join(result.output.split())


def test_the_command_answers(stored: Callable[..., Engine], tmp_path: Path) -> None:
    """Figures, the chain and state of a document, the missing list; in English too."""
    resolve_citations(stored(dispatch(), directive()))
    assert "2 văn bản trong thư mục, 0 văn bản chỉ được viện dẫn, 1 quan hệ" in _run(tmp_path)[1]
    code, told = _run(tmp_path, "--doc", "12/UBND-VX", "--on", "01/6/2020")
    assert 0 == code and "thực hiện: Chỉ thị 07/CT-TTg (02/03/2020)" in told and "còn hiệu lực" in told
    assert "implements: Chỉ thị 07/CT-TTg" in _run(tmp_path, "--chains", "--lang", "en")[1]
    assert "Không thiếu văn bản nào." in _run(tmp_path, "--missing")[1]
    for name in ("g.html", "g.json", "g.svg", "g.graphml"):
        assert 0 == _run(tmp_path, "--out", str(tmp_path / name), "--doc", "07/CT-TTg", "--with", "units,persons")[0]
        assert (tmp_path / name).stat().st_size


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--out", "g.pdf"], "“.pdf”"),
        (["--doc", "13/UBND-VX"], "12/UBND-VX"),
        (["--relation", "thay thế"], "replaces"),
        (["--with", "drafters"], "provisions, units, persons"),
    ],
)
def test_wrong_use_is_explained(stored: Callable[..., Engine], tmp_path: Path, words: list[str], told: str) -> None:
    """Exit code 2 and what can be asked instead."""
    stored(dispatch())
    code, output = _run(tmp_path, *words)
    assert 2 == code and told in output
