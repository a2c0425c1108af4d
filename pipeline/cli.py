"""The command line: ``vanthu run``, ``query``, ``export``, ``graph``, ``units``, ``explain``, ``evaluate``.

Thin: each command opens what it needs, calls one function and prints. Libraries are imported inside the commands, so
that ``vanthu --help`` answers at once. Exit codes: 0 done, 1 something failed, 2 wrong use, 130 stopped by Ctrl-C.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from pipeline.language import Language, Say, speaker

if TYPE_CHECKING:
    from rich.console import Console
    from sqlalchemy import Engine

    from pipeline.batch import Counts, Settings
    from pipeline.collect import Collection
    from pipeline.dues import Office
    from pipeline.rows import Row
    from pipeline.screen import Screen

app = typer.Typer(
    name="vanthu",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    add_completion=False,
    help="Đọc văn bản hành chính: đơn vị nào phải làm gì, trước ngày nào, theo văn bản nào.",
)

DEFAULT_OUT = Path("outputs")
OCR_CACHE = ".ocr"
Lang = Annotated[Language, typer.Option("--lang", envvar="VANTHU_LANG", help="Ngôn ngữ thông báo (vi, en).")]
Database = Annotated[Path, typer.Option("--db", help="Cơ sở dữ liệu do `vanthu run` ghi.")]
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


class Kind(StrEnum):
    """The kinds of obligations."""

    OBLIGATION = "obligation"
    PROHIBITION = "prohibition"
    PERMISSION = "permission"
    RECOMMENDATION = "recommendation"


class Output(StrEnum):
    """How ``query`` answers."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"


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


@app.command()
def run(
    paths: Annotated[list[Path], typer.Argument(help="Tệp hoặc thư mục văn bản (đọc cả thư mục con).")],
    out: Annotated[Path, typer.Option("--out", help="Thư mục ghi kết quả.")] = DEFAULT_OUT,
    jobs: Annotated[int | None, typer.Option("--jobs", min=1, help="Số tiến trình (mặc định: số lõi).")] = None,
    ocr: Annotated[bool, typer.Option(help="Nhận dạng chữ của trang quét (cần Tesseract).")] = True,
    received: Received = None,
    register: Annotated[
        Path | None, typer.Option("--register", help="Sổ đăng ký văn bản đến (CSV): cột Ngày đến, Số, ký hiệu văn bản.")
    ] = None,
    calendar: Annotated[
        Path | None,
        typer.Option("--calendar", help="Ngày nghỉ, làm bù riêng (CSV, TOML; hoặc lich-nghi.* ở cạnh)."),
    ] = None,
    today: Today = None,
    with_drafters: Annotated[bool, typer.Option(help="Giữ tên người soạn thảo ở dòng Lưu.")] = False,
    units_file: OwnUnits = None,
    lang: Lang = Language.VI,
) -> None:
    """Đọc văn bản, ghi cơ sở dữ liệu và sổ theo dõi nghĩa vụ."""
    from pipeline import export, store
    from pipeline.batch import Settings
    from pipeline.given import calendar_beside
    from pipeline.pool import default_jobs
    from pipeline.readers import Options
    from pipeline.screen import show_paths, show_summary

    screen = _screen(lang, today)
    office = _office(screen.say, received, register, calendar or calendar_beside(paths))
    found = _collected(screen, paths, out)
    own = _own_units(screen, units_file, found.folders)
    database = out / store.DATABASE_NAME
    with _store(screen.say, database, create=True) as engine:
        if own is not None:
            store.set_own_units(engine, own)
        counts = _run(screen, (found, engine, Settings(jobs or default_jobs(), Options(ocr, out / OCR_CACHE), office)))
        workbook = export.write(engine, "xlsx", out, with_drafters=with_drafters)
        show_summary(screen, engine, counts)
    show_paths(screen, [database, *workbook])
    if counts.interrupted:
        screen.console.print(screen.say("interrupted"))
        raise typer.Exit(130)
    raise typer.Exit(1 if counts.failed or counts.unread else 0)


