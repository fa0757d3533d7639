"""The limit worked out: what is known of a case put to the risk room, its decision kept."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

import structlog

from actions.cross_checks import resting_on
from actions.said import LANGUAGES, text_of
from bailing.terms import VoucherType
from casefile import Case, CaseFile, Ledger, Source
from graph import Finding, Graph, Industry, Knowledge
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

LACKING = "lacking"


class Underwriting:
    """Decisions of a case under one policy; one at a time, since the graph takes one writer."""

    def __init__(
        self,
        casefile: CaseFile,
        graph: Graph,
        knowledge: Knowledge,
        policy: Policy,
        one: threading.RLock,
    ) -> None:
        self._casefile = casefile
        self._graph = graph
        self._knowledge = knowledge
        self._policy = policy
        self._one = one

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
        resting = resting_on(case.merchant_name, proofs)
        return Application(
            profile=profile_of(
                {s: v.value for s, v in profile.items() if s not in (LACKING, "language")}
            ),
            current_limit_cny=case.limit_cny,
            original_limit_cny=case.original_limit_cny,
            facts=ledger.proofs.facts(case.id),
            industry=figures_of(self._knowledge.industry(text_of(profile, "industry_code"))),
            given=frozenset(VoucherType(str(e.voucher_type)) for e in proofs),
            lacking=_lacking(ledger, case.id),
            resting_on=resting,
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
            self._knowledge.industry(code if isinstance(code, str) else None),
            annual_sales_cny=sales,
            **middles,
        )

    def last(self, case_id: str) -> Mapping[str, Any] | None:
        """The newest decision's body in the case's language; None before the first.

        Proofs that the merchant said since not to have are left out of what it recommends.
        """
        with self._casefile.read() as ledger:
            last = ledger.decisions.last(case_id)
            if last is None:
                return None
            body = last.body[ledger.cases.get(case_id).language]
            lacking = _lacking(ledger, case_id)
        wanted = [r for r in body["recommendations"] if r["voucher_type"] not in lacking]
        return {**body, "recommendations": wanted}

    def get(self, case_id: str, decision_id: str | None) -> Mapping[str, Any] | None:
        """One decision's body in the case's language; None for no id."""
        if decision_id is None:
            return None
        with self._casefile.read() as ledger:
            language = ledger.cases.get(case_id).language
            return self._body(ledger, case_id, decision_id, language)

    def best_proof(self, case_id: str) -> Mapping[str, Any] | None:
        """The first recommendation of the newest decision."""
        decision = self.last(case_id)
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

    def is_readable(self, kind: VoucherType) -> bool:
        """Whether proofs of this kind can be read today."""
        return kind in self._policy.readable_vouchers


def _lacking(ledger: Ledger, case_id: str) -> frozenset[VoucherType]:
    history = ledger.cases.profile_history(case_id)
    return frozenset(VoucherType(p.value) for p in history if p.slot == LACKING)


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
