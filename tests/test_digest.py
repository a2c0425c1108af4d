"""What is overdue and due soon, as a letter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from email import message_from_bytes, policy

import pytest
from conftest import dispatch, make_result
from selectolax.lexbor import LexborHTMLParser
from sqlalchemy import Engine
from typer.testing import CliRunner

from extractors.model import Obligation, Span
from pipeline.cli import app
from pipeline.digest import as_html, as_mail, as_text, digest
from pipeline.language import Language, speaker

Stored = Callable[..., Engine]
SAY = speaker(Language.VI)


@pytest.fixture
def folder(stored: Stored) -> Engine:
    """A duty until 4 April, one until 10 April with a mark of HTML, one of every day."""
    text = "Sở A nộp <b>."
    duties = (
        Obligation(Span(0, len(text)), "r", "obligation", ("Sở A",), "explicit", None, due="2020-04-10"),
        Obligation(
            Span(0, 4), "r", "obligation", ("Sở A",), "explicit", None, due="2020-04-01", recurrence="FREQ=DAILY"
        ),
    )
    return stored(dispatch(), make_result("kh.txt", text, obligations=duties))


def test_a_letter_in_text(folder: Engine) -> None:
    """Overdue before due, with day, unit, words and document; of one unit its own alone."""
    told = as_text(digest(folder, None, date(2020, 4, 5), 7), SAY)
    assert told.startswith("Công việc: 1 quá hạn, 1 đến hạn trong 7 ngày\nNgày 05/04/2020")
    assert told.index("ĐÃ QUÁ HẠN (1)") < told.index("- 04/04/2020: Cục HQ TP Cửa Biển") < told.index("SẮP ĐẾN HẠN (1)")
    assert "(12/UBND-VX, trang 1, mã " in told
    own = as_text(digest(folder, "Sở A", date(2020, 4, 5), 7), SAY)
    assert "của Sở A: 0 quá hạn, 1 đến hạn" in own
    assert "QUÁ HẠN (" not in own


def test_a_letter_in_html_keeps_the_words(folder: Engine) -> None:
    """A mark in the text is text; nothing is loaded from elsewhere."""
    page = as_html(digest(folder, None, date(2020, 4, 5), 7), SAY)
    tree = LexborHTMLParser(page)
    assert ["10/04/2020", "Sở A", "Sở A nộp <b>."] == [cell.text() for cell in tree.css("table")[1].css("td")][:3]
    assert not tree.css("b, script, link, img")


def test_a_mail_is_a_draft_with_both(folder: Engine) -> None:
    """Read back by a mail reader: subject with marks, text and HTML."""
    mail = message_from_bytes(as_mail(digest(folder, "Sở A", date(2020, 4, 5), 7), SAY), policy=policy.default)
    assert "Công việc của Sở A: 0 quá hạn, 1 đến hạn trong 7 ngày" == mail["Subject"]
    assert ["text/plain", "text/html"] == [part.get_content_type() for part in mail.iter_parts()]  # type: ignore[attr-defined]
    assert "Sở A nộp <b>." in mail.get_body(("plain",)).get_content()  # type: ignore[attr-defined]


def test_in_english(folder: Engine) -> None:
    """Every word of the letter but those of the documents; the page says its language."""
    found, say = digest(folder, "Sở A", date(2020, 4, 5), 7), speaker(Language.EN)
    assert as_text(found, say).startswith("Duties of Sở A: 0 overdue, 1 due within 7 days\n05/04/2020\n\nDUE SOON (1)")
    page = LexborHTMLParser(as_html(found, say))
    assert "en" == page.css_first("html").attributes["lang"]
    assert ["Due", "Unit", "What (quote)", "Document"] == [cell.text() for cell in page.css("th")]
    told = CliRunner().invoke(app, ["digest", "--db", str(folder.url.database), "--today", "5/4/2020", "--lang", "en"])
    assert "DUE SOON (1)" in told.output and ", page 1, id " in told.output
    assert not {"Ngày", "trang", "hạn"} & set(told.output.split())


def test_on_the_command_line(folder: Engine) -> None:
    """To the screen or into a file."""
    ask = ["digest", "--db", str(folder.url.database), "--today", "5/4/2020"]
    assert "SẮP ĐẾN HẠN (1)" in CliRunner().invoke(app, ask).output
    target = f"{folder.url.database}.eml"
    assert target in CliRunner(env={"COLUMNS": "200"}).invoke(app, [*ask, "--format", "eml", "--output", target]).output
