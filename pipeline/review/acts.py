"""What is written from the page: each form becomes one decision, kept by :mod:`pipeline.decisions`."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs

from sqlalchemy.exc import OperationalError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from extractors.model import Span
from pipeline.days import read_day
from pipeline.decisions import CORRECTABLE, STATE, Action, Decision, WrongDecision, decide
from pipeline.export.labels import VALUES
from pipeline.language import Say
from pipeline.review.drawing import desk_of, problem, say_of
from pipeline.review.questions import one_document, one_row, rows_of_document
from pipeline.rows import Row

_LONGEST = 200_000
_LISTS = ("actors", "coordinators")

Form = dict[str, str]


async def on_row(request: Request) -> Response:
    """A decision about the row of the address: ``action`` is accept, correct, reject or status."""
    return await _with_form(request, _decided)


async def on_document(request: Request) -> Response:
    """A duty that the machine missed, from ``start`` and ``end`` of the passage selected."""
    return await _with_form(request, _added)


async def _with_form(request: Request, act: Callable[[Request, Form], Response]) -> Response:
    say = say_of(request)
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > _LONGEST:
        return await run_in_threadpool(problem, request, say("too_long"), 413)
    try:
        given = parse_qs((await request.body()).decode(), keep_blank_values=True, max_num_fields=40)
        form = {name: values[-1] for name, values in given.items()}
        return await run_in_threadpool(act, request, form)
    except WrongDecision as error:
        return await run_in_threadpool(problem, request, str(error), 400)
    except ValueError:
        return await run_in_threadpool(problem, request, say("bad_request"), 400)
    except OperationalError:
        return await run_in_threadpool(problem, request, say("busy"), 503)


def _decided(request: Request, form: Form) -> Response:
    desk = desk_of(request)
    row = one_row(desk.engine, request.path_params["row_id"])
    if row is None:
        return problem(request, say_of(request)("not_found"), 404)
    action, values = Action(form.get("action", "")), None
    if action is Action.STATUS:
        values = {name: _words(form[name]) for name in STATE if name in form and _words(form[name]) != row[name]}
    elif action is Action.CORRECT:
        given = _corrected(form, say_of(request))
        values = {name: value for name, value in given.items() if value != (row[name] or _nothing(name))}
    if values == {}:
        return _back(row, "nothing", form)
    decide(desk.engine, [Decision(desk.who, action, row["obligation_id"], values)])
    shown = one_row(desk.engine, row["former_id"] or row["obligation_id"]) or row
    return _back(shown, action.value, form)


def _added(request: Request, form: Form) -> Response:
    desk, doc_id = desk_of(request), request.path_params["doc_id"]
    document = one_document(desk.engine, doc_id)
    if document is None:
        return problem(request, say_of(request)("not_found"), 404)
    span = _trimmed(document["text"], int(form.get("start", "")), int(form.get("end", "")))
    if span is None:
        raise WrongDecision(say_of(request)("add_hint"))
    values = {name: value for name, value in _corrected(form, say_of(request)).items() if value}
    made = Decision(desk.who, Action.ADD, values=values, doc_id=doc_id, span=span)
    decide(desk.engine, [made])
    here = [
        row for row in rows_of_document(desk.engine, doc_id) if (row["start"], row["end"]) == (span.start, span.end)
    ]
    return _back(next(row for row in here if row["rule"] == "person"), "add", form)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """The passage without the spaces around it; ``None`` when nothing is left, or it does not lie in the text."""
    quote = text[max(start, 0) : max(end, 0)]
    start += len(quote) - len(quote.lstrip())
    return Span(start, start + len(quote.strip())) if quote.strip() and start >= 0 else None


def _corrected(form: Form, say: Say) -> Row:
    """The fields of a form as they stand in a row. Raises ``WrongDecision`` for a kind or a day that is none."""
    values: Row = {}
    for name in CORRECTABLE:
        if name in form:
            lines = [" ".join(line.split()) for line in form[name].splitlines()]
            values[name] = [line for line in lines if line] if name in _LISTS else _words(form[name])
    if values.get("kind", "obligation") not in VALUES["kind"]:
        raise WrongDecision(say("wrong_kind"))
    if values.get("due"):
        day = read_day(values["due"])
        if day is None:
            raise WrongDecision(say("wrong_day"))
        values["due"] = day.isoformat()
    return values


def _words(given: str) -> str | None:
    """What was typed, without the spaces around it and with the line ends of the database; ``None`` for nothing."""
    return given.replace("\r\n", "\n").strip() or None


def _nothing(name: str) -> list[str] | None:
    return [] if name in _LISTS else None


def _back(row: Row, said: str, form: Form) -> Response:
    view = "&view=text" if form.get("view") == "text" else ""
    return RedirectResponse(f"/documents/{row['doc_id']}?row={row['obligation_id']}&said={said}{view}", 303)
