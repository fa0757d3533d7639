"""``bailing up``: starts every process, watches them, brings back what dies, ends them all."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from bailing.compose import holder_name, open_credit_file
from bailing.ports import holder_of
from bailing.settings import ROOT, Settings
from bailing.terms import RoomError
from bailing.training import model_path, rasa_environment, rasa_python

FIRST_BACKOFF_S = 0.5
MAX_BACKOFF_S = 30.0
STEADY_S = 60.0
"""After so long alive, a process that dies is brought back at once again."""
TERM_GRACE_S = 10.0
READY_TIMEOUT_S = 300.0
PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class ProcessSpec:
    """One process to run: its command, environment, and how to see that it is ready."""

    name: str
    command: Sequence[str]
    environment: dict[str, str]
    ready: Callable[[int], bool]


@dataclass(slots=True)
class Watched:
    """A process under watch, and when it may be started again."""

    spec: ProcessSpec
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    backoff_s: float = FIRST_BACKOFF_S
    not_before: float = 0.0
    restarts: int = 0
    ready: bool = field(default=False)


class PortTaken(Exception):
    """A port that we need is in use; the message says by whom."""


def answers(url: str) -> bool:
    """Whether a GET of this address brings 200 within two seconds."""
    try:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except (OSError, ValueError):
        return False


def specs(settings: Settings) -> list[ProcessSpec]:
    """The processes of one machine."""
    own = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", "2"),
        "OMP_WAIT_POLICY": "PASSIVE",
    }
    ours = [sys.executable, "-m", "bailing.cli", "serve"]
    run = settings.var / "run"

    def worker_ready(pid: int) -> bool:
        return (run / f"worker-{pid}.ready").exists()

    web_ready = f"{settings.address}/healthz"
    actions_ready = f"{settings.actions_url}/health"
    found = [
        ProcessSpec("actions", [*ours, "actions"], own, lambda _: answers(actions_ready)),
        ProcessSpec("web", [*ours, "web"], own, lambda _: answers(web_ready)),
        _rasa(settings),
    ]
    found += [
        ProcessSpec(f"worker-{n + 1}", [*ours, "worker"], own, worker_ready)
        for n in range(settings.workers)
    ]
    return found


def _rasa(settings: Settings) -> ProcessSpec:
    endpoints, credentials = write_rasa_files(settings)
    command = [
        *(str(rasa_python()), "-m", "understanding.server", "run", "--enable-api"),
        *("-i", "127.0.0.1", "-p", str(settings.rasa_port)),
        *("-m", str(model_path(settings)), "--endpoints", str(endpoints)),
        *("--credentials", str(credentials)),
    ]
    status = f"{settings.rasa_url}/status"
    return ProcessSpec("rasa", command, rasa_environment(), lambda _: answers(status))


def write_rasa_files(settings: Settings) -> tuple[Path, Path]:
    """Rasa's endpoints and credentials files, made from the settings."""
    settings.var.mkdir(parents=True, exist_ok=True)
    # SQLite keeps this mode in the file: a turn's events reach the disk with one flush, not three.
    with contextlib.closing(sqlite3.connect(settings.var / "tracker.db")) as tracker:
        tracker.execute("PRAGMA journal_mode=WAL")
    endpoints = settings.var / "endpoints.yml"
    endpoints.write_text(
        f"action_endpoint:\n  url: {settings.actions_url}/webhook\n"
        f"tracker_store:\n  type: SQL\n  dialect: sqlite\n  db: {settings.var}/tracker.db\n",
        encoding="utf-8",
    )
    credentials = settings.var / "credentials.yml"
    credentials.write_text("rest:\n", encoding="utf-8")
    return endpoints, credentials


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Supervisor:
    """Starts the processes and keeps them running until it is told to stop."""

    def __init__(
        self,
        settings: Settings,
        processes: Sequence[ProcessSpec],
        on_death: Callable[[int], object] = lambda pid: None,
    ) -> None:
        self._settings = settings
        self._on_death = on_death
        self._watched = [Watched(spec) for spec in processes]
        self._stop = threading.Event()
        self._logs = settings.var / "log"
        self._logs.mkdir(parents=True, exist_ok=True)

    def run(self) -> int:
        """Until SIGINT or SIGTERM; 0 when all went down in good order."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._on_signal)
        began = time.monotonic()
        told = False
        try:
            while not self._stop.is_set():
                self._tend()
                if not told and all(w.ready for w in self._watched):
                    told = True
                    took = time.monotonic() - began
                    print(f"\nready after {took:.0f} s: {self._settings.address}\n", flush=True)
                elif not told and time.monotonic() - began > READY_TIMEOUT_S:
                    late = ", ".join(w.spec.name for w in self._watched if not w.ready)
                    print(f"not ready: {late}; see {self._logs}", file=sys.stderr, flush=True)
                    return 1
                self._stop.wait(0.2)
        finally:
            self._end_all()
        return 0

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._stop.set()

    def _tend(self) -> None:
        now = time.monotonic()
        for watched in self._watched:
            process = watched.process
            if process is None:
                if now >= watched.not_before:
                    self._start(watched)
            elif (code := process.poll()) is not None:
                self._died(watched, process.pid, code)
            elif not watched.ready and watched.spec.ready(process.pid):
                watched.ready = True
                print(f"  {watched.spec.name} ready", flush=True)

    def _start(self, watched: Watched) -> None:
        log = self._logs / f"{watched.spec.name}.log"
        with log.open("ab") as out:
            watched.process = subprocess.Popen(
                list(watched.spec.command),
                cwd=ROOT,
                env=watched.spec.environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )
        watched.started = time.monotonic()
        self._write_pids()

    def _died(self, watched: Watched, pid: int, code: int) -> None:
        alive_s = time.monotonic() - watched.started
        if alive_s > STEADY_S:
            watched.backoff_s = FIRST_BACKOFF_S
        print(
            f"  {watched.spec.name} ended ({code}) after {alive_s:.0f} s, "
            f"again in {watched.backoff_s:g} s; see {self._logs / watched.spec.name}.log",
            file=sys.stderr,
            flush=True,
        )
        self._on_death(pid)
        watched.process, watched.ready = None, False
        watched.restarts += 1
        watched.not_before = time.monotonic() + watched.backoff_s
        watched.backoff_s = min(MAX_BACKOFF_S, watched.backoff_s * 2)

    def _write_pids(self) -> None:
        run = self._settings.var / "run"
        run.mkdir(parents=True, exist_ok=True)
        lines = [f"{w.spec.name} {w.process.pid}" for w in self._watched if w.process]
        (run / "pids").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def _end_all(self) -> None:
        running = [w.process for w in self._watched if w.process]
        for process in running:
            _signal_group(process, signal.SIGTERM)
        deadline = time.monotonic() + TERM_GRACE_S
        for process in running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, deadline - time.monotonic()))
            _signal_group(process, signal.SIGKILL)
            process.wait()
        for file in (self._settings.var / "run").glob("*"):
            file.unlink(missing_ok=True)


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def check_ports(settings: Settings) -> None:
    """Make sure that our ports are free.

    Raises:
        PortTaken: One is not; the message names the port, its setting and its holder.
    """
    wanted = {
        "BAILING_PORT": settings.port,
        "BAILING_RASA_PORT": settings.rasa_port,
        "BAILING_ACTIONS_PORT": settings.actions_port,
    }
    for setting, port in wanted.items():
        if holder := holder_of(port):
            raise PortTaken(f"port {port} ({setting}) is taken by {holder}")


def up(settings: Settings) -> int:
    """Start and supervise everything on this machine."""
    check_ports(settings)
    for old in (settings.var / "run").glob("worker-*.ready"):
        old.unlink(missing_ok=True)
    # Once, before several processes would each find an empty database and make the same tables.
    casefile = open_credit_file(settings)

    def hand_over(pid: int) -> None:
        """Let the others take what a dead process had in hand; else its lease has to run out."""
        try:
            with casefile.begin() as ledger:
                ledger.tasks.release(holder_name(pid))
        except RoomError as error:
            print(f"  tasks of {pid} wait for their lease ({error.code})", file=sys.stderr)

    print("starting (the dialogue engine takes about a minute) …", flush=True)
    try:
        return Supervisor(settings, specs(settings), hand_over).run()
    finally:
        casefile.close()
