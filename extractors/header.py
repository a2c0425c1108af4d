"""The header of a document: what a văn thư enters in the register of incoming documents.

Fields are as printed, errors included; the issuer's name is written out. What is not stated is ``None``; what was
inferred or is doubtful carries a warning in Vietnamese. A text that is no official document has an empty header.
"""

from __future__ import annotations

import re

from extractors.addressing import read_addressed
from extractors.cells import is_person, is_upper, line_spans
from extractors.copies import read_copy, read_stamp
from extractors.distribution import with_structure
from extractors.fold import fold
from extractors.identity import canonical_id
from extractors.inferred_issuers import Stated, from_signature, from_symbol, from_text
from extractors.issuers import Issuer, from_letterhead
from extractors.letterhead import CODE, HOUR, Box, boxes, dateline_in, number_in, type_at, type_names
from extractors.letters import LOWER
from extractors.lexicon import alternation, key, settings
from extractors.model import Document, Evidence, Header, Span
from extractors.office_names import provinces
from extractors.recipients import read_addressees, read_recipients
from extractors.signature import Signature, read_signature
from extractors.symbols import parse_symbol
from extractors.symbols import type_names as abbreviations
from extractors.timing import day_of
from extractors.units import scopes

_CITED = re.compile(
    rf"^(?:CỦA (?P<issuer>[^{LOWER}]{{4,80}}?) )?SỐ (?P<code>{CODE}),? NGÀY (?P<day>\d{{1,2}})(?: THÁNG |/"
    rf"|-)(?P<month>\d{{1,2}})(?: NĂM |/|-)(?P<year>\d{{4}})\s*(?P<rest>.*)$"
)
_ADOPTED = re.compile(
    r"(?:thông qua|đã được .{5,120}? thông qua)\s+ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})"
)
_ABOUT = re.compile(
    r"^\W*(?:V\s?[/ií|]\s?[vV]|Vv|VV|V\.v)\b\s*[:.]?\s*|^\W*(?:[Vv][ềỀỆỂÊệểê] việc|VỀ VIỆC|[Vv]ề|VỀ|Trích yếu)\s*:?\s+"
)
_OF_BODY = re.compile(
    rf"^(?:CỦA [^{LOWER}]{{4,60}}|của (?:Bộ Chính trị|Ban Bí thư|(?:Ban Thường vụ|Ban Chấp hành|Thủ tướng"
    rf"|Bộ trưởng|Chủ tịch)[^\d,]{{0,60}}?)) (?=[Vv]ề |VỀ )"
)
#: The subject of a dispatch with *Về việc* written out, under its number.
_SPELT = re.compile(r"\W{0,3}V[ỀỆỂÊềệểê] việc\s+\w[^.;]{10,200}\W*$")
#: How many characters at the top of a page may still be a signature begun on the page before.
_TOP = 60
#: Abbreviations that stand for another type in the Party (Hướng dẫn 36-HD/VPTW).
PARTY_TYPES = {"TT": "Thông tri"}
_NOTE = re.compile(r"\[[^\]]*\]?")

#: Every rule that may stand in the evidence of a header.
RULES = (
    "number-box", "place-and-date-box", "adoption-sentence", "type-line", "citation-title", "type-from-symbol",
    "untitled-dispatch",
    "subject-lines", "letterhead-lines", "issuer-from-symbol", "issuer-from-signature", "issuer-from-text", "stamp",
    "addressees-block", "recipients-block", "signature-block",
)  # fmt: skip


def read_header(document: Document) -> Header:
    """The header of ``document``. Total: any text, never an error."""
    reader = _Reader(document)
    return reader.read()


def _type_of(code: str | None) -> str | None:
    """The type by the symbol alone: ``15/CT-TTg`` is a *chỉ thị*, ``5348/CT-CS`` of *Cục Thuế* a dispatch."""
    symbol = parse_symbol(code or "")
    if symbol is None:
        return None
    if symbol.type is None:
        known = symbol.family == "dispatch" and "/" in (code or "") and symbol.issuers[0] in scopes()
        return "Công văn" if known else None
    own = PARTY_TYPES.get(symbol.type) if symbol.family == "party" else None
    return own or abbreviations().get(symbol.type)


