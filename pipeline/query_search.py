"""Finds the obligations of a question, those due first before the others, and no more than are wanted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.engine import Connection

from pipeline.distinct import distinct_values
from pipeline.query_criteria import Keys, beside, criteria
from pipeline.query_filters import Filters
from pipeline.tables import documents, obligations
from pipeline.units.search import Sought
from pipeline.upcoming import is_daily, names_its_days, next_of

_OWN = obligations.c
_BY_DUE = (_OWN.due, _OWN.path, _OWN.start)
#: The day of a row in the window, its first day, path and place, by which rows are ordered, and its number.
Found = tuple[str, str, str, int, int]
#: What is due every day, as :func:`pipeline.upcoming.is_daily` has it; an interval or days named make it another rule.
_DAILY = ("FREQ=DAILY", "FREQ=DAILY;BYHOUR=%", "FREQ=HOURLY%")


class Search:
    """One question to the database."""

    def __init__(self, connection: Connection, filters: Filters, wanted: Sought | None) -> None:
        self._connection, self._filters = connection, filters
        self._criteria = list(criteria(connection, filters, wanted))

    def numbers(self, limit: int | None = None) -> list[int]:
        """The row numbers of the obligations found: by day, those without one last; what is overdue, the latest first.
        Those that recur come, with ``after``, by their next day from then on."""
        asked = self._filters
        few = self._few(limit)
        chosen = self._chosen(few)
        if asked.overdue_on is not None:
            latest = chosen.where(_OWN.due < asked.overdue_on, _OWN.recurrence.is_(None))
            return self._first(latest.order_by(_OWN.due.desc(), *_BY_DUE[1:]), limit)
        if asked.after is not None:
            found = self._among(chosen, asked.after) if any(few) else self._coming(chosen, asked.after, limit)
            return [n for *_, n in sorted(found)[:limit]]
        if asked.before is not None:
            return self._first(chosen.where(_OWN.due <= asked.before).order_by(*_BY_DUE), limit)
        dated = self._first(chosen.where(_OWN.due.is_not(None)).order_by(*_BY_DUE), limit)
        if limit is not None and len(dated) >= limit:
            return dated
        due = beside(_OWN.due) if any(few) else _OWN.due
        rest = chosen.where(due.is_(None)).order_by(*_BY_DUE[1:])
        return dated + self._first(rest, None if limit is None else limit - len(dated))

    def _first(self, statement: Select[Any], limit: int | None) -> list[int]:
        return list(self._connection.scalars(statement.limit(limit)))

    def _chosen(self, few: list[bool]) -> Select[Any]:
        """The numbers of the rows that meet every criterion, in one of its two forms."""
        both = zip(self._criteria, few, strict=True)
        conditions = [one.column.in_(one.keys) if named and one.keys is not None else one.each for one, named in both]
        kind = beside(_OWN.kind) if any(few) else _OWN.kind
        if self._filters.kind is not None:
            conditions.append(kind == self._filters.kind)
        if not self._filters.versions:
            conditions.append(beside(documents.c.version_of).is_(None))
        if not self._filters.daily:
            conditions += [func.coalesce(_OWN.recurrence, "").not_like(rule) for rule in _DAILY]
        joined = select(_OWN.n).join(documents, documents.c.doc_id == _OWN.doc_id)
        return joined.where(_OWN.superseded.is_(False), *conditions)

    def _few(self, limit: int | None) -> list[bool]:
        """Whether few rows meet each criterion. Who wants all rows wants none looked at in vain."""
        return [one.keys is not None and (limit is None or self._are_few(one.keys, one.most)) for one in self._criteria]

    def _are_few(self, keys: Keys, most: int) -> bool:
        counted = select(func.count()).select_from(keys.limit(most).subquery())
        return (self._connection.scalar(counted) or 0) < most

    def _among(self, chosen: Select[Any], after: str) -> Iterator[Found]:
        """Of few rows, those with a day from ``after`` to ``before``."""
        start, last = date.fromisoformat(after), self._last()
        rows = self._connection.execute(chosen.add_columns(*_BY_DUE, _OWN.recurrence).where(_OWN.due <= last))
        for n, due, path, place, rule in rows:
            day = next_of(rule, due, start) if rule and due < after else due
            if day and after <= str(day) <= last:
                yield str(day), due, path, place, n

    def _coming(self, chosen: Select[Any], after: str, limit: int | None) -> list[Found]:
        """Of many rows the first ones with a day from ``after`` on, whenever the first day of a recurring duty was."""
        own = chosen.add_columns(*_BY_DUE).order_by(*_BY_DUE).limit(limit)
        ahead = self._connection.execute(own.where(_OWN.due >= after, _OWN.due <= self._last()))
        found: list[Found] = [(due, due, path, start, n) for n, due, path, start in ahead]
        met = 0
        for day, again in sorted(self._again(after), key=lambda one: one[0]):
            rows = self._connection.execute(own.where(again)).all()
            found += [(day, due, path, start, n) for n, due, path, start in rows]
            met += len(rows)
            if limit is not None and met >= limit:
                break
        return found

    def _again(self, after: str) -> Iterator[tuple[str, ColumnElement[bool]]]:
        """The days of the window on which duties fall due again, with what is true of these duties: there are many of
        them and few rules."""
        start = date.fromisoformat(after)
        for rule in distinct_values(self._connection, _OWN.recurrence):
            if not self._filters.daily and is_daily({"recurrence": rule}):
                continue  # none of its many duties would be among those chosen
            of_rule = (_OWN.recurrence == rule) & (_OWN.due < after)
            firsts = select(_OWN.due).where(of_rule).distinct()
            days: dict[str, list[str]] = {}
            for first in [after] if names_its_days(rule) else self._connection.scalars(firsts).all():
                days.setdefault(str(next_of(rule, first, start) or first), []).append(first)
            for day, some in days.items():
                if after <= day <= self._last():
                    yield day, of_rule if names_its_days(rule) else of_rule & _OWN.due.in_(some)

    def _last(self) -> str:
        return self._filters.before or date.max.isoformat()
