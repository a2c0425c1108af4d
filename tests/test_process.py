"""A file becomes a result whose identity depends on content and name alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import DISPATCH

from pipeline.fingerprint import extractor_version
from pipeline.process import printable, process
from pipeline.readers import UnreadableDocument


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a dispatch in a subfolder."""
    (tmp_path / "kho" / "2020").mkdir(parents=True)
    (tmp_path / "kho" / "2020" / "cv.txt").write_text(DISPATCH, encoding="utf-8")
    return tmp_path / "kho"


def test_ids_are_the_same_wherever_the_folder_lies(folder: Path, tmp_path: Path) -> None:
    """Name relative to the folder and content make the id, not the machine's paths."""
    moved = shutil.copytree(folder, tmp_path / "elsewhere" / "kho")
    first, second = (process(root / "2020" / "cv.txt", "2020/cv.txt") for root in (folder, moved))
    assert ("2020/cv.txt", first.doc_id, first.obligations) == (second.path, second.doc_id, second.obligations)


def test_a_copy_is_a_document_of_its_own(folder: Path) -> None:
    """The same bytes under another name are another row with the same hash."""
    shutil.copy(folder / "2020" / "cv.txt", folder / "copy.txt")
    first, second = process(folder / "2020" / "cv.txt", "2020/cv.txt"), process(folder / "copy.txt")
    assert first.sha256 == second.sha256
    assert first.doc_id != second.doc_id


def test_quotes_are_slices_of_the_text(folder: Path) -> None:
    """Every span lies in the canonical text, and a duty with a deadline is found in it."""
    result = process(folder / "2020" / "cv.txt", "2020/cv.txt")
    spans = [thing.span for thing in (*result.obligations, *result.citations, *result.deadlines)]
    assert spans
    assert all(0 <= span.start < span.end <= len(result.document.text) for span in spans)
    assert any("05/4/2020" in duty.span.of(result.document.text) for duty in result.obligations)


def test_an_empty_file_is_unreadable(tmp_path: Path) -> None:
    """No text is a reason, not an empty result."""
    path = tmp_path / "empty.txt"
    path.write_bytes(b"")
    with pytest.raises(UnreadableDocument):
        process(path)


def test_the_version_is_a_fingerprint() -> None:
    """Twelve hex digits, the same on every call."""
    assert extractor_version() == extractor_version()
    assert int(extractor_version(), 16) >= 0


def test_names_that_are_no_unicode_can_be_stored() -> None:
    """A file name from an old archive is shown as well as may be."""
    assert "C\ufffdng v\ufffdn.txt" == printable("C\udcf4ng v\udce3n.txt")
