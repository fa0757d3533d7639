"""A case's stored rows as they lie, for those who look back: the list of cases, and one whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Numeric, and_, cast, func, or_, select

from casefile import tables as t
from casefile.records import Event

BATCH = 200
"""Turns held in memory at a time while a long conversation is walked."""


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases to list; what is None or empty asks nothing.

    Attributes:
        text: Part of a case's or a merchant's id.
        raised: Whether the limit stands above the lender's own.
        handler: ``bot`` or ``human``.
        doubtful: Only cases with a doubtful proof.
        since: Opened at or after this time.
        until: Opened before this time.
    """

    text: str = ""
    raised: bool | None = None
    handler: str | None = None
    doubtful: bool = False
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case in the list. Limits in yuan."""

    id: str
    merchant_id: str
    merchant_name: str | None
    language: str
    handler: str
    state: str
    demo: bool
    original_limit_cny: Decimal
    limit_cny: Decimal
    created_at: datetime
    last_at: datetime | None
    messages: int
    evidence: int
    doubtful: int
    open_reviews: int


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """A message of the inbox with its times."""

    message_id: str
    channel: str
    kind: str
    text: str
    metadata: Mapping[str, Any]
    state: str
    received_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """The dialogue engine's own events of one turn, and how long it took."""

    message_id: str
    events: list[Mapping[str, Any]]
    elapsed_ms: float


@dataclass(frozen=True, slots=True)
class StoredTask:
    """A task with its times."""

    id: str
    kind: str
    args: Mapping[str, Any]
    state: str
    attempts: int
    created_at: datetime
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class StoredEffect:
    """What one action did for one message (or task)."""

    key: str
    action: str
    result: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class StoredCorrection:
    """What the merchant put in the place of what was read."""

    evidence_id: str
    field: str
    read_value: str | None
    value: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StoredConsent:
    """An agreement, the message that gave it, and when it ended."""

    purpose: str
    message_id: str | None
    given_at: datetime
    withdrawn_at: datetime | None


class Archive:
    """Reads only; nothing here changes a row."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def find(
        self, wanted: CaseFilter, *, limit: int = 50, offset: int = 0
    ) -> tuple[tuple[CaseLine, ...], int]:
        """The cases that a filter lets through, newest first, and how many there are in all."""
        conditions = _conditions(wanted)
        total = self._db.execute(
            select(func.count()).select_from(t.cases).where(*conditions)
        ).scalar_one()
        rows = self._db.execute(
            select(t.cases, t.merchants.c.name, *_counts())
            .join(t.merchants, t.merchants.c.id == t.cases.c.merchant_id)
            .where(*conditions)
            .order_by(t.cases.c.created_at.desc(), t.cases.c.id)
            .limit(limit)
            .offset(offset)
        )
        return tuple(_line(row) for row in rows), int(total)

    def line(self, case_id: str) -> CaseLine | None:
        """One case as the list shows it; None where there is none."""
        row = self._db.execute(
            select(t.cases, t.merchants.c.name, *_counts())
            .join(t.merchants, t.merchants.c.id == t.cases.c.merchant_id)
            .where(t.cases.c.id == case_id)
        ).first()
        return None if row is None else _line(row)

    def messages(self, case_id: str) -> tuple[StoredMessage, ...]:
        """Every message of the case, in the order in which they were put to the engine."""
        rows = self._db.execute(
            select(t.inbox).where(t.inbox.c.case_id == case_id).order_by(t.inbox.c.id)
        )
        return tuple(
            StoredMessage(
                r.message_id,
                r.channel,
                r.kind,
                r.text,
                r.metadata,
                r.state,
                r.received_at,
                r.answered_at,
            )
            for r in rows
        )

    def turns(self, case_id: str) -> Iterator[StoredTurn]:
        """The kept turns, in the order of their messages, some at a time."""
        rows = self._db.execute(
            select(t.turns.c.message_id, t.turns.c.events, t.turns.c.elapsed_ms)
            .join(t.inbox, t.inbox.c.message_id == t.turns.c.message_id)
            .where(t.turns.c.case_id == case_id)
            .order_by(t.inbox.c.id),
            execution_options={"yield_per": BATCH},
        )
        for row in rows:
            yield StoredTurn(row.message_id, row.events, row.elapsed_ms)

    def events(
        self, case_id: str, *, after: datetime | None, until: datetime | None
    ) -> tuple[Event, ...]:
        """The case's events later than ``after`` and no later than ``until``, in order."""
        where = [t.outbox.c.case_id == case_id]
        if after is not None:
            where.append(t.outbox.c.at > after)
        if until is not None:
            where.append(t.outbox.c.at <= until)
        rows = self._db.execute(select(t.outbox).where(*where).order_by(t.outbox.c.event_id))
        return tuple(Event(r.seq, r.case_id, r.event_id, r.kind, r.at, r.body) for r in rows)

    def tasks(self, case_id: str) -> tuple[StoredTask, ...]:
        """Every task of the case, oldest first."""
        rows = self._db.execute(
            select(t.tasks)
            .where(t.tasks.c.case_id == case_id)
            .order_by(t.tasks.c.created_at, t.tasks.c.id)
        )
        return tuple(
            StoredTask(r.id, r.kind, r.args, r.state, r.attempts, r.created_at, r.done_at)
            for r in rows
        )

    def effects(self, case_id: str) -> tuple[StoredEffect, ...]:
        """What was done for the case's messages and tasks, oldest first."""
        rows = self._db.execute(
            select(t.effects).where(t.effects.c.case_id == case_id).order_by(t.effects.c.at)
        )
        return tuple(StoredEffect(r.message_id, r.action, r.result, r.at) for r in rows)

    def corrections(self, case_id: str) -> tuple[StoredCorrection, ...]:
        """Every correction of the case's proofs, oldest first."""
        rows = self._db.execute(
            select(t.corrections)
            .join(t.evidence, t.evidence.c.id == t.corrections.c.evidence_id)
            .where(t.evidence.c.case_id == case_id)
            .order_by(t.corrections.c.id)
        )
        return tuple(
            StoredCorrection(r.evidence_id, r.field, r.read_value, r.value, r.at) for r in rows
        )

    def consents(self, case_id: str) -> tuple[StoredConsent, ...]:
        """Every agreement of the case, oldest first."""
        rows = self._db.execute(
            select(t.consents).where(t.consents.c.case_id == case_id).order_by(t.consents.c.id)
        )
        return tuple(
            StoredConsent(r.purpose, r.message_id, r.given_at, r.withdrawn_at) for r in rows
        )


