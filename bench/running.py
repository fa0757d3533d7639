"""An installation of its own for a measurement or a test, and a merchant who talks to it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parent.parent
READY_S = 240.0
END_S = 30.0


class NotReady(Exception):
    """It did not start; the message is what it printed."""


@dataclass(frozen=True, slots=True)
class Installation:
    """What runs, and where it is reached."""

    address: str
    rasa_url: str
    var: Path
    process: subprocess.Popen[bytes]
    ready_s: float


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def installation(
    root: Path = ROOT,
    var: Path | None = None,
    python: str = sys.executable,
    settings: Mapping[str, str] | None = None,
) -> Iterator[Installation]:
    """`bailing up` in a checkout, ended as Ctrl-C ends it.

    Args:
        root: The checkout; its model must be trained.
        var: Where it keeps its files; a temporary folder when not given.
        python: The interpreter of the checkout's environment.
        settings: Environment variables beside those that every installation of ours has.

    Raises:
        NotReady: It ended, or was not ready after four minutes.
    """
    with tempfile.TemporaryDirectory(prefix="bailing-") as folder:
        var = var or Path(folder)
        ports = {name: free_port() for name in ("PORT", "RASA_PORT", "ACTIONS_PORT")}
        environment = {
            **os.environ,
            **{f"BAILING_{name}": str(port) for name, port in ports.items()},
            "BAILING_VAR": str(var),
            **(settings or {}),
        }
        printed = var / "up.log"
        began = time.monotonic()
        with printed.open("wb") as log:
            process = subprocess.Popen(
                [python, "-m", "bailing.cli", "up"],
                cwd=root,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            while "ready after" not in printed.read_text(encoding="utf-8"):
                if process.poll() is not None or time.monotonic() - began > READY_S:
                    raise NotReady(printed.read_text(encoding="utf-8"))
                time.sleep(0.1)
            yield Installation(
                address=f"http://127.0.0.1:{ports['PORT']}",
                rasa_url=f"http://127.0.0.1:{ports['RASA_PORT']}",
                var=var,
                process=process,
                ready_s=time.monotonic() - began,
            )
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(END_S)


class Merchant:
    """A demonstration merchant who talks over HTTP and waits for each answer.

    Args:
        address: Of the gateway.
        demo: Which demonstration merchant.
    """

    def __init__(self, address: str, demo: str) -> None:
        self.http = httpx.Client(base_url=address, timeout=60, trust_env=False)
        opened = self.http.post("/api/session", json={"demo": demo}).json()
        self.http.headers["Authorization"] = f"Bearer {opened['token']}"
        self.case_id: str = opened["case_id"]
        self._seen = 0
        self.wait(kind="message")

    def __enter__(self) -> Merchant:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def wait(self, timeout_s: float = 60, **fields: object) -> dict[str, Any]:
        """The next event that has these fields; a list means any of its values.

        Raises:
            TimeoutError: None came.
        """
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            asked = {"after": self._seen, "wait": 5}
            for event in self.http.get("/api/messages", params=asked).json():
                self._seen = event["id"]
                if all(
                    event.get(k) in v if isinstance(v, list) else event.get(k) == v
                    for k, v in fields.items()
                ):
                    return dict(event)
        raise TimeoutError(f"no event with {fields}")

    def events(self) -> list[dict[str, Any]]:
        """All that happened, oldest first."""
        return list(self.http.get("/api/messages").json())

    def say(self, text: str) -> str:
        """The first bubble of the answer."""
        taken = self.http.post("/api/messages", json={"text": text}).json()
        return str(self.wait(in_reply_to=taken["message_id"])["text"])

    def press(self, title: str) -> str:
        """Press the newest button with this title; the first bubble of the answer.

        Raises:
            LookupError: No such button was shown.
        """
        shown = [b for e in self.events() for b in e.get("buttons") or ()]
        payload = next((b["payload"] for b in reversed(shown) if b["title"] == title), None)
        if payload is None:
            raise LookupError(f"no button {title}")
        taken = self.http.post("/api/messages", json={"payload": payload}).json()
        return str(self.wait(in_reply_to=taken["message_id"])["text"])

    def send(self, content: bytes, declared: str | None = None) -> str:
        """Upload a file and wait until it was inspected; its id."""
        data = {"declared": declared} if declared else {}
        answer = self.http.post("/api/uploads", files={"file": content}, data=data)
        answer.raise_for_status()
        evidence_id = str(answer.json()["evidence_id"])
        ended = ["accepted", "doubtful", "rejected", "unreadable", "failed"]
        self.wait(evidence_id=evidence_id, status=ended)
        return evidence_id
