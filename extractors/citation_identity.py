"""Which document a mention means: its type, and the key under which it is known across the corpus.

The key is that of :mod:`extractors.identity`; what the mention leaves out (a number, a place) is taken from the citing
document or the table of laws, or stays ``?`` with a warning.
"""

from __future__ import annotations

import re

from extractors.fold import fold
from extractors.identity import canonical_id, locality, slug
from extractors.law_versions import law_versions, version_on
from extractors.mentions import Mention
from extractors.model import Header
from extractors.symbols import parse_symbol, standard, type_names
from extractors.tails import ABBREVIATED_HEADS

_LOCAL_BODY = re.compile(
    r"uy ban nhan dan|hoi dong nhan dan|ubnd|hdnd|^so |tinh |thanh pho|huyen|thanh uy|tinh uy|phong "
)
#: Symbols that stand for a second type as well.
_ALSO = {("QĐ", "Quy định"), ("QĐ", "Quy chế"), ("TT", "Thông tri"), ("L", "Luật"), ("L", "Pháp lệnh")}


def type_of(mention: Mention) -> tuple[str | None, tuple[str, ...]]:
    """The type by the symbol, else by the word before it; a warning when the two disagree."""
    head = ABBREVIATED_HEADS.get(mention.head or "", mention.head)
    head = head.capitalize() if head else None
    symbol = parse_symbol(mention.code) if mention.code else None
    if symbol is None or symbol.type is None or mention.rule == "short":
        return head or ("Công văn" if symbol and symbol.family == "dispatch" else None), ()
    by_symbol = type_names().get(symbol.type, head)
    if head is None or head in ("Văn bản", by_symbol) or by_symbol is None:
        return by_symbol, ()
    if head.startswith(by_symbol) or by_symbol.startswith(head) or (symbol.type, head) in _ALSO or symbol.type == "TC":
        return head, ()
    return by_symbol, (f"Gọi là {head} nhưng ký hiệu {mention.code} là của {by_symbol}: lấy theo ký hiệu.",)


def year_of(mention: Mention) -> str | None:
    """The year in its symbol, if it has one."""
    symbol = parse_symbol(mention.code) if mention.code else None
    return symbol.year if symbol else None


def identity_of(mention: Mention, header: Header) -> tuple[str | None, tuple[str, ...]]:
    """The key of the document that ``mention`` means, ``None`` when nothing identifies it, and warnings.

    ``header`` is that of the citing document: a local body cites its like without naming the place.
    """
    if mention.name and mention.code is None and mention.rule != "dated":
        return _law_identity(mention, header)
    if mention.code is None:
        return None, ()
    if mention.rule == "short" and "/" not in mention.code:
        return _short_identity(mention)
    key = canonical_id(standard(mention.code), mention.date, None)
    if key and key.endswith("#?"):
        key = canonical_id(standard(mention.code), mention.date, _placed_issuer(mention, header))
    return key, ()


def _placed_issuer(mention: Mention, header: Header) -> str | None:
    """The issuer whose name tells the place: the cited one, else that of the citing document when it is local too."""
    if locality(mention.issuer) or not header.issuer:
        return mention.issuer
    own = next((name for name in (header.issuer, header.parent_issuer) if locality(name)), None)
    if own:
        return own
    return f"tỉnh {header.place}" if header.place and _LOCAL_BODY.search(fold(header.issuer)) else None


def _short_identity(mention: Mention) -> tuple[str, tuple[str, ...]]:
    abbreviation = next((a for a, n in type_names().items() if n == type_of(mention)[0]), "?")
    issuer = {"thu tuong": "TTg", "thu tuong chinh phu": "TTg", "chinh phu": "CP"}.get(fold(mention.issuer or ""), "?")
    issuer = "CP" if abbreviation == "NĐ" else issuer
    year, number = (mention.date or "?")[:4], (mention.code or "").lstrip("0")
    normative = abbreviation in ("NĐ", "TT", "TTLT")
    key = f"{number}/{year}/{abbreviation}-{issuer}" if normative else f"{number}/{abbreviation}-{issuer}@{year}"
    return key, ("Chỉ ghi số, không ghi ký hiệu: chưa xác định chắc chắn văn bản.",)


def _law_identity(mention: Mention, header: Header) -> tuple[str, tuple[str, ...]]:
    """The number of a law cited by name, from the table of laws by its year; without a year the one in force on the
    day of the citing document, with a warning."""
    name, year = mention.name or "", (mention.date or "")[:4]
    by_year = [version.code for version in law_versions(name) if version.year == year]
    if by_year:
        return by_year[0], ()
    law = version_on(name, header.date) if header.date and not year else None
    if law:
        return law.code, ("Không ghi năm của luật: hiểu là luật đang có hiệu lực vào ngày của văn bản.",)
    return f"{slug(name)}@{year or '?'}", ()
