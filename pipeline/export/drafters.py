"""Leave out who typed a document: ``Lưu: VT, GSQL (Lan 03b)`` -> ``Lưu: VT, GSQL (03b)``.

The archive line ends, by habit and by Nghị định 30/2020/NĐ-CP, with a mark of the drafter: a name or initials, which is
personal data. Where the mark stands is for :mod:`extractors.archive` to say.
"""

from __future__ import annotations

from typing import Any

from extractors.archive import read_archive


def without_drafter(recipient: dict[str, Any]) -> dict[str, Any]:
    """The recipient line without its drafter; any other line as it is."""
    name = recipient.get("name") or ""
    archive = read_archive(name)
    if archive is None or archive.mark is None:
        return recipient
    return {**recipient, "name": (name[: archive.mark.start] + name[archive.mark.end :]).rstrip()}


def shown_recipients(recipients: list[dict[str, Any]] | None, with_drafters: bool) -> list[dict[str, Any]]:
    """The recipients as an export shows them: the drafter neither in the line nor in the field of its own."""
    if with_drafters:
        return recipients or []
    return [without_drafter(one) | {"drafter": None} for one in recipients or []]
