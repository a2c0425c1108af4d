"""Which files of the paths and URLs on the command line are read, and where results go: any storage fsspec opens."""

from __future__ import annotations

import os
import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from pipeline.collect import collect, source_name
from pipeline.containers import INSIDE, SUFFIXES
from pipeline.distributed import RunError
from pipeline.process import printable, relative_name
from pipeline.readers import SUPPORTED
from pipeline.store import DATABASE_NAME
from pipeline.units.own import FILE_NAME as UNITS_FILE

_LOCAL = "file://"
#: What tells one state of a file in a storage from another: the first of these that the storage states.
_STAMPS = ("ETag", "etag", "md5Hash", "content_settings", "LastModified", "mtime", "modified", "created")


@dataclass(frozen=True, slots=True)
class Item:
    """One file to read: ``address`` opens it, ``name`` and ``source`` are those of :class:`pipeline.worker.Task`.

    ``stamp`` changes when the content does; ``size`` is in bytes.
    """

    address: str
    name: str
    source: str
    stamp: str
    size: int


@dataclass(frozen=True, slots=True)
class Found:
    """The files to read, in order of their sources. ``places`` are the sources that were searched, ``folders`` those of
    them on this machine; ``unsupported`` counts the files passed over, by suffix."""

    items: tuple[Item, ...]
    places: tuple[str, ...]
    folders: tuple[Path, ...]
    unsupported: Counter[str]


def is_url(place: str) -> bool:
    """True for a place that is no path of this machine."""
    return "://" in place and not place.startswith(_LOCAL)


def local_path(place: str) -> Path:
    """The path that a place on this machine is, ``file://`` or not."""
    return Path(place.removeprefix(_LOCAL))


def find(places: Sequence[str], without: str) -> Found:
    """The files in ``places`` as :func:`pipeline.collect.collect` finds them, less those in ``without``.

    Raises ``FileNotFoundError`` for a place that does not exist; ``RunError`` for one out of reach, for places in
    several storages, whose names have no common root, and for a password in a URL, which the database would keep.
    """
    urls = [place for place in places if is_url(place)]
    if any(urlsplit(place).password for place in (*urls, without)):
        raise RunError("Đừng ghi mật khẩu trong URL: hãy đặt trong biến môi trường FSSPEC_… của máy này và máy đọc.")
    if not urls:
        return _find_here([local_path(place) for place in places], without)
    if len(urls) < len(places):
        raise RunError("Mọi nguồn phải ở cùng một nơi lưu trữ: hãy chạy riêng cho thư mục trên máy và cho từng URL.")
    with reaching(urls[0]):
        return _find_there(places, without)


def storage_of(place: str) -> tuple[Any, str]:
    """The fsspec file system of a place, and the path within it. Raises what fsspec raises."""
    from fsspec.core import url_to_fs

    system, path = url_to_fs(place if "://" in place else os.path.abspath(place))  # noqa: PTH100 - links keep their names
    return system, str(path)


@contextmanager
def reaching(place: str) -> Iterator[None]:
    """For a ``with`` block that talks to a storage: its errors, of whatever kind, become a ``RunError``."""
    try:
        yield
    except (RunError, FileNotFoundError):
        raise
    except ImportError as error:
        raise RunError(f"Thiếu thư viện để mở {place}: hãy cài `pip install 'vanthu[distributed]'`.") from error
    except Exception as error:  # each storage raises errors of its own
        raise RunError(
            f"Không truy cập được {place} ({type(error).__name__}). Hãy kiểm tra địa chỉ, quyền truy cập và mạng."
        ) from error


