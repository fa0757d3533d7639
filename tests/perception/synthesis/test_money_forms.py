"""Statements, taxes, accounts, insurance and bills: right in their sums, seed after seed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perception.synthesis.contents import (
    INSURANCES,
    any_firm,
    any_place,
    balance,
    duties,
    general_return,
    insured,
    month_end,
    months_before,
    movements,
    payments,
    profit,
    sheet,
    small_return,
    summed,
    utility_bill,
)
from perception.synthesis.forms import Layout, Voucher, layouts
from perception.synthesis.forms.catalogue import contents

KINDS = (
    "bank_statement",
    "e_payment_statement",
    "tax_certificate",
    "vat_return",
    "financial_statement",
    "social_insurance_proof",
    "utility_bill",
)
ALL = [layout for kind in KINDS for layout in layouts(kind)]
seeds = st.integers(0, 2**32)
few = settings(max_examples=25, deadline=None)


def number(text: str) -> Decimal:
    """What a cell or a run of digits states."""
    bare = "".join(sign for sign in text if sign.isdigit() or sign in ".-")
    return Decimal(bare or "0")


def ident(layout: Layout) -> str:
    return f"{layout.kind}-{layout.split}-{layout.name}"


@given(day=st.dates(date(2000, 1, 1), date(2040, 12, 31)), months=st.integers(0, 60))
def test_months_are_counted_and_end_where_they_should(day: date, months: int) -> None:
    first = months_before(day, months)
    assert first.day == 1
    assert (day.year - first.year) * 12 + day.month - first.month == months
    assert month_end(day).month == day.month
    assert (month_end(day) - day).days < 31
    assert months_before(month_end(day), 0) == day.replace(day=1)


@given(seed=seeds, personal=st.booleans())
@few
def test_balances_follow_row_by_row_and_never_fall_below_zero(seed: int, personal: bool) -> None:
    first, last = date(2025, 2, 10), date(2025, 7, 9)
    moved = movements(np.random.default_rng(seed), first, last, 80, personal=personal)
    before = moved.opening_cny
    for row in moved.rows:
        assert row.balance_cny == before + row.amount_cny >= 0
        assert first <= row.at.date() <= last
        before = row.balance_cny
    assert [row.at for row in moved.rows] == sorted(row.at for row in moved.rows)
    assert moved.opening_cny + moved.total_in_cny - moved.total_out_cny == moved.closing_cny


@given(seed=seeds)
@few
def test_payments_in_and_out_and_neither_are_all_payments(seed: int) -> None:
    paid = payments(np.random.default_rng(seed), date(2025, 1, 1), date(2025, 1, 31), 60)
    parts = sum(paid.total_cny(way) for way in ("收入", "支出", "其他"))
    assert parts == sum(row.amount_cny for row in paid.rows)
    assert all(row.amount_cny > 0 for row in paid.rows)
    assert all(row.signed.startswith("+") == (row.direction == "收入") for row in paid.rows)


@given(seed=seeds)
@few
def test_taxes_are_base_times_rate_and_paid_in_the_time_that_the_law_gives(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows = duties(rng, any_firm(rng), date(2025, 4, 1), 3)
    for row in rows:
        assert abs(row.base_cny * row.rate - row.amount_cny) <= Decimal("0.005")
        assert 0 < (row.paid_on - row.last).days <= 15
        assert row.last == month_end(row.last)
    vat = {row.first: row.amount_cny for row in rows if row.tax == "增值税"}
    assert all(row.base_cny == vat[row.first] for row in rows if row.tax == "教育费附加")


@given(seed=seeds, month=st.integers(1, 12), services=st.booleans())
@few
def test_a_general_return_is_right_in_the_forms_own_sums(
    seed: int, month: int, services: bool
) -> None:
    rng = np.random.default_rng(seed)
    figures = general_return(rng, month, Decimal("0.13"), services=services)
    now, year = figures.now, figures.year
    assert now[17] == now[12] + now[13] - now[14] - now[15] + now[16]
    assert now[18] == min(now[17], now[11])
    assert now[20] == now[17] - now[18]
    assert now[24] == now[19] + now[21] - now[23] == figures.payable_cny >= 0
    assert now[32] == now[24] + now[25] + now[26] - now[27]
    assert now[1] == now[2] + now[3] == figures.sales_cny
    assert all(year[line] >= now[line] for line in (1, 11, 12, 18, 19, 24))
    assert not (now[19] and now[20])


@given(seed=seeds, quarter=st.integers(1, 4))
@few
def test_a_small_return_is_taxed_at_one_percent_or_exempt(seed: int, quarter: int) -> None:
    figures = small_return(np.random.default_rng(seed), quarter)
    now = figures.now
    assert now[20] == now[15] - now[16] == figures.payable_cny
    assert now[22] == now[20] - now[21]
    assert now[9] == now[10] + now[11] + now[12]
    assert abs(now[1] * Decimal("0.01") - now[20]) <= Decimal("0.01")
    assert bool(now[1]) != bool(now[10])
    assert not now[10] or now[10] < 300_000


@given(seed=seeds)
@few
def test_what_is_owned_is_what_is_owed_and_the_owners(seed: int) -> None:
    rng = np.random.default_rng(seed)
    opening = balance(rng, 2e6)
    for sums in (opening, balance(rng, 2.4e6, opening)):
        assert sums["total_assets"] == sums["total_liabilities"] + sums["equity"]
        assert sums["equity"] == sums["capital"] + sums["surplus"] + sums["retained"]
        assert sums["total_assets"] == sums["current_assets"] + sums["fixed_total"]
        assert sums["fixed_assets"] == sums["fixed_cost"] - sums["depreciation"]


@given(seed=seeds)
@few
def test_profit_is_what_is_left_also_over_months(seed: int) -> None:
    rng = np.random.default_rng(seed)
    months = [profit(rng, 3e5) for _ in range(4)]
    spent = ("cost", "levies", "selling", "administration", "finance")
    for of in (*months, summed(months)):
        assert of["operating"] == of["revenue"] - sum(of[name] for name in spent)
        assert of["net_profit"] == of["profit"] - of["income_tax"]
    assert summed(months)["revenue"] == sum(each["revenue"] for each in months)


def test_lines_are_numbered_as_on_the_official_sheets() -> None:
    assets, liabilities = sheet("small_assets"), sheet("small_liabilities", 31)
    numbers = {line.words: line.number for line in assets + liabilities}
    assert numbers["资产总计"] == 30
    assert numbers["负债合计"] == 47
    assert numbers["负债和所有者权益（或股东权益）总计"] == 53
    assert numbers["流动资产："] == 0


@given(seed=seeds, staff=st.integers(1, 30), months=st.integers(1, 12))
@few
def test_insurance_paid_is_that_of_all_people_kinds_and_months(
    seed: int, staff: int, months: int
) -> None:
    rng = np.random.default_rng(seed)
    cover = insured(rng, any_place(rng), date(2025, 8, 31), staff, months)
    one_month = sum(
        each.firm_cny(kind) + each.own_cny(kind) for each in cover.staff for kind in cover.kinds
    )
    assert cover.total_cny == one_month * months
    assert (len(cover.staff), len(cover.months)) == (staff, months)
    assert cover.months[-1] == date(2025, 8, 1)
    assert all(each.since <= cover.months[0] for each in cover.staff)
    assert set(cover.kinds) <= set(INSURANCES)


@given(seed=seeds, utility=st.sampled_from(["electricity", "water", "gas"]))
@few
def test_a_bill_charges_what_the_meter_says(seed: int, utility: str) -> None:
    rng = np.random.default_rng(seed)
    bill = utility_bill(rng, utility, any_place(rng))
    assert bill.usage == (bill.after - bill.before) * bill.times > 0
    assert bill.total_cny == sum(each.amount_cny for each in bill.charges) > 0
    energy = [each for each in bill.charges if each.item.endswith("电费")]
    assert not energy or sum(each.quantity for each in energy) == bill.usage


@pytest.mark.parametrize("layout", ALL, ids=ident)
def test_days_are_in_order_and_firms_are_samples(layout: Layout) -> None:
    for seed in range(12):
        filled = contents(layout, np.random.default_rng(seed))
        fields = filled.fields
        days = [fields[name] for name in ("period_from", "period_to") if name in fields]
        days += [fields[name] for name in ("issued_on", "filed_on") if name in fields]
        assert days == sorted(days)
        for name in ("taxpayer_name", "company_name"):
            assert "示例" in fields.get(name, "示例")
        assert "示例" in fields.get("bank_name", "示例")


@pytest.mark.browser
@pytest.mark.parametrize("layout", layouts("bank_statement"), ids=ident)
def test_a_printed_statement_goes_from_balance_to_balance(
    layout: Layout, printed: Callable[[Layout], Voucher]
) -> None:
    page = printed(layout).page
    names = page.columns[0]
    rows = [dict(zip(names, row, strict=True)) for row in page.tables[0][1:]]
    balances = [number(row["balance"]) for row in rows]
    moves = [
        number(row["amount"]) if "amount" in row else number(row["in"]) - number(row["out"])
        for row in rows
    ]
    steps = [later - before for before, later in pairwise(balances)]
    upwards = [before - later for before, later in pairwise(balances)]
    assert steps == moves[1:] or upwards == moves[:-1]


@pytest.mark.browser
@pytest.mark.parametrize(
    "layout", [*layouts("tax_certificate"), *layouts("social_insurance_proof")], ids=ident
)
def test_printed_amounts_make_the_printed_total(
    layout: Layout, printed: Callable[[Layout], Voucher]
) -> None:
    voucher = printed(layout)
    names = voucher.page.columns[0]
    column = next((names.index(name) for name in ("amount", "paid") if name in names), None)
    if column is None:
        assert "total_cny" not in voucher.fields
        return
    amounts = (number(row[column]) for row in voucher.page.tables[0][1:])
    assert sum(amounts) == Decimal(voucher.fields["total_cny"])


@pytest.mark.browser
@pytest.mark.parametrize("layout", layouts("financial_statement"), ids=ident)
def test_a_sheets_fields_stand_in_the_column_of_its_period(
    layout: Layout, printed: Callable[[Layout], Voucher]
) -> None:
    voucher = printed(layout)
    names = voucher.page.columns[0]
    found = {run.field: names[run.cell[2]] for run in voucher.page.runs if run.cell and run.field}
    wanted = "closing" if layout.name.startswith("balance") else "this"
    assert len(found) >= 3
    assert set(found.values()) == {wanted}
