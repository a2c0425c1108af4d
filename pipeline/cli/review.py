"""The command that opens the review page."""

from __future__ import annotations

import socket
from typing import Annotated

import typer

from pipeline.cli.entry import DEFAULT_DB, Database, Lang, Today, app, date_of, opened, stop
from pipeline.language import Language, speaker

#: The names of this machine for itself.
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@app.command()
def review(
    db: Database = DEFAULT_DB,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Cổng của trang (0: cổng trống bất kỳ).")
    ] = 8765,
    host: Annotated[str, typer.Option("--host", help="Địa chỉ mở trang; mặc định chỉ máy này.")] = "127.0.0.1",
    who: Annotated[str | None, typer.Option("--who", help="Tên người kiểm tra (mặc định: tên đăng nhập).")] = None,
    open_browser: Annotated[bool, typer.Option("--open", help="Mở trình duyệt.")] = False,
    today: Today = None,
    lang: Lang = Language.VI,
) -> None:
    """Mở trang kiểm tra trên trình duyệt: xác nhận, sửa, bác bỏ, thêm nghĩa vụ."""
    import webbrowser
    from datetime import date
    from getpass import getuser

    from pipeline.review.app import link, serve
    from pipeline.review.desk import Desk
    from pipeline.review.words import review_speaker

    say = review_speaker(lang)
    day = date_of(speaker(lang), today)
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        at = socket.create_server((host, port), family=family)
    except OSError as error:
        stop(say("port_taken", host=host, port=port, reason=error.strerror or error), 2)
    names = LOOPBACK if host in LOOPBACK else ("*",)
    with at, opened(speaker(lang), db) as engine:
        desk = Desk(engine, who or getuser(), lang, names, (lambda: day) if day else date.today)
        if host not in LOOPBACK:
            typer.echo(say("not_local", host=host), err=True)
        typer.echo(f"{say('ready')}\n  {link(desk, at)}")
        serve(desk, at, lambda: open_browser and webbrowser.open(link(desk, at)))
