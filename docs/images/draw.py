"""Draw the pictures of the README from the results of ``make demo``: workbook (LibreOffice Calc), graph (Chromium).

``python docs/images/draw.py [FOLDER]`` writes ``workbook.png`` and ``graph.png`` beside this file; FOLDER holds the
results (``outputs/demo``). Nobody needs the two programs to use vanthu.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
#: Few colours are enough for print on white, and keep a picture small.
_COLOURS = 48
_GRAPH = ("--doc", "1268/QĐ-BXD", "--depth", "1")


def draw_workbook(folder: Path, room: Path) -> None:
    """The upper part of the list of duties, as it is printed."""
    source = folder / "obligations.xlsx"
    subprocess.run(["soffice", "--headless", "--convert-to", "pdf", "--outdir", room, source], check=True)
    page = pypdfium2.PdfDocument(room / "obligations.pdf")[0]
    picture = page.render(scale=1.6).to_pil()
    _save(picture.crop((0, 0, picture.width, int(picture.height * 0.55))), HERE / "workbook.png")


def draw_graph(folder: Path, room: Path) -> None:
    """The page around one document, as a browser shows it."""
    page_file, picture = room / "graph.html", room / "graph.png"
    command = ["vanthu", "graph", "--db", folder / "vanthu.db", *_GRAPH, "--out", page_file]
    subprocess.run([sys.executable, "-m", "pipeline.cli", *command[1:]], check=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1100, "height": 620})
        page.goto(page_file.as_uri())
        page.wait_for_timeout(1000)
        page.screenshot(path=picture)
        browser.close()
    _save(Image.open(picture), HERE / "graph.png")


def _save(picture: Image.Image, target: Path) -> None:
    picture.convert("RGB").quantize(_COLOURS).save(target, optimize=True)


if __name__ == "__main__":
    results = Path(sys.argv[1] if len(sys.argv) > 1 else "outputs/demo")
    with tempfile.TemporaryDirectory() as scratch:
        draw_workbook(results, Path(scratch))
        draw_graph(results, Path(scratch))
