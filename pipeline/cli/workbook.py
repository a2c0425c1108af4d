"""Commands for the clerk's workbooks: ``registers``, ``import``."""

from __future__ import annotations

from enum import StrEnum
from getpass import getuser
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.entry import DEFAULT_DB, Database, Lang, Today, app, opened, screen_of, stop
from pipeline.language import Language


class Register(StrEnum):
    """The registers of the clerical desk that can be filled from documents."""

    ARRIVED = "den"
    SENT = "di"
    FOLLOWED = "theo-doi"


@app.command()
def registers(
    kind: Annotated[
        Register, typer.Option("--kind", help="Sổ nào: den (đến), di (đi), theo-doi (theo dõi giải quyết).")
    ],
    out: Annotated[Path, typer.Option("--out", help="Ghi ra tệp Excel này.")],
    own: Annotated[
        str | None, typer.Option("--own", help="Cơ quan giữ sổ: văn bản cơ quan này ban hành là văn bản đi.")
    ] = None,
    with_drafters: Annotated[bool, typer.Option(help="Giữ tên người soạn thảo ở dòng Lưu.")] = False,
    db: Database = DEFAULT_DB,
    today: Today = None,
    lang: Lang = Language.VI,
) -> None:
    """Lập sổ văn thư theo Phụ lục IV Nghị định 30/2020/NĐ-CP."""
    from pipeline.export.register import Asked, write_register
    from pipeline.screen import show_paths

    screen = screen_of(lang, today)
    if kind is Register.SENT and own is None:
        stop(screen.say("register_own"), 2)
    with opened(screen.say, db) as engine:
        listed = write_register(engine, Asked(kind.value, own, screen.today, with_drafters), out)
    screen.console.print(screen.say("register_count", n=listed))
    show_paths(screen, [out])


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="Sổ Excel đã sửa (do `vanthu run`, `vanthu query` ghi).")],
    who: Annotated[str | None, typer.Option("--who", help="Tên người sửa (mặc định: tên đăng nhập máy).")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ xem, không ghi.")] = False,
    db: Database = DEFAULT_DB,
    lang: Lang = Language.VI,
) -> None:
    """Ghi các ô đã sửa trong sổ Excel vào cơ sở dữ liệu; ô không sửa để nguyên."""
    from pipeline.decisions import decide
    from pipeline.importing.compare import compare
    from pipeline.importing.report import show_comparison, show_end
    from pipeline.importing.workbook import BadWorkbook, read_lines
    from pipeline.query import standing_ids

    screen = screen_of(lang)
    with opened(screen.say, db) as engine:
        try:
            found = compare(engine, read_lines(file))
        except BadWorkbook as error:
            stop(str(error), 2)
        absent = sum(found.known.keys().isdisjoint(filter(None, ids)) for ids in standing_ids(engine))
        if not dry_run:
            decide(engine, found.decisions(who or getuser()))
    show_comparison(screen, found, absent)
    if found.edits:
        show_end(screen, tried=dry_run)
    raise typer.Exit(1 if found.conflicts or found.problems else 0)
