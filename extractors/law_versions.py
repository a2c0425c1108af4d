"""The laws that were passed under one name, from when each is in force, and what replaced it.

From ``lexicons/law_names.csv``: the numbers of a name with the days on which they took effect, the oldest first, and
the numbers of laws under another name that replaced the last of them. A later law of one name replaces the earlier.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from extractors.fold import fold
from extractors.law_names import name_key
from extractors.lexicon import table


class LawVersion(NamedTuple):
    """One law: ``code`` is its number as in canonical ids, without zeros in front; ``effective`` the day (ISO) from
    which it is in force, ``None`` when the table does not know it; ``successors`` the numbers of what replaced it,
    several when its matter was divided."""

    code: str
    year: str
    effective: str | None
    successors: tuple[str, ...]

    def in_force_on(self, day: str) -> bool | None:
        """Whether the law had taken effect on ``day`` (ISO as far as known); ``None`` when that cannot be told.

        A law whose day the table does not know was in force by the end of the year after its own.
        """
        if self.effective is None:
            return True if int(day[:4]) > int(self.year) + 1 else None if day[:4] >= self.year else False
        unsaid = len(day) < len(self.effective) and self.effective.startswith(day)
        return None if unsaid else self.effective <= day


@cache
def _versions() -> dict[str, tuple[LawVersion, ...]]:
    found: dict[str, tuple[LawVersion, ...]] = {}
    for row in table("law_names"):
        codes, days = _numbers(row["codes"]), row["effective"].split()
        after = [(code,) for code in codes[1:]] + [tuple(_numbers(row["successors"]))]
        versions = tuple(
            LawVersion(code, code.split("/")[1], None if day == "?" else day, successors)
            for code, day, successors in zip(codes, days, after, strict=True)
        ) if codes else ()  # fmt: skip
        kind = re.match(r"bo luat|phap lenh|luat", fold(row["name"]))
        aliases = [f"{kind[0] if kind else ''} {alias}" for alias in row["aliases"].split(";") if alias]
        for name in (row["name"], *aliases):
            found[name_key(name)] = versions
    return found


def _numbers(listed: str) -> list[str]:
    return [code.lstrip("0") for code in listed.split()]


@cache
def _by_code() -> dict[str, LawVersion]:
    return {version.code: version for versions in _versions().values() for version in versions}


def law_versions(name: str) -> tuple[LawVersion, ...]:
    """The laws passed under ``name`` (*Luật Hải quan*), the oldest first; empty when the table has none."""
    return _versions().get(name_key(name), ())


def version_on(name: str, day: str) -> LawVersion | None:
    """The law of ``name`` that was in force on ``day`` (ISO as far as known).

    ``None`` when none was, or when it cannot be told: a law that is passed but not in force yet may be meant as well.
    """
    passed = [version for version in law_versions(name) if version.year <= day[:4]]
    return passed[-1] if passed and passed[-1].in_force_on(day) else None


def replaced_by(code: str, day: str) -> str | None:
    """The number of a law that had surely replaced the law ``code`` by ``day``; ``None`` when the table has none."""
    law = _by_code().get(code.lstrip("0"))
    later = (_by_code()[successor] for successor in (law.successors if law else ()))
    return next((one.code for one in later if one.in_force_on(day)), None)
