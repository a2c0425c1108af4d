"""The files that come with an edXML message: in it, in the MIME package around it, or beside it in an archive."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from extractors.fold import fold
from extractors.raw import Stated
from pipeline.containers.archives import is_office_file, zip_entries
from pipeline.containers.edxml import Message, content_key, is_edxml, read_message
from pipeline.containers.entries import Damaged, Entry, is_hidden, is_received, shown_name, suffix_of
from pipeline.containers.mail import content_of, leaves, parsed

_NO_MESSAGE = "Gói edXML không có thông điệp đọc được: hãy xin lại gói tin."
_STATUS = "thông điệp trạng thái edXML"
_ANNEX = re.compile(r"phu luc|\bpl\b|danh sach|bieu mau|dinh kem|\bannex")
_SHORT = 4 << 20  # a message that lies beside its files holds no more than their names


def message_entries(message: Message) -> Iterator[Entry]:
    """The files that ``message`` carries; the dispatch among them bears what is stated. A status note is one itself.

    Raises ``Damaged`` when there is no file, naming the document that is missing, and behind the files of a message by
    which the issuer takes its document back.
    """
    if message.status:
        yield Entry(_STATUS, _whole(b""))
        return
    code = message.stated.code or "không rõ số"
    if not message.attachments and not message.recall:
        raise Damaged(f"Thông điệp edXML ({code}) không kèm văn bản: hãy xin lại thông điệp có tệp đính kèm.")
    main = _main(name for name, _ in message.attachments)
    for name, data in message.attachments:
        yield _bare(name, data, message.stated if name == main else None)
    if message.recall:
        raise Damaged(f"Thông điệp edXML thu hồi văn bản {code}: hãy kiểm tra văn bản đã nhận.")


def package_message(data: bytes) -> Message:
    """The message of a MIME package, with the other parts as its attachments. Raises ``Damaged``."""
    contents = [(part, content_of(part)) for part in leaves(parsed(data))]
    at = next((n for n, (_, content) in enumerate(contents) if is_edxml(content)), None)
    if at is None:
        raise Damaged(_NO_MESSAGE)
    message = read_message(contents.pop(at)[1])
    beside = [
        (shown_name(name), content)
        for part, content in contents
        if (name := part.get_filename() or message.enclosed.get(content_key(part["content-id"])))
    ]
    return replace(message, attachments=(*message.attachments, *beside))


def archive_entries(entries: list[Entry]) -> Iterator[Entry]:
    """The entries of an archive. A message that only names files beside it is left out; they bear what it states."""
    messages = {n: message for n, entry in enumerate(entries) if (message := _manifest(entry))}
    mains = {shown_name(_main(one.enclosed.values()) or "").casefold(): one.stated for one in messages.values()}
    for n, entry in enumerate(entries):
        if n not in messages:
            yield replace(entry, stated=mains.get(entry.name.rsplit("/", 1)[-1].casefold()))


def _manifest(entry: Entry) -> Message | None:
    if suffix_of(entry.name) not in {".xml", ".edxml"} or entry.refused or is_hidden(entry.name):
        return None
    data = b""
    try:
        for chunk in entry.chunks():
            data += chunk
            if len(data) > _SHORT or not is_edxml(data):
                return None
        message = read_message(data)
    except Damaged:
        return None
    return message if message.enclosed and not message.attachments else None


def _main(names: Iterable[str]) -> str | None:
    """The dispatch among the files of a message: the first that is not named like an annex, else the first."""
    received = [name for name in names if is_received(name)]
    return next((name for name in received if not _ANNEX.search(fold(name))), received[0] if received else None)


def _bare(name: str, data: bytes, stated: Stated | None) -> Entry:
    """A file of a message; some gateways put each in a ZIP of its own, under the name it had before."""
    if not data.startswith(b"PK\x03\x04") or suffix_of(name) == ".zip" or is_office_file(io.BytesIO(data)):
        return Entry(name, _whole(data), stated=stated)
    inner = zip_entries(io.BytesIO(data))
    return replace(inner[0], name=name, stated=stated) if len(inner) == 1 else Entry(f"{name}.zip", _whole(data))


def _whole(data: bytes) -> Callable[[], Iterator[bytes]]:
    return lambda: iter((data,))
