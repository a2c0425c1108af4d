"""``vanthu correct``: what the machine read wrongly of a duty or of the header of a document, put right by a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.entry import DEFAULT_DB, Database, Lang, app, opened, stop
from pipeline.cli.tasks import Who, account, whole_obligation_ids
from pipeline.language import Language, Say, speaker

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Engine

    from pipeline.rows import Row

_Obligation = Annotated[str | None, typer.Argument(help="Mã nghĩa vụ; vài ký tự đầu là đủ. Bỏ trống khi sửa văn bản.")]
_Document = Annotated[str | None, typer.Option("--doc", help="Sửa thể thức của văn bản có số, ký hiệu hoặc tệp này.")]
_Set = Annotated[list[str] | None, typer.Option("--set", help="TRƯỜNG=GIÁ TRỊ, ví dụ “Hạn cuối=05/4/2026”.")]
_Undo = Annotated[bool, typer.Option("--undo", help="Hoàn tác quyết định gần nhất.")]


@app.command()
def correct(
    obligation: _Obligation = None,
    doc: _Document = None,
    sets: _Set = None,
    undo: _Undo = False,
    who: Who = None,
    db: Database = DEFAULT_DB,
    lang: Lang = Language.VI,
) -> None:
    """Sửa điều máy đọc sai của một nghĩa vụ, hoặc thể thức của một văn bản (--doc); điều máy đọc được giữ lại."""
    from pipeline.decisions import Action, Decision, WrongDecision, decide
    from pipeline.header_corrections import correct_header, undo_header

    say, name = speaker(lang), who or account()
    if (obligation is None) == (doc is None) or bool(sets) == undo:
        stop(say("correct_how"), 2)
    with opened(say, db) as engine:
        try:
            if doc is not None:
                about = _document(say, engine, doc)
                values = _values(lang, sets, header=True)
                undo_header(engine, about, name) if undo else correct_header(engine, about, values, name)
            else:
                (about,) = whole_obligation_ids(say, engine, [obligation or ""])
                values = _values(lang, sets, header=False)
                action = Action.UNDO if undo else Action.CORRECT
                decide(engine, [Decision(name, action, about, values)])
        except WrongDecision as error:
            stop(str(error), 2)
    typer.echo(say("undone" if undo else "corrected", about=doc or about, n=len(values)))


def _values(lang: Language, sets: Iterable[str] | None, *, header: bool) -> Row:
    """The fields named, by their keys or by their headings in the exports, with their values."""
    from pipeline.decisions import CORRECTABLE
    from pipeline.export.duties import KEYS
    from pipeline.export.labels import HEADINGS
    from pipeline.folding import text_key
    from pipeline.header_corrections import FIELDS
    from pipeline.typed_values import TEXTS, WrongValue, typed

    fields = FIELDS if header else CORRECTABLE
    known = {text_key(word): key for word, key in KEYS.items() if key in fields and not header}
    known |= {text_key(HEADINGS[key]): key for key in fields} | {text_key(key): key for key in fields}
    values: Row = {}
    for one in sets or ():
        name, parted, given = one.partition("=")
        key = known.get(text_key(name))
        if not parted or key is None:
            stop(speaker(lang)("correct_field", asked=one, known=", ".join(HEADINGS[field] for field in fields)), 2)
        try:
            values[key] = typed(key, given)
        except WrongValue as error:
            stop(f"{one}: {speaker(lang, TEXTS)(str(error))}", 2)
    return values


def _document(say: Say, engine: Engine, asked: str) -> str:
    """The id of the one document that is named by its number, its file or its id."""
    from sqlalchemy import select

    from pipeline.given import code_key
    from pipeline.tables import documents

    own = documents.c
    columns = select(own.doc_id, own.code, own.path, own.version_of).order_by(own.path)
    with engine.connect() as connection:
        found = [
            row
            for row in connection.execute(columns)
            if asked in (row.doc_id, row.path) or code_key(row.code or "") == code_key(asked)
        ]
    chosen = [row for row in found if row.version_of is None] or found
    if len(chosen) != 1:
        key = "document_ambiguous" if chosen else "document_unknown"
        stop(say(key, asked=asked, near=", ".join(row.path for row in chosen[:5])), 2)
    return str(chosen[0].doc_id)
