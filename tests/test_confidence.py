"""Confidence: a chance that follows what is known of a row, and is the same wherever it is worked out."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from extractors.confidence import confidence, signs
from extractors.lexicon import settings
from extractors.model import Deadline, Obligation, Span

TEXT = "Sở Y tế chủ trì, báo cáo Ủy ban nhân dân tỉnh trước ngày 05/4/2024; thời gian còn lại thực hiện theo kế hoạch."
NAMED = Obligation(Span(0, len(TEXT)), "order", "obligation", ("Sở Y tế",), "explicit", "subject")


def test_signs_say_what_is_known() -> None:
    """What the row has, and only that."""
    when = Deadline(Span(0, 3), "date", "absolute", "trước ngày 05/4/2024", "<2024-04-05", warnings=("?",))
    known = set(signs(TEXT, replace(NAMED, deadline=when)))
    assert {"rule order", "actors explicit", "deadline absolute", "deadline doubted", "several clauses"} <= known
    assert "deadline none" in signs(TEXT, NAMED)
    assert "recognition in doubt" not in signs(TEXT, NAMED)
    assert 0.4 == signs(TEXT, NAMED, 0.6)["recognition in doubt"]


def test_every_weight_is_of_a_sign_that_occurs() -> None:
    """The table and the code name the same things."""
    kinds = ("rule ", "actors ", "kind ", "deadline ", "several ", "long ", "short ", "recognition ", "coordinators")
    assert all(name.startswith(kinds) for name in settings("confidence")["weights"])


def test_a_row_without_actor_is_less_sure() -> None:
    """Nobody to do it: less sure than the same row with a name, and a poor scan less than a clear one."""
    nobody = replace(NAMED, actors=(), actor_source=None, actor_rule=None)
    assert confidence(TEXT, nobody) < confidence(TEXT, NAMED)
    assert confidence(TEXT, NAMED, 0.6) < confidence(TEXT, NAMED)


@given(st.text(max_size=20), st.one_of(st.none(), st.floats(0, 1)))
def test_a_chance(rule: str, sure: float | None) -> None:
    """Any row: between 0 and 1."""
    assert 0 <= confidence(TEXT, replace(NAMED, rule=rule), sure) <= 1
