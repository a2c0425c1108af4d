"""The measures count what they say they count."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import dispatch

from pipeline.rows import citation_rows, document_row, obligation_rows
from pipeline.scoring import Reading, Scores, score


def _gold(**changes: Any) -> dict[str, Any]:
    duty = {
        "start": "Yêu cầu Cục HQ TP Cửa Biển", "end": "ngày 05/4/2020", "kind": "obligation",
        "actors": ["Cục Hải quan thành phố Cửa Biển"], "actor_source": "explicit", "coordinators": [],
        "deadline": {"text": "trước ngày 05/4/2020", "value": "<2020-04-05", "type": "absolute"},
    }  # fmt: skip
    ward = {
        "start": "Sở Y tế tỉnh Bình Lục không", "end": "trực cấp cứu", "kind": "prohibition",
        "actors": ["Sở Y tế tỉnh Bình Lục"], "coordinators": ["BHXH tỉnh"], "deadline": None,
    }  # fmt: skip
    citation = {"code": "07/CT-TTg", "type": "Chỉ thị", "name": None, "relation": "implements", "pinpoint": None}
    return {"file": "cv.txt", "header": {"code": "012/UBND-VX", "date": "2020-03-20", "urgency": None},
            "citations": [citation], "obligations": [duty, ward]} | changes  # fmt: skip


def _score(gold: dict[str, Any], **changes: Any) -> Scores:
    citations = citation_rows(dispatch())
    rows = {"document": document_row(dispatch()), "obligations": obligation_rows(dispatch(), citations),
            "citations": citations} | changes  # fmt: skip
    scores = Scores()
    score(scores, gold, Reading(**rows))
    return scores


def test_a_right_reading_has_full_marks() -> None:
    """Abbreviations, zeros and punctuation are no differences."""
    scores = _score(_gold())
    assert [] == scores.complaints
    assert {1.0} == {tally.f1 for tally in scores.tallies.values() if tally.gold}


def test_an_empty_reading_misses_everything() -> None:
    """A document that could not be read lowers recall and is complained of row by row."""
    scores = _score(_gold(), document={}, obligations=[], citations=[])
    assert (0.0, 0.0, 0.0) == tuple(scores.tallies[name].f1 for name in ("obligations", "citations", "deadlines"))
    assert ["header.code", "header.date", "citation missed", "obligation missed", "obligation missed"] == [
        complaint.about for complaint in scores.complaints
    ]


@pytest.mark.parametrize(
    ("change", "measure", "about"),
    [
        ({"kind": "permission"}, "kinds", "obligation kind"),
        ({"actors": ["Cục Thuế tỉnh Bình Lục"]}, "actors", "obligation actors"),
        ({"deadline": "<=2020-04-05"}, "deadlines", "obligation deadline"),
        ({"deadline": None}, "deadlines", "obligation deadline"),
    ],
)
def test_a_wrong_field_costs_its_measure_and_the_row(change: dict[str, Any], measure: str, about: str) -> None:
    """One field wrong: that measure falls, the sentence is still found."""
    first, second = obligation_rows(dispatch(), citation_rows(dispatch()))
    scores = _score(_gold(), obligations=[first | change, second])
    assert 1.0 == scores.tallies["obligations"].f1
    assert (scores.tallies[measure].f1 or 0) < 1
    assert 0.5 == scores.tallies["rows"].recall
    assert [about] == [complaint.about for complaint in scores.complaints]


def test_rows_beyond_the_gold_lower_precision() -> None:
    """A sentence that directs nobody, read as a duty."""
    gold = _gold()
    del gold["obligations"][1]
    scores = _score(gold)
    assert (0.5, 1.0) == (scores.tallies["obligations"].precision, scores.tallies["obligations"].recall)
    assert ["obligation extra"] == [complaint.about for complaint in scores.complaints]
    partial = _score(gold | {"partial": True})
    assert 1.0 == partial.tallies["obligations"].precision


def test_mentions_of_one_document_count_once() -> None:
    """The gold names documents, not mentions; the strongest relation among the mentions counts."""
    (row,) = citation_rows(dispatch())
    scores = _score(_gold(), citations=[row | {"relation": "mentions"}, row, row | {"code": "8/CT-TTg"}])
    assert (0.5, 1.0) == (scores.tallies["citations"].precision, scores.tallies["citations"].recall)
    assert 1.0 == scores.tallies["relations"].f1


def test_what_the_gold_leaves_out_is_not_scored() -> None:
    """A gold file with a header only says nothing of duties."""
    gold = _gold()
    del gold["obligations"], gold["citations"]
    assert {"header", "header.code", "header.date", "header.urgency"} == set(_score(gold).tallies)
