"""edXML messages (QCVN 102:2016/BTTTT): what the envelope says of the document, and the files in it.

Seen in use: roots ``edXML`` and ``edXMLEnvelope``, and a SOAP envelope in a MIME package; elements with and without
prefix, in the namespaces of the standard and of its forerunners; attachments in base64, bare or as a ZIP of one file.
Elements are therefore known by their local names alone.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from lxml import etree

from extractors.raw import Stated
from pipeline.containers.entries import Damaged, shown_name

_HEAD = 4096
_RECALL = "1"  # 0 new, 1 recall, 2 update, 3 replace
_NO_MESSAGE = "Tệp XML không phải thông điệp edXML đọc được: hãy xin lại thông điệp hoặc nạp tệp văn bản đính kèm."
_DAMAGED = "Tệp đính kèm trong thông điệp edXML bị hỏng: hãy xin lại thông điệp."
#: Long runs of base64 are cut out before parsing, so that the limits of the parser (10 MB of text) can stay.
_PAYLOAD = re.compile(rb">([A-Za-z0-9+/=\s]{2048,})<")


@dataclass(frozen=True, slots=True)
class Message:
    """A message: what it states, the files in it by name, and the names of all it ``enclosed`` by their content id.

    ``status`` marks a receipt or progress note (QĐ 28/2018/QĐ-TTg), which carries no document; ``recall`` a message by
    which the issuer takes the document back.
    """

    stated: Stated
    attachments: tuple[tuple[str, bytes], ...]
    enclosed: dict[str, str]
    status: bool
    recall: bool


def is_edxml(head: bytes) -> bool:
    """True when the first bytes of a file look like a message: XML that names edXML early on."""
    start = head[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"<") and b"edxml" in start.lower()


def read_message(data: bytes) -> Message:
    """The message in ``data``. Raises ``Damaged`` for XML that is broken, declares entities or is no message."""
    payloads: list[bytes] = []
    root = _root(_PAYLOAD.sub(partial(_set_aside, payloads), data))
    header = _first(root, "MessageHeader")
    if header is None:
        raise Damaged(_NO_MESSAGE)
    enclosed = {
        content_key(_text(reference, "ContentId")): name
        for reference in _all(root, "Reference")
        if (name := _text(reference, "AttachmentName"))
    }
    attachments = tuple(_attachments(root, enclosed, payloads))
    status = _first(header, "StatusCode") is not None
    return Message(_stated(header), attachments, enclosed, status, _text(root, "BussinessDocType") == _RECALL)


def content_key(content_id: str | None) -> str:
    """A content id as it compares: ``cid:x`` of a reference and ``<x>`` of a MIME part are the same."""
    return (content_id or "").strip().strip("<>").removeprefix("cid:")


def _set_aside(payloads: list[bytes], match: re.Match[bytes]) -> bytes:
    payloads.append(match[1])
    return b">@%d<" % (len(payloads) - 1)


def _root(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Damaged(_NO_MESSAGE) from error
    # No message needs a DTD; one that brings it brings entities, the means of the known attacks.
    if root.getroottree().docinfo.internalDTD is not None:
        raise Damaged("Thông điệp XML khai báo thực thể (DTD), không an toàn nên không mở: hãy xin lại thông điệp.")
    return root


def _attachments(root: etree._Element, names: dict[str, str], payloads: list[bytes]) -> Iterator[tuple[str, bytes]]:
    for number, attachment in enumerate(_all(root, "Attachment"), 1):
        encoded = _text(attachment, "ContentTransferEncoded")
        if not encoded:
            continue
        known = _text(attachment, "AttachmentName") or names.get(content_key(_text(attachment, "ContentId")))
        try:
            text = payloads[int(encoded[1:])] if encoded.startswith("@") else encoded.encode("ascii", "replace")
            yield shown_name(known or f"tệp đính kèm {number}"), base64.b64decode(b"".join(text.split()), validate=True)
        except (binascii.Error, ValueError, IndexError) as error:
            raise Damaged(_DAMAGED) from error


def _stated(header: etree._Element) -> Stated:
    signer = next((found for name in ("SignerInfo", "Author") if (found := _first(header, name)) is not None), None)
    return Stated(
        "edxml",
        doc_type=_text(header, "DocumentType", "TypeName"),
        code=joined_code(_text(header, "Code", "CodeNumber"), _text(header, "Code", "CodeNotation")),
        issuer=_text(header, "From", "OrganName"),
        date=iso_day(_text(header, "PromulgationInfo", "PromulgationDate")),
        subject=_text(header, "Subject"),
        signer_title=_text(signer, "Position") or _text(signer, "Function"),
        signer_name=_text(signer, "FullName"),
        due=iso_day(_text(header, "DueDate")),
    )


def joined_code(number: str | None, notation: str | None) -> str | None:
    """Number and notation joined as on paper: ``12/UBND-VX``, of the Party ``12-TB/TU``."""
    if not notation:
        return None
    if number and re.match(rf"{re.escape(number)}[/-]", notation):  # the whole code was typed in
        return notation
    party = "/" in notation and not notation[0].isdigit()
    return f"{number or ''}{'-' if party else '/'}{notation.lstrip('/-')}"


def iso_day(value: str | None) -> str | None:
    """``2024/03/05``, ``05/03/2024`` or the same with hyphens and a time, as ISO; ``None`` for anything else."""
    numbers = [int(part) for part in re.findall(r"\d+", value or "")[:3]]
    if len(numbers) == 3 and numbers[2] > 31:
        numbers.reverse()
    try:
        return date(*numbers).isoformat() if len(numbers) == 3 else None
    except ValueError:
        return None


def _all(root: etree._Element, name: str) -> Iterator[etree._Element]:
    yield from root.iter(f"{{*}}{name}")


def _first(root: etree._Element | None, name: str) -> etree._Element | None:
    return None if root is None else next(_all(root, name), None)


def _text(root: etree._Element | None, *path: str) -> str | None:
    """The text of the first element down ``path``, spaces evened out; ``None`` when missing or empty."""
    for name in path:
        root = _first(root, name)
    return (" ".join("".join(root.itertext()).split()) or None) if root is not None else None
