"""The body of ``vanthu graph``: from the database to what is printed or written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from pipeline.export.labels import VALUES
from pipeline.graph import report
from pipeline.graph.build import build_graph
from pipeline.graph.records import OPTIONAL
from pipeline.graph.select import NoDocument, around, find_document, with_relations
from pipeline.graph.view import Scene
from pipeline.graph.write import SUFFIXES, write_graph
from pipeline.language import Say
from pipeline.screen import Screen

if TYPE_CHECKING:
    from pipeline.graph.records import Graph


class WrongUse(ValueError):
    """What was asked for cannot be done; the message says what can."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of the graph. ``kinds`` are words of ``OPTIONAL``; the day is that of the screen."""

    out: Path | None = None
    doc: str | None = None
    depth: int = 2
    relations: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    missing: bool = False
    chains: bool = False


def check(request: Request, say: Say) -> None:
    """Raises ``WrongUse`` for a suffix, relation or kind that there is not."""
    if request.out and request.out.suffix.lower() not in SUFFIXES:
        raise WrongUse(say("graph_suffix", suffix=request.out.suffix, known=", ".join(SUFFIXES)))
    for asked in request.relations:
        if asked not in VALUES["relation"]:
            raise WrongUse(say("graph_no_relation", asked=asked, known=", ".join(VALUES["relation"])))
    for asked in request.kinds:
        if asked not in OPTIONAL:
            raise WrongUse(say("graph_no_kind", asked=asked, known=", ".join(OPTIONAL)))


def answer(engine: Engine, request: Request, screen: Screen) -> Path | None:
    """Print what is asked, or write it: then the path is returned. Raises ``WrongUse`` and ``OSError``."""
    say = screen.say
    check(request, say)
    whole = build_graph(engine, [OPTIONAL[word] for word in request.kinds])
    try:
        at = find_document(whole, request.doc) if request.doc else None
    except NoDocument as error:
        raise WrongUse(say("graph_no_document", asked=request.doc, near=", ".join(error.near) or "–")) from error
    if request.out:
        write_graph(engine, Scene(whole, _part(whole, request, at), screen.today.isoformat()), request.out, say)
        return request.out
    shown = with_relations(whole, request.relations)
    if request.missing:
        report.show_missing(screen, shown, whole=True)
    elif request.chains:
        report.show_chains(screen, shown)
    elif at is not None:
        report.show_document(screen, whole, at)
    else:
        report.show_counts(screen, shown)
        report.show_changes(screen, shown)
        report.show_missing(screen, shown, whole=False)
    return None


def _part(whole: Graph, request: Request, at: int | None) -> Graph:
    """The relations asked for, around the document asked for."""
    part = with_relations(whole, request.relations)
    if at is None:
        return part
    home = next((node for node in part.node_indices() if part[node].id == whole[at].id), None)
    return around(whole, at, 0) if home is None else around(part, home, request.depth)
