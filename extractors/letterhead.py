"""The boxes of the first page: what each cell above the body is.

The boxes are those of Nghị định 30/2020/NĐ-CP, Phụ lục I: national name and motto (1), issuer (2), number and symbol
(3), place and date (4), type and subject (5a, 5b), stamps (10), addressees (9a). They are known by their wording, not
by their place, because readers return the two columns in any order and copies glue boxes together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from extractors.cells import is_upper, line_spans, split_at, trimmed
from extractors.fold import fold
from extractors.letters import LOWER, UPPER
from extractors.lexicon import alternation, key, settings, table
from extractors.model import Span

BoxKind = Literal[
    "motto",
    "number",
    "dateline",
    "about",
    "type",
    "stamp",
    "addressees",
    "organisation",
    "rule",
    "mark",
    "foreign",
    "text",
]


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of the first page and which box of the sheet it is."""

    kind: BoxKind
    span: Span


def _spaced(phrase: str) -> str:
    """A pattern for ``phrase`` whose letters a PDF may have torn apart (``CỘ NG HÒA``)."""
    return r"\s{1,2}".join(" ?".join(word) for word in phrase.split())


_MOTTO = re.compile(
    _spaced("cong hoa xa hoi chu nghia viet nam")
    + r"|cong hoa xa hoi [^\n\t]{0,20}?nam\b|"
    + _spaced("dang cong san viet nam")
    + r"(?=\s*(?:$|[\n\t|*]|\W{3}))"
    + r"|d\wc l\wp\s*[-–—=.]+\s*t\w\s+[^\n\t]{0,14}?\s*[-–—=.]*\s*[^\n\t\s]{0,6}\s?phuc[.,]?"
)
_SYMBOL = rf"[{UPPER}][{UPPER}{LOWER}\d&.]*(?:\s?[-–—/]\s?[{UPPER}\d][{UPPER}{LOWER}\d&.]*)*"
_NUMBER = r"\d[\d.]{0,7}[a-zđ]?(?:\s?[-+]\s?\d{1,3})?"
#: Number and symbol: ``169 /TB-UBND``, ``08/2015/NĐ-CP``, ``16-CT/TW``, ``/KH-UBND`` (number left blank), ``201-CP``.
CODE = (
    rf"(?:(?:{_NUMBER}|[.…_]*)\s?/\s?(?:\d{{4}}\s?/\s?)?{_SYMBOL}"
    rf"|{_NUMBER}\s?[-–]\s?[{UPPER}]{{2}}[{UPPER}{LOWER}]*(?:\s?/\s?{_SYMBOL})?)"
)
#: Behind *Số* in letterheads of two languages, or instead of it.
_FOREIGN_LABEL = r"(?:No|N[°º]|Ref|Réf)\b\.?"
_LABEL = (
    r"(?:(?:Bộ luật|BỘ LUẬT|Luật|LUẬT|Nghị quyết|NGHỊ QUYẾT|Pháp lệnh|Lệnh|LỆNH|Sắc lệnh)\s+)?(?:S[ốỐôÔồổộóÓoO6]"
    rf"|số)(?:\s?[/(]\s?{_FOREIGN_LABEL}\)?)?\s*[:;.]{{0,2}}|{_FOREIGN_LABEL}\s?:"
)
_LABEL = f"(?:{_LABEL})"
_INLINE_LABEL = r"(?:(?:Bộ luật|Luật|Nghị quyết|Pháp lệnh|Lệnh)\s+[Ss]ố\s*:?|Số\s*[:;])"
_NUMBER_BOX = re.compile(
    rf"(?:(?:(?<=^)|(?<=[\n\t|])|(?<=\s\s))\s*(?:{_LABEL}[\s.…_]*|(?=(?:\d+"
    rf"|\d*/\d{{4}})?\s?[/-]\s?[A-ZĐ0-9][^\n\t]{{2,30}}(?:\n|\t|$)))"
    rf"|(?:(?<=[{UPPER}\-*] )|(?<=nam )|(?<=phúc )|(?<=phúc\. )){_INLINE_LABEL}[\s.…_]*)"
    rf"(?P<code>{CODE}|[^\s/:]{{1,8}}\s?/\s?{_SYMBOL}|$)"
)
_AREA = (
    r"(?:[Tt]hành phố|THÀNH PHỐ|TP ?\.?|Tp ?\.?|[Tt]ỉnh|[Hh]uyện|[Qq]uận|[Tt]hị xã|TX ?\.?|[Tt]hị trấn|[Xx]ã"
    r"|[Pp]hường|[Đđ]ặc khu)"
)
_TITLED, _UPPERS = rf"[{UPPER}][{LOWER}']+", rf"[{UPPER}][{UPPER}]*"
_JOIN = r"(?: | ?[-–] ?)"
_PLACE = (
    rf"(?:(?:{_AREA} ?)?{_TITLED}(?:{_JOIN}{_TITLED}| \d{{1,2}}(?!\d))*"
    rf"|(?:{_AREA} ?)?{_UPPERS}(?:{_JOIN}{_UPPERS}| \d{{1,2}}(?!\d))*"
    rf"|{_AREA} \d{{1,2}})"
)
_BLANK = r"[\s.…_\-/]{0,40}"
_DAY = (
    rf"[Nn]g[àaáâ]y{_BLANK}(?P<day>\d{{1,2}})?{_BLANK}(?:th[áaàâ]ng"
    rf"|[Tt]háng)[ .,]?{_BLANK}(?P<month>\d{{1,2}})?{_BLANK},?\s?n[ăaâ]m"
    rf"{_BLANK}(?P<year>(?:1[89]|20)\d\d|20[\d.…_]{{0,2}})?"
)
_DIGITS = r"[Nn]gày\s*(?P<date>\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:1[89]|20)\d\d)"
_DATELINE = re.compile(
    rf"(?<![\w/\-.])(?P<place>{_PLACE})\s?[,.;]\s*(?:hồi [^,\n\t]{{2,24}}?,?\s*)?(?:{_DAY}|{_DIGITS})"
)
_BARE_DATE = re.compile(rf"^\s*(?:{_DAY.replace('<', '<b_')}|{_DIGITS.replace('<', '<b_')})\s*\.?\s*$")
_ABOUT = re.compile(
    r"(?:(?<=^)|(?<=[\n\t|])|(?<=\s))\s*(?:V\s?[/ií|]\s?[vV]|Vv|VV|V\.v)\b\s?[:.]?(?=\s|\w)|^\s*(?:Về việc"
    r"|Trích yếu)\s?:"
)
_ADDRESSED = re.compile(
    r"(?:(?<=^)|(?<=\t)|(?<=\d{4} )|(?<=[‹*_~] ))\s*[‹*_~]?\s?(?:Kính|KÍNH|Kinh) {1,2}(?:gửi|GỬI|trình|TRÌNH|gui"
    r"|gởi|chuyển)(?=\s?:|\s?$|\s+[^\W\d_])|^\s*gửi\s?:"
)
_OURS = re.compile(r"[ĂĐƠƯẢẠẰẮẲẴẶẦẤẨẪẬẺẼẸỀẾỂỄỆỈĨỊỎÕỌỒỐỔỖỘỜỚỞỠỢỦŨỤỪỨỬỮỰỲỶỸỴ]")
_GAP = re.compile(r"[\t|]|\s{3,}")
#: No box stands further inside a line than this, however much a copy glued together.
_MAX_GLUED = 1500
_RULE = re.compile(r"[-–—_=*.~\s]{3,}|\*|[-–—_=]{2}")
#: The hour of ``HỎA TỐC HẸN GIỜ 16h00``.
HOUR = r"(?:\W{0,3}(?:luc )?\d{1,2}\s?(?:h|g|gio|:)\s?(?:\d{1,2})?(?: ?,? ?ngay [\d/.-]{3,10})?)?"
#: Subject and date in the other language of a letterhead of two.
_FOREIGN_LINE = re.compile(
    r"\W*(?:Re|Sub|Subject|Objet|Independence|Indépendance|INDEPENDENCE|INDÉPENDANCE)\b\s?[:–—-]"
    r"|[A-Z][a-z]+(?: [A-Z][a-z]+){0,3}, (?:the )?(?:\d{1,2}(?:st|nd|rd|th)? )?[A-Z][a-z]{2,8}"
    r" (?:\d{1,2}(?:st|nd|rd|th)?, )?\d{4}\W*$"
)
_MARK = re.compile(
    r"(?i)^\s*-{3} ?page.*|^\W*page \d+\W*$|^\W*(?:sao y|trích sao|sao lục)\s?;"
    r"|^\s*(?:trang )?\d{1,3}(?:\s?/\s?\d{1,3})?\s*$|.*\b(?:thời gian ký|người ký|ký bởi"
    r"|chữ ký số|email ?:|cơ quan ?:)"
)


