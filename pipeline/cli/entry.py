"""What the commands share: options, the database for a command, days as people write them, and how a command ends.

Thin: each command opens what it needs, calls one function and prints. Libraries are imported inside the commands, so
that ``vanthu --help`` answers at once. Exit codes: 0 done, 1 something failed, 2 wrong use, 130 stopped by Ctrl-C.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from pipeline.language import Language, Say, speaker

if TYPE_CHECKING:
    from rich.console import Console
    from sqlalchemy import Engine
    from sqlalchemy.exc import DBAPIError

    from pipeline.database import Place
    from pipeline.rows import Row
    from pipeline.screen import Screen

app = typer.Typer(
    name="vanthu",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    add_completion=False,
    rich_markup_mode=None,  # plain help: what draws the frames takes longer to import than all the rest
    help="Đọc văn bản hành chính: đơn vị nào phải làm gì, trước ngày nào, theo văn bản nào.",
)

DEFAULT_OUT = Path("outputs")
DEFAULT_DB = str(DEFAULT_OUT / "vanthu.db")
Lang = Annotated[Language, typer.Option("--lang", envvar="VANTHU_LANG", help="Ngôn ngữ thông báo (vi, en).")]
#: A path, or an address of a server, which may hold a password: never shown as it is.
Database = Annotated[
    str,
    typer.Option("--db", envvar="VANTHU_DB", help="Cơ sở dữ liệu do `vanthu run` ghi: tệp, hoặc postgresql://…"),
]
Received = Annotated[
    str | None, typer.Option("--received", help="Ngày đến của văn bản chưa rõ ngày đến (thời hạn tính từ ngày nhận).")
]
Today = Annotated[str | None, typer.Option("--today", help="Ngày để tính quá hạn (mặc định: hôm nay).")]


AllVersions = Annotated[
    bool, typer.Option("--all-versions", help="Kể cả bản khác (dự thảo, bản quét) của cùng một văn bản.")
]
AsWritten = Annotated[
    bool, typer.Option("--as-written", help="Chỉ tên như đã viết: không kể đơn vị tiền thân, nhóm đơn vị.")
]
OwnUnits = Annotated[Path | None, typer.Option("--units", help="Danh mục đơn vị riêng (TOML).")]


def own_units(screen: Screen, file: Path | None, folders: Iterable[Path]) -> list[Row] | None:
    """The rows of the file named, else of one in a folder that is read; ``None`` without either."""
    from pipeline.units.command import own_file, own_rows
    from pipeline.units.own import BadUnits

    path = own_file(file, folders)
    try:
        rows = own_rows(path) if path else None
    except BadUnits as error:
        stop(str(error), 2)
    if rows is not None:
        typer.echo(screen.say("own_units", path=path, n=len(rows)), err=True)
    return rows


@contextmanager
def opened(say: Say, db: str, *, create: bool = False) -> Iterator[Engine]:
    """The database for a ``with`` block, made or brought forward with ``create``; a sentence and an exit code when it
    or an export cannot be used."""
    from sqlalchemy.exc import DBAPIError

    from pipeline.database import place_of
    from pipeline.refusals import system_reason
    from pipeline.store import StoreError, open_store

    try:
        place = place_of(db)
        if create:
            if place.file:
                place.file.parent.mkdir(parents=True, exist_ok=True)
            bring_forward(say, db)
        engine = open_store(db, create=create)
        try:
            yield engine
        finally:
            engine.dispose()
    except StoreError as error:
        stop(str(error), 2)
    except DBAPIError as error:
        stop(_trouble(say, place, error), 1)
    except OSError as error:
        at = error.filename2 or error.filename or db
        stop(say("cannot_write", path=at, reason=system_reason(error)), 1)


def bring_forward(say: Say, db: str) -> bool:
    """Bring an older database to the version of the program and say so; False when there was nothing to do."""
    from pipeline import database_versions

    moved = database_versions.bring_forward(db)
    if moved:
        typer.echo(say("moved", path=moved.place, before=moved.before, now=moved.now), err=True)
    return moved is not None


def _trouble(say: Say, place: Place, error: DBAPIError) -> str:
    """What went wrong with a database that was open; errors of the program itself go on."""
    from sqlalchemy.exc import OperationalError

    from pipeline.database import lacks_right
    from pipeline.refusals import database_reason

    if lacks_right(error):
        return say("no_right", path=place)
    if place.file:
        reason = database_reason(error)
        return say("cannot_write", path=place, reason=reason) if reason else say("busy", path=place)
    if not isinstance(error, OperationalError):
        raise error
    return say("server_lost", path=place)


def screen_of(lang: Language, today: str | None = None) -> Screen:
    """The terminal, the language and the day that counts as today."""
    from pipeline.screen import Screen

    say = speaker(lang)
    return Screen(make_console(), say, date_of(say, today) or date.today())


def date_of(say: Say, value: str | None) -> date | None:
    """A day as people write it (``2026-04-05``, ``05/4/2026``)."""
    from pipeline.days import read_day

    if value is None:
        return None
    return read_day(value) or stop(say("bad_date", value=value), 2)


def day_of(say: Say, value: str | None) -> str | None:
    """The same in ISO."""
    day = date_of(say, value)
    return day.isoformat() if day else None


def make_console() -> Console:
    """The terminal, without colours for numbers and paths."""
    from rich.console import Console

    return Console(highlight=False)


def stop(message: str, code: int) -> NoReturn:
    """Say ``message`` and leave with an exit code."""
    typer.echo(message, err=True)
    raise typer.Exit(code)
