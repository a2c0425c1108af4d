"""Which reader takes a file, and what is refused with which reason."""

from __future__ import annotations

import io
import pickle
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readers_fixtures import letter, letter_docx, new_pdf, ole, picture, saved, word_97

from extractors.raw import RawDocument
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
        ("a.doc", _OLE[:8] + bytes(100), r"\.doc"),
        ("a.docx", _OLE + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        ("a.docx", ole({"EncryptedPackage": b"x"}), "mật khẩu"),
        ("a.doc", word_97([("abc", True)], flags=0x0100), "mật khẩu"),
        ("a.doc", word_97([("abc", True)], version=0x68), "Word 6/95"),
        ("a.doc", ole({"Workbook": b"x"}), "Excel"),
        ("a.doc", ole({"Current User": b"x", "PowerPoint Document": b"x"}), "PowerPoint"),
        ("a.doc", ole({"__properties_version1.0": b"x"}), "Outlook"),
        ("a.odt", zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "bảng tính"),
        ("a.doc", b"MIME-Version: 1.0\nContent-Type: text/plain\n\nabc", "MHTML"),
        ("a.odt", zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "LibreOffice"),
        ("a.xlsx", zipped({"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<a/>"}), "bảng tính"),
        ("a.docx", zipped({"thu.txt": "x"}), "nén"),
        ("a.docx", b"PK\x03\x04" + b"\x99" * 300, "hỏng"),
        ("a.jpg", png(), "không có chữ"),
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


_PAGE = "<html><body><p>Kính gửi: Sở Y tế</p></body></html>"
_ARCHIVE = (
    "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n"
    "--x\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n"
    '--x\nContent-Type: text/html; charset="utf-8"\nContent-Transfer-Encoding: quoted-printable\n\n'
    "<html><body><p>K=C3=ADnh g=E1=BB=ADi: S=E1=BB=9F Y t=E1=BA=BF</p></body></html>\n--x--\n"
)


@pytest.mark.parametrize("suffix", [".doc", ".docx", ".rtf", ".odt"])
@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("txt", "Kính gửi: Sở Y tế".encode()),
        ("txt", "Kính gửi: Sở Y tế".encode("utf-16")),
        ("txt", b"\n".join(["KÝnh göi: Së Y tÕ".encode("latin-1")] * 4)),
        ("html", _PAGE.encode()),
        ("html", _PAGE.encode("utf-16")),
        ("html", _ARCHIVE.encode()),
        ("html", ("Date: Mon, 4 Mar 2024 08:00:00 +0700\n" + _ARCHIVE).encode()),
    ],
)
def test_a_text_named_as_a_word_file_is_read(tmp_path: Path, suffix: str, kind: str, content: bytes) -> None:
    """Plain text in any encoding, a page and a web archive under the names of office formats."""
    path = tmp_path / f"a{suffix}"
    path.write_bytes(content)
    document = read(path)
    assert (document.format, document.lines[0].text) == (kind, "Kính gửi: Sở Y tế")


def test_a_text_that_names_a_header_is_no_archive(tmp_path: Path) -> None:
    """Only the head of a message makes a web archive."""
    (tmp_path / "a.txt").write_text("Công văn\nMIME-Version: 1.0 là tiêu đề thư")
    assert read(tmp_path / "a.txt").format == "txt"


def test_the_bare_text_of_a_word_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of either width in order; fields show their result; cells and breaks end a line."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("VANTHU_SOFFICE", raising=False)
    pieces = (
        ("S\xf4 1\rKính ", True),
        ("gửi: \x13 REF \x13 PAGE \x14a\x15 \x14Sở Y tế\x15;\r", False),
        ("A\x07B\x07\x07", True),
    )
    path = tmp_path / "a.docx"
    path.write_bytes(word_97(pieces))
    document = read(path)
    assert document.format == "doc"
    assert [line.text for line in document.lines] == ["Sô 1", "Kính gửi: Sở Y tế;", "A", "B"]


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
