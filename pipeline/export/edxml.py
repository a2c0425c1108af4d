"""edXML messages (QCVN 102:2016/BTTTT), one a document: its header for another system to register, and its file.

Elements, order and lengths follow the messages of public builders; the standard's schema is not public. What is not
known is left out: the codes of offices (``OrganId``) above all, which the sending system has to fill in. The messages
are read back by :mod:`pipeline.containers.edxml`.
"""

from __future__ import annotations

import base64
import hashlib
import mimetypes
import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from lxml import etree
from sqlalchemy import Engine

from pipeline.containers.edxml import joined_code
from pipeline.export.characters import shown
from pipeline.export.drafters import shown_recipients
from pipeline.export.exchange import each_going_out, file_name, is_whole_day
from pipeline.export.labels import recipient_line
from pipeline.query import of_document
from pipeline.rows import Row
from pipeline.tables import citations, obligations

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
#: How many characters an element may hold (public builders and validators of messages).
LIMITS = {
    "OrganName": 200, "OrganizationInCharge": 200, "CodeNumber": 11, "CodeNotation": 30, "TypeName": 100,
    "Subject": 500, "Competence": 100, "Position": 100, "FullName": 50, "Appendix": 250, "TyperNotation": 10,
}  # fmt: skip
_PLACE_OF_ISSUE, _PLACE_OF_RECEIPT = 50, 150
_PRIORITIES = {"KHẨN": 1, "THƯỢNG KHẨN": 2, "HỎA TỐC": 3, "HỎA TỐC HẸN GIỜ": 4}
_NEW, _NO_PAPER = 0, 0
#: Larger files stay where they are: the message names them and gives their SHA-256.
MAX_ATTACHED = 20 << 20
#: Items of *Nơi nhận* that are no receivers of their own: *Như trên*, *Như Điều 3*, *Lưu: VT*.
_NO_RECEIVERS = frozenset({"addressees", "article", "files"})
_RECEIVER_LINE = re.compile(r"\W*(?:Như|Lưu)\b", re.IGNORECASE)
_ANSWER = re.compile(
    r"\b(?:trả lời|phản hồi|góp ý|báo cáo|(?:cho|có|tham gia|gửi) ý kiến|gửi (?:về|kết quả))\b", re.IGNORECASE
)


