"""Digital signatures of PDFs: who and when, intact or not, what was added afterwards; never an exception."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fpdf.enums import EncryptionMethod
from pyhanko.pdf_utils.generic import NumberObject, pdf_name
from readers_fixtures import letter, new_pdf
from signed_fixtures import LEADER, MISLABELLED, OFFICE, VIETNAM, opened, saved, sign

from extractors.raw import DigitalSignature, RawDocument
from pipeline.readers import read
from pipeline.readers.pdf_signatures import read_signatures

SIGNED = DigitalSignature(
    "Lê Văn Mẫu", "Ủy ban nhân dân tỉnh Bình An", "2020-04-05T16:30:00+07:00", intact=True, changed_after=False
)


def plain() -> bytes:
    """An unsigned dispatch."""
    return bytes(letter(new_pdf()).output())


def document_of(folder: Path, data: bytes) -> RawDocument:
    """What the reader makes of a file."""
    path = folder / "a.pdf"
    path.write_bytes(data)
    return read(path)


def turned(data: bytes) -> bytes:
    """The file with its page turned by an incremental update, which no signature allows."""
    writer = opened(data)
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page[pdf_name("/Rotate")] = NumberObject(0)
    writer.update_container(page)
    return saved(writer)


def test_a_signed_letter(tmp_path: Path) -> None:
    """Signer, organisation and time with its zone; the text is that of the unsigned letter, which has none."""
    signed, unsigned = document_of(tmp_path, sign(plain())), document_of(tmp_path, plain())
    assert (SIGNED,) == signed.signatures
    assert () == signed.warnings == unsigned.warnings == unsigned.signatures
    assert [line.text for line in signed.lines] == [line.text for line in unsigned.lines]


def test_signatures_in_a_row_are_no_change(tmp_path: Path) -> None:
    """The office signs behind the leader; an organisational unit stands in for a missing organisation."""
    later = datetime(2020, 4, 6, 8, 0, tzinfo=VIETNAM)
    leader, office, again = document_of(tmp_path, sign(sign(sign(plain()), OFFICE, later))).signatures
    assert SIGNED == leader == again
    assert DigitalSignature("Văn phòng tỉnh Bình An", "Văn thư", "2020-04-06T08:00:00+07:00", True, False) == office


def test_a_changed_byte_breaks_the_signature(tmp_path: Path) -> None:
    """The first signature no longer matches, nor does the second, which covers it."""
    data = sign(sign(plain()), OFFICE).replace(b"/Producer", b"/Qroducer", 1)
    document = document_of(tmp_path, data)
    assert [False, False] == [signature.intact for signature in document.signatures]
    assert 2 == len(document.warnings)
    assert document.warnings[0].startswith("Chữ ký số của Lê Văn Mẫu không khớp với nội dung")


def test_what_is_added_behind_a_signature_shows(tmp_path: Path) -> None:
    """A change of the page behind the signature: intact, and changed since. A line end some server adds is none."""
    assert (SIGNED,) == document_of(tmp_path, sign(plain()) + b"\r\n").signatures
    document = document_of(tmp_path, turned(sign(plain())))
    (signature,) = document.signatures
    assert (True, True) == (signature.intact, signature.changed_after)
    assert document.warnings[0].startswith("Chữ ký số của Lê Văn Mẫu không bao trùm toàn bộ tệp")


def test_only_what_was_signed_before_a_change_is_doubted(tmp_path: Path) -> None:
    """The office signs what was changed behind the leader's signature."""
    leader, office = document_of(tmp_path, sign(turned(sign(plain())), OFFICE)).signatures
    assert (True, False) == (leader.changed_after, office.changed_after)


@pytest.mark.parametrize(
    ("at", "attribute", "expected"),
    [
        (datetime(2020, 4, 5, 16, 30, tzinfo=VIETNAM), MISLABELLED, "2020-04-05T16:30:00+07:00"),
        (None, datetime(2020, 4, 5, 9, 30, tzinfo=UTC), "2020-04-05T09:30:00+00:00"),
        (None, None, None),
    ],
)
def test_the_time_of_signing(
    tmp_path: Path, at: datetime | None, attribute: datetime | None, expected: str | None
) -> None:
    """The dictionary's time before the attribute's, which may be local time called UTC; none is none."""
    (signature,) = document_of(tmp_path, sign(plain(), LEADER, at, attribute)).signatures
    assert expected == signature.signed_at


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: re.sub(rb"/Contents <30\w{40}", b"/Contents <" + b"f" * 42, data),
        lambda data: data.replace(b"/adbe.pkcs7.detached", b"/adbe.pkcs7.sha1    "),
    ],
    ids=["contents", "kind"],
)
def test_odd_signatures_are_a_warning(tmp_path: Path, damage: object) -> None:
    """What cannot be judged is not called broken: the letter is read and the clerk told to look."""
    data = sign(plain())
    changed = damage(data)  # type: ignore[operator]
    assert len(changed) == len(data)
    assert changed != data
    document = document_of(tmp_path, changed)
    assert () == document.signatures
    assert ("Tệp có chữ ký số nhưng không kiểm tra được: hãy mở bằng phần mềm ký số để kiểm tra",) == document.warnings


def test_a_signature_of_nothing_is_not_intact(tmp_path: Path) -> None:
    """A range without bytes, or one that leaves out more than the signature itself, vouches for nothing."""
    data = sign(plain())
    empty = re.sub(rb"/ByteRange \[[^\]]*", lambda found: b"/ByteRange [" + b" " * (len(found[0]) - 12), data)
    (signature,) = document_of(tmp_path, empty).signatures
    assert (False, True) == (signature.intact, signature.changed_after)


def test_a_file_that_only_names_a_signature(tmp_path: Path) -> None:
    """No PDF at all, only the word that gives signatures away."""
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n/ByteRange")
    signatures, warnings = read_signatures(path)
    assert () == signatures
    assert 1 == len(warnings)


@pytest.mark.parametrize("method", [EncryptionMethod.RC4, EncryptionMethod.AES_128, EncryptionMethod.AES_256])
def test_signatures_of_a_file_with_an_owner_password(tmp_path: Path, method: EncryptionMethod) -> None:
    """Restrictions of the owner hide no signature."""
    pdf = letter(new_pdf())
    pdf.set_encryption(owner_password="chu", encryption_method=method, permissions=0)
    assert (SIGNED,) == document_of(tmp_path, sign(bytes(pdf.output()))).signatures
