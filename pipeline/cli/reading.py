"""Commands that read documents: ``run``, ``explain``, ``evaluate``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from pipeline.cli import spread
from pipeline.cli.entry import (
    DEFAULT_OUT,
    Lang,
    OwnUnits,
    Received,
    Today,
    app,
    date_of,
    make_console,
    opened,
    own_units,
    screen_of,
    stop,
)
from pipeline.language import Language, Say, speaker

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from pipeline.batch import Counts, Settings
    from pipeline.collect import Collection
    from pipeline.dues import Office
    from pipeline.screen import Screen

Register = Annotated[
    Path | None, typer.Option("--register", help="Sổ đăng ký văn bản đến (CSV): cột Ngày đến, Số, ký hiệu văn bản.")
]
Calendar = Annotated[
    Path | None, typer.Option("--calendar", help="Ngày nghỉ, làm bù riêng (CSV, TOML; hoặc lich-nghi.* ở cạnh).")
]
RunDatabase = Annotated[
    str | None,
    typer.Option("--db", envvar="VANTHU_DB", help="Nơi ghi dữ liệu: tệp (mặc định: trong --out), postgresql://…"),
]

Scheduler = Annotated[
    str | None, typer.Option("--scheduler", help="Đọc trên nhiều máy: tcp://MÁY:8786 của Dask, hoặc local.")
]


@app.command()
def run(
    paths: Annotated[list[str], typer.Argument(help="Tệp, thư mục (đọc cả thư mục con), URL (s3://…).")],
    out: Annotated[str, typer.Option("--out", help="Thư mục hoặc URL ghi kết quả.")] = str(DEFAULT_OUT),
    jobs: Annotated[int | None, typer.Option("--jobs", min=1, help="Số tiến trình (mặc định: số lõi).")] = None,
    ocr: Annotated[bool, typer.Option(help="Nhận dạng chữ của trang quét (cần Tesseract).")] = True,
    received: Received = None,
    register: Register = None,
    calendar: Calendar = None,
    today: Today = None,
    with_drafters: Annotated[bool, typer.Option(help="Giữ tên người soạn thảo ở dòng Lưu.")] = False,
    units_file: OwnUnits = None,
    db: RunDatabase = None,
    scheduler: Scheduler = None,
    lang: Lang = Language.VI,
) -> None:
    """Đọc văn bản, ghi cơ sở dữ liệu và sổ theo dõi nghĩa vụ."""
    from pipeline import store
    from pipeline.database import place_of
    from pipeline.only_run import only_run
    from pipeline.screen import show_paths, show_summary

    screen = screen_of(lang, today)
    office = _office(screen.say, received, register, calendar or _calendar_beside(paths))
    with spread.results(screen.say, paths, out, scheduler) as folder:
        settings = _settings(jobs, ocr, office, out)
        if scheduler:
            folders, read = spread.prepared(screen, paths, (out, scheduler), settings)
        else:
            folders, read = _prepared(screen, paths, folder, settings)
        own = own_units(screen, units_file, folders)
        database = db or str(folder / store.DATABASE_NAME)
        with opened(screen.say, database, create=True) as engine, only_run(folder):
            if own is not None:
                store.set_own_units(engine, own)
            counts = read(engine)
            workbook = _workbook(engine, counts, folder, with_drafters)
            show_summary(screen, engine, counts)
    written = [f"{out.rstrip('/')}/{path.name}" for path in (folder / store.DATABASE_NAME, *workbook)]
    show_paths(screen, [place_of(db), *written[1:]] if db else written)
    _end(screen, counts)


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
        stop(say("no_path", path=file), 2)
    except UnreadableDocument as error:
        stop(say("unreadable", path=file, reason=error.reason), 1)
    show_explanation(make_console(), say, result)


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
            stop(say("no_path", path=path), 2)
    result = evaluation.evaluate(gold, documents)
    console = make_console()
    evaluation.show_scores(console, result, show_errors)
    if against:
        evaluation.show_changes(console, against, result)
    if save:
        evaluation.save_complaints(save, result)
    kept = evaluation.hold_floors(console, floors or gold.parent / "floors.json", result, update=update_floors)
    raise typer.Exit(0 if kept else 1)


def _workbook(engine: Engine, counts: Counts, folder: Path, with_drafters: bool) -> list[Path]:
    """The workbook of the run, written anew unless it says the same already."""
    from pipeline import export
    from pipeline.export.unchanged import note_written, says_the_same
    from pipeline.export.xlsx import WORKBOOK_NAME

    path = folder / WORKBOOK_NAME
    if says_the_same(engine, counts, path, with_drafters=with_drafters):
        return [path]
    written = export.write(engine, "xlsx", folder, with_drafters=with_drafters)
    note_written(engine, with_drafters=with_drafters)
    return written


def _end(screen: Screen, counts: Counts) -> NoReturn:
    """Leave with the code that says how the run went."""
    if counts.interrupted:
        screen.console.print(screen.say("interrupted"))
        raise typer.Exit(130)
    raise typer.Exit(1 if counts.failed or counts.unread else 0)


def _prepared(screen: Screen, paths: list[str], out: Path, settings: Settings) -> spread.Prepared:
    """The run over ``paths`` on this machine."""
    from pipeline.collect import collect
    from pipeline.screen import show_passed_over

    try:
        found = collect([Path(path) for path in paths], without=out)
    except FileNotFoundError as error:
        stop(screen.say("no_path", path=error), 2)
    show_passed_over(screen, found.unsupported)
    if not found.files and not found.closed:
        spread.stop_without_files(screen.say, paths)
    return found.folders, lambda engine: _run(screen, (found, engine, settings))


def _run(screen: Screen, work: tuple[Collection, Engine, Settings]) -> Counts:
    """The batch under a progress bar."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from pipeline import batch

    found, engine, settings = work
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=screen.console, transient=True) as progress:
        bar = progress.add_task(screen.say("reading"), total=len(found.files))
        return batch.run(found, engine, settings, lambda task, total: progress.update(bar, total=total, advance=1))


def _settings(jobs: int | None, ocr: bool, office: Office, out: str) -> Settings:
    """How to read; recognised pages are kept beside the results where that is a folder."""
    from pipeline.batch import Settings
    from pipeline.distributed.places import is_url, local_path
    from pipeline.pool import default_jobs
    from pipeline.readers import Options
    from pipeline.readers.options import CACHE_NAME

    cache = None if is_url(out) else local_path(out).absolute() / CACHE_NAME
    return Settings(jobs or default_jobs(), Options(ocr, cache), office)


def _calendar_beside(paths: list[str]) -> Path | None:
    from pipeline.distributed.places import is_url, local_path
    from pipeline.given import calendar_beside

    return calendar_beside([local_path(path) for path in paths if not is_url(path)])


def _office(say: Say, received: str | None, register: Path | None, calendar: Path | None) -> Office:
    """What the office knows of its own; a sentence and an exit code when one of its tables cannot be used."""
    from pipeline.dues import Office
    from pipeline.given import UnusableTable, read_days_off, read_register

    day = date_of(say, received)
    try:
        lines = read_register(register) if register else ()
        return Office(day, lines, read_days_off(calendar) if calendar else {})
    except UnusableTable as error:
        stop(str(error), 2)
