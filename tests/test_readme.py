"""Every example of the READMEs and of docs/ runs and prints what it shows; both READMEs have the same examples."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
from typer.testing import CliRunner

from pipeline.cli import app

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.vi.md")
PAGES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md"))
#: Made by a program, and compared with what it makes now.
GENERATED = "docs/commands.md"
#: Needs several machines: its examples are for reading.
CLUSTER = "docs/cluster.md"
#: Blocks that no test can run (a page that is served until somebody stops it), counted so that none slips in.
NOT_RUN = {"docs/review.md": 1}
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\]\((?!https?://|#)([^)#]+)")
#: Commands that run until they are stopped.
_SERVED = re.compile(r"vanthu (?:review|serve) ")
#: Stands for any text within a line, and alone on a line for any lines.
ELLIPSIS = "…"


@dataclass(frozen=True)
class Command:
    """A command of a ``console`` or ``bash`` block and the output shown below it (``None`` where none is shown)."""

    line: str
    output: str | None


def _blocks(readme: str) -> list[tuple[str, str]]:
    return _BLOCK.findall((ROOT / readme).read_text(encoding="utf-8"))


def _commands(language: str, block: str) -> Iterator[Command]:
    """``bash`` blocks hold a command on each line, ``console`` blocks commands after ``$`` and their output."""
    if language == "bash":
        yield from (Command(line, None) for line in block.splitlines() if line and not line.startswith("#"))
        return
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        line, _, output = part.partition("\n")
        yield Command(line, output)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as after ``git clone``, as far as the examples look at it."""
    path = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "corpus", path / "corpus")
    return path


def _environment() -> dict[str, str]:
    scripts = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    shown = {"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb", "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"}
    return os.environ | {"PATH": scripts} | shown


def _run(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command, env = ["bash", "-c", line], _environment()
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, encoding="utf-8", timeout=300, check=False)


def _matches(shown: str, printed: str) -> bool:
    """True when ``printed`` is what is ``shown``, the widths of blanks and lines in tables aside."""
    pattern = "\n".join(
        r"(?:.*\n)*?.*" if line.strip() == ELLIPSIS else ".*".join(map(re.escape, line.split(ELLIPSIS)))
        for line in _narrowed(shown).splitlines()
    )
    return re.fullmatch(pattern, _narrowed(printed)) is not None


def _narrowed(text: str) -> str:
    """``text`` with each run of blanks or of ``─`` as one, without blanks at the ends of lines."""
    lines = (re.sub(r"([ ─])\1+", r"\1", line).rstrip() for line in text.splitlines())
    return "\n".join(lines).strip("\n")


