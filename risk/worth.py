"""Which proof next: what each kind not yet given would do to the limit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from bailing.terms import UNIT_OF, Fact, FactKind, Period, Quantity, Unit, VoucherType
from risk.application import Application, ProofPrior
from risk.counting import (
    DAYS_IN_YEAR,
    EPOCH,
    age_years,
    cycle_of,
    margin_of,
    said_sales,
)
from risk.limit import Scored, round_down
from risk.policy import Outlook, Policy
from risk.scenarios import Scenario, scenario

REPEATABLE = frozenset({VoucherType.VAT_GENERAL_INVOICE, VoucherType.VAT_SPECIAL_INVOICE})
"""Kinds of which one more is worth something, since each shows another sale."""
SHOWN_ONCE = {
    VoucherType.BUSINESS_LICENSE: {FactKind.HOLDER_MATCHES, FactKind.REGISTERED_ON},
    VoucherType.EQUIPMENT_PHOTO: {FactKind.EQUIPMENT_VALUE},
    VoucherType.STOREFRONT_PHOTO: {FactKind.FLOOR_AREA},
    VoucherType.STOCK_PHOTO: {FactKind.STOCK_VALUE},
}
"""Facts that tell that a proof was given, where the caller does not say which were."""
ALL_BUT = "all_but:"
USUAL_AGE_YEARS = 3.0
"""How long a business is taken to be on the register, where nobody said."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A proof not yet given, and what it would do to the limit, in yuan.

    ``rise_low_cny`` <= ``expected_rise_cny`` <= ``rise_high_cny``; ``effort`` in [0, 1].
    """

    voucher_type: VoucherType
    expected_rise_cny: Decimal
    rise_low_cny: Decimal
    rise_high_cny: Decimal
    effort: float
    why: dict[str, str]


def candidates(application: Application, policy: Policy) -> tuple[ProofPrior, ...]:
    """Proofs that can be read, were not given (or may be given again) and are not lacking."""
    shown = {f.kind for f in application.proven}
    given = application.given | {k for k, facts in SHOWN_ONCE.items() if facts & shown}
    gone = application.lacking | (given - REPEATABLE)
    return tuple(
        p
        for p in application.industry.proofs
        if p.voucher_type in policy.readable_vouchers and p.voucher_type not in gone
    )


def imagined_cases(application: Application, policy: Policy) -> Iterator[Scenario]:
    """Scenarios with each candidate at each outlook, with all of them, and with all but each.

    Where nothing is known of the sales, all are scored for a merchant of the size that the
    lender's own limit speaks of (``base``), so that a proof's worth is that with a turnover told.
    """
    proofs = candidates(application, policy)
    known = bool(said_sales(application)[0])
    told = application if known else _with_usual_sales(application, policy)
    given = application.proven
    annual = said_sales(told)[0]
    yield scenario("base", told, given)
    best = policy.outlooks[-1]
    shown = {p.voucher_type: imagined(told, p, annual, best, policy) for p in proofs}
    for proof in proofs:
        for number, outlook in enumerate(policy.outlooks):
            facts = given + imagined(told, proof, annual, outlook, policy)
            yield scenario(f"{proof.voucher_type}:{number}", told, facts)
        others = (shown[p.voucher_type] for p in proofs if p is not proof)
        yield scenario(f"{ALL_BUT}{proof.voucher_type}", told, sum(others, given))
    yield scenario(ALL_BUT, told, sum(shown.values(), given))


def recommend(
    application: Application, scored: Mapping[str, Scored], policy: Policy
) -> tuple[Recommendation, ...]:
    """The candidates that would do something, the most useful first.

    Usefulness is the expected rise times the chance that the merchant has the proof, less the
    effort. A proof that lifts nothing alone, but does together with the others, has a low end
    of zero.
    """
    found: list[tuple[Decimal, Recommendation]] = []
    base = scored["base"].limit_cny
    for proof in candidates(application, policy):
        rises = [
            scored[f"{proof.voucher_type}:{n}"].limit_cny - base
            for n in range(len(policy.outlooks))
        ]
        joint = scored[ALL_BUT].limit_cny - scored[f"{ALL_BUT}{proof.voucher_type}"].limit_cny
        low, high = max(min(rises), Decimal(0)), max(*rises, joint)
        if high <= 0:
            continue
        mean = _mean(rises, policy) if any(rises) else high / 2
        expected = min(max(round_down(mean, policy), low), high)
        chance, effort = Decimal(str(proof.chance_has)), Decimal(str(proof.effort))
        why = {"zh": proof.why, "en": proof.why_en}
        item = Recommendation(proof.voucher_type, expected, low, high, proof.effort, why)
        found.append((expected * chance - effort * policy.effort_cny, item))
    found.sort(key=lambda pair: pair[0], reverse=True)
    return tuple(r for _, r in found)


def _mean(rises: list[Decimal], policy: Policy) -> Decimal:
    weights = [outlook.chance for outlook in policy.outlooks]
    return sum((r * w for r, w in zip(rises, weights, strict=True)), Decimal(0)) / sum(weights)


def imagined(
    application: Application,
    proof: ProofPrior,
    annual_cny: Decimal,
    outlook: Outlook,
    policy: Policy,
) -> tuple[Fact, ...]:
    """The facts that a proof not yet seen would bring, as this outlook has it."""
    low, high = Decimal(str(proof.share_low)), Decimal(str(proof.share_high))
    share = low + (high - low) * outlook.share
    sure = outlook.confidence * policy.sureness.get(proof.voucher_type, 1.0)
    evidence_id = f"imagined:{proof.voucher_type}"

    def fact(kind: FactKind, value: Decimal, period: Period | None = None) -> Fact:
        unit = UNIT_OF.get(kind, Unit.CNY)
        return Fact(kind, value, unit, period, sure, evidence_id)

    match proof.shows:
        case FactKind.REGISTERED_ON:
            years = age_years(application, ()) or USUAL_AGE_YEARS
            days = (application.as_of - EPOCH).days - int(years * 365.25)
            return (
                fact(FactKind.REGISTERED_ON, Decimal(days)),
                fact(FactKind.HOLDER_MATCHES, Decimal(1)),
            )
        case FactKind.EQUIPMENT_VALUE | FactKind.VEHICLE_COUNT:
            return (
                fact(FactKind.EQUIPMENT_VALUE, Decimal(1)),
                fact(FactKind.VEHICLE_COUNT, Decimal(1)),
            )
        case FactKind.BANK_INFLOW:
            return (fact(FactKind.BANK_INFLOW, annual_cny, Period.YEAR),)
        case FactKind.INVOICED_PURCHASES:
            costs = 1 - application.industry.gross_margin_percent / 100
            return (fact(FactKind.INVOICED_PURCHASES, annual_cny * share * costs),)
        case kind if UNIT_OF.get(kind, Unit.CNY) is Unit.CNY and share:
            return (fact(kind, annual_cny * share),)
        case kind:
            return (fact(kind, Decimal(1)),)


def _with_usual_sales(application: Application, policy: Policy) -> Application:
    """The case with sales said that would just carry the lender's own limit."""
    proven = application.proven
    cycle, margin = cycle_of(application, proven, policy), margin_of(application, proven, policy)
    per_yuan = (1 - margin / 100) * (1 + policy.growth_percent / 100) * cycle.days / DAYS_IN_YEAR
    carried = application.original_limit_cny / (min(per_yuan, policy.sales_multiple))
    annual = round(carried / max(policy.said_weight, Decimal("0.01")))
    said = Quantity(Decimal(annual), Decimal(annual), Unit.CNY, Period.YEAR)
    return replace(application, profile={**application.profile, "annual_sales_cny": said})
