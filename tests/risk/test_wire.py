"""Applications and decisions as JSON, and the command's lines."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from bailing.commands.decide import decide_line
from bailing.terms import FactKind, Period, Quantity, Unit
from risk import application_of, decide, fact_json, profile_of, to_json
from risk.errors import ApplicationBroken, PolicyBroken


@pytest.mark.parametrize(
    "value", [180_000, "180000", "180,000", {"value": 180000}, {"low": 180000}]
)
def test_a_slot_may_be_written_in_many_ways(value):
    found = profile_of({"monthly_sales_cny": value})["monthly_sales_cny"]
    assert found == Quantity(Decimal(180_000), Decimal(180_000), Unit.CNY, Period.MONTH)


def test_ranges_words_and_what_was_skipped():
    profile = profile_of(
        {
            "monthly_sales_cny": {"low": "200000", "high": "300000"},
            "industry_words": "跑物流",
            "staff_count": {"skipped": True},
            "gross_margin": 0.15,
            "payable_days": None,
        }
    )
    assert profile["monthly_sales_cny"].high == 300_000
    assert profile["gross_margin"].low == 15
    assert profile["industry_words"] == "跑物流"
    assert set(profile) == {"monthly_sales_cny", "gross_margin", "industry_words"}


@pytest.mark.parametrize(
    "body",
    [
        [],
        {},
        {"current_limit_cny": None},
        {"current_limit_cny": "-1"},
        {"current_limit_cny": True},
        {"current_limit_cny": "NaN"},
        {"current_limit_cny": "1e40"},
        {"current_limit_cny": 1, "profile": {"staff_count": -3}},
        {"current_limit_cny": 1, "profile": {"staff_count": "many"}},
        {"current_limit_cny": 1, "profile": []},
        {"current_limit_cny": 1, "profile": "x"},
        {"current_limit_cny": 1, "facts": [{"kind": "nonsense", "value": 1}]},
        {"current_limit_cny": 1, "facts": [{"kind": "rent"}]},
        {"current_limit_cny": 1, "facts": [{"kind": "rent", "value": 1, "confidence": 1.5}]},
        {"current_limit_cny": 1, "facts": [{"kind": "rent", "value": 1, "unit": "day"}]},
        {"current_limit_cny": 1, "facts": [{"kind": "registered_on", "value": "2018-13-40"}]},
        {"current_limit_cny": 1, "facts": "x"},
        {"current_limit_cny": 1, "given": ["passport"]},
        {"current_limit_cny": 1, "as_of": "tomorrow"},
    ],
)
def test_what_is_no_application_is_refused(body):
    with pytest.raises(ApplicationBroken) as refused:
        application_of(body)
    assert str(refused.value)


def test_a_date_is_a_date_or_its_days():
    facts = [{"kind": "registered_on", "value": v} for v in ("1970-01-11", 10, "10")]
    found = application_of({"current_limit_cny": 1, "facts": facts}).facts
    assert [f.value for f in found] == [10, 10, 10]


def test_a_fact_goes_there_and_back(cases):
    for fact in cases.road("wang")[-1].facts:
        body = {"current_limit_cny": 1, "facts": [json.loads(json.dumps(fact_json(fact)))]}
        assert application_of(body).facts == (fact,)


def test_the_body_is_that_of_the_event(cases):
    body = to_json(decide(cases.road("wang")[1]), "zh", decision_id="d1")
    assert json.loads(json.dumps(body)) == body
    assert {
        "decision_id",
        "limit_cny",
        "previous_limit_cny",
        "pd",
        "terms",
        "reasons",
        "recommendations",
        "features",
    } <= set(body)
    assert body["limit_cny"] == "122000"
    assert set(body["terms"][0]) == {"name", "amount_cny", "binding"}
    assert {"code", "text", "effect_cny"} <= set(body["reasons"][0])
    assert set(body["recommendations"][0]) == {
        "voucher_type", "title", "expected_rise_cny", "rise_low_cny", "rise_high_cny", "effort",
        "why",
    }  # fmt: skip
    assert all(Decimal(t["amount_cny"]) >= 0 for t in body["terms"])


def test_a_line_gives_the_same_decision_twice():
    line = json.dumps({"profile": {"monthly_sales_cny": 90_000}, "current_limit_cny": "60000"})
    first = decide_line(line)
    assert first == decide_line(line)
    assert first["decision_id"].startswith("dec_")
    assert decide_line(line, language="en")["reasons"][0]["text"].isascii()


@pytest.mark.parametrize("line", ["x", "[]", "1", '{"profile": 3}', "[" * 100_000, '{"policy": 3}'])
def test_a_line_that_is_no_application(line):
    with pytest.raises(ApplicationBroken):
        decide_line(line)


def test_a_policy_that_is_not_there():
    with pytest.raises(PolicyBroken):
        decide_line('{"current_limit_cny": 1, "policy": "nowhere.yml"}')


def test_a_trade_is_looked_up_by_its_code(cases):
    asked = []
    figures = cases.of("wang").industry

    def lookup(code):
        asked.append(code)
        return figures

    line = json.dumps({"profile": {"industry_code": {"value": "5431"}}, "current_limit_cny": 1})
    decide_line(line, industry_lookup=lookup)
    assert asked == ["5431"]


def test_every_kind_of_fact_is_read():
    facts = [{"kind": k.value, "value": 1, "evidence_id": "e"} for k in FactKind]
    case = application_of({"current_limit_cny": 50_000, "facts": facts})
    assert decide(case).limit_cny >= 50_000
