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
_RECIPIENTS_BARE = re.compile(r"^\W*noi (?:nhan|gui)\W*$")
_SUBJECT = re.compile(r"^\s*(?:v/v|ve viec)\b")
_GAP = re.compile(r"[ \u00a0]*\t[ \t\u00a0]*|[ \u00a0]{3,}")
_HEAD_LINES = 14
_INDENT = 20


def fold(text: str) -> str:
    """The comparison form of text that may not be NFC yet (offsets do not matter to a reader)."""
    return fold_nfc(unicodedata.normalize("NFC", text))


def split_columns(texts: Iterable[str]) -> list[str]:
    """Lines whose columns are parted by tabs or runs of spaces, the letterhead and the last block column by column.

    Elsewhere a tab is a space, unless neighbouring lines have as many cells (a table typed with tabs).
    """
    lines = list(texts)
    out: list[str] = []
    index = 0
    while index < len(lines):
        end = _block_end(lines, index)
        if end > index:
            out.extend(_two_columns(lines[index:end]))
            index = end
        else:
            out.append(_plain(lines, index))
            index += 1
    return out


def _block_end(lines: Sequence[str], start: int) -> int:
    """Index after the two-column block that starts at ``start``; ``start`` when none does."""
    left, right = _halves(lines[start])
    if not (left and right):
        return start
    if NATION.search(fold(right)):
        return _letterhead_end(lines, start)
    if (
        RECIPIENTS.match(fold(left))
        or _RECIPIENTS_BARE.match(fold(left))
        or (_is_signature(right) and _recipients_follow(lines, start))
    ):
        return _signature_end(lines, start)
    return start + 1 if NUMBER.match(fold(left)) and PLACE_DATE.search(fold(right)) else start


def _letterhead_end(lines: Sequence[str], start: int) -> int:
    end = start + 1
    for index in range(start + 1, min(len(lines), start + _HEAD_LINES)):
        left, right = _halves(lines[index])
        folded = fold(right or left)
        if PLACE_DATE.search(folded) or (left and right):
            end = index + 1
        elif _SUBJECT.match(fold(lines[index])) and index <= end + 1:
            return _subject_end(lines, index)
        elif len(lines[index].strip()) > 90:
            break
    return end


def _subject_end(lines: Sequence[str], start: int) -> int:
    end = start + 1
    while (
        end < len(lines) and end < start + 4 and lines[end].strip() and not fold(lines[end]).strip().startswith("kinh")
    ):
        end += 1
    return end if end < len(lines) and len(lines[end - 1].strip()) < 60 else start + 1


def _signature_end(lines: Sequence[str], start: int) -> int:
    end = index = start + 1
    while index < len(lines):
        left, right = _halves(lines[index])
        if (left and right) or lines[index].lstrip().startswith(("-", "–", "+")) or _indent(lines[index]) >= _INDENT:
            end = index + 1
        elif lines[index].strip():
            break
        index += 1
    return end


def _recipients_follow(lines: Sequence[str], start: int) -> bool:
    return any(RECIPIENTS.match(fold(line)) for line in lines[start : start + 4])


def _is_signature(text: str) -> bool:
    return bool(SIGNATURE.search(fold(text)))


def _two_columns(lines: Sequence[str]) -> list[str]:
    left: list[str] = []
    right: list[str] = []
    for line in lines:
        first, second = _halves(line)
        if first:
            left.append(first)
        if second:
            right.append(second)
    return left + right


def _halves(line: str) -> tuple[str, str]:
    """The left and the right column of a line; a line that starts far to the right has no left column."""
    parts = [part for part in _GAP.split(line.strip()) if part]
    if len(parts) == 1:
        return ("", parts[0]) if _indent(line) >= _INDENT else (parts[0], "")
    if not parts:
        return "", ""
    return (parts[0], parts[1]) if len(parts) == 2 else _split_three(parts)


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
