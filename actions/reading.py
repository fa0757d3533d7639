"""What a turn tells about the business: the custom mapping behind every slot of the profile."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.bootstrap import flow
from actions.turn import Turn
from bailing.terms import RoomError

CONSENT_SLOT = "limit_review_consent"
SKIPPED = {"skipped": True}
TELLING = {
    "inform",
    "correct",
    "request_raise",
    "offer_voucher",
    "lack_voucher",
    "affirm",
    "deny",
    "skip",
    "greet",
    "give_consent",
    "nlu_fallback",
}
"""Intents whose words may state something about the business outside the review."""
UNHELPFUL = {"skip", "lack_voucher", "deny", "affirm", "nlu_fallback", "inform"}
"""Intents that, without a value for what was asked, count as not wanting to say."""
YES = re.compile(
    r"同意|可以|行|好|嗯|是|对|没问题|开始|授权|愿意|来吧|看吧|查吧|成|中|得|要|"
    r"\b(?:yes|yeah|yep|ok|okay|agree|sure|fine|go ahead|please do|consent|start)\b",
    re.IGNORECASE,
)
UNCLEAR = re.compile(
    r"[?？]|吗|么|不|别|没(?!问题|事|关系|意见)|才|什么|怎么|如果|先|再说|想想|考虑|烦|贵|难|"
    r"\b(?:maybe|perhaps|not|no|don'?t|if|but|what|why|how|later)\b",
    re.IGNORECASE,
)
"""In an answer to consent: a question, a condition, a no, a sigh."""
LATIN_WORDS = re.compile(r"[A-Za-z]{2,}")
HAN = re.compile(r"[\u4e00-\u9fff]")


class ActionReadStatements(Action):
    """Notes what the merchant's words state, and sets the slots that they fill."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_read_statements"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Read, note once, return the slots."""
        turn = Turn(dispatcher, tracker)
        try:
            slots: dict[str, Any] = {**self._language(turn), **self._consent(turn)}
            if turn.text and (turn.in_form or turn.intent in TELLING):
                slots |= flow().said.note(
                    turn.case_id,
                    turn.message_id,
                    turn.text,
                    asked=turn.asked,
                    intent=turn.intent,
                    industry_words=turn.entity("industry"),
                )
            slots |= self._skipped(turn, slots)
        except RoomError as error:
            turn.explain(error)
            return []
        return [SlotSet(slot, value) for slot, value in slots.items()]

    def _language(self, turn: Turn) -> dict[str, Any]:
        wanted = spoken_language(turn.text)
        if wanted is None or wanted == turn.language:
            return {}
        flow().set_language(turn.case_id, wanted)
        return {"language": wanted}

    def _consent(self, turn: Turn) -> dict[str, Any]:
        asked = turn.asked == CONSENT_SLOT
        agrees = turn.intent == "give_consent" or (asked and turn.intent == "affirm")
        if agrees and (not turn.text or is_clear_yes(turn.text)):
            flow().give_consent(turn.case_id, turn.message_id)
            return {CONSENT_SLOT: True}
        if asked and turn.intent == "deny":
            return {CONSENT_SLOT: False}
        return {}

    def _skipped(self, turn: Turn, slots: dict[str, Any]) -> dict[str, Any]:
        asked = turn.asked
        if asked is None or asked == CONSENT_SLOT or set(slots) - {"language"}:
            return {}
        gives_up = turn.intent in ("skip", "lack_voucher", "deny")
        if gives_up or (turn.intent in UNHELPFUL and turn.times_asked(asked) > 1):
            return {asked: SKIPPED}
        return {}


def is_clear_yes(text: str) -> bool:
    """Whether typed words are a plain yes: consent is never taken from a question or a maybe."""
    return bool(YES.search(text)) and not UNCLEAR.search(text)


def spoken_language(text: str) -> str | None:
    """The language that a merchant's line is clearly in; None where it could be either."""
    if HAN.search(text):
        return "zh" if len(HAN.findall(text)) >= 2 else None
    return "en" if len(LATIN_WORDS.findall(text)) >= 2 else None
