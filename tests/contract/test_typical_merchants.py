"""A typical merchant of each trade: the files' figures give a sensible limit and a next proof."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from actions.underwriting import figures_of
from bailing.terms import VoucherType
from graph import check, knowledge
from risk import Decision, application_of, decide

YEAR = 12
MERCHANTS: dict[str, tuple[int, int, dict[str, int]]] = {
    # code: the lender's limit, a month's sales (low end), what else was said
    "0141": (15_000, 22_000, {"inventory_days": 85, "payable_days": 20}),
    "1819": (100_000, 200_000, {"staff_count": 25, "receivable_days": 45}),
    "5123": (200_000, 400_000, {"receivable_days": 20, "payable_days": 3}),
    "5132": (200_000, 500_000, {"receivable_days": 30, "inventory_days": 60}),
    "5165": (200_000, 300_000, {"receivable_days": 60, "payable_days": 15}),
    "5213": (50_000, 70_000, {"floor_area_sqm": 60, "staff_count": 2}),
    "5223": (33_000, 80_000, {"floor_area_sqm": 50, "gross_margin": 25}),
    "5232": (33_000, 42_000, {"floor_area_sqm": 60, "inventory_days": 75}),
    "5281": (50_000, 65_000, {"floor_area_sqm": 90, "receivable_days": 15}),
    "5292": (80_000, 120_000, {"inventory_days": 35, "receivable_days": 10}),
    "5431": (100_000, 200_000, {"vehicle_count": 3, "receivable_days": 40}),
    "6129": (20_000, 75_000, {"floor_area_sqm": 700, "staff_count": 4}),
    "6210": (35_000, 130_000, {"floor_area_sqm": 150, "staff_count": 8}),
    "6220": (20_000, 70_000, {"floor_area_sqm": 60, "staff_count": 3}),
    "8040": (20_000, 50_000, {"floor_area_sqm": 80, "staff_count": 5}),
    "8111": (45_000, 80_000, {"floor_area_sqm": 250, "staff_count": 5}),
}


def decided(code: str, *facts: dict[str, object], **more: object) -> Decision:
    limit, sales, said = MERCHANTS[code]
    body = {
        "profile": {"industry_code": code, "monthly_sales_cny": sales, **said, **more},
        "current_limit_cny": limit,
        "facts": list(facts),
        "as_of": "2026-11-25",
    }
    return decide(application_of(body, figures_of(knowledge().industry(code))))


def test_every_trade_with_a_file_has_a_typical_merchant() -> None:
    assert set(MERCHANTS) == set(knowledge().codes)


@pytest.mark.parametrize("code", MERCHANTS)
def test_what_a_typical_merchant_says_is_plausible(code: str) -> None:
    _, sales, said = MERCHANTS[code]
    units = {k: Decimal(v) for k, v in said.items() if k.endswith(("_count", "_sqm"))}
    findings = check(
        knowledge().industry(code),
        annual_sales_cny=Decimal(sales * YEAR),
        receivable_days=Decimal(said["receivable_days"]) if "receivable_days" in said else None,
        today=date(2026, 11, 25),
        **units,  # type: ignore[arg-type]  # counts of vehicles, workers, square metres
    )
    assert findings == ()


@pytest.mark.parametrize("code", MERCHANTS)
def test_a_typical_merchant_gets_a_sensible_limit(code: str) -> None:
    limit, sales, _ = MERCHANTS[code]
    decision = decided(code)
    assert limit <= decision.limit_cny <= Decimal("1.1") * limit, "no proof yet"
    assert decision.limit_cny <= sales * 2
    assert not decision.review_reasons
    computed = min(t.amount_cny for t in decision.terms)
    assert computed >= Decimal("0.8") * limit, "the figures carry about what the lender gave"


@pytest.mark.parametrize("code", MERCHANTS)
def test_what_is_at_hand_comes_before_what_few_have(code: str) -> None:
    order = [r.voucher_type for r in decided(code).recommendations]
    habits = {p.voucher_type: p.chance_has for p in knowledge().industry(code).proofs}
    assert len(order) >= 3
    assert order[0] is VoucherType.BUSINESS_LICENSE or habits[order[0]] >= 0.9
    assert all(habits[kind] >= 0.45 for kind in order[:2])


@pytest.mark.parametrize("code", MERCHANTS)
def test_a_turnover_proved_lifts_the_limit(code: str) -> None:
    _, sales, _ = MERCHANTS[code]
    before = decided(code).limit_cny
    statement = {
        "kind": "bank_inflow",
        "value": sales * YEAR,
        "period": "year",
        "confidence": 0.95,
        "evidence_id": "bank",
    }
    assert decided(code, statement).limit_cny > before
