"""The pages to look at: the list of documents, a document, the calendar, the graph."""

from __future__ import annotations

from bisect import bisect_right
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from extractors.confidence import DOUBTFUL
from extractors.model import Span
from pipeline.decisions import CORRECTABLE, Status, undoable
from pipeline.export.labels import VALUES, party_line
from pipeline.header_corrections import FIELDS, header_history
from pipeline.language import speaker
from pipeline.proposal_answers import dismissed, waiting
from pipeline.review.drawing import desk_of, language_of, page, problem, say_of
from pipeline.review.leaves import leaves, picture
from pipeline.review.marks import FIELD, Mark, Piece, lines_in_pieces, places
from pipeline.review.month import month_of
from pipeline.review.questions import (
    Wanted,
    document_types,
    list_documents,
    next_doubtful,
    one_document,
    rows_of_document,
)
from pipeline.rows import Row

_ASSETS = Path(__file__).with_name("assets")
#: The files that are served, by name: no path of a browser reaches the disk.
_SERVED = {file.name: file for file in _ASSETS.iterdir() if file.suffix in (".css", ".js", ".svg")}
_PER_PAGE = 100
_MOST_A_DAY = 60
_FIELDS = (
    "doc_type", "code", "issuer", "parent_issuer", "place", "date", "received", "subject", "urgency", "secrecy",
    "signing_mode", "on_behalf_of", "signer_title", "signer_name", "effective", "expires",
)  # fmt: skip
_DAYS = {"date", "received", "effective", "expires"}
_SAID = ("accept", "add", "reject", "status", "undo")


def index(request: Request) -> HTMLResponse:
    """The documents that meet the filters of the address, a hundred at a time."""
    engine, asked = desk_of(request).engine, request.query_params
    wanted = Wanted(asked.get("type", ""), asked.get("issuer", ""), asked.get("text", ""), asked.get("doubtful") == "1")
    found = list_documents(engine, wanted)
    pages = max(1, ceil(len(found) / _PER_PAGE))
    at = min(max(_number(asked.get("page"), 1), 1), pages)
    shown = found[(at - 1) * _PER_PAGE : at * _PER_PAGE]
    return page(
        request, "index", rows=shown, count=len(found), wanted=wanted, types=document_types(engine), at=at, pages=pages
    )


def document(request: Request) -> HTMLResponse:
    """A document: its pages or its text at left, what was read from it at right."""
    engine, asked = desk_of(request).engine, request.query_params
    row = one_document(engine, request.path_params["doc_id"])
    if row is None:
        return problem(request, say_of(request)("not_found"), 404)
    rows = rows_of_document(engine, row["doc_id"])
    marks = _marks(row, rows)
    sizes, past = leaves(row), header_history(engine, row["doc_id"])
    as_text = not sizes or asked.get("view") == "text"
    return page(
        request,
        "document",
        document=row,
        fields=_header(row),
        header_fields=FIELDS,
        header_history=past,
        header_undoable=undoable(past),
        rows=rows,
        current=_current(asked.get("row"), rows),
        as_text=as_text,
        sizes=sizes,
        lines=_labelled(lines_in_pieces(row["text"], marks), row["page_starts"]) if as_text else [],
        places={} if as_text else places(row["lines"], marks),
        doubtful=DOUBTFUL,
        kinds=list(VALUES["kind"]),
        statuses=[status.value for status in Status],
        correctable=CORRECTABLE,
        said=_said(asked.get("said")),
        folded="row" in asked,
    )


def leaf(request: Request) -> Response:
    """The picture of a page of a document."""
    row = one_document(desk_of(request).engine, request.path_params["doc_id"])
    drawn = picture(row, request.path_params["number"]) if row else None
    if drawn is None:
        return problem(request, say_of(request)("not_found"), 404)
    # Its address holds an id made of the content: the picture behind it never changes.
    return Response(drawn, media_type="image/png", headers={"Cache-Control": "private, max-age=3600"})


