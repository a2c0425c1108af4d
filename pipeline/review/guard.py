"""Who may speak to the page: only a browser that was given the token of this start, and writing only from the page.

The token of the first link becomes a cookie that no script reads and no other site sends along (``HttpOnly``,
``SameSite=Strict``; RFC 6265bis). A request to write must come from a page of the same origin, the name of the host
must be a known one (else a foreign name could be pointed at this machine), and a content security policy lets the
browser load nothing but what this page serves.
"""

from __future__ import annotations

from secrets import compare_digest

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.review.desk import Desk
from pipeline.review.words import review_speaker

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # Without a referrer at all browsers would hide the origin of forms too, and it is asked for below.
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """The middleware that lets in what the module says."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self.app, self.desk = app, desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request by itself, or hand it on; every answer carries the headers of protection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        answer = self._refusal(Request(scope)) or self.app
        await answer(scope, receive, protected)

    def _refusal(self, request: Request) -> Response | None:
        """The answer to a request that goes no further; ``None`` for one that may."""
        say = review_speaker(self.desk.language)
        if not {"*", request.url.hostname} & set(self.desk.hosts):
            return PlainTextResponse(say("wrong_host"), 400)
        cookie = f"vanthu-review-{request.url.port}"
        if self._is_token(request.query_params.get("token")):
            answer = RedirectResponse("/", 303)
            answer.set_cookie(cookie, self.desk.token, httponly=True, samesite="strict", path="/")
            return answer
        if not self._is_token(request.cookies.get(cookie)):
            return PlainTextResponse(say("open_again"), 403)
        if request.method not in ("GET", "HEAD") and not _is_same_origin(request):
            return PlainTextResponse(say("not_same"), 403)
        return None

    def _is_token(self, given: str | None) -> bool:
        return given is not None and compare_digest(given.encode(), self.desk.token.encode())


def _is_same_origin(request: Request) -> bool:
    return request.headers.get("origin") == f"{request.url.scheme}://{request.url.netloc}"
