"""Connections that keep silent, trickle or never end are ended; others don't notice."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import StreamingResponse

from bailing import connections
from bot import bounds


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, int]]:
    monkeypatch.setattr(connections, "HEAD_S", 0.5)
    monkeypatch.setattr(connections, "LINGER_S", 0.5)
    monkeypatch.setattr(connections, "STALL_S", 0.5)
    monkeypatch.setattr(bounds, "GRACE_S", 0.5)
    app = FastAPI()
    app.add_middleware(bounds.BoundedBody)

    @app.post("/")
    async def read(request: Request) -> int:
        return len(await request.body())

    @app.post("/early")
    async def early() -> str:
        return "answered"

    @app.get("/late")
    def late() -> str:
        time.sleep(1.5)
        return "late"

    @app.get("/big")
    def big() -> StreamingResponse:
        return StreamingResponse(bytes(1024 * 1024) for _ in range(64))

    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(
            app, http=connections.BoundedConnection, ws="none", log_level="critical"
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=[[listening]])
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield listening.getsockname()
        server.should_exit = True
        thread.join()


def ended_after(
    address: tuple[str, int], *parts: bytes, every_s: float = 0.1
) -> tuple[float, bytes]:
    """Seconds until the server hangs up, while parts are sent one by one, and what it said."""
    began = time.monotonic()
    with socket.create_connection(address, timeout=5) as client:
        try:
            for part in parts:
                client.sendall(part)
                time.sleep(every_s)
            heard = b""
            while more := client.recv(65_536):
                heard += more
        except ConnectionError:
            heard = b""
    return time.monotonic() - began, heard


def test_one_who_says_nothing_is_let_go(address: tuple[str, int]) -> None:
    assert 0.4 < ended_after(address)[0] < 3


def test_a_head_that_trickles_is_not_waited_for(address: tuple[str, int]) -> None:
    head = b"POST / HTTP/1.1\r\nHost: x\r\nX-A: " + b"y" * 40
    assert ended_after(address, *(head[n : n + 1] for n in range(len(head))))[0] < 4


def test_a_head_without_end_is_not_kept(address: tuple[str, int]) -> None:
    parts = [b"GET / HTTP/1.1\r\n", *[b"X-A: " + b"y" * 8_000 + b"\r\n"] * 40]
    assert ended_after(address, *parts, every_s=0.01)[1] == b""


def test_what_is_no_request_is_told_so_as_json(address: tuple[str, int]) -> None:
    heard = ended_after(address, b"\x16\x03\x01 hello\r\n\r\n")[1]
    head, _, body = heard.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400")
    assert b"application/json" in head
    assert json.loads(body)["code"] == "bad_request"


def test_a_body_that_trickles_is_told_so(address: tuple[str, int]) -> None:
    head = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n"
    elapsed_s, heard = ended_after(address, head, *[b"y"] * 8)
    assert heard.startswith(b"HTTP/1.1 408")
    assert elapsed_s < 4


def test_the_rest_of_what_was_answered_is_not_waited_for(address: tuple[str, int]) -> None:
    head = b"POST /early HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n"
    elapsed_s, heard = ended_after(address, head)
    assert heard.startswith(b"HTTP/1.1 200")
    assert elapsed_s < 3


def test_one_who_does_not_read_is_let_go(address: tuple[str, int]) -> None:
    _, heard = ended_after(address, b"GET /big HTTP/1.1\r\nHost: x\r\n\r\n", every_s=2)
    assert len(heard) < 32 * 1024 * 1024


def test_an_honest_client_is_served_meanwhile(address: tuple[str, int]) -> None:
    silent = [socket.create_connection(address) for _ in range(100)]
    with httpx.Client(base_url="http://{}:{}".format(*address), trust_env=False) as client:
        assert client.post("/", content=b"x" * 300_000).json() == 300_000
        assert client.get("/late").json() == "late"
        assert len(client.get("/big").content) == 64 * 1024 * 1024
        time.sleep(1)
        assert client.post("/", content=b"x").json() == 1
    for connection in silent:
        connection.close()
