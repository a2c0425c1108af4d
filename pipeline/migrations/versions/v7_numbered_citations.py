"""Citations get a number of their own, as the other rows have: the row ids of SQLite are no part of a table elsewhere.

The version is Alembic's from here on.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "7"
down_revision = "6"

_TEXTS = ("doc_id", "path", "quote", "code", "canonical_id", "type", "name", "issuer", "date", "relation", "pinpoint",
          "resolved_doc_id", "rule")  # fmt: skip
_NUMBERS = ("page", "start", "end")
_LISTS = ("pinpoints", "candidates", "fitting", "warnings", "remarks")
_INDEXES = {
    "citations_document": ["doc_id", "start"],
    "citations_resolved": ["resolved_doc_id"],
    "citations_canonical_id": ["canonical_id"],
    "citations_relation": ["relation", "doc_id"],
}


def upgrade() -> None:
    """Make the table anew and fill it from the old one. Only SQLite has databases this old."""
    for name in _INDEXES:
        op.drop_index(name, "citations")
    op.rename_table("citations", "citations_6")
    op.create_table(
        "citations",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("citation_id", sa.String, nullable=False, unique=True),
        *(sa.Column(name, sa.String) for name in _TEXTS),
        *(sa.Column(name, sa.Integer) for name in _NUMBERS),
        *(sa.Column(name, sa.JSON) for name in _LISTS),
    )
    columns = ", ".join(f'"{name}"' for name in ("citation_id", *_TEXTS, *_NUMBERS, *_LISTS))
    op.execute(f"INSERT INTO citations (n, {columns}) SELECT rowid, {columns} FROM citations_6")
    op.drop_table("citations_6")
    for name, indexed in _INDEXES.items():
        op.create_index(name, "citations", indexed)
    op.execute("DELETE FROM meta WHERE key = 'schema_version'")
