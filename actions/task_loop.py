"""Beside the action server: takes tasks from the credit file and does each once."""

from __future__ import annotations

import threading

import structlog

from actions.case_flow import CaseFlow
from bailing.terms import RoomError
from casefile import Task

log = structlog.get_logger()

IDLE_S = 0.05
RETRY_S, MAX_RETRY_S = 1.0, 30.0
MAX_ATTEMPTS = 5
"""Tries at a task that a fault of ours breaks; what may pass by itself is tried for ever."""


class TaskLoop:
    """A thread that serves the case flow's tasks until it is stopped."""

    def __init__(self, flow: CaseFlow, worker: str) -> None:
        self._flow = flow
        self._worker = worker
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="task-loop", daemon=True)

    def start(self) -> None:
        """Begin serving."""
        self._thread.start()

    def stop(self) -> None:
        """End after the task in hand."""
        self._stop.set()
        self._thread.join(timeout=10)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                task = self._flow.claim(self._worker)
            except RoomError as error:
                log.warning("claim_failed", error=repr(error))
                task = None
            if task is None:
                self._stop.wait(IDLE_S)
            else:
                self.do(task)

    def do(self, task: Task) -> None:
        """Do one task; a fault gives it back for another try."""
        try:
            self._flow.do(task)
        except Exception as error:
            code = error.code if isinstance(error, RoomError) else "unexpected"
            log.error("task_failed", task_id=task.id, kind=task.kind.value, error=repr(error))
            passing = isinstance(error, RoomError) and error.retryable
            again = passing or task.attempts < MAX_ATTEMPTS
            self._flow.fail(
                task, code, min(MAX_RETRY_S, RETRY_S * task.attempts) if again else None
            )
