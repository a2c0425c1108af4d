"""What several test modules need: hand-made results, a database of them. Persons, places and documents are invented."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from postgresql_fixtures import Server, running_server
from sqlalchemy import Engine

from extractors.clean import clean
from extractors.extract import extract
from extractors.model import Citation, Deadline, Document, Header, Obligation, Recipient, Result, Span
from extractors.raw import Line
from pipeline.process import document_id, process
from pipeline.store import open_store, save

DISPATCH = (
    "Yêu cầu Cục HQ TP Cửa Biển báo cáo kết quả kiểm tra kho lạnh trước ngày 05/4/2020.\n"
    "Sở Y tế tỉnh Bình Lục không tự ý dừng trực cấp cứu.\n"
    "Thực hiện Chỉ thị số 07/CT-TTg ngày 02/3/2020 của Thủ tướng Chính phủ.\n"
)


def span_of(text: str, part: str) -> Span:
    """Where ``part`` stands in ``text``."""
    start = text.index(part)
    return Span(start, start + len(part))


def make_result(path: str = "cv.txt", text: str = DISPATCH, **changes: object) -> Result:
    """A result as an extractor would give it for ``text``, without obligations unless ``changes`` name them."""
    sha256 = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    values: dict[str, object] = {
        "doc_id": document_id(sha256, path), "path": path, "sha256": sha256, "format": "txt", "pages": 1, "ocr": False,
        "version": "v1", "document": Document(text), "header": Header(),
    }  # fmt: skip
    return Result(**(values | changes))  # type: ignore[arg-type]


def read_letter(name: str, text: str) -> Result:
    """What the extractors read in ``text``, as of a file ``name``.txt whose document id is ``name``."""
    found = extract(clean([Line(line) for line in text.splitlines()]))
    return Result(name, f"{name}.txt", name, "txt", 1, False, "v1", **found._asdict())


def dispatch(path: str = "cv.txt") -> Result:
    """A dispatch with two duties, one with a deadline, and a citation."""
    report, ward, _ = DISPATCH.splitlines()
    deadline = Deadline(
        span_of(DISPATCH, "trước ngày 05/4/2020"), "before_date", "absolute", "trước ngày 05/4/2020", "<2020-04-05"
    )
    header = Header(
        doc_type="Công văn", code="12/UBND-VX", canonical_id="12/UBND-VX@2020#binh-luc", date="2020-03-20",
        issuer="Ủy ban nhân dân tỉnh Bình Lục", subject="tăng cường kiểm tra kho lạnh", signer_name="Lê Văn Mẫu",
        recipients=(Recipient("Như trên"), Recipient("Lưu: VT, VX (Lan 03b)")), warnings=("Thiếu Nơi nhận để biết.",),
    )  # fmt: skip
    return make_result(
        path,
        header=header,
        citations=(
            Citation(
                span_of(DISPATCH, "Chỉ thị số 07/CT-TTg ngày 02/3/2020 của Thủ tướng Chính phủ"), "full", "implements",
                code="07/CT-TTg", canonical_id="07/CT-TTg@2020", type="Chỉ thị", issuer="Thủ tướng Chính phủ",
                date="2020-03-02",
            ),
        ),
        deadlines=(deadline,),
        obligations=(
            Obligation(
                span_of(DISPATCH, report), "imperative", "obligation", ("Cục HQ TP Cửa Biển",), "explicit", "named",
                deadline=deadline, due="2020-04-04", cites=(0,), clause="1",
            ),
            Obligation(
                span_of(DISPATCH, ward), "negated", "prohibition", ("Sở Y tế tỉnh Bình Lục",), "explicit", "named",
                coordinators=("Bảo hiểm xã hội tỉnh",),
            ),
        ),
    )  # fmt: skip


def directive(path: str = "ct.txt") -> Result:
    """The directive that :func:`dispatch` cites."""
    header = Header(doc_type="Chỉ thị", code="07/CT-TTg", canonical_id="07/CT-TTg@2020", date="2020-03-02")
    return make_result(path, "Về việc trực cấp cứu\n", header=header)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Modules that say so have every test of a database in both."""
    if "engine" in metafunc.fixturenames and getattr(metafunc.module, "IN_BOTH_DATABASES", False):
        metafunc.parametrize("engine", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server."""
    with running_server() as server:
        yield server


@pytest.fixture
def engine(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An empty database."""
    if getattr(request, "param", "sqlite") == "sqlite":
        engine = open_store(tmp_path / "vanthu.db", create=True)
    else:
        engine = request.getfixturevalue("server").emptied()
    yield engine
    engine.dispose()


@pytest.fixture
def stored(engine: Engine) -> Callable[..., Engine]:
    """Put results into the database, each as if read from ``/kho/<path>``."""

    def put(*results: Result) -> Engine:
        for result in results:
            save(engine, result, f"/kho/{result.path}")
        return engine

    return put


@pytest.fixture(scope="session")
def corpus_results() -> list[tuple[Path, Result]]:
    """What is read from the project's own documents."""
    folder = Path(__file__).resolve().parents[1] / "corpus" / "documents"
    return [(path, process(path)) for path in sorted(folder.iterdir())]


@pytest.fixture(scope="session")
def corpus_engine(
    tmp_path_factory: pytest.TempPathFactory, corpus_results: list[tuple[Path, Result]]
) -> Iterator[Engine]:
    """A database of them, as a run makes it."""
    engine = open_store(tmp_path_factory.mktemp("corpus") / "vanthu.db", create=True)
    for path, result in corpus_results:
        save(engine, result, str(path))
    yield engine
    engine.dispose()
