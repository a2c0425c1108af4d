"""The tokenizer, the spaCy component and the second opinion on clause heads."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.nlp.heads import HEAD_SYLLABLES, clause_head_is_verb
from pipeline.nlp.tokenizer import TOKEN_RULES, split_tokens
from pipeline.nlp.words import LONGEST_RUN, join_words

if TYPE_CHECKING:
    from spacy.language import Language

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = tomllib.loads((Path(__file__).parent / "examples" / "nlp.toml").read_text(encoding="utf-8"))


# ---------------------------------------------------------------- tokens
@pytest.mark.parametrize("example", EXAMPLES["tokens"], ids=lambda e: e["text"][:30])
def test_tokens(example: dict[str, object]) -> None:
    """Codes, dates, times and abbreviations stay whole; everything else is cut at syllables and signs."""
    assert example["expect"] == [token for token, _ in split_tokens(str(example["text"]))]


def test_every_token_rule_has_an_example() -> None:
    """A rule that no example reaches first is dead."""
    hit = set()
    for example in EXAMPLES["tokens"]:
        for token in example["expect"]:
            hit.add(next(name for name, pattern in TOKEN_RULES if re.fullmatch(pattern, token, re.DOTALL)))
    assert {name for name, _ in TOKEN_RULES} == hit


@given(st.text() | st.text(alphabet="aàđĐ1/.- \n\thg:%@_…", max_size=60))
def test_tokens_keep_every_character(text: str) -> None:
    """Tokens and their spaces joined are the text, whatever the text."""
    assert text == "".join(token + " " * space for token, space in split_tokens(text))


def words_of(text: str) -> list[str]:
    """The tokens when syllables are joined to words."""
    return [token for token, _ in join_words(split_tokens(text))]


@pytest.mark.parametrize("example", EXAMPLES["words"], ids=lambda e: e["text"][:30])
def test_words(example: dict[str, object]) -> None:
    """Syllables of a word are one token; symbols, dates and what stands on two lines stay apart."""
    assert example["expect"] == words_of(str(example["text"]))


@settings(deadline=None)
@given(st.text() | st.text(alphabet="aàđ1/.- \n\thồsơ\ud800\u0301", max_size=60))
def test_words_keep_every_character(text: str) -> None:
    """Joined words are the text, whatever the text."""
    assert text == "".join(token + " " * space for token, space in join_words(split_tokens(text)))


def test_long_runs_are_cut() -> None:
    """A paragraph without any sign is shown to the model in parts, and nothing is lost between them."""
    text = "hồ sơ " * LONGEST_RUN
    assert words_of(text) == ["hồ sơ"] * LONGEST_RUN


# ---------------------------------------------------------------- clause heads
@pytest.mark.parametrize("clause", EXAMPLES["heads"]["verbs"])
def test_verb_heads(clause: str) -> None:
    """A bare verb, also behind an adverb and written with a capital."""
    assert clause_head_is_verb(clause) is True


@pytest.mark.parametrize("clause", EXAMPLES["heads"]["subjects"])
def test_subject_heads(clause: str) -> None:
    """A noun phrase at the head is a subject."""
    assert clause_head_is_verb(clause) is False


@pytest.mark.xfail(reason="the tagger's own mistakes: the lexicons must be asked first")
@pytest.mark.parametrize("clause", EXAMPLES["heads"]["mistaken_for_verbs"])
def test_known_mistakes(clause: str) -> None:
    """Why the answer is only a second opinion."""
    assert clause_head_is_verb(clause) is False


@pytest.mark.parametrize(
    "clause", [*EXAMPLES["heads"]["unsure"], "", "   ", "…", "12/4", "\ud800", "Việc thực hiện"], ids=repr
)
def test_unknown_heads(clause: str) -> None:
    """No answer where the tagger has none, and no exception, even for a lone surrogate."""
    assert clause_head_is_verb(clause) is None


def test_only_the_head_is_read() -> None:
    """What follows the first syllables changes nothing, so a long paragraph costs no more than a short one."""
    head = "Rà soát các hồ sơ còn tồn đọng"
    assert len(head.split()) == HEAD_SYLLABLES
    assert clause_head_is_verb(head) == clause_head_is_verb(head + " tại bộ phận một cửa" * 2000)


# ---------------------------------------------------------------- spaCy
ORDER = """\
ỦY BAN NHÂN DÂN
HUYỆN BÌNH AN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 57/UBND-VP
V/v rà soát hồ sơ tồn đọng
Bình An, ngày 02 tháng 3 năm 2021
Kính gửi: Phòng Tư pháp huyện
Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư;
Ủy ban nhân dân huyện yêu cầu Phòng Tư pháp rà soát hồ sơ tồn đọng, báo cáo trước ngày 15/3/2021.
"""


@cache
def pipeline() -> Language:
    """One pipeline for all tests: loading spaCy takes seconds."""
    from pipeline.nlp.component import make_nlp

    return make_nlp()


def test_records_become_spans() -> None:
    """The three groups hold what the extractors found, at its place, with label, value and id."""
    doc = pipeline()(ORDER)
    assert doc.text == ORDER
    citation = next(span for span in doc.spans["citations"] if "30/2020/NĐ-CP" in span.text)
    assert (citation.label_, citation._.vanthu["code"]) == ("basis", "30/2020/NĐ-CP")
    assert ("absolute", "<2021-03-15") in {(span.label_, span.kb_id_) for span in doc.spans["deadlines"]}
    duty = next(span for span in doc.spans["obligations"] if "rà soát hồ sơ tồn đọng, báo cáo" in span.text)
    assert (duty.label_, duty.kb_id_, duty._.vanthu["actors"]) == ("obligation", "<2021-03-15", ["Phòng Tư pháp"])
    assert doc._.vanthu["document"]["code"] == "57/UBND-VP"
    assert doc[0:2]._.vanthu is None


@pytest.mark.parametrize("path", sorted((ROOT / "corpus" / "documents").iterdir()), ids=lambda path: path.name)
def test_files_give_the_rows_of_a_run(path: Path) -> None:
    """A ``Doc`` of a file holds exactly the rows that ``vanthu run`` stores, and its spans cover their quotes."""
    from pipeline.nlp.component import make_doc
    from pipeline.process import process
    from pipeline.rows import citation_rows, obligation_rows

    doc, result = make_doc(pipeline(), path), process(path)
    assert doc._.vanthu["citations"] == citation_rows(result)
    assert doc._.vanthu["obligations"] == obligation_rows(result, citation_rows(result))
    for group in ("citations", "deadlines", "obligations"):
        assert len(doc.spans[group]) == len(doc._.vanthu[group])
        for span, row in zip(doc.spans[group], doc._.vanthu[group], strict=True):
            assert row["quote"] in span.text
            assert row == span._.vanthu


def test_any_text_is_cleaned_first() -> None:
    """``make_doc`` takes what the component refuses: decomposed letters, doubled spaces, blank lines."""
    from pipeline.nlp.component import NotCanonical, make_doc

    messy = unicodedata.normalize("NFD", ORDER).replace(" tồn", "  tồn").replace("\n", "\n\n")
    with pytest.raises(NotCanonical, match="make_doc"):
        pipeline()(messy)
    doc = make_doc(pipeline(), messy)
    assert doc.text == ORDER
    assert doc.spans["obligations"]


SCRAPS = ["Số: 12/UBND-VX", "Kính gửi: Sở Y tế;", "Yêu cầu Sở Y tế báo cáo ", "trước ngày 05/4/2020", "\ud800", "\t"]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(SCRAPS) | st.text()))
def test_no_text_is_too_strange(parts: list[str]) -> None:
    """Any text becomes a ``Doc`` whose spans cover their quotes."""
    from pipeline.nlp.component import make_doc

    doc = make_doc(pipeline(), "\n".join(parts))
    for group in ("citations", "deadlines", "obligations"):
        for span, row in zip(doc.spans[group], doc._.vanthu[group], strict=True):
            assert row["quote"] == doc.text[row["start"] : row["end"]]
            assert row["quote"] in span.text


@pytest.mark.parametrize("processes", [1, 2])
def test_pipe_takes_many(processes: int) -> None:
    """``nlp.pipe`` gives what one call gives, in one process or several."""
    one = pipeline()(ORDER)
    docs = list(pipeline().pipe([ORDER, "Xin chào.", ORDER], n_process=processes, batch_size=1))
    assert [doc._.vanthu == one._.vanthu for doc in docs] == [True, False, True]
    assert [doc._.vanthu_header["code"] for doc in docs] == ["57/UBND-VP", None, "57/UBND-VP"]
    for group in ("citations", "deadlines", "obligations"):
        assert [s._.vanthu for s in docs[2].spans[group]] == one._.vanthu[group]


def test_pipe_goes_on_after_a_text_that_is_not_canonical() -> None:
    """spaCy's own way to skip what fails works; ``canonical`` makes any text fit, and stays out of the way."""
    from pipeline.nlp.component import canonical, make_nlp

    nlp, failed = make_nlp(), []
    nlp.set_error_handler(lambda name, _proc, docs, error: failed.append((name, len(docs), type(error).__name__)))
    messy = ORDER.replace(" tồn", "  tồn")
    assert [doc.text for doc in nlp.pipe([messy, ORDER])] == [ORDER]
    assert failed == [("vanthu", 1, "NotCanonical")]
    assert [doc.text for doc in nlp.pipe(map(canonical, [messy, ORDER]))] == [ORDER, ORDER]