def _conditions(wanted: CaseFilter) -> list[ColumnElement[bool]]:
    c = t.cases.c
    found: list[ColumnElement[bool]] = []
    if wanted.text:
        found.append(
            or_(
                c.id.contains(wanted.text, autoescape=True),
                c.merchant_id.contains(wanted.text, autoescape=True),
            )
        )
    if wanted.raised is not None:
        above = cast(c.limit_cny, Numeric) > cast(c.original_limit_cny, Numeric)
        found.append(above if wanted.raised else ~above)
    if wanted.handler:
        found.append(c.handler == wanted.handler)
    if wanted.doubtful:
        e = t.evidence.c
        found.append(
            select(e.id)
            .where(e.case_id == c.id, e.status == "doubtful")
            .correlate(t.cases)
            .exists()
        )
    if wanted.since is not None:
        found.append(c.created_at >= wanted.since)
    if wanted.until is not None:
        found.append(c.created_at < wanted.until)
    return found


def _counts() -> list[Any]:
    """How much there is in a case, each as a column of its own."""
    c = t.cases.c

    def number(table: Any, *where: Any) -> Any:
        counted = select(func.count()).select_from(table).where(table.c.case_id == c.id, *where)
        return counted.correlate(t.cases).scalar_subquery()

    last = select(t.outbox.c.at).where(
        and_(t.outbox.c.case_id == c.id, t.outbox.c.event_id == c.last_event_id)
    )
    return [
        last.correlate(t.cases).scalar_subquery().label("last_at"),
        number(t.inbox, t.inbox.c.kind != "internal").label("messages"),
        number(t.evidence).label("proofs"),
        number(t.evidence, t.evidence.c.status == "doubtful").label("doubtful"),
        number(t.reviews, t.reviews.c.state == "open").label("open_reviews"),
    ]


def _line(row: Any) -> CaseLine:
    return CaseLine(
        id=row.id,
        merchant_id=row.merchant_id,
        merchant_name=row.name,
        language=row.language,
        handler=row.handler,
        state=row.state,
        demo=row.demo,
        original_limit_cny=Decimal(row.original_limit_cny),
        limit_cny=Decimal(row.limit_cny),
        created_at=row.created_at,
        last_at=row.last_at,
        messages=row.messages,
        evidence=row.proofs,
        doubtful=row.doubtful,
        open_reviews=row.open_reviews,
    )
