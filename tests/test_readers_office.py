"""DOC, RTF and ODT files, with LibreOffice and without it. All units and persons are invented."""

from __future__ import annotations

import os
import shutil
import struct
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readers_fixtures import NATION, letter_docx, resaved, saved, word_97

from extractors.model import Result
from extractors.raw import RawDocument
from pipeline.fingerprint import extractor_version
from pipeline.process import process
from pipeline.readers import DEFAULT, UnreadableDocument, read, soffice, together
from pipeline.readers.office_text import bare_text
from pipeline.readers.ole import word_text
from pipeline.worker import Task, read_chunk

_FORMATS = ("doc", "rtf", "odt")
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
_DUTY = "Sở Tài chính báo cáo Ủy ban nhân dân tỉnh trước ngày 20/3/2024."


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``letter`` (a dispatch with a list and a table) and ``old`` (in old fonts), in every format."""
    folder = tmp_path_factory.mktemp("office")
    letter = letter_docx()
    for text in ("Rà soát hồ sơ", "Báo cáo kết quả"):
        letter.add_paragraph(text, style="List Number")
    table = letter.add_table(rows=2, cols=3, style="Table Grid")
    for row, texts in zip(
        table.rows, (("STT", "Nhiệm vụ", "Thời hạn"), ("1", "Lập kế hoạch", "15/4/2024")), strict=True
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    letter.add_paragraph("Ghi chú: thời hạn tính theo ngày làm việc.")
    sources = [saved(letter, folder / "letter.docx"), saved(_in_old_fonts(), folder / "old.docx")]
    for name in _FORMATS:
        resaved(sources, f".{name}", folder)
    return folder


def _in_old_fonts() -> Document:
    document = Document()
    document.styles["Normal"].font.name = ".VnTime"
    paragraphs = (
        ("ñy ban nh©n d©n tØnh b×nh an", ".VnTimeH"),
        ("TËp huÊn cho c¸n bé, ng­êi lao ®éng.", None),
        ("Đề nghị báo cáo trước ngày 05 tháng 3.", None),
        ("Công tác", None),
        ("Ñeà nghò caùc sôû, ngaønh baùo caùo keát quaû.", "VNI-Times"),
        ("Văn phòng theo dõi.", "Times New Roman"),
    )
    for text, font in paragraphs:
        document.add_paragraph().add_run(text).font.name = font
    return document


def _texts(document: RawDocument) -> list[str]:
    return [line.text for line in document.lines]


@pytest.fixture(scope="session")
def converted(office: Path) -> dict[str, RawDocument]:
    """Every file of the folder, read in one go; by name."""
    paths = [office / f"{stem}.{name}" for stem in ("letter", "old") for name in _FORMATS]
    with together(paths) as done:
        return {path.name: read(path, replace(DEFAULT, converted=done)) for path in paths}


@pytest.mark.parametrize("name", _FORMATS)
def test_an_office_file_reads_as_its_docx(office: Path, converted: dict[str, RawDocument], name: str) -> None:
    """Letterhead, list numbers, table and signature are those of the Word file; the format is the true one."""
    document = converted[f"letter.{name}"]
    assert document.format == name
    assert _texts(document) == _texts(read(office / "letter.docx"))
    assert {"1. Rà soát hồ sơ", "2. Báo cáo kết quả", "1\tLập kế hoạch\t15/4/2024"} <= set(_texts(document))
    assert document.warnings == ()


@pytest.mark.parametrize("name", _FORMATS)
def test_old_fonts_survive_the_conversion(converted: dict[str, RawDocument], name: str) -> None:
    """Fonts set by a style, capital fonts, the ``ư`` that is a soft hyphen, VNI, and Unicode in an old font."""
    assert _texts(converted[f"old.{name}"]) == [
        "ỦY BAN NHÂN DÂN TỈNH BÌNH AN",
        "Tập huấn cho cán bộ, người lao động.",
        "Đề nghị báo cáo trước ngày 05 tháng 3.",
        "Công tác",
        "Đề nghị các sở, ngành báo cáo kết quả.",
        "Văn phòng theo dõi.",
    ]


def test_a_file_alone_with_an_odd_name(office: Path, tmp_path: Path) -> None:
    """``read`` needs no batch; a name may look like an option or hold any letter; the content beats the suffix."""
    path = Path(shutil.copy(office / "letter.rtf", tmp_path / "-o Công văn số 5%20.doc"))
    document = read(path)
    assert (document.format, document.lines[0].text) == ("rtf", "ỦY BAN NHÂN DÂN")


def test_a_chunk_reads_files_of_one_stem_and_what_is_broken(office: Path, tmp_path: Path) -> None:
    """Results stand in the order of the tasks; two files of one name do not mix; a broken one costs only itself."""
    (tmp_path / "a").mkdir()
    one = Path(shutil.copy(office / "letter.doc", tmp_path / "cv.doc"))
    two = Path(shutil.copy(office / "old.odt", tmp_path / "a" / "cv.doc"))
    broken = tmp_path / "hỏng.odt"
    with zipfile.ZipFile(broken, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    text = tmp_path / "cv.txt"
    text.write_text(_DUTY)
    paths = (one, broken, text, two, tmp_path / "không có.doc")
    outcomes = read_chunk(tuple(Task(path, path.name, str(path)) for path in paths))
    assert [outcome.format if isinstance(outcome, Result) else outcome.error for outcome in outcomes] == [
        "doc", "UnreadableDocument", "txt", "odt", "FileNotFoundError",
    ]  # fmt: skip
    assert isinstance(outcomes[0], Result) and outcomes[0].header.code == "215/UBND-KT"


@pytest.mark.parametrize("name", _FORMATS)
def test_without_libreoffice_the_bare_text_is_read(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The text is there and is said to be bare, with the command that installs what is missing."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv(soffice.VARIABLE, raising=False)
    assert soffice.find_soffice() is None
    document = read(office / f"letter.{name}")
    assert document.format == name
    texts = _texts(document)
    assert texts.index("Số: 215/UBND-KT") < texts.index(NATION) < texts.index("Kính gửi: Các sở, ban, ngành tỉnh.")
    assert any("trước ngày 20/3/2024" in text for text in texts)
    assert "apt-get install libreoffice-writer" in document.warnings[0]
    assert process(office / f"letter.{name}").version != extractor_version() == process(office / "letter.docx").version


def test_without_libreoffice_old_letters_are_still_told(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bare text has no fonts: paragraphs are judged by their letters."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv(soffice.VARIABLE, raising=False)
    document = read(office / "old.doc")
    assert "Tập huấn cho cán bộ, người lao động." in _texts(document)
    assert "Đề nghị các sở, ngành báo cáo kết quả." in _texts(document)
    assert [name for name in ("TCVN3", "VNI") if any(name in warning for warning in document.warnings)] == [
        "TCVN3",
        "VNI",
    ]


def _program(folder: Path, result: Path, hang_on: str) -> Path:
    """A program called as LibreOffice is, that writes ``result`` for each file and never ends on one of them."""
    script = folder / "soffice"
    script.write_text(
        "#!/bin/sh\n"
        'while [ "$1" != --outdir ]; do shift; done; out=$2; shift 2; mkdir -p "$out"\n'
        'for file in "$@"; do case $file in\n'
        f'*/{hang_on}) sleep 600 & echo $! > "{folder}/child"; wait;;\n'
        f'*) name=${{file##*/}}; cp "{result}" "$out/${{name%.*}}.docx";; esac; done\n'
    )
    script.chmod(0o755)
    return script


def test_a_file_that_hangs_costs_only_itself(office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The call is ended with all its children, the files behind it are converted alone, nothing stays behind."""
    monkeypatch.setenv(soffice.VARIABLE, str(_program(tmp_path, office / "letter.docx", "1.rtf")))
    monkeypatch.setattr(soffice, "_START", 0.7)
    monkeypatch.setattr(soffice, "_PER_FILE", 0.1)
    files = {office / "letter.doc": ".doc", office / "letter.rtf": ".rtf", office / "letter.odt": ".odt"}
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    with soffice.converted(files) as done:
        assert [done[path] is not None for path in files] == [True, False, True]
        assert list(tmp_path.glob("vanthu-*"))
    assert not list(tmp_path.glob("vanthu-*"))
    child = int((tmp_path / "child").read_text())
    status = Path(f"/proc/{child}/stat")
    assert not status.exists() or status.read_text().rsplit(")", 1)[1].split()[0] in "ZX"


