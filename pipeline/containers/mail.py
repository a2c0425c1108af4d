"""Mails (``.eml``): their attachments, and the mail itself when none of them is a dispatch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from functools import partial

from pipeline.containers.entries import Damaged, Entry, is_received, shown_name

_DAMAGED = "Thư điện tử hỏng, không đọc được: hãy lưu lại thư (.eml) rồi nạp lại."
_EMPTY = "Thư không có nội dung và không có tệp đính kèm."
#: What the standard library raises for headers that are no headers, and for parts without end.
_MALFORMED = (AttributeError, LookupError, RecursionError, TypeError, ValueError)
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*[\w-]+""", re.IGNORECASE)


def mail_entries(data: bytes) -> Iterator[Entry]:
    """The attachments of a mail, then its body if no attachment is a dispatch. Raises ``Damaged``.

    A forwarded mail is an attachment. Pictures that belong to the page of the mail (logos, signatures) are none.
    """
    mail = parsed(data)
    try:
        attachments = [entry for part in leaves(mail) if (entry := _attachment(part))]
    except _MALFORMED as error:
        raise Damaged(_DAMAGED) from error
    yield from attachments
    if any(is_received(entry.name) for entry in attachments):
        return
    body = _body(mail)
    if body is None and not attachments:
        raise Damaged(_EMPTY)
    if body:
        yield body


def parsed(data: bytes) -> EmailMessage:
    """The parts of a mail or a MIME package. Raises ``Damaged`` for bytes that are none."""
    try:
        mail = message_from_bytes(data, policy=policy.default)
    except _MALFORMED as error:
        raise Damaged(_DAMAGED) from error
    if not mail.keys():
        raise Damaged(_DAMAGED)
    return mail


def content_of(part: Message) -> bytes:
    """The bytes of a part of a mail, decoded."""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def leaves(part: Message) -> Iterator[Message]:
    """The parts that hold something, in order; a mail in the mail is one of them."""
    payload = part.get_payload()
    if part.get_content_type() == "message/rfc822" or not isinstance(payload, list):
        yield part
        return
    for inner in payload:
        if isinstance(inner, Message):
            yield from leaves(inner)


def _attachment(part: Message) -> Entry | None:
    name = part.get_filename()
    if part.get_content_type() == "message/rfc822":
        return _forwarded(part, name)
    picture = part.get_content_maintype() == "image" and part["content-id"] is not None
    if not name or picture:
        return None
    return Entry(shown_name(name), partial(_once, content_of(part)))


def _forwarded(part: Message, name: str | None) -> Entry | None:
    payload = part.get_payload()
    if not isinstance(payload, list) or not payload or not isinstance(payload[0], Message):
        return None
    inner = payload[0]
    # A subject with a slash would read as a folder.
    title = (name or str(inner["subject"] or "thư chuyển tiếp")).replace("/", "-")
    shown = shown_name(title)
    return Entry(shown if shown.lower().endswith(".eml") else f"{shown}.eml", partial(_once, inner.as_bytes()))


def _body(mail: EmailMessage) -> Entry | None:
    part = mail.get_body(preferencelist=("html", "plain"))
    if part is None:
        return None
    charset = part.get_content_charset() or "utf-8"
    data = content_of(part)
    try:
        text = data.decode(charset)
    except (LookupError, UnicodeDecodeError):
        text = data.decode("utf-8", "replace")
    if not text.strip():
        return None
    html = part.get_content_subtype() == "html"
    # The bytes are UTF-8 from here on, whatever the page says of itself.
    text = _CHARSET.sub("charset=utf-8", text) if html else text
    return Entry(f"nội dung thư{'.html' if html else '.txt'}", partial(_once, text.encode("utf-8", "replace")))


def _once(data: bytes) -> Iterator[bytes]:
    yield data
