"""What came in, what goes out, and what was made of it: inbox, outbox, turns and effects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import IntegrityError

from casefile import tables as t
from casefile.clock import new_id, now
from casefile.erasure import replaced
from casefile.records import Event, Evidence, InboxMessage

QUEUED, ANSWERED, KEPT = "queued", "answered", "kept"


class Mail:
    """One conversation's letters, each taken once and answered once."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def receive(
        self,
        case_id: str,
        *,
        channel: str,
        platform_key: str,
        kind: str,
        text: str,
        metadata: Mapping[str, Any] | None = None,
    ) -> tuple[str, bool]:
        """The message's id, and whether it is new.

        The pair of channel and the platform's own key names a message: the second time it
        comes, it is the same one.
        """
        known = self._known(case_id, channel, platform_key)
        if known:
            return known, False
        message_id = new_id("ms")
        row = t.inbox.insert().values(
            case_id=case_id,
            message_id=message_id,
            channel=channel,
            platform_key=platform_key,
            kind=kind,
            text=text,
            metadata=dict(metadata or {}),
            state=QUEUED,
            received_at=now(),
        )
        try:
            with self._db.begin_nested():
                self._db.execute(row)
        except IntegrityError:
            return self._known(case_id, channel, platform_key) or message_id, False
        return message_id, True

    def _known(self, case_id: str, channel: str, platform_key: str) -> str | None:
        return self._db.execute(
            select(t.inbox.c.message_id).where(
                t.inbox.c.case_id == case_id,
                t.inbox.c.channel == channel,
                t.inbox.c.platform_key == platform_key,
            )
        ).scalar()

    def waiting(self, limit: int = 100) -> tuple[InboxMessage, ...]:
        """The oldest unanswered message of each conversation, oldest first."""
        first = (
            select(func.min(t.inbox.c.id).label("id"))
            .where(t.inbox.c.state == QUEUED)
            .group_by(t.inbox.c.case_id)
            .subquery()
        )
        rows = self._db.execute(
            select(t.inbox)
            .join(first, first.c.id == t.inbox.c.id)
            .order_by(t.inbox.c.id)
            .limit(limit)
        )
        return tuple(_message(r) for r in rows)

    def last_id(self) -> int:
        """The highest id of the inbox, 0 when it is empty."""
        return int(self._db.execute(select(func.max(t.inbox.c.id))).scalar() or 0)

    def without_turn(self, limit: int = 100) -> tuple[InboxMessage, ...]:
        """Messages that were answered but whose dialogue events are not kept yet."""
        rows = self._db.execute(
            select(t.inbox).where(t.inbox.c.state == ANSWERED).order_by(t.inbox.c.id).limit(limit)
        )
        return tuple(_message(r) for r in rows)

    def count_attempt(self, message_id: str) -> None:
        """One more try at putting this message to the dialogue engine."""
        self._db.execute(
            t.inbox.update()
            .where(t.inbox.c.message_id == message_id)
            .values(attempts=t.inbox.c.attempts + 1)
        )

    def mark_answered(self, message_id: str) -> bool:
        """The answer is in the outbox; False when it was there already."""
        done = self._db.execute(
            t.inbox.update()
            .where(t.inbox.c.message_id == message_id, t.inbox.c.state == QUEUED)
            .values(state=ANSWERED, answered_at=now())
        )
        return done.rowcount > 0

    def keep_turn(
        self,
        case_id: str,
        message_id: str,
        events: Iterable[Mapping[str, Any]],
        *,
        elapsed_ms: float,
    ) -> None:
        """Keep the dialogue engine's own events of one turn, for the replay."""
        with self._db.begin_nested():
            self._db.execute(t.turns.delete().where(t.turns.c.message_id == message_id))
            self._db.execute(
                t.turns.insert().values(
                    case_id=case_id,
                    message_id=message_id,
                    events=list(events),
                    elapsed_ms=elapsed_ms,
                    at=now(),
                )
            )
        self._db.execute(
            t.inbox.update().where(t.inbox.c.message_id == message_id).values(state=KEPT)
        )

    def turns(self, case_id: str) -> tuple[Mapping[str, Any], ...]:
        """The kept turns, oldest first: ``message_id``, ``events``, ``elapsed_ms``, ``at``."""
        rows = self._db.execute(
            select(t.turns).where(t.turns.c.case_id == case_id).order_by(t.turns.c.id)
        )
        return tuple(
            {
                "message_id": r.message_id,
                "events": r.events,
                "elapsed_ms": r.elapsed_ms,
                "at": r.at.isoformat(),
            }
            for r in rows
        )

    def post(
        self,
        case_id: str,
        kind: str,
        body: Mapping[str, Any],
        *,
        evidence_id: str | None = None,
    ) -> int:
        """Put an event before the merchant; its id, one higher than the case's last."""
        event_id = self._db.execute(
            t.cases.update()
            .where(t.cases.c.id == case_id)
            .values(last_event_id=t.cases.c.last_event_id + 1)
            .returning(t.cases.c.last_event_id)
        ).scalar_one()
        self._db.execute(
            t.outbox.insert().values(
                case_id=case_id,
                event_id=event_id,
                kind=kind,
                evidence_id=evidence_id,
                body=dict(body),
                at=now(),
            )
        )
        return int(event_id)

    def post_evidence(self, evidence: Evidence) -> int:
        """Put a proof's present state before the merchant; the event's id."""
        return self.post(
            evidence.case_id, "evidence", evidence.event_body(), evidence_id=evidence.id
        )

    def events(self, case_id: str, after: int = 0, limit: int = 1000) -> tuple[Event, ...]:
        """The case's events with ids above ``after``, in order."""
        rows = self._db.execute(
            select(t.outbox)
            .where(t.outbox.c.case_id == case_id, t.outbox.c.event_id > after)
            .order_by(t.outbox.c.event_id)
            .limit(limit)
        )
        return tuple(Event(r.seq, r.case_id, r.event_id, r.kind, r.at, r.body) for r in rows)

    def newest(self, after_seq: int) -> tuple[tuple[int, str], ...]:
        """Which cases had news since ``after_seq``: pairs of sequence number and case id."""
        rows = self._db.execute(
            select(t.outbox.c.seq, t.outbox.c.case_id)
            .where(t.outbox.c.seq > after_seq)
            .order_by(t.outbox.c.seq)
        )
        return tuple((r.seq, r.case_id) for r in rows)

    def last_seq(self) -> int:
        """The highest sequence number of the outbox, 0 when it is empty."""
        return int(self._db.execute(select(func.max(t.outbox.c.seq))).scalar() or 0)

    def blank_evidence(self, case_id: str, evidence_id: str) -> None:
        """Take what a withdrawn proof said out of the events that already went out."""
        rows = self._db.execute(
            select(t.outbox.c.seq).where(
                t.outbox.c.case_id == case_id, t.outbox.c.evidence_id == evidence_id
            )
        ).scalars()
        tombstone = {
            "evidence_id": evidence_id,
            "status": "withdrawn",
            "stage": "withdrawn",
            "progress": 1.0,
            "voucher_type": None,
            "summary": None,
        }
        for seq in rows.all():
            self._db.execute(t.outbox.update().where(t.outbox.c.seq == seq).values(body=tombstone))

    def replace_words(self, case_id: str, words: Mapping[str, str]) -> None:
        """Put other words for sentences that tell of a withdrawn proof, in events and turns."""
        if not words:
            return
        for table, column in ((t.outbox, "body"), (t.turns, "events")):
            key = next(iter(table.primary_key.columns))
            rows = self._db.execute(select(table).where(table.c.case_id == case_id)).mappings()
            for row in rows.all():
                if (after := replaced(row[column], words)) != row[column]:
                    self._db.execute(
                        table.update().where(key == row[key.name]).values({column: after})
                    )

    def offer(self, case_id: str, buttons: Iterable[Mapping[str, str]]) -> None:
        """Remember the buttons that were shown: only they may be pressed."""
        for button in buttons:
            if not self.was_offered(case_id, button["payload"]):
                self._db.execute(
                    t.offers.insert().values(
                        case_id=case_id, payload=button["payload"], title=button["title"]
                    )
                )

    def was_offered(self, case_id: str, payload: str) -> str | None:
        """The title of a button that this case was shown; None when it never was."""
        return self._db.execute(
            select(t.offers.c.title).where(
                t.offers.c.case_id == case_id, t.offers.c.payload == payload
            )
        ).scalar()

    def effect(self, message_id: str, action: str) -> Mapping[str, Any] | None:
        """What this action already did for this message; None when it has not run."""
        result = self._db.execute(
            select(t.effects.c.result).where(
                t.effects.c.message_id == message_id, t.effects.c.action == action
            )
        ).scalar()
        return result if result is None else dict(result)

    def last_effect(self, case_id: str, action: str) -> Mapping[str, Any] | None:
        """What this action did last in this case; None when it never ran."""
        e = t.effects.c
        result = self._db.execute(
            select(e.result)
            .where(e.case_id == case_id, e.action == action)
            .order_by(e.at.desc())
            .limit(1)
        ).scalar()
        return None if result is None else dict(result)

    def keep_effect(
        self, case_id: str, message_id: str, action: str, result: Mapping[str, Any]
    ) -> None:
        """Remember what an action did for a message, so that it is never done again."""
        self._db.execute(
            t.effects.insert().values(
                message_id=message_id,
                action=action,
                case_id=case_id,
                result=dict(result),
                at=now(),
            )
        )


def _message(row: Any) -> InboxMessage:
    return InboxMessage(
        id=row.id,
        case_id=row.case_id,
        message_id=row.message_id,
        kind=row.kind,
        text=row.text,
        metadata=row.metadata,
        state=row.state,
        attempts=row.attempts,
    )