class _Asked(BaseHTTPRequestHandler):
    """A host that notes what it is asked for."""

    asked: list[str] = []  # noqa: RUF012 - the server makes a handler for each request

    def do_GET(self) -> None:
        """Note the request and refuse it."""
        self.asked.append(self.path)
        self.send_error(404)

    do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

    def log_message(self, *args: object) -> None:
        """Keep quiet."""


@pytest.fixture
def host() -> Iterator[str]:
    """The address of a host on this machine."""
    _Asked.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), _Asked) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def _open_document(path: Path, body: str, listed: str = "") -> Path:
    spaces = {"office": "office", "text": "text", "draw": "drawing", "svg": "svg-compatible"}
    names = " ".join(f'xmlns:{name}="{_OFFICE}:{space}:1.0"' for name, space in spaces.items())
    manifest = f'<m:manifest xmlns:m="{_OFFICE}:manifest:1.0">{listed}</m:manifest>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f'<office:document-content {names} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


def test_nothing_is_fetched_while_reading(tmp_path: Path, host: str) -> None:
    """A picture on another host is left there."""
    root = '<m:file-entry m:full-path="/" m:media-type="application/vnd.oasis.opendocument.text"/>'
    root += '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/>'
    picture = f'<draw:image xlink:href="{host}/a.png" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>'
    frame = f'<draw:frame text:anchor-type="as-char" svg:width="2cm" svg:height="2cm">{picture}</draw:frame>'
    document = read(_open_document(tmp_path / "a.odt", f"<text:p>{_DUTY}{frame}</text:p>", root))
    assert (_texts(document), document.warnings) == ([_DUTY], ())
    assert _Asked.asked == []


