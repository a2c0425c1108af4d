"""Finds the obligations of a question, those due first before the others, and no more than are wanted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.engine import Connection

from pipeline.query_criteria import Criterion, beside, criteria
from pipeline.query_filters import Filters
from pipeline.tables import documents, obligations
from pipeline.units.search import Sought
from pipeline.upcoming import coming_day

_OWN = obligations.c
_BY_DUE = (_OWN.due, _OWN.path, _OWN.start)
_IN_ONE_QUESTION = 300
_DAILY = ("FREQ=DAILY", "FREQ=HOURLY")


class Search:
    """One question to the database."""

    def __init__(self, connection: Connection, filters: Filters, wanted: Sought | None) -> None:
        self._connection, self._filters = connection, filters
        self._criteria = list(criteria(connection, filters, wanted))

    def numbers(self, limit: int | None = None) -> list[int]:
        """The row numbers of the obligations found: by day, those without one last; what is overdue, the latest first.
        Those that recur come, with ``after``, by their next day from then on."""
        asked = self._filters
        chosen = self._chosen(limit)
        if asked.overdue_on is not None:
            latest = chosen.where(_OWN.due < asked.overdue_on, _OWN.recurrence.is_(None))
            return self._first(latest.order_by(_OWN.due.desc(), *_BY_DUE[1:]), limit)
        if asked.after is not None:
            return self._coming(chosen, asked.after, limit)
        if asked.before is not None:
            return self._first(chosen.where(_OWN.due <= asked.before).order_by(*_BY_DUE), limit)
        dated = self._first(chosen.where(_OWN.due.is_not(None)).order_by(*_BY_DUE), limit)
        if limit is not None and len(dated) >= limit:
            return dated
        due = beside(_OWN.due) if any(self._few(limit)) else _OWN.due
        rest = chosen.where(due.is_(None)).order_by(*_BY_DUE[1:])
        return dated + self._first(rest, None if limit is None else limit - len(dated))

    def statement(self, limit: int | None) -> Select[Any]:
        """The main statement of a question without a window, for a look at its plan."""
        return self._chosen(limit).where(_OWN.due.is_not(None)).order_by(*_BY_DUE).limit(limit)

    def _first(self, statement: Select[Any], limit: int | None) -> list[int]:
        return list(self._connection.scalars(statement.limit(limit)))

    def _chosen(self, limit: int | None) -> Select[Any]:
        """The numbers of the rows that meet every criterion, in one of its two forms."""
        few = self._few(limit)
        both = zip(self._criteria, few, strict=True)
        conditions = [one.column.in_(one.keys) if named else one.each for one, named in both]
        kind = beside(_OWN.kind) if any(few) else _OWN.kind
        if self._filters.kind is not None:
            conditions.append(kind == self._filters.kind)
        if not self._filters.versions:
            conditions.append(beside(documents.c.version_of).is_(None))
        if not self._filters.daily:
            conditions.append(func.coalesce(_OWN.recurrence, "").not_in(_DAILY))
        joined = select(_OWN.n).join(documents, documents.c.doc_id == _OWN.doc_id)
        return joined.where(_OWN.superseded.is_(False), *conditions)

    def _few(self, limit: int | None) -> list[bool]:
        """Whether few rows meet each criterion. Who wants all rows wants none looked at in vain."""
        return [limit is None or self._count(one) < one.most for one in self._criteria]

    def _count(self, one: Criterion) -> int:
        counted = select(func.count()).select_from(one.keys.limit(one.most).subquery())
        return self._connection.scalar(counted) or 0

    def _coming(self, chosen: Select[Any], after: str, limit: int | None) -> list[int]:
        """The rows with a day from ``after`` to ``before``, whenever the first day of a recurring duty was."""
        own = chosen.add_columns(*_BY_DUE)
        once = own.where(_OWN.recurrence.is_(None), _OWN.due >= after)
        if self._filters.before is not None:
            once = once.where(_OWN.due <= self._filters.before)
        found = [(day, path, start, n) for n, day, path, start in self._rows(once.order_by(*_BY_DUE), limit)]
        met = 0
        for day, pairs in self._next_days(after):
            for at in range(0, len(pairs), _IN_ONE_QUESTION):
                some = tuple_(_OWN.recurrence, _OWN.due).in_(pairs[at : at + _IN_ONE_QUESTION])
                rows = self._rows(own.where(some).order_by(*_BY_DUE[1:]), limit)
                found += [(day, path, start, n) for n, _, path, start in rows]
                met += len(rows)
            if limit is not None and met >= limit:
                break
        return [n for *_, n in sorted(found)[:limit]]

    def _rows(self, statement: Select[Any], limit: int | None) -> Sequence[Any]:
        return self._connection.execute(statement.limit(limit)).all()

    def _next_days(self, after: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """The days of the window on which something falls due again, with the rules and first days that lead there.
        Many duties share a rule and a first day, so that these few are counted and not the duties."""
        last = self._filters.before or date.max.isoformat()
        known = select(_OWN.recurrence, _OWN.due).where(_OWN.recurrence.is_not(None), _OWN.due <= last).distinct()
        days = []
        for rule, first in self._connection.execute(known):
            day = coming_day({"recurrence": rule, "due": first}, date.fromisoformat(after))
            if day and after <= day.isoformat() <= last:
                days.append((day.isoformat(), (rule, first)))
        for day, group in groupby(sorted(days), key=lambda one: one[0]):
            yield day, [pair for _, pair in group]
