"""Each export holds what the database holds, in its format's own way."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest
from conftest import directive, dispatch, make_result
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from xlsxwriter import Workbook

from extractors.model import CitedRelation, Header, Obligation, Reference, Span
from extractors.raw import DigitalSignature
from pipeline.export import FORMATS, sheet, write
from pipeline.export.csv import cell
from pipeline.export.drafters import without_drafter
from pipeline.export.labels import VALUES, label, recurrence_in_words
from pipeline.export.sheet import cell_text
from pipeline.resolve import resolve_citations
from pipeline.rows import CITATION_KEYS, DOCUMENT_KEYS, OBLIGATION_KEYS, REFERENCE_KEYS, RELATION_KEYS
from pipeline.store import save_failure
from pipeline.versions import group_versions

Stored = Callable[..., Engine]


@pytest.fixture
def folder(stored: Stored) -> Engine:
    """Two documents, linked, and a file that could not be read."""
    engine = stored(dispatch("năm 2020/cv.txt"), directive())
    resolve_citations(engine)
    save_failure(
        engine, {"source": "/kho/x.pdf", "path": "x.pdf", "reason": "Tệp hỏng.", "error": "UnreadableDocument"}
    )
    return engine


def _lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_jsonl_keys_are_the_contract(folder: Engine, tmp_path: Path) -> None:
    """Exactly the promised keys, in the promised order."""
    documents, obligations, citations, *_ = map(_lines, write(folder, "jsonl", tmp_path / "out"))
    assert [DOCUMENT_KEYS, OBLIGATION_KEYS, CITATION_KEYS] == [
        tuple(rows[0]) for rows in (documents, obligations, citations)
    ]
    assert (2, 2, 1) == (len(documents), len(obligations), len(citations))


def test_jsonl_relations_and_references(stored: Stored, tmp_path: Path) -> None:
    """What two cited documents do to each other, and what points back, under the promised keys and by citation id."""
    one = dispatch()
    (cited,) = one.citations
    other = replace(cited, span=Span(cited.span.start, cited.span.start + 7), code="09/CT-TTg")
    relation = CitedRelation(cited.span, "active", "replaces", 0, 1)
    back = Reference(Span(0, 7), "same-type-before", "cited", (1,))
    result = replace(one, citations=(cited, other), relations=(relation,), references=(back,))
    *_, citations, relations, references = map(_lines, write(stored(result), "jsonl", tmp_path))
    ids = {row["code"]: row["citation_id"] for row in citations}
    assert [RELATION_KEYS, REFERENCE_KEYS] == [tuple(rows[0]) for rows in (relations, references)]
    assert [(ids["07/CT-TTg"], ids["09/CT-TTg"], "replaces")] == [
        (row["source"], row["target"], row["relation"]) for row in relations
    ]
    assert [("Yêu cầu", [ids["09/CT-TTg"]])] == [(row["quote"], row["antecedents"]) for row in references]


def test_jsonl_rows_refer_to_each_other(folder: Engine, tmp_path: Path) -> None:
    """Spans are slices of the text, cites are citations, the cited document is found."""
    documents, obligations, citations, *_ = map(_lines, write(folder, "jsonl", tmp_path))
    texts = {row["doc_id"]: str(row["text"]) for row in documents}
    for row in (*obligations, *citations):
        assert row["quote"] == texts[row["doc_id"]][slice(row["start"], row["end"])]  # type: ignore[misc]
    assert [citations[0]["citation_id"]] == obligations[0]["cites"]
    assert directive().doc_id == citations[0]["resolved_doc_id"]
    assert ("<2020-04-05", "trước ngày 05/4/2020", "2020-04-04") == tuple(
        obligations[0][key] for key in ("deadline", "deadline_text", "due")
    )


def test_drafters_stay_out_unless_asked_for(folder: Engine, tmp_path: Path) -> None:
    """By default the archive line keeps the unit and the number of copies only."""
    for with_drafters, expected in ((False, "Lưu: VT, VX (03b)"), (True, "Lưu: VT, VX (Lan 03b)")):
        documents, *_ = write(folder, "jsonl", tmp_path, with_drafters=with_drafters)
        row = next(row for row in _lines(documents) if row["path"].endswith("cv.txt"))
        last = row["recipients"][-1]  # type: ignore[index]
        assert (expected, None) == (last["name"], last["purpose"])
        assert "drafter" not in last


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Lưu: VT, GSQL (Lan 03b)", "Lưu: VT, GSQL (03b)"),
        ("Lưu: VT, GSQL (Đức-03b)", "Lưu: VT, GSQL (03b)"),
        ("Lưu: VT, NVTHQ-PL-Lan (3b)", "Lưu: VT, NVTHQ-PL (3b)"),
        ("Lưu: VT, TTHC (Thu)", "Lưu: VT, TTHC"),
        ("Lưu: VT, VP (02b)", "Lưu: VT, VP (02b)"),
        ("Lưu: VT, KSTT (N)", "Lưu: VT, KSTT"),
        ("Lưu: VT, KGVXn12", "Lưu: VT, KGVXn12"),
        ("Lưu: VT, TH-QH", "Lưu: VT, TH-QH"),
        ("Cục Thuế tỉnh (Lan)", "Cục Thuế tỉnh (Lan)"),
    ],
)
def test_which_names_are_drafters(written: str, shown: str) -> None:
    """A given name or initials at the end of the archive line, nothing else."""
    assert {"name": shown, "purpose": None} == without_drafter({"name": written, "purpose": None})


def test_csv_opens_with_its_marks(folder: Engine, tmp_path: Path) -> None:
    """A byte order mark for the spreadsheet, lists in one cell."""
    paths = {path.stem: path for path in write(folder, "csv", tmp_path)}
    assert paths["obligations"].read_bytes().startswith(b"\xef\xbb\xbf")
    with paths["documents"].open(encoding="utf-8-sig", newline="") as file:
        rows = {row["path"]: row for row in csv.DictReader(file)}
    assert "Như trên; Lưu: VT, VX (03b)" == rows["năm 2020/cv.txt"]["recipients"]


@pytest.mark.parametrize("text", ["=1+1", "+84", "@x", "\tx"])
def test_csv_cells_are_no_formulas(text: str) -> None:
    """What a document begins with must not run in a spreadsheet."""
    assert f"'{text}" == cell(text)


def _workbook(engine: Engine, folder: Path) -> openpyxl.Workbook:
    (path,) = write(engine, "xlsx", folder)
    return openpyxl.load_workbook(path)


def test_workbook_sheets_and_headings(folder: Engine, tmp_path: Path) -> None:
    """Vietnamese sheets, each with a filter and its headings in sight and on every page."""
    book = _workbook(folder, tmp_path)
    assert ["Nghĩa vụ", "Tổng hợp", "Văn bản", "Viện dẫn", "Lỗi"] == book.sheetnames
    for one in (each for each in book if each.title != "Tổng hợp"):
        assert "STT" == one["A1"].value
        assert one.auto_filter.ref
        assert "C2" == one.freeze_panes
        assert "$1:$1" == one.print_title_rows
        assert "landscape" == one.page_setup.orientation


def _column(sheet: openpyxl.worksheet.worksheet.Worksheet, heading: str) -> list[openpyxl.cell.Cell]:
    at = [cell.value for cell in sheet[1]].index(heading)
    return [row[at] for row in sheet.iter_rows(min_row=2)]


def test_workbook_obligations_lead_to_document_and_file(folder: Engine, tmp_path: Path) -> None:
    """Real dates, Vietnamese words for values, a link to the document's row and one to the file."""
    book = _workbook(folder, tmp_path / "out")
    sheet = book["Nghĩa vụ"]
    assert [datetime(2020, 4, 4), None] == [cell.value for cell in _column(sheet, "Thời hạn")]
    assert ["Phải làm", "Không được làm"] == [cell.value for cell in _column(sheet, "Tính chất")]
    assert "12/UBND-VX ngày 20/03/2020" == _column(sheet, "Văn bản giao việc")[0].value
    document = _column(sheet, "Xem ở trang Văn bản")[0]
    target = book["Văn bản"][document.hyperlink.location.split("!")[1]].row
    assert document.value == book["Văn bản"].cell(target, 2).value == "12/UBND-VX"
    target = unquote(_column(sheet, "Tệp gốc")[0].hyperlink.target).replace("\\", "/")
    assert Path("/kho/năm 2020/cv.txt") == (tmp_path / "out" / target).resolve()


