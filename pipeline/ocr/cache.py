"""What was recognised once is kept: a file for each page, named by a hash of its pixels and of how they are read."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from PIL import Image

from pipeline.ocr.cells import Cell
from pipeline.ocr.engine import Seen


@dataclass(frozen=True, slots=True)
class Reading:
    """What was seen in a picture: its words, the quarter turns clockwise that put it upright, and the cells of its
    ruled tables, all in pixels of the upright picture."""

    words: tuple[Seen, ...]
    turns: int = 0
    tables: tuple[tuple[Cell, ...], ...] = ()


def remembered(folder: Path | None, key: str, read: Callable[[], Reading]) -> Reading:
    """What was seen in a picture, from ``folder`` when it has it under ``key``, else from ``read``.

    A damaged or unwritable file is as good as none: the page is read again.
    """
    if folder is None:
        return read()
    path = folder / key[:2] / f"{key}.json"
    try:
        return _loaded(path.read_bytes())
    except (OSError, ValueError, TypeError, KeyError):
        found = read()
        _keep(path, json.dumps(asdict(found), ensure_ascii=False))
        return found


def _loaded(data: bytes) -> Reading:
    kept = json.loads(data)
    words = tuple(Seen(**word) for word in kept["words"])
    tables = [tuple((int(a), int(b), int(c), int(d)) for a, b, c, d in table) for table in kept["tables"]]
    return Reading(words, int(kept["turns"]), tuple(tables))


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
