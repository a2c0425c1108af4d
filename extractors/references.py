"""Which documents a reference back means: *Nghị định nêu trên*, *các văn bản trên*, *Luật này*, *tại khoản 2 Điều 5*.

Rules: ``self`` (the document itself), ``self-by-type`` (what it issues: *Quy chế này*), ``quoted`` (within the quoted
wording of another document, that one), ``number-of`` (*văn bản số 5 nêu trên*), ``same-sentence``, ``same-type-before``
(the only one of its type in the nearest sentence that has any), ``last-before`` (*văn bản này*), ``several-of-type``
and ``all-before`` (*các Nghị định*, *các văn bản nêu trên*), ``place-alone``. Nothing is guessed: where several fit
and nothing decides, the reference stays open, with a warning.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from extractors.citation_identity import identity_of, type_of
from extractors.fold import fold
from extractors.mentions import Mention, paragraph_start, placed
from extractors.model import Document, Header, Span, ZoneKind
from extractors.reference_words import Words, find_words, sentence_start

#: The names of the rules, as references carry them.
RULES = (
    "self", "self-by-type", "quoted", "number-of", "same-sentence", "same-type-before", "last-before",
    "several-of-type", "all-before", "place-alone",
)  # fmt: skip
NONE = "Không tìm thấy văn bản nào trước đó mà cụm từ này có thể chỉ: chưa xác định văn bản."
MANY = "Có nhiều văn bản trước đó cùng phù hợp: chưa xác định được cụm từ này chỉ văn bản nào."
COUNT = "Nói đến {said} văn bản nhưng trước đó tìm thấy {found}."
FEW = "Nói đến nhiều văn bản nhưng trước đó chỉ tìm thấy một."

_ZONES: tuple[ZoneKind, ...] = ("title", "body", "annex")
_QUOTE = re.compile(r"“[^“”]{2,20000}”")
_OWN_ARTICLE = re.compile(r"(?m)^Điều\s(\d{1,3}[a-zđ]?)\b")
#: *văn bản này* after these words is the one that is being read.
_OF_ITSELF = re.compile(
    r"(?:kem theo|ngay|ky|ban hanh|nhan duoc|hieu luc|pham vi|dinh kem|voi|cua)(?: ky| ban hanh| cua)? (?:cac )?$"
)
#: Nothing stands before the place but the label of an item: the lead-in above names the document.
_ITEM = re.compile(r"[-+*–•]? ?(?:[Tt]ại|[Tt]heo) (?:các )?")
#: An order to change a wording, which stands in the document that is being changed.
_WORDING = re.compile(
    r"(?:\d+[.)]? |[a-zđ]\) |[-+] )?(?:sua doi|bo sung|bo|thay|thay the|bai bo|sua) (?:mot so )?cum tu\b"
)
_BEGINS = re.compile(r"[.;:!?\n\t“”\"] ?$")
_CHANGES = re.compile(r"\b(?:sua doi|bo sung|thay the|bai bo)\b")
_FAR, _NEAR = 10**9, 1500


class Found(NamedTuple):
    """What a reference means; ``antecedents`` are indexes into the mentions."""

    words: Words
    rule: str
    target: Literal["self", "cited", "open"]
    antecedents: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()


class _Known(NamedTuple):
    """The document and what it names: type (folded) and key of each mention, those that only stand in the title of
    another, the first mention of each key, mentions by type, quotations, own articles, types that the document has."""

    document: Document
    mentions: Sequence[Mention]
    starts: list[int]
    kinds: list[str]
    keys: list[str]
    inner: frozenset[int]
    first: dict[str, int]
    by_heads: dict[tuple[str, ...], list[int]]
    quotes: list[tuple[int, int]]
    quoted: frozenset[int]
    changed: frozenset[int]
    articles: frozenset[str]
    own: str
    issued: str


def find_references(
    document: Document, mentions: Sequence[Mention], header: Header, inner: frozenset[int]
) -> list[Found]:
    """The references of a document in order, none overlapping. ``mentions`` are those of full or short names, in order;
    ``inner`` the indexes of those that stand in the title of another one."""
    known = _known(document, mentions, header, inner)
    found: list[Found] = []
    for words in sorted(find_words(document.text)):
        if (found and words.start < found[-1].words.end) or not _counts(known, words):
            continue
        resolved = _resolve(known, words)
        if resolved:
            found.append(resolved)
    return found


def _known(document: Document, mentions: Sequence[Mention], header: Header, inner: frozenset[int]) -> _Known:
    keys = [
        identity_of(m, header)[0] or f"{type_of(m)[0]} {m.code or m.name or ''} {m.date} {m.issuer}" for m in mentions
    ]
    first: dict[str, int] = {}
    for i in sorted(range(len(mentions)), key=lambda i: (mentions[i].rule == "short", i)):
        first.setdefault(keys[i], i)
    kinds = [fold(type_of(mention)[0] or "") for mention in mentions]
    quotes = [match.span() for match in _QUOTE.finditer(document.text)]
    titles = [zone.span.of(document.text)[:400] for zone in document.zones if zone.kind == "annex"]
    return _Known(
        document, mentions, [m.span.start for m in mentions], kinds, keys, inner, first, {},
        quotes, frozenset(i for i, m in enumerate(mentions) if _holder(quotes, m.span.start) is not None),
        frozenset(i for i, m in enumerate(mentions) if _CHANGES.search(_lead(document.text, m))),
        frozenset(_OWN_ARTICLE.findall(document.text)), fold(header.doc_type or ""),
        "\n".join(map(fold, [header.subject or "", *titles])),
    )  # fmt: skip


def _counts(known: _Known, words: Words) -> bool:
    """Whether the words stand in the text proper, and no mention of a document covers them.
    *văn bản quy phạm pháp luật đó* is any such document."""
    if words.pointing in ("this", "that") and words.heads[0] == "van ban quy pham phap luat":
        return False
    zones = known.document.zones
    if zones and not any(z.kind in _ZONES and z.span.start <= words.start < z.span.end for z in zones):
        return False
    at = bisect_right(known.starts, words.start)
    if at and known.mentions[at - 1].span.end > words.start:
        return words.number is not None and words.pointing != "place"
    following = known.mentions[at] if at < len(known.mentions) else None
    return following is None or following.place >= words.end or (words.pointing != "place" and words.number is not None)


# ---------------------------------------------------------------- one reference
def _resolve(known: _Known, words: Words) -> Found | None:
    if words.pointing == "place":
        return _place(known, words)
    if words.number:
        return _numbered(known, words)
    quote = _holder(known.quotes, words.start)
    if quote is not None and words.quantity == 1:
        within = _quoted(known, words, quote)
        if within.target == "cited":
            return within
    if words.pointing == "this" and (itself := _self(known, words)):
        return itself
    found = _several(known, words) if words.quantity != 1 else _single(known, words)
    return None if found.target == "open" and not _names_document(known, words) else found


def _quoted(known: _Known, words: Words, quote: int) -> Found:
    """``“… Điều 8 Nghị định này”``: in a document that changes others the one that it was changing last, elsewhere the
    last one named outside quotations."""
    rule = "place-alone" if words.pointing == "place" else "quoted"
    outside = [i for i in _before(known, words.heads, quote) if i not in known.quoted]
    changed = [i for i in outside if i in known.changed]
    if changed or (words.heads and words.heads[0] == known.own):
        return _one(known, words, changed[-1:], rule)
    return _one(known, words, outside, rule)


def _names_document(known: _Known, words: Words) -> bool:
    """Whether words without antecedent mean a document at all: *quyết định này* in a law is any decision."""
    text = known.document.text
    before = text[max(0, words.start - 300) : words.start]
    noun = not before.strip() or _BEGINS.search(before) or any(head in fold(before) for head in words.heads)
    form = any(span.start <= words.start < span.end for span in known.document.zone("annex"))
    return words.pointing == "above" or (words.capital and words.quantity == 1 and not noun and not form)


def _self(known: _Known, words: Words) -> Found | None:
    """``Thông tư này`` in a thông tư; ``Quy chế này`` in the decision that issues one; *văn bản này*."""
    if words.quantity != 1:
        return None
    head = words.heads[0]
    if head == known.own:
        return Found(words, "self", "self")
    if head.startswith("van ban"):
        text = known.document.text
        line = fold(text[max(0, words.start - 30) : words.start])
        around = _within(known, _before(known, words.heads, words.start), sentence_start(text, words.start))
        return (
            Found(words, "self", "self")
            if _OF_ITSELF.search(line) or (known.own == "cong van" and not around)
            else None
        )
    issues = rf"(?m)(?:^|\b(?:ban hanh|phe duyet|thong qua) (?:kem theo )?){head}\b"
    return Found(words, "self-by-type", "self") if re.search(issues, known.issued) else None


def _single(known: _Known, words: Words) -> Found:
    """The document of a reference to one: in its own sentence, else in the nearest sentence that has one."""
    text = known.document.text
    before = [i for i in _before(known, words.heads, words.start) if i not in known.inner][-60:]
    if words.issuer:
        named = fold(words.issuer)
        before = [i for i in before if named in fold(known.mentions[i].issuer or "")]
    if not before:
        return Found(words, "same-type-before", "open", (), (NONE,))
    start = sentence_start(text, words.start)
    if _within(known, before, start):
        return _one(known, words, before, "last-before" if words.heads[0].startswith("van ban") else "same-sentence")
    reach = _FAR if words.pointing == "above" or (words.capital and words.pointing == "this") else _NEAR
    if words.start - known.starts[before[-1]] > reach:
        return Found(words, "same-type-before", "open", (), (NONE,))
    return _one(known, words, before, "same-type-before")


def _one(known: _Known, words: Words, before: list[int], rule: str) -> Found:
    """The only document of the sentence in which the last of ``before`` stands; open when that names several."""
    if not before:
        return Found(words, rule, "open", (), (NONE,))
    group = _within(known, before[-60:], sentence_start(known.document.text, known.mentions[before[-1]].place))
    firsts = _firsts(known, [i for i in group if i not in known.inner] or group)
    if len(firsts) > 1 and words.heads and words.heads[0].startswith("van ban"):
        letters = [i for i in firsts if known.kinds[i] in ("cong van", "van ban")]
        firsts = letters if len(letters) == 1 else firsts
    if len(firsts) > 1:
        return Found(words, rule, "open", (), (MANY,))
    return Found(words, rule, "cited", tuple(firsts))


def _several(known: _Known, words: Words) -> Found:
    """The documents of *các Nghị định nêu trên*: those of the paragraphs before that follow each other."""
    rule = "all-before" if words.heads[0].startswith("van ban") else "several-of-type"
    before = [i for i in _before(known, words.heads, words.start) if i not in known.inner]
    firsts = _firsts(known, _run(known, before, words)) if before else []
    if words.quantity and len(firsts) != words.quantity:
        every = _firsts(known, before)
        firsts = every if len(every) == words.quantity else firsts
    if not firsts:
        return Found(words, rule, "open", (), (NONE,))
    if words.quantity and len(firsts) > words.quantity:
        return Found(words, rule, "open", (), (COUNT.format(said=words.quantity, found=len(firsts)),))
    if words.quantity and len(firsts) < words.quantity:
        return Found(words, rule, "cited", tuple(firsts), (COUNT.format(said=words.quantity, found=len(firsts)),))
    return Found(words, rule, "cited", tuple(firsts), (FEW,) if len(firsts) == 1 else ())


def _run(known: _Known, before: list[int], words: Words) -> list[int]:
    """The mentions of the nearest sentence if it has several, else of the paragraphs up to the first gap of two."""
    text = known.document.text
    nearest = _within(known, before[-60:], sentence_start(text, known.mentions[before[-1]].place))
    if len(_firsts(known, nearest)) > 1:
        return nearest if words.pointing != "above" else _paragraphs(known, before)
    return _paragraphs(known, before)


def _paragraphs(known: _Known, before: list[int]) -> list[int]:
    text, run = known.document.text, [before[-1]]
    for i in reversed(before[-200:-1]):
        if text.count("\n", known.starts[i], known.starts[run[-1]]) > 2 and len(_firsts(known, run)) > 1:
            break
        run.append(i)
    return run[::-1]


def _numbered(known: _Known, words: Words) -> Found:
    """``Công văn số 12 nêu trên``: the document of that number, and of that type if one is named."""
    before = _before(known, words.heads, words.start)
    number = (words.number or "").lstrip("0")
    same = [i for i in before if re.split(r"[/-]", known.mentions[i].code or "")[0].lstrip("0") == number]
    firsts = _firsts(known, same)
    if len(firsts) == 1:
        return Found(words, "number-of", "cited", tuple(firsts))
    return Found(words, "number-of", "open", (), (MANY if firsts else NONE,))


def _place(known: _Known, words: Words) -> Found:
    """``tại khoản 2 Điều 5`` without a document: the quoted one, the document itself if it has the article, else the
    only document of the same sentence or, in a list, of the sentence above."""
    text = known.document.text
    quote = _holder(known.quotes, words.start)
    if quote is not None:
        return _quoted(known, words, quote)
    line = fold(text[text.rfind("\n", 0, words.start) + 1 : words.start][:200])
    changed = [i for i in _before(known, (), words.start) if i in known.changed and i not in known.quoted]
    if changed and _WORDING.match(line):
        return _one(known, words, changed[-1:], "place-alone")
    if words.number in known.articles:
        return Found(words, "place-alone", "self")
    before = _before(known, (), words.start)
    group = _within(known, before, sentence_start(text, words.start))
    listed = _ITEM.fullmatch(text, paragraph_start(text, words.start), words.start)
    if not group and listed and before and words.start - known.starts[before[-1]] < _NEAR:
        group = before
    return _one(known, words, group, "place-alone")


# ---------------------------------------------------------------- what stands before
def _before(known: _Known, heads: tuple[str, ...], at: int) -> list[int]:
    """The mentions before offset ``at`` whose type is one of ``heads`` (*văn bản*, or none: any type)."""
    if heads not in known.by_heads:
        every = not heads or any(head.startswith("van ban") for head in heads)
        known.by_heads[heads] = [i for i, kind in enumerate(known.kinds) if every or kind.startswith(heads)]
    indexes = known.by_heads[heads]
    return indexes[: bisect_left(indexes, bisect_left(known.starts, at))]


def _within(known: _Known, before: list[int], start: int) -> list[int]:
    return [i for i in before[-60:] if known.starts[i] >= start]


def _firsts(known: _Known, indexes: list[int]) -> list[int]:
    """One index for each distinct document, its first full mention."""
    return list(dict.fromkeys(known.first[known.keys[i]] for i in indexes))


def _lead(text: str, mention: Mention) -> str:
    """The words of its line that lead to a mention, folded."""
    start = max(text.rfind("\n", 0, mention.place) + 1, mention.place - 200)
    return fold(text[start : mention.place])


def _holder(quotes: list[tuple[int, int]], at: int) -> int | None:
    """Where the quotation around offset ``at`` begins."""
    i = bisect_right(quotes, (at, 0)) - 1
    return quotes[i][0] if i >= 0 and at < quotes[i][1] else None


def allusions(text: str, found: Sequence[Found], mentions: Sequence[Mention]) -> Iterator[Mention]:
    """A mention for each document that a resolved reference means, unless a mention stands there; a place without a
    document is none."""
    taken = [m.span.start for m in mentions]
    for reference in found:
        words = reference.words
        i = bisect_left(taken, words.start)
        if words.pointing == "place" or (i < len(taken) and taken[i] < words.end):
            continue
        floor = max(paragraph_start(text, words.start), mentions[i - 1].span.end if i else 0)
        for antecedent in reference.antecedents:
            alone = replace(mentions[antecedent], span=Span(words.start, words.end), rule="anaphora", pinpoints=())
            yield placed(text, floor, alone)
