"""Archives, mails and messages are opened; nothing in them gets out of its place, out of bounds or out of sight."""

from __future__ import annotations

import io
import stat
import unicodedata
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from containers_fixtures import DUTY, LETTER, edxml, locked, mail, renamed, written, zipped
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.raw import Stated
from pipeline.containers import BOUNDS, Bounds, Unpacked, holder, is_container, unpack
from pipeline.containers.edxml import iso_day, read_message
from pipeline.containers.entries import Damaged, shown_name

TEXT = DUTY.encode()


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """Where files are taken out to."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    return folder


def _names(unpacked: Unpacked) -> list[str]:
    return [member.name for member in unpacked.members]


def _reasons(unpacked: Unpacked) -> dict[str, str]:
    return {refused.name: refused.reason for refused in unpacked.refused}


# ---------------------------------------------------------------- archives
def test_an_archive_gives_its_dispatches(tmp_path: Path, scratch: Path) -> None:
    """Dispatches come out whole, rubbish is counted or unseen, as in a folder."""
    files = {
        "2024/cv 1.txt": TEXT, "tb.PDF": b"%PDF-", "Thumbs.db": b"x", "setup.exe": b"x", "__MACOSX/._cv.txt": b"x",
        ".hidden.txt": b"x", "~$cv.docx": b"x", "data.xml": b"<a/>", "2024/": b"",
    }  # fmt: skip
    found = unpack(written(tmp_path / "a.zip", zipped(files)), scratch)
    assert ["2024/cv 1.txt", "tb.PDF"] == _names(found)
    assert TEXT == found.members[0].path.read_bytes()
    assert {".db": 1, ".exe": 1, ".xml": 1} == dict(found.passed_over)
    assert [] == found.refused


def test_containers_in_containers(tmp_path: Path, scratch: Path) -> None:
    """Each layer stands in the name; past the last one a reason."""
    inner = mail({"công văn.txt": TEXT}).as_bytes()
    data = zipped({"thư/b.eml": inner, "c.zip": zipped({"d.zip": zipped({"e.zip": zipped({"f.txt": TEXT})})})})
    found = unpack(written(tmp_path / "a.zip", data), scratch)
    assert ["thư/b.eml!/công văn.txt", "c.zip!/d.zip!/e.zip!/f.txt"] == _names(found)
    deeper = tmp_path / "deeper"
    deeper.mkdir()
    found = unpack(tmp_path / "a.zip", deeper, Bounds(depth=2))
    assert ["thư/b.eml!/công văn.txt"] == _names(found)
    assert "quá 2 lớp" in _reasons(found)["c.zip!/d.zip"]


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("../../etc/cv.txt", "etc/cv.txt"),
        ("/tmp/cv.txt", "tmp/cv.txt"),
        ("C:\\Công văn\\cv.txt", "Công văn/cv.txt"),
        ("D:cv.txt", "cv.txt"),
        ("a/./b//cv.txt", "a/b/cv.txt"),
        ("..", "không tên"),
        ("a\nb.txt", "a\ufffdb.txt"),
        (unicodedata.normalize("NFD", "Thông báo.txt"), "Thông báo.txt"),
    ],
)
def test_names_that_lead_out_are_shown_tamed(raw: str, shown: str) -> None:
    """What is left says where the file lay, and leads nowhere."""
    assert shown == shown_name(raw)


def test_no_name_reaches_the_disk(tmp_path: Path, scratch: Path) -> None:
    """Files are written to the folder of the run, whatever they are called in the archive."""
    files = {"../../out.txt": TEXT, "/tmp/vanthu-abs.txt": TEXT, "..\\..\\win.txt": TEXT, "a/b/c.txt": TEXT}
    found = unpack(written(tmp_path / "a.zip", zipped(files)), scratch)
    assert 4 == len(found.members)
    assert {scratch} == {member.path.parent for member in found.members}
    assert {"a.zip", "scratch"} == {path.name for path in tmp_path.iterdir()}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.text(st.characters(exclude_characters="\0"), max_size=12).map("{}.txt".format), min_size=1, max_size=6)
)
def test_any_names_come_out_apart(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    """However files are named, each that is seen has a name and a place of its own inside the folder."""
    folder = tmp_path_factory.mktemp("kho")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name.encode("utf-8", "replace").decode()), TEXT)
    found = unpack(written(folder / "a.zip", buffer.getvalue()), folder)
    shown = _names(found)
    assert len(shown) == len(set(shown)) == len({member.path for member in found.members})
    assert all(member.path.parent == folder and member.path.is_file() for member in found.members)
    assert all(".." not in name.split("/") and not name.startswith("/") for name in shown)


def test_equal_names_are_told_apart(tmp_path: Path, scratch: Path) -> None:
    """Two members of one name are two documents."""
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("cv.txt", "một")
        archive.writestr("./cv.txt", "hai")
        archive.writestr("cv.txt", "ba")
    found = unpack(tmp_path / "a.zip", scratch)
    assert ["cv.txt", "cv (2).txt", "cv (3).txt"] == _names(found)
    assert ["một", "hai", "ba"] == [member.path.read_text("utf-8") for member in found.members]


@pytest.mark.parametrize(
    "raw",
    ["Thông báo số 5.txt".encode(), "Thông báo sô\u0301 5.txt".encode("cp1258")],
    ids=["utf-8 without flag", "windows-1258"],
)
def test_names_of_old_programs_are_readable(tmp_path: Path, scratch: Path, raw: bytes) -> None:
    """Bytes that ZIP takes for the alphabet of the first PC are the words they were."""
    ascii_name = "x" * (len(raw) - 4) + ".txt"
    path = written(tmp_path / "a.zip", renamed(zipped({ascii_name: TEXT}), ascii_name, raw))
    assert ["Thông báo số 5.txt"] == _names(unpack(path, scratch))


def test_a_name_of_nothing(tmp_path: Path, scratch: Path) -> None:
    """A null byte ends a name; one that begins with it is empty, and no dispatch by its suffix."""
    path = written(tmp_path / "a.zip", renamed(zipped({"x.txt": TEXT, "cv.txt": TEXT}), "x.txt", b"\0.txt"))
    found = unpack(path, scratch)
    assert (["cv.txt"], {"không tên": 1}) == (_names(found), dict(found.passed_over))


def test_a_western_name_stays(tmp_path: Path, scratch: Path) -> None:
    """Bytes that make no Vietnamese words are what the format says they are."""
    path = written(tmp_path / "a.zip", renamed(zipped({"xx.txt": TEXT}), "xx.txt", b"\x90\x9d.txt"))
    assert ["É¥.txt"] == _names(unpack(path, scratch))


def test_locked_members_are_failures_of_their_own(tmp_path: Path, scratch: Path) -> None:
    """The rest of the archive is read."""
    data = locked(zipped({"mat.txt": TEXT, "cv.txt": TEXT, "mat.exe": b"x"}), "mat.txt")
    found = unpack(written(tmp_path / "a.zip", data), scratch)
    assert ["cv.txt"] == _names(found)
    assert ["mat.txt"] == list(_reasons(found))
    assert "đặt mật khẩu" in _reasons(found)["mat.txt"]


def test_a_broken_member_costs_itself(tmp_path: Path, scratch: Path) -> None:
    """A wrong checksum is a failure of the member; a broken directory one of the archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:  # stored, so that its bytes can be found
        archive.writestr("hong.txt", "A" * 100)
        archive.writestr("cv.txt", TEXT)
    whole = buffer.getvalue()
    found = unpack(written(tmp_path / "a.zip", whole.replace(b"A" * 100, b"B" * 100)), scratch)
    assert ["cv.txt"] == _names(found)
    assert "bị hỏng" in _reasons(found)["hong.txt"]
    for data in (whole[:80], b"PK\x03\x04 and no more", b""):
        broken = unpack(written(tmp_path / "b.zip", data), scratch)
        assert [""] == list(_reasons(broken))
        assert "hỏng" in _reasons(broken)[""]


