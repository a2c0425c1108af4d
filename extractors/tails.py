"""What follows the number or name of a cited document: its date and its issuer, in either order.

``ngày 27/3/2020 của Thủ tướng Chính phủ về việc …``, ``của Bộ Tài chính ngày 05 tháng 01 năm 2020``, and the comma of
the Party style (``số 57-NQ/TW, ngày 22/12/2024 của Bộ Chính trị``).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.letters import LOWER, UPPER
from extractors.patterns import FULL_DATE, PARTIAL_DATE, YEAR, iso_date

#: Types of documents as the first word of a citation.
HEADS = (
    r"[Nn]ghị quyết liên tịch|[Nn]ghị quyết|[Nn]ghị định|[Qq]uyết định|[Cc]hỉ thị|[Tt]hông tư liên (?:tịch|bộ)"
    r"|[Tt]hông tư"
    r"|[Tt]hông báo|[Tt]hông cáo|[Tt]hông tri|[Cc]ông văn|[Cc]ông điện|[Cc]ông hàm|[Kk]ế hoạch|[Kk]ết luận|[Hh]ướng dẫn"
    r"|[Bb]áo cáo|[Bb]iên bản|[Tt]ờ trình|[Cc]hương trình|[Đđ]ề án|[Pp]hương án|[Qq]uy chế|[Qq]uy định|[Qq]uy hoạch"
    r"|[Gg]iấy mời|[Gg]iấy phép|[Gg]iấy ủy quyền|[Pp]hiếu chuyển|[Pp]hiếu gửi|[Vv]ăn bản hợp nhất|[Vv]ăn bản"
    r"|[Ss]ắc lệnh"
    r"|[Ss]ắc luật|(?<!ắc )[Ll]ệnh|[Bb]ộ [Ll]uật|(?<!ộ )[Ll]uật|[Pp]háp lệnh|[Tt]hư mời"
    r"|NGHỊ QUYẾT|NGHỊ ĐỊNH|QUYẾT ĐỊNH|CHỈ THỊ|THÔNG TƯ LIÊN TỊCH|THÔNG TƯ|LUẬT"
    r"|NQ|NĐ|QĐ|TTLT|TTr|TT|CT|CV|CĐ|KL|TB|KH|BC|HD"
)
ABBREVIATED_HEADS = {
    "NQ": "Nghị quyết", "NĐ": "Nghị định", "QĐ": "Quyết định", "TTLT": "Thông tư liên tịch", "TT": "Thông tư",
    "CT": "Chỉ thị", "CV": "Công văn", "KL": "Kết luận", "TB": "Thông báo", "KH": "Kế hoạch", "BC": "Báo cáo",
    "TTr": "Tờ trình", "CĐ": "Công điện", "HD": "Hướng dẫn",
}  # fmt: skip

_BLANK_DAY = r"[Nn]gày[\s.…_/]*tháng\s+\d{1,2}\s+năm\s+(?:19|20)\d\d"
_DAY_WITHOUT_YEAR = r"ngày\s+\d{1,2}/\d{1,2}(?![\d/])"
_DATE = re.compile(
    rf"[\s,]*(?:được\s)?(?:ban hành\s|ký\s|thông qua\s|đề\s|cùng\s)?"
    rf"(?P<date>{PARTIAL_DATE}|{_BLANK_DAY}"
    rf"|\({YEAR}\)|{_DAY_WITHOUT_YEAR})"
)
_BARE_YEAR = re.compile(rf"\s(?:NĂM\s)?(?P<date>{YEAR})(?![\d/])")
_ADOPTED = re.compile(rf",?\s(?:đã\s)?được\sQuốc hội[^.;:\n]{{0,70}}?thông qua\s(?P<date>{FULL_DATE})")
_OF = re.compile(r",?\scủa\s(?:ông |bà |đồng chí |đ/c )?")
_ISSUER_START = re.compile(
    rf"(?!(?:{HEADS}|Hiến pháp|Đảng và)\b)"
    rf"(?:[{UPPER}]|sở |liên |bộ |cục |chi cục |cơ quan |tỉnh|thành phố|ngành |công ty )"
)
_HARD_STOP = re.compile(r"[;:()\[\]\"“”\t\n]|,|\.(?=\s|$)")
_COMMA_INSIDE = re.compile(
    r",\s(?:chống|[Tt]hể thao|[Tt]hể dục|[Vv]iễn thông|[Gg]ia đình|[Kk]hen thưởng|[Gg]iám sát|[Kk]iểm soát|xử lý"
    r"|cứu nạn|tìm kiếm|quản lý|[Cc]ông nghệ|chứng thực|ngân sách|chiến lược|tổ chức|an toàn|khắc phục|ứng phó|Phụ nữ)"
)
_TITLES = re.compile(r"(?:TP|Tp|T\.P|Q|P|H|TX|ThS|TS|PGS|GS)$")
_STOP_WORDS = (
    r"[Vv][ềêểẻ]|[Qq]u[yií] định|[Hh]ướng d[ẫâ]n|[Bb]an hành|[Pp]hê duyệt|[Ss]ửa đổi|bổ sung|thay thế|công bố|"
    r"thông qua|giao|[Vv]/v|đã|có|thì|được|là|để|gửi|đến|tại|trong|khi|nêu|nhằm|yêu cầu|đề nghị|cho|hoặc|"
    r"theo|đối với|kèm|này|trên|nói|cụ thể|như|thực hiện|triển khai|tiếp tục|ngày|năm|số(?=\s?[:\d])|kể|"
    r"từ|chấp thuận|kết luận|thông báo|trả lời|bãi bỏ|hợp nhất|vì|do|bằng|cũng|phải|không|chưa|đang|sẽ|"
    r"cùng|mà|hết|đồng ý|chỉ đạo|xử phạt|thành lập|kiện toàn|bổ nhiệm|điều chỉnh|khen thưởng cho|xử lý|"
    r"[Gg]iải thích|Mẫu|Phụ lục"
)
_STOPS_AFTER_AND = "các|một số|những|nội dung|thực hiện|tình hình|hướng|ý kiến|[Ll]uật|đề nghị|căn cứ"
_ISSUER_STOP = re.compile(rf"\s(?:{_STOP_WORDS}|và\s(?:{HEADS}|{_STOPS_AFTER_AND}))(?![{LOWER}])")
_BODY_ABOUT = re.compile(
    r"(?:Ban [Cc]hỉ đạo|Tổ công tác|Ủy ban|Hội đồng)(?:\s[Qq]uốc gia|\sTrung ương|\scủa Chính phủ|\stỉnh|\sthành phố)?"
    r"\svề\s(?!việc)"
)


_LAWGIVER = re.compile(r"(?i:quốc hội|ủy ban thường vụ|uỷ ban thường vụ|chủ tịch nước|hội đồng nhà nước|ubtvqh)")


class Tail(NamedTuple):
    """Where the citation ends, and what it says of date (ISO as far as stated) and issuer (as written)."""

    end: int
    date: str | None
    issuer: str | None


def read_tail(text: str, at: int, law: bool = False) -> Tail:
    """Read date and issuer after offset ``at``. After the name of a ``law`` a bare year counts as a date."""
    end, date, issuer = at, None, None
    for _ in range(2):
        match = _DATE.match(text, end) or (law and (_BARE_YEAR.match(text, end) or _ADOPTED.match(text, end))) or None
        if date is None and match:
            date, end = iso_date(_without_day(match["date"])), match.end()
        found = read_issuer(text, end) if issuer is None else None
        if found and (not law or _LAWGIVER.match(found[1])):
            end, issuer = found
    return Tail(end, date, issuer)


def _without_day(stated: str) -> str:
    return re.sub(r"^[Nn]gày[\s.…_/]*tháng", "tháng", stated)


def read_issuer(text: str, at: int) -> tuple[int, str] | None:
    """The body after ``của`` at ``at``: up to *về việc*, punctuation, a verb or another document; with its end."""
    of = _OF.match(text, at)
    if not of or not _ISSUER_START.match(text, of.end()):
        return None
    end = _hard_end(text, of.end())
    about = _BODY_ABOUT.match(text, of.end(), end)
    if stop := _ISSUER_STOP.search(text, about.end() if about else of.end(), end):
        end = stop.start()
    issuer = text[of.end() : end].rstrip(" .-–`'").removesuffix(" và")
    return (of.end() + len(issuer), issuer) if len(issuer) > 1 else None


def _hard_end(text: str, start: int) -> int:
    at = start
    while stop := _HARD_STOP.search(text, at, start + 130):
        inside = stop[0] == "," and _COMMA_INSIDE.match(text, stop.start())
        if not inside and not (stop[0] == "." and _TITLES.search(text, max(start, stop.start() - 4), stop.start())):
            return stop.start()
        at = stop.end()
    return min(len(text), start + 130)
