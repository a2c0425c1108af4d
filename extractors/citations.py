"""Mentions of other documents as Citations: identity, relation, pinpoint.

A document stands in full the first time and short afterwards (Nghị định 30/2020/NĐ-CP, Phụ lục I): later mentions take
date and issuer from the full one. The number of the document itself is no citation.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import NamedTuple

from extractors.candidates import with_candidates
from extractors.citation_identity import identity_of, type_of, year_of
from extractors.cited_relations import find_cited_relations
from extractors.fold import fold
from extractors.law_names import same_law
from extractors.mentions import Mention, find_mentions, paragraph_start
from extractors.model import Citation, CitedRelation, Document, Header, Reference, Relation, Span, ZoneKind
from extractors.reference_words import sentence_start
from extractors.references import Found, allusions, find_references
from extractors.relations import Surroundings, is_title, lead_relation, relation_of
from extractors.symbols import standard

#: Parts of the sheet whose numbers are not citations.
_OUTSIDE: tuple[ZoneKind, ...] = ("noise", "letterhead", "recipients", "signature", "copy")
#: ``Căn cứ …;`` and the heading ``I. CĂN CỨ PHÁP LÝ``, folded.
_GROUNDS = re.compile(r"(?:[-+*] ?|[ivx]{1,4}[.)-] ?|\d{1,2}(?:\.\d{1,2})*[.)]? |[a-z]\) )?(?:cac )?can cu\b")
_ANNEX_TITLE = re.compile(r"\s*\(?(?:[Bb]an hành )?[Kk]èm theo\s")


class Cited(NamedTuple):
    """What a document says of others: each mention, what they do to each other, and the references back to them."""

    citations: tuple[Citation, ...]
    relations: tuple[CitedRelation, ...]
    references: tuple[Reference, ...]


def find_citations(document: Document, header: Header) -> Cited:
    """One citation for each mention of another document, in order, none overlapping another but those of one reference
    (*các văn bản nêu trên*); the relations between them; the references back.

    ``header`` tells the document's own number (never a citation), its date, and the place that a local body's number
    needs to be unique.
    """
    outside = [zone.span for zone in document.zones if zone.kind in _OUTSIDE]
    mentions = [
        mention
        for mention in find_mentions(document.text)
        if not any(span.start <= mention.span.start < span.end for span in outside)
        and not _is_own(document, mention, header)
    ]
    mentions = _completed(mentions)
    inner = frozenset(relation.target for relation in find_cited_relations(document.text, mentions))
    found = find_references(document, mentions, header, inner)
    every = sorted([*mentions, *allusions(document.text, found, mentions)], key=lambda mention: mention.span.start)
    relations = _relations(document, every, header)
    return Cited(
        citations=with_candidates([_citation(m, r, header) for m, r in zip(every, relations, strict=True)], header),
        relations=find_cited_relations(document.text, every),
        references=_references(found, mentions, every),
    )


def _references(found: list[Found], mentions: list[Mention], every: list[Mention]) -> tuple[Reference, ...]:
    """The references with indexes into ``every`` mention, those of short names among them."""
    at = {id(mention): i for i, mention in enumerate(every)}
    return tuple(
        Reference(
            Span(one.words.start, one.words.end), one.rule, one.target,
            tuple(at[id(mentions[i])] for i in one.antecedents), one.warnings,
        )
        for one in found
    )  # fmt: skip


# ---------------------------------------------------------------- what is no citation
def _is_own(document: Document, mention: Mention, header: Header) -> bool:
    """True for the document's own number, its own law name, and the title line of its annexes."""
    text = document.text
    if mention.rule == "law" and mention.code is None and header.doc_type == mention.head:
        return same_law(mention.name or "", f"{header.doc_type} {header.subject or ''}")
    if mention.code is None:
        return False
    annexed = _ANNEX_TITLE.match(text, text.rfind("\n", 0, mention.span.start) + 1) is not None
    if header.code is None:
        return annexed and any(zone.kind == "letterhead" for zone in document.zones)
    own, code = (re.sub(r"^0+(?=\d)", "", standard(c)).upper() for c in (header.code, mention.code))
    if own != code:
        unread = own.startswith("/") or header.date == mention.date is not None
        return annexed and unread and own[own.find("/") :] == code[code.find("/") :]
    both_dated = len(mention.date or "") == len(header.date or "") == len("2020-01-31")
    return annexed or not both_dated or mention.date == header.date


# ---------------------------------------------------------------- short mentions
class _Known(NamedTuple):
    """What the document says in full: mentions with a date by code, mentions by type and number, laws by first name."""

    full: dict[str, list[Mention]]
    numbers: dict[tuple[str | None, str], Mention]
    laws: list[Mention]


def _completed(mentions: list[Mention]) -> list[Mention]:
    """Short mentions with what the full mention of the same document states; two full ones of different days may both
    be meant."""
    known = _Known(defaultdict(list), {}, [])
    for mention in mentions:
        if mention.code and mention.rule != "short":
            known.numbers.setdefault((type_of(mention)[0], mention.code.split("/")[0].lstrip("0")), mention)
            if len(mention.date or "") == len("2020-01-31"):
                known.full[standard(mention.code)].append(mention)
        if mention.name and not any(same_law(mention.name, law.name or "") for law in known.laws):
            known.laws.append(mention)
    return [_complete(mention, known) for mention in mentions]


