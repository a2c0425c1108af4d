"""The other columns of an obligation: who helps, whom to report to, on what condition, what to do."""

from __future__ import annotations

import re

from extractors.actors import read_names, starts_actor
from extractors.model import Span
from extractors.wording import WORD, any_case

_WITH = re.compile(
    any_case(
        (
            r"phối hợp(?: chặt chẽ| thường xuyên| đồng bộ| thực hiện| cùng| công tác| tốt| hiệu quả|, hỗ trợ"
            r"|, giúp đỡ)*(?: với| cùng| cùng với| của)?[:,]?\s+",
            r"cùng với\s+",
        ),
        start=WORD,
    )
)
_REPORT = re.compile(
    any_case(
        [
            rf"{word}\b[^.;:]{{0,160}}?\s(?:về|cho|lên|đến|tới|với|gửi)\s+(?=\S)"
            for word in ("báo cáo", "gửi", "trình", "phản ánh", "tham mưu", "xin ý kiến", "liên hệ", "thông tin")
        ]
        + [
            rf"{word}(?: ngay| kịp thời)?\s+(?=\S)"
            for word in ("báo cáo", "trình", "liên hệ", "xin ý kiến", "tham mưu(?: cho)?")
        ],
        start=WORD,
    )
)
_PURPOSE = re.compile(r"\b(?:để|nhằm)\b[^,;]*$")
_CLAUSE = r"\b[^,]*(?:,|\bthì\b)"
_CONDITION = re.compile(
    any_case(
        [f"{word}{_CLAUSE}" for word in ("trường hợp", "trong trường hợp", "nếu", "khi", "riêng trường hợp")]
        + [r"trường hợp(?<=\btrường hợp) [^,;]+(?=,)", r"nếu(?<=\bnếu) [^,;]+(?=,|$)"]
    )
)
_ROUTE = re.compile(r"\s*\(?(?:qua|thông qua|qua đầu mối)\s+[^),.;]{3,90}\)?")
_TIME_ONLY = re.compile(
    r"(?:[-–+]\s*)?(?:Thời gian|Thời hạn|Hạn|Tiến độ|Thời điểm)(?: (?:thực hiện|hoàn thành|triển khai"
    r"|gửi|báo cáo|tổ chức|xong|hoàn tất|cuối|trình|nộp))*\s*(?::|là|trước|trong|chậm)"
    r"|Việc [^.;]{3,80} (?:thực hiện|hoàn thành|xong) (?:trước|trong|chậm)"
    r"|(?:Kết quả|(?:Văn bản|Báo cáo|Ý kiến|Hồ sơ|Danh sách)(?= (?:đề nghị )?gửi))"
    r"(?: (?:thực hiện|rà soát|kiểm tra|xử lý|góp ý|tham gia))* (?:đề nghị )?(?:báo cáo|gửi)(?: về)? [^.;:]{3,90}?"
    r" (?:trước|chậm nhất)",
    re.IGNORECASE,
)
_FIELDS = (
    ("time", re.compile(r"(?:[-–+*]\s*)?(?:Thời gian|Thời hạn|Tiến độ|Hạn)(?: (?:thực hiện|hoàn thành|triển khai"
        r"|tổ chức))*\s*:\s*", re.IGNORECASE)),
    (
        "coordinators",
        re.compile(r"(?:[-–+*]\s*)?(?:Các )?(?:Cơ quan|Đơn vị)?\s*phối hợp(?: thực hiện)?\s*:\s*", re.IGNORECASE),
    ),
    ("product", re.compile(r"(?:[-–+*]\s*)?(?:Sản phẩm|Kết quả đầu ra)(?: (?:dự kiến|đầu ra|hoàn thành))*\s*:\s*",
        re.IGNORECASE)),
    ("actors", re.compile(r"(?:[-–+*]\s*)?(?:(?:Cơ quan|Đơn vị|Bộ phận|Người)\s+)?(?:chủ trì|thực hiện|chịu trách nhiệm"
        r"|đầu mối)(?: thực hiện)?\s*:\s*", re.IGNORECASE)),
)  # fmt: skip


def coordinators(sentence: str, actors: tuple[str, ...]) -> tuple[str, ...]:
    """Those after *phối hợp với* / *cùng với*, up to the next predicate."""
    found: list[str] = []
    for match in _WITH.finditer(sentence):
        if not starts_actor(sentence, match.end()):
            continue
        names = read_names(sentence, match.end())
        parts = [part for name in names.names for part in _parted(name)] if names else []
        found += [one for one in parts if one not in found and one not in actors]
    return tuple(found)


#: Who begins a party of his own in a list, without *các* before him.
_GROUP = r"(?:chính quyền|cơ quan (?:liên quan|chức năng|có liên quan|báo chí)|đơn vị liên quan|lực lượng|địa phương)"
_NEXT = re.compile(rf", (?={_GROUP}\b)|(?<!,) và (?={_GROUP}\b)")


def _parted(name: str) -> list[str]:
    """``doanh nghiệp cảng, chính quyền địa phương và cơ quan liên quan`` is three, ``các sở và địa phương`` one."""
    grouped = name[:4].lower() in ("các ", "nhữn", "mọi ", "toàn")
    return _NEXT.split(name) if ", " in name and not grouped else [name]


#: What is told stands right behind who is told: ``báo cáo Ban Thường vụ Huyện ủy kết quả``.
_RESULT = re.compile(r"(?<![Tt]rả)\s+(?:kết quả|tình hình|tiến độ|nội dung|số liệu)$")


def report_to(sentence: str) -> str | None:
    """Whom the result goes to, with the route as written: ``Văn phòng Tổng cục (qua Bộ phận Y tế)``."""
    for match in _REPORT.finditer(sentence):
        if _PURPOSE.search(sentence[: match.start()]) or not starts_actor(sentence, match.end()):
            continue
        names = read_names(sentence, match.end())
        if names:
            route = _ROUTE.match(sentence, names.end)
            text = _RESULT.sub("", " và ".join(names.names))
            return f"{text}{route[0].rstrip()}" if route and "(" not in text else text
    return None


def condition(sentence: str) -> str | None:
    """The first stated condition, as written."""
    match = _CONDITION.search(sentence)
    return match[0].strip(" ,") if match else None


def action(text: str, predicate: int, span: Span) -> str | None:
    """What is to be done: the sentence from its predicate on."""
    start = predicate if span.start <= predicate < span.end else span.start
    return text[start : span.end].strip(" ,:;./") or None


def is_time_only(text: str, span: Span) -> bool:
    """True for a sentence that only gives the time of the duty before it."""
    return span.end - span.start < 160 and bool(_TIME_ONLY.match(text[span.start : span.end]))


def field_line(text: str, span: Span) -> tuple[str, Span] | None:
    """``Cơ quan chủ trì: …``, ``Phối hợp: …``, ``Thời gian thực hiện: …``: the field and its value."""
    line = span.of(text)
    if ":" not in line:
        return None
    for kind, pattern in _FIELDS:
        match = pattern.match(line)
        if match and len(line) < 400 and (kind in ("time", "product") or starts_actor(line, match.end())):
            return kind, Span(span.start + match.end(), span.end)
    return None


def is_task_field(text: str, span: Span) -> bool:
    """True when the line makes the clause above it a task: it names a doer or helper, or a time *of doing*."""
    found = field_line(text, span)
    if found is None:
        return False
    kind, value = found
    return kind != "time" or bool(re.search(r"thực hiện|hoàn thành|triển khai", text[span.start : value.start]))
