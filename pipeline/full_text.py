"""Full text search over the folded quotes of the obligations: FTS5 in SQLite, an index of word vectors in PostgreSQL.

Both look up words of the one folded column, so the same questions have the same answers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, func, literal, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import Integer

from pipeline.tables import WORDS, obligations

_ADD = "INSERT INTO obligations_fts(rowid, folded) SELECT n, folded FROM obligations WHERE doc_id = :doc_id"
_DROP = (
    "INSERT INTO obligations_fts(obligations_fts, rowid, folded) "
    "SELECT 'delete', n, folded FROM obligations WHERE doc_id = :doc_id"
)


class Position(GenericFunction[int]):
    """``Position(text, part)``: where ``part`` begins in ``text``, from 1 on; 0 when it is not there."""

    name = "position"
    type = Integer()
    inherit_cache = True


@compiles(Position, "sqlite")
def _in_sqlite(element: Position, compiler: SQLCompiler, **options: Any) -> str:
    return f"instr{compiler.process(element.clause_expr, **options)}"


@compiles(Position, "postgresql")
def _in_postgresql(element: Position, compiler: SQLCompiler, **options: Any) -> str:
    return f"strpos{compiler.process(element.clause_expr, **options)}"


def add_words(connection: Connection, doc_id: str) -> None:
    """Index the rows of a document. PostgreSQL does so itself."""
    if connection.dialect.name == "sqlite":
        connection.execute(text(_ADD), {"doc_id": doc_id})


def drop_words(connection: Connection, doc_id: str) -> None:
    """Take the rows of a document out of the index, before they go or change. PostgreSQL does so itself."""
    if connection.dialect.name == "sqlite":
        connection.execute(text(_DROP), {"doc_id": doc_id})


def rows_with(connection: Connection, phrases: Iterable[str]) -> Select[tuple[int]]:
    """The numbers of the obligations in which all ``phrases``, folded, stand, found by the index."""
    phrases = list(dict.fromkeys(phrases))
    if connection.dialect.name == "sqlite":
        match = " AND ".join(f'"{phrase}"' for phrase in phrases)
        rows = text("SELECT rowid AS n FROM obligations_fts WHERE obligations_fts MATCH :match")
        return select(rows.bindparams(match=match).columns(obligations.c.n).subquery().c.n)
    words = func.plainto_tsquery("simple", " ".join(phrases))
    # The index knows which words stand in a row, as the server parts them, not that they follow each other.
    return select(obligations.c.n).where(WORDS.bool_op("@@")(words), stand_in_row(phrases))


def stand_in_row(phrases: Iterable[str]) -> ColumnElement[bool]:
    """True for an obligation in which all ``phrases`` stand, without the index."""
    words = literal(" ", String) + obligations.c.folded + " "
    return and_(*(Position(words, f" {phrase} ") > 0 for phrase in phrases))
