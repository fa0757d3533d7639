"""The verification worker: takes inspect tasks, looks, and hands over to be weighed.

The row is the truth: a worker that dies in the middle leaves its task to be picked up again, at
once where it is supervised, else when its lease runs out. A file that was given up on three times
ends as unreadable. Memory is bounded by the process (see serve), time by the worker itself and,
where it hangs inside a library, by the heartbeat that then stops.
"""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import structlog

from bailing.terms import RoomError
from casefile import CaseFile, EvidenceStatus, Task, TaskKind
from casefile.errors import EvidenceGone, FileGone
from perception import Inspector, frames_json, to_json

log = structlog.get_logger()

IDLE_S = 0.05
MAX_ATTEMPTS = 3
HANGS_AFTER_S = 10.0
"""So long beyond the time limit a worker counts as hanging, and its heartbeat stops."""


class TaskLost(Exception):
    """The lease ran out meanwhile and another worker has the task."""


class TookTooLong(Exception):
    """A file that was looked at longer than the limit."""


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise inside the ``with`` when it takes longer; only in a process's main thread.

    Raises:
        TookTooLong: The time is over.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def over(_number: int, _frame: FrameType | None) -> None:
        raise TookTooLong(f"{seconds:g} s")

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class Worker:
    """Inspects what merchants send, with its models kept loaded.

    Args:
        casefile: Where tasks and evidence are kept.
        inspector: The loaded models.
        name: Under which it holds tasks.
        limit_s: The longest that one file may be looked at.
    """

    def __init__(
        self, casefile: CaseFile, inspector: Inspector, name: str, limit_s: float = 120.0
    ) -> None:
        self._casefile = casefile
        self._inspector = inspector
        self._name = name
        self._limit_s = limit_s
        self._task: tuple[Task, float] | None = None

    def beat(self, file: Path, every_s: float, stop: threading.Event) -> None:
        """Show, until told to stop, that work gets on: touch the file and hold the task longer."""
        while not stop.wait(every_s):
            held = self._task
            if held is not None:
                task, since = held
                if time.monotonic() - since > self._limit_s + HANGS_AFTER_S:
                    continue
                with contextlib.suppress(RoomError), self._casefile.begin() as ledger:
                    ledger.tasks.renew(task)
            file.touch()

    def run(self, stop: threading.Event) -> None:
        """Work until told to stop."""
        while not stop.is_set():
            task = self._claim()
            if task is None:
                stop.wait(IDLE_S)
            else:
                self.do(task)

    def _claim(self) -> Task | None:
        with self._casefile.read() as ledger:
            if not ledger.tasks.waiting([TaskKind.INSPECT]):
                return None
        with self._casefile.begin() as ledger:
            return ledger.tasks.claim([TaskKind.INSPECT], self._name)

    def do(self, task: Task) -> None:
        """Inspect one proof and ask for it to be weighed."""
        self._task = (task, time.monotonic())
        try:
            self._do(task)
        finally:
            self._task = None

    def _do(self, task: Task) -> None:
        evidence_id = str(task.args["evidence_id"])
        started = time.perf_counter()
        try:
            content, declared = self._begin(task, evidence_id)
            found = self._inspect(content, declared, task)
            self._finish(task, evidence_id, found)
        except TaskLost:
            log.warning("task_lost", task_id=task.id, case_id=task.case_id)
            return
        except (EvidenceGone, FileGone):
            with self._casefile.begin() as ledger:
                ledger.tasks.finish(task.id, {"gone": True})
            return
        log.info(
            "voucher_read",
            case_id=task.case_id,
            evidence_id=evidence_id,
            elapsed_ms=round((time.perf_counter() - started) * 1000),
        )

    def _begin(self, task: Task, evidence_id: str) -> tuple[bytes, str | None]:
        with self._casefile.begin() as ledger:
            if not ledger.tasks.is_held(task):
                raise TaskLost(task.id)
            evidence = ledger.proofs.move(
                task.case_id,
                evidence_id,
                EvidenceStatus.INSPECTING,
                stage="reading",
                progress=0.2,
            )
            ledger.mail.post_evidence(evidence)
        if evidence.sha256 is None:
            raise EvidenceGone(evidence_id)
        return self._casefile.uploads.get(task.case_id, evidence.sha256), evidence.declared

    def _inspect(self, content: bytes, declared: str | None, task: Task) -> dict[str, Any]:
        if task.attempts > MAX_ATTEMPTS:
            return {"error": {"code": "inspection_failed", "message": "given up"}}
        try:
            with time_limit(self._limit_s):
                seen = self._inspector.inspect(content, declared=declared)
            return {**to_json(seen), "frames": frames_json(seen)}
        except RoomError as error:
            return {"error": {"code": error.code, "message": str(error)}}
        except Exception as error:
            log.error("inspection_failed", task_id=task.id, error=repr(error))
            return {"error": {"code": "inspection_failed", "message": type(error).__name__}}

    def _finish(self, task: Task, evidence_id: str, found: dict[str, Any]) -> None:
        with self._casefile.begin() as ledger:
            if not ledger.tasks.is_held(task):
                raise TaskLost(task.id)
            ledger.tasks.finish(task.id, {"inspected": True})
            evidence = ledger.proofs.move(
                task.case_id,
                evidence_id,
                EvidenceStatus.INSPECTING,
                stage="checking",
                progress=0.8,
                inspection=found,
                voucher_type=(found.get("voucher") or {}).get("type"),
            )
            ledger.mail.post_evidence(evidence)
            ledger.tasks.add(task.case_id, TaskKind.WEIGH, {"evidence_id": evidence_id})
