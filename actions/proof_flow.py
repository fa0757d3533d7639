"""A merchant's proofs: weighed once read, put right, taken back, and written into the graph."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

from actions.cross_checks import fields_of, given_before, holder_of, marks_of, names_parties
from actions.quantity import read_quantities
from actions.said import text_of
from actions.weighing import Holder, Weighed, weigh
from bailing.terms import VoucherType
from casefile import (
    Case,
    CaseFile,
    Evidence,
    EvidenceStatus,
    Ledger,
    ProfileValue,
    Purpose,
    TaskKind,
)
from graph import Graph, Knowledge

NOT_WEIGHED = {
    "zh": "我这边没算成，已经请同事来看，您不用再发。",
    "en": "I could not work it out; a colleague looks at it, no need to send it again.",
}
DONE = "done"
"""The stage of a proof that was weighed."""


class ProofFlow:
    """The proofs of a case, from what was read to what it means for this merchant."""

    def __init__(
        self, casefile: CaseFile, graph: Graph, knowledge: Knowledge, one: threading.RLock
    ) -> None:
        self._casefile = casefile
        self._graph = graph
        self._knowledge = knowledge
        self._one = one

    def all(self, case_id: str) -> list[Evidence]:
        """The proofs that were not withdrawn, oldest first."""
        with self._casefile.read() as ledger:
            return [
                e for e in ledger.proofs.all(case_id) if e.status is not EvidenceStatus.WITHDRAWN
            ]

    def given(self, case_id: str) -> frozenset[VoucherType]:
        """The kinds of proof that count."""
        return frozenset(
            VoucherType(e.voucher_type) for e in self.all(case_id) if e.counts and e.voucher_type
        )

    def progress(self, case_id: str) -> tuple[int, int]:
        """How many proofs are being read, and how many are done."""
        proofs = self.all(case_id)
        reading = [
            e for e in proofs if e.status in (EvidenceStatus.RECEIVED, EvidenceStatus.INSPECTING)
        ]
        return len(reading), len(proofs) - len(reading)

    def effect_of_withdrawal(self, case_id: str, evidence_id: str) -> tuple[Decimal, Decimal]:
        """The limit now, and without this proof, in yuan."""
        with self._casefile.read() as ledger:
            limit = ledger.cases.get(case_id).limit_cny
            last = ledger.decisions.last(case_id)
        without = last.if_withdrawn.get(evidence_id) if last else None
        return limit, Decimal(without) if without else limit

    def ask_withdrawal(self, case_id: str, message_id: str, evidence_id: str) -> None:
        """Take a proof back now; the limit is worked out again by a task.

        Raises:
            NotFound: The case has no such proof.
        """
        with self._casefile.begin() as ledger:
            evidence = ledger.proofs.get(case_id, evidence_id)
            if evidence.status is EvidenceStatus.WITHDRAWN:
                return
            ledger.mail.post_evidence(ledger.erase_evidence(evidence, actor="merchant"))
            ledger.tasks.add(case_id, TaskKind.WITHDRAW, {"evidence_id": evidence_id})
        if evidence.sha256:
            self._casefile.uploads.delete(case_id, evidence.sha256)

    def correct_amount(self, case_id: str, message_id: str, text: str) -> Mapping[str, str] | None:
        """Correct the amount of the newest invoice from words; None where that is not meant."""
        amounts = [s.quantity for s in read_quantities(text) if s.quantity.unit.value == "cny"]
        invoices = [e for e in self.all(case_id) if "total_cny" in fields_of(e)]
        if len(amounts) != 1 or not invoices:
            return None
        evidence, value = invoices[-1], f"{amounts[0].middle:.2f}"
        with self._casefile.begin() as ledger:
            if ledger.mail.effect(message_id, "correct") is None:
                read = fields_of(evidence)["total_cny"].get("value")
                ledger.proofs.correct(evidence.id, "total_cny", read, value)
                ledger.tasks.add(
                    case_id,
                    TaskKind.CORRECT,
                    {"evidence_id": evidence.id, "field": "total_cny"},
                )
                ledger.mail.keep_effect(case_id, message_id, "correct", {"value": value})
        label = str(fields_of(evidence)["total_cny"].get("label") or "价税合计")
        return {"voucher_type": evidence.voucher_type or "other", "label": label, "value": value}

    def weigh_waiting(self, case_id: str, evidence_id: str, weighed: Weighed) -> None:
        """A licence tells which party of the waiting papers the merchant is."""
        if weighed.voucher_type is not VoucherType.BUSINESS_LICENSE:
            return
        for other in self.all(case_id):
            waits = other.status is EvidenceStatus.DOUBTFUL and other.id != evidence_id
            if waits and names_parties(other):
                self.take(case_id, other.id)

    def weigh_again(self, case_id: str, *, without: str) -> list[VoucherType]:
        """Weigh what is left when a proof was withdrawn: kinds that no longer count.

        A paper that only the withdrawn licence tied to the merchant waits; the second copy of a
        withdrawn paper counts now.
        """
        lost = []
        for proof in self.all(case_id):
            if proof.id != without and proof.stage == DONE:
                result = self.take(case_id, proof.id)
                if proof.counts and result and result.status is not EvidenceStatus.ACCEPTED:
                    lost.append(result.voucher_type)
        return lost

    def take(self, case_id: str, evidence_id: str) -> Weighed | None:
        """Weigh a proof and write what it means; None when it was withdrawn meanwhile."""
        with self._one, self._casefile.begin() as ledger:
            evidence = ledger.proofs.get(case_id, evidence_id)
            if evidence.inspection is None or evidence.status is EvidenceStatus.WITHDRAWN:
                return None
            if not ledger.cases.has_consent(case_id, Purpose.LIMIT_REVIEW):
                return None
            case = ledger.cases.get(case_id)
            profile = ledger.cases.profile(case_id)
            proofs = ledger.proofs.all(case_id)
            holder = holder_of(case.merchant_name, proofs, besides=[evidence_id])
            weighed = weigh(
                evidence.inspection,
                evidence_id=evidence_id,
                holder=holder,
                corrections={c.field: c.value for c in ledger.proofs.corrections(evidence_id)},
                today=_today(),
                seen_elsewhere=_seen_elsewhere(ledger, case, evidence, holder),
                given_before=given_before(proofs, evidence),
                floor_area_sqm=_middle(profile, "floor_area_sqm"),
                asset_value_cny=self._asset_value(text_of(profile, "industry_code")),
            )
            self._write(ledger, case, evidence, weighed)
        self._record(case, evidence, weighed)
        return weighed

    def leave_to_person(self, ledger: Ledger, case_id: str, evidence_id: str) -> None:
        """What we could not weigh is not forgotten: it is doubtful, and a person looks."""
        evidence = ledger.proofs.get(case_id, evidence_id)
        if evidence.status is EvidenceStatus.WITHDRAWN:
            return
        language = ledger.cases.get(case_id).language
        moved = ledger.proofs.move(
            case_id,
            evidence_id,
            EvidenceStatus.DOUBTFUL,
            stage=DONE,
            progress=1.0,
            findings=[{"code": "finding", "text": NOT_WEIGHED[language]}],
        )
        ledger.mail.post_evidence(moved)
        ledger.decisions.ask_review(case_id, f"not weighed {evidence_id}", "check")

    def _write(self, ledger: Ledger, case: Case, evidence: Evidence, weighed: Weighed) -> None:
        moved = ledger.proofs.move(
            case.id,
            evidence.id,
            weighed.status,
            stage=DONE,
            progress=1.0,
            voucher_type=weighed.voucher_type.value,
            summary=weighed.summary[case.language],
            findings=[{"code": "finding", "text": f[case.language]} for f in weighed.findings],
        )
        ledger.proofs.replace_facts(case.id, evidence.id, weighed.facts)
        if evidence.stage != DONE or moved.event_body() != evidence.event_body():
            ledger.mail.post_evidence(moved)
        if weighed.needs_person:
            ledger.decisions.ask_review(case.id, f"doubtful evidence {evidence.id}", "check")
        ledger.audit.append(
            "evidence_weighed",
            actor="case_flow",
            case_id=case.id,
            subject=evidence.id,
            detail={"status": weighed.status.value},
        )

    def _asset_value(self, code: str | None) -> Decimal | None:
        values = list(self._knowledge.industry(code).asset_value_cny.values())
        return values[0][0] if values else None

    def _record(self, case: Case, evidence: Evidence, weighed: Weighed) -> None:
        """Write into the graph what an accepted proof shows."""
        if weighed.status is not EvidenceStatus.ACCEPTED:
            if evidence.counts:
                self._graph.forget_evidence(evidence.id)
            return
        fields = {n: (f or {}).get("value") for n, f in fields_of(evidence).items()}
        if weighed.voucher_type is VoucherType.BUSINESS_LICENSE:
            with self._casefile.read() as ledger:
                known = {k: v.value for k, v in ledger.cases.profile(case.id).items()}
            self._graph.record_company(
                case.id,
                name=fields.get("name"),
                credit_code=fields.get("social_credit_code"),
                industry_code=known.get("industry_code"),
                region=known.get("region"),
                legal_person=fields.get("legal_person"),
                registered_on=fields.get("established_on"),
                evidence_id=evidence.id,
            )
        elif weighed.trade is not None:
            trade = weighed.trade
            self._graph.record_trade(
                case.id,
                counterparty=trade.counterparty,
                sells=trade.sells,
                amount_cny=trade.amount_cny,
                on_date=trade.on_date,
                evidence_id=evidence.id,
                kind=weighed.voucher_type.value,
                number=trade.number,
            )
        elif weighed.voucher_type is VoucherType.EQUIPMENT_PHOTO:
            self._graph.record_vehicle(case.id, plate=None, evidence_id=evidence.id)


def _seen_elsewhere(ledger: Ledger, case: Case, evidence: Evidence, holder: Holder) -> bool:
    """Whether another merchant sent this before; from now on it is known that this one did."""
    if case.demo:
        return False
    marks, at = marks_of(evidence, holder), evidence.received_at
    ledger.sightings.record(case.merchant_id, evidence.id, marks, at)
    return ledger.sightings.first_sender(marks) != case.merchant_id


def _middle(profile: Mapping[str, ProfileValue], slot: str) -> Decimal | None:
    value = profile[slot].value if slot in profile else None
    if not isinstance(value, dict) or value.get("low") is None:
        return None
    return Decimal(str((value["low"] + value["high"]) / 2))


def _today() -> date:
    return datetime.now(UTC).date()
