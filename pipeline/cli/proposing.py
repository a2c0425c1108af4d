"""``vanthu proposals``: what later documents say about duties, for people to accept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.entry import DEFAULT_OUT, Database, Lang, app, opened, screen_of, stop
from pipeline.cli.tasks import Who, account
from pipeline.language import Language

if TYPE_CHECKING:
    from pipeline.proposals import Proposal
    from pipeline.screen import Screen


@app.command()
def proposals(
    accept: Annotated[list[int] | None, typer.Option("--accept", help="Nhận đề xuất số này (lặp lại được).")] = None,
    who: Who = None,
    db: Database = DEFAULT_OUT / "vanthu.db",
    lang: Lang = Language.VI,
) -> None:
    """Đề xuất từ văn bản đến sau: việc đã xong, được gia hạn, bị thay thế, thu hồi, đính chính."""
    from pipeline import proposals as proposed

    screen = screen_of(lang)
    say = screen.say
    with opened(say, db) as engine:
        found = proposed.proposals(engine)
        if not accept:
            _show(screen, found)
            return
        if wrong := [n for n in accept if not 1 <= n <= len(found)]:
            stop(say("proposal_unknown", n=wrong[0], last=len(found)), 2)
        chosen = [found[n - 1] for n in dict.fromkeys(accept)]
        proposed.accept(engine, chosen, who or account())
    typer.echo(say("marked", n=len(chosen), list=", ".join(one.duty["obligation_id"] for one in chosen)))


def _show(screen: Screen, found: list[Proposal]) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from pipeline.screen import vietnamese_day
    from pipeline.short_ids import short_id

    say = screen.say
    for n, one in enumerate(found, start=1):
        what = say(f"proposal.{one.about}")
        if one.due:
            days = (vietnamese_day(day) for day in (one.duty["due"], one.due))
            what += f" ({' → '.join(filter(None, days))})"
        screen.console.print(Text(f"{n}. {what}", style="bold"))
        duty = f"[{short_id(one.duty['obligation_id'])}] {one.duty['doc_code']}: {' '.join(one.duty['quote'].split())}"
        screen.console.print(Padding(Text(duty), (0, 0, 0, 3)))
        screen.console.print(Padding(Text(f"← {one.by}, {vietnamese_day(one.day)}: {one.evidence}"), (0, 0, 1, 3)))
    screen.console.print(say("proposals_found", n=len(found)) if found else say("proposals_none"))
