"""What an editor wrote into a copy of a document: notes on later amendments, marks of footnotes, targets of links.

A database of law prints ``[Khoản này được sửa đổi bởi …]`` behind a clause. That is news for a clerk, but the document
does not say it: read as its words, a decree would cite decrees that were made after it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.raw import Line

_BRACKETS = re.compile(r"\s?\[([^\[\]]{4,2000})\]")
_AMENDED = re.compile(
    r"(?:sửa đổi|bổ sung|thay thế|bãi bỏ|hủy bỏ|huỷ bỏ|đính chính|hướng dẫn|(?:hết|ngưng) hiệu lực|quy định chi tiết)"
    r"(?: một phần)? (?:bởi|theo)\b|có hiệu lực từ ngày \d|hết hiệu lực: \d"
)
#: How the warning goes on behind the number of notes.
_NOTES = "ghi chú của trang nguồn về sửa đổi, bổ sung, hiệu lực; ghi chú không thuộc văn bản nên không đọc: "
_LINKED = re.compile(r"(?:JavaScript|Link nội bộ|Link|ID): ?\S{1,200}")
_FOOTNOTE = re.compile(r"^\W{0,2}\[(\d{1,3})\]\s")
_MARK = re.compile(r"(?<=[^\s\[(|])\[(\d{1,3})\](?=[\s,.;:)”\"]|$)")


def without_notes(lines: Sequence[Line]) -> tuple[list[Line], tuple[str, ...]]:
    """The lines without what an editor added to them, and a warning when clauses are said to be amended.

    A mark of a footnote goes only when its note stands in the text; the note itself stays, for it is the document's.
    """
    footnotes = {match[1] for line in lines if (match := _FOOTNOTE.match(line.text[:12]))}
    kept: list[Line] = []
    amended = 0
    for line in lines:
        if "[" not in line.text:
            kept.append(line)
            continue
        text = _MARK.sub(lambda mark: "" if mark[1] in footnotes else mark[0], line.text)
        notes = [note for note in _BRACKETS.finditer(text) if _is_added(note[1])]
        amended += sum(1 for note in notes if _AMENDED.search(note[1]))
        for note in reversed(notes):
            text = text[: note.start()] + text[note.end() :]
        if text.strip() or not notes:
            kept.append(replace(line, text=text))
    return kept, (f"Bản sao có {amended} {_NOTES}cần xem điều khoản nào còn hiệu lực",) if amended else ()


def is_amended_copy(warnings: Sequence[str]) -> bool:
    """True when :func:`without_notes` warned: the words of some clauses may be later than the day of the document."""
    return any(_NOTES in warning for warning in warnings)


def _is_added(words: str) -> bool:
    return bool(_LINKED.fullmatch(words.strip()) or _AMENDED.search(words))
