"""Set phrases in capitals whose marks the engine confuses: ``CHÍ THỊ`` is *CHỈ THỊ*, ``TĨNH`` before a province *TỈNH*.

A stretch of a line is replaced when, without marks, it is a phrase of the lexicons and of no other spelling: types of
documents, offices, provinces, bodies, and the national name and motto (Nghị định 30/2020/NĐ-CP, Phụ lục I, box 1).
"""

from __future__ import annotations

import re
from functools import cache

from extractors.fold import fold, lower
from extractors.lexicon import settings, table
from extractors.office_names import known_names
from extractors.raw import Line
from pipeline.ocr.mending import Mending

_FIXED = (
    "Cộng hòa xã hội chủ nghĩa Việt Nam", "Độc lập - Tự do - Hạnh phúc", "Ủy ban nhân dân", "Hội đồng nhân dân",
    "Đảng Cộng sản Việt Nam", "Hỏa tốc", "Khẩn", "Thượng khẩn", "Nơi nhận", "Kính gửi", "Kế hoạch và Đầu tư",
    "Thông tin và Truyền thông", "Nông nghiệp và Phát triển nông thôn", "Giáo dục và Đào tạo",
    "Tài nguyên và Môi trường",
    "Lao động - Thương binh và Xã hội", "Khoa học và Công nghệ", "Văn hóa, Thể thao và Du lịch", "Giao thông vận tải",
    "Văn phòng", "Ban Quản lý", "Ban Điều hành", "Ban Chỉ đạo",
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST = 9
_MENDED = "Chữ in hoa “{}” trên ảnh quét đã hiểu là “{}”"


def repair_phrases(line: Line) -> Mending | None:
    """A line in capitals with its set phrases as they are spelt; a line of one phrase also when its words are glued."""
    if not line.text.isupper():
        return None
    glued = _glued().get(re.sub(r"[^a-z]", "", fold(line.text)))
    words = list(_WORD.finditer(line.text))
    if glued and len(words) < len(glued.split()):
        return Mending(glued, _MENDED.format(line.text.strip(), glued))
    text, at, changed = "", 0, []
    index = 0
    while index < len(words):
        size = next(
            (n for n in range(min(_LONGEST, len(words) - index), 0, -1) if _phrase(words[index : index + n])), 1
        )
        stretch = line.text[words[index].start() : words[index + size - 1].end()]
        right = _phrase(words[index : index + size])
        if right and lower(right) != lower(stretch) and len(right) == len(stretch):
            text += line.text[at : words[index].start()] + right
            at = words[index + size - 1].end()
            changed.append((stretch, right))
        index += size
    if not changed:
        return None
    return Mending(text + line.text[at:], _MENDED.format(*map(" ".join, zip(*changed, strict=True))))


def _phrase(words: list[re.Match[str]]) -> str | None:
    return _phrases().get(" ".join(fold(word[0]) for word in words))


@cache
def _phrases() -> dict[str, str]:
    """Folded words -> the phrase in capitals; a folded form with two spellings is left out. Lone words are too short
    to be sure of, but for types of documents."""
    spelt: dict[str, dict[str, str]] = {}
    provinces = [row["name"] for row in table("provinces")]
    named = [*(row["name"] for row in table("doc_types")), *known_names().values()]
    kinds = ("tỉnh", "thành phố", "UBND tỉnh", "UBND thành phố")
    areas = [f"{kind} {name}" for name in provinces for kind in kinds]
    offices = settings("signing")["offices"]["heads"]
    for phrase in (*_FIXED, *named, *areas, *provinces, *offices):
        spelt.setdefault(" ".join(_WORD.findall(fold(phrase))), {})[lower(phrase)] = phrase.upper()
    return {key: next(iter(found.values())) for key, found in spelt.items() if len(found) == 1 and " " in key}


@cache
def _glued() -> dict[str, str]:
    return {key.replace(" ", ""): phrase for key, phrase in _phrases().items()}
