"""Shards: Parquet files of rows as the database takes them, each with all that came of one batch.

Three columns: the ``source`` a row came from, the ``table`` it belongs to, and the ``row`` as JSON, so that a shard
needs no new form when a table gets a column. A shard appears whole or not at all.
"""

from __future__ import annotations

import io
import json
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from uuid import uuid4

from pipeline.distributed import RunError
from pipeline.distributed.places import reaching, storage_of
from pipeline.rows import Row

Rows = Mapping[str, list[Row]]
_SUFFIX = ".parquet"


def write(folder: str, name: str, records: Iterable[tuple[str, Rows]]) -> None:
    """Put the rows of each source into the shard ``name``, in place of one of that name. Raises ``RunError``."""
    import pyarrow
    from pyarrow import parquet

    flat = [
        {"source": source, "table": table, "row": json.dumps(row)}
        for source, tables in records
        for table, rows in tables.items()
        for row in rows
    ]
    schema = pyarrow.schema([(column, pyarrow.string()) for column in ("source", "table", "row")])
    sink = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist(flat, schema), sink, compression="zstd")
    try:
        with reaching(folder):
            _put(folder, name, sink.getvalue())
    except FileNotFoundError as error:
        raise RunError(
            f"Máy đọc không thấy thư mục {folder}: --out phải là URL, hoặc thư mục dùng chung mà mọi máy đều thấy."
        ) from error


def read(folder: str, name: str) -> Iterator[tuple[str, dict[str, list[Row]]]]:
    """The rows of each source in the shard ``name``, by table. Raises ``RunError`` when it is gone or broken."""
    from pyarrow import ArrowException, parquet

    storage, path = storage_of(folder)
    shard = posixpath.join(path, name + _SUFFIX)
    try:
        with reaching(folder):
            data = storage.cat_file(shard)
        flat = parquet.read_table(io.BytesIO(data)).to_pylist()
    except (FileNotFoundError, ArrowException) as error:
        raise RunError(f"Mảnh kết quả {shard} bị hỏng hoặc đã mất: hãy xoá tệp này rồi chạy lại.") from error
    found: dict[str, dict[str, list[Row]]] = {}
    for line in flat:
        found.setdefault(line["source"], {}).setdefault(line["table"], []).append(json.loads(line["row"]))
    yield from found.items()


def existing(folder: str) -> set[str]:
    """The names of the shards in a folder, which is made if need be. Raises ``RunError``."""
    with reaching(folder):
        storage, path = storage_of(folder)
        storage.makedirs(path, exist_ok=True)
        storage.invalidate_cache()
        try:
            listed = storage.ls(path, detail=False)
        except FileNotFoundError:  # object stores have no empty folders
            return set()
    names = (posixpath.basename(str(name)) for name in listed)
    return {name.removesuffix(_SUFFIX) for name in names if name.endswith(_SUFFIX) and not name.startswith(".")}


def _put(folder: str, name: str, data: bytes) -> None:
    """Write a file that is never seen half: object stores take it whole, on a disk it gets its name at the end."""
    from fsspec.implementations.local import LocalFileSystem

    storage, path = storage_of(folder)
    final = posixpath.join(path, name + _SUFFIX)
    if not isinstance(storage, LocalFileSystem):
        storage.pipe_file(final, data)
        return
    draft = Path(path, f".{name}.{uuid4().hex}.tmp")
    draft.write_bytes(data)
    draft.replace(final)
