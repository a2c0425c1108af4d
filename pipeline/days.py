"""Days as people write them."""

from __future__ import annotations

from datetime import date


def read_day(value: str) -> date | None:
    """The day in ``2026-04-05``, ``05/4/2026`` or ``5-4-2026``; ``None`` for anything else."""
    parts = value.strip().replace("/", "-").split("-")
    if len(parts) == 3 and len(parts[2]) == 4:
        parts.reverse()
    if len(parts[0]) != 4:
        return None
    try:
        year, month, day = map(int, parts)
        return date(year, month, day)
    except ValueError:
        return None
