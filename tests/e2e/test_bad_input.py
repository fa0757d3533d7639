"""Bad input over real sockets to real processes: nothing dies, nothing is lost, others are served."""

from __future__ import annotations

import io
import json
import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from PIL import Image

from bench.running import Installation, Merchant
from tests.perception.bad_files import (
    kilobytes,
    laughing_xml,
    nested_forms,
    picture_claiming,
    png_of,
    zip_bomb,
)

pytestmark = pytest.mark.rasa

ENDED = {"accepted", "doubtful", "rejected", "unreadable"}
TRUNCATED_EACH = 120
UPLOADS = 200


@pytest.fixture
def merchant(bailing: Installation) -> Iterator[Merchant]:
    """One who agreed; whatever they send, the talk goes on and the processes are the same."""
    before = pids(bailing)
    with Merchant(bailing.address, "wang") as merchant:
        merchant.say("额度不够用")
        merchant.say("我同意")
        yield merchant
        assert merchant.say("我的额度多少")
    assert pids(bailing) == before


def pids(bailing: Installation) -> str:
    return (bailing.var / "run" / "pids").read_text(encoding="utf-8")


@contextmanager
def health_is_watched(address: str) -> Iterator[None]:
    """Meanwhile /healthz answers within two seconds, always."""
    stop, waits = threading.Event(), [0.0]

    def watch() -> None:
        with httpx.Client(trust_env=False, timeout=10) as client:
            while not stop.wait(0.1):
                began = time.monotonic()
                client.get(f"{address}/healthz").raise_for_status()
                waits.append(time.monotonic() - began)

    with ThreadPoolExecutor(1) as pool:
        watching = pool.submit(watch)
        yield
        stop.set()
        watching.result()
    assert max(waits) < 2


