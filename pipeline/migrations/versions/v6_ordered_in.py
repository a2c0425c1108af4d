"""Obligations say in which paper a relayed order was given."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "6"
down_revision = "5"


def upgrade() -> None:
    """Empty until the documents are read again."""
    op.add_column("obligations", sa.Column("ordered_in", sa.String))
