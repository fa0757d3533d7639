"""The dialogue engine as the gateway sees it: put a message to it, take its answer."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import httpx

from bot.errors import DialogueUnavailable

TURN_TIMEOUT_S = 30.0
"""How long one turn may take before the engine counts as gone."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One bubble of an answer, as the dialogue engine gives it.

    ``silent`` is an answer without words: the message was dealt with, and nothing is to be said.
    """

    text: str | None
    buttons: tuple[Mapping[str, str], ...] = ()
    card: Mapping[str, Any] | None = None
    silent: bool = False


class Dialogue(Protocol):
    """Something that leads a conversation."""

    async def ready(self) -> bool:
        """Whether a message can be put to it now."""

    async def say(
        self, case_id: str, message_id: str, text: str, metadata: Mapping[str, Any]
    ) -> tuple[Reply, ...]:
        """The answer to one message.

        Raises:
            DialogueUnavailable: It did not answer.
        """

    async def turn_of(self, case_id: str, message_id: str) -> Sequence[Mapping[str, Any]]:
        """The engine's own events of the turn that took this message; empty when none did."""


class RasaDialogue:
    """Rasa over its REST channel and its HTTP API."""

    def __init__(self, rasa_url: str, actions_url: str) -> None:
        self._rasa_url = rasa_url
        self._actions_url = actions_url
        self._http = httpx.AsyncClient(timeout=TURN_TIMEOUT_S, trust_env=False)

    async def ready(self) -> bool:
        """Whether Rasa has loaded its model and the action server answers."""
        checks = await asyncio.gather(
            self._http.get(f"{self._rasa_url}/status", timeout=2.0),
            self._http.get(f"{self._actions_url}/health", timeout=2.0),
            return_exceptions=True,
        )
        return all(isinstance(c, httpx.Response) and c.status_code == 200 for c in checks)

    async def say(
        self, case_id: str, message_id: str, text: str, metadata: Mapping[str, Any]
    ) -> tuple[Reply, ...]:
        """Post to the ``rest`` channel, which carries the metadata with the message."""
        body = {
            "sender": case_id,
            "message": text,
            "metadata": {**metadata, "message_id": message_id},
        }
        try:
            answer = await self._http.post(f"{self._rasa_url}/webhooks/rest/webhook", json=body)
            answer.raise_for_status()
            return tuple(_reply(item) for item in answer.json())
        except (httpx.HTTPError, ValueError) as error:
            raise DialogueUnavailable(type(error).__name__) from error

    async def turn_of(self, case_id: str, message_id: str) -> Sequence[Mapping[str, Any]]:
        """From the tracker: the user event that carries this id and all up to the next one."""
        try:
            answer = await self._http.get(
                f"{self._rasa_url}/conversations/{case_id}/tracker",
                params={"include_events": "AFTER_RESTART"},
            )
            answer.raise_for_status()
            events = answer.json().get("events") or []
        except (httpx.HTTPError, ValueError) as error:
            raise DialogueUnavailable(type(error).__name__) from error
        return _turn(events, message_id)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._http.aclose()


def replies_of(turn: Sequence[Mapping[str, Any]]) -> tuple[Reply, ...]:
    """The bubbles that a turn's events hold, for an answer that was lost on its way."""
    return tuple(
        _reply({"text": e.get("text"), **(e.get("data") or {})})
        for e in turn
        if e.get("event") == "bot"
    )


def _turn(events: Sequence[Mapping[str, Any]], message_id: str) -> list[Mapping[str, Any]]:
    turn: list[Mapping[str, Any]] = []
    for event in events:
        if event.get("event") == "user":
            metadata = event.get("metadata") or {}
            turn = [event] if metadata.get("message_id") == message_id else _ended(turn)
        elif turn and not isinstance(turn, _Ended):
            turn.append(event)
    return list(turn)


class _Ended(list[Mapping[str, Any]]):
    """A turn that takes no more events."""


def _ended(turn: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return _Ended(turn) if turn else turn


def _reply(item: Mapping[str, Any]) -> Reply:
    custom = item.get("custom") or {}
    buttons = item.get("buttons") or custom.get("buttons") or []
    return Reply(
        text=item.get("text") or custom.get("text"),
        buttons=tuple({"title": b["title"], "payload": b["payload"]} for b in buttons),
        card=custom.get("card"),
        silent=bool(custom.get("silent")),
    )
