"""The command that serves the API. Its criteria are the options of ``vanthu query``: stated once, there."""

from __future__ import annotations

import os
import socket
from dataclasses import fields
from enum import EnumType, StrEnum
from typing import TYPE_CHECKING, Annotated, Any, cast, get_args, get_type_hints

import typer

from pipeline.cli.entry import DEFAULT_DB, Database, Lang, Today, app, date_of, opened, stop
from pipeline.cli.review import LOOPBACK
from pipeline.cli.tasks import DAYS, query
from pipeline.language import Language, speaker
from pipeline.query_filters import Filters

if TYPE_CHECKING:
    from pipeline.api.parameters import Parameter

#: The token of a service that starts by itself; else each start has its own.
_TOKEN = "VANTHU_API_TOKEN"
_SHORTEST_TOKEN = 16


@app.command()
def serve(
    api: Annotated[bool, typer.Option("--api", help="Trả lời các chương trình khác qua HTTP (JSON, OpenAPI).")] = False,
    db: Database = DEFAULT_DB,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Cổng (0: cổng trống bất kỳ).")] = 8766,
    host: Annotated[str, typer.Option("--host", help="Địa chỉ; mặc định chỉ máy này.")] = "127.0.0.1",
    today: Today = None,
    lang: Lang = Language.VI,
) -> None:
    """Cho chương trình khác hỏi cơ sở dữ liệu qua HTTP, chỉ đọc: --api."""
    from datetime import date
    from secrets import token_urlsafe

    from pipeline.api.app import serve as answer
    from pipeline.api.service import Service
    from pipeline.api.words import api_speaker
    from pipeline.review.words import review_speaker

    say = api_speaker(lang)
    token = os.environ.get(_TOKEN)
    if not api:
        stop(say("api_only"), 2)
    if token is not None and (len(token) < _SHORTEST_TOKEN or not token.isascii() or " " in token):
        stop(say("short_token", n=_SHORTEST_TOKEN), 2)
    day = date_of(speaker(lang), today)
    try:
        at = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        stop(review_speaker(lang)("port_taken", host=host, port=port, reason=error.strerror or error), 2)
    names = LOOPBACK if host in LOOPBACK else ("*",)
    with at, opened(speaker(lang), db) as engine:
        chosen = token or token_urlsafe(32)
        service = Service(engine, criteria(), chosen, lang, names, (lambda: day) if day else date.today)
        if host not in LOOPBACK:
            typer.echo(review_speaker(lang)("not_local", host=host), err=True)
        told = say("kept_token") if token else say("how_to_ask", token=chosen)
        shown = f"[{host}]" if ":" in host else host
        typer.echo(f"{say('ready')}\n  http://{shown}:{at.getsockname()[1]}/openapi.json\n{told}")
        answer(service, at)


def criteria() -> tuple[Parameter, ...]:
    """The filters of ``vanthu query`` as parameters of an address: ``--issued-from`` is ``issued_from``."""
    from pipeline.api.parameters import Parameter

    command = typer.Typer(add_completion=False)
    command.command()(query)
    options: dict[str | None, Any] = {option.name: option for option in typer.main.get_command(command).params}
    hints = get_type_hints(query)
    return tuple(
        Parameter(
            _name(options[one.name]), one.name, _schema(options[one.name], hints[one.name]), options[one.name].help
        )
        for one in fields(Filters)
        if one.name in options
    )


def _name(option: Any) -> str:
    return str(option.opts[0]).removeprefix("--").replace("-", "_")


def _schema(option: Any, hint: Any) -> dict[str, Any]:
    """The JSON Schema of an option; days are ISO days, relations those there are."""
    from pipeline.api.parameters import DAY, TEXT
    from pipeline.export.labels import VALUES

    choices = list(VALUES["relation"]) if option.name == "relation" else _choices(hint)
    one = {"type": "string", "enum": choices} if choices else DAY if option.name in DAYS else TEXT
    if option.is_flag:
        return {"type": "boolean", "default": False}
    return {"type": "array", "items": one} if option.multiple else one


def _choices(hint: Any) -> list[str]:
    """The values of the enumeration within a type, if there is one: ``list[Status] | None``."""
    if isinstance(hint, EnumType):
        return [one.value for one in cast("type[StrEnum]", hint)]
    return [value for part in get_args(hint) for value in _choices(part)]
