"""Builders of archives, mails and edXML messages for the tests. All units and persons are invented."""

from __future__ import annotations

import base64
import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

DUTY = "Yêu cầu Sở Y tế báo cáo kết quả kiểm tra kho lạnh trước ngày 05/4/2024.\n"
LETTER = (
    "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH BÌNH LỤC\tĐộc lập - Tự do - Hạnh phúc\n"
    "Số: 12/UBND-VX\tBình Lục, ngày 05 tháng 3 năm 2024\nKính gửi: Sở Y tế.\n" + DUTY
)


def zipped(files: dict[str, bytes | str]) -> bytes:
    """An archive of ``files``, compressed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def locked(data: bytes, name: str) -> bytes:
    """The archive with ``name`` marked as encrypted, in its own header and in the directory."""
    raw, patched = name.encode(), bytearray(data)
    for signature, flags, at_name in ((b"PK\x03\x04", 6, 30), (b"PK\x01\x02", 8, 46)):
        start = -1
        while (start := data.find(signature, start + 1)) >= 0:
            if data[start + at_name : start + at_name + len(raw)] == raw:
                patched[start + flags] |= 1
    return bytes(patched)


def renamed(data: bytes, name: str, raw: bytes) -> bytes:
    """The archive with the ASCII ``name`` replaced by other bytes of the same length, as old programs write them."""
    assert len(name) == len(raw)
    return data.replace(name.encode("ascii"), raw)


def mail(
    attachments: dict[str, bytes | EmailMessage], body: str = "Kính chuyển.", subject: str = "Chuyển văn bản"
) -> EmailMessage:
    """A mail with a plain body and attachments; a message among them is forwarded."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "vanthu@binhluc.example", "syt@binhluc.example", subject
    message.set_content(body)
    for name, content in attachments.items():
        if isinstance(content, EmailMessage):
            message.add_attachment(content)
        else:
            message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message


def edxml(
    attachments: dict[str, bytes], header: str = "", *, manifest: tuple[str, ...] = (), prefix: str = "edXML:"
) -> bytes:
    """A message as gateways build it; ``header`` replaces the usual fields, ``manifest`` names files not in it."""
    fields = header or (
        "<{p}From><{p}OrganId>000.00.15.H99</{p}OrganId><{p}OrganName>UBND tỉnh Bình Lục</{p}OrganName></{p}From>"
        "<{p}Code><{p}CodeNumber>12</{p}CodeNumber><{p}CodeNotation>UBND-VX</{p}CodeNotation></{p}Code>"
        "<{p}PromulgationInfo><{p}Place>Bình Lục</{p}Place><{p}PromulgationDate>2024/03/05</{p}PromulgationDate>"
        "</{p}PromulgationInfo>"
        "<{p}DocumentType><{p}Type>2</{p}Type><{p}TypeName>Công văn</{p}TypeName></{p}DocumentType>"
        "<{p}Subject>tăng cường kiểm tra kho lạnh</{p}Subject>"
        "<{p}SignerInfo><{p}Position>Phó Chủ tịch</{p}Position><{p}FullName>Lê Văn Mẫu</{p}FullName></{p}SignerInfo>"
    )
    names = [*attachments, *manifest]
    references = "".join(
        f"<{prefix}Reference><{prefix}ContentId>cid:{n}</{prefix}ContentId>"
        f"<{prefix}AttachmentName>{name}</{prefix}AttachmentName></{prefix}Reference>"
        for n, name in enumerate(names)
    )
    encoded = "".join(
        f"<Attachment><ContentId>cid:{n}</ContentId><{prefix}ContentTransferEncoded>"
        f"{base64.encodebytes(content).decode()}</{prefix}ContentTransferEncoded></Attachment>"
        for n, content in enumerate(attachments.values())
    )
    space = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><edXML xmlns="{space}" xmlns:edXML="{space}"><{prefix}edXMLEnvelope>'
        f"<{prefix}edXMLHeader><{prefix}MessageHeader>{fields.format(p=prefix)}</{prefix}MessageHeader></{prefix}edXMLHeader>"
        f"<{prefix}edXMLBody><{prefix}edXMLManifest>{references}</{prefix}edXMLManifest></{prefix}edXMLBody>"
        f"</{prefix}edXMLEnvelope><AttachmentEncoded>{encoded}</AttachmentEncoded></edXML>"
    ).encode()


def written(path: Path, data: bytes | EmailMessage) -> Path:
    """``data`` as a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.as_bytes())
    return path