@app.command()
def query(
    unit: Annotated[
        str | None, typer.Option("--unit", help="Đơn vị thực hiện; không cần dấu, viết tắt cũng được.")
    ] = None,
    before: Annotated[str | None, typer.Option("--before", help="Hạn cuối đến hết ngày này.")] = None,
    after: Annotated[str | None, typer.Option("--after", help="Hạn cuối từ ngày này.")] = None,
    kind: Annotated[Kind | None, typer.Option("--kind", help="Tính chất.")] = None,
    doc: Annotated[str | None, typer.Option("--doc", help="Số, ký hiệu hoặc tên tệp của văn bản.")] = None,
    text: Annotated[str | None, typer.Option("--text", help="Cụm từ trong nguyên văn.")] = None,
    coordinators: Annotated[bool, typer.Option("--coordinators", help="Tìm cả đơn vị phối hợp.")] = False,
    versions: AllVersions = False,
    as_written: AsWritten = False,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="Số dòng nhiều nhất.")] = None,
    form: Annotated[Output, typer.Option("--format", help="Cách trình bày.")] = Output.TABLE,
    output: Annotated[Path | None, typer.Option("--output", help="Ghi ra tệp này (csv, json, xlsx).")] = None,
    db: Database = DEFAULT_OUT / "vanthu.db",
    received: Received = None,
    today: Today = None,
    lang: Lang = Language.VI,
) -> None:
    """Hỏi: đơn vị nào phải làm gì, trước ngày nào."""
    from pipeline.dues import supposing
    from pipeline.export.found import write_rows
    from pipeline.query import Filters, find_obligations
    from pipeline.screen import obligation_table, show_paths
    from pipeline.units.screen import found_beyond

    screen = _screen(lang, today)
    days = _day(screen.say, before), _day(screen.say, after)
    on = screen.today.isoformat()
    filters = Filters(unit, *days, kind.value if kind else None, doc, text, coordinators, versions, as_written, on)
    with _store(screen.say, db) as stored, supposing(stored, _date(screen.say, received)) as engine:
        rows = find_obligations(engine, filters, limit)
    if form is Output.TABLE:
        for sentence in found_beyond(screen.say, rows):
            screen.console.print(sentence, markup=False)
        screen.console.print(obligation_table(screen, rows) if rows else screen.say("none_found"))
        screen.console.print(screen.say("found", n=len(rows)) if rows else "")
    elif written := write_rows(rows, form.value, output):
        show_paths(screen, [written])


@app.command()
def export(
    target: Annotated[Path, typer.Argument(help="Thư mục nhận các tệp.")],
    db: Database = DEFAULT_OUT / "vanthu.db",
    form: Annotated[ExportFormat, typer.Option("--format", help="Định dạng.")] = ExportFormat.JSONL,
    received: Received = None,
    with_drafters: Annotated[bool, typer.Option(help="Giữ tên người soạn thảo ở dòng Lưu.")] = False,
    lang: Lang = Language.VI,
) -> None:
    """Xuất toàn bộ cơ sở dữ liệu."""
    from pipeline.dues import supposing
    from pipeline.export import write
    from pipeline.export.exchange import left_out
    from pipeline.screen import show_left_out, show_paths

    screen = _screen(lang)
    with _store(screen.say, db) as stored, supposing(stored, _date(screen.say, received)) as engine:
        paths = write(engine, form.value, target, with_drafters=with_drafters)
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
    db: Database = DEFAULT_OUT / "vanthu.db",
    lang: Lang = Language.VI,
) -> None:
    """Cho thấy văn bản nào bắt nguồn từ đâu, thay đổi văn bản nào, còn thiếu văn bản nào."""
    from pipeline.graph.command import Request, WrongUse, answer
    from pipeline.screen import show_paths

    screen = _screen(lang, on)
    words = tuple(word.strip() for word in kinds.split(",") if word.strip())
    request = Request(out, doc, depth, tuple(relation or ()), words, missing, chains)
    with _store(screen.say, db) as engine:
        try:
            written = answer(engine, request, screen)
        except WrongUse as error:
            _stop(str(error), 2)
    if written:
        show_paths(screen, [written])


@app.command()
def units(
    name: Annotated[str, typer.Argument(help="Tên hoặc chữ viết tắt của đơn vị, nhóm đơn vị.")],
    on: Annotated[str | None, typer.Option("--on", help="Hỏi vào ngày này.")] = None,
    form: Annotated[Shown, typer.Option("--format", help="Cách trình bày.")] = Shown.TEXT,
    units_file: OwnUnits = None,
    db: Database = DEFAULT_OUT / "vanthu.db",
    lang: Lang = Language.VI,
) -> None:
    """Cho biết một tên là cơ quan nào, tồn tại khi nào, trước và sau đó là cơ quan nào."""
    from pipeline.units.command import answer, answer_in_json, remembered_rows

    screen = _screen(lang)
    day = _day(screen.say, on)
    own = _own_units(screen, units_file, ())
    if own is None and db.is_file():
        with _store(screen.say, db) as engine:
            own = remembered_rows(engine)
    if form is Shown.JSON:
        text, found = answer_in_json(name, day, own or [])
        typer.echo(text)
    else:
        found = answer(screen, name, day, own or [])
    raise typer.Exit(0 if found else 1)


