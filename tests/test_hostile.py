"""Files that mean harm are read as far as they can be, or refused with a reason; nothing gets in or out."""

from __future__ import annotations

import os
import re
import resource
import socket
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from conftest import dispatch, make_result
from containers_fixtures import DUTY, LETTER, edxml, written
from hostile_fixtures import SECRET, hostile, outside, paragraph, word
from sqlalchemy import Engine

from extractors.model import Header, Obligation, Result, Span
from pipeline import batch, limits, pool, worker
from pipeline.batch import Settings
from pipeline.collect import collect
from pipeline.export import write
from pipeline.export.csv import cell
from pipeline.importing.compare import compare
from pipeline.importing.workbook import read_lines
from pipeline.process import process
from pipeline.query import each_document, each_failure
from pipeline.readers import Options, UnreadableDocument
from pipeline.worker import Chunk, Failure, Outcome, Task

#: What becomes of each file: a piece of the reason, or nothing for one that is read.
OUTCOMES = {
    "bomb.docx": "bom nén", "bomb.zip!/a.txt": "bom nén", "laughs.docx": "hỏng|không có chữ",
    "laughs.edxml": "DTD|đọc được",
    "laughs.xml": "DTD|đọc được", "deep.docx": "hỏng|sâu", "deep.html": None, "tables.html": None,
    "deep.rtf": None, "deep.eml": "hỏng|không có nội dung", "ld.html": None, "macro.docm": None,
    "mile.txt": None, "many.pdf": "100000 trang", "zero.pdf": "hỏng", "claimed.pdf": "không có chữ",
    "circle.pdf": "hỏng|chữ",
    "outlines.pdf": "không có chữ", "drawn in itself.pdf": "không có chữ", "object streams.pdf": "không có chữ",
    "picture.pdf": "ảnh quét", "page of a mile.pdf": "không có chữ", "bomb.png": "quá lớn", "bomb.tif": "quá lớn",
    "bomb.jpg": "hỏng|quá lớn",
    "font.pdf": "chữ|đọc", "lead out.edxml!/tmp/ra ngoài.txt": None, "lead out.edxml!/etc/cron.d/x.txt": None,
    "deep.zip!/b.zip!/b.zip!/b.zip!/b.zip": "lồng nhau quá 4 lớp",
}  # fmt: skip


def test_hostile_files_cost_only_themselves(tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """One run over all of them: each read or refused for its reason, in little time and memory, nothing left behind."""
    folder, scratch = tmp_path / "kho", tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    for name, data in hostile().items():
        written(folder / name, data)
    began = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    counts = batch.run(collect([folder]), engine, Settings(2, Options(ocr=False)))
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - began < 60
    reasons = {row["path"]: row["reason"] for row in each_failure(engine) if not row["page"]}
    read = {row["path"] for row in each_document(engine)}
    assert set(OUTCOMES) == read | set(reasons)
    assert {} == {
        name: reasons.get(name)
        for name, expected in OUTCOMES.items()
        if (expected is None) != (name in read) or (expected and not re.search(expected, reasons.get(name, "")))
    }
    assert not [reason for reason in reasons.values() if "Lỗi của chương trình" in reason or "đột ngột" in reason]
    assert (len(read), len(reasons)) == (counts.read, counts.failed)
    assert [] == list(scratch.glob("vanthu-*"))


@pytest.mark.parametrize("kind", ["docx", "edxml"])
def test_a_document_takes_nothing_from_this_machine(tmp_path: Path, kind: str) -> None:
    """An entity that names a file stays a name."""
    secret = written(tmp_path / "secret", SECRET.encode())
    body = word(paragraph(f"{DUTY}&a9;"), outside(str(secret)))
    data = body if kind == "docx" else edxml({"a.docx": body})
    try:
        text = process(written(tmp_path / f"a.{kind}", data)).document.text
    except UnreadableDocument:
        text = ""
    assert SECRET not in text


# ---------------------------------------------------------------- limits of a process
def _ask(chunk: Chunk) -> list[Outcome]:
    """Whether the port named by the task can be reached from the process."""
    port = int(chunk[0].name)
    try:
        with closing(socket.create_connection(("127.0.0.1", port), 2)):
            answer = f"reached by {os.environ.get('https_proxy')}"
    except OSError:
        answer = "no network"
    return [make_result(answer)]


def test_processes_have_no_network() -> None:
    """Not even with this machine; where the system does not allow that, programs are sent to a proxy that is none."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = str(server.getsockname()[1])
        ((_, outcome),) = pool.outcomes([Task(Path("a.txt"), port, port)], 1, _ask)
    assert isinstance(outcome, Result)
    assert outcome.path in ("no network", "reached by http://127.0.0.1:9")


def _take_memory(chunk: Chunk) -> list[Outcome]:
    try:
        bytearray(limits.MEMORY + 1)
    except MemoryError:
        return [make_result("refused")]
    return [make_result("given")]


def test_processes_have_bounded_memory() -> None:
    """The system refuses more, before the machine suffers."""
    ((_, outcome),) = pool.outcomes([Task(Path("a.txt"), "a", "a")], 1, _take_memory)
    assert isinstance(outcome, Result)
    assert "refused" == outcome.path


def _never_end(chunk: Chunk) -> list[Outcome]:
    limits.SECONDS = 0.3
    with limits.watched():
        time.sleep(0.1 if chunk[0].path.name == "a.txt" else 60)
    return [make_result(chunk[0].path.name)]


def test_a_file_has_bounded_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its process ends by itself, even inside a library; the others are read."""
    monkeypatch.setattr(limits, "SECONDS", 0.3)
    found = dict(pool.outcomes([Task(Path(name), name, name) for name in ("a.txt", "b.txt")], 1, _never_end))
    outcomes = {task.name: outcome for task, outcome in found.items()}
    assert isinstance(outcomes["a.txt"], Result)
    assert isinstance(outcomes["b.txt"], Failure)
    assert "quá lâu" in outcomes["b.txt"].reason


@pytest.mark.parametrize(("error", "words"), [(MemoryError, "bộ nhớ"), (RecursionError, "quá sâu")])
def test_a_limit_is_told_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception], words: str
) -> None:
    """A clerk reads what is wrong with the file, not that the program erred."""

    def fail(*_: object) -> Result:
        raise error

    monkeypatch.setattr(worker, "process", fail)
    (outcome,) = worker.read_chunk((Task(tmp_path / "a.txt", "a", "a"),))
    assert isinstance(outcome, Failure)
    assert words in outcome.reason


