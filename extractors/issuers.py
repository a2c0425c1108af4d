"""The issuer: its name written out from the letterhead.

``UBND TỈNH X`` becomes ``Ủy ban nhân dân tỉnh X``; an office of a province takes its committee's place (``SỞ Y TẾ``
under ``UBND TỈNH X``: ``Sở Y tế tỉnh X``). The line above is the parent (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.2).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractors.fold import fold
from extractors.letters import UPPER
from extractors.lexicon import alternation, key, settings
from extractors.office_names import area_words, known_names, provinces, same_letters, spell, spellings, with_area


@dataclass(frozen=True, slots=True)
class Issuer:
    """The issuing office, the one above it, a warning when the name was inferred, all offices of a joint document."""

    name: str | None = None
    parent: str | None = None
    warning: str | None = None
    issuers: tuple[str, ...] = ()


def split_offices(lines: list[str]) -> list[str]:
    """The offices of a letterhead from its lines in capitals: wrapped names joined, glued ones parted."""
    offices: list[str] = []
    for line in lines:
        if key(line) in {key(phrase) for phrase in settings("bodies")["not_offices"]}:
            continue
        for number, part in enumerate(_glued(" ".join(line.replace("*", " ").split()))):
            part = re.sub(r"\s(?:Thành phố|Tỉnh|TP\.?)$", "", part.strip(" -–_=.*"))
            if not part:
                continue
            if offices and number == 0 and _continues(offices[-1], part):
                offices[-1] = f"{offices[-1]} {part}"
            elif not offices or part != offices[-1]:
                offices.append(part)
    return offices


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(rf"{alternation(settings('bodies')['heads'])}(?![^\W_])")


def _head_at(line: str, at: int) -> bool:
    """True when an office begins at ``at``; a word with other marks (``KHÓA`` for ``Khoa``) does not begin one."""
    match = _heads().match(fold(line), at)
    if not match:
        return False
    printed = line[at : match.end()].lower()
    return " " in printed or printed == fold(printed) or same_letters(printed, spellings().get(key(printed), printed))


def _continues(above: str, line: str) -> bool:
    """True when ``line`` goes on with the office named ``above``."""
    if re.search(r"(?:\b(?:và|của|các|cho|về|với|thuộc|tại|trong)|[,&–-])$", above.lower()):
        return True
    if key(above) in (
        "van phong",
        "hoi dong tham phan",
        "thuong truc",
        "truong",
        "so",
        "bo",
        "cuc",
        "ban",
        "doan chu tich",
        "chu tich",
    ):
        return True
    if not _head_at(line, 0):
        return True
    joined = key(f"{above} {line}")
    return joined in known_names() and key(above) not in known_names()


#: No line of a letterhead is longer.
_LONGEST = 400


def _glued(line: str) -> list[str]:
    """Two offices glued on one line are parted after a complete name: ``BỘ TÀI CHÍNH TỔNG CỤC HẢI QUAN``."""
    for match in re.finditer(r"(?<=\s)(?=\S)", line if len(line) <= _LONGEST else ""):
        at = match.start()
        if _head_at(line, at) and _complete(line[:at]) and key(line) not in known_names():
            return [line[:at], *_glued(line[at:])]
    return [line]


def _complete(words: str) -> bool:
    if key(words) in known_names() and known_names()[key(words)] not in (
        "Ủy ban nhân dân",
        "Hội đồng nhân dân",
        "Văn phòng Ủy ban nhân dân",
    ):
        return True
    match = re.match(r"(?:ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan)\s+(?:tinh|thanh pho|tp\.?)\s+(.+)$", key(words))
    return match is not None and match[1] in provinces()


def from_letterhead(lines: list[str], place: str | None) -> Issuer:
    """Issuer and parent from the lines in capitals above the number."""
    lines, joint = _joint(lines)
    offices = split_offices(lines)
    if not offices:
        return Issuer()
    names = _without_organisation([spell(office) for office in offices])
    if len(names) > 1 and (joint or _beside(names)):
        names = [_alone(name, place) for name in names]
        return Issuer(" - ".join(names), issuers=tuple(names))
    parent, name = (names[-2] if len(names) > 1 else None), names[-1]
    if parent in COMMITTEES and says_where(place):
        parent = f"{parent} {with_area(place or '')}"
    return Issuer(_under(name, parent) if parent else _alone(name, place), parent)


def _joint(lines: list[str]) -> tuple[list[str], bool]:
    """The lines with a dash between two offices made a line break; whether there is such a dash (a joint document).

    ``CỤC HẢI QUAN TỈNH X - CÔNG AN TỈNH X`` is two offices, ``SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI`` one.
    """
    parted: list[str] = []
    for line in lines:
        at = 0
        for dash in re.finditer(r"\s[-–—]\s", line):
            if _head_at(line, dash.end()) and _head_at(line.lstrip(), 0) and key(line) not in known_names():
                parted.append(line[at : dash.start()])
                at = dash.end()
        parted.append(line[at:])
    return parted, len(parted) > len(lines)


_YOUTH = ("doan tncs ho chi minh", "doan thanh nien cong san ho chi minh")
#: They are named alike everywhere: only their place tells them apart.
COMMITTEES = ("Ủy ban nhân dân", "Hội đồng nhân dân")


def says_where(place: str | None) -> bool:
    """A province, or a place that says what it is (``Quận 3``): any other town is only the seat."""
    return bool(place) and (key(place or "") in provinces() or bool(area_words().match(fold(place or ""))))


def _alone(name: str, place: str | None) -> str:
    """The name of an office that stands alone in the letterhead, with the place of the date line."""
    if place and says_where(place) and name in COMMITTEES:
        return f"{name} {with_area(place)}"
    if place and key(place) in provinces() and name.startswith("Sở "):
        return _placed(name, f"Ủy ban nhân dân {with_area(place)}")
    return name


def _under(name: str, parent: str) -> str:
    """The name of an office with what the line above adds to it."""
    committee = re.match(r"Ban Chấp hành (.+)$", name)
    if committee and re.match(r"(?:Đoàn|Hội|Công đoàn|Liên đoàn|Tổng)\b", parent):
        return f"Ban Chấp hành {parent.removesuffix(' Việt Nam')} {committee[1]}"
    if name.startswith("Chi nhánh "):
        return f"{parent} {name[0].lower()}{name[1:]}"
    if _belongs(name, parent):
        return f"{name} {'Trung ương' if key(parent) == 'ban chap hanh trung uong' else parent}"
    return _placed(_completed(name, parent), parent)


def _completed(name: str, parent: str) -> str:
    """``Văn phòng Bộ`` under *Bộ Y tế*, ``Thanh tra tỉnh`` under a province: the bare last word is named in full."""
    last = name.rsplit(" ", 1)[-1]
    full = (
        re.search(rf"\b{last}\s.+$", parent, re.I)
        if last.lower() in ("bộ", "tỉnh", "huyện", "quận", "xã", "phường")
        else None
    )
    return f"{name[: -len(last)]}{full[0]}" if full and len(name.split()) < 7 else name


def _beside(names: list[str]) -> bool:
    """Ministries, and departments of one province, stand beside each other, never under each other."""
    return all(map(_is_ministry, names)) or all(name.startswith("Sở ") for name in names)


def _without_organisation(names: list[str]) -> list[str]:
    """The youth union's papers bear its name where others have the national motto (Hướng dẫn 29-HD/TWĐTN-VP): it is
    no issuer beside a union of a place, which names itself ``Tỉnh đoàn``."""
    local = any(re.match(r"(?:Tỉnh|Thành|Huyện|Quận|Thị) ?[đĐ]oàn\b", name) for name in names)
    return [name for name in names if not (local and key(name) in _YOUTH)]


def _is_ministry(name: str) -> bool:
    """Offices of the first rank stand beside each other, never under each other: a joint document."""
    return (name.startswith("Bộ ") and not name.startswith(("Bộ Chỉ huy", "Bộ Tư lệnh", "Bộ đội"))) or name in (
        "Thanh tra Chính phủ",
        "Ngân hàng Nhà nước Việt Nam",
        "Tòa án nhân dân tối cao",
        "Viện kiểm sát nhân dân tối cao",
        "Ủy ban Dân tộc",
    )


def _belongs(name: str, parent: str) -> bool:
    """Offices named after the one above: its *Văn phòng*, and the committees and offices of the Party."""
    if key(name) in ("thuong truc", "ban thuong vu", "ban chap hanh", "doan chu tich", "ban thuong truc"):
        return True
    if key(name) in ("van phong", "thanh tra") and not parent.startswith("Tòa án"):
        return key(name) == "van phong" or parent.startswith("Bộ ")
    party = re.match(
        r"(?:ban chap hanh trung uong|tinh uy|thanh uy|huyen uy|quan uy|thi uy|dang uy)(?![^\W_])", fold(parent)
    )
    return (
        bool(party)
        and bool(re.match(r"(?:ban (?!thuong vu|can su)|uy ban kiem tra)", fold(name)))
        and len(key(name).split()) < 7
    )


def _placed(name: str, parent: str) -> str:
    """The name with the place of the committee above it, when it names none."""
    match = re.match(r"(?:Ủy ban nhân dân|Hội đồng nhân dân)\s+(.+)$", parent)
    heads = alternation(settings("bodies")["placed"])
    if not match or not re.match(rf"{heads}(?![^\W_])", fold(name)):
        return name
    bare = key(re.sub(rf"^{area_words().pattern}\s*", "", fold(match[1])))
    if bare in key(name) or re.search(rf"\b(?:tỉnh|huyện|quận|xã|phường|thị xã|đặc khu|thành phố) [{UPPER}]", name):
        return name
    return f"{name} {match[1]}"
