"""The register against the reference tables, where they are at hand: every row marked checked is in it."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from extractors.unit_history import coverage
from extractors.units import Unit, bodies_of_symbol, fixed_units, provincial_kinds, scopes, unit_with_id
from pipeline.folding import text_key
from pipeline.units.names import find_units

DOMAIN = Path(__file__).resolve().parents[2] / "shared" / "domain"
pytestmark = pytest.mark.skipif(not DOMAIN.exists(), reason="the reference tables are not at hand")


def _rows(name: str) -> list[dict[str, str]]:
    with (DOMAIN / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _issuers(*statuses: str) -> list[dict[str, str]]:
    rows = [row for row in _rows("issuers") if row["role_in_symbol"] in ("issuer", "both")]
    return [row for row in rows if row["status"].startswith(statuses)]


def _bodies(row: dict[str, str]) -> list[Unit]:
    kinds = [kind for kind in provincial_kinds() if row["abbrev"] in kind.abbreviations]
    return [*bodies_of_symbol(row["abbrev"]), *kinds]


#: Symbols of many bodies (BCĐ, TW) or of what stands for none in the register (Party cells).
_GENERIC = re.compile(r"BCSĐ|ĐĐ$|BCĐ|CQTTBCĐ")


def test_checked_issuers() -> None:
    """Name, days and successor of each checked issuer."""
    rows = [row for row in _issuers("checked") if not _GENERIC.match(row["abbrev"])]
    assert rows
    assert {row["abbrev"] for row in rows} <= scopes().keys()
    for row in (one for one in rows if one["level"] not in ("huyện", "Đảng") or _bodies(one)):
        named = [unit for unit in _bodies(row) if text_key(unit.name).startswith(text_key(row["full_name_vi"])[:20])]
        assert named, row["abbrev"]
        if row["valid_to"]:
            assert any(unit.valid_to == row["valid_to"] for unit in named), row["abbrev"]
        if len(row["valid_from"]) == 10:
            assert any(unit.valid_from == row["valid_from"] for unit in named), row["abbrev"]


def test_issuers_of_the_corpus() -> None:
    """A symbol met in real documents with a name of its own stands for a body of that name."""
    skip = re.compile(r"UBPLTP|CT \+|CCTKV|TCS|LĐLĐ|ĐCT|BCH$|HĐTĐKT|HNTW|TW$|ĐU$|BCĐ|CQTTBCĐ|DNTN|TU$|KBNN|TCT|CT$")
    for row in _issuers("token checked", "symbol checked"):
        if not skip.match(row["abbrev"]):
            assert _bodies(row), row["abbrev"]


def test_provinces() -> None:
    """63 former provinces lead to the 34: type, name and what each was formed from."""
    before, after = date(2024, 12, 31), date(2026, 5, 1)
    old = {unit.id: unit for unit in fixed_units() if unit.area and unit.existed(before)}
    new = {unit.id: unit for unit in fixed_units() if unit.area and unit.existed(after)}
    for row in _rows("provinces"):
        (unit,) = [one for one in find_units(row["old_name"]) if one.id in old]
        last = unit
        while last.successors:
            last = unit_with_id(last.successors[0]) or last
        assert last.id in new, row["old_name"]
        assert text_key(row["new_name"]) in text_key(last.name), row["old_name"]
    for row in _rows("provinces34"):
        (unit,) = [one for one in find_units(row["name"].removeprefix("Thành phố ")) if one.id in new]
        formed = {text_key(name.strip().removeprefix("Thành phố ")) for name in row["formed_from"].split(";")}
        former = {one for one in old.values() if _ends_as(one, unit)}
        assert formed == {text_key(one.name.removeprefix(f"{one.area} ")) for one in former}, row["name"]


def _ends_as(unit: Unit, last: Unit) -> bool:
    while unit.id != last.id and unit.successors:
        unit = unit_with_id(unit.successors[0]) or unit
    return unit.id == last.id


def test_customs_regions() -> None:
    """Both maps of the twenty regions, word for word but for the city's title."""
    for row in _rows("customs_regions"):
        (unit,) = find_units(row["unit_name"])
        maps = (("area_2025_03_01", "seat_2025_03_01"), ("area_from_2025_06_11", "seat_from_2025_06_11"))
        for one, (area, seat) in zip(coverage(unit.id), maps, strict=True):
            said = re.sub(r"\bTP ", "", row[area])
            places = {re.sub(r" \(.*", "", part.strip()) for part in said.split(";")}
            assert set(one.places) == {p for p in places if not p.startswith(("sân bay", "hải quan"))}, row["region"]
            assert one.seat == row[seat].removeprefix("TP "), row["region"]
            assert bool(one.remark) == ("sân bay" in row[area]), row["region"]
