"""Citations: rules and examples in both directions, the forms of the domain table, and what holds for any text."""

from __future__ import annotations

import csv
import re
import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import example as explicit
from hypothesis import given
from hypothesis import strategies as st

from extractors.citations import find_citations
from extractors.lexicon import settings
from extractors.mentions import RULES, find_mentions
from extractors.model import Citation, Document, Header, Relation, Span, Zone
from extractors.relations import strongest
from extractors.tails import read_tail

HERE = Path(__file__).parent
EXAMPLES = tomllib.loads((HERE / "examples" / "citations.toml").read_text(encoding="utf-8"))["example"]
DOMAIN = HERE.parents[1] / "shared" / "domain" / "citations.csv"
#: Rows that only hold the words that refer: what stands before them in a document, and the keys that they then have.
ANTECEDENTS = {
    "C040": ("Theo Nghị định số 8/2019/NĐ-CP và Quyết định số 5/QĐ-TTg ngày 02/3/2019.\n", ["5/QĐ-TTg@2019"]),
    "C041": ("Theo Nghị định số 8/2019/NĐ-CP và Quyết định số 5/QĐ-TTg ngày 02/3/2019.\n",
             ["5/QĐ-TTg@2019", "8/2019/NĐ-CP"]),
    "C042": ("Công văn số 7/BTC-CST ngày 02/3/2019; Công điện số 9/CĐ-TTg ngày 04/5/2020.\n",
             ["7/BTC-CST@2019", "9/CĐ-TTg@2020"]),
    "C010": ("Nghị quyết số 128/NQ-CP ngày 11/10/2021 của Chính phủ.\n", ["128/NQ-CP@2021"]),
}  # fmt: skip
#: Rows that are no citation of another document in this model.
LATER = {
    "C034": "a place of the text itself: no document is cited", "C079": "the end of the document itself: see effect",
}  # fmt: skip


def found_in(text: str, **header: str) -> tuple[Citation, ...]:
    """The citations of a text without zones."""
    return find_citations(Document(text), Header(**header)).citations  # type: ignore[arg-type]


def shown(citation: Citation, text: str, keys: list[str]) -> dict[str, Any]:
    """What an example compares: an absent value is an empty string, warnings are counted."""
    values = {key: getattr(citation, key) or "" for key in keys if key not in ("quote", "warnings")}
    values |= {key: list(value) for key, value in values.items() if isinstance(value, tuple)}
    if "quote" in keys:
        values["quote"] = citation.span.of(text)
    if "warnings" in keys:
        values["warnings"] = len(citation.warnings)
    return values


def parameters() -> list[Any]:
    """One parameter for each example; what is not supported yet must fail."""
    marks = {i: pytest.mark.xfail(reason=e["xfail"], strict=True) for i, e in enumerate(EXAMPLES) if "xfail" in e}
    return [pytest.param(e, marks=marks.get(i, ()), id=e["text"][:40]) for i, e in enumerate(EXAMPLES)]


@pytest.mark.parametrize("example", parameters())
def test_example(example: dict[str, Any]) -> None:
    """The citations of an example, in order, with the values that it names."""
    found = found_in(example["text"], **example.get("header", {}))
    assert len(example["expect"]) == len(found), [c.span.of(example["text"]) for c in found]
    for expected, citation in zip(example["expect"], found, strict=True):
        assert expected == shown(citation, example["text"], list(expected))


def test_every_rule_has_an_example_and_every_example_a_rule() -> None:
    """No rule without an example; no example of an unknown rule, but those of a later version."""
    named = {d["rule"] for e in EXAMPLES if "xfail" not in e for d in e["expect"]}
    assert {*RULES, "anaphora"} == named


def test_every_relation_has_an_example() -> None:
    """The vocabulary of the annotation guidelines, the lexicon and the model are the same, and each word is used."""
    used = {d["relation"] for e in EXAMPLES for d in e["expect"] if "relation" in d}
    assert set(get_args(Relation)) == set(settings("relations")["strength"]) == used


def domain_rows() -> list[Any]:
    """One parameter for each row of the table; rows that are asked of a later version must fail."""
    rows = list(csv.DictReader(DOMAIN.open(encoding="utf-8"))) if DOMAIN.exists() else []
    marks = {key: pytest.mark.xfail(reason=reason, strict=True) for key, reason in LATER.items()}
    return [pytest.param(row, marks=marks.get(row["id"], ()), id=row["id"]) for row in rows]


@pytest.mark.skipif(not DOMAIN.exists(), reason="the domain table is not at hand")
@pytest.mark.parametrize("row", domain_rows())
def test_form_of_the_domain_table(row: dict[str, str]) -> None:
    """Each row of the table of citation forms gives the documents and the places that it lists."""
    before, wanted = ANTECEDENTS.get(row["id"], ("", None))
    found = [c for c in found_in(before + row["text"], date="2026-06-01") if c.span.start >= len(before)]
    keys = {re.sub(r"#.*", "", citation.canonical_id or citation.code or "") for citation in found}
    assert (wanted or domain_keys(row)) == sorted(keys)
    if keys:
        assert domain_places(row) == [place for citation in found for place in citation.pinpoints]


