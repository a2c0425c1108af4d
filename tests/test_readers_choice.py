"""Which reader takes a file, and what is refused with which reason."""

from __future__ import annotations

import io
import pickle
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readers_fixtures import letter, letter_docx, new_pdf, picture, saved

from extractors.model import RawDocument
from pipeline.readers import OFFICE, PICTURED, READERS, SUPPORTED, UnreadableDocument, read

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def zipped(members: dict[str, str]) -> bytes:
    """A zip file with these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def png() -> bytes:
    """A picture file."""
    buffer = io.BytesIO()
    picture().save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "rỗng"),
        ("a.md", b" \n\n\t\n", "không có chữ"),
        ("a.doc", _OLE, r"\.doc"),
        ("a.docx", _OLE + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        ("a.odt", zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "LibreOffice"),
        ("a.xlsx", zipped({"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<a/>"}), "bảng tính"),
        ("a.docx", zipped({"thu.txt": "x"}), "nén"),
        ("a.docx", b"PK\x03\x04" + b"\x99" * 300, "hỏng"),
        ("a.jpg", png(), "OCR"),
        ("a.pdf", b"\x00\x01\x02\x03" * 50, "hỏng"),
        ("a.txt", b"MZ\x01\x02\x03\x04\x05\x06" * 40, "nhị phân"),
        ("a.csv", b"a,b\n1,2\n", "csv"),
    ],
)
def test_a_refused_file_has_a_reason(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    """Every refusal names its cause in a Vietnamese sentence and the file it is about."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableDocument, match=reason) as caught:
        read(path)
    assert caught.value.path == path
    assert caught.value.reason in str(caught.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """A path that is not there, or is a folder, is no crash."""
    for path in (tmp_path / "a.txt", tmp_path):
        with pytest.raises(UnreadableDocument, match="Không mở được"):
            read(path)


def test_content_beats_the_suffix(tmp_path: Path) -> None:
    """What a file is decides, not what it is called; a text needs no suffix."""
    saved(letter_docx(), tmp_path / "a.docx").rename(tmp_path / "a.pdf")
    (tmp_path / "b.txt").write_bytes(bytes(letter(new_pdf()).output()))
    (tmp_path / "c.doc").write_text("\n <html><body><p>Kính gửi: Sở Y tế</p></body></html>")
    (tmp_path / "d").write_text("Kính gửi: Sở Y tế")
    formats = [read(tmp_path / name).format for name in ("a.pdf", "b.txt", "c.doc", "d")]
    assert formats == ["docx", "pdf", "html", "txt"]


def test_the_registry_is_what_is_supported() -> None:
    """Every suffix offered has a reader."""
    assert {*READERS, *PICTURED, *OFFICE} == SUPPORTED
    assert {".txt", ".md", ".html", ".docx", ".pdf", ".doc", ".rtf", ".odt"} <= SUPPORTED


def test_the_reason_survives_a_process_border() -> None:
    """Workers send the error back whole."""
    error = pickle.loads(pickle.dumps(UnreadableDocument(Path("a.pdf"), "Tệp rỗng")))
    assert (error.path, error.reason) == (Path("a.pdf"), "Tệp rỗng")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(min_size=1, max_size=200), st.sampled_from([*sorted(SUPPORTED), ".doc", ""]))
def test_any_file_is_read_or_refused(tmp_path: Path, content: bytes, suffix: str) -> None:
    """No content under any name ends in another error."""
    path = tmp_path / f"a{suffix}"
    path.write_bytes(content)
    try:
        assert isinstance(read(path), RawDocument)
    except UnreadableDocument as error:
        assert error.reason


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.floats(0, 1), st.integers(0, 255), st.booleans())
def test_a_damaged_word_file_is_read_or_refused(tmp_path: Path, at: float, value: int, cut: bool) -> None:
    """One wrong byte, or a missing end, does not break the reader."""
    path = saved(letter_docx(), tmp_path / "a.docx")
    data = bytearray(path.read_bytes())
    position = min(int(at * len(data)), len(data) - 1)
    data[position] = value
    path.write_bytes(data[: position + 1] if cut else data)
    try:
        assert isinstance(read(path), RawDocument)
    except UnreadableDocument as error:
        assert error.reason
