"""What only the whole folder contradicts: hits and near misses, the same after any order of runs, in seconds."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from conftest import make_result
from sqlalchemy import Engine, insert

from extractors.model import Citation, Header, Result, Span
from pipeline import store, tables
from pipeline.batch import Settings, run
from pipeline.collect import collect
from pipeline.database import refresh_statistics
from pipeline.folder_checks import check_folder
from pipeline.query import each_citation, each_document
from pipeline.resolve import resolve_citations
from pipeline.versions import group_versions

IN_BOTH_DATABASES = True

HEALTH, FINANCE, PROVINCE = "Sở Y tế tỉnh Bình Lục", "Sở Tài chính tỉnh Bình Lục", "Ủy ban nhân dân tỉnh Bình Lục"
CENTRAL = Citation(
    Span(0, 9), "full", "implements", code="37/CĐ-TTg", canonical_id="37/CĐ-TTg@2024", type="Công điện",
    issuer="Thủ tướng Chính phủ", date="2024-03-05",
)  # fmt: skip
LOCAL = Citation(
    Span(0, 9), "full", "mentions", code="512/STC-NS", canonical_id="512/STC-NS@2024#binh-luc", issuer=FINANCE,
    date="2024-03-05",
)  # fmt: skip

Remarks = list[tuple[str, str]]


def paper(path: str, *cited: Citation, **header: object) -> Result:
    """A document without a number unless ``header`` gives one; its text is like no other."""
    text = f"{path} " * 3
    spread = tuple(replace(one, span=Span(n, n + 4)) for n, one in enumerate(cited))
    return make_result(path, text, header=Header(**header), citations=spread)  # type: ignore[arg-type]


def numbered(path: str, **changes: object) -> Result:
    """A dispatch of the health office."""
    header: dict[str, object] = {
        "doc_type": "Thông báo", "code": "12/TB-SYT", "canonical_id": "12/TB-SYT@2024#binh-luc", "date": "2024-03-06",
        "issuer": HEALTH, "subject": f"việc {path}",
    }  # fmt: skip
    return paper(path, **(header | changes))


def signed(path: str, name: str, **changes: object) -> Result:
    """A dispatch signed by a deputy director."""
    header = {"issuer": HEALTH, "signer_title": "Phó Giám đốc", "signer_name": name, "date": "2024-03-06"}
    return paper(path, **(header | changes))


def remarks(engine: Engine, results: Sequence[Result]) -> tuple[Remarks, Remarks]:
    """The remarks on documents and on citations, each with the path of its document."""
    for result in results:
        store.save(engine, result, f"/kho/{result.path}")
    group_versions(engine)
    resolve_citations(engine)
    check_folder(engine)
    return told(engine)


def told(engine: Engine) -> tuple[Remarks, Remarks]:
    """The same of what the database holds; hand-made results bear no other warnings."""
    on_documents = [(row["path"], one) for row in each_document(engine) for one in row["warnings"]]
    on_citations = [(row["path"], one) for row in each_citation(engine) for one in row["warnings"]]
    return on_documents, on_citations


# ---------------------------------------------------------------- a number given twice
TWICE: dict[str, tuple[dict[str, object], bool]] = {
    "another paper with the number": ({}, True),
    "the office written shorter": ({"issuer": "SỞ Y TẾ"}, True),
    "the office unread": ({"issuer": None}, True),
    "the same office, its place read otherwise": ({"canonical_id": "12/TB-SYT@2024#binh-lam"}, True),
    "an office of another province": (
        {"canonical_id": "12/TB-SYT@2024#ha-lam", "issuer": "Sở Y tế tỉnh Hà Lâm"}, False,
    ),
    "another office of the place": ({"issuer": FINANCE}, False),
    "the year after": ({"canonical_id": "12/TB-SYT@2025#binh-luc", "date": "2025-03-06"}, False),
    "a place in doubt, no office": ({"canonical_id": "12/TB-SYT@2024#?", "issuer": None}, False),
    "an unknown year": ({"canonical_id": "12/TB-SYT@?#binh-luc", "date": None}, False),
    "another number": ({"code": "13/TB-SYT", "canonical_id": "13/TB-SYT@2024#binh-luc"}, False),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "twice"), TWICE.values(), ids=TWICE)
def test_a_number_given_twice(engine: Engine, changes: dict[str, object], twice: bool) -> None:
    """Both papers name each other."""
    found, _ = remarks(engine, [numbered("a.txt"), numbered("b.txt", **changes)])
    assert (["a.txt", "b.txt"] if twice else []) == [path for path, _ in found]
    assert all(other in one for (_, one), other in zip(found, ("“b.txt”", "“a.txt”"), strict=bool(found)))


def test_three_papers_with_one_number_are_counted(engine: Engine) -> None:
    """One is named, the others are a figure."""
    found, _ = remarks(engine, [numbered("a.txt"), numbered("b.txt"), numbered("c.txt")])
    assert ["“b.txt” (và 1 tệp khác)", "“a.txt” (và 1 tệp khác)", "“a.txt” (và 1 tệp khác)"] == [
        one.removeprefix("Tệp ").split(" cũng")[0] for _, one in found
    ]


def test_a_scan_of_a_paper_is_no_second_paper(tmp_path: Path, engine: Engine) -> None:
    """Versions of one document share a number; a run remarks on what differs only."""
    herds, fees = (
        "\n".join(one.format(n) for n in range(40)) for one in ("Trạm {} tiêm cho đàn trâu.", "Chợ {} thu phí.")
    )
    for name, body, day in (("a", herds, "06"), ("b", herds, "06"), ("c", fees, "08")):
        (tmp_path / f"{name}.txt").write_text(_sheet("12/TB-SYT", body, day), encoding="utf-8")
    counts = run(collect([tmp_path]), engine, Settings(1))
    assert (1, 2) == (counts.versions, counts.remarked)
    assert {"a.txt", "c.txt"} == {path for path, one in told(engine)[0] if "cũng mang số 12/TB-SYT" in one}


# ---------------------------------------------------------------- a document of the folder, cited as another's
CITED_AS: dict[str, tuple[dict[str, object], str | None]] = {
    "as it is": ({"issuer": HEALTH, "type": "Thông báo"}, None),
    "without its issuer and type": ({}, None),
    "by a general word": ({"type": "Văn bản"}, None),
    "as another office's": ({"issuer": FINANCE}, "hãy soát lại cơ quan ban hành"),
    "as another type": ({"type": "Kế hoạch"}, "hãy soát lại loại văn bản"),
}


@pytest.mark.parametrize(("said", "told_of"), CITED_AS.values(), ids=CITED_AS)
def test_a_document_cited_as_another(engine: Engine, said: dict[str, str], told_of: str | None) -> None:
    """The remark stands on the citation and names the file."""
    cited = Citation(
        Span(0, 9), "full", "implements", code="12/TB-SYT", canonical_id="12/TB-SYT@2024#binh-luc", date="2024-03-06",
        **said,  # type: ignore[arg-type]
    )  # fmt: skip
    _, found = remarks(engine, [numbered("a.txt"), paper("b.txt", cited, date="2024-03-20")])
    assert ([told_of] if told_of else []) == [told_of for path, one in found if path == "b.txt" and "“a.txt”" in one]
    assert all(told_of and told_of in one for _, one in found)


# ---------------------------------------------------------------- a person spelled two ways
PERSONS: dict[str, tuple[dict[str, object], bool]] = {
    "a mark": ({"name": "Trần Hưng Hải"}, True),
    "two letters exchanged": ({"name": "Trần Hùgn Hải"}, True),
    "case and the place of the tone mark": ({"name": "TRẦN HÙNG HẢI"}, False),
    "another name": ({"name": "Trần Minh Hải"}, False),
    "another title": ({"name": "Trần Hưng Hải", "signer_title": "Giám đốc"}, False),
    "another office": ({"name": "Trần Hưng Hải", "issuer": FINANCE}, False),
    "years later": ({"name": "Trần Hưng Hải", "date": "2027-03-06"}, False),
    "a day unread": ({"name": "Trần Hưng Hải", "date": None}, False),
}


@pytest.mark.parametrize(("changes", "alike"), PERSONS.values(), ids=PERSONS)
def test_a_person_spelled_two_ways(engine: Engine, changes: dict[str, object], alike: bool) -> None:
    """The rarer spelling is told, with how many bear the other one."""
    usual = [signed(f"{n}.txt", "Trần Hùng Hải") for n in range(3)]
    found, _ = remarks(engine, [*usual, signed("x.txt", **changes)])  # type: ignore[arg-type]
    assert (["x.txt"] if alike else []) == [path for path, _ in found]
    assert all("“Trần Hùng Hải” (3 văn bản khác" in one for _, one in found)


def test_of_two_spellings_as_frequent_both_are_told(engine: Engine) -> None:
    """Nothing says which is right."""
    found, _ = remarks(engine, [signed("a.txt", "Lê Văn Mẫn"), signed("b.txt", "Lê Văn Mẫu")])
    assert ["a.txt", "b.txt"] == [path for path, _ in found]


# ---------------------------------------------------------------- what is cited differently
CITED: dict[str, tuple[Citation, list[Citation], str | None]] = {
    "another day": (replace(CENTRAL, date="2024-03-15"), [CENTRAL] * 2, "2 văn bản khác (“0.txt”) ghi ngày 05/03/2024"),
    "another year": (
        replace(CENTRAL, canonical_id="37/CĐ-TTg@2023", date="2023-03-05"), [CENTRAL] * 2, "ghi ngày 05/03/2024",
    ),
    "a low number comes back every year": (
        replace(CENTRAL, code="01/CĐ-TTg", canonical_id="01/CĐ-TTg@2023", date="2023-03-05"),
        [replace(CENTRAL, code="01/CĐ-TTg", canonical_id="01/CĐ-TTg@2024")] * 2, None,
    ),
    "the number of another year, on another day": (
        replace(CENTRAL, canonical_id="37/CĐ-TTg@2023", date="2023-07-09"), [CENTRAL] * 2, None,
    ),
    "a month without day": (replace(CENTRAL, date="2024-04"), [CENTRAL] * 2, None),
    "a symbol one letter away": (
        replace(CENTRAL, code="37/CT-TTg", canonical_id="37/CT-TTg@2024", type="Chỉ thị"), [CENTRAL] * 2,
        "có thể là một văn bản",
    ),
    "another number": (replace(CENTRAL, code="38/CT-TTg", canonical_id="38/CT-TTg@2024"), [CENTRAL] * 2, None),
    "a letter of one office": (replace(LOCAL, date="2024-03-25"), [LOCAL] * 2, "ghi ngày 05/03/2024"),
    "a letter of no office that is named": (replace(LOCAL, issuer=None, date="2024-03-25"), [LOCAL] * 2, None),
    "a letter of another office": (replace(LOCAL, issuer=PROVINCE, date="2024-03-25"), [LOCAL] * 2, None),
}  # fmt: skip


@pytest.mark.parametrize(("odd", "others", "expected"), CITED.values(), ids=CITED)
def test_the_rarer_mention_is_told(engine: Engine, odd: Citation, others: list[Citation], expected: str | None) -> None:
    """Only where both mean one document beyond doubt."""
    results = [paper(f"{n}.txt", one) for n, one in enumerate(others)]
    _, found = remarks(engine, [*results, paper("odd.txt", odd)])
    assert (["odd.txt"] if expected else []) == [path for path, _ in found]
    assert all(expected and expected in one for _, one in found)


def test_two_days_in_one_document_are_both_told(engine: Engine) -> None:
    """A letter of an office that nobody names is one letter within a text."""
    nameless = replace(LOCAL, issuer=None)
    _, found = remarks(engine, [paper("a.txt", nameless, replace(nameless, date="2024-03-25"))])
    assert ["a.txt", "a.txt"] == [path for path, _ in found]
    assert all("chỗ khác của cùng văn bản" in one for _, one in found)


def test_the_document_itself_weighs_more_than_many_mentions(engine: Engine) -> None:
    """What it says of its day, its issuer and its type; its short name is no other office."""
    own = paper(
        "goc.txt", code="37/CĐ-TTg", canonical_id="37/CĐ-TTg@2024", date="2024-03-06", issuer="Thủ tướng Chính phủ",
        doc_type="Công điện",
    )  # fmt: skip
    _, found = remarks(engine, [own, paper("a.txt", CENTRAL), paper("b.txt", CENTRAL)])
    assert ["a.txt", "b.txt"] == [path for path, _ in found]
    assert all("chính văn bản ấy trong thư mục (“goc.txt”) ghi ngày 06/03/2024" in one for _, one in found)


# ---------------------------------------------------------------- runs
def _sheet(code: str, body: str, day: str = "06") -> str:
    return (
        "UBND TỈNH BÌNH LỤC\nSỞ Y TẾ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        f"Số: {code}\nBình Lục, ngày {day} tháng 3 năm 2024\nTHÔNG BÁO\nVề việc {body.lower()}\n{body}\n"
    )


def test_runs_file_by_file_leave_what_one_run_leaves(tmp_path: Path, engine: Engine) -> None:
    """Remarks come with the file that gives them and go with it, as if the folder had always been so."""
    cites = "Thực hiện Công điện số 37/CĐ-TTg ngày {}/3/2024 của Thủ tướng Chính phủ về trực cấp cứu {}."
    sheets = {
        "a.txt": _sheet("12/TB-SYT", cites.format("05", "tại bệnh viện")),
        "b.txt": _sheet("12/TB-SYT", cites.format("05", "ở chợ nổi"), "07"),
        "c.txt": _sheet("14/TB-SYT", cites.format("15", "trên đèo"), "18"),
    }
    folder = tmp_path / "kho"
    folder.mkdir()
    states = []
    for name, text in sheets.items():
        (folder / name).write_text(text, encoding="utf-8")
        states.append(_told_of(folder, engine))
    assert [0, 2, 3] == [len({path for path, _ in found}) for found in states]
    for name in sheets:
        (folder / name).unlink()
        states.append(_told_of(folder, engine))
    assert [2, 0, 0] == [len({path for path, _ in found}) for found in states[3:]]


def _told_of(folder: Path, engine: Engine) -> Remarks:
    with TemporaryDirectory() as scratch:
        fresh = store.open_store(Path(scratch) / "vanthu.db", create=True)
        for one in (engine, fresh):
            run(collect([folder]), one, Settings(1))
        assert told(engine) == told(fresh)
        fresh.dispose()
    return [*told(engine)[0], *told(engine)[1]]


def test_many_documents_take_seconds(engine: Engine) -> None:
    """Also when all of them cite one law, with two days, and each thousand bears one number."""
    n, sample = 10_000, numbered("mau.txt", signer_name="Trần Hùng Hải", signer_title="Phó Giám đốc")
    store.save(engine, replace(sample, citations=(CENTRAL,)), "/kho/mau.txt")
    with engine.begin() as connection:
        for table, key in ((tables.documents, "doc_id"), (tables.citations, "citation_id")):
            row = dict(connection.execute(table.select()).mappings().one())
            row.pop("n", None)  # the database numbers them
            rows = [row | {"doc_id": f"{i:016}", key: f"{i:016}"} | _variant(table.name, i) for i in range(n)]
            connection.execute(insert(table), rows)
    refresh_statistics(engine)
    started = time.perf_counter()
    assert n < check_folder(engine)
    assert time.perf_counter() - started < 30


def _variant(table: str, i: int) -> dict[str, object]:
    if table == "citations":
        return {"date": "2024-03-15" if i % 3 else "2024-03-05"}
    code = f"{i // 1000 + 100}/TB-SYT"
    return {"path": f"{i}.txt", "source": f"/kho/{i}.txt", "code": code, "canonical_id": f"{code}@2024#binh-luc"}
