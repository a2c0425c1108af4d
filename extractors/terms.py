"""The terms of a duty: what is excepted, how much is to be reached, who answers to whom, by which way it is sent.

All are words of the sentence itself, as written; what it does not say is ``None`` or empty.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.actors import Names, read_names, starts_actor
from extractors.details import condition
from extractors.letters import UPPER
from extractors.wording import WORD, any_case, any_of


class Terms(NamedTuple):
    """The terms of one sentence; fields as in :class:`extractors.model.Obligation`."""

    exception: str | None = None
    target: str | None = None
    accountable_to: str | None = None
    route: str | None = None
    channels: tuple[str, ...] = ()


def read_terms(sentence: str) -> Terms:
    """The terms that ``sentence`` states. Total and linear in its length."""
    sentence = sentence[:_LONGEST]
    return Terms(_exception(sentence), _target(sentence), _accountable(sentence), _route(sentence), _channels(sentence))


_LONGEST = 4000
# "khấu trừ", "loại trừ", "phòng trừ", "diệt trừ" are verbs of their own.
_EXCEPT = re.compile(
    r"(?:^|[\s(,])(?<!khấu )(?<!loại )(?<!phòng )(?<!diệt )"
    r"(?P<said>(?:ngoại trừ|trừ|không áp dụng đối với|không bao gồm)"
    r"\s+(?!vào\b|thuế\b|tiền\b|lương\b|dần\b)[^;.)\n]{3,300})"
)


def _exception(sentence: str) -> str | None:
    """``trừ Chi cục Cửa Lò``, ``trừ trường hợp …``: to the end of the bracket or of the clause."""
    found = _EXCEPT.search(sentence) if "trừ" in sentence or "không " in sentence else None
    if found is None:
        return None
    said = found["said"]
    inside = sentence[: found.start("said")].rstrip().endswith("(")
    return (said if inside or said.startswith(("trừ trường hợp", "trừ những")) else said.split(",")[0]).strip(" ,")


_BOUNDS = (
    r"đạt(?: tỷ lệ| mức| trên| từ| tối thiểu| ít nhất)?", "tối thiểu", "ít nhất", "không dưới", "không thấp hơn",
    "phấn đấu(?: đạt)?", "tối đa", "không quá", "không vượt quá",
)  # fmt: skip
#: A target has a bound or a percentage.
_BOUNDED = re.compile(any_case(_BOUNDS, start=WORD) + r"\s+\d")
_TARGET = re.compile(
    rf"(?:\b(?:{'|'.join(_BOUNDS)})\s+|(?<!dưới )(?<!trên )(?<!quá )(?<!suất )(?<!thuế )(?<!bằng )(?<!\d)"
    r"(?=\d[\d.,]{0,9}\s?%\s[a-zđ]))"
    r"(?P<number>\d[\d.,]{0,15})(?P<percent>\s?%)?(?!\d)(?P<what>(?:\s[^\s,;.:()]{1,20}){0,10})",
    re.IGNORECASE,
)
_TIME_UNIT = re.compile(r"\s(?:giờ|ngày|tuần|tháng|quý|năm|phút|giây|lần|làm việc|giây)\b", re.IGNORECASE)
_TARGET_ENDS = re.compile(
    r"(?:^|\s)(?:và|để|trong|trước|từ|theo|nhằm|tại|trên|vào|đến|chậm|bảo đảm|đảm bảo|hoàn thành|được|báo cáo|phải|do"
    r"|ký|(?:ngày|năm|quý|tháng)\s\d+)(?:\s|$)"
)


def _target(sentence: str) -> str | None:
    """``đạt 90%``, ``tối thiểu 03 mô hình``, ``100% khu dân cư``; a number of days is a time, a condition no target."""
    if "%" not in sentence and not _BOUNDED.search(sentence):
        return None
    for found in _TARGET.finditer(sentence):
        what = found["what"] or ""
        end = _TARGET_ENDS.search(what)
        what = what[: end.start()] if end else what
        if _TIME_UNIT.match(what) or (not found["percent"] and not what.strip()):
            continue
        said = sentence[found.start() : found.start("what")] + what
        if said not in (condition(sentence) or ""):
            return said.strip(" ,")
    return None


_ANSWERS = re.compile(r"chịu(?<=\bchịu)(?: \w+){0,2}? trách nhiệm(?: \w+){0,2}? trước\s+")
_MATTER = re.compile(r"\s(?:về|nếu|trong|đối với|theo|khi)\s.*$", re.DOTALL)


def _accountable(sentence: str) -> str | None:
    """``chịu trách nhiệm trước Chủ tịch UBND tỉnh về …``: to whom."""
    found = _ANSWERS.search(sentence)
    if found is None:
        return None
    law = re.compile(r"pháp luật(?: và )?").match(sentence, found.end())
    names = _names_at(sentence, law.end() if law else found.end())
    said = ([law[0].removesuffix(" và ")] if law else []) + [_MATTER.sub("", n) for n in (names.names if names else ())]
    return " và ".join(said) or None


_WAY = re.compile(r"(?P<bracket>\()?(?:\bthông qua|\bqua|\bqua đầu mối)\s+(?:đầu mối\s+)?(?:là\s+)?(?=\S)")


def _route(sentence: str) -> str | None:
    """``(qua Văn phòng UBND tỉnh)``: the body that hands it on."""
    if "qua" not in sentence:
        return None
    for found in _WAY.finditer(sentence):
        close = sentence.find(")", found.end(), found.end() + 120) if found["bracket"] else -1
        if close > 0 and starts_actor(sentence, found.end()):
            return sentence[found.end() : close].strip()
        names = _names_at(sentence, found.end())
        if names:
            return " và ".join(name.rstrip(")") for name in names.names)
    return None


_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,32}){1,4}|https?://[^\s;,)]{4,200}")
_SENDS = re.compile(
    r"\b(?:báo cáo|gửi|nộp|cập nhật|đăng ký|khai báo|khai|nhập|liên hệ|góp ý|tiếp nhận|tra cứu)\b", re.I
)
_SYSTEM = re.compile(
    any_of(("trên", "qua", "vào", "bằng", "về", "đến"), start=WORD)
    + rf"\s+(?P<name>(?:[Hh]ệ thống|[Tt]rục|[Pp]hần mềm|[Cc]ơ sở dữ liệu|[Cc]ổng)\s"
    rf"(?=[^,;()\n]{{0,60}}[{UPPER}])(?:[^,;.()\n]|(?<=\d)\.(?=\d)){{2,100}}|thư điện tử|đường bưu điện)"
)
_SYSTEM_ENDS = re.compile(
    r"\s(?:trước|trong|chậm nhất|để|theo|và|hoặc|hằng|hàng|thông qua|từ|khi|vào|thì|nếu|nên|nhưng|đối với|với|có)\s"
    r"|\stại (?:địa chỉ|mục)\b"
)


def _channels(sentence: str) -> tuple[str, ...]:
    """Mail and web addresses, and the system on which something is sent or entered."""
    addressed = "@" in sentence or "://" in sentence
    found = [match[0].rstrip(".") for match in _MAIL.finditer(sentence)] if addressed else []
    if _SYSTEM.search(sentence) and _SENDS.search(sentence):
        for match in _SYSTEM.finditer(sentence):
            end = _SYSTEM_ENDS.search(match["name"])
            found.append((match["name"][: end.start()] if end else match["name"]).strip())
    return tuple(dict.fromkeys(found))


def _names_at(sentence: str, at: int) -> Names | None:
    return read_names(sentence, at)
