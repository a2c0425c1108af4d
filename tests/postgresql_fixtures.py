"""A PostgreSQL server of the tests' own: a cluster in a folder of its own, on a free port, gone with the tests."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

from sqlalchemy import Engine, delete, inspect

from pipeline.database import connect, place_of
from pipeline.store import open_store
from pipeline.tables import metadata, versions

USER, PASSWORD = "vanthu", "mật-khẩu/1@"
_QUOTED = "m%E1%BA%ADt-kh%E1%BA%A9u%2F1%40"
_FAST = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=30"
_NUMBERS = count(1)


def _program(name: str) -> str:
    """Debian keeps the programs of each version in a folder of its own."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else name


def _run(*command: str) -> None:
    """A server refuses to run as root: then its own user runs it."""
    before = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    done = subprocess.run([*before, *command], capture_output=True, text=True, check=False, cwd="/")
    assert done.returncode == 0, done.stdout + done.stderr


class Server:
    """A running server; ``url`` is the address of a database on it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._shared: Engine | None = None

    def url(self, database: str, secret: str = _QUOTED) -> str:
        """The address of ``database``, with the password of the tests or another one."""
        return f"postgresql://{USER}:{secret}@127.0.0.1:{self.port}/{database}"

    def fresh(self) -> str:
        """The address of a new database without tables."""
        name = f"test_{next(_NUMBERS)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE template0 STRATEGY file_copy")
        return self.url(name)

    def execute(self, statement: str) -> None:
        """Run a statement of an administrator."""
        engine = connect(place_of(self.url("postgres")))
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()

    def emptied(self) -> Engine:
        """The one database that tests share, with its tables but without rows: quicker than a new one for each."""
        engine = self._shared = self._shared or open_store(self.url("shared"), create=True)
        with engine.begin() as connection:
            for table in metadata.sorted_tables:
                if table is not versions:
                    connection.execute(delete(table))
            for sequence in inspect(connection).get_sequence_names():
                connection.exec_driver_sql(f"ALTER SEQUENCE {sequence} RESTART")
        return engine


@contextmanager
def running_server() -> Iterator[Server]:
    """The server, with the database ``shared``."""
    home = Path(mkdtemp(prefix="vanthu-pg-", dir="/tmp"))  # short: the path of a socket may have 107 bytes
    secret = home / "secret"
    secret.write_text(PASSWORD, encoding="utf-8")
    if os.geteuid() == 0:
        shutil.chown(home, "postgres", "postgres")
        shutil.chown(secret, "postgres", "postgres")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    data = home / "data"
    options = f"{_FAST} -c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={home}"
    # The order of a language, as most servers have: ours must not depend on it.
    _run(_program("initdb"), "-D", str(data), "-U", USER, "--auth=scram-sha-256", f"--pwfile={secret}",
         "--encoding=UTF8", "--locale-provider=icu", "--icu-locale=vi", "--locale=C.UTF-8", "--no-sync")  # fmt: skip
    _run(_program("pg_ctl"), "-D", str(data), "-l", str(home / "log"), "-w", "-o", options, "start")
    try:
        server = Server(port)
        server.execute("CREATE DATABASE shared TEMPLATE template0")
        server.emptied()
        yield server
    finally:
        _run(_program("pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(home, ignore_errors=True)
