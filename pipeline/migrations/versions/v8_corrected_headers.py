"""A document keeps what the machine read of its header beside what somebody corrected."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "8"
down_revision = "7"


def upgrade() -> None:
    """Empty: nobody has corrected a header before."""
    op.add_column("documents", sa.Column("machine", sa.JSON))
