"""From a case's stored rows to its timeline. Neither dialogue engine nor model is needed.

A turn is one message of the inbox. What a row names by message or task belongs to that turn;
the rest belongs to the first turn that was answered after it: what a merchant sent between two
messages stands with the message that it led to.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from casefile import Event, Ledger, StoredDecision, StoredEffect, StoredMessage, StoredTurn
from console.engine_events import calls, slot_changes, understood
from console.errors import UnknownCase
from console.timeline import (
    Bubble,
    EvidenceMoved,
    Happening,
    LimitDecided,
    Reason,
    SlotChange,
    Term,
    Timeline,
    Turn,
    TurnKind,
)

DECIDE = "decide"
"""The effect under which a decision is kept, by the message or task that asked for it."""
SETTLED = {"accepted", "doubtful", "rejected", "unreadable"}
END = datetime.max.replace(tzinfo=UTC)


def replay(
    ledger: Ledger,
    case_id: str,
    *,
    first: int = 1,
    count: int | None = None,
    language: str | None = None,
) -> Timeline:
    """A case's conversation, or a stretch of it.

    Args:
        ledger: A transaction on the credit file.
        case_id: The case.
        first: The number of the first turn wanted, from 1.
        count: How many turns; None for all that follow.
        language: Of reasons, ``zh`` or ``en``; None for the case's own.

    Raises:
        UnknownCase: There is no such case.
    """
    line = ledger.archive.line(case_id)
    if line is None:
        raise UnknownCase(case_id)
    frame = _Frame(ledger.archive.messages(case_id))
    stretch = range(max(first, 1) - 1, frame.size)
    stretch = stretch if count is None else stretch[: max(count, 0)]
    rows = _Rows(ledger, case_id, frame, stretch, language or line.language)
    turns = tuple(_turn(frame, number, rows) for number in stretch)
    if turns and turns[-1].kind is TurnKind.REST and _is_empty(turns[-1]):
        turns = turns[:-1]
    return Timeline(
        case_id=case_id,
        merchant_id=line.merchant_id,
        merchant_name=line.merchant_name,
        language=line.language,
        handler=line.handler,
        original_limit_cny=line.original_limit_cny,
        limit_cny=line.limit_cny,
        total=len(frame.messages),
        turns=turns,
    )


class _Frame:
    """The messages in order, with one more place for what came after the last answer."""

    def __init__(self, messages: Sequence[StoredMessage]) -> None:
        self.messages = messages
        self.size = len(messages) + 1
        self.places = {m.message_id: n for n, m in enumerate(messages)}
        ends: list[datetime] = []
        for message in messages:
            end = message.answered_at or END
            ends.append(max(end, ends[-1]) if ends else end)
        self._ends = ends

    def place_at(self, at: datetime) -> int:
        """The place of what happened at a time."""
        return bisect_left(self._ends, at)

    def place_answered(self, at: datetime) -> int:
        """The place of the message that was answered last before a time.

        An answer is put out a moment after its message is marked answered.
        """
        return max(0, bisect_right(self._ends, at) - 1)

    def bounds(self, stretch: range) -> tuple[datetime | None, datetime | None]:
        """The times after and until which a stretch's events lie; None for no bound.

        It reaches to the next answer, since a turn's own answer lies behind its end.
        """
        if not stretch:
            return END, None
        after = self._ends[stretch[0] - 1] if stretch[0] else None
        until = self._ends[stretch[-1] + 1] if stretch[-1] + 1 < len(self._ends) else None
        return after, None if until == END else until


@dataclass(slots=True)
class _Filled:
    """What belongs to one place, as it is gathered."""

    turn: StoredTurn | None = None
    slots: tuple[SlotChange, ...] = ()
    said: str | None = None
    answers: list[Bubble] = field(default_factory=list)
    decisions: list[LimitDecided] = field(default_factory=list)
    evidence: list[EvidenceMoved] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)


class _Rows:
    """Every row of the case that falls into the stretch, put in its place."""

    def __init__(
        self, ledger: Ledger, case_id: str, frame: _Frame, stretch: range, language: str
    ) -> None:
        self._ledger, self._case_id, self._frame = ledger, case_id, frame
        self._language = language
        self._filled = {number: _Filled() for number in stretch}
        self._add_turns(stretch)
        self._tasks = ledger.archive.tasks(case_id)
        self._of_task = {
            str(m.metadata["task_id"]): n
            for n, m in enumerate(frame.messages)
            if m.metadata.get("task_id")
        }
        effects = ledger.archive.effects(case_id)
        self._add_events(stretch)
        self._add_decisions(effects)
        self._add_happenings(effects)

    def at(self, number: int) -> _Filled:
        """What belongs to a place of the stretch."""
        return self._filled[number]

    def _place(self, at: datetime, key: str | None = None) -> _Filled | None:
        """The place that a message's or task's id names, else the one of the time."""
        named = self._frame.places.get(key or "", self._of_task_or_none(key))
        return self._filled.get(self._frame.place_at(at) if named is None else named)

    def _of_task_or_none(self, key: str | None) -> int | None:
        return self._of_task.get(key) if key else None

    def _add_turns(self, stretch: range) -> None:
        slots: dict[str, Any] = {}
        for turn in self._ledger.archive.turns(self._case_id):
            place = self._frame.places.get(turn.message_id, -1)
            if stretch and place > stretch[-1]:
                break
            changes = slot_changes(turn.events, slots)
            if place in self._filled:
                self._filled[place].turn, self._filled[place].slots = turn, changes

    def _add_events(self, stretch: range) -> None:
        after, until = self._frame.bounds(stretch)
        timed = _inspection_times(self._ledger, self._case_id)
        for event in self._ledger.archive.events(self._case_id, after=after, until=until):
            if event.kind == "message":
                self._add_message(event)
            elif event.kind == "evidence" and (place := self._place(event.at)) is not None:
                moved = _moved(event, timed)
                if not any(_same(moved, known) for known in place.evidence):
                    place.evidence.append(moved)

    def _add_message(self, event: Event) -> None:
        body = event.body
        key = body.get("message_id") or body.get("in_reply_to")
        place = self._place(event.at, str(key) if key else None)
        if not key and body.get("from") != "merchant":
            place = self._filled.get(self._frame.place_answered(event.at))
        if place is None:
            return
        if body.get("from") == "merchant":
            place.said = str(body.get("text") or "")
        else:
            place.answers.append(_bubble(event))

    def _add_decisions(self, effects: Sequence[StoredEffect]) -> None:
        asked = {str(e.result.get("decision_id")): e.key for e in effects if e.action == DECIDE}
        for decision in self._ledger.decisions.all(self._case_id):
            place = self._place(decision.at, asked.get(decision.id))
            if place is not None:
                place.decisions.append(_decided(decision, self._language))

    def _add_happenings(self, effects: Sequence[StoredEffect]) -> None:
        archive = self._ledger.archive
        for consent in archive.consents(self._case_id):
            given = Happening("consent_given", consent.given_at, consent.purpose)
            self._happened(given, consent.message_id)
            if consent.withdrawn_at:
                ended = Happening("consent_withdrawn", consent.withdrawn_at, consent.purpose)
                self._happened(ended)
        for review in self._ledger.decisions.reviews(self._case_id):
            detail: dict[str, Any] = {"reason": review.reason, "state": review.state}
            self._happened(Happening("review_opened", review.opened_at, review.id, detail))
        for c in archive.corrections(self._case_id):
            detail = {"field": c.field, "read": c.read_value, "value": c.value}
            self._happened(Happening("corrected", c.at, c.evidence_id, detail))
        for task in self._tasks:
            took = (task.done_at - task.created_at).total_seconds() * 1000 if task.done_at else None
            detail = {
                "task": task.kind,
                "state": task.state,
                "attempts": task.attempts,
                "elapsed_ms": None if took is None else round(took, 1),
                "evidence_id": task.args.get("evidence_id"),
            }
            self._happened(Happening("task", task.created_at, task.id, detail), task.id)
        for effect in (e for e in effects if e.action != DECIDE):
            self._happened(Happening("effect", effect.at, effect.action), effect.key)

    def _happened(self, happening: Happening, key: str | None = None) -> None:
        place = self._place(happening.at, key)
        if place is not None:
            place.happenings.append(happening)


def _turn(frame: _Frame, number: int, rows: _Rows) -> Turn:
    filled = rows.at(number)
    message = frame.messages[number] if number < len(frame.messages) else None
    events = filled.turn.events if filled.turn else []
    best, alternatives, entities = understood(events)
    happenings = sorted(filled.happenings, key=lambda h: h.at)
    kind = TurnKind(message.kind) if message else TurnKind.REST
    said = filled.said if filled.said is not None else (message.text if message else None)
    return Turn(
        number=number + 1,
        message_id=message.message_id if message else None,
        kind=kind,
        at=message.received_at if message else _first_time(filled),
        said=said if kind in (TurnKind.TEXT, TurnKind.PAYLOAD) else None,
        put=message.text if message else None,
        understood=best,
        alternatives=alternatives,
        entities=entities,
        calls=calls(events),
        slots=filled.slots,
        answers=tuple(filled.answers),
        decisions=tuple(filled.decisions),
        evidence=tuple(filled.evidence),
        happenings=tuple(happenings),
        waited_ms=_waited(message),
        engine_ms=(round(filled.turn.elapsed_ms, 1) or None) if filled.turn else None,
        state=message.state if message else "rest",
    )


def _is_empty(turn: Turn) -> bool:
    return not (turn.answers or turn.decisions or turn.evidence or turn.happenings)


def _first_time(filled: _Filled) -> datetime:
    times = [bubble.at for bubble in filled.answers]
    times += [decision.at for decision in filled.decisions]
    times += [moved.at for moved in filled.evidence]
    return min(times + [happening.at for happening in filled.happenings], default=END)


def _waited(message: StoredMessage | None) -> float | None:
    if message is None or message.answered_at is None:
        return None
    return round((message.answered_at - message.received_at).total_seconds() * 1000, 1)


def _bubble(event: Event) -> Bubble:
    body = event.body
    card = body.get("card") or {}
    return Bubble(
        event_id=event.event_id,
        at=event.at,
        sender=str(body.get("from") or "bot"),
        text=str(body.get("text") or ""),
        buttons=tuple(str(b.get("title", "")) for b in body.get("buttons") or ()),
        card=str(card.get("kind") or card.get("type") or "card") if card else None,
    )


def _moved(event: Event, timed: Mapping[str, Mapping[str, float]]) -> EvidenceMoved:
    body = event.body
    evidence_id, status = str(body.get("evidence_id")), str(body.get("status"))
    return EvidenceMoved(
        evidence_id=evidence_id,
        at=event.at,
        status=status,
        stage=str(body.get("stage")),
        voucher_type=body.get("voucher_type"),
        summary=body.get("summary"),
        elapsed_ms=timed.get(evidence_id, {}) if status in SETTLED else {},
    )


def _same(one: EvidenceMoved, other: EvidenceMoved) -> bool:
    """Whether two events say the same: what a withdrawn proof said is blanked in all of them."""
    return (one.evidence_id, one.status, one.stage) == (
        other.evidence_id,
        other.status,
        other.stage,
    )


def _inspection_times(ledger: Ledger, case_id: str) -> dict[str, Mapping[str, float]]:
    return {
        proof.id: dict((proof.inspection or {}).get("elapsed_ms") or {})
        for proof in ledger.proofs.all(case_id)
    }


def _decided(decision: StoredDecision, language: str) -> LimitDecided:
    body: Mapping[str, Any] = decision.body.get(language) or {}
    return LimitDecided(
        decision_id=decision.id,
        at=decision.at,
        cause=decision.cause,
        before_cny=decision.previous_limit_cny,
        after_cny=decision.limit_cny,
        pd=body.get("pd"),
        terms=tuple(
            Term(str(x.get("name")), _amount(x.get("amount_cny")), bool(x.get("binding")))
            for x in body.get("terms") or ()
        ),
        reasons=tuple(
            Reason(str(x.get("code")), str(x.get("text")), _amount(x.get("effect_cny")))
            for x in body.get("reasons") or ()
        ),
        policy=body.get("policy") or decision.snapshot.get("policy"),
        models=tuple(body.get("models") or decision.snapshot.get("models") or ()),
    )


def _amount(value: Any) -> Decimal:
    try:
        return Decimal(str(value or 0))
    except InvalidOperation:
        return Decimal(0)