def write(engine: Engine, target: Path, with_drafters: bool) -> list[Path]:
    """Write a message for each document into ``target/edxml``; that folder, if there was a document to write."""
    folder = target / "edxml"
    folder.mkdir(parents=True, exist_ok=True)
    written = False
    for row in each_going_out(engine, "edxml"):
        written = True
        named = row | {"recipients": shown_recipients(row["recipients"], with_drafters)}
        duties, cited = (of_document(engine, table, row["doc_id"]) for table in (obligations, citations))
        tree = etree.ElementTree(to_edxml(named, duties, cited))
        tree.write(str(folder / file_name(row, ".edxml")), encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return [folder] if written else []


def to_edxml(row: Row, duties: Sequence[Row], cited: Sequence[Row]) -> Any:
    """The message for the document ``row`` with its obligations and citations."""
    root = etree.Element(f"{{{NAMESPACE}}}edXML", nsmap={None: NAMESPACE})
    envelope = _add(root, "edXMLEnvelope")
    head = _add(envelope, "edXMLHeader")
    header = _add(head, "MessageHeader")
    _sender_and_receivers(header, row)
    _identity(header, row)
    _signer(header, row)
    _text(header, "DueDate", _day(answer_due(row, duties)))
    places = [recipient_line(one) for one in row["recipients"]]
    if places:
        holder = _add(header, "ToPlaces")
        for place in places:
            _text(holder, "Place", _cut(place, _PLACE_OF_RECEIPT))
    _other(header, row)
    _answered(header, cited)
    _text(header, "DocumentId", row["doc_id"])
    business = _add(_add(head, "TraceHeaderList"), "Bussiness")
    _text(business, "BussinessDocType", str(_NEW))
    _text(business, "Paper", str(_NO_PAPER))
    _enclose(root, _add(_add(envelope, "edXMLBody"), "edXMLManifest"), row)
    return root


def answer_due(row: Row, duties: Sequence[Row]) -> str | None:
    """The day by which the document asks for an answer: that of the message it came in, else the one day by which all
    its dated duties are to be done, if an answer or report is among them."""
    if row["stated"] and row["stated"]["due"]:
        return str(row["stated"]["due"])
    dated = [duty for duty in duties if duty["kind"] == "obligation" and duty["due"]]
    if len({duty["due"] for duty in dated}) != 1 or any(duty["recurrence"] for duty in dated):
        return None
    answers = any(duty["report_to"] or _ANSWER.search(duty["quote"]) for duty in dated)
    return str(dated[0]["due"]) if answers else None


def split_code(code: str) -> tuple[str, str]:
    """Number and notation of a code: ``12/UBND-VX`` -> ``12``, ``UBND-VX``. Where the two, put together as receivers
    do, would not give the code again, the notation is the whole code."""
    number, separator, notation = re.fullmatch(r"([^/-]*)([/-]?)(.*)", code, re.DOTALL).groups()  # type: ignore[union-attr]
    return (number, notation) if separator and joined_code(number, notation) == code else (number, code)


def receivers(row: Row) -> list[str]:
    """Those to whom the document goes: of *Kính gửi*, else the units of *Nơi nhận*; each once."""
    parties = [(party["members"] or [party["name"]]) for party in row["addressed"] or []]
    named = parties or [[name] for name in row["addressees"] or []]
    if not named:
        named = [one["members"] or [one["name"]] for one in row["recipients"] if _receives(one)]
    return list(dict.fromkeys(name.strip() for names in named for name in names if name.strip()))


def _receives(recipient: Row) -> bool:
    return recipient["kind"] not in _NO_RECEIVERS and not _RECEIVER_LINE.match(recipient["name"])


def _sender_and_receivers(header: Any, row: Row) -> None:
    sender = _add(header, "From")
    _text(sender, "OrganizationInCharge", row["parent_issuer"])
    _text(sender, "OrganName", row["issuer"])
    for name in receivers(row):
        _text(_add(header, "To"), "OrganName", name)


def _identity(header: Any, row: Row) -> None:
    number, notation = split_code(row["code"])
    code = _add(header, "Code")
    _text(code, "CodeNumber", number)
    _text(code, "CodeNotation", notation)
    promulgation = _add(header, "PromulgationInfo")
    _text(promulgation, "Place", _cut(row["place"], _PLACE_OF_ISSUE))
    _text(promulgation, "PromulgationDate", _day(row["date"]))
    if row["doc_type"]:
        _text(_add(header, "DocumentType"), "TypeName", row["doc_type"])
    _text(header, "Subject", row["subject"])


def _signer(header: Any, row: Row) -> None:
    fields = {"Competence": "signing_mode", "Position": "signer_title", "FullName": "signer_name"}
    if any(row[column] for column in fields.values()):
        signer = _add(header, "SignerInfo")
        for element, column in fields.items():
            _text(signer, element, row[column])


def _other(header: Any, row: Row) -> None:
    """Urgency, drafter (unless taken out before), pages (known of paper and PDF alone) and annexes."""
    urgency = _PRIORITIES.get((row["urgency"] or "").upper())
    other = _add(header, "OtherInfo")
    _text(other, "Priority", None if urgency is None else str(urgency))
    _text(other, "TyperNotation", next((one["drafter"] for one in row["recipients"] if one["drafter"]), None))
    _text(other, "PageAmount", str(row["pages"]) if row["ocr"] or row["format"] == "pdf" else None)
    titles = [" ".join(filter(None, (annex["label"], annex["title"]))) for annex in row["annexes"] or []]
    if any(titles):
        appendixes = _add(other, "Appendixes")
        for title in filter(None, titles):
            _text(appendixes, "Appendix", title)
    if not len(other):
        header.remove(other)


def _answered(header: Any, cited: Sequence[Row]) -> None:
    """The documents that this one answers, each once."""
    answered = {one["code"]: one for one in cited if one["relation"] == "replies_to" and one["code"]}
    for code, citation in answered.items():
        response = _add(header, "ResponseFor")
        _text(response, "Code", code)
        _text(response, "PromulgationDate", _day(citation["date"]))


def _enclose(root: Any, manifest: Any, row: Row) -> None:
    """The file of the document: named with its SHA-256, and inside the message when it is there, whole and small."""
    name = PurePosixPath(row["path"]).name
    described = {
        "ContentId": f"cid:{row['doc_id']}",
        "ContentType": mimetypes.guess_type(name)[0] or "application/octet-stream",
        "AttachmentName": name,
    }
    reference = _add(manifest, "Reference")
    for element, value in described.items():
        _text(reference, element, value)
    _text(reference, "Description", f"SHA-256: {row['sha256']}")
    data = _original(row)
    if data is not None:
        attachment = _add(_add(root, "AttachmentEncoded"), "Attachment")
        for element in ("ContentId", "AttachmentName", "ContentType"):
            _text(attachment, element, described[element])
        _text(attachment, "ContentTransferEncoded", base64.b64encode(data).decode("ascii"))


def _original(row: Row) -> bytes | None:
    """The bytes that were read; ``None`` when the file is gone, has changed, is too large, or lay in an archive."""
    source = Path(row["source"])
    try:
        data = source.read_bytes() if source.is_file() and source.stat().st_size <= MAX_ATTACHED else None
    except OSError:
        return None
    return data if data is not None and hashlib.sha256(data).hexdigest() == row["sha256"] else None


def _day(iso: str | None) -> str | None:
    """``2020-04-05`` as messages write it: ``2020/04/05``."""
    return iso.replace("-", "/") if iso is not None and is_whole_day(iso) else None


def _add(parent: Any, tag: str) -> Any:
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}")


def _text(parent: Any, tag: str, value: str | None) -> None:
    """An element with text, cut to its length; none at all without a value, as no required element may be empty."""
    text = _cut(" ".join(value.split()), LIMITS.get(tag)) if value else None
    if text:
        _add(parent, tag).text = shown(text)


def _cut(text: str | None, limit: int | None) -> str | None:
    """The text, cut at a word and visibly when it is longer than ``limit``."""
    if text is None or limit is None or len(text) <= limit:
        return text
    return f"{text[: limit - 2].rsplit(' ', 1)[0]} …"