@settings(deadline=None)
@given(st.text() | st.text(alphabet="aà\u0301 \n\t-–\xa0\u200bS1/", max_size=40))
def test_canonical_text_stays(text: str) -> None:
    """What ``canonical`` gave is canonical."""
    from pipeline.nlp.component import canonical

    assert canonical(canonical(text)).rstrip("\n") == canonical(text).rstrip("\n")


def test_each_group_has_a_component() -> None:
    """One component fills one group; together they fill what ``vanthu`` fills, and read the document once."""
    from pipeline.nlp.component import make_nlp

    whole = pipeline()(ORDER)
    names = [f"vanthu_{group}" for group in ("citations", "deadlines", "obligations")]
    for name in names:
        doc = make_nlp([name])(ORDER)
        (group,) = doc.spans
        assert (f"vanthu_{group}", doc._.vanthu) == (name, whole._.vanthu)
        assert [(s.start, s.end, s.label_, s.id_, s.kb_id_) for s in doc.spans[group]] == [
            (s.start, s.end, s.label_, s.id_, s.kb_id_) for s in whole.spans[group]
        ]
    doc = make_nlp(names)(ORDER)
    assert (list(doc.spans), doc._.vanthu) == (list(whole.spans), whole._.vanthu)


def test_words_as_tokens_change_no_record(tmp_path: Path) -> None:
    """With words for tokens the records are the same; the choice is kept on disk."""
    import spacy

    from pipeline.nlp.component import make_nlp

    make_nlp(words=True).to_disk(tmp_path / "model")
    doc = spacy.load(tmp_path / "model")(ORDER)
    assert doc.text == ORDER
    assert {"hồ sơ", "57/UBND-VP", "05/3/2020"} <= {token.text for token in doc}
    assert doc._.vanthu == pipeline()(ORDER)._.vanthu


