"""One run at a time on one store. Two would read the same files and take each other's rows for their own."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.store import StoreError

LOCK = ".vanthu.lock"
_TAKEN = (
    "Một lượt `vanthu run` khác đang ghi vào {}. Hãy đợi lượt đó xong rồi chạy lại, hoặc chọn thư mục --out khác "
    "(văn bản đã đọc không bị ảnh hưởng)."
)


@contextmanager
def only_run(folder: Path) -> Iterator[None]:
    """Keep every other run off the results in ``folder`` for a ``with`` block.

    The system lets go of the lock when the process ends, however it ends: nothing has to be cleared up after a crash.
    Raises ``StoreError`` when another run has it, ``OSError`` when the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StoreError(_TAKEN.format(folder)) from error
        yield
