"""Which physical lines of a text file or PDF belong to one paragraph.

A line is wrapped when the first word of the next line would not have fitted: measured with the boxes of a PDF, or with
the line length of a hard-wrapped text. Where a line breaks without such a reason, the words decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import quantiles

from extractors.raw import Line

_STARTS = re.compile(
    r"[-–—+•*]\s?\S|\(\d{1,2}\)\s|\d{1,2}(?:\.\d{1,2}){0,3}[.)/]\s|\d{1,2}\.\d{1,2}\s"
    r"|[a-zđ](?:\.?\d{1,2})?[)]\s?|[a-zđ][./]\s"
    r"|[IVX]{1,6}[.\-/)](?!\d{4}\b)\s?\S|[A-HĐ]\.\s|Điều\s\d+[a-zđ]?[.:]|(?:Chương|Phần|Mục"
    r"|Tiểu mục)\s(?:[IVXLC\d]+|thứ\s\w+)\b(?![^.:]*[a-zđ]{3}.*[.;]$)"
    r"|Phụ lục\b|Kính gửi|Nơi nhận|Căn cứ\s|Số\s?:|Số\s\d|V/v\s|Lưu\s?:|Bước\s\d|Họ và tên|Theo đề nghị của"
)
_TYPES = frozenset({"THÔNG BÁO", "CHỈ THỊ", "QUYẾT ĐỊNH", "KẾ HOẠCH", "CÔNG ĐIỆN", "BÁO CÁO"})
_ENDS = ".;:!?…"
_SHORT_FORM = re.compile(r"(?:\b(?:TP|Tp|TX|Th|ThS|TS|PGS|GS|KP|Q|P|St)|\bsố \d+)\.$")
# No line of a paragraph ends with these words unless it goes on; the short lines of a letterhead may.
_OPEN = re.compile(r"^.{45,} (?:của|và|các|những|về|theo|tại|cho|với|từ|trong|số|ngày|tháng|năm|quý|khoản|điểm)$")
# "… tại khoản 3, khoản 4" goes on with "Điều 58 Luật …".
_CITED = re.compile(r"\b(?:khoản|điểm) [\da-zđ]{1,3}$", re.IGNORECASE)
_MIN_WRAPPED = 6


def is_rule_line(text: str) -> bool:
    """True for a drawn line (``-----``, ``____``): typography, not text. A lone ``*`` (Party letterhead) is text."""
    return len(text) >= 2 and not any(c.isalnum() for c in text) and set(text) <= set("-–—_=~. *|+\t")


def is_upper(text: str) -> bool:
    """True for a line in capitals of two words or more: letterhead, title, office of a signatory."""
    if not text.isupper() or (" " not in text.strip() and text.strip() not in _TYPES):
        return False
    return sum(map(str.isalpha, text)) > 3


class Layout:
    """The margins of the lines of one document: per page from boxes, else the width of a hard-wrapped text."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.margins: dict[int, tuple[float, float]] = {}
        for page in {line.page for line in lines if line.box}:
            boxes = [b for line in lines if line.page == page and _tells_margins(line) and (b := line.box)]
            if boxes:
                self.margins[page] = (_low([b[0] for b in boxes]), max(b[2] for b in boxes))
        self.width = _wrap_width([line.text for line in lines if line.box is None and not line.complete])

    def fits(self, previous: Line, following: Line) -> bool | None:
        """Would the first word of ``following`` have fitted behind ``previous``? ``None`` when nothing tells."""
        word = len(following.text.split(maxsplit=1)[0]) + 1
        if previous.box and previous.page in self.margins:
            per_char = (previous.box[2] - previous.box[0]) / max(1, len(previous.text))
            return previous.box[2] + word * per_char * 0.95 <= self.margins[previous.page][1]
        if self.width:
            return len(previous.text) + word <= self.width
        return None

    def indented(self, line: Line) -> bool:
        """True when the line starts right of the left margin, as the first line of a paragraph does."""
        return bool(line.box and line.page in self.margins and line.box[0] > self.margins[line.page][0] + 10)

    def gap_ends(self, previous: Line) -> bool:
        """True when a blank line after ``previous`` ends its paragraph."""
        return previous.text[-1] in _ENDS

    def continues(self, previous: Line, following: Line) -> bool:
        """True when ``following`` belongs to the paragraph of ``previous``."""
        if previous.complete or following.complete or "\t" in previous.text or "\t" in following.text:
            return False
        if is_upper(previous.text) or is_upper(following.text) or _STARTS.match(following.text):
            return False
        head, end = following.text[0], previous.text[-1]
        fits = self.fits(previous, following)
        if end in _ENDS and not _SHORT_FORM.search(previous.text):
            if end == ":" and head.islower():
                return True
            flush = bool(following.box) and not self.indented(following)
            return fits is False and (flush or (head.islower() and end != ":"))
        if is_rule_line(f"{previous.text} {following.text}"):
            return False
        if _CITED.search(previous.text) and re.match(r"Điều \d", following.text):
            return True
        if head.islower() or head in "(,;.%)”" or end in ",(/-–" or _OPEN.search(previous.text):
            return True
        return fits is False and not self.indented(following)


def _tells_margins(line: Line) -> bool:
    """True for a line of running text; rows of tables may be wider, headings are shorter."""
    return len(line.text) > 30 and not line.complete


def _low(values: list[float]) -> float:
    return quantiles(values, n=5)[0] if len(values) > 1 else values[0]


def _wrap_width(texts: Sequence[str]) -> int:
    """The line length of a hard-wrapped text, 0 when its lines are whole paragraphs."""
    lengths = [len(t) for t in texts if len(t) > 45]
    if len(lengths) < _MIN_WRAPPED or max(lengths) > 160:
        return 0
    broken = sum(1 for t in texts if len(t) > 45 and t[-1] not in _ENDS)
    # Letters differ in width, so a line is full a little before the longest one.
    return round(quantiles(lengths, n=20)[-1] * 0.94) if broken >= 0.4 * len(lengths) else 0
