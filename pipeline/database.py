"""Where a database lies, a SQLite file or on a PostgreSQL server, and how to reach it and write to it.

One writer at a time, any number of readers, in both: a writer holds the lock of the file, or an advisory lock of the
server, for the time of its transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from pipeline.refusals import database_reason

_SCHEMES = ("postgresql://", "postgres://", "postgresql+psycopg://")
_WAIT = "10"  # seconds for a server to answer
#: Any number, but the same in every version of the program: who writes holds the lock of that number.
_LOCK = 0x56414E544855
#: How long a writer waits for another one; the last steps of a large run take minutes.
_LONGEST = "SET LOCAL lock_timeout = '10min'"
#: SQLSTATE for "permission denied" and for what is longer than an index takes (PostgreSQL, appendix A).
_NO_RIGHT, _TOO_MUCH = "42501", "54000"


class StoreError(Exception):
    """The database cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a database lies: ``file`` for SQLite, else ``url``. Its ``str`` is fit to be shown: no password in it."""

    url: URL
    file: Path | None

    def __str__(self) -> str:
        if self.file:
            return str(self.file)
        own = self.url
        return URL.create("postgresql", own.username, None, own.host, own.port, own.database).render_as_string()


def place_of(where: Path | str) -> Place:
    """The place that a path or an address ``postgresql://user@host/name`` names.

    Raises ``StoreError`` for an address that cannot be read; the address itself, which may hold a password, is not
    repeated.
    """
    if isinstance(where, Path) or "://" not in where:
        return Place(URL.create("sqlite", database=str(where)), Path(where))
    try:
        url = make_url(where) if where.startswith(_SCHEMES) else None
    except (ArgumentError, ValueError):
        url = None
    if url is None:
        raise StoreError(
            "Không đọc được địa chỉ cơ sở dữ liệu. Hãy ghi đường dẫn tệp, hoặc "
            "postgresql://người_dùng@máy_chủ:5432/tên_cơ_sở_dữ_liệu (ký tự đặc biệt trong mật khẩu mã hóa kiểu %XX)."
        )
    return Place(url.set(drivername="postgresql+psycopg"), None)


def is_there(where: Path | str) -> bool:
    """True for a file that exists, and for every address of a server."""
    place = place_of(where)
    return place.file is None or place.file.is_file()


def connect(place: Place) -> Engine:
    """The engine for a place; nothing is opened yet. Raises ``StoreError`` when the driver of servers is missing."""
    if place.file:
        engine = create_engine(place.url, hide_parameters=True, json_serializer=_as_json)
        event.listen(engine, "connect", _configure)
        return engine
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        raise StoreError(
            "Chưa cài trình điều khiển PostgreSQL. Hãy chạy: pip install 'vanthu[postgres]' (hoặc psycopg[binary])."
        ) from error
    given = {"connect_timeout": _WAIT, "application_name": "vanthu"} | dict(place.url.query)
    engine = create_engine(
        place.url.set(query=given), hide_parameters=True, pool_pre_ping=True, json_serializer=_as_json
    )
    event.listen(engine, "connect", _configure_session)
    return engine


def _as_json(value: object) -> str:
    """Lists and records as JSON that a person can read in any tool: letters stay letters."""
    return json.dumps(value, ensure_ascii=False)


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that no other writer is in: what it reads stays true until it is done. It is kept as a whole, or
    not at all when the block raises."""
    with engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(text(_LONGEST))
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        yield connection


def refresh_statistics(engine: Engine) -> None:
    """Let a server look at what was just written: until it does, it plans questions over a folder as if it were empty,
    and one over 10,000 documents took ten times as long. SQLite plans by its indexes."""
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.execute(text("ANALYZE"))


@contextmanager
def opening(place: Place) -> Iterator[None]:
    """For a block that opens the database: what goes wrong in it becomes a ``StoreError``."""
    try:
        yield
    except StoreError:
        raise
    except OperationalError as error:
        if place.file:
            raise _unusable(place, error) from error
        raise _unreachable(place, error) from None  # the text of the driver may repeat the address
    except Exception as error:
        if lacks_right(error):
            raise StoreError(
                f"Người dùng này không có quyền trong {place}. Hãy nhờ người quản trị cấp quyền (GRANT CREATE, "
                "USAGE ON SCHEMA public, quyền đọc và ghi các bảng)."
            ) from None
        raise _unusable(place, error) from error


def _unusable(place: Place, error: Exception) -> StoreError:
    reason = type(error).__name__
    if isinstance(error, DBAPIError):
        reason = database_reason(error) or "đang được lệnh khác ghi: hãy đợi lệnh kia xong rồi chạy lại"
    return StoreError(f"Không dùng được cơ sở dữ liệu {place}: {reason}.")


def _unreachable(place: Place, error: OperationalError) -> StoreError:
    """Why a server gave no connection. It says so in words only, English ones or its own."""
    said = str(error.orig)
    if "password" in said:
        return StoreError(
            f"Máy chủ không nhận tên người dùng hoặc mật khẩu cho {place}. Hãy kiểm tra lại; mật khẩu có thể để trong "
            "~/.pgpass hoặc biến PGPASSWORD."
        )
    if f'database "{place.url.database}"' in said:
        return StoreError(f"Máy chủ không có cơ sở dữ liệu của {place}. Hãy nhờ người quản trị tạo (createdb).")
    return StoreError(
        f"Không nối được với {place}. Hãy kiểm tra máy chủ PostgreSQL đang chạy, địa chỉ, cổng và đường mạng."
    )


def lacks_right(error: Exception) -> bool:
    """True when a server refused a statement because the user may not do it."""
    return _state(error) == _NO_RIGHT


def exceeds_limit(error: Exception) -> bool:
    """True when a value is longer than an index of a server takes, some 2,700 bytes after compression."""
    return _state(error) == _TOO_MUCH


def _state(error: Exception) -> str | None:
    state: str | None = getattr(getattr(error, "orig", None), "sqlstate", None)
    return state


def _configure(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=30000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _configure_session(connection: Any, _record: object) -> None:
    """Our questions take milliseconds; to compile them takes the server a quarter of a second."""
    connection.execute("SET jit = off")
    connection.commit()
