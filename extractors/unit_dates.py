"""The issuer in the unit register: its id on the day of the document, and a warning when no such body existed then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from extractors.inferred_issuers import issuer_tokens
from extractors.model import Header
from extractors.timing import issued_on
from extractors.units import Unit, bodies_named, bodies_of_symbol, unit_named

_NOT_THEN = "{} {}, nhưng văn bản đề ngày {:%d/%m/%Y}; cần kiểm tra lại."


def with_unit(header: Header) -> Header:
    """The header with ``issuer_unit``, and with a warning when issuer or symbol belong to another time."""
    on = issued_on(header)
    unit = unit_named(header.issuer, on) if header.issuer else None
    warning = _untimely(header, on) if on else None
    warnings = (*header.warnings, *([warning] if warning else []))
    return replace(header, issuer_unit=unit.id if unit else None, warnings=warnings)


def _untimely(header: Header, on: date) -> str | None:
    """The warning for an issuer, else for an abbreviation, whose body did not exist on the day ``on``.

    ``CT`` on a letter of *Cục Thuế tỉnh X* is the provincial office's own, not that of *Cục Thuế*.
    """
    named = bodies_named(header.issuer or "")
    if named and not _any_existed(named, on):
        return _NOT_THEN.format(f"Cơ quan «{header.issuer}»", _times(named), on)
    token = next(iter(issuer_tokens(header.code or "")), "")
    meant = bodies_of_symbol(token)
    if not meant or _any_existed(meant, on) or _another(header.issuer or "", named, meant):
        return None
    return _NOT_THEN.format(f"Ký hiệu «{token}» là của {meant[-1].name}, cơ quan", _times(meant), on)


def _another(issuer: str, named: tuple[Unit, ...], meant: tuple[Unit, ...]) -> bool:
    """True when the issuer may well use the token for itself: it is no form, earlier or later, of what is meant."""
    if named:
        related = {one for unit in meant for one in (*unit.predecessors, *unit.successors)}
        return not any(unit.id in related for unit in named)
    return any(issuer.startswith(unit.name) for unit in meant)


def _any_existed(bodies: tuple[Unit, ...], on: date) -> bool:
    return any(unit.existed(on) for unit in bodies)


def _times(bodies: tuple[Unit, ...]) -> str:
    """``chỉ có từ 01/03/2025``, ``chỉ có đến 28/02/2025``, or both."""
    first = min((unit.valid_from or "" for unit in bodies), default="")
    last = "" if any(unit.valid_to is None for unit in bodies) else max(unit.valid_to or "" for unit in bodies)
    said = [f"từ {_day(first)}"] if first else []
    return "chỉ có " + " ".join([*said, *([f"đến {_day(last)}"] if last else [])])


def _day(iso: str) -> str:
    """``2025-03-01`` as ``01/03/2025``, ``2007`` as ``năm 2007``."""
    parts = iso.split("-")
    return ("năm ", "tháng ", "")[len(parts) - 1] + "/".join(reversed(parts))
