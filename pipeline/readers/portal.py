"""A page of a portal or a news site without what is printed around the document.

Used for HTML, Markdown and plain text alike, on the lines of the reader. When unsure a line stays: what is cut lies
above a letterhead or below the end of the document, and looks like a menu, a table of facts or a list of links.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from extractors.cells import is_upper
from extractors.fold import fold
from extractors.lexicon import alternation, key, settings
from extractors.raw import Line, Stated
from pipeline.readers.columns import NUMBER, PLACE_DATE
from pipeline.readers.facts import Rows, find_rows, stated_by
from pipeline.readers.notes import without_notes

#: A line as long as this is text, not a link or a button.
LONG = 200
_VERY_LONG = 300
_SENTENCE = 60
#: No menu is longer than this many lines.
_ABOVE_WITHIN = 600
_LETTERHEAD_LINES = 16
_NATIONAL = re.compile(r"^(.{0,80}?)C[ỘÔO]NG H[ÒÓO][AÀ] X[ÃA] H[ỘÔO]I|ĐẢNG CỘNG SẢN VIỆT NAM\W*$")
_MOTTO = re.compile(r"doc lap\s?\W{1,3}\s?tu do")
#: Nghị định 30/2020/NĐ-CP, Phụ lục I: ``./.`` ends the text; *Lưu* ends *Nơi nhận*.
_ENDS = re.compile(r"\./\.?\s*\W{0,3}$|^\W*(?:L[ưƯ][uU]\s?:|N[ơƠ][iI] [nN][hH][ậẬ][nN])|[(\[][Đđ]ã ký")
#: What may follow the end: annexes and copy marks; and, in the column beside the recipients, the signature.
_ANNEX = re.compile(
    r"\W*(?:(?:PHỤ LỤC|PHỤ BIỂU|BIỂU|MẪU|DANH SÁCH|DANH MỤC|BẢNG|KẾ HOẠCH|QUY CHẾ|QUY ĐỊNH|ĐỀ ÁN|SAO Y|SAO GỬI|SAO LỤC"
    r"|TRÍCH SAO)\b|Phụ lục (?:[IVX\d]|số|kèm)|Mẫu (?:số )?\d|\[\d{1,3}\])"
)
_SIGNING = re.compile(r"\W*(?:TM|KT|TL|TUQ|T/M|K/T|T/L)[.\s]")
_TEXT = re.compile(r"\W*(?:Kính gửi|Căn cứ |Điều \d+[.:]|Nơi nhận|(?:PHỤ LỤC|Phụ lục)\b)")
_COVER = re.compile(r"\W*(?:Kính gửi|Căn cứ |Nơi nhận)")
_ABOUT = re.compile(r"\W*[Vv]\s?/\s?[vV]\b")


class Page(NamedTuple):
    """The lines of the document on a page, what the page states about it, and what a clerk should know of the copy."""

    lines: tuple[Line, ...]
    stated: Stated | None
    warnings: tuple[str, ...] = ()


def unwrap(lines: Sequence[Line], known: Mapping[str, str] | None = None) -> Page:
    """The document on a page, and what its portal states of it.

    In: the lines of the page, and what its front matter or meta tags say, by field. Out: the lines without menus and
    facts; all lines when nothing shows that they come from a portal. A text without letterhead keeps all but buttons.
    """
    texts = [line.text for line in lines]
    start = _letterhead(texts)
    first = _first_text(texts) if start is None else start
    tail = max(_tail(texts), first)
    annex = next((at for at in range(tail, len(texts)) if _ANNEX.match(texts[at])), len(texts))
    above = list(find_rows(texts[:first]))
    below = [_moved(rows, tail) for rows in find_rows(texts[tail:annex])]
    dropped = {at for rows in (*above, *below) for at in range(rows.start, rows.end)}
    dropped |= {at for at in (*range(first), *range(tail, annex)) if is_boilerplate(texts[at])}
    dropped |= _below(texts, tail, annex, dropped)
    if start is not None and any(at < start for at in dropped):
        dropped |= set(range(start))
    fields = {name: value for rows in (*below, *above) for name, value in rows.fields.items()}
    kept, warnings = without_notes([line for at, line in enumerate(lines) if at not in dropped])
    return Page(tuple(kept), stated_by({**(known or {}), **fields}), warnings)


def is_boilerplate(text: str) -> bool:
    """True for a line that is a button, a menu entry, a breadcrumb or a notice of a portal."""
    if len(text) > LONG or not text.strip():
        return False
    words = key(text)
    return (words in _whole() and text.rstrip()[-1] not in ".;") or bool(_begins().match(words))


@cache
def _whole() -> frozenset[str]:
    return frozenset(map(key, settings("portal")["boilerplate"]["lines"]))


@cache
def _begins() -> re.Pattern[str]:
    return re.compile(rf"\W*{alternation(map(key, settings('portal')['boilerplate']['starts']))}(?![^\W_])")


@cache
def _headings() -> frozenset[str]:
    return frozenset(map(key, settings("portal")["boilerplate"]["ends"]))


def _letterhead(texts: Sequence[str]) -> int | None:
    """Where the letterhead begins; ``None`` without Quốc hiệu and its company, or when a document stands above it."""
    for at, text in enumerate(texts[:_ABOVE_WITHIN]):
        if len(text) < LONG and _NATIONAL.search(text) and _accompanied(texts, at):
            start = _back(texts, at)
            return None if _documentary(texts[:start]) else start
        if len(text) > _VERY_LONG and _TEXT.match(text):
            return None
    return None


def _accompanied(texts: Sequence[str], at: int) -> bool:
    """The motto, or place and date, stand with Quốc hiệu: a menu or a banner has neither."""
    near = [fold(text[:LONG]) for text in texts[at : at + 8]]
    return any(_MOTTO.search(text) or PLACE_DATE.search(text) for text in near)


def _documentary(texts: Sequence[str]) -> bool:
    """True when what stands above looks like a document of its own: its cover letter, a report about it."""
    sentences = sum(_is_sentence(text) for text in texts)
    return sentences > 2 or any(_COVER.match(text) or len(text) > 2 * _VERY_LONG for text in texts)


def _back(texts: Sequence[str], nation: int) -> int:
    """The first line of the letterhead whose Quốc hiệu stands on line ``nation``: the left column may stand above."""
    start, loose = nation, False
    for at in range(nation - 1, max(-1, nation - _LETTERHEAD_LINES), -1):
        text = texts[at]
        if len(text) > LONG or is_boilerplate(text) or next(find_rows(texts[at : at + 3]), None):
            break
        if not any(map(str.isalnum, text)):
            continue
        if _ABOUT.match(text):
            start, loose = at, False
        elif NUMBER.match(fold(text)) or is_upper(text):
            if loose:
                break
            start = at
        else:
            loose = True
    return next((at for at in range(start, nation) if _opens_letterhead(texts[at])), start)


@cache
def _openings() -> re.Pattern[str]:
    stamps = settings("signing")["stamps"]
    words = [*settings("bodies")["heads"], *stamps["urgency"], *stamps["secrecy"], *stamps["circulation"], "Liên"]
    return re.compile(rf"\W*{alternation(words)}(?![^\W_])")


def _opens_letterhead(text: str) -> bool:
    """True for an issuer or a stamp; other lines in capitals above them are entries of a menu."""
    return bool(_openings().match(fold(text)))


def _first_text(texts: Sequence[str]) -> int:
    """Without letterhead: the first line that must be text, be it of a document or of a report."""
    for at, text in enumerate(texts[:_ABOVE_WITHIN]):
        if _TEXT.match(text) or (len(text) > LONG and not next(find_rows(texts[max(0, at - 1) : at + 2]), None)):
            return at
    return min(len(texts), _ABOVE_WITHIN)


def _tail(texts: Sequence[str]) -> int:
    """The line after the last sign of the end of a document, else after its last sentence; without either, the end."""
    for is_last in (_is_end, _is_sentence):
        for at in range(len(texts) - 1, -1, -1):
            if is_last(texts[at]):
                return at + 1
    return len(texts)


def _is_end(text: str) -> bool:
    return bool(_ENDS.search(text[-40:]) or _ENDS.match(text))


def _is_sentence(text: str) -> bool:
    return len(text) > LONG or (len(text) > _SENTENCE and text.rstrip().endswith((".", ";", ":")))


def _moved(rows: Rows, by: int) -> Rows:
    return rows._replace(start=rows.start + by, end=rows.end + by)


def _below(texts: Sequence[str], tail: int, annex: int, known: set[int]) -> set[int]:
    """The lines from the first sign of the portal below the document to the end of the page.

    Above an annex a button is such a sign when only short lines follow. The heading of a list is one when only short
    lines follow, or when the page shows elsewhere that it is a portal's.
    """
    for at in range(max(tail, 1), len(texts)):
        rest = texts[at:]
        if len(texts[at]) < LONG and key(texts[at]) in _headings():
            short = at < annex and not any(map(_may_be_text, rest))
            if short or known or any(map(is_boilerplate, rest)):
                return set() if any(map(_begins_part, rest)) else set(range(at, len(texts)))
        elif at in known and annex == len(texts) and not any(map(_may_be_text, rest)):
            return set(range(at, len(texts)))
    return set()


def _begins_part(text: str) -> bool:
    """True for the first line of an annex or of another document."""
    return bool(_ANNEX.match(text) or (len(text) < LONG and _NATIONAL.search(text)))


def _may_be_text(text: str) -> bool:
    return len(text) >= _VERY_LONG or bool(_SIGNING.match(text)) or _begins_part(text)
