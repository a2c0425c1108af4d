"""The tables as they were when Alembic took over: databases of version 5 are there already."""

from __future__ import annotations

revision = "5"
down_revision = None


def upgrade() -> None:
    """Nothing to do."""
