"""How long questions take: a made-up database of 10,000, 100,000 and 1,000,000 obligations.

Usage: ``python tests/benchmarks/queries.py [--plans] [--db=postgresql://…] [SIZE …]``. One document has ten duties; two
duties in three have a last day, one in thirty recurs; units are frequent and rare, and every tenth document carries out
another one. Seeded, so that every run has the same rows. Each question is asked for a screen of rows: the time is the
middle of nine, of the processor, for others may share the machine. With ``--db``, an empty database on a server, it is
the shortest of nine by the clock, for the server works beside this process; one size at a time.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine, event

from pipeline.folding import name_key, text_key
from pipeline.query import find_obligations
from pipeline.query_filters import OPEN, Filters
from pipeline.store import open_store
from pipeline.tables import citations, documents, obligation_states, obligation_units, obligations

SIZES = (10_000, 100_000, 1_000_000)
_PER_DOCUMENT, _SCREEN, _TIMES = 10, 50, 9
_TODAY = date(2026, 4, 1)
_KINDS = (("Công văn", "SYT-NVY"), ("Quyết định", "QĐ-UBND"), ("Kế hoạch", "KH-UBND"), ("Chỉ thị", "CT-TTg"))
_UNITS = ("Sở Y tế", "Sở Công Thương", "Sở Nội vụ", "Công an tỉnh", "Sở Tài chính", "Sở Xây dựng", "Sở Tư pháp")
_RULES = ("FREQ=WEEKLY;BYDAY=FR", "FREQ=MONTHLY;BYMONTHDAY=25", "FREQ=DAILY")
_ACTS = ("báo cáo kết quả", "rà soát danh mục", "kiểm tra kho lạnh", "lập phương án", "cập nhật số liệu")
_DUTY = "{unit} {act} về {what} trên địa bàn tỉnh, gửi về Ủy ban nhân dân tỉnh để tổng hợp đúng thời hạn quy định."

QUESTIONS: dict[str, Filters] = {
    "everything": Filters(),
    "due within 7 days": Filters(
        after=_TODAY.isoformat(), before=(_TODAY + timedelta(7)).isoformat(), kind="obligation", status=OPEN,
        daily=False,
    ),
    "due within 7 days, one unit": Filters(
        unit="Sở Y tế", after=_TODAY.isoformat(), before=(_TODAY + timedelta(7)).isoformat(), kind="obligation",
        status=OPEN, daily=False,
    ),
    "overdue": Filters(overdue_on=_TODAY.isoformat(), kind="obligation", status=OPEN),
    "overdue, one unit": Filters(overdue_on=_TODAY.isoformat(), kind="obligation", status=OPEN, unit="Sở Y tế"),
    "a frequent unit": Filters(unit="so y te"),
    "a rare unit": Filters(unit="UBND xã số 77"),
    "a unit nobody knows": Filters(unit="Cục Không Có"),
    "coordinating unit": Filters(unit="Công an tỉnh", role="coordinator", before="2024-01-01"),
    "reports to": Filters(unit="UBND tỉnh", role="report_to", after="2026-04-01"),
    "a rare word": Filters(text="lô 7777"),
    "a frequent phrase": Filters(text='"báo cáo kết quả"'),
    "words, unit and window": Filters(text="kho lạnh", unit="Sở Y tế", after="2026-01-01", before="2026-03-31"),
    "number of a document": Filters(doc="501/QĐ-UBND"),
    "type and months of issue": Filters(doc_type="chỉ thị", issued_from="2024-01-01", issued_to="2024-02-28"),
    "issuer and one day": Filters(issuer="UBND tỉnh", issued_from="2024-01-01", issued_to="2024-01-02"),
    "relation": Filters(relation="replaces"),
    "because of a directive": Filters(because="103/CT-TTg"),
    "because, unit, open": Filters(because="103/CT-TTg", unit="Sở Y tế", status=OPEN),
    "done": Filters(status=("done",)),
    "rare kind": Filters(kind="permission"),
}  # fmt: skip


def main(sizes: list[int], plans: bool, address: str | None = None) -> None:
    """Fill a database of each size, ask every question and print the times; with ``plans`` what SQLite does."""
    console = Console(width=150)
    if address:
        found = {sizes[0]: _on_server(address, sizes[0])}
        sizes = sizes[:1]
    else:
        found = {size: _measured(size, plans, console) for size in sizes}
    table = Table("question", *(f"{size:,} (ms)" for size in sizes), "rows found")
    for question in QUESTIONS:
        times = [f"{found[size][question][0]:.1f}" for size in sizes]
        table.add_row(question, *times, str(found[sizes[-1]][question][1]))
    console.print(table)


def _measured(size: int, plans: bool, console: Console) -> dict[str, tuple[float, int]]:
    with TemporaryDirectory() as folder:
        engine = open_store(Path(folder) / "vanthu.db", create=True)
        began = time.perf_counter()
        _fill(engine, size)
        megabytes = (Path(folder) / "vanthu.db").stat().st_size / 1e6
        print(f"{size:,} filled in {time.perf_counter() - began:.0f} s, {megabytes:,.0f} MB", file=sys.stderr)
        found = {name: _timed(engine, filters) for name, filters in QUESTIONS.items()}
        if plans and size == max(SIZES):
            for name, filters in QUESTIONS.items():
                _explain(engine, name, filters, console)
        engine.dispose()
    return found


def _on_server(address: str, size: int) -> dict[str, tuple[float, int]]:
    engine = open_store(address, create=True)
    _fill(engine, size)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")
    return {name: _timed(engine, filters) for name, filters in QUESTIONS.items()}


def _timed(engine: Engine, filters: Filters) -> tuple[float, int]:
    clock, middle = (time.process_time, median) if engine.dialect.name == "sqlite" else (time.perf_counter, min)
    times = []
    for _ in range(_TIMES):
        began = clock()
        rows = find_obligations(engine, filters, _SCREEN)
        times.append((clock() - began) * 1000)
    return middle(times), len(rows)


def _explain(engine: Engine, name: str, filters: Filters, console: Console) -> None:
    """Print the plan of every statement over the duties that a question leads to."""
    asked: list[tuple[str, Any]] = []
    note: Callable[..., None] = lambda _c, _cursor, statement, values, *_: asked.append((statement, values))  # noqa: E731
    event.listen(engine, "before_cursor_execute", note)
    find_obligations(engine, filters, _SCREEN)
    event.remove(engine, "before_cursor_execute", note)
    console.print(f"[bold]{name}[/bold]")
    with engine.connect() as connection:
        for statement, values in asked:
            if "ORDER BY" in statement and "FROM obligations" in statement:
                plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
                console.print("\n".join(f"    {step[3]}" for step in plan), markup=False, highlight=False)


def _fill(engine: Engine, size: int) -> None:
    """Rows straight into the tables: reading files is measured elsewhere."""
    chance, count = random.Random(7), size // _PER_DOCUMENT
    raw = engine.raw_connection()
    in_file = engine.dialect.name == "sqlite"
    if in_file:
        raw.execute("PRAGMA cache_size = -600000")  # kilobytes: the indexes are filled in no order
    for first in range(0, count, 2000):
        numbers = range(first, min(first + 2000, count))
        papers = [_document(n, count) for n in numbers]
        duties = [duty for paper in papers for duty in _duties(paper, chance)]
        cited = [one for n in numbers for one in _mentions(n, count, chance)]
        units = [unit for duty in duties for unit in _units(duty)]
        states = [_state(duty) for duty in duties if chance.random() < 0.05]
        sets = ((documents, papers), (obligations, duties), (citations, cited), (obligation_units, units))
        for table, rows in (*sets, (obligation_states, states)):
            if rows:
                (_insert if in_file else _copy)(raw.cursor(), table.name, rows)
    if in_file:
        raw.execute("INSERT INTO obligations_fts(obligations_fts) VALUES ('rebuild')")
    raw.commit()
    raw.close()


def _insert(cursor: Any, table: str, rows: list[dict[str, Any]]) -> None:
    marks, columns = ", ".join("?" * len(rows[0])), ", ".join(f'"{name}"' for name in rows[0])
    cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", [tuple(row.values()) for row in rows])


def _copy(cursor: Any, table: str, rows: list[dict[str, Any]]) -> None:
    columns = ", ".join(f'"{name}"' for name in rows[0])
    with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copied:
        for row in rows:
            copied.write_row(tuple(row.values()))


def _document(number: int, count: int) -> dict[str, Any]:
    kind, symbol = _KINDS[number % len(_KINDS)]
    day = date(2016, 1, 1) + timedelta(days=number * 3780 // count)
    return {
        "doc_id": f"{number:016x}", "source": f"/kho/{number}.docx", "path": f"{number}.docx", "doc_type": kind,
        "code": f"{number}/{symbol}", "canonical_id": f"{number}/{symbol}@{day.year}", "date": day.isoformat(),
        "issuer": "Ủy ban nhân dân tỉnh Bình Lục" if "UBND" in symbol else f"Cơ quan {number % 90}",
        "subject": "tăng cường kiểm tra kho lạnh", "text": _DUTY * 8, "version": "v1",
    }  # fmt: skip


def _duties(paper: dict[str, Any], chance: random.Random) -> Iterator[dict[str, Any]]:
    for i in range(_PER_DOCUMENT):
        issued = date.fromisoformat(paper["date"])
        unit = chance.choice(_UNITS) if chance.random() < 0.7 else f"Ủy ban nhân dân xã số {chance.randrange(3000)}"
        quote = _DUTY.format(unit=unit, act=chance.choice(_ACTS), what=f"lô {chance.randrange(100_000)}")
        due = (issued + timedelta(chance.randrange(5, 60))).isoformat() if chance.random() < 0.67 else None
        rule = chance.choice(_RULES) if due and chance.random() < 0.05 else None
        yield {
            "obligation_id": f"{chance.getrandbits(64):016x}", "doc_id": paper["doc_id"], "path": paper["path"],
            "page": 1, "start": i * 150, "end": i * 150 + 140, "quote": quote, "folded": text_key(quote),
            "kind": "permission" if chance.random() < 0.001 else "obligation", "due": _on_rule(due, rule),
            "recurrence": rule, "report_to": "UBND tỉnh" if chance.random() < 0.3 else None,
            "actors": json.dumps([unit]), "coordinators": json.dumps(["Công an tỉnh"] if i == 3 else []),
            "actor_units": "[]", "channels": "[]", "cites": "[]", "warnings": "[]", "confidence": 0.9,
            "superseded": 0, "origin": "machine",
        }  # fmt: skip


def _on_rule(due: str | None, rule: str | None) -> str | None:
    """The first day of a rule is one of its days."""
    if due is None or rule is None or rule == "FREQ=DAILY":
        return due
    day = date.fromisoformat(due)
    return (day.replace(day=25) if "MONTHLY" in rule else day + timedelta((4 - day.weekday()) % 7)).isoformat()


def _units(duty: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for role, names in (("actor", duty["actors"]), ("coordinator", duty["coordinators"])):
        for name in json.loads(names):
            yield {"obligation_id": duty["obligation_id"], "doc_id": duty["doc_id"], "role": role, "name": name,
                   "folded": name_key(name), "how": "named"}  # fmt: skip


def _state(duty: dict[str, Any]) -> dict[str, Any]:
    return {"obligation_id": duty["obligation_id"], "doc_id": duty["doc_id"], "status": "done", "person": "Lan"}


def _mentions(number: int, count: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    for i in range(3):
        other = max(0, number - 1 - int(chance.expovariate(1 / 300)))
        relation = "implements" if i == 0 and number % 10 == 0 else "replaces" if number % 500 == 1 else "mentions"
        paper = _document(other, count)
        yield {"citation_id": f"{number:x}-{i}", "doc_id": f"{number:016x}", "path": f"{number}.docx", "start": i,
               "end": i + 9, "code": paper["code"], "canonical_id": paper["canonical_id"], "relation": relation,
               "resolved_doc_id": paper["doc_id"]}  # fmt: skip


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    address = next((word.removeprefix("--db=") for word in sys.argv if word.startswith("--db=")), None)
    main([int(size) for size in words] or list(SIZES), "--plans" in sys.argv, address)
