"""The API as one application: addresses, who may ask, errors as JSON, and its server on this machine.

Every answer but the OpenAPI document needs the token of this start as ``Authorization: Bearer`` (RFC 6750); the name of
the host must be a known one, else a foreign name could be pointed at this machine. Nothing of a request is logged.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from secrets import compare_digest

from sqlalchemy.exc import DBAPIError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from pipeline.api.answers import Values, citations_asked, documents_asked, graph_asked, obligations_asked, one_document
from pipeline.api.openapi import openapi
from pipeline.api.parameters import BadRequest, Parameter, read
from pipeline.api.service import Service
from pipeline.api.words import api_speaker
from pipeline.graph.select import NoDocument
from pipeline.rows import Row

OPENAPI = "/openapi.json"
_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def make_app(service: Service) -> Starlette:
    """The application that answers from ``service``."""

    def obligations(values: Values) -> Row:
        return obligations_asked(service.engine, {**values, "on": service.today().isoformat()})

    def graph(values: Values) -> Row:
        return graph_asked(service.engine, values, service.today().isoformat())

    def document(request: Request) -> Response:
        _read(service, (), request)
        found = one_document(service.engine, request.path_params["doc_id"])
        return _error(service, 404, "not_found") if found is None else _answer(found)

    routes = [
        Route("/documents", _question(service, "documents", lambda values: documents_asked(service.engine, values))),
        Route("/documents/{doc_id}", document),
        Route("/obligations", _question(service, "obligations", obligations)),
        Route("/citations", _question(service, "citations", lambda values: citations_asked(service.engine, values))),
        Route("/graph", _question(service, "graph", graph)),
        Route(OPENAPI, lambda _: _answer(openapi(service))),
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(_Door, service=service)],
        exception_handlers={
            HTTPException: lambda _, error: _refused(service, error),
            BadRequest: lambda _, error: _error(service, 400, "bad_request", str(error)),
            NoDocument: lambda *_: _error(service, 404, "not_found"),
            DBAPIError: lambda *_: _error(service, 503, "busy"),
            Exception: lambda *_: _error(service, 500, "failed"),
        },
    )


def serve(service: Service, at: socket.socket) -> None:
    """Answer at the open socket until the process is told to stop."""
    import uvicorn

    config = uvicorn.Config(make_app(service), log_level="error", access_log=False, server_header=False, ws="none")
    try:
        uvicorn.Server(config).run(sockets=[at])
    except KeyboardInterrupt:  # the server has ended by itself; Ctrl-C is how it is meant to end
        return


class _Door:
    """The middleware that lets in requests to this host which bear the token."""

    def __init__(self, app: ASGIApp, service: Service) -> None:
        self.app, self.service = app, service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = self._refusal(Request(scope)) if scope["type"] == "http" else None
        await (answer or self.app)(scope, receive, send)

    def _refusal(self, request: Request) -> Response | None:
        service = self.service
        if not {"*", request.url.hostname} & set(service.hosts):
            return _error(service, 400, "wrong_host")
        given = request.headers.get("authorization", "").encode()
        if request.url.path != OPENAPI and not compare_digest(given, f"Bearer {service.token}".encode()):
            refusal = _error(service, 401, "no_token")
            refusal.headers["WWW-Authenticate"] = "Bearer"
            return refusal
        return None


def _question(service: Service, name: str, answer: Callable[[Values], Row]) -> Callable[[Request], Response]:
    """The endpoint of a question: its parameters read, answered."""

    def endpoint(request: Request) -> Response:
        return _answer(answer(_read(service, service.parameters(name), request)))

    return endpoint


def _read(service: Service, parameters: Sequence[Parameter], request: Request) -> Values:
    return read(parameters, request.query_params.multi_items(), api_speaker(service.language))


def _answer(found: Row) -> JSONResponse:
    return JSONResponse(found, headers=_HEADERS)


def _error(service: Service, status: int, name: str, message: str | None = None) -> JSONResponse:
    said = message or api_speaker(service.language)(name)
    return JSONResponse({"error": name, "message": said}, status, headers=_HEADERS)


def _refused(service: Service, error: Exception) -> Response:
    """An address that there is not, or another method than GET (``Allow`` tells which)."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    answer = _error(service, status, "read_only" if status == 405 else "not_found")
    answer.headers.update(getattr(error, "headers", None) or {})
    return answer