def test_a_dispatch_of_two_files(stored: Stored, tmp_path: Path) -> None:
    """The workbook lists both files and counts the duties once; the rows of the JSON export stay complete."""
    engine = stored(dispatch("a.txt"), dispatch("b.txt"))
    group_versions(engine)
    book = _workbook(engine, tmp_path)
    assert [None, "12/UBND-VX"] == [cell.value for cell in _column(book["Văn bản"], "Bản khác của")]
    assert "'Văn bản'!A2" == _column(book["Văn bản"], "Bản khác của")[1].hyperlink.location
    assert [2, 0] == [cell.value for cell in _column(book["Văn bản"], "Số nghĩa vụ")]
    assert (2, 1) == (book["Nghĩa vụ"].max_row - 1, book["Viện dẫn"].max_row - 1)
    documents, obligations, citations, *_ = map(_lines, write(engine, "jsonl", tmp_path))
    assert [None, dispatch("a.txt").doc_id] == [row["version_of"] for row in documents]
    assert (4, 2) == (len(obligations), len(citations))


def test_workbook_leads_to_the_archive_of_a_document(stored: Stored, tmp_path: Path) -> None:
    """Excel cannot open a file in an archive: the link leads to the archive, the name says where in it."""
    path = _column(_workbook(stored(dispatch("hoso.zip!/cv.txt")), tmp_path / "out")["Nghĩa vụ"], "Tệp gốc")[0]
    assert "hoso.zip!/cv.txt" == path.value
    assert Path("/kho/hoso.zip") == (tmp_path / "out" / path.hyperlink.target.replace("\\", "/")).resolve()


