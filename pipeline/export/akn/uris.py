"""Names of documents and of places in them, by the Akoma Ntoso Naming Convention 1.0 (OASIS, 21/02/2019).

``/akn/vn/doc/cong-van/tchq/2020-03-31/2135``: country, kind, type, author, day, number. The author is the token of the
symbol, below the ministries with its place (``ubnd-hai-phong``), as in :mod:`extractors.identity`. Where one of them is
not known there is no such name; nothing is put in its place.
"""

from __future__ import annotations

import re

from extractors.identity import slug
from extractors.symbols import Symbol, parse_symbol, type_names
from pipeline.export.exchange import is_whole_day
from pipeline.rows import Row

#: Legal documents (văn bản quy phạm pháp luật) whatever their symbol; of the others those numbered with their year are
#: (Luật Ban hành văn bản quy phạm pháp luật; Nghị định 34/2016/NĐ-CP).
_LEGAL_TYPES = frozenset({"hien-phap", "bo-luat", "luat", "phap-lenh", "nghi-dinh"})
#: *văn bản số 12/UBND-VX* says nothing of the type.
_ANY_TYPE = "van-ban"
_PINPOINT = re.compile(r"(điểm|khoản|Điều|Mục|Chương|Phần)\s+(\w+(?:\.\w+)*)\s*", re.IGNORECASE)
_ABBREVIATIONS = {"điểm": "point", "khoản": "para", "điều": "art", "mục": "sec", "chương": "chp", "phần": "part"}


def type_slug(code: str | None, stated: str | None) -> str | None:
    """``cong-van``, ``thong-bao``: the type as the symbol says it, else as ``stated``. A symbol without one is that
    of a công văn, but for the old ``169/CP``."""
    symbol = parse_symbol(code) if code else None
    if symbol and symbol.type in type_names():
        return slug(type_names()[symbol.type])
    known = slug(stated) if stated else None
    if symbol and symbol.family == "dispatch" and known in (None, _ANY_TYPE):
        return slug("Công văn")
    return known


def is_act(code: str | None, type_name: str | None) -> bool:
    """True for a legal document (``act``), false for an administrative one (``doc``)."""
    symbol = parse_symbol(code) if code else None
    return type_slug(code, type_name) in _LEGAL_TYPES or bool(symbol and symbol.year)


def work_uri(code: str | None, canonical: str | None, type_name: str | None, date: str | None) -> str | None:
    """The name of a document from its number and symbol, canonical id, type and date; ``None`` unless all is known."""
    symbol, kind = parse_symbol(code) if code else None, type_slug(code, type_name)
    if not (symbol and symbol.number and kind and canonical) or "?" in canonical:
        return None
    year = re.search(r"@(\d{4})", canonical)
    day = date if is_whole_day(date) else symbol.year or (year[1] if year else date)
    if not day:
        return None
    category = "act" if is_act(code, type_name) else "doc"
    return f"/akn/vn/{category}/{kind}/{_author(symbol, canonical)}/{day}/{_number(symbol.number)}"


def document_uri(row: Row) -> str:
    """The name of a document of the database; one that is not fully known goes by its id here."""
    known = work_uri(row["code"], row["canonical_id"], row["doc_type"], row["date"])
    if known:
        return known
    category = "act" if is_act(row["code"], row["doc_type"]) else "doc"
    day = f"{row['date']}/" if is_whole_day(row["date"]) else ""
    return f"/akn/vn/{category}/{type_slug(row['code'], row['doc_type']) or _ANY_TYPE}/{day}vanthu-{row['doc_id']}"


def cited_uri(citation: Row, in_folder: dict[str, str]) -> str | None:
    """Where a citation leads: to a document of the folder, else to the name of the cited one, with the place in it."""
    found = in_folder.get(citation["resolved_doc_id"] or "") or work_uri(
        citation["code"], citation["canonical_id"], citation["type"], citation["date"]
    )
    place = pinpoint_id(citation["pinpoint"])
    return f"{found}/~{place}" if found and place else found


def pinpoint_id(pinpoint: str | None) -> str | None:
    """``điểm a khoản 2 Điều 5`` -> ``art_5__para_2__point_a``; ``None`` for any other wording."""
    parts = [(match[1], match[2]) for match in _PINPOINT.finditer(pinpoint or "")]
    if not parts or _PINPOINT.sub("", pinpoint or "").strip():
        return None
    return "__".join(f"{_ABBREVIATIONS[word.lower()]}_{number_id(number)}" for word, number in reversed(parts))


def number_id(label: str) -> str:
    """A label as it enters an id: ``1.2`` -> ``1-2``, ``đ`` -> ``dd`` (there is a ``d`` too), ``thứ nhất`` -> words."""
    plain = label.replace("đ", "dd").replace("Đ", "DD")
    found = "-".join(re.findall(r"[A-Za-z0-9]+", plain)) if plain.isascii() else slug(label)
    return found or "x"


def _author(symbol: Symbol, canonical: str) -> str:
    """All issuers of a typed document; of a công văn the first token, the second is the unit that drafted it."""
    tokens = symbol.issuers[:1] if symbol.family == "dispatch" else symbol.issuers
    _, _, place = canonical.partition("#")
    return "-".join(filter(None, [*map(slug, tokens), place]))


def _number(printed: str) -> str:
    return printed.lstrip("0").lower().replace("đ", "dd") or printed
