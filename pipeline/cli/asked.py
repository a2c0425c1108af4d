"""What may be asked on the command line: the options of questions, and how they are answered."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.query_filters import Role, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.rows import Row
    from pipeline.screen import Screen

#: How many rows are shown on the screen; a file gets all of them.
SCREENFUL = 200


class Kind(StrEnum):
    """The kinds of obligations."""

    OBLIGATION = "obligation"
    PROHIBITION = "prohibition"
    PERMISSION = "permission"
    RECOMMENDATION = "recommendation"


class Output(StrEnum):
    """How a question is answered."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"
    ICS = "ics"
    MD = "md"


Unit = Annotated[str | None, typer.Option("--unit", help="Đơn vị thực hiện; không cần dấu, viết tắt cũng được.")]
AskedRole = Annotated[Role | None, typer.Option("--role", help="Vai trò của đơn vị.")]
Before = Annotated[str | None, typer.Option("--before", help="Hạn cuối đến hết ngày này.")]
After = Annotated[str | None, typer.Option("--after", help="Hạn cuối từ ngày này.")]
IssuedFrom = Annotated[str | None, typer.Option("--issued-from", help="Văn bản ban hành từ ngày này.")]
IssuedTo = Annotated[str | None, typer.Option("--issued-to", help="Văn bản ban hành đến hết ngày này.")]
AskedKind = Annotated[Kind | None, typer.Option("--kind", help="Tính chất.")]
Doc = Annotated[str | None, typer.Option("--doc", help="Số, ký hiệu hoặc tên tệp của văn bản.")]
DocType = Annotated[str | None, typer.Option("--type", help="Loại văn bản, thí dụ: công văn.")]
Issuer = Annotated[str | None, typer.Option("--issuer", help="Cơ quan ban hành văn bản.")]
Because = Annotated[str | None, typer.Option("--because", help="Bắt nguồn từ văn bản này, thí dụ: 15/CT-TTg.")]
AskedRelation = Annotated[str | None, typer.Option("--relation", help="Văn bản viện dẫn theo quan hệ này.")]
AskedStatus = Annotated[list[Status] | None, typer.Option("--status", help="Trạng thái (lặp lại được).")]
Words = Annotated[str | None, typer.Option("--text", help="Các từ trong nguyên văn; cụm từ thì đặt trong “ ”.")]
Coordinators = Annotated[bool, typer.Option("--coordinators", help="Tìm cả đơn vị phối hợp.")]
Limit = Annotated[int | None, typer.Option("--limit", min=1, help="Số dòng nhiều nhất.")]
Form = Annotated[Output, typer.Option("--format", help="Cách trình bày.")]
OutputFile = Annotated[Path | None, typer.Option("--output", help="Ghi ra tệp này (csv, json, xlsx, ics, md).")]


def given(**options: Any) -> dict[str, Any]:
    """The options that ask something, as the fields of the filters: their plain values."""
    return {name: _plain(value) for name, value in options.items() if value not in (None, False, [], ())}


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return tuple(map(_plain, value))
    return value.value if isinstance(value, StrEnum) else value


def rows_wanted(form: Output, limit: int | None) -> int | None:
    """How many rows to ask for: one more than a screen holds tells that there are more."""
    return SCREENFUL + 1 if form is Output.TABLE and limit is None else limit


def show_rows(screen: Screen, rows: Sequence[Row], form: Output, output: Path | None, limit: int | None) -> None:
    """Print the rows found as a table, or write them."""
    from pipeline.export.found import write_rows
    from pipeline.screen import obligation_table, show_paths
    from pipeline.units.screen import found_beyond

    say = screen.say
    if form is not Output.TABLE:
        if written := write_rows(rows, form.value, output):
            show_paths(screen, [written])
        return
    shown = rows if limit else rows[:SCREENFUL]
    for sentence in found_beyond(say, shown):
        screen.console.print(sentence, markup=False)
    screen.console.print(obligation_table(screen, shown) if shown else say("none_found"))
    if shown:
        screen.console.print(say("found" if len(shown) == len(rows) else "found_more", n=len(shown)))
