"""Containers: archives, mails and edXML messages. Each file in one is a document of its own, ``a.zip!/b.eml!/c.pdf``.

What comes out is written to a folder of the run under names of our own: no name from a container reaches the disk. How
much may come out is bounded; what is past a bound, locked or broken becomes a failure with a reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from extractors.raw import Stated
from pipeline.containers.archives import is_office_file, zip_entries
from pipeline.containers.edxml import is_edxml, read_message
from pipeline.containers.enclosures import archive_entries, message_entries, package_message
from pipeline.containers.entries import CLOSED, SUFFIXES, Damaged, Entry, is_hidden, is_received, suffix_of
from pipeline.containers.mail import mail_entries
from pipeline.refusals import system_reason

__all__ = [
    "BOUNDS",
    "INSIDE",
    "SUFFIXES",
    "Bounds",
    "Member",
    "Refused",
    "Unpacked",
    "holder",
    "is_container",
    "unpack",
    "unpack_one",
]

#: Between a container and the name of a file in it.
INSIDE = "!/"
_HEAD = 4096
_SAFE_SUFFIX = re.compile(r"\.[a-z0-9]{1,9}")
_HOLDER = re.compile(r"(.+?\.(?:zip|eml|edxml|xml))!/.", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much may come out of one container: files, layers, bytes of a file and of all, and how far a file may swell
    (``ratio``, looked at from ``swollen`` bytes on: a blank scan of a page compresses well)."""

    members: int = 20_000
    depth: int = 4
    member: int = 500 << 20
    total: int = 4 << 30
    ratio: int = 200
    swollen: int = 16 << 20


BOUNDS = Bounds()


@dataclass(frozen=True, slots=True)
class Member:
    """A file that came out: where it was written, its name in the container, and what a message states of it."""

    path: Path
    name: str
    stated: Stated | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """What did not come out, and why; ``name`` is empty for the container itself."""

    name: str
    reason: str


@dataclass(slots=True)
class Unpacked:
    """All that came of a container; ``passed_over`` counts by suffix the files that are no dispatches."""

    members: list[Member] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)


def is_container(path: Path) -> bool:
    """True for a file that is opened, not read: by its suffix, ``.xml`` by its first bytes."""
    suffix = path.suffix.lower()
    if suffix == ".zip":
        return not is_office_file(path)
    if suffix != ".xml":
        return suffix in SUFFIXES
    try:
        with path.open("rb") as file:
            return is_edxml(file.read(_HEAD))
    except OSError:
        return False


def holder(source: str) -> str:
    """The file on disk in which a document lies: ``/kho/a.zip`` for ``/kho/a.zip!/b.pdf``; else ``source`` itself."""
    match = _HOLDER.match(source)
    return match[1] if match else source


def unpack(path: Path, folder: Path, bounds: Bounds = BOUNDS) -> Unpacked:
    """Write what lies in the container ``path``, and in those in it, to ``folder``. Never raises for its content."""
    opening = _Opening(folder, bounds)
    opening.open(path, "", 1)
    return opening.found


def unpack_one(path: Path, name: str, folder: Path, bounds: Bounds = BOUNDS) -> Path | None:
    """Write the one file ``name`` of the container ``path`` (or of one in it) to ``folder``; ``None`` when there is no
    such file or it does not come out. Everything else stays packed."""
    opening = _Opening(folder, bounds, name)
    opening.open(path, "", 1)
    return next((member.path for member in opening.found.members if member.name == name), None)


def _entries(path: Path, limit: int) -> Iterator[Entry]:
    """What lies in a container, by its first bytes, then its suffix. Raises ``Damaged``, also for a mail or message of
    more than ``limit`` bytes, which is read as a whole."""
    if path.suffix.lower() in CLOSED:
        raise Damaged("Tệp nén .rar, .7z chưa mở được: hãy giải nén rồi nạp lại.")
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(b"PK") or path.suffix.lower() == ".zip":
        return archive_entries(zip_entries(path))
    if path.stat().st_size > limit:
        raise Damaged(f"Thư, thông điệp lớn hơn {_size(limit)}: hãy lưu riêng tệp đính kèm rồi nạp lại.")
    data = path.read_bytes()
    if path.suffix.lower() == ".eml":
        return mail_entries(data)
    return message_entries(read_message(data) if is_edxml(head) else package_message(data))


