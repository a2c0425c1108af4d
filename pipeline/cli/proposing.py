"""``vanthu proposals``: what later documents say about duties, for people to accept or to dismiss."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.entry import DEFAULT_DB, Database, Lang, app, opened, screen_of, stop
from pipeline.cli.tasks import Who, account
from pipeline.language import Language, Say

if TYPE_CHECKING:
    from pipeline.proposals import Proposal
    from pipeline.screen import Screen

_Accept = Annotated[list[str] | None, typer.Option("--accept", help="Nhận đề xuất có mã này (lặp lại được).")]
_Dismiss = Annotated[list[str] | None, typer.Option("--dismiss", help="Bỏ qua đề xuất có mã này (lặp lại được).")]
_Restore = Annotated[list[str] | None, typer.Option("--restore", help="Lấy lại đề xuất đã bỏ qua.")]
_Dismissed = Annotated[bool, typer.Option("--dismissed", help="Liệt kê các đề xuất đã bỏ qua, ai bỏ, khi nào.")]


@app.command()
def proposals(
    accept: _Accept = None,
    dismiss: _Dismiss = None,
    restore: _Restore = None,
    dismissed: _Dismissed = False,
    who: Who = None,
    db: Database = DEFAULT_DB,
    lang: Lang = Language.VI,
) -> None:
    """Đề xuất từ văn bản đến sau: việc đã xong, được gia hạn, bị thay thế, thu hồi, đính chính."""
    from pipeline import proposal_answers as answers

    screen, name = screen_of(lang), who or account()
    say = screen.say
    with opened(say, db) as engine:
        open_ones, put_aside = answers.waiting(engine), answers.dismissed(engine)
        taken = _chosen(say, open_ones, accept)
        refused = _chosen(say, open_ones, dismiss)
        back = _chosen(say, [one for one, _ in put_aside], restore)
        if taken or refused or back:
            answers.accept(engine, taken, name)
            answers.dismiss(engine, [one for one in refused if one not in taken], name)
            answers.restore(engine, back, name)
    for key, done in (("marked", taken), ("proposals_dismissed", refused), ("proposals_restored", back)):
        if done:
            typer.echo(say(key, n=len(done), list=", ".join(one.duty["obligation_id"] for one in done)))
    if dismissed:
        for one, decision in put_aside:
            _show(screen, one, _who_and_when(say, decision))
    elif not (taken or refused or back):
        for one in open_ones:
            _show(screen, one)
        found = say("proposals_found", n=len(open_ones)) if open_ones else say("proposals_none")
        aside = say("proposals_put_aside", n=len(put_aside)) if put_aside else ""
        screen.console.print(" ".join(filter(None, (found, aside))))


def _chosen(say: Say, found: list[Proposal], typed: list[str] | None) -> list[Proposal]:
    from pipeline.proposal_answers import with_id
    from pipeline.short_ids import WrongId

    try:
        return list({one.id: one for one in (with_id(found, name) for name in typed or ())}.values())
    except WrongId as error:
        key = "id_ambiguous" if error.near else "proposal_unknown"
        stop(say(key, asked=error.asked, near=", ".join(error.near)), 2)


def _who_and_when(say: Say, decision: dict[str, str]) -> str:
    from pipeline.screen_history import moment

    return say("proposal_put_aside", who=decision["who"], when=moment(decision["at"]))


def _show(screen: Screen, one: Proposal, remark: str = "") -> None:
    from rich.padding import Padding
    from rich.text import Text

    from pipeline.screen import vietnamese_day
    from pipeline.short_ids import short_id

    say = screen.say
    what = say(f"proposal.{one.about}")
    if one.due:
        days = (vietnamese_day(day) for day in (one.duty["due"], one.due))
        what += f" ({' → '.join(filter(None, days))})"
    screen.console.print(Text(f"{short_id(one.id)}. {what}", style="bold"))
    duty = f"[{short_id(one.duty['obligation_id'])}] {one.duty['doc_code']}: {' '.join(one.duty['quote'].split())}"
    screen.console.print(Padding(Text(duty), (0, 0, 0, 3)))
    screen.console.print(Padding(Text(f"← {one.by}, {vietnamese_day(one.day)}: {one.evidence}"), (0, 0, 0, 3)))
    remarks = " ".join(filter(None, (say("proposal_same_day") if one.same_day else "", remark)))
    screen.console.print(Padding(Text(remarks), (0, 0, 1, 3)) if remarks else "")
