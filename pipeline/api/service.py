"""What the API works with: the database, the questions it takes, and who may ask them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine

from pipeline.api.parameters import TEXT, Parameter
from pipeline.export.labels import VALUES
from pipeline.language import Language

#: The criteria that speak of a document, not of a duty in it: these documents and their citations can be asked for too.
_OF_DOCUMENTS = ("issued_from", "issued_to", "doc", "doc_type", "issuer", "versions")
MOST_ROWS, MOST_SKIPPED, MOST_STEPS = 500, 1_000_000, 4
_PAGING = (
    Parameter(
        "limit", "limit", {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": 100}, "Số dòng nhiều nhất."
    ),
    Parameter(
        "offset",
        "offset",
        {"type": "integer", "minimum": 0, "maximum": MOST_SKIPPED, "default": 0},
        "Bỏ qua ngần này dòng đầu: next của trang trước.",
    ),
)
_RELATIONS = {"type": "array", "items": {"type": "string", "enum": list(VALUES["relation"])}}
_GRAPH = (
    Parameter("doc", "doc", TEXT, "Số, ký hiệu, mã hoặc tên tệp của văn bản.", required=True),
    Parameter(
        "depth",
        "depth",
        {"type": "integer", "minimum": 0, "maximum": MOST_STEPS, "default": 1},
        "Số bước quanh văn bản.",
    ),
    Parameter("relation", "relations", _RELATIONS, "Chỉ quan hệ này (lặp lại được)."),
)


@dataclass(frozen=True, slots=True)
class Service:
    """One start of the API. ``criteria`` are those of ``vanthu query``; ``hosts`` the names by which it may be called,
    ``*`` any."""

    engine: Engine
    criteria: tuple[Parameter, ...]
    token: str
    language: Language = Language.VI
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "::1")
    today: Callable[[], date] = date.today

    def parameters(self, question: str) -> tuple[Parameter, ...]:
        """The parameters of ``documents``, ``obligations``, ``citations`` or ``graph``."""
        own = tuple(one for one in self.criteria if one.field in _OF_DOCUMENTS)
        relation = tuple(one for one in self.criteria if one.field == "relation")
        return {
            "documents": own + _PAGING,
            "obligations": self.criteria + _PAGING,
            "citations": own + relation + _PAGING,
            "graph": _GRAPH,
        }[question]
