"""Contents are valid by their own rules and plainly invented."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import uscc

from perception.synthesis.contents import (
    Trade,
    any_firm,
    card_number,
    goods_lines,
    local_plate,
    place,
    places,
    registration_number,
    trade_of,
    vin,
    vin_is_valid,
    years_later,
)

seeds = st.integers(0, 2**32)


@given(seed=seeds)
@settings(max_examples=80, deadline=None)
def test_firms_are_valid_and_bear_their_district(seed: int) -> None:
    firm = any_firm(np.random.default_rng(seed))
    assert uscc.is_valid(firm.credit_code)
    assert firm.address.startswith(place(firm.credit_code[2:8]).long)
    assert "示例" in firm.name
    assert firm.valid_until is None or firm.valid_until > firm.established_on


@given(seed=seeds)
def test_numbers_are_right_by_their_check_digits(seed: int) -> None:
    rng = np.random.default_rng(seed)
    assert luhn.is_valid(card_number(rng))
    made = vin(rng)
    assert vin_is_valid(made)
    assert not vin_is_valid(made[:8] + ("0" if made[8] != "0" else "1") + made[9:])
    assert len(registration_number(rng, "440105")) == 15


def test_a_vin_of_the_standard_is_valid() -> None:
    assert vin_is_valid("1M8GDM9AXKP042788")  # the example that ISO 3779's check digit is shown on
    assert not vin_is_valid("1M8GDM9AIKP042788")


def test_places_are_many_and_have_codes_of_their_provinces() -> None:
    assert len({each.town for each in places()}) >= 40
    assert len({each.code for each in places()}) == len(places())
    heads: dict[str, set[str]] = {}
    for each in places():
        heads.setdefault(each.code[:2], set()).add(each.province)
        assert len(each.plate) == 2
    assert all(len(names) == 1 for names in heads.values())


def test_there_are_trades_enough_and_each_sells_something() -> None:
    assert len(Trade) >= 12
    assert all(len(trade_of(trade).goods) >= 4 for trade in Trade)


@given(seed=seeds, trade=st.sampled_from(list(Trade)), count=st.integers(1, 9))
@settings(max_examples=60, deadline=None)
def test_lines_of_goods_are_whole_cents(seed: int, trade: Trade, count: int) -> None:
    lines = goods_lines(np.random.default_rng(seed), trade, count)
    assert len(lines) == count
    for line in lines:
        assert line.quantity > 0
        assert line.price_cny == line.price_cny.quantize(Decimal("0.01")) > 0
        assert abs(line.amount_cny - line.quantity * line.price_cny) <= Decimal("0.005")


def test_plates_are_those_of_the_place() -> None:
    plate = local_plate(np.random.default_rng(1), place("330203"))
    assert plate.startswith("浙B")
    assert len(plate) == 7


@pytest.mark.parametrize(
    ("day", "later"), [("2024-02-29", "2027-02-28"), ("2024-05-31", "2027-05-31")]
)
def test_years_later(day: str, later: str) -> None:
    assert years_later(date.fromisoformat(day), 3) == date.fromisoformat(later)
