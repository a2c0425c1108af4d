"""Runs that are killed in their midst, and what must hold of the database they leave behind.

    python tests/killed_runs.py [KILLS] [SEED]

kills that many runs of the command line at moments of chance and compares what is left, and what the next run makes of
it, with a run that nobody disturbed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from conftest import DISPATCH
from containers_fixtures import LETTER, edxml, zipped
from readers_fixtures import letter_docx

#: What only the other documents of the folder, or the office, give: it is written at the end of a run.
_LATE = {"n", "received", "version_of", "units_version", "remarks", "resolved_doc_id", "fitting", "due", "unit"}
_OF_DOCUMENTS = ("documents", "obligations", "citations", "cited_relations", "back_references")


def make_folder(folder: Path, documents: int) -> Path:
    """A folder with texts, Word files, an archive, a message and a broken file, with duties and citations in them."""
    folder.mkdir()
    for n in range(documents):
        text = LETTER.replace("12/UBND-VX", f"{n}/UBND-VX") + DISPATCH
        (folder / f"cv {n:03}.txt").write_text(text, encoding="utf-8")
    for n in range(documents // 5):
        letter_docx().save(str(folder / f"cv {n}.docx"))
    (folder / "hồ sơ.zip").write_bytes(zipped({f"{n}.txt": f"{LETTER}Mục {n}.\n" for n in range(documents // 3)}))
    (folder / "tin.edxml").write_bytes(edxml({"cv.txt": LETTER.encode()}))
    (folder / "hỏng.pdf").write_bytes(b"%PDF-1.7")
    return folder


def start(folder: Path, out: Path) -> subprocess.Popen[bytes]:
    """A run of the command line in a session of its own."""
    command = [sys.executable, "-m", "pipeline.cli", "run", str(folder), "--out", str(out), "--jobs", "2"]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)


def complete(folder: Path, out: Path) -> None:
    """A run to its end; a broken file lets it end with 1."""
    assert start(folder, out).wait(300) == 1


def kill_at(folder: Path, out: Path, seconds: float, *, alone: bool) -> bool:
    """Kill a run that many seconds after it began to write; its workers too, unless ``alone``. False: it had ended."""
    run = start(folder, out)
    while run.poll() is None and not (out / "vanthu.db").exists():
        time.sleep(0.01)
    time.sleep(seconds)
    ended = run.poll() is not None
    (os.kill if alone else os.killpg)(run.pid, signal.SIGKILL) if not ended else None
    run.wait()
    return not ended


def time_of_writing(folder: Path, out: Path) -> float:
    """A run to its end, and how many seconds it took from its first write on."""
    run = start(folder, out)
    while not (out / "vanthu.db").exists():
        time.sleep(0.01)
    began = time.monotonic()
    assert run.wait(300) == 1
    return time.monotonic() - began


def rows(database: Path, *, without: frozenset[str] = frozenset({"n"})) -> Iterator[tuple[str, str | None, str]]:
    """Every row as its table, its document and its values but for those columns."""
    with closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        for table in (*_OF_DOCUMENTS, "obligation_units", "obligation_states", "failures", "decisions", "meta"):
            for row in map(dict, connection.execute(f"SELECT * FROM {table}")):
                kept = {name: value for name, value in row.items() if name not in without}
                yield table, row.get("doc_id"), json.dumps(kept, sort_keys=True, ensure_ascii=False)


def fingerprint(database: Path) -> str:
    """One hash of all rows, in whatever order they were written."""
    return hashlib.sha256("\n".join(map(str, sorted(rows(database), key=str))).encode()).hexdigest()


def damage(database: Path, whole: Path) -> list[str]:
    """What is wrong with a database that a killed run left, against one of the whole folder: nothing, it is hoped."""
    if not database.exists():
        return []
    found = _broken(database)
    parts = frozenset(_LATE)
    expected = {row for row in rows(whole, without=parts) if row[0] in _OF_DOCUMENTS}
    present = {row for row in rows(database, without=parts) if row[0] in _OF_DOCUMENTS}
    documents = {doc_id for table, doc_id, _ in present if table == "documents"}
    missing = {row for row in expected if row[1] in documents} - present
    return found + [f"half: {table} of {doc_id}" for table, doc_id, _ in [*missing, *(present - expected)]]


def _broken(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as connection:
        said = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        if "obligations_fts" in tables:  # raises when the index is not that of the rows
            connection.execute("INSERT INTO obligations_fts(obligations_fts, rank) VALUES('integrity-check', 1)")
    return [] if said == ["ok"] else said


def kill_series(place: Path, kills: int, seed: int, documents: int = 12) -> Iterator[list[str]]:
    """What was wrong after each of so many kills; two or three fall on one folder before a run is let to its end."""
    random, folder = Random(seed), make_folder(place / "kho", documents)
    taken = time_of_writing(folder, place / "whole")
    whole = place / "whole" / "vanthu.db"
    left = kills
    while left > 0:
        out, here = place / f"killed-{left}", min(left, random.choice((2, 3)))
        found: list[list[str]] = []
        while len(found) < here:
            if kill_at(folder, out, random.uniform(0, taken), alone=random.random() < 0.3):
                found.append(damage(out / "vanthu.db", whole))
            elif out.exists():  # it had ended: from the beginning
                shutil.rmtree(out)
        complete(folder, out)
        if fingerprint(out / "vanthu.db") != fingerprint(whole):
            found[-1].append("the next run does not come to the same rows")
        yield from found
        left -= here


def main() -> int:
    """Kill, compare, tell; exit code 1 when anything was wrong."""
    kills, seed = (int(one) for one in (*sys.argv[1:], *("50", "1")[len(sys.argv) - 1 :]))
    with TemporaryDirectory(prefix="kills-") as place:
        found = list(kill_series(Path(place), kills, seed))
    good = sum(not one for one in found)
    print(f"{good} of {len(found)} kills left a sound database, whole documents, and the same rows after the next run")
    for one in found:
        print("\n".join(one[:3]), end="\n" if one else "")
    return 0 if good == len(found) else 1


if __name__ == "__main__":
    sys.exit(main())
