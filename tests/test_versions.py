"""Several files of one dispatch are one; what only looks alike stays apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random
from time import perf_counter

import pytest
from conftest import make_result
from sqlalchemy import Engine, insert

from extractors.model import Citation, Header, Obligation, Result, Span
from extractors.raw import DigitalSignature
from pipeline.query import (
    Filters,
    count_by_type,
    count_obligations,
    each_citation,
    each_document,
    each_obligation_by_due,
    find_obligations,
)
from pipeline.resolve import resolve_citations
from pipeline.sketch import SIZE, sketch
from pipeline.store import forget
from pipeline.tables import documents
from pipeline.versions import group_versions

Stored = Callable[..., Engine]

BODY = (
    "Thực hiện chỉ đạo của Thủ tướng Chính phủ về bảo đảm an toàn thực phẩm trong dịp lễ, Ủy ban nhân dân tỉnh yêu cầu "
    "Sở Y tế chủ trì, phối hợp với các đơn vị liên quan kiểm tra toàn bộ kho lạnh trên địa bàn, lập danh sách cơ sở vi "
    "phạm, xử lý nghiêm theo thẩm quyền và báo cáo kết quả trước ngày 05/4/2024 để tổng hợp. Các cơ sở kinh doanh tự "
    "rà soát điều kiện bảo quản, khắc phục ngay tồn tại đã được đoàn kiểm tra liên ngành chỉ ra trong năm trước."
)
FINAL = Header(
    doc_type="Công văn", code="12/UBND-VX", canonical_id="12/UBND-VX@2024#tinh-binh-luc", date="2024-03-05",
    issuer="Ủy ban nhân dân tỉnh Bình Lục", subject="tăng cường kiểm tra kho lạnh",
)  # fmt: skip
DRAFT = replace(FINAL, code="/UBND-VX", canonical_id=None, date="2024-03")
SIGNED = (DigitalSignature("Lê Văn Mẫu", None, None, intact=True, changed_after=False),)
INVITATION = replace(FINAL, doc_type="Giấy mời", code="7/GM-UBND", subject="họp tổng kết công tác văn thư")


def _file(path: str, header: Header = FINAL, text: str = BODY, **changes: object) -> Result:
    kind = path.rsplit(".", 1)[-1]
    # A sign of each file's own keeps the bytes apart, as other formats do.
    return make_result(path, f"{text}\n{header.code or ''} {path.split('.')[0]}", header=header, format=kind, **changes)


def _dated(header: Header, day: str, year: str = "2024") -> Header:
    canonical = (header.canonical_id or "").replace("2024", year) or None
    return replace(header, date=day, canonical_id=canonical)


def _groups(engine: Engine) -> dict[str, str | None]:
    """Path -> path of the main version."""
    group_versions(engine)
    rows = {row["doc_id"]: row for row in each_document(engine)}
    return {row["path"]: rows[row["version_of"]]["path"] if row["version_of"] else None for row in rows.values()}


def _ocr(text: str) -> str:
    """The text as a middling scan gives it: every tenth word is misread."""
    return " ".join(f"{word[:-1]}ỉ" if n % 10 == 9 else word for n, word in enumerate(text.split(" ")))


def test_files_of_one_number_issuer_and_day_are_one(stored: Stored) -> None:
    """The signed PDF leads, whatever the files are called; a scan comes last."""
    engine = stored(
        _file("a.txt"), _file("b.docx"), _file("c.pdf", ocr=True, text=_ocr(BODY)), _file("d.pdf"),
        _file("e.pdf", signatures=SIGNED),
    )  # fmt: skip
    assert {"a.txt": "e.pdf", "b.docx": "e.pdf", "c.pdf": "e.pdf", "d.pdf": "e.pdf", "e.pdf": None} == _groups(engine)


def test_a_copy_may_call_its_matter_otherwise(stored: Stored) -> None:
    """Where number, issuer, day and text agree, the title of a web page does not part two files."""
    copy = replace(FINAL, doc_type=None, subject="Văn bản chỉ đạo mới của tỉnh")
    assert {"a.pdf": None, "b.html": "a.pdf"} == _groups(stored(_file("a.pdf"), _file("b.html", copy)))


@pytest.mark.parametrize(
    ("better", "worse"),
    [("b.pdf", "a.docx"), ("b.docx", "a.html"), ("b.odt", "a.txt"), ("a.html", "b.txt"), ("b/cv.doc", "c/cv.doc")],
)
def test_which_file_leads(stored: Stored, better: str, worse: str) -> None:
    """By kind of file, then by path."""
    assert {better: None, worse: better} == _groups(stored(_file(worse), _file(better)))


def test_a_scan_is_worse_than_any_text(stored: Stored) -> None:
    """What was recognised may be misread."""
    assert {"a.pdf": "b.txt", "b.txt": None} == _groups(stored(_file("a.pdf", ocr=True), _file("b.txt")))


@pytest.mark.parametrize(
    "header",
    [
        DRAFT,
        replace(DRAFT, date=None),
        replace(DRAFT, code=None, date=None, issuer=None, doc_type=None, subject=None),
        replace(FINAL, date=None, canonical_id="12/UBND-VX@?#tinh-binh-luc"),
        replace(DRAFT, issuer="Ủy ban nhân dân", subject="tăng cường kiểm tra các kho lạnh"),
    ],
    ids=["blank number and day", "no date", "letterhead unread", "day unread", "other words"],
)
def test_a_draft_joins_its_dispatch(stored: Stored, header: Header) -> None:
    """Even where the draft is the better kind of file: the dispatch has number and day."""
    engine = stored(_file("a.docx", header), _file("b.pdf", ocr=True, text=_ocr(BODY)))
    assert {"a.docx": "b.pdf", "b.pdf": None} == _groups(engine)


NEAR_MISSES = {
    "other year": (FINAL, _dated(FINAL, "2023-03-05", "2023"), BODY),
    "other province": (
        FINAL,
        replace(FINAL, canonical_id="12/UBND-VX@2024#tinh-kenh-dao", issuer="UBND tỉnh Kênh Đào"),
        BODY,
    ),
    "other day": (FINAL, _dated(FINAL, "2024-03-06"), BODY),
    "other number": (FINAL, replace(FINAL, code="12a/UBND-VX", canonical_id="12a/UBND-VX@2024#tinh-binh-luc"), BODY),
    "other ministry": (
        replace(FINAL, code="5/QĐ-VP", canonical_id="5/QĐ-VP@2024", issuer="Bộ Gạo"),
        replace(FINAL, code="5/QĐ-VP", canonical_id="5/QĐ-VP@2024", issuer="Bộ Muối"),
        BODY,
    ),
    "correction": (FINAL, replace(FINAL, subject="đính chính Công văn tăng cường kiểm tra kho lạnh"), BODY),
    "annex": (
        FINAL,
        replace(FINAL, subject=None),
        "Danh sách kho lạnh phải kiểm tra: kho Bến Gỗ, kho Chợ Mới, kho Cầu Đá, kho Sông Con, kho Đồi Chè, kho Ga Nhỏ.",
    ),
    "draft of another kind": (FINAL, replace(DRAFT, doc_type="Kế hoạch"), BODY),
    "draft of another office": (FINAL, replace(DRAFT, issuer="Sở Y tế tỉnh Bình Lục"), BODY),
    "draft of another matter": (FINAL, replace(DRAFT, subject="phân công trực cấp cứu dịp lễ"), BODY),
    "draft with another symbol": (FINAL, replace(DRAFT, code="/UBND-KT"), BODY),
    "draft of another month": (FINAL, replace(DRAFT, date="2024-04"), BODY),
    "draft of a correction": (FINAL, replace(DRAFT, subject="sửa đổi việc tăng cường kiểm tra kho lạnh"), BODY),
    "draft with other figures": (FINAL, replace(DRAFT, date=None), BODY.replace("05/4/2024", "15/6/2023")),
    "draft with another text": (FINAL, DRAFT, f"{BODY[: len(BODY) // 2]} {_ocr(BODY[::-1])}"),
}  # fmt: skip


@pytest.mark.parametrize(("one", "other", "text"), NEAR_MISSES.values(), ids=NEAR_MISSES)
def test_what_looks_alike_stays_apart(stored: Stored, one: Header, other: Header, text: str) -> None:
    """One thing that differs is enough."""
    assert {"a.pdf": None, "b.docx": None} == _groups(stored(_file("a.pdf", one), _file("b.docx", other, text)))


def test_yearly_invitations_stay_apart(stored: Stored) -> None:
    """The same words every year, other days; the undated draft finds its own year by the figures."""
    words = (
        "Ủy ban nhân dân tỉnh kính mời lãnh đạo các sở dự họp tổng kết công tác văn thư lưu trữ năm {0}, lúc {1} giờ, "
    )
    words += "ngày {2}/12/{0}, tại phòng họp số {3}, đề nghị chuẩn bị ý kiến bằng văn bản và đến dự đúng thành phần."
    texts = [words.format(2022, 8, 15, 2), words.format(2023, 9, 20, 5)]
    engine = stored(
        _file("2022.pdf", _dated(INVITATION, "2022-12-10", "2022"), texts[0]),
        _file("2023.pdf", _dated(INVITATION, "2023-12-14", "2023"), texts[1]),
        _file("du thao.docx", replace(INVITATION, code="/GM-UBND", date=None, canonical_id=None), texts[1]),
    )
    assert {"2022.pdf": None, "2023.pdf": None, "du thao.docx": "2023.pdf"} == _groups(engine)


def test_a_draft_of_two_dispatches_joins_neither(stored: Stored) -> None:
    """A second issue of the same text: nobody can say whose draft it is, and it does not make them one."""
    second = replace(_dated(FINAL, "2024-03-19"), code="31/UBND-VX", canonical_id="31/UBND-VX@2024#tinh-binh-luc")
    engine = stored(_file("a.pdf"), _file("b.pdf", second), _file("c.docx", replace(DRAFT, date=None)))
    assert {"a.pdf": None, "b.pdf": None, "c.docx": None} == _groups(engine)


def test_copies_of_the_same_bytes_are_one(stored: Stored) -> None:
    """Also of a file of which nothing could be read."""
    text = "không phải văn bản"
    engine = stored(make_result("a/x.txt", text), make_result("b/x.txt", text), make_result("c.txt", "khác hẳn"))
    assert {"a/x.txt": None, "b/x.txt": "a/x.txt", "c.txt": None} == _groups(engine)


def test_versions_follow_the_files(stored: Stored) -> None:
    """A second run changes nothing; when the main version goes, the next one leads; a better one takes over."""
    engine = stored(_file("a.pdf"), _file("b.docx"), _file("c.txt"))
    first = {"a.pdf": None, "b.docx": "a.pdf", "c.txt": "a.pdf"}
    assert first == _groups(engine) == _groups(engine)
    forget(engine, ["/kho/a.pdf"])
    assert [None, None] == [row["version_of"] for row in each_document(engine)]
    assert {"b.docx": None, "c.txt": "b.docx"} == _groups(engine)
    stored(_file("z.pdf", signatures=SIGNED))
    assert {"b.docx": "z.pdf", "c.txt": "z.pdf", "z.pdf": None} == _groups(engine)


# ---------------------------------------------------------------- what the user sees
@pytest.fixture
def folder(stored: Stored) -> Engine:
    """A dispatch as PDF and DOCX, and a document that cites it."""
    duty = Obligation(Span(0, 20), "r", "obligation", ("Sở Y tế",), "explicit", None, due="2024-04-04")
    cites = Citation(Span(0, 4), "full", "mentions", code="12/UBND-VX", canonical_id=FINAL.canonical_id)
    citing = make_result("kh.txt", "Theo công văn", header=Header(doc_type="Kế hoạch"), citations=(cites,))
    own = Citation(Span(0, 9), "full", "mentions", canonical_id=FINAL.canonical_id)
    read: dict[str, object] = {"obligations": (duty,), "citations": (own,)}
    engine = stored(_file("a.docx", **read), _file("b.pdf", **read), citing)
    group_versions(engine)
    return engine


def test_a_dispatch_answers_once(folder: Engine) -> None:
    """Queries and counts know one document and one duty; all files answer only when asked for."""
    assert ["b.pdf"] == [row["path"] for row in find_obligations(folder)]
    assert ["b.pdf"] == [row["path"] for row in each_obligation_by_due(folder)]
    assert ["a.docx", "b.pdf"] == [row["path"] for row in find_obligations(folder, Filters(versions=True))]
    assert 1 == count_obligations(folder, "2025-01-01")["overdue"]
    assert [("Công văn", 1), ("Kế hoạch", 1)] == count_by_type(folder)


def test_a_version_named_outright_means_its_document(folder: Engine) -> None:
    """Who asks for the draft by its name gets the duties of the dispatch."""
    assert ["b.pdf"] == [row["path"] for row in find_obligations(folder, Filters(doc="a.docx"))]
    assert ["a.docx"] == [row["path"] for row in find_obligations(folder, Filters(doc="a.docx", versions=True))]


def test_citations_mean_the_main_version(folder: Engine) -> None:
    """A document that names itself is linked to none of its own files."""
    assert 1 == resolve_citations(folder)
    found = {row["path"]: row["resolved_doc_id"] for row in each_citation(folder)}
    main = next(row["doc_id"] for row in each_document(folder) if row["path"] == "b.pdf")
    assert {"a.docx": None, "b.pdf": None, "kh.txt": main} == found
    assert ["b.pdf", "kh.txt"] == [row["path"] for row in each_citation(folder, versions=False)]


def test_sketches() -> None:
    """Near copies share most numbers, other texts few; marks, case and figures do not count."""
    kept = set(sketch(BODY))
    assert SIZE == len(kept)
    assert sketch(BODY) == sketch(BODY.upper().replace("2024", "2019"))
    assert len(kept & set(sketch(_ocr(BODY)))) > SIZE / 3
    assert [] == sketch("một hai ba")


def _many(number: int) -> Iterator[dict[str, object]]:
    """Rows of dispatches of one office with one subject and set phrases, each tenth with a draft."""
    random = Random(1)
    syllables = [
        f"{start}{end}" for start in ("ba", "co", "di", "he", "lu", "mi", "no", "ra") for end in "abcdeghiklmn"
    ]
    for n in range(number):
        text = f"cộng hòa xã hội chủ nghĩa {' '.join(random.choices(syllables, k=40))} {n % 31}/{n % 12}/2024"
        row = {
            "ocr": False, "signatures": [], "doc_type": "Công văn", "issuer": FINAL.issuer, "subject": "mời họp",
            "sketch": sketch(text), "text": text, "code": f"{n}/UBND-VX", "date": "2024-03-05", "format": "pdf",
            "canonical_id": f"{n}/UBND-VX@2024#tinh-binh-luc",
        }  # fmt: skip
        yield row | dict.fromkeys(("doc_id", "source", "path", "sha256"), f"{n}.pdf")
        if n % 10 == 0:
            draft = {"code": "/UBND-VX", "date": None, "canonical_id": None, "format": "docx"}
            yield row | draft | dict.fromkeys(("doc_id", "source", "path", "sha256"), f"{n}.docx")


def test_twenty_thousand_documents_take_seconds(engine: Engine) -> None:
    """Near-linear, also where all documents look alike by their headers."""
    with engine.begin() as connection:
        connection.execute(insert(documents), list(_many(20_000)))
    start = perf_counter()
    assert 2000 == group_versions(engine)
    assert perf_counter() - start < 30  # a few seconds on a quiet machine
