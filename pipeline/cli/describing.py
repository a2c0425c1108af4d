"""Commands for programmers: ``schema``."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from pipeline.cli.entry import Lang, app, stop
from pipeline.language import Language, speaker


@app.command()
def schema(
    table: Annotated[str | None, typer.Option("--table", help="Chỉ bản ghi của bảng này.")] = None,
    lang: Lang = Language.VI,
) -> None:
    """In JSON Schema của các bản ghi được xuất (JSON, JSON lines, Parquet)."""
    from pipeline.schema import TABLES, record_schema, whole_schema

    if table is not None and table not in TABLES:
        stop(speaker(lang)("schema_no_table", asked=table, known=", ".join(TABLES)), 2)
    typer.echo(json.dumps(record_schema(table) if table else whole_schema(), ensure_ascii=False, indent=1))
