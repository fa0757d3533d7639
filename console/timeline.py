"""A conversation turn by turn, as frozen records. Amounts in yuan, times in UTC."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any


class TurnKind(StrEnum):
    """What began a turn."""

    TEXT = "text"
    """The merchant's own words."""
    PAYLOAD = "payload"
    """A pressed button."""
    INTERNAL = "internal"
    """A task's outcome, or the greeting: the system put it to the dialogue."""
    REST = "rest"
    """No message: what happened after the last one."""


@dataclass(frozen=True, slots=True)
class Guess:
    """An intent and its confidence in [0, 1]."""

    intent: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Entity:
    """A part of what was said; ``start`` and ``end`` are places in the text."""

    kind: str
    value: str
    start: int | None
    end: int | None
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Call:
    """An action that ran.

    ``elapsed_ms`` is the time since the message was understood, or the action before it ended:
    filling slots and choosing the action are part of it. None where nothing stands before it.
    """

    action: str
    policy: str | None
    confidence: float | None
    elapsed_ms: float | None


@dataclass(frozen=True, slots=True)
class SlotChange:
    """A slot that changed; None is an empty one."""

    slot: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Bubble:
    """What the merchant saw: words, the titles of buttons, and what kind of card."""

    event_id: int
    at: datetime
    sender: str
    text: str
    buttons: tuple[str, ...] = ()
    card: str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the limit; the binding one holds it down."""

    name: str
    amount_cny: Decimal
    binding: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the limit is what it is; ``effect_cny`` is this reason's part of it."""

    code: str
    text: str
    effect_cny: Decimal


@dataclass(frozen=True, slots=True)
class LimitDecided:
    """A decision: the limit before and after, and what made it."""

    decision_id: str
    at: datetime
    cause: str
    before_cny: Decimal
    after_cny: Decimal
    pd: float | None
    terms: tuple[Term, ...]
    reasons: tuple[Reason, ...]
    policy: str | None
    models: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EvidenceMoved:
    """A proof that came to another status; what was read of a withdrawn one is gone.

    ``elapsed_ms`` are the inspection's parts (decode, ocr, total), told where it ended.
    """

    evidence_id: str
    at: datetime
    status: str
    stage: str
    voucher_type: str | None
    summary: str | None
    elapsed_ms: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Happening:
    """Anything else that happened.

    Attributes:
        kind: ``consent_given``, ``consent_withdrawn``, ``review_opened``, ``corrected``, ``task``
            or ``effect``.
        subject: What it is about: a purpose, or an id.
        detail: Its particulars.
    """

    kind: str
    at: datetime
    subject: str
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Turn:
    """One message and all that came of it.

    Attributes:
        number: Its place in the conversation, from 1.
        said: The words that the merchant saw as theirs; a button's title; None for internal ones.
        put: What the dialogue engine got: words, or a payload.
        alternatives: The next likely intents, best first.
        waited_ms: From taking the message to its answer, the queue included.
        engine_ms: What the dialogue engine took, the actions included.
        state: ``queued`` (not answered yet), ``answered``, or ``kept`` (its events are kept).
    """

    number: int
    message_id: str | None
    kind: TurnKind
    at: datetime
    said: str | None
    put: str | None
    understood: Guess | None
    alternatives: tuple[Guess, ...]
    entities: tuple[Entity, ...]
    calls: tuple[Call, ...]
    slots: tuple[SlotChange, ...]
    answers: tuple[Bubble, ...]
    decisions: tuple[LimitDecided, ...]
    evidence: tuple[EvidenceMoved, ...]
    happenings: tuple[Happening, ...]
    waited_ms: float | None
    engine_ms: float | None
    state: str

    def to_json(self) -> dict[str, Any]:
        """The turn as one JSON object; amounts are decimal strings in yuan."""
        body: dict[str, Any] = _plain(self)
        return body


@dataclass(frozen=True, slots=True)
class Timeline:
    """A stretch of a case's conversation.

    Attributes:
        total: How many turns the whole conversation has.
        turns: Those that were asked for, in order.
    """

    case_id: str
    merchant_id: str
    merchant_name: str | None
    language: str
    handler: str
    original_limit_cny: Decimal
    limit_cny: Decimal
    total: int
    turns: tuple[Turn, ...]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds")
    if isinstance(value, Decimal | StrEnum):
        return str(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    return value
