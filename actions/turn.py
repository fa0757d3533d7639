"""One turn as an action sees it: who speaks, in which language, and how to answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.bootstrap import flow, voice
from bailing.terms import RoomError

log = structlog.get_logger()

FORM = "review_form"


class Turn:
    """Reads a tracker, speaks through a dispatcher."""

    def __init__(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
        self._dispatcher = dispatcher
        self.tracker = tracker
        self.case_id: str = tracker.sender_id
        self.case = flow().case(self.case_id)
        self.language = self.case.language

    @property
    def number(self) -> int:
        """How many messages came so far; it picks the variant of a response."""
        return sum(1 for e in self.tracker.events if e.get("event") == "user")

    @property
    def metadata(self) -> Mapping[str, Any]:
        """What the gateway sent along with the message."""
        return self.tracker.latest_message.get("metadata") or {}

    @property
    def message_id(self) -> str:
        """The gateway's id of the message, the key of every effect."""
        return str(self.metadata.get("message_id") or f"turn-{self.case_id}-{self.number}")

    @property
    def intent(self) -> str:
        """What was understood."""
        return str((self.tracker.latest_message.get("intent") or {}).get("name") or "")

    @property
    def text(self) -> str:
        """What was typed; empty for a pressed button or an internal message."""
        text = str(self.tracker.latest_message.get("text") or "")
        return "" if text.startswith("/") else text

    @property
    def in_form(self) -> bool:
        """Whether the review's questions are under way."""
        return bool(self.tracker.active_loop and self.tracker.active_loop.get("name") == FORM)

    @property
    def asked(self) -> str | None:
        """The slot that was asked for last, while the review is under way."""
        slot = self.tracker.get_slot("requested_slot")
        return str(slot) if slot and self.in_form else None

    def entity(self, name: str) -> str | None:
        """The first entity of this kind, as it was written."""
        for entity in self.tracker.latest_message.get("entities") or []:
            if entity.get("entity") == name and entity.get("value"):
                return str(entity["value"])
        return None

    @property
    def questions_before(self) -> bool:
        """Whether the review had put a question before this message came."""
        asked = before = False
        for event in self.tracker.events:
            if event.get("event") == "user":
                before = asked
            elif event.get("event") == "slot" and event.get("name") == "requested_slot":
                asked = asked or bool(event.get("value"))
        return before

    def confirms(self, prefix: str) -> str | None:
        """The payload of the one button of this kind under our newest bubble, if it is meant.

        A plain yes means it, and so does its title typed out. Where several stand there, a yes
        picks none.
        """
        newest: Mapping[str, Any] = next(
            (e for e in reversed(self.tracker.events) if e.get("event") == "bot"), {}
        )
        data = newest.get("data") or {}
        buttons = data.get("buttons") or (data.get("custom") or {}).get("buttons") or []
        found = [b for b in buttons if str(b["payload"]).startswith(prefix)]
        if len(found) != 1:
            return None
        typed = self.text.strip(" 。.！!，,") == found[0]["title"]
        return str(found[0]["payload"]) if typed or self.intent == "affirm" else None

    def times_asked(self, slot: str) -> int:
        """In how many turns before this one this slot was asked for already."""
        turns, asked = 0, False
        for event in self.tracker.events:
            if event.get("event") == "user":
                turns, asked = turns + asked, False
            elif event.get("event") == "slot" and event.get("name") == "requested_slot":
                asked = event.get("value") == slot
        return turns

    def words(self, name: str, **values: Any) -> str:
        """A response's words for this turn."""
        return voice().say(name, self.language, self.number, **values)

    def say(
        self,
        name: str,
        *,
        buttons: Sequence[Mapping[str, str]] = (),
        card: Mapping[str, Any] | None = None,
        **values: Any,
    ) -> None:
        """Answer with a response."""
        self.say_text(self.words(name, **values), buttons=buttons, card=card)

    def say_text(
        self,
        text: str,
        *,
        buttons: Sequence[Mapping[str, str]] = (),
        card: Mapping[str, Any] | None = None,
    ) -> None:
        """Answer with words that were put together already."""
        if card is None:
            self._dispatcher.utter_message(text=text, buttons=[dict(b) for b in buttons])
        else:
            bubble = {"text": text, "card": dict(card), "buttons": [dict(b) for b in buttons]}
            self._dispatcher.utter_message(json_message=bubble)

    def stay_silent(self) -> None:
        """Tell the gateway that this message is dealt with and wants no words."""
        self._dispatcher.utter_message(json_message={"silent": True})

    @property
    def is_last_try(self) -> bool:
        """Whether the gateway will not send this message again, whatever comes of it."""
        return bool(self.metadata.get("last_try", True))

    def explain(self, error: RoomError) -> None:
        """Say kindly what a room refused.

        Of what may pass by itself nothing is said as long as the gateway will try again.
        """
        log.warning("action_refused", case_id=self.case_id, code=error.code, error=repr(error))
        if error.retryable and not self.is_last_try:
            return
        name = f"utter_error_{error.code}"
        self.say(name if voice().has(name) else "utter_error_unexpected")

    def words_of(self, zh: str, en: str) -> str:
        """One of two short labels, by the case's language."""
        return en if self.language == "en" else zh

    def button(self, zh: str, en: str, payload: str) -> dict[str, str]:
        """A button in the case's language."""
        return {"title": self.words_of(zh, en), "payload": payload}
