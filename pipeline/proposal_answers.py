"""What people answer to proposals: accepted, dismissed, and a dismissal taken back. Each answer is a decision about the
duty, with who and when; what was answered is not proposed again as long as the sentences behind it stay the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from sqlalchemy import Engine, select

from pipeline.decisions import Action, Decision, decide, machine_id, standing
from pipeline.proposals import About, Proposal, proposals
from pipeline.query_filters import Status
from pipeline.rows import Row
from pipeline.short_ids import WrongId
from pipeline.tables import decisions

_ANSWERS = (Action.DISMISS, Action.RESTORE, Action.STATUS)


def waiting(engine: Engine) -> list[Proposal]:
    """What is proposed and nobody has answered."""
    answers = _answers(engine)
    return [one for one in proposals(engine) if _answer(answers, one) in (None, Action.RESTORE)]


def dismissed(engine: Engine) -> list[tuple[Proposal, Row]]:
    """What was dismissed and would be proposed again if that were taken back, each with the decision."""
    answers = _answers(engine)
    found = proposals(engine)
    return [(one, answers[machine_id(one.duty), one.key]) for one in found if _answer(answers, one) == Action.DISMISS]


def with_id(found: Iterable[Proposal], typed: str) -> Proposal:
    """The proposal whose id begins with what was typed. Raises ``WrongId``."""
    wanted = typed.strip().lower()
    near = [one for one in found if wanted and one.id.startswith(wanted)]
    if len(near) != 1:
        raise WrongId(typed, [one.id for one in near])
    return near[0]


def accept(engine: Engine, chosen: Iterable[Proposal], who: str) -> None:
    """Keep what is proposed as decisions of the person who accepted it. Raises ``WrongDecision``."""
    decide(engine, [decision for one in chosen for decision in _accepted(one, who)])


def dismiss(engine: Engine, chosen: Iterable[Proposal], who: str) -> None:
    """Keep that what is proposed is not so. Raises ``WrongDecision``."""
    decide(engine, [Decision(who, Action.DISMISS, one.duty["obligation_id"], _said(one)) for one in chosen])


def restore(engine: Engine, chosen: Iterable[Proposal], who: str) -> None:
    """Take dismissals back. Raises ``WrongDecision``."""
    decide(engine, [Decision(who, Action.RESTORE, one.duty["obligation_id"], _said(one)) for one in chosen])


def _accepted(one: Proposal, who: str) -> Iterator[Decision]:
    about = one.duty["obligation_id"]
    state: Row = {"note": " ".join(filter(None, (one.duty["note"], f"[{one.by}] {one.evidence}")))}
    if one.about is About.DONE:
        state |= {"status": Status.DONE.value, "answered_by": one.by}
    elif one.about is About.ENDED:
        state |= {"status": Status.NOT_APPLICABLE.value}
    yield Decision(who, Action.STATUS, about, state | _said(one))
    if one.due:
        yield Decision(who, Action.CORRECT, about, {"due": one.due})


def _said(one: Proposal) -> Row:
    return {"proposal": one.key, "about": one.about.value, "by": one.by}


def _answers(engine: Engine) -> dict[tuple[str, str], Row]:
    """The last answer to each proposal, by the duty and the key; one that was taken back is none."""
    made: dict[str, list[Row]] = defaultdict(list)
    asked = select(decisions).where(decisions.c.obligation_id.is_not(None), decisions.c.lost.is_(False))
    with engine.connect() as connection:
        for row in connection.execute(asked.order_by(decisions.c.n)).mappings():
            made[row["obligation_id"]].append(dict(row))
    return {
        (about, one["values"]["proposal"]): one
        for about, rows in made.items()
        for one in standing(rows)
        if one["action"] in _ANSWERS and "proposal" in (one["values"] or {})
    }


def _answer(answers: dict[tuple[str, str], Row], one: Proposal) -> str | None:
    found = answers.get((machine_id(one.duty), one.key))
    return found["action"] if found else None
