"""How resolving and the graph grow: a made-up archive of 10,000 and of 100,000 documents with ten citations each.

Usage: ``python tests/benchmarks/graph.py [SIZE …]``. Each size runs in a process of its own, whose peak of memory is
told by the operating system. Documents cite mostly what is new, a few laws are cited by all, one citation in ten leaves
the year open and one in four names a document outside the archive: seeded, so that every run has the same archive.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine, insert

SIZES = (10_000, 100_000)
_CITED = 10
_KINDS = (("Công văn", "SYT-NVY"), ("Quyết định", "QĐ-UBND"), ("Kế hoạch", "KH-UBND"), ("Chỉ thị", "CT-TTg"))
_RELATIONS = ("basis", "implements", "mentions", "mentions", "guides", "replies_to", "amends", "replaces")
_LAWS = ("30/2020/NĐ-CP", "31/2024/QH15", "72/2025/QH15")
_TEXT = "Căn cứ các văn bản nêu dưới đây, đơn vị thực hiện theo đúng thời hạn. " * 12


def main(sizes: list[int]) -> None:
    """Measure every size and print a table, times with their growth from size to size."""
    found = [_apart(size) for size in sizes]
    table = Table("step", *(f"{size:,}" for size in sizes), *(["growth"] if len(sizes) > 1 else []))
    for step in found[0]:
        values = [one[step] for one in found]
        growth = [f"x{values[-1] / values[0]:.1f}"] if len(sizes) > 1 and values[0] else []
        table.add_row(step, *(f"{value:,.2f}" for value in values), *growth)
    Console().print(table)


def _apart(size: int) -> dict[str, float]:
    told = subprocess.run([sys.executable, __file__, "--one", str(size)], check=True, stdout=subprocess.PIPE, text=True)
    figures: dict[str, float] = json.loads(told.stdout)
    return figures


def measure(size: int) -> dict[str, float]:
    """Seconds of processor time for each step over an archive of ``size`` documents, and the peak of memory in MB.

    Processor time, for others may share the machine.
    """
    from pipeline.graph.build import build_graph
    from pipeline.graph.chains import chain, missing
    from pipeline.graph.select import around, find_document
    from pipeline.graph.view import Scene
    from pipeline.graph.write import write_graph
    from pipeline.language import Language, speaker
    from pipeline.resolve import resolve_citations
    from pipeline.store import open_store

    times: dict[str, float] = {}
    timed = partial(_timed, times)
    with TemporaryDirectory() as folder:
        home, say = Path(folder), speaker(Language.VI)
        engine = open_store(home / "vanthu.db", create=True)
        timed("fill (not ours)", lambda: _fill(engine, size))
        timed("resolve, first run", lambda: resolve_citations(engine))
        timed("resolve, nothing new", lambda: resolve_citations(engine))
        whole = timed("build", lambda: build_graph(engine))
        times["nodes"], times["edges"] = whole.num_nodes(), whole.num_edges()
        at = timed("find a document", lambda: find_document(whole, f"{size // 8 * 4}/SYT-NVY"))
        part = timed("two steps around it", lambda: around(whole, at, 2))
        timed("its chain", lambda: chain(whole, at))
        timed("missing list", lambda: missing(whole))
        for name, one in (("part", part), ("whole", whole)):
            for suffix in ("json", "graphml"):
                scene, path = Scene(whole, one, "2026-01-01"), home / f"{name}.{suffix}"
                timed(f"write {name}.{suffix}", partial(write_graph, engine, scene, path, say))
        engine.dispose()
    return times


def _timed(times: dict[str, float], step: str, work: Callable[[], Any]) -> Any:
    """The result of ``work``, with its processor time and the peak of memory so far under the name of ``step``."""
    began = time.process_time()
    done = work()
    times[step] = time.process_time() - began
    times[f"{step}: peak MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{step}: {times[step]:.2f} s", file=sys.stderr, flush=True)
    return done


def _fill(engine: Engine, size: int) -> None:
    """Rows straight into the tables: reading files is measured elsewhere."""
    from pipeline.tables import citations, documents

    chance = random.Random(7)
    with engine.begin() as connection:
        for first in range(0, size, 5000):
            numbers = range(first, min(first + 5000, size))
            connection.execute(insert(documents), [_document(number, size) for number in numbers])
            connection.execute(insert(citations), [one for n in numbers for one in _mentions(n, size, chance)])


def _document(number: int, size: int) -> dict[str, Any]:
    kind, symbol = _KINDS[number % len(_KINDS)]
    day = date(2016, 1, 1) + timedelta(days=number * 3650 // size)
    local = "#binh-luc" if "UBND" in symbol else ""
    return {
        "doc_id": f"{number:016x}", "source": f"/kho/{number}.docx", "path": f"{number}.docx", "doc_type": kind,
        "code": f"{number}/{symbol}", "canonical_id": f"{number}/{symbol}@{day.year}{local}", "date": day.isoformat(),
        "issuer": "Ủy ban nhân dân tỉnh Bình Lục", "subject": "tăng cường kiểm tra kho lạnh", "text": _TEXT,
        "version": "v1",
    }  # fmt: skip


def _mentions(number: int, size: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    for i in range(_CITED):
        row = {"citation_id": f"{number:x}-{i}", "doc_id": f"{number:016x}", "path": f"{number}.docx", "page": 1,
               "start": 60 * i, "end": 60 * i + 30, "relation": chance.choice(_RELATIONS), "rule": "full"}  # fmt: skip
        if i == 0 or number == 0:
            law = chance.choice(_LAWS)
            yield row | {"code": law, "canonical_id": law, "type": "Luật", "name": None, "date": None}
            continue
        other = _document(max(0, number - int(chance.expovariate(1 / 500)) - 1), size)
        outside = chance.random() < 0.25
        code = f"9{other['code']}" if outside else other["code"]
        known = other["canonical_id"].replace(other["code"], code)
        key = known.replace(f"@{other['date'][:4]}", "@?") if chance.random() < 0.1 else known
        stated = {"type": other["doc_type"], "name": None, "date": other["date"]}
        yield row | stated | {"code": code, "canonical_id": key}


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(int(sys.argv[2]))))
    else:
        main([int(size) for size in sys.argv[1:]] or list(SIZES))
