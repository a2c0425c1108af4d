"""What a process of a batch does: files in, results or reasons out. It imports no more than that takes."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from extractors.model import Result
from extractors.raw import Stated
from pipeline.limits import MEMORY, watched
from pipeline.process import process
from pipeline.readers import DEFAULT, Options, UnreadableDocument, together
from pipeline.refusals import system_reason


@dataclass(frozen=True, slots=True)
class Task:
    """One file to read: ``name`` is what its result is called, ``source`` under which the database knows the file.

    ``stated`` is what the message in which it came says of it.
    """

    path: Path
    name: str
    source: str
    options: Options = DEFAULT
    stated: Stated | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a file gave no result: a sentence for a clerk, and the kind of error for whoever mends it."""

    reason: str
    error: str


_TOO_BIG = (
    f"Đọc tệp này cần hơn {MEMORY >> 30} GB bộ nhớ: hãy kiểm tra nguồn gửi hoặc tách thành nhiều tệp rồi nạp lại."
)
_TOO_DEEP = "Tệp có cấu trúc lồng nhau quá sâu: hãy kiểm tra nguồn gửi, mở tệp rồi lưu lại và nạp lại."
Outcome = Result | Failure
Chunk = tuple[Task, ...]
Work = Callable[[Chunk], list[Outcome]]


def read_chunk(chunk: Chunk) -> list[Outcome]:
    """What a worker does: results in the order of the tasks, never an exception. Tasks are bundled because sending one
    costs more than reading a short document, and their office files are converted in one go."""
    with together(task.path for task in chunk) as done:
        return [_read(replace(task, options=replace(task.options, converted=done))) for task in chunk]


def _read(task: Task) -> Outcome:
    try:
        with watched():
            return process(task.path, task.name, task.options, task.stated)
    except UnreadableDocument as error:
        return Failure(error.reason, "UnreadableDocument")
    except OSError as error:
        return Failure(f"Không mở được tệp: {system_reason(error)}.", type(error).__name__)
    except (MemoryError, RecursionError) as error:
        return Failure(_TOO_BIG if isinstance(error, MemoryError) else _TOO_DEEP, type(error).__name__)
    except Exception as error:
        return program_error(error)


def program_error(error: BaseException) -> Failure:
    """The failure for an error of ours: its type and place, never its message, which may quote the document."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    kind = type(error).__name__
    return Failure(f"Lỗi của chương trình ({kind} tại {place}); hãy báo cho người phát triển.", f"{kind} {place}")
