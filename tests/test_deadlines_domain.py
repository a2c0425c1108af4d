"""The table of deadline wordings that the domain experts drew up: every row is read as it says."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from extractors.calendar import vietnam
from extractors.deadlines import find_deadlines
from extractors.due import due_date
from extractors.model import Deadline

TABLES = Path(__file__).parents[2] / "shared" / "domain"
DOMAIN, CUES = TABLES / "deadlines.csv", TABLES / "cues.csv"

#: Rows that are no time of a duty, or one without an end: programme periods, plan horizons, validity, the past,
#: conditions, urgency without a date.
NONE = {
    "programme": ("D036", "D037"),
    "validity": ("D063", "D064"),
    "past": ("D065",),
    "condition": ("D054",),
    "urgency": ("D080", "D081", "D082", "D083", "D085", "D086", "D087", "D088", "D089"),
}
NOTHING = frozenset(row for rows in NONE.values() for row in rows)
#: A bare date is no deadline; these rows show how one is read once a word demands it.
CARRIED = {"D090": "Họp vào ", "D093": "Hoàn thành trong "}
#: The project counts *trước ngày D* strictly, and a counted period to its legal end on a working day (Bộ luật Dân sự
#: Điều 148): for these rows that is the second day of the table.
LATER = frozenset({"D040", "D045"})
#: Values of events, whose day nobody can know from the document.
EVENTS = {
    "D049": "PT24H", "D050": "PT48H", "D051": "PT15M", "D055": "immediate", "D056": "immediate", "D057": ">event",
    "D058": ">event", "D059": "<event", "D060": "<event", "D061": "<event", "D062": ">event", "D084": "immediate",
}  # fmt: skip
#: A day of entry, and the receipt of somebody's files, which is not the receipt of the dispatch.
UNKNOWN = frozenset({"D041", "D044"})


def rows() -> list[Any]:
    """One parameter for each row of the table."""
    table = csv.DictReader(DOMAIN.open(encoding="utf-8")) if DOMAIN.exists() else []
    unknown = pytest.mark.xfail(reason="the day of the event stands in no document: no day is invented", strict=True)
    return [pytest.param(row, id=row["id"], marks=unknown if row["id"] in UNKNOWN else ()) for row in table]


def read(row: dict[str, str]) -> list[Deadline]:
    issued = day(row, "doc_date")
    return list(find_deadlines(CARRIED.get(row["id"], "") + row["expression"], issued))


def day(row: dict[str, str], kind: str) -> date | None:
    return date.fromisoformat(row["anchor_date"]) if row["anchor_kind"] == kind else None


@pytest.mark.skipif(not DOMAIN.exists(), reason="the domain table is not at hand")
@pytest.mark.parametrize("row", rows())
def test_wording_of_the_domain_table(row: dict[str, str]) -> None:
    """Each row gives the due day, the recurrence or the event that it lists, or nothing where it is no deadline."""
    found = read(row)
    if row["id"] in NOTHING:
        assert found == []
        return
    if row["id"] in EVENTS:
        assert {EVENTS[row["id"]]} == {one.value for one in found}
        return
    if row["norm_type"] == "invalid":
        assert [(None, True)] == [(one.value, bool(one.warnings)) for one in found]
        return
    last = row["due_lenient"] if row["id"] in LATER else row["due_strict"] or row["interval_end"]
    due = due_date(found[0], day(row, "doc_date"), day(row, "receipt_date"), vietnam())
    if last or not row["rrule"]:
        assert last == (due.isoformat() if due else "")
    assert not row["rrule"] or rules(row) == [re.sub(r";BY(HOUR|MINUTE)=\d+", "", one.value or "") for one in found]
    clock = re.match(r"\d\d:\d\d$", row["time_local"])
    assert not clock or clock[0] in spelled_out(found[0].value or "")


def rules(row: dict[str, str]) -> list[str]:
    """The recurrences of a row in our spelling: how often within a period is no part of ours."""
    stated = re.sub(r"RRULE:|;X-COUNT-PER-PERIOD=\d+", "", row["rrule"])
    return [rule.strip() for rule in stated.split("|")]


def spelled_out(value: str) -> str:
    """A value with the hour of its recurrence as a clock."""
    hour = re.search(r"BYHOUR=(\d+)", value)
    return value + (f" {int(hour[1]):02}:00" if hour else "")


@pytest.mark.skipif(not DOMAIN.exists(), reason="the domain table is not at hand")
def test_doubts_of_the_domain_table() -> None:
    """A wrong weekday, a day of the past and a vague point carry a warning."""
    table = {row["id"]: row for row in csv.DictReader(DOMAIN.open(encoding="utf-8"))}
    assert [True] * 5 == [bool(read(table[name])[0].warnings) for name in ("D090", "D091", "D092", "D029", "D030")]


@pytest.mark.skipif(not CUES.exists(), reason="the domain table is not at hand")
def test_deadlines_in_the_table_of_cues() -> None:
    """The example of each cue that names a day gives that day; the carrier of deadlines has one."""
    dated = re.compile(r"trước ngày (\d+)/(\d+)/(\d{4})")
    for row in csv.DictReader(CUES.open(encoding="utf-8")):
        expected = [f"<{y}-{int(m):02}-{int(d):02}" for d, m, y in dated.findall(row["example_own"])]
        found = [
            one.value for one in find_deadlines(row["example_own"]) if re.fullmatch(r"<[\d-]{10}", one.value or "")
        ]
        assert expected == found, row["cue"]
        assert expected or row["kind"] != "deadline carrier"