class _TooMuch(Exception):
    """A bound was passed; ``over`` tells that nothing more comes out of this container."""

    def __init__(self, reason: str, *, over: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.over = reason, over


class _Opening:
    """One container of the command line being opened, with all that lies in it."""

    def __init__(self, folder: Path, bounds: Bounds, only: str | None = None) -> None:
        self.folder, self.bounds, self.only, self.found = folder, bounds, only, Unpacked()
        self._names: set[str] = set()
        self._files = self._bytes = 0

    def open(self, path: Path, name: str, depth: int) -> None:
        """Take out what lies in the container ``path``, called ``name``, ``depth`` layers down."""
        prefix = f"{name}{INSIDE}" if name else ""
        try:
            for entry in _entries(path, self.bounds.member):
                self._take(entry, self._fresh(prefix + entry.name), depth)
        except Damaged as error:
            self.found.refused.append(Refused(name, error.reason))
        except _TooMuch as error:
            if error.over and name:
                raise
            self.found.refused.append(Refused(name, error.reason))
        except OSError as error:
            self.found.refused.append(Refused(name, f"Không giải nén được ({system_reason(error)})."))

    def _take(self, entry: Entry, name: str, depth: int) -> None:
        passed = self.only is not None and not f"{self.only}{INSIDE}".startswith(f"{name}{INSIDE}")
        if passed or is_hidden(entry.name):
            return
        if not is_received(entry.name) and suffix_of(entry.name) != ".xml":
            self.found.passed_over[suffix_of(entry.name) or entry.name] += 1
        elif entry.refused:
            self.found.refused.append(Refused(name, entry.refused))
        else:
            self._let_out(entry, name, depth)

    def _let_out(self, entry: Entry, name: str, depth: int) -> None:
        try:
            path = self._write(entry)
        except Damaged as error:
            self.found.refused.append(Refused(name, error.reason))
            return
        except _TooMuch as error:
            if error.over:
                raise
            self.found.refused.append(Refused(name, error.reason))
            return
        if not is_container(path):
            self._keep(Member(path, name, entry.stated))
        elif depth >= self.bounds.depth:
            self.found.refused.append(
                Refused(name, f"Tệp nén lồng nhau quá {self.bounds.depth} lớp: hãy giải nén rồi nạp lại.")
            )
        else:
            self.open(path, name, depth + 1)
            path.unlink()

    def _keep(self, member: Member) -> None:
        if not is_received(member.name):  # XML that is no message
            self.found.passed_over[suffix_of(member.name)] += 1
        else:
            self.found.members.append(member)

    def _write(self, entry: Entry) -> Path:
        """The bytes of an entry under a name of our own. Raises ``_TooMuch`` past a bound, ``Damaged``, ``OSError``."""
        bounds, written = self.bounds, 0
        if self._files >= bounds.members:
            raise _TooMuch(
                f"Tệp nén có hơn {bounds.members} tệp: phần còn lại chưa đọc, hãy chia nhỏ rồi nạp lại.", over=True
            )
        self._files += 1
        suffix = suffix_of(entry.name)
        path = self.folder / f"{self._files:06d}{suffix if _SAFE_SUFFIX.fullmatch(suffix) else ''}"
        with path.open("xb") as file:
            for chunk in entry.chunks():
                written += len(chunk)
                self._bytes += len(chunk)
                self._check(written, entry.packed)
                file.write(chunk)
        return path

    def _check(self, written: int, packed: int | None) -> None:
        bounds = self.bounds
        if self._bytes > bounds.total:
            raise _TooMuch(
                f"Tệp nén bung ra quá {_size(bounds.total)}: phần còn lại chưa đọc, hãy chia nhỏ rồi nạp lại.",
                over=True,
            )
        if written > bounds.member:
            raise _TooMuch(f"Tệp bung ra quá {_size(bounds.member)}: hãy kiểm tra nguồn gửi.")
        if packed is not None and written > bounds.swollen and written > packed * bounds.ratio:
            raise _TooMuch("Tệp nén với tỉ lệ bất thường (có thể là bom nén): hãy kiểm tra nguồn gửi.")

    def _fresh(self, name: str) -> str:
        """``name``, or ``name (2)`` before the suffix when another file of the container bears it."""
        suffix, found, number = suffix_of(name), name, 1
        while found in self._names:
            number += 1
            found = f"{name[: len(name) - len(suffix)]} ({number}){name[len(name) - len(suffix) :]}"
        self._names.add(found)
        return found


def _size(count: int) -> str:
    return f"{count >> 20} MB" if count >= 1 << 20 else f"{count} byte"
