"""What a document says of itself twice, and differently. Nothing is corrected: each difference is a sentence for the
clerk that says what to compare and on which page.

Number, symbol and date follow Nghị định 30/2020/NĐ-CP, Phụ lục I, II.3-4 and Phụ lục III; those of the Party
Hướng dẫn 36-HD/VPTW.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from extractors.fold import fold
from extractors.lexicon import alternation, settings, table
from extractors.model import Citation, Document, Header, Obligation
from extractors.office_names import known_names
from extractors.patterns import FULL_DATE, iso_date
from extractors.slips import find_slips
from extractors.symbols import CODE, Symbol, parse_symbol, standard
from extractors.timing import issued_on

_WHOLE = len("2020-01-31")
#: *(Kèm theo Quyết định số 12/QĐ-UBND ngày …)* and *Thông báo số 12/TB-UBND (ngày …) này* name the document itself.
_DATED = rf"(?:[,\s]*(?P<date>{FULL_DATE}))?"
_SAID_OF_ITSELF = re.compile(
    rf"[Kk]èm\stheo\s(?:[^\W\d]+\s){{1,4}}số:?\s?(?P<code>{CODE}),?{_DATED}"
    rf"|(?<!\w)[Ss]ố:?\s?(?P<this>{CODE}){_DATED.replace('<date>', '<day>')}\snày(?!\w)"
)
#: Symbols that stand for a second type as well, or did before 2011.
_ALSO = {
    "QĐ": ("Quy định", "Quy chế", "Điều lệ", "Nội quy"), "TT": ("Thông tri", "Tờ trình"), "CT": ("Chương trình",),
    "L": ("Luật", "Bộ luật", "Pháp lệnh"), "TC": ("Tiêu chuẩn",), "QC": ("Quy chuẩn",), "TM": ("Giấy mời",),
    "GM": ("Thư mời",), "CV": ("Công điện",), "TT-TTr": ("Tờ trình",),
}  # fmt: skip
_STATE_MOTTO, _PARTY_MOTTO = "cong hoa xa hoi chu nghia", "dang cong san viet nam"


def inconsistencies(
    document: Document, header: Header, citations: Sequence[Citation], obligations: Sequence[Obligation]
) -> tuple[str, ...]:
    """A Vietnamese sentence for each contradiction within a document. Total; values stay as they are."""
    slips = find_slips(document, issued_on(header), obligations)
    found = (
        *_own_number(document, header, citations),
        *_symbol_and_type(header),
        *_symbol_and_issuer(header),
        *_symbol_and_motto(document, header),
        *_symbol_and_year(header),
        *_strange_issuer(header),
        *(f"{slip.sentence} (trang {document.page_at(slip.span.start)})." for slip in slips),
    )
    return tuple(dict.fromkeys(found))


def anachronisms(document: Document, header: Header, citations: Sequence[Citation]) -> tuple[str, ...]:
    """A warning when a document bears a date before that of one it cites: one of the two was misread or misprinted.

    A citation whose day is of another year than its symbol carries a warning of its own.
    """
    dated = [one for one in citations if one.date and len(one.date) == _WHOLE and not _is_misdated(one)]
    later = max(dated, key=lambda one: one.date or "", default=None)
    if not header.date or later is None or (later.date or "")[: len(header.date)] <= header.date:
        return ()
    meant = later.code or later.name or later.type or "văn bản không số"
    return (
        f"Ngày văn bản ({shown(header.date)}) sớm hơn ngày của {meant} được viện dẫn ở trang "
        f"{document.page_at(later.span.start)} ({shown(later.date or '')}): hãy soát lại hai ngày này.",
    )


def _is_misdated(one: Citation) -> bool:
    symbol = parse_symbol(one.code) if one.code else None
    return symbol is not None and symbol.year not in (None, (one.date or "")[:4])


def shown(value: str) -> str:
    """A value as people write it: ISO days and months as ``05/03/2024``, ``03/2024``."""
    return "/".join(reversed(value.split("-"))) if re.fullmatch(r"\d{4}(?:-\d\d){1,2}", value) else value


# ---------------------------------------------------------------- the number said twice
def _own_number(document: Document, header: Header, citations: Sequence[Citation]) -> Iterator[str]:
    if not header.code or not header.code[0].isdigit():
        return
    cited = {_plain(one.code) for one in citations if one.code and not _SAID_OF_ITSELF.search(_around(document, one))}
    for match in _SAID_OF_ITSELF.finditer(document.text):
        code = match["code"] or match["this"]
        day = iso_date(match["date"] or match["day"] or "")
        page = document.page_at(match.start())
        same_day = None in (day, header.date) or day == header.date
        if _plain(code) == _plain(header.code):
            if day and header.date and not day.startswith(header.date) and _plain(code) not in cited:
                yield (
                    f"Ngày ở đầu văn bản là {shown(header.date)} nhưng trang {page} ghi “{match[0]}”: "
                    "hãy xem ngày nào đúng."
                )
        elif same_day and _plain(code) not in cited and _slipped(code, header.code, stated=day is not None):
            yield (
                f"Số, ký hiệu ở đầu văn bản là {header.code} nhưng trang {page} ghi “{match[0]}”: hãy xem số nào đúng."
            )


def _around(document: Document, one: Citation) -> str:
    return document.text[max(0, one.span.start - 20) : one.span.end + 6]


def _plain(code: str | None) -> str:
    return re.sub(r"[^\da-z]+", "-", fold(standard(code or ""))).lstrip("0")


def _slipped(code: str, own: str, *, stated: bool) -> bool:
    """True when ``code`` is ``own`` with another number or, on the same stated day, with another symbol. Anything
    further away is another document, whose annex this one sends on."""
    (number, _, symbol), (own_number, _, own_symbol) = _plain(code).partition("-"), _plain(own).partition("-")
    return symbol == own_symbol or (stated and number == own_number)


# ---------------------------------------------------------------- the symbol against the rest
@cache
def _names_of(abbreviation: str) -> tuple[str, ...]:
    return tuple(r["name"] for r in table("doc_types") if r["abbrev"] == abbreviation) + _ALSO.get(abbreviation, ())


def _symbol(header: Header) -> Symbol | None:
    return parse_symbol(header.code) if header.code else None


def _rule_of(header: Header, field: str) -> str | None:
    return next((one.rule for one in header.evidence if one.field == field), None)


def _symbol_and_type(header: Header) -> Iterator[str]:
    """*THÔNG BÁO* with ``12/QĐ-UBND``: only against a type that is printed."""
    symbol = _symbol(header)
    if symbol is None or symbol.type is None or not header.doc_type or _rule_of(header, "doc_type") != "type-line":
        return
    names = _names_of(symbol.type)
    printed = header.doc_type
    if names and not any(printed.startswith(name) or name.startswith(printed) for name in names):
        yield (
            f"Tên loại trên văn bản là “{printed}” nhưng ký hiệu {header.code} là của “{names[0]}”: "
            "hãy xem tên loại hay ký hiệu đúng."
        )


def _symbol_and_issuer(header: Header) -> Iterator[str]:
    """``/SYT`` under *SỞ TÀI CHÍNH*: a department, ministry, committee or council against another that is known."""
    symbol = _symbol(header)
    if symbol is None or symbol.family == "party" or _rule_of(header, "issuer") != "letterhead-lines":
        return
    names = _office_names()
    said = [names[token] for token in symbol.issuers if token in names]
    printed = fold(f"{header.issuer or ''} {header.parent_issuer or ''} {header.on_behalf_of or ''}")
    known = _known_office().match(fold(header.issuer or ""))
    if not said or known is None or symbol.issuers[0] not in names or any(fold(name) in printed for name in said):
        return
    yield (
        f"Ký hiệu {header.code} là của {said[0]} nhưng cơ quan ban hành ghi trên văn bản là “{header.issuer}”: "
        "hãy xem ký hiệu hay tên cơ quan đúng."
    )


@cache
def _office_names() -> dict[str, str]:
    """Token -> name of the offices whose tokens mean one thing."""
    heads = ("Sở ", "Bộ ", "Ủy ban nhân dân", "Hội đồng nhân dân")
    rows = (row for name in ("units/central", "units/local") for row in table(name) if row["name"].startswith(heads))
    return {short: row["name"] for row in rows for short in row["abbreviations"].split(";")}


@cache
def _known_office() -> re.Pattern[str]:
    return re.compile(rf"{alternation(_office_names().values())}(?![^\W_])")


def _symbol_and_motto(document: Document, header: Header) -> Iterator[str]:
    """A Party symbol (``12-QĐ/TU``) under the state's motto, and the reverse."""
    symbol = _symbol(header)
    head = fold(" ".join(span.of(document.text) for span in document.zone("letterhead")))
    state, party = _STATE_MOTTO in head, _PARTY_MOTTO in head
    if symbol is None or symbol.type is None or state == party or symbol.family not in ("state", "party"):
        return
    if symbol.family == "party" and state:
        yield f"Ký hiệu {header.code} viết theo lối văn bản của Đảng nhưng đầu văn bản có Quốc hiệu: hãy soát lại."
    if symbol.family == "state" and party:
        yield f"Ký hiệu {header.code} viết theo lối cơ quan nhà nước nhưng đầu văn bản có tiêu đề Đảng: hãy soát lại."


def _symbol_and_year(header: Header) -> Iterator[str]:
    symbol = _symbol(header)
    if symbol and symbol.year and header.date and header.date[:4] != symbol.year:
        yield f"Năm trong ký hiệu {header.code} khác năm của ngày ban hành ({shown(header.date)}): hãy soát lại."


def _strange_issuer(header: Header) -> Iterator[str]:
    """An issuer that no lexicon knows and that does not begin like an office: often a slip of recognition."""
    if header.issuer and _rule_of(header, "issuer") == "letterhead-lines" and not _office().match(fold(header.issuer)):
        yield f"Tên cơ quan ban hành “{header.issuer}” không giống tên cơ quan nào đã biết: hãy soát lại."


@cache
def _office() -> re.Pattern[str]:
    """How the name of an office may begin."""
    return re.compile(rf"[\W_]*{alternation((*settings('bodies')['heads'], *known_names().values()))}(?![^\W_])")
