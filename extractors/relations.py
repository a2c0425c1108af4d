"""How the citing document refers to another one, read from the words before the mention.

The vocabulary and its order of strength are those of the annotation guidelines; the cues are data in
``lexicons/relations.toml``. A mention in a list takes the relation of the list; a mention inside the title of another
cited document (*Nghị định A quy định chi tiết Luật B*) is only mentioned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple, cast

from extractors.fold import fold
from extractors.lexicon import alternation, settings
from extractors.model import Relation

#: An opening clause is not longer than this; a verb of change stands not further before the document.
_OPENING_REACH, _VERB_REACH = 400, 160


class Surroundings(NamedTuple):
    """What decides a relation, all folded: the sentence up to the mention, the part of it since the mention before
    (``None`` when there is none), that mention's relation, the words after, the relation of the lead-in of a list."""

    sentence: str
    gap: str | None
    before: Relation | None
    after: str
    lead: Relation | None


class _Cues(NamedTuple):
    strength: tuple[Relation, ...]
    change: re.Pattern[str]
    change_of: dict[str, Relation]
    makers: frozenset[str]
    opening: tuple[tuple[Relation, re.Pattern[str]], ...]
    direct: tuple[tuple[Relation, re.Pattern[str]], ...]
    plain: re.Pattern[str]
    never: re.Pattern[str]
    far: re.Pattern[str]
    preamble: re.Pattern[str]
    guiding: frozenset[str]


#: A list item's label, and what may stand before the first word of a sentence.
_LABEL = r"^(?:dieu \d+[a-z]?[.:] ?|[-+*–•(]+ ?|[ivx]{1,5}[.)] ?|\d+(?:\.\d+)*[.)/]? |[a-z]\) ?)*"
#: A sentence of which nothing stands before the mention but a label.
_ITEM = _LABEL[1:] + r"(?:cac )?"
_LIST = re.compile(
    r"(?s:.*)(?:[;,:]\s?(?:va )?|\s(?:va|hoac)\s)(?:cac )?(?:so )?$|\s?[&]?\s?(?:cac )?(?:so )?$"
    r"|(?s:.*)\bva (?:de nghi|y kien|kien nghi|bao cao|chi dao|ket luan) cua [^;]{2,70} tai (?:cac )?$"
    r"|\s?(?:va )?\(?(?:da )?duoc sua doi(?:,? bo sung)? (?:boi|tai|theo) (?:cac )?$"
)
_TITLE = re.compile(
    r"\s?(?:ve|qu[yi] dinh|huong dan|sua doi|ban hanh|phe duyet|v/v|cong bo|thay the|bai bo|thong qua|thi hanh|do|"
    r"duoc sua doi|da duoc|duoc|\(|to chuc|bo sung|hop nhat|giao|thanh lap|dinh chinh|xu phat|dieu chinh)\b"
)
_EXPIRES = re.compile(r"[^.;]{0,200}?\b(?:het hieu luc|(?:bi|deu) bai bo|cham dut hieu luc)\b")
#: Here the opening clause is over.
_NEXT_CLAUSE = re.compile(r"; (?:truong hop|neu|khi)\b")
#: *Những quy định tại X trái với Quyết định này đều bãi bỏ.*
_PROVISIONS = r"(?:nhung |cac )?(?:quy dinh|noi dung)(?: truoc day)? (?:tai|cua) (?:cac )?"
_BY_RULE = re.compile(r"\b(?:theo|duoc) (?:quy dinh|huong dan)\b")
_SENT_WITH = re.compile(r"\((?:xin |duoc )?gui kem(?: theo)? (?:cac )?$")
_ENCLOSED = re.compile(
    r"[^.;,]{0,30}?\((?:co |xin )?(?:ban |van ban |duoc )?(?:gui kem|dinh kem|kem theo|sao gui|ban chup)(?: theo)?\)"
)
#: From here on it is the new wording, or an editor's note, not the document that is changed.
_QUOTED = re.compile(r"nhu sau|[“\"\[:]")
_SELF = re.compile(
    r"\b(nghi dinh|thong tu(?: lien tich)?|quyet dinh|nghi quyet|bo luat|(?<!bo )luat|phap lenh|quy dinh|quy che"
    r"|huong dan|chi thi|cong van|van ban|thong bao|ke hoach|cong dien|ket luan) nay\b"
)
#: A change that somebody is to make, or that was made, and not by this document.
_NOT_NOW = re.compile(
    r"\b(?:duoc|bi|viec|du thao|de nghi|tham muu|nghien cuu|trinh|ra soat|xay dung|de xuat|kien nghi)\b[^;.]*$"
)


