"""Reasons are true to the score: each effect is the limit with it less the limit without."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bailing.terms import FactKind
from risk import decide, explain
from risk.words import HELD, money


@pytest.mark.parametrize("who", ["wang", "li", "chen"])
def test_each_effect_is_left_out_and_scored_again(cases, who):
    full = cases.road(who)[-1]
    decision = decide(full)
    shown = {r.code: r.effect_cny for r in decision.reasons if r.code.startswith("shown_")}
    assert len(shown) == len({f.evidence_id for f in full.facts})
    for evidence_id in {f.evidence_id for f in full.facts}:
        rest = cases.of(who)
        left = decide(
            type(rest)(
                profile=full.profile,
                current_limit_cny=full.original_limit_cny,
                original_limit_cny=full.original_limit_cny,
                facts=tuple(f for f in full.facts if f.evidence_id != evidence_id),
                industry=full.industry,
                as_of=full.as_of,
            )
        )
        assert decision.limit_cny - left.limit_cny in shown.values()


def test_the_words_alone_have_their_effect(cases):
    decision = decide(cases.of("wang"))
    silent = decide(cases.of("wang", monthly_sales_cny=None))
    said = next(r for r in decision.reasons if r.code == "said_sales")
    assert said.effect_cny == decision.limit_cny - silent.limit_cny == Decimal(10_000)


def test_one_reason_holds_the_limit_and_names_the_binding_term(cases):
    for application in [*cases.road("wang"), *cases.road("li"), cases.of("blank")]:
        decision = decide(application)
        holding = [r for r in decision.reasons if r.holds]
        binding = next(t.name for t in decision.terms if t.binding)
        assert [r.code for r in holding] == [f"held_by_{binding}"]
        assert decision.reasons[0] is holding[0]


def test_what_lifts_next_is_the_first_recommendation(cases):
    decision = decide(cases.road("wang")[1])
    best = decision.recommendations[0]
    following = decision.reasons[-1]
    assert following.code == f"next_{best.voucher_type}"
    assert f"{decision.limit_cny + best.expected_rise_cny:,.0f}" in following.text["zh"]


def test_without_a_turnover_no_proof_is_promised_alone(cases):
    assert "营业额" in decide(cases.of("blank")).reasons[-1].text["zh"]


def test_a_loss_cap_that_binds_is_said(cases):
    policy = cases.policy.model_copy(update={"el_budget_base_cny": Decimal(0), "base_pd": 0.2})
    held = decide(cases.of("wang"), policy=policy).reasons[0]
    assert held.code == "held_by_expected_loss_cap"
    assert "%" in held.text["zh"]


def test_the_products_own_top_is_said(cases):
    policy = cases.policy.model_copy(update={"cap_cny": Decimal(105_000)})
    assert decide(cases.of("wang"), policy=policy).reasons[0].text["zh"] == HELD["cap_top"][0]


def test_explain_speaks_one_language(cases):
    decision = decide(cases.road("wang")[-1])
    english = explain(decision, "en")
    assert [r.code for r in english] == [r.code for r in decision.reasons]
    assert not any("\u4e00" <= c <= "\u9fff" for r in english for c in r.text)


def test_a_licence_tells_how_old_the_business_is(cases):
    decision = decide(cases.road("wang")[1])
    shown = next(r for r in decision.reasons if r.code == f"shown_{FactKind.REGISTERED_ON}")
    assert "9 年" in shown.text["zh"]


def test_money_is_spoken():
    assert money(Decimal(960_000), "zh") == "96 万元"
    assert money(Decimal(378_000), "zh") == "37.8 万元"
    assert money(Decimal(9_999), "zh") == "9,999 元"
    assert money(Decimal(960_000), "en") == "960,000 yuan"
