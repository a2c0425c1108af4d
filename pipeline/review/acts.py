"""What is written from the page: each form becomes one decision, kept by :mod:`pipeline.decisions`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import parse_qs

from sqlalchemy.exc import OperationalError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from extractors.model import Span
from pipeline.decisions import CORRECTABLE, STATE, Action, Decision, WrongDecision, decide, machine_id
from pipeline.header_corrections import FIELDS, correct_header, undo_header
from pipeline.language import speaker
from pipeline.proposal_answers import accept, dismiss, dismissed, restore, waiting, with_id
from pipeline.review.drawing import desk_of, language_of, problem, say_of
from pipeline.review.questions import one_document, one_row, rows_of_document
from pipeline.rows import Row
from pipeline.short_ids import WrongId
from pipeline.typed_values import LISTS, TEXTS, WrongValue, rule_of, typed

_LONGEST = 200_000
_ANSWERS = {"accept": accept, "dismiss": dismiss, "restore": restore}

Form = dict[str, str]


async def on_row(request: Request) -> Response:
    """A decision about the row of the address: ``action`` is accept, correct, reject, status or undo."""
    return await _with_form(request, _decided)


async def on_document(request: Request) -> Response:
    """A duty that the machine missed, from ``start`` and ``end`` of the passage selected."""
    return await _with_form(request, _added)


async def on_header(request: Request) -> Response:
    """Corrected fields of the header of a document; ``action`` undo takes the last one back."""
    return await _with_form(request, _headed)


async def on_proposal(request: Request) -> Response:
    """An answer to the proposal of the address: ``action`` is accept, dismiss or restore."""
    return await _with_form(request, _answered)


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
    except WrongValue as error:
        return await run_in_threadpool(problem, request, speaker(language_of(request), TEXTS)(str(error)), 400)
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
        values = _changed(form, CORRECTABLE, row)
    if values == {}:
        return _back(row, "nothing", form)
    decide(desk.engine, [Decision(desk.who, action, row["obligation_id"], values)])
    shown = one_row(desk.engine, machine_id(row)) or row
    return _back(shown, action.value, form)


def _added(request: Request, form: Form) -> Response:
    desk, doc_id = desk_of(request), request.path_params["doc_id"]
    document = one_document(desk.engine, doc_id)
    if document is None:
        return problem(request, say_of(request)("not_found"), 404)
    span = _trimmed(document["text"], int(form.get("start", "")), int(form.get("end", "")))
    if span is None:
        raise WrongDecision(say_of(request)("add_hint"))
    values = _changed(form, CORRECTABLE, {})
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


def _headed(request: Request, form: Form) -> Response:
    desk, doc_id = desk_of(request), request.path_params["doc_id"]
    document = one_document(desk.engine, doc_id)
    if document is None:
        return problem(request, say_of(request)("not_found"), 404)
    view = "&view=text" if form.get("view") == "text" else ""
    said = "undo"
    if form.get("action") == "undo":
        undo_header(desk.engine, doc_id, desk.who)
    else:
        values = _changed(form, FIELDS, document)
        said = "correct" if values else "nothing"
        correct_header(desk.engine, doc_id, values, desk.who)
    return RedirectResponse(f"/documents/{doc_id}?said={said}{view}", 303)


def _answered(request: Request, form: Form) -> Response:
    desk, action = desk_of(request), form.get("action", "")
    there = [one for one, _ in dismissed(desk.engine)] if action == "restore" else waiting(desk.engine)
    try:
        one = with_id(there, request.path_params["proposal_id"])
    except WrongId:
        return problem(request, say_of(request)("proposal_gone"), 404)
    if action not in _ANSWERS:
        return problem(request, say_of(request)("bad_request"), 400)
    _ANSWERS[action](desk.engine, [one], desk.who)
    return RedirectResponse(f"/proposals?said={action}", 303)


def _changed(form: Form, fields: Iterable[str], row: Row) -> Row:
    """The fields of a form that are not as they stand in ``row``. Raises ``WrongValue``."""
    values: Row = {}
    for name in fields:
        if name not in form:
            continue
        given = (
            rule_of(form[name], row.get(name))
            if name == "recurrence" and form[name].strip()
            else typed(name, form[name])
        )
        if given != (row.get(name) or ([] if name in LISTS else None)):
            values[name] = given
    return values


def _words(given: str) -> str | None:
    """What was typed, as any words are taken."""
    words = typed("note", given)
    return words if isinstance(words, str) else None


def _back(row: Row, said: str, form: Form) -> Response:
    view = "&view=text" if form.get("view") == "text" else ""
    return RedirectResponse(f"/documents/{row['doc_id']}?row={row['obligation_id']}&said={said}{view}", 303)