@cache
def _cues() -> _Cues:
    data = settings("relations")
    changes = {name: words for name, words in data["changes"].items() if name != "types"}
    filler = alternation([*data["filler"]["words"], ","])
    return _Cues(
        strength=tuple(cast(list[Relation], data["strength"])),
        change=re.compile(rf"\b(?<!quyet )(?<!quy ){alternation([w for words in changes.values() for w in words])}\b"),
        change_of={fold(word): cast(Relation, name) for name, words in changes.items() for word in words},
        makers=frozenset(map(fold, data["changes"]["types"])),
        opening=tuple(
            (cast(Relation, n), re.compile(rf"{_LABEL}{alternation(w)}\b")) for n, w in data["opening"].items()
        ),
        direct=tuple(
            (
                cast(Relation, n),
                re.compile(rf"\b(?<!chua )(?<!khong ){alternation(w)}\b(?: ?{filler}\b){{0,14}} ?[:,]?\s?$"),
            )
            for n, w in data["direct"].items()
        ),
        plain=re.compile(rf"\b{alternation(data['plain']['cues'])}\s?(?:cac )?$"),
        never=re.compile(rf"\b{alternation(data['plain']['never'])}\b(?: ?{filler}\b){{0,6}} ?$"),
        far=re.compile(
            rf"\b(?<!chua )(?<!khong ){alternation(data['far']['verbs'])}\b[^;.()]{{0,110}}"
            rf"\b{alternation(data['far']['links'])}\s?$"
        ),
        preamble=re.compile(rf"{_LABEL}{alternation(data['preamble']['basis'])}\b"),
        guiding=frozenset(map(fold, data["guiding"]["types"])),
    )


def strongest(relations: Iterable[Relation]) -> Relation:
    """The strongest of several relations to one document; ``mentions`` when there is none."""
    order = _cues().strength
    return min(relations, key=order.index, default="mentions")


def relation_of(around: Surroundings, doc_type: str | None, title: bool = False) -> Relation:
    """The relation of one mention. ``doc_type`` is the citing document's; ``title``: it stands in its title.

    In a normative document *được thực hiện theo quy định tại X* is a reference; in a dispatch it orders to carry X out.
    """
    relation = _relation(around, doc_type, title)
    normative = fold(doc_type or "") in _cues().guiding
    return "mentions" if relation == "implements" and normative and _cues().plain.search(around.sentence) else relation


def _relation(around: Surroundings, doc_type: str | None, title: bool) -> Relation:
    sentence = around.sentence if around.gap is None else around.gap
    change = _change(around, doc_type, title)
    if change:
        return change
    if around.gap is not None:
        inherited = _in_list(around)
        if inherited:
            return inherited
        sentence = re.split(r"[;,] ", around.gap)[-1]
        found = None if _cues().never.search(around.gap) else _direct(sentence, title)
        return found or _enclosed(around) or _opened(sentence) or "mentions"
    if around.lead and re.fullmatch(_ITEM, around.sentence):
        return around.lead
    if _cues().never.search(sentence):
        return "mentions"
    guiding = title or fold(doc_type or "") in _cues().guiding
    if fold(doc_type or "") in _cues().makers and _cues().preamble.match(sentence):
        return "basis"
    return _direct(sentence, guiding) or _opened(sentence) or _enclosed(around) or "mentions"


