"""The package as others get it: sdist, a wheel built from it, installed without the repository and used."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
THREE = ("cd_ungpho_muabao.txt", "ct_baoverung.docx", "qd_tocongtac.pdf")
ASK_INSTALLED = """
import json, pathlib, spacy, pipeline, extractors
from pipeline.fingerprint import extractor_version
nlp = spacy.blank("xx")
nlp.add_pipe("vanthu")
doc = nlp("Yêu cầu Sở Y tế báo cáo trước ngày 05/4/2020.")
print(json.dumps({"places": [pipeline.__file__, extractors.__file__], "version": extractor_version(),
                  "deadlines": [span.kb_id_ for span in doc.spans["deadlines"]]}))
"""


@dataclass(frozen=True)
class Installed:
    """The two archives, the environment with the wheel in it, and a folder where three documents were read."""

    sdist: Path
    wheel: Path
    programs: Path
    folder: Path
    summary: str = ""

    def run(self, *command: str) -> str:
        """What a program of the environment prints; it must end well."""
        env = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VANTHU_DB", "VANTHU_LANG")}
        env |= {"PYTHONIOENCODING": "utf-8", "COLUMNS": "100"}
        done = subprocess.run(
            [str(self.programs / command[0]), *command[1:]],
            cwd=self.folder, env=env, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert 0 == done.returncode, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Libraries come from the environment of the tests, through a path file: nothing is fetched."""
    room = tmp_path_factory.mktemp("release")
    sdist = _built(ROOT, room, "sdist")
    with tarfile.open(sdist) as archive:
        archive.extractall(room / "source", filter="data")
    wheel = _built(next((room / "source").iterdir()), room, "wheel")
    venv.create(room / "env", with_pip=False)
    python = room / "env" / "bin" / "python"
    _call(
        [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)], room
    )
    site = next((room / "env" / "lib").glob("python*/site-packages"))
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    folder = room / "work"
    (folder / "kho").mkdir(parents=True)
    for name in THREE:
        (folder / "kho" / name).write_bytes((ROOT / "corpus" / "documents" / name).read_bytes())
    ready = Installed(sdist, wheel, python.parent, folder)
    return replace(ready, summary=ready.run("vanthu", "run", "kho", "--out", "out", "--jobs", "1"))


def _built(source: Path, target: Path, kind: str) -> Path:
    _call([sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(target)], source)
    return next(target.glob("*.whl" if kind == "wheel" else "*.tar.gz"))


def _call(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stdout + done.stderr


def _package_files(names: list[str]) -> set[str]:
    return {name for name in names if name.startswith(("extractors/", "pipeline/")) and "__pycache__" not in name}


def test_wheel_holds_every_file_of_the_packages(installed: Installed) -> None:
    """Lexicons, templates, pages and migrations come along; tests and corpus do not."""
    here = [path.relative_to(ROOT).as_posix() for pkg in ("extractors", "pipeline") for path in (ROOT / pkg).rglob("*")]
    files = {name for name in here if (ROOT / name).is_file()}
    names = zipfile.ZipFile(installed.wheel).namelist()
    assert _package_files(names) == _package_files(sorted(files))
    assert {name.split("/")[0].split("-")[0] for name in names} == {"extractors", "pipeline", "vanthu"}


def test_sdist_holds_what_the_tests_need(installed: Installed) -> None:
    """Whoever has the sdist can run the checks."""
    with tarfile.open(installed.sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    pages = [f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")]
    wanted = ["Makefile", "uv.lock", "README.vi.md", "corpus/floors.json", "tests/conftest.py", "outputs/README.md"]
    assert [name for name in [*wanted, *pages] if name not in names] == []


def test_three_files_are_read_without_the_repository(installed: Installed) -> None:
    """Help, a run over text, Word and PDF, a question, the workbook, the page of the graph."""
    assert "query" in installed.run("vanthu", "--help")
    assert "Đọc mới 3 văn bản" in installed.summary
    found = json.loads(
        installed.run("vanthu", "query", "--db", "out/vanthu.db", "--unit", "con co", "--format", "json")
    )
    assert {row["doc_code"] for row in found} == {"07/CĐ-UBND"}
    installed.run("vanthu", "graph", "--db", "out/vanthu.db", "--out", "out/graph.html")
    assert "07/CĐ-UBND" in (installed.folder / "out" / "graph.html").read_text(encoding="utf-8")
    assert zipfile.is_zipfile(installed.folder / "out" / "obligations.xlsx")


def test_results_say_which_extractors_made_them(installed: Installed) -> None:
    """The installed rules are those of the repository, as each document in the database says; spaCy finds them too."""
    from pipeline.fingerprint import extractor_version

    told = json.loads(installed.run("python", "-c", ASK_INSTALLED))
    assert all(Path(place).is_relative_to(installed.programs.parent) for place in told["places"])
    assert told["version"] == extractor_version()
    assert told["deadlines"] == ["<2020-04-05"]
    with closing(sqlite3.connect(installed.folder / "out" / "vanthu.db")) as database:
        assert database.execute("SELECT version FROM documents").fetchall() == [(extractor_version(),)] * 3


def test_the_doctor_knows_the_extras(installed: Installed) -> None:
    """The installed package says itself which extras it has, and each is one that the project declares."""
    said = installed.run("vanthu", "doctor", "--lang", "en")
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert [extra for extra in declared if f"vanthu[{extra}]" not in said] == []
    assert "All that is needed is there." in said
