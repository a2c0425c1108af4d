"""What the review page works with: the database, who sits before it, and the secret of this start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from secrets import token_urlsafe

from sqlalchemy import Engine

from pipeline.language import Language


def _fresh_token() -> str:
    return token_urlsafe(32)


@dataclass(frozen=True, slots=True)
class Desk:
    """One start of the page. ``hosts`` are the names by which it may be called; ``*`` stands for any."""

    engine: Engine
    who: str
    language: Language = Language.VI
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost")
    today: Callable[[], date] = date.today
    token: str = field(default_factory=_fresh_token)
