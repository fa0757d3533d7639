"""From an application to a decision: limit, reasons, and the worth of each proof not yet given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from bailing.terms import UNIT_OF, Fact, FactKind, Period, Unit, VoucherType
from risk.application import Application, ProofPrior
from risk.features import NEW_YEARS, row
from risk.limit import Scored, Term, score
from risk.model import pd_prior
from risk.policy import Policy, load_policy
from risk.sectors import section_of_code

SHOWN_LOW, SHOWN_HIGH = 0.7, 0.95
"""Confidence at which a proof not yet seen would count, at worst and at best; judgement."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the limit is what it is, in both languages.

    ``effect_cny`` is what the limit would lose without it, by leaving it out and scoring again.
    ``holds`` marks the reason that holds the limit where it is.
    """

    code: str
    text: dict[str, str]
    effect_cny: Decimal = Decimal(0)
    holds: bool = False


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A proof not yet given, and what it would do to the limit, in yuan."""

    voucher_type: VoucherType
    expected_rise_cny: Decimal
    rise_low_cny: Decimal
    rise_high_cny: Decimal
    effort: float
    why: dict[str, str]


@dataclass(frozen=True, slots=True)
class Decision:
    """A limit, explained. Amounts in yuan; ``pd`` for one year."""

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


def decide(application: Application, *, policy: Policy | None = None) -> Decision:
    """The decision on one application."""
    return decide_many([application], policy=policy)[0]


def decide_many(
    applications: Sequence[Application], *, policy: Policy | None = None
) -> list[Decision]:
    """Decisions in the same order; the booster is called once for all."""
    if not applications:
        return []
    policy = policy or load_policy()
    prior = pd_prior()
    features = [_features(a) for a in applications]
    relative = prior.relative_log_odds([row(*f) for f in features])
    return [
        _decide(a, f, float(r), policy, prior.version)
        for a, f, r in zip(applications, features, relative, strict=True)
    ]


Features = tuple[float | None, float | None, bool | None, str | None]


def _features(application: Application) -> Features:
    staff = application.said("staff_count")
    asked = application.said("amount_asked_cny")
    years = application.said("years_in_business")
    code = application.profile.get("industry_code")
    return (
        float(staff.middle) if staff else None,
        float(asked.middle) if asked else None,
        years.middle < NEW_YEARS if years else None,
        section_of_code(code if isinstance(code, str) else None),
    )


def _decide(
    application: Application, features: Features, relative: float, policy: Policy, model: str
) -> Decision:
    from risk.reasons import reasons_of

    now = score(application, application.facts, relative, policy)
    without = {
        evidence_id: score(
            _falling(application), _without(application.facts, evidence_id), relative, policy
        )
        for evidence_id in {f.evidence_id for f in application.facts if f.evidence_id}
    }
    return Decision(
        limit_cny=now.limit_cny,
        previous_limit_cny=application.current_limit_cny,
        pd=now.pd,
        terms=now.terms,
        reasons=reasons_of(application, now, without),
        recommendations=_recommend(application, now, relative, policy),
        features=_snapshot(features, now, relative),
        models=(model,),
        policy_version=policy.version,
        review_reasons=_reviews(application, now, policy),
        if_withdrawn={e: s.limit_cny for e, s in without.items()},
    )


def _falling(application: Application) -> Application:
    return Application(
        profile=application.profile,
        current_limit_cny=application.current_limit_cny,
        original_limit_cny=application.original_limit_cny,
        industry=application.industry,
        may_fall=True,
    )


def _without(facts: tuple[Fact, ...], evidence_id: str) -> tuple[Fact, ...]:
    return tuple(f for f in facts if f.evidence_id != evidence_id)


def _reviews(application: Application, now: Scored, policy: Policy) -> tuple[str, ...]:
    reasons = []
    if now.limit_cny > application.original_limit_cny * policy.review_above:
        reasons.append("large_rise")
    if now.said_stopped:
        reasons.append("proof_below_said")
    return tuple(reasons)


