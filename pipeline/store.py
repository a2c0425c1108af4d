"""The database: one SQLite file that any tool opens, or one on a PostgreSQL server that offices share.

Rows are replaced a document at a time, each in one transaction, so that a stop at any moment leaves whole documents.
A row made by the machine is never edited by hand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import (
    JSON,
    ColumnElement,
    Engine,
    String,
    Table,
    bindparam,
    cast,
    delete,
    func,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError

from extractors.model import Result
from pipeline.database import StoreError as StoreError
from pipeline.database import connect, exceeds_limit, opening, place_of, writing
from pipeline.database_versions import check_version
from pipeline.folding import name_key, text_key
from pipeline.full_text import add_words, drop_words
from pipeline.rows import (
    Row,
    citation_rows,
    document_row,
    obligation_rows,
    reference_rows,
    relation_rows,
    unread_rows,
)
from pipeline.sketch import sketch
from pipeline.tables import (
    SCHEMA_VERSION as SCHEMA_VERSION,
)
from pipeline.tables import (
    back_references,
    citations,
    cited_relations,
    documents,
    failures,
    meta,
    metadata,
    obligation_states,
    obligation_units,
    obligations,
    versions,
)

DATABASE_NAME = "vanthu.db"
_OWN_UNITS = "own_units"
_OF_DOCUMENT = (back_references, cited_relations, citations, documents)
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def open_store(where: Path | str, *, create: bool = False) -> Engine:
    """The engine for the database at ``where``, a path or an address ``postgresql://…``.

    Raises ``StoreError`` when it is missing (unless ``create``), cannot be reached, is no database of ours, or is of
    another schema version.
    """
    place = place_of(where)
    if place.file and not create and not place.file.is_file():
        raise StoreError(
            f"Không thấy cơ sở dữ liệu {place}. Hãy chạy `vanthu run THƯ_MỤC --out {place.file.parent}` trước."
        )
    engine = connect(place)
    try:
        with opening(place):
            if create:
                _create_schema(engine)
            check_version(engine, place)
    except BaseException:
        engine.dispose()
        raise
    return engine


class Known(NamedTuple):
    """What a row of documents was made from: content and name (in its id), the extractor, and what stood beside it."""

    doc_id: str
    version: str
    stated: Row | None


def known_documents(engine: Engine) -> dict[str, Known]:
    """What is known of every document in the database, by its source."""
    columns = (documents.c.source, documents.c.doc_id, documents.c.version, documents.c.stated)
    with engine.connect() as connection:
        return {source: Known(*rest) for source, *rest in connection.execute(select(*columns))}


def known_sources(engine: Engine) -> set[str]:
    """Every file the database says something about, read or failed."""
    with engine.connect() as connection:
        return {*connection.scalars(select(documents.c.source)), *connection.scalars(select(failures.c.source))}


class TooLong(StoreError):
    """A name is longer than a server can index; nothing of its document was kept."""

    def __init__(self) -> None:
        super().__init__("Một tên trong văn bản hoặc đường dẫn của tệp dài hơn mức máy chủ lập chỉ mục được.")


def save(engine: Engine, result: Result, source: str) -> None:
    """Put the rows of ``result`` in place of all rows of the same document and of the same file, in one transaction.

    Raises ``TooLong`` when a server cannot hold them.
    """
    put(engine, rows_of(result, source), source)


def _received(connection: Connection, source: str, issued: str | None) -> str | None:
    """The day on which the document at ``source`` came, as noted before it is read again: were it left to the end of
    the run, a run that is killed would lose it. None came before it was issued: such a day is another document's."""
    day = connection.scalar(select(documents.c.received).where(documents.c.source == source))
    return day if day and (issued or "") <= day else None


def save_failure(engine: Engine, row: Row) -> None:
    """Note that a file could not be read: ``source``, ``path``, ``reason``, ``error``. What an earlier run read from it
    is out of date and goes."""
    put(engine, {failures.name: [{"page": 0, **row}]}, row["source"])


def rows_of(result: Result, source: str) -> dict[str, list[Row]]:
    """Everything the database keeps of ``result``, read from the file ``source``, by table. JSON can hold it."""
    cited = citation_rows(result)
    duties = obligation_rows(result, cited)
    document = document_row(result) | {"sketch": sketch(result.document.text), "source": source}
    return {
        failures.name: unread_rows(result, source),
        documents.name: [document],
        citations.name: cited,
        cited_relations.name: relation_rows(result, cited),
        back_references.name: reference_rows(result, cited),
        obligations.name: [duty | {"folded": text_key(duty["quote"])} for duty in duties],
        obligation_units.name: [unit for duty in duties for unit in unit_rows(duty)],
    }


def put(engine: Engine, rows: Mapping[str, list[Row]], source: str) -> None:
    """Put ``rows`` (see :func:`rows_of`) in place of all rows of the same document and of the same file, in one
    transaction.

    Raises ``TooLong`` when a server cannot hold them.
    """
    try:
        _put(engine, rows, source)
    except OperationalError as error:
        if exceeds_limit(error):
            raise TooLong from error
        raise


def _put(engine: Engine, rows: Mapping[str, list[Row]], source: str) -> None:
    doc_ids = [row["doc_id"] for row in rows.get(documents.name, [])]
    with writing(engine) as connection:
        stale = select(documents.c.doc_id).where((documents.c.source == source) | documents.c.doc_id.in_(doc_ids))
        for document in rows.get(documents.name, []):
            document["received"] = _received(connection, source, document["date"])
        _remove(connection, connection.scalars(stale).all())
        connection.execute(delete(failures).where(failures.c.source == source))
        for name, some in rows.items():
            insert_rows(connection, metadata.tables[name], some)
        for doc_id in doc_ids:
            add_words(connection, doc_id)