def test_examples_run_and_print_what_they_show(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The examples of README.md in their order, each in the state the earlier ones left."""
    monkeypatch.chdir(folder)
    ran = 0
    for language, block in _blocks("README.md"):
        if language == "python":
            results = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
            _run_python(block, folder, results)
            ran += 1
        elif language in ("bash", "console"):
            for command in _commands(language, block):
                if re.match(r"(?:make|git) ", command.line):
                    continue
                (_assert_serves if _SERVED.match(command.line) else _assert_runs)(command, folder)
                ran += 1
    assert ran >= 5


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout after ``make demo``; the pages of docs/ share it and each leaves the others what they need."""
    path = tmp_path_factory.mktemp("demo")
    shutil.copytree(ROOT / "corpus", path / "corpus")
    done = _run("vanthu run corpus/documents --out outputs/demo --today 2025-04-19", path)
    assert done.returncode == 0, done.stdout + done.stderr
    return path


@pytest.mark.parametrize("page", [page for page in PAGES if page not in (GENERATED, CLUSTER)])
def test_pages_run_and_print_what_they_show(page: str, demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its examples in their order; what a test cannot run is counted."""
    monkeypatch.chdir(demo)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    globs: dict[str, object] = {}
    left = 0
    for language, block in _blocks(page):
        if language == "python":
            _run_python(block, demo, runner, globs)
        elif language == "toml":
            assert tomllib.loads(block)
        elif language == "text":
            left += 1
        else:
            assert language in ("bash", "console"), language
            for command in _commands(language, block):
                _assert_runs(command, demo)
    assert left == NOT_RUN.get(page, 0)
    assert (ROOT / page).read_text(encoding="utf-8").count("```") == 2 * len(_blocks(page))


def _assert_runs(command: Command, folder: Path) -> None:
    """A command of vanthu runs in this process, where it starts at once, unless it starts others itself."""
    program, *arguments = shlex.split(command.line)
    if program == "vanthu" and arguments[0] != "run":
        here = CliRunner(env={"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}).invoke(app, arguments)
        code, printed = here.exit_code, here.stdout
    else:
        there = _run(command.line, folder)
        code, printed = there.returncode, there.stdout
    assert code == 0, f"{command.line}\n{printed}"
    assert command.output is None or _matches(command.output, printed), f"{command.line}\n{printed}"


def _assert_serves(command: Command, folder: Path) -> None:
    """What is served until it is stopped says where, and answers there."""
    line = f"exec {command.line} --port 0".replace(" --open", "")  # no browser on the machine that tests
    command, env = ["bash", "-c", line], _environment()
    with subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.PIPE, encoding="utf-8") as at:
        try:
            assert at.stdout is not None
            printed = next(line for line in at.stdout if "http://" in line)
            address = re.search(r"http://\S+", printed)
            assert address is not None
            with build_opener(HTTPCookieProcessor()).open(address[0], timeout=60) as answer:
                assert 200 == answer.status
        finally:
            at.terminate()


def test_reference_of_commands_is_that_of_the_program() -> None:
    """``make docs`` renews it."""
    made = subprocess.run(
        [sys.executable, "-m", "typer", "pipeline.cli", "utils", "docs", "--name", "vanthu"],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert (ROOT / GENERATED).read_text(encoding="utf-8").strip() == made.stdout.strip()


def test_pictures_are_small() -> None:
    """A clone is for the program, not for its pictures."""
    pictures = list((ROOT / "docs" / "images").glob("*.png"))
    assert len(pictures) == 2
    assert all(10_000 < picture.stat().st_size < 150_000 for picture in pictures)


def test_index_names_every_page() -> None:
    """Nobody finds a page that nothing leads to."""
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    assert [page for page in PAGES if f"({Path(page).name})" not in index] == ["docs/README.md"]


def _run_python(
    block: str, folder: Path, runner: doctest.DocTestRunner, globs: dict[str, object] | None = None
) -> None:
    """Run the examples of a block; the names it makes stay in ``globs`` for the next block."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        test = doctest.DocTestParser().get_doctest(block, globs or {}, "README.md", "README.md", 0)
        assert test.examples
        failures: list[str] = []
        runner.run(test, out=failures.append, clear_globs=False)
        assert not failures, "".join(failures)
        if globs is not None:
            globs.update(test.globs)
    finally:
        os.chdir(before)


def test_make_lines_are_targets() -> None:
    """A ``make`` line names a target of the Makefile."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for readme in (*READMES, "CONTRIBUTING.md"):
        text = (ROOT / readme).read_text(encoding="utf-8")
        used = set(re.findall(r"(?:^|[`&$] ?)make ([a-z]+)", text, re.MULTILINE))
        assert used, readme
        assert used <= targets, readme


def test_both_readmes_have_the_same_examples() -> None:
    """README.vi.md says the same in Vietnamese: same examples, same order of sections."""
    english, vietnamese = (_blocks(readme) for readme in READMES)
    assert english == vietnamese
    headings = [re.findall(r"^(#+) ", (ROOT / readme).read_text(encoding="utf-8"), re.MULTILINE) for readme in READMES]
    assert headings[0] == headings[1]


@pytest.mark.parametrize(
    "page", [*READMES, "CONTRIBUTING.md", "DECISIONS.md", "GLOSSARY.md", "outputs/README.md", *PAGES]
)
def test_links_lead_somewhere(page: str) -> None:
    """A link within the repository has a target."""
    path = ROOT / page
    broken = [link for link in _LINK.findall(path.read_text(encoding="utf-8")) if not (path.parent / link).exists()]
    assert broken == []


def test_every_command_is_shown() -> None:
    """Each command of ``vanthu`` has an example."""
    shown = {command.line for language, block in _blocks("README.md") for command in _commands(language, block)}
    names = [c.name or c.callback.__name__ for c in app.registered_commands if c.callback is not None]
    assert names
    assert [name for name in names if not any(f"vanthu {name}" in line for line in shown)] == []


def test_glossary_names_exist() -> None:
    """The export keys that GLOSSARY.md pairs with terms are those of the rows."""
    from pipeline.rows import CITATION_KEYS, DOCUMENT_KEYS, OBLIGATION_KEYS

    text = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    terms = [line for line in text.splitlines() if line.startswith("| ") and not line.startswith("| Vietnamese")]
    assert len(terms) >= 40
    technical = {
        "doc_id",
        "obligation_id",
        "citation_id",
        "resolved_doc_id",
        "path",
        "sha256",
        "format",
        "pages",
        "page",
    }
    technical |= {"ocr", "text", "start", "end", "rule", "on_behalf_of", "cites", "deadline_type", "type", "name"}
    keys = set(DOCUMENT_KEYS) | set(OBLIGATION_KEYS) | set(CITATION_KEYS)
    assert [key for key in sorted(keys - technical) if f"`{key}`" not in text] == []
