"""What counts, and the four terms of the limit."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest

from risk import decide
from risk.counting import cycle_of, margin_of, said_sales, sales_of, strength_of
from risk.limit import loss_cap, need, pd_of, policy_cap, round_down


def test_the_need_is_the_regulators_formula(cases, policy):
    application = cases.of("wang")
    cycle = cycle_of(application, (), policy)
    assert cycle.days == 0 + 40 - 7 + 30
    assert not cycle.clamped
    turns = Decimal(360) / cycle.days
    expected = Decimal(2_400_000) * (1 - Decimal("0.15")) * Decimal("1.1") / turns
    assert need(Decimal(2_400_000), Decimal(15), cycle, policy) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("payable", "days", "clamped"), [(68, 15, True), (400, 15, True), (10, 59, False)]
)
def test_a_negative_cycle_is_clamped_and_said(cases, policy, payable, days, clamped):
    application = cases.of("li", payable_days=payable)
    cycle = cycle_of(application, (), policy)
    assert (cycle.days, cycle.clamped) == (days, clamped)
    codes = [r.code for r in decide(application).reasons]
    assert ("cycle_clamped" in codes) is clamped


def test_said_days_in_ones_favour_count_half_and_against_wholly(cases, policy):
    usual = cycle_of(cases.of("wang"), (), policy).days
    longer = cycle_of(cases.of("wang", receivable_days=60), (), policy).days
    shorter = cycle_of(cases.of("wang", receivable_days=0), (), policy).days
    assert longer - usual == 20 * policy.said_days_weight
    assert usual - shorter == 40


def test_a_proof_of_days_counts_at_its_confidence(cases, policy):
    application = cases.of("wang", [cases.fact("receivable_days", 60, "contract", 0.8)])
    assert (
        cycle_of(application, application.proven, policy).days
        == 0 + (40 + 20 * Decimal("0.8")) - 7 + 30
    )


def test_a_low_said_margin_counts_half(cases, policy):
    assert margin_of(cases.of("li", gross_margin=10), (), policy) == 15
    assert margin_of(cases.of("li", gross_margin=30), (), policy) == 30


def test_said_sales_are_the_low_end_within_what_is_plausible(cases):
    assert said_sales(cases.of("wang")) == (Decimal(2_400_000), False, False)
    assert said_sales(cases.of("wang", vehicle_count=1)) == (Decimal(1_200_000), True, False)
    assert said_sales(cases.of("wang", annual_sales_cny=2_000_000))[0] == 2_000_000


def test_sales_stand_in_for_what_was_not_said(cases):
    application = cases.of("wang", monthly_sales_cny=None)
    figures = replace(application.industry, least_per_vehicle_cny=Decimal(150_000))
    assert said_sales(replace(application, industry=figures)) == (Decimal(450_000), False, True)


def test_a_fact_that_was_only_said_proves_nothing(cases):
    said = cases.of("blank", [cases.fact("monthly_sales", 60_000, None)], monthly_sales_cny=None)
    told = cases.of("blank", monthly_sales_cny=60_000)
    assert decide(said).limit_cny == decide(told).limit_cny
    assert decide(said).features["evidence_strength"] == 0


def test_proofs_of_a_kind_bring_less_each_time(cases, policy):
    def strength(count: int) -> Decimal:
        facts = [cases.fact("invoiced_sales", 100_000, f"e{n}") for n in range(count)]
        application = cases.of("wang", facts)
        return strength_of(application, application.proven, policy).share

    steps = [strength(n) for n in range(5)]
    rises = [b - a for a, b in pairwise(steps)]
    assert rises[0] > rises[1] > rises[2] > 0
    assert rises[3] == 0


def test_a_small_invoice_is_a_small_proof(cases, policy):
    def strength(amount: int) -> Decimal:
        application = cases.of("wang", [cases.fact("invoiced_sales", amount, "e", 1.0)])
        return strength_of(application, application.proven, policy).share

    assert strength(4_000) == pytest.approx(strength(40_000) / 10)
    assert strength(40_000) == strength(400_000) == policy.evidence["invoiced_sales"].strength


def test_a_whole_turnover_that_is_proven_counts_at_its_confidence(cases, policy):
    application = cases.of("blank", [cases.fact("bank_inflow", 1_000_000, "bank", 0.9)])
    sales = sales_of(application, application.proven, policy)
    assert sales.counted_cny >= 1_000_000 * Decimal("0.9") * policy.full_weight
    assert not sales.below_said


def test_less_than_said_keeps_the_limit_and_brings_no_rise(cases, policy):
    bank = cases.fact("bank_inflow", 2_000_000, "bank")
    decision = decide(cases.of("wang", [bank]))
    assert decision.limit_cny <= decide(cases.of("wang")).limit_cny
    assert "proof_below_said" in [r.code for r in decision.reasons]
    assert not decision.review_needed, "within the policy's gap nobody has to look"
    at_110 = replace(cases.of("wang", [bank]), current_limit_cny=Decimal(110_000))
    assert decide(at_110).limit_cny == 110_000


def test_beyond_the_gap_a_person_looks(cases):
    decision = decide(cases.of("wang", [cases.fact("bank_inflow", 1_200_000, "bank")]))
    assert decision.review_reasons == ("proof_below_said",)
    assert "said_sales" not in [r.code for r in decision.reasons]


def test_round_numbers_are_no_contradiction(cases):
    decision = decide(cases.of("wang", [cases.fact("bank_inflow", 2_300_000, "bank")]))
    assert decision.limit_cny > 130_000
    assert "proof_below_said" not in [r.code for r in decision.reasons]


def test_a_large_rise_is_looked_at(cases):
    facts = [
        cases.fact("bank_inflow", 3_000_000, "bank", 1.0),
        cases.fact("tax_paid", 30_000, "tax", 1.0),
        cases.fact("contract_amount", 900_000, "contract", 1.0),
        cases.fact("holder_matches", 1, "lic", 1.0),
    ]
    decision = decide(cases.of("wang", facts))
    assert decision.limit_cny > 160_000
    assert decision.review_reasons == ("large_rise",)


def test_the_loss_cap_spends_the_budget(policy):
    cap = loss_cap(Decimal(1_000_000), 0.05, policy)
    spent = cap * Decimal("0.05") * Decimal(str(policy.lgd))
    budget = policy.el_budget_base_cny + policy.el_budget_of_sales * 1_000_000
    assert spent == pytest.approx(budget)


def test_the_policy_cap_goes_from_words_to_proofs(policy):
    assert policy_cap(Decimal(100_000), Decimal(0), policy) == 110_000
    assert policy_cap(Decimal(100_000), Decimal(1), policy) == 200_000
    assert policy_cap(Decimal(900_000), Decimal(1), policy) == policy.cap_cny


def test_rounding_is_down_to_a_thousand(policy):
    assert round_down(Decimal("109999.99"), policy) == 109_000
    assert round_down(Decimal(0), policy) == 0


def test_the_pd_has_a_floor(policy):
    assert pd_of(-50.0, policy) == policy.pd_floor
    assert pd_of(0.0, policy) == pytest.approx(policy.base_pd)
