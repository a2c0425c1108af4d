"""Sentences of a paragraph: the size of one obligation.

A sentence ends at ``.``, ``!``, ``?`` or ``…`` before a capital, and at ``;`` before a capital (items written in one
line). Where two halves of a sentence charge different people (``…; các đơn vị thuộc Cục phối hợp thực hiện``), they are
parted too: one row, one actor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from extractors.actors import opens_with_predicate, read_names, starts_actor
from extractors.letters import LOWER, UPPER
from extractors.model import Span
from extractors.wording import any_case

# What stands before the space is looked at behind it: a search for one class of letters is quick.
_END = re.compile(
    rf"[\s;](?:(?<=;)\s+(?=[{UPPER}])|(?:(?<=[.!?…]\s)|(?<=[.…][”\"]\s)|(?<=\./\.\s))\s*(?=[{UPPER}“\"(\d]))"
)
_NOT_END = re.compile(
    rf"(?:\b(?:TP|Tp|TX|Th|ThS|TS|PGS|GS|KP|BS|KS|Q|P|St|Tr|tr|Mr|vs|đ/c|số|Số)|\b[{UPPER}]|\b\d{{1,2}}|\.\.)\.$"
)
_WORDS = re.compile(rf"[{LOWER}{UPPER}]{{2,}}\W+\w")
_CONNECTIVE = re.compile(r"[^,;]{3,30},\s+")
_ASK_WORD = re.compile(r"(?:đồng thời,? )?(?:đề nghị|yêu cầu|giao|khuyến khích|nghiêm cấm)\s+")
_ASKING = re.compile(rf"[,;]\s+(?={_ASK_WORD.pattern})")
_SEMICOLON = re.compile(rf";\s+(?=[{LOWER}])")
_MODAL = re.compile(
    r"(?:chủ trì|phối hợp|có trách nhiệm|chịu trách nhiệm|phải|cần|thực hiện|tổ chức|báo cáo|căn cứ"
    r"|rà soát|hướng dẫn|kiểm tra|được phép|không được)\b"
)


# What may stand before the quotation mark is looked at behind it: a search for one letter is quick.
# The new words of an amended law have marks of their own: "“4. Sửa đổi Điều 10 như sau:", "“Điều 10. …".
_QUOTE = re.compile(
    r"“(?<=^“)[^“”\n]{5,400}:\n“[^“”\"]{60,4000}[”\"]{1,2}|"
    r"“(?:(?<=^“)|(?<=: “)|(?<=:“))(?:[^“”]{60,4000}”|[^“”\n]{60,}$)|\"(?:(?<=^\")|(?<=: \")|(?<=:\"))[^\"]{60,4000}\"",
    re.MULTILINE,
)
_FORM = re.compile(r"\.\.{7,}|……{2,}|__{4,}")


def quotations(text: str) -> tuple[Span, ...]:
    """The long passages in quotation marks: words of another document, whose orders are not this one's."""
    return tuple(Span(match.start(), match.end()) for match in _QUOTE.finditer(text))


def split_sentences(text: str, span: Span) -> list[Span]:
    """The sentences of ``text[span]``, in order, without the white space between them."""
    cuts = [span.start]
    region = span.of(text)
    for match in _END.finditer(region):
        if match[0].startswith(";"):
            ends = _begins_duty(text, span.start + match.end(), span.end) and not _only_names(
                text, cuts[-1], span.start + match.start()
            )
        else:
            ends = not _NOT_END.search(region[max(0, match.start() - 8) : match.start() + 1].rstrip())
        if ends:
            cuts.append(span.start + match.end())
    cuts.append(span.end)
    parts = [_trim(text, a, b) for a, b in pairwise(cuts)]
    return [
        piece
        for part in parts
        if _WORDS.search(text, part.start, part.end) and not _FORM.search(text, part.start, part.end)
        for piece in _by_actor(text, part)
    ]


def _only_names(text: str, start: int, end: int) -> bool:
    """``Chánh Văn phòng; Giám đốc các sở; …``: a list of names, its predicate still to come."""
    after_connective = _CONNECTIVE.match(text, start, end)
    names = read_names(text[:end], after_connective.end() if after_connective else start)
    return names is not None and names.end >= end


def _begins_duty(text: str, start: int, end: int) -> bool:
    """Does what follows a semicolon say a duty, or only go on with an enumeration (``; Chỉ thị số 16/CT-TTg``)?"""
    if opens_with_predicate(text[start:end]):
        return True
    names = read_names(text, start)
    return names is not None and names.end < end and text[names.end] not in ";,"


def _by_actor(text: str, span: Span) -> Iterator[Span]:
    """Part a sentence where somebody else is charged after a comma or semicolon."""
    at = span.start
    for cut in sorted({*_asks(text, span), *_charges(text, span)}):
        if cut - at > 25:
            yield _trim(text, at, cut)
            at = cut
    yield span if at == span.start else _trim(text, at, span.end)


def _asks(text: str, span: Span) -> Iterator[int]:
    for match in _ASKING.finditer(text, span.start, span.end):
        word = _ASK_WORD.match(text, match.end())
        head = text[span.start : match.start()]
        if word and starts_actor(text, word.end()) and not _fronted(head):
            yield match.end()


def _charges(text: str, span: Span) -> Iterator[int]:
    if addressed_people(text, span):
        yield from (m.end() for m in _MUST.finditer(text, span.start, span.end))
    if text.find(" nào", span.start, span.end) >= 0:
        yield from (m.end() for m in _WHICHEVER.finditer(text, span.start, span.end))
    if text.find(";", span.start, span.end) < 0:
        return
    for match in _SEMICOLON.finditer(text, span.start, span.end):
        names = read_names(text, match.end())
        if names and names.end < span.end and _MODAL.match(text, names.end):
            yield match.end()


# "…, tỉnh nào chưa thành lập thì …" speaks to others than the half before.
_WHICHEVER = re.compile(r"[,;]\s+(?=(?:nơi|đơn vị|địa phương|tỉnh|huyện|xã|cơ quan) nào\s)")
_MUST = re.compile(r";\s+(?=(?:phải|không được|nghiêm cấm)\s)")
_ADDRESSES = re.compile(
    any_case(("quán triệt", "phổ biến", "tuyên truyền", "nhắc nhở"))
    + r"(?i:(?: sâu rộng| kỹ| đầy đủ)? (?:đến|tới|cho) (?:toàn thể )?)"
)


def addressed_people(text: str, span: Span) -> tuple[str, ...]:
    """``Quán triệt đến cán bộ, công chức …; phải khai báo y tế``: those whom the second half obliges."""
    match = _ADDRESSES.match(text, span.start, span.end)
    names = read_names(text, match.end()) if match else None
    return tuple(re.sub(r"\s*\(.*", "", name, flags=re.DOTALL) for name in names.names) if names else ()


_FRONTED = re.compile(
    r"(?:Để|Nhằm|Căn cứ|Thực hiện(?! nghiêm| tốt| đầy đủ| các| đúng)|Trên cơ sở|Xét|Theo|Triển khai"
    r"|Tiếp theo|Sau khi|Qua|Phúc đáp|Trả lời|Ngày|Trong|Do|Vì|Tiếp tục thực hiện)\b"
)


def _fronted(head: str) -> bool:
    """True when what stands before is only the reason or purpose of the request that follows."""
    return bool(_FRONTED.match(head)) or len(head.split()) < 5


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in " ;,":
        start += 1
    while end > start and text[end - 1] in " ;,":
        end -= 1
    return Span(start, end)
