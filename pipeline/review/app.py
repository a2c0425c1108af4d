"""The review page as one application, and its server on this machine."""

from __future__ import annotations

import socket
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pipeline.review import acts, pages
from pipeline.review.desk import Desk
from pipeline.review.drawing import problem, say_of
from pipeline.review.guard import Guard

_ROUTES = (
    Route("/", pages.index),
    Route("/documents/{doc_id}", pages.document),
    Route("/documents/{doc_id}/pages/{number:int}.png", pages.leaf),
    Route("/documents/{doc_id}/rows", acts.on_document, methods=["POST"]),
    Route("/documents/{doc_id}/header", acts.on_header, methods=["POST"]),
    Route("/documents/{doc_id}/graph", pages.graph),
    Route("/rows/{row_id}", acts.on_row, methods=["POST"]),
    Route("/proposals", pages.proposed),
    Route("/proposals/{proposal_id}", acts.on_proposal, methods=["POST"]),
    Route("/next", pages.following),
    Route("/calendar", pages.calendar),
    Route("/graph", pages.graph),
    Route("/assets/{name}", pages.asset),
)


def make_app(desk: Desk) -> Guard:
    """The application behind its guard."""
    app = Starlette(routes=_ROUTES, exception_handlers={404: _not_found})
    app.state.desk = desk
    return Guard(app, desk)


def link(desk: Desk, at: socket.socket) -> str:
    """The address to open first; it holds the token."""
    host, port = at.getsockname()[:2]
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/?token={desk.token}"


def serve(desk: Desk, at: socket.socket, ready: Callable[[], object] = lambda: None) -> None:
    """Answer at the open socket until the process is told to stop; ``ready`` is called once it listens.

    Addresses hold the token: none is logged.
    """
    import uvicorn

    config = uvicorn.Config(make_app(desk), log_level="critical", access_log=False, server_header=False, ws="none")
    ready()
    try:
        uvicorn.Server(config).run(sockets=[at])
    except KeyboardInterrupt:  # the server has ended by itself; Ctrl-C is how it is meant to end
        return


def _not_found(request: Request, _error: Exception) -> Response:
    return problem(request, say_of(request)("not_found"), 404)
