"""The one place where the rooms meet: credit file, graph and risk around one case.

Actions and the task loop call it; nobody else does. Every effect is written once: by message
id and action for what a merchant said, by task id for what a process asked for.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import structlog

from actions.quantity import say_quantity
from actions.statements import read_statements, simple_trade_words
from actions.weighing import Holder, Weighed, weigh
from bailing.terms import Quantity, VoucherType
from casefile import (
    Case,
    CaseFile,
    Evidence,
    EvidenceStatus,
    Ledger,
    ProfileValue,
    Purpose,
    Source,
    Task,
    TaskKind,
)
from graph import Finding, Graph, Industry, Knowledge, Question
from risk import (
    Application,
    Decision,
    IndustryFigures,
    Policy,
    ProofPrior,
    decide,
    fact_json,
    profile_of,
    to_json,
)

log = structlog.get_logger()

LANGUAGES = ("zh", "en")
OUTCOME = "/system_outcome"
LACKING = "lacking"
SKIPPED = {"skipped": True}


class CaseFlow:
    """What happens in a case, step by step."""

    def __init__(
        self, casefile: CaseFile, graph: Graph, knowledge: Knowledge, policy: Policy
    ) -> None:
        self._casefile = casefile
        self._graph = graph
        self._knowledge = knowledge
        self._policy = policy
        self._one = threading.RLock()

    # What is asked and said

    def case(self, case_id: str) -> Case:
        """The case as it stands."""
        with self._casefile.read() as ledger:
            return ledger.cases.get(case_id)

    def set_language(self, case_id: str, language: str) -> None:
        """Speak ``zh`` or ``en`` from now on."""
        with self._casefile.begin() as ledger:
            ledger.cases.set_language(case_id, language)

    def note(
        self,
        case_id: str,
        message_id: str,
        text: str,
        *,
        asked: str | None,
        intent: str,
        industry_words: str | None,
    ) -> dict[str, Any]:
        """Write down what a line states; slot to its value as the dialogue keeps it."""
        told = asked == "industry_words"
        matches = self._knowledge.match(text, told=told) if intent != "lack_voucher" else ()

        def trade_words(line: str) -> str | None:
            return matches[0].words if matches else simple_trade_words(line) or industry_words

        stated = read_statements(text, asked=asked, trade_words=trade_words).updates
        if not stated:
            return {}
        with self._casefile.begin() as ledger:
            if (done := ledger.mail.effect(message_id, "note")) is not None:
                return dict(done["slots"])
            known = _text(ledger.cases.profile(case_id), "industry_code")
            said_before = _text(ledger.cases.said(case_id), "industry_words")
            if matches and known == matches[0].code and said_before:
                stated = {s: v for s, v in stated.items() if s != "industry_words"}
            slots: dict[str, Any] = {}
            for slot, value in stated.items():
                slots[slot] = self._note_one(ledger, case_id, message_id, slot, value)
            if "industry_words" in slots and matches:
                code = matches[0].code
                slots["industry_code"] = code
                ledger.cases.note(
                    case_id,
                    "industry_code",
                    code,
                    unit=None,
                    source=Source.SAID,
                    message_id=message_id,
                )
            ledger.mail.keep_effect(
                case_id, message_id, "note", {"slots": slots, "words": _noted(stated)}
            )
        return slots

    def _note_one(
        self, ledger: Ledger, case_id: str, message_id: str, slot: str, value: Quantity | str
    ) -> Any:
        if isinstance(value, Quantity):
            kept: Any = {"low": float(value.low), "high": float(value.high)}
            unit: str | None = value.unit.value
        else:
            kept, unit = value, None
        ledger.cases.note(case_id, slot, kept, unit=unit, source=Source.SAID, message_id=message_id)
        return kept

    def noted_words(self, case_id: str, message_id: str) -> str:
        """What this message stated, said back shortly; empty when it stated nothing."""
        with self._casefile.read() as ledger:
            language = ledger.cases.get(case_id).language
            done = ledger.mail.effect(message_id, "note")
        return str(done["words"][language]) if done else ""

    def questions(self, case_id: str) -> list[str]:
        """The slots that the review asks for in this trade, those known by proof left out."""
        with self._casefile.read() as ledger:
            profile = ledger.cases.profile(case_id)
        code = _text(profile, "industry_code")
        asked = [] if code or _text(profile, "industry_words") else ["industry_words"]
        return asked + [q.slot for q in self._industry(code).questions]

    def known_slots(self, case_id: str) -> dict[str, Any]:
        """Slots that the credit file holds already, as the dialogue keeps them."""
        with self._casefile.read() as ledger:
            return {s: v.value for s, v in ledger.cases.profile(case_id).items()}

    def question(self, case_id: str, slot: str) -> Question:
        """How this merchant is asked for a slot."""
        with self._casefile.read() as ledger:
            code = _text(ledger.cases.profile(case_id), "industry_code")
        return self._knowledge.question(code, slot)

    def _industry(self, code: str | None) -> Industry:
        return self._knowledge.industry(code)

    # Consent

    def has_consent(self, case_id: str) -> bool:
        """Whether the merchant agrees to the review."""
        with self._casefile.read() as ledger:
            return ledger.cases.has_consent(case_id, Purpose.LIMIT_REVIEW)

    def give_consent(self, case_id: str, message_id: str) -> None:
        """Record the agreement to the review."""
        with self._casefile.begin() as ledger:
            if ledger.cases.give_consent(case_id, Purpose.LIMIT_REVIEW, message_id):
                ledger.audit.append(
                    "consent_given", actor="merchant", case_id=case_id, subject=message_id
                )

    def withdraw_consent(self, case_id: str, message_id: str) -> Decimal:
        """End the agreement and erase all that rested on it; the limit that is left, in yuan."""
        with self._one:
            with self._casefile.begin() as ledger:
                if not ledger.cases.withdraw_consent(case_id, Purpose.LIMIT_REVIEW):
                    return ledger.cases.get(case_id).limit_cny
                proofs = [
                    e
                    for e in ledger.proofs.all(case_id)
                    if e.status is not EvidenceStatus.WITHDRAWN
                ]
                for proof in proofs:
                    ledger.mail.post_evidence(ledger.erase_evidence(proof, actor="merchant"))
                ledger.audit.append(
                    "consent_withdrawn", actor="merchant", case_id=case_id, subject=message_id
                )
                original = ledger.cases.get(case_id).original_limit_cny
                ledger.cases.set_limit(case_id, original)
            for proof in proofs:
                self._graph.forget_evidence(proof.id)
                if proof.sha256:
                    self._casefile.uploads.delete(case_id, proof.sha256)
        return original

    # Decisions

    def decide(
        self, case_id: str, cause: str, *, key: str, may_fall: bool = False
    ) -> Mapping[str, Any]:
        """Work the limit out, put it in force and before the merchant; once for each key.

        Args:
            case_id: The case.
            cause: Why now, e.g. ``said``, ``evidence``, ``withdrawal``.
            key: The message or task that asked; the second call gives the first one's decision.
            may_fall: Whether the limit may go down, never below the lender's original.

        Returns:
            The ``decision`` event's body in the case's language.
        """
        with self._one, self._casefile.begin() as ledger:
            language = ledger.cases.get(case_id).language
            if (done := ledger.mail.effect(key, "decide")) is not None:
                return self._body(ledger, case_id, str(done["decision_id"]), language)
            case = ledger.cases.get(case_id)
            application = self._application(ledger, case, may_fall=may_fall)
            decision = decide(application, policy=self._policy)
            findings = self._plausibility(case_id, application)
            stored = ledger.decisions.add(
                case_id,
                cause=cause,
                limit_cny=decision.limit_cny,
                previous_limit_cny=decision.previous_limit_cny,
                body={lang: to_json(decision, lang) for lang in LANGUAGES},
                snapshot=_snapshot(ledger, case_id, application, decision, findings),
                if_withdrawn={e: str(v) for e, v in decision.if_withdrawn.items()},
            )
            ledger.cases.set_limit(case_id, decision.limit_cny)
            body: Mapping[str, Any] = stored.body[language]
            ledger.mail.post(case_id, "decision", body)
            doubts = [f"plausibility: {f.code}" for f in findings if f.severity == "doubt"]
            for reason in (*decision.review_reasons, *doubts):
                ledger.decisions.ask_review(case_id, reason, "policy")
            ledger.mail.keep_effect(case_id, key, "decide", {"decision_id": stored.id})
            ledger.audit.append(
                "limit_decided",
                actor="risk",
                case_id=case_id,
                subject=stored.id,
                detail={"cause": cause, "limit_cny": str(decision.limit_cny)},
            )
        log.info("limit_decided", case_id=case_id, cause=cause, limit_cny=str(decision.limit_cny))
        return body

    def _body(
        self, ledger: Ledger, case_id: str, decision_id: str, language: str
    ) -> Mapping[str, Any]:
        found = next(d for d in ledger.decisions.all(case_id) if d.id == decision_id)
        body: Mapping[str, Any] = found.body[language]
        return body

    def _application(self, ledger: Ledger, case: Case, *, may_fall: bool) -> Application:
        profile = ledger.cases.profile(case.id)
        proofs = [e for e in ledger.proofs.all(case.id) if e.counts and e.voucher_type]
        lacking = ledger.cases.profile_history(case.id)
        return Application(
            profile=profile_of(
                {s: v.value for s, v in profile.items() if s not in (LACKING, "language")}
            ),
            current_limit_cny=case.limit_cny,
            original_limit_cny=case.original_limit_cny,
            facts=ledger.proofs.facts(case.id),
            industry=figures_of(self._industry(_text(profile, "industry_code"))),
            given=frozenset(VoucherType(str(e.voucher_type)) for e in proofs),
            lacking=frozenset(VoucherType(p.value) for p in lacking if p.slot == LACKING),
            may_fall=may_fall,
        )

    def _plausibility(self, case_id: str, application: Application) -> tuple[Finding, ...]:
        """What an expert would look at twice, from the trade's figures and the graph's trades."""
        monthly = application.said("monthly_sales_cny")
        annual = application.said("annual_sales_cny")
        sales = monthly.middle * 12 if monthly else annual.middle if annual else None
        code = application.profile.get("industry_code")
        middles = {
            slot: said.middle
            for slot in ("vehicle_count", "floor_area_sqm", "staff_count")
            if (said := application.said(slot)) is not None
        }
        return self._graph.plausibility(
            case_id,
            self._industry(code if isinstance(code, str) else None),
            annual_sales_cny=sales,
            **middles,
        )

    def last_decision(self, case_id: str) -> Mapping[str, Any] | None:
        """The newest decision's body in the case's language; None before the first."""
        with self._casefile.read() as ledger:
            last = ledger.decisions.last(case_id)
            language = ledger.cases.get(case_id).language
        return None if last is None else last.body[language]

    def decision(self, case_id: str, decision_id: str | None) -> Mapping[str, Any] | None:
        """One decision's body in the case's language; None for no id."""
        if decision_id is None:
            return None
        with self._casefile.read() as ledger:
            language = ledger.cases.get(case_id).language
            return self._body(ledger, case_id, decision_id, language)

    def best_proof(self, case_id: str) -> Mapping[str, Any] | None:
        """The first recommendation of the newest decision."""
        decision = self.last_decision(case_id)
        items = decision["recommendations"] if decision else []
        return items[0] if items else None

    def note_lacking(self, case_id: str, message_id: str, kind: VoucherType) -> None:
        """The merchant has no such proof: it is not recommended again."""
        with self._casefile.begin() as ledger:
            ledger.cases.note(
                case_id,
                LACKING,
                kind.value,
                unit=None,
                source=Source.SAID,
                message_id=message_id,
            )

    # Proofs

    def proofs(self, case_id: str) -> list[Evidence]:
        """The proofs that were not withdrawn, oldest first."""
        with self._casefile.read() as ledger:
            return [
                e for e in ledger.proofs.all(case_id) if e.status is not EvidenceStatus.WITHDRAWN
            ]

    def given(self, case_id: str) -> frozenset[VoucherType]:
        """The kinds of proof that count."""
        return frozenset(
            VoucherType(e.voucher_type) for e in self.proofs(case_id) if e.counts and e.voucher_type
        )

    def is_readable(self, kind: VoucherType) -> bool:
        """Whether proofs of this kind can be read today."""
        return kind in self._policy.readable_vouchers

    def progress(self, case_id: str) -> tuple[int, int]:
        """How many proofs are being read, and how many are done."""
        proofs = self.proofs(case_id)
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
        from actions.quantity import read_quantities

        amounts = [s.quantity for s in read_quantities(text) if s.quantity.unit.value == "cny"]
        invoices = [e for e in self.proofs(case_id) if "total_cny" in _fields(e)]
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

    # People

    def ask_review(self, case_id: str, message_id: str, reason: str) -> bool:
        """Queue the case for a person; False when it is queued for this reason already."""
        with self._casefile.begin() as ledger:
            review, new = ledger.decisions.ask_review(case_id, reason, "merchant")
            if new:
                ledger.audit.append(
                    "review_asked", actor="merchant", case_id=case_id, subject=review.id
                )
        return new

    # Tasks

    def claim(self, worker: str) -> Task | None:
        """The next task of the actions process; None when there is none."""
        kinds = [k for k in TaskKind if k is not TaskKind.INSPECT]
        with self._casefile.read() as ledger:
            if not ledger.tasks.waiting(kinds):
                return None
        with self._casefile.begin() as ledger:
            return ledger.tasks.claim(kinds, worker)

    def do(self, task: Task) -> None:
        """Do a task once and have its outcome told."""
        steps = {
            TaskKind.WEIGH: self._weigh,
            TaskKind.CORRECT: self._correct,
            TaskKind.WITHDRAW: self._withdraw,
            TaskKind.RESCORE: self._rescore,
        }
        outcome = steps[task.kind](task)
        with self._casefile.begin() as ledger:
            if ledger.tasks.finish(task.id, outcome) and outcome:
                self._tell(ledger, task.case_id, task.id)

    def fail(self, task: Task, code: str, retry_in_s: float | None) -> None:
        """Give a task back, or up."""
        with self._casefile.begin() as ledger:
            ledger.tasks.fail(task.id, code, retry_in_s=retry_in_s)

    def _tell(self, ledger: Ledger, case_id: str, task_id: str) -> None:
        ledger.mail.receive(
            case_id,
            channel="system",
            platform_key=task_id,
            kind="internal",
            text=OUTCOME,
            metadata={"task_id": task_id},
        )

    def outcome(self, case_id: str, task_id: str) -> Mapping[str, Any] | None:
        """What a task of this case brought; None where it is not one."""
        with self._casefile.read() as ledger:
            try:
                task = ledger.tasks.get(task_id)
            except LookupError:
                return None
        return task.outcome if task.case_id == case_id else None

    def _weigh(self, task: Task) -> dict[str, Any]:
        evidence_id = str(task.args["evidence_id"])
        weighed = self._take(task.case_id, evidence_id)
        if weighed is None:
            return {}
        outcome = _outcome(weighed, evidence_id)
        if weighed.status is EvidenceStatus.ACCEPTED:
            again = self._weigh_waiting(task.case_id, evidence_id, weighed)
            decision = self.decide(task.case_id, "evidence", key=task.id)
            outcome |= {"decision_id": decision["decision_id"], "also": again}
        return outcome

    def _weigh_waiting(self, case_id: str, evidence_id: str, weighed: Weighed) -> list[str]:
        """A licence tells which party of the waiting invoices the merchant is."""
        if weighed.voucher_type is not VoucherType.BUSINESS_LICENSE:
            return []
        again = []
        for other in self.proofs(case_id):
            waits = other.status is EvidenceStatus.DOUBTFUL and other.id != evidence_id
            if waits and "seller_name" in _fields(other):
                result = self._take(case_id, other.id)
                if result is not None and result.status is EvidenceStatus.ACCEPTED:
                    again.append(other.id)
        return again

    def _take(self, case_id: str, evidence_id: str) -> Weighed | None:
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
                floor_area_sqm=_middle(profile, "floor_area_sqm"),
                asset_value_cny=self._asset_value(_text(profile, "industry_code")),
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
        values = list(self._industry(code).asset_value_cny.values())
        return values[0][0] if values else None

    def _record(self, case: Case, evidence: Evidence, weighed: Weighed) -> None:
        """Write into the graph what an accepted proof shows."""
        if weighed.status is not EvidenceStatus.ACCEPTED:
            return
        fields = {n: (f or {}).get("value") for n, f in _fields(evidence).items()}
        if weighed.voucher_type is VoucherType.BUSINESS_LICENSE:
            known = self.known_slots(case.id)
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

    def _correct(self, task: Task) -> dict[str, Any]:
        evidence_id = str(task.args["evidence_id"])
        weighed = self._take(task.case_id, evidence_id)
        if weighed is None:
            return {}
        decision = self.decide(task.case_id, "correction", key=task.id, may_fall=True)
        return {
            **_outcome(weighed, evidence_id),
            "status": "corrected",
            "decision_id": decision["decision_id"],
        }

    def _withdraw(self, task: Task) -> dict[str, Any]:
        evidence_id = str(task.args["evidence_id"])
        with self._one:
            self._graph.forget_evidence(evidence_id)
        if not self.has_consent(task.case_id):
            return {"status": "withdrawn", "evidence_id": evidence_id}
        decision = self.decide(task.case_id, "withdrawal", key=task.id, may_fall=True)
        return {
            "status": "withdrawn",
            "evidence_id": evidence_id,
            "decision_id": decision["decision_id"],
        }

    def _rescore(self, task: Task) -> dict[str, Any]:
        decision = self.decide(task.case_id, "rescore", key=task.id)
        return {"decision_id": decision["decision_id"]}


def figures_of(industry: Industry) -> IndustryFigures:
    """The graph's knowledge of a trade as the risk room takes it."""
    return IndustryFigures(
        receivable_days=industry.receivable_days.median,
        inventory_days=industry.inventory_days.median,
        payable_days=industry.payable_days.median,
        gross_margin_percent=industry.gross_margin_percent.median,
        most_per_vehicle_cny=industry.per_vehicle_cny.high if industry.per_vehicle_cny else None,
        most_per_sqm_cny=industry.per_sqm_cny.high if industry.per_sqm_cny else None,
        most_per_worker_cny=industry.per_worker_cny.high if industry.per_worker_cny else None,
        least_per_vehicle_cny=industry.per_vehicle_cny.low if industry.per_vehicle_cny else None,
        least_per_sqm_cny=industry.per_sqm_cny.low if industry.per_sqm_cny else None,
        least_per_worker_cny=industry.per_worker_cny.low if industry.per_worker_cny else None,
        proofs=tuple(
            ProofPrior(
                voucher_type=p.voucher_type,
                chance_has=p.chance_has,
                effort=p.effort,
                shows=p.shows,
                share_low=p.share_low,
                share_high=p.share_high,
                why=p.why,
                why_en=p.why_en,
            )
            for p in industry.proofs
        ),
    )


