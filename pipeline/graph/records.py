"""What the graph is made of: nodes, edges, and the words for asking it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from rustworkx import PyDiGraph

Kind = Literal["document", "provision", "unit", "person"]
State = Literal["in_force", "not_yet", "amended", "replaced", "repealed", "unknown"]

#: The kinds that are built only when asked for, by the word of the command line.
OPTIONAL: dict[str, Kind] = {"provisions": "provision", "units": "unit", "persons": "person"}


@dataclass(slots=True)
class Node:
    """A document, a provision of one, a unit or a person in office.

    ``id`` is the id of the document in the database, else what tells it apart; ``in_folder`` is False for what is only
    cited. ``effective`` and ``expires`` as in the header; ``name`` is the name of a law cited by it.
    """

    id: str
    kind: Kind
    label: str
    code: str | None = None
    type: str | None = None
    date: str | None = None
    issuer: str | None = None
    subject: str | None = None
    path: str | None = None
    name: str | None = None
    in_folder: bool = False
    effective: str | None = None
    expires: str | None = None


@dataclass(slots=True)
class Edge:
    """From the citing (acting) to the cited node.

    ``by`` says whether the source cites the target itself, a third document says it of the two, or the edge is the
    make-up of a document. ``whole`` is False when every mention names places within the target. ``rows`` are the row
    numbers of the first mentions in ``citations`` or ``cited_relations``.
    """

    relation: str
    by: Literal["citation", "cited", "structure"]
    mentions: int = 0
    whole: bool = False
    rows: tuple[int, ...] = ()


Graph: TypeAlias = "PyDiGraph[Node, Edge]"
