"""The citation graph as GraphML."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine

from pipeline.graph.build import build_graph
from pipeline.graph.write import write_graphml


def write(engine: Engine, target: Path, with_drafters: bool) -> list[Path]:
    """Write ``citations.graphml``. There is no recipient in it, so nothing to leave out."""
    path = target / "citations.graphml"
    write_graphml(build_graph(engine), path)
    return [path]
