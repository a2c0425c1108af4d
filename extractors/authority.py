"""Who decides, when that is not the office that issues the document.

Three places say it: the title of a notice of conclusions (*Kết luận của Phó Chủ tịch UBND tỉnh …*), the words of an
office that conveys an order (*Phó Thủ tướng … có ý kiến như sau*), and the signature on somebody's order or behalf
(``TL. BỘ TRƯỞNG``, ``TM. BAN THƯỜNG VỤ``; Nghị định 30/2020/NĐ-CP, Phụ lục I, II.7). A deputy (``KT.``) decides
nothing for another office. Persons are as written, offices written out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from extractors.cells import NAME_WORD
from extractors.fold import fold
from extractors.letters import LOWER, UPPER
from extractors.lexicon import alternation, key, settings
from extractors.model import Document, Evidence, Header, Span
from extractors.office_names import spell

#: How far into the body an office says whose order it conveys.
_NEAR = 3000
_WORD = rf"(?:[{UPPER}][\w.]*|tỉnh|thành phố|nhân dân|thường trực|nước|phủ|ủy|ban|đồng|hội|trực|huyện|quận|xã|phường)"
_HOLDER = (
    rf"(?:Quyền |Phó )?(?:Tổng Bí thư|Thủ tướng|Chủ tịch|Bí thư|Bộ trưởng|Tổng Thanh tra|Thống đốc)(?: {_WORD}){{0,12}}"
)
_OPINION = re.compile(rf"(?<![{LOWER}] )({_HOLDER}),? (?:đã )?có ý kiến(?= chỉ đạo| như sau| kết luận|:)")
_ORDERED = re.compile(rf"(?:[Tt]hừa lệnh |(?:^|(?<=[.,;:\n] )|(?<=\n)))({_HOLDER}),? (?:yêu cầu|giao|chỉ đạo|đồng ý)\b")
_CONVEYED = re.compile(rf"[Tt]hừa (?:lệnh|ủy quyền) ({_HOLDER})(?=,)")
#: What may stand between *kết luận* and the person: ``ý kiến kết luận, chỉ đạo của đồng chí``.
_CONCLUDED = re.compile(r"ket luan(?:,? chi dao)? cua (?:dong chi |ong |ba )?")
#: ``Trần Văn An - `` or ``Trần Văn An, `` before the office.
_NAMED_FIRST = re.compile(rf"(?:{NAME_WORD} ){{1,4}}{NAME_WORD}\s?[-–,] ?")
_AFTER_PERSON = re.compile(r"[,;.(]|\s(?:tai|ve|trong|o|ngay|doi voi|sau|khi|tren)\s|$")
_OFFICE = re.compile(r"(?:van phong)(?![^\W_])")
#: The office whose head bears the title: ``TL. BỘ TRƯỞNG`` is the minister, whichever of his departments writes.
_HEADED = {"bo truong": ("Bộ ",), "tong cuc truong": ("Tổng cục ",), "chu tich": ("Ủy ban ", "Hội đồng ")}


class _Found(NamedTuple):
    name: str
    span: Span
    rule: str


def with_authority(document: Document, header: Header) -> Header:
    """The header with ``authority`` and its evidence; unchanged when the issuer decides itself."""
    found = _concluded(header) or _conveyed(document, header) or _signed(document, header)
    if found is None or key(found.name) == key(header.issuer or ""):
        return header
    evidence = (*header.evidence, Evidence("authority", found.span, found.rule))
    return replace(header, authority=found.name, evidence=evidence)


@cache
def _persons() -> re.Pattern[str]:
    return re.compile(rf"{alternation(settings('signing')['offices']['heads'])}(?![^\W_])")


def _concluded(header: Header) -> _Found | None:
    """The person whose conclusions a notice gives, as its title has it."""
    subject = header.subject or ""
    match = _CONCLUDED.search(fold(subject))
    where = next((e.span for e in header.evidence if e.field == "subject"), None)
    if header.doc_type not in ("Thông báo", "Kết luận") or not match or where is None:
        return None
    who = subject[match.end() :]
    named = _NAMED_FIRST.match(who)
    office = named.end() if named else 0
    if not _persons().match(fold(who[office:])):
        return None
    end = _AFTER_PERSON.search(fold(who), office)
    return _Found(who[: end.start() if end else None].strip(), where, "authority-in-title")


def _conveyed(document: Document, header: Header) -> _Found | None:
    """The person whose order a *Văn phòng* passes on."""
    if not _OFFICE.match(fold(header.issuer or "")):
        return None
    for body in document.zone("body"):
        end = min(body.end, body.start + _NEAR)
        for pattern in (_OPINION, _CONVEYED, _ORDERED):
            if match := pattern.search(document.text, body.start, end):
                return _Found(" ".join(match[1].split()), Span(*match.span(1)), "authority-conveyed")
    return None


def _signed(document: Document, header: Header) -> _Found | None:
    """On whose order (``TL.``, ``TUQ.``) or on whose behalf (``TM.``) the signer signs."""
    where = next(document.zone("signature"), None)
    if not header.on_behalf_of or not header.issuer or where is None:
        return None
    decides = {"TL.": _ordering, "TUQ.": _ordering, "TM.": _represented}.get(header.signing_mode or "")
    name = decides(header.on_behalf_of, header.issuer, header.parent_issuer) if decides else None
    return _Found(name, where, "authority-in-signature") if name else None


def _ordering(office: str, issuer: str, parent: str | None) -> str | None:
    """``BỘ TRƯỞNG`` of *Cục X* under *Bộ Y tế*: ``Bộ trưởng Bộ Y tế``; an office that names its body stays."""
    named = _persons().fullmatch(fold(office))
    if not named:
        return spell(office)
    title = next(head for head in settings("signing")["offices"]["heads"] if fold(head) == fold(office))
    if key(office) == "thu tuong":
        return "Thủ tướng Chính phủ"
    heads = _HEADED.get(key(office), ())
    body = next((one for one in (issuer, parent or "") if one.startswith(heads)), "") if heads else issuer
    return f"{title} {body}".strip()


def _represented(body: str, issuer: str, parent: str | None) -> str | None:
    """The collective body for which the signer signs; ``None`` when that is the issuer."""
    own = key(issuer).removeprefix("chu tich ")
    if own.startswith(key(spell(body))):
        return None
    if parent and key(parent).startswith(key(spell(body))):
        return parent
    committee = re.match(r"ban (?:thuong vu|chap hanh)$", key(body))
    whole = issuer.removeprefix("Ban Chấp hành ")
    return f"{spell(body)} {whole}" if committee and re.search(r"(?:ủy|Đoàn|Hội)\b", issuer) else spell(body)
