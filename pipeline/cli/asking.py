"""Commands that show the database: ``export``, ``graph``, ``units``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.entry import (
    DEFAULT_DB,
    Database,
    Lang,
    OwnUnits,
    Received,
    app,
    date_of,
    day_of,
    opened,
    own_units,
    screen_of,
    stop,
)
from pipeline.language import Language


class Shown(StrEnum):
    """How ``units`` answers."""

    TEXT = "text"
    JSON = "json"


class ExportFormat(StrEnum):
    """The formats of ``export``."""

    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"
    GRAPHML = "graphml"
    AKN = "akn"
    EDXML = "edxml"
    PARQUET = "parquet"
    DATASETTE = "datasette"
    SPACY = "spacy"
    CONLL = "conll"
    ANNOTATIONS = "jsonl-annotations"


@app.command()
def export(
    target: Annotated[Path, typer.Argument(help="Thư mục nhận các tệp.")],
    db: Database = DEFAULT_DB,
    form: Annotated[ExportFormat, typer.Option("--format", help="Định dạng.")] = ExportFormat.JSONL,
    received: Received = None,
    with_drafters: Annotated[bool, typer.Option(help="Giữ tên người soạn thảo ở dòng Lưu.")] = False,
    every: Annotated[
        bool, typer.Option("--all", help="Dữ liệu huấn luyện: kể cả dòng chưa ai kiểm tra, và viện dẫn.")
    ] = False,
    lang: Lang = Language.VI,
) -> None:
    """Xuất toàn bộ cơ sở dữ liệu; spacy, conll, jsonl-annotations: dữ liệu huấn luyện từ các dòng đã kiểm tra."""
    from pipeline.dues import supposing
    from pipeline.export import training, write
    from pipeline.export.exchange import left_out
    from pipeline.extras import MissingExtra
    from pipeline.screen import show_left_out, show_paths

    screen = screen_of(lang)
    if form in training.FORMATS:
        with opened(screen.say, db) as engine:
            written = training.write(engine, form.value, target, every=every)
        screen.console.print(
            screen.say(
                "annotated" if written.documents else "annotated_none", n=written.documents, open=written.unreviewed
            )
        )
        show_left_out(screen, [("secret", written.secret)] if written.secret else [])
        if written.documents:
            show_paths(screen, written.paths)
        return
    if every:
        stop(screen.say("all_is_for_training", known=", ".join(training.FORMATS)), 2)
    with opened(screen.say, db) as stored, supposing(stored, date_of(screen.say, received)) as engine:
        try:
            paths = write(engine, form.value, target, with_drafters=with_drafters)
        except MissingExtra as error:
            stop(screen.say("missing_extra", library=error.library, extra=error.extra), 1)
        show_left_out(screen, left_out(engine, form.value))
    show_paths(screen, paths)


@app.command()
def graph(
    out: Annotated[Path | None, typer.Option("--out", help="Ghi ra tệp này (.html, .svg, .graphml, .json).")] = None,
    doc: Annotated[str | None, typer.Option("--doc", help="Số, ký hiệu hoặc tên tệp của văn bản.")] = None,
    depth: Annotated[int, typer.Option("--depth", min=0, help="Số bước quanh văn bản --doc.")] = 2,
    relation: Annotated[list[str] | None, typer.Option("--relation", help="Chỉ quan hệ này (lặp lại được).")] = None,
    kinds: Annotated[str, typer.Option("--with", help="Thêm: provisions,units,persons.")] = "",
    on: Annotated[str | None, typer.Option("--on", help="Ngày xét hiệu lực (mặc định: hôm nay).")] = None,
    missing: Annotated[bool, typer.Option("--missing", help="Chỉ văn bản được viện dẫn mà chưa có.")] = False,
    chains: Annotated[bool, typer.Option("--chains", help="Nguồn gốc của từng văn bản.")] = False,
    db: Database = DEFAULT_DB,
    lang: Lang = Language.VI,
) -> None:
    """Cho thấy văn bản nào bắt nguồn từ đâu, thay đổi văn bản nào, còn thiếu văn bản nào."""
    from pipeline.graph.command import Request, WrongUse, answer
    from pipeline.screen import show_paths

    screen = screen_of(lang, on)
    words = tuple(word.strip() for word in kinds.split(",") if word.strip())
    request = Request(out, doc, depth, tuple(relation or ()), words, missing, chains)
    with opened(screen.say, db) as engine:
        try:
            written = answer(engine, request, screen)
        except WrongUse as error:
            stop(str(error), 2)
    if written:
        show_paths(screen, [written])


@app.command()
def units(
    name: Annotated[str, typer.Argument(help="Tên hoặc chữ viết tắt của đơn vị, nhóm đơn vị.")],
    on: Annotated[str | None, typer.Option("--on", help="Hỏi vào ngày này.")] = None,
    form: Annotated[Shown, typer.Option("--format", help="Cách trình bày.")] = Shown.TEXT,
    units_file: OwnUnits = None,
    db: Database = DEFAULT_DB,
    lang: Lang = Language.VI,
) -> None:
    """Cho biết một tên là cơ quan nào, tồn tại khi nào, trước và sau đó là cơ quan nào."""
    from pipeline.database import is_there
    from pipeline.units.command import answer, answer_in_json, remembered_rows

    screen = screen_of(lang)
    day = day_of(screen.say, on)
    own = own_units(screen, units_file, ())
    if own is None and is_there(db):
        with opened(screen.say, db) as engine:
            own = remembered_rows(engine)
    if form is Shown.JSON:
        text, found = answer_in_json(name, day, own or [])
        typer.echo(text)
    else:
        found = answer(screen, name, day, own or [])
    raise typer.Exit(0 if found else 1)