def forget(engine: Engine, sources: Iterable[str]) -> None:
    """Remove everything about files that are gone."""
    with writing(engine) as connection:
        _remove_sources(connection, list(sources))


def set_resolved(connection: Connection, resolved: dict[str, str | None]) -> None:
    """Write ``citation_id -> doc_id`` of the cited document."""
    if resolved:
        statement = update(citations).where(citations.c.citation_id == bindparam("id"))
        rows = [{"id": citation_id, "found": doc_id} for citation_id, doc_id in resolved.items()]
        connection.execute(statement.values(resolved_doc_id=bindparam("found")), rows)


def set_fitting(connection: Connection, fitting: dict[str, list[str]]) -> None:
    """Write ``citation_id -> canonical ids`` of the documents of the folder among which a citation leaves a choice."""
    if fitting:
        statement = update(citations).where(citations.c.citation_id == bindparam("id"))
        rows = [{"id": citation_id, "found": ids} for citation_id, ids in fitting.items()]
        connection.execute(statement.values(fitting=bindparam("found", type_=JSON)), rows)


def set_versions(connection: Connection, versions: dict[str, str | None]) -> None:
    """Write ``doc_id -> doc_id`` of the main version, ``None`` for a main version itself."""
    if versions:
        statement = update(documents).where(documents.c.doc_id == bindparam("id"))
        rows = [{"id": doc_id, "main": main} for doc_id, main in versions.items()]
        connection.execute(statement.values(version_of=bindparam("main")), rows)


def set_remarks(connection: Connection, table: Table, remarks: dict[str, list[str]]) -> None:
    """Write ``id -> remarks`` to documents or citations; rows without an entry lose theirs. Only what changes is
    written."""
    name = documents.c.doc_id if table is documents else citations.c.citation_id
    had = dict(connection.execute(select(name, table.c.remarks).where(_has_remarks(table))).all())
    changed = [{"id": one, "found": remarks.get(one, [])} for one in sorted(had.keys() | remarks.keys())]
    changed = [row for row in changed if row["found"] != had.get(str(row["id"]), [])]
    if changed:
        statement = update(table).where(name == bindparam("id"))
        connection.execute(statement.values(remarks=bindparam("found", type_=JSON)), changed)


def count_remarked(connection: Connection) -> int:
    """How many documents, other versions left out, carry a remark themselves or in one of their citations."""
    citing = select(citations.c.doc_id).where(_has_remarks(citations))
    remarked = _has_remarks(documents) | documents.c.doc_id.in_(citing)
    return connection.scalar(select(func.count()).where(remarked, documents.c.version_of.is_(None))) or 0


def _has_remarks(table: Table) -> ColumnElement[bool]:
    return cast(table.c.remarks, String).not_in(("[]", "null"))


def set_own_units(engine: Engine, rows: list[Row]) -> None:
    """Remember the units that a clerk's own file adds to the register, in place of those of an earlier file."""
    with writing(engine) as connection:
        connection.execute(delete(meta).where(meta.c.key == _OWN_UNITS))
        connection.execute(insert(meta), {"key": _OWN_UNITS, "value": json.dumps(rows, ensure_ascii=False)})


def own_units(connection: Connection) -> list[Row]:
    """The rows of :func:`set_own_units`."""
    value = connection.scalar(select(meta.c.value).where(meta.c.key == _OWN_UNITS))
    rows: list[Row] = json.loads(value) if value else []
    return rows


def _create_schema(engine: Engine) -> None:
    """Make the tables where there are none."""
    if inspect(engine).get_table_names():
        return
    with writing(engine) as connection:
        if not inspect(connection).get_table_names():  # another run may have made them while this one waited
            metadata.create_all(connection)
            connection.execute(insert(versions), {"version_num": str(SCHEMA_VERSION)})


def _remove_sources(connection: Connection, sources: list[str]) -> None:
    for source in sources:
        _remove(connection, connection.scalars(select(documents.c.doc_id).where(documents.c.source == source)).all())
        connection.execute(delete(failures).where(failures.c.source == source))


def _remove(connection: Connection, doc_ids: Iterable[str]) -> None:
    for doc_id in doc_ids:
        drop_words(connection, doc_id)
        for table in (obligation_units, obligation_states, obligations, *_OF_DOCUMENT):
            connection.execute(delete(table).where(table.c.doc_id == doc_id))
        lost = update(citations).where(citations.c.resolved_doc_id == doc_id)
        connection.execute(lost.values(resolved_doc_id=None))
        widowed = update(documents).where(documents.c.version_of == doc_id)
        connection.execute(widowed.values(version_of=None))


def unit_rows(duty: Row) -> list[Row]:
    """The rows of ``obligation_units`` of an obligation."""
    return [
        {"obligation_id": duty["obligation_id"], "doc_id": duty["doc_id"], "role": role, "name": name,
         "folded": name_key(name), "how": "named"}
        for role, names in (("actor", duty["actors"]), ("coordinator", duty["coordinators"]))
        for name in names
    ]  # fmt: skip


def insert_rows(connection: Connection, table: Table, rows: list[Row]) -> None:
    """Insert ``rows``, if any, as a database can hold them."""
    if rows:
        connection.execute(insert(table), [_storable(row) for row in rows])


def _storable(row: Row) -> Row:
    """UTF-8 has no lone surrogates and PostgreSQL no NUL: each becomes U+FFFD, one character for one, so that offsets
    hold and both databases hold the same."""
    return {key: _utf8(value) for key, value in row.items()}


def _utf8(value: Any) -> Any:
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_utf8(item) for item in value]
    return {key: _utf8(item) for key, item in value.items()} if isinstance(value, dict) else value
