"""Pages saved in place of a document: errors, log-ins, empty frames, pages that only a script fills, facts alone."""

from __future__ import annotations

import re

from extractors.fold import fold
from extractors.lexicon import alternation, settings
from pipeline.readers.portal import LONG, Page

_SHORT = 800
_FEW = 200
_DOCUMENT = re.compile(
    r"CỘNG HÒA XÃ HỘI|CỘNG HOÀ XÃ HỘI|ĐẢNG CỘNG SẢN|Kính gửi|Nơi nhận|Căn cứ |Điều \d+\.|\./\.|(?m:^\W*Số\s?: ?\d)"
)
_FOUND_BY = "hãy mở lại trang bằng trình duyệt, lưu khi văn bản đã hiện, hoặc tải tệp văn bản đính kèm"
_REASONS = {
    "script": f"Trang chỉ hiện nội dung khi chạy JavaScript nên bản lưu không có văn bản: {_FOUND_BY}",
    "robot": f"Trang hỏi mã xác nhận (captcha), không phải văn bản: {_FOUND_BY}",
    "missing": "Trang báo lỗi không tìm thấy (404), không phải văn bản: hãy kiểm tra địa chỉ và tải lại",
    "failed": "Trang báo lỗi máy chủ hoặc từ chối truy cập (403, 500), không phải văn bản: hãy tải lại văn bản",
    "login": "Trang yêu cầu đăng nhập, không phải văn bản: hãy đăng nhập rồi tải lại văn bản",
}
_FRAMES = "Trang chia khung (frame), nội dung nằm ở tệp khác: hãy mở riêng khung có văn bản, lưu lại rồi nạp"
_FACTS_ONLY = "Trang chỉ có thông tin thuộc tính, không có nội dung văn bản: hãy tải tệp văn bản đính kèm"


def reason_against(page: Page, notices: str = "", framed: bool = False) -> str | None:
    """Why a page is no document, for a clerk; ``None`` for a page to be read.

    In: the page, what it says in its title and to browsers without scripts, and whether it points to frames.
    """
    texts = [line.text for line in page.lines if line.text.strip()]
    text = "\n".join(texts) if len(texts) < _FEW else ""
    if len(texts) >= _FEW or _DOCUMENT.search(text) or any(len(line) >= LONG for line in texts):
        return None
    said = fold(f"{notices}\n{text}")
    reason = next((_REASONS[kind] for kind in _REASONS if len(text) < _SHORT and _says(kind, said)), None)
    if reason or texts:
        return reason or (_FACTS_ONLY if page.stated else None)
    return _FRAMES if framed else (_FACTS_ONLY if page.stated else None)


def _says(kind: str, folded: str) -> bool:
    """A phrase of that kind stands in the text; a log-in is asked for by two, which a form may run together."""
    found = {match[0] for match in re.finditer(alternation(settings("portal")["refusals"][kind]), folded)}
    return len(found) >= (2 if kind == "login" else 1)
