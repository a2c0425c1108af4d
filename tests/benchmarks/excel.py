"""The workbook of a query with 100,000 obligations beside bare XlsxWriter with the same cells: time and memory.

Usage: ``python tests/benchmarks/excel.py [ROWS]``. Each way runs in a process of its own, whose peak of memory is told
by the operating system. *bare*: plain calls of ``write_string`` and the like with the same values, nothing else; *ours*
adds what makes these values of rows, the formats, links, heights, lists, colours and signs for the way back.
*whole* writes ``obligations.xlsx`` from a database with as many obligations; *back* reads that again.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.table import Table

ROWS = 100_000
_WAYS = ("nothing", "bare", "ours", "whole", "back")
_UNITS = ("Sở Y tế tỉnh Bình Lục", "Sở Công Thương tỉnh Bình Lục", "UBND huyện Cửa Biển", "Công an tỉnh Bình Lục")
_QUOTE = (
    "Chủ trì, phối hợp với các đơn vị liên quan kiểm tra kho lạnh số {n}, lập danh sách cơ sở chưa bảo đảm điều kiện "
    "và báo cáo Ủy ban nhân dân tỉnh trước ngày {day:%d/%m/%Y}."
)


def main(rows: int) -> None:
    """Measure every way and print a table."""
    table = Table("way", "s (processor)", "peak MB", "file MB")
    for way in _WAYS:
        told = subprocess.run(
            [sys.executable, __file__, "--one", way, str(rows)], check=True, stdout=subprocess.PIPE, text=True
        )
        seconds, peak, size = json.loads(told.stdout)
        table.add_row(way, f"{seconds:,.1f}", f"{peak:,.0f}", f"{size:,.1f}")
    Console().print(table)


def measure(way: str, rows: int) -> tuple[float, float, float]:
    """Seconds of processor time, peak of memory and size of the file in MB."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "obligations.xlsx"
        seconds = globals()[f"_{way}"](rows, path)
        size = path.stat().st_size / 1e6 if path.exists() else 0.0
        return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, size


def _timed(work: Any, *arguments: Any) -> float:
    began = time.process_time()
    work(*arguments)
    return time.process_time() - began


def _nothing(rows: int, _path: Path) -> float:
    """Only the rows, which both ways need."""
    from pipeline.export.xlsx import write_found

    return _timed(lambda: sum(bool(row) for row in _found(rows)) and write_found)


def _ours(rows: int, path: Path) -> float:
    from pipeline.export.xlsx import write_found

    return _timed(write_found, _found(rows), path)


def _bare(rows: int, path: Path) -> float:
    """The same cells, worked out before the clock starts for one row and varied by its number."""
    from xlsxwriter import Workbook

    from pipeline.export import duties
    from pipeline.export.sheet import Link, cell_of

    (row,) = _found(1)
    cells = duties.obligation_cells(row, lambda _: None, path.parent)
    values = [cell_of(cells.get(column.key, 0)) for column in duties.SHEET.columns]
    quote = [column.key for column in duties.SHEET.columns].index("quote")
    plain: list[Any] = [value.text if isinstance(value, Link) else value for value in values]

    def write() -> None:
        with Workbook(str(path), {"constant_memory": True, "strings_to_urls": False}) as book:
            sheet, style = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
            for n in range(rows):
                for at, value in enumerate([*plain[:quote], f"{n} {plain[quote]}", *plain[quote + 1 :]]):
                    if isinstance(value, str):
                        sheet.write_string(n, at, value)
                    elif isinstance(value, date):
                        sheet.write_datetime(n, at, value, style)
                    else:
                        sheet.write_number(n, at, value)

    return _timed(write)


def _whole(rows: int, path: Path) -> float:
    from pipeline.export.xlsx import write

    return _timed(write, _stored(rows, path.parent), path.parent, False)


def _back(rows: int, path: Path) -> float:
    from pipeline.export.xlsx import write
    from pipeline.importing.compare import compare
    from pipeline.importing.workbook import read_lines

    engine = _stored(rows, path.parent)
    write(engine, path.parent, False)
    return _timed(compare, engine, read_lines(path))


def _found(rows: int) -> Iterator[dict[str, Any]]:
    """Rows as a query gives them."""
    of_document = {"doc_code": "12/UBND-VX", "doc_date": "2026-03-20", "doc_issuer": None, "doc_subject": None,
                   "doc_type": "Công văn", "source": "/kho/cv.pdf"}  # fmt: skip
    state = {"status": "new", "person": None, "note": None, "answered_by": None, "review": None}
    for n in range(rows):
        yield _obligation(n) | of_document | state


def _obligation(n: int) -> dict[str, Any]:
    day = date(2026, 1, 1) + timedelta(days=n % 365)
    quote = _QUOTE.format(n=n, day=day)
    nothing = ("exception", "target", "accountable_to", "ordered_by", "ordered_in", "route", "condition",
               "recurrence", "parent", "former_id", "deadline_anchor", "deadline_rule")  # fmt: skip
    return {
        **dict.fromkeys(nothing), "obligation_id": f"{n:016x}", "doc_id": f"d{n // 10}", "path": f"{n // 10}.pdf",
        "page": n % 5 + 1, "start": n % 10, "end": n % 10 + len(quote), "quote": quote, "kind": "obligation",
        "actors": [_UNITS[n % 4]], "actor_units": [], "coordinators": [_UNITS[(n + 1) % 4]], "action": quote[:-1],
        "actor_source": "explicit", "deadline_text": f"trước ngày {day:%d/%m/%Y}", "deadline": f"<{day}",
        "deadline_type": "absolute", "due": day.isoformat(), "report_to": "Ủy ban nhân dân tỉnh", "channels": [],
        "product": "báo cáo", "clause": str(n % 10 + 1), "cites": [], "warnings": [], "confidence": 0.9, "rule": "r",
        "actor_rule": "named", "origin": "machine",
    }  # fmt: skip


def _stored(rows: int, folder: Path) -> Any:
    from sqlalchemy import insert

    from pipeline.store import open_store
    from pipeline.tables import documents, obligations

    engine = open_store(folder / "vanthu.db", create=True)
    names = ("addressees", "recipients", "warnings", "signatures", "annexes", "issuers", "remarks")
    lists: dict[str, Any] = {name: [] for name in names}
    with engine.begin() as connection:
        made = [
            {"doc_id": f"d{n}", "source": f"/kho/{n}.pdf", "path": f"{n}.pdf", "code": f"{n}/UBND-VX", **lists,
             "date": "2026-03-20", "doc_type": "Công văn", "version": "v1"}
            for n in range(rows // 10 + 1)
        ]  # fmt: skip
        connection.execute(insert(documents), made)
        for first in range(0, rows, 5000):
            some = [_obligation(n) | {"folded": ""} for n in range(first, min(first + 5000, rows))]
            connection.execute(insert(obligations), some)
    return engine


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(sys.argv[2], int(sys.argv[3]))))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else ROWS)
