"""Who speaks to whom in a dispatch: tells the issuer from those he charges, and an order from a request.

*đề nghị* downward is an order, to a body the issuer cannot command a recommendation (usage; Nghị định 30/2020/NĐ-CP
leaves the wording free).
"""

from __future__ import annotations

import re
from functools import cache

from extractors.asking import Voice
from extractors.directives import Reading
from extractors.fold import fold
from extractors.lexicon import settings
from extractors.model import Header, ObligationKind, Span

_SHORT = (
    ("ubnd", "uy ban nhan dan"),
    ("hdnd", "hoi dong nhan dan"),
    ("tchq", "tong cuc hai quan"),
    ("tp", "thanh pho"),
    ("vpcp", "van phong chinh phu"),
)
_HEADS = re.compile(
    r"^(?:lanh dao|thu truong|pho chu tich(?: thuong truc)?|chu tich|pho giam doc|giam doc|cuc truong"
    r"|pho cuc truong|tong cuc truong|pho tong cuc truong|bo truong|thu truong bo|chanh van phong"
    r"|pho thu tuong)(?:\s+|$)"
)
#: Bodies outside the chain of command of the administration.
_NOT_COMMANDED = re.compile(
    r"^(?:(?:cac|ban thuong truc|dang doan|thuong truc|lanh dao) )*(?:uy ban (?:mttq|mat tran)|mttq"
    r"|ubmttq|mat tran|hoi dong nhan dan|hdnd|ban thuong vu (?:cac )?(?:huyen|thanh|quan|dang) uy"
    r"|doan dai bieu|toa an|tand|vien kiem sat|vksnd|tinh uy|thanh uy|huyen uy|dang uy|ban (?:to chuc"
    r"|tuyen giao|dan van|noi chinh) tinh uy"
    r"|bo tu lenh|bo chi huy|quan khu|tinh doan|doan tncs|hoi (?!dong)|hiep hoi|lien doan"
    r"|to chuc (?:chinh tri|xa hoi)|ngan hang|doanh nghiep"
    r"|kiem toan nha nuoc|dien luc|vien thong|buu dien|dai khi tuong|vnpt|viettel"
    r"|cong ty|tong cong ty|tap doan|bo |nguoi dan|nhan dan|to chuc, ca nhan)"
)
#: Those a duty may be about rather than on: "Đối với doanh nghiệp nợ thuế: … cưỡng chế".
_CONCERNED = re.compile(
    r"^(?:(?:cac|nhung) )?(?:doanh nghiep|nguoi|ho |hoc sinh|sinh vien|to chuc, ca nhan|ca nhan|cong ty"
    r"|chu (?:rung|hang|kho|tau|phuong tien|co so|ho|the)|nhan dan)"
)
_LOCAL = re.compile(r"\b(?:uy ban nhan dan|ubnd|so|tinh|dia phuong|bo|dai)\b")
_OWN_UNIT = re.compile(
    r"\b(?:truc thuoc|thuoc so|thuoc bo|phong|don vi|trung tam|chi cuc|cuc|tong cuc|vu|doi|cong chuc|khoa|vien)\b"
)
#: Heads of departments and offices of a province stand beside a department, not below it.
_OF_PROVINCE = re.compile(
    r"\b(?:thuoc|truc thuoc) (?:ubnd|uy ban nhan dan|tinh)\b|^(?:giam doc|thu truong) (?:cac )?(?:so|ban)\b"
)
_NORMATIVE = re.compile(r"/\d{4}/")
_UPWARD = frozenset({"Tờ trình", "Báo cáo", "Đơn"})
_OF_SUPERIORS = frozenset({"giao", "giao nhiệm vụ cho", "chỉ đạo", "cho phép", "phân công"})
_OFFICES = (("chanh van phong", "van phong"), ("thu tuong", "(?:phu )?thu tuong|chinh phu"))
#: So many words of a name tell whose it is: "uy ban nhan dan tinh"
_TELLING = 5
_PLAN = frozenset({"Kế hoạch", "Chương trình", "Đề án", "Phương án", "Quy chế", "Hướng dẫn", "Quy định"})