def _complete(mention: Mention, known: _Known) -> Mention:
    if mention.rule == "short" and mention.code:
        named = known.numbers.get((type_of(mention)[0], mention.code.lstrip("0")))
        mention = replace(mention, code=named.code) if named else mention
    if mention.rule == "law" and mention.code is None:
        mention = _with_number(mention, known.laws)
    if mention.code and len(mention.date or "") != len("2020-01-31"):
        same = [m for m in known.full[standard(mention.code)] if (m.date or "").startswith(mention.date or "")]
        if len({m.date for m in same}) == 1:
            nearest = next((m for m in reversed(same) if m.span.start < mention.span.start), same[0])
            mention = replace(mention, date=nearest.date, issuer=mention.issuer or nearest.issuer)
    return mention


def _with_number(mention: Mention, laws: list[Mention]) -> Mention:
    """A law named without number takes that of the first mention of its name, unless the years differ."""
    law = next((law for law in laws if same_law(law.name or "", mention.name or "")), None)
    if law is None or (mention.date and (law.date or year_of(law) or "")[:4] != mention.date[:4]):
        return mention
    date = mention.date or law.date or year_of(law)
    return replace(mention, code=law.code, date=date, issuer=mention.issuer or law.issuer)


# ---------------------------------------------------------------- relations
def _relations(document: Document, mentions: list[Mention], header: Header) -> list[Relation]:
    """The relation of each mention, sentence by sentence; the lead-in of a list passes its own down to the items."""
    text, folded = document.text, fold(document.text)
    titles = [zone.span for zone in document.zones if zone.kind == "title"]
    relations: list[Relation] = []
    lead: _Lead | None = None
    before: Mention | None = None
    root: Relation | None = None
    inner = False
    for mention in mentions:
        start = sentence_start(text, mention.place)
        lead = _lead(folded, paragraph_start(text, mention.place), lead, header.doc_type)
        gap = folded[before.span.end : mention.place] if before and start < before.span.end <= mention.place else None
        around = Surroundings(
            sentence=folded[start : mention.place],
            gap=gap,
            before=None if gap is None else root if ";" in gap else relations[-1],
            after=folded[mention.span.end : mention.span.end + 260].split("\n")[0],
            lead=lead.relation if lead else None,
        )
        title = any(span.start <= mention.span.start < span.end for span in titles)
        relation = relation_of(around, header.doc_type, title)
        received = relation == "replies_to" and "nhan duoc" in around.sentence
        relations.append("mentions" if received and not _answers(mention, header) else relation)
        inner = gap is not None and (is_title(gap) or (inner and ";" not in gap))
        root = root if inner else relations[-1]
        before = mention
    return relations


def _answers(mention: Mention, header: Header) -> bool:
    """Whether a document that was received (*nhận được*) is answered: its sender is addressed, if both are known."""
    sender = fold(mention.issuer or "").replace("uy ban nhan dan", "ubnd")
    addressed = [fold(name).replace("uy ban nhan dan", "ubnd") for name in header.addressees]
    return not sender or not addressed or any(sender in name or name in sender for name in addressed)


class _Lead(NamedTuple):
    """The relation that a lead-in gives to the list whose latest item begins at ``line``."""

    line: int
    relation: Relation


def _lead(folded: str, line: int, lead: _Lead | None, doc_type: str | None) -> _Lead | None:
    """The relation of a lead-in (``Căn cứ:``, ``Bãi bỏ các văn bản sau:``) for the paragraph at ``line``.

    ``lead`` is that of the mention before; it lasts while the items of the list follow each other.
    """
    above = folded.rfind("\n", 0, max(0, line - 1)) + 1
    if lead and lead.line in (line, above):
        return _Lead(line, lead.relation)
    words = folded[above : max(0, line - 1)].rstrip()
    heading = len(words) < 90 and not words.endswith((".", ","))
    if (heading or words.endswith(";")) and _GROUNDS.match(words):
        return _Lead(line, "basis")
    if not words.endswith(":"):
        return None
    relation = lead_relation(words.rstrip(": "), doc_type)
    return _Lead(line, relation) if relation else None


# ---------------------------------------------------------------- the record
def _citation(mention: Mention, relation: Relation, header: Header) -> Citation:
    kind, warnings = type_of(mention)
    year = year_of(mention)
    date = mention.date or year
    if year and date and date[:4] != year:
        warnings += (f"Năm trong ký hiệu ({year}) khác năm của ngày ban hành ({date[:4]}).",)
    key, doubt = identity_of(replace(mention, date=date), header)
    return Citation(
        span=mention.span, rule=mention.rule, relation=relation, code=mention.code, canonical_id=key, type=kind,
        name=mention.name, issuer=mention.issuer, date=date, pinpoint=next(iter(mention.pinpoints), None),
        pinpoints=mention.pinpoints, warnings=warnings + doubt,
    )  # fmt: skip
