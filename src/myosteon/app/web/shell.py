"""What surrounds every answer, errors and static files too: headers, the size limit, one line of log, and the page of a fault."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Awaitable, Callable

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from myosteon.app.web.guard import LARGEST
from myosteon.app.web.refusals import TooLarge

LOG = logging.getLogger("myosteon.web")
POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # A stricter one would take the origin off our own forms, which is how we know them.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), screen-wake-lock=(self)",
    "X-Robots-Tag": "noindex",
}
ONE_YEAR = "max-age=31536000"
FRAMES_TOLD = 12


class Shell:
    """The outermost layer of the application."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        secure: bool,
        on_fault: Callable[[Request, Exception], Awaitable[Response]],
    ) -> None:
        self._app = app
        self._on_fault = on_fault
        self._headers = HEADERS | ({"Strict-Transport-Security": ONE_YEAR} if secure else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request; no error leaves from here."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        status = 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._add_headers(message)
            await send(message)

        try:
            await self._app(scope, _limited(scope, receive), send_with_headers)
        except Exception as fault:
            log_fault(fault)
            if not status:
                answer = await self._on_fault(Request(scope, receive), fault)
                await answer(scope, receive, send_with_headers)
        finally:
            # The pattern of the address, never the address: no identifier and no search word reaches the log.
            route = getattr(scope.get("route"), "path", "-")
            took = (time.perf_counter() - began) * 1000
            LOG.info("%s %s %d %.0f ms", scope["method"], route, status, took)

    def _add_headers(self, message: Message) -> None:
        headers = MutableHeaders(scope=message)
        for name, value in self._headers.items():
            headers[name] = value
        headers.setdefault("Cache-Control", "no-store")


def log_fault(fault: BaseException) -> None:
    """Logs where a fault is, and not what it says: the text of an error may hold a value of a person."""
    frames = traceback.extract_tb(fault.__traceback__)[-FRAMES_TOLD:]
    where = " > ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames)
    LOG.error("fault %s at %s", type(fault).__name__, where)


def _limited(scope: Scope, receive: Receive) -> Receive:
    """Stops reading where the page's limit is passed, however many bytes were announced."""
    read = 0

    async def receive_counted() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        largest = scope.get("state", {}).get("largest", LARGEST)
        if read > largest:
            raise TooLarge()
        return message

    return receive_counted
