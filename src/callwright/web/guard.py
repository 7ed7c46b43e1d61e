"""What every request passes before it reaches a route: size, origin, headers, its line in the log, the last resort.

Written against ASGI itself rather than on a framework's middleware class, so that streams stay streams.
"""

import asyncio
import contextlib
import secrets
import time
from urllib.parse import urlsplit

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from callwright.kit.script_size import MOST_CHARACTERS
from callwright.kit.tabular import MOST_BYTES as MOST_SPREADSHEET_BYTES
from callwright.web.problems import CrossSiteError, TooLargeError, from_error, unexpected

log = structlog.get_logger()

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
MOST_BODY_BYTES = 2 * 1024 * 1024
MOST_SCRIPT_BYTES = 4 * MOST_CHARACTERS + 2 * 1024 * 1024  # four for a character, and what JSON adds
FORM_BYTES = 64 * 1024  # around a file
MOST_UPLOAD_BYTES = {
    **dict.fromkeys(("/scripts", "/check", "/chat", "/model-chat", "/model-crowd", "/draft"), MOST_SCRIPT_BYTES),
    "/imports": MOST_SPREADSHEET_BYTES + FORM_BYTES,
    "/knowledge/import": MOST_SPREADSHEET_BYTES + FORM_BYTES,
    "/recordings": 20 * 1024 * 1024 + FORM_BYTES,
}
"""How much may be sent to a path that ends so."""
MOST_DRAINED_BYTES = 256 * 1024 * 1024
LONGEST_DRAIN_S = 30.0
LOGGED_CHARACTERS = 200
ENDS_IN_SECRET = ("/api/v1/wechat-callbacks/",)
"""What follows in such a path nobody is to guess, nor to read in the log."""

# Styles may be inline because the component library writes them while it runs; scripts may not.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
}


def is_own_origin(headers: Headers) -> bool:
    """Tell whether a request was made by our own pages, or by a program (which sends neither header)."""
    if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == headers.get("host", "").lower()


class Journal:
    """Gives each request an id, logs its line (never its query: names, numbers), and is the last resort."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = secrets.token_hex(8)
        began = time.monotonic()
        status = 0

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = request_id
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith("/api/"):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        with structlog.contextvars.bound_contextvars(request=request_id):
            try:
                await self.app(scope, receive, noting)
            except Exception as error:  # the last resort: told as a problem where nothing has been sent yet
                response = unexpected(error)
                if not status:
                    await response(scope, receive, noting)
            finally:
                log.info(
                    "request",
                    method=scope["method"],
                    path=_logged(scope["path"]),
                    status=status,
                    ms=round((time.monotonic() - began) * 1000),
                )


def _logged(path: str) -> str:
    for beginning in ENDS_IN_SECRET:
        if path.startswith(beginning):
            return beginning + "…"
    return path[:LOGGED_CHARACTERS]


class OriginCheck:
    """Refuses what another site's page makes a browser send: changes, and the live socket."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        asks = scope["type"] == "websocket" or (scope["type"] == "http" and scope["method"] not in SAFE_METHODS)
        if not asks or is_own_origin(Headers(scope=scope)):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 4403, "reason": "cross-site"})
        else:
            error = CrossSiteError()
            await from_error(error)(scope, receive, send)


class SizeLimit:
    """Refuses a body that is too large, whatever length it says it has."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        ends = (most for end, most in MOST_UPLOAD_BYTES.items() if scope["path"].endswith(end))
        most = next(ends, MOST_BODY_BYTES)
        body = _Body(most, receive, send)
        said = Headers(scope=scope).get("content-length", "0")
        if said.isdigit() and int(said) <= most:
            try:
                await self.app(scope, body.receive, body.send)
            except Exception:
                if not body.refused:
                    raise
            if not body.refused:
                return
        asks_first = "expect" in Headers(scope=scope)  # and so has sent nothing yet
        if not (asks_first or body.ended):
            await _drain(receive)
        refusal = from_error(TooLargeError(most_kb=most // 1024))
        refusal.headers["Connection"] = "close"
        await refusal(scope, receive, send)


async def _drain(receive: Receive) -> None:
    """Take what is still being sent, within bounds.

    A connection closed with unread bytes is reset, and the reset throws away the answer that was on its way
    (RFC 9112 clause 9.6); and browsers read an answer only once they have sent everything.
    """
    left = MOST_DRAINED_BYTES
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(LONGEST_DRAIN_S):
            while left > 0:
                message = await receive()
                left -= len(message.get("body", b""))
                if not message.get("more_body", False):
                    return


class _Body:
    """A body being read: counted, and cut off as gone once it is too large."""

    def __init__(self, most: int, receive: Receive, send: Send) -> None:
        self._most = most
        self._receive = receive
        self._send = send
        self._seen = 0
        self._answered = False
        self.ended = False

    @property
    def refused(self) -> bool:
        """Whether it was too large, and nothing was answered before that showed."""
        return self._seen > self._most and not self._answered

    async def receive(self) -> Message:
        """Take the next part."""
        message = await self._receive()
        self._seen += len(message.get("body", b""))
        self.ended = not message.get("more_body", False)
        return {"type": "http.disconnect"} if self._seen > self._most else message

    async def send(self, message: Message) -> None:
        """Send an answer, except what a route makes of a body that was cut off."""
        if not self.refused:
            self._answered = True
            await self._send(message)
