"""Which files of a folder are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.collect import collect


def _make(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")


def _names(root: Path, files: tuple[Path, ...]) -> list[str]:
    return [path.relative_to(root).as_posix() for path in files]


def test_subfolders_are_searched_and_rubbish_is_left(tmp_path: Path) -> None:
    """Hidden files, lock files and the run's own results stay out; unknown formats are counted."""
    _make(tmp_path, "b.txt", "a/c.TXT", ".hidden.txt", ".git/x.txt", "~$cv.docx", "x.xyz", "y.xyz", "out/old.txt")
    found = collect([tmp_path], without=tmp_path / "out")
    assert ["a/c.TXT", "b.txt"] == _names(tmp_path, found.files)
    assert {".xyz": 2} == dict(found.unsupported)
    assert tmp_path == found.root


def test_a_file_named_outright_is_taken_whatever_it_is(tmp_path: Path) -> None:
    """Who names a file wants to hear why it cannot be read."""
    _make(tmp_path, "x.xyz")
    assert (tmp_path / "x.xyz",) == collect([tmp_path / "x.xyz"]).files


def test_paths_given_twice_are_read_once_under_their_common_root(tmp_path: Path) -> None:
    """A folder and a file in it overlap; names are told from the folder above both."""
    _make(tmp_path, "a/1.txt", "b/1.txt")
    found = collect([tmp_path / "a", tmp_path / "b", tmp_path / "a" / "1.txt"])
    assert ["a/1.txt", "b/1.txt"] == _names(found.root, found.files)


def test_an_unknown_path_is_an_error(tmp_path: Path) -> None:
    """A wrong path is not an empty folder."""
    with pytest.raises(FileNotFoundError):
        collect([tmp_path, tmp_path / "none"])


def test_a_dispatch_without_a_reader_is_taken_and_fails_by_name(tmp_path: Path) -> None:
    """An old Word file is no noise: it becomes a row of failures with its reason."""
    (tmp_path / "cv.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512)
    (tmp_path / "ghi chu.ini").write_text("x")
    collection = collect([tmp_path])
    assert ["cv.doc"] == [path.name for path in collection.files]
    assert {".ini": 1} == dict(collection.unsupported)


def test_containers_are_taken(tmp_path: Path) -> None:
    """Archives, mails and messages, by suffix or content; other XML is none of them."""
    for name in ("a.zip", "b.eml", "c.edxml", "d.rar", "e.7z"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "f.xml").write_text("<edXML/>")
    (tmp_path / "g.xml").write_text("<data/>")
    found = collect([tmp_path])
    assert ["a.zip", "b.eml", "c.edxml", "d.rar", "e.7z", "f.xml"] == _names(tmp_path, found.files)
    assert {".xml": 1} == dict(found.unsupported)
