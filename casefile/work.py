"""Tasks between processes, decisions, and requests for a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, exists, or_, select

from casefile import tables as t
from casefile.clock import new_id, now
from casefile.erasure import ERASED, replaced
from casefile.records import Review, StoredDecision, Task, TaskKind

LEASE_S = 60
"""Seconds after which a claimed task whose holder fell silent may be taken by another."""
MAX_ATTEMPTS = 5
"""Tries at one task before it is given up as failed."""


class Tasks:
    """Work handed from process to process; the row is the truth."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(self, case_id: str, kind: TaskKind, args: Mapping[str, Any]) -> str:
        """Ask for work; the new task's id."""
        task_id = new_id("tk")
        self._db.execute(
            t.tasks.insert().values(
                id=task_id,
                case_id=case_id,
                kind=kind.value,
                args=dict(args),
                state="queued",
                created_at=now(),
            )
        )
        return task_id

    def claim(
        self, kinds: Sequence[TaskKind], worker: str, lease_s: float = LEASE_S
    ) -> Task | None:
        """The oldest task of these kinds that nobody holds, now held by ``worker``.

        A task whose lease ran out is handed out again, at most five times. Tasks of one case
        are handed out one after the other.
        """
        c = t.tasks.c
        ready = or_(c.state == "queued", (c.state == "running") & (c.claimed_until < now()))
        due = or_(c.not_before.is_(None), c.not_before <= now())
        busy = select(c.case_id).where(c.state == "running", c.claimed_until >= now())
        actions_side = TaskKind.INSPECT not in kinds
        wanted = select(t.tasks).where(c.kind.in_([k.value for k in kinds]), ready, due)
        if actions_side:
            wanted = wanted.where(c.case_id.not_in(busy.where(c.kind != TaskKind.INSPECT.value)))
        row = self._db.execute(wanted.order_by(c.created_at).limit(1)).first()
        if row is None:
            return None
        self._db.execute(
            t.tasks.update()
            .where(c.id == row.id)
            .values(
                state="running",
                attempts=row.attempts + 1,
                claimed_by=worker,
                claimed_until=now() + timedelta(seconds=lease_s),
            )
        )
        return self.get(row.id)

    def is_held(self, task: Task) -> bool:
        """Whether the claim still stands: a holder that was asleep too long has lost its task."""
        return self._db.execute(
            select(
                exists().where(
                    t.tasks.c.id == task.id,
                    t.tasks.c.state == "running",
                    t.tasks.c.attempts == task.attempts,
                )
            )
        ).scalar_one()

    def renew(self, task: Task, lease_s: float = LEASE_S) -> None:
        """Hold a task longer; nothing happens where it is no longer held."""
        self._db.execute(
            t.tasks.update()
            .where(
                t.tasks.c.id == task.id,
                t.tasks.c.state == "running",
                t.tasks.c.attempts == task.attempts,
            )
            .values(claimed_until=now() + timedelta(seconds=lease_s))
        )

    def release(self, worker: str) -> int:
        """Let others take at once what a holder that died had claimed; how many tasks."""
        freed = self._db.execute(
            t.tasks.update()
            .where(t.tasks.c.claimed_by == worker, t.tasks.c.state == "running")
            .values(state="queued", claimed_until=None)
        )
        return freed.rowcount

    def waiting(self, kinds: Sequence[TaskKind]) -> bool:
        """Whether there may be such a task to claim; a cheap look that takes no lock."""
        c = t.tasks.c
        return (
            self._db.execute(
                select(c.id)
                .where(c.kind.in_([k.value for k in kinds]), c.state.in_(["queued", "running"]))
                .limit(1)
            ).first()
            is not None
        )

    def get(self, task_id: str) -> Task:
        """The task as it stands."""
        row = self._db.execute(select(t.tasks).where(t.tasks.c.id == task_id)).one()
        return Task(
            id=row.id,
            case_id=row.case_id,
            kind=TaskKind(row.kind),
            args=row.args,
            state=row.state,
            attempts=row.attempts,
            outcome=row.outcome,
        )

    def finish(self, task_id: str, outcome: Mapping[str, Any]) -> bool:
        """Write the outcome; False when the task was finished already."""
        done = self._db.execute(
            t.tasks.update()
            .where(t.tasks.c.id == task_id, t.tasks.c.state == "running")
            .values(state="done", outcome=dict(outcome), done_at=now())
        )
        return done.rowcount > 0

    def fail(self, task_id: str, code: str, *, retry_in_s: float | None) -> None:
        """Give a task back for another try later, or give it up when ``retry_in_s`` is None."""
        again = retry_in_s is not None
        self._db.execute(
            t.tasks.update()
            .where(t.tasks.c.id == task_id)
            .values(
                state="queued" if again else "failed",
                not_before=now() + timedelta(seconds=retry_in_s or 0) if again else None,
                outcome={"error": code},
                done_at=None if again else now(),
            )
        )

    def pending(self, case_id: str) -> tuple[Task, ...]:
        """The case's tasks that are not ended yet, oldest first."""
        rows = self._db.execute(
            select(t.tasks.c.id)
            .where(t.tasks.c.case_id == case_id, t.tasks.c.state.in_(["queued", "running"]))
            .order_by(t.tasks.c.created_at)
        ).scalars()
        return tuple(self.get(task_id) for task_id in rows.all())


