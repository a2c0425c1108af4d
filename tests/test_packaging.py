"""What is declared is what is used, locked, licensed and shipped."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import distribution, entry_points, packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))

#: Terms under which a library may be imported by an Apache-2.0 program that is passed on.
PERMISSIVE = re.compile(r"\b(?:MIT|BSD|Apache|PSF|ISC|Zlib|0BSD|CC0)\b", re.IGNORECASE)
#: Used by developers only, never shipped: weak copyleft is fine there.
FOR_DEVELOPERS = re.compile(PERMISSIVE.pattern + r"|\bMPL-2\.0\b|\bLGPL-3\.0-only\b|\bLGPLv3\+", re.IGNORECASE)
STRONG_COPYLEFT = re.compile(r"(?<!L)\bA?GPL", re.IGNORECASE)
#: Kinds of file that belong to a package besides its code.
DATA = {".toml", ".csv", ".html", ".svg", ".js", ".css", ".sql", ".json", ".typed"}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _names(requirements: Iterable[str]) -> set[str]:
    return {_normal(re.split(r"[\s\[<>=!~;]", requirement, maxsplit=1)[0]) for requirement in requirements}


RUNTIME = _names(PROJECT["project"]["dependencies"])
OPTIONAL = _names(r for extra in PROJECT["project"].get("optional-dependencies", {}).values() for r in extra)
DEVELOPMENT = _names(PROJECT["dependency-groups"]["dev"])
#: Run as programs, not imported.
TOOLS = {"mypy", "ruff", "ipykernel", "hatchling"}


def _imported(folders: Iterable[str]) -> set[str]:
    """The distributions that the code in ``folders`` imports, anywhere in a file."""
    modules = {
        name.split(".")[0]
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        for name in _modules(ast.parse(path.read_text(encoding="utf-8")))
    }
    own = {path.stem for folder in (".", "tests", "tests/benchmarks") for path in (ROOT / folder).iterdir()}
    providers = packages_distributions()
    foreign = modules - own - sys.stdlib_module_names
    return {_normal(providers.get(module, [module])[0]) for module in foreign}


def _modules(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module


def test_dependencies_are_the_imports() -> None:
    """Nothing is imported undeclared, nothing declared unused."""
    assert RUNTIME | OPTIONAL == _imported(["extractors", "pipeline"])


def test_development_dependencies_are_the_imports_of_the_tests() -> None:
    """The tests import what is declared, and every tool declared is run or imported."""
    assert DEVELOPMENT - TOOLS == _imported(["tests", "corpus"]) - RUNTIME - OPTIONAL


def _licence(name: str) -> str:
    metadata = distribution(name).metadata
    classifiers = [c.split("::")[-1] for c in metadata.get_all("Classifier") or [] if c.startswith("License ::")]
    stated = metadata.get("License-Expression") or metadata.get("License") or ""
    return " ".join([stated[:200], *classifiers])


@pytest.mark.parametrize("name", sorted(RUNTIME))
def test_runtime_licences_are_permissive(name: str) -> None:
    """Whoever receives vanthu may use it under Apache-2.0 without a second thought."""
    assert PERMISSIVE.search(_licence(name)), _licence(name)
    assert not STRONG_COPYLEFT.search(_licence(name)), _licence(name)


@pytest.mark.parametrize("name", sorted(DEVELOPMENT))
def test_development_licences_are_known(name: str) -> None:
    """What only developers run may be weak copyleft, not more."""
    assert FOR_DEVELOPERS.search(_licence(name)), _licence(name)
    assert not STRONG_COPYLEFT.search(_licence(name)), _licence(name)


def test_licence_table_names_every_direct_dependency() -> None:
    """DECISIONS.md lists what was read, for every library that is declared."""
    table = {
        _normal(row) for row in re.findall(r"^\| `([\w.-]+)` \|", (ROOT / "DECISIONS.md").read_text("utf-8"), re.M)
    }
    assert RUNTIME | OPTIONAL | DEVELOPMENT == table


def test_underthesea_is_under_the_licence_its_wheel_states() -> None:
    """Old releases were GPL; the file in the installed wheel is what counts."""
    files = [file for file in distribution("underthesea").files or [] if file.name == "LICENSE"]
    assert files
    assert re.match(r"\s*Apache License\s+Version 2\.0", Path(str(files[0].locate())).read_text(encoding="utf-8"))


def test_lock_names_the_default_index_only() -> None:
    """The lock works on any machine: no mirror, no path of the machine that wrote it."""
    sources = {str(package["source"]) for package in LOCK["package"] if package["name"] != "vanthu"}
    assert sources == {str({"registry": "https://pypi.org/simple"})}
    hosts = set(re.findall(r"https?://([^/\"]+)", (ROOT / "uv.lock").read_text(encoding="utf-8")))
    assert hosts == {"pypi.org", "files.pythonhosted.org"}


def test_lock_holds_every_package_by_its_hash() -> None:
    """What is installed is what was locked, byte for byte."""
    for package in LOCK["package"]:
        files = [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]
        assert files or package["name"] == "vanthu", package["name"]
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", file["hash"]) for file in files), package["name"]


def test_lock_is_of_these_dependencies() -> None:
    """A requirement added without locking would fail on a fresh machine only."""
    own = next(package for package in LOCK["package"] if package["name"] == "vanthu")
    assert RUNTIME == {dependency["name"] for dependency in own["dependencies"]}
    assert DEVELOPMENT == {dependency["name"] for dependency in own["dev-dependencies"]["dev"]}


def test_command_and_spacy_entries_load() -> None:
    """The names the package announces are there."""
    announced = [*PROJECT["project"]["scripts"], *PROJECT["project"]["entry-points"]["spacy_factories"]]
    assert announced == ["vanthu", "vanthu", "vanthu_citations", "vanthu_deadlines", "vanthu_obligations"]
    for group in ("console_scripts", "spacy_factories", "spacy_tokenizers"):
        found = [entry for entry in entry_points(group=group) if entry.value.startswith("pipeline.")]
        assert found, group
        assert all(callable(entry.load()) for entry in found), group


def test_data_files_lie_inside_the_packages() -> None:
    """The wheel holds the two packages whole, so lexicons and pages of the program come along."""
    assert PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == ["extractors", "pipeline"]
    extra = {p.suffix for pkg in ("extractors", "pipeline") for p in (ROOT / pkg).rglob("*") if p.is_file()}
    assert extra - {".py", ".pyc"} <= DATA
    assert any((ROOT / "extractors" / "lexicons").iterdir())
