"""The limit put into words: worked out, explained, and what would lift it.

Every figure here comes from a stored decision; no template holds one.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.bootstrap import flow
from actions.reading import CONSENT_SLOT
from actions.review_form import noted
from actions.turn import Turn
from actions.voice import yuan
from actions.vouchers import voucher_named, voucher_title
from bailing.terms import RoomError

MAX_LINES = 4
"""Proofs named in one bubble; more would be a lecture."""


class ActionDecide(Action):
    """The review's questions are answered: works out the limit and says it."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_decide"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Decide once for this message, then speak."""
        turn = Turn(dispatcher, tracker)
        if not flow().has_consent(turn.case_id):
            if tracker.get_slot(CONSENT_SLOT) is False:
                turn.say("utter_consent_declined")
            return []
        last = flow().decisions.last(turn.case_id)
        if last is not None and not flow().said.heard(turn.case_id, turn.message_id).words:
            recommend(turn)
            return []
        try:
            first = last is None
            decision = flow().decisions.decide(turn.case_id, "said", key=turn.message_id)
        except RoomError as error:
            decide_later(turn, error)
            return []
        news = noted(turn) + said_of(turn, decision, first=first)
        turn.say_text(
            "\n".join([news, *held_by(turn, decision)]), buttons=proof_buttons(turn, decision)
        )
        return []


def decide_later(turn: Turn, error: RoomError) -> None:
    """Say what kept the limit from being worked out; what passes is waited for, and then told."""
    if error.retryable and turn.is_last_try:
        flow().decide_later(turn.case_id, turn.message_id)
        turn.say("utter_decision_later")
    else:
        turn.explain(error)


def said_of(turn: Turn, decision: Mapping[str, Any], *, first: bool = False) -> str:
    """The new limit in one sentence."""
    limit, before = Decimal(decision["limit_cny"]), Decimal(decision["previous_limit_cny"])
    if first:
        if limit > before:
            return turn.words("utter_decision_first", limit=yuan(limit))
        liftable = "same" if decision["recommendations"] else "full"
        return turn.words(f"utter_decision_first_{liftable}", limit=yuan(limit))
    if limit > before:
        return turn.words("utter_decision_up", limit=yuan(limit), rise=yuan(limit - before))
    if limit < before:
        return turn.words("utter_decision_down", limit=yuan(limit), fall=yuan(before - limit))
    return turn.words("utter_decision_same", limit=yuan(limit))


def held_by(turn: Turn, decision: Mapping[str, Any]) -> list[str]:
    """What holds the limit where it is, as a line; none where nothing is to be said."""
    for reason in decision["reasons"]:
        if reason.get("holds"):
            return [turn.words("utter_held_by", reason=reason["text"])]
    return []


def proof_buttons(turn: Turn, decision: Mapping[str, Any]) -> list[dict[str, str]]:
    """A button for each of the best proofs, and one for having none."""
    buttons = [
        {
            "title": item["title"],
            "payload": f'/offer_voucher{{"voucher": "{item["voucher_type"]}"}}',
        }
        for item in decision["recommendations"][: MAX_LINES - 1]
    ]
    if buttons:
        buttons.append(turn.button("为什么", "Why", "/ask_why"))
    return buttons


class ActionExplain(Action):
    """The reasons of the last decision, true to its score."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_explain"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Explain."""
        turn = Turn(dispatcher, tracker)
        decision = flow().decisions.last(turn.case_id)
        if decision is None:
            turn.say("utter_no_decision_yet")
            return []
        lines = [turn.words("utter_why", limit=yuan(decision["limit_cny"]))]
        lines += [f"· {_reason(reason)}" for reason in decision["reasons"][: MAX_LINES + 1]]
        turn.say_text("\n".join(lines), buttons=[_human_button(turn)])
        return []


def _reason(reason: Mapping[str, Any]) -> str:
    effect = Decimal(reason["effect_cny"] or 0)
    sign = f"（+{yuan(effect)}）" if effect > 0 else ""
    return f"{reason['text']}{sign}"


def _human_button(turn: Turn) -> dict[str, str]:
    return turn.button("不要机器定，找人看", "Have a person decide", "/refuse_machine_decision")


class ActionTellLimit(Action):
    """The limit in force, and what holds it."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_tell_limit"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Tell."""
        turn = Turn(dispatcher, tracker)
        lines = [turn.words("utter_limit", limit=yuan(turn.case.limit_cny))]
        decision = flow().decisions.last(turn.case_id)
        if decision is not None:
            lines += held_by(turn, decision)
        turn.say_text("\n".join(lines))
        return []


class ActionTellProgress(Action):
    """How far it is: what was received, what is still being read, what is missing."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_tell_progress"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Tell."""
        turn = Turn(dispatcher, tracker)
        reading, done = flow().proofs.progress(turn.case_id)
        if reading:
            turn.say("utter_progress_reading", count=reading)
        elif done:
            turn.say("utter_progress_done", count=done, limit=yuan(turn.case.limit_cny))
        else:
            turn.say("utter_progress_questions")
        return []


class ActionRecommend(Action):
    """Which proofs would lift the limit most, what each is worth, and why."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_recommend"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Recommend."""
        turn = Turn(dispatcher, tracker)
        recommend(turn)
        return []


def recommend(turn: Turn) -> None:
    """Name the best proofs with their worth."""
    decision = flow().decisions.last(turn.case_id)
    if decision is None:
        turn.say("utter_recommend_before_consent")
        return
    items = decision["recommendations"][:MAX_LINES]
    if not items:
        turn.say(_why_none(turn))
        return
    lines = [turn.words("utter_recommend")]
    lines += [turn.words("utter_recommend_line", **worth(item)) for item in items]
    turn.say_text("\n".join(lines), buttons=proof_buttons(turn, decision))


def _why_none(turn: Turn) -> str:
    """The response for a case that no single proof would lift."""
    known = flow().said.known_slots(turn.case_id)
    if "monthly_sales_cny" not in known and "annual_sales_cny" not in known:
        return "utter_recommend_say_sales"
    return (
        "utter_recommend_none" if flow().proofs.given(turn.case_id) else "utter_recommend_no_single"
    )


def worth(item: Mapping[str, Any]) -> dict[str, str]:
    """The words of one recommendation."""
    return {
        "title": item["title"],
        "low": yuan(item["rise_low_cny"]),
        "high": yuan(item["rise_high_cny"]),
        "why": item["why"],
    }


class ActionVoucherWorth(Action):
    """What one named proof would bring."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_voucher_worth"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Tell the worth, from the last decision."""
        turn = Turn(dispatcher, tracker)
        wanted = voucher_named(turn.entity("voucher") or turn.text)
        decision = flow().decisions.last(turn.case_id)
        if wanted is None or decision is None:
            recommend(turn)
            return []
        title = voucher_title(wanted, turn.language)
        item = next(
            (r for r in decision["recommendations"] if r["voucher_type"] == wanted.value), None
        )
        if item is not None:
            turn.say_text(turn.words("utter_worth", **worth(item)))
        elif wanted in flow().proofs.given(turn.case_id):
            turn.say("utter_worth_given", title=title)
        elif not flow().decisions.is_readable(wanted):
            turn.say("utter_worth_unreadable", title=title)
            recommend(turn)
        else:
            turn.say("utter_worth_none", title=title)
        return []
