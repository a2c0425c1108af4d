"""The first page down to the body: which stretch is noise, letterhead, title or addressees."""

from __future__ import annotations

import re

from extractors.cells import is_upper, line_spans
from extractors.letterhead import Box, boxes_of, is_form, type_at
from extractors.letters import LOWER, UPPER
from extractors.model import Span, ZoneKind

Part = tuple[ZoneKind, Span]

_MAX_LINES = 150
_MAX_PARAGRAPHS = 3
_LONG = 140
#: Words with which the text proper begins.
_BODY_CUE = re.compile(
    r"\W*(?:Căn cứ|Xét|Theo|Thực hiện|Để|Nhằm|Trên cơ sở|Trong thời gian|Trong (?:những )?|Thời gian qua|Hiện nay"
    r"|Vừa qua|Qua |Ngày \d|Sáng ngày|Chiều ngày|Ngày,|Sáng,"
    r"|Tiếp theo|Tiếp tục thực|Trả lời|Phúc đáp|Đáp ứng|Vào hồi|Vào lúc|Hôm nay|Tại |Từ ngày|Từ |Sau khi"
    r"|Kính thưa|Kính mời|Phần \S|Chương [IVX\d]|Điều \d|Mục \d"
    r"|[IVX]{1,4}\s?[./-]|\d{1,2}[./)]\s|[a-z]\)|A\.|- |\+ |Hưởng ứng|Năm \d{4}|Được sự|Liên quan|Về việc này"
    r"|Bộ trưởng|Thủ tướng|Chủ tịch|Ủy ban|UBND|Quốc hội|Chính phủ (?:ban|đã)|I\b)"
)
_SURE_CUE = re.compile(
    r"\W*(?:Căn cứ|Xét |Theo đề nghị|Theo |Thực hiện|Trên cơ sở|Ngày \d|(?:Sáng|Chiều|Tối|Trưa) ngày"
    r"|Phần [IVXt\d]|Chương [IVX\d]|Điều \d|Mục [IVX\d]|[IVX]{1,4}\s?[./]\s|1\.\s)"
)
_BASIS = re.compile(r"\W*(?:Căn cứ|Xét đề nghị|Xét |Theo đề nghị)\s")
_ITEM = re.compile(r"[\s‹]*[-–~+•*]\s?\S|\s*\d{1,2}[.)]\s")
_NUMBERED = re.compile(r"\s*(\d{1,2})[.)]\s")
_ADDRESS = re.compile(r"(?i)\W*(?:địa chỉ|đ/c|d/c|đ/chỉ|dia chi|mst|mã số thuế|điện thoại|email|fax)\b")
_WIRE = r"(?:[Đđ]iện|ĐIỆN)(?: gửi| GỬI)?\s*:"
_WIRED = re.compile(rf"^[{UPPER}\s,]{{3,80}}{_WIRE}|^(?:[^\W\d_]+ ){{1,12}}{_WIRE}\s*$|^\s*{_WIRE}")
#: Rows that a portal prints beside a text; its own first page follows.
_METADATA = re.compile(
    r"(?i)\W*(?:số hiệu|số ?/ ?ký hiệu|số,? ký hiệu|ngày ban hành|ngày (?:có )?hiệu lực|loại văn bản|nơi ban hành"
    r"|người ký|cơ quan ban hành|lĩnh vực|tình trạng|trích yếu(?: nội dung)?|số công báo|ngày đăng(?: công báo)?)"
    r"\s*(?:[:\t|]|$)"
)
_YAML = re.compile(r"^---\s*$")
_GLUED_BODY = re.compile(r"(?<=[.;,] )(?=(?:Căn cứ|Thực hiện|Theo|Để|Ngày|Trả lời|Phúc đáp|Xét|Tiếp theo)\s[^\n]{40})")
_KEPT: dict[str, ZoneKind] = {
    "motto": "letterhead", "number": "letterhead", "dateline": "letterhead", "organisation": "letterhead",
    "stamp": "letterhead", "rule": "letterhead", "about": "title", "type": "title",
}  # fmt: skip


def find_opening(text: str) -> tuple[list[Part], int]:
    """The zones before the body, and where the body begins (0 when nothing stands before it)."""
    lines = list(line_spans(text))
    first = _front_matter(text, lines)
    start = _first_anchor(text, lines, first)
    if start is None:
        at = lines[first].start if 0 < first < len(lines) else 0
        return ([("noise", Span(0, at))] if at else []), at
    return _Opening(text, lines).read(_back_to_issuer(text, lines, start, first))