def domain_keys(row: dict[str, str]) -> list[str]:
    """The keys of a row in our spelling. Standards and the header's own number are no citations here, and a blank
    number has only its symbol."""
    if row["canonical_id"] in ("self", "(none)") or row["id"] in ("C077", "C083"):
        return []
    if row["canonical_id"].startswith("?"):
        return [f"/{row['symbol']}"]
    keys = [re.sub(r"#.*", "", part.strip()) for part in row["canonical_id"].split(";")]
    return sorted(re.sub(r"^0+(?=\d)", "", key) for key in keys)


#: The words of the notation of places in the table.
WORDS = {"art": "Điều", "cl": "khoản", "pt": "điểm", "annex": "Phụ lục", "part": "Phần", "sec": "Mục"}


def domain_places(row: dict[str, str]) -> list[str]:
    """``art:5/cl:2/pt:a ; art:7/cl:1`` in our spelling. An annexed text as a whole is no place within a document."""
    paths = [part.strip() for part in row["pinpoint"].split(";") if part.strip() and "attachment" not in part]
    units = [[unit.split(":") for unit in path.split("/")] for path in paths]
    return [" ".join(f"{WORDS[word]} {mark}" for word, mark in reversed(path)) for path in units]


def test_parts_of_the_sheet_without_citations() -> None:
    """Numbers in the letterhead, the recipients and the signature are not citations."""
    text = (
        "Số 12/QĐ-BNV kèm Công văn số 1/BTC-VP\nThực hiện Công văn số 2/BTC-VP.\nNơi nhận: theo Công văn số 3/BTC-VP\n"
    )
    ends = [text.index("\n") + 1, text.index("Nơi"), len(text)]
    zones = (
        Zone("letterhead", Span(0, ends[0])),
        Zone("body", Span(ends[0], ends[1])),
        Zone("recipients", Span(ends[1], ends[2])),
    )
    assert ["2/BTC-VP"] == [c.code for c in find_citations(Document(text, zones=zones), Header()).citations]


@pytest.mark.parametrize(
    ("addressee", "relation"), [("Sở Y tế tỉnh Bình Lục", "replies_to"), ("Sở Nội vụ", "mentions")]
)
def test_what_was_received_is_answered_to_its_sender(addressee: str, relation: str) -> None:
    """A dispatch to somebody else only reports what was received."""
    text = "Cục nhận được công văn số 915/SYT-NVY ngày 02/8/2021 của Sở Y tế tỉnh Bình Lục về thuốc."
    assert [relation] == [c.relation for c in find_citations(Document(text), Header(addressees=(addressee,))).citations]


def test_strongest_relation() -> None:
    """Of several relations to one document the strongest counts; without any it is a mention."""
    assert "amends" == strongest(["mentions", "basis", "amends"])
    assert "mentions" == strongest([])


@pytest.mark.parametrize(
    ("tail", "issuer"),
    [
        (" của Sở Y tế về việc báo cáo", "Sở Y tế"),
        (" của Ban Chỉ đạo quốc gia về chuyển đổi số, các bộ", "Ban Chỉ đạo quốc gia về chuyển đổi số"),
        (" của Ủy ban nhân dân TP. Cửa Biển và Thông báo", "Ủy ban nhân dân TP. Cửa Biển"),
        (" của Luật Hải quan", None),
        (" của các đơn vị", None),
    ],
)
def test_issuer(tail: str, issuer: str | None) -> None:
    """The issuer ends at its title, at punctuation, at another document."""
    assert issuer == read_tail(tail, 0).issuer


PIECES = st.sampled_from(
    ["Nghị định", "số", "12/2020/NĐ-CP", "ngày 01/02/2020", "của Chính phủ", "Luật", "Hải quan", ",", ";", "và",
     "khoản 2", "Điều 5", "\n", "\t", "Căn cứ", "bãi bỏ", "15/CT-TTg", "Số: ", "1/500", "kèm theo", "sửa đổi, bổ sung",
     "-", "/", "12"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map(" ".join)))
@explicit("Luật sửa đổi, bổ sung một số điều của Luật")
@explicit("(((((Điều 5, Điều 5, Điều 5, Điều 5, " * 40)
def test_any_text(text: str) -> None:
    """Never an error; spans in order, inside the text, apart from each other but for those of one reference."""
    citations = found_in(text)
    ends = [0] + [c.span.end for c in citations]
    for i, (end, citation) in enumerate(zip(ends, citations, strict=False)):
        shared = citation.rule == "anaphora" and i > 0 and citations[i - 1].span == citation.span
        assert shared or end <= citation.span.start < citation.span.end <= len(text)
    assert all(m.place <= m.span.start for m in find_mentions(text))


def test_nothing_depends_on_what_stands_around() -> None:
    """A paragraph gives the same citations alone and among others, but for what refers to them (*nêu trên*)."""
    paragraphs = [
        e["text"] for e in EXAMPLES if "header" not in e and "\n" not in e["text"] and " trên" not in e["text"]
    ]
    alone = [
        (c.code, c.name, c.relation)
        for text in paragraphs
        for c in found_in(text)
        if c.rule not in ("short", "anaphora")
    ]
    together = found_in("\n".join(f"{text}." for text in paragraphs))
    assert [a[2] for a in alone] == [c.relation for c in together if c.rule not in ("short", "anaphora")]