_SEVERAL = re.compile(r"(?:các|những|mỗi)\s", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_PRONOUN = re.compile(r"(?:(?:cac|quy) )?dong chi|quy (?:co quan|don vi|vi)")


def is_pronoun(names: tuple[str, ...]) -> bool:
    """True for *các đồng chí*, *quý cơ quan*: those the letter is addressed to, without saying who they are."""
    return len(names) == 1 and bool(_PRONOUN.fullmatch(fold(names[0])))


class Parties:
    """The issuer and the addressees of one dispatch."""

    def __init__(self, header: Header) -> None:
        self.header = header
        self.issuer = _words(header.issuer or "")
        self.official = header.doc_type is not None
        self.plan = header.doc_type in _PLAN
        self.normative = bool(_NORMATIVE.search(header.code or ""))

    def voice(self, directive: bool | None) -> Voice:
        """How a sentence of this document is to be read, given whether its surroundings order."""
        if not self.official:
            return "press"
        if self.header.doc_type in _UPWARD:
            return "request"
        return "orders" if directive else "dispatch"

    def passes_up(self, reading: Reading, asked: str | None) -> bool:
        """In a request upward ``giao Sở Tài chính …`` says what the one who is asked may do."""
        return self.header.doc_type in _UPWARD and bool(asked) and reading.asked in _OF_SUPERIORS

    def own_voice(self, speaker: str) -> bool:
        """True when ``speaker`` is the issuer or its head, whose own name may follow; several are no speaker."""
        if re.search(r"\bcác\b", speaker, re.IGNORECASE):
            return True
        said = _words(_HEADS.sub("", fold(speaker)))
        own = _words(_HEADS.sub("", " ".join(self.issuer)))
        return bool(own) and (self._own_head(speaker) if not said else said[:_TELLING] == own[:_TELLING])

    def _own_head(self, title: str) -> bool:
        """A title without a name (*Cục trưởng*) means the head of the issuer, unless it is that of another office."""
        office = next((office for head, office in _OFFICES if head in fold(title)), None)
        return office is None or bool(re.match(office, " ".join(self.issuer)))

    def is_speaker(self, names: tuple[str, ...]) -> bool:
        """True when the one name given is the issuer or its head (``UBND tỉnh``, ``Chủ tịch UBND tỉnh``)."""
        if len(names) != 1 or not self.issuer or _SEVERAL.match(names[0]):
            return False
        name = _words(_HEADS.sub("", fold(names[0])))
        if not name:
            return self._own_head(names[0])
        return name[0] == self.issuer[0] and set(name) <= set(self.issuer)

    def decide(self, reading: Reading, directive: bool | None, opens_with_verb: bool | None, due: bool = False) -> bool:
        """Does the sentence make a row? A stated order does, background never; else its surroundings decide.

        ``opens_with_verb`` is asked of a clause for which nobody is known; ``None`` when it was not or cannot say.
        Who must be done by a day (``due``) is ordered, even under a heading like ``Kinh phí``.
        """
        if reading.directs is False or reading.empty:
            return False
        if reading.asked is None and not self.plan and self.is_speaker(reading.names):
            return False
        bare = reading.rule == "bare" and reading.asked is None and reading.kind == "obligation"
        if directive is False and bare and not due:
            return False
        if reading.directs:
            return self.official or directive is not None or reading.asked is not None or reading.rule != "bare"
        if reading.names:
            return directive is True or (self.official and (due or directive is None))
        return directive is True and opens_with_verb is not False

    def kind(self, reading: Reading, names: tuple[str, ...], lead_asked: str | None) -> ObligationKind:
        """The kind of the row; a request to somebody the issuer cannot command is a recommendation."""
        asked = None if reading.rule == "relayed" else reading.asked or lead_asked
        if reading.kind != "obligation":
            return reading.kind
        if self.header.doc_type in _UPWARD:
            return "recommendation"
        if asked == "đề nghị" and names and not self.commands(names[0]):
            return "recommendation"
        return "obligation"

    def commands(self, name: str) -> bool:
        """Can the issuer order ``name`` about? By the rank of the two: ministry, province, department, own unit."""
        folded, issuer = fold(name), " ".join(self.issuer)
        if re.match(r"(?:hoi|hiep hoi|doan|cong ty|truong) ", issuer):
            return True
        if _NOT_COMMANDED.match(folded):
            return False
        if issuer.startswith(
            ("uy ban nhan dan", "chu tich uy ban", "van phong uy ban", "thu tuong", "chinh phu", "van phong chinh phu")
        ):
            return True
        if issuer.startswith(("so ", "ban ", "phong ", "van phong", "chi cuc ")):
            return bool(_OWN_UNIT.search(folded)) and not _LOCAL.match(folded) and not _OF_PROVINCE.search(folded)
        return not _LOCAL.search(re.sub(r"(?:cuc|chi cuc)\b.*", "", folded)) or bool(
            re.match(r"(?:cac )?(?:tong cuc|cuc|chi cuc|vu|don vi)\b", folded)
        )

    def concerned(self, names: tuple[str, ...]) -> bool:
        """True for people and firms, whom a heading ``Đối với …`` names as the matter more often than as the doer."""
        return bool(names) and bool(_CONCERNED.match(fold(names[0])))

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
    return _WORD.findall(folded)
