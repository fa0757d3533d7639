"""Runs the server as a child process, which never outlives us."""

from __future__ import annotations

import contextlib
import ctypes
import secrets
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from graph.address import with_password
from graph.engine import open_engine
from graph.errors import ServerRefused
from graph.server.install import HERE

READY_TIMEOUT_S = 180.0
END_GRACE_S = 30.0
PR_SET_PDEATHSIG = 1
SHORTEST_PASSWORD = 8
FOR_NEO4J = [
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
]


@dataclass(frozen=True, slots=True)
class ServerPlan:
    """What to run.

    Attributes:
        jars: The folder that ``install`` gave.
        data: The folder of the data; made, for us alone, where there is none.
        memory_mib: Of Java's heap; half as much again holds pages of the data.
        log: The file that takes what the server says.

    Raises:
        ServerRefused: A password under eight letters, or of two lines.
    """

    jars: Path
    data: Path
    port: int
    password: str = field(repr=False)
    log: Path
    memory_mib: int = 512
    host: str = "127.0.0.1"

    def __post_init__(self) -> None:
        if len(self.password) < SHORTEST_PASSWORD or "\n" in self.password:
            raise ServerRefused(f"the password needs {SHORTEST_PASSWORD} letters, on one line")

    @property
    def address(self) -> str:
        """Where it listens, without a password."""
        return f"neo4j://{self.host}:{self.port}"


class GraphServer:
    """A running server, as a context: started on entry, ended in good order on leaving."""

    def __init__(self, plan: ServerPlan) -> None:
        self._plan = plan
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its address with the password, as :func:`open_engine` takes it."""
        return with_password(self._plan.address, self._plan.password)

    @property
    def pid(self) -> int:
        """The process's id; 0 when there is none."""
        return self._process.pid if self._process else 0

    def start(self) -> None:
        """Start, and return when it answers.

        Raises:
            ServerRefused: It ended or did not answer in time; the message has its last words.
        """
        plan = self._plan
        plan.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        plan.log.parent.mkdir(parents=True, exist_ok=True)
        with plan.log.open("wb") as log:
            self._process = subprocess.Popen(
                self._command(),
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )
        try:
            self._tell_password()
            self._await_ready()
        except BaseException:
            self.stop()
            raise

    def wait(self, stop: threading.Event) -> int | None:
        """Until told to stop, or until it ends by itself: then its exit status."""
        while self._process and not stop.wait(0.2):
            if (status := self._process.poll()) is not None:
                return status
        return None

    def kill(self) -> None:
        """End it by force, frozen or not; whoever waits for it sees that it ended."""
        if self._process is not None:
            self._process.kill()

    def stop(self) -> None:
        """End it in good order, or by force where it does not."""
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(OSError):
            if process.stdin:
                process.stdin.close()
        try:
            process.wait(END_GRACE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def last_words(self) -> str:
        """The line of its log that says most of why it ended."""
        lines = self._plan.log.read_text(encoding="utf-8", errors="replace").splitlines()
        causes = [line.strip() for line in lines if "Caused by:" in line or "Exception" in line]
        return (causes or lines or ["nothing"])[-1][:500]

    def __enter__(self) -> Self:
        """Start it."""
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End it."""
        self.stop()

    def _command(self) -> list[str]:
        plan = self._plan
        heap = [f"-Xms{plan.memory_mib // 2}m", f"-Xmx{plan.memory_mib}m"]
        return [
            *("java", *heap, "-XX:+ExitOnOutOfMemoryError", *FOR_NEO4J),
            *("-cp", f"{plan.jars}/*", str(HERE / "Server.java")),
            *(str(plan.data), plan.host, str(plan.port), str(plan.memory_mib // 2)),
        ]

    def _tell_password(self) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # it ended; the log says why
            self._process.stdin.write(f"{self._plan.password}\n".encode())
            self._process.stdin.flush()

    def _await_ready(self) -> None:
        assert self._process is not None
        deadline = time.monotonic() + READY_TIMEOUT_S
        while b"\nready\n" not in b"\n" + self._plan.log.read_bytes():
            if self._process.poll() is not None:
                raise ServerRefused(f"it ended at once: {self.last_words()}")
            if time.monotonic() > deadline:
                raise ServerRefused(f"not ready after {READY_TIMEOUT_S:g} s; see {self._plan.log}")
            time.sleep(0.1)
        open_engine(self.url, read_only=True, patience_s=READY_TIMEOUT_S).close()


def _die_with_parent() -> None:
    """A server that is frozen does not see that its standard input closed; this it cannot miss."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def own_password(folder: Path) -> str:
    """The installation's password for its server, made on first use, readable by us alone."""
    path = folder / "password"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(f".{secrets.token_hex(4)}")
        partial.touch(mode=0o600)
        partial.write_text(secrets.token_urlsafe(24), encoding="utf-8")
        partial.rename(path)
    return path.read_text(encoding="utf-8").strip()
