"""What holds for every merchant."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from bailing.terms import UNIT_OF, Fact, FactKind, Period, Quantity, Unit
from risk import Application, decide, decide_many, load_policy
from risk.limit import score

POLICY = load_policy()
KINDS = sorted(
    k for k in FactKind if k not in POLICY.whole_turnover and k is not FactKind.REGISTERED_ON
)
MONEY = st.integers(0, 20_000_000).map(Decimal)
quick = settings(max_examples=60, deadline=None)


def quantity(unit: Unit, most: int, period: Period | None = None) -> st.SearchStrategy[Quantity]:
    ends = st.tuples(st.integers(0, most), st.integers(0, most)).map(sorted)
    return ends.map(lambda e: Quantity(Decimal(e[0]), Decimal(e[1]), unit, period))


@st.composite
def fact(draw: st.DrawFn, kinds: list[FactKind] = KINDS) -> Fact:
    kind = draw(st.sampled_from(kinds))
    unit = UNIT_OF.get(kind, Unit.CNY)
    value = draw(st.integers(0, 1 if unit is Unit.PROBABILITY else 2_000_000))
    name = draw(st.sampled_from("abcdefgh"))
    sure = draw(st.floats(0, 1))
    return Fact(kind, Decimal(value), unit, None, sure, name)


@st.composite
def application(draw: st.DrawFn) -> Application:
    slots = {
        "monthly_sales_cny": quantity(Unit.CNY, 2_000_000, Period.MONTH),
        "staff_count": quantity(Unit.PERSON, 200),
        "vehicle_count": quantity(Unit.VEHICLE, 30),
        "receivable_days": quantity(Unit.DAY, 400),
        "payable_days": quantity(Unit.DAY, 400),
        "inventory_days": quantity(Unit.DAY, 400),
        "gross_margin": quantity(Unit.PERCENT, 120),
        "years_in_business": quantity(Unit.YEAR, 40),
        "amount_asked_cny": quantity(Unit.CNY, 3_000_000),
    }
    profile = draw(st.fixed_dictionaries({}, optional=slots))
    original = Decimal(draw(st.integers(0, 800))) * 1000
    return Application(
        profile={**profile, "industry_code": draw(st.sampled_from(["5431", "5213", "9999", ""]))},
        current_limit_cny=original + Decimal(draw(st.integers(0, 300))) * 1000,
        original_limit_cny=original,
        facts=tuple(draw(st.lists(fact(), max_size=6))),
        may_fall=draw(st.booleans()),
    )


@quick
@given(application())
def test_the_limit_is_within_its_terms_or_on_its_floor(case: Application) -> None:
    decision = decide(case)
    least = min(t.amount_cny for t in decision.terms)
    assert decision.limit_cny == max(least, case.floor_cny)
    assert decision.limit_cny >= case.original_limit_cny
    assert decision.limit_cny % 1000 == 0
    assert [t.amount_cny for t in decision.terms if t.binding] == [least]
    assert 0 < decision.pd < 1


@quick
@given(application(), fact())
def test_one_more_proof_never_lowers(case: Application, more: Fact) -> None:
    days = {FactKind.RECEIVABLE_DAYS, FactKind.INVENTORY_DAYS, FactKind.PAYABLE_DAYS}
    before = decide(case)
    richer = replace(case, facts=(*case.facts, more), current_limit_cny=before.limit_cny)
    assert decide(replace(richer, may_fall=False)).limit_cny >= before.limit_cny
    if more.kind not in {*days, FactKind.GROSS_MARGIN, FactKind.STAFF_COUNT}:
        fresh = replace(case, facts=(*case.facts, more))
        assert decide(fresh).limit_cny >= before.limit_cny


@quick
@given(application(), st.integers(0, 30_000_000), st.floats(0.01, 1))
def test_a_proof_of_any_turnover_never_lowers(case: Application, inflow: int, sure: float) -> None:
    before = decide(case)
    bank = Fact(FactKind.BANK_INFLOW, Decimal(inflow), Unit.CNY, Period.YEAR, sure, "bank")
    after = replace(
        case,
        facts=(*case.facts, bank),
        current_limit_cny=before.limit_cny,
        may_fall=False,
    )
    assert decide(after).limit_cny >= before.limit_cny


@quick
@given(application(), st.floats(-4, 4), st.floats(0, 4))
def test_a_higher_pd_never_raises(case: Application, odds: float, more: float) -> None:
    low = score(case, case.proven, odds, POLICY)
    high = score(case, case.proven, odds + more, POLICY)
    assert high.pd >= low.pd
    assert high.limit_cny <= low.limit_cny


@quick
@given(st.lists(application(), min_size=1, max_size=4))
def test_a_batch_decides_as_one_by_one(cases: list[Application]) -> None:
    assert decide_many(cases) == [decide(case) for case in cases]


@quick
@given(application())
def test_effects_and_worths_hang_together(case: Application) -> None:
    decision = decide(case)
    for reason in decision.reasons:
        assert 0 <= reason.effect_cny <= decision.limit_cny
        assert reason.text["zh"]
        assert reason.text["en"]
        assert "{" not in reason.text["zh"] + reason.text["en"]
    for item in decision.recommendations:
        assert 0 <= item.rise_low_cny <= item.expected_rise_cny <= item.rise_high_cny
        assert item.rise_high_cny > 0
