"""What was recognised once is kept: a file for each page, named by a hash of its pixels and of how they are read."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import astuple
from pathlib import Path
from tempfile import NamedTemporaryFile

from PIL import Image

from pipeline.ocr.engine import Seen


def remembered(
    folder: Path | None, key: str, read: Callable[[], tuple[Sequence[Seen], int]]
) -> tuple[Sequence[Seen], int]:
    """The words of a page and its quarter turns, from ``folder`` when it has them under ``key``, else from ``read``.

    A damaged or unwritable file is as good as none: the page is read again.
    """
    if folder is None:
        return read()
    path = folder / key[:2] / f"{key}.json"
    try:
        words, turns = json.loads(path.read_bytes())
        return [Seen(*word) for word in words], int(turns)
    except (OSError, ValueError, TypeError):
        found = read()
        _keep(path, json.dumps([[astuple(word) for word in found[0]], found[1]], ensure_ascii=False))
        return found


def page_key(picture: Image.Image, reader: str) -> str:
    """The hash of a picture and of what reads it."""
    digest = hashlib.sha256(f"{reader}\x1f{picture.size}\x1f{picture.mode}\x1f".encode())
    digest.update(picture.tobytes())
    return digest.hexdigest()


def _keep(path: Path, text: str) -> None:
    """Write whole or not at all: another process may read or write the same page."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, suffix=".new", delete=False) as file:
            file.write(text)
        os.replace(file.name, path)  # noqa: PTH105 - a Path method would need the name twice
    except OSError:
        return