def test_an_open_document_with_a_password_is_refused(tmp_path: Path) -> None:
    """Its manifest says that the content is encrypted."""
    entry = '<m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry>'
    with pytest.raises(UnreadableDocument, match="mật khẩu"):
        read(_open_document(tmp_path / "a.odt", "", entry))


@pytest.mark.parametrize("cut", [600, 3000, 9000])
def test_a_damaged_word_file_gives_no_other_error(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cut: int
) -> None:
    """A Word file without its end is read or refused; so is one with bytes of zero inside."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv(soffice.VARIABLE, raising=False)
    data = (office / "letter.doc").read_bytes()
    for index, content in enumerate((data[:cut], data[:cut] + bytes(512) + data[cut + 512 :])):
        path = tmp_path / f"{index}.doc"
        path.write_bytes(content)
        try:
            assert isinstance(read(path), RawDocument)
        except UnreadableDocument as error:
            assert error.reason


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.floats(0, 1), st.binary(min_size=1, max_size=8))
def test_wrong_bytes_never_break_the_bare_text(tmp_path: Path, at: float, wrong: bytes) -> None:
    """Bytes anywhere in a Word file, in rich text and in an open document are text, or none."""
    rich = b"{\\rtf1\\trowd a\\cell b\\cell\\row {\\field{\\*\\fldinst X}{\\fldrslt \\u7855?}}\\par \\'b5 \\bin3 abc}"
    packed = _open_document(tmp_path / "whole.odt", '<text:p>a<text:s text:c="3"/>b</text:p>').read_bytes()
    for kind, data in ((".doc", word_97([("Kinh gui", True), ("Sở Y tế", False)])), (".rtf", rich), (".odt", packed)):
        place = int(at * (len(data) - 1))
        path = tmp_path / f"a{kind}"
        path.write_bytes(data[:place] + wrong + data[place + len(wrong) :])
        assert bare_text(path, kind) is None or isinstance(bare_text(path, kind), str)


def test_a_word_file_that_claims_more_text_than_it_holds_has_none(tmp_path: Path) -> None:
    """Pieces that repeat the same bytes without end are refused, not unfolded."""
    data = bytearray(word_97([("a" * 600, True)] * 40))
    assert len(word_text(_written(tmp_path / "a.doc", data)) or "") == 24_000
    limits = struct.pack("<41I", *range(0, 41 * 600, 600))
    at = data.index(limits)
    data[at : at + len(limits)] = struct.pack("<41I", *range(0, 41 * 60_000, 60_000))
    assert word_text(_written(tmp_path / "a.doc", data)) is None


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_the_program_is_found_by_path_or_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable goes first."""
    for name in ("soffice", "khac"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}")
    monkeypatch.delenv(soffice.VARIABLE, raising=False)
    assert soffice.find_soffice() == str(tmp_path / "soffice")
    monkeypatch.setenv(soffice.VARIABLE, str(tmp_path / "khac"))
    assert soffice.find_soffice() == str(tmp_path / "khac")
    monkeypatch.setenv(soffice.VARIABLE, str(tmp_path / "không có"))
    assert soffice.find_soffice() is None