class Decisions:
    """Limits given, and people asked to look at them."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(
        self,
        case_id: str,
        *,
        cause: str,
        limit_cny: Decimal,
        previous_limit_cny: Decimal,
        body: Mapping[str, Any],
        snapshot: Mapping[str, Any],
        if_withdrawn: Mapping[str, str],
    ) -> StoredDecision:
        """Keep a decision with all that made it. Amounts in yuan."""
        decision_id = new_id("de")
        bodies = {lang: {"decision_id": decision_id, **one} for lang, one in body.items()}
        self._db.execute(
            t.decisions.insert().values(
                id=decision_id,
                case_id=case_id,
                cause=cause,
                limit_cny=str(limit_cny),
                previous_limit_cny=str(previous_limit_cny),
                body=bodies,
                snapshot=dict(snapshot),
                if_withdrawn=dict(if_withdrawn),
                at=now(),
            )
        )
        last = self.last(case_id)
        if last is None:
            raise LookupError(decision_id)
        return last

    def last(self, case_id: str) -> StoredDecision | None:
        """The newest decision; None before the first."""
        row = self._db.execute(
            select(t.decisions)
            .where(t.decisions.c.case_id == case_id)
            .order_by(t.decisions.c.seq.desc())
            .limit(1)
        ).first()
        return None if row is None else _decision(row)

    def all(self, case_id: str) -> tuple[StoredDecision, ...]:
        """Every decision of the case, oldest first."""
        rows = self._db.execute(
            select(t.decisions).where(t.decisions.c.case_id == case_id).order_by(t.decisions.c.seq)
        )
        return tuple(_decision(r) for r in rows)

    def scrub(self, case_id: str, evidence_id: str) -> dict[str, str]:
        """Take a withdrawn proof's values out of the kept decisions.

        Returns:
            The sentences that told of it, each with what stands in its place now.
        """
        d = t.decisions.c
        rows = self._db.execute(select(d.seq, d.snapshot, d.body).where(d.case_id == case_id)).all()
        told = {
            reason["text"]: ERASED[language]
            for row in rows
            for language, body in row.body.items()
            for reason in body.get("reasons", ())
            if reason.get("evidence_id") == evidence_id
        }
        for row in rows:
            facts = row.snapshot.get("facts", [])
            kept = [f for f in facts if f.get("evidence_id") != evidence_id]
            self._db.execute(
                t.decisions.update()
                .where(d.seq == row.seq)
                .values(snapshot={**row.snapshot, "facts": kept}, body=replaced(row.body, told))
            )
        return told

    def ask_review(self, case_id: str, reason: str, origin: str) -> tuple[Review, bool]:
        """A person is to look at this case: the review, and whether it is new.

        An open review of the same reason and origin is not opened twice.
        """
        for review in self.reviews(case_id):
            if review.state == "open" and review.reason == reason:
                return review, False
        review_id = new_id("rv")
        self._db.execute(
            t.reviews.insert().values(
                id=review_id,
                case_id=case_id,
                reason=reason,
                origin=origin,
                state="open",
                opened_at=now(),
            )
        )
        return next(r for r in self.reviews(case_id) if r.id == review_id), True

    def reviews(self, case_id: str) -> tuple[Review, ...]:
        """Every review of the case, oldest first."""
        rows = self._db.execute(
            select(t.reviews)
            .where(t.reviews.c.case_id == case_id)
            .order_by(t.reviews.c.opened_at, t.reviews.c.id)
        )
        return tuple(Review(r.id, r.reason, r.state, r.opened_at) for r in rows)


def _decision(row: Any) -> StoredDecision:
    return StoredDecision(
        id=row.id,
        case_id=row.case_id,
        cause=row.cause,
        limit_cny=Decimal(row.limit_cny),
        previous_limit_cny=Decimal(row.previous_limit_cny),
        body=row.body,
        snapshot=row.snapshot,
        if_withdrawn=row.if_withdrawn,
        at=row.at,
    )
