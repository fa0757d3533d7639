"""What the credit file gives back: frozen records of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any


class EvidenceStatus(StrEnum):
    """Where a proof stands."""

    RECEIVED = "received"
    INSPECTING = "inspecting"
    ACCEPTED = "accepted"
    DOUBTFUL = "doubtful"
    REJECTED = "rejected"
    UNREADABLE = "unreadable"
    WITHDRAWN = "withdrawn"


class TaskKind(StrEnum):
    """Work that one process asks of another.

    ``inspect`` is done by the verification workers, the rest by the actions process.
    """

    INSPECT = "inspect"
    WEIGH = "weigh"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    RESCORE = "rescore"


class Purpose(StrEnum):
    """What a merchant can agree to."""

    LIMIT_REVIEW = "limit_review"
    BANK_DATA = "bank_data"
    LOCATION = "location"


class Source(StrEnum):
    """Who says a value of the profile."""

    SAID = "said"
    EVIDENCE = "evidence"
    LENDER = "lender"


@dataclass(frozen=True, slots=True)
class Case:
    """One merchant's open talk about their limit. Limits in yuan."""

    id: str
    merchant_id: str
    merchant_name: str | None
    salutation: str | None
    language: str
    handler: str
    original_limit_cny: Decimal
    limit_cny: Decimal
    demo: bool
    last_event_id: int


@dataclass(frozen=True, slots=True)
class Consent:
    """An agreement to one purpose, and when it ended."""

    purpose: str
    given_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class InboxMessage:
    """Something to be put to the dialogue engine, in order.

    ``kind`` is ``text`` (a merchant's words), ``payload`` (a pressed button) or ``internal``.
    """

    id: int
    case_id: str
    message_id: str
    kind: str
    text: str
    metadata: Mapping[str, Any]
    state: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the case's history as its merchant sees it."""

    seq: int
    case_id: str
    event_id: int
    kind: str
    at: datetime
    body: Mapping[str, Any]

    def to_json(self) -> dict[str, Any]:
        """The event of the HTTP interface."""
        return {
            "id": self.event_id,
            "kind": self.kind,
            "at": self.at.isoformat(timespec="milliseconds"),
            **self.body,
        }


@dataclass(frozen=True, slots=True)
class Evidence:
    """A proof that a merchant sent, and what became of it.

    ``inspection`` is perception's JSON; ``findings`` are the cross-checks' results in words.
    ``progress`` lies in [0, 1].
    """

    id: str
    case_id: str
    sha256: str | None
    mime: str | None
    bytes: int | None
    declared: str | None
    status: EvidenceStatus
    stage: str
    progress: float
    voucher_type: str | None
    summary: str | None
    inspection: Mapping[str, Any] | None
    findings: tuple[Mapping[str, Any], ...]
    received_at: datetime

    @property
    def counts(self) -> bool:
        """Whether it may carry facts into a decision."""
        return self.status is EvidenceStatus.ACCEPTED

    def event_body(self) -> dict[str, Any]:
        """The body of an ``evidence`` event."""
        return {
            "evidence_id": self.id,
            "status": self.status.value,
            "stage": self.stage,
            "progress": self.progress,
            "voucher_type": self.voucher_type,
            "summary": self.summary,
        }


@dataclass(frozen=True, slots=True)
class Correction:
    """What the merchant says should have been read."""

    field: str
    read_value: str | None
    value: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ProfileValue:
    """One slot of the profile; ``value`` is text, or ``{"low", "high"}`` in ``unit``."""

    slot: str
    value: Any
    unit: str | None
    source: Source
    evidence_id: str | None
    at: datetime

    def to_json(self) -> dict[str, Any]:
        """The slot as ``GET /api/case`` shows it."""
        ranged = isinstance(self.value, dict)
        low = self.value.get("low") if ranged else None
        high = self.value.get("high") if ranged else None
        middle = (low + high) / 2 if low is not None and high is not None else self.value
        return {
            "value": middle,
            "low": low,
            "high": high,
            "unit": self.unit,
            "source": self.source.value,
            "evidence_id": self.evidence_id,
        }


@dataclass(frozen=True, slots=True)
class StoredDecision:
    """A decision as it was given, with all that made it.

    ``body`` is the ``decision`` event in both languages (``{"zh": …, "en": …}``), ``snapshot``
    the exact inputs, ``if_withdrawn`` the limit in yuan without each proof.
    """

    id: str
    case_id: str
    cause: str
    limit_cny: Decimal
    previous_limit_cny: Decimal
    body: Mapping[str, Any]
    snapshot: Mapping[str, Any]
    if_withdrawn: Mapping[str, str]
    at: datetime


@dataclass(frozen=True, slots=True)
class Review:
    """A request that a person looks at the case."""

    id: str
    reason: str
    state: str
    opened_at: datetime

    def to_json(self) -> dict[str, Any]:
        """The review as ``GET /api/case`` shows it."""
        return {
            "review_id": self.id,
            "reason": self.reason,
            "state": self.state,
            "opened_at": self.opened_at.isoformat(timespec="milliseconds"),
        }


@dataclass(frozen=True, slots=True)
class Task:
    """Work that is to be done once."""

    id: str
    case_id: str
    kind: TaskKind
    args: Mapping[str, Any]
    state: str
    attempts: int
    outcome: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One link of the audit chain."""

    seq: int
    at: datetime
    actor: str
    action: str
    case_id: str | None
    subject: str | None
    detail: Mapping[str, Any]
    previous_hash: str
    hash: str
