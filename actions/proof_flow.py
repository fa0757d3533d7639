"""A merchant's proofs: weighed once read, put right, taken back, and written into the graph."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

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
        invoices = [e for e in self.all(case_id) if "total_cny" in _fields(e)]
        if len(amounts) != 1 or not invoices:
            return None
        evidence, value = invoices[-1], f"{amounts[0].middle:.2f}"
        with self._casefile.begin() as ledger:
            if ledger.mail.effect(message_id, "correct") is None:
                read = _fields(evidence)["total_cny"].get("value")
                ledger.proofs.correct(evidence.id, "total_cny", read, value)
                ledger.tasks.add(
                    case_id,
                    TaskKind.CORRECT,
                    {"evidence_id": evidence.id, "field": "total_cny"},
                )
                ledger.mail.keep_effect(case_id, message_id, "correct", {"value": value})
        label = str(_fields(evidence)["total_cny"].get("label") or "价税合计")
        return {"voucher_type": evidence.voucher_type or "other", "label": label, "value": value}

    def weigh_waiting(self, case_id: str, evidence_id: str, weighed: Weighed) -> list[str]:
        """A licence tells which party of the waiting invoices the merchant is."""
        if weighed.voucher_type is not VoucherType.BUSINESS_LICENSE:
            return []
        again = []
        for other in self.all(case_id):
            waits = other.status is EvidenceStatus.DOUBTFUL and other.id != evidence_id
            if waits and "seller_name" in _fields(other):
                result = self.take(case_id, other.id)
                if result is not None and result.status is EvidenceStatus.ACCEPTED:
                    again.append(other.id)
        return again

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
            weighed = weigh(
                evidence.inspection,
                evidence_id=evidence_id,
                holder=self._holder(ledger, case, evidence_id),
                corrections={c.field: c.value for c in ledger.proofs.corrections(evidence_id)},
                today=_today(),
                seen_elsewhere=not case.demo
                and bool(evidence.sha256)
                and ledger.proofs.seen_elsewhere(case_id, str(evidence.sha256)),
                given_before=_given_before(ledger.proofs.all(case_id), evidence),
                floor_area_sqm=_middle(profile, "floor_area_sqm"),
                asset_value_cny=self._asset_value(text_of(profile, "industry_code")),
            )
            self._write(ledger, case, evidence, weighed)
        self._record(case, evidence, weighed)
        return weighed

    def _write(self, ledger: Ledger, case: Case, evidence: Evidence, weighed: Weighed) -> None:
        moved = ledger.proofs.move(
            case.id,
            evidence.id,
            weighed.status,
            stage="done",
            progress=1.0,
            voucher_type=weighed.voucher_type.value,
            summary=weighed.summary[case.language],
            findings=[{"code": "finding", "text": f[case.language]} for f in weighed.findings],
        )
        ledger.proofs.replace_facts(case.id, evidence.id, weighed.facts)
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

    def _holder(self, ledger: Ledger, case: Case, besides: str) -> Holder:
        company = code = None
        for proof in ledger.proofs.all(case.id):
            if proof.counts and proof.id != besides and proof.voucher_type == "business_license":
                fields = _fields(proof)
                company = (fields.get("name") or {}).get("value")
                code = (fields.get("social_credit_code") or {}).get("value")
        return Holder(person=case.merchant_name, company=company, credit_code=code)

    def _asset_value(self, code: str | None) -> Decimal | None:
        values = list(self._knowledge.industry(code).asset_value_cny.values())
        return values[0][0] if values else None

    def _record(self, case: Case, evidence: Evidence, weighed: Weighed) -> None:
        """Write into the graph what an accepted proof shows."""
        if weighed.status is not EvidenceStatus.ACCEPTED:
            return
        fields = {n: (f or {}).get("value") for n, f in _fields(evidence).items()}
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


def _given_before(proofs: Sequence[Evidence], evidence: Evidence) -> bool:
    """Whether another proof that counts is the same paper, by its printed number."""
    number = _number(evidence)
    others = (p for p in proofs if p.id != evidence.id and p.counts)
    return number is not None and any(_number(p) == number for p in others)


def _number(evidence: Evidence) -> tuple[str, ...] | None:
    fields = _fields(evidence)
    read = [(fields.get(name) or {}).get("value") for name in ("invoice_number", "invoice_code")]
    if read[0]:
        return tuple(str(part or "") for part in read)
    code = (fields.get("social_credit_code") or {}).get("value")
    return (str(code),) if code else None


def _fields(evidence: Evidence) -> Mapping[str, Any]:
    fields: Mapping[str, Any] = (evidence.inspection or {}).get("fields") or {}
    return fields


def _middle(profile: Mapping[str, ProfileValue], slot: str) -> Decimal | None:
    value = profile[slot].value if slot in profile else None
    if not isinstance(value, dict) or value.get("low") is None:
        return None
    return Decimal(str((value["low"] + value["high"]) / 2))


def _today() -> date:
    return datetime.now(UTC).date()
