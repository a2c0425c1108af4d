"""What reading costs beside bare reading of the same files in the same run, as a table that is kept.

    python tests/benchmarks/ratios.py [N] [--text FOLDER]

N generated dispatches (default 300) in text, DOCX and PDF; ``--text`` names a folder of further texts, such as decrees.
Seconds are of the processor, so that other work on the machine counts little; start-up (the shortest of five) and whole
runs are by the clock. The table goes to the screen and to ``tests/benchmarks/results/ratios.md``.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pypdfium2 as pdfium
import pytesseract
from docx import Document
from generator import dispatches, write
from rich.console import Console
from rich.table import Table

from extractors.clean import clean
from extractors.extract import extract
from pipeline.ocr.engine import version
from pipeline.ocr.images import render
from pipeline.ocr.recognise import recognise
from pipeline.process import process
from pipeline.readers import read

RESULTS = Path(__file__).parent / "results" / "ratios.md"
_VANTHU = str(Path(sys.executable).parent / "vanthu")
_SCANS = 4


class Line(NamedTuple):
    """One measurement: what, our figure, the figure of the bare way, and their ratio or what stands for it."""

    what: str
    ours: str
    bare: str
    ratio: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=300)
    parser.add_argument("--text", type=Path)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "documents"
        folder.mkdir()
        files = [write(one, folder) for one in dispatches(wanted.count)]
        for file in files[:6]:
            process(file)  # patterns are made once
        lines = [*_texts(files, wanted.text), *_formats(files), *_starts(folder), *_runs(Path(scratch), files)]
    _show(lines, wanted.count)


def _texts(files: Sequence[Path], more: Path | None) -> Iterator[Line]:
    groups = {"generated text, all extractors": [f for f in files if f.suffix == ".txt"]}
    if more:
        groups[f"texts of {more.name}, all extractors"] = sorted(more.rglob("*.txt"))
    for what, group in groups.items():
        lines = [read(file).lines for file in group]
        size = sum(file.stat().st_size for file in group) / 1e6
        seconds = _processor(lambda lines=lines: [extract(clean(one)) for one in lines])
        yield Line(what, f"{size / seconds:.2f} MB/s", f"{size:.2f} MB", "")


def _formats(files: Sequence[Path]) -> Iterator[Line]:
    bare_ways: dict[str, Callable[[Path], object]] = {".pdf": _bare_pdf, ".docx": _bare_docx}
    for suffix, bare_way in bare_ways.items():
        group = [f for f in files if f.suffix == suffix]
        ours = _processor(lambda group=group: [process(file) for file in group])
        bare = _processor(lambda group=group, way=bare_way: [way(file) for file in group])
        per = f"{1e3 * ours / len(group):.1f} ms", f"{1e3 * bare / len(group):.1f} ms"
        yield Line(f"{suffix[1:].upper()}, whole pipeline, per file", *per, f"{ours / bare:.2f}")
    yield _scans([f for f in files if f.suffix == ".pdf"][:_SCANS])


def _bare_pdf(file: Path) -> int:
    """The characters of every page with their boxes, which is what words are made of."""
    with closing(pdfium.PdfDocument(file)) as document:
        pages = [page.get_textpage() for page in document]
        return sum(len([page.get_charbox(n) for n in range(page.count_chars())]) for page in pages)


def _bare_docx(file: Path) -> int:
    return sum(len(paragraph.text) for paragraph in Document(str(file)).paragraphs)


def _scans(files: Sequence[Path]) -> Line:
    version()  # sets what the engine needs in the environment
    ours = bare = 0.0
    for file in files:
        with closing(pdfium.PdfDocument(file)) as document:
            picture, scale = render(document[0])
        ours += _processor(lambda picture=picture, scale=scale: recognise(picture, scale))
        bare += _processor(lambda grey=picture: pytesseract.image_to_data(grey, lang="vie", config="--psm 3"))
    per = f"{ours / len(files):.2f} s", f"{bare / len(files):.2f} s"
    return Line("page through recognition", *per, f"{ours / bare:.2f}")


def _starts(folder: Path) -> Iterator[Line]:
    out = folder.parent / "start"
    _run([_VANTHU, "run", str(next(folder.iterdir())), "--out", str(out)])
    bare = _clock(lambda: _run([sys.executable, "-c", "pass"]))
    for words in (["--help"], ["query", "--db", str(out / "vanthu.db")]):
        seconds = _clock(lambda words=words: _run([_VANTHU, *words]))
        yield Line(f"vanthu {words[0]}, start to end", f"{seconds:.2f} s", f"python {bare:.2f} s", "")


def _runs(scratch: Path, files: Sequence[Path]) -> Iterator[Line]:
    costs = []
    for part in (4, 2, 1):
        folder = scratch / f"part{part}"
        folder.mkdir()
        some = files[: len(files) // part]
        for file in some:
            os.link(file, folder / file.name)
        first = _once(lambda f=folder: _run([_VANTHU, "run", str(f), "--out", f"{f}-out"]))
        costs.append((len(some), first))
        if part == 1:
            again = _once(lambda f=folder: _run([_VANTHU, "run", str(f), "--out", f"{f}-out"]))
            yield Line(
                "second run over the same folder", f"{again:.1f} s", f"first {first:.1f} s", f"{again / first:.3f}"
            )
    for count, seconds in costs:
        yield Line(f"vanthu run, {count} files", f"{1e3 * seconds / count:.1f} ms a file", "", "")
    yield Line("memory of one process", *_memory(files), "")


def _memory(files: Sequence[Path]) -> tuple[str, str]:
    """The most that was held after a fifth of the files, and after all of them five times over."""
    for file in files[: len(files) // 5]:
        process(file)
    early = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    for file in [*files] * 5:
        process(file)
    late = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    return f"{late:.0f} MB after {5 * len(files)} files", f"{early:.0f} MB after {len(files) // 5}"


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)


def _processor(work: Callable[[], object]) -> float:
    """Seconds of this process and of those it started and waited for."""
    before = os.times()
    work()
    after = os.times()
    return sum(after[:4]) - sum(before[:4])


def _once(work: Callable[[], object]) -> float:
    """Seconds by the clock: the workers of a run are children of a server that outlives them."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _clock(work: Callable[[], object]) -> float:
    return min(_once(work) for _ in range(5))


def _show(lines: Sequence[Line], count: int) -> None:
    table = Table("measured", "vanthu", "bare", "ratio", title=f"{count} generated dispatches")
    for line in lines:
        table.add_row(*line)
    Console(width=110).print(table)
    head = f"# Ratios\n\n{date.today()}, {os.cpu_count()} cores, {count} generated dispatches (`make bench`).\n\n"
    rows = "".join(f"| {' | '.join(line)} |\n" for line in lines)
    RESULTS.write_text(f"{head}| measured | vanthu | bare | ratio |\n|---|---|---|---|\n{rows}", encoding="utf-8")


if __name__ == "__main__":
    main()
