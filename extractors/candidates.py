"""Which documents a citation may mean when its year, its place or its issuer is not stated.

Possibilities, of which none is chosen: what the same document names in full; the year of its own date, and in the first
quarter the year before; the places of its issuer and addressees; for a number alone (*Nghị quyết 128*) the symbols of
that type (``lexicons/short_numbers.csv``: Nghị định 30/2020/NĐ-CP, Phụ lục I; Hướng dẫn 36-HD/VPTW for the Party); for
the name of a law without its year the laws passed under it by then.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from extractors.identity import locality
from extractors.law_versions import law_versions
from extractors.lexicon import table
from extractors.model import Citation, Header

#: More possibilities than anybody would read through tell nothing.
_MOST = 12
_SHORT_KEY = re.compile(r"(?P<number>\d+[a-z]?)/(?:(?P<in_symbol>[\d?]+)/)?[^/@?]*-?\?(?:@(?P<year>[\d?]+))?")
#: Assembly -> the years in which it passed resolutions.
_TERMS = {11: (2002, 2007), 12: (2007, 2011), 13: (2011, 2016), 14: (2016, 2021), 15: (2021, 2026)}


def with_candidates(citations: Sequence[Citation], header: Header) -> tuple[Citation, ...]:
    """The citations, each with the canonical ids that it may mean where it leaves a choice."""
    fixed: dict[str, dict[str, None]] = defaultdict(dict)
    for one in citations:
        if one.canonical_id and "?" not in one.canonical_id and "@" in one.canonical_id:
            fixed[_base(one.canonical_id)][one.canonical_id] = None
    return tuple(_with(one, tuple(fixed.get(_base(one.canonical_id or ""), ())), header) for one in citations)


def _with(citation: Citation, named: tuple[str, ...], header: Header) -> Citation:
    key = citation.canonical_id or ""
    if citation.name and "/" not in key:
        found = _laws(citation, header)
    elif "?" not in key:
        return citation
    elif short := _SHORT_KEY.fullmatch(key):
        found = tuple(_of_type(citation, short, header))
    else:
        fitting = tuple(one for one in named if _fits(key, one))
        found = fitting or tuple(_completed(key, header))
    return replace(citation, candidates=found) if 0 < len(found) <= _MOST else citation


def _base(key: str) -> str:
    return key.partition("@")[0].partition("#")[0]


def _fits(key: str, one: str) -> bool:
    return re.fullmatch(re.escape(key).replace(r"\?", "[^@#]+"), one) is not None


def _completed(key: str, header: Header) -> Iterator[str]:
    """``15/TB-UBND@?#?`` with each year and place that may be meant; what nothing tells stays open."""
    for year in (_years(header) or ("?",)) if "@?" in key else ("?",):
        for place in (_places(header) or ("?",)) if key.endswith("#?") else ("?",):
            one = re.sub(r"#\?$", f"#{place}", key.replace("@?", f"@{year}"))
            if one != key:
                yield one


def _years(header: Header) -> tuple[str, ...]:
    """The year of the document, and in its first quarter the year before."""
    if not header.date:
        return ()
    year, month = header.date[:4], header.date[5:7]
    return (year, f"{int(year) - 1}") if month and int(month) <= 3 else (year,)


def _places(header: Header) -> tuple[str, ...]:
    named = (header.issuer, header.parent_issuer, *header.issuers, *header.addressees)
    return tuple(dict.fromkeys(place for name in named if (place := locality(name))))


# ---------------------------------------------------------------- numbers alone
def _of_type(citation: Citation, short: re.Match[str], header: Header) -> Iterator[str]:
    stated = short["in_symbol"] or short["year"] or "?"
    for form in _forms().get(citation.type or "", ()):
        if "{term}" in form:
            terms = (t for t, (first, last) in _TERMS.items() if stated != "?" and first <= int(stated) <= last)
            yield from (form.format(number=short["number"], year=stated, term=term) for term in terms)
        elif "{year}/" not in form or stated != "?":
            for place in _places(header) or ("?",) if "{place}" in form else ("",):
                yield form.format(number=short["number"], year=stated, place=place)


@cache
def _forms() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for row in table("short_numbers"):
        found[row["type"]] += (row["form"],)
    return dict(found)


# ---------------------------------------------------------------- laws by name
def _laws(citation: Citation, header: Header) -> tuple[str, ...]:
    """Without a year every law passed by then; a year that is that of no law may be that of its effect."""
    versions = law_versions(citation.name or "")
    if citation.date:
        return tuple(one.code for one in versions if (one.effective or "").startswith(citation.date[:4]))
    return tuple(one.code for one in versions if not header.date or one.year <= header.date[:4])
