"""Digital signatures of a PDF: who signed, when, and whether the file is still what was signed.

A dispatch carries one of the leader and one of the office (Nghị định 30/2020/NĐ-CP, Điều 12 and Phụ lục I, box 8), and
often further ones with number and day, each appended to the file behind the one before. Nothing is fetched: whether a
certificate is to be trusted stays open.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.raw import DigitalSignature

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

_UNKNOWN = "Tệp có chữ ký số nhưng không kiểm tra được: hãy mở bằng phần mềm ký số để kiểm tra"
_BROKEN = "không khớp với nội dung: tệp đã bị sửa hoặc lưu lại sau khi ký, hãy xin bản gốc"
_CHANGED = "không bao trùm toàn bộ tệp: tệp đã được thay đổi sau khi ký, hãy đối chiếu với bản gốc"


def read_signatures(path: Path) -> tuple[tuple[DigitalSignature, ...], tuple[str, ...]]:
    """The signatures of the PDF ``path`` in the order of signing, and warnings for the document.

    A signature that cannot be judged is left out with a warning; nothing is raised but ``OSError``.
    """
    if b"/ByteRange" not in path.read_bytes():  # a signature cannot hide it: it must know its own place in the file
        return (), ()
    try:
        return _read(path)
    except OSError:
        raise
    except Exception:  # whatever a damaged file makes pyHanko and its parsers raise
        return (), (_UNKNOWN,)


def _read(path: Path) -> tuple[tuple[DigitalSignature, ...], tuple[str, ...]]:
    from pyhanko.pdf_utils.reader import PdfFileReader

    _silence()
    found: list[DigitalSignature] = []
    warnings: list[str] = []
    with path.open("rb") as stream:
        reader = PdfFileReader(stream, strict=False)
        if reader.encrypted:
            reader.decrypt("")
        for signature in _judged(reader):
            if signature is None:
                warnings.append(_UNKNOWN)
                continue
            found.append(signature)
            who = f"Chữ ký số của {signature.signer}" if signature.signer else "Chữ ký số"
            if not signature.intact or signature.changed_after:
                warnings.append(f"{who} {_CHANGED if signature.intact else _BROKEN}")
    return tuple(found), tuple(dict.fromkeys(warnings))


def _silence() -> None:
    """pyHanko logs what it meets in a file; no log of ours holds what stands in a document."""
    logger = logging.getLogger("pyhanko")
    logger.propagate = False
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())


def _judged(reader: PdfFileReader) -> Iterator[DigitalSignature | None]:
    """Each signature as a record; ``None`` for one that cannot be judged.

    When nothing but signing and filling in followed the first signature, nothing else followed the later ones: the
    comparison of revisions, the costly part, is made once. pyHanko passes over kinds it does not know, such as
    ``adbe.pkcs7.sha1``: they are missing from its list.
    """
    from pyhanko.sign.fields import enumerate_sig_fields

    filled = sum(1 for _ in enumerate_sig_fields(reader, filled_status=True))
    yield from [None] * (filled - len(reader.embedded_signatures))
    clean = False
    for embedded in reader.embedded_regular_signatures:
        try:
            clean = clean and not (embedded.docmdp_level or embedded.fieldmdp)
            intact, changed = _is_intact(embedded), _is_changed(embedded, clean)
            clean = intact and not changed
            yield _record(embedded, intact, changed)
        except Exception:  # asn1crypto and cryptography raise what they please on odd certificates
            clean = False
            yield None


def _is_intact(embedded: EmbeddedPdfSignature) -> bool:
    """True when the signed bytes have the digest that was signed, and the signature of it is the signer's."""
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    digest = embedded.compute_digest()
    return all(validate_sig_integrity(embedded.signer_info, embedded.signer_cert, "data", digest))


def _is_changed(embedded: EmbeddedPdfSignature, clean: bool) -> bool:
    """True when more was added behind the signed part than signatures and values in form fields (ISO 32000-2, 12.8).

    ``clean``: all that was added is known to be no more than that.
    """
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    embedded.compute_integrity_info(skip_diff=clean)  # type: ignore[no-untyped-call]
    if clean:
        return bool(embedded.coverage < SignatureCoverageLevel.ENTIRE_REVISION)
    level = getattr(embedded.diff_result, "modification_level", ModificationLevel.OTHER)
    return bool(level > ModificationLevel.FORM_FILLING or not embedded.summarise_integrity_info()["docmdp_ok"])


def _record(embedded: EmbeddedPdfSignature, intact: bool, changed: bool) -> DigitalSignature:
    subject = embedded.signer_cert.subject.native
    at = _signed_at(embedded)
    return DigitalSignature(
        signer=_name(subject.get("common_name")),
        organisation=_name(subject.get("organization_name")) or _name(subject.get("organizational_unit_name")),
        signed_at=at.isoformat(timespec="seconds") if at else None,
        intact=intact,
        changed_after=changed,
    )


def _name(value: object) -> str | None:
    """A part of the subject; the last one where it is given several times."""
    value = value[-1] if isinstance(value, list) and value else value
    return " ".join(str(value).split()) or None if value else None


def _signed_at(embedded: EmbeddedPdfSignature) -> datetime | None:
    """The time of signing: as the signature dictionary says, else the signed attribute, else a time stamp.

    The dictionary comes first since it names its zone and is what stamps show; several signing tools in use write the
    local time into the attribute and call it UTC.
    """
    from pyhanko.pdf_utils.generic import parse_pdf_date
    from pyhanko.pdf_utils.misc import PdfReadError
    from pyhanko.sign.validation.generic_cms import extract_self_reported_ts, extract_tst_data_iter

    try:
        return parse_pdf_date(embedded.sig_object["/M"], strict=False)
    except (KeyError, ValueError, PdfReadError):
        pass
    stated = extract_self_reported_ts(embedded.signer_info)
    if stated is not None:
        return stated
    tokens = extract_tst_data_iter(embedded.signer_info, signed=False)
    return next((token["encap_content_info"]["content"].parsed["gen_time"].native for token in tokens), None)
