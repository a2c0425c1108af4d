"""What a document says of itself against what stands beside it: a portal's table, the envelope of an edXML message.

The document is believed. Where the two differ the clerk is told; where the document is silent, an edXML message (sent
by the issuer with the document, QCVN 102:2016/BTTTT) fills the gap with a warning. A portal, typed in by others, does
not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from rapidfuzz import fuzz

from extractors.cells import without_titles
from extractors.consistency import shown
from extractors.fold import fold
from extractors.identity import canonical_id
from extractors.lexicon import key
from extractors.model import Header
from extractors.raw import DigitalSignature, Stated
from extractors.symbols import standard
from pipeline.folding import name_words, text_key

_SOURCES = {"edxml": "thông điệp edXML", "portal": "bảng thông tin của cổng văn bản"}
#: Of 100: 95 of 100 pairs of unrelated subjects stay below 63 (they share words such as *triển khai*, *thực hiện*), the
#: same one abridged or with a word changed is above 85.
_SAME_SUBJECT = 65.0
#: Months after its date in which a dispatch is signed and published.
_SIGNED_WITHIN = 3


def disagreements(header: Header, stated: Stated) -> tuple[str, ...]:
    """A Vietnamese sentence for each field in which document and ``stated`` really differ.

    Spelling, case, marks, abbreviations, honorifics and a shorter form of the same name are no differences; what either
    side leaves out is none.
    """
    return tuple(
        f"{name} trên văn bản là “{shown(own)}” nhưng {_SOURCES[stated.source]} ghi “{shown(other)}”."
        for field, (name, agree) in _COMPARED.items()
        if (own := getattr(header, field)) and (other := getattr(stated, field)) and not agree(own, other, header)
    )


def far_from_signing(header: Header, signatures: Sequence[DigitalSignature]) -> tuple[str, ...]:
    """A warning when a date read from a scan lies months away from its first digital signature: a figure of the year
    may be misread. Offices sign within days; archives that sign old papers are the exception a person has to know."""
    signed = min((one.signed_at[:10] for one in signatures if one.signed_at), default=None)
    if not signed or not header.date:
        return ()
    months = int(signed[:4]) * 12 + int(signed[5:7])
    issued = [int(header.date[:4]) * 12 + month for month in ([int(header.date[5:7])] if header.date[5:7] else [1, 12])]
    if min(issued) - 1 <= months <= max(issued) + _SIGNED_WITHIN:
        return ()
    return (f"Ngày văn bản đọc từ ảnh quét ({header.date}) cách xa ngày ký số ({signed}): hãy soát lại năm, tháng",)


def dated_after_signing(header: Header, signatures: Sequence[DigitalSignature]) -> tuple[str, ...]:
    """A warning when a document bears a date after its last digital signature: the office signs when number and date
    stand (Nghị định 30/2020/NĐ-CP, Điều 13, 18). One day is left for clocks that run on another zone's time."""
    signed = max((one.signed_at[:10] for one in signatures if one.signed_at), default=None)
    if not signed or not header.date or len(header.date) < len("2020-01-31"):
        return ()
    try:
        early = (date.fromisoformat(header.date) - date.fromisoformat(signed)).days
    except ValueError:
        return ()
    if early <= 1:
        return ()
    return (f"Ngày văn bản ({shown(header.date)}) sau ngày ký số cuối cùng ({shown(signed)}): hãy soát lại.",)


def named_otherwise(header: Header, path: str) -> tuple[str, ...]:
    """A hint when the name of the file holds the document's own symbol (``107_tb-ubnd.pdf``) with another number, and
    its own number nowhere."""
    code = fold(standard(header.code or ""))
    own = re.fullmatch(r"0*(\d+)[a-z]?(?:/\d{4})?[/-]([a-z\d]+(?:[-/][a-z\d]+)+)", code)
    if own is None:
        return ()
    name, symbol = fold(path.rpartition("/")[2]), r"[\W_]*".join(re.findall(r"[a-z\d]+", own[2]))
    named = re.search(rf"(?<![a-z\d])0*(\d{{1,5}})[\W_]*{symbol}(?![a-z\d])", name)
    if named is None or re.search(rf"(?<!\d)0*{own[1]}(?!\d)", name):
        return ()
    return (f"Tên tệp ghi số {named[1]} còn văn bản ghi {header.code}: hãy xem tệp có bị đặt tên nhầm không.",)