def lead_relation(words: str, doc_type: str | None) -> Relation | None:
    """What a lead-in (``Thực hiện các văn bản sau``, folded, without its colon) makes of the items of its list."""
    around = Surroundings(words + " ", None, None, "", None)
    return _change(around, doc_type, False) or _direct(around.sentence, False)


def _in_list(around: Surroundings) -> Relation | None:
    """An item of a list has the relation of the list; what a title says lies between the two without a comma."""
    gap = around.gap or ""
    if _SENT_WITH.search(gap):
        return "encloses"
    if is_list(gap):
        return around.before
    return "mentions" if is_title(gap) and not re.search(r"[;,] ", gap) else None


def is_list(gap: str) -> bool:
    """Whether two mentions with only these words between them are items of one list."""
    return _LIST.match(gap) is not None


def is_title(gap: str) -> bool:
    """Whether the words between two mentions begin the title of the first and do not end it."""
    return _TITLE.match(gap) is not None and not is_list(gap)


def _direct(sentence: str, guiding: bool) -> Relation | None:
    """The relation by a cue directly before the document. ``guiding``: a title, or a document of a kind that guides
    others; elsewhere *hướng dẫn thực hiện* is a duty, which implements."""
    found = [name for name, pattern in _cues().direct if pattern.search(sentence)]
    if "guides" in found:
        if guiding or _SELF.search(sentence):
            return "guides"
        found.remove("guides")
    if "encloses" in found and _cues().plain.search(sentence):
        found.remove("encloses")
    if not found and _cues().far.search(sentence):
        return "implements"
    return found[0] if found else None


def _opened(sentence: str) -> Relation | None:
    """The relation that the first words of the sentence give, for a mention in its opening clause."""
    for name, pattern in _cues().opening:
        match = pattern.match(sentence) if len(sentence) <= _OPENING_REACH else None
        if match and _NEXT_CLAUSE.search(sentence):
            continue
        if match and not (name != "basis" and _cues().plain.search(sentence)):
            return name
    return None


def _enclosed(around: Surroundings) -> Relation | None:
    return "encloses" if _ENCLOSED.match(around.after) else None


def _change(around: Surroundings, doc_type: str | None, title: bool) -> Relation | None:
    """``bãi bỏ``, ``thay thế``, ``sửa đổi``, ``đính chính``: only of the citing document itself, and only when it is of
    a kind that can change another."""
    own = _SELF.search(around.sentence)
    itself = own is not None and own[1] in ("van ban", fold(doc_type or own[1]))
    corrects = "dinh chinh" in around.sentence
    if (own and not itself) or (doc_type and fold(doc_type) not in _cues().makers and not itself and not corrects):
        return None
    if around.gap is not None and is_list(around.gap):
        return around.before if around.before in _cues().change_of.values() else None
    if around.gap is not None and is_title(around.gap):
        return None
    if _EXPIRES.match(around.after) and re.fullmatch(rf"{_ITEM}(?:{_PROVISIONS})?", around.sentence):
        return "repeals"
    return _changing_verb(around, itself or title or corrects)


def _changing_verb(around: Surroundings, own: bool) -> Relation | None:
    """The last verb of change before the mention. It begins its sentence unless the document speaks of itself
    (``own``); nothing quoted, and no *theo quy định tại*, comes after it."""
    sentence = around.sentence if around.gap is None else around.gap
    match = next(reversed(list(_cues().change.finditer(sentence))), None)
    if match is None or len(sentence) - match.end() > _VERB_REACH or _NOT_NOW.search(sentence[: match.start()]):
        return None
    if _QUOTED.search(sentence, match.end()) or _BY_RULE.search(sentence, match.end()):
        return None
    begins = around.gap is None and re.fullmatch(_LABEL[1:] + "(?:nay |va |dong thoi )?", sentence[: match.start()])
    return _cues().change_of[" ".join(match[0].split())] if begins or own else None
