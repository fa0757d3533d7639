"""The three merchants of the story, step by step, with the limits that they get."""

from __future__ import annotations

from decimal import Decimal

import pytest

from risk import decide

GOLDEN = {
    "wang": [110_000, 122_000, 137_000, 142_000],
    "li": [60_000, 62_000, 69_000, 72_000, 75_000],
    "chen": [220_000, 244_000, 274_000, 282_000],
}


@pytest.mark.parametrize("who", GOLDEN)
def test_every_step_of_the_road(cases, who):
    limit = cases.of(who).current_limit_cny
    limits = []
    for application in cases.road(who):
        decision = decide(cases.at(application, limit))
        assert decision.previous_limit_cny == limit
        limit = decision.limit_cny
        limits.append(int(limit))
    assert limits == GOLDEN[who]


def test_words_alone_bring_a_tenth_and_say_why_not_more(cases):
    decision = decide(cases.of("wang"))
    held = decision.reasons[0]
    assert held.holds
    assert held.code == "held_by_policy_cap"
    assert "还没有凭证" in held.text["zh"]
    assert "1.1" in held.text["zh"]


def test_nothing_known_keeps_the_limit_and_asks_for_the_turnover(cases):
    decision = decide(cases.of("blank"))
    assert decision.limit_cny == Decimal(50_000)
    assert "营业额" in decision.reasons[0].text["zh"]
    assert decision.recommendations, "a proof's worth is told even before the turnover is"


def test_taking_the_invoice_back_gives_the_limit_without_it(cases):
    with_invoice = decide(cases.road("wang")[2])
    without = cases.of("wang", [f for f in _facts(cases, "wang") if f["evidence_id"] == "lic"])
    assert with_invoice.if_withdrawn["inv"] == decide(without).limit_cny
    assert with_invoice.if_withdrawn["inv"] < with_invoice.limit_cny


def test_withdrawing_may_lower_but_not_below_the_lenders_own(cases):
    from dataclasses import replace

    bare = replace(cases.of("li"), current_limit_cny=Decimal(75_000), may_fall=True)
    assert decide(bare).limit_cny == Decimal(60_000)
    assert decide(replace(bare, may_fall=False)).limit_cny == Decimal(75_000)


def test_a_driver_asking_for_more_is_no_safer(cases):
    little = decide(cases.of("wang", amount_asked_cny=50_000, staff_count=3))
    much = decide(cases.of("wang", amount_asked_cny=900_000, staff_count=3))
    assert much.pd >= little.pd


def _facts(cases, who):
    from risk import fact_json

    return [fact_json(f) for f in cases.road(who)[-1].facts]