class _Reader:
    """Collects the fields with their evidence."""

    def __init__(self, document: Document) -> None:
        self.document, self.text = document, document.text
        self.spans = {
            kind: list(document.zone(kind)) for kind in ("letterhead", "title", "addressees", "signature", "recipients")
        }
        self.spans["signature"] = self._on_one_page(self.spans["signature"])
        head = [span for kind in ("letterhead", "title") for span in self.spans[kind]]
        self.boxes = sorted(
            (box for span in head for box in boxes(self.text, span.start, span.end)), key=lambda b: b.span.start
        )
        self.evidence: list[Evidence] = []
        self.warnings: list[str] = []
        self.cited_issuer: str | None = None

    def _on_one_page(self, spans: list[Span]) -> list[Span]:
        """The signature block without what follows on the next page: an annex, where no name ended the block. A name
        at the top of the next page still belongs to it."""
        starts = self.document.page_starts
        page = self.document.page_at(spans[0].start) if spans else 1
        end = starts[page] if page < len(starts) else len(self.text)
        names = [line.end for line in line_spans(self.text, end, end + _TOP) if is_person(line.of(self.text))]
        end = names[0] if names else end
        return [Span(span.start, min(span.end, end)) for span in spans if span.start < end]

    def read(self) -> Header:
        if not any(self.spans[kind] for kind in ("letterhead", "title", "addressees", "signature", "recipients")):
            return Header()
        code = self._code()
        place, date = self._dateline()
        doc_type, subject = self._title()
        if subject and (cited := _CITED.match(subject)):
            code, date, subject = self._as_cited(cited, code, date)
        signature = read_signature(self.text, self.spans["signature"])
        addressees = read_addressees(self.text, self.spans["addressees"])
        addressed = read_addressed(addressees, self.text)
        listed = read_recipients(self.text, self.spans["recipients"])
        recipients = with_structure(self.document, listed, addressed)
        doc_type = doc_type or self._untitled(code)
        issuer = self._issuer(Stated(code, place, day_of(date)), signature)
        for name, kind, value in (
            ("addressees", "addressees", addressees),
            ("recipients", "recipients", recipients),
            ("signer_name", "signature", signature.name),
            ("signer_title", "signature", signature.title),
        ):
            self.evidence += [Evidence(name, span, f"{kind}-block") for span in self.spans[kind] if value]
        self._check(code, date)
        if signature.names > 1:
            self.warnings.append(f"Văn bản có {signature.names} người ký; ở đây chỉ ghi một người.")
        return Header(
            doc_type=doc_type, code=code, canonical_id=canonical_id(code, date, issuer.name), issuer=issuer.name,
            parent_issuer=issuer.parent, issuers=issuer.issuers or tuple(filter(None, [issuer.name])),
            place=place, date=date, subject=subject,
            urgency=self._stamp("urgency"), secrecy=self._stamp("secrecy"),
            addressees=addressees, addressed=addressed, recipients=recipients,
            signing_mode=signature.mode, on_behalf_of=signature.on_behalf_of, signer_title=signature.title,
            signer_name=signature.name, evidence=tuple(self.evidence), warnings=tuple(self.warnings),
            copied=read_copy(self.text, list(self.document.zone("copy"))) or read_stamp(self.text),
        )  # fmt: skip

    def _found(self, name: str, span: Span, rule: str) -> None:
        self.evidence.append(Evidence(name, span, rule))

    def _code(self) -> str | None:
        for number, box in enumerate(self.boxes):
            if box.kind != "number" or self._received(number):
                continue
            code = number_in(box.span.of(self.text))
            span = box.span
            if code is None and number + 1 < len(self.boxes):
                span = self.boxes[number + 1].span
                code = number_in(span.of(self.text))
            if code:
                self._found("code", span, "number-box")
                return code
        return None

    def _received(self, number: int) -> bool:
        """The recipient's stamp (``ĐẾN Số: … Ngày: …``) is not the document's number."""
        before = self.text[: self.boxes[number].span.start].rstrip()
        return bool(re.search(r"(?:^|\W)ĐẾN\W*$", before[-12:]))

    def _dateline(self) -> tuple[str | None, str | None]:
        for number, box in enumerate(self.boxes):
            if box.kind == "dateline":
                place, date = dateline_in(box.span.of(self.text))
                place = self._whole_place(place, number)
                self._found("date", box.span, "place-and-date-box")
                return place, date
        for span in self.document.zone("body"):
            matches = list(_ADOPTED.finditer(self.text, max(span.start, span.end - 3000), span.end))
            if matches:
                day, month, year = map(int, matches[-1].groups())
                self._found("date", Span(*matches[-1].span()), "adoption-sentence")
                return None, f"{year}-{month:02}-{day:02}"
        return None, None

    def _whole_place(self, place: str | None, number: int) -> str | None:
        """The place with its first word when a copy broke the line inside it (``Hà | Nội``)."""
        start = self.boxes[number].span.start
        area = re.search(
            r"(?<!\w)(?:Thành phố|TP\.?|Tỉnh|Thị xã|Huyện|Quận)\s*$", self.text[max(0, start - 12) : start]
        )
        before = self.boxes[number - 1].span.of(self.text) if number else ""
        if place and area:
            return f"{area[0].strip()} {place}"
        return f"{before} {place}" if place and before and key(f"{before} {place}") in provinces() else place

    def _title(self) -> tuple[str | None, str | None]:
        """Type and subject: the type line and what follows it, or the *V/v* box."""
        types = [i for i, box in enumerate(self.boxes) if box.kind == "type"]
        about = [i for i, box in enumerate(self.boxes) if box.kind == "about"]
        if types and not (about and about[0] < types[0] and not self._after_letterhead(types[0])):
            return self._typed(types[0])
        spelt = [i for i, box in enumerate(self.boxes) if box.kind == "text" and _SPELT.match(box.span.of(self.text))]
        if about or spelt:
            return None, self._joined((about or spelt)[0])
        return None, None

    def _after_letterhead(self, at: int) -> bool:
        return any(box.kind in ("number", "dateline", "motto") for box in self.boxes[:at])

    def _typed(self, at: int) -> tuple[str | None, str | None]:
        box = self.boxes[at]
        cell = box.span.of(self.text)
        match = type_at(cell)
        if match is None:
            return None, None
        self._found("doc_type", box.span, "type-line")
        squeezed = {name.replace(" ", ""): full for name, full in type_names().items()}
        name = squeezed.get(re.sub(r"\s+", "", match[1]))
        rest = cell[match.end(1) :] if len(fold(cell)) == len(match.string) else ""
        return name, self._joined(at + 1, rest)

    def _as_cited(
        self, cited: re.Match[str], code: str | None, date: str | None
    ) -> tuple[str | None, str | None, str | None]:
        """Old copies put issuer, number and day into the title: ``THÔNG TƯ CỦA BỘ Y TẾ SỐ 4/2001/TT-BYT NGÀY …``."""
        title = self.spans["title"][0]
        self._found("code", title, "citation-title")
        self.cited_issuer = cited["issuer"]
        day = f"{cited['year']}-{int(cited['month']):02}-{int(cited['day']):02}"
        return (
            code or number_in(f"Số: {cited['code']}"),
            date or day,
            _ABOUT.sub("", cited["rest"]).strip(" *:.") or None,
        )

    def _joined(self, at: int, rest: str = "") -> str | None:
        """The subject: the rest of the type line and the lines after it, without ``V/v``, notes, stamps and rules."""
        parts = [rest] if rest.strip(" *:.-") else []
        first = last = None
        for box in self.boxes[at:]:
            if box.kind in ("stamp", "rule", "mark", "foreign") or (box.kind in ("number", "dateline") and not parts):
                continue
            if box.kind in ("dateline", "motto", "addressees") or (parts and self._authority(box)):
                break
            if box.kind == "number" and not (parts and self._goes_on_with(parts[-1], box)):
                break
            if box.kind == "type" and (not is_upper(box.span.of(self.text)) or (parts and self._bare(box))):
                break
            if box.kind == "organisation" and not is_upper(" ".join(parts)) and parts:
                break
            if box.kind == "about" and parts:
                break
            parts.append(box.span.of(self.text))
            first, last = first or box.span, box.span
        if first and last:
            self._found("subject", Span(first.start, last.end), "subject-lines")
        words = " ".join(" ".join(_NOTE.sub(" ", part) for part in parts).split())
        words = self._without_issuer(_ABOUT.sub("", _OF_BODY.sub("", words)).strip(" *_-–.:;,=‹"))
        return words or None

    def _goes_on_with(self, words: str, box: Box) -> bool:
        """``V/v đính chính công văn số`` is cut before the number of the other document, which has no label."""
        return bool(re.search(r"\bsố$", words.rstrip(), re.IGNORECASE)) and self.text[box.span.start].isdigit()

    def _bare(self, box: Box) -> bool:
        cell = box.span.of(self.text)
        match = type_at(cell)
        return match is not None and not cell[match.end(1) :].strip(" *:.")

    def _without_issuer(self, subject: str) -> str:
        """A copy glues the issuer's line to a title in capitals: ``… TÀI SẢN QUỐC HỘI``."""
        if not is_upper(subject):
            return subject
        for box in self.boxes:
            if box.kind == "organisation" and not self._in_title(box):
                tail = fold(box.span.of(self.text)).strip()
                if len(tail) > 5 and fold(subject).endswith(" " + tail):
                    return self._without_office(subject[: -len(tail)].strip(" *_-–.:;,="))
        return subject

    def _without_office(self, subject: str) -> str:
        heads = alternation(settings("signing")["offices"]["heads"])
        match = re.search(rf"\s{heads}$", fold(subject))
        return subject[: match.start()] if match else subject

    def _authority(self, box: Box) -> bool:
        """The line of who decides, between subject and basis: ``CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH X``."""
        words = box.span.of(self.text)
        offices = alternation(
            [
                *settings("signing")["offices"]["heads"],
                "Chính phủ",
                "Quốc hội",
                "Ủy ban nhân dân",
                "Hội đồng",
                "Ủy ban thường vụ",
                "Ban Thường vụ",
                "UBND",
                "HĐND",
                "Giám đốc",
            ]
        )
        return is_upper(words) and bool(re.match(rf"\W*{offices}(?![^\W_])", fold(words)))

    def _untitled(self, code: str | None) -> str | None:
        """Without type line a document is a dispatch when addressed, or numbered and *V/v*; else see its symbol."""
        about = [box.span for box in self.boxes if box.kind == "about"]
        if self.spans["addressees"] or (code and about):
            self._found("doc_type", (self.spans["addressees"] or about)[0], "untitled-dispatch")
            return "Công văn"
        name = _type_of(code)
        number = next((box.span for box in self.boxes if box.kind == "number"), None)
        if name and number:
            self._found("doc_type", number, "type-from-symbol")
            if name != "Công văn":
                self.warnings.append(f"Không thấy dòng tên loại văn bản; loại «{name}» được suy từ ký hiệu.")
        return name

    def _issuer(self, stated: Stated, signature: Signature) -> Issuer:
        spans = [box for box in self.boxes if box.kind == "organisation" and not self._in_title(box)]
        spans = self._above_number(self._before_title(spans))
        issuer = from_letterhead([box.span.of(self.text) for box in spans], stated.place)
        if issuer.name:
            self._found("issuer", Span(spans[0].span.start, spans[-1].span.end), "letterhead-lines")
            return issuer
        if self.cited_issuer:
            return from_letterhead([self.cited_issuer], stated.place)
        inferred = self._inferred(stated, signature)
        self.warnings += [inferred.warning] if inferred.warning else []
        return inferred

    def _inferred(self, stated: Stated, signature: Signature) -> Issuer:
        """The issuer of a document without letterhead; what the symbol leaves open is said when nothing else tells."""
        by_symbol = from_symbol(stated)
        number = next((box.span for box in self.boxes if box.kind == "number"), None)
        if by_symbol.name and number:
            self._found("issuer", number, "issuer-from-symbol")
            return by_symbol
        by_signer = from_signature(signature, stated.place, stated.on)
        if by_signer.name:
            self._found("issuer", self.spans["signature"][0], "issuer-from-signature")
            return by_signer
        by_words, span = from_text(self.text, self.document.zone("body"))
        if span:
            self._found("issuer", span, "issuer-from-text")
        return by_words if by_words.name else by_symbol

    def _before_title(self, spans: list[Box]) -> list[Box]:
        types = [box.span.start for box in self.boxes if box.kind in ("type",)]
        return [box for box in spans if not types or box.span.start < types[0]] or []

    def _above_number(self, spans: list[Box]) -> list[Box]:
        """The issuer stands above its number; what stands below is a stamp of whoever received the document."""
        number = next((box.span.start for box in self.boxes if box.kind == "number"), None)
        above = [box for box in spans if number is None or box.span.start < number]
        return above or spans

    def _in_title(self, box: Box) -> bool:
        return any(span.contains(box.span) for span in self.spans["title"])

    def _stamp(self, group: str) -> str | None:
        words = settings("signing")["stamps"][group]
        pattern = rf"(?:\W*do (?:khan|mat)\s*:)?\W*({alternation(words)}){HOUR}\W*"
        candidates = [box.span for box in self.boxes if box.kind == "stamp"]
        for span in self.document.zone("body"):
            candidates += list(line_spans(self.text, span.start, min(span.end, span.start + 600)))[:3]
        for span in candidates:
            cell = span.of(self.text)
            match = re.fullmatch(pattern, fold(cell))
            if match and (is_upper(cell) or ":" in cell):
                self._found(group, span, "stamp")
                return cell[match.start(1) : match.end(1)]
        return None

    def _check(self, code: str | None, date: str | None) -> None:
        if code and code.startswith("/"):
            self.warnings.append("Số văn bản để trống.")
        if date and len(date) < 10:
            self.warnings.append("Ngày, tháng văn bản không đầy đủ.")
        if code is None and self.spans["letterhead"]:
            self.warnings.append("Không đọc được số, ký hiệu văn bản.")
        if date is None and self.spans["letterhead"]:
            self.warnings.append("Không đọc được ngày, tháng, năm ban hành.")
