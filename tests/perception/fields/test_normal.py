"""From what stands beside a label to a value of its kind."""

from __future__ import annotations

from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perception.fields import money, spans
from perception.fields.normal import READERS, normal
from perception.voucher_files import Kind


def test_every_kind_of_value_has_its_reader() -> None:
    assert set(READERS) == set(get_args(Kind)) - {"choice"}


@given(st.sampled_from(sorted(READERS)), st.text(max_size=60))
def test_any_text_is_taken(kind: str, text: str) -> None:
    found = normal(kind, text)
    assert found is None or (found.value and 0 < found.sure <= 1)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("¥1,234.50", "1234.50"),
        ("人民币12,000元/月", "12000.00"),
        ("1.234.567.80", "1234567.80"),
        ("3.5万元", "35000.00"),
        ("（大写）肆仟贰佰元整", "4200.00"),
        ("陆仟捌佰元整（¥6,800.00）", "6800.00"),
        ("零拾伍万叁仟零佰零拾零元", "53000.00"),
        ("12 500.00", "12500.00"),
    ],
)
def test_amounts(text: str, value: str) -> None:
    found = money.amount(text)
    assert found is not None
    assert found.value == value


def test_capitals_stand_against_figures_and_say_so() -> None:
    found = money.amount("壹拾万元整（¥10000.00）")
    assert found is not None
    assert (found.value, found.repaired) == ("100000.00", True)
    assert found.sure < 0.9


@given(st.decimals("0.01", "99999999.99", places=2))
def test_a_printed_amount_is_read_back(value: Decimal) -> None:
    found = money.amount(f"¥{value:,.2f}")
    assert found is not None
    assert found.value == f"{value:.2f}"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-01-01 00:00:00 至 2026-03-31 23:59:59", "2026-01-01", "2026-03-31"),
        ("2026年1月-3月", "2026-01-01", "2026-03-31"),
        ("202601-202602", "2026-01-01", "2026-02-28"),
        ("20260101—20260630", "2026-01-01", "2026-06-30"),
        ("2026年第二季度", "2026-04-01", "2026-06-30"),
        ("2025年度", "2025-01-01", "2025-12-31"),
        ("2026 年 5 月 6 曰", "2026-05-06", "2026-05-06"),
        ("2026/2/3", "2026-02-03", "2026-02-03"),
    ],
)
def test_spans(text: str, first: str, last: str) -> None:
    found = spans.days_in(text)
    assert (found[0].first, found[-1].last) == (first, last)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("2026年1月5日至长期", "long_term"),
        ("至2027年5月4日止", "2027-05-04"),
        ("2019年5月6日起2069年5月5日止", "2069-05-05"),
        ("2026年1月5日至", None),
        ("无", None),
    ],
)
def test_ends(text: str, end: str | None) -> None:
    assert spans.end_of(text) == end


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("party", "示例商贸(石家庄)有限公司（以下简称甲方）", "示例商贸（石家庄）有限公司"),
        ("party", "王示例（身份证号：1301）", "王示例"),
        ("party", "（盖章）", None),
        ("party", "应于三日内付款", None),
        ("number", "XS-2026-0012  日期", "XS-2026-0012"),
        ("number", "无", None),
        ("account", "6222 0200 1234 5678 901", "6222020012345678901"),
        ("account", "6217 **** **** 1234", "6217********1234"),
        ("days", "三十", "30"),
        ("tons", "9925kg", "9.925"),
        ("tons", "25.5吨", "25.5"),
        ("kilograms", "12.5吨", "12500"),
        ("kilograms", "308件 /15120kg", "15120"),
        ("count", "308件 /15120kg", "308"),
        ("engine", "H4100123 *", "H4100123"),
        ("credit_code", "9213O108G8BLHHDH6N", "92130108G8BLHHDH6N"),
        ("text", "为石家庄市，", "石家庄市"),
    ],
)
def test_values(kind: str, text: str, value: str | None) -> None:
    found = normal(kind, text)
    assert (found.value if found else None) == value


def test_a_label_names_the_unit() -> None:
    assert normal("kilograms", "31.5", "重量(吨)").value == "31500"
    assert normal("amount", "12.5", "金额(万元)").value == "125000.00"


def test_what_was_put_right_says_so() -> None:
    found = normal("date", "2O26年l月5日")
    assert (found.value, found.repaired) == ("2026-01-05", True)
    assert not normal("date", "2026年1月5日").repaired
