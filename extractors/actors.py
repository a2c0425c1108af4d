"""Who is meant: reads the names of those a sentence charges, from a given place in it.

A list of names runs until the first predicate in small letters (``Sở Xây dựng chủ trì …``), a colon or a stop. It is then
parted into single names; a collective phrase (``các sở, ban, ngành``) stays one, a shared head is written out
(``các Bộ: Tài chính, Xây dựng``). Wording is kept as printed (domain rule: names of actors as written).
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from extractors.fold import fold
from extractors.letters import UPPER
from extractors.lexicon import alternation, settings


class Names(NamedTuple):
    """The names read, and where the list ends in the text."""

    names: tuple[str, ...]
    end: int


_SPACE = re.compile(r"[\s\"“”']*")
_MAX_LIST = 700
_SEPARATOR = re.compile(r"\s*[;,]\s*(?:và\s+)?|\s+và\s+|\s+cùng\s+|\s+hoặc\s+|\s*/\s+")
_TRAILING = re.compile(
    r"(?:\s*[,;:]|\s+(?:và|là|thì|cũng|đã|sẽ|được|do|về|tại|trong|như|với|cùng|của|vừa|luôn|còn|vẫn|đang|nào|nói chung))+$"
)
_RESTRICTIVE = re.compile(r"\s+nơi có\s.*$|,? trong phạm vi .*$|,? theo (?:chức năng|thẩm quyền|lĩnh vực).*$|\s+(?:nêu|nói) trên$")
_STOP = re.compile(r":|\.(?:\s|/|$)|\.{2,}|\n|\t|…|\?|!|;\s(?=[a-zđ])")
_SHARED_HEAD = re.compile(
    r"((?:[Cc]ác )?(?P<head>Bộ|Sở|Ban|Cục Hải quan|Cục Thuế|UBND|Ủy ban nhân dân|Ban Quản lý dự án|Công ty|Phòng|Chi cục|Vụ|Cục)"
    rf"(?P<kind>(?: các)?(?: tỉnh| huyện| thành phố| xã| phường|,)*)?)\s*(?::\s*|\s)(?P<list>[{UPPER}].*)$"
)


def _any(*lists: str) -> str:
    return alternation([word for name in lists for word in settings("actors")[name]])


@cache
def _head() -> re.Pattern[str]:
    heads = _any("bodies", "persons", "groups")
    return re.compile(rf"(?:(?:{_any('quantifiers')}|\d{{1,3}})\s+){{0,3}}(?:dong chi\s+)?(?:{heads})\b")


@cache
def _person() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any('persons')})\b")


@cache
def _predicate() -> re.Pattern[str]:
    words = sorted(settings("actors")["predicates"], key=len, reverse=True)
    return re.compile(rf"(?<=\s)(?:{'|'.join(map(re.escape, words))})(?![\w])")


@cache
def _noun_predicates() -> frozenset[str]:
    return frozenset(settings("actors")["noun_predicates"])


def starts_actor(text: str, at: int = 0) -> bool:
    """True when a name of somebody who can be charged begins at ``at``."""
    at = _SPACE.match(text, at).end()  # type: ignore[union-attr]
    folded = fold(text[at : at + 80])
    match = _head().match(folded)
    if not match:
        return False
    head = text[at : at + match.end()]
    return head[0].isupper() or not _is_plain_noun(text, at, match.end())


def _is_plain_noun(text: str, at: int, length: int) -> bool:
    """``tổ chức hội nghị``, ``phòng, chống dịch``, ``ban hành``: a small-letter word that only looks like a head."""
    head, after = text[at : at + length], text[at + length : at + length + 12]
    if head in ("tổ chức", "ban", "phòng", "tổ", "báo", "đoàn", "hội", "bộ", "cấp", "thông tin", "trường", "trung ương", "thuế", "bên", "ông", "bà"):
        return not re.match(r",? (?:các |cá nhân|[A-ZĐ]|đảng|đại diện|tín dụng|ngành|đoàn thể|xã\b|huyện|tỉnh|cơ sở)", after)
    return False


def read_names(text: str, at: int = 0) -> Names | None:
    """The names that stand at ``at``, or ``None`` when nobody is named there."""
    at = _SPACE.match(text, at).end()  # type: ignore[union-attr]
    if not starts_actor(text, at):
        return None
    end = _list_end(text, at)
    region = text[at:end]
    names = tuple(name for part in _split(region) for name in _expand(part))
    return Names(names, end) if names else None


def _list_end(text: str, at: int) -> int:
    """Where the list of names ends: at a predicate, a colon, a sentence stop, or a bracket that is not part of it."""
    limit = min(len(text), at + _MAX_LIST)
    stop = next((m for m in _STOP.finditer(text[at:limit]) if not _shares_head(text[at:limit], m)), None)
    hard = at + stop.start() if stop else limit
    depth_free = _mask_brackets(text[at:hard])
    for match in _predicate().finditer(depth_free):
        if not _inside_name(depth_free, match):
            return at + match.start()
    return hard


def _shares_head(region: str, stop: re.Match[str]) -> bool:
    """``các Bộ: Tài chính, Xây dựng``: the colon opens the list of those who share the head."""
    return stop[0] == ":" and bool(
        re.search(r"\b(?:[Cc]ác|giữa) (?:Bộ|Sở|Ban|Vụ|Cục|Phòng|ban|tỉnh|tỉnh, thành phố|huyện|xã|phường|đơn vị)$", region[: stop.start()])
        and re.match(rf"\s*[{UPPER}][^.:;]{{2,40}}[,;]", region[stop.end() :])
    )


def _mask_brackets(region: str) -> str:
    return re.sub(r"\([^()]*\)", lambda m: "·" * len(m[0]), region)


def _inside_name(region: str, match: re.Match[str]) -> bool:
    """True when the word of a predicate is part of a name: ``các cơ quan, tổ chức``, ``cơ quan quản lý nhà nước``."""
    word, before, after = match[0], region[: match.start()], region[match.end() :]
    if word == "tổ chức":
        return bool(re.search(r"(?:,|\bvà|\bcác|\bcơ quan|\bmọi)\s$", before)) and not re.match(
            r" (?:triển khai|thực hiện|hội|kiểm|rà soát|tập huấn|tuyên|họp|phổ)", after
        )
    if word in ("cấp", "in", "lập", "giao", "chuyển", "ký", "ghi", "tính", "nhập", "giữ", "đặt", "khai", "mới"):
        if re.search(r"\b(?:các|người|cùng|chuyên|bộ phận|được|đầu mối|đã|trung ương)\s$", before) or re.match(r" (?:tỉnh|huyện|xã|trên|dưới|bách)\b", after):
            return True
    if word == "lãnh đạo":
        return bool(re.match(rf" (?:các |[{UPPER}])", after)) and bool(re.search(r"(?:[,;]|và)\s$", before))
    if word == "đầu tư":
        return before.lower().endswith(("chủ ", "nhà ", "ban quản lý "))
    if word in ("trước", "để", "ngay") and re.search(r"[,;]\s$", before):
        return False
    if word in _noun_predicates() and re.search(r"\b(?:cơ quan|đơn vị|cán bộ|công chức|tổ chức|lực lượng|bộ phận|người|doanh nghiệp|cơ sở|chủ|quan|ban|tổ)\s$", before):
        return bool(re.match(r" (?:nhà nước|chuyên ngành|kho|cảng|dịch vụ|điểm|thuế|hải quan|lao động|hóa đơn|thuộc|[A-ZĐ\d])", after)) or bool(
            re.match(r",? (?:chủ trì|phối hợp|thực hiện|có trách nhiệm|phải|chịu|căn cứ|kiểm tra|lập|rà soát|tiến hành|hướng dẫn|chủ động|\S+ hướng dẫn)\b", after)
        )
    return bool(re.search(r"\b(?:được|đã|đang|sẽ|có liên quan|chuyên trách)\s$", before)) and word not in ("phải",) and bool(re.search(r"\bđược\s$", before))


def _split(region: str) -> list[str]:
    """Part a list into names: a new name begins where a head with a proper name or a quantifier begins."""
    region = _TRAILING.sub("", _RESTRICTIVE.sub("", region)).strip(" ,;.\"“”")
    masked = _mask_brackets(region)
    parts: list[str] = []
    at = 0
    for match in _SEPARATOR.finditer(masked):
        if match.start() > at and _new_name(region[at : match.start()], match[0], region[match.end() :]):
            parts.append(region[at : match.start()])
            at = match.end()
    parts.append(region[at:])
    return [p.strip(" ,;") for p in parts if p.strip(" ,;")]


def _new_name(before: str, separator: str, after: str) -> bool:
    folded = fold(after[:60])
    head = _head().match(folded)
    if not head:
        return False
    if re.match(rf"(?:các|những|mỗi|toàn thể|\d+) ", after, re.I) or ";" in separator:
        return not (re.match(r"các (?:ngành|cấp)\b", after) and before.endswith(("các cấp", "các ngành")))
    if after[0].isupper():
        return not _group_of_heads(before, after)
    if _person().match(folded) and not _people_list(before):
        return True
    return bool(
        re.match(r"(?:đơn vị được|lãnh đạo|chủ tịch|ủy ban|uỷ ban|cơ quan [a-zđ]+ [a-zđ]+|chính quyền|tổ chức đại diện)", after) and before[:1].isupper()
    )


def _group_of_heads(before: str, after: str) -> bool:
    """``các Vụ, Cục, đơn vị``, ``các Bộ, Ban``: bare heads without a name of their own stay together."""
    bare = re.fullmatch(r"(?:[Cc]ác )?(?:\w+, ?)*\w+(?: \w+)?", before)
    return bool(bare and re.match(r"[Cc]ác ", before) and re.match(r"\w+(?:,| và|$| đơn vị)", after))


def _people_list(before: str) -> bool:
    """``cán bộ, công chức, viên chức``: people in small letters are one collective."""
    return bool(re.search(r"(?:cán bộ|công chức|viên chức|đảng viên|người lao động|lãnh đạo|đoàn viên|hội viên|học sinh|sinh viên|người dân|tổ chức|hộ)$", before, re.I))


def _expand(name: str) -> list[str]:
    """Write a shared head out: ``các Bộ: Tài chính, Xây dựng`` -> ``Bộ Tài chính``, ``Bộ Xây dựng``."""
    match = _SHARED_HEAD.match(name)
    if not match or not (match[1].lower().startswith("các") or ":" in name[: match.start("list")]):
        return [name]
    head = match["head"]
    items = re.split(rf"\s*[,;]\s*(?=[{UPPER}a-zđ])|\s+và\s+(?=[{UPPER}])", match["list"])
    if len(items) < 2 or any(len(i) > 60 for i in items):
        return [name]
    kept: list[str] = []
    for item in items:
        if item[:1].islower() and not re.match(r"lương thực", item) or not item:
            return [name]
        kept.append(item if fold(item).startswith(fold(head)) else f"{head} {item}")
    return kept


def split_names(cell: str) -> tuple[str, ...]:
    """The names in a table cell or behind ``Đơn vị chủ trì:``, which holds nothing but names."""
    names: list[str] = []
    for piece in re.split(r"\s*[;\n]\s*|\s*,?\s+(?=- )", cell):
        piece = piece.strip(" -–+.,")
        names += [name for part in _split(piece) for name in _expand(part)] if piece else []
    return tuple(names)
