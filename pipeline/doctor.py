"""What of this machine vanthu can use: libraries, programs, fonts; what each is for, and how to get what is missing.

Libraries and extras are those that the installed package declares, so that nothing here has to be kept in step.
"""

from __future__ import annotations

import platform
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution, version

PACKAGE = "vanthu"
_NAME = re.compile(r"[\w.-]+")
_EXTRA = re.compile(r"""extra\s*==\s*["']([\w-]+)["']""")

TEXTS: dict[str, tuple[str, str]] = {
    "title": ("vanthu {version}, bộ quy tắc {rules}", "vanthu {version}, rules {rules}"),
    "there": ("Có", "Yes"),
    "absent": ("Thiếu", "No"),
    "line": ("{name}: {purpose}", "{name}: {purpose}"),
    "get": ("Cách cài: {how}", "Get it: {how}"),
    "all_there": ("Mọi thứ bắt buộc đều có.", "All that is needed is there."),
    "not_all": (
        "Thiếu {n} thứ bắt buộc. Hãy cài theo hướng dẫn trên rồi chạy lại `vanthu doctor`.",
        "{n} needed things are missing. Install them as said above and run `vanthu doctor` again.",
    ),
    "python": ("chạy chương trình", "runs the program"),
    "package": ("chương trình này", "this program"),
    "library": ("thư viện bắt buộc", "a library that is needed"),
    "sqlite": ("cơ sở dữ liệu và tìm theo từ ngữ", "the database and the search by words"),
    "spacy": ("dùng vanthu trong spaCy", "vanthu as a part of spaCy"),
    "underthesea": (
        "phân biệt động từ, danh từ khi từ điển chưa có",
        "tells verbs from nouns where the lexicons know neither",
    ),
    "tesseract": ("đọc bản quét và ảnh", "reads scans and pictures"),
    "soffice": (
        "đọc đủ bảng và số thứ tự trong .doc, .rtf, .odt (thiếu thì chỉ đọc được phần chữ)",
        "reads .doc, .rtf, .odt with tables and numbers (without it only their text)",
    ),
    "fonts": (
        "hiện chữ Việt trong sơ đồ .svg và khi mở tệp trên máy này",
        "shows Vietnamese letters in .svg graphs and opened files",
    ),
    "distributed": ("đọc trên nhiều máy (--scheduler), kho s3://", "reads on many machines (--scheduler), s3://"),
    "ocr": ("đọc bản quét và ảnh, cùng với Tesseract", "reads scans and pictures, with Tesseract"),
    "parquet": ("xuất Parquet", "exports Parquet"),
    "postgres": ("cơ sở dữ liệu chung (--db postgresql://…)", "a shared database (--db postgresql://…)"),
    "extra": ("phần tùy chọn", "an optional part"),
    "new_sqlite": ("cài Python có SQLite kèm FTS5, ví dụ từ python.org", "a Python whose SQLite has FTS5 (python.org)"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A thing that was looked for: ``name`` (with its version or place), whether it is ``there``, whether the program
    is of no use without it, the key of what it is for in ``TEXTS``, and how to get it (a command, or a key)."""

    name: str
    there: bool
    needed: bool
    purpose: str
    how: str


def examine() -> Iterator[Finding]:
    """All findings, what is needed first; a library that is there but cannot be loaded counts as missing."""
    yield Finding(f"Python {platform.python_version()}", True, True, "python", "")
    yield from _libraries()
    yield Finding(f"SQLite {sqlite3.sqlite_version} + FTS5", _has_fts5(), True, "sqlite", "new_sqlite")
    yield _tried("spaCy", "spacy", _try_spacy)
    yield _tried("underthesea", "underthesea", _try_underthesea)
    yield from _programs()
    yield from _extras()


def missing(findings: list[Finding]) -> int:
    """How many of the needed things are not there."""
    return sum(one.needed and not one.there for one in findings)


def package_version() -> str:
    """The version of the installed package, ``?`` where it runs from a folder without being installed."""
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        return "?"


def _libraries() -> Iterator[Finding]:
    """The package, then each of its libraries that is not there."""
    plain = _declared().get("", [])
    yield Finding(f"{PACKAGE} {package_version()}", bool(plain), True, "package", "pip install vanthu")
    for library in plain:
        if _installed(library) is None:
            yield Finding(library, False, True, "library", f"pip install {library}")


def _programs() -> Iterator[Finding]:
    """What is installed for the whole machine, and is not needed for files that hold text."""
    from pipeline.ocr import engine
    from pipeline.readers.soffice import find_soffice

    try:
        seen = engine.version()
    except ImportError:  # the extra that talks to Tesseract, listed below
        seen = None
    yield Finding(f"Tesseract + vie {seen or ''}".strip(), seen is not None, False, "tesseract", engine.INSTALL)
    office = find_soffice()
    how = "sudo apt-get install libreoffice-writer"
    yield Finding(f"LibreOffice {office or ''}".strip(), office is not None, False, "soffice", how)
    yield Finding("Font (vi)", _has_fonts(), False, "fonts", "sudo apt-get install fonts-croscore fontconfig")


def _extras() -> Iterator[Finding]:
    """The extras, each with the first of its libraries that is missing, else all of them."""
    for extra, libraries in sorted(_declared().items()):
        if extra:
            lacking = [library for library in libraries if _installed(library) is None]
            purpose = extra if extra in TEXTS else "extra"
            name = f"vanthu[{extra}] ({', '.join(lacking or libraries)})"
            yield Finding(name, not lacking, False, purpose, f"pip install 'vanthu[{extra}]'")


def _declared() -> dict[str, list[str]]:
    """The libraries under the extra that brings them, ``""`` for what always comes."""
    try:
        lines = distribution(PACKAGE).requires or []
    except PackageNotFoundError:
        return {}
    declared: dict[str, list[str]] = {}
    for line in lines:
        extra, name = _EXTRA.search(line), _NAME.match(line)
        if name:
            declared.setdefault(extra[1] if extra else "", []).append(name[0])
    return declared


def _installed(library: str) -> str | None:
    try:
        return version(library)
    except PackageNotFoundError:
        return None


def _has_fts5() -> bool:
    try:
        sqlite3.connect(":memory:").execute("CREATE VIRTUAL TABLE words USING fts5(text)")
    except sqlite3.OperationalError:
        return False
    return True


def _tried(name: str, library: str, work: Callable[[], object]) -> Finding:
    """A library that is put to work: one that was installed for another Python fails only then."""
    try:
        works = bool(work())
    except Exception:  # whatever is broken in it, the answer is the same: install it again
        works = False
    there = f"{name} {_installed(library) or ''}".strip()
    return Finding(there, works, True, library, f"pip install --force-reinstall {library}")


def _try_spacy() -> object:
    import spacy

    return spacy.blank("xx")


def _try_underthesea() -> object:
    from underthesea import pos_tag

    return pos_tag("báo cáo")


def _has_fonts() -> bool:
    """True when fontconfig knows a font with all Vietnamese letters."""
    lister = shutil.which("fc-list")
    if lister is None:
        return False
    done = subprocess.run([lister, ":lang=vi", "family"], capture_output=True, timeout=60, check=False)
    return bool(done.stdout.strip())
