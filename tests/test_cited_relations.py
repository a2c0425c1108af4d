"""Relations between two cited documents: who acts upon whom, by which form."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path
from typing import Any

import pytest

from extractors.citations import find_citations
from extractors.model import Document, Header

HERE = Path(__file__).parent
EXAMPLES = tomllib.loads((HERE / "examples" / "cited_relations.toml").read_text(encoding="utf-8"))["example"]
DOMAIN = HERE.parents[1] / "shared" / "domain" / "relations.csv"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e["text"][:40])
def test_example(example: dict[str, Any]) -> None:
    """The relations of an example, in order."""
    cited = find_citations(Document(example["text"]), Header())
    names = [citation.code or citation.name for citation in cited.citations]
    assert example["expect"] == [[names[r.source], r.relation, names[r.target], r.rule] for r in cited.relations]


#: Each finer word of the domain table, a sentence that shows it, the type of document, and the word of the guidelines.
MAPPED = {
    "based_on": ("Căn cứ Luật Đất đai;", "Quyết định", "basis"),
    "implements": ("Thực hiện Chỉ thị số 15/CT-TTg, Sở yêu cầu", "Công văn", "implements"),
    "proposed_by": ("Theo đề nghị của Sở Nội vụ tại Tờ trình số 12/TTr-SNV;", "Quyết định", "basis"),
    "amends": ("Điều 1. Sửa đổi, bổ sung Quyết định số 5/QĐ-BTC", "Quyết định", "amends"),
    "replaces": ("Quyết định này thay thế Quyết định số 5/QĐ-BTC.", "Quyết định", "replaces"),
    "repeals": ("Điều 1. Bãi bỏ Quyết định số 5/QĐ-BTC", "Quyết định", "repeals"),
    "terminates": ("2. Thông tư số 8/2018/TT-BTC hết hiệu lực kể từ ngày ký.", "Thông tư", "repeals"),
    "suspends": ("Đình chỉ việc thi hành Quyết định số 5/QĐ-UBND", "Quyết định", "mentions"),
    "corrects": ("Đính chính Thông tư số 8/2018/TT-BTC", "Quyết định", "corrects"),
    "guides": ("Thông tư này hướng dẫn Nghị định số 70/2017/NĐ-CP", "Thông tư", "guides"),
    "consolidates": ("Hợp nhất Thông tư số 8/2018/TT-BTC", "Văn bản hợp nhất", "mentions"),
    "interprets": ("Giải thích Luật Đất đai", "Nghị quyết", "mentions"),
    "refers_to": ("Hồ sơ quy định tại Điều 5 Luật Đất đai", "Thông tư", "mentions"),
    "issued_with": ("Gửi kèm Quyết định số 5/QĐ-BTC", "Công văn", "encloses"),
    "replies_to": ("Trả lời Công văn số 5/BTC-CST", "Công văn", "replies_to"),
    "continues": ("Tiếp theo Công văn số 5/BTC-CST", "Công văn", "mentions"),
    "reports_on": ("Báo cáo kết quả thực hiện Chỉ thị số 15/CT-TTg", "Báo cáo", "implements"),
    "relays": ("Sao gửi Công văn số 5/BTC-CST", "Công văn", "encloses"),
    "announces": ("Công bố Thông tư số 8/2018/TT-BTC", "Quyết định", "mentions"),
}


@pytest.mark.parametrize("word", MAPPED)
def test_finer_words_keep_to_the_ten_of_the_guidelines(word: str) -> None:
    """The finer vocabulary of the domain table is told in the ten words of the annotation guidelines."""
    text, doc_type, relation = MAPPED[word]
    assert [relation] == [c.relation for c in find_citations(Document(text), Header(doc_type=doc_type)).citations]


@pytest.mark.skipif(not DOMAIN.exists(), reason="the domain table is not at hand")
def test_all_words_of_the_domain_table_are_mapped() -> None:
    """No row of the table of relations is forgotten."""
    assert set(MAPPED) == {row["relation"] for row in csv.DictReader(DOMAIN.open(encoding="utf-8"))}
