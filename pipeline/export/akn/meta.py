"""The ``meta`` of a document in Akoma Ntoso: its names as work, text and file, and who issued and signed it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from extractors.identity import slug
from pipeline.export.akn.inline import add
from pipeline.export.akn.uris import document_uri, type_slug
from pipeline.export.exchange import is_whole_day
from pipeline.rows import Row

ROLE, PERSON = "role-signer", "person-signer"
_TOOL = "vanthu"
_NOBODY = "org-unknown"
#: The schema demands a day. One that the document does not state is the first of the calendar, and named as unknown.
_NO_DAY = ("0001-01-01", "unknown")


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one document or attachment: ``work``, ``component`` (``main``, ``annex_1``), and today's date."""

    work: str
    component: str
    today: date

    @property
    def expression(self) -> str:
        """The text in Vietnamese, as issued."""
        return f"{self.work}/vie@"


def names_of(row: Row, today: date) -> Names:
    """The names of the document ``row`` itself."""
    return Names(document_uri(row), "main", today)


def write_meta(parent: Any, row: Row, names: Names) -> None:
    """Write the ``meta`` of the document ``row``. Of an attachment the same: who issued it, and when, issued both."""
    meta = add(parent, "meta")
    identification = add(meta, "identification", {"source": f"#{_TOOL}"})
    _work(add(identification, "FRBRWork"), row, names)
    _expression(add(identification, "FRBRExpression"), row, names)
    _manifestation(add(identification, "FRBRManifestation"), row, names)
    if names.component != "main":
        return
    if is_whole_day(row["date"]):
        lifecycle = add(meta, "lifecycle", {"source": f"#{_TOOL}"})
        add(lifecycle, "eventRef", {"date": row["date"], "type": "generation", "source": "#original"})
    _references(add(meta, "references", {"source": f"#{_TOOL}"}), row, names)


def issuer_id(name: str) -> str:
    """The id of an office among the references."""
    return f"org-{slug(name) or 'x'}"


def _work(work: Any, row: Row, names: Names) -> None:
    _names(work, names.work, names)
    if row["canonical_id"] and names.component == "main":
        add(work, "FRBRalias", {"name": "canonical_id", "value": row["canonical_id"]})
    _issued(work, row)
    add(work, "FRBRcountry", {"value": "vn"})
    kind = type_slug(row["code"], row["doc_type"])
    if kind:
        add(work, "FRBRsubtype", {"value": kind})
    number = re.match(r"\d[\d.]*[a-zđ]?", row["code"] or "")
    if number:
        add(work, "FRBRnumber", {"value": number[0]})
        add(work, "FRBRname", {"value": row["code"]})


def _expression(expression: Any, row: Row, names: Names) -> None:
    _names(expression, names.expression, names)
    _issued(expression, row)
    add(expression, "FRBRlanguage", {"language": "vie"})


def _manifestation(manifestation: Any, row: Row, names: Names) -> None:
    add(manifestation, "FRBRthis", {"value": f"{names.expression}/!{names.component}.xml"})
    add(manifestation, "FRBRuri", {"value": f"{names.expression}.xml"})
    add(manifestation, "FRBRdate", {"date": names.today.isoformat(), "name": "export"})
    add(manifestation, "FRBRauthor", {"href": f"#{_TOOL}"})
    add(manifestation, "FRBRformat", {"value": "application/akn+xml"})


def _names(level: Any, uri: str, names: Names) -> None:
    add(level, "FRBRthis", {"value": f"{uri}/!{names.component}"})
    add(level, "FRBRuri", {"value": uri})


def _issued(level: Any, row: Row) -> None:
    day, name = (row["date"], "issued") if is_whole_day(row["date"]) else _NO_DAY
    add(level, "FRBRdate", {"date": day, "name": name})
    for identifier in dict.fromkeys(map(issuer_id, _issuers(row))) or [_NOBODY]:
        add(level, "FRBRauthor", {"href": f"#{identifier}"})


def _references(references: Any, row: Row, names: Names) -> None:
    shown = " ".join(filter(None, (row["doc_type"], row["code"]))) or row["path"]
    add(references, "original", {"eId": "original", "href": names.work, "showAs": shown})
    offices = {issuer_id(name): name for name in _issuers(row)} or {_NOBODY: "(không rõ cơ quan ban hành)"}
    for identifier, name in {**offices, _TOOL: _TOOL}.items():
        _reference(references, "TLCOrganization", identifier, ("organization", name))
    if row["signer_name"]:
        _reference(references, "TLCPerson", PERSON, ("person", row["signer_name"]))
    if row["signer_title"]:
        _reference(references, "TLCRole", ROLE, ("role", row["signer_title"]))


def _reference(references: Any, tag: str, identifier: str, named: tuple[str, str]) -> None:
    sort, name = named
    href = f"/akn/ontology/{sort}/vn/{slug(name) or 'x'}"
    add(references, tag, {"eId": identifier, "href": href, "showAs": name})


def _issuers(row: Row) -> Sequence[str]:
    """All offices of a joint document, else the issuer alone, if known."""
    return row["issuers"] or ([row["issuer"]] if row["issuer"] else [])
