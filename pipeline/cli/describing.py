"""Commands about the program itself: ``schema``, ``doctor``."""

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


@app.command()
def doctor(lang: Lang = Language.VI) -> None:
    """Kiểm tra máy này: có gì, thiếu gì, mỗi thứ dùng để làm gì và cài thế nào."""
    from pipeline.doctor import TEXTS, examine, missing, package_version
    from pipeline.fingerprint import extractor_version

    say = speaker(lang, TEXTS)
    typer.echo(say("title", version=package_version(), rules=extractor_version()))
    findings = []
    for one in examine():
        findings.append(one)
        mark = say("there" if one.there else "absent")
        typer.echo(f"  {mark:<6} " + say("line", name=one.name, purpose=say(one.purpose)))
        if not one.there:
            typer.echo(f"  {'':<6} " + say("get", how=say(one.how) if one.how in TEXTS else one.how))
    lacking = missing(findings)
    if lacking:
        stop(say("not_all", n=lacking), 1)
    typer.echo(say("all_there"))
