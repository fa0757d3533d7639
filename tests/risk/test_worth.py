"""Which proof next, and whether it then brings what was said."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from bailing.terms import VoucherType
from risk import decide, decide_many
from risk.model import PdPrior


def kinds(decision):
    return [r.voucher_type for r in decision.recommendations]


def test_only_what_can_be_read_is_asked_for(cases, policy):
    readable = tuple(k for k in policy.readable_vouchers if k is not VoucherType.BANK_STATEMENT)
    less = policy.model_copy(update={"readable_vouchers": readable})
    found = kinds(decide(cases.of("wang"), policy=less))
    assert VoucherType.BANK_STATEMENT not in found
    assert set(found) <= set(readable)
    best = decide(cases.of("wang"), policy=policy).recommendations[0]
    assert best.voucher_type is VoucherType.BANK_STATEMENT
    assert best.expected_rise_cny > 20_000


def test_what_was_given_or_is_lacking_is_not_asked_for(cases):
    case = cases.of("wang")
    given = replace(case, given=frozenset({VoucherType.BUSINESS_LICENSE}))
    lacking = replace(case, lacking=frozenset({VoucherType.EQUIPMENT_PHOTO}))
    assert VoucherType.BUSINESS_LICENSE not in kinds(decide(given))
    assert VoucherType.EQUIPMENT_PHOTO not in kinds(decide(lacking))


def test_a_proof_whose_facts_are_there_was_given(cases):
    assert VoucherType.BUSINESS_LICENSE not in kinds(decide(cases.road("wang")[1]))
    assert VoucherType.EQUIPMENT_PHOTO not in kinds(decide(cases.road("wang")[3]))


def test_one_more_invoice_may_be_asked_for(cases):
    given = replace(cases.road("wang")[2], given=frozenset({VoucherType.VAT_SPECIAL_INVOICE}))
    assert VoucherType.VAT_SPECIAL_INVOICE in kinds(decide(given))


@pytest.mark.parametrize("who", ["wang", "li", "chen"])
def test_a_proof_brings_about_what_was_expected(cases, who):
    """Within the stated range, give or take one step of rounding."""
    order = {
        "wang": ["business_license", "vat_special_invoice", "equipment_photo"],
        "li": ["business_license", "vat_general_invoice", "storefront_photo", "stock_photo"],
        "chen": ["business_license", "vat_general_invoice", "stock_photo"],
    }[who]
    steps = cases.road(who)
    limit = steps[0].current_limit_cny
    for number, kind in enumerate(order):
        before = decide(cases.at(steps[number], limit))
        limit = before.limit_cny
        told = before.worth_of(VoucherType(kind))
        assert told is not None
        rise = decide(cases.at(steps[number + 1], limit)).limit_cny - limit
        assert told.rise_low_cny - 1000 <= rise <= told.rise_high_cny + 1000


def test_two_proofs_that_only_lift_together_are_both_named(cases):
    poor = cases.of("li", monthly_sales_cny=66_000)
    decision = decide(poor)
    assert decision.limit_cny == 60_000
    assert {r.rise_low_cny for r in decision.recommendations} == {Decimal(0)}
    assert len(decision.recommendations) >= 3


def test_nothing_is_asked_for_where_nothing_would_help(cases):
    assert decide(cases.of("li", monthly_sales_cny=20_000)).recommendations == ()


def test_the_booster_is_called_once_for_all(cases, monkeypatch):
    calls = []
    real = PdPrior.relative_log_odds
    monkeypatch.setattr(
        PdPrior, "relative_log_odds", lambda self, rows: calls.append(len(rows)) or real(self, rows)
    )
    decide_many([*cases.road("wang"), *cases.road("li")])
    assert len(calls) == 1


def test_the_best_comes_first(cases):
    decision = decide(cases.of("wang"))
    by_kind = {p.voucher_type: p for p in cases.of("wang").industry.proofs}

    def usefulness(item) -> float:
        chance = by_kind[item.voucher_type].chance_has
        return float(item.expected_rise_cny) * chance - 8000 * item.effort

    found = [usefulness(r) for r in decision.recommendations]
    assert found == sorted(found, reverse=True)
