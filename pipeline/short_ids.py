"""Ids of obligations as people type them: the first characters are enough where no other id begins with them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Engine, select
from sqlalchemy.engine import Connection

from pipeline.tables import obligations

#: How much of an id is shown.
SHOWN = 8
_NEAR = 5


class WrongId(LookupError):
    """No obligation, or more than one, begins with what was typed: then ``near`` are their ids."""

    def __init__(self, asked: str, near: list[str]) -> None:
        super().__init__(asked)
        self.asked, self.near = asked, near


def short_id(obligation_id: str) -> str:
    """The part of an id that a table shows."""
    return obligation_id[:SHOWN]


def whole_ids(engine: Engine, typed: Iterable[str]) -> list[str]:
    """The ids meant, each once. A duty that somebody corrected is named by the id it has from the machine, under which
    the decisions about it are kept: that one stays when the correction is taken back. Raises ``WrongId``."""
    with engine.connect() as connection:
        return list(dict.fromkeys(_whole(connection, one.strip().lower()) for one in typed))


def _whole(connection: Connection, typed: str) -> str:
    own = obligations.c
    begins = select(own.obligation_id, own.former_id).where(own.obligation_id >= typed, own.obligation_id < f"{typed}~")
    found = connection.execute(begins.order_by(own.obligation_id).limit(_NEAR + 1)).all() if typed else []
    if len(found) != 1:
        raise WrongId(typed, [one for one, _ in found[:_NEAR]])
    (one, former) = found[0]
    return str(former or one)