def _snapshot(
    ledger: Ledger,
    case_id: str,
    application: Application,
    decision: Decision,
    findings: tuple[Finding, ...],
) -> dict[str, Any]:
    return {
        "findings": [
            {"code": f.code, "severity": f.severity, "saw": f.saw, "expected": f.expected}
            for f in findings
        ],
        "profile": {s: v.value for s, v in ledger.cases.profile(case_id).items()},
        "facts": [fact_json(f) for f in application.facts],
        "features": decision.features,
        "models": list(decision.models),
        "policy": decision.policy_version,
        "may_fall": application.may_fall,
    }


def _outcome(weighed: Weighed, evidence_id: str) -> dict[str, Any]:
    finding = weighed.findings[0] if weighed.findings else {"zh": "", "en": ""}
    return {
        "status": weighed.status.value,
        "evidence_id": evidence_id,
        "voucher_type": weighed.voucher_type.value,
        "finding": dict(finding),
    }


def _fields(evidence: Evidence) -> Mapping[str, Any]:
    fields: Mapping[str, Any] = (evidence.inspection or {}).get("fields") or {}
    return fields


def _text(profile: Mapping[str, ProfileValue], slot: str) -> str | None:
    value = profile[slot].value if slot in profile else None
    return value if isinstance(value, str) else None


def _middle(profile: Mapping[str, ProfileValue], slot: str) -> Decimal | None:
    value = profile[slot].value if slot in profile else None
    if not isinstance(value, dict) or value.get("low") is None:
        return None
    return Decimal(str((value["low"] + value["high"]) / 2))


def _noted(stated: Mapping[str, Quantity | str]) -> dict[str, str]:
    hidden = {"purpose", "region"} if len(stated) > 2 else set()
    words = {}
    for language in LANGUAGES:
        said = [
            say_quantity(v, language) if isinstance(v, Quantity) else v
            for s, v in stated.items()
            if s not in hidden
        ]
        words[language] = ("、" if language == "zh" else ", ").join(said)
    return words


def _today() -> date:
    return datetime.now(UTC).date()
