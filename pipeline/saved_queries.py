"""Questions that people keep under a name, in the database they ask."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from sqlalchemy import Engine, delete, insert, select

from pipeline.database import writing
from pipeline.query_filters import Filters
from pipeline.tables import meta

_PREFIX = "query:"


class NoQuery(LookupError):
    """No question is kept under that name; ``known`` are the names there are."""

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(name)
        self.name, self.known = name, known


def keep(engine: Engine, name: str, filters: Filters) -> None:
    """Keep the question under ``name``, in place of an earlier one; the day it was asked on is no part of it."""
    key = f"{_PREFIX}{_plain(name)}"
    with writing(engine) as connection:
        connection.execute(delete(meta).where(meta.c.key == key))
        value = json.dumps(asked(filters), ensure_ascii=False)
        connection.execute(insert(meta), {"key": key, "value": value})


def kept(engine: Engine, name: str) -> Filters:
    """The question of that name. Raises ``NoQuery``."""
    known = all_kept(engine)
    if _plain(name) not in known:
        raise NoQuery(name, list(known))
    return known[_plain(name)]


def all_kept(engine: Engine) -> dict[str, Filters]:
    """Every question by its name."""
    statement = select(meta.c.key, meta.c.value).where(meta.c.key.startswith(_PREFIX)).order_by(meta.c.key)
    with engine.connect() as connection:
        rows = connection.execute(statement).all()
    return {key.removeprefix(_PREFIX): _filters(json.loads(value)) for key, value in rows}


def asked(filters: Filters) -> dict[str, Any]:
    """The fields that ask something, without the day."""
    nothing = asdict(Filters())
    return {name: value for name, value in asdict(filters).items() if value != nothing[name] and name != "on"}


def _filters(values: dict[str, Any]) -> Filters:
    fields: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in values.items()}
    return Filters(**fields)


def _plain(name: str) -> str:
    return " ".join(name.split())
