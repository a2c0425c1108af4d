"""The house rules that a machine can check: a pure core, small pieces, one direction of imports."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CORE = sorted((ROOT / "extractors").rglob("*.py"))
OUTER = sorted((ROOT / "pipeline").rglob("*.py"))
SOURCES = CORE + OUTER

#: What the core may import besides itself: no clock, network, process, database or screen among it.
CORE_IMPORTS = {
    "__future__", "abc", "ahocorasick", "bisect", "calendar", "codecs", "collections", "csv", "dataclasses", "datetime",
    "dateutil", "enum", "extractors", "functools", "hashlib", "holidays", "importlib", "itertools", "math", "operator",
    "pathlib", "re", "statistics", "string", "tomllib", "typing", "unicodedata",
}  # fmt: skip
#: Seconds to import each: nobody waits for them who does not use them. Only spaCy itself loads the component.
HEAVY = {"spacy", "pandas", "underthesea", "pyhanko", "dask", "distributed", "fastapi"}
LOADED_BY_SPACY = ROOT / "pipeline" / "nlp" / "component.py"
CLOCK = {"now", "today", "utcnow", "time_ns", "monotonic", "perf_counter"}
MAX_FILE, MAX_FUNCTION = 400, 40


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _imports(nodes: Iterator[ast.AST]) -> Iterator[str]:
    """The modules that import statements among ``nodes`` name."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield ("." * node.level) + (node.module or "")


def _at_import(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes that run when a module is imported: not the bodies of functions, nor what only a type checker reads."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            continue
        yield child
        yield from _at_import(child)


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(_tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from ``def`` to the end, less the docstring: describing a function well must cost nothing."""
    total = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    described = (
        isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    )
    return total - ((first.end_lineno or first.lineno) - first.lineno + 1 if described else 0)


@pytest.mark.parametrize("path", CORE, ids=_name)
def test_core_is_pure(path: Path) -> None:
    """Extractors import nothing of the pipeline nor of the world: text in, records out."""
    foreign = {name for name in _imports(ast.walk(_tree(path))) if name.split(".")[0] not in CORE_IMPORTS}
    assert set() == foreign


@pytest.mark.parametrize("path", CORE, ids=_name)
def test_core_asks_no_clock_and_prints_nothing(path: Path) -> None:
    """The same text gives the same records on every day and machine."""
    calls = [node.func for node in ast.walk(_tree(path)) if isinstance(node, ast.Call)]
    clocks = [ast.unparse(f) for f in calls if isinstance(f, ast.Attribute) and f.attr in CLOCK]
    effects = [f.id for f in calls if isinstance(f, ast.Name) and f.id in {"print", "input", "exec", "eval"}]
    assert [] == clocks + effects


@pytest.mark.parametrize("path", CORE, ids=_name)
def test_core_reads_no_file_at_import(path: Path) -> None:
    """Lexicons are read when first asked for."""
    opened = [
        ast.unparse(node.func)
        for node in _at_import(_tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("open", "read_text", "read_bytes", ".load"))
    ]
    assert [] == opened


@pytest.mark.parametrize("path", [path for path in SOURCES if path != LOADED_BY_SPACY], ids=_name)
def test_heavy_libraries_are_imported_late(path: Path) -> None:
    """``vanthu --help`` must not wait for spaCy."""
    assert set() == HEAVY & {name.split(".")[0] for name in _imports(_at_import(_tree(path)))}


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_only_spacy_loads_the_component(path: Path) -> None:
    """Importing the component at the top of a module would import spaCy there."""
    if path != LOADED_BY_SPACY:
        assert "pipeline.nlp.component" not in set(_imports(_at_import(_tree(path))))


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_files_are_short(path: Path) -> None:
    """A file that does not fit is two things."""
    assert len(path.read_text(encoding="utf-8").splitlines()) < MAX_FILE


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_functions_are_short(path: Path) -> None:
    """Under 40 lines of code each; most need 15."""
    assert [] == [(f.name, lines) for f in _functions(path) if (lines := _code_lines(f)) >= MAX_FUNCTION]


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_everything_public_is_described(path: Path) -> None:
    """Every module, public function and public class says what it is for; empty ``__init__`` files need not."""
    tree = _tree(path)
    if not tree.body:
        return
    defs = [n for n in tree.body if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)]
    mute = [n.name for n in defs if not n.name.startswith("_") and not ast.get_docstring(n)]
    assert [] == mute
    assert ast.get_docstring(tree)


def test_records_are_frozen_and_described() -> None:
    """Each class of the model is a frozen, slotted dataclass with a docstring of its own."""
    classes = [n for n in _tree(ROOT / "extractors" / "model.py").body if isinstance(n, ast.ClassDef)]
    assert classes
    for record in classes:
        assert ast.get_docstring(record), record.name
        assert ["dataclass(frozen=True, slots=True)"] == [ast.unparse(d) for d in record.decorator_list], record.name


def test_no_drawer_for_odds_and_ends() -> None:
    """A module is named after what it does, and there is one of it."""
    odd = {"utils", "util", "helpers", "helper", "misc", "common"}
    assert [] == [_name(p) for p in SOURCES if p.stem in odd or p.stem.endswith(("_v2", "_old", "_new", "_enhanced"))]


def test_tests_mirror_modules() -> None:
    """``tests/test_x.py`` is about a module or package ``x``, or about one of the things listed here."""
    about = {p.stem for p in SOURCES} | {p.name for p in (ROOT / "pipeline").iterdir() if p.is_dir()}
    about |= {"architecture", "readme", "notebooks", "packaging", "corpus", "real", "hostile", "fuzzed"}
    strangers = [p.stem for p in (ROOT / "tests").glob("test_*.py") if p.stem.removeprefix("test_") not in about]
    assert [] == [name for name in strangers if not any(name.removeprefix("test_").startswith(a) for a in about)]


def test_standard_library_names_are_not_shadowed() -> None:
    """A module ``calendar.py`` of ours is fine inside its package, a top-level package of that name is not."""
    assert set() == {"extractors", "pipeline"} & sys.stdlib_module_names