def settled(merchant: Merchant, evidence_ids: set[str], within_s: float = 60) -> Counter[str]:
    """In which states these proofs ended."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        found = {e["evidence_id"]: e["status"] for e in merchant.http.get("/api/evidence").json()}
        states = Counter(found[one] for one in evidence_ids)
        if set(states) <= ENDED:
            return states
        time.sleep(0.3)
    raise TimeoutError(str(states))


def jpeg(number: int) -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (40, 30), (number % 256, number // 256, 90)).save(held, "JPEG")
    return held.getvalue()


def test_files_cut_at_every_kilobyte(merchant: Merchant, project_root: Path) -> None:
    photo = (project_root / "data/demo/wang_license.jpg").read_bytes()
    taken, codes = set(), Counter[str]()
    for cut in kilobytes(photo):
        for content in cut[:: max(1, len(cut) // TRUNCATED_EACH)]:
            answer = merchant.http.post("/api/uploads", files={"file": content})
            assert answer.status_code in (201, 422), answer.text
            if answer.status_code == 201:
                taken.add(answer.json()["evidence_id"])
            else:
                codes[answer.json()["code"]] += 1
    assert set(codes) == {"broken_file"}
    assert codes.total() > 300
    assert settled(merchant, taken).keys() <= {"unreadable", "doubtful", "rejected"}


def test_bombs_end_as_unreadable(merchant: Merchant) -> None:
    bombs = [nested_forms(9, 10), png_of(10_900), picture_claiming("JPEG", 10_000)]
    bombs += [zip_bomb(), laughing_xml()]
    taken = [merchant.http.post("/api/uploads", files={"file": b}) for b in bombs]
    assert {t.status_code for t in taken} == {201}
    states = settled(merchant, {t.json()["evidence_id"] for t in taken})
    assert states["unreadable"] >= 3
    assert "accepted" not in states
    for kind in ("JPEG", "PNG", "WEBP", "HEIF"):
        answer = merchant.http.post("/api/uploads", files={"file": picture_claiming(kind, 24_000)})
        assert (answer.status_code, answer.json()["code"]) == (413, "picture_too_large")


def test_200_uploads_at_once(merchant: Merchant, bailing: Installation) -> None:
    def send(number: int) -> httpx.Response:
        return httpx.post(
            f"{bailing.address}/api/uploads",
            headers=merchant.http.headers,
            files={"file": jpeg(number % 60) + bytes(number // 60 * 1_000_000)},
            timeout=60,
            trust_env=False,
        )

    with health_is_watched(bailing.address), ThreadPoolExecutor(UPLOADS) as pool:
        answers = list(pool.map(send, range(UPLOADS)))
    assert {a.status_code for a in answers} == {201, 409}
    taken = {a.json()["evidence_id"] for a in answers if a.status_code == 201}
    kept = {e["evidence_id"] for e in merchant.http.get("/api/evidence").json()}
    assert taken == kept
    assert len(kept) == 50
    for evidence_id in kept:
        merchant.http.delete(f"/api/evidence/{evidence_id}").raise_for_status()


def test_the_slow_and_the_silent_take_nothing_from_others(
    merchant: Merchant, bailing: Installation
) -> None:
    place = urlsplit(bailing.address)
    where = (place.hostname or "", place.port or 0)
    head = b"POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n"
    silent = [socket.create_connection(where) for _ in range(400)]
    slow = [socket.create_connection(where) for _ in range(100)]
    for number, connection in enumerate(slow):
        connection.sendall(head if number % 2 else head[:40])
    with health_is_watched(bailing.address):
        for _ in range(3):
            for connection in slow:
                connection.send(b"y")
            began = time.monotonic()
            assert merchant.say("利息多少")
            assert time.monotonic() - began < 10
            time.sleep(1)
    for connection in silent + slow:
        connection.close()


def stream(merchant: Merchant, want: int, last: bytes = b"0") -> list[int]:
    """The ids that a stream brings after the last that was seen, until there are so many."""
    ids: list[int] = []
    headers = {b"Last-Event-ID": last}
    with merchant.http.stream("GET", "/api/events", headers=headers, timeout=10) as lines:
        for line in lines.iter_lines():
            if line.startswith("id: "):
                ids.append(int(line[4:]))
                if len(ids) == want:
                    break
    return ids


def test_streams_go_on_from_every_position(merchant: Merchant) -> None:
    every = [e["id"] for e in merchant.events()]
    for at in range(len(every)):
        assert stream(merchant, len(every) - at, b"%d" % (every[at] - 1)) == every[at:]
    for odd in (b"", b"x", b"-1", b"0x1", b"1.5", b"\xb2", b"null", b"0" * 100):
        assert stream(merchant, len(every), odd) == every
    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(stream, merchant, len(every) + 2) for _ in range(2)]
        merchant.say("怎么还款")
        assert both[0].result()[: len(every)] == both[1].result()[: len(every)] == every


def _answer(connection: socket.socket) -> bytes:
    """The whole of an answer, however many pieces it comes in; nothing where it is hung up on."""
    heard = b""
    while more := connection.recv(65_536):
        heard += more
        head, _, body = heard.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        if length and len(body) >= int(length[1]):
            break
    return heard


def test_what_is_no_http_or_no_form_is_hung_up_on(
    merchant: Merchant, bailing: Installation
) -> None:
    place = urlsplit(bailing.address)
    token = merchant.http.headers["Authorization"]
    start = f"POST /api/uploads HTTP/1.1\r\nHost: x\r\nAuthorization: {token}\r\n"
    form = "Content-Type: multipart/form-data; boundary=x\r\n"
    for request in (
        b"\0\xff\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
        (start + form + "Content-Length: -5\r\n\r\n").encode(),
        (start + form + "Content-Length: 9\r\nContent-Length: 7\r\n\r\n123456789").encode(),
        (start + form + "Transfer-Encoding: chunked\r\n\r\nzz\r\n").encode(),
        (
            start + form + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n"
        ).encode(),
        (start + "Content-Type: multipart/form-data\r\nContent-Length: 3\r\n\r\nabc").encode(),
        (start + form + "Content-Length: 99999999999\r\n\r\nabc").encode(),
        (start + "X-A: " + "y" * 200_000).encode(),
    ):
        with socket.create_connection((place.hostname, place.port), timeout=5) as connection:
            heard = b""
            try:
                connection.sendall(request)
                heard = _answer(connection)
            except ConnectionError:
                continue
            assert heard == b"" or heard.startswith(b"HTTP/1.1 4"), heard
            body = heard.partition(b"\r\n\r\n")[2]
            if b"application/json" in heard:
                assert set(json.loads(body)) == {"code", "message"}


def test_a_body_that_ends_before_it_should_is_no_message(
    merchant: Merchant, bailing: Installation
) -> None:
    place = urlsplit(bailing.address)
    token = merchant.http.headers["Authorization"]
    before = len(merchant.events())
    head = f"POST /api/messages HTTP/1.1\r\nHost: x\r\nAuthorization: {token}\r\n"
    with socket.create_connection((place.hostname, place.port), timeout=5) as connection:
        kind = "Content-Type: application/json\r\nContent-Length: 90\r\n\r\n"
        connection.sendall((head + kind + '{"text": "半句').encode())
    time.sleep(0.5)
    assert len(merchant.events()) == before
