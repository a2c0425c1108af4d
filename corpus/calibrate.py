"""Learn how sure vanthu may be of a row: ``python corpus/calibrate.py [--write] [GOLD DOCUMENTS …]``.

Reads the documents of ``corpus/`` (and of further pairs of folders), compares every obligation with the gold, and fits
a logistic regression over the signs of :mod:`extractors.confidence`. Printed is the reliability on documents that were
left out, one issuer after another: how often rows of about that confidence were right. ``--write`` keeps the weights,
fitted to all documents, in ``extractors/lexicons/confidence.toml``. The same input gives the same weights.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from rich.console import Console
from rich.table import Table
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from extractors.confidence import DOUBTFUL, signs  # noqa: E402
from extractors.recognition import sureness  # noqa: E402
from pipeline.evaluate import readings  # noqa: E402
from pipeline.scoring import Scores, score  # noqa: E402
from pipeline.worker import Failure  # noqa: E402

WEIGHTS = HERE.parent / "extractors" / "lexicons" / "confidence.toml"
_BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
#: Strength of the regularisation and number of folds.
_C, _FOLDS = 0.3, 10


class Judged(NamedTuple):
    """A row with what is known of it, whose issuer wrote it, and whether it was right in every field."""

    signs: dict[str, float]
    issuer: str
    right: bool


def main(arguments: list[str]) -> None:
    """Fit, print the reliability of left-out issuers, and with ``--write`` keep the weights."""
    folders = [Path(one) for one in arguments if not one.startswith("--")] or [HERE / "gold", HERE / "documents"]
    judged = [
        one for gold, documents in zip(folders[::2], folders[1::2], strict=True) for one in _judged(gold, documents)
    ]
    names = DictVectorizer(sparse=False)
    x = names.fit_transform([one.signs for one in judged])
    y = np.array([one.right for one in judged])
    groups = np.array([one.issuer for one in judged])
    model = LogisticRegression(C=_C, max_iter=1000)
    left_out = cross_val_predict(model, x, y, groups=groups, cv=GroupKFold(_FOLDS), method="predict_proba")[:, 1]
    _show(y, left_out, len(set(groups)))
    if "--write" in arguments:
        _write(model.fit(x, y), names.get_feature_names_out())


def _judged(gold: Path, documents: Path) -> Iterator[Judged]:
    for one, result, reading in readings(gold, documents):
        if isinstance(result, Failure) or "obligations" not in one:
            continue
        scores = Scores()
        score(scores, one, reading)
        for duty, row in zip(result.obligations, reading.obligations, strict=True):
            if row["obligation_id"] in scores.verdicts:
                known = signs(result.document.text, duty, sureness(result.document, duty))
                yield Judged(known, result.header.issuer or one["file"], scores.verdicts[row["obligation_id"]])


def _show(right: Any, likely: Any, issuers: int) -> None:
    table = Table("confidence", "rows", "mean confidence", "right", title=f"Left-out issuers ({issuers})")
    for low, high in pairwise(_BINS):
        there = (likely >= low) & (likely < high)
        if there.any():
            means = (f"{one[there].mean():.2f}" for one in (likely, right))
            table.add_row(f"{low:.1f}-{min(high, 1):.1f}", str(there.sum()), *means)
    console = Console()
    console.print(table)
    mean, doubted = right.mean(), likely < DOUBTFUL
    caught = (~right[doubted]).sum() / max(1, (~right).sum())
    console.print(
        f"rows {len(right)}, right {mean:.3f}, AUC {roc_auc_score(right, likely):.3f}, Brier score "
        f"{brier_score_loss(right, likely):.3f} (the same confidence for all: {mean * (1 - mean):.3f})\n"
        f"under {DOUBTFUL}: {doubted.mean():.0%} of the rows, {caught:.0%} of the wrong ones"
    )


def _write(model: Any, names: Any) -> None:
    weights = sorted((str(name), round(float(weight), 3)) for name, weight in zip(names, model.coef_[0], strict=True))
    lines = ["# Written by corpus/calibrate.py.", f"intercept = {model.intercept_[0]:.3f}", "", "[weights]"]
    lines += [f'"{name}" = {weight}' for name, weight in weights if weight]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
