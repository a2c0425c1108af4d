"""The only place where text changes: lines of a reader in, the one canonical text out.

Afterwards these hold, so that nothing later needs a defence:

1. the text is NFC, without control, zero-width or private-use characters; look-alikes of other scripts are Latin;
2. one paragraph, list item, heading or table row per line, each ended by ``\\n``; no blank lines;
3. single spaces; a tab only between columns or table cells;
4. components of the letterhead that a web copy glued together stand on lines of their own;
5. words, numbers and tone placement are as printed: nothing is corrected.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.letters import LOWER, UPPER
from extractors.model import CleanText, TextLine
from extractors.raw import Line
from extractors.wrapping import Layout, is_rule_line

_AS_SPACE = "\u00a0\u2028\u2029\u202f\u205f\u3000\r\n\v\f" + "".join(map(chr, range(0x2000, 0x200B)))
_DROPPED = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufffe" + "".join(
    map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)
_CONTROL = (*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0xA0))
_BULLETS = "\uf0b7\uf0a7\uf0fc\uf0d8\u25cf\u25aa\u25a0\u25cb\u2022\u00b7\u2212\u2010\u2011"
_CHARACTERS: dict[int, str | None] = {
    **dict.fromkeys(map(ord, _AS_SPACE), " "),
    **dict.fromkeys(map(ord, _DROPPED), None),
    **dict.fromkeys(_CONTROL, None),
    **dict.fromkeys(map(ord, _BULLETS), "-"),
    **{ord(a): b for a, b in {"Ð": "Đ", "ð": "đ", "Ƣ": "Ư", "ƣ": "ư", "ﬁ": "fi", "ﬂ": "fl"}.items()},
}
_LOOKALIKE = str.maketrans("АВСЕНІКМОРТХУаеосрхуіј", "ABCEHIKMOPTXYaeocpxyij")
# From the beginning of a word only: else a word of a megabyte (base64) would be read from each of its letters.
_FOREIGN = re.compile(r"(?<![^\W\d_])[^\W\d_\u0400-\u04FF]*+[\u0400-\u04FF][^\W\d_]*+(?:-[^\W\d_]++)*+")
_PRIVATE = re.compile(r"[\ue000-\uf8ff\ud800-\udfff]")
# What most lines have none of is looked for before it is replaced: reading a line is several times quicker so.
_UNUSUAL = re.compile("[{}\ue000-\uf8ff\ud800-\udfff]".format("".join(re.escape(chr(c)) for c in _CHARACTERS)))
_CYRILLIC = re.compile(r"[\u0400-\u04FF]")
_GAP = re.compile(r"\s\s|\t")
_SPACES = re.compile(r" {2,}")
_COLUMN_GAP = re.compile(
    r"(?<!\s)\s{3,}+(?=CỘNG H|Độc lập|ĐỘC LẬP|ĐẢNG CỘNG SẢN|(?:TM|KT|TL|TUQ|T/M|K/T)[./ ]"
    r"|[^\W\d_][^,\d]{2,30}, *ngày\b)"
)
_TAB_SPACES = re.compile(r" *\t *")

_DOC_TYPE = (
    r"(?:THÔNG BÁO|CHỈ THỊ|QUYẾT ĐỊNH|KẾ HOẠCH|CÔNG ĐIỆN|NGHỊ QUYẾT|HƯỚNG DẪN|BÁO CÁO|TỜ TRÌNH|THÔNG TƯ"
    r"|NGHỊ ĐỊNH|GIẤY MỜI)"
)
_PLACE_DATE = re.compile(
    rf"(?<=\S) ((?:TP\. ?)?[{UPPER}][{LOWER}]+(?:[ -][{UPPER}][{LOWER}]*){{0,3}}"
    r", ?ngày [\d .…]{0,6}tháng [\d .…]{0,6}năm)"
)
# Where a web copy glues components of the first page on one line, a new line begins at these places.
_GLUED_HEAD = re.compile(
    rf"(?<=\S) (?=QUỐC HỘI NƯỚC CỘNG H|(?<!QUỐC HỘI NƯỚC )C[ỘÔ]NG HO?[ÀÒ]A? XÃ HỘI"
    rf"|(?<!QUỐC HỘI NƯỚC )C[ỘÔ]NG HOÀ XÃ HỘI|Độc lập ?[-–]|Số ?: ?\d|V/v |Kính gửi ?:"
    rf"|(?:CHỦ TỊCH|THỦ TƯỚNG|BỘ TRƯỞNG|BỘ|ỦY BAN|BAN CHỈ HUY|BAN CHỈ ĐẠO) [{UPPER} ]{{4,60}}điện ?:"
    rf"|(?<=\d\d\d\d ){_DOC_TYPE} )"
)
# … and where it glued the signature behind the last recipient.
_GLUED_TAIL = re.compile(
    rf"(Lưu ?: ?[^.\n]{{2,60}}\.) (?=(?:TM|KT|TL|TUQ|Q|T/M|K/T)[./ ]|[{UPPER}]{{2,}} [{UPPER}]{{2,}})"
)
_AFTER_DATE = re.compile(r"((?:, ?ngày|^ngày) [\d .…]{1,6}tháng [\d .…]{1,6}năm \d{4}) (?=\S)")
_UPPER_RUN = re.compile(rf"({_DOC_TYPE}(?: [^\s{LOWER}]+){{2,40}}) (?=[{UPPER}][{LOWER}]+ )")
_NUMBERED = re.compile(r"(\d{1,2})\. ")
_SUBNUMBER = re.compile(rf" (?<=\S )(?=(\d{{1,2}})\.\d{{1,2}}\. [{UPPER}])")
_DRAWN = re.compile(r" ?[-_=]{3,}(?: |$)")
_NUMBER_LINE = re.compile(r"Số|/[A-ZĐ]|V/v|Hạnh phúc")
_HEAD_LINES = 16


def clean(lines: Sequence[Line]) -> CleanText:
    """The canonical text of ``lines`` with the place of each physical line. Any lines in, never an error."""
    pieces = list(_pieces(lines))
    layout = Layout(pieces)
    parts: list[str] = []
    spans: list[TextLine] = []
    at, previous = 0, None
    for piece in pieces:
        if not piece.text:
            previous = replace(previous, complete=True) if previous and layout.gap_ends(previous) else previous
            continue
        if previous is not None:
            parts.append(" " if layout.continues(previous, piece) else "\n")
            at += 1
        parts.append(piece.text)
        spans.append(_placed(piece, at))
        at += len(piece.text)
        previous = piece
    text = "".join(parts) + ("\n" if parts else "")
    return CleanText(text, tuple(spans), _page_starts(spans))


def _placed(piece: Line, at: int) -> TextLine:
    """A line at its offset; confidences are kept while they are still one for each word."""
    sure = piece.confidences if piece.confidences and len(piece.confidences) == len(piece.text.split()) else ()
    return TextLine(at, at + len(piece.text), piece.page, piece.box, sure)


def _page_starts(spans: Sequence[TextLine]) -> tuple[int, ...]:
    starts = [0]
    for span in spans:
        while len(starts) < span.page:
            starts.append(span.start)
    return tuple(starts)


def _pieces(lines: Sequence[Line]) -> Iterator[Line]:
    """Normalised lines, parted where a copy glued them; an empty text stands for a blank line."""
    seen = 0
    for line in lines:
        text = normalise(line.text)
        if is_rule_line(text):
            continue
        seen += bool(text)
        parts = _unglue(text, seen <= _HEAD_LINES) if "\t" not in text else [text]
        for number, part in enumerate(parts):
            glued = number < len(parts) - 1
            yield Line(part, line.page, line.box, line.complete or glued, line.confidences)


def normalise(text: str) -> str:
    """One line in the canonical alphabet; lexicons and queries pass through it too."""
    if _UNUSUAL.search(text):
        text = _PRIVATE.sub("", text.translate(_CHARACTERS))
    text = unicodedata.normalize("NFC", text.replace("**", ""))
    if _CYRILLIC.search(text):
        text = unicodedata.normalize("NFC", _FOREIGN.sub(_latin, text))
    if _GAP.search(text):
        text = _COLUMN_GAP.sub("\t", text)
        text = _TAB_SPACES.sub("\t", _SPACES.sub(" ", text))
    return text.strip(" ") if "\t" in text.strip() else text.strip()


def _latin(match: re.Match[str]) -> str:
    token = match[0]
    latin = token.translate(_LOOKALIKE)
    return latin if latin.isascii() or not _CYRILLIC.search(latin) else token


def _unglue(text: str, head: bool) -> list[str]:
    if head and len(text) > 12:
        text = _GLUED_HEAD.sub("\n", _DRAWN.sub(" ", text).strip())
        if _NUMBER_LINE.search(text):
            text = _PLACE_DATE.sub(r"\n\1", text)
        text = _AFTER_DATE.sub(r"\1" + "\n", text)
        text = _UPPER_RUN.sub(r"\1" + "\n", text)
    if "Lưu" in text:
        text = _GLUED_TAIL.sub(r"\1" + "\n", text)
    label = _NUMBERED.match(text)
    if label:
        text = _SUBNUMBER.sub(lambda m: "\n" if m[1] == label[1] else " ", text)
    return text.split("\n")
