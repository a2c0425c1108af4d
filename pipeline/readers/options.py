"""What a reader may do besides reading: recognise the text of scans, and where it keeps what it recognised."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """``ocr``: recognise pages that are pictures; ``cache``: the folder that keeps recognised pages by their hash, none
    when ``None``."""

    ocr: bool = True
    cache: Path | None = None


DEFAULT = Options()
