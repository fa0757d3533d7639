"""Answers that need no figures: greetings, side questions, consent, language, misunderstandings."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.bootstrap import flow, voice
from actions.proof_talk import withdraw_confirmed
from actions.reading import CONSENT_SLOT
from actions.review_form import CONSENT_BUTTONS, FORM_START_BUTTONS
from actions.turn import FORM, Turn
from actions.voice import yuan

WITHDRAW_CONSENT = "/withdraw_consent"


class ActionGreet(Action):
    """Greets by name, with the limit, the first time; shortly after that."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_greet"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Greet."""
        turn = Turn(dispatcher, tracker)
        name = turn.case.salutation or turn.case.merchant_name
        if turn.intent == "system_open":
            english = f" {name}" if name else ""
            chinese = f"{name}，" if name else ""
            turn.say(
                "utter_greet",
                salutation=english if turn.language == "en" else chinese,
                limit=yuan(turn.case.limit_cny),
                buttons=[turn.button(*b) for b in FORM_START_BUTTONS],
            )
        else:
            turn.say("utter_greet_again", salutation=f"{name}，" if name else "")
        return []


class ActionAnswer(Action):
    """Answers with the response that is named after the intent."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_answer"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Answer the side question."""
        turn = Turn(dispatcher, tracker)
        response = f"utter_{turn.intent}"
        turn.say(response if voice().has(response) else "utter_fallback")
        return []


class ActionConfirm(Action):
    """A yes, a no or a pass that answers no open question of ours."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_confirm"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Acknowledge, and name what could come next."""
        turn = Turn(dispatcher, tracker)
        if turn.confirms(WITHDRAW_CONSENT):
            return withdraw_consent(turn)
        if withdraw_confirmed(turn):
            return []
        best = flow().decisions.best_proof(turn.case_id)
        if best is None or turn.in_form:
            turn.say("utter_confirmed")
        else:
            turn.say("utter_confirmed_next", title=best["title"])
        return []


class ActionAskForConsent(Action):
    """A file came before consent: says why it was not taken, and asks."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_ask_for_consent"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Ask for consent."""
        turn = Turn(dispatcher, tracker)
        turn.say("utter_consent_before_photo", buttons=[turn.button(*b) for b in CONSENT_BUTTONS])
        return []


class ActionWithdrawConsent(Action):
    """Says what withdrawing consent means, and does it once it is confirmed."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_withdraw_consent"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Ask for confirmation; with the confirming button, erase."""
        turn = Turn(dispatcher, tracker)
        if not flow().has_consent(turn.case_id):
            turn.say("utter_no_consent_yet")
            return []
        confirmed = turn.entity("purpose") == "confirmed" or turn.confirms(WITHDRAW_CONSENT)
        if not confirmed:
            turn.say(
                "utter_withdraw_consent_confirm",
                floor=yuan(turn.case.original_limit_cny),
                buttons=[
                    turn.button(
                        "确定撤回", "Withdraw it", WITHDRAW_CONSENT + '{"purpose": "confirmed"}'
                    ),
                    turn.button("再想想", "Keep it", "/deny"),
                ],
            )
            return []
        return withdraw_consent(turn)


def withdraw_consent(turn: Turn) -> list[EventType]:
    """End the agreement and say what is left."""
    limit = flow().withdraw_consent(turn.case_id, turn.message_id)
    turn.say("utter_consent_withdrawn", limit=yuan(limit))
    return [SlotSet(CONSENT_SLOT, None)]


class ActionSwitchLanguage(Action):
    """Changes the language of the talk."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_switch_language"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """To the language that was named, else to the other one."""
        turn = Turn(dispatcher, tracker)
        wanted = wanted_language(turn.tracker.latest_message.get("text") or "", turn.language)
        flow().set_language(turn.case_id, wanted)
        turn.language = wanted
        turn.say("utter_switched")
        return [SlotSet("language", wanted)]


def wanted_language(text: str, now: str) -> str:
    """The language that a line asks for; the other one where it names none."""
    lowered = text.lower()
    if any(word in lowered for word in ("英", "english")):
        return "en"
    if any(word in lowered for word in ("中文", "汉语", "普通话", "chinese", "mandarin")):
        return "zh"
    return "zh" if now == "en" else "en"


class ActionDefaultFallback(Action):
    """Nothing was understood: says so shortly, and what can be said."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_default_fallback"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Ask for other words, and for the open question again inside the review.

        What comes next is named: left alone, the policies would predict this action again.
        """
        turn = Turn(dispatcher, tracker)
        turn.say("utter_fallback")
        return [FollowupAction(FORM if turn.in_form else "action_listen")]
