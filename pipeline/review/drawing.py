"""Templates to pages: every word of a document goes through the escaping of Jinja, none is ever markup."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import HTMLResponse

from pipeline.export.labels import recurrence_in_words
from pipeline.language import Language
from pipeline.review.desk import Desk
from pipeline.review.questions import count_doubtful
from pipeline.review.words import heading, review_speaker, value_word
from pipeline.screen import vietnamese_day
from pipeline.screen_history import moment

if TYPE_CHECKING:
    from jinja2 import Environment

    from pipeline.language import Say

_COOKIE = "vanthu-language"


def desk_of(request: Request) -> Desk:
    """What the page works with."""
    desk: Desk = request.app.state.desk
    return desk


def language_of(request: Request) -> Language:
    """The language asked for now, else before, else that of the command."""
    for asked in (request.query_params.get("lang"), request.cookies.get(_COOKIE)):
        if asked in set(Language):
            return Language(asked)
    return desk_of(request).language


def say_of(request: Request) -> Say:
    """The words of the page in the language of the request."""
    return review_speaker(language_of(request))


def page(request: Request, name: str, status: int = 200, **values: Any) -> HTMLResponse:
    """The page of the template ``name`` with ``values``; a language that is asked for is remembered."""
    language, desk = language_of(request), desk_of(request)
    say = review_speaker(language)
    drawn = _environment().get_template(f"{name}.html")
    shared = {
        "say": say,
        "heading": lambda field: heading(field, say),
        "word": lambda field, value: value_word(field, value, say),
        "language": language.value,
        "other_language": (Language.EN if language is Language.VI else Language.VI).value,
        "here": request.url.include_query_params,
        "who": desk.who,
        "waiting": count_doubtful(desk.engine),
    }
    answer = HTMLResponse(drawn.render(shared | values).encode("utf-8", "replace"), status)
    if "lang" in request.query_params:
        answer.set_cookie(_COOKIE, language.value, httponly=True, samesite="strict", path="/")
    return answer


def problem(request: Request, sentence: str, status: int) -> HTMLResponse:
    """A page that says what is wrong."""
    return page(request, "problem", status, sentence=sentence)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(Path(__file__).with_name("templates"))
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters |= {"day": vietnamese_day, "moment": moment, "rule": recurrence_in_words}
    return made
