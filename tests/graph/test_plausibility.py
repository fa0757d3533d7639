"""What does not hang together."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import Trade, check, knowledge, open_graph

TODAY = date(2026, 11, 1)


def sale(
    buyer: str = "甲", amount: int = 10_000, *, number: str | None = None, on: str = "2026-08-01"
) -> Trade:
    return Trade("me", buyer, "我", buyer, Decimal(amount), on, f"e-{number}-{buyer}", number)


def purchase(seller: str, amount: int = 10_000) -> Trade:
    return Trade(seller, "me", seller, "我", Decimal(amount), "2026-08-01", f"p-{seller}")


def codes(**said: object) -> list[str]:
    industry = knowledge().industry(str(said.pop("code", "5431")))
    said.setdefault("annual_sales_cny", None)
    return [
        f.code
        for f in check(industry, company_id="me", today=TODAY, **said)  # type: ignore[arg-type]  # a test's short form
    ]


def test_a_usual_haulier_is_plausible() -> None:
    assert codes(annual_sales_cny=Decimal(1_200_000), vehicle_count=Decimal(3),
                 receivable_days=Decimal(40), years_in_business=Decimal(5),
                 registered_on="2021-01-01", trades=(sale(), sale("乙"))) == []  # fmt: skip


@pytest.mark.parametrize(
    ("code", "said", "finding"),
    [
        ("5431", {"vehicle_count": Decimal(1)}, "turnover_per_vehicle_high"),
        ("5431", {"vehicle_count": Decimal(40)}, "turnover_per_vehicle_low"),
        ("5213", {"floor_area_sqm": Decimal(20)}, "turnover_per_sqm_high"),
        ("5132", {"staff_count": Decimal(30)}, "turnover_per_worker_low"),
    ],
)
def test_turnover_has_bounds(code: str, said: dict[str, Decimal], finding: str) -> None:
    assert codes(code=code, annual_sales_cny=Decimal(3_000_000), **said) == [finding]


def test_the_papers_are_compared_with_each_other_and_with_what_was_said() -> None:
    assert codes(trades=tuple(sale(number=str(n)) for n in range(3))) == ["one_customer"]
    assert codes(trades=(sale("甲"), purchase("甲"))) == ["both_ways"]
    assert codes(trades=(sale("我"),), company_name="我") == ["own_counterparty"]
    assert codes(trades=(sale(number="7"), sale("乙", number="7"))) == ["same_number"]
    assert codes(annual_sales_cny=Decimal(5_000), trades=(sale(),)) == ["shown_above_said"]
    old = (sale(on="2019-01-01"),)
    assert codes(trades=old, registered_on="2020-01-01") == ["before_registration"]
    assert codes(annual_sales_cny=Decimal(5_000), trades=old) == [], "older than a year"


def test_years_and_days_are_compared_with_licence_and_trade() -> None:
    assert codes(years_in_business=Decimal(10), registered_on="2024-11-01") == [
        "years_beyond_licence"
    ]
    assert codes(receivable_days=Decimal(200)) == ["slow_payment"]
    assert codes(registered_on="not a date", years_in_business=Decimal(3)) == []


def test_findings_speak_both_languages_and_name_their_source() -> None:
    for finding in check(
        knowledge().industry("5431"),
        annual_sales_cny=Decimal(9_000_000),
        vehicle_count=Decimal(1),
        receivable_days=Decimal(300),
    ):
        assert finding.text["zh"]
        assert finding.text["en"]
        assert len(finding.source) > 10
        assert finding.severity in {"note", "doubt"}


def test_the_graph_answers_with_its_own_trades(tmp_path: Path) -> None:
    graph = open_graph(f"ladybug:///{tmp_path}/g.lbug")
    for n in range(3):
        graph.record_trade("me", counterparty="甲", sells=True, amount_cny=Decimal(100),
                           on_date="2026-08-01", evidence_id=str(n), kind="receipt",
                           number=None)  # fmt: skip
    found = graph.plausibility("me", knowledge().industry("5431"), annual_sales_cny=None)
    graph.close()
    assert [f.code for f in found] == ["one_customer"]


@given(
    sales=st.decimals(1, 10**9, places=2),
    units=st.decimals("0.5", 10**4, places=1),
    code=st.sampled_from(["5431", "5213", "5132", "6220", "0313", None]),
)
def test_any_figures_are_checked(sales: Decimal, units: Decimal, code: str | None) -> None:
    found = check(knowledge().industry(code), annual_sales_cny=sales, vehicle_count=units,
                  floor_area_sqm=units, staff_count=units)  # fmt: skip
    assert len({f.code for f in found}) == len(found)
