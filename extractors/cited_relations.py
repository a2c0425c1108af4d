"""What the text says of two documents that it cites: *Thông tư 39/2018 sửa đổi Thông tư 38/2015*.

Read from the words between two mentions that follow each other; a list after the verb shares it. Rules:
``active`` (*A sửa đổi B*), ``passive`` (*A được sửa đổi bởi B*), ``list`` (*… và C*). The verbs are in
``lexicons/relations.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import cast

from extractors.citation_identity import type_of
from extractors.fold import fold
from extractors.lexicon import alternation, settings
from extractors.mentions import Mention
from extractors.model import CitedRelation, Relation, Span

#: The title of a document is not longer than this.
_REACH = 300
_JOIN = re.compile(r",? (?:va |cung )?(?:cac )?$|, (?:cac )?$")
#: Nothing here may come between the verb and its object: another clause, or the document that speaks.
_BREAK = re.compile(r"[.;:\n\t“”]|\bnay\b|\b(?:can cu|de nghi|yeu cau|theo quy dinh)\b")
_TITLE = r"(?:ve|v/v|quy dinh|co hieu luc|ban hanh|cong bo)\b[^,;()]{1,120}?[ ,]\(?(?:va )?"


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The active and the passive form; the verb is in a group named after its relation."""
    verbs = settings("relations")["between"]
    acts = "|".join(rf"(?P<{name}>{alternation(words)})" for name, words in verbs.items())
    suffers = "|".join(rf"(?P<{name}>{alternation(words)})" for name, words in verbs.items() if name != "replies_to")
    return (
        ("passive", re.compile(
            rf"[ ,(]{{0,3}}(?:(?:hien |nay )?(?:da |cung )?(?:het hieu luc va )?(?:duoc|bi)) (?:{suffers})\b"
            r"(?P<rest>[^;()]{0,120}?)\b(?:boi|bang|tai|theo|trong)(?: quy dinh (?:cua|tai))? (?:cac )?$"
        )),
        ("active", re.compile(
            rf" ?\(?(?:da |la van ban |nham |de |nay )?(?:{_TITLE})??(?:ve viec |viec )?(?:to chuc )?(?:{acts})\b"
            r"(?P<rest>[^;()]{0,160}?)$"
        )),
    )  # fmt: skip


def find_cited_relations(text: str, mentions: Sequence[Mention]) -> tuple[CitedRelation, ...]:
    """The relations between the documents that ``mentions`` (in order) name, with indexes into them."""
    return tuple(_relations(text, mentions))


def _relations(text: str, mentions: Sequence[Mention]) -> Iterator[CitedRelation]:
    latest: CitedRelation | None = None
    for i in range(1, len(mentions)):
        before, mention = mentions[i - 1], mentions[i]
        if not 0 <= mention.place - before.span.end <= _REACH:
            latest = None
            continue
        gap = fold(text[before.span.end : mention.place])
        found = _between(gap, i)
        if found is None and latest is not None and _JOIN.match(gap) and _shares(mentions, latest, i, gap):
            found = _grown(latest, i)
        if found is not None:
            found = _outer(mentions, found, latest, i)
            first = min(found.source, found.target)
            found = replace(found, span=Span(mentions[first].span.start, mention.span.end))
            yield found
        latest = found


def _between(gap: str, i: int) -> CitedRelation | None:
    """The relation that the words between mention ``i - 1`` and mention ``i`` state."""
    for rule, form in _forms():
        match = form.match(gap)
        if match and not _BREAK.search(gap):
            name = next(name for name, value in match.groupdict().items() if value and name != "rest")
            source, target = (i, i - 1) if rule == "passive" or name == "encloses" else (i - 1, i)
            return CitedRelation(Span(0, 0), rule, cast(Relation, name), source, target)
    return None


def _outer(mentions: Sequence[Mention], found: CitedRelation, latest: CitedRelation | None, i: int) -> CitedRelation:
    """*Nghị định A quy định chi tiết Luật B, được sửa đổi bởi Nghị định C*: C changes its like, A, not the law."""
    if found.rule != "passive" or latest is None or latest.rule != "active" or latest.target != i - 1:
        return found
    kinds = [type_of(mentions[at])[0] for at in (latest.source, i - 1, i)]
    return replace(found, target=latest.source) if kinds[0] == kinds[2] != kinds[1] else found


def _grown(latest: CitedRelation, i: int) -> CitedRelation:
    """``latest`` for the next item of the list, at the end that mention ``i - 1`` is."""
    at_source = latest.source == i - 1
    return replace(latest, rule="list", source=i) if at_source else replace(latest, rule="list", target=i)


def _shares(mentions: Sequence[Mention], latest: CitedRelation, i: int, gap: str) -> bool:
    """Whether mention ``i`` goes on with the list after the verb: of one type with the item before, and not rather an
    item beside the first document of the relation (*Thông tư A sửa đổi Thông tư B, Thông tư C*)."""
    kinds = [type_of(mentions[at])[0] for at in (min(latest.source, latest.target), i - 1, i)]
    return kinds[1] == kinds[2] and (kinds[0] != kinds[2] or "va " in gap)
