"""ZIP archives: their entries, with names of old programs made readable. Nothing is written here."""

from __future__ import annotations

import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from pipeline.containers.entries import Damaged, Entry, shown_name

_DAMAGED = "Tệp nén hỏng, không mở được: hãy xin lại bản gốc."
_DAMAGED_ENTRY = "Tệp trong tệp nén bị hỏng: hãy xin lại bản gốc."
_PASSWORD = "Tệp trong tệp nén đặt mật khẩu: hãy giải nén bằng mật khẩu rồi nạp lại."
_METHOD = "Kiểu nén của tệp này chưa hỗ trợ: hãy giải nén rồi nạp lại."
_EMPTY = "Tệp nén rỗng: hãy xin lại bản gốc."

_CHUNK = 1 << 20
_ENCRYPTED, _UTF8 = 0x1, 0x800
#: What the signs of a name may be besides letters and digits when its bytes are taken for Vietnamese.
_PLAIN = frozenset("/\\ ._-–,;()[]&+'!@#%=~“”‘’")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, RuntimeError, NotImplementedError)


def zip_entries(source: Path | IO[bytes]) -> list[Entry]:
    """The files of an archive in their order; it stays open as long as one of them is kept. Raises ``Damaged``."""
    try:
        archive = zipfile.ZipFile(source)
    except _BROKEN as error:
        raise Damaged(_DAMAGED) from error
    entries = [_entry(archive, info) for info in archive.infolist() if not info.filename.endswith("/")]
    if not entries:
        raise Damaged(_EMPTY)
    return entries


def is_office_file(source: Path | IO[bytes]) -> bool:
    """True for a document that is a ZIP inside (DOCX, ODT), whatever its name."""
    try:
        with zipfile.ZipFile(source) as archive:
            names = set(archive.namelist())
    except _BROKEN:
        return False
    return bool(names & {"[Content_Types].xml", "mimetype"})


def _entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Entry:
    name = shown_name(readable_name(info))
    return Entry(name, _reader(archive, info), info.compress_size, _refusal(info))


def _refusal(info: zipfile.ZipInfo) -> str | None:
    if info.flag_bits & _ENCRYPTED:
        return _PASSWORD
    if stat.S_ISLNK(info.external_attr >> 16):
        return "Lối tắt (liên kết) trong tệp nén, không phải văn bản: hãy nạp chính tệp đó."
    return None


def _reader(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], Iterator[bytes]]:
    def chunks() -> Iterator[bytes]:
        try:
            with archive.open(info) as file:
                while chunk := file.read(_CHUNK):
                    yield chunk
        except NotImplementedError as error:
            raise Damaged(_METHOD) from error
        except _BROKEN as error:
            raise Damaged(_DAMAGED_ENTRY) from error

    return chunks


def readable_name(info: zipfile.ZipInfo) -> str:
    """The name of an entry: marked or plain UTF-8, else Windows-1258 when that gives words, else what ZIP prescribes.

    Windows in Vietnamese writes its code page without saying so; ``zipfile`` then reads it as cp437 (APPNOTE 4.4.4).
    """
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:  # named by a Unicode field of the entry
        return info.filename
    for encoding in ("utf-8", "cp1258"):
        try:
            name = unicodedata.normalize("NFC", raw.decode(encoding))
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or all(char.isalnum() or char in _PLAIN for char in name):
            return name
    return info.filename
