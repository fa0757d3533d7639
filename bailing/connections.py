"""Connections of the web process that do not keep others waiting.

uvicorn waits for a request for ever, takes a head of any length, and keeps an answer until it is
read. Here a head comes in time and within bounds, what is still being sent after its answer is not
waited for, and one who does not read is let go. Bodies are bounded
where their refusal can still be told (``bot.bounds``).
"""

from __future__ import annotations

import asyncio
import json
import resource

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bot import error_text

HEAD_S = 15.0
"""From the connection's start, or a request's first byte, to the end of its head."""
LINGER_S = 15.0
"""For the rest of a request that was answered already."""
STALL_S = 60.0
"""For a client to read on; the gateway sends 256 KB at a time at most."""
MAX_HEAD_BYTES = 64 * 1024
NOT_HTTP = "bad_request"
"""The code of what cannot be read as a request at all."""
MANY = 10_240
"""Open files; each connection is one, each upload two."""


class BoundedConnection(HttpToolsProtocol):
    """One client's connection."""

    _timer: asyncio.TimerHandle | None = None
    _stall: asyncio.TimerHandle | None = None
    _head_bytes = 0
    _in_head = True

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # HTTP comes over TCP only
        """A client is there: it has to say what it wants."""
        super().connection_made(transport)
        self._wait(HEAD_S)

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        self._wait(None)
        self._read_on()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Something came; a head that grows beyond bounds ends the connection."""
        if self._in_head:
            self._head_bytes += len(data)
        super().data_received(data)
        if self._in_head and self._head_bytes > MAX_HEAD_BYTES:
            self.transport.close()

    def on_message_begin(self) -> None:
        """A request begins."""
        self._in_head = True
        self._wait(HEAD_S)
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Its head is whole."""
        self._in_head, self._head_bytes = False, 0
        self._wait(None)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """It is whole."""
        self._wait(None)
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """It is answered, perhaps before all of it came."""
        super().on_response_complete()
        if self.cycle.more_body:
            self._wait(LINGER_S)

    def pause_writing(self) -> None:
        """The client does not read as fast as it is answered."""
        super().pause_writing()
        self._stall = self.loop.call_later(STALL_S, self.transport.abort)

    def resume_writing(self) -> None:
        """It read on."""
        self._read_on()
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        """What came is no HTTP: said as every other error is, and the connection ends."""
        words = error_text(NOT_HTTP, "zh")
        body = json.dumps({"code": NOT_HTTP, "message": words}, ensure_ascii=False).encode()
        head = (
            "HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\n"
            f"content-length: {len(body)}\r\nconnection: close\r\n\r\n"
        )
        self.transport.write(head.encode("ascii") + body)
        self.transport.close()

    def _read_on(self) -> None:
        if self._stall is not None:
            self._stall.cancel()
            self._stall = None

    def _wait(self, seconds: float | None) -> None:
        """End the connection when what is waited for does not come in time."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if seconds is not None:
            self._timer = self.loop.call_later(seconds, self.timeout_keep_alive_handler)


def allow_many() -> None:
    """Let the process hold many connections, where the system allows more than it does at first."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MANY if hard == resource.RLIM_INFINITY else min(MANY, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
