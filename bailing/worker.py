"""The verification worker: takes inspect tasks, looks, and hands over to be weighed.

The row is the truth: a worker that dies in the middle leaves its task to be picked up again
when its lease runs out; a task that killed five workers ends as unreadable.
"""

from __future__ import annotations

import threading
import time
from typing import Any

import structlog

from bailing.terms import RoomError
from casefile import CaseFile, EvidenceStatus, Task, TaskKind
from casefile.errors import EvidenceGone, FileGone
from perception import Inspector, frames_json, to_json

log = structlog.get_logger()

IDLE_S = 0.05
MAX_ATTEMPTS = 5


class Worker:
    """Inspects what merchants send, with its models kept loaded."""

    def __init__(self, casefile: CaseFile, inspector: Inspector, name: str) -> None:
        self._casefile = casefile
        self._inspector = inspector
        self._name = name

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
        evidence_id = str(task.args["evidence_id"])
        started = time.perf_counter()
        try:
            content, declared = self._begin(task, evidence_id)
            found = self._inspect(content, declared, task)
            self._finish(task, evidence_id, found)
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
            seen = self._inspector.inspect(content, declared=declared)
            return {**to_json(seen), "frames": frames_json(seen)}
        except RoomError as error:
            return {"error": {"code": error.code, "message": str(error)}}
        except Exception as error:
            log.error("inspection_failed", task_id=task.id, error=repr(error))
            return {"error": {"code": "inspection_failed", "message": type(error).__name__}}

    def _finish(self, task: Task, evidence_id: str, found: dict[str, Any]) -> None:
        with self._casefile.begin() as ledger:
            if not ledger.tasks.finish(task.id, {"inspected": True}):
                return
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
