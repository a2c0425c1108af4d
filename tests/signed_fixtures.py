"""Signs small PDFs with keys made on the spot, at fixed times. All signers are invented."""

from __future__ import annotations

import asyncio
import io
from datetime import UTC, datetime, timedelta, timezone
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import SimpleSigner, cms_embedder
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

LEADER = (("CN", "Lê Văn Mẫu"), ("O", "Ủy ban nhân dân tỉnh Bình An"), ("OU", "Lãnh đạo"))
OFFICE = (("CN", "Văn phòng tỉnh Bình An"), ("OU", "Văn thư"))
_NAMES = {"CN": NameOID.COMMON_NAME, "O": NameOID.ORGANIZATION_NAME, "OU": NameOID.ORGANIZATIONAL_UNIT_NAME}
VIETNAM = timezone(timedelta(hours=7))
FOUR_THIRTY = datetime(2020, 4, 5, 16, 30, tzinfo=VIETNAM)
#: A time as several signing tools write it: the local one, called UTC.
MISLABELLED = datetime(2020, 4, 5, 16, 30, tzinfo=UTC)


@cache
def _signer(subject: tuple[tuple[str, str], ...]) -> SimpleSigner:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(_NAMES[part], value) for part, value in subject])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime(2019, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2029, 1, 1, tzinfo=UTC))
        .sign(key, hashes.SHA256())
    )
    packed = pkcs12.serialize_key_and_certificates(b"ky", key, certificate, None, NoEncryption())
    return SimpleSigner.load_pkcs12_data(packed, [])


def sign(
    data: bytes,
    subject: tuple[tuple[str, str], ...] = LEADER,
    at: datetime | None = FOUR_THIRTY,
    attribute: datetime | None = None,
) -> bytes:
    """``data`` with a signature appended: ``at`` is the time in its dictionary, ``attribute`` the signed one."""
    writer = opened(data)
    field = f"chu_ky_{data.count(b'/ByteRange')}"
    steps = cms_embedder.PdfCMSEmbedder().write_cms(field_name=field, writer=writer)
    next(steps)
    steps.send(cms_embedder.SigObjSetup(sig_placeholder=SignatureObject(timestamp=at, bytes_reserved=8192)))
    prepared, output = steps.send(cms_embedder.SigIOSetup(md_algorithm="sha256"))
    attributes = PdfCMSSignedAttributes(signing_time=attribute)
    cms = asyncio.run(_signer(subject).async_sign(prepared.document_digest, "sha256", signed_attr_settings=attributes))
    steps.send(cms)
    return bytes(output.getvalue())


def opened(data: bytes) -> IncrementalPdfFileWriter:
    """A writer that appends to ``data``, which may be encrypted without a password for readers."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    if writer.prev.encrypted:
        writer.encrypt("")
    return writer


def saved(writer: IncrementalPdfFileWriter) -> bytes:
    """The file with what was appended."""
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