def asked_by(stated: Stated) -> tuple[str, ...]:
    """A sentence for the day by which the message asks for an answer, which the document need not repeat."""
    return (f"Hạn trả lời ghi trong {_SOURCES[stated.source]}: {shown(stated.due)}.",) if stated.due else ()


def completed(header: Header, stated: Stated | None) -> Header:
    """``header`` with what the document leaves out and its edXML message states; each such field carries a warning.

    Evidence is not added: the field stands nowhere in the text.
    """
    if stated is None or stated.source != "edxml":
        return header
    taken = {
        field: value
        for field in (*_COMPARED, "signer_title")
        if (value := getattr(stated, field)) and _lacks(getattr(header, field), value)
    }
    if not taken:
        return header
    names = {field: name for field, (name, _) in _COMPARED.items()} | {"signer_title": "Chức vụ người ký"}
    warnings = [f"{names[field]} “{shown(value)}” lấy từ {_SOURCES['edxml']}." for field, value in taken.items()]
    filled = replace(header, **taken, warnings=(*header.warnings, *warnings))
    return replace(filled, canonical_id=canonical_id(filled.code, filled.date, filled.issuer))


def _lacks(own: str | None, other: str) -> bool:
    """True for nothing, a blank number (``/UBND-VX``) and a date without day (``2024-03``) that ``other`` completes."""
    if own is None:
        return True
    if own.startswith("/"):
        return re.sub(r"^\d+[a-zđ]?", "", standard(other)) == standard(own)
    return own != other and bool(re.fullmatch(r"\d{4}(?:-\d\d)?", own)) and other.startswith(f"{own}-")


def _same_code(own: str, other: str, _header: Header) -> bool:
    """Equal but for spelling, leading zeros and the number that one of the two leaves blank."""
    first, second = (re.sub(r"[^\da-z]+", "-", fold(standard(code))).lstrip("0") for code in (own, other))
    if first.startswith("-") or second.startswith("-"):
        first, second = (re.sub(r"^\d+[a-z]?(?=-)", "", code) for code in (first, second))
    return first == second


def _same_date(own: str, other: str, _header: Header) -> bool:
    return own.startswith(other) or other.startswith(own)


def _same_type(own: str, other: str, _header: Header) -> bool:
    first, second = key(own), key(other)
    return first in second or second in first or "khac" in second.split()


def _same_issuer(own: str, other: str, header: Header) -> bool:
    """One name in the other, or in the name with that of the office above; *tỉnh*, *thành phố* say nothing."""
    first, second, above = (name_words(name) for name in (own, other, header.parent_issuer or ""))
    return first <= second or second <= first | above


def _same_person(own: str, other: str, _header: Header) -> bool:
    first, second = (set(fold(without_titles(name)).split()) for name in (own, other))
    return first <= second or second <= first


def _same_subject(own: str, other: str, _header: Header) -> bool:
    return fuzz.token_set_ratio(text_key(own), text_key(other)) >= _SAME_SUBJECT


#: Field -> its Vietnamese name and whether two values of it mean the same.
_COMPARED: dict[str, tuple[str, Callable[[str, str, Header], bool]]] = {
    "code": ("Số, ký hiệu", _same_code),
    "date": ("Ngày ban hành", _same_date),
    "doc_type": ("Loại văn bản", _same_type),
    "issuer": ("Cơ quan ban hành", _same_issuer),
    "signer_name": ("Người ký", _same_person),
    "subject": ("Trích yếu", _same_subject),
}
