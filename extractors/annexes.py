"""The annexes of a document: label, title, type, and the document to which each belongs as its own line says.

*Phụ lục II*, *Mẫu số 01*, or an issued text with a type line of its own (*QUY CHẾ … (Ban hành kèm theo Quyết định số
…)*), with or without a letterhead (Nghị định 30/2020/NĐ-CP, Phụ lục I, III.1). A sentence or a table of contents that
mentions an annex does not begin one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.cells import is_upper, line_spans
from extractors.letterhead import boxes_of, type_at, type_names
from extractors.letters import LOWER, UPPER
from extractors.lexicon import key
from extractors.model import Annex, Document, Span
from extractors.symbols import BLANK_CODE, CODE

_WORD = r"PHỤ LỤC|Phụ lục|PHỤ BIỂU|Phụ biểu|BIỂU MẪU|Biểu mẫu|MẪU SỐ|Mẫu số|MẪU|Mẫu|BIỂU SỐ|Biểu số"
#: ``II``, ``3``, ``04a``, ``A``; of a form with its symbol: ``04a/ĐK``.
_NUMBER = r"(?:[IVXLC]{1,6}|\d{1,3}(?:[.\-]?\d{0,2}[A-Za-zđ]?)|[A-H])(?!\w)(?:/[A-ZĐ][A-ZĐ0-9-]*)?"
_LABEL = re.compile(
    rf"[\W_]{{0,4}}(?P<label>(?P<word>{_WORD})(?: (?:số|SỐ))?:?(?: ?(?P<number>{_NUMBER}))?)[\W_]*(?P<rest>.*)$", re.S
)
#: Below such a title in capitals (which is no type of document) stands what it belongs to.
_LISTS = re.compile(r"\W*(?:DANH MỤC|DANH SÁCH|BẢNG|BIỂU|LỊCH|ĐIỀU LỆ|NỘI QUY|TIÊU CHÍ)\b")
_WITH = re.compile(
    r"(?i)\W{0,4}(?:được )?(?:ban hành )?(?:đính )?kèm theo\b|\W{0,4}(?:của|thuộc) (?:quyết định|kế hoạch)"
)
#: The bracket behind a title of the same line, where a wrapped line was joined: ``Kế hoạch … (Ban hành kèm theo …)``.
_BRACKET = re.compile(r"(?i)\s\((?:được )?(?:ban hành )?(?:đính )?kèm theo\b")
_CODE = re.compile(rf"(?<![\w/])(?:{CODE}|{BLANK_CODE})")
_DAY = re.compile(r"ngày\s*(\d{1,2})\s*(?:tháng|/|-|\.)\s*(\d{1,2})\s*(?:năm|/|-|\.)\s*(\d{4})")
_YEAR = re.compile(r"năm\s*(\d{4})")
#: What begins the annex itself: its letterhead, a blank to fill in, a numbered heading.
_BODY = re.compile(
    r"\W*(?:\d{1,2}|[IVX]{1,4}|[a-zđ])[.)]\s|\W*(?:Chương|Điều|Phần|Mục|PHẦN|CHƯƠNG) [IVX\d]|\W*$|(?:tháng|ngày) ?[.…]"
    r"|\W*(?:CỘNG HÒA|CỘNG HOÀ|Độc lập|Kính gửi|Số:|ỦY BAN NHÂN DÂN|UBND|HỘI ĐỒNG NHÂN DÂN|QUỐC HỘI|TÊN )|--- PAGE"
    r"|\W*Tên (?:cơ quan|tổ chức|đơn vị)\b"
)
#: Where a wrapped title ran into the letterhead of its form: capitals behind small letters, a blank, a rule.
_OVERRUN = re.compile(rf"(?<=[{LOWER})]) (?=[{UPPER}]{{2,}} [{UPPER}]{{2,}})|\W*(?:CỘNG H|…|\.{{3}}|[-_]{{3}})")
_LETTERHEAD = ("motto", "organisation", "number", "dateline", "rule")
_LONGEST_TITLE, _TITLE_LINES, _NEAR, _HEAD_LINES = 240, 6, 8, 8


def find_annexes(document: Document) -> tuple[Annex, ...]:
    """The annexes in the annex zones, in order; what follows a document without label, title or type is none."""
    found = (annex for zone in document.zone("annex") for annex in _of_zone(document.text, zone))
    return tuple(annex for annex in found if annex.label or annex.title or annex.doc_type or annex.of_code)


def _of_zone(text: str, zone: Span) -> Iterator[Annex]:
    lines = list(line_spans(text, zone.start, zone.end))
    words = [line.of(text) for line in lines]
    heads = [at for at in range(len(lines)) if _begins(words, at)]
    starts = [_with_letterhead(text, lines, at) for at in heads]
    for number, (at, first) in enumerate(zip(heads, starts, strict=True)):
        after = starts[number + 1] if number + 1 < len(starts) else len(lines)
        start = zone.start if number == 0 else lines[first].start
        end = zone.end if after == len(lines) else lines[after].start
        yield _read(words[at : max(after, at + 1)], Span(start, end))


def _begins(words: Sequence[str], at: int) -> bool:
    """True when line ``at`` is the head of an annex."""
    line = words[at]
    if len(line) > _LONGEST_TITLE:
        return False
    if _is_label(line):
        return not (_is_entry(line) and (_is_entry(words[at - 1] if at else "") or _is_entry(_next(words, at))))
    typed = is_upper(line) and (type_at(line) is not None or _LISTS.match(line) is not None)
    below = words[at + 1 : at + 1 + _NEAR]
    return (
        typed and not _labelled_above(words, at) and any(_WITH.match(line) or _BRACKET.search(line) for line in below)
    )


def _next(words: Sequence[str], at: int) -> str:
    return words[at + 1] if at + 1 < len(words) else ""


def _is_label(line: str) -> bool:
    """A label alone, with what it belongs to, or with a title; words that go on in small letters are a sentence."""
    match = _LABEL.match(line)
    if not match or "\t" in line[: match.end("label")]:
        return False
    rest = match["rest"]
    if not (match["number"] or is_upper(match["word"])):
        return not rest and match["word"].startswith("Phụ")
    return not rest or not rest[:1].islower() or bool(_WITH.match(rest)) and not rest.endswith((".", ";", ","))


def _is_entry(line: str) -> bool:
    """``Phụ lục II: Danh mục …``: a line of a table of contents, when it does not stand alone."""
    match = _LABEL.match(line)
    return bool(match and match["number"] and match["rest"] and not is_upper(match["rest"]))


def _labelled_above(words: Sequence[str], at: int) -> bool:
    """True when the line is the title under a label."""
    above = words[max(0, at - 2) : at]
    return any(_is_label(line) for line in above)


def _with_letterhead(text: str, lines: Sequence[Span], at: int) -> int:
    """The first line of the letterhead that stands right above the head, if any."""
    first = at
    while first > max(0, at - _HEAD_LINES):
        above = list(boxes_of(text, lines[first - 1]))
        if not above or any(box.kind not in _LETTERHEAD for box in above) or _is_label(lines[first - 1].of(text)):
            break
        first -= 1
    marks = [box for line in lines[first:at] for box in boxes_of(text, line) if box.kind in ("motto", "number")]
    return first if marks else at


def _read(words: Sequence[str], span: Span) -> Annex:
    """The annex whose head is the first of ``words``."""
    words = [part for line in words[: 1 + _NEAR] for part in _apart(line)]
    labelled = _LABEL.match(words[0]) if _is_label(words[0]) else None
    typed = None if labelled else type_at(words[0])
    rest = labelled["rest"] if labelled else words[0][typed.end(1) :] if typed else words[0]
    title, below = _title(rest, words[1:])
    belongs = _belonging(words[1:], below)
    if labelled and _WITH.match(labelled["rest"]):
        title, belongs = _title("", words[1:])[0], labelled["rest"]
    code, day, year = _CODE.search(belongs), _DAY.search(belongs), _YEAR.search(belongs)
    date = f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}" if day else (year[1] if year else None)
    kind = typed or (type_at(title.upper()) if title else None)
    return Annex(
        span=span, label=" ".join(labelled["label"].split()).rstrip(":.") if labelled else None, title=title,
        doc_type={key(short): full for short, full in type_names().items()}.get(key(kind[1])) if kind else None,
        of_code=re.sub(r"\s+", "", code[0]) if code else None, of_date=date,
    )  # fmt: skip


def _apart(line: str) -> tuple[str, ...]:
    """Title and bracket of one line."""
    bracket = _BRACKET.search(line)
    return (line[: bracket.start()], line[bracket.start() + 1 :]) if bracket else (line,)


def _title(rest: str, below: Sequence[str]) -> tuple[str | None, int]:
    """The title from the rest of the head and the lines below it, and how many of those it takes."""
    rest = "" if _BODY.match(rest) else rest.strip(" *_:.-–")
    parts = [rest] if rest else []
    taken = 0
    for line in below[:_TITLE_LINES]:
        if _WITH.match(line) or "\t" in line or len(line) > _LONGEST_TITLE or not re.search(r"\w", line):
            break
        if _BODY.match(line) or parts and not _goes_on(parts[-1], line):
            break
        parts.append(line.strip(" *_"))
        taken += 1
    return (_OVERRUN.split(" ".join(parts), maxsplit=1)[0].strip() or None), taken


def _goes_on(title: str, line: str) -> bool:
    """True when ``line`` continues a title: capitals go on in capitals, small letters with a small letter."""
    return is_upper(title) if is_upper(line) else not is_upper(title) and line[:1].islower()


def _belonging(below: Sequence[str], taken: int) -> str:
    """The bracket *(Kèm theo …)* under the title, over at most three lines."""
    for at in range(min(taken, len(below)), min(len(below), taken + 3)):
        if _WITH.match(below[at]):
            joined = " ".join(below[at : at + 3])
            return joined.split(")")[0] if ")" in joined else below[at]
    return ""
