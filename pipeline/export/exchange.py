"""Which documents go out in a format of exchange (Akoma Ntoso, edXML), and under which file names.

One file for each document: of several files of a dispatch the main version. What bears a mark of secrecy stays here
(Luật Bảo vệ bí mật nhà nước: it travels by its own ways); so does, for edXML, what no receiver could register.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Engine

from extractors.identity import slug
from pipeline.query import each_document
from pipeline.rows import Row

#: The formats of exchange, and the columns without which a document cannot go out in them.
_NEEDED: dict[str, tuple[str, ...]] = {"akn": (), "edxml": ("code", "issuer", "date")}
_MAX_NAME = 60


def each_going_out(engine: Engine, form: str) -> Iterator[Row]:
    """The documents that go out in ``form``, with their text and where it stood, one after the other."""
    secret = secret_documents(engine)
    rows = each_document(engine, with_text=True, with_sheet=True)
    return (row for row in rows if not row["version_of"] and _reason(row, secret, form) is None)


def left_out(engine: Engine, form: str) -> list[tuple[str, list[str]]]:
    """Why documents do not go out in ``form`` (``secret``, ``unidentified``), and the paths for each reason."""
    if form not in _NEEDED:
        return []
    found: dict[str, list[str]] = {}
    secret = secret_documents(engine)
    for row in each_document(engine):
        reason = None if row["version_of"] else _reason(row, secret, form)
        if reason:
            found.setdefault(reason, []).append(row["path"])
    return sorted(found.items())


def file_name(row: Row, suffix: str) -> str:
    """A name any file system takes, unlike that of any other document: ``12-ubnd-vx_0123456789abcdef.xml``."""
    return f"{slug(row['code'] or '')[:_MAX_NAME]}_{row['doc_id']}{suffix}".lstrip("_")


def is_whole_day(date: str | None) -> bool:
    """True for an ISO day; of a draft often only the year is known."""
    return date is not None and len(date) == len("2020-04-05")


def secret_documents(engine: Engine) -> set[str]:
    """The main versions of documents of which any file bears a mark of secrecy: a scan may have lost it."""
    return {row["version_of"] or row["doc_id"] for row in each_document(engine) if row["secrecy"]}


def _reason(row: Row, secret: set[str], form: str) -> str | None:
    if row["doc_id"] in secret:
        return "secret"
    needed = _NEEDED[form]
    known = {
        "code": bool(row["code"]) and row["code"][0].isdigit(),
        "issuer": bool(row["issuer"]),
        "date": is_whole_day(row["date"]),
    }
    return None if all(known[name] for name in needed) else "unidentified"