@cache
def _stamps() -> re.Pattern[str]:
    groups = settings("signing")["stamps"]
    words = alternation([*groups["urgency"], *groups["secrecy"], *groups["circulation"]])
    return re.compile(rf"\W*(?:do (?:khan|mat)\s*:\s*)?{words}(?: lan \d)?{HOUR}\W*")


@cache
def type_names() -> dict[str, str]:
    """Folded type name -> full name with sentence capitals."""
    return {fold(row["name"]): row["name"] for row in table("doc_types")}


@cache
def _types() -> re.Pattern[str]:
    names = alternation([row["name"] for row in table("doc_types")])
    return re.compile(rf"[\W_]*(?:du thao(?:\s+lan\s+\d+)?(?:\s+\d[\d./]*)?\s*[:.]?\s*)?({names})(?![^\W_])")


@cache
def _squeezed_types() -> re.Pattern[str]:
    """The types without spaces, for a line whose letters are spread (``C Ô N G Đ I Ệ N``)."""
    names = sorted((name.replace(" ", "") for name in type_names()), key=len, reverse=True)
    return re.compile(f"({'|'.join(names)})$")


@cache
def _bodies() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{alternation(settings('bodies')['heads'])})(?![^\W_])")


@cache
def _forms() -> frozenset[str]:
    return frozenset(key(row["name"]) for row in table("doc_types") if row["subject"] == "none")