def test_workbook_citations_and_failures(folder: Engine, tmp_path: Path) -> None:
    """Relations in words, the cited document linked, failures with their reasons."""
    book = _workbook(folder, tmp_path)
    assert ["thực hiện"] == [cell.value for cell in _column(book["Viện dẫn"], "Quan hệ")]
    assert ["07/CT-TTg"] == [cell.value for cell in _column(book["Viện dẫn"], "Văn bản trong thư mục")]
    assert [("x.pdf", None, "Tệp hỏng.")] == [row[1:4] for row in book["Lỗi"].iter_rows(min_row=2, values_only=True)]


def test_workbook_keeps_what_excel_forbids(stored: Stored, tmp_path: Path) -> None:
    """Formulas, links and control characters come out as the text they are; an overlong cell is cut visibly."""
    texts = ["=HYPERLINK(1)", "http://a.vn", "a\x01b", "á" * 40_000]
    text = "\n".join(texts)
    duties, start = [], 0
    for part in texts:
        duties.append(Obligation(Span(start, start + len(part)), "r", "obligation", (), None, None, due="1899-01-01"))
        start += len(part) + 1
    engine = stored(make_result("a#b.txt", text, header=Header(date="2014"), obligations=tuple(duties)))
    book = _workbook(engine, tmp_path)
    formula, link, control, long = [cell.value for cell in _column(book["Nghĩa vụ"], "Trích nguyên văn")]
    assert ("=HYPERLINK(1)", "http://a.vn", "a␁b") == (formula, link, control)
    assert "s" == _column(book["Nghĩa vụ"], "Trích nguyên văn")[0].data_type
    assert len(long) == 32_767
    assert long.endswith("xem tệp gốc]")
    assert "1899-01-01" == _column(book["Nghĩa vụ"], "Thời hạn")[0].value
    assert "2014" == _column(book["Văn bản"], "Ngày ban hành")[0].value
    assert _column(book["Nghĩa vụ"], "Tệp gốc")[0].hyperlink is None


def test_workbook_says_when_a_duty_recurs(stored: Stored, tmp_path: Path) -> None:
    """Words in place of a first day that may be long past; that day stands in a column of its own."""
    weekly = Obligation(
        Span(0, 7), "r", "obligation", ("Sở A",), "explicit", None, due="2020-03-06", recurrence="FREQ=WEEKLY;BYDAY=FR"
    )
    sheet = _workbook(stored(make_result(text="Báo cáo", obligations=(weekly,))), tmp_path)["Nghĩa vụ"]
    assert "hằng tuần, thứ Sáu" == _column(sheet, "Thời hạn")[0].value
    assert datetime(2020, 3, 6) == _column(sheet, "Kỳ đầu tiên")[0].value


