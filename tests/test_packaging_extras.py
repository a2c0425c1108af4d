"""What an extra brings is asked for by name, with the command that installs it, where it is missing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.ocr import engine
from pipeline.process import process
from pipeline.readers.errors import UnreadableDocument

SCAN = Path(__file__).resolve().parents[1] / "corpus" / "documents" / "tb_racthainhua.pdf"


def _hide(monkeypatch: pytest.MonkeyPatch, *modules: str) -> None:
    """As Python marks what must not be found."""
    for module in modules:
        monkeypatch.setitem(sys.modules, module, None)


@pytest.mark.parametrize(
    ("modules", "named"),
    [(("cv2",), "opencv-python-headless"), (("cv2", "pytesseract"), "opencv-python-headless, pytesseract")],
)
def test_a_scan_without_the_libraries_of_ocr(
    monkeypatch: pytest.MonkeyPatch, modules: tuple[str, ...], named: str
) -> None:
    """The reason of the failure names what is missing and the extra; nothing else is raised."""
    _hide(monkeypatch, *modules)
    with pytest.raises(UnreadableDocument) as told:
        process(SCAN)
    assert f"cần thư viện {named}: " in str(told.value)
    assert "pip install 'vanthu[ocr]'" in str(told.value)


def test_typed_documents_need_no_library_of_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    """The main job works with the plain install."""
    _hide(monkeypatch, "cv2", "pytesseract", "pyarrow", "psycopg", "dask", "distributed", "fsspec")
    assert process(SCAN.with_name("qd_tocongtac.pdf")).obligations


@pytest.mark.parametrize(
    ("modules", "arguments", "extra"),
    [
        (("distributed",), ["run", str(SCAN.parent), "--out", "out", "--scheduler", "local"], "distributed"),
        (("psycopg",), ["query", "--db", "postgresql://lan@localhost/vanthu"], "postgres"),
    ],
)
def test_a_command_without_its_extra(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, modules: tuple[str, ...], arguments: list[str], extra: str
) -> None:
    """One sentence and exit code 2, before anything is written."""
    monkeypatch.chdir(tmp_path)
    _hide(monkeypatch, *modules)
    done = CliRunner().invoke(app, arguments)
    assert 2 == done.exit_code, done.output
    assert f"pip install 'vanthu[{extra}]'" in done.output
    assert list(tmp_path.iterdir()) == []


def test_the_doctor_lists_tesseract_as_missing_without_its_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """It does not stumble over what it is to report; scans are not needed by everybody, so the exit code stays 0."""
    engine.version.cache_clear()
    _hide(monkeypatch, "pytesseract")
    done = CliRunner().invoke(app, ["doctor"])
    assert 0 == done.exit_code, done.output
    assert "Thiếu  Tesseract + vie" in done.output
