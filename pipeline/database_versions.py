"""The version of the tables of a database, and how an older one is brought forward without losing anything.

Alembic keeps the version; databases from before it have the number in *meta*. New databases are made from
:mod:`pipeline.tables` as they are now and get the version at once: only an old one goes through the steps in
:mod:`pipeline.migrations`, all of them in one transaction.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine, insert, inspect, select
from sqlalchemy.engine import Connection

from pipeline.database import Place, StoreError, connect, opening, place_of, writing
from pipeline.tables import SCHEMA_VERSION, meta, versions

#: The first version that Alembic knows of; the number of older ones stands in *meta*.
_FIRST = 5
_STEPS = Path(__file__).resolve().parent / "migrations"


class Moved(NamedTuple):
    """A database that was brought from one version to another."""

    place: Place
    before: int
    now: int


def check_version(engine: Engine, place: Place) -> None:
    """Raises ``StoreError`` when the database is none of ours or of another version."""
    with engine.connect() as connection:
        version = _version(connection, place)
    if version < SCHEMA_VERSION:
        raise StoreError(
            f"{place} dùng lược đồ phiên bản {version}, chương trình này cần phiên bản {SCHEMA_VERSION}. "
            f"{_way_out(version, place)}"
        )
    if version > SCHEMA_VERSION:
        raise StoreError(
            f"{place} dùng lược đồ phiên bản {version}, mới hơn chương trình này (phiên bản {SCHEMA_VERSION}). "
            "Hãy cập nhật vanthu trên máy này."
        )


def bring_forward(where: Path | str) -> Moved | None:
    """Bring an older database to the version of this program: whole or not at all. ``None`` when there is nothing to
    do, or no database.

    Raises ``StoreError`` as :func:`pipeline.store.open_store` does.
    """
    place = place_of(where)
    if place.file and not place.file.is_file():
        return None
    engine = connect(place)
    try:
        with opening(place):
            if not inspect(engine).get_table_names():
                return None
            with engine.connect() as connection:
                if _version(connection, place) >= SCHEMA_VERSION:
                    return None
            with writing(engine) as connection:
                return _moved(connection, place)
    finally:
        engine.dispose()


def _moved(connection: Connection, place: Place) -> Moved | None:
    from alembic import command
    from alembic.config import Config

    before = _version(connection, place)
    if before >= SCHEMA_VERSION:  # by another run, while this one waited
        return None
    if before < _FIRST:
        raise StoreError(f"{place} dùng lược đồ phiên bản {before}. {_way_out(before, place)}")
    if not inspect(connection).has_table(versions.name):
        versions.create(connection)
        connection.execute(insert(versions), {"version_num": str(before)})
    settings = Config(attributes={"connection": connection})
    settings.set_main_option("script_location", str(_STEPS).replace("%", "%%"))
    command.upgrade(settings, "head")
    return Moved(place, before, _version(connection, place))


def _version(connection: Connection, place: Place) -> int:
    names = set(inspect(connection).get_table_names())
    if meta.name not in names:
        raise StoreError(
            f"{place} không phải cơ sở dữ liệu của vanthu. Hãy chọn thư mục --out khác, hoặc --db khác."
            if names
            else f"{place} chưa có dữ liệu. Hãy chạy `vanthu run THƯ_MỤC --db …` trước."
        )
    if versions.name in names:
        found = connection.scalar(select(versions.c.version_num))
    else:
        found = connection.scalar(select(meta.c.value).where(meta.c.key == "schema_version"))
    return int(found) if found and found.isdigit() else 0


def _way_out(version: int, place: Place) -> str:
    if version < _FIRST:
        return "Hãy chạy lại `vanthu run` với một thư mục --out mới (văn bản gốc không bị ảnh hưởng)."
    return f"Hãy chạy `vanthu migrate --db {place}`: dữ liệu và quyết định giữ nguyên."