def _snapshot(features: Features, now: Scored, relative: float) -> dict[str, float | str | None]:
    staff, amount, new, section = features
    return {
        "staff": staff,
        "amount_asked_cny": amount,
        "new_business": None if new is None else float(new),
        "section": section,
        "prior_relative_log_odds": round(relative, 6),
        "evidence_strength": float(now.strength),
        "said_sales_cny": float(now.said_sales_cny),
        "counted_sales_cny": float(round(now.counted_sales_cny, 2)),
        "cycle_days": float(now.cycle_days),
    }


def _recommend(
    application: Application, now: Scored, relative: float, policy: Policy
) -> tuple[Recommendation, ...]:
    found: list[tuple[float, Recommendation]] = []
    for proof in application.industry.proofs:
        kind = proof.voucher_type
        repeatable = kind in (VoucherType.VAT_GENERAL_INVOICE, VoucherType.VAT_SPECIAL_INVOICE)
        given = kind in application.given and not repeatable
        if given or kind in application.lacking or kind not in policy.readable_vouchers:
            continue
        low = _rise(application, proof, now, relative, policy, SHOWN_LOW)
        high = _rise(application, proof, now, relative, policy, SHOWN_HIGH)
        if high <= 0:
            continue
        expected = (low + high) / 2 * Decimal(str(proof.chance_has))
        why = {"zh": proof.why, "en": proof.why_en}
        recommendation = Recommendation(
            kind, expected.quantize(Decimal(1)), low, high, proof.effort, why
        )
        found.append((float(expected) * (1 - 0.4 * proof.effort), recommendation))
    found.sort(key=lambda pair: -pair[0])
    return tuple(r for _, r in found) or _together(application, now, relative, policy)


def _together(
    application: Application, now: Scored, relative: float, policy: Policy
) -> tuple[Recommendation, ...]:
    """Where no single proof lifts the limit: the three strongest, each with its part of theirs."""
    open_proofs = [
        p
        for p in application.industry.proofs
        if p.voucher_type in policy.readable_vouchers
        and p.voucher_type not in application.given | application.lacking
    ]
    open_proofs.sort(key=lambda p: -p.chance_has)
    chosen = open_proofs[:3]
    brought = tuple(f for p in chosen for f in imagined(p, now, SHOWN_HIGH))
    joint = score(application, application.facts + brought, relative, policy).limit_cny
    part = (joint - now.limit_cny) / max(1, len(chosen))
    part -= part % policy.round_to_cny
    if part <= 0:
        return ()
    return tuple(
        Recommendation(
            p.voucher_type,
            (part * Decimal(str(p.chance_has))).quantize(Decimal(1)),
            Decimal(0),
            part,
            p.effort,
            {"zh": f"{p.why}；几样一起给才够", "en": f"{p.why_en}; it takes a few together"},
        )
        for p in chosen
    )


def _rise(
    application: Application,
    proof: ProofPrior,
    now: Scored,
    relative: float,
    policy: Policy,
    confidence: float,
) -> Decimal:
    facts = application.facts + imagined(proof, now, confidence)
    return max(Decimal(0), score(application, facts, relative, policy).limit_cny - now.limit_cny)


def imagined(proof: ProofPrior, now: Scored, confidence: float) -> tuple[Fact, ...]:
    """The facts that a proof not yet seen would bring, at this confidence."""
    unit = UNIT_OF.get(proof.shows, Unit.CNY)
    share = proof.share_low if confidence < SHOWN_HIGH else proof.share_high
    value = now.said_sales_cny * Decimal(str(share)) if unit is Unit.CNY else Decimal(1)
    period = Period.YEAR if proof.shows is FactKind.BANK_INFLOW else None
    facts = [Fact(proof.shows, value, unit, period, confidence)]
    if proof.voucher_type is VoucherType.BUSINESS_LICENSE:
        facts.append(Fact(FactKind.HOLDER_MATCHES, Decimal(1), Unit.PROBABILITY, None, confidence))
    if proof.voucher_type is VoucherType.EQUIPMENT_PHOTO:
        facts.append(Fact(FactKind.VEHICLE_COUNT, Decimal(1), Unit.VEHICLE, None, confidence))
    return tuple(facts)
