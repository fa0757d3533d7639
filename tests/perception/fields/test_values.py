"""Codes, dates and amounts from letters."""

from __future__ import annotations

from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perception.fields import values


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("2016年06月08日至2036年06月07日", "2036-06-07"),
        ("2016年06月08日至长期", "long_term"),
        ("2016年06月08日至******", "long_term"),
        ("2016年06月08日至", None),
        ("自二〇一〇年六月十一日至二〇三〇年六月十日", "2030-06-10"),
        ("长期", "long_term"),
        ("", None),
    ],
)
def test_the_end_of_a_period(text: str, end: str | None) -> None:
    assert values.period_end(text) == end


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("600万元整", "6000000.00"),
        ("人民币壹佰万元", "1000000.00"),
        ("叁佰壹拾贰万肆仟圆整", "3124000.00"),
        ("人民币50.0000万元整", "500000.00"),
        ("柒亿贰仟零玖拾万圆整", "720900000.00"),
        ("贰仟万美元", "贰仟万美元"),
        ("无", None),
    ],
)
def test_registered_capital(text: str, yuan: str | None) -> None:
    assert values.capital(text) == yuan


@given(st.integers(min_value=1, max_value=999_999_999_99))
def test_capitals_are_read_as_they_are_written(cents: int) -> None:
    yuan = Decimal(cents) / 100
    words = cn2an.an2cn(f"{yuan:.2f}", "rmb")
    assert values.capital_number(words) == yuan


@given(st.text(max_size=60))
def test_no_text_breaks_a_parser(text: str) -> None:
    for parse in (
        values.credit_code, values.iso_date, values.period_end, values.amount, values.capital,
        values.capital_number, values.digits, values.registration_number,
    ):  # fmt: skip
        parse(text)


@pytest.mark.parametrize("wrong", ["9213OIO8G8BLHHDH6N", "9213010BG8BLHHDH6N"])
def test_a_code_is_mended_where_its_check_digit_proves_it(wrong: str) -> None:
    assert values.credit_code(wrong) == ("92130108G8BLHHDH6N", True)


@pytest.mark.parametrize("other", ["320928000201908290", "JHG1614347", "2000000020130318009"])
def test_a_serial_number_is_no_code(other: str) -> None:
    assert values.credit_code(other) is None


@pytest.mark.parametrize("wrong", ["92130108GBBLHHDH6N", "92130108G8BLMHDH6N"])
def test_a_letter_is_exchanged_where_both_check_letters_prove_it(wrong: str) -> None:
    assert values.credit_code(wrong) == ("92130108G8BLHHDH6N", True)


def test_a_wrong_last_letter_is_not_mended() -> None:
    wrong = [f"92130108G8BLHHDH6{c}" for c in "0123456789ABCDEFGHJKLMPQRTUWXY"]
    assert [values.credit_code(code) for code in wrong] == [(code, False) for code in wrong]
