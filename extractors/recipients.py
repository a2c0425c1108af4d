"""The two lists of a dispatch: addressees (*Kính gửi*) and recipients (*Nơi nhận*), one string an item, as written."""

from __future__ import annotations

import re

from extractors.cells import line_spans
from extractors.closing import is_form_of_copies, tail_cells
from extractors.fold import fold
from extractors.letters import UPPER
from extractors.model import Recipient, Span

_ADDRESSED = re.compile(r"\W*(?:Kính|KÍNH|Kinh)\s+\w+\s*[:;.]?|.{0,160}?(?:điện|ĐIỆN|gửi)\s*:", re.S)
_HEADING = re.compile(r"\W{0,4}no[il1] (?:nhan|gui|nh.n)\W{0,3}")
_BULLET = re.compile(r"\s*(?:[-–—~+•*“”‹]|-\s?-)\s?(?=\S)")
_NUMBERED = re.compile(r"\s*\d{1,2}[.)]\s+(?=\S)")
_ADDRESS = re.compile(r"(?i)\W*(?:địa chỉ|đ/c ?:|d/c ?:|đ/chỉ|mst|mã số thuế|điện thoại|đt ?:|email|fax)")
_BRACKET_ADDRESS = re.compile(r"(?i)\s*[(（]\s*(?:địa chỉ|đ/c|d/c|mst|lô|l6|số \d|\d{1,4}\w?[ ,])[^)]*\)?")
_PURPOSE = re.compile(
    r"(?i)^(?:để\b.*|đ[êế] .*|dé .*|b\s?[./]?\s?c(?:áo)?\W*|báo cáo.*|b/cáo.*|t\s?/\s?h(?:iện)?|thực hiện.*"
    r"|p\s?/\s?h\b.*|phối hợp.*|biết.*|chỉ đạo.*|thay b/?c.*|theo dõi.*"
    r"|giám sát|đăng .*|niêm yết.*|đưa tin.*|kiểm tra.*|công khai.*|(?:t/?dõi|đ/b|x/ý|ph/h)\b.*)$"
)
_TRAILING_PURPOSE = re.compile(
    r"\s*[,–-]?\s+(để (?:báo cáo|b/c|b/cáo|biết|thực hiện|t/h|phối hợp|theo dõi|chỉ đạo)\b.*)$"
)


def read_addressees(text: str, spans: list[Span]) -> tuple[str, ...]:
    """The units of the addressee zones, one string each, without addresses."""
    items: list[str] = []
    for span in spans:
        block = span.of(text)
        match = _ADDRESSED.match(block)
        block = block[match.end() :] if match else block
        items += _addressees(block)
    return tuple(items)


def _addressees(block: str) -> list[str]:
    lines = [line for line in re.split(r"[\n\t]", block) if line.strip()]
    items: list[str] = []
    bulleted = any(_BULLET.match(line) for line in lines)
    closed = True
    for line in lines:
        if _ADDRESS.match(line):
            closed = False
            continue
        line = _BRACKET_ADDRESS.sub("", line)
        if not re.search(r"[^\W\d_]{2}", line):
            continue
        new = bool(_BULLET.match(line) or _NUMBERED.match(line)) if bulleted else closed
        if new or not items:
            items += _parted(line, bulleted)
        elif not (line.startswith("(") and "ịa chỉ" in line):
            items[-1] = f"{items[-1]} {line.strip()}"
        closed = bool(re.search(r"[;.]\s*$", line))
    return [item for item in map(_bare, items) if item]


def _parted(line: str, bulleted: bool) -> list[str]:
    """The items on one line: parted before each dash, or at semicolons in a list without dashes."""
    if bulleted:
        return re.split(r"(?<=[;.,])\s+(?=[-–~+•]\s?\S)", line)
    return re.split(r";\s*", line)


def _bare(item: str) -> str:
    for label in (_BULLET, _NUMBERED):
        match = label.match(item)
        item = item[match.end() :] if match else item
    return " ".join(item.split()).rstrip(" ;.,:")


def read_recipients(text: str, spans: list[Span]) -> tuple[Recipient, ...]:
    """The lines of *Nơi nhận*, one each, with the purpose from the bracket apart."""
    lines: list[str] = []
    for span in spans:
        for row in line_spans(text, span.start, span.end):
            lines += [cell.of(text) for cell in tail_cells(text, row)]
    items: list[str] = []
    for line in _without_heading(lines):
        new = _BULLET.match(line) or re.match(r"\s*(?:Lưu|Luu)\b", line) or not items or _ended(items[-1])
        if new:
            items += _several(line)
        else:
            items[-1] = f"{items[-1].rstrip()} {line.strip()}"
    return tuple(recipient for recipient in map(_recipient, items) if recipient.name)


def _without_heading(lines: list[str]) -> list[str]:
    kept = []
    for line in lines:
        match = _HEADING.match(fold(line))
        rest = line[match.end() :] if match else line
        if match and (found := re.search(r"[-–~+•*]\s*$", line[: match.end()])):
            rest = line[found.start() :]
        if rest.strip(" .:;*_") and not is_form_of_copies(rest):
            kept.append(rest)
    return kept


def _ended(item: str) -> bool:
    """A finished item; an open bracket or a colon goes on."""
    return item.rstrip().endswith((";", "./.")) or (item.rstrip().endswith(".") and not re.search(r"\b[A-ZĐ]\.$", item))


def _several(line: str) -> list[str]:
    if re.search(r";\s*[-–~+•]\s?\S", line):
        return re.split(r"(?<=;)\s*(?=[-–~+•]\s?\S)", line)
    if not _BULLET.match(line) and ";" in line.rstrip(" ;."):
        return [part for part in re.split(r"(?<=;)\s*", line) if part.strip()]
    return re.split(rf"(?<=[;,.])\s+(?=(?:Lưu|LƯU)\s?:?\s?[{UPPER}])", line)


def _recipient(item: str) -> Recipient:
    name = _bare(item)
    purpose = None
    bracket = re.search(r"\s*\(([^()]*)\)?\W*$", name)
    if bracket and _PURPOSE.match(bracket[1].strip()) and not re.match(r"\W*Lưu\b", name):
        name, purpose = name[: bracket.start()], bracket[1].strip(" .;,")
    elif trailing := _TRAILING_PURPOSE.search(name):
        name, purpose = name[: trailing.start()], trailing[1].strip(" .;,)")
    return Recipient(name.strip(" .;,:"), purpose)
