"""The end of a document: signature and *Nơi nhận*, in either order or side by side, then annexes and copy marks.

The first real block of the text is the document's own; blocks in annexes are forms. A signature is known by its
grammar (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.7): offices in capitals, then a person's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.cells import NAME_WORD, cells_of, is_person, is_upper, line_spans, split_at
from extractors.fold import fold
from extractors.letters import LOWER, UPPER
from extractors.lexicon import alternation, settings
from extractors.model import Span, ZoneKind

Part = tuple[ZoneKind, Span]

_RECIPIENTS = re.compile(r"\W{0,4}no[il1] (?:nhan|gui|nh.n)\W*(?=$|[-–~*+:]|\s|[a-z])")
#: ``TM.``, ``K/T``, ``TUQ``, ``Q.`` before an office, or alone on a line with its stop.
MARKER = re.compile(
    rf"\W*(T\s?[./]?\s?M|K\s?[./]?\s?T|T\s?[./]?\s?L|T?\s?[./]?\s?U\s?\.?\s?Q"
    rf"|Q(?=\.))(?:\s?[./]\s?(?=[{UPPER}]{{2}}|$)|\s(?=[{UPPER}]{{2}}))"
)
_ITEM = re.compile(r"\s*(?:[-–—~+•*“]|\d{1,2}[.)])\s?\S")
#: A heading inside the list: ``* Bản điện tử:``, ``Gửi bản giấy:``.
_FORM = re.compile(r"\W{0,3}(?:gui )?ban (?:dien tu|giay|cung|chinh)\s?:\W*$")
_SAVED = re.compile(r"\W*(?:Lưu|Luu|LƯU)\b")
_ANNEX = re.compile(
    r"\W*(?:PHỤ LỤC|Phụ lục|PHỤ BIỂU|Phụ biểu|BIỂU MẪU|Mẫu số|MẪU SỐ|Mẫu \d|DANH SÁCH|DANH MỤC|Biểu số|BIỂU SỐ"
    r"|BẢNG|QUY CHẾ|QUY ĐỊNH|ĐỀ ÁN|KẾ HOẠCH|CHƯƠNG TRÌNH|QUY TRÌNH|ĐIỀU LỆ)\b"
)
_PORTAL = re.compile(
    r"(?i)\W*(?:https?:|www\.|bản quyền|©|copyright|tải về|tải văn bản|lượt xem|văn bản liên quan|tin liên quan"
    r"|nguồn:|(?:lưu trữ|ghi chú|ý kiến|in|chia sẻ|quay lại|về đầu trang)\W*$|địa chỉ ?:|điện thoại|email|e-mail"
    r"|website|fax|trụ sở|in trang|trang chủ|chia sẻ|---? ?page|\d{1,3}\s*$)"
)
#: What shows that the office above it was a heading, not a signature.
_TEXT = re.compile(r"\W*(?:Căn cứ|Xét |QUYẾT ĐỊNH|QUYẾT NGHỊ|Điều \d|Chương |\d{1,2}\.\s|[IVX]{1,4}\.\s)")
_DEGREE = r"(?:P?GS|TS|TSKH|ThS|BS|BSCKII?|DS|KS|CN)\.\s?"
_MAX_BLOCK = 70
#: The letterhead of a certified copy: at most this many lines of offices, motto, number and day above its mark.
_MAX_LETTERHEAD = 8
_COPY_NUMBER = re.compile(r"\W*Số\s?:?.{0,40}$")
#: Its day, or its motto.
_COPY_PLACE = re.compile(r", ngày\W.{0,60}$|Độc lập")
_LOOK_FOR_NAME = 14


@cache
def _offices() -> re.Pattern[str]:
    return re.compile(rf"\W*{alternation(settings('signing')['offices']['heads'])}(?![^\W_])")


@cache
def _signed() -> re.Pattern[str]:
    return re.compile(rf"[\W_]*{alternation(settings('signing')['stamps']['signed'])}\b.{{0,40}}")


@cache
def copy_words() -> re.Pattern[str]:
    """A pattern over folded text for the mark of a certified copy, its words in group 1."""
    return re.compile(rf"[\W_]*({alternation(settings('signing')['stamps']['copies'])})\b")


def is_recipients(cell: str) -> bool:
    """True for the label *Nơi nhận*, however a scan spells it."""
    return _RECIPIENTS.match(fold(cell)) is not None


def is_form_of_copies(cell: str) -> bool:
    """True for a heading inside *Nơi nhận* that only says in which form the copies go out."""
    return _FORM.match(fold(cell)) is not None


def is_marker(cell: str) -> bool:
    """``KT. CHỦ TỊCH``, ``T/M BAN THƯỜNG VỤ``: a delegation line."""
    match = MARKER.match(cell)
    return bool(match) and is_upper(cell) and len(cell) < 160


def is_office(cell: str) -> bool:
    """An office in capitals: ``PHÓ CHỦ TỊCH``."""
    return is_upper(cell) and len(cell) < 120 and bool(_offices().match(fold(cell)))


def unsigned(cell: str) -> str:
    """The cell without the words that stand for the signature: ``Đã ký: Trần Văn A`` is the name."""
    return re.sub(r"\W*\(?[Đđ]ã ký\)?\W*", " ", cell).strip()


def is_signed(cell: str) -> bool:
    """What stands in a typed copy for the signature: ``(Đã ký)``."""
    return bool(_signed().fullmatch(fold(cell).strip()))


def tail_cells(text: str, line: Span) -> list[Span]:
    """The cells of a line of the closing block, also where two columns were glued with a single space."""
    parts: list[Span] = []
    for cell in cells_of(text, line):
        words = cell.of(text)
        gaps = [(m.start(), m.end()) for m in re.finditer(_glue(), words)]
        folded = _RECIPIENTS.match(fold(words))
        if folded and is_upper(words[folded.end() :].strip() or "x"):
            gaps.append((folded.end(), folded.end()))
        if (
            (name := re.search(rf"(?<=[.;)\]\d])\s+((?:{_DEGREE})*(?:{NAME_WORD} ){{1,4}}{NAME_WORD})$", words))
            and is_person(name[1])
            and not is_person(words)
        ):
            gaps.append((name.start(), name.start(1)))
        if end := _glued_name_end(words):
            gaps.append((end, end))
        at = [(cell.start + a, cell.start + b) for a, b in sorted(gaps)]
        parts += split_at(text, cell, at)
    return parts


@cache
def _glue() -> re.Pattern[str]:
    heads = sorted((h.upper() for h in settings("signing")["offices"]["heads"]), key=len, reverse=True)
    return re.compile(
        rf"(?<=[{LOWER}\d;.):])(?<![KTQ][TML]\.)(?<!UQ\.)(?<!Q\.)\s+(?=(?:(?:TM|KT|TL|TUQ)\s?\."
        rf"|[TK]/[MTL])\s?[{UPPER}]{{2}}|(?:{'|'.join(heads)})(?:\s[{UPPER}]{{2}}[^{LOWER}]*)?$)"
    )


def is_annex(text: str) -> bool:
    """True when the whole text is the annex of another document: it opens with ``Phụ lục`` and ``(Kèm theo …)``."""
    first = [line.of(text) for line in list(line_spans(text, 0, 800))[:8]]
    return (
        bool(first)
        and bool(re.match(r"\W*(?:PHỤ LỤC|Phụ lục)\b", first[0]))
        and any(re.match(r"(?i)\W*(?:ban hành )?kèm theo", line) for line in first)
    )


def find_closing(text: str, start: int) -> tuple[list[Part], int]:
    """The zones after the body, and where the body ends."""
    lines = list(line_spans(text, start))
    first = _Search(text, lines).first()
    if first is None:
        return _without_block(text, lines)
    parts, rest = _Block(text, lines).read(first)
    body_end = parts[0][1].start
    return [*parts, *_after(text, Span(rest, len(text)))], body_end


class _Search:
    """Looks for the line where the closing block begins; the cells of a line are parted once."""

    def __init__(self, text: str, lines: list[Span]) -> None:
        self.text, self.lines = text, lines
        self.parted: dict[int, list[Span]] = {}

    def first(self) -> int | None:
        """The number of the first line that opens *Nơi nhận* or a signature."""
        for number, line in enumerate(self.lines):
            if not _worth_reading(line.of(self.text)):
                continue
            for cell in self._cells(number):
                if self._opens_recipients(number, cell.of(self.text)) or self._opens_signature(number, cell):
                    return number
        return None

    def _cells(self, number: int) -> list[Span]:
        if number not in self.parted:
            self.parted[number] = tail_cells(self.text, self.lines[number])
        return self.parted[number]

    def _opens_recipients(self, number: int, words: str) -> bool:
        match = _RECIPIENTS.match(fold(words))
        if not match or words.lstrip()[:1].islower():
            return False
        rest = words[match.end() :].strip()
        if ":" in match[0] or not rest:
            following = self.lines[number + 1].of(self.text) if number + 1 < len(self.lines) else ""
            return bool(rest) or bool(_ITEM.match(following)) or len(following) < 90
        return bool(_ITEM.match(rest)) or is_upper(rest)

    def _opens_signature(self, number: int, cell: Span) -> bool:
        """A signature on one line, or an office that a name follows."""
        words = cell.of(self.text)
        if _glued_signature(words) or ("ã ký" in words and is_person(unsigned(words))):
            return True
        if not (is_marker(words) or is_office(words)) or words.rstrip().endswith((":", ";", ",")):
            return False
        for other in self._following(number, cell):
            after = unsigned(other.of(self.text))
            if is_person(after) or _glued_signature(after):
                return True
            if len(after) > 130 or _TEXT.match(after):
                return False
        return is_marker(words) and number > 3

    def _following(self, number: int, cell: Span) -> Iterator[Span]:
        for later in range(number, min(number + _LOOK_FOR_NAME, len(self.lines))):
            yield from (other for other in self._cells(later) if other.start > cell.start)


def _worth_reading(words: str) -> bool:
    """A quick look: capitals, a column gap or *Nơi nhận*; running text is passed over."""
    if len(words) > 3000:
        return False
    return (
        (len(words) < 300 and ("\t" in words or "ã ký" in words))
        or sum(map(str.isupper, words[:24])) > 4
        or (_MAY_SAY_NOI.match(words) is not None and fold(words[:12]).lstrip("*_ -").startswith(("noi ", "no1 ")))
    )


_MAY_SAY_NOI = re.compile(r"[*_ -]*[nN\u0080-\uffff]")


def _glued_signature(words: str) -> bool:
    """``KT. BỘ TRƯỞNG THỨ TRƯỞNG Trần Văn A`` on one line."""
    return _glued_name_end(words) > 0


def _glued_name_end(words: str) -> int:
    """Where the name ends in a signature on one line; 0 when the line is no such signature."""
    match = re.match(
        rf"([^{LOWER}]{{5,150}}) ((?:{NAME_WORD} ){{1,4}}{NAME_WORD})(?=$|\s?[(.]| [{UPPER}]{{2}}| Phụ lục| Mẫu)", words
    )
    if not match or not is_upper(match[1]) or not is_person(match[2]):
        return 0
    named = is_marker(match[1]) or any(
        _offices().match(fold(match[1][m.end() :])) for m in re.finditer(r"^|\s", match[1])
    )
    return match.end() if named else 0


def _without_block(text: str, lines: list[Span]) -> tuple[list[Part], int]:
    """Only an annex can be told apart from a body that nobody signed."""
    for line in lines[3:]:
        if re.match(r"\W*PHỤ LỤC\b", line.of(text)) and line.end - line.start < 200:
            return [("annex", Span(line.start, len(text)))], line.start
    return [], len(text)


class _Block:
    """Reads the closing block cell by cell until both columns are complete."""

    def __init__(self, text: str, lines: list[Span]) -> None:
        self.text, self.lines = text, lines
        self.parts: list[Part] = []
        self.in_list = self.saved = self.office = self.named = self.waiting = False
        self.last_item, self.last_kind = "", ""

    def read(self, number: int) -> tuple[list[Part], int]:
        """The zones of the block from line ``number`` on, and where it ends."""
        text, rest = self.text, self.lines[number].start
        for offset, line in enumerate(self.lines[number : number + _MAX_BLOCK]):
            if offset and self._over(line.of(text)):
                break
            cells = tail_cells(text, line)
            kinds: list[ZoneKind | None] = []
            for cell in cells:
                kind = None if kinds and kinds[-1] is None and self.named else self._kind(cell.of(text))
                self.last_kind = kind or ""
                kinds.append(kind)
            if offset and all(kind is None for kind in kinds):
                break
            for cell, kind in zip(cells, kinds, strict=True):
                if kind is None and self.named and self.parts:
                    return self.parts, cell.start
                self.parts.append((kind or "signature", cell))
            rest = line.end + 1
        return self.parts, min(rest, len(text))

    def _over(self, words: str) -> bool:
        if copy_words().match(fold(words)):
            return True
        done = (self.named and (not self.in_list or self.saved)) or (self.saved and not self.office)
        heading = is_upper(words) and not (self.waiting or is_marker(words) or is_office(words))
        if done and (_ANNEX.match(words) or heading):
            return True
        return len(words) > 260 and not _ITEM.match(words) and not _glued_name_end(words)

    def _kind(self, words: str) -> ZoneKind | None:
        """The zone of one cell; ``None`` when it belongs to neither column."""
        folded = fold(words)
        if _RECIPIENTS.match(folded) and not words.lstrip()[:1].islower():
            self.in_list, self.last_item = True, words
            self.saved |= bool(re.search(r"[;.]\W{0,4}L[ưu]u\b", words))
            return "recipients"
        if _PORTAL.match(words) and not _ITEM.match(words):
            return None
        if re.match(r"\W*page (?:break|\d)", folded):
            return "noise"
        if self.in_list and is_form_of_copies(words):
            self.saved, self.last_item = False, words
            return "recipients"
        if self._signs(words):
            return "signature"
        if self.in_list and (_ITEM.match(words) or _SAVED.match(words) or self._continues(words)):
            self.saved |= bool(re.search(r"\b[Ll][ưu]u\b", words[:12]))
            self.last_item = words
            return "recipients"
        return "signature" if self.office and not self.named and len(words) < 80 else None

    def _signs(self, words: str) -> bool:
        """An office, a stand-in for the signature, or the name that an office waits for."""
        if is_marker(words) or is_office(words) or _glued_signature(words):
            self.office = True
            self.waiting = not _glued_signature(words)
            self.named |= not self.waiting
            return True
        if is_signed(words) and not is_person(unsigned(words)):
            return True
        words = unsigned(words)
        waited = (
            self.waiting
            or (self.last_kind == "signature" and self.office)
            or (not self.named and (self.saved or not self.in_list))
        )
        if is_person(words) and waited:
            self.named, self.waiting = True, False
            return True
        listed = self.in_list and _ITEM.match(words)  # "- Vụ PC-TCT;" is a recipient in abbreviations
        return is_upper(words) and self.office and (not self.named or self.waiting) and len(words) < 120 and not listed

    def _continues(self, words: str) -> bool:
        if self.saved:
            return (
                self.last_kind == "recipients"
                and len(words) < 25
                and not self.last_item.rstrip().endswith(".")
                and not is_upper(words)
            )
        return len(words) < 160


def _after(text: str, rest: Span) -> list[Part]:
    """What follows the block: a certified copy's block, annexes, or the footer of a portal."""
    parts: list[Part] = []
    kind: ZoneKind | None = None
    for line in line_spans(text, rest.start, rest.end):
        words = line.of(text)
        if any(copy_words().match(fold(cell)) and is_upper(cell[:6]) for cell in _short_cells(words)):
            kind = "copy"
            parts = _with_letterhead(text, parts)
        elif _ANNEX.match(words) and len(words) < 300:
            kind = "annex"
        elif kind is None:
            kind = "noise" if _PORTAL.match(words) else "annex"
        elif kind == "noise" and not _PORTAL.match(words):
            kind = "annex"
        parts.append((kind, line))
    return parts


def _short_cells(words: str) -> list[str]:
    return [cell.strip() for cell in words.split("\t")] if len(words) < 120 else []


def _with_letterhead(text: str, parts: list[Part]) -> list[Part]:
    """The parts, of which the last lines, when they are the letterhead of the copy's office, belong to the copy."""
    at = len(parts)
    while at and at > len(parts) - _MAX_LETTERHEAD and parts[at - 1][0] == "annex":
        words = parts[at - 1][1].of(text)
        if not (is_upper(words) or _COPY_NUMBER.match(words) or _COPY_PLACE.search(words)) or _ANNEX.match(words):
            break
        at -= 1
    return [*parts[:at], *(("copy", span) for _, span in parts[at:])]
