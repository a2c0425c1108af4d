"""What may be asked of the obligations, alone and in any combination."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a unit has to do with a duty."""

    LEAD = "lead"
    COORDINATOR = "coordinator"
    REPORT_TO = "report_to"


class Status(StrEnum):
    """How far a duty is."""

    NEW = "new"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    NOT_APPLICABLE = "not_applicable"


#: The statuses of a duty that is still to be done.
OPEN = (Status.NEW.value, Status.ASSIGNED.value, Status.IN_PROGRESS.value)


@dataclass(frozen=True, slots=True)
class Filters:
    """What to look for; an empty field asks nothing.

    ``before`` and ``after`` (ISO) bound the last day on which a duty can be done; a duty that recurs falls due again
    and again from its first day on. ``unit`` is met in the actors (also in the coordinators with ``coordinators``; only
    in the ``role`` asked for), and so is what came before it and the groups to which it belonged, unless
    ``as_written``; ``on`` is the day that says which body of that name is meant, ``doc`` in code, canonical id, path or
    id of the document; ``kind`` is an obligation kind. ``text`` are words of the quote, all of which must stand there,
    and phrases in quotation marks. Of several files of one document the main version answers, unless ``versions`` asks
    for all.

    ``issued_from`` and ``issued_to`` bound the date of the document, ``doc_type`` and ``issuer`` are its own;
    ``relation`` is one in which it cites another. ``because`` is the number of an instruction: the duties are those of
    the documents that go back to it, step by step, and its own. ``status`` are statuses of which the duty has one,
    ``overdue_on`` a day before which it should have been done; ``daily`` is False to leave out what is due every day.
    """

    unit: str | None = None
    before: str | None = None
    after: str | None = None
    kind: str | None = None
    doc: str | None = None
    text: str | None = None
    coordinators: bool = False
    versions: bool = False
    as_written: bool = False
    on: str | None = None
    role: str | None = None
    issued_from: str | None = None
    issued_to: str | None = None
    relation: str | None = None
    because: str | None = None
    doc_type: str | None = None
    issuer: str | None = None
    status: tuple[str, ...] = ()
    overdue_on: str | None = None
    daily: bool = True
