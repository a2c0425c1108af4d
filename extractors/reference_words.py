"""The words that refer back to a document without naming it: where they stand, and of what kind they are.

``Nghị định nêu trên``, ``các Chỉ thị trên``, ``02 Công văn nói trên``, ``văn bản số 5 dẫn trên``, ``Luật này``; and
places without a document (``tại khoản 2 Điều 5``). What they mean is left to :mod:`extractors.references`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from extractors.fold import fold
from extractors.letters import UPPER
from extractors.mentions import paragraph_start

#: How the words point: above in this text, to what was just spoken of, or to a place without a document.
Pointing = Literal["above", "this", "that", "place"]


class Words(NamedTuple):
    """One reference as it stands there. ``heads`` are the types it names, folded; ``quantity`` how many documents it
    speaks of (0: several, nobody says how many; 1: one); ``number`` is that of *văn bản số 5*; ``issuer`` that of
    *Công văn của Sở Y tế nêu trên*; ``capital`` tells a name (*Luật này*) from a common noun (*quyết định này*)."""

    start: int
    end: int
    pointing: Pointing
    heads: tuple[str, ...] = ()
    quantity: int = 1
    number: str | None = None
    issuer: str | None = None
    capital: bool = True


_COUNTS = {"hai": 2, "ba": 3, "bốn": 4, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9}
#: A small first letter makes these common nouns: *quy định trên*, *kế hoạch này* are no documents.
_NAMES = (
    "Kế hoạch|Kết luận|Hướng dẫn|Báo cáo|Chương trình|Đề án|Phương án|Quy chế|Quy định|Điều lệ|Quy trình|Lệnh|Hiến pháp"
)
_HEAD = (
    r"(?:[Nn]ghị (?:quyết(?: liên tịch)?|định)|[Qq]uyết định|[Cc]hỉ thị|[Tt]hông (?:tư(?: liên tịch)?|báo|tri)"
    r"|[Cc]ông (?:văn|điện|hàm)|[Tt]ờ trình|[Vv]ăn bản(?: hợp nhất| quy phạm pháp luật| chỉ đạo)?|[Pp]háp lệnh"
    rf"|[Bb]ộ luật|(?<!háp )(?<!ỷ )[Ll]uật|{_NAMES})"
)
_ABOVE = (
    r"(?:(?:đã |được |vừa |mới )?(?:nêu|nói|dẫn|kể|trích dẫn|viện dẫn|đề cập)(?: ở| ngay)? (?:trên(?: đây)?|trước đó)"
    r"|(?:đã|vừa) (?:nêu|dẫn|nói|kể|viện dẫn)|trên đây|ở trên"
    r"|trên(?=\s?[.,;:)]|\Z|\n|\s(?:thì|là|đã|được|có|còn|cũng|chưa|không|phải|hết|chỉ|gồm|yêu cầu|quy định|và các)"
    r"(?!\w)))"
)
#: *khoản 2 Điều 3 Luật nêu trên* counts no laws.
_NOT_A_PLACE = r"(?<!i[ềêe]u )(?<!oản )(?<!iểm )(?<!ục )(?<!ương )(?<!hần )(?<!số )(?<!tháng )(?<!năm )(?<!, )(?<!và )"
_WORDS = re.compile(
    rf"(?<!\w)(?:(?P<several>[Cc]ác|[Nn]hững|[Tt]oàn bộ|[Tt]ất cả)\s)?"
    rf"(?:(?P<count>{_NOT_A_PLACE}(?:0\d|[1-3]\d)|{'|'.join(_COUNTS)}|{'|'.join(w.capitalize() for w in _COUNTS)})\s)?"
    rf"(?P<heads>{_HEAD}(?:(?:,\s|\svà\s|,\svà\s){_HEAD}){{0,3}})"
    rf"(?:\s(?:số:?\s)?(?P<number>\d{{1,6}}[a-z]?)(?=\s(?:đã|được|vừa|nêu|nói|dẫn|kể|trên)))?"
    rf"(?:\scủa\s(?P<issuer>[^\d\s.,;:()\n“”][^\d.,;:()\n“”]{{1,60}}?)(?=\s(?:đã|vừa|nêu|nói|dẫn|kể|trên\sđây)\s))?"
    rf"\s(?:(?P<above>{_ABOVE})|(?P<this>này)|(?P<that>đó|ấy|trước đó))(?!\w)"
)
#: With a small letter too.
_NOUNS = (
    "nghị quyết liên tịch", "nghị quyết", "nghị định", "quyết định", "chỉ thị", "thông tư liên tịch", "thông tư",
    "thông báo", "thông tri", "công văn", "công điện", "công hàm", "tờ trình", "văn bản hợp nhất", "pháp lệnh",
    "văn bản quy phạm pháp luật", "văn bản chỉ đạo", "văn bản", "bộ luật", "luật",
)  # fmt: skip
_FOLLOWS = "và|số|của|này|đó|ấy|trước|trên|ở|đã|được|vừa|mới|nêu|nói|dẫn|kể|trích|viện|đề"
#: The first head of such words with what may follow one. It begins with plain letters, at which the regex engine leaps:
#: a tenth of the time that a search for the whole form takes.
_BEGINNING = re.compile(
    f"(?:{'|'.join(f'{noun}|{noun.capitalize()}' for noun in _NOUNS)}|{_NAMES})"
    rf"(?=,\s|\s\d|\s(?:{_FOLLOWS})(?!\w))"
)
_QUANTITY = re.compile(
    rf"(?:(?:[Cc]ác|[Nn]hững|[Tt]oàn bộ|[Tt]ất cả)\s)?(?P<count>(?:\d\d|{'|'.join(_COUNTS)})\s)?\Z", re.IGNORECASE
)
_PLACE = r"(?:(?:[Đđ]iểm|[Kk]hoản|Điều)\s(?:\d{1,3}(?:\.\d{1,2})?[a-zđ]?|[a-zđ]\d?)(?![\w/.]\w))"
_MARK = r"(?:\d{1,3}[a-zđ]?|[a-zđ])(?![\w/.]\w)"
_CHAIN = re.compile(
    rf"(?:Tại|tại|Theo|theo|Của|của|với|ở)\s(?:quy định\s(?:tại|của)\s|các\s)?"
    rf"(?P<chain>{_PLACE}(?:(?:[,;]\s|\s|[,;]?\svà\s|\shoặc\s)(?:các\s)?(?:{_PLACE}|{_MARK})){{0,40}})(?!\w)"
)
_ARTICLE = re.compile(r"Điều\s(\d{1,3}[a-zđ]?)(?!\w)")
#: Then the document follows after all, or the article itself is meant.
_BELONGS = re.compile(
    rf"(?:,)?\s(?:của\s|tại\s|trong\s|thuộc\s|và\s)?(?:các\s|\d\d?\s)?(?:{_HEAD}|Hiến pháp|này|nêu trên|nói trên"
    r"|trên đây|Mục|Chương|Phần|Phụ lục|Danh mục|Hợp đồng|Mẫu|BLHS|BLDS|BLLĐ)(?!\w)"
)
_SENTENCE_END = re.compile(rf"[.!?\[](?<!TP.)(?<!Tp.)(?<![ .]\d.)(?<!^\d.)(?:(?<=\[)|(?<!\[)\s(?=[{UPPER}“\"-]))")


def sentence_start(text: str, at: int) -> int:
    """Where the sentence around offset ``at`` begins; cells of a table are sentences of their own."""
    low = max(paragraph_start(text, at), at - 600)
    low = max(low, text.rfind("\t", low, at) + 1)
    return max([low, *(m.end() for m in _SENTENCE_END.finditer(text, low, at + 1) if m.end() <= at)])


def find_words(text: str) -> Iterator[Words]:
    """Every reference back in ``text``, in order of kind; places that belong to a named document are left out."""
    end = 0
    for beginning in _BEGINNING.finditer(text):
        if beginning.start() >= end and (match := _whole(text, end, beginning.start())):
            yield _read(match)
            end = match.end()
    for match in _CHAIN.finditer(text):
        article = _ARTICLE.search(match["chain"])
        if article and not text[match.start() - 1 : match.start()].isalnum() and not _BELONGS.match(text, match.end()):
            yield Words(match.start("chain"), match.end(), "place", number=article[1])


def _whole(text: str, floor: int, at: int) -> re.Match[str] | None:
    """The words whose first head stands at ``at``, with how many they speak of before it, not before ``floor``."""
    low = max(floor, at - 20)
    quantity = _QUANTITY.search(text, low, at)
    starts = [quantity.start(), quantity.start("count"), at] if quantity else [at]
    return next((match for start in starts if start >= low and (match := _WORDS.match(text, start))), None)


def _read(match: re.Match[str]) -> Words:
    heads = tuple(fold(head) for head in re.findall(_HEAD, match["heads"]))
    counted = (match["count"] or "").lower()
    count = _COUNTS.get(counted) or (int(counted) if counted else 0 if match["several"] or len(heads) > 1 else 1)
    pointing: Pointing = "above" if match["above"] else "this" if match["this"] else "that"
    capital = match["heads"][0].isupper()
    return Words(match.start(), match.end(), pointing, heads, count, match["number"], match["issuer"], capital)
