"""The review's questions: which are still open, and how each is put."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.bootstrap import flow, voice
from actions.reading import CONSENT_SLOT, SKIPPED
from actions.turn import Turn

CONSENT_BUTTONS = (
    ("可以，我同意", "Yes, I agree", "/give_consent"),
    ("看看详细说明", "Tell me more", "/ask_privacy"),
    ("先不用", "Not now", "/deny"),
)
FORM_START_BUTTONS = (
    ("想提额", "Raise my limit", "/request_raise"),
    ("都要什么资料", "What would help", "/ask_raise_options"),
    ("资料安全吗", "Is my data safe", "/ask_privacy"),
)


OWN_INTENTS = {"request_raise", "inform", "correct", "give_consent", "resume"}
"""Intents that the rules send to the review itself: no other action would answer them."""

PASSING_OVER = {"inform", "correct", "offer_voucher", "lack_voucher", "skip", "nlu_fallback"}
"""Intents that, asked for consent, speak of something else: the business comes first then."""


class ValidateReviewForm(FormValidationAction):
    """Which slots the review still needs; the values were checked when they were read."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "validate_review_form"

    async def required_slots(
        self,
        domain_slots: list[str],
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: DomainDict,
    ) -> list[str]:
        """Consent first; when it was passed over, after the questions of the trade."""
        turn = Turn(dispatcher, tracker)
        if tracker.get_slot(CONSENT_SLOT) is False:
            return []
        agreed = flow().has_consent(turn.case_id)
        questions = [q for q in flow().said.questions(turn.case_id) if q in domain_slots]
        if agreed:
            return questions
        if turn.times_asked(CONSENT_SLOT) and _passes_over(turn):
            return [*questions, CONSENT_SLOT]
        return [CONSENT_SLOT, *questions]

    async def get_validation_events(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """An answer that fills no slot is still the review's own to answer.

        Rasa rejects a form that filled nothing, so that a rule can answer a side question. Where
        there is no such rule the slot is named as it stands; an empty one is asked for once more.
        """
        events: list[EventType] = await super().get_validation_events(dispatcher, tracker, domain)
        turn = Turn(dispatcher, tracker)
        if not events and turn.asked and turn.intent in OWN_INTENTS:
            events.append(SlotSet(turn.asked, tracker.get_slot(turn.asked)))
        return events


def _passes_over(turn: Turn) -> bool:
    """Whether the talk goes on without an answer on consent; a side question keeps it open."""
    if turn.asked == CONSENT_SLOT:
        return turn.intent in PASSING_OVER
    return turn.intent not in ("request_raise", "resume")


class AskSlot(Action, ABC):
    """Puts one question, with what was just noted before it."""

    @property
    @abstractmethod
    def slot(self) -> str:
        """The slot that is asked for."""

    def name(self) -> str:
        """The action's name in the domain."""
        return f"action_ask_{self.slot}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Say what was noted, then ask."""
        turn = Turn(dispatcher, tracker)
        lead = lead_in(turn)
        question, buttons = self.question(turn)
        turn.say_text(f"{lead}{question}", buttons=buttons)
        return []

    def question(self, turn: Turn) -> tuple[str, list[dict[str, str]]]:
        """The question's words and its buttons."""
        asked_before = turn.times_asked(self.slot)
        question = flow().said.question(turn.case_id, self.slot)
        english = turn.language == "en"
        phrasings = question.ask_en if english else question.ask_zh
        titles = question.buttons_en if english else question.buttons_zh
        quick = () if asked_before else titles
        return phrasings[asked_before % len(phrasings)], _quick_answers(quick)


def _quick_answers(titles: Sequence[str]) -> list[dict[str, str]]:
    """Buttons that say their title, as though it had been typed."""
    return [{"title": title, "payload": title} for title in titles]


def lead_in(turn: Turn) -> str:
    """What comes before a question: an acknowledgement of what this turn brought."""
    if turn.tracker.latest_action_name == "action_answer":
        return ""
    gap = _gap(turn)
    if turn.intent == "request_raise" and not (turn.questions_before and noted(turn)):
        purpose = turn.entity("purpose")
        if purpose:
            return turn.words("utter_heard_raise_purpose", purpose=purpose) + gap
        return turn.words("utter_heard_raise") + gap
    if words := noted(turn):
        return words
    agreed = turn.tracker.get_slot(CONSENT_SLOT)
    if agreed and turn.intent in ("give_consent", "affirm"):
        return turn.words("utter_consent_given") + gap
    if turn.intent in ("skip", "lack_voucher") or (turn.asked and _just_skipped(turn)):
        return turn.words("utter_skipped") + gap
    if turn.intent in OWN_INTENTS and turn.asked and turn.times_asked(turn.asked):
        return turn.words("utter_not_noted") + gap
    return ""


def noted(turn: Turn) -> str:
    """What this message stated, said back; empty when it stated nothing."""
    heard = flow().said.heard(turn.case_id, turn.message_id)
    if not heard.words:
        return ""
    changed = "utter_changed" if turn.intent == "correct" else "utter_noted"
    response = "utter_noted_unsure" if heard.unsure else changed
    return turn.words(response, noted=heard.words) + _gap(turn)


def _gap(turn: Turn) -> str:
    return " " if turn.language == "en" else ""


def _just_skipped(turn: Turn) -> bool:
    for event in reversed(turn.tracker.events):
        if event.get("event") == "user":
            return False
        if event.get("event") == "slot" and event.get("value") == SKIPPED:
            return True
    return False


class AskLimitReviewConsent(AskSlot):
    """Asks for consent in plain words, before any photo or figure."""

    slot = CONSENT_SLOT

    def question(self, turn: Turn) -> tuple[str, list[dict[str, str]]]:
        """Longer the first time, shorter after."""
        variants = turn.times_asked(self.slot)
        text = voice().say("utter_ask_consent", turn.language, variants)
        return text, [turn.button(*b) for b in CONSENT_BUTTONS]


class AskIndustryWords(AskSlot):
    """Asks what the business is."""

    slot = "industry_words"

    def question(self, turn: Turn) -> tuple[str, list[dict[str, str]]]:
        """General words, or which of two trades where what was said fits both."""
        asked = turn.times_asked(self.slot)
        between = flow().said.between(turn.case_id)
        if between:
            return between[turn.language], _quick_answers(between[f"titles_{turn.language}"])
        return voice().say("utter_ask_industry_words", turn.language, asked), []


class AskVehicleCount(AskSlot):
    """Asks for the vehicles."""

    slot = "vehicle_count"


class AskFloorArea(AskSlot):
    """Asks for the floor area."""

    slot = "floor_area_sqm"


class AskMonthlySales(AskSlot):
    """Asks for a month's sales."""

    slot = "monthly_sales_cny"


class AskReceivableDays(AskSlot):
    """Asks how long customers take to pay."""

    slot = "receivable_days"


class AskInventoryDays(AskSlot):
    """Asks how long stock lies."""

    slot = "inventory_days"


class AskPayableDays(AskSlot):
    """Asks how long suppliers wait."""

    slot = "payable_days"


class AskGrossMargin(AskSlot):
    """Asks for the margin."""

    slot = "gross_margin"


class AskStaffCount(AskSlot):
    """Asks how many work there."""

    slot = "staff_count"


class AskYearsInBusiness(AskSlot):
    """Asks for the age of the business."""

    slot = "years_in_business"


class AskAmountAsked(AskSlot):
    """Asks how much is wanted."""

    slot = "amount_asked_cny"
