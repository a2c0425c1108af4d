"""edXML messages: what is known and nothing else, in the order of the standard, read back as it was written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import dispatch, make_result
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from sqlalchemy import Engine
from typer.testing import CliRunner

from extractors.model import Citation, Header, Party, Recipient, Span
from extractors.raw import Stated
from pipeline.cli import app
from pipeline.containers import unpack
from pipeline.containers.edxml import joined_code, read_message
from pipeline.export import edxml, write
from pipeline.export.exchange import left_out
from pipeline.query import each_document
from pipeline.rows import Row, citation_rows, document_row, obligation_rows
from pipeline.store import save

#: Elements with cardinality 1 that a document states (the codes of offices and of the kind it does not), in order.
REQUIRED = (
    "From/OrganName", "To/OrganName", "Code/CodeNumber", "Code/CodeNotation", "PromulgationInfo/Place",
    "PromulgationInfo/PromulgationDate", "DocumentType/TypeName", "Subject", "SignerInfo/FullName", "DocumentId",
)  # fmt: skip
ORDER = (
    "From", "To", "Code", "PromulgationInfo", "DocumentType", "Subject", "SignerInfo", "DueDate", "ToPlaces",
    "OtherInfo", "ResponseFor", "DocumentId",
)  # fmt: skip
HEADER = Header(
    doc_type="Công văn", code="12/UBND-VX", canonical_id="12/UBND-VX@2020#binh-luc", date="2020-03-20",
    place="Bình Lục", issuer="Ủy ban nhân dân tỉnh Bình Lục", subject="tăng cường kiểm tra kho lạnh",
    urgency="HỎA TỐC", addressees=("Sở Y tế", "Các sở, ban, ngành"), signing_mode="KT.", signer_title="Phó Chủ tịch",
    signer_name="Lê Văn Mẫu", recipients=(Recipient("Như trên"), Recipient("Lưu: VT, VX (Lan 03b)", drafter="Lan")),
)  # fmt: skip


def message(row: Row, duties: list[Row] | None = None, cited: list[Row] | None = None) -> Any:
    """The message of a row of documents."""
    return edxml.to_edxml(row, duties or [], cited or [])


def row_of(header: Header = HEADER, **changes: object) -> Row:
    """The row of a document with ``header`` whose file is not there."""
    return document_row(make_result(header=header)) | {"source": "/kho/cv.txt"} | changes


def texts(root: Any, path: str) -> list[str]:
    """The texts of the elements at ``path`` in the message header."""
    steps = "/".join(f"{{*}}{step}" for step in path.split("/"))
    return [one.text for one in root.find(".//{*}MessageHeader").findall(steps)]


def stated(header: Header, due: str | None = None) -> Stated:
    """What a receiver should read of a header."""
    return Stated(
        "edxml", header.doc_type, header.code, header.issuer, header.date, header.subject, header.signer_title,
        header.signer_name, due,
    )  # fmt: skip


def test_a_header_comes_back() -> None:
    """What the reader of messages states is what the header held."""
    assert stated(HEADER) == read_message(etree.tostring(message(row_of()))).stated


def test_the_corpus_comes_back(corpus_engine: Engine, tmp_path: Path) -> None:
    """Every message of the corpus is read back with its header and the file that was read."""
    (folder,) = write(corpus_engine, "edxml", tmp_path)
    rows = {row["doc_id"]: row for row in each_document(corpus_engine)}
    files = sorted(folder.iterdir())
    reasons = dict(left_out(corpus_engine, "edxml"))
    assert len(rows) == len(files) + sum(map(len, reasons.values()))
    assert {"secret", "unidentified"} == reasons.keys()
    for path in files:
        row = rows[path.stem.rpartition("_")[2]]
        read = read_message(path.read_bytes())
        fields = ("doc_type", "code", "issuer", "date", "subject", "signer_title", "signer_name")
        assert [row[name] for name in fields] == [getattr(read.stated, name) for name in fields]
        ((name, data),) = read.attachments
        assert (row["path"], row["sha256"]) == (name, hashlib.sha256(data).hexdigest())


def test_required_elements_are_there_in_order() -> None:
    """Once each (receivers more often), none of any element empty."""
    root = message(row_of())
    assert [] == [path for path in REQUIRED if not texts(root, path)]
    tags = [etree.QName(one).localname for one in root.find(".//{*}MessageHeader")]
    assert sorted(tags, key=ORDER.index) == tags
    assert [] == [one.tag for one in root.iter() if len(one) == 0 and not (one.text or "").strip()]
    parts = [
        etree.QName(one).localname for one in root.iter() if "Message" in one.tag or "edXML" in one.tag.split("}")[1]
    ]
    assert ["edXML", "edXMLEnvelope", "edXMLHeader", "MessageHeader", "edXMLBody", "edXMLManifest"] == parts


def test_nothing_is_invented() -> None:
    """Neither codes of offices nor what the document does not state."""
    bare = Header(code="12/UBND-VX", issuer="Ủy ban nhân dân tỉnh Bình Lục", date="2020-03-20")
    root = message(row_of(bare))
    tags = {etree.QName(one).localname for one in root.find(".//{*}MessageHeader").iter()}
    assert set() == tags & {"OrganId", "To", "Place", "DocumentType", "SignerInfo", "OtherInfo", "ToPlaces", "DueDate"}
    assert stated(bare) == read_message(etree.tostring(root)).stated


def test_values_are_those_of_the_standard() -> None:
    """Days with slashes, urgency as a number, the way of signing apart from the office."""
    root = message(row_of())
    assert ["2020/03/20"] == texts(root, "PromulgationInfo/PromulgationDate")
    assert ["3"] == texts(root, "OtherInfo/Priority")
    assert ["KT."] == texts(root, "SignerInfo/Competence")
    assert ["0"] == [one.text for one in root.iter("{*}BussinessDocType")]
    assert [] == texts(root, "OtherInfo/PageAmount")  # a text file has no sheets
    assert ["2"] == texts(message(row_of(format="pdf", pages=2)), "OtherInfo/PageAmount")


def test_receivers() -> None:
    """Those of *Kính gửi*, taken apart where the document names them; without it the units of *Nơi nhận*."""
    assert ["Sở Y tế", "Các sở, ban, ngành"] == texts(message(row_of()), "To/OrganName")
    parties = (Party("Các Sở: Y tế, Nội vụ", "group", ("Sở Y tế", "Sở Nội vụ")), Party("Sở Y tế"))
    assert ["Sở Y tế", "Sở Nội vụ"] == texts(message(row_of(replace(HEADER, addressed=parties))), "To/OrganName")
    notice = replace(
        HEADER, addressees=(), recipients=(Recipient("Như Điều 3"), Recipient("Bộ Y tế"), Recipient("Lưu: VT"))
    )
    assert ["Bộ Y tế"] == texts(message(row_of(notice)), "To/OrganName")


def test_drafters_stay_out_unless_asked_for(stored: Callable[..., Engine], tmp_path: Path) -> None:
    """Neither in the archive line nor as ``TyperNotation``."""
    engine = stored(make_result(header=HEADER))
    for asked, line, typed in ((False, "Lưu: VT, VX (03b)", []), (True, "Lưu: VT, VX (Lan 03b)", ["Lan"])):
        (folder,) = write(engine, "edxml", tmp_path, with_drafters=asked)
        root = etree.parse(next(folder.iterdir())).getroot()
        assert ["Như trên", line] == texts(root, "ToPlaces/Place")
        assert typed == texts(root, "OtherInfo/TyperNotation")


def _duties(*changes: dict[str, object]) -> list[Row]:
    result = dispatch()
    duty = obligation_rows(result, citation_rows(result))[0]
    return [duty | change for change in changes]


@pytest.mark.parametrize(
    ("changes", "due"),
    [
        ([{}], "2020-04-04"),
        ([{}, {"due": None}], "2020-04-04"),
        ([{}, {"due": "2020-05-01"}], None),
        ([{"recurrence": "FREQ=WEEKLY"}], None),
        ([{"quote": "Hoàn thành sửa kho trước ngày 05/4/2020.", "report_to": None}], None),
        ([{"quote": "Hoàn thành sửa kho trước ngày 05/4/2020.", "report_to": "Sở Y tế"}], "2020-04-04"),
        ([{"kind": "permission"}], None),
        ([], None),
    ],
)
def test_when_an_answer_is_due(changes: list[dict[str, object]], due: str | None) -> None:
    """Only when all dated duties have one day, and one of them is an answer."""
    assert due == edxml.answer_due(row_of(), _duties(*changes))


def test_the_day_of_the_message_goes_first() -> None:
    """A document that came in a message with a day keeps it, and the receiver reads it."""
    row = row_of(stated={"due": "2020-06-01"})
    assert stated(HEADER, "2020-06-01") == read_message(etree.tostring(message(row, _duties({})))).stated


def test_answered_documents() -> None:
    """Each document answered, once; others cited are none."""
    cited = [
        Citation(Span(n, n + 1), "r", relation, code=code, date=day)  # type: ignore[arg-type]
        for n, (relation, code, day) in enumerate(
            [("replies_to", "5/SYT-VP", "2020-03-01"), ("replies_to", "5/SYT-VP", None), ("mentions", "6/SYT-VP", None)]
        )
    ]
    root = message(row_of(), cited=citation_rows(make_result(citations=tuple(cited[:1] + cited[2:]))))
    assert ["5/SYT-VP"] == texts(root, "ResponseFor/Code")
    assert ["2020/03/01"] == texts(root, "ResponseFor/PromulgationDate")
    assert ["12"] == texts(root, "Code/CodeNumber")


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("12/UBND-VX", ("12", "UBND-VX")),
        ("30/2020/NĐ-CP", ("30", "2020/NĐ-CP")),
        ("16-CT/TW", ("16", "CT/TW")),
        ("66.7/2025/NQ-CP", ("66.7", "2025/NQ-CP")),
        ("169-CP", ("169", "169-CP")),
        ("12/QĐ/UBND", ("12", "12/QĐ/UBND")),
    ],
)
def test_codes_are_parted(code: str, parts: tuple[str, str]) -> None:
    """Into number and notation; the notation is the whole code where a receiver would put them together wrongly."""
    assert parts == edxml.split_code(code)
    assert code == joined_code(*parts)


@given(st.from_regex(r"[1-9][0-9]{0,4}[/-][A-ZĐ]{2,5}([/-][A-ZĐ]{2,5}){0,2}", fullmatch=True))
def test_any_code_comes_back(code: str) -> None:
    """Whatever its shape."""
    assert code == joined_code(*edxml.split_code(code))


def test_long_values_are_cut_visibly() -> None:
    """At a word, within the length of the element."""
    (subject,) = texts(message(row_of(replace(HEADER, subject="tăng cường " * 60))), "Subject")
    assert len(subject) <= 500
    assert subject.endswith(("cường …", "tăng …"))


def _sent(engine: Engine, source: Path, folder: Path) -> Path:
    """The message for the document that lies at ``source``."""
    result = replace(make_result(header=HEADER), sha256=hashlib.sha256(source.read_bytes()).hexdigest())
    save(engine, result, str(source))
    return next(write(engine, "edxml", folder)[0].iterdir())


def test_the_file_travels_with_its_message(engine: Engine, tmp_path: Path) -> None:
    """A receiver takes out the bytes that were read, under their name."""
    source = tmp_path / "cv.txt"
    source.write_text("Kính gửi: Sở Y tế\n" * 400, encoding="utf-8")
    sent = _sent(engine, source, tmp_path)
    out = tmp_path / "out"
    out.mkdir()
    (member,) = unpack(sent, out).members
    assert ("cv.txt", source.read_bytes()) == (member.name, member.path.read_bytes())
    assert stated(HEADER) == member.stated


@pytest.mark.parametrize("what", ["gone", "changed", "large"])
def test_a_file_that_cannot_travel_is_named(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """Its name and SHA-256 stay in the manifest; nothing else passes for it."""
    source = tmp_path / "cv.txt"
    source.write_text("Kính gửi", encoding="utf-8")
    _sent(engine, source, tmp_path)
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    if what == "gone":
        source.unlink()
    elif what == "changed":
        source.write_text("khác", encoding="utf-8")
    else:
        monkeypatch.setattr(edxml, "MAX_ATTACHED", 3)
    root = etree.parse(next(write(engine, "edxml", tmp_path)[0].iterdir())).getroot()
    assert [f"SHA-256: {digest}"] == [one.text for one in root.iter("{*}Description")]
    assert [] == list(root.iter("{*}Attachment"))
    assert ("cv.txt",) == tuple(read_message(etree.tostring(root)).enclosed.values())


@pytest.mark.parametrize(
    "changes",
    [{"code": None}, {"code": "/UBND-VX"}, {"issuer": None}, {"date": None}, {"date": "2020"}, {"secrecy": "MẬT"}],
)
def test_what_is_left_out(stored: Callable[..., Engine], tmp_path: Path, changes: dict[str, Any]) -> None:
    """A document that is secret, or that no receiver could register, with its reason."""
    engine = stored(make_result(header=replace(HEADER, **changes)))
    assert [] == write(engine, "edxml", tmp_path)
    reason = "secret" if "secrecy" in changes else "unidentified"
    assert [(reason, ["cv.txt"])] == left_out(engine, "edxml")
    assert [] == left_out(engine, "jsonl")


def test_the_screen_says_what_is_left_out(stored: Callable[..., Engine], tmp_path: Path) -> None:
    """By name, so that nobody believes the folder complete."""
    secret = make_result("mat.txt", header=replace(HEADER, secrecy="MẬT"))
    stored(secret, make_result("moi.txt", header=replace(HEADER, date=None)), make_result(header=HEADER))
    command = ["export", str(tmp_path / "ra"), "--db", str(tmp_path / "vanthu.db"), "--format", "edxml"]
    result = CliRunner().invoke(app, command)
    assert 0 == result.exit_code
    said = result.stdout.splitlines()
    assert "Không xuất 1 văn bản có dấu độ mật" in said[0] and said[0].endswith(": mat.txt.")
    assert "Không lập thông điệp cho 1 văn bản" in said[1] and said[1].endswith(": moi.txt.")
