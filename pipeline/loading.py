"""What a run or an export holds, as pandas tables: ``load("outputs/demo").obligations``."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.records import KEYS, each_record
from pipeline.rows import Row
from pipeline.schema import Schema, record_schema
from pipeline.store import DATABASE_NAME, StoreError, open_store

if TYPE_CHECKING:
    import pandas

#: What of its document each obligation carries.
_OF_DOCUMENT = ("code", "type", "date", "issuer", "subject")
_DTYPES = {"string": "string", "integer": "Int64", "boolean": "boolean", "number": "float64"}
_HOW = (
    "Hãy chỉ thư mục --out của `vanthu run`, tệp .db trong đó, hoặc thư mục của `vanthu export --format jsonl` "
    "(hay parquet)."
)


@dataclass(frozen=True, slots=True)
class Frames:
    """The tables, a row for each record, in order of document and place.

    Days are ``datetime64``; of a day known in part only (*2014*) ``date`` is missing and ``date_stated`` has the words.
    Closed vocabularies are categories, lists stay lists (ready for ``explode``), what is unknown is missing.
    ``obligations`` and ``citations`` carry the number of their document (``doc_code``), ``obligations`` also its type,
    date, issuer and subject. ``recipients`` and ``parties`` are *Nơi nhận* and *Kính gửi* with a row for each place.
    ``units`` and ``failures`` are ``None`` for an export in JSON lines, which does not hold them.
    """

    documents: pandas.DataFrame
    recipients: pandas.DataFrame
    parties: pandas.DataFrame
    obligations: pandas.DataFrame
    citations: pandas.DataFrame
    relations: pandas.DataFrame
    references: pandas.DataFrame
    units: pandas.DataFrame | None
    failures: pandas.DataFrame | None


def load(path: Path | str, *, text: bool = False, superseded: bool = False, all_versions: bool = False) -> Frames:
    """The tables of a result: a folder of ``vanthu run``, its database, or an export in JSON lines or Parquet.

    As in every question, a dispatch of several files counts once (``all_versions``: each file), and rows that somebody
    rejected or corrected by another are hidden (``superseded``: shown, with a column of that name; a database only).
    ``text`` adds the whole text of the documents; who drafted a document stays out.
    Raises ``StoreError``, with a sentence that says what to do, when there is no result at ``path``.
    """
    records = _source(Path(path), superseded)
    kept: set[str] | None = None
    tables: dict[str, list[Row] | None] = {}
    for table in KEYS:
        rows = records(table)
        if rows is not None and kept is not None and table != "failures":
            rows = (row for row in rows if row["doc_id"] in kept)
        if table == "documents" and not all_versions:
            rows = [row for row in rows or () if not row["version_of"]]
            kept = {row["doc_id"] for row in rows}
        tables[table] = None if rows is None else list(rows)
    return _frames(tables, text, superseded)


def _source(path: Path, superseded: bool) -> Callable[[str], Iterable[Row] | None]:
    """By which way the records of a table are had from ``path``."""
    if path.is_dir() and not (path / DATABASE_NAME).is_file():
        if superseded:
            raise StoreError(f"Bản xuất {path} không giữ dòng đã bị loại hoặc thay. Hãy mở cơ sở dữ liệu (.db).")
        for suffix, read in ((".parquet", _parquet_rows), (".jsonl", _json_rows)):
            if (path / f"documents{suffix}").is_file():
                return lambda table: _exported(path / f"{table}{suffix}", read)
        raise StoreError(f"{path} không có kết quả nào của vanthu. {_HOW}")
    if not path.exists():
        raise StoreError(f"Không thấy {path}. {_HOW}")
    database = path / DATABASE_NAME if path.is_dir() else path
    open_store(database).dispose()
    return lambda table: _stored(database, table, superseded)


def _stored(database: Path, table: str, superseded: bool) -> Iterable[Row]:
    engine = open_store(database)
    try:
        yield from each_record(engine, table, superseded=superseded)
    finally:
        engine.dispose()


def _exported(path: Path, read: Callable[[Path], list[Any]]) -> list[Row] | None:
    if not path.is_file() and path.stem in ("units", "failures"):
        return None
    try:
        rows = read(path)
    except (OSError, ValueError) as error:
        raise StoreError(f"Không đọc được {path} ({type(error).__name__}). Hãy chạy lại `vanthu export`.") from error
    if any(not isinstance(row, dict) or row.keys() != set(KEYS[path.stem]) for row in rows):
        raise StoreError(f"{path} do phiên bản khác của vanthu xuất. Hãy chạy lại `vanthu export`.")
    return rows


def _json_rows(path: Path) -> list[Any]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def _parquet_rows(path: Path) -> list[Row]:
    from pipeline.export.parquet import read

    return read(path)


# ---------------------------------------------------------------- rows to frames
def _frames(tables: dict[str, list[Row] | None], text: bool, superseded: bool) -> Frames:
    schemas = {table: dict(record_schema(table)["properties"]) for table in KEYS}
    members = {"recipients": schemas["documents"]["recipients"], "parties": schemas["documents"]["addressed"]}
    documents = tables["documents"] or []
    if not text:
        del schemas["documents"]["text"]
    if superseded:
        schemas["obligations"]["superseded"] = {"type": "boolean"}
    made = {table: None if rows is None else _frame(rows, schemas[table]) for table, rows in tables.items()}
    _join(made["obligations"], made["documents"], _OF_DOCUMENT)
    _join(made["citations"], made["documents"], ("code",))
    for name, source in (("recipients", "recipients"), ("parties", "addressed")):
        rows = [{"doc_id": one["doc_id"], **item} for one in documents for item in one[source] or ()]
        made[name] = _frame(rows, {"doc_id": {"type": "string"}, **members[name]["items"]["properties"]})
    return Frames(**made)


def _frame(rows: list[Row], schema: dict[str, Schema]) -> pandas.DataFrame:
    import pandas

    columns = {key: _series([row[key] for row in rows], one) for key, one in schema.items()}
    stated = {
        f"{key}_stated": pandas.Series([row[key] for row in rows], dtype="string")
        for key, one in schema.items()
        if "pattern" in one
    }
    return pandas.DataFrame(columns | stated)


def _series(values: list[Any], schema: Schema) -> pandas.Series:
    """A column of the type that its schema states."""
    import pandas

    if "enum" in schema:
        known = dict.fromkeys(one for one in (*schema["enum"], *values) if one is not None)
        return pandas.Series(pandas.Categorical(values, categories=list(known)))
    if "pattern" in schema or schema.get("format") == "date":
        days = pandas.to_datetime(pandas.Series(values, dtype="object"), format="%Y-%m-%d", errors="coerce")
        return days.astype("datetime64[s]")
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return pandas.Series(values, dtype=_DTYPES.get(kinds[0], "object"))


def _join(frame: Any, documents: Any, names: tuple[str, ...]) -> None:
    """Add columns of the document of each row as ``doc_…``."""
    by_id = documents.set_index("doc_id")
    for name in names:
        values = by_id["doc_type" if name == "type" else name].reindex(frame["doc_id"])
        frame[f"doc_{name}"] = values.array
