"""Who speaks to whom in a dispatch: tells the issuer from those he charges, and an order from a request.

*đề nghị* downward is an order, to a body the issuer cannot command a recommendation (usage; Nghị định 30/2020/NĐ-CP
leaves the wording free).
"""

from __future__ import annotations

import re
from functools import cache

from extractors.directives import Reading
from extractors.fold import fold
from extractors.lexicon import settings
from extractors.model import Header, ObligationKind, Span

_SHORT = (("ubnd", "uy ban nhan dan"), ("hdnd", "hoi dong nhan dan"), ("tchq", "tong cuc hai quan"), ("vpcp", "van phong chinh phu"))
_HEADS = re.compile(
    r"^(?:lanh dao|thu truong|pho chu tich(?: thuong truc)?|chu tich|pho giam doc|giam doc|cuc truong|pho cuc truong|tong cuc truong|pho tong cuc truong|bo truong|thu truong bo|chanh van phong|pho thu tuong)(?:\s+|$)"
)
#: Bodies outside the chain of command of the administration.
_NOT_COMMANDED = re.compile(
    r"^(?:de nghi )?(?:(?:cac|ban thuong truc|dang doan|thuong truc) )*(?:uy ban (?:mttq|mat tran)|mttq|ubmttq|mat tran|hoi dong nhan dan|hdnd|doan dai bieu|toa an|tand|vien kiem sat|vksnd|tinh uy|thanh uy|huyen uy|dang uy|ban (?:to chuc|tuyen giao|dan van|noi chinh) tinh uy|bo tu lenh|bo chi huy|quan khu|tinh doan|doan tncs|hoi |hiep hoi|lien doan|to chuc (?:chinh tri|xa hoi)|ngan hang thuong mai|doanh nghiep|kiem toan nha nuoc)"
)
_EQUALS = re.compile(r"^(?:so|ban|van phong) ")
_SUBORDINATE = re.compile(r"\b(?:truc thuoc|thuoc so|phong|don vi lien quan|trung tam|chi cuc)\b")
_PLAN = frozenset({"Kế hoạch", "Chương trình", "Đề án", "Phương án", "Quy chế", "Hướng dẫn", "Quy định"})


class Parties:
    """The issuer and the addressees of one dispatch."""

    def __init__(self, header: Header) -> None:
        self.header = header
        self.issuer = _words(header.issuer or "")
        self.official = header.doc_type is not None
        self.plan = header.doc_type in _PLAN

    def is_speaker(self, names: tuple[str, ...]) -> bool:
        """True when the one name given is the issuer or its head (``UBND tỉnh``, ``Cục trưởng``, ``Chủ tịch UBND tỉnh``)."""
        if len(names) != 1 or not self.issuer or re.match(r"(?:các|những|mỗi)\s", names[0], re.IGNORECASE):
            return False
        name = _words(_HEADS.sub("", fold(names[0])))
        return not name or (name[0] == self.issuer[0] and set(name) <= set(self.issuer))

    def decide(self, reading: Reading, directive: bool | None, is_verb: bool | None) -> bool:
        """Does the sentence make a row? A stated order does, background never; else its surroundings decide."""
        if reading.directs is False or reading.empty:
            return False
        if reading.asked is None and not self.plan and self.is_speaker(reading.names):
            return False
        if reading.directs:
            return self.official or directive is not None or reading.asked is not None or reading.rule != "bare"
        if reading.names:
            return directive is True or (directive is None and self.official)
        return directive is True and is_verb is not False

    def kind(self, reading: Reading, names: tuple[str, ...], lead_asked: str | None) -> ObligationKind:
        """The kind of the row; a request to somebody the issuer cannot command is a recommendation."""
        asked = reading.asked or lead_asked
        if reading.kind != "obligation" or asked not in ("đề nghị", "mời") or not names:
            return reading.kind
        folded = fold(names[0])
        beyond = _NOT_COMMANDED.match(folded) and not re.match(r"^(?:hoi|hiep hoi)", " ".join(self.issuer))
        if asked == "đề nghị" and (beyond or self._equal(folded)):
            return "recommendation"
        return reading.kind

    def _equal(self, name: str) -> bool:
        issuer = " ".join(self.issuer)
        return bool(_EQUALS.match(issuer + " ")) and not issuer.startswith("van phong uy ban") and not _SUBORDINATE.search(name)

    def says_something(self, text: str, span: Span, reading: Reading) -> bool:
        """True when a lead-in orders more than "do the following"."""
        rest = text[reading.predicate : span.end].strip(" :.;")
        words = _empty_words().sub(" ", f" {fold(rest)} ")
        return len(re.findall(r"\w+", words)) >= 7


@cache
def _empty_words() -> re.Pattern[str]:
    phrases = sorted((fold(p) for p in settings("cues")["empty_lead"]), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b")


def _words(name: str) -> list[str]:
    folded = f" {fold(name)} "
    for short, full in _SHORT:
        folded = folded.replace(f" {short} ", f" {full} ")
    return re.findall(r"\w+", folded)


