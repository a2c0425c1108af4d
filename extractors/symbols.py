"""The grammar of *số, ký hiệu*, the number and symbol of a document, and their standard spelling.

Five families (Nghị định 30/2020/NĐ-CP, Phụ lục I; Hướng dẫn 36-HD/VPTW for the Party)::

    state        15/CT-TTg, 118/KH-BCA-BNN           number / type - issuer
    dispatch     2135/TCHQ-VP, 299/TTg               number / issuer - drafting unit (công văn: no type)
    normative    55/2005/TTLT-BNV-VPCP               number / year / type - issuer
    legislature  54/2014/QH13, 1365/NQ-UBTVQH15      number / year / assembly and its term
    party        16-CT/TW, 07-TB/CQTTBCĐ             number - type / organisation
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from extractors.letters import LOWER
from extractors.lexicon import table
from extractors.units import scopes

Family = Literal["state", "dispatch", "normative", "legislature", "party"]

# ---------------------------------------------------------------- regex fragments
#: Capital letters of symbols, with U+00D0 for Đ and the Cyrillic look-alikes that occur in typed texts.
_CAP = "A-ZĐÐƯĂÂÊÔƠАВЕКМНОРСТХ"
#: ``TTg``, ``QyĐ``, ``V.I``, ``QLN&TTBĐS``, ``C06``; a glued next word (``NĐ-CPquy``) is left outside.
_TOKEN = (
    rf"(?:TTg|TĨg|TTr|CTr|L(?=[-/]CTN)|[{_CAP}](?:[{_CAP}\d&]|[a-zđư]{{1,2}}(?=[{_CAP}])|[a-zđư](?![{LOWER}]))+"
    rf"|V(?=\.[IVX]))(?:\.[{_CAP}\d]+(?![{LOWER}]))*"
)
_HYPHEN = "[-‐‑–—−]"
_SLASH = r"[ ]?/[ ]?"
_REST = (
    rf"(?:NĐ[ ]CP|(?:QĐ|CT)[ ]TTg)(?!\w)|{_TOKEN}(?:[ ]?{_HYPHEN}[ ]?{_HYPHEN}?{_TOKEN})?(?:(?:{_HYPHEN}|/){_TOKEN})*"
)
_TAIL = r"\d{0,5}(?:\.\d{1,3}(?=\s?/))?[a-zđA-BĐ]?"
#: number / [year /] type or issuer [- issuer ...]
_STATE = rf"{_SLASH}(?:(?:19|20)\d\d{_SLASH})?(?:{_REST})"
#: number - type / organisation
_PARTY = rf"[ ]?{_HYPHEN}[ ]?{_TOKEN}{_SLASH}{_TOKEN}(?:{_HYPHEN}{_TOKEN})*"
_PARTY_TYPE = "(?:NQ|QĐ|CT|KL|TB|HD|QC|CTr|TT|KH|BC)"
#: The same with a space, as the Party once typed it: ``Số 37 QĐ/TW``.
_SPACED = rf"\d{{0,4}}[ ]{_PARTY_TYPE}/(?:[A-ZĐ]{{0,6}}(?:TW|TU|HU|QU|ThU)|ĐU[A-ZĐ]*)(?!\w)"
#: before 1990: ``169-CP``, ``575-TTg``
_OLD = rf"{_HYPHEN}(?:CP|TTg|TTG|HĐBT|HĐCP|CTN|PL|SL)(?![\w/-])"
#: A code wherever it stands; what may precede it is left to the reader. It begins with a digit, without which no regex
#: engine step is spent.
CODE = rf"\d(?:(?=[\d.a-zđABĐ]{{0,10}}[ ]?[/‐‑–—−-]){_TAIL}(?:{_STATE}|{_PARTY}|{_OLD})|{_SPACED})"
#: A code whose number a scan read with letters: ``l5/CT-TTg``, ``3O/2O20/NĐ-CP``.
MISREAD = rf"(?=\d{{0,5}}[lIO])(?=[lIO]{{0,3}}\d)[\dlIO]{{2,5}}/(?:[12][\dO]{{3}}/)?(?:{_REST})"
#: A code whose number was never filled in: ``/UBND-VX``.
BLANK_CODE = rf"/[ ]?(?:{_REST})"

_LOOKALIKES = str.maketrans("ÐАВЕКМНОРСТХ‐‑–—−", "ĐABEKMHOPCTX-----")
_LEGISLATURE = re.compile(r"(?:NQ-|PL-)?(?:UBTVQH|QH)\d{1,2}$")
#: Departments (sở) and people's committees are known by their first letters.
_LOCAL = re.compile(r"(?:S(?!HTT)[A-ZĐ&]{2,}|UB|HĐND|VPUB|(?:VP|UBKT|BTC|BDV|BTG|BTGDV|BNC)?(?:TU|HU|QU|ThU)$|ĐU$)")
_PARTS = re.compile(r"(?P<num>\d[\d.]*[a-zđA-BĐ]?)?(?P<sep>[-/])(?:(?P<year>(?:19|20)\d\d)/)?(?P<rest>.+)")


@dataclass(frozen=True, slots=True)
class Symbol:
    """A code taken apart. ``number`` is as printed, ``None`` when blank; ``type`` an abbreviation of the type table;
    ``issuers`` the tokens after it (all issuers of a joint document; issuer and drafting unit of a công văn)."""

    number: str | None
    year: str | None
    type: str | None
    issuers: tuple[str, ...]
    family: Family

    @property
    def local(self) -> bool:
        """True when the symbol says what kind of body issued it, but not of which place (``TB-UBND``)."""
        issuer = self.issuers[0] if self.issuers else ""
        if self.family == "legislature":
            return False
        scope = scopes().get(issuer)
        return scope == "local" if scope else _LOCAL.match(issuer) is not None


@cache
def type_names() -> dict[str, str]:
    """Abbreviation in a symbol -> name of the document type (Nghị định 30/2020/NĐ-CP, Phụ lục III, and Party types)."""
    return {row["abbrev"]: row["name"] for row in reversed(table("doc_types")) if row["abbrev"]}


def tidy_code(printed: str) -> str:
    """A code as printed, without inner spaces; look-alike letters and dashes become the real ones,
    and what scans make of digits (``l5``, ``3O``), ``QH13`` (``OH13``), ``QĐ`` (``QĐĐ``) and ``TTg`` (``TIg``) is read
    right."""
    code = re.sub(rf"(?<=\d)\s(?={_PARTY_TYPE}/)", "-", printed.translate(_LOOKALIKES))
    code = re.sub(r"--+", "-", re.sub(r"\s+", "", code))
    code = re.sub(r"^[\dlIO]*[lIO][\dlIO]*(?=/)|(?<=/)[12][\dO]*O[\dO]*(?=/)", _as_digits, code)
    code = code.replace("/QĐĐ-", "/QĐ-")
    code = re.sub(r"(?<=-)T[TIĨ1l][gE9]$", "TTg", code)
    return re.sub(r"/OH(?=\d\d$)", "/QH", code)


def _as_digits(misread: re.Match[str]) -> str:
    return misread[0].translate(str.maketrans("lIO", "110"))


@lru_cache(maxsize=4096)
def parse_symbol(code: str) -> Symbol | None:
    """Take a code apart; ``None`` when it is no code of the grammar. Any string is welcome."""
    match = _PARTS.fullmatch(standard(code))
    if not match:
        return None
    number, year, rest = match["num"], match["year"], match["rest"]
    tokens = tuple(t for t in re.split(r"[-/]", rest) if t)
    if _LEGISLATURE.match(rest):
        kind = tokens[0] if len(tokens) > 1 else None
        return Symbol(number, year, kind, tokens[-1:], "legislature")
    if match["sep"] == "-":
        kind = tokens[0] if len(tokens) > 1 else None
        return Symbol(number, year, kind, tokens[1:] or tokens, "party" if "/" in rest else "dispatch")
    typed = _is_type(tokens, year)
    kind, issuers = (tokens[0], tokens[1:]) if typed else (None, tokens)
    return Symbol(number, year, kind, issuers, "normative" if year else "state" if typed else "dispatch")


def _is_type(tokens: tuple[str, ...], year: str | None) -> bool:
    """``15/CT-TTg`` is a chỉ thị, ``5348/CT-CS`` a công văn of Cục Thuế: CT needs a known issuer behind it."""
    if not tokens or tokens[0] not in type_names():
        return False
    if tokens[0] == "CT" and not year:
        return len(tokens) > 1 and (tokens[1] in scopes() or tokens[1].startswith(("UB", "B", "S")))
    return len(tokens) > 1 or tokens[0] == "SL" or bool(year)


@lru_cache(maxsize=4096)
def standard(code: str) -> str:
    """The code in standard spelling: no spaces, real letters, ``NĐ-CP`` for ``ND-CP`` and ``NĐCP``, ``TTg`` for
    ``TTG``, ``TTLT-BTC`` for ``TTLT/BTC``, ``169/CP`` for the old ``169-CP``."""
    code = tidy_code(code)
    code = re.sub(r"/N[ĐD]-?CP$", "/NĐ-CP", code)
    code = re.sub(r"(?<=[/-])T(?:TG|tg)(?![A-Za-zĐ])", "TTg", code)
    code = re.sub(r"/Q[DĐ](?:-|(?=TTg$))", "/QĐ-", code)
    code = re.sub(r"/CT(?=TTg$)", "/CT-", code)
    code = re.sub(r"^(\d+[a-zđ]?)-(CP|TTg|HĐBT|HĐCP)$", r"\1/\2", code)
    code = re.sub(r"/TTLT/", "/TTLT-", code)
    return re.sub(r"^(\d+-)QD/", r"\1QĐ/", code)
