"""From an application to a decision: limit, reasons, and the worth of each proof not yet given.

Everything that is to be known of a case is a *scenario*: the same merchant with other facts (as
it is; without one proof; with a proof not yet seen). All scenarios of all applications go
through the booster in one batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from bailing.terms import VoucherType
from risk.application import Application
from risk.features import CaseFeatures, features_of
from risk.limit import Scored, Term, score
from risk.model import pd_prior
from risk.policy import Policy, load_policy
from risk.reasons import Reason, reasons_of
from risk.scenarios import Scenario, left_out
from risk.worth import Recommendation, imagined_cases, recommend


@dataclass(frozen=True, slots=True)
class Decision:
    """A limit, explained. Amounts in yuan.

    Attributes:
        limit_cny: The new limit.
        previous_limit_cny: The limit that was in force.
        pd: One-year probability of default.
        terms: Every bound of the limit; the smallest binds.
        reasons: Why, the one that holds the limit first.
        recommendations: Proofs not yet given, the most useful first.
        features: All that the models and the formula saw.
        models: ``name@version`` of each.
        policy_version: The policy's own name.
        review_reasons: Why a person is to look at it; empty where none need.
        if_withdrawn: What the limit would be without each proof, by evidence id.
    """

    limit_cny: Decimal
    previous_limit_cny: Decimal
    pd: float
    terms: tuple[Term, ...]
    reasons: tuple[Reason, ...]
    recommendations: tuple[Recommendation, ...]
    features: dict[str, float | str | None]
    models: tuple[str, ...]
    policy_version: str
    review_reasons: tuple[str, ...] = ()
    if_withdrawn: dict[str, Decimal] = field(default_factory=dict)

    @property
    def review_needed(self) -> bool:
        """Whether a person is to look at it."""
        return bool(self.review_reasons)

    def worth_of(self, kind: VoucherType) -> Recommendation | None:
        """What a proof not yet given would do; None where it is not recommended."""
        return next((r for r in self.recommendations if r.voucher_type is kind), None)


def decide(application: Application, *, policy: Policy | None = None) -> Decision:
    """The decision on one application.

    Raises:
        ModelUnavailable: The PD prior's file is missing or is not the listed one.
        PolicyBroken: The standard policy cannot be read.
    """
    return decide_many([application], policy=policy)[0]


def decide_many(
    applications: Sequence[Application], *, policy: Policy | None = None
) -> list[Decision]:
    """Decisions in the same order; the booster is called once for all."""
    policy = policy or load_policy()
    cases = [[*left_out(a), *imagined_cases(a, policy)] for a in applications]
    seen = dict.fromkeys(s.features for scenarios in cases for s in scenarios)
    if not seen:
        return []
    prior = pd_prior()
    relative = dict(
        zip(seen, prior.relative_log_odds([f.row() for f in seen]).tolist(), strict=True)
    )
    return [
        _decide(a, scenarios, relative, policy, prior.version)
        for a, scenarios in zip(applications, cases, strict=True)
    ]


def _decide(
    application: Application,
    scenarios: Sequence[Scenario],
    relative: dict[CaseFeatures, float],
    policy: Policy,
    model: str,
) -> Decision:
    scored = {
        s.name: score(s.application, s.facts, relative[s.features], policy) for s in scenarios
    }
    now = scored["now"]
    features = features_of(application, application.proven)
    recommendations = recommend(application, scored, policy)
    without = {n.removeprefix("without:"): s for n, s in scored.items() if n.startswith("without:")}
    return Decision(
        limit_cny=now.limit_cny,
        previous_limit_cny=application.current_limit_cny,
        pd=now.pd,
        terms=now.terms,
        reasons=reasons_of(
            application, now, scored["without_said"], without, recommendations, policy
        ),
        recommendations=recommendations,
        features=_snapshot(features, now, relative[features]),
        models=(model,),
        policy_version=policy.version,
        review_reasons=_reviews(application, now, policy),
        if_withdrawn={e: s.limit_cny for e, s in without.items()},
    )


def _reviews(application: Application, now: Scored, policy: Policy) -> tuple[str, ...]:
    reasons = []
    risen = now.limit_cny > application.current_limit_cny
    if risen and now.limit_cny > application.original_limit_cny * policy.review_above:
        reasons.append("large_rise")
    if now.sales.beyond_gap:
        reasons.append("proof_below_said")
    return tuple(reasons)


def _snapshot(
    features: CaseFeatures, now: Scored, relative: float
) -> dict[str, float | str | None]:
    return {
        **features.named(),
        "prior_relative_log_odds": round(relative, 6),
        "evidence_log_odds": round(now.sales.strength.log_odds, 6),
        "evidence_strength": round(float(now.strength), 6),
        "said_sales_cny": _yuan(now.sales.said_cny),
        "shown_sales_cny": _yuan(now.sales.shown_cny),
        "shown_parts_cny": _yuan(now.sales.parts_cny),
        "counted_sales_cny": _yuan(now.sales.counted_cny),
        "sales_estimated": float(now.sales.estimated),
        "gross_margin_percent": round(float(now.margin_percent), 4),
        "cycle_days": round(float(now.cycle.days), 4),
        "cycle_clamped": float(now.cycle.clamped),
    }


def _yuan(amount: Decimal) -> float:
    return float(round(amount, 2))
