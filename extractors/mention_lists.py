"""What the items of a list share: head, symbol, issuer and date, in either direction.

``Quyết định số 1, 2, 3/QĐ-UBND ngày 05/6/2021``; ``Công văn số 12/SYT-NVY ngày 02/8/2021 và số 15/SYT-NVY cùng ngày``.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.mention import Mention
from extractors.model import Span
from extractors.symbols import parse_symbol, type_names
from extractors.tails import ABBREVIATED_HEADS, read_issuer

_NEIGHBOURS = re.compile(r"\s?(?:[,;]|,?\s?và|,?\s?hoặc|;\svà)\s?(?:các\s|số\s)?\Z")
_SAME_DAY = re.compile(r",?\s(?:(?:ký|ban hành)\s)?cùng ngày(?!\s(?:ngày\s)?\d)")


def shared(text: str, mentions: list[Mention]) -> list[Mention]:
    """The mentions with what is stated once for their list, at either end."""
    for i in range(len(mentions) - 2, -1, -1):
        mentions[i] = _from_following(text, mentions[i], mentions[i + 1])
    for i in range(1, len(mentions)):
        a, b = mentions[i - 1], mentions[i]
        if b.rule == "listed" and b.issuer is None and a.issuer:
            b = replace(b, issuer=a.issuer)
        mentions[i] = _on_the_same_day(text, a, b)
    return mentions


def _from_following(text: str, item: Mention, following: Mention) -> Mention:
    if not item.code or not following.code or item.span.end > following.span.start:
        return item
    if not _NEIGHBOURS.match(text[item.span.end : following.span.start]):
        return item
    item = _with_symbol(item, following)
    a, b = parse_symbol(item.code or ""), parse_symbol(following.code)
    if a is None or b is None or a.issuers[:1] != b.issuers[:1]:
        return item
    another = a.year is not None and (following.date or a.year)[:4] != a.year
    date = item.date or (following.date if following.rule == "listed" and not another else None)
    return replace(item, issuer=item.issuer or following.issuer, date=date)


def _with_symbol(item: Mention, following: Mention) -> Mention:
    """``1`` before ``2/QĐ-UBND`` is ``1/QĐ-UBND`` when its head and that symbol are of one type."""
    symbol = parse_symbol(following.code or "")
    if item.rule != "short" or not (item.code or "").isdecimal() or symbol is None or symbol.number is None:
        return item
    head = ABBREVIATED_HEADS.get(item.head or "", item.head or "").capitalize()
    kind = type_names().get(symbol.type or "", "Công văn" if symbol.type is None else "")
    if head not in (kind, "Văn bản"):
        return item
    code = f"{item.code}{(following.code or '')[len(symbol.number) :]}"
    return replace(item, rule="listed", code=code)


def _on_the_same_day(text: str, before: Mention, item: Mention) -> Mention:
    """*cùng ngày* repeats the date of the mention before it in the paragraph."""
    if item.date or not before.date or "\n" in text[before.span.end : item.span.start]:
        return item
    same = _SAME_DAY.match(text, item.span.end)
    if same is None:
        return item
    end, issuer = read_issuer(text, same.end()) or (same.end(), item.issuer)
    return replace(item, span=Span(item.span.start, end), date=before.date, issuer=item.issuer or issuer)