@app.command()
def explain(
    file: Annotated[Path, typer.Argument(help="Một văn bản; trong tệp nén, thư: hoso.zip!/cv.pdf.")],
    lang: Lang = Language.VI,
) -> None:
    """Cho thấy mọi điều đọc được từ một văn bản, ở đâu và theo quy tắc nào."""
    from pipeline.explain import read_one, show_explanation
    from pipeline.readers import UnreadableDocument

    say = speaker(lang)
    try:
        result = read_one(file)
    except FileNotFoundError:
        _stop(say("no_path", path=file), 2)
    except UnreadableDocument as error:
        _stop(say("unreadable", path=file, reason=error.reason), 1)
    show_explanation(_console(), say, result)


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Option("--gold", help="Thư mục kết quả chuẩn.")] = Path("corpus/gold"),
    documents: Annotated[Path, typer.Option("--documents", help="Thư mục văn bản.")] = Path("corpus/documents"),
    floors: Annotated[
        Path | None, typer.Option("--floors", help="Tệp điểm sàn (mặc định: cạnh thư mục chuẩn).")
    ] = None,
    update_floors: Annotated[bool, typer.Option("--update-floors", help="Nâng điểm sàn lên mức hiện tại.")] = False,
    save: Annotated[Path | None, typer.Option("--save", help="Ghi từng lỗi ra tệp để so sánh về sau.")] = None,
    against: Annotated[Path | None, typer.Option("--against", help="So với tệp đã ghi: được gì, mất gì.")] = None,
    show_errors: Annotated[bool, typer.Option("--show-errors", help="In từng lỗi.")] = False,
    lang: Lang = Language.VI,
) -> None:
    """Chấm điểm trên các văn bản có kết quả chuẩn; điểm không được thấp hơn điểm sàn."""
    from pipeline import evaluate as evaluation

    say = speaker(lang)
    for path in (gold, documents, *([against] if against else [])):
        if not path.exists():
            _stop(say("no_path", path=path), 2)
    result = evaluation.evaluate(gold, documents)
    console = _console()
    evaluation.show_scores(console, result, show_errors)
    if against:
        evaluation.show_changes(console, against, result)
    if save:
        evaluation.save_complaints(save, result)
    kept = evaluation.hold_floors(console, floors or gold.parent / "floors.json", result, update=update_floors)
    raise typer.Exit(0 if kept else 1)


def _run(screen: Screen, work: tuple[Collection, Engine, Settings]) -> Counts:
    """The batch under a progress bar."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from pipeline import batch

    found, engine, settings = work
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=screen.console, transient=True) as progress:
        bar = progress.add_task(screen.say("reading"), total=len(found.files))
        return batch.run(found, engine, settings, lambda task, total: progress.update(bar, total=total, advance=1))


def _collected(screen: Screen, paths: list[Path], out: Path) -> Collection:
    from pipeline.collect import collect
    from pipeline.containers import SUFFIXES
    from pipeline.readers import SUPPORTED
    from pipeline.screen import show_passed_over

    say = screen.say
    try:
        found = collect(paths, without=out)
    except FileNotFoundError as error:
        _stop(say("no_path", path=error), 2)
    show_passed_over(screen, found.unsupported)
    if not found.files:
        listed = ", ".join(map(str, paths))
        _stop(say("nothing_found", paths=listed, formats=", ".join(sorted(SUPPORTED | SUFFIXES))), 2)
    return found


def _own_units(screen: Screen, file: Path | None, folders: Iterable[Path]) -> list[Row] | None:
    """The rows of the file named, else of one in a folder that is read; ``None`` without either."""
    from pipeline.units.command import own_file, own_rows
    from pipeline.units.own import BadUnits

    path = own_file(file, folders)
    try:
        rows = own_rows(path) if path else None
    except BadUnits as error:
        _stop(str(error), 2)
    if rows is not None:
        typer.echo(screen.say("own_units", path=path, n=len(rows)), err=True)
    return rows


@contextmanager
def _store(say: Say, path: Path, *, create: bool = False) -> Iterator[Engine]:
    """The database for a ``with`` block; a sentence and an exit code when it or an export cannot be used."""
    from sqlalchemy.exc import OperationalError

    from pipeline.store import StoreError, open_store

    try:
        if create:
            path.parent.mkdir(parents=True, exist_ok=True)
        engine = open_store(path, create=create)
        try:
            yield engine
        finally:
            engine.dispose()
    except StoreError as error:
        _stop(str(error), 2)
    except OperationalError:
        _stop(say("busy", path=path), 1)
    except OSError as error:
        _stop(say("cannot_write", path=error.filename or path, reason=error.strerror or error), 1)


def _screen(lang: Language, today: str | None = None) -> Screen:
    from pipeline.screen import Screen

    say = speaker(lang)
    return Screen(_console(), say, _date(say, today) or date.today())


def _date(say: Say, value: str | None) -> date | None:
    """A day as people write it (``2026-04-05``, ``05/4/2026``)."""
    from pipeline.days import read_day

    if value is None:
        return None
    return read_day(value) or _stop(say("bad_date", value=value), 2)


def _day(say: Say, value: str | None) -> str | None:
    day = _date(say, value)
    return day.isoformat() if day else None


def _office(say: Say, received: str | None, register: Path | None, calendar: Path | None) -> Office:
    """What the office knows of its own; a sentence and an exit code when one of its tables cannot be used."""
    from pipeline.dues import Office
    from pipeline.given import UnusableTable, read_days_off, read_register

    day = _date(say, received)
    try:
        lines = read_register(register) if register else ()
        return Office(day, lines, read_days_off(calendar) if calendar else {})
    except UnusableTable as error:
        _stop(str(error), 2)


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False)


def _stop(message: str, code: int) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(code)


if __name__ == "__main__":
    app()