@contextmanager
def results_in(out: str) -> Iterator[Path]:
    """A folder for database and workbook, for a ``with`` block: ``out`` itself, or for a URL a copy that is put there
    at the end, with the database that lay there in it."""
    if not is_url(out):
        yield local_path(out)
        return
    with TemporaryDirectory(prefix="vanthu-", ignore_cleanup_errors=True) as scratch:
        with reaching(out):
            storage, folder = storage_of(out)
            kept = posixpath.join(folder, DATABASE_NAME)
            if storage.exists(kept):
                storage.get_file(kept, str(Path(scratch, DATABASE_NAME)))
        yield Path(scratch)
        with reaching(out):
            for path in sorted(path for path in Path(scratch).iterdir() if path.is_file()):
                storage.put_file(str(path), posixpath.join(folder, path.name))


def _find_here(paths: Sequence[Path], without: str) -> Found:
    found = collect(paths, without=None if is_url(without) else local_path(without))
    items = [Item(str(path), relative_name(path, found.root), source_name(path), *_state(path)) for path in found.files]
    places = {source_name(Path(os.path.abspath(path))) for path in paths}  # noqa: PTH100 - as collect names them
    return Found(tuple(items), _with_insides(places), found.folders, found.unsupported)


def _state(path: Path) -> tuple[str, int]:
    """Stamp and size; a link into nowhere has neither, and its reader says so."""
    try:
        state = path.stat()
    except OSError:
        return "", 0
    return f"{state.st_size}-{state.st_mtime_ns}-{state.st_ctime_ns}", state.st_size


def _find_there(places: Sequence[str], without: str) -> Found:
    storages = [storage_of(place) for place in places]
    storage = storages[0][0]
    if any(type(other) is not type(storage) for other, _ in storages):
        raise RunError("Mọi nguồn phải ở cùng một nơi lưu trữ: hãy chạy riêng cho từng loại URL.")
    storage.invalidate_cache()
    skipped: Counter[str] = Counter()
    listed: dict[str, tuple[str, Mapping[str, Any]]] = {}
    starts = []
    for place, (_, path) in zip(places, storages, strict=True):
        if not storage.exists(path):
            raise FileNotFoundError(place)
        single = storage.isfile(path)
        starts.append(posixpath.dirname(path) if single else path)
        found = {path: storage.info(path)} if single else _searched(storage.find(path, detail=True), path, skipped)
        listed |= {file: (place.rstrip("/") + file[len(path.rstrip("/")) :], info) for file, info in found.items()}
    left_out = storage_of(without)[1].rstrip("/") + "/" if is_url(without) else None
    root = posixpath.commonpath(starts)
    items = [
        _item(address, posixpath.relpath(file, root), info)
        for file, (address, info) in sorted(listed.items())
        if not (left_out and file.startswith(left_out))
    ]
    return Found(tuple(items), _with_insides({printable(place.rstrip("/")) for place in places}), (), skipped)


def _searched(
    listed: Mapping[str, Mapping[str, Any]], folder: str, skipped: Counter[str]
) -> dict[str, Mapping[str, Any]]:
    """What of a listing is read: the same as on this machine, except that the worker looks into ``.xml`` whether it is
    a message. Counts in ``skipped`` what is passed over."""
    found = {}
    for path, info in listed.items():
        inside = posixpath.relpath(path, folder).split("/")
        if any(part.startswith(".") for part in inside) or inside[-1].startswith("~$"):
            continue
        suffix = posixpath.splitext(path)[1].lower()
        if suffix in SUPPORTED | SUFFIXES | {".xml"}:
            found[path] = info
        elif inside[-1] != UNITS_FILE:
            skipped[suffix or inside[-1]] += 1
    return found


def _item(address: str, name: str, info: Mapping[str, Any]) -> Item:
    size = int(info.get("size") or 0)
    stamp = next((str(info[key]) for key in _STAMPS if info.get(key)), "")
    return Item(address, printable(name), printable(address), f"{size}-{stamp}", size)


def _with_insides(places: set[str]) -> tuple[str, ...]:
    """The places, and what lies in each if it is a container."""
    return (*sorted(places), *sorted(place + INSIDE.rstrip("/") for place in places))
