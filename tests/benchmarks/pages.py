"""Pages a second: the PDF reader against bare text extraction, recognition against bare Tesseract, and memory.

    python tests/benchmarks/pages.py FOLDER [--scans N] [--repeat N]

Both sides see the same pages in the same run; only the ratios mean something on another machine. ``--repeat`` reads the
born-digital files again and again and prints the memory of the process as it goes.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pypdfium2 as pdfium
import pytesseract

from pipeline.ocr.engine import version
from pipeline.ocr.images import render
from pipeline.ocr.recognise import recognise
from pipeline.readers import Options, UnreadableDocument, read


def main() -> None:
    """Measure the folder named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scans", type=int, default=8, help="how many scanned pages to recognise")
    parser.add_argument("--repeat", type=int, default=0, help="how many documents to read for the memory")
    wanted = parser.parse_args()
    typed, scanned = _sorted(sorted(wanted.folder.rglob("*.pdf")))
    if typed:
        _typed(typed)
        _memory(typed, wanted.repeat)
    if scanned:
        _recognised(scanned, wanted.scans)


def _sorted(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """The files that are typed from end to end, and the others."""
    typed: list[Path] = []
    scanned: list[Path] = []
    for path in paths:
        try:
            document = read(path, Options(ocr=False))
            (scanned if document.unread else typed).append(path)
        except UnreadableDocument as error:
            scanned += [path] if "--no-ocr" in error.reason else []
    return typed, scanned


def _typed(paths: Sequence[Path]) -> None:
    pages = sum(_pages(path) for path in paths)
    bare = _seconds(lambda: [_bare_text(path) for path in paths])
    ours = _seconds(lambda: [read(path, Options(ocr=False)) for path in paths])
    print(
        f"typed: {pages} pages, {pages / ours:.1f} pages/s, bare pypdfium2 {pages / bare:.1f}, ratio {ours / bare:.1f}"
    )


def _pages(path: Path) -> int:
    with closing(pdfium.PdfDocument(path)) as document:
        return len(document)


def _bare_text(path: Path) -> int:
    with closing(pdfium.PdfDocument(path)) as document:
        return sum(len(page.get_textpage().get_text_bounded()) for page in document)


def _recognised(paths: Sequence[Path], most: int) -> None:
    version()  # sets what the engine needs in the environment
    pages = bare = ours = 0.0
    for path in paths:
        with closing(pdfium.PdfDocument(path)) as document:
            for page in list(document)[: max(1, round(most - pages))]:
                began = time.perf_counter()
                picture, scale = render(page)
                recognise(picture, scale)
                ours += time.perf_counter() - began
                bare += _seconds(lambda grey=picture: pytesseract.image_to_data(grey, lang="vie", config="--psm 3"))
                pages += 1
        if pages >= most:
            break
    per_page = f"{ours / pages:.2f} s/page, bare Tesseract {bare / pages:.2f}"
    print(f"scans: {pages:.0f} pages, {per_page}, ratio {ours / bare:.2f}")


def _memory(paths: Sequence[Path], repeat: int) -> None:
    for number in range(repeat):
        read(paths[number % len(paths)], Options(ocr=False))
        if number % max(1, repeat // 5) == 0:
            print(f"memory after {number + 1} documents: {_resident():.0f} MB (most so far {_most():.0f})")


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def _most() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
