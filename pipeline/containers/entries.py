"""What a container holds, before anything is written: its entries under the names they bear in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from extractors.raw import Stated
from pipeline.readers import SUPPORTED

#: Archives that no free library opens without a program of its own: each becomes a failure with its reason.
CLOSED: frozenset[str] = frozenset({".rar", ".7z"})
#: Suffixes of the files that are opened. ``.xml`` is one of them only when it is an edXML message.
SUFFIXES: frozenset[str] = frozenset({".zip", ".eml", ".edxml"}) | CLOSED
_SEPARATORS = re.compile(r"[/\\]+")
_DRIVE = re.compile(r"^[A-Za-z]:")
_CONTROL = re.compile("[\\x00-\\x1f\\x7f-\\x9f\ud800-\udfff]")
_UNNAMED = "không tên"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in a container: ``name`` as it stands there, ``chunks`` its bytes piece by piece.

    ``packed`` is how many bytes it takes in the container, where that says how far it was compressed. ``refused`` is
    the reason why it cannot be taken out. ``stated`` is what the message around it says of it.
    """

    name: str
    chunks: Callable[[], Iterator[bytes]]
    packed: int | None = None
    refused: str | None = None
    stated: Stated | None = None


class Damaged(Exception):
    """A container, or an entry of one, that cannot be read. ``reason`` is a Vietnamese sentence with what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def shown_name(raw: str) -> str:
    """A name from a container as it is shown: ``/`` between folders, NFC, nothing that leads out of the container."""
    parts = [_DRIVE.sub("", _CONTROL.sub("\ufffd", part)).strip() for part in _SEPARATORS.split(raw)]
    kept = [part for part in parts if part not in {"", ".", ".."}]
    return unicodedata.normalize("NFC", "/".join(kept)) or _UNNAMED


def suffix_of(name: str) -> str:
    """The suffix of a name in small letters, with its dot; empty without one."""
    return PurePosixPath(name).suffix.lower()


def is_received(name: str) -> bool:
    """True for a name that by its suffix is a dispatch or may hold one."""
    return suffix_of(name) in SUPPORTED | SUFFIXES


def is_hidden(name: str) -> bool:
    """True for what a folder search does not see either: hidden files, locks of office programs, leavings of a Mac."""
    return any(part.startswith((".", "~$")) or part == "__MACOSX" for part in name.split("/"))