# ---------------------------------------------------------------- words that would run
FORMULAS = ["=cmd|' /C calc'!A0", "@SUM(1+1)", "+1+1", "-2+3+cmd|' /C calc'!A0", "\t=1+1", "\r=1+1", "＝1+1", "=1+1"]


def test_formulas_stay_text(stored: Callable[..., Engine], tmp_path: Path) -> None:
    """In the workbook and in CSV; read back, the workbook has no edits."""
    texts = [one for one in FORMULAS if "\r" not in one]  # which no document has once it is cleaned
    text = "\n".join(texts)
    duties = tuple(
        Obligation(Span(text.index(one), text.index(one) + len(one)), "r", "obligation", (one,), "explicit", one)
        for one in texts[:-1]
    )
    result = make_result("=a.txt", text, obligations=duties, header=Header(subject="=1+1", code="=1+1"))
    engine = stored(result)
    (path,) = write(engine, "xlsx", tmp_path)
    kinds = {one.data_type for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for one in row}
    assert "f" not in kinds
    compared = compare(engine, read_lines(path))
    assert ([], [], []) == (compared.edits, compared.conflicts, compared.problems)
    assert all(cell(one).startswith("'") for one in FORMULAS)
    assert [cell(-5), cell("5 - 3"), cell(None)] == ["-5", "5 - 3", ""]


# ---------------------------------------------------------------- words that nobody sees
@pytest.mark.parametrize(
    ("words", "expected", "warned"),
    [
        ("trước ngày \u202e4202/4/50\u202c.", "trước ngày 4202/4/50.", "đảo chiều"),
        ("trước ngày \u20674202/4/50\u2069.", "trước ngày 4202/4/50.", "đảo chiều"),
        ("Công văn số 1\u200b2/UBND-VX.", "Công văn số 12/UBND-VX.", "ký tự ẩn trong số"),
        ("Sở Y tế \u200bbáo cáo \ufeffkết quả.", "Sở Y tế báo cáo kết quả.", None),
        ("Sở Y tế báo cáo số 12/UBND-VX.", "Sở Y tế báo cáo số 12/UBND-VX.", None),
    ],
)
def test_hidden_characters_are_told(tmp_path: Path, words: str, expected: str, warned: str | None) -> None:
    """The words are kept, what turns or splits them is dropped and told."""
    result = process(written(tmp_path / "a.txt", f"{LETTER}{words}\n".encode()))
    assert expected in result.document.text
    hidden = [warning for warning in result.warnings if "ký tự ẩn" in warning.lower()]
    assert bool(warned) == bool(hidden)
    assert warned is None or warned in hidden[0]


def test_a_sound_document_has_no_warning_of_disguise() -> None:
    """The near miss of all of the above."""
    assert not [warning for warning in replace(dispatch()).warnings if "ẩn" in warning]