def _front_matter(text: str, lines: list[Span]) -> int:
    """The number of lines of metadata that a converter put before the text (``---`` … ``---``)."""
    if not lines or not _YAML.match(lines[0].of(text)):
        return 0
    for number, line in enumerate(lines[1:40], 1):
        if _YAML.match(line.of(text)):
            return number + 1
    return 0


def _first_anchor(text: str, lines: list[Span], first: int) -> int | None:
    paragraphs = 0
    for number, line in enumerate(lines[first:_MAX_LINES], first):
        if _METADATA.match(line.of(text)):
            continue
        if any(box.kind in ("motto", "number", "dateline", "addressees", "about") for box in boxes_of(text, line)):
            return number
        if type_at(line.of(text)) and is_upper(line.of(text)[:12]):
            return number
        paragraphs += line.end - line.start > _LONG
        if paragraphs >= _MAX_PARAGRAPHS:
            return None
    return None


def _back_to_issuer(text: str, lines: list[Span], anchor: int, first: int) -> int:
    """The line of the issuer's name above the first anchor: lines in capitals, or stamps."""
    while anchor > first and all(
        box.kind in ("organisation", "stamp", "rule", "foreign") for box in boxes_of(text, lines[anchor - 1])
    ):
        anchor -= 1
    return anchor


#: A row of so many cells is no letterhead, which has two columns, at times three.
_TABLE_GAPS = 4


