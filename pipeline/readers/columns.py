"""Two columns drawn with tabs or spaces: read column by column where they are layout.

The letterhead (issuer, number, subject at left; Quốc hiệu, place and date at right) and the block at the end
(*Nơi nhận* at left, signature at right) are two columns after Nghị định 30/2020/NĐ-CP, Phụ lục I, boxes 1–9.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from extractors.fold import fold as fold_nfc

#: Marks of the letterhead and of the last block, on folded text.
NATION = re.compile(r"c[o0]ng h[o0]a xa h[o0]i|dang c[o0]ng san viet|doc lap\s?\W{1,3}\s?tu do")
PLACE_DATE = re.compile(r"(?:^|, ?)ngay\b.{0,12}\bthang\b.{0,12}\bnam\b")
NUMBER = re.compile(r"^\s*(?:luat )?so\s?:|^\s*so\s+\d+\s*[-/]")
RECIPIENTS = re.compile(r"^\W*noi (?:nhan|gui)\s*:")
SIGNATURE = re.compile(r"^\s*(?:(?:tm|kt|tl|tuq|t/m|k/t|t/l|tu)\s?\.|q\.\s)|\((?:da ky|ky, )|\[da ky")
_SIGNERS = re.compile(
    r"^(?:thu ky|chu toa|chu tri|dai dien|nguoi (?:ghi|lap|ky|bao cao|viet)|truong doan|ben (?:a|b|giao|nhan))\b"
)
_RECIPIENTS_BARE = re.compile(r"^\W*noi (?:nhan|gui)\W*$")
_SUBJECT = re.compile(r"^\s*(?:v\s?[/il1]?\s?v|ve viec)\b")
_GAP = re.compile(r"[ \u00a0]*\t[ \t\u00a0]*|[ \u00a0]{3,}")
_NUMBER_AND_DATE = re.compile(
    r"^(Số\s*:?\s*[^/,]{0,12}/\s?\S+(?:(?<=-)\s\S+)?)\s+([^,;()]{2,40},\s*ngày\b.{0,14}tháng\b.{0,10}năm\b.{0,8})$",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"^\W*kinh (?:gui|chuyen)\b")
_GLUED = 120
_SHORT = 70
_MOTTO = 45
_ABOVE = 6
_HEAD_LINES = 14
_INDENT = 20


def fold(text: str) -> str:
    """The comparison form of text that may not be NFC yet (offsets do not matter to a reader)."""
    return fold_nfc(unicodedata.normalize("NFC", text))


def split_columns(texts: Iterable[str]) -> list[tuple[int, str]]:
    """Lines whose columns are parted by tabs or runs of spaces, the letterhead and the last block column by column.

    Elsewhere a tab is a space, unless neighbouring lines have as many cells (a table typed with tabs).
    Out: for each line the index of the line it comes from, and its text.
    """
    lines = list(texts)
    out: list[tuple[int, str]] = []
    index = 0
    while index < len(lines):
        end = _block_end(lines, index)
        if end > index:
            out.extend(_two_columns(lines, index, end))
            index = end
        else:
            out.append((index, _plain(lines, index)))
            index += 1
    return out


def _block_end(lines: Sequence[str], start: int) -> int:
    """Index after the two-column block that starts at ``start``; ``start`` when none does."""
    if len(lines[start]) > _GLUED and not _is_gapped(lines[start]):
        return start  # asked first: most lines are running text
    left, right = _halves(lines[start])
    if not right:
        return start
    if _is_signature(right) and _recipients_follow(lines, start):
        return _signature_end(lines, start)
    if not left:
        return start
    if NATION.search(fold(right)):
        return _letterhead_end(lines, start)
    if _is_recipients(left) or are_signers(left, right):
        return _signature_end(lines, start)
    return start + 1 if NUMBER.match(fold(left)) and PLACE_DATE.search(fold(right)) else start


def _letterhead_end(lines: Sequence[str], start: int) -> int:
    """Index after the last line of the letterhead: two columns, a date alone, or the subject."""
    end = start + 1
    for index in range(start + 1, min(len(lines), start + _HEAD_LINES)):
        left, right = _halves(lines[index])
        if ADDRESS.search(fold(lines[index])):
            break
        if (left and right) or _is_date(right or left):
            end = index + 1
        elif _SUBJECT.match(fold(lines[index])) and index <= end + 1:
            return _subject_end(lines, index)
        elif len(lines[index].strip()) > _SHORT:
            break
    return end


def _is_date(text: str) -> bool:
    return len(text) < _SHORT and bool(PLACE_DATE.search(fold(text))) and not NUMBER.match(fold(text))


def _subject_end(lines: Sequence[str], start: int) -> int:
    """Index after the subject under the number: up to *Kính gửi*, if only short lines lie between, else one line."""
    for index in range(start + 1, min(start + 10, len(lines))):
        if ADDRESS.match(fold(lines[index])):
            return index
        if len(lines[index].strip()) > _SHORT:
            break
    return start + 1


def _signature_end(lines: Sequence[str], start: int) -> int:
    """Index after the block: two columns, items of the list, or lines far to the right."""
    end = index = start + 1
    while index < len(lines):
        left, right = _halves(lines[index])
        if right or _is_recipients(left) or left.startswith(("-", "–", "+")):
            end = index + 1
        elif left:
            break
        index += 1
    return end


def _recipients_follow(lines: Sequence[str], start: int) -> bool:
    return any(_is_recipients(_halves(line)[0]) for line in lines[start : start + _ABOVE])


def _is_recipients(text: str) -> bool:
    folded = fold(text)
    return bool(RECIPIENTS.match(folded) or _RECIPIENTS_BARE.match(folded))


def are_signers(left: str, right: str) -> bool:
    """True for the headings of two signers side by side: both in capitals, one at least a known one."""
    if not (left.isupper() and right.isupper()):
        return False
    return any(_SIGNERS.match(fold(text)) or _is_signature(text) for text in (left, right))


def _is_signature(text: str) -> bool:
    return bool(SIGNATURE.search(fold(text)))


def _two_columns(lines: Sequence[str], start: int, end: int) -> list[tuple[int, str]]:
    left: list[tuple[int, str]] = []
    right: list[tuple[int, str]] = []
    for index in range(start, end):
        first, second = _halves(lines[index])
        if first and not second and _is_date(first):
            first, second = "", first
        left += [(index, first)] if first else []
        right += [(index, second)] if second else []
    return left + right


def _halves(line: str) -> tuple[str, str]:
    """The left and the right column of a line; a line that starts far to the right has no left column."""
    parts = [part for part in (_GAP.split(line.strip()) if _is_gapped(line) else [line.strip()]) if part]
    if not parts:
        return "", ""
    if len(parts) > 2:
        return _split_three(parts)
    if len(parts) == 2:
        return parts[0], parts[1]
    if _indent(line) >= _INDENT:
        return "", parts[0]
    return _glued(parts[0]) or (parts[0], "")


def _is_gapped(line: str) -> bool:
    """True when ``_GAP`` may match: much cheaper than trying it."""
    return "\t" in line or "   " in line or "\u00a0" in line


def _glued(line: str) -> tuple[str, str] | None:
    """The two columns of a letterhead line that a copy or OCR joined with a single space."""
    if len(line) > _GLUED:
        return None
    folded = fold(line)
    found = NATION.search(folded)
    state = found is not None and folded[: found.start()].rstrip().endswith("nuoc")  # "nước Cộng hòa …" in a sentence
    if found and not state and 0 < found.start() < _SHORT and len(folded) == len(line):
        right = line[found.start() :]
        motto = folded.startswith("doc lap", found.start()) and len(right) < _MOTTO
        return (line[: found.start()].strip(), right) if motto or right[: len(found[0])].isupper() else None
    dated = _NUMBER_AND_DATE.match(line)
    return (dated[1], dated[2]) if dated else None


def _split_three(parts: list[str]) -> tuple[str, str]:
    """Left and right of a line with several gaps: the right column starts at the mark of a letterhead or signature."""
    for index, part in enumerate(parts[1:], 1):
        if NATION.search(fold(part)) or _is_signature(part) or PLACE_DATE.search(fold(part)):
            return " ".join(parts[:index]), " ".join(parts[index:])
    return " ".join(parts[:-1]), parts[-1]


def _indent(line: str) -> int:
    expanded = line.expandtabs(8)
    return len(expanded) - len(expanded.lstrip())


def _plain(lines: Sequence[str], index: int) -> str:
    line = lines[index]
    if "\t" not in line:
        return line
    cells = _cells(line)
    near = [_cells(lines[other]) for other in (index - 1, index + 1) if 0 <= other < len(lines)]
    if len(cells) >= 3 and any(len(other) == len(cells) for other in near):
        return "\t".join(cells)
    return " ".join(line.replace("\t", " ").split())


def _cells(line: str) -> list[str]:
    return [" ".join(cell.split()) for cell in line.strip(" \n").split("\t")]
