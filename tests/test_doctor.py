"""``vanthu doctor`` on this machine, and on one where libraries and programs are missing or broken."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from string import Formatter

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.doctor import TEXTS

ROOT = Path(__file__).resolve().parents[1]
METADATA = """Metadata-Version: 2.4
Name: vanthu
Version: 9.8
Requires-Dist: thu-vien-khong-co>=1
Requires-Dist: typer>=0.15
Provides-Extra: postgres
Requires-Dist: trinh-dieu-khien-khong-co[binary]>=3; extra == 'postgres'
Provides-Extra: parquet
Requires-Dist: rich; extra == "parquet"
"""


@pytest.mark.parametrize(("lang", "last"), [("vi", "Mọi thứ bắt buộc đều có."), ("en", "All that is needed is there.")])
def test_a_machine_with_everything(lang: str, last: str) -> None:
    """Each thing with what it is for; exit code 0."""
    result = CliRunner().invoke(app, ["doctor", "--lang", lang])
    assert 0 == result.exit_code, result.output
    lines = result.output.splitlines()
    assert lines[-1] == last
    for name in ("Python 3", "SQLite 3", "spaCy 3", "underthesea", "Tesseract + vie 5", "LibreOffice /"):
        assert [f"{TEXTS['there'][lang == 'en']}"] == [one.split()[0] for one in lines if name in one], name


def test_a_machine_that_lacks_much(tmp_path: Path) -> None:
    """What is needed and missing or broken ends with 1 and the command that mends it; what is optional is only said."""
    described = tmp_path / "vanthu-9.8.dist-info"
    described.mkdir()
    (described / "METADATA").write_text(METADATA, encoding="utf-8")
    (tmp_path / "underthesea.py").write_text("raise OSError('made for another machine')\n", encoding="utf-8")
    (tmp_path / "spacy.py").write_text("def blank(name): return name\n", encoding="utf-8")
    env = os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}", "PATH": str(tmp_path)}
    env |= {"VANTHU_SOFFICE": "", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "doctor"], env=env, capture_output=True, encoding="utf-8", check=False
    )
    assert 1 == done.returncode, done.stderr
    assert "vanthu 9.8, " in done.stdout
    assert "Thiếu 2 thứ bắt buộc" in done.stderr
    said = [line.strip() for line in done.stdout.splitlines()]
    advice = {
        said[at - 1].split(maxsplit=1)[1].split(":")[0]: line for at, line in enumerate(said) if "Cách cài" in line
    }
    for name, command in {
        "thu-vien-khong-co": "pip install thu-vien-khong-co",
        "underthesea 9": "pip install --force-reinstall underthesea",
        "Tesseract": "sudo apt-get install tesseract-ocr tesseract-ocr-vie",
        "LibreOffice": "sudo apt-get install libreoffice-writer",
        "Font": "sudo apt-get install fonts-croscore",
        "vanthu[postgres] (trinh-dieu-khien-khong-co)": "pip install 'vanthu[postgres]'",
    }.items():
        assert [command in how for what, how in advice.items() if what.startswith(name)] == [True], name
    assert any(line.startswith("Có") and "vanthu[parquet] (rich)" in line for line in said)
    assert not any("typer" in line for line in said)


def test_every_extra_says_what_it_is_for() -> None:
    """An extra that is added gets its own words."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(project["optional-dependencies"]) <= set(TEXTS)


def test_every_text_has_the_same_blanks_in_both_languages() -> None:
    """And both are written."""
    for pair in TEXTS.values():
        blanks = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in pair]
        assert all(pair)
        assert blanks[0] == blanks[1]