def is_form(cell: str) -> bool:
    """True for the type line of a form that has no subject: the text follows at once (Phụ lục III, mẫu 1.10 ff.)."""
    match = type_at(cell)
    return match is not None and key(match[1]) in _forms()


def type_at(cell: str) -> re.Match[str] | None:
    """The document type that opens a cell in capitals, glued to its subject or not, as a match over the folded cell."""
    folded = fold(cell)
    match = _types().match(folded)
    if not match:
        spread = re.fullmatch(r"\W*((?:\w ){3,}\w)\W*", folded)
        return _squeezed_types().match(spread[1].replace(" ", "")) if spread else None
    name, rest = cell[match.start(1) : match.end(1)], cell[match.end(1) :].strip(" *_")
    if not is_upper(name):
        return match if not rest and name[:1].isupper() else None
    if rest.startswith((":", ",", ";")):
        return None
    return match


def boxes_of(text: str, line: Span) -> Iterator[Box]:
    """The boxes on one line, parted at gaps and, where a copy glued them, at their wording."""
    typed = type_at(line.of(text)) is not None
    anchors = [] if typed else sorted(_anchors(text, line), key=lambda box: (box.span.start, -box.span.end))
    at = line.start
    for box in anchors:
        if box.span.start < at:
            continue
        yield from _plain(text, Span(at, box.span.start))
        yield box
        at = box.span.end
    yield from _plain(text, Span(at, line.end))


def _anchors(text: str, line: Span) -> Iterator[Box]:
    raw = text[line.start : min(line.end, line.start + _MAX_GLUED)]
    found: list[tuple[BoxKind, int, int]] = []
    found += [
        ("motto", m.start(), m.end())
        for m in _MOTTO.finditer(fold(raw))
        if (is_upper(_words(raw, m)) or _lone(raw, m)) and not _within_name(raw[: m.start()])
    ]
    found += [("dateline", m.start(), m.end()) for m in _DATELINE.finditer(raw) if _dated(m)]
    if (bare := _BARE_DATE.match(raw)) and any(bare.groupdict().values()):
        found.append(("dateline", bare.start(), bare.end()))
    cut = raw
    for _, start, end in sorted(found):
        cut = cut[:start] + "\n" * (end - start) + cut[end:]
    found += [("number", m.end() - len(m[0].lstrip()), m.end()) for m in _NUMBER_BOX.finditer(cut) if _numbered(m)]
    if match := _ADDRESSED.search(cut):
        found.append(("addressees", match.start(), match.end()))
    found += [("about", m.start(), m.start()) for m in _ABOUT.finditer(cut)][:1]
    for kind, start, end in found:
        if kind == "about":
            later = [s for _, s, _ in found if s > start]
            end = min([len(raw), *later, *_gap_after(raw, start)])
        yield Box(kind, trimmed(text, Span(line.start + start, line.start + end)))


def _words(raw: str, match: re.Match[str]) -> str:
    """The printed words of a match over the folded line."""
    return raw[match.start() : match.end()]


