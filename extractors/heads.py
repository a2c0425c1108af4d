"""The word before a number that says what kind of paper has it: *Công văn số*, *Kết luận thanh tra số*, *Mẫu số*.

Read on the folded text, for scans and hurried typing lose marks (*Nghị quyêt sô*).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.fold import fold
from extractors.tails import ABBREVIATED_HEADS, read_issuer

_NAMES = (
    "Nghị quyết liên tịch", "Nghị quyết", "Nghị định", "Quyết định", "Chỉ thị", "Thông tư liên tịch", "Thông tư",
    "Thông tư liên bộ", "Thông báo", "Thông cáo", "Thông tri", "Công văn", "Công điện", "Công hàm", "Kế hoạch",
    "Kết luận", "Hướng dẫn", "Báo cáo", "Biên bản", "Tờ trình", "Chương trình", "Đề án", "Phương án", "Quy chế",
    "Quy định", "Quy hoạch", "Giấy mời", "Giấy phép", "Giấy ủy quyền", "Phiếu chuyển", "Phiếu gửi",
    "Văn bản hợp nhất", "Văn bản", "Sắc lệnh", "Sắc luật", "Lệnh", "Bộ luật", "Luật", "Pháp lệnh", "Thư mời",
)  # fmt: skip
#: *Thông báo kết luận* of a meeting is a thông báo (Nghị định 30/2020/NĐ-CP, Điều 7).
_BY_FOLD = {fold(name): name for name in _NAMES} | {"thong bao ket luan": "Thông báo"}
_BY_FOLD |= {fold(short): name for short, name in ABBREVIATED_HEADS.items()}
#: What an abbreviated head must look like; *HĐ* is a contract, and without its bar what *HD* looks like.
_CAPITALS = {fold(short): short for short in ABBREVIATED_HEADS}
#: Papers whose numbers look like those of documents: forms, contracts, declarations, judgments, certificates.
_REFUSED = (
    "mau(?: bieu)?|bieu(?: mau)?|ban ke|bang ke|phu luc|hop dong|to khai|hoa don|ban an|an le|ky hieu|bien so"
    "|tai khoan|van don|chung (?:tu|thu)|phieu (?:thu|chi|nhap|xuat)|bien lai|tieu chuan|tcvn|qcvn|seri(?:es?)?"
    "|giay (?:chung nhan|nop|bien nhan|phep lai xe)|ma so|ty le|ti le"
)
_ORDERED = "|".join(sorted(_BY_FOLD, key=lambda name: (-len(name), name)))
_HEAD = re.compile(
    rf"(?s:.*)(?<!\w)(?:(?P<no>{_REFUSED})|(?P<head>(?<!sac )(?<!bo )(?<!thong bao ){_ORDERED}))"
    r"(?:(?P<of>,?\scua\s[^;.:()\n]{2,80}?,?)(?::?\sso|:)|(?:\s[a-z]+){0,7}?\sso|\s?s[o6e])?\s?:?\s?\.?\s?\Z"
)
_REACH = 110


class Head(NamedTuple):
    """The head begins at ``start``; ``name`` is ``None`` for a paper that is no document; ``issuer`` if named here
    (*Công văn của Tổng cục Hải quan số*)."""

    start: int
    name: str | None
    issuer: str | None


def head_before(text: str, floor: int, at: int) -> Head | None:
    """The nearest head that belongs to the number at ``at``, not before ``floor``."""
    low = max(floor, at - _REACH)
    match = _HEAD.match(fold(text[low:at]))
    if match is None:
        return None
    group = "no" if match["no"] else "head"
    word = text[low + match.start(group) : low + match.end(group)]
    if fold(word) in _CAPITALS and word not in (_CAPITALS[fold(word)], fold(word).upper()):
        return Head(low + match.start(group), None, None) if word == "HĐ" else None
    found = read_issuer(text[low + match.start("of") : low + match.end("of")], 0) if match["of"] else None
    return Head(low + match.start(group), None if match["no"] else _BY_FOLD[fold(word)], found[1] if found else None)