def test_displacy_shows_a_dispatch() -> None:
    """Every group is marked by its Vietnamese words; what the document says never becomes HTML."""
    from pipeline.nlp.component import make_doc
    from pipeline.nlp.shown import dispatch_html

    hostile = "<img src=x onerror=alert(1)>"
    html = dispatch_html(make_doc(pipeline(), ORDER + f"Căn cứ Luật {hostile} số 12/2020/QH14;\n")).replace("\xa0", " ")
    for label in ("Việc: Phải làm", "Hạn: ngày cụ thể", "Viện dẫn: căn cứ", "57/UBND-VP", "tồn"):
        assert label in html
    assert "<img" not in html
    assert "Hạn:" not in dispatch_html(pipeline()(ORDER), ["citations"])
    assert "<body" in dispatch_html(pipeline()(""))


def test_spans_and_records_survive_bytes_and_docbin() -> None:
    """What was found can be kept and read elsewhere."""
    from spacy.tokens import Doc, DocBin

    doc = pipeline()(ORDER)
    read = Doc(pipeline().vocab).from_bytes(doc.to_bytes())
    box = DocBin(store_user_data=True)
    box.add(doc)
    kept = next(DocBin().from_bytes(box.to_bytes()).get_docs(pipeline().vocab))
    for copy in (read, kept):
        assert copy.text == ORDER
        for group in ("citations", "deadlines", "obligations"):
            assert [(s.text, s.label_) for s in doc.spans[group]] == [(s.text, s.label_) for s in copy.spans[group]]
            assert [s._.vanthu["quote"] for s in copy.spans[group]] == [r["quote"] for r in doc._.vanthu[group]]


def test_pipeline_survives_disk(tmp_path: Path) -> None:
    """``spacy.load`` finds tokenizer and component by their entry points."""
    import spacy

    pipeline().to_disk(tmp_path / "model")
    loaded = spacy.load(tmp_path / "model")
    assert loaded.pipe_names == ["vanthu"]
    assert [token.text for token in loaded("Số 05/KH-STC")] == ["Số", "05/KH-STC"]
    assert loaded(ORDER)._.vanthu == pipeline()(ORDER)._.vanthu


def test_component_works_behind_any_tokenizer() -> None:
    """Offsets are of characters: a foreign tokenizer changes the tokens of a span, not the record."""
    import spacy

    nlp = spacy.blank("xx")
    nlp.add_pipe("vanthu")
    assert nlp(ORDER)._.vanthu == pipeline()(ORDER)._.vanthu


def test_texts_without_anything() -> None:
    """Nothing in, nothing out."""
    for text in ("", "Xin chào."):
        assert not any(len(group) for group in pipeline()(text).spans.values())
