"""What a request may bring, and how slowly: bounds on its body, before anything parses it."""

from __future__ import annotations

import asyncio

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.config import MAX_FILE_BYTES

MAX_UPLOAD_BYTES = MAX_FILE_BYTES + 1024 * 1024
"""A file and the form around it."""
MAX_JSON_BYTES = 1024 * 1024
GRACE_S = 30.0
SLOWEST_BYTES_S = 1_024
"""A body comes at this rate at least, after the grace; the weakest mobile network has more."""


class BoundedBody:
    """Refuses a body that is too large, announced or not, or too slow, while it is received."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, its body bounded."""
        if scope["type"] == "http":
            receive = _Body(scope, receive).receive
        await self._app(scope, receive, send)


class _Body:
    def __init__(self, scope: Scope, receive: Receive) -> None:
        headers = dict(scope["headers"])
        form = headers.get(b"content-type", b"").lower().startswith(b"multipart/")
        self._most = MAX_UPLOAD_BYTES if form else MAX_JSON_BYTES
        self._refusal = (413, "file_too_large") if form else (422, "text_too_long")
        length = headers.get(b"content-length", b"0")
        self._announced = int(length[:12]) if length.isdigit() else 0
        self._receive = receive
        self._got = 0
        self._whole = False
        self._began: float | None = None

    async def receive(self) -> Message:
        """The next part.

        Raises:
            HTTPException: It is too large, or has taken too long; the detail is our code.
        """
        if self._whole:
            return await self._receive()
        if max(self._announced, self._got) > self._most:
            raise HTTPException(*self._refusal)
        message = await self._next()
        self._got += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        if self._got > self._most:
            raise HTTPException(*self._refusal)
        return message

    async def _next(self) -> Message:
        now = asyncio.get_running_loop().time()
        self._began = now if self._began is None else self._began
        ends = self._began + GRACE_S + self._got / SLOWEST_BYTES_S
        try:
            async with asyncio.timeout(ends - now):
                return await self._receive()
        except TimeoutError:
            raise HTTPException(408, "too_slow") from None