class _Opening:
    """Reads the lines of the first page one by one, remembering what has been seen."""

    def __init__(self, text: str, lines: list[Span]) -> None:
        self.text, self.lines = text, lines
        self.parts: list[Part] = []
        self.seen: set[str] = set()
        self.last: ZoneKind = "noise"
        self.form = False

    def read(self, number: int) -> tuple[list[Part], int]:
        text, lines = self.text, self.lines
        if number and lines[number].start:
            self.parts.append(("noise", Span(0, lines[number].start)))
        while number < len(lines):
            line = lines[number]
            boxes = list(boxes_of(text, line))
            if _METADATA.match(line.of(text)) and "type" not in self.seen:
                self.parts.append(("noise", line))
                number += 1
                continue
            if any(box.kind == "addressees" for box in boxes):
                return self._addressees(number, boxes)
            if "type" in self.seen and _WIRED.match(line.of(text)):
                return self._list(number, self._wiring_office(line.start))
            if self._body_begins(line, boxes):
                return self.parts, line.start
            rest = self._take(boxes)
            if rest is not None:
                return self.parts, rest
            number += 1
        return self.parts, len(text)

    def _wiring_office(self, start: int) -> int:
        """Where the list of a *Công điện* begins: the office that wires may stand on the line above ``điện:``."""
        kind, span = self.parts[-1]
        above = span.of(self.text)
        bare = self.text[start : start + 5].strip().lower().startswith("điện")
        if bare and kind == "title" and is_upper(above) and type_at(above) is None:
            self.parts.pop()
            return span.start
        return start

    def _body_begins(self, line: Span, boxes: list[Box]) -> bool:
        words = line.of(self.text)
        if len(words) > 30 and _BASIS.match(words):
            return True
        if any(box.kind not in ("text", "mark", "organisation") for box in boxes):
            return False
        if words.count("\t") >= _TABLE_GAPS or _SURE_CUE.match(words) and not self._subject_like(words):
            return True
        if boxes and boxes[0].kind == "organisation":
            return False
        if self.last == "title" and "type" in self.seen:
            return self._title_over(words)
        if self.last == "title":
            return len(words) > _LONG or (len(words) > 60 and bool(_BODY_CUE.match(words)))
        return len(words) > _LONG or bool(_BODY_CUE.match(words)) or ("type" in self.seen and len(words) > 60)

    def _subject_like(self, words: str) -> bool:
        """Right under the type line even ``Thực hiện …`` is the subject, unless it ends like a sentence."""
        under_type = self.last == "title" and "type" in self.seen and "subject" not in self.seen
        return (
            under_type
            and bool(re.match(r"(?:Thực hiện|Theo |Trên cơ sở)", words))
            and words.rstrip()[-1:] not in ".;:,"
        )

    def _title_over(self, words: str) -> bool:
        """After the type line: does this line begin the text, or does it go on with the subject?"""
        if self.form or words.count("\t") > 1 or words.rstrip().endswith("sau:"):
            return True  # a row of a table, or the lead-in of a list
        if "subject" not in self.seen:
            return bool(_SURE_CUE.match(words)) and not self._subject_like(words)
        if words[:1].islower():
            return False
        previous = self.text[self.parts[-1][1].start : self.parts[-1][1].end].rstrip()
        if len(words) > _LONG or previous.endswith((".", "./.")):
            return True
        if len(words) > 60 and words.rstrip().endswith((".", ":", ";")):
            return True
        ends = words.rstrip().endswith((".", ":", ";"))
        short = len(previous.rsplit("\n", 1)[-1]) < 30
        return bool(_BODY_CUE.match(words)) or (short and (ends or len(words) > 60))

    def _take(self, boxes: list[Box]) -> int | None:
        """Assign the boxes of a line above the body; an offset when the body begins inside the line."""
        for box in boxes:
            kind = _KEPT.get(box.kind)
            if box.kind == "organisation" and self.last == "title" and "type" in self.seen:
                kind = "title"
            if kind is None:
                kind = (
                    "noise" if box.kind in ("mark", "foreign") else ("title" if self.last == "title" else "letterhead")
                )
            if kind == "title" and box.kind != "type":
                self.seen.add("subject")
            if box.kind == "type":
                self.form = self.form or is_form(box.span.of(self.text))
                inside = self._glued_body(box.span)
                if inside is not None:
                    self.parts.append(("title", Span(box.span.start, inside)))
                    return inside
                match = type_at(box.span.of(self.text))
                if match and len(box.span.of(self.text)[match.end(1) :].strip(" *:-")) > 3:
                    self.seen.add("subject")
            self.seen.add(box.kind)
            self.parts.append((kind, box.span))
            if kind != "noise" and box.kind != "stamp":
                self.last = kind
        return None

    def _glued_body(self, span: Span) -> int | None:
        """Where running text follows a title in capitals on the same line."""
        words = span.of(self.text)
        match = re.search(rf"(?<=[{UPPER}\])] )[{UPPER}][{LOWER}]+ [^{UPPER}]*[{LOWER}]", words)
        if (
            not match
            or not is_upper(re.sub(r"\[[^\]]*\]", "", words[: match.start()]))
            or "[" in words[: match.start()].rsplit("]")[-1]
        ):
            return None
        return span.start + match.start() if len(words) - match.start() > 60 else None

    def _addressees(self, number: int, boxes: list[Box]) -> tuple[list[Part], int]:
        at = next(i for i, box in enumerate(boxes) if box.kind == "addressees")
        self._take(boxes[:at])
        return self._list(number, boxes[at].span.start)

    def _list(self, number: int, start: int) -> tuple[list[Part], int]:
        """The addressees from ``start``: the list items, or the one name with its wrapped lines."""
        text, lines = self.text, self.lines
        end = lines[number].end
        glued = _GLUED_BODY.search(text, start, end)
        if glued:
            self.parts.append(("addressees", Span(start, glued.start())))
            return self.parts, glued.start()
        while number + 1 < len(lines) and self._goes_on(text[start:end], lines[number + 1].of(text)):
            number += 1
            end = lines[number].end
        self.parts.append(("addressees", Span(start, end)))
        return self.parts, (lines[number + 1].start if number + 1 < len(lines) else len(text))

    def _goes_on(self, so_far: str, line: str) -> bool:
        last = so_far.rstrip().rsplit("\n", 1)[-1].rstrip()
        if len(line) <= _LONG and (_ADDRESS.match(line) or line.startswith("(") or not re.search(r"[^\W\d]", line)):
            return True
        if len(line) > _LONG and not (_ITEM.match(line) and line.rstrip().endswith((";", "."))):
            return False
        if _SURE_CUE.match(line) and not re.match(r"\s*\d", line):
            return False
        if (number := _NUMBERED.match(line)) and (before := _NUMBERED.match(last)):
            return int(number[1]) == int(before[1]) + 1
        if last.endswith((":", "gửi", ";")):
            return True
        if _ITEM.match(line):
            return not last.endswith(".") and bool(re.search(r"(?:^|[\n:])\s*[-–~•*+]\s?\S|:\s*$", so_far))
        if last.endswith((".", "./.")):
            return False
        return line[:1].islower() or (last.endswith((",", "và", "-")) and not _BODY_CUE.match(line))
