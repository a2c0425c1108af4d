"""The database in Datasette itself: its pages carry our words, its answers our rows, and nothing is written."""

from __future__ import annotations

import asyncio
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from sqlalchemy import Engine

from pipeline.export import write
from pipeline.query import find_obligations
from pipeline.tables import metadata


@pytest.fixture(scope="module")
def folder(corpus_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as a run leaves it, and its description beside it."""
    path = tmp_path_factory.mktemp("datasette")
    with corpus_engine.connect() as connection:
        connection.exec_driver_sql("VACUUM INTO ?", (str(path / "vanthu.db"),))
    write(corpus_engine, "datasette", path)
    return path


@pytest.fixture(scope="module")
def served(folder: Path) -> Datasette:
    """Datasette as ``datasette -i vanthu.db -m metadata.json`` starts it."""
    described = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
    return Datasette(immutables=[str(folder / "vanthu.db")], metadata=described)


def _get(served: Datasette, path: str, **asked: str) -> Any:
    async def answer() -> Any:
        return await served.client.get(path, params=asked)

    found = asyncio.run(answer())
    assert 200 == found.status_code, found.text
    return found


def test_pages_say_what_they_show(served: Datasette) -> None:
    """Titles, descriptions and licence in Vietnamese; the words of a column stand at its head."""
    assert "đơn vị nào phải làm gì" in _get(served, "/").text
    database = _get(served, "/vanthu").text
    assert "Luật Sở hữu trí tuệ" in database
    assert "Việc quá hạn tính đến một ngày" in database
    table = _get(served, "/vanthu/obligations", _size="2").text
    assert "<h1" in table
    assert "Hạn cuối còn kịp (ISO) / last day in time (ISO)" in table
    assert "Mỗi câu hoặc hàng của bảng giao việc một dòng" in table
    assert "1&nbsp;trang" in _get(served, "/vanthu/documents", pages="1", _size="2").text


def test_rows_and_facets_come(served: Datasette, corpus_engine: Engine) -> None:
    """As many as there are, counted by kind and by each unit of a list."""
    found = _get(served, "/vanthu/obligations.json", _size="5").json()
    rows = find_obligations(corpus_engine)
    assert len(rows) == found["filtered_table_rows_count"]
    facets = {
        name: {one["value"]: one["count"] for one in facet["results"]} for name, facet in found["facet_results"].items()
    }
    assert {"kind", "actors", "deadline_type", "superseded"} <= set(facets)
    assert sum(row["kind"] == "obligation" for row in rows) == facets["kind"]["obligation"]
    unit, count = max(facets["actors"].items(), key=lambda pair: pair[1])
    assert sum(unit in row["actors"] for row in rows) == count


def test_letters_stay_letters_in_the_file(served: Datasette) -> None:
    """Lists in a cell are read by people: ``["Sở Y tế"]``, not its codes."""
    rows = _get(served, "/vanthu/obligations.json", _shape="array", _size="50").json()
    assert any("Sở" in row["actors"] for row in rows)
    assert not any("\\u" in row["actors"] for row in rows)


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("sap_den_han", {"tu_ngay": "2025-04-01", "den_ngay": "2025-12-31"}),
        ("qua_han", {"ngay": "2026-01-01"}),
        ("viec_cua_don_vi", {"don_vi": "cong an tinh"}),
        ("theo_van_ban", {"so_ky_hieu": "47/KH-UBND"}),
    ],
)
def test_ready_questions_are_answered(served: Datasette, question: str, asked: dict[str, str]) -> None:
    """Each has rows on the project's own documents, and none for what is not there."""
    rows = _get(served, f"/vanthu/{question}.json", _shape="array", **asked).json()
    assert rows
    assert rows[0]["Nguyên văn"]
    assert [] == _get(served, f"/vanthu/{question}.json", _shape="array", **dict.fromkeys(asked, "0000")).json()


def test_every_table_is_described(folder: Path) -> None:
    """And nothing is described that is not there; names of columns in facets exist."""
    (described,) = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))["databases"].values()
    assert set(metadata.tables) == set(described["tables"])
    for name, table in described["tables"].items():
        columns = set(metadata.tables[name].c.keys())
        facets = {next(iter(one.values())) if isinstance(one, dict) else one for one in table.get("facets", ())}
        named = facets | {table[key] for key in ("sort", "sort_desc", "label_column") if key in table}
        assert columns == set(table["columns"])
        assert named | set(table.get("units", {})) <= columns


def test_nothing_is_written(folder: Path, tmp_path: Path) -> None:
    """The file stays as it is and no other appears: a folder one may only read will do."""
    place = tmp_path / "chỉ đọc"
    shutil.copytree(folder, place)
    before = _state(place)
    served = Datasette(immutables=[str(place / "vanthu.db")])
    for path in ("/vanthu", "/vanthu/obligations", "/vanthu/documents"):
        _get(served, path)
    assert before == _state(place)


def _state(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