def following(request: Request) -> Response:
    """To the next row that waits to be looked at."""
    found = next_doubtful(desk_of(request).engine, request.query_params.get("after"))
    if found is None:
        return problem(request, say_of(request)("no_doubtful"), 200)
    view = "&view=text" if request.query_params.get("view") == "text" else ""
    return RedirectResponse(f"/documents/{found['doc_id']}?row={found['obligation_id']}{view}", 303)


def calendar(request: Request) -> HTMLResponse:
    """The duties that fall due in a month."""
    desk, asked = desk_of(request), request.query_params
    today = desk.today()
    unit = asked.get("unit", "").strip()
    month = month_of(desk.engine, asked.get("month"), unit, today)
    return page(request, "calendar", month=month, today=today, unit=unit, most=_MOST_A_DAY)


def proposed(request: Request) -> HTMLResponse:
    """What later documents propose, to be accepted or dismissed; below, what was dismissed."""
    engine, said = desk_of(request).engine, request.query_params.get("said")
    known = f"proposal_said_{said}" if said in ("accept", "dismiss", "restore") else None
    return page(request, "proposals", proposed=waiting(engine), dismissed=dismissed(engine), said=known)


def graph(request: Request) -> Response:
    """The graph of all documents, or of what lies around one; its own policy allows its script by a hash."""
    from pipeline.graph.build import build_graph
    from pipeline.graph.select import NoDocument, around, find_document
    from pipeline.graph.view import Scene
    from pipeline.graph.write import write_graph

    desk = desk_of(request)
    whole = build_graph(desk.engine, [])
    part = whole
    if (doc_id := request.path_params.get("doc_id")) is not None:
        row = one_document(desk.engine, doc_id)
        try:
            part = around(whole, find_document(whole, row["path"] if row else doc_id), 2)
        except NoDocument:
            return problem(request, say_of(request)("not_found"), 404)
    with TemporaryDirectory(prefix="vanthu-") as folder:
        file = Path(folder) / "graph.html"
        scene = Scene(whole, part, desk.today().isoformat())
        write_graph(desk.engine, scene, file, speaker(language_of(request)))
        made = file.read_bytes()
    return HTMLResponse(made, headers={"Content-Security-Policy": "frame-ancestors 'none'"})


def asset(request: Request) -> Response:
    """Style, script and sign of the pages."""
    file = _SERVED.get(request.path_params["name"])
    return FileResponse(file) if file else Response(status_code=404)


def _marks(row: Row, rows: list[Row]) -> list[Mark]:
    fields = [Mark(FIELD + name, Span(start, end)) for name, start, end, _ in row["evidence"] or ()]
    return fields + [Mark(one["obligation_id"], Span(one["start"], one["end"])) for one in rows]


def _labelled(lines: list[list[Piece]], page_starts: list[int]) -> list[tuple[int | None, list[Piece]]]:
    """The lines with the number of the page that begins in each; a document of one page needs none."""
    found, before = [], 1
    for pieces in lines:
        last = pieces[-1]
        number = bisect_right(page_starts, last.start + max(len(last.text) - 1, 0))
        found.append((number if number > before else None, pieces))
        before = max(number, before)
    return found


def _header(row: Row) -> list[tuple[str, str, bool]]:
    """Fields of the header that are stated or were taken out: name, value, and whether the value is a day."""
    aside = row["machine"] or {}
    found = [(name, row[name], name in _DAYS) for name in _FIELDS if row[name] or name in aside]
    parties = [(name, [party_line(one) for one in row[name] or ()]) for name in ("addressed", "recipients")]
    names = {"addressed": "addressees", "recipients": "recipients"}
    return found + [(names[name], "; ".join(lines), False) for name, lines in parties if lines]


def _current(asked: str | None, rows: list[Row]) -> str | None:
    """The row asked for, else the first that waits to be looked at, else the first."""
    ids = [row["obligation_id"] for row in rows]
    if asked in ids:
        return asked
    waiting = [row["obligation_id"] for row in rows if row["confidence"] < DOUBTFUL and row["review"] is None]
    return next(iter(waiting or ids), None)


def _said(word: str | None) -> str | None:
    """The key of the sentence about what was just done."""
    return f"said_{word}" if word in _SAID else {"correct": "edited", "nothing": "nothing_changed"}.get(word or "")


def _number(value: str | None, default: int) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 8 else default
