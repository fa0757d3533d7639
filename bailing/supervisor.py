"""Keeps processes running: starts them, brings back what dies or freezes, ends them all."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from types import FrameType

FIRST_BACKOFF_S = 0.2
MAX_BACKOFF_S = 30.0
STEADY_S = 10.0
"""After so long alive, a process that dies is brought back at once again."""
AGAIN_S = 60.0
"""So long may a process take to start again, or a part that it keeps inside, as Rasa's server."""
SLOWER = 3.0
"""Or so many times what it took before: a machine has busier hours."""
PROBE_S = 0.5
TERM_GRACE_S = 10.0
READY_TIMEOUT_S = 300.0
PR_SET_PDEATHSIG = 1


class Sign(Enum):
    """What a look at a process shows."""

    ALIVE = "answers"
    STARTING = "is there, and not ready yet"
    SILENT = "does not answer"


@dataclass(frozen=True, slots=True)
class ProcessSpec:
    """One process to run.

    Attributes:
        name: Its name in logs and on the screen.
        command: What to run, in ``folder``.
        environment: All of its environment.
        look: A sign of life, by its process id; takes a few seconds at most.
        renew: The signal upon which it replaces what is frozen in it; by default it is killed.
        patience_s: How long it may give no answer, once it was ready, before it is started anew.
        start_s: How long it may take to be ready for the first time.
    """

    name: str
    command: Sequence[str]
    environment: dict[str, str]
    look: Callable[[int], Sign]
    folder: Path
    renew: signal.Signals = signal.SIGKILL
    patience_s: float = 6.0
    start_s: float = 60.0


@dataclass(slots=True)
class Watched:
    """A process under watch, and when it may be started again.

    Times are those of :func:`time.monotonic`. ``since`` is when ``sign`` was first seen in a row,
    ``renewed`` when it was last asked to help itself; ``took_s`` is its longest start, in seconds.
    """

    spec: ProcessSpec
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    backoff_s: float = FIRST_BACKOFF_S
    not_before: float = 0.0
    ready: bool = False
    sign: Sign = Sign.STARTING
    since: float = 0.0
    renewed: float = 0.0
    took_s: float | None = None

    def look(self) -> None:
        """Note a sign of life, or that there is none."""
        process = self.process
        if process is None:
            return
        sign = self.spec.look(process.pid)
        if self.process is not process:
            return
        if sign is not self.sign:
            self.sign, self.since = sign, time.monotonic()
        if sign is Sign.ALIVE and not self.ready:
            self.took_s = max(self.took_s or 0.0, time.monotonic() - self.started)
            self.ready = True

    @property
    def lost(self) -> bool:
        """Whether it has been silent, or getting ready, for too long."""
        if self.process is None or self.sign is Sign.ALIVE:
            return False
        if not self.ready:
            return time.monotonic() - self.started > self.start_s
        patience_s = self.spec.patience_s if self.sign is Sign.SILENT else AGAIN_S
        return time.monotonic() - max(self.since, self.renewed) > patience_s

    @property
    def start_s(self) -> float:
        """How long it may take to be ready; frozen at its start, it looks like a slow one."""
        if self.took_s is None:
            return self.spec.start_s
        return min(self.spec.start_s, max(AGAIN_S, SLOWER * self.took_s))

    def begin(self, process: subprocess.Popen[bytes] | None) -> None:
        """Another process, or for now none."""
        self.process, self.ready, self.sign = process, False, Sign.STARTING
        self.started = self.since = time.monotonic()
        self.renewed = 0.0


class Supervisor:
    """Starts the processes and keeps them running until it is told to stop.

    Args:
        processes: What to run.
        var: Where logs and process ids are kept.
        address: What is printed when all are ready.
        on_death: Called with the id of each process that ended.
    """

    def __init__(
        self,
        processes: Sequence[ProcessSpec],
        var: Path,
        address: str,
        on_death: Callable[[int], object] = lambda pid: None,
    ) -> None:
        self._watched = [Watched(spec) for spec in processes]
        self._var = var
        self._address = address
        self._on_death = on_death
        self._stop = threading.Event()
        self._logs = var / "log"
        self._logs.mkdir(parents=True, exist_ok=True)

    def run(self) -> int:
        """Until SIGINT or SIGTERM; 0 when all went down in good order."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._on_signal)
        for watched in self._watched:
            threading.Thread(target=self._watch, args=[watched], daemon=True).start()
        began = time.monotonic()
        told = False
        try:
            while not self._stop.is_set():
                self._tend()
                if not told and all(w.ready for w in self._watched):
                    told = True
                    took = time.monotonic() - began
                    print(f"\nready after {took:.0f} s: {self._address}\n", flush=True)
                elif not told and time.monotonic() - began > READY_TIMEOUT_S:
                    late = ", ".join(w.spec.name for w in self._watched if not w.ready)
                    print(f"not ready: {late}; see {self._logs}", file=sys.stderr, flush=True)
                    return 1
                self._stop.wait(0.1)
        finally:
            self._end_all()
        return 0

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._stop.set()

    def _watch(self, watched: Watched) -> None:
        """Look at one process for ever; a frozen one keeps nobody else waiting."""
        told = False
        while not self._stop.wait(PROBE_S):
            watched.look()
            if watched.ready and not told:
                print(f"  {watched.spec.name} ready", flush=True)
            told = watched.ready

    def _tend(self) -> None:
        now = time.monotonic()
        for watched in self._watched:
            process = watched.process
            if process is None:
                if now >= watched.not_before:
                    self._start(watched)
            elif (code := process.poll()) is not None:
                self._died(watched, process.pid, code)
            elif watched.lost:
                self._renew(watched, process)

    def _start(self, watched: Watched) -> None:
        log = self._logs / f"{watched.spec.name}.log"
        with log.open("ab") as out:
            process = subprocess.Popen(
                list(watched.spec.command),
                cwd=watched.spec.folder,
                env=watched.spec.environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )
        watched.begin(process)
        self._write_pids()

    def _renew(self, watched: Watched, process: subprocess.Popen[bytes]) -> None:
        """End what does not answer: by its own means first, and where they do not help, all."""
        what = f"{watched.spec.name} {watched.sign.value}"
        print(f"  {what}; it is started anew", file=sys.stderr, flush=True)
        if watched.spec.renew is signal.SIGKILL or watched.renewed > watched.since:
            _signal_group(process, signal.SIGKILL)
        else:
            watched.renewed = time.monotonic()
            process.send_signal(watched.spec.renew)

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
        watched.begin(None)
        watched.not_before = time.monotonic() + watched.backoff_s
        watched.backoff_s = min(MAX_BACKOFF_S, watched.backoff_s * 2)

    def _write_pids(self) -> None:
        run = self._var / "run"
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
        for file in (self._var / "run").glob("*"):
            file.unlink(missing_ok=True)


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)