def test_a_link_is_not_followed(tmp_path: Path, scratch: Path) -> None:
    """A symbolic link in an archive is refused: what it points to is not in the archive."""
    (tmp_path / "secret.txt").write_text("mật", encoding="utf-8")
    link = zipfile.ZipInfo("cv.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(link, "../secret.txt")
    found = unpack(tmp_path / "a.zip", scratch)
    assert [] == _names(found)
    assert "liên kết" in _reasons(found)["cv.txt"]


@pytest.mark.parametrize(
    ("bounds", "taken", "refused"),
    [
        (Bounds(members=1), ["a.txt"], {"": "hơn 1 tệp"}),
        (Bounds(member=4000), ["a.txt", "c.txt"], {"b.txt": "quá 4000 byte"}),
        (Bounds(total=4000), ["a.txt"], {"": "quá 4000 byte"}),
        (Bounds(ratio=10, swollen=1000), ["a.txt", "c.txt"], {"b.txt": "bom nén"}),
        (BOUNDS, ["a.txt", "b.txt", "c.txt"], {}),
    ],
)
def test_bounds(tmp_path: Path, scratch: Path, bounds: Bounds, taken: list[str], refused: dict[str, str]) -> None:
    """What is past a bound is said; what came before it is kept."""
    path = written(tmp_path / "a.zip", zipped({"a.txt": TEXT, "b.txt": b"a" * 5000, "c.txt": TEXT}))
    found = unpack(path, scratch, bounds)
    assert taken == _names(found)
    assert list(refused) == list(_reasons(found))
    assert all(part in _reasons(found)[name] for name, part in refused.items())


def test_a_mail_too_large_to_be_read_at_once(tmp_path: Path, scratch: Path) -> None:
    """Mails and messages are held in memory, so their own size is bounded too."""
    found = unpack(written(tmp_path / "a.eml", mail({"cv.txt": TEXT * 50})), scratch, Bounds(member=2000))
    assert "lớn hơn 2000 byte" in _reasons(found)[""]


def test_a_zip_bomb_stays_small(tmp_path: Path, scratch: Path) -> None:
    """300 MB of zeros, nested, stop at the first bytes past the bound."""
    bomb = zipped({f"{n}.txt": b"\0" * (30 << 20) for n in range(10)})
    found = unpack(written(tmp_path / "a.zip", zipped({"b.zip": bomb})), scratch)
    assert [] == _names(found)
    assert 10 == sum("bom nén" in reason for reason in _reasons(found).values())
    assert sum(path.stat().st_size for path in scratch.iterdir()) < 200 << 20


@pytest.mark.parametrize("name", ["hoso.rar", "hoso.7z"])
def test_archives_that_are_not_opened_say_what_to_do(tmp_path: Path, scratch: Path, name: str) -> None:
    """Alone or in another container."""
    path = written(tmp_path / name, b"Rar!\x1a\x07\x00")
    assert is_container(path)
    assert "giải nén rồi nạp lại" in _reasons(unpack(path, scratch))[""]
    outer = written(tmp_path / "a.zip", zipped({name: b"Rar!\x1a\x07\x00"}))
    assert "giải nén rồi nạp lại" in _reasons(unpack(outer, scratch))[name]


def test_what_is_a_container(tmp_path: Path) -> None:
    """By suffix; XML by its content; a Word file is a document though it is a ZIP and called one."""
    word = zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"})
    files = {"a.docx": word, "b.zip": word, "c.zip": zipped({"cv.txt": TEXT}), "d.xml": b"<data/>", "e.xml": edxml({})}
    found = [name for name, data in files.items() if is_container(written(tmp_path / name, data))]
    assert ["c.zip", "e.xml"] == found


@pytest.mark.parametrize(
    ("source", "box"),
    [
        ("/kho/a.zip!/b.eml!/c.pdf", "/kho/a.zip"),
        ("/kho/a.zip", "/kho/a.zip"),
        ("/kho/khẩn!/c.pdf", "/kho/khẩn!/c.pdf"),
    ],
)
def test_where_a_document_lies(source: str, box: str) -> None:
    """The file that can be opened; a folder may end in an exclamation mark."""
    assert box == holder(source)


# ---------------------------------------------------------------- mails
def test_a_mail_gives_its_attachments(tmp_path: Path, scratch: Path) -> None:
    """Names with Vietnamese letters as they are; the mail is no document beside its attachment."""
    long = "Báo cáo kết quả thực hiện nhiệm vụ kiểm tra kho lạnh trên địa bàn tỉnh Bình Lục quý I năm 2024.txt"
    found = unpack(written(tmp_path / "a.eml", mail({long: TEXT, "logo.xyz": b"x"})), scratch)
    assert [long] == _names(found)
    assert TEXT == found.members[0].path.read_bytes()
    assert {".xyz": 1} == dict(found.passed_over)


@pytest.mark.parametrize(
    "parameter",
    [
        "filename*=UTF-8''C%C3%B4ng%20v%C4%83n.txt",
        'filename="=?UTF-8?B?Q8O0bmcgdsSDbi50eHQ=?="',
        'filename="=?utf-8?Q?C=C3=B4ng_v=C4=83n.txt?="',
        "filename*0*=UTF-8''C%C3%B4ng; filename*1*=%20v%C4%83n.txt",
        'filename="Công văn.txt"',
    ],
    ids=["rfc2231", "rfc2047 b", "rfc2047 q", "rfc2231 continued", "bare utf-8"],
)
def test_names_of_attachments(tmp_path: Path, scratch: Path, parameter: str) -> None:
    """The ways in which mail programs write a name."""
    data = (
        "From: a@example\nMIME-Version: 1.0\nContent-Type: application/octet-stream\n"
        f"Content-Disposition: attachment; {parameter}\nContent-Transfer-Encoding: 8bit\n\n{DUTY}"
    )
    assert ["Công văn.txt"] == _names(unpack(written(tmp_path / "a.eml", data.encode()), scratch))


def test_a_forwarded_mail_is_opened(tmp_path: Path, scratch: Path) -> None:
    """A mail in the mail is called by its subject; its attachment is the document, neither body is."""
    inner = mail({"cv.txt": TEXT}, subject="Chuyển công văn 12/UBND-VX")
    found = unpack(written(tmp_path / "a.eml", mail({"": inner}, subject="Fwd")), scratch)
    assert ["Chuyển công văn 12-UBND-VX.eml!/cv.txt"] == _names(found)


@pytest.mark.parametrize("html", [False, True])
def test_a_mail_without_dispatch_is_one_itself(tmp_path: Path, scratch: Path, html: bool) -> None:
    """Its text is read; a picture that belongs to the page is no attachment."""
    message = mail({}, body=LETTER)
    if html:
        message.add_alternative(f"<html><meta charset='windows-1258'><p>{LETTER}</p></html>", subtype="html")
        page = message.get_payload()[1]  # type: ignore[index]
        page.add_related(b"\x89PNG", maintype="image", subtype="png", cid="<logo>", filename="logo.tif")  # type: ignore[union-attr]
    found = unpack(written(tmp_path / "a.eml", message), scratch)
    assert [f"nội dung thư{'.html' if html else '.txt'}"] == _names(found)
    text = found.members[0].path.read_text("utf-8")
    assert DUTY.strip() in text
    assert "windows-1258" not in text


@pytest.mark.parametrize(
    "data", [b"", b"no mail at all", b"Subject: x\n\n", b"Content-Type: multipart/mixed; boundary=x\n\n--x\n"]
)
def test_a_mail_without_anything_is_a_failure(tmp_path: Path, scratch: Path, data: bytes) -> None:
    """No text, no attachment: a reason."""
    assert [""] == list(_reasons(unpack(written(tmp_path / "a.eml", data), scratch)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.sampled_from(["a.eml", "a.edxml", "a.zip"]))
def test_any_bytes_are_survived(tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str) -> None:
    """A container may hold anything; it gives documents or a reason, never an error."""
    folder = tmp_path_factory.mktemp("kho")
    mixed = b"Content-Type: multipart/mixed; boundary=b\nSubject: =?utf-8?q?\n\n--b\n" + data + b"\n--b--"
    for content in (data, mixed, edxml({"cv.txt": data})[:-200] + data):
        found = unpack(written(folder / name, content), folder)
        assert found.members or found.refused or found.passed_over


# ---------------------------------------------------------------- edXML
STATED = Stated(
    "edxml", doc_type="Công văn", code="12/UBND-VX", issuer="UBND tỉnh Bình Lục", date="2024-03-05",
    subject="tăng cường kiểm tra kho lạnh", signer_title="Phó Chủ tịch", signer_name="Lê Văn Mẫu",
)  # fmt: skip


@pytest.mark.parametrize("prefix", ["edXML:", ""])
@pytest.mark.parametrize("wrapped", [False, True])
def test_a_message_gives_its_file_and_what_it_states(tmp_path: Path, scratch: Path, prefix: str, wrapped: bool) -> None:
    """With and without prefix; the file bare or in a ZIP of its own; an annex is not the document that is meant."""
    files = {"Phụ lục 1.txt": TEXT, "12-UBND-VX.txt": zipped({"3f2a.txt": LETTER}) if wrapped else LETTER.encode()}
    found = unpack(written(tmp_path / "a.edxml", edxml(files, prefix=prefix)), scratch)
    assert [("Phụ lục 1.txt", None), ("12-UBND-VX.txt", STATED)] == [(one.name, one.stated) for one in found.members]
    assert LETTER == found.members[1].path.read_text("utf-8")


def test_a_large_file_in_a_message(tmp_path: Path, scratch: Path) -> None:
    """Scans are larger than what an XML parser takes as one text."""
    data = bytes(range(256)) * 50_000
    found = unpack(written(tmp_path / "a.edxml", edxml({"cv.pdf": data})), scratch)
    assert data == found.members[0].path.read_bytes()


def test_a_message_without_file_names_the_document(tmp_path: Path, scratch: Path) -> None:
    """The clerk learns which dispatch is missing."""
    found = unpack(written(tmp_path / "a.edxml", edxml({})), scratch)
    assert "Thông điệp edXML (12/UBND-VX) không kèm văn bản" in _reasons(found)[""]


@pytest.mark.parametrize("files", [{}, {"cv.txt": TEXT}])
def test_a_recall_is_told(tmp_path: Path, scratch: Path, files: dict[str, bytes]) -> None:
    """The issuer takes a document back: its duties may be void, which the file alone does not say."""
    recall = edxml(files).replace(
        b"</edXML:MessageHeader>", b"</edXML:MessageHeader><BussinessDocType>1</BussinessDocType>"
    )
    found = unpack(written(tmp_path / "a.edxml", recall), scratch)
    assert list(files) == _names(found)
    assert "thu hồi văn bản 12/UBND-VX" in _reasons(found)[""]


def test_a_receipt_is_no_document(tmp_path: Path, scratch: Path) -> None:
    """A status message (QĐ 28/2018/QĐ-TTg) carries nothing: it is passed over, and is no failure."""
    receipt = edxml(
        {}, "<{p}ResponseFor><{p}Code>12/UBND-VX</{p}Code></{p}ResponseFor><{p}StatusCode>03</{p}StatusCode>"
    )
    found = unpack(written(tmp_path / "a.edxml", receipt), scratch)
    assert ([], [], 1) == (found.members, found.refused, found.passed_over.total())


def test_a_message_as_mime_package(tmp_path: Path, scratch: Path) -> None:
    """The envelope is one part, the files are the others, known by their content ids."""
    package = EmailMessage()
    package["MIME-Version"] = "1.0"
    package.set_content(edxml({}, manifest=("cv.txt",)), maintype="text", subtype="xml")
    package.make_related()
    package.add_related(LETTER.encode(), maintype="application", subtype="octet-stream", cid="<0>")
    found = unpack(written(tmp_path / "a.edxml", package), scratch)
    assert [("cv.txt", STATED)] == [(one.name, one.stated) for one in found.members]
    assert LETTER == found.members[0].path.read_text("utf-8")


def test_a_message_beside_its_files(tmp_path: Path, scratch: Path) -> None:
    """A package that is an archive: the message gives what it states to the file it names."""
    package = zipped(
        {"edxml/message.xml": edxml({}, manifest=("cv.txt",)), "files/CV.txt": LETTER, "files/x.txt": TEXT}
    )
    found = unpack(written(tmp_path / "a.edxml", package), scratch)
    assert [("files/CV.txt", STATED), ("files/x.txt", None)] == [(one.name, one.stated) for one in found.members]


@pytest.mark.parametrize(
    "data",
    [
        b'<?xml version="1.0"?><!DOCTYPE edXML [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        b"<edXML><MessageHeader><Subject>&b;</Subject></MessageHeader></edXML>",
        b'<!DOCTYPE edXML [<!ENTITY x SYSTEM "file:///etc/passwd">]><edXML><MessageHeader><Subject>&x;</Subject>'
        b"</MessageHeader></edXML>",
        b"<edXML><MessageHeader>",
        b"<edXML><Other/></edXML>",
        b"<edXML><MessageHeader/><Attachment><ContentTransferEncoded>@9</ContentTransferEncoded></Attachment></edXML>",
        b"<edXML><MessageHeader/><Attachment><ContentTransferEncoded>???</ContentTransferEncoded></Attachment></edXML>",
    ],
    ids=["bomb", "external", "cut off", "other", "forged", "no base64"],
)
def test_dangerous_and_broken_messages_are_failures(data: bytes) -> None:
    """Entities are never resolved; what is broken has a reason."""
    with pytest.raises(Damaged):
        read_message(data)


@pytest.mark.parametrize(
    ("number", "notation", "code"),
    [
        ("012", "UBND-VX", "012/UBND-VX"),
        ("12", "TB/TU", "12-TB/TU"),
        ("30", "2020/NĐ-CP", "30/2020/NĐ-CP"),
        ("12", "12/UBND-VX", "12/UBND-VX"),
        ("", "UBND-VX", "/UBND-VX"),
        ("12", "", None),
    ],
)
def test_codes_of_messages(number: str, notation: str, code: str | None) -> None:
    """Number and notation make the code that stands on paper."""
    fields = f"<Code><CodeNumber>{number}</CodeNumber><CodeNotation>{notation}</CodeNotation></Code>"
    assert code == read_message(edxml({}, fields)).stated.code


@pytest.mark.parametrize(
    ("written_as", "day"),
    [
        ("2024/03/05", "2024-03-05"), ("05/03/2024", "2024-03-05"), ("2024-3-5 08:00:00", "2024-03-05"),
        ("2024/13/05", None), ("", None), ("hôm nay", None), (None, None),
    ],
)  # fmt: skip
def test_days_of_messages(written_as: str | None, day: str | None) -> None:
    """Both orders are met in practice."""
    assert day == iso_day(written_as)
