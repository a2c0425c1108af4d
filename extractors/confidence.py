"""How likely a row of the obligation table is right in every field: a logistic sum of what is known of the row.

The weights in ``lexicons/confidence.toml`` are learned from documents with gold by ``corpus/calibrate.py``, which also
prints how well the figures hold on documents that were left out.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from extractors.lexicon import settings
from extractors.model import Obligation

#: A row less likely than this to be right is to be looked at before anybody acts on it.
DOUBTFUL = 0.8
_LONG, _SHORT, _LONG_NAME = 350, 60, 70


def confidence(text: str, duty: Obligation, sure: float | None = None) -> float:
    """The chance (0 to 1) that kind, actors and deadline of ``duty`` are right and that it is a duty at all.

    ``text`` is the text of the document, ``sure`` the mean sureness (0 to 1) of the recognition of a scan.
    """
    weights: dict[str, float] = settings("confidence")["weights"]
    total = sum(weights.get(sign, 0.0) * value for sign, value in signs(text, duty, sure).items())
    return round(1 / (1 + math.exp(-(settings("confidence")["intercept"] + total))), 2)


def signs(text: str, duty: Obligation, sure: float | None = None) -> dict[str, float]:
    """What is known of a row, by the names under which its weights are kept, each with its measure."""
    doubt = {} if sure is None else {"recognition in doubt": 1 - sure}
    return dict.fromkeys(_signs(duty.span.of(text), duty), 1.0) | doubt


def _signs(quote: str, duty: Obligation) -> Iterator[str]:
    yield f"rule {duty.rule}"
    yield f"actors {duty.actor_source or 'unknown'}"
    yield f"actors by {duty.actor_rule or 'nothing'}"
    yield f"kind {duty.kind}"
    yield f"deadline {duty.deadline.type if duty.deadline else 'none'}"
    if duty.deadline and duty.deadline.warnings:
        yield "deadline doubted"
    if len(duty.actors) > 1:
        yield "several actors"
    if any(len(name) > _LONG_NAME for name in duty.actors):
        yield "long name"
    if duty.coordinators:
        yield "coordinators"
    if len(quote) > _LONG:
        yield "long sentence"
    if len(quote) < _SHORT:
        yield "short sentence"
    if ";" in quote.rstrip(";. "):
        yield "several clauses"
