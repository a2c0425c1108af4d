"""Scores on documents with gold, floors that only rise, and what a change won and lost."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from conftest import DISPATCH
from rich.console import Console

from pipeline.evaluate import evaluate, hold_floors, save_complaints, show_changes, show_scores
from pipeline.scoring import Complaint, Scores

GOLD = {
    "file": "cv.txt",
    "header": {"doc_type": None},
    "citations": [{"code": "07/CT-TTg", "type": "Chỉ thị", "name": None, "relation": "implements", "pinpoint": None}],
    "obligations": [
        {"start": "Yêu cầu Cục HQ TP Cửa Biển", "end": "trước ngày 05/4/2020", "kind": "obligation",
         "actors": ["Cục HQ TP Cửa Biển"], "coordinators": [], "deadline": {"value": "<2020-04-05"}},
    ],
}  # fmt: skip


@pytest.fixture
def console() -> Console:
    """A terminal whose text can be read."""
    return Console(file=StringIO(), width=120, highlight=False)


def _printed(console: Console) -> str:
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A document with gold, and gold without a document."""
    for name in ("gold", "documents"):
        (tmp_path / name).mkdir()
    (tmp_path / "documents" / "cv.txt").write_text(DISPATCH, encoding="utf-8")
    for name, file in (("cv", "cv.txt"), ("gone", "gone.txt")):
        (tmp_path / "gold" / f"{name}.json").write_text(json.dumps(GOLD | {"file": file}), encoding="utf-8")
    return tmp_path


def test_a_missing_document_counts_as_missed(corpus: Path, console: Console) -> None:
    """One of two documents can be read: half of the gold is found, and the gap has a complaint."""
    scores = evaluate(corpus / "gold", corpus / "documents")
    assert 2 == scores.documents
    assert 0.5 == scores.tallies["citations"].recall
    assert "unreadable" in {complaint.about for complaint in scores.complaints if complaint.file == "gone.txt"}
    show_scores(console, scores, with_complaints=True)
    assert "gone.txt | unreadable" in _printed(console)


def _scores(hits: int) -> Scores:
    scores = Scores()
    scores.tallies["citations"].add(hits, 10, 10)
    return scores


def test_floors_rise_and_hold(tmp_path: Path, console: Console) -> None:
    """A better score may raise the floor; a worse one fails and cannot lower it."""
    path = tmp_path / "floors.json"
    assert hold_floors(console, path, _scores(7))
    assert not path.exists()
    assert hold_floors(console, path, _scores(8), update=True)
    assert hold_floors(console, path, _scores(9))
    assert not hold_floors(console, path, _scores(7), update=True)
    assert {"citations": 0.8} == json.loads(path.read_text(encoding="utf-8"))["floors"]
    assert "0.700 < 0.800" in _printed(console)


def test_a_measure_that_vanished_is_below_its_floor(tmp_path: Path, console: Console) -> None:
    """Nothing read is no reason to pass."""
    path = tmp_path / "floors.json"
    path.write_text('{"floors": {"citations": 0.5, "deadlines": 0.5}}', encoding="utf-8")
    assert not hold_floors(console, path, _scores(9))


def test_changes_are_listed_one_by_one(tmp_path: Path, console: Console) -> None:
    """What was wrong before and is right now is won; the reverse is lost."""
    kept, mended, broken = (Complaint("cv.txt", "citation missed", code, "") for code in ("1/A", "2/B", "3/C"))
    save_complaints(tmp_path / "before.json", Scores(complaints=[kept, mended]))
    show_changes(console, tmp_path / "before.json", Scores(complaints=[kept, broken]))
    assert ["+ cv.txt | citation missed | 2/B | ", "- cv.txt | citation missed | 3/C | ", "Được 1, mất 1."] == (
        _printed(console).splitlines()
    )
