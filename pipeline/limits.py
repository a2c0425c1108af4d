"""What a process that reads files may take, so that no file harms the machine: time, memory, disk, and no network.

A limit costs the file that hits it and nothing else; the batch notes why. Figures are far above what sound documents
take: the largest scans need 1.5 GB, a page of one some seconds.
"""

from __future__ import annotations

import ctypes
import faulthandler
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

#: Seconds for a file, and anew for each page of it that is recognised.
SECONDS = 600.0
MEMORY = 4 << 30
#: Bytes of one file that a reader, or a program it calls, may write.
_FILE = 2 << 30
#: Source: sched.h of Linux.
_NEW_NETWORK, _NEW_USER = 0x40000000, 0x10000000
_NOWHERE = "http://127.0.0.1:9"
_sinks: list[TextIO] = []
_watching: list[bool] = []


def confine() -> None:
    """Bound this process and all that it starts, and cut it off from the network. Called once, before any file.

    Where the system allows no network of one's own (``unshare``), programs that ask for a proxy are sent nowhere.
    """
    for what, most in ((resource.RLIMIT_DATA, MEMORY), (resource.RLIMIT_FSIZE, _FILE), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(what)[1]
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(OSError, ValueError):
            resource.setrlimit(what, (bound, hard))
    if not _without_network():
        os.environ.update(no_proxy())


def no_proxy() -> dict[str, str]:
    """Variables by which programs that use a network send every request nowhere."""
    names = ("http_proxy", "https_proxy", "ftp_proxy", "all_proxy")
    return {variant: _NOWHERE for name in names for variant in (name, name.upper())} | {"no_proxy": "", "NO_PROXY": ""}


def _without_network() -> bool:
    """Move this process into a network of its own that leads nowhere; users other than root need a name space too."""
    user, group = os.geteuid(), os.getegid()
    unshare = getattr(ctypes.CDLL(None, use_errno=True), "unshare", None)
    if unshare is None:
        return False
    if unshare(_NEW_NETWORK) == 0:
        return True
    if unshare(_NEW_NETWORK | _NEW_USER) != 0:
        return False
    with suppress(OSError):  # unmapped, the process keeps its rights but sees its files as those of nobody
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")
    return True


@contextmanager
def watched() -> Iterator[None]:
    """For a ``with`` block that reads a file: a process that is not through in time ends, even inside a library."""
    _watching.append(True)
    still_at_work()
    try:
        yield
    finally:
        _watching.clear()
        faulthandler.cancel_dump_traceback_later()


def still_at_work() -> None:
    """Begin the time of the file in work anew, as after a page that was recognised. Elsewhere it does nothing."""
    if not _watching:
        return
    if not _sinks:  # what it would print names places in the code; nobody reads them
        _sinks.append(Path(os.devnull).open("w", encoding="ascii"))  # noqa: SIM115 - as long as the process
    faulthandler.dump_traceback_later(SECONDS, exit=True, file=_sinks[0])
