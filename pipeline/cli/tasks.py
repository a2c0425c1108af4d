"""Commands of the day: ``due``, ``overdue``, ``query``, ``digest``, ``mark``, ``history``."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import timedelta
from enum import StrEnum
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.asked import (
    After,
    AskedKind,
    AskedRelation,
    AskedRole,
    AskedStatus,
    Because,
    Before,
    Coordinators,
    Doc,
    DocType,
    Form,
    IssuedFrom,
    IssuedTo,
    Issuer,
    Limit,
    Output,
    OutputFile,
    Unit,
    Words,
    given,
    rows_wanted,
    show_rows,
)
from pipeline.cli.entry import (
    DEFAULT_DB,
    AllVersions,
    AsWritten,
    Database,
    Lang,
    Received,
    Today,
    app,
    date_of,
    day_of,
    opened,
    screen_of,
    stop,
)
from pipeline.language import Language, Say, speaker
from pipeline.query_filters import OPEN, Filters, Status

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from pipeline.digest import Digest
    from pipeline.screen import Screen

_WITHIN = re.compile(r"\s*(\d{1,4})\s*(?:d|ngày|ngay|(w|tuần|tuan))?\s*", re.IGNORECASE)

#: The filters of ``query`` that are days.
DAYS = ("before", "after", "issued_from", "issued_to")


class Letter(StrEnum):
    """How ``digest`` answers."""

    TEXT = "text"
    HTML = "html"
    EML = "eml"


Params = dict[str, Any]
Within = Annotated[str, typer.Option("--within", help="Trong bao lâu: 7d, 2w.")]
Ids = Annotated[list[str], typer.Argument(help="Mã nghĩa vụ như trong bảng; vài ký tự đầu là đủ.")]
Who = Annotated[str | None, typer.Option("--who", envvar="VANTHU_WHO", help="Người ghi nhận (mặc định: tài khoản).")]


@app.command()
def due(
    context: typer.Context,
    within: Within = "7d",
    unit: Unit = None,
    role: AskedRole = None,
    text: Words = None,
    limit: Limit = None,
    form: Form = Output.TABLE,
    output: OutputFile = None,
    db: Database = DEFAULT_DB,
    received: Received = None,
    today: Today = None,
    lang: Lang = Language.VI,
) -> None:
    """Việc sắp đến hạn mà chưa xong (không kể việc hằng ngày)."""
    screen = screen_of(lang, today)
    on = screen.today.isoformat()
    last = (screen.today + timedelta(days=_days(screen.say, within))).isoformat()
    window = Filters(after=on, before=last, on=on, kind="obligation", status=OPEN, daily=False)
    _answer(screen, context.params, lambda _: replace(window, **given(unit=unit, role=role, text=text)))


@app.command()
def overdue(
    context: typer.Context,
    unit: Unit = None,
    role: AskedRole = None,
    text: Words = None,
    limit: Limit = None,
    form: Form = Output.TABLE,
    output: OutputFile = None,
    db: Database = DEFAULT_DB,
    received: Received = None,
    today: Today = None,
    lang: Lang = Language.VI,
) -> None:
    """Việc đã quá hạn mà chưa xong, mới quá hạn trước."""
    screen = screen_of(lang, today)
    on = screen.today.isoformat()
    late = Filters(overdue_on=on, on=on, kind="obligation", status=OPEN)
    _answer(screen, context.params, lambda _: replace(late, **given(unit=unit, role=role, text=text)))


@app.command()
def query(
    context: typer.Context,
    unit: Unit = None,
    role: AskedRole = None,
    before: Before = None,
    after: After = None,
    issued_from: IssuedFrom = None,
    issued_to: IssuedTo = None,
    kind: AskedKind = None,
    doc: Doc = None,
    doc_type: DocType = None,
    issuer: Issuer = None,
    because: Because = None,
    relation: AskedRelation = None,
    status: AskedStatus = None,
    text: Words = None,
    coordinators: Coordinators = False,
    versions: AllVersions = False,
    as_written: AsWritten = False,
    saved: Annotated[str | None, typer.Option("--saved", help="Câu hỏi đã lưu dưới tên này.")] = None,
    save_as: Annotated[str | None, typer.Option("--save-as", help="Lưu câu hỏi này dưới tên này.")] = None,
    saved_list: Annotated[bool, typer.Option("--saved-list", help="Liệt kê các câu hỏi đã lưu.")] = False,
    limit: Limit = None,
    form: Form = Output.TABLE,
    output: OutputFile = None,
    db: Database = DEFAULT_DB,
    received: Received = None,
    today: Today = None,
    lang: Lang = Language.VI,
) -> None:
    """Hỏi: đơn vị nào phải làm gì, trước ngày nào, theo văn bản nào."""
    screen = screen_of(lang, today)
    if saved_list:
        with opened(screen.say, db) as engine:
            _list_saved(screen.say, engine)
    else:
        _answer(screen, context.params, lambda engine: _remembered(screen, engine, context.params))


@app.command()
def digest(
    within: Within = "7d",
    unit: Unit = None,
    form: Annotated[Letter, typer.Option("--format", help="Dạng thư.")] = Letter.TEXT,
    output: Annotated[Path | None, typer.Option("--output", help="Ghi ra tệp này (mặc định: màn hình).")] = None,
    db: Database = DEFAULT_DB,
    received: Received = None,
    today: Today = None,
    lang: Lang = Language.VI,
) -> None:
    """Bản nhắc việc: việc quá hạn và sắp đến hạn của một đơn vị, để đọc hoặc gửi thư."""
    from pipeline import digest as letters
    from pipeline.dues import supposing
    from pipeline.screen import show_paths

    screen = screen_of(lang, today)
    days = _days(screen.say, within)
    with opened(screen.say, db) as stored, supposing(stored, date_of(screen.say, received)) as engine:
        found = letters.digest(engine, unit, screen.today, days)
        mail = letters.as_mail(found, screen.say) if form is Letter.EML else None
        letter = mail or _letter(found, form, screen.say).encode()
        if output is None:
            typer.echo(letter, nl=False)
        else:
            output.write_bytes(letter)
            show_paths(screen, [output])


@app.command()
def mark(
    ids: Ids,
    status: Annotated[Status | None, typer.Option("--status", help="Trạng thái mới.")] = None,
    person: Annotated[str | None, typer.Option("--person", help="Người được giao.")] = None,
    note: Annotated[str | None, typer.Option("--note", help="Ghi chú.")] = None,
    answer: Annotated[str | None, typer.Option("--answer", help="Số, ký hiệu văn bản trả lời.")] = None,
    who: Who = None,
    db: Database = DEFAULT_DB,
    lang: Lang = Language.VI,
) -> None:
    """Ghi nhận tình trạng thực hiện: trạng thái, người được giao, ghi chú, văn bản trả lời."""
    from pipeline.decisions import Action, Decision, WrongDecision, decide

    say = speaker(lang)
    values = given(status=status, person=person, note=note, answered_by=answer)
    if not values:
        stop(say("mark_nothing"), 2)
    with opened(say, db) as engine:
        chosen = whole_obligation_ids(say, engine, ids)
        try:
            decide(engine, [Decision(who or account(), Action.STATUS, one, values) for one in chosen])
        except WrongDecision as error:
            stop(str(error), 2)
    typer.echo(say("marked", n=len(chosen), list=", ".join(chosen)))


@app.command()
def history(
    obligation: Annotated[str, typer.Argument(help="Mã nghĩa vụ; vài ký tự đầu là đủ.")],
    db: Database = DEFAULT_DB,
    lang: Lang = Language.VI,
) -> None:
    """Ai đã ghi nhận, sửa điều gì về một nghĩa vụ, khi nào."""
    from pipeline.decisions import history as decided
    from pipeline.screen_history import show_history

    screen = screen_of(lang)
    with opened(screen.say, db) as engine:
        (one,) = whole_obligation_ids(screen.say, engine, [obligation])
        show_history(screen, one, decided(engine, one))


def _letter(found: Digest, form: Letter, say: Say) -> str:
    from pipeline.digest import as_html, as_text

    return as_html(found, say) if form is Letter.HTML else as_text(found, say)


def _days(say: Say, within: str) -> int:
    """``7d``, ``7``, ``2w`` as days."""
    match = _WITHIN.fullmatch(within)
    if match is None:
        stop(say("bad_within", value=within), 2)
    return int(match[1]) * (7 if match[2] else 1)


def _answer(screen: Screen, params: Params, asked: Callable[[Engine], Filters]) -> None:
    """Find and show what is asked of the database."""
    from pipeline.dues import supposing
    from pipeline.query import find_obligations

    say, form, limit = screen.say, params["form"], params["limit"]
    with opened(say, params["db"]) as stored, supposing(stored, date_of(say, params["received"])) as engine:
        rows = find_obligations(engine, asked(stored), rows_wanted(form, limit))
    show_rows(screen, rows, form, params["output"], limit)


def _remembered(screen: Screen, engine: Engine, params: Params) -> Filters:
    """The question asked, on top of the kept one it names; it is kept itself when it gets a name."""
    from pipeline.export.labels import VALUES
    from pipeline.saved_queries import NoQuery, keep, kept

    say, saved, save_as = screen.say, params["saved"], params["save_as"]
    asked = given(**{field.name: params[field.name] for field in fields(Filters) if field.name in params})
    asked |= {name: day_of(say, asked[name]) for name in DAYS if name in asked}
    if asked.get("relation", "basis") not in VALUES["relation"]:
        stop(say("graph_no_relation", asked=asked["relation"], known=", ".join(VALUES["relation"])), 2)
    try:
        filters = replace(kept(engine, saved) if saved else Filters(), **asked)
    except NoQuery as error:
        stop(say("saved_unknown", name=saved, known=", ".join(error.known) or "–"), 2)
    if save_as is not None:
        if not save_as.strip():
            stop(say("saved_no_name"), 2)
        keep(engine, save_as, filters)
        typer.echo(say("saved", name=save_as), err=True)
    return replace(filters, on=screen.today.isoformat())


def _list_saved(say: Say, engine: Engine) -> None:
    from pipeline.saved_queries import all_kept, asked

    for name, filters in all_kept(engine).items():
        said = (f"{field}={' '.join(v) if isinstance(v, tuple) else v}" for field, v in asked(filters).items())
        typer.echo(f"{name}: {', '.join(said)}")
    if not all_kept(engine):
        typer.echo(say("saved_none"))


def whole_obligation_ids(say: Say, engine: Engine, typed: list[str]) -> list[str]:
    """The obligations meant by the beginnings of ids; a sentence and an exit code when that is not clear."""
    from pipeline.short_ids import WrongId, whole_ids

    try:
        return whole_ids(engine, typed)
    except WrongId as error:
        key = "id_ambiguous" if error.near else "id_unknown"
        stop(say(key, asked=error.asked, near=", ".join(error.near)), 2)


def account() -> str:
    """The name of the account that runs the command."""
    try:
        return getuser()
    except (KeyError, OSError):  # an account without a name
        return "?"
