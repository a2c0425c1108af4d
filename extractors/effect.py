"""From which day a document is in force, and from which no longer, as it says itself.

``Nghị định này có hiệu lực thi hành từ ngày 05 tháng 3 năm 2020``; Luật Ban hành văn bản quy phạm pháp luật 2015, Điều
151: the day stands in the document. *Kể từ ngày ký* is the day of the document itself; *sau 45 ngày, kể từ ngày ký* the
45th day after it. A day that counts from publication or from another document's effect is not known here. Read on the
folded text, for scans lose marks (*kê từ ngày 01 thang 7*).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from extractors.fold import fold
from extractors.lexicon import table
from extractors.model import Document, Evidence, Header, Span
from extractors.sentences import quotations
from extractors.timing import issued_on

_DAY = timedelta(days=1)
#: How far back from *hiệu lực* its subject may begin, and how far ahead its days may stand.
_BACK, _AHEAD = 320, 160
_ANCHOR = re.compile(r"(?P<way>co|het)(?<!\wco)(?<!\whet) hieu luc(?: (?:thi hanh|phap luat|ap dung))?(?!\w)")
_FROM = r",? (?:(?:ke|tinh) )?tu (?:(?:\d{1,2} (?:gio|h)(?: \d{1,2} (?:phut)?)?|\d{1,2}h\d{0,2}),? )?"
_DATE = r"(?:ngay )?(\d{1,2})(?: thang | ?[/.-] ?)(\d{1,2})(?:,? nam | ?[/.-] ?)(\d{4})(?!\d)"
_SIGNED = r"ngay (?:duoc )?(?:ky|ban hanh|thong qua)(?: (?:ban hanh|thong qua))?(?!\w)(?! (?:ket|hop dong))"
_START = re.compile(rf"{_FROM}(?:{_DATE}|(?P<signed>{_SIGNED}))")
_COUNTED = re.compile(
    rf",? (?:thi hanh )?sau (?P<count>\d{{1,3}})(?: ?\([a-z ]{{2,20}}\))? ngay,? (?:ke|tinh) tu {_SIGNED}"
)
_UNTIL = re.compile(rf"(?:,? ke)?,? (?:cho )?den (?P<whole>het )?{_DATE}")
_LABEL = r"(?:(?:dieu|khoan|muc|phan) [\divx]{1,4} ?[.:)]?|[\divx]{1,4} ?[.)]|[a-z]\)|[-+*•])"
_SENTENCE = re.compile(r"[.;:!?](?= )|\n")


class Effect(NamedTuple):
    """``day`` is the first day in force, ``end`` the first day no longer in force (ISO); ``None`` is not stated."""

    span: Span
    rule: str
    day: str | None = None
    end: str | None = None


def effective_from(document: Document, header: Header) -> Effect | None:
    """The first sentence of the body in which the document speaks of its own effect; ``None`` when none does.

    Only a sentence that begins with the document (*Quyết định này*) counts: *Điều 5 của Nghị định này có hiệu lực từ …*
    is another day, for a part of it. Words of another document, in quotation marks, say nothing about this one.
    """
    text = document.text
    folded, own = fold(text), _subject(header.doc_type)
    quoted = quotations(text)
    bodies = tuple(document.zone("body")) or (Span(0, len(text)),)
    for match in _ANCHOR.finditer(folded):
        at = match.start()
        if not any(zone.start <= at < zone.end for zone in bodies) or any(q.start <= at < q.end for q in quoted):
            continue
        start = _sentence_start(folded, at)
        if own.fullmatch(folded, start, at) and (found := _read(folded, match, issued_on(header))):
            return found._replace(span=Span(start, found.span.end))
    return None


def with_effect(document: Document, header: Header) -> Header:
    """``header`` with the days on which the document is in force, as far as it states them, and where."""
    found = effective_from(document, header)
    if found is None:
        return header
    named = [name for name, value in (("effective", found.day), ("expires", found.end)) if value]
    evidence = tuple(Evidence(name, found.span, found.rule) for name in named)
    return replace(header, effective=found.day, expires=found.end, evidence=(*header.evidence, *evidence))


def _read(folded: str, anchor: re.Match[str], issued: date | None) -> Effect | None:
    """The days behind *có hiệu lực* or *hết hiệu lực*."""
    end = min(len(folded), anchor.end() + _AHEAD)
    if anchor["way"] == "het":
        match = _START.match(folded, anchor.end(), end)
        day = _start(match, issued) if match else None
        return Effect(Span(anchor.start(), match.end()), "expires", None, day.isoformat()) if match and day else None
    if counted := _COUNTED.match(folded, anchor.end(), end):
        day = _later(issued, int(counted["count"]))
        return Effect(Span(anchor.start(), counted.end()), "counted", day.isoformat()) if day else None
    match = _START.match(folded, anchor.end(), end)
    until = _UNTIL.match(folded, match.end() if match else anchor.end(), end)
    day, last = _start(match, issued) if match else None, _stated(until) if until else None
    if day is None and last is None:
        return None
    after = _later(last, 1 if until and until["whole"] else 0)
    stop = (until if last and until else match or anchor).end()
    rule = "signed" if match and match["signed"] else "stated"
    return Effect(Span(anchor.start(), stop), rule, *(d.isoformat() if d else None for d in (day, after)))


def _start(match: re.Match[str], issued: date | None) -> date | None:
    return issued if match["signed"] else _stated(match)


def _stated(match: re.Match[str]) -> date | None:
    numbers = [int(group) for group in match.groups() if group and group.isdigit()]
    try:
        return date(numbers[2], numbers[1], numbers[0])
    except ValueError:
        return None


def _later(day: date | None, count: int) -> date | None:
    try:
        return day + count * _DAY if day else None
    except OverflowError:
        return None


def _sentence_start(folded: str, at: int) -> int:
    """Where the sentence begins that speaks at ``at``; a label (*Điều 3.*, *1.*) is part of what may come before."""
    low = max(0, at - _BACK)
    starts = [match.end() for match in _SENTENCE.finditer(folded, low, at)] or [low]
    return starts[-1]


@cache
def _subject(doc_type: str | None) -> re.Pattern[str]:
    """What may stand between the beginning of the sentence and *có hiệu lực*: the document itself.

    A resolution of a council says in between when it was passed (*đã được … thông qua ngày … và có hiệu lực …*).
    """
    names = {fold(doc_type)} if doc_type else {fold(row["name"]) for row in table("doc_types")}
    named = "|".join(sorted(map(re.escape, names | {"van ban"}), key=lambda name: (-len(name), name)))
    passed = r",? (?:da )?(?:duoc|nay duoc) [^;\n]{0,260}?(?:thong qua|phe chuan|ky)[^;\n]{0,60}?(?: va|,)"
    return re.compile(rf"\s*(?:{_LABEL}\s*)?(?:{named})(?: nay)?(?: so [^\s;]{{3,30}})?(?:{passed})? ?")