def _within_name(before: str) -> bool:
    """``QUỐC HỘI NƯỚC CỘNG HÒA …`` names the assembly; after ``NHÀ NƯỚC`` (a bank) the other column begins."""
    return bool(re.search(r"(?i)(?<!nhà )nước $", before))


def _lone(raw: str, match: re.Match[str]) -> bool:
    """The motto (``Độc lập - Tự do - Hạnh phúc``), or the national name at the start of a cell, in small letters."""
    return raw[match.start()] in "ĐD" or (not raw[: match.start()].strip() and raw[match.start()] == "C")


def _gap_after(raw: str, start: int) -> list[int]:
    gap = _GAP.search(raw, start + len(raw[start:]) - len(raw[start:].lstrip()))
    return [gap.start()] if gap else []


def _dated(match: re.Match[str]) -> bool:
    return not re.match(r"(?:Căn|Theo|Tại|Quyết|Luật|Nghị|Thông|Chỉ|Công văn|Từ|Sáng|Chiều)\b", match["place"])


def _numbered(match: re.Match[str]) -> bool:
    """A label with a code, or a label at the end of a line whose code stands on the next."""
    return bool(match["code"]) or (bool(match[0].strip()) and bool(re.search(r"S[ốỐ]\s*:?\s*$", match[0])))


def _plain(text: str, span: Span) -> Iterator[Box]:
    gaps = [(m.start(), m.end()) for m in _GAP.finditer(text, span.start, span.end)]
    for cell in split_at(text, span, gaps):
        yield Box(_kind(text[cell.start : cell.end]), cell)


def _kind(cell: str) -> BoxKind:
    if _RULE.fullmatch(cell):
        return "rule"
    folded = fold(cell)
    if _stamps().fullmatch(folded) and (is_upper(cell) or ":" in cell):
        return "stamp"
    if type_at(cell):
        return "type"
    if _MARK.match(cell):
        return "mark"
    if _is_foreign(cell):
        return "foreign"
    if _TABLE_TITLE.match(cell):
        return "text"
    if is_upper(cell) and (_bodies().match(folded) or len(key(cell)) > 3):
        return "organisation"
    return "text"


#: The title of a table in capitals, which no office is called.
_TABLE_TITLE = re.compile(r"\W*(?:BẢNG (?:TỔNG HỢP|KÊ|THEO DÕI|CHẤM)|BIỂU (?:MẪU|TỔNG HỢP|SỐ)|DANH (?:SÁCH|MỤC))\b")


def _is_foreign(cell: str) -> bool:
    """True for a line in English or French of a letterhead of two languages: a word of theirs, no letter of ours."""
    if _FOREIGN_LINE.match(cell):
        return True
    return is_upper(cell) and not _OURS.search(cell) and bool(_foreign_words() & set(key(cell).split()))


@cache
def _foreign_words() -> frozenset[str]:
    return frozenset(settings("bodies")["foreign"])


def number_in(cell: str) -> str | None:
    """The printed code of a number box, without inner spaces; a blank number gives ``/KH-UBND``."""
    match = _NUMBER_BOX.search(cell) or re.compile(rf"(?P<code>{CODE})").match(cell.strip())
    if not match or not match["code"]:
        return None
    code = re.sub(r"\s+", "", match["code"]).replace("–", "-").replace("—", "-").strip(".…_")
    return code.rstrip("-/.") or None


def dateline_in(cell: str) -> tuple[str | None, str | None]:
    """Place and ISO date, as far as stated, of a place-and-date box."""
    match = _DATELINE.search(cell)
    prefix, place = "", None
    if match:
        place = " ".join(match["place"].split())
    else:
        match, prefix = _BARE_DATE.match(cell), "b_"
    if not match:
        return None, None
    if digits := match[prefix + "date"]:
        day, month, year = re.findall(r"\d+", digits)
    else:
        day, month, year = match[prefix + "day"], match[prefix + "month"], match[prefix + "year"]
    return place, _iso(day, month, year)


def _iso(day: str | None, month: str | None, year: str | None) -> str | None:
    if not year or not re.fullmatch(r"\d{4}", year):
        return None
    if not month or not 1 <= int(month) <= 12:
        return year
    if not day or not 1 <= int(day) <= 31:
        return f"{year}-{int(month):02}"
    return f"{year}-{int(month):02}-{int(day):02}"


def boxes(text: str, start: int, end: int) -> list[Box]:
    """All boxes of ``text[start:end]``."""
    return [box for line in line_spans(text, start, end) for box in boxes_of(text, line)]
