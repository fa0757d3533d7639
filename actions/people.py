"""Bringing in a person: asked for, a machine's decision refused, or somebody in distress."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.bootstrap import flow
from actions.turn import Turn

REASONS = {
    "request_human": "merchant asks for a person",
    "refuse_machine_decision": "merchant refuses a machine-only decision",
    "distress": "merchant in distress, to be called first",
}
RESPONSES = {
    "request_human": "utter_human",
    "refuse_machine_decision": "utter_refuse_machine",
    "distress": "utter_distress",
    "system_review_opened": "utter_review_opened",
}


class ActionRequestHuman(Action):
    """Queues the case for a person, says when one will come, and goes on helping."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_request_human"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Open the review once; a second wish for it is told that it stands."""
        turn = Turn(dispatcher, tracker)
        reason = REASONS.get(turn.intent)
        new = True
        if reason is not None:
            new = flow().ask_review(turn.case_id, turn.message_id, reason)
        response = RESPONSES.get(turn.intent, "utter_human")
        if not new and turn.intent == "request_human":
            response = "utter_human_again"
        turn.say(response)
        return []
