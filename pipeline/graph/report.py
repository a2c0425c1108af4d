"""What ``vanthu graph`` prints: how much there is, where a document comes from, what changed, what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from pipeline.graph.build import document_nodes
from pipeline.graph.chains import Missing, chain, missing
from pipeline.graph.validity import Change, changes, changes_of, state_on
from pipeline.graph.words import relation_word
from pipeline.language import Say
from pipeline.screen import Screen, vietnamese_day

if TYPE_CHECKING:
    from pipeline.graph.records import Graph

_SHOWN = 12


def show_counts(screen: Screen, graph: Graph) -> None:
    """One line of figures."""
    inside = sum(graph[at].in_folder for at in document_nodes(graph))
    cited = sum(1 for _ in document_nodes(graph)) - inside
    wanted = len(missing(graph))
    say = screen.say
    screen.console.print(say("graph_counts", documents=inside, cited=cited, edges=graph.num_edges(), missing=wanted))


def show_document(screen: Screen, graph: Graph, at: int) -> None:
    """Where the document comes from, its state on the day of the screen, and what changed it."""
    say, day = screen.say, screen.today.isoformat()
    show_chain(screen, graph, at)
    state = say(f"state.{state_on(graph, at, day)}")
    shown = say("graph_state", day=vietnamese_day(day), label=graph[at].label, state=state)
    screen.console.print(Text(shown, style="bold"))
    show_changes(screen, graph, changes_of(graph, at))


def show_chain(screen: Screen, graph: Graph, at: int) -> None:
    """The documents above as a tree, nearest first."""
    say, steps = screen.say, chain(graph, at)
    if not steps:
        screen.console.print(Text(say("graph_no_chain", label=graph[at].label)))
        return
    branches = {at: Tree(Text(say("graph_chain", label=graph[at].label), style="bold"))}
    for step in steps:
        words = f"{relation_word(step.relation, say)}: {_described(graph, step.node, say)}"
        branches[step.node] = branches[step.below].add(Text(words))
    screen.console.print(branches[at])


def show_chains(screen: Screen, graph: Graph) -> None:
    """The chain of every document of the folder that has one."""
    for at in document_nodes(graph):
        if graph[at].in_folder and chain(graph, at):
            show_chain(screen, graph, at)


def show_changes(screen: Screen, graph: Graph, found: Iterable[Change] | None = None) -> None:
    """Who did what to whom and since when; of the whole graph unless ``found`` names the changes."""
    say, listed = screen.say, list(changes(graph) if found is None else found)
    if not listed:
        return
    names = ("graph_since", "graph_acting", "graph_relation", "graph_target")
    table = _table(say("graph_changes"), [say(name) for name in names])
    for change in listed if found is not None else islice(listed, _SHOWN):
        acting, target = (graph[end].label for end in (change.source, change.target))
        table.add_row(_since(change, say), Text(acting), Text(relation_word(change.relation, say)), Text(target))
    screen.console.print(table)


def show_missing(screen: Screen, graph: Graph, *, whole: bool) -> None:
    """The documents to ask for; the first ones unless ``whole``."""
    say, found = screen.say, missing(graph)
    if not found:
        screen.console.print(say("graph_none_missing"))
        return
    table = _table(say("graph_missing"), [say("document"), say("graph_cited_by"), say("graph_relation")])
    for one in found if whole else found[:_SHOWN]:
        table.add_row(Text(_named(graph, one.node)), str(one.documents), Text(_relations(one, say)))
    screen.console.print(table)


def _table(title: str, columns: Iterable[str]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _relations(one: Missing, say: Say) -> str:
    return ", ".join(f"{relation_word(name, say)} {count}" for name, count in one.relations.most_common())


def _since(change: Change, say: Say) -> Text:
    if change.since is None:
        return Text(say("graph_no_date"))
    day = vietnamese_day(change.since)
    return Text(day if change.stated else say("graph_assumed", day=day))


def _named(graph: Graph, at: int) -> str:
    node = graph[at]
    return f"{node.label} ({vietnamese_day(node.date)})" if node.date else node.label


def _described(graph: Graph, at: int, say: Say) -> str:
    return _named(graph, at) + ("" if graph[at].in_folder else f" {say('graph_only_cited')}")
