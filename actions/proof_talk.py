"""Talking about proofs: offered, lacking, read, listed, disputed, taken back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.bootstrap import flow
from actions.limits import held_by, proof_buttons, recommend, said_of
from actions.review_form import CONSENT_BUTTONS
from actions.turn import Turn
from actions.voice import yuan
from actions.vouchers import how_to, voucher_named, voucher_title
from actions.weighing import INVOICES
from bailing.terms import RoomError, VoucherType
from casefile import Evidence

WITHDRAW = "/withdraw_evidence"
STATUS_WORDS = {
    "received": ("收到了", "received"),
    "inspecting": ("正在看", "being read"),
    "accepted": ("已算入", "counts"),
    "doubtful": ("待核实", "to be checked"),
    "rejected": ("用不上", "can't count"),
    "unreadable": ("看不清", "unclear"),
}


class ActionVoucherHowto(Action):
    """How a proof is photographed, found or exported."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_voucher_howto"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Tell how."""
        turn = Turn(dispatcher, tracker)
        how = how_to(voucher_named(turn.entity("voucher") or turn.text), turn.language)
        if how:
            turn.say("utter_howto", how=how)
        else:
            turn.say("utter_howto_general")
        return []


class ActionTakeOffer(Action):
    """A proof was offered: says how to send it, or asks for consent first."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_take_offer"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Take the offer."""
        turn = Turn(dispatcher, tracker)
        if not flow().has_consent(turn.case_id):
            turn.say(
                "utter_consent_before_photo", buttons=[turn.button(*b) for b in CONSENT_BUTTONS]
            )
            return []
        kind = voucher_named(turn.entity("voucher") or turn.text)
        if kind is None:
            turn.say("utter_howto_general")
        elif not flow().decisions.is_readable(kind):
            turn.say("utter_worth_unreadable", title=voucher_title(kind, turn.language))
            recommend(turn)
        else:
            how = how_to(kind, turn.language)
            lead = turn.words("utter_take_offer", title=voucher_title(kind, turn.language))
            turn.say_text(f"{lead}\n{how}" if how else lead)
        return []


class ActionNoteLacking(Action):
    """A proof is not to be had: it is not asked for again, and nothing is lost."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_note_lacking"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Note it and name another."""
        turn = Turn(dispatcher, tracker)
        kind = voucher_named(turn.entity("voucher") or turn.text)
        if kind is None:
            turn.say("utter_confirmed")
            return []
        flow().decisions.note_lacking(turn.case_id, turn.message_id, kind)
        text = turn.words("utter_lacking", title=voucher_title(kind, turn.language))
        best = flow().decisions.best_proof(turn.case_id)
        if best is not None:
            text += "\n" + turn.words("utter_confirmed_next", title=best["title"])
        turn.say_text(text)
        return []


class ActionTellOutcome(Action):
    """Something that was under way has ended: what was read, corrected or taken back."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_tell_outcome"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Tell the outcome of the task that the message names."""
        turn = Turn(dispatcher, tracker)
        outcome = flow().outcome(turn.case_id, str(turn.metadata.get("task_id") or ""))
        if not (outcome and tell(turn, outcome)):
            turn.stay_silent()
        return []


def tell(turn: Turn, outcome: Mapping[str, Any]) -> bool:
    """Put a task's outcome into one bubble; False when there is nothing to tell."""
    lines = [_headline(turn, outcome)] if outcome.get("status") else []
    lines += [_waits(turn, kind) for kind in dict.fromkeys(outcome.get("lost") or ())]
    decision = flow().decisions.get(turn.case_id, outcome.get("decision_id"))
    buttons: list[dict[str, str]] = []
    if decision is not None:
        first = bool(outcome.get("first"))
        lines += [said_of(turn, decision, first=first), *held_by(turn, decision)]
        buttons = proof_buttons(turn, decision)
    if lines:
        turn.say_text("\n".join(lines), buttons=buttons)
    return bool(lines)


def _headline(turn: Turn, outcome: Mapping[str, Any]) -> str:
    title = voucher_title(outcome.get("voucher_type") or "other", turn.language)
    found = outcome.get("finding") or {}
    kind = "_file" if found.get("code") == "file" else ""
    response = f"utter_evidence_{outcome['status']}{kind}"
    return turn.words(response, title=title, finding=found.get(turn.language, ""))


