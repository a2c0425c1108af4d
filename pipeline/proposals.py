"""What later documents of the folder say about duties: done, extended, ended, corrected. Proposed only; people decide.

A document of a unit that has to act, later than the instruction and citing it, may say that the duty is done. One of
the office that gave the duty may change it: only who issued a document changes, withdraws or corrects it (Nghị định
30/2020/NĐ-CP, Điều 18), so that a request of somebody else to extend a last day (*đề nghị gia hạn*) proposes nothing.
Each proposal shows the sentence that it rests on. Of documents of one day the one that cites the other is taken for the
later one, and the proposal says so: no document states an hour.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Engine, and_, func, select
from sqlalchemy.engine import Connection, RowMapping

from extractors.calendar import vietnam
from extractors.deadlines import find_deadlines
from extractors.due import due_date
from extractors.fold import fold
from extractors.model import Span
from extractors.sentences import split_sentences
from pipeline.decisions import machine_id
from pipeline.folding import name_key, text_key
from pipeline.query_filters import OPEN, Status
from pipeline.rows import Row
from pipeline.tables import citations, documents, obligation_states, obligation_units, obligations
from pipeline.upcoming import iso_day

_EXTENDS = re.compile(r"\b(?:gia han|(?:dieu chinh|keo dai|lui|doi) (?:thoi han|thoi gian|han))\b")
_CORRECTS = re.compile(r"\bdinh chinh\b[^.;]{0,60}$")
#: Between the word and the document stand only words like *toàn bộ nội dung của*.
_ENDS = re.compile(r"\b(?:thay the|thu hoi|bai bo|huy bo)\b[^.;,]{0,60}$")
_ANSWERS = ("replies_to", "implements", "mentions", "basis")
#: The part of the words of a duty that stand in the document of which it is said to be the answer.
_ALIKE = 0.6
_DOC_DATE = documents.c.date.label("doc_date")


class About(StrEnum):
    """What is proposed."""

    DONE = "done"
    EXTENDED = "extended"
    ENDED = "ended"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Proposal:
    """``duty`` is the row of the obligation with ``doc_code`` and ``doc_date``; ``evidence`` a sentence of the later
    document ``by`` (its row ``by_id``) of ``day``; ``due`` the new last day, if the sentence names one.

    ``key`` is made of what both documents say: it is another one when a sentence changes. ``id`` names the duty too."""

    about: About
    duty: Row
    evidence: str
    by: str
    by_id: str
    day: str
    key: str
    due: str | None = None

    @property
    def id(self) -> str:
        """What a person types; the same in every call."""
        return _digest(machine_id(self.duty), self.key)

    @property
    def same_day(self) -> bool:
        """True when only the citation tells which of the two documents came first."""
        return bool(self.day == self.duty["doc_date"])


class _Mention(NamedTuple):
    """A later document that cites an earlier one with duties."""

    later: RowMapping
    sentence: Span
    before: str  # the sentence up to the citation, folded
    duties: list[Row]


def proposals(engine: Engine) -> list[Proposal]:
    """Everything that the documents of the folder propose, by the day of the later one; each duty and change once."""
    with engine.connect() as connection:
        duties = _open_duties(connection)
        found: dict[tuple[str, About, str], Proposal] = {}
        for mention in _mentions(connection, duties):
            for one in (*_changes(mention), *_answers(mention)):
                found.setdefault((one.duty["obligation_id"], one.about, one.by), one)
    return list(found.values())


def _open_duties(connection: Connection) -> dict[str, list[Row]]:
    """The duties still to be done, by document, with the keys and units of those who have to act."""
    own, state = obligations.c, obligation_states.c
    named = ("obligation_id", "former_id", "doc_id", "path", "quote", "folded", "due", "actors", "recurrence")
    columns = (*(own[name] for name in named), state.note)
    chosen = (
        select(*columns, func.coalesce(documents.c.code, documents.c.path).label("doc_code"), _DOC_DATE)
        .join(documents, documents.c.doc_id == own.doc_id)
        .outerjoin(obligation_states, state.obligation_id == own.obligation_id)
        .where(own.kind == "obligation", own.superseded.is_(False), documents.c.version_of.is_(None))
        .where(func.coalesce(state.status, Status.NEW.value).in_(OPEN))
    )
    cited = select(citations.c.resolved_doc_id).where(citations.c.resolved_doc_id.is_not(None))
    found: dict[str, Row] = {}
    for row in connection.execute(chosen.where(own.doc_id.in_(cited)).order_by(own.doc_id, own.start)).mappings():
        found[row["obligation_id"]] = dict(row) | {"keys": set()}
    unit = obligation_units.c
    acting = select(unit.obligation_id, unit.folded, unit.unit).where(unit.role == "actor", unit.doc_id.in_(cited))
    for obligation_id, folded, meant in connection.execute(acting):
        if obligation_id in found:
            found[obligation_id]["keys"] |= {folded, meant} - {None}
    by_document: dict[str, list[Row]] = defaultdict(list)
    for duty in found.values():
        by_document[duty["doc_id"]].append(duty)
    return by_document


def _mentions(connection: Connection, duties: dict[str, list[Row]]) -> Iterator[_Mention]:
    """What later documents cite, each mention with its sentence, in order of day and place."""
    later, earlier, cited = documents.alias("later"), documents.alias("earlier"), citations.c
    named = (later.c[name] for name in ("doc_id", "code", "path", "date", "issuer", "issuer_unit", "text"))
    of_earlier = (earlier.c.issuer.label("by"), earlier.c.issuer_unit.label("by_unit"), cited.relation, cited.pinpoint)
    chosen = (
        select(*named, *of_earlier, cited.resolved_doc_id, cited.start, cited.end)
        .join(citations, cited.doc_id == later.c.doc_id)
        .join(earlier, and_(earlier.c.doc_id == cited.resolved_doc_id, earlier.c.date <= later.c.date))
        .where(later.c.version_of.is_(None), earlier.c.doc_id != later.c.doc_id)
    )
    for row in connection.execute(chosen.order_by(later.c.date, later.c.path, cited.start)).mappings():
        if row["resolved_doc_id"] in duties:
            sentence = _sentence(row["text"], row["start"])
            before = fold(row["text"][sentence.start : row["start"]])
            yield _Mention(row, sentence, before, duties[row["resolved_doc_id"]])


def _sentence(text: str, at: int) -> Span:
    """The sentence that holds the character ``at``."""
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    paragraph = Span(start, len(text) if end < 0 else end)
    inside = (one for one in split_sentences(text, paragraph) if one.start <= at < one.end)
    return next(inside, paragraph)


def _changes(mention: _Mention) -> Iterator[Proposal]:
    """What the office that gave the duties says of them."""
    later = mention.later
    if not _same_office(later):
        return
    words = fold(mention.sentence.of(later["text"]))
    if later["relation"] == "corrects" or _CORRECTS.search(mention.before):
        yield from _dated(mention, About.CORRECTED)
    elif _EXTENDS.search(words):
        yield from _dated(mention, About.EXTENDED)
    elif not later["pinpoint"] and (later["relation"] in ("replaces", "repeals") or _ENDS.search(mention.before)):
        for duty in mention.duties:
            yield _proposal(mention, About.ENDED, duty)


def _dated(mention: _Mention, about: About) -> Iterator[Proposal]:
    """The new last day for the duties of the units that the sentence names, for all that have one if it names none."""
    words = f" {text_key(mention.sentence.of(mention.later['text']))} "
    named = [duty for duty in mention.duties if any(f" {text_key(name)} " in words for name in duty["actors"])]
    due = _new_day(mention)
    for duty in named or mention.duties:
        if duty["due"] and not duty["recurrence"] and duty["due"] != due:
            yield _proposal(mention, about, duty, due)


def _new_day(mention: _Mention) -> str | None:
    """The latest last day that the sentence names."""
    issued = iso_day(mention.later["date"])
    found = find_deadlines(mention.sentence.of(mention.later["text"]), issued)
    days = [day for one in found if (day := due_date(one, issued, None, vietnam()))]
    return max(days, default=date.min).isoformat() if days else None


def _answers(mention: _Mention) -> Iterator[Proposal]:
    """What a unit that has to act says that it did."""
    later = mention.later
    if later["relation"] not in _ANSWERS or _same_office(later):
        return
    keys = {name_key(later["issuer"] or ""), later["issuer_unit"]} - {None, name_key("")}
    own = [duty for duty in mention.duties if duty["keys"] & keys]
    words = set(text_key(later["text"]).split()) if own else set()
    for duty in own:
        if later["relation"] == "replies_to" or _share(duty, words) >= _ALIKE:
            yield _proposal(mention, About.DONE, duty)


def _share(duty: Row, words: set[str]) -> float:
    """How many of the words of a duty, without the names of those who act, stand among ``words``."""
    names = {word for name in duty["actors"] for word in text_key(name).split()}
    own = {word for word in duty["folded"].split() if not word.isdigit()} - names
    return len(own & words) / len(own) if own else 0.0


def _same_office(row: RowMapping) -> bool:
    if row["issuer_unit"] and row["by_unit"]:
        return bool(row["issuer_unit"] == row["by_unit"])
    return bool(row["issuer"] and row["by"]) and name_key(row["issuer"]) == name_key(row["by"])


def _proposal(mention: _Mention, about: About, duty: Row, due: str | None = None) -> Proposal:
    later: dict[str, Any] = dict(mention.later)
    evidence = " ".join(mention.sentence.of(later["text"]).split())
    key = _digest(about.value, duty["path"], duty["folded"], later["path"], text_key(evidence), due or "")
    return Proposal(about, duty, evidence, later["code"] or later["path"], later["doc_id"], later["date"], key, due)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:16]
