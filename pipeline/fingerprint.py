"""What tells one state of the extractors from another; apart, for whoever asks need not load what reads documents."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path


@cache
def extractor_version() -> str:
    """A fingerprint of all code and lexicons that shape a result, so that nobody forgets to raise a number by hand."""
    package = Path(__file__).resolve().parent
    files = [package / name for name in ("process.py", "crosscheck.py")]
    files += [p for folder in ("readers", "ocr", "nlp") for p in (package / folder).rglob("*.py")]
    files += [p for p in (package.parent / "extractors").rglob("*") if p.suffix in {".py", ".toml", ".csv"}]
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.name.encode() + b"\x1f" + file.read_bytes())
    return digest.hexdigest()[:12]
