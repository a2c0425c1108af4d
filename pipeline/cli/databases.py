"""``vanthu migrate``: bring a database to the version of the program, or copy it to another place."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli.entry import DEFAULT_DB, Database, Lang, app, bring_forward, opened, stop
from pipeline.language import Language, speaker


@app.command()
def migrate(
    db: Database = DEFAULT_DB,
    to: Annotated[
        str | None, typer.Option("--to", help="Chép sang cơ sở dữ liệu trống này: tệp, hoặc postgresql://…")
    ] = None,
    lang: Lang = Language.VI,
) -> None:
    """Chuyển cơ sở dữ liệu cũ lên phiên bản của chương trình, hoặc chép sang máy chủ; giữ mọi quyết định."""
    from pipeline.database import StoreError, place_of
    from pipeline.database_copy import NotEmpty, copy_rows

    say = speaker(lang)
    try:
        moved = bring_forward(say, db)
    except StoreError as error:
        stop(str(error), 2)
    with opened(say, db) as source:
        if to is None:
            if not moved:
                typer.echo(say("not_moved", path=place_of(db)))
            return
        with opened(say, to, create=True) as target:
            try:
                copy_rows(source, target)
            except NotEmpty:
                stop(say("not_empty", to=place_of(to)), 2)
    typer.echo(say("copied", path=place_of(db), to=place_of(to)))
