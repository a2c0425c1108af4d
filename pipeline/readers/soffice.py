"""LibreOffice without a window: files of other office formats in, DOCX files out.

A start costs more than a conversion, so one call takes many files. Each call has a profile of its own, since two calls
on one profile lose files in silence; macros, active content and links to other files or hosts stay off.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.limits import no_proxy

#: Names the program when it is not on PATH.
VARIABLE = "VANTHU_SOFFICE"
#: Seconds a start may take, and each file besides: alone nine times the 6 of a file of 1.4 MB (with load). A chunk of
#: files that all hang still ends before ``pool.PATIENCE``.
_START, _PER_FILE = 45.0, 10.0
_SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
_LINKS = "/org.openoffice.Office.Writer/Content/Update"
_WIZARD = "/org.openoffice.Setup/Office"
#: Source of the names: the officecfg schemas Common.xcs, Writer.xcs and Setup.xcs of LibreOffice. Links: 0 is never.
_SETTINGS = (
    (_SECURITY, "MacroSecurityLevel", "3"),
    (_SECURITY, "DisableMacrosExecution", "true"),
    (_SECURITY, "DisableActiveContent", "true"),
    (_SECURITY, "BlockUntrustedRefererLinks", "true"),
    (_LINKS, "Link", "0"),
    (_LINKS, "Field", "false"),
    (_WIZARD, "MigrationCompleted", "true"),
)
_ITEM = '<item oor:path="{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
_REGISTRY = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n{}\n</oor:items>\n'
)


def find_soffice() -> str | None:
    """The program: what the variable ``VANTHU_SOFFICE`` names, else the one on PATH; ``None`` when it is not there."""
    if named := os.environ.get(VARIABLE):
        return shutil.which(named)
    return shutil.which("soffice") or shutil.which("libreoffice")


@contextmanager
def converted(files: Mapping[Path, str]) -> Iterator[dict[Path, Path | None]]:
    """The files (path -> true suffix) as DOCX files that live as long as the ``with`` block.

    Out: ``None`` for what could not be converted; a file that hangs or crashes the program costs only itself.
    """
    program = find_soffice()
    if program is None or not files:
        yield dict.fromkeys(files)
        return
    with tempfile.TemporaryDirectory(prefix="vanthu-", ignore_cleanup_errors=True) as folder:
        room = Path(folder)
        copies = _copies(files, room)
        if not _run(program, list(copies.values()), room):
            for copy in copies.values():
                if _result(copy) is None:
                    _run(program, [copy], room)
        yield {source: _result(copies[source]) if source in copies else None for source in files}


def _copies(files: Mapping[Path, str], room: Path) -> dict[Path, Path]:
    """Each file under a name that no command line mistakes, in a folder of this call."""
    copies: dict[Path, Path] = {}
    for index, (source, suffix) in enumerate(files.items()):
        with suppress(OSError):
            copies[source] = Path(shutil.copyfile(source, room / f"{index}{suffix}"))
    return copies


def _result(copy: Path) -> Path | None:
    """The whole DOCX made of a copy; one cut short by the end of the program has no directory and does not count."""
    result = copy.parent / "out" / f"{copy.stem}.docx"
    return result if zipfile.is_zipfile(result) else None


def _run(program: str, copies: Sequence[Path], room: Path) -> bool:
    """One call of the program over these files; false when it crashed or had to be stopped."""
    if not copies:
        return True
    with tempfile.TemporaryDirectory(dir=room, ignore_cleanup_errors=True) as home:
        _write_profile(Path(home))
        command = [
            program,
            f"-env:UserInstallation={Path(home).as_uri()}",
            "--headless",
            "--norestore",
            "--nolockcheck",
        ]
        command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(room / "out"), *map(str, copies)]
        environment = {**os.environ, **no_proxy(), "HOME": home, "TMPDIR": home, "SAL_USE_VCLPLUGIN": "svp"}
        with suppress(OSError):
            process = subprocess.Popen(  # its own session, so that its children end with it
                command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
            return _ended(process, _START + _PER_FILE * len(copies)) == 0
    return False


def _ended(process: subprocess.Popen[bytes], seconds: float) -> int | None:
    """The exit code, ``None`` when the time was up; whatever the program started is ended too."""
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _write_profile(home: Path) -> None:
    (home / "user").mkdir()
    items = "\n".join(_ITEM.format(*setting) for setting in _SETTINGS)
    (home / "user" / "registrymodifications.xcu").write_text(_REGISTRY.format(items), encoding="utf-8")
