"""Every place of a text where another document is named, in order and without overlap.

Rules: ``numbered`` (a number and symbol), ``listed`` (a number that shares the head, issuer or date of its neighbour),
``blank`` (a symbol whose number was never filled in), ``short`` (*Chỉ thị 15, 16 và 19*), ``law`` (a law by name, with
or without its number), ``dated`` (*Biên bản làm việc ngày 16/01/2017*: a document without number), ``free`` (a number
of a company's own kind). References back (*Công văn nêu trên*) are read by :mod:`extractors.references`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors.heads import head_before
from extractors.law_names import ANCHOR, law_at
from extractors.letters import LOWER
from extractors.mention import Mention, paragraph_start
from extractors.mention_lists import shared
from extractors.model import Span
from extractors.patterns import FULL_DATE, iso_date
from extractors.pinpoints import pinpoints_after, pinpoints_before
from extractors.symbols import BLANK_CODE, CODE, MISREAD, parse_symbol, tidy_code, type_names
from extractors.tails import ABBREVIATED_HEADS, Tail, read_tail
from extractors.units import scopes

_CODE = re.compile(CODE)
_MISREAD = re.compile(MISREAD)
_BEFORE_MISREAD = re.compile(r"(?:ố:?|ị|ịnh|ăn|NĐ|QĐ|CT|CV|NQ)\s(?=[\dlIO]{2,5}/)")
#: What may stand directly before a number: no letter, slash or point, but a glued word as in ``số42`` and ``NQ68``.
_CODE_BEGINS = re.compile(
    r"(?:(?<![\w/.])(?<!\d:)(?<!\d-)|(?<=[Ss]ố)|(?<=NQ)|(?<=NĐ)|(?<=QĐ)|(?<=TT)|(?<=CT)|(?<=CV)"
    r"|(?<=định)|(?<=quyết)|(?<=thị)|(?<=văn)|(?<=tư))"
)
#: *số*, also as scans read it.
_SO = "[Ss](?:ố|ô|ó|ồ|ỗ|é|o|6)"
_NUMBER_WORD = re.compile(rf"(?<!\w){_SO}:?\s?\Z")
_OWN_NUMBER = re.compile(r"\s*(?:Số|SỐ|S6)\s?(?::|\.\s)\s*\Z")
_OWN_PARTY_NUMBER = re.compile(r"\s*Số\s*\Z")
_JOINED = re.compile(r"\s?(?:[,;]|,?\s(?:và|hoặc)|;\svà|\s?&)?\s?(?:các\s)?(?:[Ss]ố:?\s?)?\Z")
_COURT = re.compile(r"/(?:[A-ZĐ]{2,5}-(?:ST|PT|GĐT|TA)|QĐ(?:ST|PT)|TL(?:ST|PT))(?![A-ZĐ])")

_BLANK = re.compile(rf"[Ss]ố[\s:_]{{0,14}}(?P<code>{BLANK_CODE}|(?:QĐ|CT|NQ|NĐ|TB|KH|CĐ|TTr|CTr|HD|BC)-[A-ZĐ][\w-]+)")
_ANNEXED = re.compile(r"[Kk]èm(?:\stheo)?\s\Z")


def _cased(*words: str) -> str:
    """The words with a small and a capital first letter. Alternatives that begin with a plain letter let the regex
    engine leap; a character class would not."""
    return "|".join(f"{word}|{word[0].upper()}{word[1:]}" for word in words)


_SHORT_HEADS = (
    _cased(
        "nghị định", "nghị quyết", "thông tư liên tịch", "thông tư", "chỉ thị", "quyết định", "công văn", "công điện"
    )
    + "|"
    + _cased("kết luận")
    + "|NĐ|NQ|TTLT|TT|QĐ|CT|CV"
)
_SHORT_END = (
    r"(?!\w|\s?/|[.,]\d|\s?[-–]\s?[A-ZĐ]|%)(?=\s?[.,;:()\[\]\"“”\t\n]|\Z|\s(?:của|và|hoặc|về|ngày(?=\s\d)|năm\s(?:19|20)\d\d|được"
    r"|đã|có|quy định|hướng dẫn|thì|là|để|nêu|trên|này|tại|theo|với|cũng|như|do|không|hay|đến|ban hành|sửa đổi|đối với"
    r"|nên|cho|khi|còn|hết|cần)(?!\w))"
)
#: Heads that are words of other sentences too: they need *số*, and a date or issuer behind.
_SAID_HEADS = _cased("thông báo", "kế hoạch", "báo cáo", "tờ trình", "hướng dẫn", "văn bản") + "|TB|KH|KL|BC|TTr|CĐ|HD"
_SHORT_NUMBER = rf"(?P<number>\d{{1,6}}[a-z]?(?:/(?:19|20)\d\d)?){_SHORT_END}"
_SHORT = re.compile(
    rf"(?:(?P<head>{_SHORT_HEADS})\s(?P<word>[Ss]ố:?\s?)?|(?P<said>{_SAID_HEADS}|[Ll]uật)\s[Ss]ố:?\s?){_SHORT_NUMBER}"
)
_SHORT_NEXT = re.compile(rf"(?:[,;]\s|,?\svà\s)(?:[Ss]ố\s)?{_SHORT_NUMBER}")
_LETTER = _cased("công văn", "văn bản", "tờ trình", "công điện", "thư", "đơn")
_MINUTES = rf"(?:biên bản|Biên bản)(?:\s[{LOWER}]+){{1,7}}?"
_DATED = re.compile(
    rf"(?P<head>{_LETTER}|{_cased('quyết định', 'chỉ thị', 'nghị quyết', 'thông báo')}|(?P<minutes>{_MINUTES}))"
    rf"(?:\s\(?không (?:có |ghi )?số\)?,?)?\s(?:đề\s|ký\s)?(?P<date>[Nn]gày\s{FULL_DATE}|{FULL_DATE})"
)
#: Companies number their letters as they like: ``công văn số 1706-13/SSIT ngày 01/7/2013``.
_FREE = re.compile(
    rf"(?P<head>{_LETTER})\s{_SO}:?\s(?P<code>(?=\S{{0,30}}\d)[^\s,;:()]{{2,31}})(?=,?\s(?:đề\s|ký\s)?[Nn]gày\s{FULL_DATE})"
)
_LAW_NUMBER = re.compile(
    rf"(?:\s\(sửa đổi\))?[\s,]*(?:\((?:[Bb]ộ luật\s|[Ll]uật\s|[Pp]háp lệnh\s)?)?(?:{_SO}:?\s?)?(?P<code>{CODE})"
)
_LAW_NUMBER_LATER = re.compile(rf"[\s,]*(?:\((?:[Bb]ộ luật\s|[Ll]uật\s)?)?{_SO}:?\s?(?P<code>{CODE})")
#: *Luật Doanh nghiệp sửa đổi năm 2014* is the law of that year.
_REVISED = re.compile(r"\s\(?sửa đổi(?:,? bổ sung)?\)?(?=,?\s(?:ngày|năm|số)\s)")


#: The patterns at which mentions begin.
ANCHORS = (_CODE, ANCHOR, _MISREAD, _BLANK, _SHORT, _DATED, _FREE)
#: All heads of the patterns that begin with one: one scan in place of three. Literals alone let the regex engine leap.
_HEADS = re.compile(
    "|".join(dict.fromkeys(f"{_SHORT_HEADS}|{_SAID_HEADS}|{_LETTER}|Luật|luật|Biên bản|biên bản".split("|")))
)
#: What may follow a head there.
_FOLLOWS = re.compile(rf"\s(?:[Ss]|\d|[Nn]gày|đề|ký|\(?không)|(?<=ản)\s[{LOWER}]")
_HEADED = ((3, _SHORT), (4, _DATED), (5, _FREE))
__all__ = ["ANCHORS", "RULES", "Mention", "find_mentions", "paragraph_start", "placed"]
#: The names of the rules, as citations carry them.
RULES = ("law", "numbered", "listed", "blank", "short", "dated", "free")


def find_mentions(text: str) -> list[Mention]:
    """The mentions of documents in ``text`` (paragraphs on lines of their own), look-alikes left out."""
    starts = sorted(_starts(text), key=lambda item: item[:2])
    readers = (_read_law, _read_numbered, _read_blank, _read_short, _read_dated, _read_free)
    found: list[Mention] = []
    for start, kind, match in starts:
        if not found or start >= found[-1].span.end:
            found.extend(readers[kind](text, match, found[-1] if found else None))
    kept = [mention for mention in found if not mention.refused]
    return shared(text, _with_places_after(text, kept))


def _starts(text: str) -> Iterator[tuple[int, int, re.Match[str]]]:
    """Where a mention may begin, the number of its reader, and what was matched."""
    yield from ((m.start(), 0, m) for m in ANCHOR.finditer(text))
    yield from ((m.start(), 1, m) for m in _CODE.finditer(text) if _CODE_BEGINS.match(text, m.start()))
    for before in _BEFORE_MISREAD.finditer(text):
        if misread := _MISREAD.match(text, before.end()):
            yield misread.start(), 1, misread
    yield from ((m.start(), 2, m) for m in _BLANK.finditer(text))
    for head in _HEADS.finditer(text):
        if _FOLLOWS.match(text, head.end()) and _begins_word(text, head.start()):
            for reader, pattern in _HEADED:
                if match := pattern.match(text, head.start()):
                    yield match.start(), reader, match


def _begins_word(text: str, at: int) -> bool:
    return at == 0 or not text[at - 1].isalnum()


# ---------------------------------------------------------------- one reader for each rule
def _read_numbered(text: str, match: re.Match[str], before: Mention | None) -> Iterator[Mention]:
    line = paragraph_start(text, match.start())
    floor = max(line, before.span.end if before else 0)
    code = tidy_code(match[0])
    if _is_own_number(text, match, line):
        yield Mention(Span(match.start(), match.end()), "numbered", code=code, refused=True)
        return
    tail = read_tail(text, match.end())
    head = head_before(text, floor, match.start())
    gap = text[before.span.end : match.start()] if before is not None and before.span.end >= line else None
    if before is not None and head is None and gap is not None and _JOINED.match(gap) and _alike(before.code, code):
        mention = Mention(Span(match.start(), tail.end), "listed", before.head, code, None, tail.date, tail.issuer)
        refused = before.refused or not _is_plausible(code, bool(before.head), True)
        yield replace(mention, place=match.start(), refused=refused)
        return
    name = head.name if head else None
    numbered = _NUMBER_WORD.search(text, max(floor, match.start() - 6), match.start())
    start = head.start if head and name else numbered.start() if numbered else match.start()
    issuer = tail.issuer or (head.issuer if head else None)
    labelled = numbered is not None and ":" in numbered[0] and name is None
    refused = labelled or (head is not None and name is None) or not _is_plausible(code, bool(name), bool(numbered))
    mention = Mention(Span(start, tail.end), "numbered", name, code, None, tail.date, issuer, refused=refused)
    yield placed(text, floor, mention)


def _alike(first: str | None, second: str) -> bool:
    """Whether two numbers of a list may share a head: their symbols are of one family and type."""
    a, b = parse_symbol(first or ""), parse_symbol(second)
    return a is None or b is None or (a.family, a.type) == (b.family, b.type)


def _is_own_number(text: str, match: re.Match[str], line: int) -> bool:
    """``Số: 12/BC-STC`` at the beginning of a line or column is the number of the document itself."""
    cell = max(line, text.rfind("\t", line, match.start()) + 1)
    if _OWN_NUMBER.match(text, cell, match.start()):
        return True
    alone = text[match.end() : match.end() + 1] in ("", "\n", "\t")
    return alone and _OWN_PARTY_NUMBER.match(text, cell, match.start()) is not None and match.start() < 1500


def _is_plausible(code: str, named: bool, numbered: bool) -> bool:
    """Whether a code that fits the grammar is that of a document: by its head, or by a type or issuer that is known."""
    symbol = parse_symbol(code)
    if symbol is None or symbol.type == "HĐ" or _COURT.search(code):
        return False
    if named:
        return True
    first = symbol.issuers[0] if symbol.issuers else ""
    known = first in scopes() or symbol.local
    if symbol.family == "legislature":
        return True
    if symbol.family == "party":
        return symbol.type in type_names() and (known or numbered or first.endswith(("TW", "TU", "ĐU")))
    if symbol.type in type_names():
        return bool(symbol.issuers) and (known or numbered or symbol.type in ("QĐ", "NĐ", "TTLT", "NQ", "TT"))
    return known


def _read_law(text: str, match: re.Match[str], before: Mention | None) -> Iterator[Mention]:
    law = law_at(text, match.start())
    if law is None:
        return
    floor = max(paragraph_start(text, law.start), before.span.end if before else 0)
    revised = _REVISED.match(text, law.end)
    code, end = _law_number(text, revised.end() if revised else law.end, _LAW_NUMBER)
    tail = read_tail(text, end, law=True)
    if code is None:
        code, end = _law_number(text, tail.end, _LAW_NUMBER_LATER)
        later = read_tail(text, end, law=True) if code else tail
        tail = later if tail.date is None else tail
    mention = Mention(Span(law.start, max(end, tail.end)), "law", law.kind, code, law.name, tail.date, tail.issuer)
    yield placed(text, floor, mention)


def _law_number(text: str, at: int, pattern: re.Pattern[str]) -> tuple[str | None, int]:
    match = pattern.match(text, at)
    symbol = parse_symbol(match["code"]) if match else None
    if match is None or symbol is None or (symbol.family != "legislature" and "CTN" not in symbol.issuers):
        return None, at
    closing = text[match.end() : match.end() + 1] == ")" and "(" in match[0]
    return tidy_code(match["code"]), match.end() + closing


def _read_blank(text: str, match: re.Match[str], before: Mention | None) -> Iterator[Mention]:
    floor = max(paragraph_start(text, match.start()), before.span.end if before else 0)
    head = head_before(text, floor, match.start())
    if head is None or head.name is None or _ANNEXED.search(text, max(floor, head.start - 10), head.start):
        return
    tail = read_tail(text, match.end())
    code = tidy_code(match["code"])
    code = code if code.startswith("/") else "/" + code
    mention = Mention(Span(head.start, tail.end), "blank", head.name, code, None, tail.date, tail.issuer)
    yield placed(text, floor, mention)


def _read_short(text: str, match: re.Match[str], before: Mention | None) -> Iterator[Mention]:
    """``Chỉ thị 15, 16 và 19 của Thủ tướng``: several numbers may share the head; each is a mention of its own."""
    stated = match["head"] or match["said"]
    head = ABBREVIATED_HEADS.get(stated, stated)
    floor = max(paragraph_start(text, match.start()), before.span.end if before else 0)
    numbers = [match]
    tail = read_tail(text, match.end())
    while following := _SHORT_NEXT.match(text, numbers[-1].end()):
        numbers.append(following)
        tail = read_tail(text, following.end())
    if not _is_short(match, tail):
        return
    for number in numbers:
        start = match.start() if number is match else number.start("number")
        end = tail.end if number is numbers[-1] else number.end()
        date = tail.date or number["number"].partition("/")[2] or None
        mention = Mention(Span(start, end), "short", head, number["number"], None, date, tail.issuer)
        yield placed(text, floor, mention) if number is match else replace(mention, place=start)


def _is_short(match: re.Match[str], tail: Tail) -> bool:
    """Whether a number without symbol is that of a document, by its head, its length and what follows."""
    if match["said"]:
        return "/" in match["number"] if match["said"].lower() == "luật" else bool(tail.date or tail.issuer)
    return bool(match["word"]) or len(match["number"]) > 1 or tail.issuer is not None


def _read_dated(text: str, match: re.Match[str], before: Mention | None) -> Iterator[Mention]:
    tail = read_tail(text, match.end())
    by_date_alone = match["minutes"] or match["head"].lower() in ("công văn", "tờ trình", "công điện")
    if not by_date_alone and tail.issuer is None:
        return
    floor = max(paragraph_start(text, match.start()), before.span.end if before else 0)
    name = match[0][:1].upper() + match[0][1:] if match["minutes"] else None
    head = "Biên bản" if match["minutes"] else match["head"]
    mention = Mention(Span(match.start(), tail.end), "dated", head, None, name, iso_date(match["date"]), tail.issuer)
    yield placed(text, floor, mention)


def _read_free(text: str, match: re.Match[str], before: Mention | None) -> Iterator[Mention]:
    if _CODE.fullmatch(match["code"]):
        return
    tail = read_tail(text, match.end())
    floor = max(paragraph_start(text, match.start()), before.span.end if before else 0)
    code, head = match["code"], match["head"]
    yield placed(text, floor, Mention(Span(match.start(), tail.end), "free", head, code, None, tail.date, tail.issuer))


def placed(text: str, floor: int, mention: Mention) -> Mention:
    """``mention`` with the places within the document that stand before it, not before ``floor``."""
    found = pinpoints_before(text, floor, mention.span.start)
    if found is None:
        return replace(mention, place=mention.span.start)
    return replace(mention, place=found.start, pinpoints=found.values)


def _with_places_after(text: str, mentions: list[Mention]) -> list[Mention]:
    """The places that follow a document belong to it when they do not belong to the next one."""
    following = [mention.place for mention in mentions[1:]] + [len(text)]
    for i, mention in enumerate(mentions):
        after = pinpoints_after(text, mention.span.end, following[i])
        if after:
            mentions[i] = replace(mention, pinpoints=tuple(dict.fromkeys(mention.pinpoints + after)))
    return mentions
