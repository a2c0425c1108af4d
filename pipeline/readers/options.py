"""What a reader may do besides reading: recognise the text of scans, and where it keeps what it recognised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

#: Where a run keeps recognised pages, in the folder it writes to.
CACHE_NAME = ".ocr"


@dataclass(frozen=True, slots=True)
class Options:
    """``ocr``: recognise pages that are pictures; ``cache``: the folder that keeps recognised pages by their hash, none
    when ``None``; ``converted``: office files that were converted to DOCX along with others, ``None`` for those that
    could not be."""

    ocr: bool = True
    cache: Path | None = None
    converted: Mapping[Path, Path | None] = field(default_factory=dict, compare=False)


DEFAULT = Options()
