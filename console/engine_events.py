"""What the dialogue engine's own events of one turn tell: understood, called, changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from console.timeline import Call, Entity, Guess, SlotChange

MOST_ALTERNATIVES = 4
STEPS = {"user", "action"}
UNSAID = {"action_listen"}
"""Actions that do nothing: the engine waits for the next message."""


def understood(
    events: Iterable[Mapping[str, Any]],
) -> tuple[Guess | None, tuple[Guess, ...], tuple[Entity, ...]]:
    """The intent, the next likely ones, and the entities of the turn's message."""
    for event in events:
        if event.get("event") == "user":
            parsed = _mapping(event.get("parse_data"))
            best = _guess(parsed.get("intent"))
            ranking = [_guess(g) for g in _list(parsed.get("intent_ranking"))]
            others = [g for g in ranking if g and best and g.intent != best.intent]
            entities = [e for e in map(_entity, _list(parsed.get("entities"))) if e]
            return best, tuple(others[:MOST_ALTERNATIVES]), tuple(entities)
    return None, (), ()


def calls(events: Iterable[Mapping[str, Any]]) -> tuple[Call, ...]:
    """The actions that ran, in order."""
    found: list[Call] = []
    before: float | None = None
    for event in events:
        at = _number(event.get("timestamp"))
        if event.get("event") == "action" and str(event.get("name")) not in UNSAID:
            took = (at - before) * 1000 if at is not None and before is not None else None
            policy = event.get("policy")
            found.append(
                Call(
                    action=str(event.get("name") or event.get("action_text") or ""),
                    policy=None if policy is None else str(policy),
                    confidence=_number(event.get("confidence")),
                    elapsed_ms=None if took is None else round(max(0.0, took), 1),
                )
            )
        if event.get("event") in STEPS and at is not None:
            before = at
    return tuple(found)


def slot_changes(
    events: Iterable[Mapping[str, Any]], slots: dict[str, Any]
) -> tuple[SlotChange, ...]:
    """The slots that changed, in order; ``slots`` holds all values and is brought up to date."""
    changes = []
    for event in events:
        if event.get("event") == "slot" and event.get("name"):
            name, after = str(event["name"]), event.get("value")
            before = slots.get(name)
            slots[name] = after
            if before != after:
                changes.append(SlotChange(name, before, after))
        elif event.get("event") == "reset_slots":
            slots.clear()
    return tuple(changes)


def _guess(value: Any) -> Guess | None:
    body = _mapping(value)
    confidence = _number(body.get("confidence"))
    return Guess(str(body["name"]), confidence or 0.0) if body.get("name") else None


def _entity(value: Any) -> Entity | None:
    body = _mapping(value)
    if not body.get("entity"):
        return None
    start, end = body.get("start"), body.get("end")
    return Entity(
        kind=str(body["entity"]),
        value=str(body.get("value", "")),
        start=start if isinstance(start, int) else None,
        end=end if isinstance(end, int) else None,
        confidence=_number(body.get("confidence_entity")),
    )


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