def test_a_table_goes_on_on_another_sheet(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Rows and links past what a sheet takes are kept, numbered on; the links as plain text."""
    monkeypatch.setattr(sheet, "MAX_ROWS", 3)
    monkeypatch.setattr(sheet, "_MAX_LINKS", 2)
    columns = (sheet.ColumnStyle("n", 5), sheet.ColumnStyle("path", 20))
    rows = [{"path": sheet.Link("external:cv.txt", f"cv{i}")} for i in range(4)]
    with Workbook(str(tmp_path / "t.xlsx")) as book:
        sheet.write_sheet(sheet.Styles(book), sheet.SheetStyle("Lỗi", columns), rows)
    read = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert ["Lỗi", "Lỗi (2)"] == read.sheetnames
    cells = [row for one in read for row in one.iter_rows(min_row=2)]
    assert [(1, "cv0"), (2, "cv1"), (3, "cv2"), (4, "cv3")] == [(n.value, path.value) for n, path in cells]
    assert [True, True, False, True] == [path.hyperlink is not None for _, path in cells]


def test_rows_that_are_written_keep_their_height(tmp_path: Path) -> None:
    """Also the first and the last, though the program lets go of each once it is on the disk."""
    columns = (sheet.ColumnStyle("n", 5), sheet.ColumnStyle("quote", 20))
    rows = [{"quote": "rà soát kho gạo dự trữ của địa phương " * length} for length in (6, 1, 4)]
    with Workbook(str(tmp_path / "t.xlsx"), {"constant_memory": True}) as book:
        sheet.write_sheet(sheet.Styles(book), sheet.SheetStyle("Lỗi", columns), rows)
        assert len(book.worksheets()[0].row_info) <= 2
    read = openpyxl.load_workbook(tmp_path / "t.xlsx")["Lỗi"]
    heights = [read.row_dimensions[n].height for n in (2, 3, 4)]
    assert [sheet.row_height(row["quote"], 20) for row in rows] == pytest.approx(heights, abs=0.5)
    assert heights[0] > heights[2] > heights[1]


@given(st.text())
def test_cells_hold_any_text(text: str) -> None:
    """No character XML forbids, none lost, nothing too long."""
    shown = cell_text(text)
    assert len(shown) <= 32_767
    assert all(char in "\n\r" or char >= " " for char in shown)
    assert shown.replace(" | ", "\t").count("\t") >= text.count("\t")


def test_signatures_in_words(stored: Stored, tmp_path: Path) -> None:
    """One line each in the sheet and the CSV table, seals put on together once; the whole records in JSON."""
    leader = DigitalSignature("Lê Văn Mẫu", "UBND tỉnh Bình An", "2020-04-05T16:30:00+07:00", True, True)
    seal = DigitalSignature(None, None, None, False, True)
    engine = stored(make_result("cv.pdf", "Báo cáo", signatures=(leader, seal, seal)))
    words = [
        "Lê Văn Mẫu (UBND tỉnh Bình An), 05/04/2020 16:30, tệp bị thay đổi sau khi ký",
        "không rõ người ký, không khớp với nội dung tệp",
    ]
    assert "\n".join(words) == _column(_workbook(engine, tmp_path)["Văn bản"], "Chữ ký số")[0].value
    with write(engine, "csv", tmp_path)[0].open(encoding="utf-8-sig", newline="") as file:
        assert "; ".join(words) == next(csv.DictReader(file))["signatures"]
    (row,) = _lines(write(engine, "jsonl", tmp_path)[0])
    assert [asdict(leader), asdict(seal), asdict(seal)] == row["signatures"]


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_database_has_an_export(engine: Engine, tmp_path: Path, form: str) -> None:
    """No document is no error."""
    assert all(path.is_file() for path in write(engine, form, tmp_path / form))


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=WEEKLY;BYDAY=FR", "hằng tuần, thứ Sáu"),
        ("FREQ=MONTHLY;BYMONTHDAY=25", "hằng tháng, ngày 25"),
        ("FREQ=MONTHLY;INTERVAL=3", "hằng quý"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "hằng tháng, ngày cuối tháng"),
        ("FREQ=YEARLY;BYMONTH=6,12", "hằng năm, tháng 6, 12"),
        ("FREQ=DAILY;X=1", "hằng ngày, X=1"),
        (None, ""),
    ],
)
def test_recurrences_in_words(rule: str | None, words: str) -> None:
    """A clerk reads words; a part without a word is shown as it is."""
    assert words == recurrence_in_words(rule)


def test_every_value_of_the_model_has_a_word() -> None:
    """The table knows each closed vocabulary."""
    from typing import get_args

    from extractors import model

    vocabularies = {
        "kind": model.ObligationKind,
        "relation": model.Relation,
        "actor_source": model.ActorSource,
        "deadline_type": model.DeadlineType,
    }
    for name, literal in vocabularies.items():
        assert set(get_args(literal)) == set(VALUES[name])
    assert "khác" == label("kind", "khác")