def _waits(turn: Turn, kind: str) -> str:
    """That a paper no longer counts, since the one that tied it to the merchant is gone."""
    return turn.words("utter_evidence_waits", title=voucher_title(kind, turn.language))


class ActionViewEvidence(Action):
    """Lists what was given."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_view_evidence"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """List it; the card holds kinds and states, never what was read."""
        turn = Turn(dispatcher, tracker)
        proofs = flow().proofs.all(turn.case_id)
        if not proofs:
            turn.say("utter_evidence_none")
            return []
        english = turn.language == "en"
        lines = [
            {
                "label": voucher_title(p.voucher_type or "other", turn.language),
                "value": STATUS_WORDS[p.status.value][1 if english else 0],
                "note": "",
            }
            for p in proofs
        ]
        title = "My papers" if english else "我的资料"
        turn.say("utter_evidence_list", card={"type": "profile", "title": title, "lines": lines})
        return []


class ActionWithdrawEvidence(Action):
    """Takes a proof back: says what the limit would become, and does it once confirmed."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_withdraw_evidence"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Find which, confirm, withdraw."""
        turn = Turn(dispatcher, tracker)
        pressed = turn.entity("voucher") or ""
        if pressed.startswith("ev_"):
            withdraw(turn, pressed)
        elif not withdraw_confirmed(turn):
            self._ask_which(turn)
        return []

    def _ask_which(self, turn: Turn) -> None:
        proofs = flow().proofs.all(turn.case_id)
        wanted = voucher_named(turn.entity("voucher") or turn.text)
        matching = _meant(proofs, wanted)
        if not proofs:
            turn.say("utter_evidence_none")
        elif len(matching or proofs) == 1:
            proof = (matching or proofs)[0]
            now, without = flow().proofs.effect_of_withdrawal(turn.case_id, proof.id)
            turn.say(
                "utter_withdraw_confirm" if without != now else "utter_withdraw_confirm_same",
                title=voucher_title(proof.voucher_type or "other", turn.language),
                limit=yuan(now),
                without=yuan(without),
                buttons=[
                    self._button(turn.words_of("确定撤回", "Take it back"), proof.id),
                    turn.button("先留着", "Keep it", "/deny"),
                ],
            )
        else:
            titles = [
                (voucher_title(p.voucher_type or "other", turn.language), p.id)
                for p in (matching or proofs)
            ]
            turn.say("utter_withdraw_which", buttons=[self._button(*t) for t in titles])

    def _button(self, title: str, evidence_id: str) -> dict[str, str]:
        return {"title": title, "payload": f'{WITHDRAW}{{"voucher": "{evidence_id}"}}'}


def withdraw(turn: Turn, evidence_id: str) -> None:
    """Take a proof back, and say that the limit is being worked out again."""
    try:
        flow().proofs.ask_withdrawal(turn.case_id, turn.message_id, evidence_id)
    except RoomError as error:
        turn.explain(error)
    else:
        turn.say("utter_withdraw_started")


def withdraw_confirmed(turn: Turn) -> bool:
    """Whether this turn says yes to a withdrawal that was just asked about; then it is done."""
    payload = turn.confirms(WITHDRAW)
    if payload is None:
        return False
    withdraw(turn, str(json.loads(payload.removeprefix(WITHDRAW))["voucher"]))
    return True


def _meant(proofs: Sequence[Evidence], wanted: VoucherType | None) -> list[Evidence]:
    """The proofs of the kind that was named; 发票 alone names invoices of every kind."""
    exact = [p for p in proofs if wanted and p.voucher_type == wanted.value]
    if exact or wanted not in INVOICES:
        return exact
    return [p for p in proofs if p.voucher_type in INVOICES]


class ActionDisputeReading(Action):
    """Something was misread: corrects it where one field is meant, else says how."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_dispute_reading"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Correct or point to the card."""
        turn = Turn(dispatcher, tracker)
        fixed = flow().proofs.correct_amount(turn.case_id, turn.message_id, turn.text)
        if fixed is None:
            turn.say("utter_dispute")
        else:
            title = voucher_title(fixed["voucher_type"], turn.language)
            turn.say("utter_dispute_fixed", title=title, label=fixed["label"], value=fixed["value"])
        return []
