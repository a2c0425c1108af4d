"""Questions in any combination, each answered the same from an index and row by row."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import make_result, span_of
from sqlalchemy import Engine, select

from extractors.model import Citation, Header, Obligation, Result, Span
from pipeline import query_criteria
from pipeline.decisions import Action, Decision, decide
from pipeline.distinct import distinct_values
from pipeline.query import find_obligations
from pipeline.query_filters import OPEN, Filters
from pipeline.resolve import resolve_citations
from pipeline.tables import obligation_units, obligations

IN_BOTH_DATABASES = True

Stored = Callable[..., Engine]
_KINDS = {"CT-TTg": "Chỉ thị", "KH-UBND": "Kế hoạch", "CV-SYT": "Công văn", "BC-SYT": "Báo cáo"}
_ISSUERS = {"CT-TTg": "Thủ tướng Chính phủ", "KH-UBND": "Ủy ban nhân dân tỉnh Bình Lục"}


def _document(code: str, day: str, cites: tuple[str, str, str] | None, *duties: tuple[str, str, str]) -> Result:
    """A document with a citation (number, year, relation) and duties (words, unit, last day)."""
    symbol = code.partition("/")[2]
    head = f"Theo {cites[0]}." if cites else "Không căn cứ."
    text = "\n".join((head, *(words for words, _, _ in duties), ""))
    found = tuple(
        Obligation(span_of(text, words), "r", "obligation", (unit,), "explicit", None, due=last or None,
                   report_to="UBND tỉnh" if "báo cáo" in words else None, coordinators=("Công an tỉnh Bình Lục",))
        for words, unit, last in duties
    )  # fmt: skip
    citations: tuple[Citation, ...] = ()
    if cites:
        cited, year, relation = cites
        key = f"{cited}@{year}{'#binh-luc' if 'TTg' not in cited else ''}"
        citations = (Citation(Span(5, 5 + len(cited)), "full", relation, code=cited, canonical_id=key),)  # type: ignore[arg-type]
    header = Header(
        doc_type=_KINDS[symbol], code=code, date=day, issuer=_ISSUERS.get(symbol, "Sở Y tế tỉnh Bình Lục"),
        canonical_id=f"{code}@{day[:4]}{'' if 'TTg' in symbol else '#binh-luc'}",
    )  # fmt: skip
    return make_result(f"{code.replace('/', '-')}.txt", text, header=header, citations=citations, obligations=found)


@pytest.fixture
def folder(stored: Stored) -> Engine:
    """A directive, a plan that carries it out, a letter that rests on the plan, and a letter beside the line."""
    engine = stored(
        _document("15/CT-TTg", "2020-03-27", None, ("Bộ Y tế mở đường dây nóng", "Bộ Y tế", "2020-04-10")),
        _document("8/KH-UBND", "2020-04-01", ("15/CT-TTg", "2020", "implements"),
                  ("Sở Y tế lập chốt, báo cáo hằng ngày", "Sở Y tế", "2020-04-15"),
                  ("UBND huyện Kênh Đào rà soát hộ nghèo", "UBND huyện Kênh Đào", "")),
        _document("77/CV-SYT", "2020-04-03", ("8/KH-UBND", "2020", "basis"),
                  ("Bệnh viện Bình Lục báo cáo số giường", "Bệnh viện Bình Lục", "2020-04-08")),
        _document("5/BC-SYT", "2019-02-01", ("15/CT-TTg", "2020", "mentions"),
                  ("Trung tâm Y tế kiểm kê thuốc", "Trung tâm Y tế", "2019-03-01")),
    )  # fmt: skip
    resolve_citations(engine)
    return engine


CASES = [
    (Filters(because="15/CT-TTg"), ["2020-04-08", "2020-04-10", "2020-04-15", None]),
    (Filters(because="15/ct-ttg"), ["2020-04-08", "2020-04-10", "2020-04-15", None]),
    (Filters(because="15/CT-TTg@2020"), ["2020-04-08", "2020-04-10", "2020-04-15", None]),
    (Filters(because="15/CT-TTg@2021"), []),
    (Filters(because="15/CT"), []),
    (Filters(because="8/KH-UBND"), ["2020-04-08", "2020-04-15", None]),
    (Filters(because="08/KH-UBND", unit="Bệnh viện Bình Lục"), ["2020-04-08"]),
    (Filters(because="15/CT-TTg", relation="implements"), ["2020-04-10", "2020-04-15", None]),
    (Filters(because="15/CT-TTg", relation="mentions"), ["2019-03-01", "2020-04-10"]),
    (Filters(relation="basis"), ["2020-04-08"]),
    (Filters(issued_from="2020-04-01"), ["2020-04-08", "2020-04-15", None]),
    (Filters(issued_from="2020-03-01", issued_to="2020-03-31"), ["2020-04-10"]),
    (Filters(doc_type="kế hoạch"), ["2020-04-15", None]),
    (Filters(doc_type="ke  hoach"), ["2020-04-15", None]),
    (Filters(doc_type="kế"), []),
    (Filters(issuer="UBND Bình Lục"), ["2020-04-15", None]),
    (Filters(issuer="Sở Y tế", issued_from="2020-01-01"), ["2020-04-08"]),
    (Filters(unit="Công an"), []),
    (Filters(unit="Công an", role="lead"), []),
    (Filters(unit="Công an", role="coordinator", before="2020-04-09"), ["2019-03-01", "2020-04-08"]),
    (Filters(unit="Sở Y tế", role="coordinator"), []),
    (Filters(unit="ubnd tỉnh", role="report_to"), ["2020-04-08", "2020-04-15"]),
    (Filters(unit="Sở Y tế", role="report_to"), []),
    (Filters(text='"báo cáo" giường'), ["2020-04-08"]),
    (Filters(text="giường báo"), ["2020-04-08"]),
    (Filters(text='"giường báo"'), []),
    (Filters(status=("done",)), ["2020-04-15"]),
    (Filters(status=("new",), issued_from="2020-04-01"), ["2020-04-08", None]),
    (Filters(status=("new", "done"), issued_from="2020-04-01"), ["2020-04-08", "2020-04-15", None]),
    (Filters(overdue_on="2020-04-11"), ["2020-04-10", "2020-04-08", "2019-03-01"]),
    (Filters(overdue_on="2020-05-01", status=OPEN), ["2020-04-10", "2020-04-08", "2019-03-01"]),
    (Filters(after="2020-04-09", before="2020-04-15", status=OPEN), ["2020-04-10"]),
    (Filters(doc="7/CV-SYT"), ["2020-04-08"]),
    (Filters(doc="8/kh-ubnd"), ["2020-04-15", None]),
    (Filters(doc="77/CV", text="báo cáo", kind="obligation", relation="basis"), ["2020-04-08"]),
]


@pytest.mark.parametrize(("filters", "expected"), CASES)
@pytest.mark.parametrize("few", [1, 3000])
def test_questions(
    folder: Engine, filters: Filters, expected: list[str | None], few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many rows count as few, and with a limit or without: the same duties in the same order."""
    (row,) = find_obligations(folder, Filters(unit="Sở Y tế", text="lập chốt"))
    decide(folder, [Decision("Lan", Action.STATUS, row["obligation_id"], {"status": "done"})])
    build = query_criteria.criteria
    monkeypatch.setattr(
        "pipeline.query_search.criteria", lambda *asked: (one._replace(most=few) for one in build(*asked))
    )
    assert expected == [row["due"] for row in find_obligations(folder, filters)]
    assert expected == [row["due"] for row in find_obligations(folder, filters, limit=9)]
    assert expected[:1] == [row["due"] for row in find_obligations(folder, filters, limit=1)]


