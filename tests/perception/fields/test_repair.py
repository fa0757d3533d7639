"""What is put right by what a value must be, and what is left alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perception.fields import repair


@pytest.mark.parametrize(
    ("text", "value", "repaired"),
    [
        ("冀A·5K82P", "冀A5K82P", False),
        ("车牌：粤BD12345 黄牌", "粤BD12345", False),
        ("翼AO5K82", "冀A05K82", True),
        ("冀85K82P1", "冀B5K82P1", True),
        ("泸A12345", "沪A12345", True),
    ],
)
def test_a_plate_has_its_own_alphabet(text: str, value: str, repaired: bool) -> None:
    found = repair.plate(text)
    assert found is not None
    assert (found.value, found.repaired) == (value, repaired)


@pytest.mark.parametrize("text", ["", "没有车牌", "中A12345", "冀A12"])
def test_what_is_no_plate_is_none(text: str) -> None:
    assert repair.plate(text) is None


def test_a_vehicle_number_s_check_digit() -> None:
    assert repair.vin_holds("1M8GDM9AXKP042788")
    assert not repair.vin_holds("1M8GDM9A1KP042788")
    read = repair.vin("车辆识别代号 1M8GDM9AXKP042788")
    assert read is not None
    assert (read.repaired, read.sure) == (False, 0.99)


def test_letters_that_no_vehicle_number_has_are_digits() -> None:
    read = repair.vin("IM8GDM9AXKPO42788")
    assert read is not None
    assert (read.value, read.repaired) == ("1M8GDM9AXKP042788", True)


def test_an_unproven_vehicle_number_is_unsure() -> None:
    read = repair.vin("1M8GDM9A1KP042788")
    assert read is not None
    assert read.sure < 0.9


@given(st.text(max_size=40))
def test_any_text_is_taken(text: str) -> None:
    repair.plate(text)
    repair.vin(text)


def test_a_credit_code_is_mended_where_the_address_leaves_one_way() -> None:
    whole = "92130108G8BLHHDH6N"
    found = repair.credit_code("92180108G8BLHHDH6N", "河北省石家庄市")
    assert found is not None
    assert (found.value, found.repaired) == (whole, True)
    assert repair.credit_code("92180108G8BLHHDH6N", None) is None
    assert repair.credit_code(whole, "河北省石家庄市") is None


def test_a_card_s_check_digit() -> None:
    assert repair.card_holds("6222021234567890128") == repair.card_holds("6222021234567890128")
    assert repair.card_holds("4111111111111111")
    assert not repair.card_holds("4111111111111112")
    assert not repair.card_holds("411111111111111")


def test_letters_among_digits() -> None:
    assert repair.as_digits("62I70O12") == "62170012"
    assert repair.as_digits("sample_1") == "sample_1"


def yuan(*texts: str | None) -> list[Decimal | None]:
    return [None if text is None else Decimal(text) for text in texts]


@pytest.mark.parametrize("step", [1, -1])
def test_a_balance_proves_a_misread_change(step: int) -> None:
    changes = yuan("100.00", "-80.00", "500.00", "20.00")[::step]
    kept = yuan("1100.00", "1070.00", "1570.00", "1590.00")[::step]
    mended = repair.balances(changes, kept)
    at = 1 if step == 1 else 2
    assert mended[at] == (Decimal("-30.00"), True)
    assert [m for i, m in enumerate(mended) if i != at] == [
        (c, False) for i, c in enumerate(changes) if i != at
    ]


def test_balances_that_agree_with_nothing_mend_nothing() -> None:
    changes = yuan("1.00", "2.00", "3.00")
    assert repair.balances(changes, yuan("5.00", "9.00", "1.00")) == [(c, False) for c in changes]
