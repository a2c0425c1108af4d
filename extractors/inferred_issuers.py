"""The issuer of a document without letterhead: inferred from its symbol, its signature or its words.

Whatever is inferred carries a warning; what does not lead to exactly one body stays unknown. Order of the sources: the
symbol with day and place, who signs, who speaks (``Tổng cục Hải quan yêu cầu …``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import NamedTuple

from extractors.fold import fold
from extractors.issuers import COMMITTEES, Issuer, says_where
from extractors.letters import UPPER
from extractors.lexicon import alternation, key, settings, table
from extractors.model import Span
from extractors.office_names import known_names, spell, with_area
from extractors.signature import Signature
from extractors.symbols import tidy_code
from extractors.units import bodies_of_symbol, scopes, unit_named

_LOCAL = re.compile(r"^(?:CT)?(?:UBND|UB|HĐND|TTHĐND)$")
_NEAR = 5000
_ACTS = (
    r"(?:yêu cầu|đề nghị|thông báo|hướng dẫn|có ý kiến|trả lời|nhận được|chỉ đạo|giao|phúc đáp|kính mời"
    r"|trân trọng|ban hành|báo cáo|kính đề nghị|xin|chỉ thị|quyết định|công bố|lưu ý|cho ý kiến)"
)
_MISSING = "Văn bản không có phần tên cơ quan; "
_INFERRED = _MISSING + "cơ quan ban hành «{}» được suy từ {}, cần kiểm tra lại."
_NO_PLACE = _MISSING + "ký hiệu «{}» không cho biết địa phương nào."


class Stated(NamedTuple):
    """What a document without letterhead says of itself: printed code, place and day of the date line."""

    code: str | None
    place: str | None
    on: date | None


def from_symbol(stated: Stated) -> Issuer:
    """The body of the symbol on that day; ``UBND`` needs the place of the date line, else there is only a warning."""
    for token in issuer_tokens(stated.code or ""):
        bodies = bodies_of_symbol(token, stated.place)
        called = {unit.name for unit in bodies if stated.on is None or unit.existed(stated.on)}
        if len(called) == 1:
            name = called.pop()
            return Issuer(name, None, _INFERRED.format(name, "ký hiệu và địa danh"))
        if stated.place and _LOCAL.match(token) and says_where(stated.place):  # below the province
            body = "Hội đồng nhân dân" if "HĐND" in token else "Ủy ban nhân dân"
            name = f"{body} {with_area(stated.place)}"
            return Issuer(name, None, _INFERRED.format(name, "ký hiệu và địa danh"))
        if scopes().get(token) == "local" and not bodies:
            return Issuer(warning=_NO_PLACE.format(token))
    return Issuer()


def issuer_tokens(code: str) -> list[str]:
    """The tokens of a symbol that may name the issuer, the likeliest first; ``CT`` is *chỉ thị* before a known one."""
    symbol = re.sub(r"^[^/A-ZĐ]*(?:/\d{4})?[/-]?", "", tidy_code(code))
    tokens = [t for t in re.split(r"[/-]", symbol) if t]
    types = {fold(row["abbrev"]) for row in table("doc_types") if row["abbrev"]}
    if len(tokens) > 1 and fold(tokens[0]) in types and (tokens[0] not in scopes() or tokens[1] in scopes()):
        return tokens[1:]
    return tokens[:1]


def from_signature(signature: Signature, place: str | None, on: date | None) -> Issuer:
    """The body for which the signer signs (``TM. ỦY BAN NHÂN DÂN TỈNH X``, ``GIÁM ĐỐC SỞ Y TẾ``), if the register
    has it on that day."""
    for words in (signature.on_behalf_of, signature.title):
        name = spell(_body_of(words)) if words else ""
        name = f"{name} {with_area(place)}" if place and says_where(place) and _lacks_place(name) else name
        unit = unit_named(name, on) if name else None
        if unit:
            return Issuer(unit.name, None, _INFERRED.format(unit.name, "phần ký"))
    return Issuer()


def _lacks_place(name: str) -> bool:
    return name in COMMITTEES or name.startswith("Sở ")


def _body_of(office: str) -> str:
    """``GIÁM ĐỐC SỞ Y TẾ`` without the office word; a collective body is its own."""
    heads = re.match(rf"{alternation(settings('signing')['offices']['heads'])}(?![^\W_])\s*", fold(office))
    if heads and unit_named(office) is None:
        return office[heads.end() :]
    return office


def from_text(text: str, body: Iterable[Span]) -> tuple[Issuer, Span | None]:
    """Issuer of a dispatch without letterhead, and where it speaks first (``Tổng cục Hải quan yêu cầu …``)."""
    found: dict[str, list[Span]] = {}
    for zone in body:
        middle = max(zone.start + _NEAR, zone.end - _NEAR)
        for start, end in ((zone.start, min(zone.end, zone.start + _NEAR)), (middle, zone.end)):
            for match in _speaker().finditer(text, start, max(start, end)):
                found.setdefault(" ".join(match[1].split()), []).append(Span(*match.span(1)))
    if not found:
        return Issuer(), None
    last = max(found, key=lambda n: found[n][-1].start)  # the closing sentence speaks for the issuer
    name = max(found, key=lambda n: len(found[n]) + 2 * (n == last))
    known = known_names().get(key(name), name)
    return Issuer(known, None, _INFERRED.format(known, "nội dung")), found[name][0]


@cache
def _speaker() -> re.Pattern[str]:
    names = sorted(
        (n for n in known_names().values() if len(n.split()) > 1 and not n.startswith("Phòng")), key=len, reverse=True
    )
    area = rf"(?:\s+(?:tỉnh|thành phố|TP\.?|huyện|quận|xã|phường|thị xã)\s+[{UPPER}]\w*(?:\s[{UPPER}]\w*)*)"
    known = "|".join(map(re.escape, names))
    return re.compile(
        rf"(?:^|(?<=[.,;:] )|(?<=\n))((?:{known}|(?:UBND|Ủy ban nhân dân|Sở [{UPPER}][\w\s]{{2,40}}?"
        rf"|Cục [{UPPER}][\w\s]{{2,30}}?)){area}?)\s+{_ACTS}",
        re.M,
    )
