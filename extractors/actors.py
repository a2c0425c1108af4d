"""Who is meant: reads the names of those a sentence charges, from a given place in it.

A list of names runs until the first predicate in small letters (``Sở Xây dựng chủ trì …``), a colon or a stop. It is
then parted into single names; a collective phrase (``các sở, ban, ngành``) stays one, a shared head is written out
(``các Bộ: Tài chính, Xây dựng``). Wording is kept as printed (domain rule: names of actors as written).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from extractors.fold import fold, lower, new_tone
from extractors.letters import LOWER, UPPER
from extractors.lexicon import settings
from extractors.wording import any_word


class Names(NamedTuple):
    """The names read, and where the list ends in the text."""

    names: tuple[str, ...]
    end: int


_SPACE = re.compile(r"[\s\"“”']*")
_FIRST = re.compile(rf"{_SPACE.pattern}(\w*)")
_MAX_LIST = 700
_SEPARATOR = re.compile(r"\s*[;,]\s*(?:và\s+)?|\s+và\s+|\s+cùng\s+|\s+hoặc\s+|\s*/\s+")
_TRAILING = re.compile(
    r"(?:\s*[,;:]|\s+(?:và|là|thì|cũng|đã|sẽ|được|do|về|tại|trong|như|với|cùng|của|vừa|luôn|còn|vẫn"
    r"|đang|nào|nói chung|chưa|không|cũng như|mà))+$"
)
_RESTRICTIVE = re.compile(
    r"\s+\(\d[^()]*\)$"  # "(6 nhiệm vụ)" counts
    r"|\s+nơi có\s.*$|,? trong phạm vi .*$|,? theo (?:chức năng|thẩm quyền|lĩnh vực).*$|\s+(?:nêu|nói) trên$"
)
# "Văn hóa, Thể thao và Du lịch", "Nông nghiệp và Môi trường" are one item of a list of departments.
_ITEM = re.compile(
    rf"\s*[,;]\s*(?!Thể thao|thể thao|Thương binh)(?=[{UPPER}a-zđ])"
    r"|\s+và\s+(?!Đầu tư|Môi trường|Phát triển|Xã hội|Đào tạo|Du lịch|Công nghệ|Truyền thông|Tôn giáo|PTNT)"
    rf"(?=[{UPPER}])"
)
_STOP = re.compile(r":|\.(?:\s|/|$)|\.{2,}|\n|\t|…|\?|!|;\s(?=[a-zđ])")
_SHARED_HEAD = re.compile(
    r"(?P<who>(?:[^:,;]{2,60}? )?)[Cc]ác (?P<head>Bộ|Sở|Ban|Cục Hải quan|Cục Thuế|UBND|Ủy ban nhân dân"
    r"|Phòng|Chi cục|Vụ|Cục|tỉnh|huyện|quận|xã|phường|thị trấn)"
    rf"\s*(?P<colon>:?)\s*(?P<list>[{UPPER}].*)$"
)


def _any(*lists: str) -> str:
    return any_word(lower(word) for name in lists for word in settings("actors")[name])


@cache
def _head() -> re.Pattern[str]:
    quantifier = rf"(?:(?:{_any('quantifiers')}|\d{{1,3}})\s+)"
    heads = rf"(?P<head>{_any('bodies', 'persons', 'groups')}\b)"
    places = rf"{quantifier}(?:{_any('places')})\b(?! hội)|(?:{_any('places')})\s(?=nào\b)"
    return re.compile(rf"{quantifier}{{0,3}}(?:đồng chí\s+)?{heads}|{places}")


@cache
def _first_words() -> frozenset[str]:
    """The words with which whatever :func:`_head` matches begins, numbers apart."""
    lists = [settings("actors")[name] for name in ("quantifiers", "bodies", "persons", "groups", "places")]
    words = {lower(re.findall(r"\w+", phrase)[0]) for phrases in [*lists, ["đồng chí"]] for phrase in phrases}
    return frozenset(words | {new_tone(word) for word in words})


@cache
def _no_head() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(settings("actors")["no_heads"]) + ")")


# Two capitals make a proper name: "Ban Nghiệp vụ thuế", but not "Ban hành".
_PROPER = re.compile(rf"[{UPPER}][{LOWER}]+ [{UPPER}][{LOWER}]+")


@cache
def _person() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any('persons')})\b")


@cache
def _predicate() -> re.Pattern[str]:
    return re.compile(rf"(?<=\s){any_word(settings('actors')['predicates'])}(?!\w)")


@cache
def _noun_predicates() -> frozenset[str]:
    return frozenset(settings("actors")["noun_predicates"])


def starts_actor(text: str, at: int = 0) -> bool:
    """True when a name of somebody who can be charged begins at ``at``."""
    return _start(text, at) is not None


def _start(text: str, at: int) -> int | None:
    """Where the name begins that stands at ``at`` behind spaces and quotation marks; ``None`` where there is none."""
    first: re.Match[str] = _FIRST.match(text, at)  # type: ignore[assignment]
    word, at = first[1], first.start(1)
    if word.lower() not in _first_words() and not word.isdecimal():
        return None  # most words: nothing more is asked of them
    small = lower(text[at : at + 80])
    found = _head().match(small)
    if found is None:
        return None
    head = found.start("head")
    named = head < 0 or not _no_head().match(small, head) or bool(_PROPER.match(text, at + head))
    return at if named else None


def read_names(text: str, at: int = 0) -> Names | None:
    """The names that stand at ``at``, or ``None`` when nobody is named there."""
    start = _start(text, at)
    if start is None:
        return None
    at = start
    end = _list_end(text, at)
    region = text[at:end].rstrip()
    trailing = _TRAILING.search(region)
    region, end = (region[: trailing.start()], at + trailing.start()) if trailing else (region, end)
    names = tuple(name for part in _split(region) for name in _expand(part))
    if names and (_CITED.search(names[0]) or lower(names[0]) in settings("actors")["quantifiers"]):
        return None
    return Names(names, _SPACE.match(text, end).end()) if names else None  # type: ignore[union-attr]


#: A document is nobody: "Chính phủ, Thông tư số …" is the tail of a citation.
_CITED = re.compile(
    r"\bsố \d|\d/\d|\b(?:Thông tư|Nghị định|Quyết định|[Cc]ông văn|Chỉ thị|Điều|khoản) (?:số|\d)|\bLuật [A-ZĐ]"
)


def opens_with_predicate(sentence: str) -> bool:
    """True when the sentence begins with a known verb (``Rà soát …``): nobody is named at its head."""
    return bool(_predicate().match(f" {sentence[:1].lower()}{sentence[1:80]}", 1))


def _list_end(text: str, at: int) -> int:
    """Where the list of names ends: at a predicate, a colon, a sentence stop, or a bracket that is not part of it."""
    limit = min(len(text), at + _MAX_LIST)
    region = text[at:limit]
    stop = next(
        (
            m
            for m in _STOP.finditer(region)
            if not _shares_head(region, m) and not (m[0][0] == ";" and starts_actor(region, m.end()))
        ),
        None,
    )
    hard = at + stop.start() if stop else limit
    depth_free = _mask_brackets(text[at:hard])
    for match in _predicate().finditer(depth_free):
        if not _inside_name(depth_free, match):
            allowed = re.search(
                r"\bđược\s(?:(?:giao|phân công|ủy quyền|yêu cầu|quyền)\s)?$", depth_free[: match.start()]
            )
            return at + (allowed.start() if allowed else match.start())
    return hard


def _shares_head(region: str, stop: re.Match[str]) -> bool:
    """``các Bộ: Tài chính, Xây dựng``: the colon opens the list of those who share the head."""
    return stop[0] == ":" and bool(
        re.search(
            r"\b(?:[Cc]ác|giữa) (?:Bộ|Sở|Ban|Vụ|Cục|Phòng|ban|tỉnh|tỉnh, thành phố|huyện|quận|xã"
            r"|phường|thị trấn|đơn vị)$",
            region[: stop.start()],
        )
        and re.match(rf"\s*[{UPPER}][^.:;]{{2,40}}[,;]", region[stop.end() :])
    )


def _mask_brackets(region: str) -> str:
    return re.sub(r"\([^()]*\)", lambda m: "·" * len(m[0]), region) if "(" in region else region


_STRONG = (
    r"(?:chủ trì|phối hợp|thực hiện|có trách nhiệm|phải|chịu|căn cứ|kiểm tra|lập|rà soát|tiến hành"
    r"|hướng dẫn|chủ động|cần|có|sử dụng|đã|xem xét)"
)
_MUST = r"[^,;:]*? (?:không được|phải|có trách nhiệm|cần|chịu|tuyệt đối)\b"
_RELATIVE = r"(?!(?:phải|chịu trách nhiệm|có trách nhiệm|có nhiệm vụ)$)."
# What stands before or behind the word of a predicate when it is part of a name.
_INSIDE = tuple(
    (re.compile(word), re.compile(before, re.IGNORECASE), re.compile(after, re.IGNORECASE))
    for word, before, after in (
        (
            "tổ chức",
            r"(?:,|\bvà|\bcác|\bcơ quan|\bmọi|\bnhững|\blà)\s$",
            r"(?! (?:triển khai|thực hiện|hội|kiểm|rà soát|tập huấn|tuyên|họp|phổ))",
        ),
        (
            _RELATIVE,
            r"\b(?:nơi|người|thành viên|đại biểu|lực lượng|chủ thể|bên)(?: (?:đã|đang|được|trực tiếp))?\s$",
            "",
        ),
        (
            ".",
            r"^(?:các|những|mỗi|tỉnh|huyện|xã|chi cục|cục)\b.*\b(?:đã|chưa|đang)\s$",
            r"[^,;:]*? (?:thì|cần|phải|có trách nhiệm|chịu trách nhiệm|được|thực hiện|tiếp tục"
            r"|chủ động|khẩn trương|rà soát|nghiêm túc|hướng dẫn|ngoài)\b",
        ),
        (
            r"(?!(?:phải|do|cần|được|không|sẽ|có)$)\w+$",
            r"\b(?:vận|di|luân|tờ|công|thành|độc|thiết|cung|phân|bàn|chuyển|thư|đăng|chữ|nhật|quá"
            r"|chương|quy|danh|lộ|tiến|giáo|tờ|sáp|gia|thu|xuất|hiểu|bảo|tham|khởi|hỗ|lợi|đơn)\s$",
            "",
        ),
        (
            "cấp|in|lập|giao|chuyển|ký|ghi|tính|nhập|giữ|đặt|khai|mới|đưa|phân công",
            r"\b(?:các|cùng|chuyên|bộ phận|đầu mối|đã|trung ương)\s$"
            r"|^(?:các|những|mỗi|đơn vị|tổ chức|cơ quan|người|bộ phận)\b.*\bđược\s$",
            "",
        ),
        ("cấp", r"\b(?:mỗi|từng|mọi)\s$", ""),
        ("quyết định", r"\bký\s$", ""),
        ("kiểm tra|thanh tra", r"\bquyết định\s$", ""),
        (
            _RELATIVE,
            r"^(?:người|bên) (?!dân\b)\S+\s[^,;:]*$",
            r"(?: (?!và\b)[^\s,;:]+){0,8}? (?:phải|có trách nhiệm|có thể)\b",
        ),
        (".", r"\bnào (?:chưa|không|đã|có|còn)\b[^,;:]*\s$", r"[^,;:]*? thì\b"),
        ("cấp", r"\b(?:nhiều|có|\d)\s$", r" học\b"),
        ("quản lý", r"\b(?:cơ quan|đơn vị) chủ trì\s$", ""),
        ("giúp", r"\btham mưu(?:,| và)?\s$", " việc"),
        ("làm", r"\bđại lý\s$", " thủ tục"),
        ("mới", r"\bnông thôn\s$", ""),
        ("giảm", r"\b(?:chương trình|ban chỉ đạo|văn phòng|quốc gia)\s$", " nghèo"),
        ("cấp", "", r" (?:tỉnh|huyện|xã|trên|dưới|bách|cơ sở|ủy|uỷ)\b"),
        ("lãnh đạo", r"(?:[,;]|và)\s$", r" (?:các |[A-ZĐ])"),
        ("làm", r"việc\s$", ""),
        ("cần", r"hậu\s$", ""),
        ("lãnh đạo", r"đại diện\s$", ""),
        ("tham gia|dự|phục vụ|trực tiếp|làm việc", r"(?:cán bộ|nhân viên|công chức|viên chức|đơn vị)\s$", _MUST),
        ("dự", "", r" (?:án|toán|thảo|báo|phòng)\b"),
        ("đầu tư", r"(?:chủ|nhà|ban quản lý|xúc tiến|dự án)\s$", ""),
        ("xây dựng", r"đầu tư\s$", ""),
        ("tổ chức", r"\bban\s$", ""),
        ("tiếp nhận|nhận|trả", r"\b(?:bộ phận|tiếp|nhận và)\s$", r" (?:và trả )?kết quả"),
        (r"\w", r"\bcó chức năng\s$", ""),
        ("nhập|xuất", r"\b(?:hàng hóa|hàng|phương tiện|hành khách)\s$", r" (?:cảnh|khẩu)\b"),
        ("khai thác|bảo trì|bảo vệ|vận hành|sửa chữa|xây dựng|phát triển", r"\bquản lý,\s$", ""),
        ("sắp xếp|sáp nhập|hợp nhất|tổ chức lại|chia tách|kiện toàn", r"\bsau(?: khi)?\s$", ""),
        ("là", r"^(?!ông\b|bà\b)", r" (?:tổ chức|cá nhân|hộ|doanh nghiệp|đơn vị sự nghiệp|đảng viên|cán bộ|người)\b"),
        (".", r"\b(?:có|không có|không)\s$", ""),
        (
            ".",
            r"^những\b(?!.* (?:thì|phải|cần|vẫn|cũng)\b).*\s$",
            r"[^,;:]*? (?:thì|phải|cần|vẫn|cũng|báo cáo|có trách nhiệm|được|tiếp tục|khẩn trương)\b",
        ),
        ("thông tin", r"công nghệ\s$", ""),
        ("tuyên truyền|thông tin|truyền thông", r"cơ quan\s$", r", (?:báo chí|truyền thông)"),
        ("phụ trách|tham gia", r"(?:đồng chí|thủ tướng|chủ tịch|thành viên|trưởng)\s$", ""),
        (
            "giám sát|kiểm tra|quản lý",
            r"(?:hải quan|công chức|cán bộ)\s$",
            rf" (?:{_STRONG}\b|hải quan|thuế|kho|cảng|địa)",
        ),
        (
            "thống kê|đăng ký|kiểm tra|quản lý|điều tra|thanh tra|giám sát",
            r"\b(?:cục|tổng cục|vụ|ban|chi cục|phòng|viện|trung tâm|văn phòng|sở)\s$",
            rf"(?: \S+){{0,6}}? {_STRONG}\b",
        ),
        ("quản lý|thực hiện|lưu giữ|làm", r"\bđang\s$", ""),
    )
)
# A council or team is named by what it does: "Hội đồng xử lý hàng tồn đọng phân loại tài sản".
_BARE_HEAD = re.compile(r"(?:^|[,;]\s|\bcác\s|\bvà\s)(?:hội đồng|tổ|ban|đội|đoàn|tiểu ban|bộ phận)\s$", re.IGNORECASE)
_FINITE = re.compile(r"(?:có|phải|cần|chịu|không|tự|được)\b")
_LATER = re.compile(
    rf"^[^:;.]*? (?:{_STRONG}|tập trung|khẩn trương|nghiêm túc|tiếp tục|báo cáo|kịp thời|tổ chức|thì)\b"
)
_OFFICE = re.compile(
    r"\b(?:cơ quan|đơn vị|cán bộ|công chức|tổ chức|lực lượng|bộ phận|doanh nghiệp|cơ sở|chủ|ban|tổ)\s$", re.IGNORECASE
)
_OFFICE_TAIL = re.compile(
    rf" (?:nhà nước|chuyên ngành|kho|cảng|dịch vụ|điểm|thuế|hải quan|lao động|hóa đơn|thuộc|hàng|thị trường|rừng"
    rf"|dự án|chợ|đê|xuất nhập cảnh|trật tự|quản lý|[{UPPER}\d])|,? giúp việc\b|,? {_STRONG}\b"
)


@lru_cache(maxsize=2048)
def _around(word: str) -> tuple[tuple[re.Pattern[str], int, re.Pattern[str]], ...]:
    """What may stand before and behind the predicate ``word`` when it is part of a name; there are some 400 such.

    Each with how far back from the word it may begin: a pattern that repeats nothing is no longer than it is written.
    """
    return tuple(
        (before, _FAR if re.search(r"[*+^{]", before.pattern) else len(before.pattern), after)
        for words, before, after in _INSIDE
        if words.match(word)
    )


_FAR = 10_000
_NEAR = 30  # the other words that are looked for before a predicate reach no further back


def _inside_name(region: str, match: re.Match[str]) -> bool:
    """True when the word of a predicate is part of a name: ``các cơ quan, tổ chức``, ``cơ quan quản lý nhà nước``."""
    word, before, after = match[0], region[: match.start()], region[match.end() :]
    size = len(before)
    if any(a.match(after) and b.search(before, max(0, size - far)) for b, far, a in _around(word)):
        return True
    near = before[-_NEAR:]
    if re.search(r"\bvà\s$", near) and _predicate().search(after):
        return True  # "Cục Công nghệ thông tin và thống kê Hải quan tổ chức …": verbs are not joined before the first
    clause = re.split(r"[,;:]", after, maxsplit=1)[0]
    if _BARE_HEAD.search(near) and not _FINITE.match(word) and _predicate().search(clause):
        return True
    if re.search(r"\bđược (?:giao|phân công)\s$", near):
        return bool(_predicate().match(after, 1))  # "đơn vị được giao chủ trì lập dự toán"
    if re.search(r"\bđược\s$", near):
        charged = word in settings("actors")["charged_with"] and not _predicate().match(after, 1)
        return charged and bool(_LATER.search(after))
    return word in _noun_predicates() and bool(_OFFICE.search(near) and _OFFICE_TAIL.match(after))


def _split(region: str) -> list[str]:
    """Part a list into names: a new name begins where a head with a proper name or a quantifier begins."""
    region = _TRAILING.sub("", _RESTRICTIVE.sub("", region)).strip(' ,;."“”')
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
    small = lower(after[:60])
    if not starts_actor(after):
        return False
    if re.match(r"(?:các|những|mỗi|toàn thể|\d+) ", after, re.I) or ";" in separator:
        return not (re.match(r"các (?:ngành|cấp)\b", after) and before.endswith(("các cấp", "các ngành")))
    if after[0].isupper():
        return not _group_of_heads(before, after)
    if _person().match(small) and not _people_list(before):
        return True
    return bool(
        re.match(
            r"(?:đơn vị được|lãnh đạo|chủ tịch|ủy ban|uỷ ban|cơ quan [a-zđ]+ [a-zđ]+|chính quyền|tổ chức đại diện)",
            after,
        )
        and before[:1].isupper()
    )


def _group_of_heads(before: str, after: str) -> bool:
    """``các Vụ, Cục, đơn vị``, ``các Bộ, Ban``: bare heads without a name of their own stay together."""
    bare = re.fullmatch(r"(?:[Cc]ác )?(?:\w+, ?)*\w+(?: \w+)?", before)
    return bool(bare and re.match(r"[Cc]ác ", before) and re.match(r"\w+(?:,| và|$| đơn vị)", after))


def _people_list(before: str) -> bool:
    """``cán bộ, công chức, viên chức``: people in small letters are one collective."""
    return bool(
        re.search(
            r"(?:cán bộ|công chức|viên chức|đảng viên|người lao động|lãnh đạo|đoàn viên|hội viên|các ông"
            r"|học sinh|sinh viên|người dân|tổ chức|hộ)$",
            before,
            re.I,
        )
    )


def _expand(name: str) -> list[str]:
    """Write a shared head out: ``lãnh đạo các Sở: Y tế, Nội vụ`` -> ``lãnh đạo Sở Y tế``, ``lãnh đạo Sở Nội vụ``."""
    match = _SHARED_HEAD.match(name)
    if not match or (match["who"] and not match["colon"]):
        return [name]
    items = _ITEM.split(match["list"])
    if len(items) < 2 or any(not i or len(i) > 60 for i in items) or sum(i[0].isupper() for i in items) < 2:
        return [name]
    head = match["head"]
    return [match["who"] + (item if fold(item).startswith(fold(head)) else f"{head} {item}") for item in items]


def split_names(cell: str) -> tuple[str, ...]:
    """The names in a table cell or behind ``Đơn vị chủ trì:``, which holds nothing but names."""
    names: list[str] = []
    dashed = re.sub(r",?\s+-\s+", lambda m: "\n" if starts_actor(cell, m.end()) else m[0], cell)  # "Văn hóa - Xã hội"
    for piece in re.split(r"\s*[;\n]\s*", dashed):
        piece = piece.strip(" -–+.,")
        names += [name for part in _split(piece) for name in _expand(part)] if piece else []
    return tuple(names)