def test_what_recurs_falls_among_the_rest(stored: Stored) -> None:
    """By its next day, before what is due later; a duty of every day can be left out."""
    text = "Sở A báo cáo thứ Sáu.\nSở A trực.\nSở A nộp.\n"
    weekly, daily, once = (span_of(text, line) for line in text.splitlines())
    duties = tuple(
        Obligation(span, "r", "obligation", ("Sở A",), "explicit", None, due=day, recurrence=rule)
        for span, day, rule in (
            (weekly, "2020-03-06", "FREQ=WEEKLY;BYDAY=FR"), (daily, "2020-03-01", "FREQ=DAILY;BYHOUR=16"),
            (once, "2020-04-09", None),
        )
    )  # fmt: skip
    engine = stored(make_result("kh.txt", text, obligations=duties))
    week = Filters(after="2020-04-08", before="2020-04-14", unit="Sở A")
    quotes = [row["quote"] for row in find_obligations(engine, week)]
    assert ["Sở A trực.", "Sở A nộp.", "Sở A báo cáo thứ Sáu."] == quotes
    assert quotes[:2] == [row["quote"] for row in find_obligations(engine, week, limit=2)]
    without = Filters(after="2020-04-08", before="2020-04-14", daily=False)
    assert quotes[1:] == [row["quote"] for row in find_obligations(engine, without)]


def test_distinct_values(folder: Engine) -> None:
    """The same as SQL finds, without ``None``; of an empty column none."""
    with folder.connect() as connection:
        for column in (obligation_units.c.folded, obligations.c.report_to, obligations.c.route):
            known = connection.scalars(select(column).distinct().order_by(column))
            assert [one for one in known if one is not None] == distinct_values(connection, column)
